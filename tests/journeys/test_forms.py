"""Word forms as a channel: handed in by mail, dropped into the folder, asked for."""

from __future__ import annotations

import io

import docx
import pytest

from processor.demo.correspondent import Enclosed
from processor.domain.change import ChangeStatus, Risk
from processor.domain.incident import IncidentType, Source, Status
from tests.forms.filling import (
    CAMPUS,
    CHANGE,
    EMERGENCY,
    INCIDENT,
    INSPECTION,
    REQUEST,
    ROWS,
    blank,
    filled,
    retype,
    shipped,
    untick,
)
from tests.journeys.desk import Story
from tests.journeys.test_changes import change, changes

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word(content: bytes, name: str = "表.docx") -> Enclosed:
    return Enclosed(name, DOCX, content)


def test_an_incident_report_opens_an_incident(desk: Story) -> None:
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


def test_an_emergency_form_activates_the_plan(desk: Story) -> None:
    """紧急事件: the grade on the form alarms the roster at once, by mail and by folder."""
    form = filled("emergency_report", "zh", EMERGENCY)
    desk.li.writes("见附件", "", enclosed=[word(form, "紧急事件报告表.docx")])
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert incident.number == "EMG-20261123-0001"
    assert (incident.profile, incident.group) == ("emergency", "emergency")
    assert (incident.priority, incident.category, incident.site) == (1, "fire", "三号仓库")
    assert incident.major
    assert "emergency-alarm" in desk.letters["it.director"]
    assert "emergency-command" in desk.letters["chen.jing"]
    own = dict(desk.dossier().own)
    assert own["place"] == "三号仓库"
    assert own["situation"] == "货架起火，浓烟，正在组织疏散。"
    assert own["rescue"] == "消防 119、急救 120"
    assert own["commander"] == "何伟"
    assert "需要的支援：两台排烟机" in incident.symptom
    drop(desk, filled("emergency_report", "en", {**EMERGENCY, "level": ["3"],
         "kind": ["power_cut"], "reporter_address": desk.john.address}), "power.docx")  # fmt: skip
    assert desk.turn() == ["opened"]
    second = desk.incident(2)
    assert (second.priority, second.category, second.major) == (3, "power_cut", False)
    assert second.reporter_address == desk.john.address


def test_an_emergency_form_with_faults_goes_back_field_by_field(desk: Story) -> None:
    form = filled("emergency_report", "zh", {**EMERGENCY, "place": "", "level": ["1", "2"],
                  "occurred_at": "2027年1月1日"})  # fmt: skip
    desk.li.writes("见附件", "", enclosed=[word(form)])
    assert desk.turn() == ["rejected"]
    told = desk.li.reads("form-faulty")
    for label in ("事发地点", "紧急级别", "发生时间"):
        assert label in told
    assert desk.numbers == []


def test_a_confidential_form_is_read_by_the_investigators_alone(desk: Story) -> None:
    """学生欺凌事件: the form opens a confidential record; whoever is not cleared reads no name."""
    teacher = desk.person("周敏华", "zhou@school.example")
    form = filled("campus_report", "zh", CAMPUS)
    teacher.writes("见附件", "", enclosed=[word(form, "报告表.docx")])
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert (incident.number[:3], incident.confidential, incident.priority) == ("CMP", True, 2)
    assert (incident.group, incident.category) == ("investigation", "physical")
    own = dict(desk.dossier().own)
    assert (own["victim"], own["bully"]) == ("张小明（初二3班）", "李志强")
    assert own["course"] == CAMPUS["course"]
    gao = desk.person("高翔", "gao.xiang@example.com")
    assert "张小明" in gao.reads("assigned")
    desk.zhao.says("#状态")
    desk.zhao.says("#报告")
    desk.turn()
    seen = "\n".join(
        part.get_content() if part.get_content_maintype() == "text" else str(part.get_filename())
        for mail in desk.zhao.mails
        for part in mail.walk()
        if not part.is_multipart()
    )
    assert incident.number in seen
    for name in ("张小明", "李志强", "王芳", "周敏华"):
        assert name not in seen


