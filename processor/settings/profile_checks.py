"""What is wrong with profiles beyond their shape: prefixes that two share, grades that no duty
can have, patterns that find no names, targets that fit no grade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from processor.domain.numbering import SERVICE_REQUEST, RecordKind
from processor.settings.documents import Document
from processor.settings.faults import ConfigFault, nearest
from processor.settings.references import walk
from processor.settings.rule_files import complaint

_TAKEN = frozenset({SERVICE_REQUEST, *(kind.value for kind in RecordKind)})
_NAME_GROUP = re.compile(r"\(\?P?<name>")


def profile_checks(documents: Mapping[str, Document]) -> Iterator[ConfigFault]:
    """Every fault of ``config/profiles/*.yaml`` that takes more than one value to see."""
    first: dict[str, str] = {}
    for name, document in documents.items():
        if not name.startswith("profiles/"):
            continue
        data = document.data if isinstance(document.data, dict) else {}
        prefix = data.get("prefix")
        if isinstance(prefix, str):
            owner = "postdesk" if prefix in _TAKEN else first.setdefault(prefix, name)
            if owner != name:
                yield document.fault(
                    ("prefix",), "prefix_taken", "other_prefix", value=prefix, detail=owner
                )
        yield from _grades(document)
        for path, pattern in walk(data, "confidential.names.*"):
            if not isinstance(pattern, str):
                continue
            wrong = complaint(pattern)
            if wrong:
                yield document.fault(
                    path, "bad_pattern", "mend_pattern", value=pattern[:60], detail=wrong
                )
            elif not _NAME_GROUP.search(pattern):
                yield document.fault(path, "no_name_group", "capture_field", value="name")


def _grades(document: Document) -> Iterator[ConfigFault]:
    known = [str(one) for _, one in walk(document.data, "grades.*.id")]
    for path, grade in walk(document.data, "duties.*.grades.*"):
        if isinstance(grade, str) and grade not in known:
            near = nearest(grade, known)
            yield document.fault(
                path,
                "unknown_own_grade",
                "did_you_mean" if near else "one_of" if known else "",
                value=grade,
                expected=tuple(known),
                nearest=near,
            )
