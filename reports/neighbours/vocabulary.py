"""Codes and fields of problems and changes in the reader's words."""

from __future__ import annotations

from types import MappingProxyType

from reports.incident.vocabulary import Wordbook


class ProblemWords(Wordbook):
    """Says what stands in problems."""

    fields = "problem.field"
    coded_fields = MappingProxyType(
        {"status": "problem.status", "source": "problem.source", "priority": "priority"}
    )


class ChangeWords(Wordbook):
    """Says what stands in changes."""

    fields = "change.field"
    coded_fields = MappingProxyType({"status": "change.status", "risk": "change.risk"})
