"""Every letter in every language as HTML pages, to be looked at: ``make gallery``.

``python -m benchmarks.gallery [FOLDER]`` writes ``<language>-<kind>[-n].html`` and an index; each
page is what a mail client gets, taken out of the serialised mail.
"""

from __future__ import annotations

import email
import html
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from processor.domain.wording import Words
from processor.replies.compose import Composer
from processor.replies.samples import Sample
from processor.settings.home import make_home
from processor.settings.loader import load
from processor.settings.settings import Settings
from processor.settings.words import catalogue

ROOT = Path(__file__).resolve().parent.parent
AT = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)  # a Monday, 09:10 in Shanghai


@dataclass(frozen=True)
class Box:
    """The sample's service mailbox."""

    name: str = "desk"
    address: str = "desk@example.com"
    subaddress: str = "+"
    staff_text: str = "note"
    display_name: dict[str, str] = field(
        default_factory=lambda: {"zh": "IT 服务台", "en": "IT Service Desk"}
    )


def shipped() -> Settings:
    """The configuration that a new home starts with: its keywords are those on the buttons."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        make_home(home, "en")
        return load(home)


def composer(settings: Settings, words: dict[str, Words], sample: Sample) -> Composer:
    """One that knows the people of the sample."""
    return Composer(
        templates=(ROOT / "templates",),
        words=words,
        secret=b"gallery" * 5,
        mailboxes=(Box(),),
        zone="Asia/Shanghai",
        synonyms=settings.commands.synonyms,
        organisation={"zh": "示例科技", "en": "Example Ltd"}[sample.language],
        directory=sample.directory,
        categories=sample.categories,
        profiles=settings.profiles,
    )


def pages() -> Iterator[tuple[str, EmailMessage]]:
    """Name and mail of each letter."""
    words = {language: catalogue(language) for language in ("zh", "en")}
    settings = shipped()
    for language, said in words.items():
        sample = Sample(said, AT)
        writer = composer(settings, words, sample)
        seen: Counter[str] = Counter()
        for letter in sample.letters():
            name = f"{language}-{letter.kind}"
            seen[name] += 1
            mail = writer.compose(
                letter, at=AT, cause="gallery", ordinal=seen[name], clocks=sample.targets(letter)
            )
            parsed = email.message_from_bytes(mail.raw, policy=policy.default)
            yield (name if seen[name] == 1 else f"{name}-{seen[name]}"), parsed


def main(folder: Path) -> None:
    """Write the pages and their index into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, mail in pages():
        for kind, suffix in (("html", "html"), ("plain", "txt")):
            body = mail.get_body((kind,))
            if body is None:
                raise SystemExit(f"{name} has no {kind} part")
            (folder / f"{name}.{suffix}").write_text(body.get_content(), "utf-8")
        title = html.escape(f"{mail['subject']}  →  {mail['to']}")
        lines.append(
            f'<li><a href="{name}.html">{name}</a> <a href="{name}.txt">txt</a> {title}</li>'
        )
    index = f'<meta charset="utf-8"><title>postdesk</title><ol>{"".join(lines)}</ol>'
    (folder / "index.html").write_text(index, "utf-8")
    print(f"{len(lines)} letters in {folder / 'index.html'}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery"))
