"""Word files that are broken or made to harm: one clear answer each, never a traceback."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.domain.form import UnreadableForm
from processor.forms.reading import read
from tests.forms.filling import INCIDENT, filled, shipped

GOOD = filled("incident_report", "zh", INCIDENT)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_part(name: str, content: bytes, of: bytes = GOOD) -> bytes:
    """The form with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(of)) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.namelist():
            if one != name:
                target.writestr(one, source.read(one))
        target.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def document(inside: str, before: str = "") -> bytes:
    return f'{before}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'.encode()


def test_files_that_cannot_be_read() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    cell = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
    cases: dict[str, tuple[bytes, str]] = {
        "empty": (b"", "corrupt"),
        "text": (b"hello", "corrupt"),
        "cut off": (GOOD[: len(GOOD) // 2], "corrupt"),
        "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old_or_locked"),
        "another zip": (with_part("x.txt", b"x", _zip({"a.txt": b"a"})), "no_word_file"),
        "a sheet": (with_part("word/document.xml", b"<workbook/>"), "no_word_file"),
        "no xml": (with_part("word/document.xml", b"<w:document"), "corrupt"),
        "entities": (
            with_part("word/document.xml", document("&l9;", f"<!DOCTYPE d [{laughs}]>")),
            "bomb",
        ),
        "outside entity": (
            with_part(
                "word/document.xml",
                document("&f;", '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
            ),
            "bomb",
        ),
        "zip bomb": (with_part("word/document.xml", b" " * (20 * 2**20)), "bomb"),
        "deep": (
            with_part("word/document.xml", document("<w:p>" * 240 + "</w:p>" * 240)),
            "bomb",
        ),
        "many cells": (
            with_part(
                "word/document.xml",
                document(f"<w:tbl>{f'<w:tr>{cell * 50}</w:tr>' * 500}</w:tbl>"),
            ),
            "bomb",
        ),
    }
    for name, (content, code) in cases.items():
        with pytest.raises(UnreadableForm) as unreadable:
            read(content, shipped())
        assert unreadable.value.code == code, name


def test_larger_than_the_limit() -> None:
    small = replace(shipped(), limits=replace(shipped().limits, file_bytes=2000))
    with pytest.raises(UnreadableForm) as unreadable:
        read(GOOD, small)
    assert unreadable.value.code == "too_large"


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return out.getvalue()


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=20),
    st.integers(0, len(GOOD)),
)
def test_damaged_bytes_are_a_form_or_unreadable(changes: list[tuple[int, int]], end: int) -> None:
    damaged = bytearray(GOOD)
    for place, value in changes:
        damaged[place] = value
    with suppress(UnreadableForm):
        read(bytes(damaged[: end or None]), shipped())


_NAMES = st.sampled_from(
    ["p", "r", "t", "tbl", "tr", "tc", "tcPr", "gridSpan", "vMerge", "sdt", "sdtPr", "sdtContent",
     "tag", "showingPlcHdr", "date", "ins", "del", "fldChar", "ffData", "checkBox", "sym", "br"]
)  # fmt: skip
_TEXTS = st.sampled_from(["报告人", "发生时间：", "☑", "x", "", "2026年", "continue", "999999999"])


@st.composite
def _elements(draw: st.DrawFn, depth: int = 0) -> str:
    name, text = draw(_NAMES), draw(_TEXTS)
    inside = "".join(draw(st.lists(_elements(depth + 1), max_size=3))) if depth < 5 else ""
    return f'<w:{name} w:val="{text}" w:fullDate="{text}">{text}{inside}</w:{name}>'


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_elements(), max_size=6))
def test_any_arrangement_of_elements_is_read(elements: list[str]) -> None:
    with suppress(UnreadableForm):
        read(with_part("word/document.xml", document("".join(elements))), shipped())
