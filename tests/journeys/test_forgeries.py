"""The table of forgeries (spec 2.5): who pretends to be somebody, and how; nothing ever moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from processor.demo.story import DESK
from processor.domain.incident import Status
from processor.domain.people import Proof
from tests.journeys.desk import Story
from tests.journeys.people import CHECKED_BY, Person
from tests.journeys.sealing import USUAL, record, sealed

OURS, EVIL = "example.com", "evil.example"
EVIL_ADDRESS = f"mallory@{EVIL}"

COMMANDS = {
    "low risk": "#备注 请把款打到新账号",
    "high risk": "#审核",
}


def _fresh(desk: Story, text: str, **more: object) -> bytes:
    """A mail in the manager's name, not yet delivered."""
    headers = more.get("headers", ())
    assert isinstance(headers, list | tuple)
    to = str(more.get("to", DESK))
    raw = desk.chen.writes(f"关于 [{desk.numbers[0]}]", text, to=to, headers=headers)
    desk.withdraw()
    return raw


def _as(raw: bytes, author: str) -> bytes:
    """The same mail with another From line."""
    lines = raw.split(b"\r\n")
    at = next(n for n, line in enumerate(lines) if line.lower().startswith(b"from:"))
    end = at + 1
    while lines[end][:1] in (b" ", b"\t"):
        end += 1
    return b"\r\n".join([*lines[:at], f"From: {author}".encode(), *lines[end:]])


def _more(raw: bytes, *headers: str) -> bytes:
    return "".join(f"{one}\r\n" for one in headers).encode() + raw


def _nothing(desk: Story, text: str) -> bytes:
    return _fresh(desk, text)


def _anothers_token(desk: Story, text: str) -> bytes:
    return _fresh(desk, text, to=str(desk.wang.got("assigned")["Reply-To"]))


def _anothers_thread(desk: Story, text: str) -> bytes:
    return _more(_fresh(desk, text), f"In-Reply-To: {desk.li.got('opened')['Message-ID']}")


def _expired(desk: Story, text: str) -> bytes:
    reply_to = str(desk.chen.got("review-ask")["Reply-To"])
    desk.at("09:00", days=120)
    desk.turn()
    return _fresh(desk, text, to=reply_to)


def _of_another_incident(desk: Story, text: str) -> bytes:
    """A token that the manager was sent for another one."""
    first = desk.numbers[0]
    desk.li.writes("鼠标坏了", "左键没有反应")
    desk.turn()
    desk.wang.writes(f"[{desk.numbers[1]}]", "我看看")
    desk.turn()
    desk.chen.says("#状态", 2)
    desk.turn()
    reply_to = str(desk.chen.got("status")["Reply-To"])
    assert desk.numbers[1].lower() in reply_to.lower()
    keyword, _, rest = text.partition(" ")
    return _fresh(desk, f"{keyword} {first} {rest}", to=reply_to)


def _leaked_in_cc(desk: Story, text: str) -> bytes:
    leaked = str(desk.chen.got("review-ask")["Reply-To"])
    return _as(_fresh(desk, text, to=f"{DESK}, {leaked}"), f"Mallory <{EVIL_ADDRESS}>")


def _stolen_message_id(desk: Story, text: str) -> bytes:
    stolen = desk.chen.got("review-ask")["Message-ID"]
    raw = _as(_fresh(desk, text), f"Mallory <{EVIL_ADDRESS}>")
    return _more(raw, f"In-Reply-To: {stolen}", f"References: {stolen}")


def _verdict_below(desk: Story, text: str) -> bytes:
    return _more(
        _fresh(desk, text),
        f"Authentication-Results: {CHECKED_BY}; dmarc=fail header.from={OURS}",
        f"Authentication-Results: {CHECKED_BY}; dmarc=pass header.from={OURS}",
    )


def _verdict_of_another_server(desk: Story, text: str) -> bytes:
    verdict = f"Authentication-Results: mx.{EVIL}; dmarc=pass header.from={OURS}"
    return _more(_fresh(desk, text), verdict)


