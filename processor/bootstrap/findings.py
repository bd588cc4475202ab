"""What a check of `doctor` says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from processor.domain.wording import Words

RESERVED = re.compile(r"[@.](example\.(com|net|org)|example|test|invalid|localhost)$")
"""Ends of addresses that nobody has (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: ``code`` names its sentences (``cli.doctor.<code>`` and, when it is not
    ``well``, ``cli.doctor.<code>_remedy``). A ``bearable`` one is a warning."""

    code: str
    well: bool
    params: dict[str, object] = field(default_factory=dict)
    bearable: bool = False

    def told(self, words: Words) -> str:
        """One line for people."""
        mark = "✓" if self.well else "!" if self.bearable else "✗"
        line = f"{mark} {words.say(f'cli.doctor.{self.code}', **self.params)}".rstrip()
        if self.well:
            return line
        return f"{line}\n    → {words.say(f'cli.doctor.{self.code}_remedy', **self.params)}"

    def as_dict(self, words: Words) -> dict[str, Any]:
        """For scripts."""
        return {
            "check": self.code,
            "well": self.well,
            "warning": not self.well and self.bearable,
            "told": self.told(words),
        }
