"""Makes a home that works without editing (`postdesk init`)."""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from processor.domain.errors import Refusal
from processor.settings.packaged import data
from processor.settings.presets import replaced
from processor.settings.words import catalogue

FOLDERS = ("config", "templates", "inbox", "outbox", "documents", "reports", "data", "logs")
KEY_BYTES = 32
_OTHER = {"zh": "en", "en": "zh"}


SECRETS = "data/secrets"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of a new home beyond its language; "" is left as shipped.

    ``mailbox`` are the sections of a preset, ``password`` what goes into ``data/secrets/`` with
    the name ``servicedesk``.
    """

    organisation: str = ""
    zone: str = ""
    address: str = ""
    mailbox: str = ""
    password: str = field(default="", repr=False)


def make_home(home: Path, language: str, wishes: Wishes | None = None) -> None:
    """Folders, a commented configuration in ``language`` (zh or en), a fresh key.

    Raises Refusal ``home_not_empty``, ``home_not_folder`` or ``home_unwritable``; what
    was there before is never touched.
    """
    wishes = wishes or Wishes()
    if home.exists() and not home.is_dir():
        raise Refusal("home_not_folder", home=str(home))
    try:
        if home.is_dir() and any(home.iterdir()):
            raise Refusal("home_not_empty", home=str(home))
        for folder in FOLDERS:
            (home / folder).mkdir(parents=True, exist_ok=True)
        _write_secret(home / "data" / "secret.key", secrets.token_bytes(KEY_BYTES))
        if wishes.password:
            (home / SECRETS).mkdir(mode=0o700)
            _write_secret(home / SECRETS / "servicedesk", wishes.password.encode())
        _write_configuration(home / "config", language)
        _fulfil(home / "config" / "postdesk.yaml", language, wishes)
        readme = catalogue(language).say("home.templates")
        (home / "templates" / "README.txt").write_text(readme, encoding="utf-8")
    except OSError as error:
        raise Refusal("home_unwritable", home=str(home), reason=error.strerror or "") from error


def _fulfil(path: Path, language: str, wishes: Wishes) -> None:
    text = path.read_text(encoding="utf-8")
    if wishes.mailbox:
        text = replaced(text, "mailboxes", "senders", in_language(wishes.mailbox, language))
    elif wishes.address:
        text = _said(text, "    address", wishes.address)
    for key in ("organisation", "zone"):
        wish = getattr(wishes, key)
        if wish:
            text = _said(text, key, wish)
    path.write_text(text, encoding="utf-8")


def _said(text: str, key: str, value: str) -> str:
    """``text`` with the first value of ``key`` replaced; JSON is YAML's safest way to write it."""
    said = json.dumps(value, ensure_ascii=False)
    return re.sub(rf"^{key}: .*$", lambda _: f"{key}: {said}", text, count=1, flags=re.MULTILINE)


def _write_secret(path: Path, content: bytes) -> None:
    """Born readable by its owner alone, not made so afterwards."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def _write_configuration(target: Path, language: str) -> None:
    source = data("config")
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir():
            place.mkdir(exist_ok=True)
        elif path.suffix == ".yaml":
            text = in_language(path.read_text(encoding="utf-8"), language)
            place.write_text(text, encoding="utf-8")
        else:
            place.write_bytes(path.read_bytes())


def in_language(text: str, language: str) -> str:
    """A shipped file as one language's readers get it.

    ``#zh …`` and ``#en …`` are comments in that language: the other one's are left out.
    ``#=en key: value`` stands in place of the next line in that language.
    """
    lines: list[str] = []
    instead: str | None = None
    for line in text.splitlines():
        bare = line.lstrip()
        indent = line[: len(line) - len(bare)]
        if bare.startswith(f"#{_OTHER[language]} ") or bare == f"#{_OTHER[language]}":
            continue
        if bare.startswith("#="):
            if bare.startswith(f"#={language} "):
                instead = indent + bare[len(f"#={language} ") :]
            continue
        if bare.startswith(f"#{language} ") or bare == f"#{language}":
            lines.append(f"{indent}#{bare[len(language) + 1 :]}")
            continue
        lines.append(line if instead is None else instead)
        instead = None
    return "\n".join(lines) + "\n"
