"""Mails as monitoring systems write them, by the templates that they ship."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime

from processor.demo.story import DESK
from tests.journeys.desk import Story
from tests.journeys.people import CHECKED_BY


@dataclass(frozen=True)
class Told:
    """Subject and body of one mail; ``html`` where the system writes no plain text."""

    subject: str
    body: str
    html: bool = False


@dataclass
class Monitor:
    """A monitoring system at ``address`` whose mails our server has checked (``proven``);
    ``threads``: each answers its first one."""

    desk: Story
    address: str
    proven: bool = True
    headers: tuple[tuple[str, str], ...] = (("Auto-Submitted", "auto-generated"),)
    threads: bool = False
    sent: int = 0

    def says(self, told: Told, *, proven: bool | None = None) -> None:
        """One mail; ``proven=False`` is a forgery, or a server that signs nothing."""
        self.sent += 1
        mail = EmailMessage()
        domain = self.address.rpartition("@")[2]
        if self.proven if proven is None else proven:
            mail["Authentication-Results"] = f"{CHECKED_BY}; dkim=pass header.d={domain}"
        mail["From"], mail["To"], mail["Subject"] = self.address, DESK, told.subject
        mail["Date"] = format_datetime(self.desk.tick())
        mail["Message-ID"] = f"<{self.sent}.{id(self)}@{domain}>"
        if self.threads and self.sent > 1:  # as Alertmanager does where it is asked to
            mail["In-Reply-To"] = mail["References"] = f"<1.{id(self)}@{domain}>"
        for name, value in self.headers:
            mail[name] = value
        mail.set_content(told.body, subtype="html" if told.html else "plain")
        self.desk.post(mail.as_bytes())


Make = Callable[[str], Told]
"""State ("problem", "recovery") → the mail about always the same trouble."""


def zabbix(state: str) -> Told:
    """The shipped media type "Email"."""
    if state == "problem":
        return Told(
            "Problem: Load average is too high (per CPU load over 1.5 for 5m)",
            "Problem started at 09:15:32 on 2026.11.23\n"
            "Problem name: Load average is too high (per CPU load over 1.5 for 5m)\n"
            "Host: web01\nSeverity: High\nOperational data: Load averages(1m 5m 15m): (6.1 4.9)\n"
            "Original problem ID: 4711\n",
        )
    return Told(
        "Resolved in 12m 3s: Load average is too high (per CPU load over 1.5 for 5m)",
        "Problem has been resolved at 09:27:35 on 2026.11.23\n"
        "Problem name: Load average is too high (per CPU load over 1.5 for 5m)\n"
        "Problem duration: 12m 3s\nHost: web01\nSeverity: High\nOriginal problem ID: 4711\n",
    )


def zabbix_html(state: str) -> Told:
    """The shipped media type "Email (HTML)"."""
    if state == "problem":
        return Told(
            "Problem: Unavailable by ICMP ping",
            "<b>Problem started</b> at 09:15:32 on 2026.11.23<br>"
            "<b>Problem name:</b> Unavailable by ICMP ping<br><b>Host:</b> sw-03<br>"
            "<b>Severity:</b> High<br><b>Operational data:</b> Down (0)<br>"
            "<b>Original problem ID:</b> 4712<br>",
            html=True,
        )
    return Told(
        "Resolved in 5m: Unavailable by ICMP ping",
        "<b>Problem has been resolved</b> at 09:20:35 on 2026.11.23<br>"
        "<b>Problem name:</b> Unavailable by ICMP ping<br><b>Problem duration:</b> 5m<br>"
        "<b>Host:</b> sw-03<br><b>Severity:</b> High<br><b>Original problem ID:</b> 4712<br>",
        html=True,
    )


def zabbix_zh(state: str) -> Told:
    """The usual Chinese action: 告警主机, 告警信息, 当前状态."""
    ended = state == "recovery"
    return Told(
        "服务器:db02: 磁盘空间不足已恢复!" if ended else "服务器:db02发生: 磁盘空间不足故障!",
        "告警主机:db02\n告警地址:10.1.2.3\n监控项目:Free disk space on /\n"
        f"监控取值:{'35' if ended else '4'} %\n告警等级:严重\n"
        f"当前状态:{'OK' if ended else 'PROBLEM'}\n告警信息:磁盘空间不足\n"
        "告警时间:2026.11.23 09:15:32\n事件ID:81250\n",
    )


def alertmanager(state: str, members: tuple[str, ...] = ("web01", "web02")) -> Told:
    """The shipped template ``email.default.html``, its styles left out."""
    firing = state == "problem"
    subject = f"[FIRING:{len(members)}]" if firing else "[RESOLVED]"
    listed = "".join(
        '<tr><td class="content-block"><strong>Labels</strong><br>'
        f"alertname = InstanceDown<br>instance = {one}:9100<br>job = node<br>"
        "severity = critical<br><strong>Annotations</strong><br>"
        f"summary = {one} is down<br>"
        '<a href="http://prometheus.example.com/graph">Source</a><br></td></tr>'
        for one in members
    )
    plural = "s" if len(members) > 1 else ""
    word = "Firing" if firing else "Resolved"
    return Told(
        f"{subject} InstanceDown node (critical)",
        '<html><body><table class="body-wrap"><tr><td></td><td class="container"><table>'
        f'<tr><td class="alert">{len(members)} alert{plural} for \n'
        "                alertname=InstanceDown \n              \n"
        "                job=node \n              \n</td></tr>"
        '<tr><td class="content-wrap"><table><tr><td>'
        '<a href="http://am.example.com/#/alerts">View in Alertmanager</a></td></tr>'
        f"<tr><td><strong>[{len(members)}] {word}</strong></td></tr>{listed}</table></td></tr>"
        '</table><a href="http://am.example.com">Sent by Alertmanager</a></td></tr></table>'
        "</body></html>",
        html=True,
    )


def grafana(state: str) -> Told:
    """Unified alerting's title and a short body."""
    mark = "[FIRING:1]" if state == "problem" else "[RESOLVED]"
    return Told(f"{mark} 队列积压 Infrastructure (mq01 critical)", "severity critical\nGrafana v11")


