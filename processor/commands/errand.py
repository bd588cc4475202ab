"""One command on its way: what it needs, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from processor.commands.grammar import Order
from processor.domain.errors import Refusal
from processor.domain.events import Done, Event
from processor.domain.incident import Incident, Status
from processor.domain.lifecycle import roles_on
from processor.domain.message import Attachment
from processor.domain.people import Actor, Role
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Rest:
    """The free text of a mail beside its commands. Commands that lack words of their own take it;
    ``taken`` says whether any did."""

    text: str
    taken: bool = False

    def take(self) -> str:
        """The text, for a command that uses it."""
        self.taken = True
        return self.text


@dataclass(frozen=True, slots=True)
class Errand:
    """``order`` given by ``actor`` at ``at`` (aware), on ``incident`` where one is meant.

    ``rest`` is the free text of the mail; a command whose value is empty may take it.
    ``allowed`` names what the actor may do on an incident or, with None, without one;
    ``enclosed`` are the files of the mail.
    """

    work: UnitOfWork
    policy: Policy
    actor: Actor
    order: Order
    at: datetime
    incident: Incident | None
    rest: Rest
    allowed: Callable[[Actor, Incident | None], tuple[str, ...]]
    enclosed: tuple[Attachment, ...] = ()

    @property
    def on(self) -> Incident:
        """The incident; raises Refusal when the mail does not say which one."""
        if self.incident is None:
            raise Refusal("which_incident", keyword=self.order.keyword)
        return self.incident

    @property
    def value(self) -> str:
        """What stands behind the keyword, else the free text of the mail."""
        return self.order.value or self.note

    @property
    def note(self) -> str:
        """The free text of the mail, taken by this command."""
        return self.rest.take()


@dataclass(frozen=True, slots=True)
class Outcome:
    """``done`` is None where the events are the whole answer (a list, a report). ``opened`` is
    the incident that the command has just recorded."""

    done: Done | None
    events: list[Event] = field(default_factory=list)
    opened: Incident | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A keyword's meaning. ``roles`` may give it (empty: anyone); ``statuses`` says where it makes
    sense (None: everywhere), which the help lists and the domain enforces; ``alone`` commands
    need no incident; one that is not ``listed`` is only offered where it is asked for."""

    name: str
    run: Callable[[Errand], Outcome]
    roles: frozenset[Role] = frozenset()
    statuses: frozenset[Status] | None = None
    alone: bool = False
    listed: bool = True

    def open_to(self, actor: Actor, incident: Incident | None) -> bool:
        """Whether the actor's roles (and relation to the incident) allow it in any status."""
        if not self.roles:
            return True
        held = roles_on(incident, actor.person) if incident else actor.person.roles
        return bool(held & self.roles)

    def fits(self, incident: Incident | None) -> bool:
        """Whether it makes sense now."""
        if incident is None:
            return self.alone
        return self.statuses is None or incident.status in self.statuses


def done(errand: Errand, code: str, events: list[Event], **params: object) -> Outcome:
    """The usual outcome: the sentence ``done.<code>`` and the events."""
    return Outcome(Done(errand.order.keyword, code, params), events)
