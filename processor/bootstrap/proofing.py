"""`template check` and `template preview`: every letter written of a made-up case."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

from processor.bootstrap.wiring import composer_of
from processor.domain.errors import Refusal
from processor.replies.compose import Composer
from processor.replies.letters import ANSWER, Letter
from processor.replies.render import TemplateFault
from processor.replies.routes import KINDS
from processor.replies.samples import Sample
from processor.settings.faults import nearest
from processor.settings.packaged import data
from processor.settings.settings import Settings

PARTS = (".subject", ".txt", ".html")
_FILE = re.compile(r"mail/(zh|en)/(profiles/[\w-]+/)?([^/]+)")


@dataclass(frozen=True, slots=True)
class Proof:
    """``letters`` were written; ``faults`` name file and line; ``strays`` are files of the home
    that nothing reads, each with the name that was probably meant ("" = none is near)."""

    letters: int
    faults: tuple[str, ...]
    strays: tuple[tuple[Path, str], ...]


def check_letters(settings: Settings, at: datetime) -> Proof:
    """Write every letter of every process in every language; ``at`` (aware) dates the case."""
    written = 0
    faults: dict[str, None] = {}
    for language in settings.words:
        for profile in ("", *settings.profiles):
            sample, composer = _case(settings, language, profile, at)
            for letter in sample.letters():
                try:
                    composer.compose(letter, at=at, cause="check", ordinal=0)
                except TemplateFault as fault:
                    faults[fault.reason] = None
                written += 1
    return Proof(written, tuple(faults), tuple(_strays(settings)))


def preview(
    settings: Settings, kind: str, language: str, profile: str, at: datetime
) -> list[EmailMessage]:
    """The mails of that kind in the made-up case, as a mail program gets them.

    Raises Refusal ``no_letter`` or ``no_profile``; TemplateFault.
    """
    if profile and profile not in settings.profiles:
        raise Refusal("no_profile", value=profile, known=list(settings.profiles))
    sample, composer = _case(settings, language, profile, at)
    letters = [letter for letter in sample.letters() if _name(letter) == kind]
    if not letters:
        known = sorted((*KINDS, *_chosen(settings)))
        raise Refusal("no_letter", value=kind, known=known)
    mails = []
    for ordinal, letter in enumerate(letters):
        written = composer.compose(letter, at=at, cause="preview", ordinal=ordinal)
        mails.append(email.message_from_bytes(written.raw, policy=policy.default))
    return mails


def _case(settings: Settings, language: str, profile: str, at: datetime) -> tuple[Sample, Composer]:
    sample = Sample(settings.words[language], at, profile, settings.reply_templates)
    return sample, composer_of(replace(settings, directory=sample.directory))


def _chosen(settings: Settings) -> list[str]:
    """What files of letters that rules choose are called, less their endings."""
    return [f"{ANSWER}.{name}" for name in settings.reply_templates]


def _name(letter: Letter) -> str:
    return f"{letter.kind}.{letter.variant}" if letter.variant else letter.kind


def _strays(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Mail templates of the home under a name that no letter has and no other template names."""
    own = settings.home / "templates"
    there = sorted(path for path in (own / "mail").rglob("*") if path.is_file())
    shipped = data("templates")
    known = {path.relative_to(shipped).as_posix() for path in (shipped / "mail").rglob("*.*")}
    letters = {*KINDS, *_chosen(settings)}
    said = "\n".join(path.read_text("utf-8", "replace") for path in there)
    for path in there:
        name = path.relative_to(own).as_posix()
        found = _FILE.fullmatch(name)
        usual = f"mail/{found[1]}/{found[3]}" if found else ""
        lettered = usual and Path(usual).stem in letters and Path(usual).suffix in PARTS
        if name in known or usual in known or lettered or name in said:
            continue
        names = [Path(one).name for one in known]
        yield path, nearest(path.name, names)
