"""Our shortest way gives what the standard library reads back as it was meant."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.replies import serialise
from processor.replies.addressing import Enclosure

TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from('\r\n\t \0王打印机=?_"\\<>@,:é')
    ),
    max_size=200,
)


def parse(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=policy.default)
    assert message.defects == []
    return message


@given(TEXT)
def test_subjects_come_back(text: str) -> None:
    value = serialise.words(text, 9, "[INC-20261123-0001]")
    raw = serialise.headers([("Subject", value)])
    assert all(len(line) <= 78 or b" " not in line.strip() for line in raw.split(b"\r\n"))
    wanted = f"{serialise.one_line(text)} [INC-20261123-0001]".strip()
    assert parse(raw + b"\r\n")["Subject"] == wanted
    assert b"[INC-20261123-0001]" in raw


@given(TEXT.map(lambda text: text.replace("\ufffd", "")))  # the mark of what was cut in two
def test_encoded_words_are_short_and_whole(text: str) -> None:
    for word in serialise.words(f"王{text}", 9).split("\r\n "):
        assert len(word) <= 75
        assert "\ufffd" not in str(email.header.make_header(email.header.decode_header(word)))


@given(TEXT)
def test_names_come_back(name: str) -> None:
    raw = serialise.headers([("To", serialise.mailbox(name, "a.b@example.com"))])
    (address,) = parse(raw + b"\r\n")["To"].addresses
    assert address.addr_spec == "a.b@example.com"
    wanted = serialise.one_line(name)[:60].strip()
    if len(wanted.encode()) <= 42:
        assert address.display_name == wanted
    else:  # several encoded words, between which Python before 3.11.9 reads a blank
        assert address.display_name.replace(" ", "") == wanted.replace(" ", "")


@given(TEXT)
def test_bodies_come_back(text: str) -> None:
    raw = serialise.body("plain", text)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    content = parse(raw).get_content()
    wanted = text.replace("\r\n", "\n").replace("\r", "\n")
    assert content.replace("\r\n", "\n").rstrip("\n") == wanted.rstrip("\n")


def test_plain_ascii_stays_readable_and_long_lines_do_not_leave() -> None:
    assert b"7bit\r\n\r\nHello\r\nyou" in serialise.body("plain", "Hello\nyou")
    assert b"base64" in serialise.body("plain", "x" * 2000)
    assert b"base64" in serialise.body("html", "您好")


def test_lone_surrogates_do_not_stop_a_letter() -> None:
    assert parse(serialise.body("plain", "a\udce4b")).get_content().strip() == "a?b"
    assert serialise.words("a\udce4b") == "a b"


@pytest.mark.parametrize(
    "value", ["a\r\nBcc: x@y.z", "a\nb", "a\rb", "a\r\n\r\nbody", "a\r\n", "\n b"]
)
def test_a_line_break_is_no_header(value: str) -> None:
    with pytest.raises(ValueError, match="line break in header Subject"):
        serialise.headers([("Subject", value)])


@pytest.mark.parametrize(
    "name",
    [
        "a.docx",
        "事件报告 2026.docx",
        "a\r\nX: y.docx",
        'q"uo;te.docx',
        "x" * 300 + ".docx",
        "",
        "../a",
    ],
)
def test_file_names(name: str) -> None:
    part = serialise.file(Enclosure(name, "application/zip", b"PK\x03\x04" * 50))
    assert max(len(line) for line in part.split(b"\r\n")) <= 998
    parsed = parse(part)
    wanted = serialise.one_line(name).replace("/", "_")[-80:] or "file"
    assert parsed.get_filename() == wanted
    assert parsed["Content-Type"].params["name"] == wanted
    assert parsed.get_content() == b"PK\x03\x04" * 50
    assert list(parsed.keys()) == [
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
    ]


def test_multipart_is_closed() -> None:
    pair = [serialise.body("plain", "a"), serialise.body("html", "<p>王")]
    parsed = parse(serialise.multipart("alternative", "=_x", pair))
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
