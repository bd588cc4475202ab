"""Whatever mails hold, the document opens and shows it as text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.word.plain_text import LONGEST, block, line
from tests.reports import dossiers
from tests.reports.printed import print_report, text_of

NASTY = (
    "{{ incident.number }} {% for x in y %} {_{ }_} {_% %_} {# #}",
    "</w:t></w:r></w:p><w:p>]]> & &amp; <b>\"'",
    "\x00\x01\x07\x08\x0c\x1b[31mred\x7f\x85\ufffe\uffff",
    "\ud83d unpaired \udc00",
    "tabs\tand\r\nline ends\rof\u2028all\vkinds",
    "emoji 👩‍💻 and rare 𠮷 and combining e\u0301",
    "\u202etxt.exe",
    "{{ '' .__class__.__mro__ }}",
)


def whole_story(text: str) -> str:
    story = dossiers.dossier()
    record = replace(
        story.incident, subject=text, symptom=text, solution=text, reporter_name=text, group=text
    )
    mails = tuple(replace(mail, text=text, subject=text, sender=text) for mail in story.mails[:1])
    journal = (replace(story.journal[0], kind="note", text=text, actor=text, via=text),)
    files = tuple(replace(file, name=text) for file in story.attachments[:1])
    changed = replace(story, incident=record, mails=mails, journal=journal, attachments=files)
    return text_of(print_report(changed, organisation=text))


def test_nasty_texts_are_printed_as_they_are() -> None:
    for text in NASTY:
        printed = whole_story(text)
        for part in block(text).split("\n"):
            assert part in printed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_is_printed_whole(text: str) -> None:
    printed = whole_story(text)
    for part in block(text).split("\n"):
        assert part in printed


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_a_block_holds_only_what_xml_can(text: str) -> None:
    tidy = block(text)
    assert all(c in "\t\n" or ord(c) >= 0x20 for c in tidy)
    assert not any(0xD800 <= ord(c) <= 0xDFFF for c in tidy)
    assert "\n\n\n" not in tidy
    assert block(tidy) == tidy


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(min_value=1, max_value=40))
def test_a_line_is_one_line_and_short(text: str, longest: int) -> None:
    tidy = line(text, longest)
    assert len(tidy) <= longest
    assert "\n" not in tidy


def test_a_huge_text_is_cut_and_says_so() -> None:
    printed = whole_story("长" * 3_000_000)
    assert "长" * LONGEST in printed
    assert "长" * (LONGEST + 1) not in printed
    assert dossiers.words("zh").say("report.cut") in printed


def test_blank_lines_are_kept_but_not_by_the_dozen() -> None:
    assert block("a\n\nb") == "a\n\nb"
    assert block("a\n \n\t\n\u3000\n\nb\n\n") == "a\n\nb"
