"""The table of spec 1.3, row by row: what is allowed, to whom, and how the rest is refused."""

from __future__ import annotations

import pytest

from processor.domain.errors import Refusal
from processor.domain.incident import Status
from processor.domain.lifecycle import MOVES, check_move, moves_from, roles_on
from processor.domain.people import Person, Role
from tests.domain.records import incident

# status: next status (who; keyword)
TABLE = """
new: assigned (system desk; assign), in_progress (system desk; accept)
new: pending_user (system desk; wait_user), rejected (system desk; reject)
new: merged (system desk assignee; duplicate), cancelled (system desk reporter; cancel)
new: resolved (system desk; resolve)
assigned: in_progress (desk lead assignee; accept), new (desk lead assignee; return)
assigned: assigned (desk lead assignee; assign)
in_progress: pending_user (assignee; wait_user), pending_vendor (assignee; vendor)
in_progress: pending_change (assignee; change), assigned (assignee; escalate)
in_progress: resolved (assignee; resolve), new (assignee desk manager; recall)
pending_user: in_progress (assignee reporter system; resume), resolved (assignee system; resolve)
pending_vendor: in_progress (assignee vendor; resume), resolved (assignee vendor; resolve)
pending_change: in_progress (assignee system; resume), resolved (system; resolve)
resolved: pending_review (reporter system; confirm), in_progress (reporter assignee; reopen)
pending_review: closed (manager; approve), in_progress (manager; send_back)
closed: in_progress (manager reporter; reopen)
rejected: new (desk; reopen)
cancelled: new (reporter; reopen)
"""


def _read() -> dict[tuple[Status, Status], tuple[frozenset[Role], str]]:
    found = {}
    for line in TABLE.strip().splitlines():
        source, _, cells = line.partition(": ")
        for cell in cells.split("), "):
            target, _, rest = cell.strip(")").partition(" (")
            who, _, keyword = rest.partition("; ")
            roles = frozenset(Role(name) for name in who.split())
            found[Status(source), Status(target)] = (roles, keyword)
    return found


ROWS = _read()


def test_the_table_has_these_moves_and_no_others() -> None:
    assert {(m.source, m.target): (m.by, m.keyword) for m in MOVES} == ROWS
    assert len(MOVES) == len(ROWS)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", Status)
def test_each_role_may_make_the_moves_that_name_it_and_no_other(status: Status, role: Role) -> None:
    for target in Status:
        row = ROWS.get((status, target))
        if row is None:
            with pytest.raises(Refusal) as refused:
                check_move(status, target, frozenset({role}))
            assert refused.value.code == "move_not_allowed"
        elif role in row[0]:
            move = check_move(status, target, frozenset({role}))
            assert (move.source, move.target, move.keyword) == (status, target, row[1])
        else:
            with pytest.raises(Refusal) as refused:
                check_move(status, target, frozenset({role}))
            assert refused.value.code == "not_yours_to_move"
            assert refused.value.params["by"] == sorted(row[0])


def test_one_right_role_among_several_is_enough() -> None:
    roles = frozenset({Role.ENGINEER, Role.ASSIGNEE, Role.VENDOR})
    assert check_move(Status.IN_PROGRESS, Status.RESOLVED, roles).keyword == "resolve"


def test_a_refusal_names_the_status_the_moves_and_their_keywords() -> None:
    with pytest.raises(Refusal) as refused:
        check_move(Status.PENDING_REVIEW, Status.ASSIGNED, frozenset(Role))
    assert refused.value.params == {
        "status": Status.PENDING_REVIEW,
        "target": Status.ASSIGNED,
        "moves": [Status.CLOSED, Status.IN_PROGRESS],
        "keywords": ["approve", "send_back"],
    }


def test_what_was_merged_follows_its_parent() -> None:
    assert moves_from(Status.MERGED) == ()


def test_the_engineer_alone_never_closes() -> None:
    """Principle 8: no chain of an assignee's moves leads beyond the solution."""
    reached, new = set(), {Status.NEW, Status.ASSIGNED}
    while new:
        reached |= new
        new = {m.target for m in MOVES if m.source in reached and Role.ASSIGNEE in m.by} - reached
    assert Status.RESOLVED in reached
    assert not reached & {Status.PENDING_REVIEW, Status.CLOSED, Status.CANCELLED}


def test_every_status_can_be_reached_and_all_but_the_merged_left() -> None:
    assert {move.target for move in MOVES} == set(Status)
    assert {status for status in Status if not moves_from(status)} == {Status.MERGED}


def _on(person: Person, **given: object) -> frozenset[Role]:
    return roles_on(incident(**given), person)


def test_posts_go_with_the_person() -> None:
    manager = Person("m@desk.example", roles=frozenset({Role.MANAGER, Role.ENGINEER}))
    assert _on(manager) == {Role.MANAGER, Role.ENGINEER}


@pytest.mark.parametrize("address", ["li@customer.example", "LI@Customer.example"])
def test_the_reporter_is_one_by_any_of_his_addresses(address: str) -> None:
    person = Person("other@customer.example", aliases=(address,))
    assert _on(person) == {Role.REPORTER}
    assert _on(Person("wang@customer.example")) == frozenset()


def test_the_assignee_is_one_only_where_he_is() -> None:
    engineer = Person("e@desk.example", roles=frozenset({Role.ENGINEER}))
    assert _on(engineer, assignee="e@desk.example") == {Role.ENGINEER, Role.ASSIGNEE}
    assert _on(engineer, assignee="f@desk.example") == {Role.ENGINEER}
    assert _on(engineer) == {Role.ENGINEER}


def test_relations_that_a_configuration_gives_as_posts_count_nothing() -> None:
    person = Person("x@desk.example", roles=frozenset({Role.REPORTER, Role.ASSIGNEE}))
    assert _on(person) == frozenset()


def test_a_lead_leads_his_own_group_only() -> None:
    lead = Person("l@desk.example", roles=frozenset({Role.LEAD}), leads=("network",))
    assert _on(lead, group="network") == {Role.LEAD}
    assert _on(lead, group="server") == frozenset()


def test_what_nobody_has_is_in_the_hands_of_the_service_desk() -> None:
    """Else a question that the desk asked could never be taken back by anyone."""
    desk = Person("d@desk.example", roles=frozenset({Role.DESK}))
    assert _on(desk, status=Status.PENDING_USER) == {Role.DESK, Role.ASSIGNEE}
    assert _on(desk, assignee="e@desk.example") == {Role.DESK}


@pytest.mark.parametrize(
    "given",
    [
        {"watchers": ("help@vendor.example",)},
        {"fault_vendor": "help@vendor.example"},
        {"fault_vendor": "Vendor GmbH"},
    ],
)
def test_a_vendor_is_one_where_he_was_called_in(given: dict[str, object]) -> None:
    vendor = Person(
        "help@vendor.example", roles=frozenset({Role.VENDOR}), organisation="Vendor GmbH"
    )
    assert _on(vendor, **given) == {Role.VENDOR}
    assert _on(vendor) == frozenset()
    assert _on(vendor, fault_vendor="Other", watchers=("a@b.example",)) == frozenset()


def test_a_vendor_without_a_house_is_not_called_in_by_silence() -> None:
    assert _on(Person("v@vendor.example", roles=frozenset({Role.VENDOR}))) == frozenset()
