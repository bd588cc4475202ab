"""Fields that only one process records (spec 1.9): filled in, journalled, asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.form import Titles
from processor.domain.incident import Incident, JournalEntry
from processor.domain.own_fields import people_in, told_in
from processor.domain.people import Actor
from processor.domain.profile import OwnField, Profile, Stage
from processor.services import discretion
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def begin(
    work: UnitOfWork,
    profile: Profile,
    incident: Incident,
    values: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> tuple[Titles, ...]:
    """Keep what was reported, and give back what the process asks for and was not. Nothing is
    refused for that: what happened is recorded first."""
    if profile.fields:
        _keep(work, profile, incident, {}, values, actor, at)
    discretion.remember(
        work, profile, incident, incident.subject, incident.symptom, names=(incident.reporter_name,)
    )
    needed = profile.required_by(Stage.RECORDING)
    return tuple(one.titles for one in needed if not values.get(one.name))


def fill(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    values: Mapping[str, str],
    *,
    overwrite: bool,
) -> tuple[OwnField, ...]:
    """Set fields by name; with ``overwrite`` also those that say something already. Returns the
    ones that changed."""
    profile = policy.profile(incident.profile)
    before = work.own.fields(incident.number)
    changed = {
        name: value
        for name, value in values.items()
        if value and value != before.get(name) and (overwrite or not before.get(name))
    }
    known = {one.name: one for one in profile.fields}
    changed = {name: value for name, value in changed.items() if name in known}
    _keep(work, profile, incident, before, changed, actor, at)
    return tuple(known[name] for name in changed)


def note(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    text: str,
    *,
    overwrite: bool,
) -> tuple[OwnField, ...]:
    """What a mail says in labelled lines; names that it brings are remembered."""
    profile = policy.profile(incident.profile)
    if not profile.fields and profile.discretion is None:
        return ()
    discretion.remember(work, profile, incident, text)
    values = told_in(text, profile)
    return fill(work, policy, incident, actor, at, values, overwrite=overwrite)


def complete(work: UnitOfWork, policy: Policy, incident: Incident, stage: Stage) -> None:
    """Raises Refusal ``own_fields_missing`` while the process lacks a field for that stage."""
    needed = policy.profile(incident.profile).required_by(stage)
    if not needed:
        return
    filled = work.own.fields(incident.number)
    lacking = tuple(one.titles for one in needed if not filled.get(one.name))
    if lacking:
        raise Refusal("own_fields_missing", number=incident.number, items=lacking)


def _keep(
    work: UnitOfWork,
    profile: Profile,
    incident: Incident,
    before: Mapping[str, str],
    values: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> None:
    if not values:
        return
    work.own.fill(incident.number, values)
    for name, value in values.items():
        work.journal.add(
            incident.number,
            JournalEntry(
                at=at,
                actor=actor.address,
                kind="field",
                via=actor.via,
                field=name,
                old=before.get(name),
                new=value,
            ),
        )
    discretion.remember(work, profile, incident, *values.values(), names=people_in(values, profile))
