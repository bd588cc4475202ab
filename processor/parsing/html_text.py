"""HTML to the lines that a reader sees, each with the depth of quotation that the markup says.

selectolax (Lexbor, the parsing rules of browsers) mends the markup; one linear pass over its
tokens then makes lines, so that no nesting, however deep, costs more than its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from processor.parsing.html_lines import HtmlLine, LineWriter
from processor.parsing.html_mending import mended
from processor.parsing.limits import DEFAULT_LIMITS

_TOKEN = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)((?:[^<>\"]++|\"[^\"]*+\")*)>|([^<]+)|<")
_DEEPEST_SHOWN = 20


@dataclass(frozen=True)
class HtmlPage:
    """The visible lines of a document, and the elements that hold several as (first, last) line."""

    lines: list[HtmlLine]
    spans: list[tuple[int, int]]
    cut: bool = False

    @cached_property
    def text(self) -> str:
        """One text, blockquotes marked with ``>``, runs of empty lines made one."""
        return as_text(self.lines)


def read(html: str, most_nodes: int = DEFAULT_LIMITS.html_nodes) -> HtmlPage:
    """The visible lines of an HTML document, in order; empty lines separate paragraphs."""
    markup = mended(html)
    writer = LineWriter()
    cut = False
    for count, found in enumerate(_TOKEN.finditer(markup)):
        if count >= most_nodes:
            cut = True
            break
        closing, name, attributes, text = found.groups()
        if text is not None:
            writer.text(text)
        elif name is not None:
            if closing:
                writer.end(name.lower())
            else:
                writer.start(name.lower(), attributes)
    return HtmlPage(writer.finish(), writer.spans, cut)


def to_text(html: str) -> str:
    """The visible text; what stands in blockquotes is marked with ``>`` as in plain mails."""
    return read(html).text


def as_text(lines: list[HtmlLine]) -> str:
    """Lines as one text, blockquotes marked with ``>``, runs of empty lines made one."""
    out: list[str] = []
    for line in lines:
        mark = ">" * min(line.depth, _DEEPEST_SHOWN)
        shown = f"{mark} {line.text}".rstrip() if mark else line.text
        if not line.text and (not out or not out[-1].strip("> ")):
            continue
        out.append(shown)
    return "\n".join(out).strip("\n")
