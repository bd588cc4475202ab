"""The change list 变更清单: what was asked for, decided and carried out in a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from processor.domain.change import OUTCOMES, Change, ChangeStatus
from processor.domain.wording import Words
from processor.store.unit_of_work import UnitOfWork
from reports.documents.asking import letterhead
from reports.documents.registry import Printed, Request
from reports.letterhead import Letterhead
from reports.neighbours.rows import change_rows
from reports.neighbours.vocabulary import ChangeWords
from reports.periods import Period
from reports.word.plain_text import line
from reports.word.printing import WordTemplate

_UNDONE = (ChangeStatus.FAILED, ChangeStatus.BACKED_OUT)


def change_list(
    changes: Sequence[Change], period: Period, head: Letterhead, template: Path
) -> bytes:
    """The Word document on ``changes``, which are all that were not over before ``period``. The
    same arguments give the same bytes. Raises TemplateFault."""
    words = ChangeWords(head.people, head.words, head.moments, head.titles)
    named = period.name(head.words)
    subject = head.about(named)
    title = head.say("kind.changes")
    fields: dict[str, object] = {
        **head.fields(),
        "subject": subject,
        "intro": list(_sentences(changes, period, words, head)),
        "changes": change_rows(changes, words),
        "undone": change_rows([one for one in changes if one.status in _UNDONE], words),
        "waiting": change_rows(
            [one for one in changes if one.status is ChangeStatus.REQUESTED], words
        ),
    }
    return WordTemplate(template).print(
        fields,
        title=f"{title} {subject}",
        subject=subject,
        author=line(head.organisation),
        now=head.now,
    )


def _sentences(
    changes: Sequence[Change], period: Period, words: ChangeWords, head: Letterhead
) -> Iterator[str]:
    named = period.name(head.words)
    if not changes:
        yield head.say("changes_intro.none", period=named)
        return
    raised = sum(1 for one in changes if period.covers(one.raised_at))
    ended = [one for one in changes if one.ended_at and period.covers(one.ended_at)]
    yield head.say("changes_intro.counts", period=named, raised=raised, ended=len(ended))
    carried = [one for one in ended if one.status in OUTCOMES]
    if carried:
        done = sum(1 for one in carried if one.status is ChangeStatus.DONE)
        share = f"{done / len(carried):.0%}"
        yield head.say("changes_intro.success", done=done, all=len(carried), share=share)
    waiting = Counter(one.status for one in changes if one.open)
    for status in sorted(waiting):
        yield head.say(
            "changes_intro.open", status=words.value("status", status), count=waiting[status]
        )


def print_changes(work: UnitOfWork, words: Words, template: Path, request: Request) -> Printed:
    """See :data:`reports.documents.registry.Printer`."""
    if request.period is None:
        raise ValueError("a document of a period needs one")
    changes = work.changes.alive(request.span())
    head = letterhead(words, request)
    name = head.file_name("changes", request.period.name(words))
    return Printed(name, change_list(changes, request.period, head, template))