def _sealed_by_another(desk: Story, text: str) -> bytes:
    return sealed(_fresh(desk, text), EVIL)


def _sealed_by_a_suffix(desk: Story, text: str) -> bytes:
    verdict = f"Authentication-Results: {CHECKED_BY}; dkim=pass header.d=com"
    return _more(_fresh(desk, text), verdict)


def _body_grown(desk: Story, text: str) -> bytes:
    head, _, _ = _fresh(desk, "你好").partition(b"\r\n\r\n")
    plain = head.replace(b"base64", b"8bit").replace(b"quoted-printable", b"8bit")
    raw = plain + b"\r\n\r\n" + "你好\r\n".encode()
    return sealed(raw, OURS, length=True) + f"{text}\r\n".encode()


def _body_changed(desk: Story, text: str) -> bytes:
    raw = sealed(_fresh(desk, "#状态 你好"), OURS)
    head, _, _ = raw.partition(b"\r\n\r\n")
    plain = head.replace(b"base64", b"8bit").replace(b"quoted-printable", b"8bit")
    return plain + b"\r\n\r\n" + text.encode() + b"\r\n"


def _replayed_under_another_subject(desk: Story, text: str) -> bytes:
    """A signature that leaves the subject open, on a mail that named no incident."""
    raw = desk.chen.writes("另一件事", text)
    desk.withdraw()
    signed = sealed(raw, OURS, tuple(one for one in USUAL if one != "Subject"))
    lines = signed.split(b"\r\n")
    at = next(n for n, line in enumerate(lines) if line.lower().startswith(b"subject:"))
    lines[at] = f"Subject: [{desk.numbers[0]}]".encode()
    return b"\r\n".join(lines)


def _second_subject(desk: Story, text: str) -> bytes:
    raw = desk.chen.writes("另一件事", text)
    desk.withdraw()
    return _more(sealed(raw, OURS), f"Subject: [{desk.numbers[0]}]")


def _key_withdrawn(desk: Story, text: str) -> bytes:
    raw = sealed(_fresh(desk, text), OURS)
    desk.keys.clear()
    return raw


def _display_name(desk: Story, text: str) -> bytes:
    return _as(_fresh(desk, text), f'"chen.jing@{OURS}" <{EVIL_ADDRESS}>')


def _display_name_sealed(desk: Story, text: str) -> bytes:
    return sealed(_display_name(desk, text), EVIL)


def _two_from_lines(desk: Story, text: str) -> bytes:
    return _more(sealed(_fresh(desk, text), OURS), f"From: Mallory <{EVIL_ADDRESS}>")


def _two_from_lines_ours_on_top(desk: Story, text: str) -> bytes:
    raw = sealed(_as(_fresh(desk, text), f"Mallory <{EVIL_ADDRESS}>"), EVIL)
    return _more(raw, f"From: chen.jing@{OURS}")


def _two_authors(desk: Story, text: str) -> bytes:
    return sealed(_as(_fresh(desk, text), f"chen.jing@{OURS}, {EVIL_ADDRESS}"), EVIL)


def _sender_line(desk: Story, text: str) -> bytes:
    return sealed(_more(_fresh(desk, text), f"Sender: {EVIL_ADDRESS}"), EVIL)


def _homograph(desk: Story, text: str) -> bytes:
    return sealed(_as(_fresh(desk, text), "陈静 <сhen.jing@example.com>"), EVIL)


def _reply_to(desk: Story, text: str) -> bytes:
    return _more(_fresh(desk, text), f"Reply-To: {EVIL_ADDRESS}")


def _from_evil_reply_to_ours(desk: Story, text: str) -> bytes:
    raw = _as(_fresh(desk, text), f"陈静 <{EVIL_ADDRESS}>")
    return sealed(_more(raw, f"Reply-To: chen.jing@{OURS}"), EVIL)


def _group_address(desk: Story, text: str) -> bytes:
    return _as(_fresh(desk, text), f"desk: chen.jing@{OURS}, {EVIL_ADDRESS};")


