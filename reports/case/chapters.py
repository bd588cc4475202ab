"""What people wrote into the fields of a process, by chapter of the investigation report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from processor.domain.profile import Chapter, Profile
from reports.case.case import Case
from reports.case.impact import Labelled
from reports.incident.vocabulary import Vocabulary
from reports.word.plain_text import block, line

_OF_THE_RECORD = {
    Chapter.COURSE: ("symptom",),
    Chapter.PRIMARY: ("cause",),
    Chapter.CORRECTIVE: ("action", "solution"),
}
"""Fields that every process has and that belong into a chapter as well."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """``good``: somebody said that it is so; ``bad``: nobody did."""

    title: str
    result: str
    who: str
    when: str
    remark: str
    good: bool
    bad: bool


def chapters(case: Case, profile: Profile, vocabulary: Vocabulary) -> dict[Chapter, list[Labelled]]:
    """Chapter → its fields with what was written into them; an empty one says so."""
    return {one: list(_rows(case, profile, one, vocabulary)) for one in Chapter}


def _rows(
    case: Case, profile: Profile, chapter: Chapter, vocabulary: Vocabulary
) -> Iterator[Labelled]:
    own = dict(case.dossier.own)
    language, cut = vocabulary.words.language, vocabulary.say("cut")
    told = set()
    for one in profile.fields:
        if one.chapter is chapter:
            text = block(own.get(one.name, ""), cut)
            told.add(text)
            label = line(one.titles.get(language, one.name))
            yield Labelled(label, text or vocabulary.say("unwritten"))
    for name in _OF_THE_RECORD.get(chapter, ()):
        text = block(str(getattr(case.dossier.incident, name)), cut)
        if text not in told and (text or not told):
            yield Labelled(vocabulary.field_name(name), text or vocabulary.say("unwritten"))


def checklist(case: Case, profile: Profile, vocabulary: Vocabulary) -> list[CheckRow]:
    """Every item of the process's list, ticked or not."""
    ticked = {one.item: one for one in case.dossier.ticked}
    rows = []
    for item in profile.checklist:
        tick = ticked.get(item.name)
        title = line(item.titles.get(vocabulary.words.language, item.name))
        rows.append(
            CheckRow(
                title=title,
                result=vocabulary.say("check.done" if tick else "check.open"),
                who=vocabulary.person(tick.actor) if tick else vocabulary.empty,
                when=vocabulary.moments.moment(tick.at if tick else None),
                remark=(block(tick.text) if tick else "") or vocabulary.empty,
                good=tick is not None,
                bad=tick is None,
            )
        )
    return rows
