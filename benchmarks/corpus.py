"""A mailbox of a service desk, made up: the same seed gives the same mails, byte for byte.

Half of it Chinese, half English; 25 KB a mail on average; three in five are new reports, one in
four a reply, the rest noise. Charsets, clients, quoting and attachments come as often as in real
mailboxes. See ``README.md`` beside this file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from random import Random

from benchmarks import corpus_clients as clients
from benchmarks import corpus_mime as mime
from benchmarks import corpus_noise, corpus_phrases
from benchmarks.corpus_clients import Quoted
from benchmarks.corpus_phrases import Complaint, Sender

DESK = "support@desk.example"
START = datetime(2026, 11, 2, 0, 30, tzinfo=UTC)
_DECK = ("report",) * 12 + ("reply",) * 5 + ("noise",) * 3
_REMEMBERED = 400  # reports that a reply may refer to
_ZONES = {"zh": timezone(timedelta(hours=8)), "en": timezone(timedelta(0))}
_FILES = (
    ("png", "image/png", {"zh": "截图", "en": "screenshot"}, 55_000),
    ("jpg", "image/jpeg", {"zh": "照片", "en": "photo"}, 90_000),
    ("docx", "application/octet-stream", {"zh": "说明文档", "en": "notes"}, 28_000),
    ("log", "application/octet-stream", {"zh": "系统日志", "en": "system log"}, 18_000),
    ("xlsx", "application/vnd.ms-excel", {"zh": "明细表", "en": "list"}, 34_000),
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report of this corpus that somebody comes back to."""

    message_id: str
    sender: Sender
    language: str
    at: datetime
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What the desk under test answered to a report: the Message-ID of its mail and the number
    that it gave."""

    message_id: str
    number: str


# Asked for each reply; None = no answer is known, the reply refers to the reporter's own mail.
AnswerOf = Callable[[Earlier], Answered | None]


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail and what is known of it: ``kind`` is report, reply, or the kind of noise;
    ``marker`` is a code in the new text; ``refers_to`` the Message-ID of the earlier report."""

    raw: bytes = field(repr=False)
    kind: str
    language: str
    charset: str
    client: str
    message_id: str
    subject: str = ""
    marker: str = ""
    refers_to: str = ""


def corpus(
    count: int, seed: int = 1, *, desk: str = DESK, answer_of: AnswerOf | None = None
) -> Iterator[bytes]:
    """``count`` mails to ``desk``. ``answer_of`` lets replies refer to the desk's own answers, by
    their headers or by the number in the subject, as people's mail programs do."""
    return (letter.raw for letter in letters(count, seed, desk=desk, answer_of=answer_of))


def letters(
    count: int, seed: int = 1, *, desk: str = DESK, answer_of: AnswerOf | None = None
) -> Iterator[Letter]:
    """As :func:`corpus`, with what is known of each mail."""
    writer = _Writer(Random(seed), desk, answer_of or (lambda _: None))
    for position in range(count):
        yield writer.write(position)


