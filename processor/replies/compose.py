"""A letter → the mail that leaves: who it is from, where answers go, which thread it joins.

The same letter composed again (same ``at``, ``cause``, ``ordinal``) gives the same bytes, so that
a repeated run queues nothing new. Nothing here is random and nothing reads a clock.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from pathlib import Path

from processor.domain import tokens
from processor.domain.errors import Fault
from processor.domain.incident import Clock
from processor.domain.outgoing import Outgoing
from processor.domain.people import Directory
from processor.domain.profile import Profile
from processor.domain.wording import Words
from processor.replies import serialise
from processor.replies.action_links import Answering, Synonyms
from processor.replies.addressing import Audience
from processor.replies.dictation import Dictation, Written
from processor.replies.envelope import (
    NULL_RETURN,
    Mailbox,
    reply_address,
    root_of,
    thread_fields,
)
from processor.replies.letters import Letter, mailable
from processor.replies.moments import zone_named
from processor.replies.portrait import Portrait
from processor.replies.render import Rendered
from processor.replies.samples import Sample
from processor.replies.view import MailView
from processor.replies.voices import Voices

_INNER = frozenset({Audience.STAFF, Audience.ROSTER, Audience.VENDOR})  # not the reporter's
_EVENTS = dict.fromkeys(("target-near", "target-passed", "raised"), "escalation")
_MAX_SUBJECT = 200  # characters


class Composer:
    """Writes letters for one configuration; built anew when that changes.

    ``templates`` is the search path (folders that hold ``mail/``), ``words`` the catalogues by
    language, ``secret`` the key of tokens and ids, ``zone`` the desk's, ``organisation`` its name.
    ``reply_templates`` are the names of letters that rules can choose (:attr:`Letter.variant`).
    """

    def __init__(
        self,
        *,
        templates: Sequence[Path],
        words: Mapping[str, Words],
        secret: bytes,
        mailboxes: Sequence[Mailbox],
        zone: str,
        synonyms: Synonyms,
        organisation: str,
        directory: Directory,
        categories: Mapping[str, Mapping[str, str]] | None = None,
        profiles: Mapping[str, Profile] | None = None,
        reply_templates: Sequence[str] = (),
    ) -> None:
        if not mailboxes:
            raise Fault("letters need a service mailbox to come from")
        self._recipe = partial(
            Composer,
            templates=templates,
            words=words,
            secret=secret,
            mailboxes=mailboxes,
            zone=zone,
            synonyms=synonyms,
            organisation=organisation,
            directory=directory,
            categories=categories,
            profiles=profiles,
            reply_templates=reply_templates,
        )
        self._voices = Voices(templates, words, synonyms, categories or {}, profiles or {})
        self._words = dict(words)
        self._secret = secret
        self._mailboxes = {mailbox.name: mailbox for mailbox in mailboxes}
        self._first = mailboxes[0]
        self._zone = zone
        self._organisation = organisation
        self._directory = directory
        self._reply_templates = tuple(reply_templates)

    def __reduce__(self) -> tuple[Callable[[], Composer], tuple[()]]:
        """Another process builds its own from the same configuration."""
        return self._recipe, ()

    def take(self, dictations: Sequence[Dictation]) -> list[Written]:
        """See :class:`~processor.replies.dictation.Writer`: all are written at once."""
        return [partial(_given, self._written(dictation)) for dictation in dictations]

    def _written(self, told: Dictation) -> Outgoing:
        return self.compose(
            told.letter,
            at=told.at,
            cause=told.cause,
            ordinal=told.ordinal,
            in_reply_to=told.in_reply_to,
            references=told.references,
            mailbox=told.mailbox,
            answering=told.answering,
            clocks=told.clocks,
        )

    def compose(
        self,
        letter: Letter,
        *,
        at: datetime,
        cause: str,
        ordinal: int,
        in_reply_to: str = "",
        references: Sequence[str] = (),
        mailbox: str = "",
        clocks: Sequence[Clock] = (),
        answering: bool = False,
    ) -> Outgoing:
        """The mail for ``letter``.

        ``cause`` names what it answers (``spool:17``) and ``ordinal`` its place among the letters
        of that cause. ``in_reply_to`` and ``references`` are ids without angle brackets of mails
        that the recipient knows; ``answering`` says that his own mail is what set this off.
        ``mailbox`` names the one to speak for where no incident does;
        ``clocks`` are shown where the event itself brings none. Raises
        :class:`~processor.domain.errors.Fault` for an address that no mail can carry and
        :class:`~processor.replies.render.TemplateFault` for a template that fails.
        """
        if not mailable(letter.recipient.address):
            raise Fault(f"cannot be written to: {letter.recipient.address!r}")
        box = self._mailbox(letter.mailbox or mailbox)
        number, signed = letter.number, letter.proves
        token = tokens.issue(self._secret, signed, letter.recipient.address, at) if signed else ""
        reply_to, proven = reply_address(box, signed, token)
        key = f"{cause}/{ordinal}/{letter.kind}/{letter.recipient.address.lower()}"
        mark = hmac.digest(self._secret, key.encode(), "sha256").hex()[:24]
        view = self._portrait(letter, at, box, number, token, reply_to, proven, clocks)
        about = letter.incident
        profile = about.profile if about else ""
        rendered = self._voices.renderer(profile).letter(
            letter.kind, view.language, {"mail": view}, letter.variant
        )
        if letter.veil is not None:
            rendered = Rendered(
                *map(letter.veil.written, (rendered.subject, rendered.text, rendered.html))
            )
        title = rendered.subject
        if letter.incident and letter.incident.drill:
            title = self._words[view.language].say("mail.drill_subject", subject=title)
        subject = serialise.one_line(title)[:_MAX_SUBJECT].rstrip()
        tag = f"[{number}]" if number else ""
        domain = box.address.rpartition("@")[2]
        message_id = f"{signed.lower() or 'desk'}.{mark}{f'.{token}' if token else ''}@{domain}"
        auto = "auto-replied" if answering else "auto-generated"  # RFC 3834 5
        event = _EVENTS.get(letter.kind, letter.kind)
        fields = [
            ("From", serialise.mailbox(self._display_name(box, view.language), box.address)),
            ("To", serialise.mailbox(letter.recipient.name, letter.recipient.address)),
            ("Reply-To", reply_to),
            ("Subject", serialise.words(subject, 9, tag)),
            ("Date", format_datetime(at.astimezone(zone_named(self._zone, "UTC")))),
            ("Message-ID", f"<{message_id}>"),
            *thread_fields(in_reply_to, references, root_of(letter, number, domain)),
            ("Auto-Submitted", auto),
            ("X-Auto-Response-Suppress", "All"),
            *((("X-Postdesk-Number", number),) if number else ()),
            ("X-Postdesk-Event", event),
            ("X-Postdesk-Loop", box.address),
            ("MIME-Version", "1.0"),
        ]
        return Outgoing(
            key=key,
            message_id=message_id,
            event=event,
            number=number,
            mailbox=box.name,
            envelope_from="" if letter.kind in NULL_RETURN else reply_to,
            recipients=(letter.recipient.address,),
            subject=f"{subject} {tag}".strip(),
            text=_said(view, letter) or subject,
            internal=letter.audience in _INNER,
            raw=serialise.headers(fields) + _content(rendered, letter, mark),
        )

    def check(self, at: datetime) -> None:
        """Write every kind of letter in every language of a made-up case; raises
        :class:`~processor.replies.render.TemplateFault` for the first template that fails."""
        for profile in ("", *self._voices.with_templates()):
            for words in self._words.values():
                for letter in Sample(words, at, profile, self._reply_templates).letters():
                    self.compose(letter, at=at, cause="check", ordinal=0)

    def _portrait(
        self,
        letter: Letter,
        at: datetime,
        box: Mailbox,
        number: str,
        token: str,
        reply_to: str,
        proven: bool,
        clocks: Sequence[Clock],
    ) -> MailView:
        language = letter.recipient.language
        if language not in self._words:
            language = next(iter(self._words))
        voice = self._voices.of(letter.incident.profile if letter.incident else "", language)
        words = voice.words
        key_line = words.say("mail.key", number=letter.proves, token=token) if token else ""
        tag = f"[{number}]" if number else ""
        answering = Answering(reply_to, tag, "" if proven else key_line)
        return Portrait(
            words=words,
            links=voice.links,
            answering=answering,
            directory=self._directory,
            categories=voice.categories,
            closures=voice.closures,
            zone=self._zone,
            now=at,
            profile=voice.profile,
            answering_of=partial(self._answering, box, words, letter.recipient.address, at),
        ).view(
            letter,
            clocks,
            organisation=self._organisation,
            desk_name=self._display_name(box, language),
            desk_address=box.address,
            key_line=key_line,
            staff_text=box.staff_text,
        )

    def _answering(
        self, box: Mailbox, words: Words, recipient: str, at: datetime, number: str
    ) -> Answering:
        """Where the recipient's answers about another incident than the letter's go."""
        token = tokens.issue(self._secret, number, recipient, at)
        address, proven = reply_address(box, number, token)
        key_line = "" if proven else words.say("mail.key", number=number, token=token)
        return Answering(address, f"[{number}]", key_line)

    def _mailbox(self, name: str) -> Mailbox:
        return self._mailboxes.get(name, self._first)

    def _display_name(self, box: Mailbox, language: str) -> str:
        names = box.display_name
        return names.get(language) or next(iter(names.values()), "") or self._organisation


def _said(view: MailView, letter: Letter) -> str:
    """What was newly said, for the record of mails."""
    said = view.text or "\n".join(view.sentences)
    return letter.veil.text(said) if letter.veil else said


def _given(mail: Outgoing) -> Outgoing:
    return mail


def _content(rendered: Rendered, letter: Letter, mark: str) -> bytes:
    pair = (serialise.body("plain", rendered.text), serialise.body("html", rendered.html))
    both = serialise.multipart("alternative", f"=_a{mark}", pair)
    if not letter.attachments:
        return both
    files = [serialise.file(enclosure) for enclosure in letter.attachments]
    return serialise.multipart("mixed", f"=_m{mark}", [both, *files])
