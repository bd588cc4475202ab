"""Python 3.11 before 3.11.5, which Debian 12 has, matches possessive groups wrongly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "processor"
# ")*+", ")++", "){2,}+", atomic groups; a possessive class ("[a-z]*+") is right everywhere
_GROUP = re.compile(r"[^\\]\)(?:[*+?]|\{\d+(?:,\d*)?\})\+|\(\?>")


@pytest.mark.parametrize("source", sorted(ROOM.rglob("*.py")), ids=lambda path: path.stem)
def test_no_pattern_has_one(source: Path) -> None:
    assert _GROUP.search(source.read_text("utf-8")) is None


def test_the_search_finds_them() -> None:
    assert _GROUP.search(r"(?:a|b)*+")
    assert _GROUP.search(r"(?>a)")
    assert _GROUP.search(r"(?:ab){2,}+")
    assert not _GROUP.search(r"[a-z]*+ \)*+ x")
