"""What people do: each incident leads a life of its own, drawn beforehand from one seed.

A life is a list of acts; each act waits some working or waking time after the one before it, so
that nobody has to know what the desk thinks in order to go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

# subject, first words, and the group that the shipped rules give it to
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

SOLUTION = """#解决 {what}
原因：{cause}
措施：{action}
方案：{kind}
代码：已解决"""


@dataclass(frozen=True, slots=True)
class Act:
    """``who`` is a part (reporter, engineer, other, lead, desk, manager); ``what`` the deed;
    ``wait`` minutes after the act before it, of working time where ``working``."""

    who: str
    what: str
    words: str
    wait: int
    working: bool = True


@dataclass(frozen=True, slots=True)
class Life:
    """One incident's: reported at ``minute`` after the start of the quarter."""

    ordinal: int
    minute: int
    reporter: int  # place among the reporters
    subject: str
    text: str
    acts: tuple[Act, ...]


def lives(count: int, weeks: int, reporters: int, seed: int) -> list[Life]:
    """``count`` lives that begin before the last of ``weeks``, oldest first."""
    rng = Random(seed)
    minutes = sorted(_begin(rng, weeks - 1) for _ in range(count))
    told = []
    for ordinal, minute in enumerate(minutes):
        subject, text, language = rng.choice(REPORTS)
        reporter = rng.randrange(reporters)
        while (reporter % 3 != 0) != (language == "zh"):
            reporter = rng.randrange(reporters)
        subject = f"{subject}（{ordinal}）" if language == "zh" else f"{subject} ({ordinal})"
        told.append(Life(ordinal, minute, reporter, subject, text, tuple(_course(rng))))
    return told


def in_haste(life: Life) -> Life:
    """The same life where it is urgent: the manager denies that, confirms it or says nothing, and
    whoever has it does not wait for the morning."""
    first = {
        1: (Act("manager", "confirm_urgent", "#确认紧急", 4, False),),
        2: (Act("manager", "deny", "#否认紧急 只影响少数人", 5, False),),
        3: (Act("manager", "deny", "#否认紧急 有替代办法", 8, False),),
    }.get(life.ordinal % 4, ())
    at_once = {"accept", "return", "assign", "note", "ask", "tell", "reply", "chase", "resolve"}
    hurried = (
        replace(act, wait=min(act.wait, 20 + act.wait % 70), working=False)
        if act.what in at_once
        else act
        for act in life.acts
    )
    return replace(life, acts=(*first, *hurried))


def _begin(rng: Random, weeks: int) -> int:
    """Most report in working hours, some in the night and at week-ends."""
    day = rng.randrange(weeks * 7)
    hour = rng.randrange(8, 19) if rng.random() < 0.8 else rng.randrange(24)
    return (day * 24 + hour) * 60 + rng.randrange(60)


def _course(rng: Random) -> Iterator[Act]:
    kind = rng.random()
    if kind < 0.04:
        yield Act("desk", "reject", "#不受理 这个系统不在服务范围内", rng.randrange(10, 120))
        return
    if kind < 0.07:
        yield Act("engineer", "nobody", "", 0)  # nobody ever takes it: every step of the timetable
        return
    yield Act("engineer", "accept", "#接单", _accepting(rng))
    if kind < 0.17:
        yield Act("engineer", "return", "#退回 不是我们组的事情", rng.randrange(5, 60))
        yield Act("desk", "assign", "#分派 {group}", rng.randrange(5, 120))
        yield Act("engineer", "accept", "#接单", _accepting(rng))
    for _ in range(rng.choice((0, 1, 1, 2))):
        yield from _middle(rng)
    yield from _ending(rng)


def _accepting(rng: Random) -> int:
    """Mostly in time, sometimes long after."""
    return rng.choice((3, 8, 12, 20, 25, 45, 90, 130, 260, 700))


def _middle(rng: Random) -> Iterator[Act]:
    what = rng.random()
    if what < 0.35:
        yield Act("engineer", "note", "#备注 内部机密：供应商报价偏高", rng.randrange(5, 200))
    elif what < 0.6:
        yield Act(
            "engineer", "ask", "#待用户 请问这台设备的资产编号是多少？", rng.randrange(5, 200)
        )
        yield Act("reporter", "tell", "资产编号是 A-{ordinal}。", rng.randrange(10, 2000), False)
    elif what < 0.75:
        yield Act("reporter", "chase", "有进展了吗？第 {ordinal} 号", rng.randrange(60, 900), False)
    elif what < 0.9:
        yield Act("engineer", "reply", "#回复 备件已经下单，明天到货。", rng.randrange(20, 400))
    else:
        yield Act("manager", "raise_priority", "#优先级 P2 影响扩大了", rng.randrange(20, 200))


def _ending(rng: Random) -> Iterator[Act]:
    yield _solution(rng)
    kind = rng.random()
    if kind < 0.12:
        yield Act("reporter", "reopen", "#未解决 还是不行", rng.randrange(20, 900), False)
        yield _solution(rng)
        kind = rng.random()
    if kind < 0.25:
        return  # silence
    yield Act("reporter", "confirm", "#确认 好了", rng.randrange(10, 1200), False)
    if rng.random() < 0.6:
        stars = rng.choice((5, 5, 5, 4, 4, 3, 1))
        yield Act("reporter", "rate", f"#评分 {stars}", rng.randrange(1, 30), False)
    yield Act("manager", "approve", "#审核", rng.randrange(30, 1500))


def _solution(rng: Random) -> Act:
    words = SOLUTION.format(
        what="更换配件后恢复正常",
        cause="内部原因：配件老化",
        action="更换并测试",
        kind=rng.choice(("永久", "临时")),
    )
    wait = rng.choice((10, 30, 60, 120, 240, 480, 900, 1600, 2600))
    return Act("engineer", "resolve", words, wait)
