"""Mails of monitoring systems: one trouble is one incident, and it ends when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from processor.domain.incident import IncidentType, Source, Status
from processor.domain.people import Proof
from processor.settings.settings import Settings
from tests.journeys import monitoring
from tests.journeys.desk import SOLUTION, Story
from tests.journeys.monitoring import SYSTEMS, Make, Monitor, Told, zabbix, zabbix_zh
from tests.journeys.people import Person

ALL = pytest.mark.parametrize("name", SYSTEMS)


def system(desk: Story, name: str) -> tuple[Monitor, Make]:
    address, make = SYSTEMS[name]
    return Monitor(desk, address), make


def kinds(desk: Story, ordinal: int = 1) -> list[str]:
    """Kinds of the journal's steps."""
    return [kind for kind, _ in desk.steps(ordinal)]


def mails(desk: Story) -> int:
    """How many letters went out in the last turn."""
    return sum(len(found) for found in desk.letters.values())


# ---- what every source does ----------------------------------------------------------------------


@ALL
def test_a_problem_opens_an_incident_and_nobody_answers_the_machine(desk: Story, name: str) -> None:
    monitor, make = system(desk, name)
    monitor.says(make("problem"))
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert (incident.type, incident.source) == (IncidentType.ALERT, Source.MONITORING)
    assert incident.active_service
    assert incident.reporter_address == monitor.address
    assert not any(monitor.address in str(mail["To"]) for mail in desk.sent())
    assert desk.letters, "the team is told"


@ALL
def test_repeats_are_counted_and_mailed_to_nobody(desk: Story, name: str) -> None:
    monitor, make = system(desk, name)
    monitor.says(make("problem"))
    desk.turn()
    for _ in range(3):
        monitor.says(make("problem"))
    assert desk.turn() == ["updated"] * 3
    assert (len(desk.numbers), mails(desk)) == (1, 0)
    assert [text[-2:] for kind, text in desk.steps() if kind == "alert_problem"] == [
        "×2", "×3", "×4",
    ]  # fmt: skip


@ALL
def test_recovery_resolves_what_nobody_works_on(desk: Story, name: str) -> None:
    monitor, make = system(desk, name)
    monitor.says(make("problem"))
    desk.turn()
    desk.at("09:40")
    monitor.says(make("recovery"))
    assert desk.turn() == ["updated"]
    incident = desk.incident()
    assert (incident.status, incident.closure_code) == (Status.RESOLVED, "recovered")
    wanted = "自行恢复" if incident.language == "zh" else "Recovered by itself"
    assert wanted in incident.solution
    assert {kind for found in desk.letters.values() for kind in found} == {"alert-recovered"}
    assert all(clock.stopped_at is not None for clock in desk.dossier().clocks)


@ALL
def test_a_forged_recovery_resolves_nothing_and_the_team_is_warned_once(
    desk: Story, name: str
) -> None:
    monitor, make = system(desk, name)
    monitor.says(make("problem"))
    desk.turn()
    before = desk.incident().status
    monitor.says(make("recovery"), proven=False)
    monitor.says(make("recovery"), proven=False)
    assert desk.turn() == ["updated"] * 2
    assert desk.incident().status is before
    assert kinds(desk).count("alert_unproven") == 2
    assert {kind for found in desk.letters.values() for kind in found} == {"alert-recovered"}
    assert all(len(found) == 1 for found in desk.letters.values())
    monitor.says(make("recovery"))  # the real one still counts
    desk.turn()
    assert desk.incident().status is Status.RESOLVED


@ALL
def test_somebody_elses_recovery_touches_nothing(desk: Story, name: str) -> None:
    monitor, make = system(desk, name)
    monitor.says(make("problem"))
    desk.turn()
    before = desk.fingerprint()
    stranger = Monitor(desk, monitor.address.replace("monitor.example", "evil.example"))
    stranger.says(make("recovery"))
    assert desk.turn() == ["ignored"]
    assert (desk.fingerprint(), mails(desk)) == (before, 0)


def _of_alerts(desk: Story) -> list[str]:
    """What the last turn's mails were, but for those of an emergency."""
    beside = ("urgent", "emergency", "duty", "problem")
    kinds = (kind for found in desk.letters.values() for kind in found)
    return [kind for kind in kinds if not kind.startswith(beside)]


