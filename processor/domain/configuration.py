"""Configuration items (配置项, spec 1.8): the components that incidents are about."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BETWEEN = re.compile(r"[,，;；、|\n]+|\s+/\s+")
_BLANKS = re.compile(r"[\s,，;；、|/]+")

FIELDS = ("name", "aliases", "kind", "address", "tag", "owner", "site", "organisation", "facts")
"""What is known of an item; each is a column of an import, ``name`` the one that must be there."""


@dataclass(frozen=True, slots=True)
class ConfigurationItem:
    """``address`` holds its network addresses, ``tag`` its asset number, ``owner`` who answers for
    it, ``facts`` whatever else is known; ``id`` is None until it is stored."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    address: str = ""
    tag: str = ""
    owner: str = ""
    site: str = ""
    organisation: str = ""
    facts: str = ""
    id: int | None = None

    @property
    def known_as(self) -> tuple[str, ...]:
        """Everything that a mail may call it, its name first."""
        called = (self.name, *self.aliases, *_BLANKS.split(self.address), *_BLANKS.split(self.tag))
        return tuple(dict.fromkeys(one.strip() for one in called if one.strip()))

    def say(self, field: str) -> str:
        """One field as people write it."""
        value = getattr(self, field)
        return ", ".join(value) if isinstance(value, tuple) else str(value)


def read_field(field: str, text: str) -> str | tuple[str, ...]:
    """What people wrote for ``field``, as the item keeps it."""
    if field != "aliases":
        return text.strip()
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One field of one item was changed; both values as people write them."""

    item: str
    field: str
    old: str
    new: str
