"""What a profile adds to a letter: its own fields, its checklist, what it still asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from processor.domain import events as e
from processor.domain.incident import Status
from processor.domain.lifecycle import roles_on
from processor.domain.profile import Profile
from processor.domain.wording import Words
from processor.replies.action_links import Action, ActionLinks, Answering
from processor.replies.addressing import Audience
from processor.replies.insight import shortened
from processor.replies.letters import Letter
from processor.replies.view import Fact, MailView

_TICKING = frozenset({"review-ask"})  # whose reader is asked to tick
_STAGES = frozenset({Status.RESOLVED, Status.PENDING_REVIEW})
_LONGEST = 600  # characters of a field in the table


class OwnView:
    """For one reader of one language; ``words`` and ``links`` are the profile's."""

    def __init__(
        self, profile: Profile, words: Words, links: ActionLinks, answering: Answering
    ) -> None:
        self._profile = profile
        self._words = words
        self._links = links
        self._answering = answering

    def facts(self, letter: Letter, *, whole: bool) -> list[Fact]:
        """The fields that are filled in, and the checklist once it counts: for the team alone."""
        incident = letter.incident
        if letter.audience is not Audience.STAFF or incident is None or not whole:
            return []
        values, language = dict(letter.own), self._words.language
        rows = [
            Fact(one.titles[language], shortened(values[one.name], _LONGEST))
            for one in self._profile.fields
            if values.get(one.name)
        ]
        if letter.kind in _TICKING or incident.status in _STAGES:
            rows += [
                Fact(
                    self._words.say("mail.fact.checklist"),
                    self._words.say(
                        "mail.ticked" if one.name in letter.ticked else "mail.unticked",
                        item=one.titles[language],
                    ),
                    "quiet" if one.name in letter.ticked else "",
                )
                for one in self._profile.checklist
            ]
        return rows

    def with_items(self, letter: Letter, actions: Sequence[Action]) -> tuple[Action, ...]:
        """The buttons, those of items that are not yet ticked first."""
        incident = letter.incident
        if letter.kind not in _TICKING or incident is None:
            return tuple(actions)
        held = roles_on(incident, letter.recipient)
        items = tuple(
            self._links.item(self._answering, "check", one.titles[self._words.language])
            for one in self._profile.checklist
            if one.name not in letter.ticked and (not one.by or one.by & held)
        )
        return (*items, *actions)

    def completed(self, view: MailView, letter: Letter) -> MailView:
        """The first letter asks for what the process needs and the report did not say."""
        event = letter.event
        if not isinstance(event, e.Opened) or letter.audience is not Audience.REPORTER:
            return view
        labels = [one.get(self._words.language, "") for one in event.missing]
        if not labels:
            return view
        said = self._words.say("mail.comma").join(labels)
        ask = self._words.say("mail.lacking", items=said)
        action = self._links.asked(self._answering, labels)
        return replace(
            view,
            extra={**view.extra, "missing": ask},
            actions=(replace(action, main=True), *view.actions),
        )