@ALL
def test_a_quick_return_reopens_a_late_one_is_new(desk: Story, name: str) -> None:
    monitor, make = system(desk, name)
    monitor.says(make("problem"))
    desk.turn()
    first = desk.incident().status
    monitor.says(make("recovery"))
    desk.turn()
    desk.at("09:20")
    monitor.says(make("problem"))
    assert desk.turn() == ["updated"]
    assert (desk.incident().status, desk.incident().reopens) == (first, 1)
    assert set(_of_alerts(desk)) == {"reopened"}
    monitor.says(make("recovery"))
    desk.turn()
    desk.at("11:00")
    monitor.says(make("problem"))
    assert desk.turn() == ["opened"]
    assert len(desk.numbers) == 2
    assert [(link.kind, link.number) for link in desk.dossier(2).links] == [
        ("follows", desk.numbers[0])
    ]


@ALL
def test_flapping_is_told_once_and_ends_when_it_keeps_still(desk: Story, name: str) -> None:
    monitor, make = system(desk, name)
    told = []
    for minute in range(0, 50, 10):
        desk.at(f"09:{minute:02d}")
        monitor.says(make("problem"))
        desk.turn()
        told += _of_alerts(desk)
        desk.at(f"09:{minute + 5:02d}")
        monitor.says(make("recovery"))
        desk.turn()
        told += _of_alerts(desk)
    assert len(desk.numbers) == 1
    incident = desk.incident()
    assert incident.open
    assert "flapping" in incident.tags
    flapped = told.index("alert-flapping")
    assert set(told[flapped:]) == {"alert-flapping"}, "nothing after it"
    desk.at("10:40")
    desk.turn()
    assert desk.incident().open
    desk.at("10:50")
    desk.turn()
    assert desk.incident().status is Status.RESOLVED
    assert "flapping" not in desk.incident().tags
    assert set(_of_alerts(desk)) == {"alert-recovered"}


@ALL
def test_a_recovery_of_nothing_known_is_dropped_with_a_reason(desk: Story, name: str) -> None:
    monitor, make = system(desk, name)
    monitor.says(make("recovery"))
    (journey,) = desk.journeys()
    assert str(journey.disposition) == "ignored"
    assert journey.reason.endswith(":recovery:unknown")
    assert (desk.numbers, desk.letters) == ([], {})


# ---- on both engines ---------------------------------------------------------------------------


def test_a_whole_life_on_either_engine(desk: Story) -> None:
    monitor = Monitor(desk, "zabbix@monitor.example")
    for state, wanted in (
        ("problem", "opened"),
        ("problem", "updated"),
        ("recovery", "updated"),
        ("recovery", "ignored"),
        ("problem", "updated"),
        ("recovery", "updated"),
    ):
        desk.at(f"09:{desk.now.minute + 3:02d}")
        monitor.says(zabbix_zh(state))
        assert desk.turn() == [wanted], state
    assert desk.incident().status is Status.RESOLVED
    assert desk.incident().solution.startswith("已自行恢复")
    assert desk.incident().symptom.startswith("主机：db02\n地址：10.1.2.3\n问题：磁盘空间不足")


# ---- engineers ---------------------------------------------------------------------------------


def taken(desk: Story) -> tuple[Monitor, Person]:
    """An alert that Zhao Min of the service desk has taken."""
    monitor = Monitor(desk, "zabbix@monitor.example")
    monitor.says(zabbix_zh("problem"))
    desk.turn()
    (name,) = {who for who, found in desk.letters.items() if found and who != "zhou.lei"} & {
        "zhao.min", "liu.yang", "wang.qiang",
    }  # fmt: skip
    who = next(p for p in (desk.zhao, desk.liu, desk.wang) if p.address.startswith(name))
    who.answers(who.news[0], "#接单")
    assert desk.turn() == ["commanded"]
    return monitor, who


def test_whoever_works_on_it_is_told_and_ends_it_himself(desk: Story) -> None:
    monitor, who = taken(desk)
    monitor.says(zabbix_zh("recovery"))
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.IN_PROGRESS
    assert desk.letters == {who.address.partition("@")[0]: ["alert-recovered"]}
    assert "您正在处理" in who.reads("alert-recovered")
    monitor.says(zabbix_zh("problem"))
    desk.turn()
    assert desk.letters == {who.address.partition("@")[0]: ["updated"]}
    who.answers("updated", SOLUTION)
    desk.turn()
    assert desk.incident().status is Status.RESOLVED


def test_what_was_resolved_and_goes_on_is_reopened_for_him(desk: Story) -> None:
    monitor, who = taken(desk)
    who.answers(who.news[0], SOLUTION)
    desk.turn()
    monitor.says(zabbix_zh("problem"))  # on its way when he resolved it
    assert desk.turn() == ["updated"]
    assert (desk.incident().status, mails(desk)) == (Status.RESOLVED, 0)
    desk.at("11:00")
    monitor.says(zabbix_zh("problem"))
    assert desk.turn() == ["updated"]
    assert desk.incident().status is Status.IN_PROGRESS
    assert desk.letters == {who.address.partition("@")[0]: ["reopened"]}


