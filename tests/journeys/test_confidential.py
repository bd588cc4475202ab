"""学生欺凌事件报告与处理流程: a confidential process from report to archive. Whoever is not cleared
reads no name, in whatever he gets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

import pytest

from processor.domain.incident import Incident, Status
from processor.domain.people import Person
from processor.pipeline.confiding import confided
from processor.replies.compose import Composer
from processor.replies.letters import letters_for
from processor.replies.samples import Sample
from processor.settings.words import catalogue
from tests.journeys.desk import Story
from tests.replies.test_who_reads_what import FREE

CLEARED = ("gao.xiang@example.com", "principal@example.com")
NAMES = ("张小明", "小明", "李志强", "志强", "王芳", "孙丽", "John Carter", "Carter", "周敏华")

REPORT = """今天课间在操场，学生张小明被同学李志强推倒并辱骂，王芳在场。

级别：严重
地点：学校操场
被欺凌者：张小明（初二3班）
欺凌者：李志强
目击者：王芳、孙丽
"""


@pytest.fixture
def school(desk_with: Callable[..., Story]) -> Story:
    """A desk of the confidential process, on SQLite and on PostgreSQL."""
    return desk_with(box={"profile": "campus"})


def texts(mail: EmailMessage) -> str:
    """Everything that a mail says: headers, parts, links, names and text of files."""
    said = [f"{name}: {value}" for name, value in mail.items() if name.lower() != "to"]
    for part in mail.walk():
        if part.is_multipart():
            continue
        content = part.get_content()
        said.append(part.get_filename() or "")
        if isinstance(content, str):
            said += [content, unquote(content)]
        elif part.get_filename("").endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as document:
                said += [
                    document.read(name).decode("utf-8", "replace")
                    for name in document.namelist()
                    if name.endswith(".xml")
                ]
    return "\n".join(said)


def leaks(desk: Story, names: tuple[str, ...] = NAMES) -> list[tuple[str, str, str]]:
    """(recipient, kind, name) of every name that somebody got who is not cleared; nobody is told
    anything by his own name."""
    found = []
    for mail in desk.sent():
        recipient = mail["To"].addresses[0]
        if recipient.addr_spec in CLEARED:
            continue
        told = texts(mail)
        own = {recipient.display_name, *recipient.display_name.split()}
        found += [
            (str(recipient.addr_spec), str(mail["X-Postdesk-Event"]), name)
            for name in names
            if name in told and name not in own
        ]
    return found


def test_a_confidential_story_shows_no_names(school: Story) -> None:
    """Report, investigation, evidence, care, talk with families, measures, archive (二、处理流程),
    reflection and advice (三)."""
    desk = school
    gao = desk.person("高翔", "gao.xiang@example.com")
    principal = desk.person("校长", "principal@example.com")
    teacher = desk.person("周敏华", "zhou@school.example")
    teacher.writes("张小明同学被欺负", REPORT)
    assert desk.turn() == ["opened"]
    number = desk.numbers[0]
    assert number.startswith("CMP-")
    assert desk.incident().confidential
    assert desk.incident().group == "investigation"
    with desk.app.store.read() as work:
        known = set(work.own.names([number])[number])
    assert {"张小明", "李志强", "王芳", "孙丽", "周敏华"} <= known
    # the investigators and the head of the school read everything
    assert "张小明" in gao.reads("assigned")
    assert "李志强" in principal.reads("grade-notice")
    assert desk.zhao.news == []  # the desk has no part in it
    # who is not cleared may ask, and reads the story without its people
    desk.zhao.says("#状态")
    desk.turn()
    said = desk.zhao.reads("status")
    assert "张**" in said
    assert "学校操场" in said
    desk.zhao.asks("#队列 investigation")
    desk.turn()
    assert "张**" in desk.zhao.reads("queue")
    # the manager may find it, but by no name; the investigators by any
    desk.chen.asks("#查询 操场")
    desk.turn()
    assert "张**" in desk.chen.reads("found")
    gao.asks("#查询 李志强")
    desk.turn()
    assert number in gao.reads("found")
    gao.answers("assigned", "#接单")
    desk.turn()
    gao.answers(
        "assigned", "#相关人员 John Carter\n#经过 张小明与李志强发生口角，李志强推搡张 小明。"
    )
    assert desk.turn() == ["commanded"]
    gao.answers("assigned", "#待用户 请问当时John Carter老师和孙丽在哪里？")
    assert desk.turn() == ["commanded"]
    assert "J*** C***" in teacher.reads("question")
    teacher.answers("question", "孙丽和小明在一起，Carter老师不在。")
    assert desk.turn() == ["updated"]
    gao.answers("assigned", SETTLED)
    assert desk.turn() == ["commanded"]
    # what is owed by that, in a week and in a month, he cannot know
    assert gao.news.count("duty-given") == 2
    teacher.answers("resolved-ask", "#确认 谢谢，张小明好多了")
    desk.turn()
    assert "review-ask" in [str(mail["X-Postdesk-Event"]) for mail in desk.chen.mails]
    desk.chen.answers("review-ask", "#审核")
    desk.refuses(desk.chen, "心理疏导", "家长沟通", "反思", "建议")
    gao.answers("assigned", CARE)
    assert desk.turn() == ["commanded"]
    for item in ("谈话", "关怀", "家长", "教育"):
        gao.answers("assigned", f"#勾选 {item} 张小明已参加")
        assert desk.turn() == ["commanded"]
    desk.chen.answers("review-ask", "#审核")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.CLOSED
    assert desk.incident().symptom.count("张小明") == 2  # the record itself keeps all
    desk.chen.says("#报告")
    desk.turn()
    assert desk.chen.got("report")
    with desk.app.store.read() as work:
        kinds = [duty.kind for duty in work.duties.of(number)]
    assert {"plan", "comfort", "parents", "report", "week", "month"} <= set(kinds)
    desk.at("09:00", days=9)  # duties are overdue: managers hear of it
    desk.turn()
    assert "duty-overdue" in [str(mail["X-Postdesk-Event"]) for mail in desk.chen.mails]
    assert leaks(desk) == []
    desk.chen.asks("#查询 李志强")  # his own words come back to him, and nothing else
    desk.turn()
    assert number not in desk.chen.reads("found")


SETTLED = """#解决 李志强已向张小明道歉
原因：口角
措施：李志强写检查，王芳作证
类型：永久
代码：已处理并教育"""

CARE = """#心理疏导 张小明由心理教师辅导两次
#家长沟通 已与李志强家长面谈
#反思 课间巡查不足
#建议 增加巡查"""


