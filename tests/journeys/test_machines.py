"""Mail that machines write: recorded, never answered, and no loop goes on (spec 2.4, RFC 3834)."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from processor.demo.story import DESK
from processor.domain.incident import Status
from tests.journeys.desk import Story
from tests.journeys.people import Person

# ---- automatic answers ---------------------------------------------------------------------------


def test_an_out_of_office_answer_moves_nothing(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#待用户 错误码？")
    desk.turn()
    before = desk.fingerprint()
    headers = [("Auto-Submitted", "auto-replied")]
    desk.li.answers("question", "我在休假，1 号回来。", headers=headers)
    assert desk.turn() == ["ignored"]
    assert desk.letters == {}
    assert desk.fingerprint() == before
    assert ("auto_reply", "我在休假，1 号回来。") in desk.steps()


def test_an_automatic_answer_gives_no_command(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "#接单", headers=[("Auto-Submitted", "auto-replied")])
    assert desk.turn() == ["ignored"]
    assert desk.incident().status is Status.ASSIGNED


@pytest.mark.parametrize(
    "header",
    [
        ("Auto-Submitted", "auto-generated"),
        ("List-Id", "<news.example.com>"),
        ("Precedence", "bulk"),
    ],
)
def test_no_incident_for_what_machines_and_lists_send(desk: Story, header: tuple[str, str]) -> None:
    desk.li.writes("打印机周报", "本周打印机全部正常，卡纸 0 次。", headers=[header])
    (journey,) = desk.journeys()
    assert str(journey.disposition) == "ignored"
    assert ":" in journey.reason, "the reason says by which sign"
    assert (desk.numbers, desk.letters) == ([], {})


# ---- bounces -------------------------------------------------------------------------------------


def _bounce(of: EmailMessage, address: str, status: str) -> bytes:
    action = "failed" if status.startswith("5") else "delayed"
    return (
        "From: MAILER-DAEMON@mx.customer.example\r\n"
        f"To: {of['Reply-To']}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Return-Path: <>\r\n"
        f"Message-ID: <bounce.{status}@mx.customer.example>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.customer.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {of['Message-ID']}\r\nSubject: x\r\n\r\n--b--\r\n"
    ).encode()


def test_a_bounce_shows_the_owner_who_cannot_be_reached(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#待用户 错误码？")
    desk.turn()
    desk.post(_bounce(desk.li.got("question"), desk.li.address, "5.1.1"))
    assert desk.turn() == ["bounced"]
    assert desk.letters == {"wang.qiang": ["delivery-failed"]}
    assert desk.li.address in desk.wang.reads("delivery-failed")
    assert desk.incident().unreachable == (desk.li.address,)
    assert desk.incident().status is Status.PENDING_USER
    # the same address failing again is noted, the owner is told once
    raw = _bounce(desk.li.got("accepted"), desk.li.address, "5.1.1")
    desk.post(raw.replace(b"<bounce.", b"<bounce2."))
    assert desk.turn() == ["bounced"]
    assert desk.letters == {}
    assert sum(kind == "bounce" for kind, _ in desk.steps()) == 2


def test_a_delay_is_noted_and_nobody_is_told(desk: Story) -> None:
    desk.taken()
    desk.post(_bounce(desk.li.got("accepted"), desk.li.address, "4.4.1"))
    assert desk.turn() == ["bounced"]
    assert desk.letters == {}
    assert desk.incident().unreachable == ()
    assert ("bounce", f"{desk.li.address} 4.4.1") in desk.steps()


def test_a_bounce_of_no_mail_of_ours(desk: Story) -> None:
    mail = EmailMessage()
    mail["Message-ID"], mail["Reply-To"] = "<unknown@elsewhere.example>", DESK
    desk.post(_bounce(mail, "x@customer.example", "5.1.1"))
    (journey,) = desk.journeys()
    assert (str(journey.disposition), journey.reason) == ("bounced", "of no mail of ours")
    assert (desk.numbers, desk.letters) == ([], {})


def _in_words(desk: Story, words: str, address: str = "postmaster@mail.example") -> None:
    """A provider's bounce without any report, to the desk's plain address."""
    mail = EmailMessage()
    mail["Return-Path"], mail["From"], mail["To"] = "<>", f"Postmaster <{address}>", DESK
    mail["Subject"] = "系统退信"
    mail["Message-ID"] = f"<{len(words)}@mail.example>"
    mail.set_content(words)
    desk.post(mail.as_bytes())


def test_a_bounce_that_gives_our_mail_back_is_known_by_its_message_id(desk: Story) -> None:
    desk.taken()
    mail = desk.li.got("accepted")
    del mail["Reply-To"]
    mail["Reply-To"] = DESK
    desk.post(_bounce(mail, desk.li.address, "5.1.1"))
    assert desk.turn() == ["bounced"]
    assert desk.incident().unreachable == (desk.li.address,)
    assert desk.letters == {"wang.qiang": ["delivery-failed"]}


def test_a_bounce_in_chinese_words_is_known_by_the_subject_that_it_quotes(desk: Story) -> None:
    desk.taken()
    subject = str(desk.li.got("accepted")["Subject"])
    words = (
        f"抱歉，您的邮件被退回来了……\n原邮件信息：\n主题 {subject}\n收件人 {desk.li.address}\n"
        "退信原因：对方邮箱已满，无法接收新邮件。552 Quota exceeded"
    )
    _in_words(desk, words)
    assert desk.turn() == ["bounced"]
    assert desk.incident().unreachable == (desk.li.address,)
    assert desk.letters == {"wang.qiang": ["delivery-failed"]}


def test_a_bounce_of_somebody_else_that_names_a_number_touches_nothing(desk: Story) -> None:
    desk.taken()
    before = desk.fingerprint()
    _in_words(
        desk,
        f"您的邮件未能送达。\n主题 [{desk.numbers[0]}]\n收件人 nobody@elsewhere.example\n"
        "550 5.1.1 用户不存在",
    )
    (journey,) = desk.journeys()
    assert (str(journey.disposition), journey.reason) == ("bounced", "of no mail of ours")
    assert (desk.fingerprint(), desk.letters) == (before, {})


def test_a_read_receipt_is_noted_on_the_mail_that_it_names(desk: Story) -> None:
    desk.taken()
    before = desk.fingerprint()
    receipt = (
        f"From: {desk.li.address}\r\nTo: {DESK}\r\nSubject: =?utf-8?B?5bey6K+7?=: x\r\n"
        "Message-ID: <receipt@customer.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="b"\r\n'
        "\r\n--b\r\nContent-Type: text/plain\r\n\r\nread\r\n"
        "--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        f"Original-Message-ID: {desk.li.got('accepted')['Message-ID']}\r\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--b--\r\n"
    )
    desk.post(receipt.encode())
    assert desk.turn() == ["ignored"]
    assert (desk.fingerprint(), desk.letters) == (before, {})
    assert "report" in [kind for kind, _ in desk.steps()]


# ---- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        ("List-Id", f"IT <{DESK.replace('@', '.')}>"),
        ("List-Post", f"<mailto:{DESK}>"),
    ],
)
def test_who_writes_to_the_desk_through_a_group_of_its_name_is_a_person(
    desk: Story, header: tuple[str, str]
) -> None:
    headers = [header, ("Precedence", "list"), ("List-Unsubscribe", "<mailto:x@example.com>")]
    desk.li.writes("三楼打印机卡纸", "麻烦看一下。", headers=headers)
    assert desk.turn() == ["opened"]
    assert desk.letters["li.na"] == ["opened"]


@pytest.mark.parametrize(
    "sign",
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated"),
        ("Return-Path", "<>"),
    ],
)
def test_what_a_machine_sends_through_the_group_stays_a_machines(
    desk: Story, sign: tuple[str, str]
) -> None:
    headers = [("List-Id", f"<{DESK.replace('@', '.')}>"), sign]
    desk.li.writes("自动回复：打印机", "我在休假。", headers=headers)
    assert desk.turn() == ["ignored"]


# ---- our own mail --------------------------------------------------------------------------------


def test_our_own_mail_that_comes_back_ends_here(desk: Story) -> None:
    desk.printer_jam()
    for mail in desk.sent():
        desk.post(mail.as_bytes())
    assert desk.turn() == ["ignored", "ignored"]
    assert (len(desk.numbers), desk.letters) == (1, {})


def test_the_desks_own_address_reports_nothing(desk: Story) -> None:
    desk.person("服务台", DESK).writes("打印机卡纸", "转给自己")
    assert desk.turn() == ["ignored"]
    assert desk.numbers == []


def test_two_desks_that_answer_each_other_stop(desk_with: Callable[..., Story]) -> None:
    other_address = "desk@elsewhere.example"
    ours = desk_with()
    theirs = desk_with(box={"address": other_address, "name": "servicedesk"})
    ours.person("Other desk", other_address, "en").writes("Printer jams", "Our printer jams.")
    turns = 0
    while ours.turn() and turns < 10:
        for mail in ours.sent(ours.seen):
            if other_address in str(mail["To"]):
                theirs.post(mail.as_bytes())
        theirs.turn()
        for mail in theirs.sent(theirs.seen):
            ours.post(mail.as_bytes())
        turns += 1
    assert turns <= 2
    assert (len(ours.numbers), theirs.numbers) == (1, [])


# ---- bursts --------------------------------------------------------------------------------------


def _answers(desk: Story, who: Person) -> list[str]:
    return [str(mail["X-Postdesk-Event"]) for mail in who.mails]


def test_a_flood_gets_one_digest_and_every_mail_its_incident(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(limits={"replies_per_sender_hour": 3})
    for n in range(8):
        desk.john.writes(f"Printer {n} jams", f"Printer {n} in the hall jams.")
    assert desk.turn() == ["opened"] * 8
    assert len(desk.numbers) == 8
    assert _answers(desk, desk.john) == ["opened"] * 3 + ["burst-digest"]
    desk.at("11:00")
    desk.john.writes("Printer 9 jams", "Printer 9 in the hall jams.")
    desk.turn()
    assert desk.letters["john.carter"] == ["opened"], "an hour later he is answered again"


def test_a_machine_that_hides_what_it_is_stops_being_answered(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(limits={"replies_per_thread_hour": 2})
    desk.printer_jam()
    for n in range(8):
        desk.li.answers("opened", f"#状态\n\n第 {n} 次")
        desk.turn()
    assert _answers(desk, desk.li).count("status") == 1, "the first answer was that it is open"
    assert _answers(desk, desk.li).count("burst-digest") == 1


def test_an_engineers_machine_stops_being_answered_as_well(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(limits={"replies_per_thread_hour": 2, "replies_per_sender_hour": 1})
    desk.printer_jam()
    for n in range(6):
        desk.wang.answers("assigned", f"我不在，第 {n} 次自动答复")
        desk.turn()
    assert _answers(desk, desk.wang) == ["assigned", "command-done", "command-done", "burst-digest"]
    assert sum(kind == "note" for kind, _ in desk.steps()) == 6
