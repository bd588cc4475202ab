"""What comes again, what is told alike, and what should become a problem."""

from __future__ import annotations

from reports.analysis.clusters import Cluster, clusters
from reports.analysis.repeated import Repeated, repeated
from reports.press.inquiry import Chapter, Inquiry, Row
from reports.word.plain_text import line

_MOST = 12
_ALL = 100_000  # pairs of item and category
_CANDIDATE = 3  # repeats from which a problem is worth its while
_SUBJECT = 60


def recurrence(inquiry: Inquiry) -> Chapter:
    """Repeats by item and category, clusters of like subjects, candidates for problems."""
    again = repeated(inquiry.work.connection, inquiry.selection, most=_ALL)
    alike = clusters(inquiry.work.connection, inquiry.selection, most=_MOST)
    candidates = [one for one in again if one.repeats >= _CANDIDATE and not one.problems]
    return Chapter(
        prose={
            "repeats": _of_repeats(inquiry, again),
            "clusters": [inquiry.say("clusters" if alike else "clusters_none")],
            "candidates": [
                inquiry.say("candidates", count=len(candidates), least=_CANDIDATE)
                if candidates
                else inquiry.say("candidates_none", least=_CANDIDATE)
            ],
        },
        tables={
            "repeats": [_repeated(inquiry, one) for one in again[:_MOST]],
            "clusters": [_cluster(inquiry, one) for one in alike],
            "candidates": [_repeated(inquiry, one) for one in candidates[:_MOST]],
        },
    )


def _of_repeats(inquiry: Inquiry, again: tuple[Repeated, ...]) -> list[str]:
    days = inquiry.selection.repeat_days
    if not again:
        return [inquiry.say("repeats_none", days=days)]
    total = sum(one.repeats for one in again)
    return [inquiry.say("repeats", days=days, pairs=f"{len(again):,}", count=f"{total:,}")]


def _repeated(inquiry: Inquiry, one: Repeated) -> Row:
    return {
        "ci": line(one.ci, 40),
        "category": inquiry.naming.category(one.category),
        "received": f"{one.received:,}",
        "repeats": f"{one.repeats:,}",
        "problems": f"{one.problems:,}",
    }


def _cluster(inquiry: Inquiry, one: Cluster) -> Row:
    comma = inquiry.words.say("report.separator")
    categories = comma.join(inquiry.naming.category_end(code) for code, _ in one.categories)
    return {
        "subject": line(one.subject, _SUBJECT),
        "times": f"{one.count:,}",
        "categories": categories or inquiry.words.say("report.empty"),
        "named": line(comma.join(name for name, _ in one.items), 60)
        or inquiry.words.say("report.empty"),
    }
