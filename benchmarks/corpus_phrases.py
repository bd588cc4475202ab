"""What people write to a service desk, in pieces that are put together anew for each mail."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What one mail is about. ``marker`` is a code that stands in no other mail."""

    subject: str
    sentences: tuple[str, ...]
    marker: str


@dataclass(frozen=True, slots=True)
class Sender:
    name: str
    address: str
    department: str
    phone: str


_ZH = {
    "family": "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕",
    # 喆 镕 堃 are in GBK but not in GB2312: names are where charsets break first
    "given": "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志玉兰文辉红梅喆镕堃",
    "departments": "财务部 人力资源部 采购部 销售一部 研发中心 生产管理部 法务部 物流部 行政部",
    "places": "总部3楼 总部12楼 上海分公司 深圳研发中心 一号车间 二号仓库 南京办事处 会议室A201",
    "greetings": "您好： 服务台您好， 各位好： 你好， 服务台的同事，你们好：",
    "closings": "麻烦尽快处理，谢谢！ 请帮忙看一下，谢谢。 急，等回复！ 如需配合请联系我。",
}
_EN = {
    "first": "James Mary Robert Patricia John Jennifer Michael Linda David Zoë José Renée Björn "
    "Anna Sarah Karen Nancy Daniel Matthew Emily Joshua Laura Kevin Rachel Brian Sophie",
    "last": "Smith Johnson Williams Brown Jones Garcia Miller Davis Müller Martin Lee Thompson "
    "White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen",
    "departments": "Finance|Human Resources|Purchasing|Sales|R&D|Production|Legal|Logistics",
    "places": "HQ floor 3|HQ floor 12|Shanghai branch|Shenzhen lab|Plant 1|Warehouse 2|Room A201",
    "greetings": "Hi,|Hello team,|Dear service desk,|Good morning,|Hi there,",
    "closings": "Please help, thank you.|Could somebody have a look today?|Many thanks|This is "
    "urgent for us.|Let me know if you need anything else.",
}
# (subject, what happened); {…} are filled for each mail
_TROUBLES = {
    "zh": (
        (
            "打印机{asset}卡纸",
            "{place}的打印机{asset}一直卡纸，面板提示错误{code}，重启后还是不行。",
        ),
        ("VPN连不上", "在家用VPN连接公司网络失败，提示错误{code}，换了手机热点也一样。"),
        ("邮箱收不到外部邮件", "从{time}开始收不到客户发来的邮件，对方说收到退信，代码{code}。"),
        ("ERP系统登录报错", "ERP登录时报错{code}，{department}好几个同事都进不去，凭证无法录入。"),
        ("{place}网络断了", "{place}整层断网，交换机{asset}的指示灯不亮，有线和无线都上不去。"),
        ("电脑蓝屏", "电脑{asset}今天蓝屏{count}次，代码{code}，文件没保存。"),
        (
            "申请开通共享文件夹权限",
            "因工作需要，申请开通部门共享文件夹{asset}的读写权限，领导已同意。",
        ),
        ("密码过期无法登录", "域账号密码过期，修改时提示不符合策略（{code}），无法登录电脑。"),
        ("OA审批页面打不开", "OA审批页面一直转圈，{time}以后就打不开了，浏览器提示{code}。"),
        (
            "机房温度告警",
            "机房空调{asset}告警，当前温度{count}度，告警代码{code}，请安排现场查看。",
        ),
        (
            "新员工入职设备申请",
            "下周有{count}名新员工入职{department}，请准备电脑和账号，参考单号{code}。",
        ),
        ("数据库备份失败", "昨晚数据库{asset}备份任务失败，日志显示{code}，磁盘空间可能不足。"),
    ),
    "en": (
        ("Printer {asset} jams", "The printer {asset} at {place} jams all the time, error {code}."),
        ("VPN does not connect", "I cannot connect to the VPN from home, it stops with {code}."),
        ("No mail from outside", "Since {time} we get no mail from customers; they see {code}."),
        (
            "ERP login fails",
            "ERP login fails with {code}; several people in {department} are stuck.",
        ),
        ("Network down at {place}", "The whole {place} is offline, switch {asset} has no lights."),
        ("Blue screen", "My laptop {asset} crashed {count} times today with stop code {code}."),
        (
            "Access to a shared folder",
            "I need write access to the folder {asset}; approval {code}.",
        ),
        ("Password expired", "My password expired and the new one is refused ({code})."),
        ("Approval page does not load", "The approval page has been loading since {time}, {code}."),
        ("Server room too hot", "Air conditioner {asset} reports {code}, {count} degrees inside."),
        (
            "Equipment for new colleagues",
            "{count} people join {department} next week, ref. {code}.",
        ),
        ("Backup failed", "Last night's backup of {asset} failed, the log says {code}."),
    ),
}
_MORE = {
    "zh": (
        "同事{name}的机器也有同样的情况。",
        "昨天下午还是正常的，今天早上一来就这样了。",
        "已经重启过两次，没有效果。",
        "影响比较大，今天要给客户交付。",
        "截图见附件，请参考。",
        "我的工位在{place}，分机{count}{count}。",
        "上个月也出现过一次，当时是{name}来处理的。",
        "如果需要远程，我的资产编号是{asset}。",
        "目前只能先用别人的电脑，很不方便。",
        "请问大概什么时候能恢复？我好跟领导汇报。",
    ),
    "en": (
        "The same happens to my colleague {name}.",
        "It worked fine yesterday afternoon.",
        "I have restarted it twice, it made no difference.",
        "We have a delivery to a customer today, so this hurts.",
        "A screenshot is attached.",
        "I sit at {place}, extension {count}{count}.",
        "We had this last month as well, {name} fixed it then.",
        "If you need remote access, my asset tag is {asset}.",
        "For the moment I use somebody else's computer.",
        "When can we expect it to work again?",
    ),
}
_ANSWERS = {
    "zh": (
        "您好，按您说的试了一下，还是报{code}。",
        "补充一下：{name}那边也出现了，资产编号{asset}。",
        "已经好了，谢谢！",
        "请问有进展吗？领导在催，参考{code}。",
        "截图重新发了一份，见附件。",
        "还没有解决，早上又出现一次，代码{code}。",
    ),
    "en": (
        "I tried what you said, it still stops with {code}.",
        "One more thing: {name} has it too, asset tag {asset}.",
        "It works again, thank you!",
        "Any news on this? My manager is asking, ref. {code}.",
        "I attached the screenshot again.",
        "Not solved: it happened again this morning, code {code}.",
    ),
}