def test_a_service_request_gets_its_own_series(desk: Story) -> None:
    form = filled("service_request", "en", REQUEST)
    desk.john.writes("Request", "Please see the attached form.", enclosed=[word(form)])
    assert desk.turn() == ["opened"]
    request = desk.incident()
    assert request.number == "REQ-20261123-0001"
    assert request.type is IncidentType.SERVICE_REQUEST
    assert request.category == "service/access"
    assert request.subject == "VPN access for a new colleague"
    assert "For whom: Mary Poole" in request.symptom
    assert "Needed by: 2026-12-01" in request.symptom
    assert desk.john.news == ["opened"]
    assert request.number in desk.john.reads("opened")


def test_a_change_request_is_a_request_for_change(desk: Story) -> None:
    """变更申请单: a number of its own, no incident, and its approvers are asked."""
    desk.wang.writes("变更", "", enclosed=[word(filled("change_request", "zh", CHANGE))])
    assert desk.turn() == ["opened"]
    assert desk.numbers == []
    found = change(desk)
    assert found.number == "RFC-20261123-0001"
    assert (found.title, found.why) == ("核心交换机更换风扇", "巡检发现异响")
    assert (found.risk, found.back_out) == (Risk.MEDIUM, "装回原风扇")
    assert found.window == "2026-11-28 22:00 – 2026-11-28 23:00"
    assert found.raised_by == desk.wang.address
    for line in ("更换 SW-01 的两个风扇", "变更类型：一般变更", "涉及配置项：SW-01", "逐个更换"):
        assert line in found.what
    assert desk.letters == {"chen.jing": ["change-ask"], "wang.qiang": ["change-raised"]}
    desk.chen.clicks("change-ask", "批准")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"chen.jing": ["command-done"], "wang.qiang": ["change-decided"]}
    desk.wang.answers("change-decided", "#变更结果 成功 已更换")
    assert desk.turn() == ["commanded"]
    assert change(desk).status is ChangeStatus.DONE


def test_a_user_asks_for_a_change_and_is_told_of_the_decision(desk: Story) -> None:
    form = filled("change_request", "zh", {**CHANGE, "reporter_name": "李娜"})
    desk.li.writes("变更", "", enclosed=[word(form)])
    assert desk.turn() == ["opened"]
    assert desk.letters == {"chen.jing": ["change-ask"], "li.na": ["change-raised"]}
    desk.li.answers("change-raised", "周日也可以")
    assert desk.turn() == ["updated"]
    assert desk.letters == {"chen.jing": ["neighbour-updated"]}
    desk.li.answers("change-raised", "#批准")
    assert desk.turn() == ["rejected"]
    desk.chen.clicks("change-ask", "拒绝", "预算没有了")
    assert desk.turn() == ["commanded"]
    assert desk.li.news == ["change-decided"]
    assert "预算没有了" in desk.li.reads("change-decided")
    assert "陈静" in desk.li.reads("change-decided")


def test_a_change_request_for_an_incident(desk: Story) -> None:
    """Who has the incident and answers in its thread lets it wait; a form that only names it, in a
    mail that anybody could have written, is linked and moves nothing."""
    desk.taken()
    form = filled("change_request", "zh", {**CHANGE, "related": desk.numbers[0]})
    desk.wang.writes("变更", "", enclosed=[word(form)])
    assert desk.turn() == ["opened"]
    assert change(desk).incident == desk.numbers[0]
    assert desk.incident().status is Status.IN_PROGRESS
    desk.wang.says("#撤销 RFC-20261123-0001")
    assert desk.turn() == ["commanded"]
    answer = desk.wang.got("assigned")
    desk.wang.writes(
        "变更", "见附件", to=str(answer["Reply-To"]), answering=answer, enclosed=[word(form)]
    )
    assert desk.turn() == ["opened"]
    assert desk.incident().status is Status.PENDING_CHANGE
    assert [one.status for one in changes(desk)] == ["withdrawn", "requested"]


