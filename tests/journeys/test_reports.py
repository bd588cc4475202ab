"""Reports by keyword and by schedule (spec 4): who may ask for which, who gets which when,
each once, and what becomes of one that cannot be made. Monday is 2026-11-23."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from email.message import EmailMessage
from pathlib import Path

import docx
from docx.oxml.ns import qn

from processor.domain.people import Person, Role
from processor.domain.report_plans import Every, MajorPlan, ReportPlan, ReportPlans
from processor.jobs.major_reports import report_majors
from processor.jobs.reports import run_reports
from processor.settings.settings import Organisation, Settings
from tests.journeys.desk import SOLUTION, Story

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OTHER = "contact@other.example"


def document(mail: EmailMessage) -> tuple[str, str]:
    """Name and text of the Word document that came with a mail."""
    (enclosed,) = [part for part in mail.iter_attachments() if part.get_content_type() == DOCX]
    body = docx.Document(io.BytesIO(enclosed.get_content())).element.body
    return str(enclosed.get_filename()), "".join(node.text or "" for node in body.iter(qn("w:t")))


def _customer(name: str, domain: str, contract: str, contact: str) -> Organisation:
    people = (Person(contact, language="zh"),)
    return Organisation(name, (domain,), contract=contract, contacts=people)


def customers(settings: Settings) -> Settings:
    """Two customers with a contract and a contact each."""
    ours = _customer("客户甲", "customer.example", "HT-1", "li.na@customer.example")
    theirs = _customer("客户乙", "other.example", "HT-2", OTHER)
    contacts = {one.contract: one.contacts for one in (ours, theirs)}
    reports = replace(settings.reports, contacts=contacts)
    return replace(settings, organisations=(ours, theirs), reports=reports)


def scheduled(*plans: ReportPlan, major: MajorPlan | None = None) -> Callable[[Settings], Settings]:
    """These plans alone."""

    def change(settings: Settings) -> Settings:
        settings = customers(settings)
        reports = replace(settings.reports, plans=plans, major=major or MajorPlan())
        return replace(settings, reports=reports)

    return change


def look(desk: Story, clock: str, days: int = 0) -> dict[str, list[str]]:
    """The clocks' hand looks for reports; who got which."""
    desk.at(clock, days)
    run_reports(desk.app.desk, desk.clock())
    report_majors(desk.app.desk, desk.clock())
    desk.turn()
    found = {
        who: [one for one in got if one.startswith("report-")] for who, got in desk.letters.items()
    }
    return {who: got for who, got in found.items() if got}


# ---- by keyword ----------------------------------------------------------------------------------


def test_the_manager_asks_for_any_by_what_it_is_called(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=customers)
    desk.printer_jam()
    for said, name, kind in (
        ("#月报 2026-11", "2026年11月", "月度服务报告"),
        ("#报告 周报", "2026年第47周", "服务周报"),
        ("#report monthly 2026年11月 HT-1", "2026年11月", "月度服务报告"),
        ("#问题月报", "2026年10月", "问题月报"),
        ("#变更清单 2026", "2026年", "变更清单"),
        ("#流程审核 2026-11", "2026年11月", "流程审核报告"),
    ):
        desk.chen.asks(said)
        assert desk.turn() == ["commanded"], said
        assert desk.letters == {"chen.jing": ["report-asked"]}
        mail = desk.chen.got("report-asked")
        file, text = document(mail)
        assert name in file, said
        assert kind in text or kind in file, said
        assert kind in str(mail["Subject"])


def test_what_is_not_understood_is_told_with_what_would_be(desk: Story) -> None:
    desk.chen.asks("#月报 去年")
    answer = desk.refuses(desk.chen, "去年")
    assert "2026-11" in answer
    desk.chen.asks("#调查报告")
    desk.refuses(desk.chen)


def test_an_engineer_gets_his_own_and_no_audit(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=customers)
    desk.taken()
    desk.wang.asks("#月报 2026-11")
    assert desk.turn() == ["commanded"]
    assert "report-asked" in desk.letters["wang.qiang"]
    desk.wang.asks("#流程审核 2026-11")
    desk.refuses(desk.wang)
    desk.li.says("#报告")
    desk.refuses(desk.li)