def test_what_the_desk_rejected_stays_rejected_until_it_breaks_out_anew(desk: Story) -> None:
    monitor = Monitor(desk, "zabbix@monitor.example")
    monitor.says(zabbix("problem"))
    desk.turn()
    with desk.app.store.begin() as work:
        incident = work.incidents.get(desk.numbers[0], lock=True)
        assert incident is not None
        incident.status = Status.REJECTED
        work.incidents.save(incident, "postdesk", desk.clock(), "shell")
    monitor.says(zabbix("problem"))
    assert desk.turn() == ["updated"]
    assert (len(desk.numbers), mails(desk)) == (1, 0)
    monitor.says(zabbix("recovery"))
    desk.turn()
    monitor.says(zabbix("problem"))
    assert desk.turn() == ["opened"]


def test_a_severity_that_rises_raises_the_grade(desk: Story) -> None:
    monitor = Monitor(desk, "zabbix@monitor.example")
    calm = zabbix("problem")
    monitor.says(replace(calm, body=calm.body.replace("High", "Warning")))
    desk.turn()
    first = desk.incident().priority
    monitor.says(calm)
    desk.turn()
    raised = desk.incident().priority
    assert raised < first
    monitor.says(replace(calm, body=calm.body.replace("High", "Information")))
    desk.turn()
    assert desk.incident().priority == raised


# ---- whom to trust ---------------------------------------------------------------------------


def listed(proof: Proof) -> Callable[[Settings], Settings]:
    """The house names the addresses of its monitoring system."""

    def change(settings: Settings) -> Settings:
        sources = tuple(
            replace(source, senders=("@monitor.example",), proof=proof)
            for source in settings.alerts.sources
        )
        return replace(settings, alerts=replace(settings.alerts, sources=sources))

    return change


def test_listed_addresses_share_their_troubles_and_need_no_proof_where_it_says_so(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=listed(Proof.NONE))
    Monitor(desk, "am1@monitor.example", proven=False).says(zabbix("problem"))
    Monitor(desk, "am2@monitor.example", proven=False).says(zabbix("problem"))
    assert desk.turn() == ["opened", "updated"]
    Monitor(desk, "am2@monitor.example", proven=False).says(zabbix("recovery"))
    desk.turn()
    assert desk.incident().status is Status.RESOLVED
    desk.at("09:10")
    Monitor(desk, "am2@monitor.example", proven=False).says(zabbix("problem"))
    assert desk.turn() == ["updated"]
    assert desk.incident().open
    Monitor(desk, "zabbix@evil.example").says(zabbix("recovery"))
    assert desk.turn() == ["ignored"]


def test_listed_addresses_need_the_proof_that_is_asked_for(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=listed(Proof.PATH))
    monitor = Monitor(desk, "zabbix@monitor.example")
    monitor.says(zabbix("problem"))
    monitor.says(zabbix("recovery"))  # DKIM passed, and that is not enough here
    desk.turn()
    assert desk.incident().open
    assert "alert_unproven" in kinds(desk)


def test_a_trusted_path_proves_recoveries(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(box={"trusted_path": True})
    monitor = Monitor(desk, "zabbix@monitor.example", proven=False)
    monitor.says(zabbix("problem"))
    monitor.says(zabbix("recovery"))
    desk.turn()
    assert desk.incident().status is Status.RESOLVED


# ---- how monitoring mail travels -------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        ("Precedence", "bulk"),
        ("List-Id", "<alerts.monitor.example>"),
        ("Return-Path", "<>"),
        ("X-Mailer", "none of these"),
    ],
)
def test_the_signs_of_a_machine_do_not_drop_an_alert(desk: Story, header: tuple[str, str]) -> None:
    monitor = Monitor(desk, "zabbix@monitor.example", headers=(header,))
    told = zabbix("problem")
    monitor.says(Told("Problem: Mail delivery failed on mx1", told.body.replace("web01", "mx1")))
    assert desk.turn() == ["opened"]
    assert not any(monitor.address in str(mail["To"]) for mail in desk.sent())


@pytest.mark.parametrize("headers", [(), (("Auto-Submitted", "auto-generated"),)])
def test_mails_that_answer_each_other_are_read_by_their_key_all_the_same(
    desk: Story, headers: tuple[tuple[str, str], ...]
) -> None:
    monitor = Monitor(desk, "zabbix@monitor.example", headers=headers, threads=True)
    for state in ("problem", "problem", "recovery"):
        monitor.says(zabbix(state))
    assert desk.turn() == ["opened", "updated", "updated"]
    assert desk.incident().status is Status.RESOLVED
    desk.at("12:00")
    monitor.says(zabbix("problem"))
    assert desk.turn() == ["opened"]


