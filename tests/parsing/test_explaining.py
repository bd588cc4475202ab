"""The explanation of a mail is the decision itself: same labels, a word for every reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.parsing.line_labels import Label
from processor.parsing.parse import explain, parse
from processor.settings.words import catalogue

MAILS = Path(__file__).resolve().parents[1] / "mails" / "parsing"
FILES = sorted(path for path in MAILS.iterdir() if path.suffix in (".eml", ".msg"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_new_lines_are_the_new_words(path: Path) -> None:
    raw = path.read_bytes()
    message = parse(raw)
    verdict = explain(raw)
    assert verdict.text() == message.reply_text
    assert len(verdict.lines) == len(verdict.labels) == len(verdict.reasons)
    for label, reason in zip(verdict.labels, verdict.reasons, strict=True):
        assert label is Label.NEW or reason


def test_every_reason_has_words_in_both_languages() -> None:
    met = {
        (reason or str(label)).replace("-", "_").replace(":", "_")
        for path in FILES
        for verdict in [explain(path.read_bytes())]
        for label, reason in zip(verdict.labels, verdict.reasons, strict=True)
    }
    assert len(met) >= 12
    for language in ("zh", "en"):
        words = catalogue(language)
        for reason in met:
            assert words.say(f"cli.explain.reason.{reason}")
        for label in Label:
            assert words.say(f"cli.explain.label.{label}")
