"""The fields of the record that a mail sets by their names (spec 1.2, 3): like ``keyword_stories``.

Who is told of an incident and obeyed, what he wrote: the desk's alone. What says more of it: any
party's. The rest: the team's.
"""

from __future__ import annotations

from dataclasses import dataclass

from processor.domain.incident import IncidentType, Source


@dataclass(frozen=True, slots=True)
class Field:
    """``right`` writes ``#title: value``, and the record's ``attribute`` is ``kept``; ``wrong`` may
    not. ``slip`` (empty: nothing behind the name) is answered with itself, or with the name that
    the record has for the field (``told``; empty: ``title``)."""

    right: str
    title: str
    value: str
    attribute: str
    kept: object
    wrong: str
    slip: str = ""
    told: str = ""


_PARTY, _TEAM, _DESK = ("li", "stranger"), ("wang", "li"), ("zhao", "wang")

FIELDS: dict[str, Field] = {
    "phone": Field(_PARTY[0], "电话", "8030", "reporter_phone", "8030", _PARTY[1]),
    "department": Field(_PARTY[0], "部门", "审计部", "department", "审计部", _PARTY[1]),
    "site": Field(_PARTY[0], "地点", "三楼 302", "site", "三楼 302", _PARTY[1]),
    "occurred_at": Field(
        _PARTY[0], "发生时间", "今天 8:40", "occurred_at", "2026-11-23 00:40:00+00:00", _PARTY[1],
        slip="早些时候",
    ),
    "system": Field(_PARTY[0], "系统", "OA", "system", "OA", _PARTY[1]),
    "error_code": Field(_PARTY[0], "错误代码", "E52", "error_code", "E52", _PARTY[1]),
    "likely_impact": Field(
        _PARTY[0], "可能的影响", "不能开票", "likely_impact", "不能开票", _PARTY[1]
    ),
    "subject": Field(_TEAM[0], "主题", "打印机进纸轮磨损", "subject", "打印机进纸轮磨损", _TEAM[1]),
    "type": Field(
        _TEAM[0], "性质", "服务请求", "type", IncidentType.SERVICE_REQUEST, _TEAM[1], slip="大事"
    ),
    "source": Field(_TEAM[0], "来源", "电话", "source", Source.PHONE, _TEAM[1], slip="飞鸽"),
    "active_service": Field(
        _TEAM[0], "服务方式", "主动", "active_service", True, _TEAM[1], slip="随便"
    ),
    "organisation": Field(_TEAM[0], "单位", "示例客户", "organisation", "示例客户", _TEAM[1]),
    "fault_vendor": Field(_TEAM[0], "故障厂商", "示例厂商", "fault_vendor", "示例厂商", _TEAM[1]),
    "symptom": Field(
        _DESK[0], "现象", "一直卡纸", "symptom", "一直卡纸", _DESK[1], told="事件描述"
    ),
    "reporter": Field(_DESK[0], "报告人", "李娜娜", "reporter_name", "李娜娜", _DESK[1]),
    "address": Field(
        _DESK[0], "邮箱", "na.li@customer.example", "reporter_address", "na.li@customer.example",
        _DESK[1], slip="na.li(at)customer",
    ),
}  # fmt: skip
