"""``config/people.yaml``: who works here, in which groups, with which roles."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from processor.settings.schema.kinds import AddressText, Model, Name, Text, Titles, ZoneOrNone

RoleName = Literal[
    "administrator",
    "process_owner",
    "manager",
    "desk",
    "lead",
    "engineer",
    "approver",
    "vendor",
]


class Group(Model):
    """A support group."""

    name: Name
    """Short name: rules and commands use it."""
    title: Titles
    """What readers call it, by language."""
    line: Literal[1, 2, 3] = 1
    """Support line: 1 on site, 2 specialists, 3 vendors."""
    address: AddressText | None = None
    """A shared mailbox that is told instead of every member."""


class Person(Model):
    """Somebody the desk knows."""

    address: AddressText
    """Mail address: who writes from it, with proof, is this person."""
    name: Text
    """Full name."""
    roles: tuple[RoleName, ...] = ()
    """What the person may do."""
    groups: tuple[str, ...] = ()
    """Groups that the person works in."""
    leads: tuple[str, ...] = ()
    """Groups that the person leads."""
    language: Literal["zh", "en", ""] = ""
    """Language of mails to the person; empty: the one that was last written in."""
    zone: ZoneOrNone = ""
    """The person's time zone; empty: the desk's."""
    phone: str = ""
    """Telephone, as readers dial it."""
    department: str = ""
    """Department."""
    organisation: str = ""
    """Organisation, where it is not the desk's own."""
    site: str = ""
    """Place of work."""
    vip: bool = False
    """true: what this person reports is one step more urgent."""
    aliases: tuple[AddressText, ...] = ()
    """Further addresses of the same person."""


class PeopleFile(Model):
    """Groups and people."""

    desk: str
    """Name of the service desk's group: owner of all that nobody else has."""
    groups: tuple[Group, ...] = Field(min_length=1)
    people: tuple[Person, ...] = Field(min_length=1)
    posts: dict[Name, AddressText] = Field(default_factory=dict)
    """Posts above the desk that escalations go to (it_director, general_manager)."""
    contacts: dict[Name, AddressText] = Field(default_factory=dict)
    """Further posts that processes tell, outside the ladder of escalation."""


class Reporter(Model):
    """Somebody who reports: known, without any right."""

    address: AddressText
    """Mail address."""
    name: Text
    """Full name."""
    language: Literal["zh", "en", ""] = ""
    """Language of mails to the person; empty: the one that was last written in."""
    phone: str = ""
    """Telephone, as readers dial it."""
    department: str = ""
    """Department."""
    organisation: str = ""
    """Organisation."""
    site: str = ""
    """Place of work."""
    vip: bool = False
    """true: what this person reports is one step more urgent."""


class ReportersFile(Model):
    """``config/people/*.yaml``: reporters, as `people import` writes them."""

    people: tuple[Reporter, ...] = ()
