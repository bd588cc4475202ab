"""The words that forms put beside their fields, compared as people read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from processor.domain.form import FormField, FormSpec
from processor.forms.marks import fold

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕")
_NUMBERING = re.compile(r"^\s*(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、．):]\s*)+")
_EDGES = " \t\n:：*＊.。;；?？_"
_LONGEST = 80
_LATIN = re.compile(r"[a-z][a-z' /-]*")


def bare(text: str) -> str:
    """A label without its numbering, remarks in brackets, stars and colon; folded."""
    if len(text) > _LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text)
    plain = _NUMBERING.sub("", _ASIDE.sub("", plain)).strip(_EDGES)
    return fold(plain)


class LabelBook:
    """The labels of one form: which field or column each text stands for, in which language."""

    def __init__(self, form: FormSpec) -> None:
        self.fields = _book(form.fields)
        self.columns = _book(form.table.columns) if form.table else {}
        self.headings = frozenset(
            fold(title) for section in form.sections for title in section.title.values()
        )
        words = sorted({label for f in form.fields for label in _all_labels(f)}, key=len)
        parts = "|".join(_loosely(word) for word in reversed(words) if word)
        self._inline = re.compile(
            rf"(?:^|(?<=[\s,，;；。、|]))(?:[\d一二三四五六七八九十]{{1,2}}[.、)）]\s*)?[*＊]?\s*"
            rf"(?P<label>{parts or '(?!)'})\s*(?:[(（][^()（）]{{0,30}}[)）])?\s*[*＊]?\s*[:：]",
            re.IGNORECASE,
        )

    def field(self, text: str) -> tuple[str, str] | None:
        """(field, language) of a text that is nothing but a label."""
        return _look_up(self.fields, text)

    def column(self, text: str) -> tuple[str, str] | None:
        """(column, language) of the head of a column."""
        return _look_up(self.columns, text)

    def inline(self, text: str) -> Iterator[tuple[str, str, str]]:
        """(field, language, value) of every ``label: value`` in a text; a value ends where the
        next label begins."""
        hits = list(self._inline.finditer(text))
        for at, hit in enumerate(hits):
            found = self.fields.get(bare(hit["label"]))
            if found:
                end = hits[at + 1].start() if at + 1 < len(hits) else len(text)
                yield *found, text[hit.end() : end].strip(" \t\n,，;；|")


@lru_cache(maxsize=64)
def book_of(form: FormSpec) -> LabelBook:
    """The labels of ``form``, made once."""
    return LabelBook(form)


def _all_labels(field: FormField) -> Sequence[str]:
    return [label for labels in field.labels.values() for label in labels]


def _book(fields: Iterable[FormField]) -> dict[str, tuple[str, str]]:
    book: dict[str, tuple[str, str]] = {}
    for one in fields:
        for language, labels in one.labels.items():
            for label in labels:
                book.setdefault(bare(label), (one.name, language))
    book.pop("", None)
    return book


def _look_up(book: dict[str, tuple[str, str]], text: str) -> tuple[str, str] | None:
    found = book.get(bare(text))
    if found or not text or len(text) > _LONGEST:
        return found
    first, _, rest = text.strip().partition("\n")
    if rest and first.rstrip()[-1:] not in (":", "：") and (found := book.get(bare(first))):
        return found  # a remark stands below the label; behind a colon it would be the value
    plain = unicodedata.normalize("NFKC", text).casefold()
    latin = " ".join(_LATIN.findall(plain))
    other = _LATIN.sub(" ", plain)
    if latin.strip() and other.strip():  # in both languages: 报告人 Reporter
        return book.get(bare(other)) or book.get(bare(latin))
    return None


def _loosely(label: str) -> str:
    """A label as a pattern: Chinese ones are set with blanks between their signs."""
    plain = unicodedata.normalize("NFKC", label).strip()
    if plain.isascii():
        return r"\s+".join(map(re.escape, plain.split()))
    return r"[ \t\u3000]*".join(re.escape(sign) for sign in plain if not sign.isspace())
