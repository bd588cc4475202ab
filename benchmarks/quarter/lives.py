"""What people do: each incident leads a life of its own, drawn beforehand from one seed.

A life is a list of acts; each act waits some working or waking time after the one before it, so
that nobody has to know what the desk thinks in order to go on. What the acts are is drawn in
:mod:`benchmarks.quarter.courses`.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.quarter.acts import Act, Life
from benchmarks.quarter.cast import REPORTERS as PEOPLE
from benchmarks.quarter.cast import TEACHERS
from benchmarks.quarter.courses import ACCEPT, course, school_course, solution

# subject, first words, language; what they are and whose, the shipped rules say
REPORTS: tuple[tuple[str, str, str], ...] = (
    ("打印机卡纸，打印不了", "三楼打印机一打就卡纸。", "zh"),
    ("电脑开不了机", "早上按电源没有反应，只有我一个人这样。", "zh"),
    ("VPN 连接不上", "在家办公，VPN 一直提示连接超时。", "zh"),
    ("全公司断网", "所有部门都上不了网，业务全部中断，请马上处理！", "zh"),
    ("ERP 系统报错", "保存订单的时候报错，财务部门都受影响，工作中断。", "zh"),
    ("数据库响应很慢", "报表查询要十几分钟，几个部门都在抱怨，还能用。", "zh"),
    ("邮箱登录不了", "密码正确但是提示错误，其他人正常。", "zh"),
    ("电脑疑似中了木马", "桌面弹出奇怪的窗口，文件打不开。", "zh"),
    ("服务器宕机", "生产线的服务器宕机，停产了，非常紧急。", "zh"),
    ("申请一台笔记本", "新员工下周入职，需要一台笔记本。", "zh"),
    ("显示器偶尔闪烁", "不影响工作，有空帮忙看看就行。", "zh"),
    ("无线网络信号差", "会议室无线网络信号很差，整层楼都这样。", "zh"),
    (
        "VPN drops every few minutes",
        "It reconnects by itself, only me, annoying but I can work.",
        "en",
    ),
    ("Printer on floor 3 is broken", "The whole department cannot print.", "en"),
    ("Cannot log in to the ERP", "Several departments are blocked, work has stopped.", "en"),
    ("Request for a second monitor", "Whenever convenient.", "en"),
    ("Phishing mail received", "I did not click on anything.", "en"),
    ("Mail server down", "The whole company cannot send mail, urgent!", "en"),
)

SCHOOL_REPORT = """课间在操场，学生贺兰雪被同学耿一鸣推倒，柏青青在场。

级别：{grade}
地点：学校操场
被欺凌者：贺兰雪
欺凌者：耿一鸣
目击者：柏青青
"""
SCHOOL_SHARE = 0.05


def lives(count: int, weeks: int, seed: int) -> list[Life]:
    """``count`` lives that begin before the last of ``weeks``, oldest first."""
    rng = Random(seed)
    minutes = sorted(_begin(rng, weeks - 1) for _ in range(count))
    told = []
    for ordinal, minute in enumerate(minutes):
        if rng.random() < SCHOOL_SHARE:
            told.append(_at_school(rng, ordinal, minute))
            continue
        subject, text, language = rng.choice(REPORTS)
        reporter = rng.randrange(PEOPLE)
        while (reporter % 3 != 0) != (language == "zh"):
            reporter = rng.randrange(PEOPLE)
        subject = f"{subject}（{ordinal}）" if language == "zh" else f"{subject} ({ordinal})"
        told.append(Life(ordinal, minute, reporter, subject, text, tuple(course(rng))))
    return told


def _at_school(rng: Random, ordinal: int, minute: int) -> Life:
    text = SCHOOL_REPORT.format(grade=rng.choice(("严重", "较重", "一般")))
    reporter = PEOPLE + rng.randrange(len(TEACHERS))
    subject = f"贺兰雪同学被欺凌（{ordinal}）"
    return Life(ordinal, minute, reporter, subject, text, tuple(school_course(rng)), school=True)


HURRIED = frozenset(
    {"accept", "return", "assign", "note", "ask", "tell", "reply", "chase", "resolve", "vendor"}
)


def in_haste(life: Life) -> Life:
    """The same life where it is urgent: the manager denies that, confirms it or says nothing, and
    whoever has it does not wait for the morning."""
    first = {
        1: (Act("manager", "confirm_urgent", "#确认紧急", 4, working=False),),
        2: (Act("manager", "deny", "#否认紧急 内部机密：只影响少数人", 5, working=False),),
        3: (Act("manager", "deny", "#否认紧急 有替代办法", 8, working=False),),
    }.get(life.ordinal % 4, ())
    alarmed = () if life.ordinal % 4 in (2, 3) else _alarmed(life.ordinal)
    hurried = tuple(map(hurry, life.acts))
    if life.acts[0].what == "nobody":  # for days; then the manager sees to it
        solved = hurry(solution(Random(life.ordinal)))
        hurried = (Act("engineer", "accept", ACCEPT, 2 * 480), solved)
    reported = () if not alarmed or life.ordinal % 3 else (Act("manager", "report", "#报告", 300),)
    return replace(life, acts=(*first, *alarmed, *hurried, *reported))


def hurry(act: Act) -> Act:
    """The same act where it is urgent: nobody waits for the morning."""
    if act.what not in HURRIED:
        return act
    return replace(act, wait=min(act.wait, 20 + act.wait % 70), working=False)


def _alarmed(ordinal: int) -> tuple[Act, ...]:
    """What those who are told of a major incident do; the roster of some never answers."""
    acks = (
        Act("director", "ack", "#签收", 22, working=False),
        Act("general", "ack", "#签收", 25, working=False),
    )
    said = Act("manager", "broadcast", "#通报 正在抢修，预计两小时恢复。", 6, working=False)
    told = Act("manager", "notified", "#已上报 {duty} 已电话报告主管部门", 20, working=False)
    return (*acks[: ordinal % 3], *((said,) if ordinal % 2 else ()), *((told,) * (ordinal % 5 > 1)))


def _begin(rng: Random, weeks: int) -> int:
    """Most report in working hours, some in the night and at week-ends."""
    day = rng.randrange(weeks * 7)
    hour = rng.randrange(8, 19) if rng.random() < 0.8 else rng.randrange(24)
    return (day * 24 + hour) * 60 + rng.randrange(60)
