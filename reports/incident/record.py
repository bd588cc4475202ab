"""Every field of the record (seed 6.1, 事件信息项) as text, under its own name."""

from __future__ import annotations

from dataclasses import dataclass, fields

from processor.domain.incident import Dossier, Incident
from reports.incident.vocabulary import Vocabulary
from reports.word.plain_text import block

_MARKS = ("major", "drill", "confidential")


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A field that only the record's process has."""

    label: str
    text: str


def own_rows(dossier: Dossier, vocabulary: Vocabulary) -> list[OwnRow]:
    """What was filled in of the fields of its process."""
    cut = vocabulary.say("cut")
    return [
        OwnRow(vocabulary.field_name(name), block(value, cut))
        for name, value in dossier.own
        if value
    ]


def record(incident: Incident, vocabulary: Vocabulary) -> dict[str, str]:
    """Field name → what to print; never empty: what is not known is the sign for it.

    Beside the record's own fields: ``service`` (主动/被动服务), ``reporter`` (name, else address)
    and ``marks`` (major, drill, confidential).
    """
    texts = {
        field.name: vocabulary.value(field.name, getattr(incident, field.name))
        for field in fields(incident)
        if field.name != "id"  # a row's key says nothing to anybody
    }
    texts["service"] = vocabulary.say(
        "service.active" if incident.active_service else "service.passive"
    )
    texts["reporter"] = vocabulary.person(incident.reporter_address)
    marks = [vocabulary.say(f"mark.{name}") for name in _MARKS if getattr(incident, name)]
    texts["marks"] = vocabulary.say("separator").join(marks) or vocabulary.empty
    if not incident.effort_minutes:
        texts["effort_minutes"] = vocabulary.empty
    return texts
