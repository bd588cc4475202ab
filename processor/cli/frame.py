"""What every command needs: the home, the clock, the words, and one way to end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.domain.errors import Refusal

if TYPE_CHECKING:
    from processor.bootstrap.clock import Clock
    from processor.bootstrap.wiring import App
    from processor.domain.wording import Words
    from processor.settings.settings import Settings
    from processor.store.database import Store

DEFAULT_HOME = "postdesk"
DONE, USER_FAULT, SOME_FAILED, OUR_FAULT = 0, 1, 3, 70


class Stop(Exception):
    """End the command with ``status``, after these lines on stderr."""

    def __init__(self, status: int, *lines: str) -> None:
        super().__init__(*lines)
        self.status = status
        self.lines = lines


def language() -> str:
    """The reader's: POSTDESK_LANG, else the system's locale; English where neither is Chinese."""
    for name in ("POSTDESK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def words() -> Words:
    """The catalogue in the reader's language."""
    from processor.settings.words import catalogue

    return catalogue(language())


def sentence(key: str, **params: object) -> str:
    """``cli.<key>`` in the reader's language."""
    from processor.settings.words import command_words

    return command_words(language()).say(f"cli.{key}", **params)


def refused(refusal: Refusal) -> Stop:
    """A refusal as the end of a command: one clear line."""
    from processor.cli.words import told

    return Stop(USER_FAULT, told(refusal.code, refusal.params, words()))


def say(line: str = "") -> None:
    """One line for people; what the terminal can't show is spelt out."""
    encoding = sys.stdout.encoding or "utf-8"
    shown = line.encode(encoding, "backslashreplace").decode(encoding)
    sys.stdout.write(shown + "\n")


def emit(document: Any) -> None:
    """One JSON document on a line of its own, readable where the terminal can show it."""
    text = json.dumps(document, ensure_ascii=False, default=str)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document, default=str)
    sys.stdout.write(text + "\n")


def emit_all(documents: Iterable[Any]) -> None:
    """One JSON array."""
    emit(list(documents))


def unread(faults: Sequence[str], total: int) -> None:
    """End the command when files could not be read: none of them was the user's slip, some of
    many are named."""
    if faults:
        raise Stop(USER_FAULT if len(faults) == total else SOME_FAILED, *faults)


@dataclass(slots=True)
class Frame:
    """The shared options, and what is built from them on demand."""

    home: Path
    now_text: str | None
    _app: App | None = field(default=None)
    _store: Store | None = field(default=None)

    def settings(self) -> Settings:
        """The configuration in force; ends the command with every fault of it."""
        from processor.settings.loader import ConfigFaults, load

        if not (self.home / "config").is_dir():
            raise Stop(USER_FAULT, sentence("no_home", home=self.home))
        try:
            return load(self.home)
        except ConfigFaults as faults:
            from processor.cli.words import fault_lines

            raise Stop(USER_FAULT, *fault_lines(faults, words())) from faults

    def clock(self, settings: Settings) -> Clock:
        """The wall's, or the one stopped at ``--now``."""
        from zoneinfo import ZoneInfo

        from processor.bootstrap.clock import read_moment, stopped_at, wall_clock

        if self.now_text is None:
            return wall_clock
        try:
            return stopped_at(read_moment(self.now_text, ZoneInfo(settings.zone)))
        except ValueError as fault:
            raise Stop(2, sentence("bad_now", value=self.now_text)) from fault

    def app(self) -> App:
        """The wired desk; closed at the end of the command."""
        if self._app is None:
            from processor.bootstrap.logs import configure
            from processor.bootstrap.wiring import wire

            settings = self.settings()
            configure(self.home / "logs" / "postdesk.log", console=False)
            self._app = wire(settings, self.clock(settings))
        return self._app

    def store(self, settings: Settings) -> Store:
        """The store alone, for who has no need of a desk; closed at the end of the command."""
        if self._store is None:
            from processor.bootstrap.logs import configure
            from processor.bootstrap.opening import open_store

            configure(self.home / "logs" / "postdesk.log", console=False)
            self._store = open_store(settings)
        return self._store

    def close(self) -> None:
        """Let go of what was opened; the end of every command."""
        if self._store is not None:
            self._store.close()
            self._store = None
        if self._app is not None:
            self._app.close()
            self._app = None
