"""Captions are numbered in the order in which they came out, whatever was left out or moved."""

from __future__ import annotations

from collections import Counter

from docx.document import Document

from reports.word.fields import fields


def number_captions(document: Document) -> None:
    """Give every ``SEQ`` field of the body its number. Word keeps them right from there on."""
    counted: Counter[str] = Counter()
    for field in fields(document.element.body):
        words = field.code.split()
        if len(words) > 1 and words[0].upper() == "SEQ":
            counted[words[1]] += 1
            field.show(str(counted[words[1]]))
