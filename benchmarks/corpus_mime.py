"""Bytes of mails as programs write them: encoded words, charsets and their lies, parts.

Written by hand, not by :mod:`email`: it is fast, and the standard library would refuse to write
what real clients do (GBK under the name of GB2312, 8-bit text without a charset).
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

CRLF = "\r\n"


@dataclass(frozen=True, slots=True)
class Charset:
    """``label`` is what the mail says ("" = nothing), ``codec`` what its bytes are."""

    label: str
    codec: str
    encoding: str  # Content-Transfer-Encoding

    @property
    def word_label(self) -> str:
        return self.label or "utf-8"

    @property
    def word_codec(self) -> str:
        return self.codec if self.label else "utf-8"


UTF_8 = Charset("utf-8", "utf-8", "base64")

# (charset, weight); GB2312 is the label that older Outlook and Foxmail give to GBK text
CHINESE = (
    (Charset("utf-8", "utf-8", "base64"), 34),
    (Charset("UTF-8", "utf-8", "quoted-printable"), 16),
    (Charset("gb2312", "gbk", "base64"), 14),
    (Charset("GB2312", "gbk", "quoted-printable"), 6),
    (Charset("gbk", "gbk", "base64"), 10),
    (Charset("GBK", "gbk", "quoted-printable"), 6),
    (Charset("gb18030", "gb18030", "base64"), 11),
    (Charset("", "gbk", "8bit"), 3),
)
ENGLISH = (
    (Charset("us-ascii", "ascii", "7bit"), 30),
    (Charset("utf-8", "utf-8", "quoted-printable"), 28),
    (Charset("utf-8", "utf-8", "base64"), 10),
    (Charset("iso-8859-1", "iso-8859-1", "quoted-printable"), 22),
    (Charset("Windows-1252", "cp1252", "quoted-printable"), 10),
)


def charset(rng: Random, language: str, text: str = "") -> Charset:
    """One of those in use, as often as they are; one that can write the whole ``text``."""
    table = CHINESE if language == "zh" else ENGLISH
    chosen = rng.choices([row[0] for row in table], [row[1] for row in table])[0]
    return UTF_8 if chosen.codec == "ascii" and not text.isascii() else chosen


def word(text: str, charset: Charset) -> str:
    """``text`` as a header has it: plain when it is ASCII, else encoded words (RFC 2047)."""
    if text.isascii():
        return text
    words = []
    for at in range(0, len(text), 12):  # 12 characters stay below 75 in any of the charsets
        data = text[at : at + 12].encode(charset.word_codec, "replace")
        words.append(f"=?{charset.word_label}?B?{base64.b64encode(data).decode()}?=")
    return f"{CRLF} ".join(words)


def address(name: str, addr: str, charset: Charset) -> str:
    return f"{word(name, charset)} <{addr}>" if not name.isascii() else f'"{name}" <{addr}>'


def text_part(text: str, subtype: str, charset: Charset) -> bytes:
    """A text part with its headers; line ends become CRLF."""
    data = text.replace("\n", CRLF).encode(charset.codec, "replace")
    label = f'; charset="{charset.label}"' if charset.label else ""
    head = f"Content-Type: text/{subtype}{label}{CRLF}"
    head += f"Content-Transfer-Encoding: {charset.encoding}{CRLF}{CRLF}"
    if charset.encoding == "base64":
        data = base64_lines(data)
    elif charset.encoding == "quoted-printable":
        data = binascii.b2a_qp(data, istext=True).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return head.encode() + data


def file_part(name: str, kind: str, data: bytes, charset: Charset, cid: str = "") -> bytes:
    """An attachment, or with ``cid`` a picture of the HTML."""
    shown = word(name, charset).replace(CRLF, f"{CRLF} ")
    disposition = "inline" if cid else "attachment"
    head = (
        f'Content-Type: {kind}; name="{shown}"{CRLF}'
        f"Content-Transfer-Encoding: base64{CRLF}"
        f'Content-Disposition: {disposition}; filename="{shown}"{CRLF}'
    )
    if cid:
        head += f"Content-ID: <{cid}>{CRLF}"
    return (head + CRLF).encode() + base64_lines(data)


def multipart(subtype: str, parts: Sequence[bytes], boundary: str, extra: str = "") -> bytes:
    """A multipart entity with its header."""
    head = f'Content-Type: multipart/{subtype};{CRLF} boundary="{boundary}"{extra}{CRLF}{CRLF}'
    opening = f"--{boundary}{CRLF}".encode()
    body = b"".join(opening + part + CRLF.encode() for part in parts)
    return head.encode() + body + f"--{boundary}--{CRLF}".encode()


def message(headers: Sequence[tuple[str, str]], entity: bytes) -> bytes:
    """A whole mail: ``headers`` are encoded already, ``entity`` begins with its own."""
    lines = "".join(f"{name}: {value}{CRLF}" for name, value in headers)
    return lines.encode("ascii") + b"MIME-Version: 1.0\r\n" + entity


def base64_lines(data: bytes) -> bytes:
    """Base64 in lines of 76 characters."""
    whole = base64.b64encode(data)
    return b"\r\n".join(whole[at : at + 76] for at in range(0, len(whole), 76)) + b"\r\n"


def picture(rng: Random, size: int) -> bytes:
    """A PNG of about ``size`` bytes that opens: noise, which no compression makes smaller."""
    width = 120
    height = max(size // (width * 3), 8)
    rows = b"".join(b"\x00" + rng.randbytes(width * 3) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
