"""The headings of a document with the numbers that Word gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from reports.word.style_sheet import StyleSheet

_CHINESE = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` is 1 for a chapter; ``paragraph`` is its ``w:p``."""

    level: int
    number: str
    text: str
    paragraph: Any


class Outline:
    """Reads the outline of one document by its styles, as restyled as they may be."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sheet = StyleSheet(document)
        self._levels = self._list_levels()

    def headings(self, deepest: int) -> Iterator[Heading]:
        """Every heading of the body down to level ``deepest``; one without text is none."""
        counters: dict[str, list[int]] = {}
        for paragraph in self._document.element.body.iterchildren(qn("w:p")):
            outline = self._sheet.setting(paragraph, "w:pPr", "w:outlineLvl")
            if outline is None or int(outline.get(qn("w:val"))) > 8:
                continue
            text = "".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip()
            if not text:
                continue
            number = self._number(paragraph, counters)
            level = int(outline.get(qn("w:val"))) + 1
            if level <= deepest:
                yield Heading(level, number, text, paragraph)

    def _number(self, paragraph: Any, counters: dict[str, list[int]]) -> str:
        joined = self._sheet.setting(paragraph, "w:pPr", "w:numPr")
        if joined is None:
            return ""
        key = joined.find(qn("w:numId"))
        place = joined.find(qn("w:ilvl"))
        at = int(place.get(qn("w:val"))) if place is not None else 0
        levels = self._levels.get(key.get(qn("w:val")) if key is not None else "", {})
        if at not in levels:
            return ""
        counts = counters.setdefault(key.get(qn("w:val")), [0] * 9)
        counts[at] += 1
        counts[at + 1 :] = [0] * (8 - at)
        text = levels[at][1]
        for level in range(at + 1):
            kind = levels.get(level, ("decimal", ""))[0]
            text = text.replace(f"%{level + 1}", _said(kind, counts[level]))
        return text

    def _list_levels(self) -> dict[str, dict[int, tuple[str, str]]]:
        """numId → level → (kind of number, text with ``%1``)."""
        try:
            root = self._document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return {}
        abstracts = {
            one.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"))): (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                )
                for level in one.iter(qn("w:lvl"))
            }
            for one in root.iter(qn("w:abstractNum"))
        }
        return {
            num.get(qn("w:numId")): abstracts.get(_value(num, "w:abstractNumId", ""), {})
            for num in root.iterchildren(qn("w:num"))
        }


def _value(element: Any, tag: str, otherwise: str) -> str:
    found = element.find(qn(tag))
    return found.get(qn("w:val"), otherwise) if found is not None else otherwise


def _said(kind: str, count: int) -> str:
    if kind == "upperLetter" and 0 < count <= 26:
        return chr(ord("A") + count - 1)
    if kind.startswith("chinese") and 0 < count <= 10:
        return _CHINESE[count]
    return str(count)
