"""What a reader sees of each letter, with the keywords and titles of a new home: the words of his
language alone, buttons that do what they say, and a text that needs no buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode

from processor.domain.incident import Status
from processor.domain.outgoing import Outgoing
from processor.domain.wording import Words
from processor.replies.action_links import ActionLinks
from processor.replies.addressing import Audience
from processor.replies.compose import Composer
from processor.replies.letters import Letter
from processor.replies.routes import KINDS
from processor.replies.samples import Sample
from processor.settings.home import make_home
from processor.settings.loader import load
from processor.settings.settings import Settings

from .conftest import AT

LANGUAGES = ("zh", "en")
CJK = re.compile(r"[\u3400-\u9fff]")
# Latin words that belong into a Chinese letter: products, formats, marks of records, and what is
# typed into a shell or a configuration file.
LATIN = frozenset(
    {"Word", "WPS", "LibreOffice", "VPN", "DKIM", "DMARC", "zabbix", "IT", "IP", "HP"}
    | {"INC", "KB", "PRB", "RFC", "LIST", "Re", "desk", "inc"}
    | {"postdesk", "doctor", "quarantine", "show", "release", "config", "check"}
    | {"ho", "min", "be"}  # a slip, a unit, a part of a version
    | {"working", "time", "closed", "open", "covered"}
)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w.-]+|(?:config/)?\w+\.(?:yaml|docx|zip|log)|(?<=/)[a-z2-7]{20}\b"
)
_NUMBER = re.compile(r"\b[A-Z]{2,4}-\d{8}-\d{4}\b")
_OF_BUTTONS = re.compile(r"\bbuttons?\b|\bclick\b|\btap\b|按钮|点一下")
_NARROW = 320  # pixels of the smallest telephones


@dataclass(frozen=True, slots=True)
class Seen:
    """One letter as it reaches its reader."""

    letter: Letter
    mail: Outgoing
    parsed: EmailMessage
    text: str
    page: HTMLParser

    @property
    def shown(self) -> str:
        return self.page.body.text(separator=" ") if self.page.body else ""

    @property
    def buttons(self) -> Iterator[tuple[str, str, str]]:
        """Of each: what stands on it, the subject and the body of the mail that it writes."""
        for link in self.page.css("a"):
            query = parse_qs(urlsplit(link.attributes["href"] or "").query, strict_parsing=True)
            yield link.text(separator=" ").strip(), query["subject"][0], query["body"][0]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home: Path = tmp_path_factory.mktemp("gallery") / "home"
    make_home(home, "en")
    return load(home)


@pytest.fixture(scope="module")
def gallery(
    settings: Settings,
    samples: dict[str, Sample],
    make: Callable[..., Composer],
    read: Callable[[Outgoing], EmailMessage],
    text_of: Callable[..., str],
) -> dict[str, list[Seen]]:
    found: dict[str, list[Seen]] = {}
    for language, sample in samples.items():
        writer = make(
            directory=sample.directory,
            categories=sample.categories,
            synonyms=settings.commands.synonyms,
            profiles=settings.profiles,
            organisation={"zh": "示例公司", "en": "Example Ltd"}[language],
        )
        found[language] = [
            Seen(letter, mail, read(mail), text_of(mail), HTMLParser(text_of(mail, "html")))
            for letter in sample.letters()
            for clocks in (sample.targets(letter),)
            for mail in (writer.compose(letter, at=AT, cause="m", ordinal=0, clocks=clocks),)
        ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_there(language: str, gallery: dict[str, list[Seen]]) -> None:
    assert {seen.letter.kind for seen in gallery[language]} == set(KINDS)


def test_both_languages_tell_the_same_case(gallery: dict[str, list[Seen]]) -> None:
    told = {
        language: [
            (one.letter.kind, one.mail.recipients, len(list(one.buttons)))
            for one in gallery[language]
        ]
        for language in LANGUAGES
    }
    assert told["zh"] == told["en"]


def test_an_english_letter_has_no_chinese(gallery: dict[str, list[Seen]]) -> None:
    for seen in gallery["en"]:
        for said in _everything(seen):
            assert not CJK.search(said), (seen.letter.kind, said)


def test_a_chinese_letter_has_no_english(gallery: dict[str, list[Seen]]) -> None:
    """Raw codes of the process, such as ``solved`` or ``in_progress``, are English, too."""
    for seen in gallery["zh"]:
        typed = _typed(seen.letter)
        for said in _everything(seen):
            left = _ADDRESS.sub(" ", said)
            words = set(re.findall(r"[A-Za-z_]{2,}", left)) - LATIN - typed
            assert not words, (seen.letter.kind, words, said)


def test_no_code_of_the_process_is_shown(gallery: dict[str, list[Seen]]) -> None:
    for seen in gallery["en"]:
        for said in _everything(seen):
            left = _ADDRESS.sub(" ", said)
            assert not re.search(r"\b[a-z]+_[a-z_]+\b|\bNone\b|\bTrue\b|\bFalse\b", left), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_keep_apart(language: str, gallery: dict[str, list[Seen]]) -> None:
    for seen in gallery[language]:
        for said in (seen.text, seen.shown, seen.mail.subject):
            glued = re.search(r"[a-z][.!?][A-Z]|。。|，，|：：|\. \.|，。|[^\s.…]\.\.[^.]", said)
            assert not glued, (seen.letter.kind, said)
            assert not re.search(r"(\w[\w ]{3,}) (?:of|的) \1\b", said), (seen.letter.kind, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paragraph_is_empty(language: str, gallery: dict[str, list[Seen]]) -> None:
    for seen in gallery[language]:
        for part in seen.page.css("p"):
            assert part.text().strip(), (seen.letter.kind, seen.page.html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_speaks_of_no_buttons(language: str, gallery: dict[str, list[Seen]]) -> None:
    for seen in gallery[language]:
        assert not _OF_BUTTONS.search(seen.text), (seen.letter.kind, seen.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_speaks_of_buttons_has_some(
    language: str, gallery: dict[str, list[Seen]]
) -> None:
    for seen in gallery[language]:
        if _OF_BUTTONS.search(seen.shown):
            assert list(seen.buttons), (seen.letter.kind, seen.shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_button_writes_a_command_of_its_language(
    language: str, gallery: dict[str, list[Seen]], settings: Settings
) -> None:
    known = {
        word.casefold()
        for languages in settings.commands.synonyms.values()
        for word in languages[language]
    }
    for seen in gallery[language]:
        for label, subject, body in seen.buttons:
            assert label, seen.letter.kind
            first = body.splitlines()[0]
            assert first.startswith("#"), (seen.letter.kind, label, body)
            words = first[1:].casefold().split(" ")
            starts = {" ".join(words[:n]) for n in range(1, len(words) + 1)}
            assert starts & known, (seen.letter.kind, label, first)
            number = _NUMBER.search(subject)
            if seen.mail.number:
                assert number is not None, (seen.letter.kind, subject)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_says_what_its_command_does(
    language: str, gallery: dict[str, list[Seen]], settings: Settings, words: dict[str, Words]
) -> None:
    """One label never stands for two commands, and the team is not given a reporter's words."""
    links = ActionLinks(words[language], settings.commands.synonyms)
    meant: dict[str, str] = {}
    for seen in gallery[language]:
        for label, _, body in seen.buttons:
            order = body.splitlines()[0]
            command = _command(order, links)
            if command == "rate" or body.count("\n#"):
                continue
            assert meant.setdefault(label, command) == command, (seen.letter.kind, label)
            if seen.letter.audience is Audience.STAFF:
                for reporters in ("reopen", "confirm"):
                    assert label != words[language].say(f"mail.do.{reporters}"), seen.letter.kind


