"""The keywords of the grammar as text is compared with them: any case, any width.

Matching works on a folded line whose every character remembers where it stood, so that what
follows a keyword is taken from the line as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from processor.domain.numbering import PATTERN

Synonyms = Mapping[str, Mapping[str, Sequence[str]]]

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")  # one sign each
_PATHLIKE = "/\\.'+&=<>"
_MIN_NEAR = 4  # Latin letters: shorter keywords have too many neighbours
_FAR = 7  # letters from which two slips are forgiven


@dataclass(frozen=True, slots=True)
class Folded:
    """``text``: NFKC, one case, without invisible characters; ``origin[i]`` is where character
    i of it comes from in the line (one more entry: the line's end)."""

    text: str
    origin: tuple[int, ...]

    @classmethod
    def of(cls, line: str) -> Folded:
        """The line folded, each sign with its place in ``line``."""
        if line.isascii():
            return cls(line.casefold(), tuple(range(len(line) + 1)))
        signs: list[str] = []
        origin: list[int] = []
        for position, sign in enumerate(line):
            plain = _plain(sign)
            signs.append(plain)
            origin += [position] * len(plain)
        return cls("".join(signs), (*origin, len(line)))


@lru_cache(maxsize=8192)
def _plain(sign: str) -> str:
    """One character folded; "" for zero-width blanks and direction marks."""
    if unicodedata.category(sign) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", sign).casefold().translate(_DASHES)


@dataclass(frozen=True, slots=True)
class Hit:
    """Keyword ``written`` stands for command ``name`` and ends at ``end`` of the folded text."""

    name: str
    written: str
    end: int


class Keywords:
    """All keywords of all commands, longest first. ``numbers`` matches a record's number, and
    ``numbered`` one behind a keyword with what separates it."""

    def __init__(
        self, pairs: Iterable[tuple[str, str]], numbers: re.Pattern[str] = PATTERN
    ) -> None:
        self.numbers = numbers
        self.numbered = re.compile(rf"[\s:,;\[(]*(?:{numbers.pattern})[\s\])]*", re.IGNORECASE)
        self._names: dict[str, str] = {}
        self._written: dict[str, str] = {}
        for name, word in pairs:
            key = _key(word)
            if key:
                self._names.setdefault(key, name)
                self._written.setdefault(key, word.strip())
        longest = sorted(self._names, key=len, reverse=True)
        self._start = re.compile(
            "|".join(r"[\s_-]*".join(map(re.escape, key.split(" "))) for key in longest) or r"(?!)"
        )
        self._latin = [key for key in longest if key.isascii() and len(key) >= _MIN_NEAR]
        self._chinese = [key for key in longest if not key.isascii() and len(key) > 1]

    def at(self, text: str, start: int) -> Hit | None:
        """The longest keyword at ``start`` of a folded text that ends where a word ends."""
        found = self._start.match(text, start)
        while found:
            end = found.end()
            if _ends(text, end):
                key = _key(found.group())
                key = key if key in self._names else self._squeezed(key)
                return Hit(self._names[key], text[start:end], end)
            found = self._start.match(text, start, end - 1)  # a shorter one may end a word
        return None

    def _squeezed(self, key: str) -> str:
        """``waituser`` for ``wait user``."""
        bare = re.sub(r"[\s_-]", "", key)
        return next(k for k in self._names if re.sub(r"[\s_-]", "", k) == bare)

    def nearest(self, words: Sequence[str]) -> tuple[str, int] | None:
        """The keyword, as configured, that the first of the folded ``words`` miss by a slip, and
        how many of them; None when no keyword is near enough to have been meant."""
        for count in range(min(3, len(words)), 0, -1):
            token = _key(" ".join(words[:count]))
            if any(sign in _PATHLIKE for sign in token):
                continue
            keys, slips = (self._latin, _slips(token)) if token.isascii() else (self._chinese, 1)
            best = _closest(token, keys, slips)
            if best:
                return self._written[best], count
        return None

    def glued(self, token: str) -> str | None:
        """The Chinese keyword that ``token`` begins with, its value not set off from it."""
        best = next((key for key in self._chinese if token.startswith(key)), None)
        return self._written[best] if best else None


def keywords_of(synonyms: Synonyms, numbers: re.Pattern[str] = PATTERN) -> Keywords:
    """Compiled once per set of synonyms, which does not change once it was asked with: the one
    asked for last is known again by its identity, without reading all of it for each line."""
    global _latest
    known, keywords = _latest
    if known is not synonyms or keywords.numbers is not numbers:
        keywords = _compiled_of(synonyms, numbers)
        _latest = (synonyms, keywords)
    return keywords


def _compiled_of(synonyms: Synonyms, numbers: re.Pattern[str]) -> Keywords:
    return _compiled(
        tuple(
            (name, word)
            for name, languages in synonyms.items()
            for words in languages.values()
            for word in words
        ),
        numbers,
    )


@lru_cache(maxsize=8)
def _compiled(pairs: tuple[tuple[str, str], ...], numbers: re.Pattern[str]) -> Keywords:
    return Keywords(pairs, numbers)


_latest: tuple[Synonyms, Keywords] = ({}, Keywords(()))


def _key(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", Folded.of(word).text).strip()


def _slips(token: str) -> int:
    return 2 if len(token) >= _FAR else 1


def _closest(token: str, keys: Sequence[str], slips: int) -> str | None:
    near = [(OSA.distance(token, key, score_cutoff=slips), key) for key in keys]
    distance, key = min(near, default=(slips + 1, ""))
    return key if distance <= slips else None


def cjk(sign: str) -> bool:
    """A character of scripts written without blanks between words."""
    return "\u2e80" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or sign >= "\U00020000"


def _ends(text: str, end: int) -> bool:
    """Whether a keyword that ends here ends a word: ``评分5`` does, ``解决方案`` does not, and
    neither do ``status/`` and ``help.txt``."""
    if end >= len(text):
        return True
    last, following = text[end - 1], text[end]
    if following in ".'" and end + 1 < len(text) and text[end + 1].isalnum():
        return False
    if following in "/\\_-+=<(":
        return False
    return not following.isalnum() or cjk(last) is not cjk(following)