FORGERIES: tuple[Callable[[Story, str], bytes], ...] = (
    _nothing, _anothers_token, _anothers_thread, _expired, _of_another_incident, _leaked_in_cc,
    _stolen_message_id, _verdict_below, _verdict_of_another_server, _sealed_by_another,
    _sealed_by_a_suffix, _body_grown, _body_changed, _replayed_under_another_subject,
    _second_subject, _key_withdrawn, _display_name, _display_name_sealed, _two_from_lines,
    _two_from_lines_ours_on_top, _two_authors, _sender_line, _homograph, _reply_to,
    _from_evil_reply_to_ours, _group_address,
)  # fmt: skip
ALLOWED = {"not-proven", "forgery-warning", "command-refused", "stranger-wrote", "opened"}
ALLOWED |= {"desk-new", "updated", "quarantine-notice", "status", "assigned"}
IN_OUR_NAME = {
    _nothing, _anothers_token, _anothers_thread, _expired, _verdict_below, _reply_to,
    _verdict_of_another_server, _sealed_by_another, _sealed_by_a_suffix, _body_grown,
    _sender_line, _key_withdrawn, _body_changed, _replayed_under_another_subject,
}  # fmt: skip


@pytest.mark.parametrize("text", COMMANDS.values(), ids=COMMANDS.keys())
@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__.strip("_"))
def test_a_forgery_moves_nothing(
    plain_desk: Story, forge: Callable[[Story, str], bytes], text: str
) -> None:
    desk = plain_desk
    for domain in (OURS, EVIL):
        name, key = record(domain)
        desk.keys[name] = key
    desk.confirmed()
    raw = forge(desk, text)
    before, steps = desk.fingerprint(), desk.steps()
    desk.post(raw)
    dispositions = desk.turn()
    assert dispositions[0] in ("held", "rejected", "opened", "quarantined"), dispositions
    assert desk.fingerprint() == before
    assert desk.incident().status is Status.PENDING_REVIEW
    added = desk.steps()[len(steps) :]
    assert not any(kind in ("note", "comment", "reply") for kind, _ in added), added
    kinds = {kind for letters in desk.letters.values() for kind in letters}
    assert kinds <= ALLOWED, desk.letters
    if forge in IN_OUR_NAME:
        assert desk.letters["chen.jing"] == ["not-proven"], desk.letters
        assert "forgery-warning" in kinds
        assert any(kind == "unproven" for kind, _ in added)
    _nothing_leaks(desk)


QUESTIONS = {
    "status": "#状态",
    "status of one": "#状态 {number}",
    "queue": "#队列 hardware",
    "find": "#查询 打印机",
    "help": "#帮助",
}
ANSWERS = {"status", "queue", "help", "command-refused", "not-proven", "forgery-warning"}
ANSWERS |= {"opened", "desk-new", "quarantine-notice", "stranger-wrote", "assigned", "found"}
SECRETS = ("卡纸", "财务", "王强", "李娜", "进纸轮", "待审核")


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__.strip("_"))
def test_a_forgers_questions_reveal_nothing(
    plain_desk: Story, forge: Callable[[Story, str], bytes]
) -> None:
    """What asks for no proof is answered to whom the mail names, at the address that we know: who
    only pretends to be him is sent nothing, and who writes from his own address learns no more
    than any stranger."""
    desk = plain_desk
    desk.confirmed()
    for text in QUESTIONS.values():
        for domain in (OURS, EVIL):
            name, key = record(domain)
            desk.keys[name] = key
        raw = forge(desk, text.format(number=desk.numbers[0]))
        before, seen = desk.fingerprint(), len(desk.sent())
        desk.post(raw)
        desk.turn()
        assert desk.fingerprint() == before
        for mail in desk.sent(seen):
            assert mail["X-Postdesk-Event"] in ANSWERS
            to = mail["To"].addresses[0]
            if to.domain != OURS or "сhen" in to.username:
                shown = f"{mail['Subject']}{mail.get_body(('plain',))}".replace(text, "")
                assert [one for one in SECRETS if one in shown] == [], (to, shown)
    _nothing_leaks(desk)


