"""Puts the parts together: settings, store, rules, mail ends. Nothing else builds them."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from processor.bootstrap.clock import Clock
from processor.bootstrap.dns_keys import DnsKeys
from processor.bootstrap.logins import keeper_of
from processor.bootstrap.opening import open_store
from processor.bootstrap.press import press_of
from processor.bootstrap.report_desk import PrintingDesk
from processor.bootstrap.return_path import ReturnPath
from processor.delivery.dispatcher import Dispatcher
from processor.delivery.outbox_folder import OutboxFolder
from processor.delivery.sender import Sender
from processor.delivery.smtp import Security, SmtpAccount, SmtpSender
from processor.forms.forms import Forms
from processor.intake.collector import Collector
from processor.intake.folder import FolderSource
from processor.intake.imap import ImapSource
from processor.intake.imap_session import ImapAccount
from processor.intake.imap_session import Security as ImapSecurity
from processor.intake.maildir import MaildirSource
from processor.intake.source import IntakeLimits, MailSource
from processor.parsing.parse import ParseLimits
from processor.parsing.seals import Keys
from processor.pipeline.state import Checkpoint, Desk, unmarked
from processor.replies.compose import Composer
from processor.rules.alerts import Watch
from processor.rules.engine import Engine
from processor.rules.labelled import Labels
from processor.services.association import Associator
from processor.services.policy import Policy
from processor.settings.settings import MailboxSettings, SenderSettings, Settings, Titles
from processor.store.database import Store


class SmtpWay(Protocol):
    """Makes a way out to an SMTP server."""

    def __call__(self, account: SmtpAccount, *, pool: int) -> Sender:
        """A sender of that account with at most ``pool`` connections at a time."""


NOTED_ASIDE = 20  # mails that may be sent and not yet noted, while messages are being settled


@dataclass(frozen=True, slots=True)
class App:
    """A whole desk, ready to work; close it when done."""

    settings: Settings
    store: Store
    desk: Desk
    collectors: tuple[Collector, ...]
    dispatcher: Dispatcher
    clock: Clock

    def close(self) -> None:
        """Let go of mailboxes, senders and the database."""
        for collector in self.collectors:
            collector.close()
        self.dispatcher.close()
        self.store.close()


def desk_of(
    settings: Settings, store: Store, checkpoint: Checkpoint = unmarked, keys: Keys | None = None
) -> Desk:
    """What the journey needs, from one configuration."""
    own = {
        address.lower()
        for mailbox in settings.mailboxes
        for address in (mailbox.address, *mailbox.aliases)
    }
    forms = forms_of(settings)
    engine = Engine(settings.rules, Labels(settings.reading.labels))
    policy = Policy(
        directory=settings.directory,
        sla=settings.sla,
        zone=ZoneInfo(settings.zone),
        language=settings.language,
        categories=_categories(settings),
        closure_codes=settings.closure_codes,
        press=press_of(settings, store),
        agreements=settings.agreements,
        version=settings.version,
        posts=settings.posts,
        most_dispatches=settings.most_dispatches,
        ageing=settings.ageing,
        reopen_days=settings.reopen_days,
        public_mail_domains=settings.public_mail_domains,
        vip_raises=settings.vip_raises,
        blanks=forms.blanks,
        customer_of=partial(_customer_of, settings),
        customers=settings.customers,
        alerts=settings.alerts,
        association=Associator(settings.association),
        emergency=settings.emergency,
        vendors=settings.vendors,
        blob=store.blobs.open,
        words=settings.words,
        follow_up=settings.follow_up,
        rounds=settings.rounds,
        problems=settings.problems,
        changes=settings.changes,
        profiles=settings.profiles,
        usual_profile=settings.profile,
        offices={**settings.posts, **settings.contacts},
        scope=settings.scope,
        watching=settings.commands.watching,
        judge=engine.judge,
        labels=settings.commands.fields,
        reports=PrintingDesk(settings, store),
        report_plans=settings.reports,
    )
    return Desk(
        store=store,
        policy=policy,
        engine=engine,
        watch=Watch(settings.alerts.sources),
        composer=composer_of(settings),
        mailboxes={mailbox.name: mailbox for mailbox in settings.mailboxes},
        commands=settings.commands,
        limits=settings.limits,
        parse_limits=ParseLimits(
            message_bytes=settings.limits.message_bytes,
            attachments=settings.limits.attachments,
            habits=settings.reading.habits,
        ),
        secret=settings.secret,
        own=frozenset(own),
        keys=keys,
        checkpoint=checkpoint,
        forms=forms,
    )


def forms_of(settings: Settings) -> Forms:
    """The desk's Word forms."""
    return Forms(settings.forms, settings.words, ZoneInfo(settings.zone), settings.templates)


