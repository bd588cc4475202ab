"""What is wrong with a configuration, where, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from processor.domain.wording import Words


@dataclass(frozen=True, slots=True)
class ConfigFault:
    """``file`` is relative to the home; ``line`` and ``column`` count from 1 (0: the file as a
    whole). ``problem`` and ``remedy`` name sentences (``fault.problem.…``, ``fault.remedy.…``);
    ``value`` is what stands there, ``expected`` what would be right, ``nearest`` the valid name
    that was probably meant; ``key`` is the dotted path in the file; ``detail`` is a library's
    own word."""

    file: str
    line: int
    column: int
    value: str
    problem: str
    remedy: str = ""
    expected: tuple[str, ...] = ()
    nearest: str = ""
    key: str = ""
    detail: str = ""

    @property
    def place(self) -> str:
        """``config/sla.yaml:7:3``, as editors understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def told(self, words: Words) -> str:
        """One line: where, what, and what to do."""
        filled = {
            "entry": self.key,
            "value": self.value,
            "expected": words.say("fault.or").join(self._named(words)),
            "nearest": self.nearest,
            "detail": self.detail,
        }
        said = words.say(f"fault.problem.{self.problem}", **filled)
        remedy = words.say(f"fault.remedy.{self.remedy}", **filled) if self.remedy else ""
        return words.say("fault.line", place=self.place, problem=said, remedy=remedy).rstrip()

    def _named(self, words: Words) -> list[str]:
        """Kinds of values (``@duration``) in words, names as they are."""
        return [
            words.say(f"fault.kind.{one[1:]}") if one.startswith("@") else one
            for one in self.expected
        ]


class ConfigFaults(Exception):
    """A configuration that cannot come into force; ``faults`` in order of file and line."""

    def __init__(self, faults: Iterable[ConfigFault]) -> None:
        self.faults = sorted(faults, key=lambda f: (f.file, f.line, f.column, f.problem))
        super().__init__("; ".join(f"{f.place} {f.problem} {f.value}" for f in self.faults))


def nearest(value: str, names: Iterable[str]) -> str:
    """The name that ``value`` was probably meant to be; "" when none is near."""
    from rapidfuzz import fuzz, process, utils  # heavy, and only faults need it

    best = process.extractOne(
        value, list(names), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=60
    )
    return str(best[0]) if best else ""
