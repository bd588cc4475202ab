"""What a document's styles say of a paragraph, the paragraph's own settings first."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

_DEEPEST = 10  # styles that are based on each other; Word allows no more


class StyleSheet:
    """Reads the styles of one document, restyled as they may be."""

    def __init__(self, document: Document) -> None:
        root = document.styles.element
        self._styles = {one.get(qn("w:styleId")): one for one in root.iter(qn("w:style"))}
        self._default = next(
            (
                one.get(qn("w:styleId"))
                for one in root.iter(qn("w:style"))
                if one.get(qn("w:default")) == "1" and one.get(qn("w:type")) == "paragraph"
            ),
            "",
        )
        self._known: dict[tuple[str, str, str], Any] = {}
        self._elements: dict[tuple[str, str, str], Any] = {}

    def setting(self, paragraph: Any, part: str, tag: str) -> Any:
        """The element ``tag`` of ``part`` (``w:pPr`` or ``w:rPr``), or None where nothing says."""
        own = _own(paragraph, part)
        found = own.find(qn(tag)) if own is not None else None
        return found if found is not None else self.of_style(self.style(paragraph), part, tag)

    def attribute(self, paragraph: Any, part: str, tag: str, name: str) -> str | None:
        """An attribute of such an element; one that has others only is looked through."""
        own = _own(paragraph, part)
        found = own.find(qn(tag)) if own is not None else None
        if found is not None and found.get(qn(name)) is not None:
            return str(found.get(qn(name)))
        return self._of_style(self.style(paragraph), part, tag, name)

    def style(self, paragraph: Any) -> str:
        """The key of the paragraph's style."""
        properties = paragraph.pPr
        named = properties.find(qn("w:pStyle")) if properties is not None else None
        return str(named.get(qn("w:val"))) if named is not None else self._default

    def of_style(self, style: str, part: str, tag: str) -> Any:
        """The element ``tag`` of a style or of what it is based on."""
        key = (style, part, tag)
        if key not in self._elements:
            path = f"{qn(part)}/{qn(tag)}"
            found = (one.find(path) for one in self._line(style))
            self._elements[key] = next((one for one in found if one is not None), None)
        return self._elements[key]

    def _of_style(self, style: str, part: str, tag: str, name: str) -> str | None:
        key = (style, f"{part}/{tag}", name)
        if key not in self._known:
            values = (
                found.get(qn(name))
                for one in self._line(style)
                if (found := one.find(f"{qn(part)}/{qn(tag)}")) is not None
            )
            self._known[key] = next((value for value in values if value is not None), None)
        value: str | None = self._known[key]
        return value

    def _line(self, style: str) -> list[Any]:
        """A style and those that it is based on, nearest first."""
        line: list[Any] = []
        while style in self._styles and len(line) < _DEEPEST:
            line.append(self._styles[style])
            base = line[-1].find(qn("w:basedOn"))
            style = str(base.get(qn("w:val"))) if base is not None else ""
        return line


def _own(paragraph: Any, part: str) -> Any:
    if part == "w:pPr":
        return paragraph.pPr
    run = paragraph.find(qn("w:r"))
    return run.find(qn("w:rPr")) if run is not None else None
