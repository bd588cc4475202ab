"""For random incidents and downtimes each round is held at most once a day, on working days alone,
never before its time, and what was not held is remembered as skipped."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.domain.rounds import due_between
from processor.jobs.rounds import run_rounds
from tests.journeys.desk import ZONE, Story

LISTS = {"unsolved": "unsolved-list", "customers": "open-states"}
LOOKS = st.lists(
    st.tuples(
        st.sampled_from([1, 7, 25, 31, 90, 600, 1_440, 3_000, 6_000]),  # minutes to the next look
        st.booleans(),  # whether the process is started anew
        st.booleans(),  # whether another incident is reported
    ),
    min_size=3,
    max_size=12,
)


@given(looks=LOOKS, begin=st.integers(min_value=0, max_value=20))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_at_most_once_a_day_and_on_working_days_alone(
    looks: list[tuple[int, bool, bool]], begin: int
) -> None:
    with TemporaryDirectory() as folder, Story(Path(folder)) as desk:
        # the weeks around the National Day holiday: days off, and Saturdays that are worked
        desk.now = desk.now.replace(month=9, day=18) + timedelta(days=begin)
        desk.printer_jam()
        for minutes, anew, reported in looks:
            desk.now += timedelta(minutes=minutes)
            if anew:
                desk.restarts()
            if reported:
                desk.li.writes("键盘坏了", "空格键按不动")
            desk.turn()
            run_rounds(desk.app.desk, desk.clock())
        desk.turn()
        calendar = desk.app.desk.policy.sla.calendars["working-time"]
        for plan in desk.app.desk.policy.rounds.plans:
            if plan.name not in LISTS:
                continue
            kind = LISTS[plan.name]
            days = [
                _sent_at(str(mail["Date"])).astimezone(ZONE)
                for mail in desk.sent()
                if mail["X-Postdesk-Event"] == kind
            ]
            dates = [one.date() for one in days]
            assert len(dates) == len(set(dates)), (plan.name, dates)
            assert all(calendar.working_day(day) for day in dates)
            for one in days:
                moment = plan.moment(one.date(), calendar, ZONE)
                assert moment is not None
                assert one >= moment
            _all_accounted_for(desk, plan.name, dates)


def _all_accounted_for(desk: Story, name: str, held: list[date]) -> None:
    """Between two that were held, every working day was skipped and says so."""
    policy = desk.app.desk.policy
    plan = policy.rounds.named(name)
    assert plan is not None
    if len(held) < 2:
        return
    calendar = policy.sla.calendars["working-time"]
    end = datetime.combine(held[-1], datetime.max.time(), ZONE).astimezone(UTC)
    due = [one.day for one in due_between(plan, calendar, ZONE, held[0], end)]
    with desk.app.store.read() as work:
        for day in due:
            skipped = work.jobs.last(f"skipped/{name}/{day.isoformat()}") is not None
            assert skipped is (day not in held), (name, day)


def _sent_at(text: str) -> datetime:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(text)
