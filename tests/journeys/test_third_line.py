"""Third line by mail (spec 1.7, 100.6): a vendor is asked, sees what was released, and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from processor.demo.correspondent import Enclosed
from processor.demo.story import DESK
from processor.domain.incident import ClockKind, Status
from processor.settings.settings import Settings
from tests.journeys.desk import Story
from tests.journeys.people import Person

NOTE = "内部备注：客户合同快到期，先别答应免费更换"
ASK = "#转厂商 示例厂商 打印机固件疑似异常，请远程检查并给出处理建议。"


def vendor(desk: Story) -> Person:
    return desk.person("厂商技术支持", "support@vendor.example")


def asked(desk: Story, text: str = ASK) -> None:
    """Wang Qiang has it, has noted something, and hands it to the vendor."""
    desk.taken()
    desk.wang.answers("assigned", f"#备注 {NOTE}")
    desk.turn()
    desk.wang.answers("assigned", text)
    assert desk.turn() == ["commanded"]


def test_the_vendor_is_asked_and_waited_for(desk: Story) -> None:
    asked(desk)
    incident = desk.incident()
    assert incident.status is Status.PENDING_VENDOR
    assert incident.fault_vendor == "示例厂商"
    assert desk.letters == {"support": ["vendor-ask"], "wang.qiang": ["command-done"]}
    mail = vendor(desk).reads("vendor-ask")
    assert "打印机固件疑似异常" in mail
    assert "整个财务部都打印不了" in mail  # the symptom, which is released as shipped
    assert desk.numbers[0].lower() in str(vendor(desk).got("vendor-ask")["Reply-To"]).lower()
    clock = {one.kind: one for one in desk.dossier().clocks}[ClockKind.RESOLUTION]
    assert clock.running, "the clock pauses only where that was agreed"


def test_nothing_that_a_vendor_receives_was_not_released(desk: Story) -> None:
    """Neither notes nor who reported it, in no mail, header or file."""
    asked(desk)
    desk.wang.answers("assigned", "#备注 第二条备注：内部电话 8023")
    desk.at("18:00", days=2)
    desk.turn()  # reminders
    vendor(desk).answers("vendor-ask", "请升级固件到 2.1")
    desk.turn()
    vendor(desk).writes("状态", f"#状态 {desk.numbers[0]}")
    vendor(desk).answers("vendor-ask", "#备注 我们想看看你们的备注")
    desk.turn()
    got = vendor(desk).mails
    assert len(got) >= 3
    for mail in got:
        raw = mail.as_bytes().decode("utf-8", "replace")
        told = "\n".join(
            part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"
        )
        for secret in ("内部备注", "合同快到期", "8023", "李娜", desk.li.address, "财务室的李"):
            assert secret not in raw
            assert secret not in told


def test_its_answer_lands_on_the_incident_and_the_engineer_goes_on(desk: Story) -> None:
    asked(desk)
    vendor(desk).answers("vendor-ask", "请升级固件到 2.1，升级包见附件。")
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.IN_PROGRESS
    assert desk.letters == {"wang.qiang": ["vendor-answered"]}
    assert "升级固件到 2.1" in desk.wang.reads("vendor-answered")
    assert desk.incident().watchers == ()
    # the reporter neither gets nor sees it
    desk.li.says("#状态")
    desk.turn()
    assert "固件" not in desk.li.reads("status")
    # and the vendor's clock is still
    desk.at("18:00", days=3)
    desk.turn()
    assert "support" not in desk.letters


def test_received_is_no_answer(desk: Story) -> None:
    asked(desk)
    vendor(desk).answers("vendor-ask", "收到，谢谢")
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.PENDING_VENDOR


def test_the_clock_of_the_vendor(desk: Story) -> None:
    """P3 owes an answer within eight working hours: Tuesday 09:00; half an hour before, then."""
    asked(desk)
    desk.at("08:40", days=1)
    desk.turn()
    assert desk.letters["support"] == ["vendor-remind"]
    assert "wang.qiang" not in desk.letters
    desk.restarts()
    desk.at("13:40")
    desk.turn()
    assert desk.letters["support"] == ["vendor-remind"]
    assert desk.letters["wang.qiang"][0] == "vendor-overdue"
    assert ("vendor_overdue", "打印机固件疑似异常，请远程检查并给出处理建议。") in desk.steps()


def test_what_is_resumed_reminds_nobody(desk: Story) -> None:
    asked(desk)
    desk.wang.answers("command-done", "#恢复")
    desk.turn()
    desk.at("08:40", days=1)
    desk.turn()
    assert "support" not in desk.letters


@pytest.mark.parametrize("text", ["#解决 已修好", "#恢复", "#分派 网络组", "#确认", "#审核"])
def test_a_vendor_commands_nothing(desk: Story, text: str) -> None:
    asked(desk)
    before = desk.fingerprint()
    vendor(desk).answers("vendor-ask", text)
    assert desk.turn() == ["rejected"]
    assert desk.letters == {"support": ["command-refused"]}
    assert desk.fingerprint() == before


def test_a_forged_answer_moves_nothing(desk: Story) -> None:
    asked(desk)
    vendor(desk).writes(f"Re [{desk.numbers[0]}]", "请把款打到新账号")
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.PENDING_VENDOR
    assert desk.letters == {"wang.qiang": ["updated"]}


def test_a_vendor_who_was_not_called_in_is_a_stranger(desk: Story) -> None:
    desk.taken()
    vendor(desk).writes(f"关于 [{desk.numbers[0]}]", "我们能修")
    assert desk.turn() == ["opened"]
    assert desk.incident().fault_vendor == ""


@pytest.mark.parametrize("who", ["zhao", "liu", "li"])
def test_only_the_assignee_hands_over(desk: Story, who: str) -> None:
    desk.taken()
    person: Person = getattr(desk, who)
    person.says(ASK)
    desk.refuses(person)
    assert not vendor(desk).mails


def test_a_forged_hand_over_sends_nothing(desk: Story) -> None:
    desk.taken()
    desk.wang.writes(f"关于 [{desk.numbers[0]}]", ASK)
    assert desk.turn() == ["held"]
    assert not vendor(desk).mails


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#转厂商 没有这家 请检查", "示例厂商"),
        ("#转厂商 evil@elsewhere.example 请检查", "示例厂商"),
        ("#转厂商 示例厂商", "请厂商做什么"),
        ("#转厂商", "没有找到厂商"),
    ],
    ids=["unknown name", "unknown address", "no text", "nothing"],
)
def test_malformed_ones_are_refused(desk: Story, text: str, says: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", text)
    desk.refuses(desk.wang, says)


def test_an_unknown_address_where_that_is_allowed(desk_with: Callable[..., Story]) -> None:
    def open_to_all(settings: Settings) -> Settings:
        return replace(settings, vendors=replace(settings.vendors, unknown_addresses=True))

    desk = desk_with(change=open_to_all)
    desk.taken()
    desk.wang.answers("assigned", "#转厂商 help@other.example 请看一下打印机")
    assert desk.turn() == ["commanded"]
    other = desk.person("Other", "help@other.example")
    assert "请看一下打印机" in other.reads("vendor-ask")
    other.answers("vendor-ask", "好的，我们看过了，换一根线")
    assert desk.turn() == ["updated"]
    assert "换一根线" in desk.wang.reads("updated")


def test_files_go_along_only_when_they_are_named(desk: Story) -> None:
    files = [
        Enclosed("printer.log", "text/plain", b"E-17 paper path"),
        Enclosed("salaries.xlsx", "application/octet-stream", b"PK secret"),
    ]
    desk.li.writes("三楼财务室打印机卡纸", "整个财务部都打印不了，麻烦看一下。", enclosed=files)
    desk.turn()
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    desk.wang.answers("assigned", "#转厂商 示例厂商 请看日志\n附件：missing.txt")
    desk.refuses(desk.wang, "printer.log")
    desk.wang.answers("assigned", "#转厂商 示例厂商 请看日志\n附件：printer.log")
    assert desk.turn() == ["commanded"]
    mail = vendor(desk).got("vendor-ask")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["printer.log"]
    assert "salaries" not in vendor(desk).reads("vendor-ask")


def hands_over(desk: Story, text: str, *files: Enclosed) -> None:
    """Wang Qiang's mail with the keyword, and files attached to it."""
    proven = [("Authentication-Results", "mx.example.com; dkim=pass header.d=example.com")]
    subject = f"关于 [{desk.numbers[0]}]"
    desk.wang.writes(subject, text, headers=proven, enclosed=files)


