"""People, groups and what makes somebody allowed to command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Role(StrEnum):
    """Posts of the process (seed 4) and the two relations somebody can have to one incident."""

    ADMINISTRATOR = "administrator"
    OWNER = "process_owner"
    MANAGER = "manager"  # incident manager
    DESK = "desk"  # service desk
    LEAD = "lead"  # leads a group
    ENGINEER = "engineer"
    APPROVER = "approver"
    VENDOR = "vendor"
    EXECUTIVE = "executive"  # holds a post above the desk, which escalations go to
    # relations to one incident
    REPORTER = "reporter"
    ASSIGNEE = "assignee"
    COMMANDER = "commander"  # leads a major incident
    # what acts without a person: rules at intake, clocks, a change's outcome
    SYSTEM = "system"


STAFF_ROLES = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.OWNER,
        Role.MANAGER,
        Role.DESK,
        Role.LEAD,
        Role.ENGINEER,
        Role.APPROVER,
        Role.EXECUTIVE,
    }
)


class Proof(IntEnum):
    """How surely a mail comes from whom it names, weakest first (spec 2.5)."""

    NONE = 0
    TOKEN = 1  # carries a token that only this person was sent
    DOMAIN = 2  # DKIM/DMARC pass, verified or read from a trusted Authentication-Results
    PATH = 3  # the mailbox's submission path is declared trusted
    SHELL = 4  # given on the server's own command line


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the desk knows. ``address`` is lower case; ``language`` is ``zh`` or ``en``."""

    address: str
    name: str = ""
    roles: frozenset[Role] = frozenset()
    groups: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()  # names of groups
    language: str = ""
    phone: str = ""
    department: str = ""
    organisation: str = ""
    site: str = ""
    zone: str = ""  # IANA zone; empty = the desk's
    vip: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def staff(self) -> bool:
        """Whether this is one of the team."""
        return bool(self.roles & STAFF_ROLES)

    @property
    def label(self) -> str:
        """Name for readers; the address where there is no name."""
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class Group:
    """A support group: line 1, 2 or 3, its members' and lead's addresses."""

    name: str
    line: int = 1
    title: dict[str, str] = field(default_factory=dict, hash=False)  # language → words
    lead: str = ""
    members: tuple[str, ...] = ()
    address: str = ""  # a shared mailbox that is told instead of every member


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something now, and how it came in. ``via`` is ``mail:<spool id>``, ``shell``,
    ``rule:<name>`` or ``clock``."""

    person: Person
    proof: Proof
    via: str

    @property
    def address(self) -> str:
        """The person's, in lower case."""
        return self.person.address


class Directory:
    """All configured people and groups; looks people up by address or alias, any case."""

    def __init__(
        self,
        people: Iterable[Person],
        groups: Iterable[Group],
        desk: str,
        reporters: Iterable[Person] = (),
    ) -> None:
        self.people = tuple(people)
        self.reporters = tuple(reporters)  # known, without a part in the work; may be thousands
        self.groups = {group.name: group for group in groups}
        self.desk = desk  # name of the service desk's group
        self._by_address: dict[str, Person] = {}
        for person in (*self.reporters, *self.people):
            for address in (person.address, *person.aliases):
                self._by_address[address.lower()] = person

    def find(self, address: str) -> Person | None:
        """The configured person with this address or alias."""
        return self._by_address.get(address.strip().lower())

    def named(self, words: str) -> Person | None:
        """The one person whose address, alias, local part or name is ``words``; None when
        nobody or more than one is meant."""
        wanted = words.strip().lstrip("@").lower()
        exact = self.find(wanted)
        if exact:
            return exact
        hits = [
            person
            for person in self.people
            if wanted and wanted in (person.name.lower(), person.address.split("@")[0].lower())
        ]
        return hits[0] if len(hits) == 1 else None

    def group_named(self, words: str) -> Group | None:
        """The group with this name or title in any language, any case."""
        wanted = words.strip().lstrip("@").lower()
        for group in self.groups.values():
            if wanted in (group.name.lower(), *(t.lower() for t in group.title.values())):
                return group
        return None

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """Everybody who has the role, in configured order."""
        return tuple(person for person in self.people if role in person.roles)

    def members(self, group: str) -> tuple[Person, ...]:
        """The members of a group, its lead first."""
        found = self.groups.get(group)
        if found is None:
            return ()
        order = dict.fromkeys(
            address.lower() for address in (found.lead, *found.members) if address
        )
        return tuple(p for p in (self.find(address) for address in order) if p is not None)
