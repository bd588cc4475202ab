"""Keywords of processes with fields and a checklist of their own (spec 1.9)."""

from __future__ import annotations

import re

from processor.commands.errand import Command, Errand, Outcome, done
from processor.commands.keywords import Synonyms
from processor.domain.errors import Refusal
from processor.domain.people import STAFF_ROLES
from processor.domain.profile import Profile, folded, labels_of
from processor.services import checklist, own_fields

_NAMED = re.compile(r"\s*(?P<name>[^:：=＝\n]{1,40}?)\s*(?:[:：=＝]\s*(?P<value>.*))?", re.DOTALL)
_MARK = r"\s*[#＃/／]\s*"
_LABELLED = re.compile(rf"{_MARK}(?P<label>[^:：\n]{{1,40}}?)\s*[:：]\s*(?P<rest>.*)")
_LED = re.compile(rf"{_MARK}(?P<label>\S{{1,40}})(?:\s+(?P<rest>.*))?")


def _field(errand: Errand) -> Outcome:
    incident = errand.on
    profile = errand.policy.profile(incident.profile)
    titles = tuple(one.titles for one in profile.fields)
    if not titles:
        raise Refusal("no_own_fields", number=incident.number)
    name, value = _split(errand.order.value, profile)
    field = profile.field_named(name)
    if field is None:
        raise Refusal("unknown_own_field", value=name or errand.order.value, items=titles)
    value = value or errand.note.strip()
    if not value:
        raise Refusal("text_missing")
    own_fields.fill(
        errand.work,
        errand.policy,
        incident,
        errand.actor,
        errand.at,
        {field.name: value},
        overwrite=True,
    )
    return done(errand, "field", [], number=incident.number, item=field.titles)


def _split(text: str, profile: Profile) -> tuple[str, str]:
    """``地点：三号车间``, and ``地点 三号车间`` where the words begin with a label."""
    hit = _NAMED.fullmatch(text)
    if hit and (hit["value"] is not None or profile.field_named(hit["name"])):
        return hit["name"], (hit["value"] or "").strip()
    labels = (word for one in profile.fields for many in one.labels.values() for word in many)
    for label in sorted(labels, key=len, reverse=True):
        head, rest = text[: len(label)], text[len(label) :]
        if head.casefold() == label.casefold() and rest[:1].isspace():
            return label, rest.strip()
    return text.strip(), ""


def _check(errand: Errand) -> Outcome:
    incident = errand.on
    words = errand.order.value or errand.note
    item, events = checklist.tick(
        errand.work, errand.policy, incident, errand.actor, errand.at, words
    )
    left = checklist.open_items(errand.work, errand.policy, incident)
    if not left:
        return done(errand, "check_last", events, number=incident.number, item=item.titles)
    items = tuple(one.titles for one in left)
    return done(errand, "check", events, number=incident.number, item=item.titles, items=items)


def spelled_out(text: str, profile: Profile, synonyms: Synonyms) -> str:
    """The text with ``#地点 三号车间`` written as ``#字段 地点：三号车间`` and ``#级别 二级`` as
    ``#优先级 二级``: labels of a process are keywords on its incidents. Those of commands come
    first."""
    if not (profile.fields or profile.grades) or not any(mark in text for mark in "#＃/／"):
        return text
    taken = {folded(w) for said in synonyms.values() for words in said.values() for w in words}
    return "\n".join(_spelled(line, profile, synonyms, taken) for line in text.splitlines())


def _spelled(line: str, profile: Profile, synonyms: Synonyms, taken: set[str]) -> str:
    graded = {folded(label) for label in labels_of((profile.grade_labels,))}
    for pattern in (_LABELLED, _LED):
        hit = pattern.fullmatch(line)
        if hit is None or folded(hit["label"]) in taken:
            continue
        rest = (hit["rest"] or "").strip()
        if profile.field_named(hit["label"]):
            return f"#{_keyword('field', synonyms)} {hit['label']}：{rest}"
        if folded(hit["label"]) in graded:
            return f"#{_keyword('priority', synonyms)} {rest}"
    return line


def _keyword(command: str, synonyms: Synonyms) -> str:
    said = synonyms.get(command, {})
    return next((word for words in said.values() for word in words), command)


COMMANDS = (
    Command("field", _field, STAFF_ROLES),
    Command("check", _check, STAFF_ROLES),
)
