"""Draws what happens to an incident: the acts of its life, one after the other.

内部机密 and 内部原因 stand in what the team says among itself, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.quarter.acts import Act
from benchmarks.quarter.cast import VENDOR_NAME

SOLUTION = """#解决 {what}
原因：{cause}
措施：{action}
方案：{kind}
代码：已解决"""

SCHOOL_SOLUTION = """#解决 耿一鸣已向贺兰雪道歉
原因：内部原因：口角
措施：耿一鸣写检查，柏青青作证
类型：永久
代码：已处理并教育"""

SCHOOL_CARE = """#心理疏导 贺兰雪由心理教师辅导两次
#家长沟通 已与耿一鸣家长面谈
#反思 课间巡查不足
#建议 增加巡查"""

WISH = "#变更 更换交换机；故障频发；低；周六 20:00–21:00；内部机密：换回旧设备"

ACCEPT, RETURN = "#接单", "#退回 内部机密：不是我们组的事情"


def course(rng: Random) -> Iterator[Act]:
    """The whole life of one incident."""
    kind = rng.random()
    if kind < 0.03:
        yield Act("desk", "reject", "#不受理 这个系统不在服务范围内", rng.randrange(10, 120))
        return
    if kind < 0.05:
        yield Act("engineer", "nobody", "", 0)  # nobody ever takes it: every step of the timetable
        return
    if kind < 0.07:  # only what the desk has can be withdrawn
        yield Act("engineer", "accept", ACCEPT, 20)
        yield Act("engineer", "return", RETURN, 15)
        yield Act("reporter", "cancel", "#撤销 自己好了", rng.randrange(3, 40), working=False)
    if kind < 0.12:
        yield Act("desk", "merge", "#重复 {other}", rng.randrange(5, 60))
    yield Act("engineer", "accept", ACCEPT, _accepting(rng))
    if kind < 0.20:
        yield from _wrongly(rng, 1)
    elif kind < 0.23:
        yield from _wrongly(rng, 3)
    for _ in range(rng.choice((0, 0, 1, 1, 1, 2))):
        yield from _middle(rng)
    yield from _ending(rng)


def _wrongly(rng: Random, times: int) -> Iterator[Act]:
    """Dispatched to the wrong group so many times."""
    for _ in range(times):
        yield Act("engineer", "return", RETURN, rng.randrange(5, 60))
        yield Act("desk", "assign", "#分派 {group}", rng.randrange(5, 120))
        yield Act("engineer", "accept", ACCEPT, _accepting(rng))


def _accepting(rng: Random) -> int:
    """Mostly in time, sometimes long after."""
    return rng.choice((3, 8, 12, 20, 25, 45, 90, 130, 260, 700))


def _middle(rng: Random) -> Iterator[Act]:
    what = rng.random()
    soon = rng.randrange(5, 200)
    if what < 0.16:
        yield Act("engineer", "note", "#备注 内部机密：供应商报价偏高", soon)
    elif what < 0.30:
        yield Act("engineer", "ask", "#待用户 请问这台设备的资产编号是多少？", soon)
        late = rng.choice((0, 0, 0, 14_000))  # some let themselves be reminded
        answer = "资产编号是 A-{ordinal}。"
        yield Act("reporter", "tell", answer, late + rng.randrange(10, 2000), working=False)
    elif what < 0.36:
        waits = rng.randrange(60, 900)
        yield Act("reporter", "chase", "有进展了吗？第 {ordinal} 号", waits, working=False)
    elif what < 0.42:
        yield Act("engineer", "reply", "#回复 备件已经下单，明天到货。", rng.randrange(20, 400))
    elif what < 0.48:
        yield Act("manager", "raise_priority", "#优先级 P2 影响扩大了", rng.randrange(20, 200))
    elif what < 0.51:
        yield Act("manager", "make_urgent", "#优先级 P1 全公司都受影响", rng.randrange(20, 200))
    elif what < 0.54:
        yield Act("manager", "lower", "#优先级 P4 内部机密：影响很小", rng.randrange(20, 200))
    elif what < 0.64:
        yield Act("engineer", "vendor", f"#转厂商 {VENDOR_NAME} 请远程检查控制器。", soon)
        late = rng.choice((5, 50, 200, 400, 900, 1500))
        yield Act("vendor", "answered", "控制器固件有缺陷，请升级到 2.1。", late, working=True)
    elif what < 0.72:
        yield Act("engineer", "escalate", "#升级 {above} 内部机密：已重启无效", soon, brings=1)
        yield Act("engineer", "accept", ACCEPT, _accepting(rng))
    elif what < 0.77:
        yield Act("manager", "recall", "#召回 内部机密：调去处理更急的事", soon)
        yield Act("desk", "assign", "#分派 {group}", rng.randrange(5, 200))
        yield Act("engineer", "accept", ACCEPT, _accepting(rng))
    elif what < 0.83:
        who = rng.choice(("engineer", "reporter"))
        yield Act(who, "raise", "#上报 客户催得很急", soon)
    elif what < 0.88:
        yield Act("manager", "major", "#重大 影响重要客户", soon, brings=2)
        yield Act("director", "ack", "#签收", rng.randrange(3, 60), working=False)
        later = rng.randrange(30, 400)
        yield Act("manager", "notified", "#已上报 {duty} 已报告", later, working=False)
    elif what < 0.93:
        yield Act("engineer", "change", WISH, soon)
        yield Act("manager", "grant", "#批准", rng.randrange(5, 500))
        yield Act("engineer", "changed", "#变更结果 成功", rng.randrange(60, 900))
    elif what < 0.97:
        yield Act("engineer", "problem", "#问题 内部机密：控制器为什么反复死机", soon)
    else:
        yield Act("reporter", "watch", "#抄送 boss@{domain}", soon, working=False)


