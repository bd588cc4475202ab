"""Word forms as a channel: handed in by mail, dropped into the folder, asked for."""

from __future__ import annotations

from processor.demo.correspondent import Enclosed
from processor.domain.incident import IncidentType, Source
from tests.forms.filling import INCIDENT, filled
from tests.journeys.desk import Story

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(content: bytes, name: str = "表.docx") -> Enclosed:
    return Enclosed(name, DOCX, content)


def test_an_incident_report_opens_an_incident(desk_anywhere: Story) -> None:
    desk = desk_anywhere
    form = filled("incident_report", "zh", INCIDENT)
    desk.li.writes("见附件", "", enclosed=[word(form, "事件报告单.docx")])
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert incident.number == "INC-20261123-0001"
    assert incident.source is Source.FORM
    assert incident.type is IncidentType.INCIDENT
    assert incident.subject == "三楼网络打印机打不出来"
    assert incident.symptom == (
        "任务一直停在队列里。\n重启打印机和电脑都没有用。\n\n已采取的措施：重启过两次"
    )
    assert incident.reporter_address == desk.li.address
    assert (incident.reporter_name, incident.reporter_phone) == ("李娜", "8023")
    assert (incident.department, incident.site) == ("财务部", "总部三楼")
    assert (incident.ci, incident.system, incident.error_code) == (
        "HP-3F-02",
        "打印服务",
        "0x0000011b",
    )
    assert incident.likely_impact == "财务部六个人不能打印"
    assert incident.category == "hardware"
    assert (incident.impact, incident.urgency, incident.priority) == (3, 2, 3)
    assert incident.occurred_at is not None
    assert incident.occurred_at.isoformat() == "2026-11-23T00:40:00+00:00"
    assert desk.li.news == ["opened"]
    assert incident.number in desk.li.reads("opened")
    (kept,) = desk.dossier().attachments
    assert kept.name == "事件报告单.docx"
    assert desk.app.store.blobs.open(kept.sha256) == form
