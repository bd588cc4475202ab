"""Which of an incident's files are shown as pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from processor.domain.incident import StoredAttachment
from reports.word.pictures import Picture, read

MOST = 12  # pictures in one report; the list of attachments names all
_LARGEST = 25_000_000  # bytes of one file
_DECORATION = 100  # pixels: an inline picture lower than this is a signature's logo

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
