"""The pictures of mails in the documentation are drawn, all of them, of letters that there are."""

from __future__ import annotations

import re

from benchmarks.gallery import ROOT, pages
from benchmarks.pictures import FOLDER, pictures

SHOWN = re.compile(r"pictures/((?:letters|mail)-[a-z-]+)\.png")


def test_the_documentation_shows_what_is_drawn() -> None:
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    shown = {name for text in texts for name in SHOWN.findall(text.read_text("utf-8"))}
    drawn = {picture.name for picture in pictures()}
    assert shown == drawn
    assert drawn == {
        path.stem for path in FOLDER.glob("*.png") if SHOWN.match(f"pictures/{path.name}")
    }


def test_each_picture_is_of_letters_of_the_gallery() -> None:
    letters = {name for name, _ in pages()}
    assert {name for picture in pictures() for name in picture.letters} <= letters


def test_each_language_has_its_own() -> None:
    """No reader of one language is shown mails in the other."""
    for folder, language in (("docs/zh", "zh"), ("docs", "en")):
        for text in (ROOT / folder).glob("*.md"):
            for name in SHOWN.findall(text.read_text("utf-8")):
                assert f"-{language}" in name, (text.name, name)
