"""A periodical report being printed: its fields, charts and logo put into its template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from processor.domain.wording import Words
from reports.charts.looks import Faces
from reports.charts.model import AnyChart
from reports.charts.placing import PlacedChart
from reports.incident.vocabulary import Titles
from reports.moments import Moments
from reports.word.pictures import PlacedPicture, read
from reports.word.plain_text import line
from reports.word.printing import WordTemplate
from reports.word.styles import FONTS

_COVER_LOGO = (60, 24)  # millimetres, at most
_HEADER_LOGO = (30, 6)


@dataclass(frozen=True, slots=True)
class House:
    """Who prints: the desk's name, zone and logo, the language and the configuration's names.
    ``logo`` is a PNG or JPEG file; None or a file that is no picture prints none."""

    organisation: str
    words: Words
    zone: ZoneInfo
    logo: Path | None = None
    titles: Titles = field(default_factory=Titles)


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure in the appendix: what it is called, how it is counted, in what."""

    name: str
    definition: str
    unit: str


def print_book(
    template: Path,
    house: House,
    *,
    title: str,
    period: str,
    now: datetime,
    fields: Mapping[str, object],
    charts: Mapping[str, AnyChart] | None = None,
    definitions: Iterable[Definition] = (),
) -> bytes:
    """The document that ``template`` makes of ``fields`` and what all reports have (see
    ``templates/word/README.md``). ``now`` (aware) is the time of printing. The same arguments give
    the same bytes. Raises TemplateFault."""
    word = WordTemplate(template)
    words = house.words
    fonts = FONTS.get(words.language, FONTS["en"])
    faces = Faces(fonts.heading_latin, fonts.heading_chinese, words.language)
    moments = Moments(words, house.zone)
    printed = words.say("report.printed", moment=moments.moment(now), zone=house.zone.key)
    shared: dict[str, object] = {
        "organisation": line(house.organisation),
        "title": line(title),
        "period": line(period),
        "printed": printed,
        "logo": _logo(word, house.logo, *_COVER_LOGO),
        "header_logo": _logo(word, house.logo, *_HEADER_LOGO),
        # no mapping: Jinja would take a chart called "items" for a method of it
        "charts": SimpleNamespace(
            **{
                name: PlacedChart(word.docxtpl, chart, faces)
                for name, chart in (charts or {}).items()
            }
        ),
        "definitions": list(definitions),
    }
    return word.print(
        {**shared, **fields},
        title=line(f"{title} {period}"),
        subject=line(period),
        author=line(house.organisation),
        now=now,
    )


def _logo(word: WordTemplate, path: Path | None, widest: int, highest: int) -> object:
    if path is None or not path.is_file():
        return ""
    picture = read(path.read_bytes(), path.name)
    return PlacedPicture(word.docxtpl, picture, widest, highest) if picture else ""
