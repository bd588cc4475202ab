"""Which of an incident's files are shown as pictures, and what stands below each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from processor.domain.incident import StoredAttachment
from reports.incident.vocabulary import Vocabulary
from reports.word.pictures import Picture, PlacedPicture, read
from reports.word.plain_text import line
from reports.word.styles import WIDTH

MOST = 12  # pictures in one report; the list of attachments names all
_LARGEST = 25_000_000  # bytes of one file
_DECORATION = 100  # pixels: an inline picture lower than this is a signature's logo

_HIGHEST = 110  # millimetres of a picture: two fit on a page

OpenBlob = Callable[[str], bytes]


def pictures(files: Iterable[StoredAttachment], open_blob: OpenBlob | None) -> list[Picture]:
    """The pictures among ``files``, each content once, without signatures' logos.

    A file that is gone or damaged is left out: the list of attachments still names it, and a
    report without one picture is better than none.
    """
    found: dict[str, Picture] = {}
    seen: set[str] = set()
    for file in files:
        if open_blob is None or len(found) == MOST:
            break
        if file.sha256 in seen or file.size > _LARGEST or not file.type.startswith("image/"):
            continue
        seen.add(file.sha256)
        try:
            data = open_blob(file.sha256)
        except (OSError, LookupError):
            continue
        picture = read(data, file.name)
        if picture is not None and not (file.inline and picture.height < _DECORATION):
            found[file.sha256] = picture
    return list(found.values())


def captioned(
    shown: Iterable[Picture], template: Any, vocabulary: Vocabulary
) -> list[dict[str, object]]:
    """Rows of ``image`` and ``caption``, numbered from 1; ``template`` is docxtpl's."""
    return [
        {
            "image": PlacedPicture(template, picture, WIDTH, _HIGHEST),
            "caption": vocabulary.say("picture", at=at, name=line(picture.name, 120)),
        }
        for at, picture in enumerate(shown, start=1)
    ]
