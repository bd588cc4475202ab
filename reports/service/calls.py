"""The calls to reporters after their incidents were closed; internal."""

from __future__ import annotations

from processor.store.overviews import Callback
from reports.press.inquiry import Chapter, Inquiry, Row
from reports.word.plain_text import line

_MOST = 15
_REACHED = "reached"


def calls(inquiry: Inquiry) -> Chapter:
    """What was said in the period, and how many are still owed."""
    if not inquiry.team:
        return Chapter(prose={"callbacks": []}, tables={"callbacks": []})
    known = inquiry.work.overviews.callbacks(inquiry.period.start)
    made = [one for one in known if one.done_at and inquiry.period.covers(one.done_at)]
    made.sort(key=lambda one: (": " not in one.result, one.done_at, one.number))  # words first
    said = inquiry.say(
        "callbacks",
        done=len(made),
        reached=sum(one.result.startswith(_REACHED) for one in made),
        waiting=sum(one.done_at is None for one in known),
    )
    return Chapter(
        prose={"callbacks": [said, *inquiry.more(_MOST, len(made))]},
        tables={"callbacks": [_row(inquiry, one) for one in made[:_MOST]]},
    )


def _row(inquiry: Inquiry, one: Callback) -> Row:
    result, _, text = one.result.partition(": ")
    said = inquiry.words.say(f"callback.{result}")
    if text:
        said = inquiry.words.say("callback.told", result=said, text=line(text, 120))
    return {
        "number": line(one.number),
        "called": inquiry.moments.short(one.done_at),
        "caller": inquiry.naming.person(one.caller),
        "result": said,
    }
