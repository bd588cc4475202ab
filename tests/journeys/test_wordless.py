"""Mails without a text part, and without words: what is shown of them is never nothing."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from processor.demo.correspondent import Enclosed
from processor.domain.incident import Status
from tests.journeys.desk import Story

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


def _rewritten(raw: bytes, content_type: str, body: bytes) -> bytes:
    """The same mail with another body."""
    head = raw.partition(b"\r\n\r\n")[0]
    lines = [
        line
        for line in head.split(b"\r\n")
        if not line.lower().startswith((b"content-", b"mime-version"))
    ]
    return b"\r\n".join(
        [*lines, b"MIME-Version: 1.0", b"Content-Type: " + content_type.encode(),
         b"Content-Transfer-Encoding: base64", b"", base64.encodebytes(body)]
    )  # fmt: skip


def _html(raw: bytes) -> bytes:
    page = "<html><body><p>错误码是 <b>E-13</b></p></body></html>"
    return _rewritten(raw, "text/html; charset=utf-8", page.encode())


def _calendar(raw: bytes) -> bytes:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:1@x",
        "SUMMARY:现场查看打印机", "DTSTART:20261124T013000Z", "DTEND:20261124T020000Z",
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return _rewritten(
        raw, "text/calendar; method=REQUEST; charset=utf-8", "\r\n".join(lines).encode()
    )


def _inline_picture(raw: bytes) -> bytes:
    mail = EmailMessage()
    mail.set_content('<html><body><img src="cid:a1@x"></body></html>', subtype="html")
    mail.add_related(PICTURE, "image", "png", cid="<a1@x>", filename="截图.png")
    whole = mail.as_bytes().replace(b"\n", b"\r\n")
    inner_head, _, inner = whole.partition(b"\r\n\r\n")
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    kept = [x for x in lines if not x.lower().startswith((b"content-", b"mime-version"))]
    return b"\r\n".join([*kept, inner_head, b"", inner])


SHAPES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "html alone": (_html, "错误码是 E-13"),
    "invitation alone": (_calendar, "现场查看打印机"),
    "a picture in the text": (_inline_picture, "[截图.png]"),
}


def _file(name: str) -> Enclosed:
    return Enclosed(name, "image/png", PICTURE)


@pytest.mark.parametrize(("shape", "shown"), SHAPES.values(), ids=SHAPES.keys())
def test_an_answer_without_a_text_part(
    desk: Story, shape: Callable[[bytes], bytes], shown: str
) -> None:
    desk.taken()
    raw = desk.li.answers("opened", "x")
    desk.withdraw()
    desk.post(shape(raw))
    assert desk.turn() == ["updated"]
    assert shown in desk.taken_in()[-1]
    assert shown in desk.wang.reads("updated")
    assert any(kind == "mail" and shown in text for kind, text in desk.steps())


@pytest.mark.parametrize(("shape", "shown"), SHAPES.values(), ids=SHAPES.keys())
def test_a_report_without_a_text_part(
    desk: Story, shape: Callable[[bytes], bytes], shown: str
) -> None:
    raw = desk.li.writes("打印机卡纸", "x")
    desk.withdraw()
    desk.post(shape(raw))
    assert desk.turn() == ["opened"]
    assert shown in desk.taken_in()[0]
    assert shown in desk.incident().symptom


def test_a_picture_alone_is_an_answer(desk: Story) -> None:
    """Asked for a screenshot, people send one and not a word."""
    desk.taken()
    desk.wang.answers("assigned", "#待用户 请发一张错误截图")
    assert desk.turn() == ["commanded"]
    desk.li.writes("Re", "", enclosed=[_file("错误.png")], answering=desk.li.got("question"))
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.IN_PROGRESS
    assert "[错误.png]" in desk.wang.reads("updated")
    assert desk.taken_in()[-1] == "[错误.png]"


def test_a_report_of_files_alone(desk: Story) -> None:
    desk.li.writes("", "", enclosed=[_file("错误.png"), _file("日志.png")])
    assert desk.turn() == ["opened"]
    assert desk.incident().symptom == "[错误.png] [日志.png]"


def test_a_subject_alone_is_what_happened(desk: Story) -> None:
    desk.li.writes("打印机卡纸了，快来人", "")
    assert desk.turn() == ["opened"]
    assert desk.incident().symptom == "打印机卡纸了，快来人"
    assert desk.taken_in() == ["打印机卡纸了，快来人"]


@pytest.mark.parametrize("text", ["", "发自我的iPhone", "\n\n-- \n李娜\n财务部 6688"])
@pytest.mark.parametrize("state", ["asked", "closed", "long closed"])
def test_an_answer_that_says_nothing_moves_nothing_and_is_told(
    desk: Story, state: str, text: str
) -> None:
    """Sent by mistake, or emptied by some program: whoever waits for the answer has to know."""
    if state == "asked":
        desk.taken()
        desk.wang.answers("assigned", "#待用户 什么型号？")
        assert desk.turn() == ["commanded"]
    else:
        desk.closed()
        desk.at("17:00", days=60 if state == "long closed" else 1)
        desk.turn()
    before = desk.incident().status
    desk.li.answers("question" if state == "asked" else "closed", text)
    assert desk.turn() == ["updated"]
    assert len(desk.numbers) == 1
    assert desk.incident().status is before
    assert desk.letters == {"wang.qiang": ["updated"]}
    assert all(told.strip() for told in desk.taken_in())


def test_a_picture_of_the_team_is_a_note_and_stays_inside(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(box={"staff_text": "reply"})
    desk.taken()
    desk.wang.writes("Re", "", enclosed=[_file("主板.png")], answering=desk.wang.got("assigned"))
    assert desk.turn() == ["updated"]
    assert ("note", "[主板.png]") in desk.steps()
    assert "li.na" not in desk.letters
