"""What a paragraph of a Word document says: text, signs, boxes, what was chosen from lists.

Tracked insertions are part of it, deletions are not.
"""

from __future__ import annotations

from typing import Any

from processor.forms.elements import (
    OFF,
    attribute,
    checkbox,
    date_of,
    inside,
    is_empty,
    name_of,
    tag_of,
    unwrapped,
)
from processor.forms.grid import Control
from processor.forms.marks import CHECKED, UNCHECKED, symbol

_THROUGH = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "rubyBase",
     "ruby"}
)  # fmt: skip
_BREAKS = frozenset({"br", "cr"})


def paragraph_text(paragraph: Any, controls: list[Control]) -> str:
    """The text of ``w:p``; its content controls are added to ``controls``."""
    said: list[str] = []
    _runs(paragraph, said, controls)
    return "".join(said)


def _runs(parent: Any, said: list[str], controls: list[Control]) -> None:
    for child in unwrapped(parent):
        name = name_of(child)
        if name == "r":
            _run(child, said)
        elif name == "sdt":
            said.append(_inline(child, controls))
        elif name in _THROUGH:
            _runs(child, said, controls)


def _inline(control: Any, controls: list[Control]) -> str:
    checked = checkbox(control)
    if checked is not None:
        text = CHECKED if checked else UNCHECKED
    elif is_empty(control):
        text = ""
    else:
        inner: list[str] = []
        _runs(inside(control), inner, controls)
        text = "".join(inner)
    tag = tag_of(control)
    if tag:
        controls.append(Control(tag, text.strip(), date_of(control)))
    return text


def _run(run: Any, said: list[str]) -> None:
    for child in unwrapped(run):
        name = name_of(child)
        if name == "t":
            said.append(child.text or "")
        elif name == "tab":
            said.append("\t")
        elif name in _BREAKS:
            said.append("\n")
        elif name == "noBreakHyphen":
            said.append("-")
        elif name == "sym":
            said.append(symbol(attribute(child, "font"), attribute(child, "char")))
        elif name == "ruby":
            for base in child:
                if name_of(base) == "rubyBase":
                    _runs(base, said, [])
        elif name == "fldChar":
            said.append(_legacy(child))


def _legacy(field_start: Any) -> str:
    """A form field of Word before 2007: a check box as its sign, a list as what was chosen."""
    for data in field_start:
        for kind in data:
            if name_of(kind) == "checkBox":
                states = {name_of(one): attribute(one, "val") for one in kind}
                state = states.get("checked", states.get("default"))
                return UNCHECKED if state is None or state in OFF else CHECKED
            if name_of(kind) == "ddList":
                entries = [attribute(one, "val") for one in kind if name_of(one) == "listEntry"]
                chosen = [attribute(one, "val") for one in kind if name_of(one) == "result"]
                at = int(chosen[0]) if chosen and chosen[0].isdigit() else 0
                return entries[at] if at < len(entries) else ""
    return ""
