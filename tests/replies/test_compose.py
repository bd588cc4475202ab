"""From letter to mail: headers, threads, proofs, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain import events as e
from processor.domain import tokens
from processor.domain.errors import Fault
from processor.domain.incident import Incident, Status
from processor.domain.outgoing import Outgoing
from processor.domain.people import Person
from processor.domain.wording import Words
from processor.replies.compose import Composer
from processor.replies.letters import Letter, letters_for
from processor.replies.samples import Sample

from .conftest import AT, NUMBER, SECRET, Box

Read = Callable[[Outgoing], EmailMessage]
Text = Callable[..., str]
Make = Callable[..., Composer]


def letter(sample: Sample, kind: str) -> Letter:
    return next(one for one in sample.letters() if one.kind == kind)


def written(composer: Composer, one: Letter, **options: Any) -> Outgoing:
    given = {"at": AT, "cause": "mail:17", "ordinal": 0} | options
    return composer.compose(one, **given)


def test_who_it_is_from_and_where_answers_go(
    composer: Composer, sample: Sample, read: Read
) -> None:
    mail = written(composer, letter(sample, "opened"))
    parsed = read(mail)
    assert str(parsed["From"]) == "IT 服务台 <desk@example.com>"
    assert str(parsed["To"]) == "王芳 <reporter@example.com>"
    assert mail.recipients == ("reporter@example.com",)
    assert parsedate_to_datetime(parsed["Date"]) == AT
    assert parsed["Date"].endswith("+0800")
    assert parsed["X-Postdesk-Number"] == mail.number == NUMBER
    assert parsed["X-Postdesk-Event"] == mail.event == "opened"
    assert parsed["X-Postdesk-Loop"] == "desk@example.com"
    assert parsed["X-Auto-Response-Suppress"] == "All"
    assert parsed["List-Id"] is None
    assert mail.mailbox == "desk"
    assert parsed["Message-ID"] == f"<{mail.message_id}>"


def test_the_token_proves_its_recipient_and_nobody_else(
    composer: Composer, sample: Sample, read: Read, text_of: Text
) -> None:
    mail = written(composer, letter(sample, "opened"))
    shape = re.fullmatch(
        r"desk\+(inc-\d{8}-\d{4})-([a-z2-7]{20})@example\.com", mail_to(read(mail))
    )
    assert shape is not None
    number, token = shape.groups()
    assert number == NUMBER.lower()
    for who, right in (("reporter@example.com", True), ("engineer@example.com", False)):
        assert tokens.verify(SECRET, token, number, who, AT + timedelta(days=5), 30) is right
    assert re.fullmatch(rf"{number}\.[0-9a-f]{{24}}\.{token}@example\.com", mail.message_id)
    assert f"凭据: {NUMBER}/{token}" in text_of(mail)
    assert f"{NUMBER}/{token}" in text_of(mail, "html")


def mail_to(parsed: EmailMessage) -> str:
    return str(parsed["Reply-To"].addresses[0].addr_spec)


@pytest.mark.parametrize(
    "box", [Box(subaddress=""), Box(address=f"{'very-long-desk-name-' * 2}@example.com")]
)
def test_without_room_in_the_address_the_buttons_carry_the_key(
    box: Box, make: Make, sample: Sample, read: Read, text_of: Text
) -> None:
    mail = written(make(mailboxes=(box,)), letter(sample, "resolved-ask"))
    assert mail_to(read(mail)) == box.address
    token = mail.message_id.split(".")[2].split("@")[0]
    assert f"%2F{token}" in text_of(mail, "html")
    assert f"{NUMBER}/{token}" in text_of(mail)


def test_the_thread_holds(composer: Composer, sample: Sample, read: Read) -> None:
    mail = written(
        composer, letter(sample, "opened"), in_reply_to="<b@x>", references=("a@x", "<b@x>")
    )
    parsed = read(mail)
    assert parsed["In-Reply-To"] == "<b@x>"
    assert parsed["References"].split() == ["<a@x>", "<b@x>"]


def test_letters_to_the_team_hang_together(composer: Composer, sample: Sample, read: Read) -> None:
    roots = {
        read(written(composer, letter(sample, kind)))["References"]
        for kind in ("assigned", "updated", "returned")
    }
    assert roots == {"<inc-20261123-0001@example.com>"}
    assert read(written(composer, letter(sample, "opened")))["References"] is None


def test_unusable_ids_are_left_out_and_long_threads_cut(
    composer: Composer, sample: Sample, read: Read
) -> None:
    ids = [f"{n}@x" for n in range(50)]
    odd = ["", "a b@x", "王@x", "x\r\nBcc: z@z.z", "<<>>", "a" * 300]
    parsed = read(
        written(composer, letter(sample, "opened"), in_reply_to="x\ny", references=odd + ids)
    )
    kept = parsed["References"].split()
    assert kept == ["<0@x>", *(f"<{n}@x>" for n in range(31, 50))]
    assert parsed["In-Reply-To"] is None
    assert parsed["Bcc"] is None


def test_an_answer_is_auto_replied_and_all_else_auto_generated(
    composer: Composer, sample: Sample, read: Read
) -> None:
    answer = written(composer, letter(sample, "opened"), in_reply_to="a@x", answering=True)
    assert read(answer)["Auto-Submitted"] == "auto-replied"
    for kind in ("opened", "assigned"):
        assert read(written(composer, letter(sample, kind)))["Auto-Submitted"] == "auto-generated"
    threaded = written(composer, letter(sample, "assigned"), in_reply_to="a@x")
    assert read(threaded)["Auto-Submitted"] == "auto-generated"


def test_envelopes(composer: Composer, sample: Sample, read: Read) -> None:
    for kind in ("opened", "command-refused", "not-proven", "delivery-failed"):
        assert written(composer, letter(sample, kind)).envelope_from == ""
    for kind in ("assigned", "question", "resolved-ask", "review-ask", "reply", "target-passed"):
        mail = written(composer, letter(sample, kind))
        assert mail.envelope_from == mail_to(read(mail)) != ""


def test_events_as_filters_know_them(composer: Composer, sample: Sample) -> None:
    for one in sample.letters():
        mail = written(composer, one)
        late = one.kind in ("target-near", "target-passed", "raised")
        assert mail.event == ("escalation" if late else one.kind)


def test_internal_letters_are_marked(composer: Composer, sample: Sample) -> None:
    inner = {one.kind: written(composer, one).internal for one in reversed(sample.letters())}
    assert inner["assigned"]
    assert inner["review-ask"]
    assert not inner["opened"]
    assert not inner["resolved-ask"]


def test_the_record_keeps_what_was_newly_said_and_no_proof(
    composer: Composer, sample: Sample, words: dict[str, Words]
) -> None:
    kept = {one.kind: written(composer, one).text for one in reversed(sample.letters())}
    say = words["zh"].say
    assert kept["reply"] == say("mail.sample.reply")
    assert kept["question"] == say("mail.sample.question")
    assert kept["resolved-ask"] == say("mail.sample.solution")
    assert kept["opened"].startswith("已受理：")
    assert NUMBER in kept["command-done"]
    for one in sample.letters():
        mail = written(composer, one)
        token = mail.message_id.split("@")[0].split(".")[-1]
        assert token not in mail.text


def test_the_same_letter_is_the_same_bytes(make: Make, sample: Sample) -> None:
    writer, other_writer = make(), make()
    for one in sample.letters():
        assert written(writer, one) == written(other_writer, one)
    opened = letter(sample, "opened")
    base = written(make(), opened)
    for other in (
        written(make(), opened, cause="mail:18"),
        written(make(), opened, ordinal=1),
        written(make(secret=b"x" * 32), opened),
    ):
        assert other.message_id != base.message_id
    assert base.key == "mail:17/0/opened/reporter@example.com"


def test_the_mailbox_speaks_for_its_own_incidents(make: Make, sample: Sample) -> None:
    second = Box("hr", "hr@example.com", "", "note", {"en": "HR"})
    writer = make(mailboxes=(Box(), second))
    own = letter(sample, "opened")
    incident = replace(sample.incident(Status.NEW), mailbox="hr")
    assert written(writer, own).mailbox == "desk"
    event = replace(own.event, incident=incident)  # type: ignore[call-arg]  # the event has one
    mail = written(writer, replace(own, event=event), mailbox="desk")
    assert mail.mailbox == "hr"
    assert b"From: HR <hr@example.com>" in mail.raw
    assert written(writer, letter(sample, "queue"), mailbox="hr").mailbox == "hr"
    assert written(writer, letter(sample, "queue"), mailbox="gone").mailbox == "desk"


def test_a_mailbox_without_a_name_has_the_organisations(make: Make, sample: Sample) -> None:
    writer = make(mailboxes=(Box(display_name={}),), organisation="ACME")
    assert b"From: ACME <desk@example.com>" in written(writer, letter(sample, "opened")).raw


def test_letters_need_a_mailbox_and_a_mailable_recipient(make: Make, sample: Sample) -> None:
    with pytest.raises(Fault, match="service mailbox"):
        make(mailboxes=())
    one = replace(letter(sample, "opened"), recipient=Person("x@y.z\r\nBcc: q@q.q"))
    with pytest.raises(Fault, match="cannot be written to"):
        written(make(), one)


def test_a_language_without_words_falls_back(make: Make, sample: Sample, text_of: Text) -> None:
    one = letter(sample, "opened")
    japanese = replace(one, recipient=replace(one.recipient, language="ja"))
    assert "您好" in text_of(written(make(), japanese))


def test_the_report_is_enclosed(composer: Composer, sample: Sample, read: Read) -> None:
    one = next(x for x in sample.letters() if x.kind == "closed" and x.attachments)
    parsed = read(written(composer, one))
    assert parsed.get_content_type() == "multipart/mixed"
    (file,) = parsed.iter_attachments()
    assert file.get_filename() == "INC-20261122-0001 事件报告.docx"
    assert file.get_content() == b"PK"


def test_clocks_may_be_handed_in(composer: Composer, sample: Sample, text_of: Text) -> None:
    one = letter(sample, "accepted")
    assert "响应时限" not in text_of(written(composer, one))
    assert "响应时限：11月23日(周一) 11:10" in text_of(written(composer, one, clocks=sample.clocks))


@given(st.text(st.sampled_from('\r\n\t \0\x0b\x85\u2028a:=?王<>"\\,;[]'), max_size=60))
def test_nothing_that_people_write_becomes_a_header(
    composer: Composer, sample: Sample, read: Read, evil: str
) -> None:
    nasty = f"{evil}\r\nBcc: victim@example.com\r\n\r\nbody"
    incident = replace(
        sample.incident(Status.NEW),
        subject=nasty,
        reporter_name=nasty,
        symptom=nasty,
        department=nasty,
    )
    event = e.Opened(at=AT, actor=Person("reporter@example.com", nasty), incident=incident)
    for one in letters_for(event, sample.directory, language="zh"):
        mail = written(composer, one, in_reply_to=nasty, references=(nasty,))
        parsed = read(mail)
        assert parsed["Bcc"] is None
        assert list(parsed.keys()).count("Subject") == 1
        assert [str(a.addr_spec) for a in parsed["To"].addresses] == [one.recipient.address]
        assert parsed.get_body(("plain",)) is not None
        assert b"\n" not in mail.raw.replace(b"\r\n", b"")
        assert max(map(len, mail.raw.split(b"\r\n"))) <= 998


def test_a_forged_tag_in_a_subject_does_not_stay(composer: Composer, sample: Sample) -> None:
    incident = replace(
        sample.incident(Status.NEW), subject="Re: [INC-20200101-0009] 【inc-20200101-0008】你好"
    )
    event = e.Opened(at=AT, actor=sample.reporter, incident=incident)
    (one, _) = letters_for(event, sample.directory, language="zh")
    assert written(composer, one).subject == f"已受理：Re: 你好 [{NUMBER}]"


def test_a_reporter_sees_nothing_internal(
    composer: Composer, sample: Sample, text_of: Text
) -> None:
    secret = "SECRET-7431"
    incident: Incident = replace(
        sample.incident(Status.PENDING_REVIEW), cause=secret, action=secret, tags=(secret,)
    )
    asked = (one for one in sample.events() if isinstance(one, e.StatusAsked))
    dossier = next(one.dossier for one in asked if one.dossier)
    inner = replace(dossier.mails[0], text=secret, internal=True)
    dossier = replace(dossier, incident=incident, mails=(*dossier.mails, inner))
    for actor, sees in ((sample.reporter, False), (sample.engineer, True)):
        event = e.StatusAsked(at=AT, actor=actor, dossier=dossier)
        (one,) = letters_for(event, sample.directory, language="zh")
        mail = written(composer, one)
        assert (secret in text_of(mail)) is sees
        assert (secret in text_of(mail, "html")) is sees


def test_a_stranger_learns_nothing_of_an_incident(
    composer: Composer, sample: Sample, text_of: Text
) -> None:
    event = e.CommandsRefused(
        at=AT,
        actor=Person("stranger@example.org"),
        incident=sample.incident(Status.IN_PROGRESS),
        keyword="撤销",
        code="not_yours",
        params={"keyword": "撤销"},
        allowed=("status", "help"),
    )
    (one,) = letters_for(event, sample.directory, language="zh")
    mail = written(composer, one)
    assert mail.number == ""
    for body in (text_of(mail), text_of(mail, "html"), mail.raw.decode("ascii")):
        assert "打印机" not in body
        assert NUMBER not in body.upper()


def buttons(mail: Outgoing, text_of: Text) -> list[str]:
    return re.findall(r"^    (#\S+)", text_of(mail), re.MULTILINE)


def test_buttons_offer_what_the_table_of_moves_allows(
    composer: Composer, sample: Sample, text_of: Text
) -> None:
    def offered(event: e.Event) -> dict[str, list[str]]:
        return {
            one.recipient.address.split("@")[0]: buttons(written(composer, one), text_of)
            for one in letters_for(event, sample.directory, language="zh")
        }

    new, given = sample.incident(Status.NEW), sample.incident(Status.ASSIGNED)
    assert offered(e.Opened(at=AT, actor=sample.reporter, incident=new)) == {
        "reporter": ["#状态", "#撤销"],
        "desk": ["#分派", "#接单"],
    }
    routed = e.Opened(at=AT, actor=sample.reporter, incident=given)
    assert offered(routed) == {"reporter": ["#状态"]}
    to_group = e.Dispatched(at=AT, actor=sample.system, incident=given)
    assert offered(to_group) == {"lead": ["#接单", "#return"], "engineer": ["#接单"]}
    to_one = replace(to_group, incident=replace(given, assignee="engineer@example.com"))
    assert offered(to_one) == {"engineer": ["#接单", "#return"]}


def test_a_manager_who_is_told_of_the_clock_is_not_asked_to_solve(
    composer: Composer, sample: Sample, text_of: Text
) -> None:
    event = e.TargetNear(
        at=AT,
        actor=sample.system,
        incident=sample.incident(Status.IN_PROGRESS),
        clock=sample.clocks[1],
        kind=sample.clocks[1].kind,
        share=100,
        tell=("manager@example.com",),
        post="manager",
        meant="manager",
    )
    (one,) = letters_for(event, sample.directory, language="zh")
    assert buttons(written(composer, one), text_of) == ["#recall", "#raise", "#状态"]


def test_what_may_follow_is_offered_after_a_command(
    composer: Composer, sample: Sample, text_of: Text
) -> None:
    event = e.CommandsDone(
        at=AT,
        actor=sample.engineer,
        incident=sample.incident(Status.IN_PROGRESS),
        done=(e.Done("接单", "accept", {"number": NUMBER}),),
        allowed=("note", "reply", "resolve", "help"),
    )
    (one,) = letters_for(event, sample.directory, language="zh")
    assert buttons(written(composer, one), text_of) == ["#解决", "#回复"]
