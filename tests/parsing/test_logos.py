"""Which enclosed pictures are held to be part of the signature."""

from __future__ import annotations

import base64

import pytest

from processor.parsing.parse import parse

PICTURE = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + b"picture" * 20).decode()


def enclosing(page: str) -> bytes:
    """A mail with words in plain text and, beside them, a page that shows one picture."""
    return f"""\
From: li@corp.example
To: desk@corp.example
Subject: printer
MIME-Version: 1.0
Content-Type: multipart/related; boundary=outer

--outer
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/plain

The printer is jammed.

--inner
Content-Type: text/html

{page}

--inner--
--outer
Content-Type: image/png; name=a.png
Content-ID: <a@b>
Content-Disposition: inline
Content-Transfer-Encoding: base64

{PICTURE}
--outer--
""".encode()


@pytest.mark.parametrize("address", ["cid:a@b", "c&#105;d:a@b", "cid&colon;a@b"])
def test_a_picture_in_the_signature_is_a_logo_however_its_address_is_written(address: str) -> None:
    page = f'<p>The printer is jammed.</p><div id="Signature">Li<br><img src="{address}"></div>'
    (picture,) = parse(enclosing(page)).attachments
    assert picture.logo


@pytest.mark.parametrize(
    "page",
    [
        '<p>The printer is jammed. <img src="cid:a@b"></p><div id="Signature">Li</div>',
        '<p>The printer is jammed.</p><div id="Signature">Li</div>',
        '<p>The printer is jammed.</p><div id="Signature"><img src="https://a.example/b"></div>',
    ],
)
def test_a_picture_elsewhere_is_none(page: str) -> None:
    (picture,) = parse(enclosing(page)).attachments
    assert not picture.logo