def sent_files(desk: Story) -> list[str | None]:
    return [part.get_filename() for part in vendor(desk).got("vendor-ask").iter_attachments()]


LOG = Enclosed("控制器日志.txt", "text/plain", b"E-17 paper path")
CORE = Enclosed("core.zip", "application/octet-stream", b"core dump")


def hands_over_in_a_quote(desk: Story, text: str) -> None:
    """Wang Qiang's mail with the keyword, a picture in its page and the mail that he answers, as
    some programs put them in by themselves; and a log file."""
    mail = EmailMessage()
    mail["From"], mail["To"] = desk.wang.address, DESK
    mail["Subject"], mail["Message-ID"] = f"关于 [{desk.numbers[0]}]", "<quoted@example.com>"
    mail["Authentication-Results"] = "mx.example.com; dkim=pass header.d=example.com"
    mail.set_content(text)
    lines = "<br>".join(text.splitlines())
    mail.add_alternative(f'<p>{lines}</p><p><img src="cid:a1"></p>', subtype="html")
    page = mail.get_payload()[1]
    assert isinstance(page, EmailMessage)
    picture = b"\x89PNG\r\n\x1a\n" + bytes(200_000)
    page.add_related(
        picture, "image", "png", cid="<a1>", disposition="inline", filename="image001.png"
    )
    answered = EmailMessage()
    answered["Subject"] = "工资表"
    answered.set_content("salaries")
    mail.add_attachment(answered, filename="original.eml")
    mail.add_attachment("E-17", filename="printer.log")
    desk.post(mail.as_bytes(policy=SMTP))


