"""The reference of every configuration file, made of its schema and of the shipped file itself.

``postdesk config reference`` prints it; ``docs/configuration.md`` and ``docs/zh/configuration.md``
are it. English pages say each key in words; Chinese ones show the shipped file, whose comments do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from processor.domain.wording import Words
from processor.settings.export import schema
from processor.settings.home import in_language
from processor.settings.packaged import data
from processor.settings.words import catalogue

_DEEPEST = 8
_LONGEST = 60  # characters of a default that stands in a table


def reference(language: str) -> str:
    """The whole page as Markdown, in ``language`` (zh or en)."""
    words = catalogue(language)
    parts = [
        f"# {words.say('reference.title')}",
        words.say("reference.made"),
        words.say("reference.how"),
    ]
    for name, described in schema().items():
        parts.append(f"## `config/{name}`")
        about = str(described.get("description", ""))
        if about and language == "en":
            parts.append(about)
        parts.append("\n".join(_table(described, words)))
        shipped = data("config") / name
        if language == "zh" and shipped.is_file() and name != "forms.yaml":
            text = in_language(shipped.read_text(encoding="utf-8"), "zh").rstrip()
            parts.append(f"{words.say('reference.shipped')}\n\n```yaml\n{text}\n```")
    return "\n\n".join(parts) + "\n"


def _table(described: dict[str, Any], words: Words) -> Iterator[str]:
    heads = [words.say(f"reference.{one}") for one in ("key", "value", "default")]
    if words.language == "en":
        heads.append(words.say("reference.meaning"))
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    defs = described.get("$defs", {})
    for path, entry, needed in _rows(described, defs, "", 0, ()):
        cells = [f"`{path}`", _kind(entry, defs, words), _default(entry, needed, words)]
        if words.language == "en":
            cells.append(str(entry.get("description", "")).replace("|", "\\|"))
        yield f"| {' | '.join(cells)} |"


def _rows(
    part: Mapping[str, Any], defs: Mapping[str, Any], above: str, depth: int, seen: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Path, description and whether it must be there, of every key; a part within itself once."""
    if depth > _DEEPEST:
        return
    if part.get("type") in ("array", ["array", "null"]) and not above:
        yield from _rows(_found(part["items"], defs)[1], defs, "[].", depth + 1, seen)
        return
    for key, entry in part.get("properties", {}).items():
        path = f"{above}{key}"
        yield path, entry, key in part.get("required", ())
        for suffix, held in _held(entry):
            name, found = _found(held, defs)
            if name in seen or not found.get("properties"):
                continue
            yield from _rows(found, defs, f"{path}{suffix}.", depth + 1, (*seen, name))


def _held(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The parts in a key with what its path adds: itself, the entries of a list, of a mapping."""
    for one in (entry, *entry.get("anyOf", ())):
        if "$ref" in one or "properties" in one:
            yield "", one
        items = one.get("items")
        if isinstance(items, dict):
            yield from ((f"[]{suffix}", held) for suffix, held in _held(items))
        others = [one.get("additionalProperties"), *one.get("patternProperties", {}).values()]
        for other in others:
            if isinstance(other, dict):
                yield from ((f".*{suffix}", held) for suffix, held in _held(other))


def _found(part: Mapping[str, Any], defs: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    if "$ref" in part:
        name = str(part["$ref"]).rsplit("/", 1)[-1]
        return name, defs[name]
    return "", part


def _kind(entry: Mapping[str, Any], defs: Mapping[str, Any], words: Words) -> str:
    """What may stand there, in words."""
    name, found = _found(entry, defs)
    if name and "properties" not in found:
        return _kind(found, defs, words)
    if found.get("properties"):
        return words.say("reference.kind.keys")
    if "anyOf" in found:
        kinds = (_kind(one, defs, words) for one in found["anyOf"] if one.get("type") != "null")
        return words.say("reference.or").join(dict.fromkeys(kinds))
    if "enum" in found or "const" in found:
        values = found.get("enum", [found.get("const")])
        return " · ".join(f"`{one}`" for one in values)
    kinds = found.get("type", "any")
    if kinds == "array":
        held = _kind(found.get("items", {}), defs, words)
        return words.say("reference.kind.list", of=held)
    if kinds == "object":
        return words.say("reference.kind.mapping")
    if "examples" in found:
        return words.say("reference.kind.such_as", example=f"`{found['examples'][0]}`")
    if found.get("format"):
        return words.say(f"reference.kind.{found['format']}")
    first = next((one for one in ([kinds] if isinstance(kinds, str) else kinds)), "any")
    return words.say(f"reference.kind.{first}") + _bounds(found)


def _bounds(found: Mapping[str, Any]) -> str:
    least, most = found.get("minimum"), found.get("maximum")
    if least is None and most is None:
        return ""
    return f" {'' if least is None else least}–{'' if most is None else most}"


def _default(entry: Mapping[str, Any], needed: bool, words: Words) -> str:
    if needed:
        return words.say("reference.needed")
    value = entry.get("default")
    if value in (None, "", [], {}) or isinstance(value, dict):
        return ""
    text = json.dumps(value, ensure_ascii=False).strip('"')
    return f"`{text}`" if len(text) <= _LONGEST else "…"
