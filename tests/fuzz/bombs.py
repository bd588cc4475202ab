"""Mails made to take a reader down: each a function without arguments that gives its bytes."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable

from tests.fuzz.patterns import MARKUP, PATTERNS

HEAD = b"From: a@corp.example\r\nTo: d@corp.example\r\nSubject: x\r\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
HTML = HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n"
PLAIN = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
NULL = b"Return-Path: <>\r\nFrom: mailer-daemon@x.example\r\nSubject: failure\r\n\r\nfailed\n"
MEGABYTE = 1_000_000

Bomb = Callable[[], bytes]


def nested(levels: int) -> bytes:
    """Multiparts, each with a boundary of its own."""
    one = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'
    return HEAD + b"".join(one % (at, at) for at in range(levels)) + b"\r\ntext\r\n"


def alternating(levels: int) -> bytes:
    """A mail in a multipart in a mail, and so on."""
    one = (
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
        b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n"
    )
    return HEAD + b"".join(one % (at, at) for at in range(levels)) + b"\r\ntext\r\n"


def attached(name: str, kind: str, content: bytes) -> bytes:
    """A mail with one file."""
    head = f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return (
        MIXED + b"--b\r\n\r\nsee the file\r\n--b\r\n" + head.encode()
        + base64.encodebytes(content) + b"\r\n--b--\r\n"
    )  # fmt: skip


def zipped(name: str, content: bytes, files: int = 1) -> bytes:
    """An archive of files that are all alike and shrink to nearly nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for at in range(files):
            archive.writestr(name.format(at), content)
    return out.getvalue()


def nested_zip() -> bytes:
    """Archives in archives, as 42.zip does it."""
    content = zipped("{}.bin", bytes(10 * MEGABYTE), files=10)
    for _ in range(3):
        content = zipped("{}.zip", content, files=10)
    return content


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'.encode()
        for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + b"]><d>&j;</d>"
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def calendar(lines: int) -> bytes:
    """An invitation with very many attendees."""
    head = HEAD + b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n"
    event = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n"
    return head + event + b"ATTENDEE:mailto:a@b.example\r\n" * lines + b"END:VEVENT\r\n"


def field(name: str, value: bytes) -> bytes:
    """One field filled with this."""
    return name.encode() + b": " + value + b"\r\nX-Other: y\r\n\r\nhi"


