"""Word's own fields (page numbers, captions, contents) as they stand in a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any


@dataclass(frozen=True, slots=True)
class WordField:
    """A field in one of the two ways of writing it: ``w:fldSimple``, as this program does, or
    marks around runs, as Word and LibreOffice save it. ``begin`` and ``end`` are the marks."""

    code: str
    simple: Element | None
    begin: Element | None = None
    end: Element | None = None
    shown: tuple[Element, ...] = ()

    def show(self, text: str) -> None:
        """Make ``text`` what the field shows until somebody has Word work it out anew."""
        holders = (
            list(self.simple.iter(qn("w:t")))
            if self.simple is not None
            else [node for run in self.shown for node in run.iter(qn("w:t"))]
        )
        for at, holder in enumerate(holders):
            holder.text = text if at == 0 else ""


def fields(root: Element) -> Iterator[WordField]:
    """The outermost fields below ``root`` in reading order."""
    depth = 0
    code: list[str] = []
    begin: Element = None
    shown: list[Element] = []
    separated = False
    for node in root.iter(qn("w:fldSimple"), qn("w:r")):
        if node.tag == qn("w:fldSimple"):
            if depth == 0:
                yield WordField(node.get(qn("w:instr"), "").strip(), node)
            continue
        mark = node.find(qn("w:fldChar"))
        kind = mark.get(qn("w:fldCharType")) if mark is not None else ""
        if kind == "begin":
            depth += 1
            if depth == 1:
                begin, code, shown, separated = node, [], [], False
            continue
        if depth == 0:
            continue
        if kind == "end":
            depth -= 1
            if depth == 0:
                yield WordField("".join(code).strip(), None, begin, node, tuple(shown))
        elif kind == "separate" and depth == 1:
            separated = True
        elif separated:
            shown.append(node)
        else:
            code.extend(said.text or "" for said in node.iter(qn("w:instrText")))


def simple_field(code: str, text: str) -> Element:
    """A new field: fldSimple keeps it in one piece that nobody splits by accident."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {code} ")
    field.append(run_of(text))
    return field


def run_of(text: str) -> Element:
    """A run with this text, blanks kept."""
    run = OxmlElement("w:r")
    holder = OxmlElement("w:t")
    holder.text = text
    holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(holder)
    return run


def mark(kind: str) -> Element:
    """A run with one of the marks ``begin``, ``separate``, ``end``."""
    run = OxmlElement("w:r")
    char = OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    run.append(char)
    return run


def instruction(code: str) -> Element:
    """The run that says what a field shows."""
    run = OxmlElement("w:r")
    said = OxmlElement("w:instrText")
    said.text = f" {code} "
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(said)
    return run