def test_the_journal_says_who_graded_it(desk: Story) -> None:
    Monitor(desk, "zabbix@monitor.example").says(zabbix_zh("problem"))
    desk.turn()
    (because,) = [text for kind, text in desk.steps() if kind == "rule"]
    assert "type, ci, impact, urgency: alert:zabbix" in because


def test_rules_of_the_house_still_drop_it(desk: Story) -> None:
    monitor = Monitor(desk, "zabbix@monitor.example", headers=(("X-Spam-Flag", "YES"),))
    monitor.says(zabbix("problem"))
    assert desk.turn() == ["ignored"]


# ---- people ------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["转发：", "Fwd: ", "回复: "])
def test_a_person_who_forwards_an_alert_is_a_person(desk: Story, prefix: str) -> None:
    told = zabbix_zh("problem")
    desk.li.writes(prefix + told.subject, "请看下面的告警。\n\n" + told.body)
    assert desk.turn() == ["opened"]
    assert desk.incident().source is Source.MAIL
    assert desk.letters["li.na"] == ["opened"]


def test_a_person_who_writes_of_alerts_is_a_person(desk: Story) -> None:
    for subject in (
        "告警：二号机房漏水", "Problem: my printer is broken", "[Alert] VPN down", "恢复误删的文件",
        "[FIRING:1] what does this mean?", "PROBLEM - my PC is slow",
    ):  # fmt: skip
        desk.li.writes(subject, "麻烦看一下，我这边一直这样。")
    assert desk.turn() == ["opened"] * 6
    with desk.app.store.read() as work:
        found = [work.incidents.get(number) for number in desk.numbers]
    assert {one.source for one in found if one} == {Source.MAIL}


def test_one_of_the_team_is_a_person_whatever_he_pastes(desk: Story) -> None:
    told = zabbix_zh("problem")
    desk.wang.writes(told.subject, told.body)
    assert desk.turn() == ["opened"]
    assert desk.incident().source is Source.MAIL


# ---- what only some systems say ----------------------------------------------------------------


def test_a_group_of_alertmanager_is_one_incident_whoever_joins_it(desk: Story) -> None:
    monitor = Monitor(desk, "alertmanager@monitor.example")
    monitor.says(monitoring.alertmanager("problem", ("web01",)))
    monitor.says(monitoring.alertmanager("problem", ("web01", "web02", "web03")))
    assert desk.turn() == ["opened", "updated"]
    incident = desk.incident()
    assert incident.subject == "InstanceDown node"
    assert incident.ci == "web01"
    assert "alertname=InstanceDown job=node" in incident.symptom
    monitor.says(monitoring.alertmanager("recovery", ("web01", "web02", "web03")))
    desk.turn()
    assert desk.incident().status is Status.RESOLVED


def test_an_acknowledgement_and_a_downtime_are_noted(desk: Story) -> None:
    monitor = Monitor(desk, "nagios@monitor.example")
    for kind in ("ACKNOWLEDGEMENT", "DOWNTIMESTART"):
        monitor.says(monitoring.nagios_other(kind))
    assert desk.turn() == ["ignored"] * 2, "of nothing known"
    monitor.says(monitoring.nagios("problem"))
    desk.turn()
    before = desk.fingerprint()
    for kind in ("ACKNOWLEDGEMENT", "DOWNTIMESTART"):
        monitor.says(monitoring.nagios_other(kind))
    assert desk.turn() == ["updated"] * 2
    assert (desk.fingerprint(), mails(desk)) == (before, 0)
    assert kinds(desk)[-2:] == ["alert_acknowledged", "alert_noted"]


def test_what_the_system_itself_calls_flapping_is_held_back(desk: Story) -> None:
    monitor = Monitor(desk, "nagios@monitor.example")
    monitor.says(monitoring.nagios("problem"))
    desk.turn()
    monitor.says(monitoring.nagios_other("FLAPPINGSTART"), proven=False)
    desk.turn()
    assert (desk.incident().tags, mails(desk)) == ((), 0), "a forgery silences nobody"
    monitor.says(monitoring.nagios_other("FLAPPINGSTART"))
    desk.turn()
    assert {kind for found in desk.letters.values() for kind in found} == {"alert-flapping"}
    monitor.says(monitoring.nagios("recovery"))
    monitor.says(monitoring.nagios("problem"))
    monitor.says(monitoring.nagios("recovery"))
    desk.turn()
    assert (desk.incident().open, mails(desk)) == (True, 0)
    monitor.says(monitoring.nagios_other("FLAPPINGSTOP"))
    desk.turn()
    assert desk.incident().status is Status.RESOLVED
    assert desk.incident().tags == ()
