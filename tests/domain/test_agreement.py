"""Which agreement counts for an incident: the most specific one, setting by setting."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from processor.domain.agreement import Agreement, Promise, terms_for
from processor.domain.incident import IncidentType, Status
from processor.domain.sla import DEFAULT_TARGETS, Target
from tests.domain.records import POLICY, incident

VENDOR = frozenset({Status.PENDING_VENDOR})
BY_CONTRACT = Agreement(contract="HT-1", promises={1: Promise(resolution_minutes=120)})
BY_HOUSE = Agreement(
    organisation="Bank", calendar="7x24", promises={1: Promise(5, 100), 2: Promise(10)}
)
BY_CATEGORY = Agreement(category="network", promises={1: Promise(7, 200), 3: Promise(60, 300)})
BY_LEAF = Agreement(category="network/lan", promises={3: Promise(calendar="7x24")}, pauses=VENDOR)
BY_TYPE = Agreement(type="service_request", promises={4: Promise(480, 4800), 3: Promise(90)})
ALL = (BY_CONTRACT, BY_HOUSE, BY_CATEGORY, BY_LEAF, BY_TYPE)


def test_without_an_agreement_the_general_terms_hold() -> None:
    assert terms_for(POLICY, (), incident()) is POLICY
    assert terms_for(POLICY, ALL, incident()) is POLICY


def test_the_most_specific_wins_and_leaves_the_rest_to_the_others() -> None:
    it = incident(
        contract="HT-1",
        organisation="Bank",
        category="network/lan/switch",
        type=IncidentType.SERVICE_REQUEST,
    )
    for order in permutations(ALL):
        terms = terms_for(POLICY, order, it)
        assert terms.targets == {
            1: Target(5, 120, "7x24"),  # resolution by contract, response by organisation
            2: Target(10, 480, "7x24"),  # calendar and response by organisation
            3: Target(60, 300, "7x24"),  # by category
            4: Target(480, 4800, "7x24"),  # by type, the calendar by organisation
        }
        assert terms.pauses == VENDOR
        assert terms.timetable == POLICY.timetable


def test_a_category_counts_for_those_below_it_and_no_others() -> None:
    agreed = (BY_CATEGORY,)
    assert terms_for(POLICY, agreed, incident(category="network")) is not POLICY
    assert terms_for(POLICY, agreed, incident(category="network/lan")) is not POLICY
    assert terms_for(POLICY, agreed, incident(category="network-backup")) is POLICY
    assert terms_for(POLICY, agreed, incident(category="hardware/network")) is POLICY


def test_all_conditions_must_hold() -> None:
    both = (Agreement(organisation="Bank", type="alert", promises={1: Promise(1)}),)
    alert = incident(organisation="bank ", type=IncidentType.ALERT)
    assert terms_for(POLICY, both, alert).targets[1].response_minutes == 1
    assert terms_for(POLICY, both, incident(organisation="Bank")) is POLICY
    assert terms_for(POLICY, both, incident(type=IncidentType.ALERT)) is POLICY


def test_no_pauses_at_all_can_be_agreed() -> None:
    never = (Agreement(contract="HT-1", pauses=frozenset()),)
    assert terms_for(POLICY, never, incident(contract="HT-1")).pauses == frozenset()
    open_ = (Agreement(contract="HT-1"),)
    assert terms_for(POLICY, open_, incident(contract="HT-1")) == POLICY


CONDITIONS = st.tuples(*(st.sampled_from(["", "a", "b"]) for _ in range(2)))
KINDS = st.sampled_from(["", "x", "x/y", "x/y/z", "q"])
TYPES = st.sampled_from(["", *IncidentType])


@given(
    st.lists(
        st.tuples(CONDITIONS, KINDS, TYPES, st.integers(1, 9)),
        max_size=8,
        unique_by=lambda a: a[:3],
    ),
    CONDITIONS,
    KINDS,
    st.sampled_from(list(IncidentType)),
)
def test_by_the_slow_way(
    said: list[tuple[tuple[str, str], str, str, int]],
    of: tuple[str, str],
    category: str,
    kind: IncidentType,
) -> None:
    """Look at each level in turn, from contract with everything down to nothing at all."""
    agreements = [Agreement(o, c, p, t, promises={1: Promise(n)}) for (o, c), p, t, n in said]
    it = incident(organisation=of[0], contract=of[1], category=category, type=kind)
    levels = [category.rsplit("/", cut)[0] for cut in range(category.count("/") + 1)]
    expected = DEFAULT_TARGETS[1].response_minutes
    told = {((o, c), p, t): n for (o, c), p, t, n in said}
    for contract in (of[1], ""):
        for organisation in (of[0], ""):
            for path in (*levels, ""):
                for type_ in (str(kind), ""):
                    found = told.get(((organisation, contract), path, type_))
                    if found is not None:
                        got = terms_for(POLICY, agreements, it).targets[1].response_minutes
                        assert got == found
                        return
    assert terms_for(POLICY, agreements, it).targets[1].response_minutes == expected
