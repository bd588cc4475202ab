"""Whatever comes, a message value comes out, in bounded time and memory."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.parsing.limits import ParseLimits
from processor.parsing.parse import parse, read_html, read_plain
from tests.fuzz.soundness import sound

HEAD = b"From: a@corp.example\r\nTo: d@corp.example\r\nSubject: x\r\n"
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)

LABELS = ["utf-8", "gb2312", "gbk", "hz-gb-2312", "big5", "utf-16", "utf-7", "idna", "undefined",
          "base64", "y", "", "us-ascii", "iso-2022-cn", "punycode", "\ud800"]  # fmt: skip
ENCODINGS = ["7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "binary", "nonsense", ""]
TYPES = ["text/plain", "text/html", "message/rfc822", "message/delivery-status", "image/png",
         "application/ms-tnef", "text/calendar", "nonsense", "multipart/mixed",
         "text/rfc822-headers"]  # fmt: skip
FIELDS = ["Subject", "From", "To", "Cc", "Date", "References", "In-Reply-To", "Return-Path",
          "Message-ID", "Auto-Submitted", "List-Id", "Content-Disposition",
          "X-Failed-Recipients"]  # fmt: skip


def fragments() -> st.SearchStrategy[bytes]:
    """Pieces that mean something to mail programs, and pieces that mean nothing."""
    meaningful = st.sampled_from(
        [b"=?gb2312?B?", b"?=", b"=?utf-8?Q?=E4", b"\r\n ", b"\r", b"\n", b"<", b">", b'"', b"(",
         b";", b"filename*0*=", b"''", b"%", b"\xc4\xe3", "王喆".encode(), b"\x00", b"@", b",",
         b"begin 644 a\r\n", b"\r\nend\r\n", b"<blockquote>", b"<div class=gmail_quote>", b"</",
         b"On Mon, Mar 2, 2026 at 9:15 <a@b> wrote:\r\n", b"\r\n> ",
         b"-----Original Message-----\r\n",
         b"From: x@y\r\nSent: 1\r\nTo: z\r\nSubject: s\r\n", b"-- \r\n",
         b"Final-Recipient: rfc822; a@b\r\n"]
    )  # fmt: skip
    return st.lists(st.one_of(meaningful, st.binary(max_size=12)), max_size=25).map(b"".join)


@st.composite
def fields(draw: st.DrawFn) -> bytes:
    names = draw(st.lists(st.sampled_from(FIELDS), max_size=8))
    return b"".join(name.encode() + b": " + draw(fragments()) + b"\r\n" for name in names)


@st.composite
def parts(draw: st.DrawFn, depth: int = 0) -> bytes:
    """A part: broken now and then, nested at times."""
    kind = draw(st.sampled_from(TYPES))
    label = draw(st.sampled_from(LABELS)).encode("utf-8", "surrogatepass")
    head = f"Content-Type: {kind}; charset=".encode() + label
    encoding = draw(st.sampled_from(ENCODINGS)).encode()
    head += b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n" + draw(fields())
    if depth < 3 and draw(st.booleans()):
        sub = draw(st.sampled_from(["mixed", "alternative", "related", "report", "digest"]))
        close = draw(st.sampled_from([b"--b--", b"", b"--b", b"--B--"]))
        head = f"Content-Type: multipart/{sub}; boundary=b\r\n".encode() + draw(fields())
        children = draw(st.lists(parts(depth=depth + 1), max_size=3))
        return head + b"\r\n" + b"".join(b"--b\r\n" + one + b"\r\n" for one in children) + close
    return head + b"\r\n" + draw(fragments())


@CALM
@given(st.binary(max_size=3000))
def test_random_bytes(raw: bytes) -> None:
    sound(parse(raw), raw)


@CALM
@given(fields(), parts())
def test_trees_of_broken_parts(head: bytes, body: bytes) -> None:
    sound(parse(head + body))


@CALM
@given(fragments())
def test_fragments_in_every_field(value: bytes) -> None:
    head = b"".join(name.encode() + b": " + value.replace(b"\n", b"") + b"\r\n" for name in FIELDS)
    sound(parse(head + b"\r\n" + value))


@CALM
@given(st.text(max_size=800))
def test_bare_bodies(text: str) -> None:
    assert isinstance(read_plain(text), str)
    assert isinstance(read_html(text), str)


@CALM
@given(st.text(alphabet="<>/\"'= abdivtq!-&;", max_size=400))
def test_broken_markup(text: str) -> None:
    assert isinstance(read_html(text), str)


def test_limits_are_what_is_asked_for() -> None:
    limits = ParseLimits(attachments=1, text_chars=10, message_bytes=100_000)
    file = b"--b\r\nContent-Type: image/png; name=a.png\r\n\r\nxx\r\n"
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + b"w" * 50 + b"\r\n"
    )
    message = parse(raw + file + file + b"--b--", limits)
    assert len(message.attachments) == 1
    assert len(message.text) == 10
    assert "cut:attachments" in message.defects


def test_big_mails_are_opened_in_chunks_alike() -> None:
    body = os.urandom(1_800_000).hex().encode()
    name = "王喆.bin".encode("gbk")
    raw = (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain;"
        b" charset=gb2312\r\n\r\n" + "重启后".encode("gbk")
        + b'\r\n--b\r\nContent-Type: image/png; name="'
        + name + b"\"\r\n\r\n" + body + b"\r\n--b--\r\n"
    )  # fmt: skip
    message = parse(raw)
    assert message.text == "重启后"
    assert [(one.name, one.content) for one in message.attachments] == [("王喆.bin", body)]
