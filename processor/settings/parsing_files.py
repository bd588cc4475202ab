"""``config/parsing.yaml``: what its schema cannot see, and the domain's values of it."""

from __future__ import annotations

from collections.abc import Iterator

from processor.domain.habits import Habits, ReadingExample, ReadingPolicy, label_key
from processor.settings.documents import Document
from processor.settings.faults import ConfigFault
from processor.settings.references import repeated, walk
from processor.settings.rule_files import complaint
from processor.settings.schema.parsing import FieldLabels, Habit, ParsingFile
from processor.settings.yaml_nodes import Path

_HABITS = ("subject_tags", "quote_heads", "signatures")
_LABELS = ("fields.*.zh.*", "fields.*.en.*", "fields.*.more.*.*")


def parsing_faults(document: Document) -> Iterator[ConfigFault]:
    """Names and labels given twice, patterns that RE2 does not take or that match everything."""
    for kind in _HABITS:
        yield from repeated(document, (f"{kind}.*.name",), "name_twice")
        for path, pattern in walk(document.data, f"{kind}.*.pattern"):
            if not isinstance(pattern, str) or not pattern.strip():
                continue
            wrong = complaint(pattern)
            if wrong:
                yield document.fault(
                    path, "bad_pattern", "mend_pattern", value=pattern, detail=wrong
                )
            elif _matches_nothing(pattern):
                yield document.fault(path, "empty_pattern", "narrow_pattern", value=pattern)
    seen: dict[str, tuple[str, Path]] = {}
    for labels in _LABELS:
        for path, label in walk(document.data, labels):
            if not isinstance(label, str):
                continue
            name, first = seen.setdefault(label_key(label), (str(path[1]), path))
            if name != path[1]:
                line = str(document.place(first)[0])
                yield document.fault(path, "label_twice", "keep_one", value=label, detail=line)


def _matches_nothing(pattern: str) -> bool:
    """Whether the pattern is found in an empty line: then it is found in every line."""
    import re2

    return re2.search(pattern, "") is not None


def reading_of(file: ParsingFile, place: str) -> ReadingPolicy:
    """From a sound file, called ``place``, to the domain's values."""
    return ReadingPolicy(
        habits=Habits(
            subject_tags=_patterns(file.subject_tags),
            quote_heads=_patterns(file.quote_heads),
            signatures=_patterns(file.signatures),
        ),
        labels={str(name): _labels(entry) for name, entry in file.fields.items()},
        examples=tuple(
            ReadingExample(
                one.subject,
                one.body,
                {str(name): value for name, value in one.expect.items()},
                f"{place} examples[{ordinal}]",
            )
            for ordinal, one in enumerate(file.examples)
        ),
    )


def _patterns(habits: tuple[Habit, ...]) -> tuple[str, ...]:
    return tuple(habit.pattern for habit in habits)


def _labels(entry: FieldLabels) -> tuple[str, ...]:
    return (*entry.zh, *entry.en, *(word for words in entry.more.values() for word in words))
