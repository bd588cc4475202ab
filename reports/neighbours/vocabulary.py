"""Codes and fields of problems and changes in the reader's words."""

from __future__ import annotations

from reports.incident.vocabulary import Wordbook


class ProblemWords(Wordbook):
    """Says what stands in problems."""

    fields = "problem.field"
    coded_fields = {  # noqa: RUF012 - as read-only as the class's own
        "status": "problem.status",
        "source": "problem.source",
        "priority": "priority",
    }


class ChangeWords(Wordbook):
    """Says what stands in changes."""

    fields = "change.field"
    coded_fields = {"status": "change.status", "risk": "change.risk"}  # noqa: RUF012
