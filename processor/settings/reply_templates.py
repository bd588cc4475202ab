"""Letters that rules choose to answer a report with, as files of the templates folders.

``mail/<language>/opened.<name>.txt`` and ``.html`` (and ``.subject``, where it differs) stand in
place of the letter ``opened``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from processor.settings.documents import Document
from processor.settings.faults import ConfigFault, nearest
from processor.settings.references import walk

LETTER = "opened"
LANGUAGES = ("zh", "en")
NEEDED = (".txt", ".html")
_FILE = re.compile(rf"{LETTER}\.([\w-]+)\.(?:txt|html|subject)")
_NAMED = ("*.then.reply_template", "*.examples.*.expect.reply_template")


def reply_templates(templates: Sequence[Path]) -> tuple[str, ...]:
    """The names of which there is a file, in order; ``templates`` is the search path."""
    found = {
        named[1]
        for folder in templates
        for language in LANGUAGES
        for path in (folder / "mail" / language).glob(f"{LETTER}.*.*")
        if (named := _FILE.fullmatch(path.name))
    }
    return tuple(sorted(found))


def reply_template_faults(
    documents: Mapping[str, Document], templates: Sequence[Path]
) -> Iterator[ConfigFault]:
    """A fault for each use of a name of which there is no file, or not every one."""
    known = reply_templates(templates)
    for name, document in documents.items():
        if not name.startswith("rules/") or not document.sound:
            continue
        for path, value in (pair for pattern in _NAMED for pair in walk(document.data, pattern)):
            if not isinstance(value, str) or not value:
                continue  # of another kind: the notation says so; null: no rule may decide it
            if value not in known:
                near = nearest(value, known)
                remedy = "did_you_mean" if near else "write_reply_template"
                yield document.fault(
                    path, "unknown_reply_template", remedy, value=value, nearest=near
                )
                continue
            for wanted in _lacking(value, templates):
                yield document.fault(path, "no_template", "place_template", value=wanted)


def _lacking(name: str, templates: Sequence[Path]) -> Iterator[str]:
    for language in LANGUAGES:
        for part in NEEDED:
            wanted = f"mail/{language}/{LETTER}.{name}{part}"
            if not any((folder / wanted).is_file() for folder in templates):
                yield wanted
