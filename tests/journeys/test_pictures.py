"""Pictures within mails: logos dress the sender's mails, screenshots are evidence."""

from __future__ import annotations

import base64

from tests.journeys.desk import Story

LOGO = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + b"logo" * 200).decode()


def pictured(ordinal: int, shots: tuple[bytes, ...], *, signed: bool = False) -> bytes:
    """A report in HTML with screenshots in the text and the company's logo below it."""
    logo = '<img src="cid:logo@x">'
    foot = f'<div id="Signature">李雷<br>{logo}</div>' if signed else f"<p>李雷</p><p>{logo}</p>"
    body = "".join(f'<p>见图</p><img src="cid:shot{at}@x">' for at in range(len(shots)))
    parts = [("logo@x", "image001.png", LOGO)]
    parts += [
        (f"shot{at}@x", f"截图{at}.png", base64.encodebytes(b"\x89PNG" + shot).decode())
        for at, shot in enumerate(shots)
    ]
    text = (
        "From: 李雷 <lilei@customer.example>\nTo: desk@corp.example\n"
        f"Message-ID: <picture-{ordinal}@customer.example>\nSubject: 打印机故障 {ordinal}\n"
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\n\n"
        f"<html><body><p>第 {ordinal} 台打印机坏了。</p>{body}{foot}</body></html>\n"
    )
    for content_id, name, data in parts:
        text += (
            f'--b\nContent-Type: image/png; name="{name}"\nContent-ID: <{content_id}>\n'
            f"Content-Transfer-Encoding: base64\n\n{data}\n"
        )
    return (text + "--b--\n").replace("\n", "\r\n").encode()


def files(desk: Story, ordinal: int) -> list[str]:
    return [one.name for one in desk.dossier(ordinal).attachments]


def test_a_logo_that_comes_again_and_again_is_no_file_of_the_third(desk: Story) -> None:
    for ordinal in (1, 2, 3):
        desk.post(pictured(ordinal, (b"screen %d" % ordinal,)))
        desk.turn()
    # Nobody can tell at first; after two incidents it is a habit of that company.
    assert files(desk, 1) == ["image001.png", "截图0.png"]
    assert files(desk, 2) == ["image001.png", "截图0.png"]
    assert files(desk, 3) == ["截图0.png"]


def test_a_picture_in_the_signature_is_a_logo_at_once(desk: Story) -> None:
    desk.post(pictured(1, (b"one", b"two"), signed=True))
    desk.turn()
    assert files(desk, 1) == ["截图0.png", "截图1.png"]


def test_the_logo_of_another_company_is_not_known(desk: Story) -> None:
    for ordinal in (1, 2):
        desk.post(pictured(ordinal, ()))
        desk.turn()
    other = pictured(3, ()).replace(b"customer.example", b"other.example")
    desk.post(other)
    desk.turn()
    assert files(desk, 3) == ["image001.png"]
