"""Callbacks (回访): the service desk asks the reporter after closing (seed 4.5.3)."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event, Rated
from processor.domain.incident import Incident, Status
from processor.domain.people import Actor
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def called(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    *,
    result: str,
    score: int | None,
    text: str,
) -> list[Event]:
    """Note what came of a call: ``result`` is "reached" or "not_reached". A score that the reporter
    tells on the phone counts where he gave none himself."""
    if incident.status is not Status.CLOSED:
        raise Refusal("call_too_early", number=incident.number, status=incident.status)
    said = f"{result}: {text}" if text else result
    word = policy.say(policy.language, f"callback.{result}")
    told = policy.say(policy.language, "callback.told", result=word, text=text) if text else word
    incident.callback_result = told
    rated = score is not None and incident.satisfaction is None
    if rated:
        incident.satisfaction = score
    work.overviews.called(incident.number, at, actor.address, said)
    step(work, incident, actor, at, "callback", text)
    frozen = keep(work, incident, actor, at)
    return [Rated(at=at, actor=actor.person, incident=frozen)] if rated else []
