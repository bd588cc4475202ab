"""What fuzzing found, each cut down to its cause."""

from __future__ import annotations

import base64

from craft import headers, multipart, part, save


def write() -> None:
    """All of them."""
    # Half a surrogate pair in UTF-7: no file or database takes it.
    half = "Content-Type: text/plain; charset=utf-7\r\n\r\nHi +T2BZfQ- +2D0- there\r\n"
    save("finding-utf7-half-pair", headers("x") + half.encode(), text="Hi 你好 \ufffd there")
    # The quote's element reached beyond the last visible line.
    blank = "<p>hi there</p><div>-----Original Message-----<br>From: x@y<br>old<br><br></div>"
    save("finding-element-beyond-the-text", headers("x") + part(blank, kind="html"), reply_text="hi there")
    # A vertical tab in a field of an attached mail made the library refuse to write that mail down.
    inner = b"From: a@corp.example\x0bTo: b@corp.example\r\nSubject: \xb5\xe7\xc4\xd4\r\n\r\ninside\r\n"
    mail = b"Content-Type: message/rfc822\r\n\r\n" + inner
    save("finding-attached-mail-with-odd-field", headers("x") + multipart("mixed", [part("see"), mail]),
         text="see", attachments=["电脑.eml"], attachment_bytes=[len(inner) - 4])  # fmt: skip
    # A container without boundary within an attached mail was given one by lot: other bytes each time.
    inner = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\r\na\r\n--\r\n\r\nb\r\n----\r\n"
    mail = b"Content-Type: message/rfc822\r\n\r\n" + inner
    save("finding-attached-mail-without-boundary", headers("x") + multipart("mixed", [part("see"), mail]),
         text="see", attachments=["x.eml"], attachment_bytes=[120])  # fmt: skip
    # A From of nothing but blanks kept a pattern busy for minutes.
    blanks = b"From: " + "\u00a0".encode() * 900 + b"\r\nTo: desk@corp.example\r\n\r\nhello\r\n"
    save("finding-sender-of-blanks", blanks, text="hello", **{"from": None})
    # Likewise a server's answer with thousands of empty lines.
    empty = b"Return-Path: <>\r\nFrom: mailer-daemon@x.example\r\nSubject: failure\r\n\r\n"
    save("finding-bounce-of-empty-lines", empty + b"550 5.1.1 <a@b.example>... User unknown\r\n" + b"\r\n" * 9_000,
         failed=[{"address": "a@b.example", "permanent": True, "status": "5.1.1"}])  # fmt: skip
    # A property of a winmail.dat claimed two thousand million values: gigabytes for a small mail.
    claims = b"\x01\x00\x00\x00\x03\x10\x01\x00\xff\xff\xff\x7f\x00\x00"
    stream = b"\x78\x9f\x3e\x22\x01\x00\x01\x03\x90\x06\x00" + len(claims).to_bytes(4, "little") + claims
    wrapped = b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    save("finding-tnef-of-countless-values", headers("x") + multipart("mixed", [part("see"), wrapped + base64.encodebytes(stream)]),
         text="see", attachments=["winmail.dat"], defects_have=["tnef-unreadable"])  # fmt: skip
