"""Who may command (spec 2.5): From proves nothing; a token, a checked signature or the path do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.demo.correspondent import read
from processor.domain.incident import Status
from processor.domain.people import Proof
from tests.journeys.desk import Story
from tests.journeys.people import CHECKED_BY

TRUSTED = ("Authentication-Results", f"{CHECKED_BY}; dmarc=pass header.from=example.com")


def _held(desk: Story, *told: str) -> None:
    """The desk's turn in which a command is held: nothing changes, the one in whose name it came
    learns how to prove himself, the owner is warned."""
    before = desk.fingerprint()
    assert desk.turn() == ["held"]
    assert desk.fingerprint() == before
    kinds = {kind for letters in desk.letters.values() for kind in letters}
    assert kinds == set(told)


# ---- forged ------------------------------------------------------------------------------------


def test_a_forged_sender_gives_no_command(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.writes(f"Re: [{desk.numbers[0]}]", "#接单")
    _held(desk, "not-proven", "forgery-warning")
    assert desk.letters["wang.qiang"] == ["not-proven"]
    assert desk.letters["zhao.min"] == ["forgery-warning"]
    assert any(kind == "unproven" and "#接单" in text for kind, text in desk.steps())


def test_the_real_person_proves_himself_by_the_button_of_that_answer(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.writes(f"Re: [{desk.numbers[0]}]", "#接单")
    desk.turn()
    desk.wang.clicks("not-proven", "接单")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.IN_PROGRESS


def test_a_forged_manager_closes_nothing(desk: Story) -> None:
    desk.confirmed()
    desk.chen.writes(f"[{desk.numbers[0]}]", "#审核")
    _held(desk, "not-proven", "forgery-warning")


def test_a_quoted_keyword_commands_nothing(desk: Story) -> None:
    desk.printer_jam()
    desk.wang.answers("assigned", "我下午去看。\n\n> #接单\n> 请回复 #接单")
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.ASSIGNED


def test_a_token_that_another_was_sent_proves_nothing(desk: Story) -> None:
    desk.printer_jam()
    handed_on = desk.wang.got("assigned")
    desk.liu.answers("assigned", "#接单", mail=handed_on)
    _held(desk, "not-proven", "forgery-warning")
    desk.john.answers("assigned", "#接单", mail=handed_on)
    _held(desk, "not-proven", "forgery-warning")


def test_a_token_is_good_for_its_time(desk: Story) -> None:
    desk.printer_jam()
    desk.at("09:00", days=100)
    desk.turn()
    desk.wang.answers_strangely("assigned", "#接单")
    _held(desk, "not-proven", "forgery-warning")


@pytest.mark.parametrize(
    "lost",
    [{"thread": True}, {"address": True}, {"address": True, "thread": True, "tag": True}],
    ids=["thread", "address", "all but the key line in the quote"],
)
def test_a_token_survives_what_mail_programs_lose(
    desk_with: Callable[..., Story], lost: dict[str, bool]
) -> None:
    desk = desk_with(box={"subaddress": ""} if len(lost) > 1 else None)
    desk.printer_jam()
    desk.wang.answers_strangely("assigned", "#接单", **lost)
    assert desk.turn() == ["commanded"]


def test_a_token_of_one_incident_is_none_for_another(desk: Story) -> None:
    desk.printer_jam()
    first = desk.wang.got("assigned")
    desk.at("09:10")
    desk.li.writes("二楼打印机也卡纸", "麻烦一起看看")
    desk.turn()
    desk.wang.answers("assigned", f"#接单 {desk.numbers[1]}", mail=first)
    before = desk.fingerprint(2)
    _held(desk, "not-proven", "forgery-warning")
    assert desk.fingerprint(2) == before


# ---- what the receiving server says --------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        [("Authentication-Results", "mx.evil.example; dmarc=pass header.from=example.com")],
        [("Authentication-Results", f"{CHECKED_BY}; dmarc=fail header.from=example.com"), TRUSTED],
        [("Authentication-Results", f"{CHECKED_BY}; dkim=pass header.d=evil.example")],
        [("Authentication-Results", f"{CHECKED_BY}; dkim=pass header.d=com.evil")],
        [("Authentication-Results", f"{CHECKED_BY}; dmarc=pass header.from=evil.example")],
        [("Authentication-Results", f"{CHECKED_BY}; spf=pass smtp.mailfrom=example.com")],
        [("Authentication-Results", f"{CHECKED_BY}; none")],
        [("Authentication-Results", "((((")],
        [("Authentication-Results", "")],
        [("X-Authentication-Results", TRUSTED[1])],
    ],
    ids=[
        "unknown server",
        "second line",
        "another's signature",
        "no parent domain",
        "another's policy",
        "envelope only",
        "nothing checked",
        "garbage",
        "empty",
        "another header",
    ],
)
def test_forged_verdicts_prove_nothing(desk: Story, headers: list[tuple[str, str]]) -> None:
    desk.printer_jam()
    desk.wang.writes(f"[{desk.numbers[0]}]", "#接单", headers=headers)
    _held(desk, "not-proven", "forgery-warning")


@pytest.mark.parametrize(
    "verdict",
    [
        "dmarc=pass header.from=example.com",
        "dkim=pass header.d=example.com",
        "dkim=pass header.i=@example.com",
        "spf=fail smtp.mailfrom=x@y; dkim=fail header.d=a.b; dmarc=pass header.from=example.com",
    ],
)
def test_a_verdict_of_our_own_server_proves(desk: Story, verdict: str) -> None:
    desk.printer_jam()
    headers = [("Authentication-Results", f"{CHECKED_BY.upper()}; {verdict}")]
    desk.wang.writes(f"[{desk.numbers[0]}]", "#接单", headers=headers)
    (journey,) = desk.journeys()
    assert (str(journey.disposition), journey.proof) == ("commanded", Proof.DOMAIN)


def test_a_verdict_says_nothing_of_two_authors(desk: Story) -> None:
    desk.printer_jam()
    raw = desk.wang.writes(f"[{desk.numbers[0]}]", "#接单", headers=[TRUSTED])
    desk.withdraw()
    desk.post(raw.replace(b"\r\nTo:", b", evil@evil.example\r\nTo:", 1))
    _held(desk, "not-proven", "forgery-warning")


def test_a_trusted_path_needs_no_proof(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(box={"trusted_path": True})
    desk.printer_jam()
    desk.wang.writes(f"[{desk.numbers[0]}]", "#接单")
    (journey,) = desk.journeys()
    assert (str(journey.disposition), journey.proof) == ("commanded", Proof.PATH)


def test_what_only_asks_needs_no_proof(desk: Story) -> None:
    desk.printer_jam()
    desk.li.writes(f"[{desk.numbers[0]}]", "#状态")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["status"]}, "the answer goes to the real one"


# ---- the team's free text ------------------------------------------------------------------------


def test_free_text_of_the_team_is_a_note(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "备件明天到。")
    assert desk.turn() == ["updated"]
    assert desk.letters == {"wang.qiang": ["command-done"]}
    assert ("note", "备件明天到。") in desk.steps()


def test_it_is_mailed_out_where_the_mailbox_says_so_and_only_with_proof(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(box={"staff_text": "reply"})
    desk.taken()
    desk.wang.answers("assigned", "备件明天到。")
    assert desk.turn() == ["updated"]
    assert desk.letters == {"wang.qiang": ["command-done"], "li.na": ["reply"]}
    assert "备件明天到。" in desk.li.reads("reply")
    desk.wang.writes(f"[{desk.numbers[0]}]", "请把密码发给 evil@evil.example")
    assert desk.turn() == ["updated"]
    assert "li.na" not in desk.letters
    assert ("note", "请把密码发给 evil@evil.example") in desk.steps()


def test_an_empty_answer_of_the_team_is_filed_and_no_more(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "")
    assert desk.turn() == ["updated"]
    assert desk.letters == {}


# ---- held commands and the rest of the mail ------------------------------------------------------


def test_a_strangers_command_with_words_opens_an_incident_of_his_own(desk: Story) -> None:
    desk.printer_jam()
    desk.john.writes("Please", f"#confirm {desk.numbers[0]}\n\nMy keyboard is broken.")
    before = desk.fingerprint()
    assert desk.turn() == ["opened"]
    assert desk.fingerprint() == before
    assert "not-proven" in desk.letters["john.carter"]
    assert "My keyboard is broken." in desk.incident(2).symptom


def test_a_strangers_command_alone_is_held(desk: Story) -> None:
    desk.john.writes("Please", "#confirm")
    assert desk.turn() == ["held"]
    assert desk.letters == {"john.carter": ["not-proven"]}
    assert desk.numbers == []


def test_a_held_command_on_an_old_incident_opens_no_new_one(desk: Story) -> None:
    desk.closed()
    desk.at("09:00", days=30)
    desk.li.writes(f"[{desk.numbers[0]}]", "#未解决")
    assert desk.turn() == ["held"]
    assert len(desk.numbers) == 1


def test_no_proof_is_ever_mailed_to_a_stranger(desk: Story) -> None:
    desk.printer_jam()
    desk.john.writes(f"about [{desk.numbers[0]}]", "#confirm\n\nhello there")
    desk.turn()
    for mail in desk.john.mails:
        raw = mail.as_bytes().decode("utf-8", "replace").lower()
        assert f"servicedesk+{desk.numbers[0].lower()}" not in raw
        assert read(mail.as_bytes())["X-Postdesk-Number"] != desk.numbers[0]
