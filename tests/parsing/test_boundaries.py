"""Boundaries that go by other names for a while: what is read of a mail does not change."""

from __future__ import annotations

from email import message_from_bytes
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from processor.parsing.boundaries import Boundaries
from processor.parsing.parse import parse

NAMES = st.sampled_from(
    ("----=_Part_1234567", "----=_Part_12345678", "=-sinikael-?=_1-16", "b1_4f0c2a9d8e7f6a5b", "x")
)
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ("", "hello 你好", "--", "<=0=/boundary/=|", "<=1=", "Content-Type: text/plain")
        ),
        NAMES.map(lambda name: f"--{name}"),
        NAMES.map(lambda name: f"--{name}--"),
        NAMES.map(lambda name: f'Content-Type: multipart/mixed; boundary="{name}"'),
        st.text(st.sampled_from("<=/boundary|01\n"), max_size=40),
    ),
    max_size=30,
)


def _shown(whole: Any) -> str:
    """All that the tree of a mail holds, as the standard library keeps it."""
    return repr([(part._headers, part.preamble, part.epilogue) for part in whole.walk()]) + repr(
        [part._payload for part in whole.walk() if not part.is_multipart()]
    )


def _tree(raw: bytes) -> str:
    return _shown(message_from_bytes(raw))


@given(LINES)
def test_the_tree_is_the_same(lines: list[str]) -> None:
    raw = "\n".join(lines).encode()
    named = Boundaries(raw)
    tree = message_from_bytes(named.data)
    named.put_back(tree)
    shown = _shown(tree)
    assert shown == _tree(raw)


def test_a_word_as_boundary_keeps_its_meaning() -> None:
    raw = (
        b'Content-Type: multipart/mixed; boundary="boundary"\r\n\r\n'
        b"--boundary\r\n\r\nhello\r\n--boundary--"
    )
    assert parse(raw).text == "hello"


def test_headers_and_words_show_the_name_that_was_given() -> None:
    name = b"----=_Part_20261123_42"
    raw = (
        b"Content-Type: multipart/mixed; boundary=\"" + name + b"\"\r\n\r\n--" + name
        + b"\r\n\r\nhe wrote " + name + b"\r\n--" + name + b"--\r\n"
    )  # fmt: skip
    message = parse(raw)
    assert Boundaries(raw).data != raw
    assert message.text == "he wrote ----=_Part_20261123_42"
    assert "----=_Part_20261123_42" in message.header_all("content-type")[0]
