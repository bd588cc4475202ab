"""The files inside a .docx, taken out with bounds: a mail may bring any bytes under that name.

Whatever is wrong is one :class:`~processor.domain.form.UnreadableForm`. Sizes are those that were
unpacked, not those that the archive claims. XML is read without entities, network or huge trees.
Formats: ECMA-376-1 (WordprocessingML), ECMA-376-2 (packages), [MS-CFB] for what is no package.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from processor.domain.form import FormLimits, UnreadableForm

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE_DOCUMENT = "/officeDocument"
_CUSTOM = "docProps/custom.xml"
_CORE = "docProps/core.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Word, or a document with a password
_DEEPEST = 200  # elements inside each other: a walk through them must come to an end
_MOST_NODES = 400_000
_PROLOGUE = 4096  # bytes before the root in which a document type would stand


@dataclass(slots=True)
class Package:
    """A .docx taken apart. ``names`` are the files inside it in their order, ``document`` the
    root of its main part, whose name is ``main``; ``custom`` are its own properties and
    ``keywords`` those of its core properties."""

    content: bytes = field(repr=False)
    names: tuple[str, ...]
    main: str
    document: Any
    custom: dict[str, str]
    keywords: str = ""


def opened(content: bytes, limits: FormLimits) -> Package:
    """The package of these bytes; raises UnreadableForm."""
    if content.startswith(_OLE):
        raise UnreadableForm("old_or_locked")
    if len(content) > limits.file_bytes:
        raise UnreadableForm("too_large", str(len(content)))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _opened(archive, content, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        # RuntimeError: a member with a password; NotImplementedError, one of its kind, an
        # unknown compression
        raise UnreadableForm("corrupt", type(error).__name__) from error


def _opened(archive: zipfile.ZipFile, content: bytes, limits: FormLimits) -> Package:
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise UnreadableForm("bomb", f"{len(infos)} files")
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise UnreadableForm("bomb", "size")
    reader = _Members(archive, limits)
    names = tuple(dict.fromkeys(info.filename for info in infos))
    if "[Content_Types].xml" not in names:
        raise UnreadableForm("no_word_file")
    main = _main_part(reader, names)
    root = _tree(reader.read(main))
    if root.tag not in (f"{{{W}}}document", f"{{{W_STRICT}}}document"):
        raise UnreadableForm("no_word_file")
    custom = _custom(_tree(reader.read(_CUSTOM))) if _CUSTOM in names else {}
    keywords = _keywords(_tree(reader.read(_CORE))) if _CORE in names else ""
    return Package(content, names, main, root, custom, keywords)


class _Members:
    """Reads files of an archive that hold XML, none of them larger than the limit."""

    def __init__(self, archive: zipfile.ZipFile, limits: FormLimits) -> None:
        self._archive = archive
        self._most = limits.xml_bytes

    def read(self, name: str) -> bytes:
        try:
            stream = self._archive.open(name)
        except KeyError as error:
            raise UnreadableForm("corrupt", name) from error
        with stream:
            raw = stream.read(self._most + 1)
        if len(raw) > self._most:
            raise UnreadableForm("bomb", "size")
        return raw


def _main_part(reader: _Members, names: tuple[str, ...]) -> str:
    """Where the package says its document is; word/document.xml where it says nothing."""
    if "_rels/.rels" in names:
        for relation in _tree(reader.read("_rels/.rels")):
            if str(relation.get("Type", "")).endswith(_OFFICE_DOCUMENT):
                target = posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
                if target in names:
                    return target
    if "word/document.xml" not in names:
        raise UnreadableForm("no_word_file")
    return "word/document.xml"


def _tree(raw: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if b"<!DOCTYPE" in raw[:_PROLOGUE]:
        raise UnreadableForm("bomb", "entities")  # no Word file declares a document type
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableForm("corrupt", "xml") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableForm("bomb", "entities")  # in another encoding
    _bounded(root)
    return root


def _bounded(root: Any) -> None:
    depth = 0
    for passed, (event, _) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST or passed > 2 * _MOST_NODES:
            raise UnreadableForm("bomb", "depth" if depth > _DEEPEST else "nodes")


def _custom(root: Any) -> dict[str, str]:
    """Custom properties by name: their values are all texts here."""
    return {
        str(entry.get("name", "")): "".join(entry.itertext()).strip()
        for entry in root
        if isinstance(entry.tag, str)
    }


def _keywords(root: Any) -> str:
    said = (
        "".join(entry.itertext())
        for entry in root
        if isinstance(entry.tag, str) and entry.tag.endswith("}keywords")
    )
    return " ".join(said)
