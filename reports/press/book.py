"""A periodical report being printed: its fields, charts and logo put into its template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from reports.charts.model import AnyChart
from reports.charts.placing import PlacedChart
from reports.letterhead import Letterhead
from reports.word.pictures import PlacedPicture, read
from reports.word.plain_text import line
from reports.word.printing import WordTemplate

_COVER_LOGO = (60, 24)  # millimetres, at most
_HEADER_LOGO = (30, 6)


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure in the appendix: what it is called, how it is counted, in what."""

    name: str
    definition: str
    unit: str


def print_book(
    template: Path,
    head: Letterhead,
    *,
    title: str,
    period: str,
    fields: Mapping[str, object],
    charts: Mapping[str, AnyChart] | None = None,
    definitions: Iterable[Definition] = (),
    logo: Path | None = None,
) -> bytes:
    """The document that ``template`` makes of ``fields`` and what all reports have (see
    ``templates/word/README.md``). ``logo`` is a PNG or JPEG file; None or a file that is no picture
    prints none. The same arguments give the same bytes. Raises TemplateFault."""
    word = WordTemplate(template)
    drawn = {
        name: PlacedChart(word.docxtpl, chart, head.faces) for name, chart in (charts or {}).items()
    }
    shared: dict[str, object] = {
        **head.fields(),
        "title": line(title),
        "period": line(period),
        "logo": _logo(word, logo, *_COVER_LOGO),
        "header_logo": _logo(word, logo, *_HEADER_LOGO),
        # no mapping: Jinja would take a chart called "items" for a method of it
        "charts": SimpleNamespace(**drawn),
        "definitions": list(definitions),
    }
    return word.print(
        {**shared, **fields},
        title=line(f"{title} {period}"),
        subject=line(period),
        author=line(head.organisation),
        now=head.now,
    )


def _logo(word: WordTemplate, path: Path | None, widest: int, highest: int) -> object:
    if path is None or not path.is_file():
        return ""
    picture = read(path.read_bytes(), path.name)
    return PlacedPicture(word.docxtpl, picture, widest, highest) if picture else ""
