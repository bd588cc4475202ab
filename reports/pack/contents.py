"""What a record pack holds: reports, register, journal, process documents, configurations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from processor.domain.profile import Profile
from processor.store.spans import Span
from processor.store.unit_of_work import UnitOfWork
from reports.documents.registry import DOCUMENTS, Printed, Subject
from reports.letterhead import Letterhead
from reports.pack.archive import HASHES, Part, whole
from reports.pack.register import write_register
from reports.pack.rows import (
    Readers,
    change_table,
    incident_table,
    problem_table,
    write_journal,
    write_neighbour_journal,
)
from reports.periods import Period, PeriodKind

_BY_LENGTH = {PeriodKind.DAY: "daily", PeriodKind.WEEK: "weekly"}
_OF_LENGTH = frozenset({*_BY_LENGTH.values(), "monthly"})


@dataclass(frozen=True, slots=True)
class PackOrder:
    """``print`` gives a document by kind and number ("" for one of the period); ``documents`` are
    process documents, name → how to make it; ``configurations`` are files, name → text. ``names``:
    whoever has the pack may read the names of confidential records."""

    period: Period
    span: Span
    head: Letterhead
    profiles: Mapping[str, Profile]
    print: Callable[[str, str], Printed]
    documents: Iterable[tuple[str, Callable[[], bytes]]]
    configurations: Iterable[tuple[str, str]]
    names: bool = False


def pack_parts(work: UnitOfWork, order: PackOrder) -> Iterator[Part]:
    """The parts in their order, each made when it is its turn."""
    head, span = order.head, order.span
    readers = Readers(work, order.profiles, head, names=order.names)
    listed: list[str] = []

    def listing(part: Part) -> Part:
        listed.append(part.name)
        return part

    for part in _reports(work, order):
        yield listing(part)
    yield listing(
        Part(
            "register/register.xlsx",
            lambda stream: write_register(
                stream,
                (
                    incident_table(work, span, head, readers),
                    problem_table(work, span, head),
                    change_table(work, span, head),
                ),
            ),
        )
    )
    yield listing(Part("journal/incidents.jsonl", lambda s: write_journal(work, span, readers, s)))
    yield listing(
        Part("journal/problems-and-changes.jsonl", lambda s: write_neighbour_journal(work, span, s))
    )
    for name, make in order.documents:
        yield listing(whole(f"process/{name}", make))
    for name, text in order.configurations:
        yield listing(whole(f"configuration/{name}", text.encode))
    yield whole("README.txt", lambda: _readme(order, listed).encode())


def _reports(work: UnitOfWork, order: PackOrder) -> Iterator[Part]:
    """Those of the period, then one on each grave incident."""
    wanted = _BY_LENGTH.get(order.period.kind, "monthly")
    for document in DOCUMENTS.values():
        if document.subject is Subject.PERIOD and (
            document.kind == wanted or document.kind not in _OF_LENGTH
        ):
            yield _printed("reports", order, document.kind, "")
    investigated = {name for name, one in order.profiles.items() if one.investigated}
    for number, major in work.exports.grave(order.span, investigated):
        kind = "major" if major else "investigation"
        yield _printed(f"reports/{kind}", order, kind, number)


def _printed(folder: str, order: PackOrder, kind: str, number: str) -> Part:
    """Under a name that can be known before it is printed."""
    name = f"{number or order.period.code.replace('..', '_')} {order.head.say(f'kind.{kind}')}"
    return whole(f"{folder}/{name}.docx", lambda: order.print(kind, number).content)


def _readme(order: PackOrder, listed: list[str]) -> str:
    head = order.head
    lines = [
        head.say("pack.title", organisation=head.organisation),
        head.say("pack.period", period=head.about(order.period.name(head.words))),
        str(head.fields()["printed"]),
        head.say("pack.names" if order.names else "pack.masked"),
        "",
        head.say("pack.holds"),
        *(f"  {name}" for name in listed),
        "",
        head.say("pack.check", file=HASHES),
        "",
    ]
    return "\n".join(lines)
