"""Every kind of letter in every language: it renders, reads back and says the same twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from processor.domain.events_reports import ReportFailed
from processor.domain.outgoing import Outgoing
from processor.domain.wording import Words
from processor.replies.compose import Composer
from processor.replies.letters import Letter
from processor.replies.routes import KINDS
from processor.replies.samples import Sample

from .conftest import AT, ROOT

LANGUAGES = ("zh", "en")
Read = Callable[[Outgoing], EmailMessage]
Text = Callable[..., str]
Make = Callable[..., Composer]


def letters(sample: Sample, kind: str) -> list[Letter]:
    return [letter for letter in sample.letters() if letter.kind == kind]


def _without_fields(letter: Letter, said: str) -> str:
    """What is said but for the field of a template that the event itself tells of."""
    event = letter.event
    return said.replace(event.field, "") if isinstance(event, ReportFailed) else said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_letter_reads_back(
    kind: str, language: str, samples: dict[str, Sample], make: Make, read: Read, text_of: Text
) -> None:
    sample = samples[language]
    writer = make(directory=sample.directory, categories=sample.categories)
    found = letters(sample, kind)
    assert found
    for letter in found:
        mail = writer.compose(letter, at=AT, cause="mail:1", ordinal=0)
        parsed = read(mail)
        assert parsed["Subject"] == mail.subject
        assert mail.subject
        page = HTMLParser(text_of(mail, "html"))
        shown = page.body.text() if page.body else ""
        plain = text_of(mail)
        for said in (plain, shown):
            told = _without_fields(letter, said)
            assert not re.search(r"\bNone\b|\{[{%]|Undefined|object at 0x", told), said
        assert _lead(plain) in _squeezed(shown)
        if mail.number:
            assert mail.number in shown
            assert f"{mail.number}/" in plain
            assert f"{mail.number}/" in shown
            assert mail.subject.endswith(f"[{mail.number}]")
        assert page.css_first("html").attributes["lang"] == {"zh": "zh-CN", "en": "en"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_in_their_language(
    language: str, samples: dict[str, Sample], make: Make, text_of: Text
) -> None:
    sample = samples[language]
    writer = make(directory=sample.directory, categories=sample.categories, organisation="ACME")
    for letter in sample.letters():
        plain = text_of(writer.compose(letter, at=AT, cause="m", ordinal=0))
        chinese = re.findall(r"[\u4e00-\u9fff]", plain)
        assert bool(chinese) is (language == "zh"), plain


def test_text_is_easy_on_the_eye(sample: Sample, composer: Composer, text_of: Text) -> None:
    for letter in sample.letters():
        plain = text_of(composer.compose(letter, at=AT, cause="m", ordinal=0))
        assert "\n\n\n" not in plain
        assert not plain.startswith("\n")
        assert "\n-- \n" in plain


def test_the_sample_has_every_kind(sample: Sample) -> None:
    assert {letter.kind for letter in sample.letters()} == set(KINDS)


def test_every_kind_has_its_files_and_no_other_lie_about() -> None:
    wanted = {f"{kind}.{part}" for kind in KINDS for part in ("subject", "txt", "html")}
    for language in LANGUAGES:
        there = {file.name for file in (ROOT / "templates" / "mail" / language).iterdir()}
        assert there == wanted | {"base.txt", "base.html"}


def test_check_writes_all_of_them(composer: Composer) -> None:
    composer.check(AT)


def test_pages_stay_small(sample: Sample, composer: Composer, text_of: Text) -> None:
    """Gmail cuts a page at 102 kB; a phone on the road is glad of less."""
    for letter in sample.letters():
        page = text_of(composer.compose(letter, at=AT, cause="m", ordinal=0), "html")
        assert len(page.encode()) < 24_000


def test_no_style_sheet_script_or_remote_content(
    sample: Sample, composer: Composer, text_of: Text
) -> None:
    for letter in sample.letters():
        page = text_of(composer.compose(letter, at=AT, cause="m", ordinal=0), "html")
        tree = HTMLParser(page)
        assert not tree.css("style, script, link, img, iframe, form")
        for link in tree.css("a"):
            assert (link.attributes["href"] or "").startswith("mailto:desk")


def test_one_file_laid_over_is_enough(
    tmp_path: Path, sample: Sample, make: Make, text_of: Text
) -> None:
    own = tmp_path / "mail" / "zh"
    own.mkdir(parents=True)
    (own / "opened.txt").write_text("自己的文字 {{ mail.incident.number }}", "utf-8")
    writer = make(templates=(tmp_path, ROOT / "templates"))
    mail = writer.compose(letters(sample, "opened")[0], at=AT, cause="m", ordinal=0)
    assert text_of(mail) == "自己的文字 INC-20261123-0001\n"
    assert "您的请求已受理" in text_of(mail, "html")


def test_wording_of_people_cannot_become_markup(
    words: dict[str, Words], make: Make, text_of: Text
) -> None:
    sample = Sample(words["zh"], AT)
    letter = letters(sample, "updated")[0]
    evil = '<script>alert(1)</script><img src=x onerror="x">{{ mail }}'
    incident = letter.incident
    assert incident is not None
    incident.subject, incident.reporter_name = evil, evil
    object.__setattr__(letter.event, "text", evil)
    page = text_of(make().compose(letter, at=AT, cause="m", ordinal=0), "html")
    tree = HTMLParser(page)
    assert not tree.css("script, img")
    assert "<script>alert(1)" in (tree.body.text() if tree.body else "")


def _lead(plain: str) -> str:
    """The first sentence behind the greeting, without white space; what follows may speak of
    buttons in the page and of lines in the text."""
    said = plain.split("\n\n")[1].split("\n")[0]
    return _squeezed(re.split(r"(?<=[。？])|(?<=[.?]) ", said)[0])


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
