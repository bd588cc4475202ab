"""From sound profile files to the domain's values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from processor.domain.escalation import ASSIGNEE, MANAGER
from processor.domain.form import FieldKind
from processor.domain.incident import Status
from processor.domain.people import Directory, Role
from processor.domain.priority import PriorityMatrix
from processor.domain.profile import (
    Chapter,
    ChecklistItem,
    Discretion,
    DutyRule,
    Grade,
    OwnField,
    Profile,
    Stage,
)
from processor.domain.sla import DESK, LEAD, SlaPolicy
from processor.settings.building import categories_of, targets_of
from processor.settings.schema.profiles import (
    ConfidentialEntry,
    DutyEntry,
    GradeEntry,
    OwnFieldEntry,
    ProfileFile,
)


def profile_of(
    name: str,
    file: ProfileFile,
    sla: SlaPolicy,
    directory: Directory,
    posts: Mapping[str, str],
) -> Profile:
    """The profile ``name``; ``sla`` is the desk's, which holds where the file says nothing."""
    return Profile(
        name=name,
        titles=dict(file.title),
        prefix=file.prefix,
        group=file.group,
        categories={one.code: one.title for one in categories_of(file.categories)},
        closure_codes={one.code: dict(one.title) for one in file.closure_codes},
        sla=_terms(file, sla),
        grade_labels=(
            {"zh": file.grade_labels.zh, "en": file.grade_labels.en} if file.grade_labels else {}
        ),
        grades=tuple(_grade(one) for one in file.grades),
        fields=tuple(_field(one) for one in file.fields),
        checklist=tuple(
            ChecklistItem(one.id, dict(one.title), one.also, frozenset(Role(r) for r in one.by))
            for one in file.checklist
        ),
        duties=tuple(_duty(one) for one in file.duties),
        discretion=(
            _discretion(file.confidential, directory, posts) if file.confidential else None
        ),
        investigated=file.investigated,
        wording={"zh": dict(file.wording.zh), "en": dict(file.wording.en)},
    )


def _terms(file: ProfileFile, sla: SlaPolicy) -> SlaPolicy | None:
    if file.targets is None and file.matrix is None:
        return None
    rows = file.matrix
    return replace(
        sla,
        targets=targets_of(file.targets) if file.targets else sla.targets,
        matrix=(
            PriorityMatrix((rows.impact_1, rows.impact_2, rows.impact_3, rows.impact_4))
            if rows
            else sla.matrix
        ),
    )


def _grade(entry: GradeEntry) -> Grade:
    return Grade(
        name=entry.id,
        labels={"zh": entry.zh, "en": entry.en},
        priority=entry.priority,
        tell=entry.tell,
        group=entry.group,
        major=entry.major,
    )


def _field(entry: OwnFieldEntry) -> OwnField:
    return OwnField(
        name=entry.id,
        labels={"zh": entry.zh, "en": entry.en},
        kind=FieldKind(entry.kind),
        required=Stage(entry.required) if entry.required else None,
        chapter=Chapter(entry.chapter or ("people" if entry.kind == "person" else "overview")),
    )


def _duty(entry: DutyEntry) -> DutyRule:
    return DutyRule(
        name=entry.id,
        titles=dict(entry.title),
        minutes=entry.within,
        owner=entry.owner,
        status=None if entry.since == "recording" else Status(entry.since),
        calendar=entry.calendar,
        grades=frozenset(entry.grades),
        remind=entry.remind,
    )


def _discretion(
    entry: ConfidentialEntry, directory: Directory, posts: Mapping[str, str]
) -> Discretion:
    return Discretion(
        style=entry.style,
        cleared=frozenset(_addresses(entry, directory, posts)),
        patterns=entry.names,
    )


def _addresses(
    entry: ConfidentialEntry, directory: Directory, posts: Mapping[str, str]
) -> Iterator[str]:
    cleared = entry.cleared
    for name in cleared.groups:
        group = directory.groups.get(name)
        if group is not None and group.address:
            yield group.address.lower()
        for person in directory.members(name):
            yield from (person.address.lower(), *(one.lower() for one in person.aliases))
    for post in cleared.posts:
        role = {MANAGER: Role.MANAGER, DESK: Role.DESK, LEAD: Role.LEAD}.get(post)
        if role is not None:
            yield from (person.address.lower() for person in directory.with_role(role))
        elif post != ASSIGNEE and post in posts:
            yield posts[post].lower()
    for address in cleared.people:
        known = directory.find(address)
        yield address.lower()
        if known is not None:
            yield from (known.address.lower(), *(one.lower() for one in known.aliases))