SHAPES: dict[str, tuple[Bomb, str]] = {
    "10,000 nested multiparts": (lambda: nested(10_000), "cut:nesting"),
    "10,000 nested mails": (
        lambda: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 10_000,
        "cut:nesting",
    ),
    "10,000 mails in multiparts": (lambda: alternating(10_000), "cut:nesting"),
    "90 nested multiparts": (lambda: nested(90) + b"x\r\n" * 200_000, "cut:"),
    "10,000 parts": (lambda: MIXED + b"--b\r\n\r\nhi\r\n" * 10_000, "cut:parts"),
    "10,000 files": (
        lambda: (
            MIXED + b"--b\r\nContent-Disposition: attachment; filename=a\r\n\r\nhi\r\n" * 10_000
        ),
        "cut:parts",
    ),
    "a million boundaries": (lambda: MIXED + b"--b\r\n" * MEGABYTE, "cut:parts"),
    "boundaries alike": (lambda: MIXED + b"--bb--b--\r\n" * 300_000, "cut:"),
    "100 MB of lines": (lambda: PLAIN + b"w" * 76 + (b"w" * 76 + b"\r\n") * 1_280_000, "cut:"),
    "100 MB in one line": (lambda: PLAIN + b"w" * 100 * MEGABYTE, "cut:message-bytes"),
    "100 MB of empty lines": (lambda: PLAIN + b"\r\n" * 50 * MEGABYTE, "cut:message-bytes"),
    "100 MB attached": (
        lambda: (
            MIXED
            + b"--b\r\n\r\nhi\r\n--b\r\nContent-Type: image/png; name=a.png\r\n"
            + b"Content-Transfer-Encoding: base64\r\n\r\n"
            + (b"QUJD" * 19 + b"\r\n") * 1_280_000
        ),
        "cut:message-bytes",
    ),
    "48 MB of lines": (lambda: PLAIN + (b"w" * 76 + b"\r\n") * 615_000, "cut:"),
    "48 MB in one line": (lambda: PLAIN + b"w" * 48 * MEGABYTE, "cut:text-bytes"),
    "48 MB attached": (
        lambda: (
            MIXED
            + b"--b\r\n\r\nhi\r\n--b\r\nContent-Type: image/png; name=a.png\r\n"
            + b"Content-Transfer-Encoding: base64\r\n\r\n"
            + (b"QUJD" * 19 + b"\r\n") * 610_000
        ),
        "",
    ),
    "48 MB attached in one line": (
        lambda: (
            MIXED
            + b"--b\r\n\r\nhi\r\n--b\r\nContent-Type: image/png; name=a.png\r\n"
            + b"Content-Transfer-Encoding: base64\r\n\r\n"
            + b"QUJD" * 12 * MEGABYTE
        ),
        "line-broken",
    ),
    "48 MB attached as it is": (
        lambda: (
            MIXED
            + b"--b\r\n\r\nhi\r\n--b\r\nContent-Type: image/png; name=a.png\r\n\r\n"
            + bytes(range(256)) * 185_000
        ),
        "cut:8bit",
    ),
    "100 MB of zeros": (lambda: bytes(100 * MEGABYTE), "cut:message-bytes"),
    "2,000,000 lines": (lambda: HEAD + b"\r\n" + b"\n" * 2_000_000, "cut:lines"),
    "2,000,000 bare CR": (lambda: HEAD + b"\r\n" + b"x\r" * 2_000_000, "cut:lines"),
    "3 MB of text": (lambda: PLAIN + b"a" * 3 * MEGABYTE, "cut:text-bytes"),
    "1 MB header": (lambda: HEAD + b"X-Big: " + b"z" * MEGABYTE + b"\r\n\r\nhi", "cut:header"),
    "1 MB header, folded": (
        lambda: HEAD + b"X-Big: x\r\n" + b" z\r\n" * 250_000 + b"\r\nhi",
        "cut:header",
    ),
    "1 MB header inside": (
        lambda: MIXED + b"--b\r\nX-Big: " + b"z" * MEGABYTE + b"\r\n\r\nhi\r\n--b--\r\n",
        "",
    ),
    "10,000 header lines": (
        lambda: HEAD + b"".join(b"X-%d: y\r\n" % at for at in range(10_000)) + b"\r\nhi",
        "cut:headers",
    ),
    "10,000 header lines alike": (lambda: HEAD + b"X: y\r\n" * 10_000 + b"\r\nhi", "cut:headers"),
    "1 MB References": (lambda: field("References", b" <abc@d.example>" * 60_000), "cut:header"),
    "1 MB References, bare": (lambda: field("References", b"a@b" * 330_000), "cut:header"),
    "200 KB Message-ID": (lambda: field("Message-ID", b"<" * 200_000), "cut:header"),
    "1 MB address list": (lambda: field("To", b"a@b.example, " * 80_000), "cut:header"),
    "200 KB address list": (lambda: field("To", b"a@b.example, " * 15_000), "cut:header"),
    "200 KB of names": (lambda: field("Cc", "王喆 ".encode() * 28_000), "cut:header"),
    "200 KB of brackets": (lambda: field("From", b"<(" * 100_000), "cut:header"),
    "200 KB of no-break spaces": (lambda: field("From", b"\xc2\xa0" * 100_000), "cut:header"),
    "huge encoded word": (
        lambda: field("Subject", b"=?utf-8?B?" + b"5Lit" * 60_000 + b"?="),
        "cut:header",
    ),
    "30,000 encoded words": (lambda: field("Subject", b"=?gbk?Q?=C4?= " * 16_000), "cut:header"),
    "open encoded words": (lambda: field("Subject", b"=?utf-8?B?" * 6_000), ""),
    "parameters": (lambda: field("Content-Type", b"text/plain" + b"; a=b" * 40_000), "cut:"),
    "sections of a name": (
        lambda: field(
            "Content-Disposition",
            b"attachment" + b"".join(b"; filename*%d*=%%41" % at for at in range(10_000)),
        ),
        "cut:",
    ),
    "open quotes": (lambda: field("Content-Type", b"text/plain; " + b'a="b' * 40_000), ""),
    "zip bomb": (
        lambda: attached("a.zip", "application/zip", zipped("{}.bin", bytes(10**8))),
        "",
    ),
    "zip in zip": (lambda: attached("a.zip", "application/zip", nested_zip()), ""),
    "docx bomb": (
        lambda: attached("a.docx", WORD, zipped("word/document.xml", b"<w:p/>" * 2 * 10**7)),
        "",
    ),
    "entities in docx": (
        lambda: attached("a.docx", WORD, zipped("word/document.xml", ENTITIES)),
        "",
    ),
    "files in the text": (lambda: PLAIN + b"begin 644 a\nM\n" * 100_000 + b"end\n", ""),
    "files in the text, ended": (lambda: PLAIN + b"begin 644 a\n`\nend\n" * 60_000, ""),
    "one file of the text": (
        lambda: PLAIN + b"begin 644 a\n" + (b"M" + b"A" * 60 + b"\n") * 32_000 + b"\nend\n",
        "",
    ),
    "tnef of nothing": (
        lambda: attached("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22" * 250_000),
        "tnef",
    ),
    "tnef of countless values": (
        lambda: attached(
            "winmail.dat",
            "application/ms-tnef",
            b"\x78\x9f\x3e\x22\x01\x00\x01\x03\x90\x06\x00\x0c\x00\x00\x00"
            b"\x01\x00\x00\x00\x03\x10\x01\x00\xff\xff\xff\x7f\x00\x00",
        ),
        "tnef-unreadable",
    ),
    "invitation": (lambda: calendar(100_000), ""),
    "flowed": (
        lambda: HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"word \n" * 300_000,
        "",
    ),
    "no charset": (lambda: HEAD + b"\r\n" + bytes(range(128, 256)) * 16_000, ""),
    "escapes": (
        lambda: HEAD + b"Content-Type: text/plain; charset=hz\r\n\r\n" + b"~{" * 900_000,
        "",
    ),
    "recipients of a report": (
        lambda: (
            b"Return-Path: <>\r\nContent-Type: message/delivery-status\r\n\r\n"
            + b"Final-Recipient: rfc822; a@b.example\r\nStatus: 5.1.1\r\n\r\n" * 30_000
        ),
        "",
    ),
    "a long word that bounced": (lambda: NULL + b"a" * MEGABYTE, ""),
    "empty lines that bounced": (lambda: NULL + b"\n" * 400_000, ""),
    "a table that bounced": (lambda: NULL + b"x" * 300 + b"@" * 100_000, ""),
}

