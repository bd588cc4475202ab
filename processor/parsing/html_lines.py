"""Lines from the tokens of HTML: blocks, cells, lists, quotes and signatures by their boxes."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from processor.parsing import html_boxes
from processor.parsing.html_mending import UNSEEN, VOID

_SPACES = " \t\r\n\f"
_SPACE = re.compile(f"[{_SPACES}]+")
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr",
    "ul", "body", "html", "caption", "option",
))  # fmt: skip
_SPACED = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre"]
)
_HOLDERS = frozenset(["div", "blockquote", "table", "section", "includetail"])
_MOST_SPANS = 5_000
_BLANKS = 20
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*[;\"]")


class HtmlLine(NamedTuple):
    """One visible line. ``depth`` counts blockquotes around it; ``mark`` says what box it is in.

    ``mark``: "" (plain), "quote" (a client's quote container), "signature".
    """

    text: str
    depth: int
    mark: str


class LineWriter:
    """Collects lines from tokens; ``stack`` holds only the elements that mean something."""

    def __init__(self) -> None:
        self._lines: list[HtmlLine] = []
        self._now: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self._stack: list[tuple[str, str, int]] = []
        self._open: dict[str, int] = {}
        self._boxes: dict[str, str] = {}  # a document's elements share a few attributes
        self._depth = 0
        self._quote = 0
        self._signature = 0
        self._hidden = 0
        self._pre = 0
        self._tail = False  # after a "quote from here" mark: all that follows is quoted
        self._cells: list[int] = []

    def text(self, raw: str) -> None:
        """Take a run of text, entities still in it."""
        if self._hidden:
            return
        if self._pre:
            first, *rest = unescape(raw).replace("\r\n", "\n").split("\n")
            self._now.append(first)
            for line in rest:
                self._break()
                self._now.append(line)
            return
        if not self._now and not raw.strip(_SPACES):
            return  # between two elements: no line begins with it
        text = unescape(raw) if "&" in raw else raw
        if "\n" in text or "\t" in text or "\r" in text or "\f" in text:
            text = _SPACE.sub(" ", text)  # runs of blanks are made one where the line ends
        self._now.append(text)

    def start(self, name: str, attributes: str) -> None:
        """An element opens; ``attributes`` as they stand in the tag."""
        if name == "br":
            if not self._hidden:
                self._break(force=True)
            return
        if name == "img":
            if not self._hidden:
                self._picture(attributes)
            return
        if name in UNSEEN:
            meaning = "hidden"
            self._hidden += 1
        else:
            meaning = self._meaning(name, attributes) if "=" in attributes else ""
        if name in _BLOCKS:
            self._block(name)
            if name == "tr":
                self._cells.append(0)
            elif name == "li":
                self._now.append("- ")
            elif name == "pre":
                self._pre += 1
            elif name == "blockquote":
                self._depth += 1
            elif name == "hr" and not self._hidden:
                self._now.append("________________________________")
                self._break()
        elif name in ("td", "th"):
            self._cell()
        if name not in VOID:
            self._stack.append((name, meaning, len(self._lines)))
            self._open[name] = self._open.get(name, 0) + 1

    def end(self, name: str) -> None:
        """An element closes, and with it all that was left open inside."""
        still = self._open
        if not still.get(name):
            return
        stack = self._stack
        while stack:
            opened, meaning, first = stack.pop()
            still[opened] -= 1
            if meaning:
                self._flush_block()
                if meaning == "quote":
                    self._quote -= 1
                elif meaning == "signature":
                    self._signature -= 1
                elif meaning == "hidden":
                    self._hidden -= 1
            if opened in _BLOCKS:
                self._block(opened)
                if opened == "tr" and self._cells:
                    self._cells.pop()
                elif opened == "pre":
                    self._pre -= 1
                elif opened == "blockquote":
                    self._depth -= 1
            if opened in _HOLDERS and len(self._lines) > first + 1:
                self._span(first)
            if opened == name:
                return

    def finish(self) -> list[HtmlLine]:
        """All lines, none empty at the end."""
        self._flush_block()
        while self._lines and not self._lines[-1].text:
            self._lines.pop()
        last = len(self._lines) - 1
        self.spans = [(first, min(end, last)) for first, end in self.spans if first < last]
        return self._lines

    def _span(self, first: int) -> None:
        last = len(self._lines) - 1
        for _ in range(_BLANKS):
            if first < last and not self._lines[first].text:
                first += 1
        if first < last and len(self.spans) < _MOST_SPANS:
            self.spans.append((first, last))

    def _meaning(self, name: str, attributes: str) -> str:
        """Which box an element opens, if any; counted at once."""
        box = self._boxes.get(attributes)
        if box is None:
            box = self._boxes[attributes] = _box(attributes)
        if not box or (box == "quote" and name == "a"):
            return ""
        self._flush_block()
        if box == "hidden":
            self._hidden += 1
        elif box == "signature":
            self._signature += 1
        elif box == "quote":
            self._quote += 1
        else:
            self._tail = True
            return ""
        return box

    def _picture(self, attributes: str) -> None:
        for found in _ATTRIBUTE.finditer(attributes):
            value = unescape(found[2] or found[3] or "").strip()
            if found[1].lower() == "src" and value.lower().startswith("cid:"):
                self._now.append(f"[{value}]")
                return

    def _cell(self) -> None:
        if self._cells:
            self._cells[-1] += 1
            if self._cells[-1] > 1 and "".join(self._now).strip():
                self._now.append("\t")

    def _block(self, name: str) -> None:
        if self._cells and self._cells[-1] and name in ("p", "div", "center"):
            # Paragraphs inside a cell stay on the row's line.
            if "".join(self._now).strip():
                self._now.append(" ")
            return
        self._flush_block()
        if name in _SPACED and self._lines and self._lines[-1].text:
            self._add("")

    def _flush_block(self) -> None:
        if not self._now:
            return
        if "".join(self._now).strip():
            self._break()
        else:
            self._now.clear()

    def _break(self, *, force: bool = False) -> None:
        text = "".join(self._now)
        self._now.clear()
        if self._pre:
            self._add(text.rstrip())
            return
        if "\xa0" in text:
            text = text.replace("\xa0", " ")
        text = text.strip(" ")
        if "  " in text:
            text = " ".join([part for part in text.split(" ") if part])
        if "\t" in text:
            text = text.replace(" \t ", "\t").replace("\t ", "\t").replace(" \t", "\t").strip(" ")
        if text or force:
            self._add(text)

    def _add(self, text: str) -> None:
        mark = "signature" if self._signature else "quote" if self._quote or self._tail else ""
        self._lines.append(HtmlLine(text, self._depth, mark))


def _box(attributes: str) -> str:
    """What the attributes of an element make it: ``hidden``, ``signature``, ``quote`` (where it is
    no link), ``tail`` (a quote from here on), or nothing."""
    if "style" in attributes and _HIDDEN.search(attributes.lower()):
        return "hidden"
    if "class" not in attributes and "id" not in attributes and "name" not in attributes:
        return ""
    values = " ".join(
        found[2] or found[3] or ""
        for found in _ATTRIBUTE.finditer(attributes)
        if found[1].lower() in ("class", "id", "name")
    )
    if not values:
        return ""
    if html_boxes.QUOTE_FROM_HERE.search(values):
        return "tail"
    if html_boxes.SIGNATURE_BOX.search(values):
        return "signature"
    return "quote" if html_boxes.QUOTE_BOX.search(values) else ""
