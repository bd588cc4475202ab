"""The process document 流程文件: one process as it is configured, for who audits or learns it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from processor.domain.lifecycle import MOVES
from processor.domain.people import Group
from processor.domain.profile import Profile
from processor.domain.sla import SlaPolicy
from reports.incident.vocabulary import Wordbook
from reports.letterhead import Letterhead
from reports.word.plain_text import capital, line
from reports.word.printing import WordTemplate
from reports.working_hours import working_hours

_GRADES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Process:
    """What is in force for one process: ``sla`` its targets and timetable, ``keywords`` maps
    commands to what people write, ``groups`` are those who work in it."""

    profile: Profile
    sla: SlaPolicy
    keywords: Mapping[str, str]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of up to six cells; what a table has no column for is empty."""

    c1: str
    c2: str = ""
    c3: str = ""
    c4: str = ""
    c5: str = ""
    c6: str = ""


def process_document(process: Process, head: Letterhead, template: Path) -> bytes:
    """The Word document about ``process``. The same arguments give the same bytes. Raises
    TemplateFault, naming template, place and field."""
    words = Wordbook(head.people, head.words, head.moments, head.titles)
    profile, language = process.profile, head.words.language
    name = line(profile.titles.get(language, profile.name))
    fields: dict[str, object] = {
        **head.fields(),
        "subject": name,
        "prefix": profile.prefix,
        "grades": list(_grades(profile, words)),
        "matrix": list(_matrix(process.sla, words)),
        "targets": list(_targets(process.sla, words)),
        "timetable": list(_timetable(process.sla, words)),
        "moves": list(_moves(process.keywords, words)),
        "categories": [
            Cells(line(words.category(code)), code) for code in sorted(profile.categories)
        ],
        "closure_codes": [
            Cells(line(titles.get(language, code)), code)
            for code, titles in profile.closure_codes.items()
        ],
        "own": list(_fields(profile, words)),
        "checklist": list(_checklist(profile, words)),
        "duties": list(_duties(profile, words)),
        "groups": list(_groups(process.groups, words)),
    }
    title = head.say("kind.process")
    return WordTemplate(template).print(
        fields,
        title=f"{title} {name}",
        subject=name,
        author=line(head.organisation),
        now=head.now,
    )


def _grades(profile: Profile, words: Wordbook) -> Iterator[Cells]:
    separator, language = words.say("separator"), words.words.language
    for one in profile.grades:
        told = separator.join(words.coded("post", post) for post in one.tell)
        group = words.group(one.group) if one.group else words.empty
        priority = words.value("priority", one.priority)
        yield Cells(line(one.titles[language]), priority, group, capital(told) or words.empty)


def _matrix(sla: SlaPolicy, words: Wordbook) -> Iterator[Cells]:
    for impact in _GRADES:
        cells = [f"P{sla.matrix.priority(impact, urgency)}" for urgency in _GRADES]
        yield Cells(words.value("impact", impact), *cells)


def _targets(sla: SlaPolicy, words: Wordbook) -> Iterator[Cells]:
    for priority, target in sorted(sla.targets.items()):
        yield Cells(
            words.value("priority", priority),
            words.moments.working(target.response_minutes),
            words.moments.working(target.resolution_minutes),
            working_hours(sla.calendars[target.calendar], words.words),
        )


def _timetable(sla: SlaPolicy, words: Wordbook) -> Iterator[Cells]:
    separator = words.say("separator")
    for priority, steps in sorted(sla.timetable.items()):
        for share, post in sorted(steps.items()):
            yield Cells(
                words.value("priority", priority),
                words.coded("clock", "resolution"),
                f"{share}%",
                capital(words.coded("post", post)),
            )
    for share, posts in sorted(sla.unanswered.items()):
        told = separator.join(words.coded("post", post) for post in posts)
        clock = words.coded("clock", "response")
        yield Cells(words.say("all"), clock, f"{share}%", capital(told))


def _moves(keywords: Mapping[str, str], words: Wordbook) -> Iterator[Cells]:
    separator = words.say("separator")
    for move in MOVES:
        who = separator.join(words.coded("role", role) for role in sorted(move.by))
        yield Cells(
            words.value("status", move.source),
            words.value("status", move.target),
            capital(who),
            line(keywords.get(move.keyword, words.empty)),
        )


def _fields(profile: Profile, words: Wordbook) -> Iterator[Cells]:
    for one in profile.fields:
        stage = words.say(f"stage.{one.required}") if one.required else words.empty
        chapter = words.say(f"chapter.{one.chapter}")
        yield Cells(line(one.titles[words.words.language]), stage, chapter)


def _checklist(profile: Profile, words: Wordbook) -> Iterator[Cells]:
    separator, language = words.say("separator"), words.words.language
    for one in profile.checklist:
        who = separator.join(words.coded("role", role) for role in sorted(one.by))
        yield Cells(line(one.titles[language]), capital(who) or words.say("team"))


def _duties(profile: Profile, words: Wordbook) -> Iterator[Cells]:
    separator, language = words.say("separator"), words.words.language
    grades = {one.name: one.titles[language] for one in profile.grades}
    for one in profile.duties:
        since = words.value("status", one.status) if one.status else words.say("stage.recording")
        which = separator.join(grades.get(name, name) for name in sorted(one.grades))
        yield Cells(
            line(one.titles[language]),
            since,
            words.moments.working(one.minutes),
            capital(words.coded("post", one.owner)),
            which or words.say("all"),
        )


def _groups(groups: tuple[Group, ...], words: Wordbook) -> Iterator[Cells]:
    separator = words.say("separator")
    for one in groups:
        members = separator.join(words.person(address) for address in one.members)
        yield Cells(
            words.group(one.name),
            words.coded("report.line", one.line),
            words.person(one.lead) if one.lead else words.empty,
            members or words.empty,
        )
