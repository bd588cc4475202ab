"""Reads a request for change: ``what; why; risk; window; back-out``, or a labelled line for each,
and what came of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from processor.domain.change import ChangeStatus, Risk

LABELS: Mapping[str, tuple[str, ...]] = {
    "what": (
        "变更内容", "内容", "做什么", "变更", "变更项", "what", "change", "content", "description",
    ),
    "why": ("变更原因", "原因", "理由", "目的", "为什么", "why", "reason", "justification"),
    "risk": ("风险", "风险等级", "变更风险", "risk", "risk level"),
    "window": (
        "时间窗口", "变更窗口", "窗口", "时间", "变更时间", "实施时间", "window", "when", "time",
        "change window",
    ),
    "back_out": (
        "回退", "回退方案", "回退计划", "回滚", "回滚方案", "back-out", "back out", "backout",
        "rollback", "roll back", "back-out plan", "rollback plan",
    ),
}  # fmt: skip
"""Part → its labels; the parts in the order in which they stand without labels."""

_RISKS = {
    Risk.HIGH: ("高", "高风险", "high", "high risk"),
    Risk.MEDIUM: ("中", "中等", "中风险", "一般", "medium", "moderate", "medium risk"),
    Risk.LOW: ("低", "低风险", "较低", "low", "low risk", "minor"),
}
_OUTCOMES = {
    ChangeStatus.BACKED_OUT: (
        "已回退", "回退", "已回滚", "回滚", "backed out", "back out", "rolled back", "backed-out",
    ),
    ChangeStatus.FAILED: ("失败", "未成功", "不成功", "failed", "failure", "unsuccessful"),
    ChangeStatus.DONE: (
        "成功", "已完成", "完成", "已实施", "done", "success", "successful", "completed",
        "succeeded", "implemented",
    ),
}  # fmt: skip

_NAMES = sorted((n for names in LABELS.values() for n in names), key=len, reverse=True)
_LABEL = "|".join(r"[ _-]?".join(map(re.escape, re.split("[ -]", name))) for name in _NAMES)
_AT_START = re.compile(rf"[\s\-*·•]*(?P<label>{_LABEL})\s*[:：]\s*", re.IGNORECASE)
_WITHIN = re.compile(rf"(?:^|(?<=[\s;；,，。|]))(?P<label>{_LABEL})\s*[:：]\s*", re.IGNORECASE)
_PART_OF = {re.sub("[ _-]", "", name): part for part, names in LABELS.items() for name in names}
_EDGES = " \t\r\n,，;；:：、。"


@dataclass(frozen=True, slots=True)
class PartsRead:
    """The parts as written; those that were not given are empty. ``level`` is None where the risk
    cannot be read."""

    what: str = ""
    why: str = ""
    risk: str = ""
    window: str = ""
    back_out: str = ""
    level: Risk | None = None

    @property
    def missing(self) -> list[str]:
        """Names of the parts that were not given."""
        return [name for name in LABELS if not getattr(self, name)]


def starts_part(line: str) -> bool:
    """Whether the line is ``风险：…`` or its like."""
    return _AT_START.match(line) is not None


def read_parts(value: str) -> PartsRead:
    """What is to be changed. What stands before the first label is the change itself."""
    marks = list(_WITHIN.finditer(value))
    if marks:
        parts = {"what": value[: marks[0].start()].strip(_EDGES)}
        ends = [mark.start() for mark in marks[1:]] + [len(value)]
        for mark, end in zip(marks, ends, strict=True):
            name = _PART_OF[re.sub("[ _-]", "", mark["label"].casefold())]
            text = value[mark.end() : end].strip(_EDGES)
            parts[name] = "\n".join(one for one in (parts.get(name, ""), text) if one)
    else:
        told = [one.strip(_EDGES) for one in re.split("[;；]", value)]
        # a semicolon too many belongs to the last part
        told = [*told[:4], "；".join(one for one in told[4:] if one)]
        parts = dict(zip(LABELS, told, strict=False))
    return PartsRead(**parts, level=read_risk(parts.get("risk", "")))


def read_risk(text: str) -> Risk | None:
    """高, 中, 低 or their like, at the beginning."""
    return next((risk for risk, words in _RISKS.items() if _begins(text, words) is not None), None)


def read_outcome(text: str) -> tuple[ChangeStatus, str] | None:
    """成功, 失败, 回退 or their like, and the text behind it."""
    for status, words in _OUTCOMES.items():
        rest = _begins(text, words)
        if rest is not None:
            return status, rest
    return None


def _begins(text: str, words: tuple[str, ...]) -> str | None:
    """What follows one of the words, where the text begins with it as a word of its own."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    for word in sorted(words, key=len, reverse=True):
        if plain.startswith(word):
            following = plain[len(word) : len(word) + 1]
            if not following.isalnum() or (len(word) > 1 and not word.isascii()):
                return text.strip()[len(word) :].strip(_EDGES)
    return None
