"""Words of DrawingML that every part of a chart is made of (ECMA-376-1, 21.2)."""

from __future__ import annotations

from typing import Any

from lxml import etree

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PREFIXES = {"c": C, "a": A, "r": R}

Element = Any  # lxml has no types of its own
Child = Any  # an element, or None for one that is not wanted


def c(tag: str, *children: Child, **attributes: object) -> Element:
    """``<c:tag>`` with its children in the order given; None among them is left out."""
    return _made(C, tag, children, attributes)


def a(tag: str, *children: Child, **attributes: object) -> Element:
    """``<a:tag>``."""
    return _made(A, tag, children, attributes)


def val(tag: str, value: object) -> Element:
    """``<c:tag val="…"/>``, the form that most settings have."""
    return c(tag, val=value)


def told(element: Element, text: str) -> Element:
    """``element`` with ``text`` in it."""
    element.text = text
    return element


def number(value: float) -> str:
    """A value as the file keeps it: the shortest text that reads back as the same number."""
    return repr(int(value)) if float(value).is_integer() else repr(float(value))


def _made(
    space: str, tag: str, children: tuple[Child, ...], attributes: dict[str, object]
) -> Element:
    element = etree.Element(f"{{{space}}}{tag}", nsmap=PREFIXES)
    for name, value in attributes.items():
        said = str(int(value)) if isinstance(value, bool) else str(value)
        element.set(name, said)
    element.extend([child for child in children if child is not None])
    return element