def _ending(rng: Random) -> Iterator[Act]:
    yield solution(rng)
    kind = rng.random()
    if kind < 0.12:
        yield Act("reporter", "reopen", "#未解决 还是不行", rng.randrange(20, 900), working=False)
        yield solution(rng)
        kind = rng.random()
    if kind < 0.2:
        return  # silence
    yield Act("reporter", "confirm", "#确认 好了", rng.randrange(10, 1200), working=False)
    if rng.random() < 0.5:
        stars = rng.choice((5, 5, 5, 4, 4, 3, 1))
        yield Act("reporter", "rate", f"#评分 {stars}", rng.randrange(1, 30), working=False)
    if kind < 0.27:
        yield Act("manager", "send_back", "#驳回 内部机密：原因太笼统", rng.randrange(30, 900))
        yield solution(rng)
        yield Act("reporter", "confirm", "#确认 好了", rng.randrange(10, 1200), working=False)
    yield Act("manager", "approve", "#审核", rng.randrange(30, 1500))
    if kind < 0.34:
        yield Act("reporter", "reopen", "#未解决 又坏了", rng.randrange(30, 900))
        yield solution(rng)
        yield Act("reporter", "confirm", "#确认 好了", rng.randrange(10, 1200), working=False)
        yield Act("manager", "approve", "#审核", rng.randrange(30, 1500))
    elif kind < 0.42:
        yield Act("reporter", "again", "又出现同样的故障了，还是老样子。", 9 * 480)
    elif kind < 0.7:
        yield Act("desk", "call", "#回访 接通 5 很满意", rng.randrange(60, 3000))


def solution(rng: Random) -> Act:
    words = SOLUTION.format(
        what="更换配件后恢复正常",
        cause="内部原因：配件老化",
        action="更换并测试",
        kind=rng.choice(("永久", "永久", "临时")),
    )
    wait = rng.choice((10, 30, 60, 120, 240, 480, 900, 1600, 2600))
    return Act("engineer", "resolve", words, wait)


def school_course(rng: Random) -> Iterator[Act]:
    """A confidential case: investigated, cared for, closed with everything that is asked for."""
    yield Act("engineer", "accept", ACCEPT, _accepting(rng))
    yield Act("engineer", "note", "#备注 内部机密：贺兰雪情绪稳定", rng.randrange(5, 200))
    if rng.random() < 0.6:
        yield Act("engineer", "owed", "#已上报 1 已成立调查组", rng.randrange(5, 100))
        yield Act("engineer", "owed", "#已上报 2 已陪伴贺兰雪", rng.randrange(5, 900))
    yield Act("engineer", "ask", "#待用户 柏青青当时在哪里？", rng.randrange(5, 200))
    yield Act("reporter", "tell", "柏青青和贺兰雪在一起。", rng.randrange(10, 900), working=False)
    yield Act("engineer", "fill", "#经过 耿一鸣推倒了贺兰雪。", rng.randrange(5, 200))
    wait = rng.choice((60, 480, 1600))
    yield Act("engineer", "resolve", SCHOOL_SOLUTION, wait)
    yield Act("reporter", "confirm", "#确认 好了", rng.randrange(10, 1200), working=False)
    yield Act("engineer", "fill", SCHOOL_CARE, rng.randrange(5, 400))
    for item in ("谈话", "关怀", "家长", "教育"):
        yield Act("engineer", "fill", f"#勾选 {item} 贺兰雪已参加", rng.randrange(2, 20))
    yield Act("manager", "approve", "#审核", rng.randrange(30, 900))
