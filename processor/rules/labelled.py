"""Labelled lines of a report fill fields: ``故障现象：打不开``, ``Phone: 8123``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from processor.domain.habits import LABELLED, LONG, label_key

_LINE = re.compile(
    r"[\s\-*·•>]*(?:[【\[(（])?(?P<label>[^:：\n】\])）]{1,40}?)[】\])）]?\s*[:：]\s*(?P<value>.*)"
)
_LONGEST = {name: 2_000 if name in LONG else 200 for name in LABELLED}


class Labels:
    """Knows the labels of one configuration. A label names one field."""

    def __init__(self, labels: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._field_of = {
            label_key(label): (name, label)
            for name, many in (labels or {}).items()
            for label in many
        }

    def told(self, text: str) -> dict[str, tuple[str, str]]:
        """Field → value and the label that stood before it; the first one stands. A long field
        goes on below until an empty line or another label."""
        found: dict[str, tuple[str, str]] = {}
        if not self._field_of or (":" not in text and "：" not in text):
            return found
        running = ""
        for line in text.splitlines():
            hit = _LINE.match(line)
            named = self._field_of.get(label_key(hit["label"])) if hit else None
            if hit and named:
                name, label = named
                value = hit["value"].strip()
                running = name if name in LONG and name not in found else ""
                if (value or running) and name not in found:
                    found[name] = (value, label)
            elif running and line.strip() and not hit:
                value, label = found[running]
                found[running] = (f"{value}\n{line.strip()}".strip(), label)
            else:
                running = ""
        return {
            name: (value[: _LONGEST[name]], label)
            for name, (value, label) in found.items()
            if value
        }


NO_LABELS = Labels()
