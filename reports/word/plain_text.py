"""Text of mails made fit for a Word document, whatever it holds."""

from __future__ import annotations

import re

LONGEST = 20_000  # characters of one text; a document of a manager is no archive of log files

# What XML 1.0 (2.2 Char) has no place for; lone surrogates come out of broken decoding.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks that turn the order of what follows: a file name or an amount could be shown reversed.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n[ \t\u3000\u00a0]*(?=\n)")
_MANY_LINE_ENDS = re.compile(r"\n{3,}")


def block(text: str, cut: str = "…") -> str:
    """``text`` on its own lines: control characters gone, runs of blank lines made one, at most
    ``LONGEST`` characters, and then ``cut`` on a line of its own."""
    tidy = _LINE_ENDS.sub("\n", text[:LONGEST])
    tidy = _NOT_XML.sub("", _TURNING.sub("", tidy))
    tidy = _MANY_LINE_ENDS.sub("\n\n", _BLANK_LINES.sub("\n", tidy)).strip("\n").rstrip()
    return tidy if len(text) <= LONGEST else f"{tidy}\n{cut}"


def line(text: str, longest: int = 400) -> str:
    """``text`` on one line of at most ``longest`` characters."""
    tidy = " ".join(block(text).split())
    return tidy if len(tidy) <= longest else tidy[: longest - 1].rstrip() + "…"


def capital(text: str) -> str:
    """``text`` as it begins a cell or a sentence; the rest is left as it is."""
    return text[:1].upper() + text[1:]