def test_the_check_for_leaks_would_see_one(school: Story) -> None:
    """The cleared are told by name: the same look at their mails finds them."""
    desk = school
    desk.person("周敏华", "zhou@school.example").writes("张小明同学被欺负", REPORT)
    desk.turn()
    told = texts(desk.person("高翔", "gao.xiang@example.com").got("assigned"))
    assert {"张小明", "李志强", "王芳"} <= {name for name in NAMES if name in told}


def _told_by_name(value: Any, number: str) -> Any:
    """The same with every incident in it this confidential one, and every text about 张小明."""
    if isinstance(value, tuple):
        return tuple(_told_by_name(one, number) for one in value)
    if not is_dataclass(value) or isinstance(value, type | Person):
        return value
    changes: dict[str, Any] = {}
    for one in fields(value):
        old = getattr(value, one.name)
        if one.init and one.name in FREE - {"reporter_name"} and isinstance(old, str) and old:
            changes[one.name] = f"张小明与孙丽：{old}"
        elif one.init:
            changes[one.name] = _told_by_name(old, number)
    if isinstance(value, Incident):
        changes |= {"number": number, "profile": "campus", "confidential": True}
    return replace(value, **changes)


def _words(mail: EmailMessage) -> str:
    """Headers, text and page: files of made-up events are no documents."""
    said = [str(value) for value in mail.values()]
    parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*said, *(unquote(part.get_content()) for part in parts)])


def test_no_letter_of_any_event_names_them_to_who_is_not_cleared(school: Story) -> None:
    """Every event that there is, whoever is written to: what is composed passes under the veil."""
    desk = school
    desk.person("周敏华", "zhou@school.example").writes("张小明同学被欺负", REPORT)
    desk.turn()
    sample = Sample(catalogue("zh"), desk.clock(), "campus")
    parts = desk.app.desk
    composer = parts.composer
    assert isinstance(composer, Composer)
    bare, events = set(), set()
    with desk.app.store.begin() as work:
        for event in sample.events():
            told = _told_by_name(event, desk.numbers[0])
            letters = letters_for(told, sample.directory, language="zh")
            for plain, letter in zip(letters, confided(letters, parts, work), strict=True):
                if plain.incident is None or letter.recipient.address in CLEARED:
                    continue
                named, hidden = (
                    composer.compose(one, at=desk.clock(), cause="m", ordinal=n)
                    for n, one in enumerate((plain, letter))
                )
                said = _words(desk.read(hidden.raw))
                leaked = [
                    said[said.index(n) - 80 : said.index(n) + 40]
                    for n in ("张小明", "孙丽")
                    if n in said
                ]
                assert leaked == [], (letter.kind, letter.recipient.address)
                events.add(type(event).__name__)
                if "张小明" in _words(desk.read(named.raw)):
                    bare.add(type(event).__name__)
    assert len(events) > 40
    assert len(bare) > 40, "without the veil they would be named"
