"""Terms, their rarity, and how like two texts are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from processor.domain.rarity import BOUND, Measure, Rarity
from processor.domain.terms import MOST, Vocabulary, base, key_of, phrases

VOCABULARY = Vocabulary(["请", "一直", "the", "is"])


def words(subject: str, text: str = "") -> list[str]:
    return [term.word for term in VOCABULARY.terms(subject, text)[0]]


def test_pairs_of_chinese_signs_and_words_in_their_base_form() -> None:
    assert words("打印机卡纸") == ["打印", "印机", "机卡", "卡纸"]
    assert words("Printers jamming, printed, jams") == ["printer", "jamm", "print", "jam"]
    assert words("HP-3F-02 打不开") == ["hp-3f-02", "打不", "不开"]


def test_stop_words_part_what_stands_beside_them() -> None:
    assert words("打印机一直卡纸") == ["打印", "印机", "卡纸"]
    assert words("the printer is off") == ["printer", "off"]


def test_numbers_that_tell_something() -> None:
    assert words("错误 0x80070005 在 10.3.2.18") == ["错误", "10.3.2.18"]
    assert words("代码 789 电话 13800138000 2026-11-23 a 7") == ["代码", "789", "电话"]


def test_width_and_case_do_not_matter() -> None:
    assert words("ＶＰＮ Error") == words("vpn error")


@given(st.text(max_size=300), st.text(max_size=2_000))
def test_any_text_gives_few_different_terms(subject: str, text: str) -> None:
    terms, titled = VOCABULARY.terms(subject, text)
    assert titled <= len(terms) <= MOST
    assert len({term.key for term in terms}) == len(terms)
    assert all(-(2**31) <= term.key < 2**31 for term in terms)


@given(st.text(max_size=60))
def test_a_base_form_begins_as_the_word_does(word: str) -> None:
    assert base(word)[:2] == word[:2]


def test_shared_pairs_are_put_together_again() -> None:
    terms, _ = VOCABULARY.terms("三楼打印机卡纸 VPN")
    assert phrases(terms, [key_of(w) for w in ("打印", "印机", "卡纸", "vpn")]) == (
        "打印机",
        "卡纸",
        "vpn",
    )


def test_a_text_is_wholly_like_itself_and_not_at_all_like_another() -> None:
    rarity = Rarity()
    keys = [key_of(word) for word in ("a1", "b1", "c1")]
    measure = Measure(keys, 1, rarity)
    assert abs(measure.likeness(keys, 1) - 1.0) < 1e-9
    assert measure.likeness([key_of("x1")], 1) == 0.0


def test_rare_terms_weigh_more_than_common_ones() -> None:
    rarity = Rarity()
    rarity.learn(1, range(100_000, 100_000 - BOUND, -1))
    rarity.learn(2, [90_000, 5])
    assert rarity.weights[2] > rarity.weights[1]
    assert rarity.rarest([1, 2, 3], 2) == [2, 3]


def test_a_long_list_is_judged_by_its_density() -> None:
    rarity = Rarity()
    rarity.learn(1, [100_000 - 2 * n for n in range(BOUND)])
    rarity.learn(2, [100_000 - 200 * n for n in range(BOUND)])
    assert rarity.weights[2] > rarity.weights[1]


@given(
    st.lists(st.integers(-50, 50), unique=True, min_size=1, max_size=20),
    st.lists(st.integers(-50, 50), unique=True, max_size=20),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_likeness_is_a_share(mine: list[int], other: list[int], titled: int, named: int) -> None:
    rarity = Rarity()
    share = Measure(mine, titled, rarity).likeness(other, named)
    assert 0.0 <= share <= 1.0 + 1e-9
    assert (share > 0) is bool(set(mine) & set(other))
