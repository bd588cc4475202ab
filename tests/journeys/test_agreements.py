"""Targets, calendars and pauses by contract, organisation, category and type (spec 1.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from processor.domain.agreement import Agreement, Promise
from processor.domain.business_calendar import WORKING_WEEK, BusinessCalendar
from processor.domain.incident import Clock, ClockKind, Status
from processor.jobs.agreements import follow_configuration
from processor.jobs.calendar_watch import watch_calendars
from processor.settings.settings import Organisation, Settings
from tests.journeys.desk import SHANGHAI_MORNING, ZONE, Story

CUSTOMER = Organisation("客户公司", ("customer.example",), (), "HT-1")
ROUND = "round-the-clock"


def _agreed(*agreements: Agreement) -> Callable[[Settings], Settings]:
    return lambda settings: replace(
        settings,
        organisations=(CUSTOMER,),
        agreements=agreements,
        version="|".join(map(str, agreements)),
    )


def _changed(desk: Story, change: Callable[[Settings], Settings]) -> None:
    """An administrator edits the configuration and starts the desk again."""
    desk.settings = change(desk.settings)
    desk.restarts()


def _clock(desk: Story, kind: ClockKind) -> Clock:
    return {clock.kind: clock for clock in desk.dossier().clocks}[kind]


def _due(desk: Story, kind: ClockKind) -> datetime:
    return _clock(desk, kind).due_at.astimezone(ZONE).replace(second=0)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def test_the_customers_contract_says_how_long_it_may_take(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(
        change=_agreed(
            Agreement(contract="HT-1", calendar=ROUND, promises={3: Promise(30, 300)}),
        )
    )
    desk.printer_jam()
    assert (desk.incident().organisation, desk.incident().contract) == ("客户公司", "HT-1")
    assert _due(desk, ClockKind.RESPONSE) == _local("11-23 09:30")
    assert _due(desk, ClockKind.RESOLUTION) == _local("11-23 14:00")
    assert "14:00" in desk.li.reads("opened")
    desk.zhao.says("#分派 @刘洋")
    desk.turn()
    desk.at("09:31")
    desk.turn()
    assert desk.letters == {"zhao.min": ["escalation"], "zhou.lei": ["escalation"]}
    stranger = desk.person("路人", "someone@elsewhere.example")
    stranger.writes("打印机卡纸", "打印机卡纸了")
    desk.turn()
    assert desk.incident(2).contract == ""
    other = {clock.kind: clock for clock in desk.dossier(2).clocks}
    assert other[ClockKind.RESOLUTION].calendar == "working-time"


def test_another_category_brings_other_targets_and_keeps_the_pauses(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=_agreed(Agreement(category="network", promises={3: Promise(60, 480)})))
    desk.taken()
    assert _due(desk, ClockKind.RESOLUTION) == _local("11-26 09:00")
    desk.wang.answers("assigned", "#待用户 面板上写什么？")
    desk.turn()
    desk.at("11:00")
    desk.li.answers("question", "写着卡纸。")
    desk.turn()
    paused = _clock(desk, ClockKind.RESOLUTION).paused_minutes
    assert paused == pytest.approx(120, abs=1)
    desk.wang.answers("assigned", "#分类 network/lan 其实是网络问题")
    assert desk.turn() == ["commanded"]
    clock = _clock(desk, ClockKind.RESOLUTION)
    assert (clock.target_minutes, clock.paused_minutes) == (480, paused)
    # eight hours from nine and two of pause: Tuesday at eleven
    assert abs(_due(desk, ClockKind.RESOLUTION) - _local("11-24 11:00")) <= timedelta(minutes=1)


def test_what_pauses_is_agreed_too(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_agreed(Agreement(organisation="客户公司", pauses=frozenset())))
    desk.taken()
    desk.wang.answers("assigned", "#待用户 面板上写什么？")
    desk.turn()
    assert desk.incident().status is Status.PENDING_USER
    assert _clock(desk, ClockKind.RESOLUTION).running, "this customer's clock never pauses"
    _changed(desk, _agreed())
    desk.at("10:00")
    follow_configuration(desk.app.desk, desk.clock())
    assert _clock(desk, ClockKind.RESOLUTION).paused_since == desk.clock()


def test_a_changed_configuration_reaches_the_clocks_of_what_is_open(
    desk: Story,
) -> None:
    desk.settings = _agreed()(desk.settings)
    desk.restarts()
    desk.taken()
    follow_configuration(desk.app.desk, desk.clock())
    desk.wang.answers("assigned", "#待用户 面板上写什么？")
    desk.turn()
    desk.at("10:00", days=1)  # Tuesday
    desk.li.answers("question", "写着卡纸。")
    desk.turn()
    before = desk.fingerprint()
    assert follow_configuration(desk.app.desk, desk.clock()) == 0
    assert desk.fingerprint() == before, "nothing changed, nothing is done"

    # the house is closed on this Monday afternoon and on Wednesday, as is written down now
    closed = BusinessCalendar(
        "working-time",
        ZoneInfo("Asia/Shanghai"),
        WORKING_WEEK,
        holidays=[date(2026, 11, 24), date(2026, 11, 25)],
    )

    def closing(settings: Settings) -> Settings:
        calendars = {**settings.calendars, "working-time": closed}
        sla = replace(settings.sla, calendars=calendars)
        return replace(settings, calendars=calendars, sla=sla, version="closed")

    _changed(desk, closing)
    assert follow_configuration(desk.app.desk, desk.clock()) == 1
    clock = _clock(desk, ClockKind.RESOLUTION)
    # the pause from Monday nine to Tuesday ten was all of Monday: Tuesday is a day off now
    assert clock.paused_minutes == pytest.approx(450, abs=1)
    expected = closed.add(clock.started_at, 24 * 60 + clock.paused_minutes)
    assert clock.due_at == expected
    assert [kind for kind, _ in desk.steps()].count("clock") == 1
    assert "解决时限" in next(text for kind, text in desk.steps() if kind == "clock")
    assert follow_configuration(desk.app.desk, desk.clock()) == 0
    desk.now = expected.astimezone(ZONE) - timedelta(hours=7)
    desk.turn()
    assert _clock(desk, ClockKind.RESOLUTION).running


def test_the_configuration_is_followed_again_when_it_is_taken_back(
    desk_with: Callable[..., Story],
) -> None:
    strict = Agreement(contract="HT-1", promises={3: Promise(30, 60)})
    desk = desk_with(change=_agreed())
    desk.printer_jam()
    general = _due(desk, ClockKind.RESOLUTION)
    for agreements, due in (((strict,), _local("11-23 10:00")), ((), general)):
        desk.now += timedelta(minutes=1)
        _changed(desk, _agreed(*agreements))
        assert follow_configuration(desk.app.desk, desk.clock()) == 1
        assert _due(desk, ClockKind.RESOLUTION) == due


# ---- years that no list of holidays covers -----------------------------------------------------


def test_administrators_are_told_once_of_a_year_whose_holidays_nobody_knows(
    desk: Story,
) -> None:
    unknown = _first_unknown(desk)

    def look(year: int, month: int) -> bool:
        desk.now = SHANGHAI_MORNING.replace(year=year, month=month, day=1)
        told = watch_calendars(desk.app.desk, desk.now.astimezone(UTC))
        desk.turn()
        return told

    assert not look(unknown - 1, 11), "the notice is not out yet"
    assert desk.letters == {}
    assert look(unknown - 1, 12)
    assert desk.letters == {"sun.yue": ["calendar-uncovered"]}
    mail = desk.sun.reads("calendar-uncovered")
    for words in (str(unknown), "working-time", "covered", "doctor"):
        assert words in mail
    desk.restarts()
    assert not look(unknown - 1, 12)
    assert not look(unknown, 1), "once for each year"
    assert look(unknown, 12), "the next one is as unknown"
    assert desk.letters == {"sun.yue": ["calendar-uncovered"]}


def test_who_names_the_year_as_covered_is_left_alone(desk: Story) -> None:
    covered = BusinessCalendar("working-time", ZONE, WORKING_WEEK, covered_years={2026, 2027})
    _changed(
        desk,
        lambda settings: replace(
            settings,
            sla=replace(settings.sla, calendars={**settings.calendars, "working-time": covered}),
        ),
    )
    assert not watch_calendars(desk.app.desk, datetime(2026, 12, 1, tzinfo=UTC))
    assert watch_calendars(desk.app.desk, datetime(2028, 2, 1, tzinfo=UTC))


def _first_unknown(desk: Story) -> int:
    calendar = desk.settings.calendars["working-time"]
    return next(y for y in range(2026, 2100) if not calendar.covers(date(y, 1, 1)))
