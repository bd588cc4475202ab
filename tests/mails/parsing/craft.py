"""Shared craft of the scripts that write the regression mails: headers, encodings, files.

Run ``python write_all.py`` in this folder to write every ``NAME.eml`` with ``NAME.json`` beside
it. The scripts state how each client writes and what must come out; nothing is copied from what
the parser answers.
"""

from __future__ import annotations

import base64
import json
import quopri
from pathlib import Path

HERE = Path(__file__).parent
PERSON = ("王喆", "wangzhe@corp.example")
DESK = ("IT服务台", "desk@corp.example")
DATE = "Mon, 2 Mar 2026 09:15:00 +0800 (CST)"
PYTHON_NAME = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz"}


def raw_bytes(text: str, charset: str) -> bytes:
    """The bytes that a client writes under this label: the GB labels hold all of GB18030."""
    return text.encode(PYTHON_NAME.get(charset, charset))


def word(text: str, charset: str = "utf-8", kind: str = "B") -> str:
    """One encoded word (RFC 2047)."""
    data = raw_bytes(text, charset)
    if kind == "B":
        return f"=?{charset}?B?{base64.b64encode(data).decode()}?="
    quoted = quopri.encodestring(data, header=True).decode().replace("=\n", "")
    return f"=?{charset}?Q?{quoted}?="


def headers(
    subject: str, *, charset: str = "utf-8", sender: tuple[str, str] = PERSON, extra: str = ""
) -> bytes:
    """The usual fields; ``extra`` is whole lines."""
    name, address = sender
    lines = [
        f"From: {word(name, charset)} <{address}>",
        f"To: {word(DESK[0])} <{DESK[1]}>",
        f"Subject: {word(subject, charset)}",
        f"Date: {DATE}",
        "Message-ID: <tencent_5A1B@corp.example>",
        "MIME-Version: 1.0",
    ]
    return "\r\n".join([*lines, *extra.strip().splitlines(), ""]).encode()


def part(text: str, charset: str = "utf-8", kind: str = "plain", cte: str = "base64") -> bytes:
    """One text part with its own header."""
    data = raw_bytes(text.replace("\n", "\r\n"), charset)
    if cte == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    elif cte == "quoted-printable":
        data = quopri.encodestring(data)
    head = f'Content-Type: text/{kind}; charset="{charset}"\r\nContent-Transfer-Encoding: {cte}\r\n'
    return head.encode() + b"\r\n" + data


def multipart(kind: str, parts: list[bytes], boundary: str = "----=_Part_7") -> bytes:
    """A multipart with its header."""
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    inner = b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    return head + inner + b"--" + boundary.encode() + b"--\r\n"


def save(name: str, mail: bytes, suffix: str = ".eml", **expect: object) -> None:
    """Write the mail and what must come out of it."""
    (HERE / f"{name}{suffix}").write_bytes(mail)
    text = json.dumps(expect, ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / f"{name}.json").write_text(text + "\n", "utf-8")
