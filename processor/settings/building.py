"""From sound files to the domain's values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from processor.domain.agreement import Agreement, Promise
from processor.domain.goals import Goals
from processor.domain.incident import Status
from processor.domain.people import Directory, Group, Person, Proof, Role
from processor.domain.priority import PriorityMatrix
from processor.domain.scope import Watching
from processor.domain.sla import SlaPolicy
from processor.domain.sla import Target as SlaTarget
from processor.domain.work_order import Ageing
from processor.settings.holidays import working_calendar
from processor.settings.schema.agreements import (
    CalendarsFile,
    ContractsFile,
    SlaFile,
    Target,
    Targets,
)
from processor.settings.schema.goals import GoalsEntry
from processor.settings.schema.logins import Login
from processor.settings.schema.people import PeopleFile, Reporter
from processor.settings.schema.people import Person as PersonEntry
from processor.settings.schema.postdesk import Database, Mailbox, Sender
from processor.settings.schema.process import Category as CategoryEntry
from processor.settings.schema.process import Command as CommandEntry
from processor.settings.schema.process import CommandsFile, FieldNames
from processor.settings.secret_refs import SecretRef, no_secret, split
from processor.settings.settings import (
    Category,
    CommandSettings,
    LoginSettings,
    MailboxSettings,
    Organisation,
    SenderSettings,
)

_GRADING = ("ci", "category", "impact", "urgency")  # commands whose keywords name a field
_PROOFS = {"token": Proof.TOKEN, "domain": Proof.DOMAIN, "path": Proof.PATH}


def directory_of(
    people: PeopleFile, contacts: tuple[Person, ...] = (), reporters: Iterable[Reporter] = ()
) -> Directory:
    """Who leads a group is a lead, and one of its members; who holds a post above the desk belongs
    to the house, for the timetable writes to him and he may answer. ``contacts`` are people at
    vendors."""
    held = {**people.posts, **people.contacts}
    holders = set(held.values())
    persons = [_person(entry, holders) for entry in people.people]
    known = {address for person in persons for address in (person.address, *person.aliases)}
    persons += [
        Person(address, roles=frozenset({Role.EXECUTIVE}))
        for address in dict.fromkeys(held.values())
        if address not in known
    ]
    groups = []
    for entry in people.groups:
        lead = next((p.address for p in persons if entry.name in p.leads), "")
        members = tuple(p.address for p in persons if entry.name in p.groups)
        groups.append(
            Group(entry.name, entry.line, dict(entry.title), lead, members, entry.address or "")
        )
    known |= set(held.values())
    others = [one for one in contacts if one.address not in known]
    # those who work here are as people.yaml has them, whatever an imported list says
    reported = [Person(**one.model_dump()) for one in reporters]
    return Directory([*persons, *others], groups, people.desk, reported)


def _person(entry: PersonEntry, holders: Collection[str]) -> Person:
    roles = {Role(name) for name in entry.roles} | ({Role.LEAD} if entry.leads else set())
    if any(address in holders for address in (entry.address, *entry.aliases)):
        roles.add(Role.EXECUTIVE)
    return Person(
        address=entry.address,
        name=entry.name,
        roles=frozenset(roles),
        groups=tuple(dict.fromkeys((*entry.groups, *entry.leads))),
        leads=entry.leads,
        language=entry.language,
        phone=entry.phone,
        department=entry.department,
        organisation=entry.organisation,
        site=entry.site,
        zone=entry.zone,
        vip=entry.vip,
        aliases=entry.aliases,
    )


def policy_of(sla: SlaFile, calendars: CalendarsFile, zone: str) -> SlaPolicy:
    """Targets and calendars; ``zone`` is that of calendars without their own."""
    rows = (sla.matrix.impact_1, sla.matrix.impact_2, sla.matrix.impact_3, sla.matrix.impact_4)
    steps = (sla.timetable.p1, sla.timetable.p2, sla.timetable.p3, sla.timetable.p4)
    return SlaPolicy(
        targets=targets_of(sla.targets),
        calendars={
            name: working_calendar(name, entry, zone) for name, entry in calendars.calendars.items()
        },
        matrix=PriorityMatrix(rows),
        pauses=frozenset(Status(name) for name in sla.pauses),
        timetable={
            grade: dict(sorted(shares.items())) for grade, shares in enumerate(steps, start=1)
        },
        unanswered=dict(sorted(sla.not_accepted.items())),
    )


def ageing_of(sla: SlaFile) -> Ageing:
    """How waiting lifts an incident in the queue."""
    return Ageing(timedelta(days=sla.ageing.every), sla.ageing.ceiling)


def targets_of(entry: Targets) -> dict[int, SlaTarget]:
    """Targets by priority."""
    entries = (entry.p1, entry.p2, entry.p3, entry.p4)
    return {grade: _target(target) for grade, target in enumerate(entries, start=1)}


def goals_of(entry: GoalsEntry) -> Goals:
    """What figures are to reach; shares of 1 instead of percents."""
    targets = {str(code): percent / 100 for code, percent in entry.targets.items()}
    if entry.satisfaction is not None:
        targets["satisfaction_mean"] = entry.satisfaction
    return Goals(
        targets=targets,
        change=entry.change / 100,
        points=entry.points / 100,
        streak=entry.streak,
        concentration=entry.concentration / 100,
        repeats=entry.repeats,
        least=entry.least,
        repeat_days=entry.repeat_days,
    )


def organisations_of(contracts: ContractsFile) -> tuple[Organisation, ...]:
    """Whom the desk serves, with what."""
    return tuple(
        Organisation(
            name=entry.name,
            domains=entry.domains,
            addresses=entry.addresses,
            contract=entry.contract,
            services=entry.services,
            contacts=tuple(
                Person(
                    one.address.lower(), one.name, language=one.language, organisation=entry.name
                )
                for one in entry.contacts
            ),
        )
        for entry in contracts.organisations
    )


def agreements_of(contracts: ContractsFile) -> tuple[Agreement, ...]:
    """What was agreed with some, in the order of the file."""
    return tuple(
        Agreement(
            organisation=entry.organisation,
            contract=entry.contract,
            category=entry.category,
            type=entry.type,
            calendar=entry.calendar,
            promises={
                grade: Promise(one.response or 0, one.resolution or 0, one.calendar or "")
                for grade, one in enumerate(
                    (entry.targets.p1, entry.targets.p2, entry.targets.p3, entry.targets.p4), 1
                )
            },
            pauses=None if entry.pauses is None else frozenset(map(Status, entry.pauses)),
        )
        for entry in contracts.agreements
    )


def _target(entry: Target) -> SlaTarget:
    return SlaTarget(entry.response, entry.resolution, entry.calendar)


def commands_of(commands: CommandsFile) -> CommandSettings:
    """Keywords and the proof that each risk asks for. A field's names are keywords, too: setting
    it is the command ``set_<field>``, of low risk."""
    said: dict[str, CommandEntry | FieldNames] = {}
    said.update((str(name), entry) for name, entry in commands.commands.items())
    labels = {name: said[name] for name in _GRADING if name in said}
    for name, entry in commands.fields.items():
        labels[name] = said[f"set_{name}"] = entry
    return CommandSettings(
        synonyms={
            name: {"zh": entry.zh, "en": entry.en, **entry.more} for name, entry in said.items()
        },
        risk={name: entry.risk for name, entry in commands.commands.items()}
        | dict.fromkeys((f"set_{name}" for name in commands.fields), "low"),
        fields={
            name: (*entry.zh, *entry.en, *(word for many in entry.more.values() for word in many))
            for name, entry in labels.items()
        },
        watching=Watching(commands.watchers.by_reporters, commands.watchers.most),
        proofs={
            "none": Proof.NONE,
            "low": _PROOFS[commands.proofs.low],
            "high": _PROOFS[commands.proofs.high],
        },
        token_days=commands.token_days,
        thanks=commands.thanks,
        unsolved=commands.unsolved,
        behalf=commands.behalf,
    )


def usual_calendar(file: CalendarsFile) -> str:
    """What counts where a file names no calendar: the first that knows days off, else the first;
    "" where there is none at all."""
    return next(
        (name for name, one in file.calendars.items() if not one.always),
        next(iter(file.calendars), ""),
    )


def categories_of(entries: tuple[CategoryEntry, ...], above: str = "") -> Iterator[Category]:
    """Every category by its path, each followed by those below it."""
    for entry in entries:
        path = f"{above}{entry.code}"
        yield Category(path, dict(entry.title))
        yield from categories_of(entry.below, f"{path}/")


def mailbox_of(entry: Mailbox, home: Path) -> MailboxSettings:
    """A mailbox, its password still a reference."""
    said = entry.model_dump(exclude={"password"})
    return MailboxSettings(**said, secret_of=_secret_of(entry.password, home))


def sender_of(entry: Sender, home: Path) -> SenderSettings:
    """A way out, its password still a reference."""
    said = entry.model_dump(exclude={"password"})
    return SenderSettings(**said, secret_of=_secret_of(entry.password, home))


def login_of(entry: Login, home: Path) -> LoginSettings:
    """A login by OAuth 2, the application's secret still a reference."""
    said = entry.model_dump(exclude={"client_secret"})
    secret = secret_ref(entry.client_secret, home) if entry.client_secret else None
    return LoginSettings(**said, secret_of=secret)


def secret_ref(reference: str, home: Path) -> SecretRef:
    """A reference that the schema has found to be one."""
    kind, name = split(reference) or ("file", reference)
    return SecretRef(kind, name, home)


def _secret_of(reference: str | None, home: Path) -> Callable[[], str]:
    return secret_ref(reference, home) if reference else no_secret


def database_url(entry: Database, home: Path) -> str:
    """The URL as SQLAlchemy wants it: an absolute path, psycopg, the password filled in.

    Raises Fault when the password is not where it should be.
    """
    scheme, _, rest = entry.url.partition("://")
    if scheme == "sqlite":
        path = rest.removeprefix("/")
        if not path or path == ":memory:":
            return entry.url
        return f"sqlite:///{(home / path).as_posix()}"
    if entry.password:
        user, at, host = rest.rpartition("@")
        password = quote(secret_ref(entry.password, home)(), safe="")
        rest = f"{user}:{password}{at}{host}"
    return f"postgresql+psycopg://{rest}"
