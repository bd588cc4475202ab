"""Whatever is written: nothing is raised, nothing is lost, nothing is read twice."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from processor.commands.grammar import read_orders
from processor.commands.values import read_duration, read_grade, read_rating, read_solution

SYNONYMS = {
    "accept": {"zh": ["接单"], "en": ["accept"]},
    "resolve": {"zh": ["解决"], "en": ["resolve"]},
    "reply": {"zh": ["回复"], "en": ["reply"]},
    "wait_user": {"zh": ["待用户"], "en": ["wait user"]},
    "reopen": {"zh": ["未解决"], "en": ["reopen"]},
}
pieces = st.sampled_from(
    [
        "#",
        "＃",
        "/",
        "接单",
        "接弹",
        "解决",
        "回复",
        "wait user",
        "resolve",
        "acept",
        "未解决",
        "：",
        ": ",
        "原因：",
        "措施:",
        "INC-20261122-0001",
        "[",
        "]",
        "。",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "\u3000",
        "\u200b",
        "您好，",
        "Hi,",
        "㎏",
        "ﬁ",
        "ß",
        "x",
        "5",
        "\u2028",
    ]
)
texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=24).map("".join))


def letters(*texts: str) -> Counter[str]:
    return Counter(sign for text in texts for sign in text if not sign.isspace())


@settings(max_examples=600, deadline=None)
@given(texts, st.booleans())
@example("您好，\n#接单\n#接弹\n#解决 a\n原因：b\nc", True)
def test_every_character_is_kept_in_exactly_one_place(text: str, staff: bool) -> None:
    read = read_orders(text, SYNONYMS, staff)
    kept = [order.text for order in read.orders]
    kept += [line for line, _ in read.unknown]
    assert letters(*kept, read.note, read.greeting) == letters(text)
    assert all(order.name in SYNONYMS for order in read.orders)
    assert all(letters(order.value) <= letters(order.text) for order in read.orders)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=6), max_size=3)), texts)
def test_any_configured_keywords_can_be_read(words: dict[str, list[str]], text: str) -> None:
    synonyms = {f"c{i}": {"zh": listed} for i, listed in enumerate(words.values())}
    read = read_orders(text, synonyms, True)
    assert {order.name for order in read.orders} <= set(synonyms)


@settings(max_examples=300, deadline=None)
@given(st.one_of(texts, st.text(alphabet="p1234567890.级分小时hdm高中低紧急 ★")))
def test_values_never_raise_and_grades_stay_in_range(text: str) -> None:
    for field in ("priority", "impact", "urgency"):
        grade = read_grade(field, text)
        assert grade is None or grade[0] in range(1, 5)
    rating = read_rating(text)
    assert rating is None or rating[0] in range(1, 6)
    duration = read_duration(text)
    assert duration is None or duration[0] >= 0
    assert read_solution(text, ("solved",)).code in ("", "solved")
