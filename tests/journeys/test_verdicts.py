"""What the receiving server's verdict is worth (spec 2.5 b): only of the servers that the mailbox
names, only the topmost line, and a DMARC failure outweighs any signature."""

from __future__ import annotations

import pytest

from processor.domain.people import Proof
from tests.journeys.desk import Story
from tests.journeys.people import CHECKED_BY
from tests.journeys.sealing import record, sealed

PASS = f"{CHECKED_BY}; dmarc=pass (p=reject dis=none) header.from=example.com"
FAIL = f"{CHECKED_BY}; dmarc=fail (p=none dis=none) header.from=example.com"
ELSEWHERE = "mx.evil.example; dmarc=pass header.from=example.com"
FORGED_RECEIVED = "from mx.example.com by mx.example.com; Mon, 23 Nov 2026 09:00:00 +0800"

# the header block from the top down, as the desk's mailbox gets it
COUNTS = {
    "pass": [PASS],
    "pass with comments and a version": [
        (
            f"{CHECKED_BY} 1; spf=none; dkim=none; dmarc=pass (p=quarantine sp=none) "
            "header.from=example.com policy.dmarc=quarantine"
        )
    ],
    "pass above a forged failure": [PASS, FAIL],
    "pass above lines of others": [PASS, ELSEWHERE, ELSEWHERE],
    "aligned signature, no policy": [
        f"{CHECKED_BY}; dmarc=none header.from=example.com; dkim=pass header.d=example.com"
    ],
    "two signatures, one of them ours": [
        f"{CHECKED_BY}; dkim=pass header.d=list.example; dkim=pass header.d=example.com"
    ],
    "failure of another's domain": [
        f"{CHECKED_BY}; dmarc=fail header.from=list.example; dkim=pass header.d=example.com"
    ],
}
COUNTS_NOT = {
    "fail": [FAIL],
    "fail above a forged pass": [FAIL, PASS],
    "none above a forged pass": [f"{CHECKED_BY}; dmarc=none header.from=example.com", PASS],
    "nothing checked above a forged pass": [f"{CHECKED_BY}; none", PASS],
    "another server above ours": [ELSEWHERE, PASS],
    "another server alone": [ELSEWHERE],
    "a name that contains ours": [PASS.replace(CHECKED_BY, f"{CHECKED_BY}.evil.example")],
    "our name as a comment": [
        f"mx.evil.example ({CHECKED_BY}); dmarc=pass header.from=example.com"
    ],
    "our name in quotes with more": [PASS.replace(CHECKED_BY, f'"{CHECKED_BY} x"')],
    "no name at all": ["; dmarc=pass header.from=example.com"],
    "garbage above a pass": ["((((", PASS],
    "empty above a pass": ["", PASS],
    "fail beside an aligned signature": [f"{FAIL}; dkim=pass header.d=mail.example.com"],
    "pass and fail in one line": [
        f"{CHECKED_BY}; dmarc=pass header.from=example.com; dmarc=fail header.from=example.com"
    ],
    "pass in a comment": [f"{CHECKED_BY}; dmarc=none (dmarc=pass) header.from=example.com"],
    "pass as a reason": [f'{CHECKED_BY}; dmarc=fail reason="dmarc=pass" header.from=example.com'],
    "pass of a subdomain": [PASS.replace("=example.com", "=sub.example.com")],
    "pass without a domain": [f"{CHECKED_BY}; dmarc=pass"],
    "temporary error": [f"{CHECKED_BY}; dmarc=temperror header.from=example.com"],
    "best guess": [f"{CHECKED_BY}; dmarc=bestguesspass header.from=example.com"],
    "envelope alone": [f"{CHECKED_BY}; spf=pass smtp.mailfrom=chen.jing@example.com"],
    "a chain of others": [f"{CHECKED_BY}; arc=pass (i=2 dmarc=pass fromdomain=example.com)"],
}


def _headers(lines: list[str]) -> list[tuple[str, str]]:
    return [("Authentication-Results", line) for line in lines]


@pytest.mark.parametrize("lines", COUNTS.values(), ids=COUNTS.keys())
def test_it_counts(plain_desk: Story, lines: list[str]) -> None:
    desk = plain_desk
    desk.confirmed()
    desk.chen.writes(f"[{desk.numbers[0]}]", "#审核", headers=_headers(lines))
    (journey,) = desk.journeys()
    assert (str(journey.disposition), journey.proof) == ("commanded", Proof.DOMAIN)


@pytest.mark.parametrize("lines", COUNTS_NOT.values(), ids=COUNTS_NOT.keys())
def test_it_counts_for_nothing(plain_desk: Story, lines: list[str]) -> None:
    desk = plain_desk
    desk.confirmed()
    before = desk.fingerprint()
    desk.chen.writes(f"[{desk.numbers[0]}]", "#审核", headers=_headers(lines))
    assert desk.turn() == ["held"]
    assert desk.fingerprint() == before
    assert desk.letters["chen.jing"] == ["not-proven"]


def test_lines_that_the_sender_brought_stand_below_those_of_our_server(desk: Story) -> None:
    """Our server adds its line and its trace above; below, the sender's own copies of both."""
    desk.confirmed()
    headers = [
        ("Authentication-Results", f"{CHECKED_BY}; dmarc=fail header.from=example.com"),
        ("Received", "from mx.evil.example by mx.example.com; Mon, 23 Nov 2026 09:00:01 +0800"),
        ("Authentication-Results", PASS),
        ("Received", FORGED_RECEIVED),
        ("Authentication-Results", PASS),
        ("ARC-Authentication-Results", f"i=1; {PASS}"),
    ]
    desk.chen.writes(f"[{desk.numbers[0]}]", "#审核", headers=headers)
    assert desk.turn() == ["held"]


def test_a_seal_that_is_found_intact_here_does_not_outweigh_a_failure(desk: Story) -> None:
    """Strict alignment: a signature of a host below the author's domain is none for DMARC."""
    name, key = record("mail.example.com")
    desk.keys[name] = key
    desk.confirmed()
    raw = sealed(desk.chen.writes(f"[{desk.numbers[0]}]", "#审核"), "mail.example.com")
    desk.withdraw()
    desk.post(f"Authentication-Results: {FAIL}\r\n".encode() + raw)
    assert desk.turn() == ["held"]


def test_where_no_server_is_named_no_line_counts(desk: Story) -> None:
    with Story(desk.home.parent / "unnamed", box={"authserv_ids": ()}) as other:
        other.confirmed()
        other.chen.writes(f"[{other.numbers[0]}]", "#审核", headers=_headers([PASS]))
        assert other.turn() == ["held"]


def test_the_name_is_that_of_any_case(desk: Story) -> None:
    desk.confirmed()
    line = PASS.replace(CHECKED_BY, CHECKED_BY.upper()).replace("dmarc=pass", "DMARC=Pass")
    desk.chen.writes(f"[{desk.numbers[0]}]", "#审核", headers=_headers([line]))
    assert desk.turn() == ["commanded"]
