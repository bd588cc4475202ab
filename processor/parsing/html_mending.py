"""HTML as mails bring it to markup in which every element is closed and the unseen is gone."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><]*)")
_DEEPEST = 2_000
_DROPPED = (
    "script,style,head,title,template,noscript,object,svg,iframe,noembed,noframes,xmp,plaintext"
)
UNSEEN = frozenset(_DROPPED.split(","))
VOID = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
    ]
)


def mended(html: str) -> str:
    """Markup with every element closed and the invisible ones gone, if it can be had in time.

    Browsers' rules cost the square of the nesting; what is nested deeper than people's mails
    ever are is read as it stands.
    """
    if html.count("<") > _DEEPEST and _depth(html) > _DEEPEST:
        return _without_comments(html)
    tree = LexborHTMLParser(html)
    for node in tree.css(_DROPPED):
        node.decompose()
    body = tree.body
    return _without_comments((body.html if body is not None else tree.html) or "")


def _depth(html: str) -> int:
    depth = deepest = 0
    for found in _TAG.finditer(html):
        if found[1]:
            depth -= depth > 0
        elif found[2].lower() not in VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _without_comments(html: str) -> str:
    out: list[str] = []
    at = 0
    while (begin := html.find("<!--", at)) >= 0:
        out.append(html[at:begin])
        end = html.find("-->", begin + 4)
        at = len(html) if end < 0 else end + 3
    out.append(html[at:])
    return "".join(out)
