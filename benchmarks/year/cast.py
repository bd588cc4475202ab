"""Who reports, who works, on what: the desk of the made-up years, and its configuration."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Customer:
    """``weight``: share of the reports."""

    name: str
    english: str
    domain: str
    contract: str
    weight: int


CUSTOMERS = (
    Customer("东海制造集团", "Donghai Manufacturing", "donghai.example", "HT-2026-001", 34),
    Customer("江南银行", "Jiangnan Bank", "jnbank.example", "HT-2026-002", 24),
    Customer("市第一人民医院", "First People's Hospital", "hospital.example", "HT-2026-003", 18),
    Customer("华新物流", "Huaxin Logistics", "huaxin.example", "HT-2026-004", 12),
    Customer("明德中学", "Mingde School", "mingde.example", "HT-2026-005", 7),
    Customer("云岭旅游", "Yunling Travel", "yunling.example", "", 5),
)


@dataclass(frozen=True, slots=True)
class Engineer:
    """``skill``: below 1 quicker than others, above slower."""

    name: str
    english: str
    address: str
    group: str
    skill: float


ENGINEERS = tuple(
    Engineer(name, english, f"{english.lower().replace(' ', '.')}@desk.example", group, skill)
    for name, english, group, skill in (
        ("赵敏", "Zhao Min", "service-desk", 0.8),
        ("孙丽", "Sun Li", "service-desk", 1.0),
        ("何静", "He Jing", "service-desk", 1.1),
        ("王强", "Wang Qiang", "hardware", 0.9),
        ("李军", "Li Jun", "hardware", 1.0),
        ("张伟", "Zhang Wei", "hardware", 1.2),
        ("陈涛", "Chen Tao", "hardware", 1.4),
        ("刘洋", "Liu Yang", "network", 0.8),
        ("杨帆", "Yang Fan", "network", 1.1),
        ("黄磊", "Huang Lei", "network", 1.3),
        ("周凯", "Zhou Kai", "systems", 0.9),
        ("吴昊", "Wu Hao", "systems", 1.0),
        ("徐明", "Xu Ming", "systems", 1.5),
        ("朱琳", "Zhu Lin", "applications", 0.9),
        ("马超", "Ma Chao", "applications", 1.1),
        ("胡蓉", "Hu Rong", "applications", 1.2),
        ("林峰", "Lin Feng", "security", 1.0),
        ("高翔", "Gao Xiang", "security", 1.2),
    )
)
MANAGER = "chen.jing@example.com"  # of the shipped people
LINES = {"service-desk": 1, "hardware": 1}  # all others: the second


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of incident: its category, who gets it, how often, how urgent, and what is said of
    it (``{}`` is the item). ``hours``: the median of working hours that it takes."""

    category: str
    group: str
    weight: int
    urgency: int
    hours: float
    items: tuple[str, ...]
    chinese: tuple[str, ...]
    english: tuple[str, ...]


def _many(prefix: str, count: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{number:02d}" for number in range(1, count + 1))


TROUBLES = (
    Trouble(
        "service/account", "service-desk", 20, 3, 0.6, ("AD", "OA", "ERP"),
        ("{} 账号被锁定", "忘记 {} 密码，请重置", "{} 登录提示密码过期"),
        ("{} account is locked", "Please reset my {} password", "{} says my password expired"),
    ),
    Trouble(
        "hardware/printer", "hardware", 15, 3, 4.0, _many("PRN-", 24),
        ("打印机 {} 卡纸", "{} 打印有黑线", "{} 无法打印，灯不亮", "打印机 {} 缺墨"),
        ("Printer {} jams", "{} prints black lines", "{} does not print"),
    ),
    Trouble(
        "application", "applications", 14, 2, 9.0, ("ERP", "OA", "CRM", "HIS", "WMS"),
        ("{} 打开很慢", "{} 提交单据报错 500", "{} 报表数据不对", "{} 无法登录，提示服务器无响应"),
        ("{} is very slow", "{} shows error 500 on saving", "Figures in a {} report are wrong"),
    ),
    Trouble(
        "network/lan", "network", 11, 2, 5.0, _many("SW-", 30),
        ("三楼上不了网，交换机 {} 灯灭", "{} 端口频繁断开", "办公区网络时断时续（{}）"),
        ("No network on the third floor, {} is dark", "Ports of {} keep dropping"),
    ),
    Trouble(
        "hardware/pc", "hardware", 11, 3, 6.0, _many("PC-", 400),
        ("电脑 {} 蓝屏", "{} 开机黑屏", "{} 运行很慢", "电脑 {} 无法开机"),
        ("{} shows a blue screen", "{} does not start", "{} is very slow"),
    ),
    Trouble(
        "service/installation", "service-desk", 8, 4, 8.0, (),
        ("申请安装 Visio", "请安装 PDF 编辑软件", "新员工电脑安装办公软件"),
        ("Please install Visio", "A PDF editor for my laptop, please"),
    ),
    Trouble(
        "network/wan", "network", 5, 1, 6.0, ("WAN-SH", "WAN-BJ", "WAN-GZ", "VPN-01"),
        ("专线 {} 中断", "{} 丢包严重，分公司访问慢", "VPN 连不上（{}）"),
        ("Line {} is down", "Packets are lost on {}", "VPN does not connect ({})"),
    ),
    Trouble(
        "system/database", "systems", 5, 2, 10.0, _many("DB-", 8),
        ("数据库 {} 连接数满", "{} 表空间不足", "{} 主从延迟过大"),
        ("{} has no connections left", "Tablespace of {} is full", "{} lags behind"),
    ),
    Trouble(
        "system/os", "systems", 5, 2, 8.0, _many("SRV-", 60),
        ("服务器 {} CPU 使用率 98%", "{} 磁盘空间不足", "{} 无法远程登录"),
        ("CPU of {} at 98%", "Disk of {} is full", "No remote login on {}"),
    ),
    Trouble(
        "security/virus", "security", 3, 2, 12.0, _many("PC-", 400),
        ("{} 报病毒 Trojan.Agent", "{} 疑似中勒索病毒"),
        ("{} reports Trojan.Agent", "{} may have ransomware"),
    ),
    Trouble(
        "network/machine_room", "network", 2, 1, 3.0, ("ROOM-A", "ROOM-B"),
        ("{} 温度过高告警", "{} UPS 告警"),
        ("{} is too hot", "UPS alarm in {}"),
    ),
    Trouble(
        "hardware/storage", "systems", 1, 1, 14.0, ("NAS-01", "SAN-01"),
        ("存储 {} 硬盘故障", "{} 访问中断"),
        ("A disk of {} failed", "{} cannot be reached"),
    ),
)  # fmt: skip


def contracts(language: str) -> str:
    """``contracts.yaml`` of the desk."""
    return "organisations:\n" + "".join(
        f"  - name: {one.name if language == 'zh' else one.english}\n"
        f'    domains: [{one.domain}]\n    contract: "{one.contract}"\n'
        for one in CUSTOMERS
    )


def people(language: str, shipped: str) -> str:
    """``people.yaml``: the shipped one with the desk's own engineers beside its examples."""
    listed = "".join(
        f"  - address: {one.address}\n    name: {one.name if language == 'zh' else one.english}\n"
        f"    roles: [{'desk' if one.group == 'service-desk' else 'engineer'}]\n"
        f"    groups: [{one.group}]\n"
        for one in ENGINEERS
    )
    return shipped.replace("\npeople:\n", f"\npeople:\n{listed}", 1)
