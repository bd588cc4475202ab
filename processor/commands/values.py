"""Reads the values of commands: people and groups, grades, ratings, categories, solutions.

What cannot be read gives None or an empty part; the command says so to the person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from processor.commands.keywords import Folded
from processor.commands.labels import CODE_WORDS, DETAIL_OF, KINDS, WITHIN
from processor.domain.people import Directory, Group, Person

_LEADING = " \t\r\n,，;；:：、。-—|"
_PRIORITY_WORDS = {
    1: ("紧急", "最高", "特急", "urgent", "critical", "emergency", "highest"),
    2: ("高", "high"),
    3: ("中", "一般", "普通", "medium", "normal", "moderate"),
    4: ("低", "low", "lowest"),
}
_IMPACT_WORDS = {
    1: ("全公司", "整个公司", "公司", "全部", "核心业务", "organisation", "organization",
        "company", "everyone", "all"),
    2: ("多部门", "多个部门", "站点", "园区", "several departments", "departments", "site"),
    3: ("部门", "小组", "组", "department", "group", "team"),
    4: ("个人", "单人", "一人", "person", "one person", "user", "single"),
}  # fmt: skip
_URGENCY_WORDS = {
    1: ("停工", "中断", "紧急", "无法工作", "stopped", "blocked", "urgent", "critical"),
    2: ("严重", "高", "badly limited", "badly", "high"),
    3: ("受限", "中", "一般", "limited", "medium", "normal", "workaround"),
    4: ("无影响", "低", "不急", "none", "low"),
}
_GRADE_WORDS = {"priority": _PRIORITY_WORDS, "impact": _IMPACT_WORDS, "urgency": _URGENCY_WORDS}
_GRADE = re.compile(r"(?:p|级别|级)?\s*([1-4])\s*级?(?![\d.])", re.IGNORECASE)
_CHINESE_GRADES = {"一级": 1, "二级": 2, "三级": 3, "四级": 4}

_RATING = re.compile(r"([1-5])\s*(?:/\s*5)?\s*(?:分|星|stars?\b|points?\b)?(?![\d.])")
_RATING_WORDS = {
    5: ("五分", "五星", "非常满意", "很满意", "excellent", "very satisfied", "★★★★★"),
    4: ("四分", "四星", "满意", "good", "satisfied", "★★★★"),
    3: ("三分", "三星", "一般", "ok", "fair", "average", "★★★"),
    2: ("二分", "两分", "二星", "两星", "不满意", "poor", "dissatisfied", "★★"),
    1: ("一分", "一星", "很不满意", "非常不满意", "bad", "terrible", "very dissatisfied", "★"),
}

# words that say the kind wherever they stand; "temporary files" and "final" do not
_SURE_KINDS = {
    "permanent": ("永久解决", "永久方案", "根本解决", "彻底解决", "permanent fix", "permanently"),
    "workaround": ("临时解决", "临时方案", "临时措施", "变通", "workaround", "temporary fix"),
}

_DURATION = re.compile(
    r"\s*(\d+(?:\.\d+)?)\s*(小时|个小时|分钟|分|天|人天|hours?|hrs?|h|minutes?|mins?|m|days?|d)",
    re.IGNORECASE,
)
_MINUTES = {"小": 60, "个": 60, "h": 60, "分": 1, "m": 1, "天": 480, "人": 480, "d": 480}


@dataclass(frozen=True, slots=True)
class SolutionRead:
    """The parts of a solution; those that were not given are empty. ``kind`` is ``permanent`` or
    ``workaround``; ``code`` one of the closure codes in force."""

    solution: str = ""
    cause: str = ""
    action: str = ""
    kind: str = ""
    code: str = ""
    knowledge: str = ""


def read_target(value: str, directory: Directory) -> tuple[Person | None, Group | None, str]:
    """``@name text``, ``group text`` or a name of several words: who is meant, and the rest.

    The longest beginning that names exactly one person or group counts; ``@group/person`` names
    both.
    """
    words = value.strip().split()
    for count in range(min(4, len(words)), 0, -1):
        name = " ".join(words[:count]).strip(_LEADING + "@＠")
        text = " ".join(words[count:]).strip(_LEADING)
        found = _named(name, directory)
        if found != (None, None):
            return (*found, text)
    parts = re.split(r"[,，;；:：。]", value.strip().lstrip("@＠"), maxsplit=1)
    if len(parts) == 2:
        found = _named(parts[0].strip(), directory)
        if found != (None, None):
            return (*found, parts[1].strip(_LEADING))
    return None, None, value.strip()


def _named(name: str, directory: Directory) -> tuple[Person | None, Group | None]:
    if not name:
        return None, None
    group_name, slash, person_name = name.partition("/")
    if slash:
        group, person = directory.group_named(group_name), directory.named(person_name)
        return (person, group) if group and person else (None, None)
    group = directory.group_named(name)
    return (None, group) if group else (directory.named(name), None)


def read_grade(field: str, value: str) -> tuple[int, str] | None:
    """``P1 reason``, ``2``, ``紧急，全公司断网``: the grade 1–4 and the reason.

    ``field`` is ``priority``, ``impact`` or ``urgency``; each has its own words.
    """
    said = _Said(value)
    number = _GRADE.match(said.text)
    if number:
        return int(number.group(1)), said.after(number.end())
    for word, grade in _CHINESE_GRADES.items():
        if said.text.startswith(word):
            return grade, said.after(len(word))
    return _worded(said, _GRADE_WORDS[field])


def read_rating(value: str) -> tuple[int, str] | None:
    """``5 comment``, ``4分``, ``非常满意``: the score 1–5 and the comment."""
    said = _Said(value)
    number = _RATING.match(said.text)
    if number:
        return int(number.group(1)), said.after(number.end())
    return _worded(said, _RATING_WORDS)


class _Said:
    """A value in one case and width, to be recognised; its rest is given back as it was written
    (a comment keeps its full-width marks)."""

    def __init__(self, value: str) -> None:
        self._written = value.strip()
        folded = Folded.of(self._written)
        self.text, self._origin = folded.text, folded.origin

    def after(self, count: int) -> str:
        """What follows the first ``count`` characters of ``text``; marks alone say nothing."""
        rest = self._written[self._origin[count] :].strip(_LEADING)
        return rest if any(sign.isalnum() for sign in rest) else ""


def _worded(said: _Said, words: Mapping[int, Sequence[str]]) -> tuple[int, str] | None:
    """The grade whose word the text begins with; the longest word counts. A short Chinese word
    (高) must stand alone, for it also begins others (高速)."""
    pairs = sorted(
        ((word, grade) for grade, listed in words.items() for word in listed),
        key=lambda pair: -len(pair[0]),
    )
    for word, grade in pairs:
        if said.text.startswith(word):
            following = said.text[len(word) : len(word) + 1]
            if not following.isalnum() or (len(word) > 1 and not word.isascii()):
                return grade, said.after(len(word))
    return None


def read_category(value: str, categories: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    """A category's path, its last code or its title in any language, then the reason; "" where
    none or more than one is meant."""
    said = _Said(value)
    names: dict[str, set[str]] = {}
    for path, titles in categories.items():
        for name in (path, path.rsplit("/", 1)[-1], *titles.values()):
            names.setdefault(_plain(name).casefold(), set()).add(path)
    for name in sorted(names, key=len, reverse=True):
        following = said.text[len(name) : len(name) + 1]
        if not name or not said.text.startswith(name):
            continue
        if following and (following.isalnum() or following in "/_"):
            continue
        paths = names[name]
        exact = name if name in paths else next(iter(paths)) if len(paths) == 1 else ""
        return exact, said.after(len(name))
    return "", value.strip()


def read_solution(
    value: str,
    closure_codes: Sequence[str],
    titles: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> SolutionRead:
    """Text before the first label is the solution; ``方案`` holds it too, or says its kind. A
    closure code may be said by its title.

    Where ``方案`` only says the kind and nothing else was given, the action taken is the solution.
    """
    parts = _labelled(value)
    lead, named, action = (parts.get(part, "") for part in ("", "solution", "action"))
    alone = _kind_alone(named)
    texts = (lead,) if alone else (lead, named)
    solution = "\n".join(text for text in texts if text)
    if alone and not solution:
        solution = action
    return SolutionRead(
        solution=solution,
        cause=parts.get("cause", ""),
        action=action,
        kind=_kind(parts.get("kind", ""))
        or alone
        or _kind_leading(named)
        or _kind(solution, _SURE_KINDS),
        code=_titled(parts.get("code", ""), titles) or _code(parts.get("code", ""), closure_codes),
        knowledge=parts.get("knowledge", ""),
    )


def _labelled(value: str) -> dict[str, str]:
    """Detail → its text; "" holds what stands before the first label."""
    marks = list(WITHIN.finditer(value))
    parts = {"": value[: marks[0].start() if marks else len(value)].strip(_LEADING)}
    ends = [mark.start() for mark in marks[1:]] + [len(value)]
    for mark, end in zip(marks, ends, strict=False):  # without a label one end is left over
        label = re.sub(r"[ _-]+", " ", mark.group("label").casefold())
        detail = DETAIL_OF.get(label, DETAIL_OF.get(label.replace(" ", ""), ""))
        text = value[mark.end() : end].strip().rstrip(";；,，")
        before = parts.get(detail, "")
        parts[detail] = f"{before}\n{text}" if before and text else before or text
    return parts


def _kind_alone(text: str) -> str:
    plain = _plain(text).casefold().strip(_LEADING + "()")
    return next((kind for kind, words in KINDS.items() if plain in words), "")


def _kind_leading(text: str) -> str:
    """``临时重启，等补丁``: a solution that begins with its kind."""
    plain = _plain(text).casefold()
    return next((kind for kind, words in KINDS.items() if plain.startswith(words)), "")


def _kind(text: str, kinds: Mapping[str, Sequence[str]] = KINDS) -> str:
    """The kind whose words stand in the text; "" for none, or when both do."""
    plain = _plain(text).casefold()
    found = {kind for kind, words in kinds.items() if any(word in plain for word in words)}
    return found.pop() if len(found) == 1 else ""


def _titled(text: str, titles: Mapping[str, Mapping[str, str]]) -> str:
    wanted = _plain(text).casefold().strip(_LEADING)
    for code, said in titles.items():
        if wanted in (_plain(title).casefold() for title in said.values()):
            return code
    return ""


def _code(text: str, closure_codes: Sequence[str]) -> str:
    """The code itself, or the one in force that the words stand for."""
    wanted = _plain(text).casefold().strip(_LEADING)
    keys = {_key(code): code for code in closure_codes}
    if _key(wanted) in keys:
        return keys[_key(wanted)]
    means = [codes for codes, words in CODE_WORDS if wanted in words]
    return next((code for key, code in keys.items() if any(key in codes for codes in means)), "")


def _key(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.casefold())


def read_duration(value: str) -> tuple[int, str] | None:
    """``1.5h``, ``90分钟``, ``1小时30分``: whole minutes (a day of work has 480), and the rest."""
    said, minutes, at = _Said(value), 0.0, 0
    while found := _DURATION.match(said.text, at):
        minutes += float(found.group(1)) * _MINUTES[found.group(2)[0].lower()]
        at = found.end()
    return (round(minutes), said.after(at)) if at else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
