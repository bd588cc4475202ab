"""What happened to forms: asked for, taken in, given back."""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.events import Event
from processor.domain.form import BlankForm, ReturnedForm
from processor.domain.incident import Clock, Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsAsked(Event):
    """Somebody wants blank forms."""

    forms: tuple[BlankForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsReturned(Event):
    """Forms that could not be taken, each with what is wrong in it."""

    forms: tuple[ReturnedForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTaken(Event):
    """A form whose ``incidents`` were recorded, told to who handed it in where the first letters
    go to somebody else or would be many."""

    title: str
    incidents: tuple[tuple[Incident, tuple[Clock, ...]], ...] = ()
    reporter: str = ""
