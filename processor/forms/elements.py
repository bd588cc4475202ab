"""Elements of a Word document and what is said of them.

They are known by their local names: the strict and the transitional form of the format differ in
nothing else that matters here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

OFF = frozenset({"0", "false", "off"})
"""What a switch says when it is off."""


def unwrapped(parent: Any) -> Iterator[Any]:
    """Children; of alternatives the first one, which newer programs show."""
    for child in parent:
        name = name_of(child)
        if name == "AlternateContent":
            for choice in child:
                yield from unwrapped(choice)
                break
        elif name in ("customXml", "smartTag") and any(name_of(one) != "r" for one in child):
            yield from unwrapped(child)
        else:
            yield child


def inside(control: Any) -> Any:
    """The element with what a control holds, empty where there is none."""
    return next((child for child in control if name_of(child) == "sdtContent"), ())


def tag_of(control: Any) -> str:
    """What its maker called a control, or ""."""
    tags = (attribute(one, "val") for one in _settings(control, "sdtPr") if name_of(one) == "tag")
    return next(tags, "")


def is_empty(control: Any) -> bool:
    """Whether a control shows its placeholder, which nobody wrote."""
    return any(
        name_of(one) == "showingPlcHdr" and attribute(one, "val") not in OFF
        for one in _settings(control, "sdtPr")
    )


def checkbox(control: Any) -> bool | None:
    """The state of a check box control ([MS-DOCX] 2.6.1), None for any other."""
    for one in _settings(control, "sdtPr"):
        if name_of(one) == "checkbox":
            states = [attribute(state, "val") for state in one if name_of(state) == "checked"]
            return bool(states) and states[0] not in OFF
    return None


def date_of(control: Any) -> str:
    """The time that a date picker keeps, as it is written there (ISO 8601), or ""."""
    days = (one for one in _settings(control, "sdtPr") if name_of(one) == "date")
    return next((attribute(one, "fullDate") for one in days), "")


def merge_of(cell: Any, kind: str) -> str:
    """``restart``, ``continue`` or "" (ECMA-376-1, 17.4.84: no value means to go on)."""
    for one in _settings(cell, "tcPr"):
        if name_of(one) == kind:
            return attribute(one, "val") or "continue"
    return ""


def number_of(parent: Any, group: str, name: str) -> int:
    """The number ``name`` among the settings ``group`` of a row or cell, at most 63 (Word has no
    more columns); 0 where there is none."""
    for one in _settings(parent, group):
        if name_of(one) == name:
            value = attribute(one, "val")
            return min(int(value), 63) if value.isdigit() else 0
    return 0


def attribute(element: Any, name: str) -> str:
    """An attribute, or ""."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def name_of(element: Any) -> str:
    """The local name of an element, "" of a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _settings(parent: Any, group: str) -> Iterator[Any]:
    for child in parent:
        if name_of(child) == group:
            yield from child
