"""Address fields: structure by mail-parser's scanner, names by our own charset ladder."""

from __future__ import annotations

import re

from mailparser.utils import get_addresses

from processor.domain.message import Address
from processor.parsing import headers
from processor.parsing.defects import Defects
from processor.parsing.limits import DEFAULT_LIMITS

_SIMPLE = re.compile(
    r"""(?:"([^"\\<>]*)"|([^"\\<>@,;:()\[\]]*))\s*<\s*([^\s<>@,;:()"]+@[^\s<>@,;:()"]+)\s*>""",
)
_MOST_SIMPLE = 1_000
_PLAIN = re.compile(r"[^\s<>@,;:()\"=]+@[^\s<>@,;:()\"=]+")
_ANY = re.compile(r"[^\s<>@,;:()\"'\[\]]{1,128}@[^\s<>@,;:()\"'\[\]]{1,255}")
_LOCAL_ONLY = re.compile(r"^([^<>@]*)<([^\s<>@,;:]+)>\s*$")
_TAG = re.compile(r"\[?mailto:[^\]\s>]*\]?", re.IGNORECASE)


def addresses(
    value: str, defects: Defects, most: int = DEFAULT_LIMITS.addresses
) -> tuple[Address, ...]:
    """The mailboxes of one raw field value; group names and comments are left out.

    ``unlisted-recipients:;`` and an unreadable field give an empty tuple.
    """
    value = headers.characters(value, defects)
    if not value:
        return ()
    found = _SIMPLE.fullmatch(value) if len(value) <= _MOST_SIMPLE else None
    if found:
        return (_address(found[1] or found[2] or "", found[3], defects),)
    if _PLAIN.fullmatch(value):
        return (_address("", value, defects),)
    notes: list[dict[str, object]] = []
    # Full-width commas and semicolons separate addresses in many hand-written fields.
    pairs = get_addresses(value.replace("；", ";"), defects=notes)
    kept = [_address(name, address, defects) for name, address in pairs[:most] if address]
    if len(pairs) > most:
        defects.note("addresses-cut")
    if not kept:
        kept = _rescued(value, defects, most)
    return tuple(kept)


def _rescued(value: str, defects: Defects, most: int) -> list[Address]:
    """A field that follows no grammar, yet shows an address: better than nobody."""
    bare = _TAG.sub(lambda found: found[0].strip("[]")[7:], value)
    matches = list(_ANY.finditer(bare))[:most]
    local = _LOCAL_ONLY.match(bare)
    if not matches and local:
        return [_address(local[1].strip().strip('"'), local[2], defects)]
    if matches:
        defects.note("address-malformed")
    if len(matches) == 1:
        name = bare[: matches[0].start()].strip(" <\"'\t")
        return [_address(name, matches[0][0], defects)]
    return [_address("", match[0], defects) for match in matches]


def _address(name: str, address: str, defects: Defects) -> Address:
    name = headers.decoded(name, defects) if name else ""
    name = " ".join(name.replace("\\", "").split()).strip("\"' ")
    local, at, domain = address.strip().rpartition("@")
    return Address(name, f"{local}{at}{domain.lower()}" if at else address)
