"""Who works and who reports in the simulated quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

START = datetime(2026, 9, 6, 16, 0, tzinfo=UTC)  # Monday 7 September 2026, midnight in Shanghai
WEEKS = 13  # with the Mid-Autumn and National Day holidays and their make-up days
REPORTERS = 60

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("伟", "敏", "静", "强", "磊", "洋", "娜", "杰", "涛", "艳", "勇", "军", "霞", "平", "刚")
_TWO_SIGNS = (  # of reporters, so that nobody of the team has the same name
    "建华", "桂英", "文博", "思远", "雨欣", "子轩", "梓涵", "浩然", "晓东", "丽娟", "海燕", "国庆",
    "春梅", "志刚", "玉兰",
)  # fmt: skip
GROUPS: dict[str, tuple[int, int]] = {  # line, people
    "service-desk": (1, 2),
    "hardware": (1, 5),
    "network": (2, 4),
    "systems": (2, 4),
    "applications": (2, 4),
    "security": (2, 3),
    "investigation": (2, 1),  # of what is confidential
}
SCHOOL = "investigation"
DESK_GROUP = "service-desk"
VENDOR_NAME = "示例厂商"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with a mailbox."""

    name: str
    address: str
    language: str = "zh"
    group: str = ""


VENDOR = Somebody("厂商技术支持", "support@vendor.example")
DIRECTOR = Somebody("信息总监", "it.director@example.com")
GENERAL = Somebody("总经理", "general.manager@example.com")
PRINCIPAL = Somebody("校长", "principal@example.com")
TEACHERS = (Somebody("施敏华", "shi@school.example"), Somebody("戚文远", "qi@school.example"))
MASKED = ("贺兰雪", "耿一鸣", "柏青青", "施敏华", "戚文远")
"""Names of what is confidential: only the investigators and the head of the school read them."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody. ``engineers`` by group; a group's first engineer leads it."""

    engineers: dict[str, tuple[Somebody, ...]]
    manager: Somebody
    reporters: tuple[Somebody, ...]

    @property
    def staff(self) -> tuple[Somebody, ...]:
        return (self.manager, *(one for group in self.engineers.values() for one in group))

    @property
    def desk(self) -> tuple[Somebody, ...]:
        return self.engineers[DESK_GROUP]

    @property
    def cleared(self) -> frozenset[str]:
        """Addresses of those who may read every name."""
        return frozenset((PRINCIPAL.address, *(one.address for one in self.engineers[SCHOOL])))

    def lead(self, group: str) -> Somebody | None:
        """Who leads a group; the service desk is led by nobody."""
        return None if group == DESK_GROUP else self.engineers[group][0]


def cast() -> Cast:
    """The same people every time: 20 engineers beside the desk and an investigator, 60 reporters
    of four customers, two teachers behind them."""
    engineers = {}
    drawn = 0
    for group, (_, count) in GROUPS.items():
        members = []
        for _ in range(count):
            name = _SURNAMES[drawn % len(_SURNAMES)] + _GIVEN[drawn % len(_GIVEN)]
            address = f"engineer{drawn:02d}@example.com"
            members.append(Somebody(name, address, "zh", group))
            drawn += 1
        engineers[group] = tuple(members)
    reporters = tuple(
        Somebody(
            _SURNAMES[(7 * n) % len(_SURNAMES)] + _TWO_SIGNS[(4 * n) % len(_TWO_SIGNS)]
            if n % 3
            else f"Reporter {n:02d}",
            f"user{n:02d}@customer{n % 4}.example",
            "zh" if n % 3 else "en",
        )
        for n in range(REPORTERS)
    )
    manager = Somebody("陈静", "manager@example.com")
    return Cast(engineers, manager, (*reporters, *TEACHERS))
