"""From ``config/emergency.yaml`` to the domain's values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from processor.domain import emergency as domain
from processor.domain.duty import Reminders
from processor.domain.people import Directory, Role
from processor.settings.schema import emergency as schema


def emergency_of(
    file: schema.EmergencyFile, posts: Mapping[str, str], directory: Directory
) -> domain.EmergencyPolicy:
    """``posts`` maps posts outside the desk to their addresses. Rosters are looked up here."""
    asked, report = file.confirm, file.report
    spans = (file.intervals.p1, file.intervals.p2, file.intervals.p3, file.intervals.p4)
    return domain.EmergencyPolicy(
        asks=bool(asked.grades and asked.profiles),
        scope=_scope(asked.grades, (), asked.profiles),
        confirm_within=_span(asked.within),
        silence_tells=posts.get(asked.silence_tells, ""),
        denied_priority=asked.denied_priority,
        commander=file.commander or "",
        intervals={grade: _span(span) for grade, span in enumerate(spans, start=1)},
        rosters=tuple(
            domain.Roster(
                name=one.name,
                members=tuple(
                    found for member in one.members for found in _members(member, posts, directory)
                ),
                scope=_scope(one.grades, one.categories, one.profiles),
            )
            for one in file.rosters
        ),
        ack_reminders=tuple(_span(span) for span in file.ack_reminders),
        notices=tuple(
            domain.Notice(
                to=dict(one.title),
                within=_span(one.within),
                owner=one.owner or "",
                scope=_scope(one.grades, one.categories, one.profiles),
            )
            for one in file.notices
        ),
        report_within=_span(report.within),
        report_words=tuple(word.casefold() for word in report.words),
        notice_reminders=reminders_of(file.notice_reminders),
        report_reminders=reminders_of(report.reminders),
        measure_reminders=reminders_of(file.measure_reminders),
        reporters=frozenset(map(domain.ReporterNews, file.tell_reporters)),
    )


def _members(
    member: schema.Member, posts: Mapping[str, str], directory: Directory
) -> Iterator[domain.Member]:
    """Those who are meant; of a group its shared address, where it has one."""
    if member.role:
        addresses = [one.address for one in directory.with_role(Role(member.role))]
    elif member.group:
        group = directory.groups.get(member.group)
        shared = group.address if group else ""
        addresses = [shared] if shared else [p.address for p in directory.members(member.group)]
    else:
        addresses = [posts.get(member.post, "") or member.address or ""]
    for address in filter(None, addresses):
        yield domain.Member(address.lower(), member.name, member.language)


def reminders_of(entry: schema.Reminders) -> Reminders:
    """When somebody is told of what he owes."""
    return Reminders(
        before=tuple(_span(span) for span in entry.before),
        every=_span(entry.every or 0),
        times=entry.times if entry.every else 0,
    )


def _scope(
    grades: tuple[int, ...], categories: tuple[str, ...], profiles: tuple[str, ...]
) -> domain.Scope:
    return domain.Scope(frozenset(grades), categories, frozenset(profiles))


def _span(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)