@pytest.mark.parametrize(
    ("language", "kind", "label", "order"),
    [
        ("zh", "appealed", "重新受理", "#重新打开"),
        ("en", "appealed", "Take it on again", "#reopen"),
        ("zh", "objected", "重新打开", "#重新打开"),
        ("en", "objected", "Take it up again", "#reopen"),
        ("zh", "problem-solved", "关闭问题", "#审核"),
        ("en", "problem-solved", "Close the problem", "#approve"),
    ],
)
def test_a_command_is_called_by_what_it_does_there(
    language: str, kind: str, label: str, order: str, gallery: dict[str, list[Seen]]
) -> None:
    (seen,) = [one for one in gallery[language] if one.letter.kind == kind]
    found = {said: body.splitlines()[0] for said, _, body in seen.buttons}
    assert found.get(label) == order


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_reads_text_can_do_the_same(language: str, gallery: dict[str, list[Seen]]) -> None:
    """Each command of a button stands in the text; lists name the address that proves receipt."""
    for seen in gallery[language]:
        for link in seen.page.css("a"):
            href = urlsplit(link.attributes["href"] or "")
            body = parse_qs(href.query)["body"][0]
            keyword = body.splitlines()[0].split(" ")[0]
            assert keyword in seen.text, (seen.letter.kind, keyword)
            if not _is(seen.parsed["Reply-To"], unquote(href.path)):
                assert unquote(href.path) in seen.text, (seen.letter.kind, href.path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_about_an_incident_says_number_and_state(
    language: str, gallery: dict[str, list[Seen]], words: dict[str, Words]
) -> None:
    for seen in gallery[language]:
        incident = seen.letter.incident
        if incident is None or seen.letter.audience is Audience.VENDOR:
            continue
        state = words[language].say(f"status.{incident.status}")
        for said in (seen.text, seen.shown):
            assert incident.number in said, seen.letter.kind
        assert state in seen.shown, seen.letter.kind
        assert f"[{incident.number}]" in seen.mail.subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_to_act_is_told_by_when(language: str, gallery: dict[str, list[Seen]]) -> None:
    waiting = (
        *("assigned", "desk-new", "escalated", "requeued", "urgent-ask", "target-near"),
        *("duty-given", "duty-near", "vendor-ask", "vendor-remind", "problem-assigned"),
        *("accepted", "reopened", "sent-back", "returned", "updated", "resolved-ask", "question"),
        *("confirm-reminder", "question-reminder", "review-ask", "review-reminder", "appealed"),
        *("answer-missing", "alert-recovered", "vendor-answered", "vendor-overdue", "major-news"),
        *("problem-new", "problem-near", "problem-overdue", "problem-solved", "problem-returned"),
        *("emergency-command", "grade-notice", "urgent-unanswered", "raised", "redispatched"),
        *("merged", "target-passed", "duty-overdue", "change-ask", "change-remind"),
    )
    time = re.compile(r"\d{1,2}:\d\d")
    told = dict.fromkeys(waiting, False)
    for seen in gallery[language]:
        if seen.letter.kind in waiting:
            told[seen.letter.kind] |= bool(time.search(seen.text) and time.search(seen.shown))
    assert all(told.values()), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_subjects(language: str, gallery: dict[str, list[Seen]]) -> None:
    for seen in gallery[language]:
        subject = seen.mail.subject
        assert subject == " ".join(subject.split())
        assert len(subject) <= 140, subject
        assert len(_NUMBER.findall(subject)) <= 2, subject
        if seen.mail.number:
            assert subject.endswith(f" [{seen.mail.number}]"), subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_small_telephone(
    language: str, gallery: dict[str, list[Seen]]
) -> None:
    """What may not wrap is measured: a Chinese character is as wide as the font is high, others
    about half of that."""
    for seen in gallery[language]:
        for part in seen.page.css("[style*='white-space:nowrap']"):
            assert _width(part) <= _NARROW - 70, (seen.letter.kind, part.text())


def test_a_closure_code_is_told_by_its_title(gallery: dict[str, list[Seen]]) -> None:
    (zh,) = [one for one in gallery["zh"] if one.letter.kind == "problem-closed"]
    assert "结束代码：已解决" in zh.text


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.IN_PROGRESS])
def test_a_recovered_alert_offers_what_is_left_to_do(
    status: Status, gallery: dict[str, list[Seen]]
) -> None:
    for seen in gallery["en"]:
        incident = seen.letter.incident
        if seen.letter.kind == "alert-recovered" and incident and incident.status is status:
            orders = [body.splitlines()[0].strip() for _, _, body in seen.buttons]
            assert orders == ([] if status is Status.RESOLVED else ["#resolve"])


