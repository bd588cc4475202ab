"""Configuration files as an outsider may have them: no secret, even where one stood in the open."""

from __future__ import annotations

import re

_IN_URL = re.compile(r"(://[^:/@\s]+:)[^@/\s]+@")
_SECRET = re.compile(
    r"""(?mix)
    (^|[\s{,]) (?P<key> [\w-]* (?:password|secret|token|passwd|credential|api_key))
    (?P<gap> \s*:\s*)
    (?!env:|file:|[\[{|>]|$|password\b|oauth2\b)
    (?P<value> "[^"\n]*" | '[^'\n]*' | [^\s,}\#][^,}\#\n]*)
    """
)


def disclosed(text: str) -> str:
    """``text`` of a file without what could be a secret: passwords in addresses, and values of
    keys that are called so and are no reference (``env:``, ``file:``)."""
    plain = _IN_URL.sub(r"\g<1>***@", text)
    return _SECRET.sub(lambda hit: f"{hit[1]}{hit['key']}{hit['gap']}***", plain)