class _Writer:
    def __init__(self, rng: Random, desk: str, answer_of: AnswerOf) -> None:
        self._rng, self._desk, self._answer_of = rng, desk, answer_of
        self._reports: deque[Earlier] = deque(maxlen=_REMEMBERED)
        self._kinds: list[str] = []
        self._languages: list[str] = []
        self._now = START

    def write(self, position: int) -> Letter:
        rng = self._rng
        self._now += timedelta(seconds=rng.randrange(5, 90))
        kind, language = self._deal()
        sender = corpus_phrases.sender(rng, language)
        if kind == "noise":
            return self._noise(language, sender)
        if kind == "reply":
            return self._reply(rng.choice(self._reports), position)
        return self._report(language, sender, position)

    def _deal(self) -> tuple[str, str]:
        """Kinds and languages from shuffled decks: the shares hold in every hundred mails."""
        if not self._kinds:
            self._kinds = self._rng.sample(_DECK, k=len(_DECK))
        if not self._languages:
            self._languages = self._rng.sample(["zh", "en"] * 5, k=10)
        if not self._reports:  # the first mail can be no reply
            self._kinds.remove("report")
            self._kinds.append("report")
        return self._kinds.pop(), self._languages.pop()

    def _message_id(self, host: str) -> str:
        return f"<{self._rng.randrange(16**24):024x}@{host}>"

    def _noise(self, language: str, sender: Sender) -> Letter:
        what = corpus_noise.kind(self._rng)
        message_id = self._message_id("mx.huaxin.example")
        raw = corpus_noise.noise(
            self._rng, what, language, sender, self._desk, self._now, message_id
        )
        return Letter(raw, what, language, "", "", message_id)

    def _report(self, language: str, sender: Sender, position: int) -> Letter:
        rng = self._rng
        new = corpus_phrases.complaint(rng, language, position)
        text = self._text(language, new)
        subject = new.subject
        history: list[Quoted] = []
        if rng.random() < 0.15:  # somebody forwards what was discussed for days
            subject = ("转发: " if language == "zh" else "FW: ") + subject
            history = [self._invented(language, position) for _ in range(rng.randint(1, 5))]
        message_id = self._message_id(sender.address.partition("@")[2])
        earlier = Earlier(message_id, sender, language, self._now, subject, text)
        self._reports.append(earlier)
        return self._post("report", earlier, new, history, [], "")

    def _reply(self, report: Earlier, position: int) -> Letter:
        rng = self._rng
        new = corpus_phrases.answer(rng, report.language, position)
        answered = self._answer_of(report)
        target, subject = report.message_id, report.subject
        if answered is not None:
            target, subject = answered.message_id, f"[{answered.number}] {report.subject}"
        # Some programs write no thread headers at all; then the number in the subject must do.
        bare = answered is not None and rng.random() < 0.25
        references = [] if bare else [*dict.fromkeys((report.message_id, target))]
        first = Quoted(report.sender, self._desk, report.at, report.subject, report.text)
        between = [self._invented(report.language, position) for _ in range(rng.randint(0, 4))]
        message_id = self._message_id(report.sender.address.partition("@")[2])
        text = self._text(report.language, new)
        mail = Earlier(message_id, report.sender, report.language, self._now, subject, text)
        return self._post("reply", mail, new, [*between, first], references, report.message_id)

    def _invented(self, language: str, position: int) -> Quoted:
        sender = corpus_phrases.sender(self._rng, language)
        said = corpus_phrases.complaint(self._rng, language, position)
        at = self._now - timedelta(minutes=self._rng.randrange(10, 6_000))
        return Quoted(sender, self._desk, at, said.subject, self._text(language, said))

    def _text(self, language: str, said: Complaint) -> str:
        opening = corpus_phrases.greeting(self._rng, language)
        closing = corpus_phrases.closing(self._rng, language)
        return "\n".join((opening, *said.sentences, closing))

    def _post(
        self,
        kind: str,
        mail: Earlier,
        new: Complaint,
        history: list[Quoted],
        references: list[str],
        refers_to: str,
    ) -> Letter:
        rng, language = self._rng, mail.language
        client = clients.client(rng, language)
        told = "".join(q.text + q.sender.name + q.subject for q in history)
        charset = mime.charset(rng, language, mail.text + mail.sender.name + told)
        subject = mail.subject if kind == "report" else client.reply_prefix + mail.subject
        sign = client.signature
        if not sign and rng.random() < 0.7:
            sign = clients.signature(rng, language, mail.sender)
        headers = [
            ("Return-Path", f"<{mail.sender.address}>"),
            ("Received", f"from mx ([10.{rng.randrange(256)}.0.1]) by desk; {self._date('en')}"),
            ("From", mime.address(mail.sender.name, mail.sender.address, charset)),
            ("To", f"<{self._desk}>"),
            ("Subject", mime.word(subject, charset)),
            ("Date", self._date(language)),
            ("Message-ID", mail.message_id),
        ]
        if references:
            # QQ Mail often leaves In-Reply-To out (and keeps References)
            if client.name != "qq":
                headers.append(("In-Reply-To", references[-1]))
            headers.append(("References", client.separate_references.join(references)))
        if client.mailer:
            headers.append(("X-Mailer", client.mailer))
        entity = self._entity(client, charset, mail.text, sign, history, language)
        raw = mime.message(headers, entity)
        label = charset.label.lower() or "none"
        return Letter(
            raw, kind, language, label, client.name, mail.message_id, subject, new.marker, refers_to
        )

    def _date(self, language: str) -> str:
        return format_datetime(self._now.astimezone(_ZONES[language]))

    def _entity(
        self,
        client: clients.Client,
        charset: mime.Charset,
        text: str,
        sign: str,
        history: list[Quoted],
        language: str,
    ) -> bytes:
        rng = self._rng
        boundary = f"----=_Part_{rng.randrange(10**12):012d}"
        body = mime.text_part(clients.plain(client, text, sign, history), "plain", charset)
        if client.html:
            inline = [f"image001.png@{boundary[-12:]}"] if rng.random() < 0.12 else []
            html = clients.html(client, text, sign, history, inline)
            body = mime.multipart(
                "alternative", [body, mime.text_part(html, "html", charset)], f"{boundary}_A"
            )
            if inline:
                pictures = [
                    mime.file_part(
                        "image001.png", "image/png", mime.picture(rng, 9_000), charset, cid
                    )
                    for cid in inline
                ]
                body = mime.multipart("related", [body, *pictures], f"{boundary}_R")
        files = [self._file(charset, language) for _ in range(_files(rng))]
        return mime.multipart("mixed", [body, *files], f"{boundary}_M") if files else body

    def _file(self, charset: mime.Charset, language: str) -> bytes:
        rng = self._rng
        ending, kind, names, typical = rng.choice(_FILES)
        size = max(int(rng.lognormvariate(0, 0.5) * typical * 0.85), 600)
        data = mime.picture(rng, size) if ending == "png" else rng.randbytes(size)
        name = f"{names[language]}{rng.randrange(1, 99)}.{ending}"
        return mime.file_part(name, kind, data, charset)


def _files(rng: Random) -> int:
    """How many files a mail carries: most none."""
    return rng.choices((0, 1, 2, 3), (75, 17, 6, 2))[0]