def composer_of(settings: Settings) -> Composer:
    """Who writes the letters."""
    return Composer(
        templates=settings.templates,
        words=settings.words,
        secret=settings.secret,
        mailboxes=settings.mailboxes,
        zone=settings.zone,
        synonyms=settings.commands.synonyms,
        organisation=settings.organisation,
        directory=settings.directory,
        categories=_categories(settings),
        profiles=settings.profiles,
        reply_templates=settings.reply_templates,
    )


def _categories(settings: Settings) -> dict[str, Titles]:
    return {category.code: category.title for category in settings.categories}


def wire(
    settings: Settings,
    clock: Clock,
    *,
    once: bool = False,
    checkpoint: Checkpoint = unmarked,
    smtp: SmtpWay = SmtpSender,
    keys: Keys | None = None,
) -> App:
    """Build everything from ``settings``. With ``once`` a folder's files are taken as they lie,
    since nobody looks a second time to see whether they still grow. ``smtp`` makes the ways out
    to SMTP servers, ``keys`` gives the public keys of signatures (None: DNS does)."""
    store = open_store(settings)
    desk = desk_of(settings, store, checkpoint, keys or DnsKeys())
    collectors = tuple(
        Collector(source_of(settings, mailbox, once=once), store, checkpoint=checkpoint)
        for mailbox in settings.mailboxes
    )
    senders = {sender.name: sender_of(settings, sender, smtp) for sender in settings.senders}
    ways = {
        mailbox.name: senders[mailbox.sender]
        for mailbox in settings.mailboxes
        if mailbox.sender in senders
    }
    first = senders[settings.senders[0].name]
    dispatcher = Dispatcher(
        store,
        {"": first, **ways},
        owner=f"{socket.gethostname()}:{os.getpid()}",
        clock=clock,
        aside=0 if once else NOTED_ASIDE,
        checkpoint=checkpoint,
    )
    return App(settings, store, desk, collectors, dispatcher, clock)


def source_of(settings: Settings, mailbox: MailboxSettings, *, once: bool = False) -> MailSource:
    """The way in that a mailbox's settings describe."""
    limits = IntakeLimits(
        message_bytes=settings.limits.message_bytes,
        header_bytes=settings.limits.header_bytes,
        batch_messages=mailbox.batch,
    )
    if mailbox.kind == "imap":
        return ImapSource(
            mailbox.name,
            imap_account(settings, mailbox),
            folder=mailbox.folder,
            processed=mailbox.processed_folder,
            quarantine=mailbox.quarantine_folder,
            limits=limits,
            idle=mailbox.idle,
        )
    path = settings.home / mailbox.path
    if mailbox.kind == "maildir":
        return MaildirSource(mailbox.name, path, limits=limits)
    return FolderSource(
        mailbox.name, path, sender=mailbox.address, limits=limits, looks=1 if once else 2
    )


def imap_account(settings: Settings, mailbox: MailboxSettings) -> ImapAccount:
    """Where a mailbox is and how to get in."""
    return ImapAccount(
        host=mailbox.host,
        port=mailbox.port,
        security=ImapSecurity(mailbox.security),
        user=mailbox.user,
        password=_password(mailbox),
        token=_token(settings, mailbox),
        renew=keeper_of(settings, mailbox.login).renew if mailbox.login else None,
        timeout_seconds=mailbox.timeout_seconds,
    )


def sender_of(settings: Settings, sender: SenderSettings, smtp: SmtpWay = SmtpSender) -> Sender:
    """The way out that a sender's settings describe."""
    if sender.kind == "outbox":
        return OutboxFolder(settings.home / sender.path)
    way = smtp(
        SmtpAccount(
            host=sender.host,
            port=sender.port,
            security=Security(sender.security),
            user=sender.user,
            password=_password(sender) if sender.user else None,
            token=_token(settings, sender) if sender.user else None,
            renew=keeper_of(settings, sender.login).renew if sender.login else None,
            hello=sender.hello,
            timeout_seconds=sender.timeout_seconds,
        ),
        pool=sender.pool,
    )
    if not sender.envelope_from:
        return way
    return ReturnPath(way, sender.envelope_from, also_null=not sender.null_return_path)


def _password(end: MailboxSettings | SenderSettings) -> Callable[[], str] | None:
    return None if end.auth == "oauth2" else end.secret_of


def _token(settings: Settings, end: MailboxSettings | SenderSettings) -> Callable[[], str] | None:
    """With ``auth: oauth2``, what is asked for an access token at every log-in: our own keeper of
    the login that is named, else whatever somebody puts where ``password`` says."""
    if end.auth != "oauth2":
        return None
    return keeper_of(settings, end.login) if end.login else end.secret_of


def _customer_of(settings: Settings, address: str) -> tuple[str, str]:
    organisation = settings.organisation_of(address)
    return (organisation.name, organisation.contract) if organisation else ("", "")
