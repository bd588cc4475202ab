"""Homes for tests: one is made once for each language, and copied."""

from __future__ import annotations

import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

from processor.settings.home import make_home
from processor.settings.loader import load


@lru_cache(maxsize=2)
def _pattern(language: str) -> Path:
    home = Path(mkdtemp(prefix="postdesk-test-")) / "home"
    make_home(home, language)
    load(home)  # fills the cache, so that copies load quickly
    return home


def new_home(folder: Path, language: str = "en") -> Path:
    """A fresh home below ``folder``."""
    return Path(shutil.copytree(_pattern(language), folder / "home"))


def warm(home: Path, language: str) -> Path:
    """Let a home of this ``language`` know already what its files say, as long as they stay as
    `init` wrote them: reading them anew takes longer than most tests."""
    cache = Path("data") / "cache"
    shutil.copytree(_pattern(language) / cache, home / cache, dirs_exist_ok=True)
    return home


def edit(home: Path, file: str, old: str, new: str) -> Path:
    """Replace the one place of ``old`` in a configuration file."""
    path = home / "config" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path