def _everything(seen: Seen) -> list[str]:
    """All that the reader meets, what his own answers would say included."""
    mails = [f"{subject}\n{body}" for _, subject, body in seen.buttons]
    return [seen.mail.subject, seen.text, seen.shown, *mails]


def _typed(letter: Letter) -> set[str]:
    """What the reader himself wrote is told as he wrote it."""
    event = letter.event
    said = [getattr(event, name, "") for name in ("keyword", "suggestion")]
    said += (
        getattr(event, "commands", ()) if letter.kind in ("not-proven", "forgery-warning") else ()
    )
    return {word for one in said for word in re.findall(r"[A-Za-z_]+", str(one))}


def _command(order: str, links: ActionLinks) -> str:
    """The command of ``order``: that of its longest beginning that is a keyword."""
    words = order.lstrip("#").split(" ")
    for length in range(len(words), 0, -1):
        said = " ".join(words[:length])
        if links.command(said) != said or links.knows(said):
            return links.command(said)
    return order


def _is(header: str, address: str) -> bool:
    return address.casefold() in header.casefold()


def _width(part: LexborNode) -> float:
    style = part.attributes["style"] or ""
    size = float((re.search(r"font-size:(\d+)px", style) or ["", "15"])[1])
    padding = re.search(r"padding:\d+px (\d+)px", style)
    wide = sum(1.0 if CJK.match(one) else 0.56 for one in part.text().strip())
    return wide * size + (2 * float(padding[1]) if padding else 0)
