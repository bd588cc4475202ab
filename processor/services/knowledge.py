"""Knowledge (seed 3.3, 8.8; spec 1.8): candidates from archived solutions, publishing, retiring,
and what came of each article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_knowledge import CandidateOffered
from processor.domain.incident import Incident, Status
from processor.domain.knowledge import EVERYBODY, Article, ArticleStatus
from processor.domain.numbering import RecordKind, find_numbers, number, series
from processor.domain.people import Actor
from processor.services import association
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "knowledge"
_SOLVED = frozenset({Status.RESOLVED, Status.PENDING_REVIEW, Status.CLOSED})
_NEEDED = ("title", "symptom", "solution")
_PREFIX = f"{RecordKind.KNOWLEDGE.value}-"
_LONGEST_SYMPTOM = 2_000  # characters of a report that an article begins with


def numbers_in(text: str) -> tuple[str, ...]:
    """Numbers of articles that a text names."""
    return tuple(one for one in find_numbers(text) if one.startswith(_PREFIX))


def next_number(work: UnitOfWork, policy: Policy, at: datetime) -> str:
    """The number of a new article."""
    line = series(RecordKind.KNOWLEDGE, at, policy.zone)
    return number(line, work.numbers.next(line))


def on_archiving(work: UnitOfWork, policy: Policy, incident: Incident, at: datetime) -> None:
    """A solved and archived incident becomes a candidate, unless it was solved by what is written
    already. The service desk is asked a little later: what is reopened at once was not solved."""
    settings = policy.association.settings.knowledge
    if not settings.candidates or not incident.solution or incident.knowledge_used:
        return
    if incident.confidential or incident.drill or work.knowledge.of_incident(incident.number):
        return
    work.knowledge.add(_drafted(work, policy, incident, at))
    due = at + timedelta(minutes=settings.candidate_after)
    work.timers.put(incident.number, TIMER, {"candidate": due})


def ring(
    work: UnitOfWork,
    _policy: Policy,
    number: str,
    _name: str,
    actor: Actor,
    at: datetime,
) -> list[Event]:
    """The desk is asked whether to publish, if the incident is still archived."""
    incident = work.incidents.get(number, lock=False)
    article = work.knowledge.of_incident(number)
    if incident is None or incident.status is not Status.CLOSED or article is None:
        return []
    if article.status is not ArticleStatus.CANDIDATE:
        return []
    frozen = replace(incident)
    return [CandidateOffered(at=at, actor=actor.person, incident=frozen, article=article)]


def publish(
    work: UnitOfWork,
    policy: Policy,
    named: str,
    incident: Incident | None,
    said: Mapping[str, str],
    at: datetime,
    *,
    everybody: bool,
) -> Article:
    """发布: the article ``named``, else the one of ``incident``, which is written of its solution
    where there is none yet. ``said`` replaces what it says, field by field. Raises Refusal."""
    article = _meant(work, named, incident)
    if article is None:
        if incident is None:
            raise Refusal("kb_which")
        if incident.confidential:
            raise Refusal("kb_confidential", number=incident.number)
        if incident.status not in _SOLVED or not incident.solution:
            raise Refusal("kb_not_solved", number=incident.number, status=incident.status)
        article = _drafted(work, policy, incident, at)
        work.knowledge.add(article)
    for name, text in said.items():
        setattr(article, name, text)
    missing = [name for name in _NEEDED if not str(getattr(article, name)).strip()]
    if missing:
        raise Refusal("kb_incomplete", missing=missing)
    article.status = ArticleStatus.PUBLISHED
    if everybody:
        article.audience = EVERYBODY
    work.knowledge.save(article)
    return article


def retire(work: UnitOfWork, named: str, incident: Incident | None) -> Article:
    """停用: it is not suggested any more; whoever names it still finds it. Raises Refusal."""
    article = _meant(work, named, incident)
    if article is None:
        raise Refusal("kb_which")
    article.status = ArticleStatus.RETIRED
    work.knowledge.save(article)
    return article


def on_solving(work: UnitOfWork, policy: Policy, incident: Incident, text: str) -> None:
    """Whoever solves by knowledge names its number: it is kept on the record, and counted. The
    solution itself can be searched for from now on. Raises Refusal for a number that nobody has.
    """
    used = tuple(dict.fromkeys(numbers_in(text)))
    for one in used:
        if work.knowledge.get(one) is None:
            raise Refusal("unknown_article", number=one)
    before = numbers_in(incident.knowledge_used)
    for one in used:
        if one not in before:
            work.knowledge.count(one, used=1)
    if used:
        incident.knowledge_used = ", ".join(dict.fromkeys((*before, *used)))
    association.on_solving(work, policy.association, incident)


def on_confirming(work: UnitOfWork, incident: Incident, *, taken_back: bool = False) -> None:
    """The reporter confirmed what was solved by knowledge, or takes that back."""
    for one in numbers_in(incident.knowledge_used):
        work.knowledge.count(one, helped=-1 if taken_back else 1)


def _meant(work: UnitOfWork, named: str, incident: Incident | None) -> Article | None:
    if named:
        article = work.knowledge.get(named)
        if article is None:
            raise Refusal("unknown_article", number=named)
        return article
    return work.knowledge.of_incident(incident.number) if incident is not None else None


def _drafted(work: UnitOfWork, policy: Policy, incident: Incident, at: datetime) -> Article:
    return Article(
        number=next_number(work, policy, at),
        status=ArticleStatus.CANDIDATE,
        written_at=at,
        title=incident.subject,
        symptom=incident.symptom[:_LONGEST_SYMPTOM],
        cause=incident.cause,
        solution=incident.solution,
        language=incident.language,
        category=incident.category,
        source_number=incident.number,
    )