def test_a_change_request_with_gaps_goes_back_field_by_field(desk: Story) -> None:
    form = filled("change_request", "zh", {**CHANGE, "back_out": "", "risk": []})
    desk.wang.writes("变更", "", enclosed=[word(form)])
    assert desk.turn() == ["rejected"]
    assert desk.letters == {"wang.qiang": ["form-faulty"]}
    assert "回退方案" in desk.wang.reads("form-faulty")
    assert "风险等级" in desk.wang.reads("form-faulty")
    assert changes(desk) == []


def test_an_inspection_opens_one_incident_for_each_finding(desk: Story) -> None:
    form = filled("inspection_record", "zh", INSPECTION, ROWS)
    desk.wang.writes("机房巡检", "", enclosed=[word(form, "巡检记录表.docx")])
    assert desk.turn() == ["opened"]
    assert len(desk.numbers) == 3
    subjects = [desk.incident(n).subject for n in (1, 2, 3)]
    assert subjects == ["UPS：电池告警灯亮", "核心交换机：风扇异响", "门禁：读卡器无反应"]
    for ordinal in (1, 2, 3):
        finding = desk.incident(ordinal)
        assert finding.type is IncidentType.FINDING
        assert finding.source is Source.INSPECTION
        assert finding.active_service
        assert finding.site == "总部机房"
        assert [kept.name for kept in desk.dossier(ordinal).attachments] == ["巡检记录表.docx"]
    assert desk.incident(1).ci == "UPS-01"
    assert "处理情况：已临时派人值守" in desk.incident(3).symptom
    # one answer with all numbers, and none for each
    assert [kind for kind in desk.wang.news if kind in ("opened", "form-taken")] == ["form-taken"]
    for number in desk.numbers:
        assert number in desk.wang.reads("form-taken")


def test_an_inspection_without_a_finding_opens_nothing(desk: Story) -> None:
    desk.wang.writes(
        "巡检", "", enclosed=[word(filled("inspection_record", "zh", INSPECTION, ROWS[:1]))]
    )
    assert desk.turn() == ["ignored"]
    assert desk.numbers == []
    assert "没有异常项" in desk.wang.reads("form-taken")


def test_a_faulty_form_goes_back_marked_and_comes_again_corrected(desk: Story) -> None:
    wrong = {
        **INCIDENT,
        "occurred_at": "大概上个星期",
        "subject": "",
        "urgency": ["1", "2"],
        "reporter_address": "三楼",
    }
    del wrong["subject"]
    desk.li.writes(
        "报告", "见附件", enclosed=[word(filled("incident_report", "zh", wrong), "我的.docx")]
    )
    assert desk.turn() == ["rejected"]
    assert desk.numbers == []
    assert desk.letters == {"li.na": ["form-faulty"]}
    answer = desk.li.reads("form-faulty")
    for said in (
        "发生时间：“大概上个星期”看不出是什么时间",
        "事件标题：没有填写",
        "紧急度：选了不止一个（工作停顿无法绕过 / 工作严重受限）",
        "邮件地址：“三楼”不是邮件地址",
    ):
        assert said in answer, answer
    (back,) = desk.li.got("form-faulty").iter_attachments()
    assert back.get_filename() == "我的.docx"
    marked = back.get_content()
    text = "\n".join(
        p.text
        for t in docx.Document(io.BytesIO(marked)).tables
        for c in t._cells
        for p in c.paragraphs
    )
    assert "▲ “大概上个星期”看不出" in text
    # whoever corrects it need not take the remarks out
    document = docx.Document(io.BytesIO(marked))
    retype(document, "occurred_at", "2026年11月23日 8:40")
    retype(document, "subject", "打印机")
    retype(document, "reporter_address", "li.na@customer.example")
    untick(document, "urgency=1")
    out = io.BytesIO()
    document.save(out)
    desk.li.answers("form-faulty", "改好了")
    desk.withdraw()
    desk.li.writes(
        "回复：报告",
        "改好了",
        enclosed=[word(out.getvalue())],
        answering=desk.li.got("form-faulty"),
    )
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert (incident.subject, incident.urgency) == ("打印机", 2)
    assert "▲" not in incident.symptom
    assert incident.symptom.startswith("任务一直停在队列里。\n重启打印机和电脑都没有用。")


