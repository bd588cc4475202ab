"""Labels of a solution's details (seed 8.7) as people write them, and the words behind them."""

from __future__ import annotations

import re

LABELS = {
    "cause": ("原因", "故障原因", "根本原因", "事件原因", "cause", "root cause", "reason"),
    "action": (
        "措施", "处理措施", "解决措施", "处理过程", "处理步骤", "操作", "action", "actions",
        "action taken", "steps", "measure", "measures",
    ),
    "solution": (
        "方案", "解决方案", "解决办法", "解决方法", "处理结果", "solution", "resolution", "fix",
    ),
    "kind": ("类型", "方案类型", "解决类型", "kind", "solution kind", "type"),
    "knowledge": ("知识", "参考知识", "使用知识", "知识编号", "knowledge", "knowledge used", "kb"),
    "code": ("代码", "结束代码", "关闭代码", "code", "closure code", "close code"),
}  # fmt: skip
"""Detail → its labels, folded."""

KINDS = {
    "permanent": (
        "永久", "永久解决", "永久方案", "永久性", "根本解决", "彻底解决", "根治", "permanent",
        "permanent fix",
    ),
    "workaround": (
        "临时", "临时解决", "临时方案", "临时措施", "临时性", "变通", "变通方案", "规避", "绕过",
        "workaround", "work-around", "work around", "temporary", "temporary fix", "interim",
    ),
}  # fmt: skip

CODE_WORDS: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = tuple(
    (frozenset(codes.split()), words)
    for codes, words in (
        (
            "solved resolved fixed permanent solved_permanently permanent_fix",
            ("已解决", "解决", "永久解决", "彻底解决", "修复", "已修复", "永久", "fixed", "solved",
             "resolved", "permanent"),
        ),
        (
            "workaround solved_by_workaround temporary temporary_fix",
            ("临时解决", "变通解决", "变通", "临时", "规避", "workaround", "temporary"),
        ),
        (
            "not_reproducible no_fault_found no_fault recovered self_recovered vanished",
            ("无法重现", "未能重现", "未重现", "自行恢复", "自恢复", "无故障", "no fault found",
             "not reproducible", "cannot reproduce", "recovered"),
        ),
        (
            "user_error user_guidance guidance training advice advised explained",
            ("操作不当", "使用问题", "误操作", "用户操作", "指导用户", "已指导", "使用指导",
             "user error", "guidance", "explained"),
        ),
        (
            "request_fulfilled fulfilled request_done done completed",
            ("请求完成", "请求已完成", "已办理", "已完成", "完成", "fulfilled", "done",
             "completed"),
        ),
        ("duplicate", ("重复", "重复事件", "duplicate")),
        (
            "vendor solved_by_vendor third_party vendor_fixed",
            ("厂商解决", "第三方解决", "厂商", "vendor", "third party"),
        ),
        ("change solved_by_change by_change change_implemented", ("变更解决", "变更", "change")),
        ("withdrawn cancelled canceled", ("用户撤销", "撤销", "withdrawn", "cancelled")),
        (
            "unresolved not_resolved unsolved not_solved",
            ("未解决", "无法解决", "未能解决", "unresolved", "not solved"),
        ),
    )
)  # fmt: skip
"""Closure codes that mean the same → what people write; only codes in force are given back."""

_NAMES = sorted({label for labels in LABELS.values() for label in labels}, key=len, reverse=True)
_LABEL = "|".join(r"[ _-]?".join(map(re.escape, name.split(" "))) for name in _NAMES)
AT_START = re.compile(rf"[\s\-*·•]*(?P<label>{_LABEL})\s*[:：]\s*", re.IGNORECASE)
WITHIN = re.compile(rf"(?:^|(?<=[\s;；,，。|]))(?P<label>{_LABEL})\s*[:：]\s*", re.IGNORECASE)

DETAIL_OF = {label: detail for detail, labels in LABELS.items() for label in labels}


def starts_with_label(line: str) -> bool:
    """Whether the line is ``原因：…`` or its like."""
    return AT_START.match(line) is not None
