"""`config check` beyond the schema: templates render, the rules' own examples come out right."""

from __future__ import annotations

from processor.domain.wording import Words
from processor.rules.engine import Engine
from processor.rules.examples import check_examples
from processor.settings.settings import Settings


def check(settings: Settings, words: Words) -> list[str]:
    """One line for each example whose outcome is not as it says."""
    engine = Engine(settings.rules)
    return [
        words.say(
            "cli.example_wrong",
            place=failure.place,
            rule=failure.rule,
            field=failure.field,
            wanted=failure.wanted,
            got=failure.got or "—",
        )
        for failure in check_examples(engine, settings.rules)
    ]
