"""Who prints, when, in which language and zone: what every document has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from processor.domain.wording import Words
from reports.charts.looks import Faces
from reports.incident.vocabulary import Titles
from reports.moments import Moments
from reports.word.plain_text import line
from reports.word.styles import FONTS


@dataclass(frozen=True, slots=True)
class Letterhead:
    """``now`` (aware) is when it counts as printed; ``zone`` is the one that times are said in;
    ``titles`` are the configuration's names for its codes, in the language of ``words``;
    ``people`` maps addresses to names; ``scope`` says which records it is about, "" all."""

    words: Words
    organisation: str
    zone: ZoneInfo
    now: datetime
    titles: Titles = field(default_factory=Titles)
    people: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""

    @property
    def moments(self) -> Moments:
        """Says times in the words and the zone of the report."""
        return Moments(self.words, self.zone)

    @property
    def faces(self) -> Faces:
        """The typefaces of charts."""
        fonts = FONTS[self.words.language]
        return Faces(fonts.heading_latin, fonts.heading_chinese, self.words.language)

    def say(self, key: str, **params: object) -> str:
        """A sentence of reports."""
        return self.words.say(f"report.{key}", **params)

    def fields(self) -> dict[str, object]:
        """What the head and foot of each page say."""
        moment = self.moments.moment(self.now)
        return {
            "organisation": line(self.organisation),
            "printed": self.say("printed", moment=moment, zone=self.zone.key),
        }

    def about(self, period: str) -> str:
        """The period, with the scope where it is not everything."""
        return self.say("about_scope", period=period, scope=self.scope) if self.scope else period

    def file_name(self, kind: str, subject: str) -> str:
        """Under which name a document about ``subject`` (a number, a period) is kept."""
        title = self.say(f"kind.{kind}")
        key = "document_name_scope" if self.scope else "document_name"
        name = self.say(key, subject=subject, title=title, scope=line(self.scope, 40))
        return name.replace("/", "-")
