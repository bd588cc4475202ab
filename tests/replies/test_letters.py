"""Who is written to when something happens, and who is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from processor.domain import events as e
from processor.domain.incident import (
    Clock,
    ClockKind,
    Dossier,
    Incident,
    IncidentType,
    Source,
    Status,
)
from processor.domain.people import Directory, Group, Person, Role
from processor.replies.addressing import Audience
from processor.replies.letters import Letter, letters_for, mailable
from processor.replies.routes import KINDS

AT = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)
ENGINEER = Person("li@x.cn", "李工", frozenset({Role.ENGINEER}), ("net",), language="zh")
SECOND = Person("he@x.cn", "何工", frozenset({Role.ENGINEER}), ("net",))
LEAD = Person("chen@x.cn", "陈敏", frozenset({Role.LEAD, Role.ENGINEER}), leads=("net",))
DESK = Person("zhao@x.cn", "赵晓", frozenset({Role.DESK}), ("desk",), language="en")
MANAGER = Person("zhou@x.cn", "周经理", frozenset({Role.MANAGER}))
ADMIN = Person("root@x.cn", "管理员", frozenset({Role.ADMINISTRATOR}))
REPORTER = Person("wang@y.com", "王芳")
SYSTEM = Person("postdesk", roles=frozenset({Role.SYSTEM}))
DIRECTORY = Directory(
    (ENGINEER, SECOND, LEAD, DESK, MANAGER, ADMIN),
    (
        Group("desk", members=("zhao@x.cn",)),
        Group("net", 2, lead="chen@x.cn", members=("li@x.cn", "he@x.cn")),
        Group("shared", 2, members=("li@x.cn",), address="Shared@x.cn"),
    ),
    "desk",
)
CLOCK = Clock(ClockKind.RESPONSE, 60, "work", AT, AT + timedelta(hours=1))


def incident(**changes: Any) -> Incident:
    base = Incident(
        "INC-20261123-0001",
        IncidentType.INCIDENT,
        Status.IN_PROGRESS,
        AT,
        "打印机",
        "卡纸",
        "wang@y.com",
        "王芳",
        owner="desk",
        group="net",
        assignee="li@x.cn",
    )
    return replace(base, **changes)


def told(event: e.Event, **options: Any) -> list[tuple[str, str]]:
    return [(one.kind, one.recipient.address) for one in written(event, **options)]


def written(event: e.Event, directory: Directory = DIRECTORY, **options: Any) -> list[Letter]:
    return letters_for(event, directory, language="zh", **options)


def test_an_unrouted_incident_is_acknowledged_and_shown_to_the_desk() -> None:
    event = e.Opened(
        at=AT, actor=REPORTER, incident=incident(status=Status.NEW, group="", assignee="")
    )
    assert told(event) == [("opened", "wang@y.com"), ("desk-new", "zhao@x.cn")]


def test_a_routed_incident_is_not_shown_to_the_desk() -> None:
    event = e.Opened(at=AT, actor=REPORTER, incident=incident(status=Status.ASSIGNED))
    assert told(event) == [("opened", "wang@y.com")]


def test_monitoring_systems_are_not_answered() -> None:
    alert = incident(source=Source.MONITORING, status=Status.ASSIGNED)
    assert told(e.Opened(at=AT, actor=SYSTEM, incident=alert)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["li@x.cn"]),
        ({"assignee": ""}, ["chen@x.cn", "li@x.cn", "he@x.cn"]),
        ({"assignee": "", "group": "shared"}, ["shared@x.cn"]),
        ({"assignee": "", "group": ""}, ["zhao@x.cn"]),
        ({"assignee": "guest@z.org"}, ["guest@z.org"]),
    ],
)
def test_a_dispatch_goes_to_whoever_shall_work(
    changes: dict[str, Any], expected: list[str]
) -> None:
    event = e.Dispatched(at=AT, actor=SYSTEM, incident=incident(**changes))
    assert told(event) == [("assigned", address) for address in expected]


def test_who_did_it_is_not_told_again() -> None:
    group = incident(assignee="")
    assert told(e.Dispatched(at=AT, actor=LEAD, incident=group)) == [
        ("assigned", "li@x.cn"),
        ("assigned", "he@x.cn"),
    ]
    assert told(e.Cancelled(at=AT, actor=REPORTER, incident=incident())) == [
        ("cancelled", "li@x.cn")
    ]
    assert told(e.Reopened(at=AT, actor=REPORTER, incident=incident())) == [("reopened", "li@x.cn")]


def test_who_did_it_is_asked_all_the_same() -> None:
    own = incident(reporter_address="li@x.cn", status=Status.RESOLVED)
    assert told(e.Resolved(at=AT, actor=ENGINEER, incident=own)) == [("resolved-ask", "li@x.cn")]
    managers = incident(reporter_address="zhou@x.cn", status=Status.PENDING_REVIEW)
    assert told(e.Confirmed(at=AT, actor=MANAGER, incident=managers)) == [
        ("review-ask", "zhou@x.cn")
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (e.Accepted(at=AT, actor=ENGINEER, incident=incident()), [("accepted", "wang@y.com")]),
        (
            e.ReporterWrote(at=AT, actor=REPORTER, incident=incident(), text="还有"),
            [("updated", "li@x.cn")],
        ),
        (
            e.Replied(at=AT, actor=ENGINEER, incident=incident(watchers=("a@y.com",)), text="好"),
            [("reply", "wang@y.com"), ("reply", "a@y.com")],
        ),
        (
            e.Asked(at=AT, actor=ENGINEER, incident=incident(), question="?"),
            [("question", "wang@y.com")],
        ),
        (
            e.SentBack(at=AT, actor=MANAGER, incident=incident(), reason="补"),
            [("sent-back", "li@x.cn")],
        ),
        (
            e.Returned(at=AT, actor=ENGINEER, incident=incident(), reason="错"),
            [("returned", "zhao@x.cn")],
        ),
        (
            e.Cancelled(at=AT, actor=DESK, incident=incident()),
            [("cancelled", "wang@y.com"), ("cancelled", "li@x.cn")],
        ),
        (
            e.Reopened(at=AT, actor=MANAGER, incident=incident()),
            [("reopened", "li@x.cn"), ("reopened", "wang@y.com")],
        ),
        (
            e.StrangerWrote(
                at=AT, actor=SYSTEM, incident=incident(), stranger="s@z", opened="INC-2"
            ),
            [("stranger-wrote", "zhao@x.cn")],
        ),
        (
            e.StrangerWrote(
                at=AT, actor=SYSTEM, incident=incident(owner="li@x.cn"), stranger="s", opened="I"
            ),
            [("stranger-wrote", "li@x.cn")],
        ),
        (
            e.StrangerWrote(
                at=AT, actor=SYSTEM, incident=incident(owner="gone@x.cn"), stranger="s", opened="I"
            ),
            [("stranger-wrote", "zhao@x.cn")],
        ),
        (
            e.MessageQuarantined(
                at=AT, actor=SYSTEM, spool_id=1, mailbox="desk", sender="s", subject="", reason="r"
            ),
            [("quarantine-notice", "root@x.cn")],
        ),
        (e.StatusAsked(at=AT, actor=REPORTER), [("status", "wang@y.com")]),
        (e.QueueAsked(at=AT, actor=ENGINEER, group="net"), [("queue", "li@x.cn")]),
        (e.HelpAsked(at=AT, actor=REPORTER, incident=None, commands=()), [("help", "wang@y.com")]),
        (e.BurstHeld(at=AT, actor=REPORTER, numbers=()), [("burst-digest", "wang@y.com")]),
        (e.NoteAdded(at=AT, actor=ENGINEER, incident=incident(), text="内部"), []),
        (e.Rated(at=AT, actor=REPORTER, incident=incident()), []),
    ],
    ids=lambda value: type(value).__name__,
)
def test_routes(event: e.Event, expected: list[tuple[str, str]]) -> None:
    assert told(event) == expected


def test_the_report_goes_to_managers_alone() -> None:
    event = e.Archived(
        at=AT, actor=MANAGER, incident=incident(), report=("报告.docx", b"PK\x03\x04")
    )
    letters = written(event)
    assert [(one.recipient.address, bool(one.attachments)) for one in letters] == [
        ("wang@y.com", False),
        ("zhou@x.cn", True),
    ]
    assert letters[1].attachments[0].content == b"PK\x03\x04"
    assert told(e.Archived(at=AT, actor=MANAGER, incident=incident())) == [("closed", "wang@y.com")]


@pytest.mark.parametrize(("share", "kind"), [(75, "target-near"), (100, "target-passed")])
def test_clocks_tell_those_whom_the_timetable_names(share: int, kind: str) -> None:
    event = e.TargetNear(
        at=AT,
        actor=SYSTEM,
        incident=incident(),
        clock=CLOCK,
        kind=CLOCK.kind,
        share=share,
        tell=("LI@x.cn", "boss@z.org", "li@x.cn"),
    )
    assert told(event) == [(kind, "li@x.cn"), (kind, "boss@z.org")]


def test_an_unproven_command_warns_the_owner_and_asks_the_person() -> None:
    event = e.CommandUnproven(at=AT, actor=ENGINEER, incident=incident(), commands=("解决",))
    assert told(event) == [("not-proven", "li@x.cn"), ("forgery-warning", "zhao@x.cn")]


def test_a_forgery_in_the_owners_own_name_warns_the_desk() -> None:
    event = e.CommandUnproven(
        at=AT, actor=ENGINEER, incident=incident(owner="li@x.cn"), commands=("解决",)
    )
    assert told(event) == [("not-proven", "li@x.cn"), ("forgery-warning", "zhao@x.cn")]


def test_without_an_incident_nobody_else_is_warned() -> None:
    event = e.CommandUnproven(at=AT, actor=ENGINEER, incident=None, commands=("队列",))
    assert told(event) == [("not-proven", "li@x.cn")]


def test_an_owner_who_cannot_be_reached_is_not_written_to() -> None:
    lost = e.DeliveryFailed(
        at=AT, actor=SYSTEM, incident=incident(owner="li@x.cn"), address="Li@x.cn", status="5.1.1"
    )
    assert told(lost) == [("delivery-failed", "zhao@x.cn")]
    other = replace(lost, address="wang@y.com")
    assert told(other) == [("delivery-failed", "li@x.cn")]


def test_own_mailboxes_and_unusable_addresses_are_never_written_to() -> None:
    odd = incident(watchers=("desk@x.cn", "a b@y.com", "x@y.com\r\nBcc: z@z.z", "ok@y.com"))
    event = e.Replied(at=AT, actor=ENGINEER, incident=odd, text="好")
    assert told(event, never=("Desk@x.cn",)) == [("reply", "wang@y.com"), ("reply", "ok@y.com")]


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("a.b+c@example.com", True),
        ("docomo..name.@docomo.ne.jp", True),
        ("root@localhost", True),
        ("王@例子.cn", False),
        ('"a b"@x.com', False),
        ("a@b>\r\nX: y", False),
        ("a@b\n", False),
        ("postdesk", False),
        ("", False),
    ],
)
def test_mailable(address: str, fine: bool) -> None:
    assert mailable(address) is fine


def test_language_is_the_persons_then_the_incidents_then_the_desks() -> None:
    english = incident(language="en", assignee="", status=Status.NEW, group="")
    by_kind = {
        one.kind: one.recipient.language
        for one in written(e.Opened(at=AT, actor=REPORTER, incident=english))
    }
    assert by_kind == {"opened": "en", "desk-new": "en"}
    event = e.Dispatched(at=AT, actor=SYSTEM, incident=incident(language="en", assignee="he@x.cn"))
    assert written(event)[0].recipient.language == "zh"
    answer = e.CommandsDone(at=AT, actor=REPORTER, incident=english, done=())
    assert written(answer)[0].recipient.language == "en"


def test_audiences() -> None:
    def audience_of(actor: Person) -> Audience:
        event = e.CommandsRefused(
            at=AT, actor=actor, incident=incident(), keyword="x", code="not_yours"
        )
        return written(event)[0].audience

    assert audience_of(REPORTER) is Audience.REPORTER
    assert audience_of(ENGINEER) is Audience.STAFF
    assert audience_of(Person("stranger@z.org")) is Audience.OTHER


def test_a_letter_to_a_stranger_is_about_no_incident() -> None:
    event = e.CommandsRefused(
        at=AT,
        actor=Person("stranger@z.org"),
        incident=incident(watchers=("friend@z.org",)),
        keyword="取消",
        code="not_yours",
    )
    assert written(event)[0].incident is None
    assert written(event)[0].number == ""
    friend = replace(event, actor=Person("friend@z.org"))
    assert written(friend)[0].number == "INC-20261123-0001"


def test_status_of_one_incident_is_about_it() -> None:
    event = e.StatusAsked(at=AT, actor=REPORTER, dossier=Dossier(incident()))
    assert written(event)[0].number == "INC-20261123-0001"
    assert written(e.StatusAsked(at=AT, actor=REPORTER))[0].incident is None


def test_without_a_desk_group_managers_and_roles_stand_in() -> None:
    lonely = Directory((replace(DESK, groups=()),), (), "desk")
    confirmed = e.Confirmed(at=AT, actor=SYSTEM, incident=incident())
    assert [one.recipient.address for one in written(confirmed, lonely)] == ["zhao@x.cn"]


def test_every_kind_of_letter_is_known() -> None:
    assert len(set(KINDS)) == len(KINDS)