PATTERN_BYTES = 1_000_000
TAGS = 100_000


def run_of(pattern: str) -> bytes:
    """A megabyte of it below a line of words, in a plain mail."""
    data = pattern.encode()
    return PLAIN + b"Hello\n" + data * (PATTERN_BYTES // len(data)) + b"x!\n\nYours\n"


def bounced(pattern: str) -> bytes:
    """The same as a server's answer."""
    data = pattern.encode()
    return NULL + data * (PATTERN_BYTES // 4 // len(data))


def subject_of(pattern: str) -> bytes:
    """All that one field may be, in each field that is read with patterns."""
    value = pattern.encode().replace(b"\n", b"\r\n ") * (60_000 // len(pattern.encode()))
    names = ("Subject", "From", "To", "References", "X-Failed-Recipients", "Content-Disposition")
    return b"".join(name.encode() + b": " + value[:40_000] + b"\r\n" for name in names) + b"\r\nhi"


def tags_of(markup: str) -> bytes:
    """A hundred thousand of them."""
    return HTML + markup.encode() * TAGS + b"words</div>"


def bomb(name: str) -> bytes:
    """The bytes of one bomb by its name."""
    kind, _, what = name.partition("|")
    if kind == "shape":
        return SHAPES[what][0]()
    pattern = (MARKUP if kind == "tags" else PATTERNS)[int(what)]
    make = {"run": run_of, "bounced": bounced, "field": subject_of, "tags": tags_of}[kind]
    return make(pattern)


def names() -> list[str]:
    """The names of all bombs."""
    return [
        *(f"shape|{name}" for name in SHAPES),
        *(f"{kind}|{at}" for kind in ("run", "bounced", "field") for at in range(len(PATTERNS))),
        *(f"tags|{at}" for at in range(len(MARKUP))),
    ]


def defect_of(name: str) -> str:
    """How a defect of that bomb must begin; empty where nothing needs to be cut."""
    kind, _, what = name.partition("|")
    return SHAPES[what][1] if kind == "shape" else ""
