"""What a replay found, in the reader's words: lines for the terminal, a page for a manager."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from processor.bootstrap.replaying import Difference, Replay
from processor.domain.wording import Words
from processor.settings.packaged import data
from processor.settings.settings import Settings

MOST_ROWS = 500  # mails that a page lists one by one
MOST_MOVES = 20  # pairs of values that it counts for a field
_PAGE = "replay.html"
_KEYS = (
    "title", "mails", "count", "different", "share", "none", "before", "after", "each",
    "received", "mail", "changes", "colon",
)  # fmt: skip


class ReplayWords:
    """Names and values of fields as readers call them."""

    def __init__(self, settings: Settings, words: Words) -> None:
        self._words = words
        self._zone = ZoneInfo(settings.zone)
        titles = {one.code: dict(one.title) for one in settings.categories}
        self._groups = {
            name: group.title.get(words.language, name)
            for name, group in settings.directory.groups.items()
        }
        self._categories = {code: _path(code, titles, words.language) for code in titles}

    def field(self, name: str) -> str:
        """``category`` → 分类."""
        for key in (f"field.{name}", f"cli.replay.{name}"):
            if self._words.has(key):
                return self._words.say(key)
        return name

    def value(self, name: str, value: str) -> str:
        """``network/lan`` → 网络与基础设施 / 局域网."""
        if not value:
            return self._words.say("cli.replay.nothing")
        if name == "category":
            return self._categories.get(value, value)
        if name == "group":
            return self._groups.get(value, value)
        key = f"{name}.{value}"
        return self._words.say(key) if self._words.has(key) else value

    def when(self, one: Difference) -> str:
        """``2026-11-02 09:15``, in the desk's zone."""
        return one.received_at.astimezone(self._zone).strftime("%Y-%m-%d %H:%M")

    def rules(self, one: Difference, name: str) -> str:
        """Which rules gave the two values; "" where none did."""
        before, after = (filed.decided_by.get(name, "") for filed in (one.before, one.after))
        if not before and not after:
            return ""
        none = self._words.say("cli.replay.no_rule")
        return self._words.say("cli.replay.rules", before=before or none, after=after or none)

    def compared(self, found: Replay) -> str:
        """With what the new configuration was compared."""
        if found.base == "recorded":
            return self._words.say("cli.replay.with_recorded", version=found.version)
        return self._words.say("cli.replay.with_other", version=found.version, base=found.base)


def _path(code: str, titles: Mapping[str, Mapping[str, str]], language: str) -> str:
    parts = code.split("/")
    codes = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return " / ".join(titles[one][language] if one in titles else one for one in codes)


def lines_of(found: Replay, settings: Settings, words: Words) -> Iterator[str]:
    """For the terminal: each mail with its changes, then the sum."""
    told = ReplayWords(settings, words)
    for one in found.differences:
        yield f"{told.when(one)}  {one.sender}  {one.subject}  [{one.name}]"
        for name in one.fields:
            before, after = (
                told.value(name, filed.fields.get(name, "")) for filed in (one.before, one.after)
            )
            rules = told.rules(one, name)
            yield f"    {told.field(name)}: {before} → {after}" + (f"   ({rules})" if rules else "")
    yield words.say("cli.replay.sum", mails=found.mails, different=len(found.differences))
    for name, many in found.by_field.items():
        yield f"    {told.field(name)}: {many}"
    yield told.compared(found)


def page_of(found: Replay, settings: Settings, words: Words) -> str:
    """The same as an HTML page that stands by itself."""
    told = ReplayWords(settings, words)

    def say(key: str) -> str:
        return words.say(f"cli.replay.{key}")

    total = len(found.differences)
    share = f"{100 * total / found.mails:.1f} %" if found.mails else "—"
    cage = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(data("templates") / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return cage.get_template(_PAGE).render(
        language=words.language,
        organisation=settings.organisation,
        words={key: say(key) for key in _KEYS}
        | {"compared": told.compared(found), "foot": say("foot")},
        mails=found.mails,
        different=total,
        share=share,
        moves=[
            {
                "title": told.field(name),
                "many": many,
                "rows": [
                    {"before": told.value(name, old), "after": told.value(name, new), "many": count}
                    for old, new, count in found.moves(name)[:MOST_MOVES]
                ],
            }
            for name, many in found.by_field.items()
        ],
        rows=[_row(one, told) for one in found.differences[:MOST_ROWS]],
        left=words.say("cli.replay.left", many=total - MOST_ROWS) if total > MOST_ROWS else "",
    )


def _row(one: Difference, told: ReplayWords) -> dict[str, Any]:
    return {
        "when": told.when(one),
        "sender": one.sender,
        "subject": one.subject or one.name,
        "changes": [
            {
                "title": told.field(name),
                "before": told.value(name, one.before.fields.get(name, "")),
                "after": told.value(name, one.after.fields.get(name, "")),
                "rules": told.rules(one, name),
            }
            for name in one.fields
        ],
    }