def test_what_is_attached_to_the_very_mail_goes_along(desk: Story) -> None:
    """100.6: the vendor sees only what was released; attaching it to the keyword releases it."""
    on_record = Enclosed("salaries.xlsx", "application/octet-stream", b"PK secret")
    desk.li.writes("三楼财务室打印机卡纸", "整个财务部都打印不了。", enclosed=[on_record])
    desk.turn()
    desk.wang.answers("assigned", "#接单")
    desk.turn()
    hands_over(desk, ASK, LOG, CORE)
    assert desk.turn() == ["commanded"]
    assert sent_files(desk) == ["控制器日志.txt", "core.zip"]
    told = desk.wang.reads("command-done")
    assert "控制器日志.txt" in told
    assert "core.zip" in told
    names = [one.name for one in desk.dossier().attachments]
    assert names == ["salaries.xlsx", "控制器日志.txt", "core.zip"]
    # a further file later, and one that lies on the record by its name
    hands_over(desk, "#转厂商 示例厂商 补充一份日志\n附件：core.zip", LOG)
    desk.turn()
    assert sent_files(desk) == ["控制器日志.txt", "core.zip"]


@pytest.mark.parametrize(
    ("text", "going"),
    [
        (ASK, ["printer.log"]),
        (f"{ASK}\n附件：image001.png", ["image001.png", "printer.log"]),
        (f"{ASK}\n附件：无", []),
    ],
    ids=["unnamed", "by name", "none"],
)
def test_what_programs_put_in_by_themselves_goes_by_its_name(
    desk: Story, text: str, going: list[str]
) -> None:
    desk.taken()
    hands_over_in_a_quote(desk, text)
    assert desk.turn() == ["commanded"]
    names = {one.name for one in desk.dossier().attachments}
    assert {"image001.png", "printer.log"} < names  # they are kept on the record, all of them
    assert sent_files(desk) == going


def test_what_is_too_large_to_keep_is_not_sent(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(limits={"attachment_bytes": 10})
    desk.taken()
    hands_over(desk, f"{ASK}\n附件：{LOG.name}", LOG)
    desk.refuses(desk.wang, LOG.name)
    assert not vendor(desk).mails


def test_a_forged_one_releases_no_file(desk: Story) -> None:
    desk.taken()
    desk.wang.writes(f"关于 [{desk.numbers[0]}]", ASK, enclosed=[LOG])
    assert desk.turn() == ["held"]
    assert not vendor(desk).mails


def test_the_clock_pauses_where_that_was_agreed(desk_with: Callable[..., Story]) -> None:
    def agreed(settings: Settings) -> Settings:
        pauses = settings.sla.pauses | {Status.PENDING_VENDOR}
        return replace(settings, sla=replace(settings.sla, pauses=pauses))

    desk = desk_with(change=agreed)
    asked(desk)
    clock = {one.kind: one for one in desk.dossier().clocks}[ClockKind.RESOLUTION]
    assert not clock.running


def test_in_english(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(language="en")
    desk.taken()
    desk.wang.answers("assigned", "#vendor Example Vendor: please check the firmware")
    assert desk.turn() == ["commanded"]
    assert "please check the firmware" in vendor(desk).reads("vendor-ask")


def test_answers_go_to_the_signed_address_alone(desk: Story) -> None:
    asked(desk)
    address = str(vendor(desk).got("vendor-ask")["Reply-To"])
    assert address != DESK
    assert address != str(desk.wang.got("assigned")["Reply-To"])