@pytest.mark.parametrize(
    ("text", "title", "names"),
    [
        ("表单", "空白表单", "事件报告单.docx"),
        ("您好，请发一下空白表单，谢谢！", "空白表单", "变更申请单.docx"),
        ("#表单", "空白表单", "巡检记录表.docx"),
        ("forms", "Blank forms", "Incident report form.docx"),
        ("Hello, please send me the forms. Thanks", "Blank forms", "Inspection record.docx"),
    ],
)
def test_blank_forms_for_the_asking(desk: Story, text: str, title: str, names: str) -> None:
    who = desk.li if title == "空白表单" else desk.john
    who.writes("你好" if who is desk.li else "Question", text)
    assert desk.turn() == ["commanded"]
    assert desk.numbers == []
    mail = who.got("forms")
    assert str(mail["Subject"]) == title
    files = [part.get_filename() for part in mail.iter_attachments()]
    assert len(files) == 7
    assert names in files
    for form in shipped().forms:
        language = "zh" if who is desk.li else "en"
        assert (form.purpose[language] in who.reads("forms")) == form.listed


def test_one_blank_form_and_what_only_speaks_of_forms(desk: Story) -> None:
    desk.li.writes("表单", "")
    desk.li.writes("要一张", "#表单 巡检")
    desk.li.writes("财务系统", "报销表单打不开")
    assert desk.turn() == ["commanded", "commanded", "opened"]
    (file,) = desk.li.got("forms").iter_attachments()
    assert file.get_filename() == "巡检记录表.docx"
    desk.li.writes("要一张", "#表单 学生欺凌")  # which is not among all of them
    assert desk.turn() == ["commanded"]
    (file,) = desk.li.got("forms").iter_attachments()
    assert file.get_filename() == "学生欺凌事件报告表.docx"


def test_the_desk_hands_a_form_in_for_a_user(desk: Story) -> None:
    form = filled("incident_report", "zh", {**INCIDENT, "reporter_address": desk.li.address})
    desk.zhao.writes("代李娜报障", "她的邮箱打不开", enclosed=[word(form)])
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert incident.reporter_address == desk.li.address
    assert incident.recorder == desk.zhao.address
    assert "opened" in desk.li.news
    assert "form-taken" in desk.zhao.news
    assert incident.number in desk.zhao.reads("form-taken")
    assert "李娜" in desk.zhao.reads("form-taken")


def test_nobody_outside_the_team_reports_in_another_name(desk: Story) -> None:
    form = filled("incident_report", "zh", {**INCIDENT, "reporter_address": desk.john.address})
    desk.li.writes("报告", "", enclosed=[word(form)])
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.li.address
    assert desk.john.mails == []


def drop(desk: Story, content: bytes, name: str) -> None:
    (desk.home / "inbox" / name).write_bytes(content)


def test_a_dropped_form_is_from_whom_it_names(desk: Story) -> None:
    form = filled("incident_report", "zh", {**INCIDENT, "reporter_address": desk.li.address})
    drop(desk, form, "三楼.docx")
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert incident.reporter_address == desk.li.address
    assert incident.subject == "三楼网络打印机打不出来"
    assert incident.number in desk.li.reads("opened")
    assert (desk.home / "inbox" / "processed" / "三楼.docx").exists()
    # the same document under another name is the same document
    drop(desk, form, "副本.docx")
    assert desk.turn() == ["ignored"]
    assert len(desk.numbers) == 1


