"""Buttons whose command is written whole: merge with what is near, publish, discard."""

from __future__ import annotations

from processor.domain import events as e
from processor.domain.events_knowledge import CandidateOffered
from processor.domain.knowledge import Article
from processor.replies.action_links import Action, ActionLinks, Answering
from processor.replies.addressing import Audience
from processor.replies.letters import Letter

_WHOLE = 900  # characters of a text that a link carries: mail programs cut long ones


def actions(letter: Letter, links: ActionLinks, answering: Answering) -> tuple[Action, ...]:
    """What was found offers more than the status does."""
    event = letter.event
    if letter.audience is not Audience.STAFF:
        return ()
    if isinstance(event, CandidateOffered):
        return _publishing(event.article, links, answering)
    like = event.like if isinstance(event, e.Opened | e.Dispatched) else None
    if like is None or not like.duplicate_of:
        return ()
    label = links.words.say("association.merge", number=like.duplicate_of)
    return (links.prepared(answering, "duplicate", like.duplicate_of, label),)


def _publishing(article: Article, links: ActionLinks, answering: Answering) -> tuple[Action, ...]:
    say = links.words.say
    publish, retire = say("association.word.publish"), say("association.word.retire")
    everybody = say("association.word.everybody")
    lines = "".join(
        f"\n{say(f'association.article.{name}')}{say('association.colon')}{text[:_WHOLE]}"
        for name in ("title", "symptom", "cause", "solution")
        if (text := str(getattr(article, name)))
    )
    one = article.number
    return (
        links.prepared(answering, "kb", f"{publish} {one}", say("association.publish"), main=True),
        links.prepared(
            answering, "kb", f"{publish} {one} {everybody}", say("association.publish_to_all")
        ),
        links.prepared(
            answering,
            "kb",
            f"{publish} {one}",
            say("association.publish_edited"),
            more=lines,
            hint=say("association.publish_edited_hint"),
        ),
        links.prepared(answering, "kb", f"{retire} {one}", say("association.drop")),
    )
