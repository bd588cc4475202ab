"""What the shipped sources read, and what they leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from processor.domain.alerts import Alert, AlertPolicy, AlertState
from processor.domain.ruling import Facts
from processor.rules.alerts import Watch, check_alert_examples
from processor.settings.loader import load
from tests.settings.homes import new_home


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> AlertPolicy:
    return load(new_home(tmp_path_factory.mktemp("home"))).alerts


@pytest.fixture(scope="module")
def watch(policy: AlertPolicy) -> Watch:
    return Watch(policy.sources)


def read(watch: Watch, subject: str, body: str = "", sender: str = "a@x.example") -> Alert | None:
    return watch.read(Facts(sender=sender, subject=subject, body=body))


def test_every_example_is_read_as_it_says(watch: Watch, policy: AlertPolicy) -> None:
    assert [source.name for source in policy.sources if len(source.examples) < 2] == []
    assert list(check_alert_examples(watch, policy.sources)) == []


def test_every_source_can_be_passed_over_by_the_subject_alone(watch: Watch) -> None:
    """Else each ordinary mail would pay for it."""
    assert [source.spec.name for source in watch._sources if source.needs is None] == []


class Telltale(Facts):
    """Facts that tell when somebody looks at the body."""

    looked = 0

    def __getattribute__(self, name: str) -> Any:
        if name == "body":
            type(self).looked += 1
        return super().__getattribute__(name)


def test_the_body_of_ordinary_mail_is_not_looked_at(watch: Watch) -> None:
    assert watch.read(Telltale(subject="三楼打印机卡纸", body="麻烦看一下")) is None
    assert Telltale.looked == 0
    watch.read(Telltale(subject="Problem: web01", body="x"))
    assert Telltale.looked > 0, "it would be seen"


def _of_people() -> Iterator[tuple[str, str]]:
    yield "Problem: my printer is broken", "It jams all the time. Host: none of my business."
    yield "PROBLEM - my PC is slow", "Since this morning."
    yield "故障：打印机", "三楼打印机的主机坏了，请修一下。"
    yield "恢复误删的文件", "请帮我恢复昨天误删的报表。"
    yield "[OK] 已经好了", "谢谢，不用处理了。"
    yield "[RESOLVED] thanks", "It works again."
    yield "Alert: strange mail", "I got an alert that I do not understand."
    yield "告警太多了", "每天上百封 Zabbix 告警，能不能少发一点？"


@pytest.mark.parametrize(("subject", "body"), tuple(_of_people()))
def test_what_people_write_is_no_alert(watch: Watch, subject: str, body: str) -> None:
    assert read(watch, subject, body) is None


def test_two_words_for_one_trouble_give_one_key(watch: Watch) -> None:
    problem = read(watch, "【告警】出口流量超限 96%", "设备：SW-1", "monitor@x.example")
    again = read(watch, "［恢复］出口流量超限  31 %", "设备：sw-1", "monitor@x.example")
    assert problem is not None
    assert again is not None
    assert (problem.state, again.state) == (AlertState.PROBLEM, AlertState.RECOVERY)
    assert problem.key == again.key


def test_troubles_of_two_hosts_or_senders_are_told_apart(watch: Watch) -> None:
    keys = {
        alert.key
        for host, sender in (("a", "m@x.example"), ("b", "m@x.example"), ("a", "m@y.example"))
        if (alert := read(watch, "Problem: disk full", f"Problem name: disk full\nHost: {host}",
                          sender))
    }  # fmt: skip
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("subject", "state"),
    [
        ("** ACKNOWLEDGEMENT Host Alert: web01 is DOWN **", AlertState.ACKNOWLEDGED),
        ("** FLAPPINGSTOP Service Alert: web01/HTTP is OK **", AlertState.STEADY),
        ("** DOWNTIMESTART Host Alert: web01 is UP **", AlertState.NOTED),
        ("PROBLEM - web01 - HTTP is CRITICAL", AlertState.PROBLEM),
        ("[FLAPPINGSTART] HTTP on web01 is WARNING!", AlertState.FLAPPING),
        ("[RECOVERY] Host web01 is UP!", AlertState.RECOVERY),
    ],
)
def test_nagios_and_icinga_in_every_dress(watch: Watch, subject: str, state: AlertState) -> None:
    alert = read(watch, subject, "***** Icinga *****\n\nNotification Type: X\nHost: web01\n")
    assert alert is not None
    assert (alert.source.name, alert.state, alert.ci) == ("nagios", state, "web01")


@pytest.mark.parametrize(
    ("subject", "body", "state"),
    [
        ("故障告警:PROBLEM: Redis 已停止", "告警主机:c1 \n告警信息:Redis 已停止", "problem"),
        ("故障解除:OK: Redis 已停止", "恢复主机:c1 \n恢复信息:Redis 已停止", "recovery"),
        ("Redis 已停止故障", "告警主机：c1\n当前状态：PROBLEM\n告警信息：Redis 已停止", "problem"),
        ("服务器:c1: 报警确认", "确认人:张三\n问题服务器IP:c1\n当前的问题是: Redis 已停止",
         "acknowledged"),
        ("【告警】Redis 已停止", "【告警主机】\n告警主机：c1\n告警信息：Redis 已停止", "problem"),
    ],
)  # fmt: skip
def test_zabbix_in_chinese_dresses(watch: Watch, subject: str, body: str, state: str) -> None:
    alert = read(watch, subject, body)
    assert alert is not None
    assert alert.state == state
    assert alert.key.endswith("c1 | redis已停止")
