"""What each line of a mail is held to be, and the new words that remain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from processor.parsing import signatures


class Label(StrEnum):
    """What one line of a mail is held to be."""

    NEW = "new"
    QUOTE = "quote"
    HEAD = "head"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The labels of all lines and why; whether a quote was cut that no line of it shows."""

    lines: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    reasons: tuple[str, ...] = ()
    cut_unmarked: bool = False

    @property
    def quoted(self) -> bool:
        """Whether anything was held to be a quote."""
        return Label.QUOTE in self.labels or Label.HEAD in self.labels

    def text(self) -> str:
        """The new words; empty lines at either end and rules left alone are dropped."""
        kept: list[str] = []
        gap = False
        for line, label in zip(self.lines, self.labels, strict=True):
            if label is Label.NEW:
                if gap and kept and kept[-1].strip() and line.strip():
                    kept.append("")
                kept.append(line)
                gap = False
            else:
                gap = True
        return _trimmed(kept)


def _trimmed(lines: list[str]) -> str:
    begin, end = 0, len(lines)
    while begin < end and not lines[begin].strip():
        begin += 1
    while end > begin and (not lines[end - 1].strip() or signatures.is_rule(lines[end - 1])):
        end -= 1
    return "\n".join(lines[begin:end]).strip("\n").rstrip()
