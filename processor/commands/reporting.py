"""The keyword for reports (spec 4): of one incident, of other records and periods by name."""

from __future__ import annotations

from dataclasses import replace

from processor.commands.errand import Command, Errand, Outcome
from processor.domain.errors import NotFound, Refusal
from processor.domain.events import ReportAsked
from processor.domain.events_reports import ReportMade
from processor.domain.numbering import find_numbers
from processor.domain.people import Person, Role
from processor.domain.problem import Problem
from processor.domain.report_order import ReportDesk, ReportOrder
from processor.services import discretion, major_duties, neighbours

_ALL = frozenset({Role.MANAGER, Role.OWNER})
_OWN_FIGURES = frozenset({"daily", "weekly", "monthly", "analysis"})
"""What an engineer may ask for of his own incidents."""


def _report(errand: Errand) -> Outcome:
    desk = errand.policy.reports
    named = _named(errand, desk)
    if desk is None or named is None:
        return _of_incident(errand)
    if desk.about_record(named.kind):
        return _of_record(errand, desk, named)
    return _made(errand, desk, _of_period(errand, named))


def of_problem(errand: Errand, problem: Problem) -> Outcome:
    """What is asked for in a problem's mail, or with its number: its own report where no other is
    named."""
    desk = errand.policy.reports
    named = _named(errand, desk)
    if desk is None or (named is not None and named.kind != Problem.kind):
        return _report(errand)
    order = named or ReportOrder(Problem.kind)
    return _of_record(errand, desk, replace(order, number=order.number or problem.number))


def _named(errand: Errand, desk: ReportDesk | None) -> ReportOrder | None:
    """The report that is called by its name: the keyword can be that, or go before it."""
    if desk is None:
        return None
    keyword, value = errand.order.keyword, errand.order.value
    return desk.read(f"{keyword} {value}", errand.at) or desk.read(value, errand.at)


def _of_incident(errand: Errand) -> Outcome:
    asker = errand.actor.person
    _team_alone(errand)
    named = find_numbers(errand.order.value, errand.policy.numbers)
    incident = errand.work.incidents.get(named[0], lock=False) if named else errand.incident
    if incident is None:
        if named:
            raise NotFound(named[0])
        raise Refusal("which_incident", keyword=errand.order.keyword)
    if Role.MANAGER not in asker.roles and asker.address != incident.assignee:
        raise Refusal("report_not_yours", number=incident.number)
    if incident.major and not incident.open:
        _no_longer_owed(errand, incident.number)
    dossier = errand.work.incidents.dossier(incident.number)
    language = asker.language or errand.policy.language
    dossier = discretion.readable(errand.work, errand.policy, dossier, asker)
    name, document = errand.policy.press(dossier, language, "team", errand.at)
    event = ReportAsked(
        at=errand.at,
        actor=asker,
        incident=incident,
        title=incident.subject,
        file_name=name,
        document=document,
    )
    return Outcome(None, [event])


def _of_record(errand: Errand, desk: ReportDesk, order: ReportOrder) -> Outcome:
    asker = errand.actor.person
    _team_alone(errand)
    own = {asker.address, *asker.aliases}
    if order.kind == Problem.kind:
        number = order.number or _problem_behind(errand)
        problem = errand.work.problems.get(number, lock=False)
        if problem is None:
            raise NotFound(number)
        mine = problem.assignee in own
        return _made(errand, desk, replace(_checked(order, asker, mine, number), number=number))
    number = order.number or errand.on.number
    incident = errand.work.incidents.get(number, lock=False)
    if incident is None:
        raise NotFound(number)
    order = _checked(order, asker, bool({incident.assignee, incident.commander} & own), number)
    profile = errand.policy.profile(incident.profile)
    names = profile.discretion is None or discretion.cleared(profile.discretion, asker)
    outcome = _made(errand, desk, replace(order, number=number, names=names))
    if order.kind == "major" and not incident.open:
        _no_longer_owed(errand, number)
    return outcome


def _problem_behind(errand: Errand) -> str:
    """The number of the one problem that the incident is linked to."""
    incident = errand.incident
    if incident is None:
        raise Refusal("which_neighbour", keyword=errand.order.keyword)
    numbers = tuple(one.number for one in neighbours.problems_of(errand.work, incident))
    if not numbers:
        raise Refusal("no_problem", number=incident.number)
    if len(numbers) > 1:
        raise Refusal("which_problem", number=incident.number, numbers=numbers)
    return numbers[0]


def _checked(order: ReportOrder, asker: Person, mine: bool, number: str) -> ReportOrder:
    if not mine and Role.MANAGER not in asker.roles:
        raise Refusal("report_not_yours", number=number)
    return order


def _no_longer_owed(errand: Errand, number: str) -> None:
    solved = errand.work.incidents.get(number, lock=True)
    if solved is not None:
        major_duties.report_sent(errand.work, solved, errand.actor, errand.at, errand.order.keyword)


def _of_period(errand: Errand, order: ReportOrder) -> ReportOrder:
    """The order as the asker may give it: managers any, engineers of their own work, a contract's
    contacts of their contracts. Raises Refusal ``report_not_for_you``."""
    asker, plans = errand.actor.person, errand.policy.report_plans
    if asker.roles & _ALL:
        return order
    if asker.staff and order.kind in _OWN_FIGURES:
        return replace(order, engineer=asker.address)
    own = {asker.address, *asker.aliases}
    contracts = frozenset(
        contract
        for contract, contacts in plans.contacts.items()
        if own & {one.address for one in contacts}
    )
    if not asker.staff and contracts and order.kind in plans.for_customers:
        if order.contract and order.contract not in contracts:
            raise Refusal("report_not_for_you", keyword=errand.order.keyword)
        return replace(order, only=contracts)
    raise Refusal("report_not_for_you", keyword=errand.order.keyword)


def _made(errand: Errand, desk: ReportDesk, order: ReportOrder) -> Outcome:
    asker = errand.actor.person
    language = asker.language or errand.policy.language
    printed = desk.print(order, language, errand.at)
    event = ReportMade(
        at=errand.at,
        actor=asker,
        readers=(asker,),
        title=printed.title,
        subject=printed.subject,
        file_name=printed.name,
        document=printed.content,
        asked=True,
    )
    return Outcome(None, [event])


def _team_alone(errand: Errand) -> None:
    """Raises Refusal to who is none of the team: reports on records name who worked on them."""
    if not errand.actor.person.roles & {Role.MANAGER, Role.ENGINEER}:
        raise Refusal("report_not_for_you", keyword=errand.order.keyword)


COMMANDS = (Command("report", _report, alone=True),)
