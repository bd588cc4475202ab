"""Finding people and groups by what others call them."""

from __future__ import annotations

import pytest

from processor.domain.people import STAFF_ROLES, Actor, Directory, Group, Person, Proof, Role

ENGINEER = frozenset({Role.ENGINEER})
ZHANG = Person("zhang@desk.example", "张伟", ENGINEER, aliases=("Zhang.Wei@Corp.example",))
ANNA = Person("anna@desk.example", "Anna Berg", frozenset({Role.MANAGER, Role.DESK}))
TWIN = Person("zhang@other.example", "张伟", ENGINEER)
GUEST = Person("li@customer.example")
NETWORK = Group(
    "network",
    title={"zh": "网络组", "en": "Network team"},
    lead="anna@desk.example",
    members=("zhang@desk.example", "Anna@desk.example", "gone@desk.example", ""),
)
HOUSE = Directory((ZHANG, ANNA, TWIN, GUEST), (NETWORK, Group("desk")), "desk")


def test_the_team_are_those_with_a_post_of_the_team() -> None:
    assert ZHANG.staff
    assert not GUEST.staff
    assert not Person("v@vendor.example", roles=frozenset({Role.VENDOR})).staff
    assert not {Role.REPORTER, Role.ASSIGNEE, Role.VENDOR, Role.SYSTEM} & STAFF_ROLES


def test_who_has_no_name_is_called_by_his_address() -> None:
    assert (ZHANG.label, GUEST.label) == ("张伟", "li@customer.example")


def test_proofs_grow_in_strength() -> None:
    assert Proof.NONE < Proof.TOKEN < Proof.DOMAIN < Proof.PATH < Proof.SHELL


def test_an_actor_has_the_address_of_the_person() -> None:
    assert Actor(ZHANG, Proof.NONE, "clock").address == "zhang@desk.example"


@pytest.mark.parametrize(
    "address", ["zhang@desk.example", " ZHANG@Desk.example ", "zhang.wei@corp.example"]
)
def test_people_are_found_by_any_of_their_addresses(address: str) -> None:
    assert HOUSE.find(address) is ZHANG
    assert HOUSE.find("zhang@nowhere.example") is None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("anna", ANNA),
        ("@Anna Berg", ANNA),
        ("ANNA@desk.example", ANNA),
        ("zhang@other.example", TWIN),
        ("zhang.wei@corp.example", ZHANG),
        ("li", GUEST),
        ("张伟", None),  # there are two
        ("zhang", None),
        ("nobody", None),
        ("", None),
        ("@", None),
    ],
)
def test_a_name_means_one_person_or_nobody(words: str, meant: Person | None) -> None:
    assert HOUSE.named(words) is meant


@pytest.mark.parametrize("words", ["network", "NETWORK", "@network", " 网络组 ", "network team"])
def test_groups_are_found_by_name_and_title(words: str) -> None:
    assert HOUSE.group_named(words) is NETWORK


@pytest.mark.parametrize("words", ["", "net", "网络"])
def test_half_a_name_is_no_group(words: str) -> None:
    assert HOUSE.group_named(words) is None


def test_people_are_found_by_post() -> None:
    assert HOUSE.with_role(Role.ENGINEER) == (ZHANG, TWIN)
    assert HOUSE.with_role(Role.APPROVER) == ()


def test_the_lead_is_the_first_of_the_members_and_each_is_one_once() -> None:
    assert HOUSE.members("network") == (ANNA, ZHANG)
    assert HOUSE.members("desk") == ()
    assert HOUSE.members("gone") == ()
