"""Mailboxes of well-known providers, for `postdesk init --preset`.

What differs between providers stands in ``templates/presets/presets.yaml``; how it is written
into ``config/postdesk.yaml`` in ``mailbox.yaml.j2`` beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from ruamel.yaml import YAML

from processor.domain.errors import Refusal
from processor.settings.packaged import data
from processor.settings.secret_refs import split

PASSWORD = "env:POSTDESK_PASSWORD"  # noqa: S105 - where it lies, not what it is
_ADDRESS = re.compile(r"[\w.%+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*(:\d{1,5})?", re.ASCII)
_USER = re.compile(r"[\w.@%+\\-]+")
_IDENTIFIER = re.compile(r"[\w.-]+", re.ASCII)
_SHAPES = {
    "address": _ADDRESS,
    "host": _HOST,
    "smtp": _HOST,
    "user": _USER,
    "tenant": _IDENTIFIER,
    "client_id": _IDENTIFIER,
}
_SECTION = re.compile(r"^[a-z_]+:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Preset:
    """One provider. ``ask`` names what only the administrator knows; ``facts`` is all else."""

    name: str
    title: Mapping[str, str]
    ask: tuple[str, ...]
    facts: Mapping[str, Any] = field(repr=False)

    @property
    def by_login(self) -> bool:
        """Whether it is let in by OAuth 2 instead of a password."""
        return "login" in self.facts

    @property
    def by_agreement(self) -> bool:
        """Whether a person must run `postdesk login` once."""
        return self.by_login and self.facts["login"]["grant"] != "client"

    def usual(self, name: str, address: str) -> str:
        """What is taken when nothing else is said; "" when it must be said."""
        domain = address.rpartition("@")[2]
        if name in ("host", "smtp"):
            end = self.facts["imap" if name == "host" else "smtp"]["host"]
            return str(end).replace("{domain}", domain)
        return {"user": address, "password": PASSWORD}.get(name, "")


def presets() -> dict[str, Preset]:
    """Every preset by its name, in the order in which they are offered."""
    table = data("templates") / "presets" / "presets.yaml"
    said = YAML(typ="safe").load(table.read_text("utf-8"))
    return {
        str(name): Preset(str(name), facts["title"], tuple(facts.get("ask", ())), facts)
        for name, facts in said.items()
    }


def preset_named(name: str) -> Preset:
    """Raises Refusal ``preset_unknown``."""
    known = presets()
    if name not in known:
        raise Refusal("preset_unknown", value=name, known=list(known))
    return known[name]


def checked(name: str, value: str) -> str:
    """An answer that can stand in the file. Raises Refusal ``preset_value``: a wrong address, a
    password in the open, or what would be read as something else than a word."""
    value = value.strip()
    if name == "password":
        good = split(value) is not None and "\n" not in value
        shown = ""  # it may be the password itself
    else:
        good, shown = _SHAPES[name].fullmatch(value) is not None, value
    if not good:
        raise Refusal("preset_value", name=f"--{name.replace('_', '-')}", value=shown)
    return value


def written(preset: Preset, answers: Mapping[str, str]) -> str:
    """The sections ``mailboxes``, ``senders`` and ``logins`` in the notation of shipped files.

    ``answers``: ``address`` and whatever is not as usual; a host may name its port (``host:port``).
    Raises Refusal when one is missing or wrong.
    """
    address = checked("address", answers.get("address", ""))
    told = {
        name: checked(name, answers.get(name) or preset.usual(name, address))
        for name in ("host", "smtp", "user", "password", *preset.ask)
    }
    facts = {
        "subaddress": "", "authserv_ids": [], "null_return_path": True, "login": None,
        **preset.facts,
    }  # fmt: skip
    if facts["login"] is not None:
        tenant = told.get("tenant", "")
        facts["login"] = {
            key: value.replace("{tenant}", tenant) if isinstance(value, str) else value
            for key, value in facts["login"].items()
        }
    environment = Environment(
        loader=FileSystemLoader(data("templates") / "presets"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - it writes YAML, and every answer was checked
    )
    host, smtp_host = told.pop("host"), told.pop("smtp")
    ends = {
        "host": host.partition(":")[0],
        "port": host.partition(":")[2] or facts["imap"].get("port", 0),
        "smtp_host": smtp_host.partition(":")[0],
        "smtp_port": smtp_host.partition(":")[2] or facts["smtp"].get("port", 0),
    }
    return environment.get_template("mailbox.yaml.j2").render(
        **facts, **ends, **told, address=address
    )


def replaced(text: str, first: str, last: str, new: str) -> str:
    """``text`` with its top-level sections from ``first`` to ``last`` replaced by ``new``; the
    comment that stands directly above a section belongs to it."""
    starts = {found[0]: _above(text, found.start()) for found in _SECTION.finditer(text)}
    begin, after = starts[f"{first}:"], starts[f"{last}:"]
    end = min((at for at in starts.values() if at > after), default=len(text))
    return text[:begin] + new.rstrip("\n") + "\n\n" + text[end:]


def _above(text: str, start: int) -> int:
    """Where the comment lines directly above ``start`` begin."""
    while start:
        before = text.rfind("\n", 0, start - 1) + 1
        if not text[before:start].startswith("#"):
            break
        start = before
    return start
