"""Who stands in which relation to an incident: the people a letter can be for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from processor.domain.incident import Incident, Source
from processor.domain.people import Directory, Person, Role


def reporter(incident: Incident, directory: Directory) -> tuple[Person, ...]:
    """Who reported it; nobody where a machine did (alerts are not written back to)."""
    if incident.source is Source.MONITORING or not incident.reporter_address:
        return ()
    return (_outside(incident.reporter_address, incident.reporter_name, incident, directory),)


def watchers(incident: Incident, directory: Directory) -> tuple[Person, ...]:
    """Those who are kept informed beside the reporter."""
    return tuple(_outside(address, "", incident, directory) for address in incident.watchers)


def handlers(incident: Incident, directory: Directory) -> tuple[Person, ...]:
    """Who works on it: the assignee, else the group, else the service desk."""
    if incident.assignee:
        return (directory.find(incident.assignee) or Person(address=incident.assignee),)
    return group(incident.group, directory) or desk(directory)


def owner(incident: Incident, directory: Directory) -> tuple[Person, ...]:
    """The one owner (spec 1.4 (1)): a person, or everybody of the group that owns it."""
    if not incident.owner or incident.owner in directory.groups:
        return group(incident.owner, directory) or desk(directory)
    found = directory.find(incident.owner)
    return (found,) if found else desk(directory)


def group(name: str, directory: Directory) -> tuple[Person, ...]:
    """A group's shared address when it has one, else its lead and members."""
    found = directory.groups.get(name)
    if found is None:
        return ()
    if found.address:
        return (
            Person(address=found.address.lower(), groups=(name,), roles=frozenset({Role.ENGINEER})),
        )
    return directory.members(name)


def desk(directory: Directory) -> tuple[Person, ...]:
    """The service desk: its group, else everybody with that role."""
    return group(directory.desk, directory) or directory.with_role(Role.DESK)


def managers(directory: Directory) -> tuple[Person, ...]:
    """The incident managers; the service desk where there is none."""
    return directory.with_role(Role.MANAGER) or desk(directory)


def administrators(directory: Directory) -> tuple[Person, ...]:
    """The administrators; the service desk where there is none."""
    return directory.with_role(Role.ADMINISTRATOR) or desk(directory)


def at(addresses: Iterable[str], directory: Directory) -> tuple[Person, ...]:
    """The people of these addresses, known or not."""
    return tuple(directory.find(a) or Person(address=a.strip().lower()) for a in addresses)


def _outside(address: str, name: str, incident: Incident, directory: Directory) -> Person:
    found = directory.find(address)
    if found is None:
        return Person(address=address.strip().lower(), name=name, language=incident.language)
    return replace(found, name=found.name or name, language=found.language or incident.language)
