"""Catalogues of words: shipped ones, and the home's own in their place, sentence by sentence."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from processor.domain.wording import Words
from processor.settings.documents import Document, Documents
from processor.settings.faults import nearest
from processor.settings.packaged import data
from processor.settings.yaml_nodes import Path as Keys
from processor.settings.yaml_nodes import read_tree

LANGUAGES = ("zh", "en")
FOLDER = Path("templates") / "words"


@lru_cache(maxsize=4)
def catalogue(language: str) -> Words:
    """The shipped words of ``zh`` or ``en``. Raises ValueError for another language."""
    return Words(language, _shipped(language, b""))


@lru_cache(maxsize=4)
def command_words(language: str) -> Words:
    """The shipped words below ``cli``. Each command needs them to say what it can do, and a
    catalogue takes longer to read than most commands take. Raises ValueError as ``catalogue``."""
    return Words(language, _shipped(language, b"cli:"))


def _shipped(language: str, head: bytes) -> dict[str, str]:
    """The sentences of all files that have a line that begins with ``head``."""
    if language not in LANGUAGES:
        raise ValueError(f"no words in {language!r}")
    table: dict[str, str] = {}
    for path in sorted((data("templates") / "words" / language).glob("*.yaml")):
        raw = path.read_bytes()
        if raw.startswith(head) or b"\n" + head in raw:
            table |= flattened(read_tree(raw).data)
    return table


def read_words(documents: Documents, home: Path) -> dict[str, Words]:
    """Words by language, the home's own in force. What is wrong with those is added to the
    faults of ``documents``; a shipped catalogue with a slip raises YamlFault."""
    return {language: _words(documents, home, language) for language in LANGUAGES}


def _words(documents: Documents, home: Path, language: str) -> Words:
    table: dict[str, str] = {}
    for path in sorted((data("templates") / "words" / language).glob("*.yaml")):
        document = documents.document(f"{FOLDER}/{language}/{path.name}", path)
        document.own = False
        table |= flattened(document.data)
    shipped = dict(table)
    for path in sorted((home / FOLDER / language).glob("*.yaml")):
        own = documents.document(f"{FOLDER.as_posix()}/{language}/{path.name}", path)
        if own.sound:
            table |= _checked(own, shipped, documents)
    return Words(language, table)


def _checked(own: Document, shipped: Mapping[str, str], documents: Documents) -> dict[str, str]:
    """The home's sentences that have a place; the faults of the others."""
    table: dict[str, str] = {}
    for path, value in _leaves(own.data, ()):
        key = ".".join(str(step) for step in path)
        if key not in shipped:
            near = nearest(key, shipped)
            remedy = "did_you_mean" if near else "words_keys"
            documents.faults.append(
                own.fault(path, "unknown_key", remedy, of_key=True, value=key, nearest=near)
            )
            continue
        if isinstance(value, list | dict) or value is None:
            documents.faults.append(own.fault(path, "empty", "write_kind", expected=("@text",)))
            continue
        known = placeholders(shipped[key]) or set()
        used = placeholders(str(value))
        for name in sorted(used - known) if used is not None else ["{"]:
            allowed = sorted(f"{{{one}}}" for one in known)
            documents.faults.append(
                own.fault(
                    path, "unknown_placeholder", "one_of" if allowed else "no_placeholders",
                    value=name, expected=allowed,
                )
            )  # fmt: skip
        table[key] = str(value)
    return table


def flattened(entry: Any) -> dict[str, str]:
    """Nested mappings as dotted keys, in order."""
    return {
        ".".join(str(step) for step in path): "" if value is None else str(value)
        for path, value in _leaves(entry, ())
    }


def placeholders(sentence: str) -> set[str] | None:
    """Names in braces; None for a sentence whose braces do not fit together."""
    try:
        return {
            name.partition(".")[0].partition("[")[0]
            for _, name, _, _ in string.Formatter().parse(sentence)
            if name is not None
        }
    except ValueError:
        return None


def _leaves(entry: Any, path: Keys) -> Iterator[tuple[Keys, Any]]:
    if isinstance(entry, dict) and (entry or path):
        for key, value in entry.items():
            yield from _leaves(value, (*path, key))
    elif path:
        yield path, entry