def _nothing_leaks(desk: Story) -> None:
    """Who is no party is sent neither proof nor contents of the incident."""
    for mail in desk.sent():
        if EVIL in str(mail["To"]) or "сhen" in str(mail["To"]):
            raw = mail.as_bytes().decode("utf-8", "replace").lower()
            assert f"servicedesk+{desk.numbers[0].lower()}" not in raw
            assert "进纸轮" not in str(mail.get_body(("plain",)))


def test_what_only_asks_is_answered_to_the_one_who_is_named(desk: Story) -> None:
    desk.confirmed()
    desk.post(_reply_to(desk, "#状态"))
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"chen.jing": ["status"]}


# ---- genuine -------------------------------------------------------------------------------------


def _reviewed(desk: Story, raw: bytes) -> Proof:
    desk.post(raw)
    (journey,) = desk.journeys()
    assert str(journey.disposition) == "commanded", journey.reason
    assert desk.incident().status is Status.CLOSED
    return journey.proof


@pytest.mark.parametrize("signer", [OURS, f"mail.{OURS}"], ids=["own domain", "below it"])
def test_a_seal_of_his_own_organisation_proves(desk: Story, signer: str) -> None:
    name, key = record(signer)
    desk.keys[name] = key
    desk.confirmed()
    assert _reviewed(desk, sealed(_fresh(desk, "#审核"), signer)) is Proof.DOMAIN


def test_the_genuine_seal_is_found_behind_a_broken_one(desk: Story) -> None:
    for domain in (OURS, EVIL):
        name, key = record(domain)
        desk.keys[name] = key
    desk.confirmed()
    assert _reviewed(desk, sealed(sealed(_fresh(desk, "#审核"), OURS), EVIL)) is Proof.DOMAIN


def test_seals_are_not_looked_at_where_that_is_turned_off(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(box={"verify_dkim": False})
    name, key = record(OURS)
    desk.keys[name] = key
    desk.confirmed()
    desk.post(sealed(_fresh(desk, "#审核"), OURS))
    assert desk.turn() == ["held"]


def test_a_sealed_mail_that_comes_again_is_the_same_mail(desk: Story) -> None:
    name, key = record(OURS)
    desk.keys[name] = key
    desk.taken()
    raw = sealed(_fresh(desk, "#备注 备件明天到"), OURS)
    desk.post(raw)
    assert desk.turn() == ["commanded"]
    desk.post(_more(raw, "X-Again: yes"))
    assert desk.turn() == ["ignored"]


# ---- the thread in a stranger's hands ------------------------------------------------------------


def test_a_stranger_with_a_stolen_thread_is_not_kept_informed(desk: Story) -> None:
    desk.taken()
    mallory = desk.person("Mallory", EVIL_ADDRESS)
    mallory.writes("Re", "什么时候修好？", answering=desk.li.got("opened"))
    assert desk.turn() == ["updated"]
    assert desk.incident().watchers == ()
    assert "什么时候修好？" in desk.wang.reads("updated")
    desk.wang.answers("assigned", "#回复 密码已重置")
    desk.turn()
    assert desk.letters.keys() == {"wang.qiang", "li.na"}


def test_two_addresses_at_a_public_mail_provider_are_no_colleagues(desk: Story) -> None:
    fang = desk.person("王芳", "wang.fang@qq.com")
    fang.writes("打印机卡纸", "麻烦看一下")
    assert desk.turn() == ["opened"]
    other = desk.person("不认识的人", "10001@qq.com")
    other.writes("Re", "什么时候修好？", answering=fang.got("opened"))
    assert desk.turn() == ["updated"]
    assert desk.incident().watchers == ()


def test_who_was_addressed_is_kept_informed(desk: Story) -> None:
    partner: Person = desk.person("合作方", "partner@another.example")
    raw = desk.li.writes("打印机卡纸", "麻烦看一下", to=f"{DESK}, {partner.address}")
    desk.turn()
    partner.answers("", "我们这边也要用", mail=desk.read(raw))
    assert desk.turn() == ["updated"]
    assert desk.incident().watchers == (partner.address,)