def nagios(state: str) -> Told:
    """notify-service-by-email."""
    kind, now = ("PROBLEM", "CRITICAL") if state == "problem" else ("RECOVERY", "OK")
    return _nagios(kind, now)


def _nagios(kind: str, now: str) -> Told:
    return Told(
        f"** {kind} Service Alert: web01/HTTP is {now} **",
        f"***** Nagios *****\n\nNotification Type: {kind}\n\nService: HTTP\nHost: web01\n"
        f"Address: 10.0.0.5\nState: {now}\n\nDate/Time: Mon Nov 23 09:12:44 CST 2026\n\n"
        "Additional Info:\n\nConnection refused\n",
    )


def nagios_other(kind: str) -> Told:
    """ACKNOWLEDGEMENT, FLAPPINGSTART, FLAPPINGSTOP, DOWNTIMESTART of the same service."""
    return _nagios(kind, "CRITICAL")


def icinga(state: str) -> Told:
    """mail-host-notification.sh of Icinga 2."""
    kind, now = ("PROBLEM", "DOWN") if state == "problem" else ("RECOVERY", "UP")
    return Told(
        f"[{kind}] Host web01 is {now}!",
        f"***** Icinga 2 Host Monitoring on mon01 *****\n\n==> web01 is {now}! <==\n\n"
        "Info:    PING - Packet loss\n\nWhen:    2026-11-23 09:12:44 +0800\n"
        "Host:    web01\nIPv4:    10.0.0.5\n",
    )


def generic_zh(state: str) -> Told:
    """Any home-made one, with a measured value at the end."""
    if state == "problem":
        return Told("【告警】核心交换机出口流量超限 96%", "设备：SW-CORE-01\n级别：严重\n")
    return Told("【告警恢复】核心交换机出口流量超限 31%", "设备：SW-CORE-01\n级别：严重\n")


def generic_en(state: str) -> Told:
    word = "ALERT" if state == "problem" else "RECOVERED"
    return Told(f"[{word}] Nightly backup failed", "Host: bak01\nSeverity: major\n")


SYSTEMS: dict[str, tuple[str, Make]] = {
    "zabbix": ("zabbix@monitor.example", zabbix),
    "zabbix html": ("zabbix@monitor.example", zabbix_html),
    "zabbix zh": ("zabbix@monitor.example", zabbix_zh),
    "alertmanager": ("alertmanager@monitor.example", alertmanager),
    "grafana": ("grafana@monitor.example", grafana),
    "nagios": ("nagios@monitor.example", nagios),
    "icinga": ("icinga2@monitor.example", icinga),
    "generic zh": ("alarm@monitor.example", generic_zh),
    "generic en": ("monitor@monitor.example", generic_en),
}
"""Name → address and how it writes."""
