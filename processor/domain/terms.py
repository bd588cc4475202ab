"""Terms: what two texts are compared by. Latin words in their base form, pairs of Chinese signs.

A pair of neighbouring signs is what a Chinese word has in common with every longer word around
it, whatever a dictionary would cut; no dictionary is needed and none grows old.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MOST = 24
"""Terms that one text is known by: the subject's come first, so that a long mail is still what it
says it is."""
_READ = 1_200  # characters of a text that are looked at
_CJK = "\u3400-\u9fff\uf900-\ufaff"
_PIECE = re.compile(rf"[{_CJK}]+|[a-z0-9\u00e0-\u024f]+(?:[._-][a-z0-9\u00e0-\u024f]+)*")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_LONGEST_NUMBER = 6  # digits: longer ones are telephones, dates and records
_ENDINGS = (("ies", "y", 5), ("ing", "", 6), ("ed", "", 5), ("es", "", 6), ("s", "", 4))


@dataclass(frozen=True, slots=True)
class Term:
    """``key`` is what is stored and compared: 32 bits, signed. ``joined``: its first sign is the
    last one of the term before."""

    word: str
    key: int
    joined: bool = False


class Vocabulary:
    """Cuts texts into terms, all but those that the administrator's ``stop_words`` leave out."""

    def __init__(self, stop_words: Iterable[str] = ()) -> None:
        folded = {_folded(word) for word in stop_words} - {""}
        self._stopped = frozenset(base(word) for word in folded if word.isascii())
        signs = sorted((w for w in folded if not w.isascii()), key=len, reverse=True)
        self._idle = re.compile("|".join(map(re.escape, signs))) if signs else None

    def terms(self, subject: str, text: str = "", most: int = MOST) -> tuple[tuple[Term, ...], int]:
        """The first ``most`` different terms, in order, and how many of them are the subject's."""
        seen: dict[int, Term] = {}
        self._take(subject, seen, most)
        titled = len(seen)
        if titled < most:
            self._take(text[:_READ], seen, most)
        return tuple(seen.values()), titled

    def _take(self, text: str, seen: dict[int, Term], most: int) -> None:
        plain = _folded(text)
        if self._idle is not None:
            plain = self._idle.sub(" ", plain)
        for piece in _PIECE.findall(plain):
            if piece[0] >= "\u3400":
                for at in range(len(piece) - 1):
                    pair = piece[at : at + 2]
                    key = key_of(pair)
                    if key not in seen:
                        seen[key] = Term(pair, key, at > 0)
            elif (word := base(piece)) not in self._stopped and _tells(word):
                key = key_of(word)
                if key not in seen:
                    seen[key] = Term(word, key)
            if len(seen) >= most:
                for surplus in list(seen)[most:]:
                    del seen[surplus]
                return


@lru_cache(maxsize=65_536)
def key_of(word: str) -> int:
    """The stored form of a term."""
    return zlib.crc32(word.encode("utf-8", "replace")) - 0x8000_0000


@lru_cache(maxsize=16_384)
def base(word: str) -> str:
    """An English word without its most common endings; anything else as it is."""
    if not word.isalpha() or not word.isascii():
        return word
    for ending, instead, shortest in _ENDINGS:
        if len(word) >= shortest and word.endswith(ending) and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


def _folded(text: str) -> str:
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=16_384)
def _tells(word: str) -> bool:
    """Whether a Latin word or a number tells anything: no single letter, no date, no telephone."""
    if len(word) < 2:
        return False
    digits = sum(sign.isdigit() for sign in word)
    if digits == 0 or _IP.fullmatch(word):
        return True
    if digits == len(word):
        return 3 <= digits <= _LONGEST_NUMBER
    return digits <= _LONGEST_NUMBER or (any(sign.isalpha() for sign in word) and digits < 8)


def phrases(terms: Sequence[Term], shared: Iterable[int]) -> tuple[str, ...]:
    """The words of the terms that are ``shared``, neighbouring pairs put together again."""
    both = set(shared)
    said: list[str] = []
    before = False
    for term in terms:
        here = term.key in both
        if here and term.joined and before:
            said[-1] += term.word[1:]
        elif here:
            said.append(term.word)
        before = here
    return tuple(dict.fromkeys(said))
