"""``config/reports.yaml``: templates of Word reports, which go out when and to whom."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from processor.settings.schema.goals import GoalsEntry
from processor.settings.schema.kinds import AddressText, Minutes, Model, Name, Text, wrong
from processor.settings.schema.rounds import ClockText, Day

PeriodReport = Literal[
    "daily", "weekly", "monthly", "analysis", "problems", "changes", "audit"
]  # fmt: skip
Report = Literal[
    "incident", "major", "investigation", "problem", "process", "daily", "weekly", "monthly",
    "analysis", "problems", "changes", "audit",
]  # fmt: skip


def _inside(value: str) -> str:
    """A folder below the home, written with slashes; none leads out of it."""
    parts = value.split("/")
    if value and ("\\" in value or ":" in value or "" in parts or ".." in parts or "." in parts):
        raise wrong("inner_folder")
    return value


Folder = Annotated[str, AfterValidator(_inside)]


class AuditSection(Model):
    """What an audit of the process asks for: names of fields of the record."""

    recorded: tuple[str, ...] = ("reporter_name", "category", "symptom", "group")
    """Of what was recorded."""
    closed: tuple[str, ...] = ("cause", "action", "solution", "closure_code", "resolver_role")
    """Of what was closed."""


class ListedSection(Model):
    """How many a list names one by one; what is beyond is counted."""

    problems: Annotated[int, Field(ge=1, le=1000)] = 30
    """Problem review: the most pressing ones, by priority, overdue, age."""
    audit: Annotated[int, Field(ge=1, le=1000)] = 50
    """Process audit: of each finding."""


class DeliveryEntry(Model):
    """A report that goes out by itself."""

    id: Name
    """A name of your own; a changed one begins anew."""
    report: PeriodReport
    """Which report."""
    every: Literal["day", "week", "month", "quarter", "year"]
    """How often: on the first working day, about the time before; day: about that day."""
    at: ClockText | None = None
    """Time of day."""
    before_end: Minutes | None = None
    """Or so long before the end of work."""
    day: Day = "mon"
    """Every week: from which day on."""
    to: tuple[Text, ...] = ()
    """Roles and posts that get it by mail; contacts: those of the contract."""
    addresses: tuple[AddressText, ...] = ()
    """Other addresses that get it."""
    each_contract: bool = False
    """true: one for every contract, of its incidents alone."""
    contract: str = ""
    """Only of this contract."""
    profile: str = ""
    """Only of this process."""
    language: Literal["zh", "en", ""] = ""
    """Empty: each reader's own; in a folder the desk's."""
    folder: Folder = ""
    """Folder below the home in which it is kept; empty: none."""
    send: bool = True
    """false: never."""

    @model_validator(mode="after")
    def _once_and_to_somebody(self) -> Self:
        if (self.at is None) == (self.before_end is None):
            raise PydanticCustomError("lacking", "no time", {"key": "at", "kind": "delivery"})
        if not (self.to or self.addresses or self.folder):
            raise PydanticCustomError("lacking", "to nobody", {"key": "to", "kind": "delivery"})
        return self


class MajorEntry(Model):
    """The report of each major incident."""

    after: Minutes | None = None
    """So long after its end; empty: only when somebody asks for it."""
    to: tuple[Text, ...] = ()
    """Roles and posts that get it by mail."""
    addresses: tuple[AddressText, ...] = ()
    """Other addresses that get it."""
    folder: Folder = ""
    """Folder below the home in which it is kept; empty: none."""


class ReportsFile(Model):
    """Word documents."""

    templates: dict[Report, Text] = Field(default_factory=dict)
    """Kind of report → file below templates/; {language} stands for zh or en."""
    goals: GoalsEntry = GoalsEntry()
    """What figures are to reach, and from when on something is worth a sentence."""
    audit: AuditSection = AuditSection()
    """What an audit of the process asks for."""
    listed: ListedSection = ListedSection()
    """How long lists are."""
    calendar: str = ""
    """Calendar whose working days and hours count; empty: the first that knows days off."""
    for_customers: tuple[PeriodReport, ...] = ("monthly",)
    """What a contract's contacts may ask for by mail; they get their own alone."""
    major: MajorEntry = MajorEntry()
    """The report of each major incident."""
    schedule: tuple[DeliveryEntry, ...] = ()
    """Which report goes to whom when."""
