"""A form as it was filled in, with a remark at every field that is wrong.

The remark is a red line below what was written, and the cell is tinted: every program shows that,
and paper too. Both are taken out again when the form comes back (see ``reading.REMARK``).
"""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from processor.domain.form import (
    FieldFault,
    FormSettings,
    FormSpec,
    UnreadableForm,
    fault_said,
)
from processor.domain.wording import Words
from processor.forms.finding import Found, found_in
from processor.forms.grid import Box, Content
from processor.forms.labels import book_of
from processor.forms.package import Package, opened
from processor.forms.reading import REMARK, TAG
from processor.forms.walk import content_of

TINT = "FDECEA"
RED = "B42318"


def remarked(
    content: bytes,
    form: FormSpec,
    faults: Sequence[FieldFault],
    words: Words,
    settings: FormSettings,
) -> bytes:
    """The document with a remark for each of ``faults``; raises UnreadableForm."""
    package = opened(content, settings.limits)
    _untouched(package.document)
    document = content_of(package.document, settings.limits.cells)
    found = found_in(document, book_of(form), form)
    for fault in faults:
        box = _place(fault, document, found)
        if box is not None:
            _remark(box.element, words.say("form.remark", text=fault_said(fault, words)))
    try:
        return _packed(package, settings.limits.unpacked_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise UnreadableForm("corrupt", type(error).__name__) from error


def _place(fault: FieldFault, document: Content, found: Found) -> Box | None:
    """The box that a field stands in: that of its control, else the one beside its label."""
    if fault.row:
        rows = found.row_boxes
        return rows[fault.row - 1].get(fault.field) if fault.row <= len(rows) else None
    if fault.code == "no_rows":
        return found.row_boxes[0].get(fault.field) if found.row_boxes else None
    for box in document.boxes:
        tags = [control.tag.removeprefix(TAG) for control in box.controls]
        if any(tag.partition("=")[0] == fault.field for tag in tags):
            return box
    return found.boxes.get(fault.field)


def _remark(element: Any, text: str) -> None:
    namespace = etree.QName(element).namespace
    if etree.QName(element).localname == "p":
        element.append(_run(namespace, f" {text}"))
        return
    properties = element.find(f"{{{namespace}}}tcPr")
    if properties is None:
        properties = etree.Element(f"{{{namespace}}}tcPr")
        element.insert(0, properties)
    _tint(properties, namespace)
    line = etree.SubElement(element, f"{{{namespace}}}p")
    first = next(element.iter(f"{{{namespace}}}pPr"), None)
    if first is not None:
        line.append(copy.deepcopy(first))
    line.append(_run(namespace, text))


def _run(namespace: str | None, text: str) -> Any:
    run = etree.Element(f"{{{namespace}}}r")
    properties = etree.SubElement(run, f"{{{namespace}}}rPr")
    for name, value in (("color", RED), ("sz", "17"), ("szCs", "17")):
        etree.SubElement(properties, f"{{{namespace}}}{name}").set(f"{{{namespace}}}val", value)
    said = etree.SubElement(run, f"{{{namespace}}}t")
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


# What may follow the shading in a cell's properties (ECMA-376-1, 17.4.70).
_AFTER_SHADING = ("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark")


def _tint(properties: Any, namespace: str | None) -> None:
    for old in properties.findall(f"{{{namespace}}}shd"):
        properties.remove(old)
    shading = etree.Element(f"{{{namespace}}}shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", TINT)):
        shading.set(f"{{{namespace}}}{name}", value)
    for at, child in enumerate(properties):
        if etree.QName(child).localname in _AFTER_SHADING:
            properties.insert(at, shading)
            return
    properties.append(shading)


def _untouched(root: Any) -> None:
    """Take out the remarks and tints of the last time."""
    for shading in list(root.iter("{*}shd")):
        if TINT in shading.attrib.values():
            shading.getparent().remove(shading)
    for run in list(root.iter("{*}r")):
        said = "".join(_texts(run))
        if said.lstrip().startswith(REMARK):
            line = run.getparent()
            line.remove(run)
            cell = line.getparent()
            alone = cell is not None and len(cell.findall("{*}p")) > 1
            if alone and etree.QName(line).localname == "p" and not "".join(_texts(line)).strip():
                cell.remove(line)


def _texts(element: Any) -> Iterable[str]:
    return (one.text or "" for one in element.iter("{*}t"))


def _packed(package: Package, room: int) -> bytes:
    """The package with its document as it is now; all else as it came."""
    document = etree.tostring(
        package.document.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package.content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in package.names:
            if name == package.main:
                target.writestr(_member(name), document)
                continue
            with source.open(name) as stream:
                raw = stream.read(room + 1)
            room -= len(raw)
            if room < 0:
                raise UnreadableForm("bomb", "size")
            target.writestr(_member(name), raw)
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    """Without a time of its own: the same form with the same faults is the same bytes."""
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member
