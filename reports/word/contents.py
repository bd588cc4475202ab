"""The table of contents, filled when the document is printed.

Word fills it only when asked. A mark that has it do so on opening (``w:updateFields``, or
``w:dirty`` on the field) makes it ask the reader first whether “fields that may refer to other
files” are to be updated: no question for a customer. So the entries and page numbers stand in it
already, worked out by :mod:`reports.word.pagination`, and there is no mark; whoever wants Word's
own pages presses F9. It is a true field, so that a template may have Word's own table of contents
in place of ours.
"""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.word.fields import WordField, fields, instruction, mark, run_of, simple_field
from reports.word.outline import Heading, Outline
from reports.word.pagination import pages_of

_RANGE = re.compile(r'\\o\s+"?\d-(\d)"?')


def contents_fields(document: Document) -> list[WordField]:
    """The document's tables of contents."""
    return [one for one in fields(document.element.body) if one.code.upper().startswith("TOC ")]


def empty_contents(document: Document) -> None:
    """Take the entries out before printing: Word wrote the template's own headings there, fields
    and all, which would be printed out of place."""
    for field in contents_fields(document):
        _refill(field, [[run_of("")]], [""])


def fill_contents(document: Document) -> None:
    """Write every heading with its page into each table of contents."""
    for known_pages in (False, True):  # the pages are known once the table has its length
        for field in contents_fields(document):
            levels = _RANGE.search(field.code)
            deepest = int(levels.group(1)) if levels else 3
            headings = list(Outline(document).headings(deepest))
            paragraphs = [heading.paragraph for heading in headings]
            pages = pages_of(document, paragraphs) if known_pages else [0] * len(headings)
            _write(document, field, headings, _bookmark(document, headings), pages)


def _write(
    document: Document,
    field: WordField,
    headings: list[Heading],
    names: list[str],
    pages: list[int],
) -> None:
    known = {style.name.lower(): style.style_id for style in document.styles}
    styles = [known.get(f"toc {heading.level}", "") for heading in headings]
    entries = [
        [_entry(heading, name, page)]
        for heading, name, page in zip(headings, names, pages, strict=True)
    ]
    _refill(field, entries or [[run_of("")]], styles or [""])


def _entry(heading: Heading, name: str, page: int) -> Any:
    """A link to the heading: its number and text, a tab, the page."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.set(qn("w:history"), "1")
    link.append(run_of(f"{heading.number} {heading.text}".strip()))
    tab = OxmlElement("w:r")
    tab.append(OxmlElement("w:tab"))
    link.append(tab)
    link.append(simple_field(f"PAGEREF {name} \\h", str(page)))
    return link


def _refill(field: WordField, entries: list[list[Any]], styles: list[str]) -> None:
    """Put ``entries`` in place of the paragraphs from the field's begin to its end."""
    if field.begin is None or field.end is None:
        return
    first, last = (_paragraph_of(run) for run in (field.begin, field.end))
    if first.getparent() is not last.getparent():
        return  # a field across cells is none that Word would make
    parent = first.getparent()
    at = parent.index(first)
    for old in list(parent[at : parent.index(last) + 1]):
        parent.remove(old)
    for place, (runs, style) in enumerate(zip(entries, styles, strict=True)):
        paragraph = OxmlElement("w:p")
        if style:
            paragraph.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)
        if place == 0:
            paragraph.extend([mark("begin"), instruction(field.code), mark("separate")])
        paragraph.extend(runs)
        if place == len(entries) - 1:
            paragraph.append(mark("end"))
        parent.insert(at + place, paragraph)


def _paragraph_of(run: Any) -> Any:
    return next(run.iterancestors(qn("w:p")))


def _bookmark(document: Document, headings: list[Heading]) -> list[str]:
    """The name of each heading's bookmark, made where it has none of ours."""
    body = document.element.body
    taken = [int(one.get(qn("w:id"))) for one in body.iter(qn("w:bookmarkStart"))]
    key = max(taken, default=0) + 1
    names = []
    for at, heading in enumerate(headings, start=1):
        name = f"_Toc{at:06d}"
        names.append(name)
        known = [one.get(qn("w:name")) for one in heading.paragraph.iter(qn("w:bookmarkStart"))]
        if name in known:
            continue
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark_of in (start, end):
            mark_of.set(qn("w:id"), str(key))
        start.set(qn("w:name"), name)
        properties = heading.paragraph.pPr
        heading.paragraph.insert(0 if properties is None else 1, start)
        heading.paragraph.append(end)
        key += 1
    return names
