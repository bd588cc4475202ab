"""Literal texts that a pattern cannot match without: what lets most patterns be spared.

Reads the RE2 syntax only as far as is sure; where it is not, nothing is promised.
"""

from __future__ import annotations

from functools import lru_cache

from processor.rules.reading import folded

_STOPS = frozenset(".^$")
_SHORTEST = 2  # characters below which a literal tells too little

Needed = frozenset[str] | None


@lru_cache(maxsize=8192)  # a reload, a replay, a check read the same patterns again
def literals_of(pattern: str) -> Needed:
    """Folded texts of which at least one is in every folded text that the (widened) pattern
    matches; None where that is not known."""
    if "\\Q" in pattern or "(?x" in pattern:
        return None
    reader = _Reader(pattern)
    needed = reader.alternatives()
    return needed if reader.at == len(pattern) else None


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self) -> Needed:
        """Branches up to a closing bracket or the end: each must promise something."""
        branches = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence())
        if any(branch is None for branch in branches):
            return None
        return frozenset().union(*(branch for branch in branches if branch is not None))

    def sequence(self) -> Needed:
        """One branch: the best promise of its parts is enough."""
        promises: list[frozenset[str]] = []
        run = ""
        while self.peek() not in ("", "|", ")"):
            literal, group = self.atom()
            optional, repeated = self.quantifier()
            if literal and not optional:
                run += literal
            if group is not None and not optional:
                promises.append(group)
            if not literal or optional or repeated:
                promises += _promise(run)
                run = ""
        promises += _promise(run)
        return max(promises, key=lambda found: (min(map(len, found)), -len(found)), default=None)

    def atom(self) -> tuple[str, Needed]:
        """The next part: a literal character, or what a group promises."""
        sign = self.peek()
        self.at += 1
        if sign == "(":
            return "", self.group()
        if sign == "[":
            self.bracket()
            return "", None
        if sign == "\\":
            escaped = self.peek()
            self.at += 1
            if escaped in ("p", "P"):
                braced = self.peek() == "{"
                self.at = (self.pattern.find("}", self.at) if braced else self.at) + 1
            if escaped == "x" or escaped.isdecimal():
                self.at = len(self.pattern) + 1  # not worth reading: nothing is promised
            return ("" if escaped.isalnum() else escaped), None
        if sign in _STOPS or sign.isspace():
            return "", None
        return sign, None

    def group(self) -> Needed:
        if self.peek() == "?":
            end = self.at
            while end < len(self.pattern) and self.pattern[end] not in ":>)":
                end += 1
            self.at = end
            if self.peek() != ")":
                self.at += 1
        needed = self.alternatives()
        if self.peek() == ")":
            self.at += 1
        return needed

    def bracket(self) -> None:
        """Over a character class; ``]`` right after the opening is one of its characters."""
        if self.peek() == "^":
            self.at += 1
        if self.peek() == "]":
            self.at += 1
        while self.peek() not in ("]", ""):
            if self.pattern.startswith("[:", self.at):
                self.at = self.pattern.find(":]", self.at) + 1 or len(self.pattern)
            self.at += 2 if self.peek() == "\\" else 1
        self.at += 1

    def quantifier(self) -> tuple[bool, bool]:
        """Whether the atom before may be missing, and whether it may come more than once."""
        sign = self.peek()
        if sign not in ("*", "+", "?", "{"):
            return False, False
        optional = sign in ("*", "?")
        if sign == "{":
            optional = self.pattern[self.at + 1 : self.at + 2] in ("0", ",")
            self.at = self.pattern.find("}", self.at)
            if self.at < 0:
                self.at = len(self.pattern) + 1
                return True, True
        self.at += 1
        while self.peek() in ("?", "+", "*"):
            optional = optional or self.peek() != "+"
            self.at += 1
        return optional, True

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]


def _promise(run: str) -> list[frozenset[str]]:
    text = folded(run)
    return [frozenset({text})] if len(text) >= _SHORTEST else []