def test_a_dropped_form_of_a_colleague_is_known_by_his_name(desk: Story) -> None:
    drop(desk, filled("inspection_record", "zh", INSPECTION, ROWS), "巡检.docx")
    assert desk.turn() == ["opened"]
    assert [desk.incident(n).reporter_address for n in (1, 2, 3)] == [desk.wang.address] * 3
    assert "form-taken" in desk.wang.news


def test_a_dropped_form_of_somebody_unknown_is_recorded_without_an_answer(desk: Story) -> None:
    drop(desk, filled("incident_report", "zh", INCIDENT), "三楼.docx")
    assert desk.turn() == ["opened"]
    assert (desk.incident().reporter_name, desk.incident().reporter_address) == ("李娜", "")
    assert set(desk.letters) == {"zhao.min"} or "li.na" not in desk.letters


def test_a_dropped_file_that_helps_nobody_is_kept_with_its_reason(desk: Story) -> None:
    faulty = filled("incident_report", "zh", {**INCIDENT, "occurred_at": "昨天"})
    drop(desk, faulty, "a.docx")
    drop(desk, b"PK\x03\x04 no zip at all", "b.docx")
    drop(desk, blank("incident_report", "zh"), "c.docx")
    assert desk.turn() == ["quarantined"] * 3
    with desk.app.store.read() as work:
        reasons = [entry.reason for entry in work.spool.quarantined()]
    assert sorted(reasons) == ["document", "document", "form_faulty:发生时间"]
    assert desk.numbers == []


def test_a_damaged_form_is_answered_with_a_blank_one(desk: Story) -> None:
    broken = filled("incident_report", "zh", INCIDENT)[:4000]
    desk.li.writes("报告", "见附件", enclosed=[word(broken, "事件报告单-李娜.docx")])
    assert desk.turn() == ["rejected"]
    assert "文件已损坏" in desk.li.reads("form-faulty")
    (back,) = desk.li.got("form-faulty").iter_attachments()
    assert back.get_filename() == "事件报告单.docx"
    desk.li.writes("文档打不开", "这个文件打不开", enclosed=[word(broken, "预算.docx")])
    assert desk.turn() == ["opened"], "a damaged file that is no form of ours is a report's"


def test_an_investigation_report_joins_the_incident_it_answers(desk: Story) -> None:
    desk.taken()
    investigated = {
        "subject": "打印机起火",
        "occurred_at": "2026-11-23 08:00",
        "site": "三楼",
        "severity": ["4"],
        "symptom": "卡纸后过热",
        "direct_cause": "进纸轮磨损",
        "corrective": "更换",
        "preventive": "每季检查",
        "investigators": "王强、刘洋",
        "reporter_name": "王强",
    }
    report = filled("accident_investigation", "zh", investigated)
    desk.wang.writes("回复", "调查报告见附件", enclosed=[word(report, "调查.docx")],
                     answering=desk.wang.got("assigned"))  # fmt: skip
    assert desk.turn() == ["updated"]
    assert len(desk.numbers) == 1
    assert [kept.name for kept in desk.dossier().attachments] == ["调查.docx"]


def test_a_report_of_ours_that_comes_back_is_no_form(desk: Story) -> None:
    desk.closed()
    (report,) = desk.chen.got("closed").iter_attachments()
    desk.john.writes(
        "Question", "What does this report mean?", enclosed=[word(report.get_content())]
    )
    assert desk.turn() == ["opened"]
    assert desk.incident(2).source is Source.MAIL


def test_rules_see_the_form_and_its_words(desk: Story) -> None:
    form = filled("incident_report", "zh", {**INCIDENT, "subject": "三楼打印机卡纸"})
    desk.li.writes("报告", "", enclosed=[word(form)])
    desk.turn()
    assert desk.incident().group == "hardware"
