"""`doctor` asks DNS whether letters can be answered and are believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processor.bootstrap.doctor_dns import names
from processor.settings.loader import load
from processor.settings.settings import Settings
from tests.servers.name_server import name_server
from tests.settings.homes import new_home

SPF = '"v=spf1 mx -all"'
RECORDS = {
    ("whole.cn", "MX"): ("10 mx.whole.cn.",),
    ("whole.cn", "TXT"): ('"site-verification=1"', SPF),
    ("address.cn", "A"): ("192.0.2.1",),  # no MX: the address itself takes mail
    ("address.cn", "TXT"): ('"V=SPF1 a"',),
    ("null.cn", "MX"): ("0 .",),  # RFC 7505: takes none
    ("null.cn", "TXT"): (SPF, '"v=spf1 -all"'),
    ("bare.cn", "TXT"): ('"v=spf10 odd"',),
}
SAYS = {
    "whole.cn": [("mail_domain", True), ("spf", True)],
    "address.cn": [("mail_domain", True), ("spf", True)],
    "null.cn": [("mail_domain", False), ("spf", False)],
    "bare.cn": [("mail_domain", False), ("spf", False)],
    "absent.cn": [("mail_domain", False), ("spf", False)],
    "a..cn": [("mail_domain", False)],
    "broken": [("dns", False)],
    "desk.example.com": [],  # nobody's, so that nobody is asked
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load(new_home(tmp_path_factory.mktemp("dns")))


def at(settings: Settings, *domains: str, kind: str = "smtp") -> Settings:
    boxes = [replace(settings.mailboxes[0], address=f"desk@{one}") for one in domains]
    senders = (replace(settings.senders[0], kind=kind),)
    return replace(settings, mailboxes=tuple(boxes), senders=senders)


def test_what_dns_says_of_each_domain(settings: Settings) -> None:
    with name_server(RECORDS) as (resolver, asked):
        resolver.lifetime = 1
        for domain, says in SAYS.items():
            found = list(names(at(settings, domain), resolver))
            assert [(one.code, one.well) for one in found] == says, domain
            assert all(one.bearable for one in found)
            for one in found:
                for words in settings.words.values():
                    assert domain in one.told(words)
        assert "desk.example.com" not in asked
        # who does not answer is not asked about the next one
        del asked[:]
        assert [one.code for one in names(at(settings, "broken", "whole.cn"), resolver)] == ["dns"]
        assert set(asked) == {"broken"}
        # nothing leaves this machine: nothing is asked
        del asked[:]
        assert list(names(at(settings, "whole.cn", kind="outbox"), resolver)) == []
        assert asked == []
        back = at(settings, "whole.cn")
        back = replace(back, senders=(replace(back.senders[0], envelope_from="b@address.cn"),))
        assert len(list(names(back, resolver))) == 4