def sender(rng: Random, language: str) -> Sender:
    """Somebody with a name, an address and a place in the organisation."""
    at = rng.randrange(10_000)
    phone = f"{rng.randrange(10**10, 2 * 10**10)}"
    if language == "zh":
        name = rng.choice(_ZH["family"]) + "".join(rng.choices(_ZH["given"], k=rng.choice((1, 2))))
        department = rng.choice(_ZH["departments"].split())
        return Sender(name, f"user{at}@huaxin.example", department, phone)
    first, last = rng.choice(_EN["first"].split()), rng.choice(_EN["last"].split())
    department = rng.choice(_EN["departments"].split("|"))
    return Sender(f"{first} {last}", f"user{at}@northwind.example", department, phone)


def complaint(rng: Random, language: str, position: int) -> Complaint:
    """A new report, three to nine sentences long."""
    fill = _fill(rng, language, position)
    subject, trouble = rng.choice(_TROUBLES[language])
    more = rng.sample(_MORE[language], k=rng.randint(1, 7))
    sentences = [sentence.format_map(fill) for sentence in (trouble, *more)]
    return Complaint(subject.format_map(fill), (*sentences, f"[{fill['mark']}]"), fill["mark"])


def answer(rng: Random, language: str, position: int) -> Complaint:
    """What somebody writes in reply: short."""
    fill = _fill(rng, language, position)
    sentences = [s.format_map(fill) for s in rng.sample(_ANSWERS[language], k=rng.randint(1, 2))]
    return Complaint("", (*sentences, f"[{fill['mark']}]"), fill["mark"])


def greeting(rng: Random, language: str) -> str:
    return _pick(rng, language, "greetings")


def closing(rng: Random, language: str) -> str:
    return _pick(rng, language, "closings")


def _pick(rng: Random, language: str, what: str) -> str:
    return rng.choice(_ZH[what].split() if language == "zh" else _EN[what].split("|"))


def _fill(rng: Random, language: str, position: int) -> dict[str, str]:
    return {
        "asset": f"{rng.choice(('PC', 'PRN', 'SW', 'SRV'))}-{rng.randrange(1_000, 9_999)}",
        "code": f"0x{rng.randrange(16**8):08X}",
        "count": str(rng.randrange(2, 60)),
        "time": f"{rng.randrange(7, 18)}:{rng.randrange(60):02d}",
        "place": _pick(rng, language, "places"),
        "department": _pick(rng, language, "departments"),
        "name": sender(rng, language).name,
        "mark": f"{position:07d}-{rng.randrange(16**6):06x}",
    }
