"""The keywords of knowledge (spec 3): publish and retire articles, and search."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processor.commands.errand import Command, Errand, Outcome, done
from processor.domain.association import Columns
from processor.domain.errors import Refusal
from processor.domain.events import FoundAsked
from processor.domain.people import STAFF_ROLES, Role
from processor.rules.reading import folded
from processor.services import knowledge, searching
from processor.services.columns import field_named

_LABEL = re.compile(r"\s*([^\s:：][^:：\n]{0,19}?)\s*[:：]\s*(.*)")
_EDITABLE = frozenset({"title", "symptom", "cause", "solution", "category", "language"})


def _kb(errand: Errand) -> Outcome:
    settings = errand.policy.association.settings.knowledge
    first, _, rest = errand.order.value.partition("\n")
    named = (knowledge.numbers_in(first) or ("",))[0]
    if _says(first, settings.retire):
        article = knowledge.retire(errand.work, named, errand.incident)
        return done(errand, "kb_retired", [], number=article.number, title=article.title)
    if not _says(first, settings.publish):
        raise Refusal("kb_what")
    article = knowledge.publish(
        errand.work,
        errand.policy,
        named,
        errand.incident,
        read_article(rest, settings.columns),
        errand.at,
        everybody=_says(first, settings.everybody),
    )
    return done(errand, "kb", [], number=article.number, title=article.title)


def _says(text: str, words: Sequence[str]) -> bool:
    plain = folded(text)
    return any(_stands_in(folded(word), plain) for word in words)


def _stands_in(word: str, text: str) -> bool:
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None


def read_article(text: str, columns: Columns) -> dict[str, str]:
    """Lines ``title: …``, ``symptom: …``: what an article is to say; a line without a label goes
    on with the one before."""
    said: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        label = _LABEL.match(line)
        field = field_named(label.group(1), columns) if label else ""
        if label and field in _EDITABLE:
            name = field
            said[name] = label.group(2).strip()
        elif name:
            said[name] = f"{said[name]}\n{line.rstrip()}".strip()
    return said


def _find(errand: Errand) -> Outcome:
    words = " ".join(errand.value.split())
    if not words:
        raise Refusal("find_what")
    asker = errand.actor.person
    found, items = searching.find(errand.work, errand.policy, words, asker)
    return Outcome(
        None, [FoundAsked(at=errand.at, actor=asker, words=words, found=found, items=items)]
    )


COMMANDS = (
    Command("kb", _kb, frozenset({Role.DESK}), alone=True),
    Command("find", _find, STAFF_ROLES, alone=True),
)
