"""What has to have happened in a whole quarter, so that its agreement says something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from benchmarks.quarter import lists
from benchmarks.quarter.believed import Believed, Told
from benchmarks.quarter.play import DOWN
from benchmarks.quarter.played import Played
from benchmarks.quarter.row import Row

MAILS, ENGINEERS = 3_000, 20
DEEDS = (
    "accept", "return", "assign", "note", "reply", "ask", "tell", "chase", "vendor", "answered",
    "escalate", "recall", "raise", "raise_priority", "make_urgent", "lower", "major",
    "confirm_urgent", "deny", "ack", "broadcast", "notified", "report", "change", "grant",
    "changed", "problem", "watch", "merge", "reject", "cancel", "resolve", "reopen", "confirm",
    "rate", "send_back", "approve", "call", "hold", "owed", "fill",
)  # fmt: skip
TOLD = (
    "confirm-reminder", "question-reminder", "review-reminder", "answer-missing", "urgent-ask",
    "urgent-unanswered", "emergency-alarm", "emergency-command", "emergency-round",
    "emergency-ack-ask", "emergency-receipts", "emergency-over", "duty-given", "duty-near",
    "duty-overdue", "vendor-ask", "vendor-remind", "vendor-overdue", "problem-new",
    "problem-review", "redispatched", "raised", "response:100:desk+lead",
)  # fmt: skip


def covered(played: Played, told: list[Told], believed: Iterable[Believed]) -> Row:
    """One check for each: it happened at least once, and the promised numbers were reached."""
    row = Row("what a quarter has to have in it")
    deeds = Counter(deed.what for deed in played.deeds)
    steps = Counter(one.step for one in told)
    kinds = Counter(letter.event for _, letter in played.letters)
    grades = Counter(one.grades[0][1] for one in believed)
    customers = {one.reporter.rpartition("@")[2] for one in believed}
    for what in DEEDS:
        row.check(f"somebody did {what}", deeds[what] > 0, True)
    for step in TOLD:
        row.check(f"somebody was told {step}", steps[step] > 0, True)
    for kind in lists.TIMES:
        row.check(f"somebody got a {kind}", kinds[kind] > 0, True)
    for grade in range(1, 5):
        row.check(f"incidents of priority {grade}", grades[grade] > 0, True)
    row.check("skipped steps after downtime", any(one.skipped for one in believed), True)
    row.check("customers and the school", len(customers), 5)
    row.check("times that the machine stood still", len(DOWN), 3)
    engineers = {deed.by for deed in played.deeds if deed.what == "accept"}
    row.check("engineers at work", len(engineers) >= ENGINEERS, True)
    row.check("mails", played.mails >= MAILS, True)
    return row
