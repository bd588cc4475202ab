"""One home with two service mailboxes: a mail to both is one incident, answered by the mailbox that
took it in, and each mailbox keeps its own settings (spec 2.1, 2.4, 2.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from processor.demo.story import DESK
from processor.domain.incident import Status
from processor.domain.people import Proof
from processor.settings.settings import MailboxSettings, Settings
from tests.journeys.desk import Story
from tests.journeys.people import Person

HELP = "helpline@example.com"
SECOND = "inbox-helpline"


def _both(**second: Any) -> Callable[[Settings], Settings]:
    """A second mailbox beside the shipped one, with settings of its own."""

    def change(settings: Settings) -> Settings:
        first = settings.mailboxes[0]
        more: MailboxSettings = replace(
            first,
            **{
                "name": "helpline",
                "address": HELP,
                "path": SECOND,
                "display_name": {"zh": "热线", "en": "Helpline"},
                **second,
            },
        )
        return replace(settings, mailboxes=(first, more))

    return change


def _into(desk: Story, raw: bytes) -> None:
    """A mail is delivered to the second mailbox."""
    folder = desk.home / SECOND
    folder.mkdir(exist_ok=True)
    taken = len(list(folder.rglob("*.eml")))
    trace = b"Received: from mx.example.com by %d; Mon, 23 Nov 2026 09:00:00 +0800\r\n" % taken
    (folder / f"{taken + 1:04d}.eml").write_bytes(trace + raw)


def _moved(desk: Story, raw: bytes) -> None:
    """The mail that was just written goes to the second mailbox instead of the first."""
    desk.withdraw()
    _into(desk, raw)


@pytest.fixture
def two(desk_with: Callable[..., Story]) -> Story:
    return desk_with(change=_both())


@pytest.mark.parametrize(
    "to",
    [f"{DESK}, {HELP}", DESK, "everybody@customer.example"],
    ids=["both in To", "the second by Bcc", "both by Bcc"],
)
def test_a_mail_to_both_is_one_incident(two: Story, to: str) -> None:
    with two as desk:
        raw = desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下", to=to)
        _into(desk, b"Delivered-To: helpline@example.com\r\n" + raw)
        assert desk.turn() == ["opened", "ignored"]
        assert len(desk.numbers) == 1
        assert desk.letters["li.na"] == ["opened"]
        assert desk.incident().mailbox == "servicedesk"
        answer = desk.li.got("opened")
        assert answer["From"].addresses[0].addr_spec == DESK
        # the second copy may also come days later
        desk.at("09:00", days=2)
        _into(desk, b"Received: from a by b; Wed, 25 Nov 2026 09:00:00 +0800\r\n" + raw)
        assert desk.turn() == ["ignored"]


def test_one_in_to_and_the_other_in_cc(two: Story) -> None:
    with two as desk:
        raw = desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下", to=HELP, headers=[("Cc", DESK)])
        desk.withdraw()
        desk.post(raw)
        _into(desk, raw)
        assert desk.turn() == ["opened", "ignored"]
        # neither of the desk's own addresses is a person to be kept informed
        assert desk.incident().watchers == ()
        assert {str(mail["To"].addresses[0].addr_spec) for mail in desk.sent()} & {DESK, HELP} == (
            set()
        )


def test_each_answers_what_it_took_in(two: Story) -> None:
    with two as desk:
        _moved(desk, desk.john.writes("Printer jams", "Please have a look.", to=HELP))
        desk.li.writes("鼠标坏了", "左键没有反应")
        assert sorted(desk.turn()) == ["opened", "opened"]
        first, second = desk.li.got("opened"), desk.john.got("opened")
        assert str(first["From"].addresses[0]) == f"服务台 <{DESK}>"
        assert str(second["From"].addresses[0]) == f"Helpline <{HELP}>"
        assert second["Reply-To"].addresses[0].addr_spec.startswith("helpline+")
        assert first["Reply-To"].addresses[0].addr_spec.startswith("servicedesk+")


def test_later_letters_come_from_the_mailbox_of_the_incident(two: Story) -> None:
    with two as desk:
        _moved(desk, desk.li.writes("三楼财务室打印机卡纸", "打印不了", to=HELP))
        assert desk.turn() == ["opened"]
        # the engineer writes to the other one, where the number is known all the same
        desk.wang.says("#接单\n#回复 下午去看")
        assert desk.turn() == ["commanded"]
        assert desk.incident().status is Status.IN_PROGRESS
        for mail in desk.sent(desk.seen):
            assert mail["From"].addresses[0].addr_spec == HELP
        # and the answer may come in by either
        raw = desk.li.answers("reply", "好，我等着。请先打电话。")
        desk.withdraw()
        desk.post(raw)
        assert desk.turn() == ["updated"]
        assert len(desk.numbers) == 1


def test_an_answer_to_both_addresses_is_taken_once(two: Story) -> None:
    with two as desk:
        desk.taken()
        raw = desk.li.answers("opened", "错误码是 E-13")
        _into(desk, raw)
        assert desk.turn() == ["updated", "ignored"]
        assert desk.taken_in().count("错误码是 E-13") == 1


def test_the_language_is_that_of_each_mail(two: Story) -> None:
    with two as desk:
        _moved(desk, desk.li.writes("三楼财务室打印机卡纸", "麻烦看一下", to=HELP))
        desk.john.writes("Mouse broken", "The left button does nothing.")
        desk.turn()
        assert "编号" in desk.li.reads("opened")
        assert "registered as" in desk.john.reads("opened")


def _chief(desk: Story) -> Person:
    desk.confirmed()
    return desk.chen


def test_only_the_mailbox_with_a_trusted_path_needs_no_proof(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=_both(trusted_path=True))
    chen = _chief(desk)
    chen.writes(f"[{desk.numbers[0]}]", "#审核")
    assert desk.turn() == ["held"]
    assert desk.incident().status is Status.PENDING_REVIEW
    _moved(desk, chen.writes(f"[{desk.numbers[0]}]", "#审核"))
    (journey,) = desk.journeys()
    assert (str(journey.disposition), journey.proof) == ("commanded", Proof.PATH)
    assert desk.incident().status is Status.CLOSED


def test_a_copy_by_the_trusted_path_gives_what_the_other_held(
    desk_with: Callable[..., Story],
) -> None:
    """The same mail to both: that it came first by the way that proves nothing is no reason to
    leave it undone."""
    desk = desk_with(change=_both(trusted_path=True))
    raw = _chief(desk).writes(f"[{desk.numbers[0]}]", "#审核")
    _into(desk, raw)
    assert desk.turn() == ["held", "commanded"]
    assert desk.incident().status is Status.CLOSED
    # and once is enough
    before = desk.fingerprint()
    _into(desk, raw)
    assert desk.turn() == ["ignored"]
    assert desk.fingerprint() == before


def test_a_second_copy_that_proves_nothing_either_asks_nobody_twice(two: Story) -> None:
    with two as desk:
        raw = _chief(desk).writes(f"[{desk.numbers[0]}]", "#审核")
        _into(desk, raw)
        assert desk.turn() == ["held", "ignored"]
        assert desk.letters["chen.jing"] == ["not-proven"]


def test_only_the_servers_of_that_mailbox_are_believed(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_both(authserv_ids=("mx.helpline.example",)))
    chen = _chief(desk)
    verdict = ("Authentication-Results", "mx.helpline.example; dkim=pass header.d=example.com")
    chen.writes(f"[{desk.numbers[0]}]", "#审核", headers=[verdict])
    assert desk.turn() == ["held"]
    _moved(desk, chen.writes(f"[{desk.numbers[0]}]", "#审核", headers=[verdict]))
    assert desk.turn() == ["commanded"]


def test_free_text_of_the_team_is_what_each_mailbox_says(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_both(staff_text="reply"))
    desk.taken()
    raw = desk.wang.answers("assigned", "备件明天到。")
    _moved(desk, raw)
    assert desk.turn() == ["updated"]
    assert desk.letters["li.na"] == ["reply"]
    desk.wang.answers("assigned", "备件后天到。")
    assert desk.turn() == ["updated"]
    assert "li.na" not in desk.letters


def test_neither_mailbox_answers_the_other(two: Story) -> None:
    """A colleague puts both into Cc of his answer to a letter of ours; a rule forwards one mailbox
    into the other: our own mail is recognised at either door."""
    with two as desk:
        desk.printer_jam()
        for mail in list(desk.sent()):
            _into(desk, mail.as_bytes())
        assert set(desk.turn()) == {"ignored"}
        assert desk.letters == {}