def test_a_contract_s_customer_sees_only_his_own(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=customers)
    desk.printer_jam()
    other = desk.person("对方", "user@other.example")
    other.writes("对方的机密故障", "我们的电脑蓝屏了，无法工作，请尽快处理。")
    desk.turn()
    with desk.app.store.read() as work:
        assert {one.contract for one in work.incidents.search()} == {"HT-1", "HT-2"}
    desk.li.asks("#月报 2026-11")
    assert desk.turn() == ["commanded"]
    _, text = document(desk.li.got("report-asked"))
    assert "HT-1" in text
    assert "HT-2" not in text
    for said in ("#月报 2026-11 HT-2", "#流程审核 2026-11", "#周报"):
        desk.li.asks(said)
        desk.refuses(desk.li)
    desk.john.asks("#report monthly 2026-11")  # of the same house, but no contact
    desk.refuses(desk.john)


def test_the_report_of_a_problem_in_its_mail_and_by_its_number(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#问题 进纸轮总是磨损")
    desk.turn()
    number = "PRB-20261123-0001"
    asked = (
        ("problem-new", "#问题报告", "问题报告"),
        ("problem-new", "#报告", "问题报告"),
        ("", f"#问题报告 {number}", "问题报告"),
        ("", f"#问题报告\n\n{desk.numbers[0]}", "问题报告"),  # the one behind the incident
        ("", f"#report problem {number}", "Problem report"),
        ("problem-new", "#月报 2026-11", "月度服务报告"),  # names another
    )
    for event, said, title in asked:
        if event:
            desk.chen.answers(event, said)
        else:
            desk.chen.asks(said)
        assert desk.turn() == ["commanded"], said
        mail = desk.chen.got("report-asked")
        file, text = document(mail)
        assert title in str(mail["Subject"]), said
        if title != "月度服务报告":
            assert file.startswith(number)
            for part in (title, "进纸轮总是磨损", desk.numbers[0], "王强"):
                assert part in text, (said, part)
    desk.chen.asks("#问题报告 PRB-20261123-0099")
    desk.refuses(desk.chen, "PRB-20261123-0099")
    desk.li.asks(f"#问题报告 {number}")
    desk.refuses(desk.li)


def test_names_of_a_confidential_record_are_for_who_is_cleared(desk: Story) -> None:
    desk.li.writes(
        "学生被欺负",
        "流程：校园\n地点：操场\n被欺凌者：张小雨\n经过：课间张小雨被推倒。",
    )
    desk.turn()
    with desk.app.store.begin() as work:
        record = work.incidents.get(desk.numbers[0])
        assert record is not None
        record.profile, record.confidential = "campus", True
        record.assignee = desk.wang.address
        work.incidents.save(record, "x@example.com", desk.clock(), "mail:1")
        work.own.fill(record.number, {"victim": "张小雨", "course": "课间张小雨被推倒。"})
        work.own.name(record.number, ["张小雨"])
    desk.chen.says("#调查报告")
    assert desk.turn() == ["commanded"]
    _, text = document(desk.chen.got("report-asked"))
    assert "张小雨" not in text
    assert "小雨" not in text
    assert "操场" in text or "被推倒" in text
    cleared = desk.person("高翔", "gao.xiang@example.com")
    campus = desk.settings.profiles["campus"].discretion
    assert campus is not None
    assert cleared.address in campus.cleared
    with desk.app.store.begin() as work:
        record = work.incidents.get(desk.numbers[0])
        assert record is not None
        record.assignee = cleared.address
        work.incidents.save(record, "x@example.com", desk.clock(), "mail:1")
    cleared.says("#调查报告")
    assert desk.turn() == ["commanded"]
    assert "张小雨" in document(cleared.got("report-asked"))[1]


# ---- by schedule ---------------------------------------------------------------------------------

MONTHLY = ReportPlan(
    "monthly", "monthly", Every.MONTH, at=time(9), roles=frozenset({Role.MANAGER})
)  # fmt: skip
EACH = ReportPlan(
    "customers", "monthly", Every.MONTH, at=time(10), contacts=True, each_contract=True
)  # fmt: skip
DAILY = ReportPlan("daily", "daily", Every.DAY, minutes=60, roles=frozenset({Role.MANAGER}))


def test_on_the_first_working_day_the_month_goes_out_once(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=scheduled(MONTHLY, EACH))
    desk.printer_jam()
    assert look(desk, "09:30") == {}, "what was due before there was a schedule is owed to nobody"
    assert look(desk, "08:59", days=8) == {}  # Tuesday, 1 December
    assert look(desk, "09:00") == {"chen.jing": ["report-due"]}
    file, _ = document(desk.chen.got("report-due"))
    assert "2026年11月" in file
    desk.restarts()
    assert look(desk, "09:05") == {}, "once, also across a restart"
    assert look(desk, "10:00") == {"li.na": ["report-due"], "contact": ["report-due"]}
    _, text = document(desk.li.got("report-due"))
    assert "HT-1" in text
    assert "HT-2" not in text


def test_of_two_nodes_one_is_the_first(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=scheduled(MONTHLY))
    assert look(desk, "09:30") == {}
    desk.at("09:00", days=8)
    raced: list[int] = []

    def other_node(name: str) -> None:
        if name == "reported" and not raced:
            raced.append(0)

    first = replace(desk.app.desk, checkpoint=other_node)
    raced.append(run_reports(first, desk.clock()))
    raced.append(run_reports(desk.app.desk, desk.clock()))
    assert raced[-2:] == [1, 0]
    desk.turn()
    assert desk.letters == {"chen.jing": ["report-due"]}


def test_what_was_missed_is_made_up_for_but_for_past_days(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=scheduled(MONTHLY, DAILY))
    assert look(desk, "09:30") == {}
    assert look(desk, "17:00") == {"chen.jing": ["report-due"]}
    # down from here until the middle of February
    found = look(desk, "17:30", days=84)
    assert found == {"chen.jing": ["report-due"] * 3 + ["report-due"]}, "three months, one day"
    names = [document(mail)[0] for mail in desk.chen.mails[-4:]]
    months = [name.split()[0] for name in names if "月度" in name]
    assert months == ["2026年11月", "2026年12月", "2027年1月"]
    with desk.app.store.read() as work:
        assert work.jobs.last("skipped/report/daily//zh/2026-11-24") is not None


def test_one_that_fails_is_told_with_the_place_and_the_others_go(
    desk_with: Callable[..., Story], story_folder: Path
) -> None:
    folder = story_folder / "kept"
    audit = ReportPlan(
        "audit", "audit", Every.MONTH, at=time(9), roles=frozenset({Role.MANAGER}), folder=folder
    )

    def change(settings: Settings) -> Settings:
        settings = scheduled(MONTHLY, audit)(settings)
        return replace(settings, templates=(settings.home / "templates", *settings.templates))

    desk = desk_with(change=change)
    own = desk.home / "templates" / "word" / "zh" / "monthly.docx"
    own.parent.mkdir(parents=True)
    shipped = desk.settings.report_template("monthly", "zh")
    shutil.copy(shipped, own)
    with broken(own):
        assert look(desk, "09:30") == {}
        found = look(desk, "09:00", days=8)
        assert found == {"sun.yue": ["report-failed"], "chen.jing": ["report-due"]}
        told = desk.sun.reads("report-failed")
        assert str(own) in told
        assert "{{ costs }}" in told
        assert "月度服务报告" in told
        assert [path.name for path in folder.iterdir()] == ["2026年11月 流程审核报告.docx"]
        assert look(desk, "09:10") == {}, "told once, tried again in an hour"
        assert look(desk, "10:10") == {}
    assert look(desk, "11:20") == {"chen.jing": ["report-due"]}


@contextmanager
def broken(template: Path) -> Iterator[None]:
    """Somebody wrote a field that does not exist."""
    sound = template.read_bytes()
    made = docx.Document(str(template))
    made.add_paragraph("{{ costs }}")
    made.save(str(template))
    yield
    template.write_bytes(sound)


def test_the_report_of_a_major_incident_a_day_after_its_end(
    desk_with: Callable[..., Story],
) -> None:
    major = MajorPlan(timedelta(hours=24), frozenset({Role.MANAGER}))
    desk = desk_with(change=scheduled(major=major))
    desk.printer_jam()
    desk.chen.says("#重大 核心业务中断")
    assert desk.turn() == ["commanded"]
    assert look(desk, "10:00", days=2) == {}, "it is not over"
    for said in ("#接单", SOLUTION):
        desk.wang.says(said)
        assert desk.turn() == ["commanded"]
    assert look(desk, "09:00", days=1) == {}
    assert look(desk, "10:05") == {"chen.jing": ["report-due"]}
    file, text = document(desk.chen.got("report-due"))
    assert desk.numbers[0] in file
    assert "核心业务中断" in text
    assert look(desk, "12:00") == {}
    desk.chen.says("#重大事件报告")
    assert desk.turn() == ["commanded"]
    assert document(desk.chen.got("report-asked"))[0] == file


def test_the_schedule_that_is_shipped_names_reports_that_there_are(desk: Story) -> None:
    from reports.documents.registry import DOCUMENTS

    plans: ReportPlans = desk.settings.reports
    assert {one.kind for one in plans.plans} <= set(DOCUMENTS)
    assert plans.for_customers <= set(DOCUMENTS)
