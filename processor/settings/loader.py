"""Reads a home's configuration: all of it comes into force, or every fault of it is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

from pydantic import BaseModel

from processor.domain.errors import Fault
from processor.domain.ruling import RuleSpec
from processor.domain.scope import Scope
from processor.domain.wording import Words
from processor.settings import building
from processor.settings.alert_files import alert_faults, alerts_of
from processor.settings.association_building import association_of
from processor.settings.checks import cross_checks
from processor.settings.condition_references import unknown_in_conditions
from processor.settings.documents import Document, Documents
from processor.settings.emergency_building import emergency_of
from processor.settings.faults import ConfigFault, ConfigFaults
from processor.settings.files import FILES, PROFILE, REPORTERS, gathered, unfitting
from processor.settings.form_building import forms_of
from processor.settings.neighbour_building import changes_of, problems_of
from processor.settings.packaged import data
from processor.settings.parsing_files import parsing_faults, reading_of
from processor.settings.profile_building import profile_of
from processor.settings.references import names_in, unknown_names
from processor.settings.reply_templates import reply_template_faults, reply_templates
from processor.settings.report_building import report_plans_of, templates_of
from processor.settings.round_building import follow_up_of, rounds_of
from processor.settings.rule_files import rules_of
from processor.settings.schema.agreements import CalendarsFile, ContractsFile, SlaFile
from processor.settings.schema.alerts import AlertsFile
from processor.settings.schema.association import AssociationFile
from processor.settings.schema.emergency import EmergencyFile
from processor.settings.schema.forms import FormsFile
from processor.settings.schema.neighbours import ChangesFile, ProblemsFile
from processor.settings.schema.parsing import ParsingFile
from processor.settings.schema.people import PeopleFile, ReportersFile
from processor.settings.schema.postdesk import PostdeskFile
from processor.settings.schema.process import CommandsFile
from processor.settings.schema.profiles import ProfileFile
from processor.settings.schema.reports import ReportsFile
from processor.settings.schema.rounds import RoundsFile
from processor.settings.schema.vendors import VendorsFile
from processor.settings.settings import Category, Limits, Settings
from processor.settings.validation import validated
from processor.settings.vendor_building import contacts_of, vendors_of
from processor.settings.words import read_words

__all__ = ["ConfigFault", "ConfigFaults", "load"]

SHORTEST_SECRET = 32  # bytes
M = TypeVar("M", bound=BaseModel)


def load(home: Path, config: Path | None = None) -> Settings:
    """The configuration of ``home``, and its words; ``config`` is another folder in place of the
    home's own ``config``, to be looked at and not remembered.

    Raises ConfigFaults with every fault of every file at once; nothing else is raised for what
    an administrator wrote.
    """
    home = home.resolve()
    templates = (home / "templates", data("templates"))
    documents = Documents(home)
    found = gathered(documents, config or home / "config")
    faults: list[ConfigFault] = []
    models = {
        name: model
        for name, document in found.items()
        if (model := _model(name, document, faults)) is not None
    }
    rules = [
        rule
        for name, document in found.items()
        if name.startswith("rules/") and document.sound
        for rule in rules_of(document, faults)
    ]
    names = names_in(found)
    faults += unknown_names(found, names)
    faults += unknown_in_conditions(found, names)
    faults += cross_checks(found, templates)
    faults += reply_template_faults(found, templates)
    if found["alerts.yaml"].sound:
        faults += alert_faults(found["alerts.yaml"])
    if found["parsing.yaml"].sound:
        faults += parsing_faults(found["parsing.yaml"])
    words = read_words(documents, home)
    secret, database = b"", ""
    desk = models.get("postdesk.yaml")
    if isinstance(desk, PostdeskFile):
        secret, database = _secret_and_database(desk, found["postdesk.yaml"], home, faults)
    if config is None:
        documents.remember()
    faults += documents.faults
    faults = unfitting(found, faults)
    if faults:
        raise ConfigFaults(_once_each(faults))
    return _settings(models, rules, words, home, templates, secret, database, documents.read)


def _model(name: str, document: Document, faults: list[ConfigFault]) -> BaseModel | None:
    schema = PROFILE if name.startswith("profiles/") else FILES.get(name)
    if name.startswith("people/"):
        schema = REPORTERS
    return validated(schema, document, faults) if schema and document.sound else None


def _secret_and_database(
    desk: PostdeskFile, document: Document, home: Path, faults: list[ConfigFault]
) -> tuple[bytes, str]:
    secret, database = b"", ""
    try:
        reference = building.secret_ref(desk.secret, home)
        secret = reference.read_bytes() if reference.kind == "file" else reference().encode()
        if len(secret) < SHORTEST_SECRET:
            problem, remedy = "short_secret", "longer_secret"
            faults.append(
                document.fault(
                    ("secret",), problem, remedy, value=desk.secret, detail=str(len(secret))
                )
            )
    except Fault as fault:
        faults.append(
            document.fault(
                ("secret",), "no_secret", "restore_secret", value=desk.secret, detail=fault.reason
            )
        )
    try:
        database = building.database_url(desk.database, home)
    except Fault as fault:
        faults.append(
            document.fault(
                ("database", "password"), "no_secret", "provide_secret",
                value=desk.database.password, detail=fault.reason,
            )
        )  # fmt: skip
    return secret, database


def _settings(
    models: dict[str, BaseModel],
    rules: list[RuleSpec],
    words: dict[str, Words],
    home: Path,
    templates: tuple[Path, ...],
    secret: bytes,
    database: str,
    read: Sequence[Document],
) -> Settings:
    desk = cast(PostdeskFile, models["postdesk.yaml"])
    people = cast(PeopleFile, models["people.yaml"])
    sla_file = cast(SlaFile, models["sla.yaml"])
    contracts = cast(ContractsFile, models["contracts.yaml"])
    organisations = building.organisations_of(contracts)
    vendors = vendors_of(cast(VendorsFile, models["vendors.yaml"]))
    reports = cast(ReportsFile, models["reports.yaml"])
    profiles = {
        Path(name).stem: cast(ProfileFile, model)
        for name, model in models.items()
        if name.startswith("profiles/")
    }
    calendars = cast(CalendarsFile, models["calendars.yaml"])
    sla = building.policy_of(sla_file, calendars, desk.zone)
    calendar = building.usual_calendar(calendars)
    reporters = [
        one
        for name, model in models.items()
        if name.startswith("people/")
        for one in cast(ReportersFile, model).people
    ]
    directory = building.directory_of(people, contacts_of(vendors), reporters)
    usual = desk.profile or min(profiles)
    categories: dict[str, Category] = {}
    closures: dict[str, dict[str, str]] = {}
    for profile in sorted(profiles, key=lambda name: name != usual):
        for category in building.categories_of(profiles[profile].categories):
            categories.setdefault(category.code, category)
        for entry in profiles[profile].closure_codes:
            closures.setdefault(entry.code, dict(entry.title))
    return Settings(
        home=home,
        language=desk.language,
        zone=desk.zone,
        organisation=desk.organisation,
        database=database,
        secret=secret,
        mailboxes=tuple(
            replace(box, profile=box.profile or usual)
            for box in (building.mailbox_of(entry, home) for entry in desk.mailboxes)
        ),
        logins=tuple(building.login_of(entry, home) for entry in desk.logins),
        senders=tuple(building.sender_of(entry, home) for entry in desk.senders),
        limits=Limits(**desk.limits.model_dump()),
        directory=directory,
        posts=dict(people.posts),
        contacts=dict(people.contacts),
        organisations=organisations,
        scope=Scope(
            contracts.outside.then, contracts.outside.sales or "", contracts.outside.tell_sales
        ),
        sla=sla,
        agreements=building.agreements_of(contracts),
        calendars=sla.calendars,
        most_dispatches=sla_file.most_dispatches,
        ageing=building.ageing_of(sla_file),
        reopen_days=sla_file.reopen_days,
        public_mail_domains=frozenset(name.lower() for name in desk.public_mail_domains),
        vip_raises=sla_file.vip_raises_urgency,
        categories=tuple(categories.values()),
        closure_codes=tuple(closures),
        closure_titles=closures,
        profiles={
            name: profile_of(name, profile, sla, directory, {**people.posts, **people.contacts})
            for name, profile in profiles.items()
        },
        profile=usual,
        commands=building.commands_of(cast(CommandsFile, models["commands.yaml"])),
        rules=tuple(rules),
        vendors=vendors,
        emergency=emergency_of(
            cast(EmergencyFile, models["emergency.yaml"]),
            {**people.posts, **people.contacts},
            directory,
        ),
        alerts=alerts_of(cast(AlertsFile, models["alerts.yaml"]), "config/alerts.yaml"),
        words=words,
        templates=tuple(folder for folder in templates if folder.is_dir()),
        reply_templates=reply_templates(templates),
        report_templates=templates_of(reports),
        goals=building.goals_of(reports.goals),
        reports=report_plans_of(
            reports, organisations, {**people.posts, **people.contacts}, home, calendar
        ),
        association=association_of(cast(AssociationFile, models["association.yaml"])),
        forms=forms_of(cast(FormsFile, models["forms.yaml"]), words),
        follow_up=follow_up_of(cast(RoundsFile, models["rounds.yaml"]), calendar),
        rounds=rounds_of(cast(RoundsFile, models["rounds.yaml"]), calendar),
        problems=problems_of(cast(ProblemsFile, models["problems.yaml"])),
        changes=changes_of(cast(ChangesFile, models["changes.yaml"]), people.posts),
        reading=reading_of(cast(ParsingFile, models["parsing.yaml"]), "config/parsing.yaml"),
        version=_version(read),
        as_shipped=tuple(
            document.name
            for document in read
            if not document.own and document.name.startswith("config/")
        ),
        files={document.name: document.raw.decode() for document in read if document.own},
    )


def _version(read: Iterable[Document]) -> str:
    """Sixteen hex digits that change with any file that was read."""
    seen = hashlib.sha256()
    for document in read:
        seen.update(f"{document.name}\0{document.sha256}\n".encode())
    return seen.hexdigest()[:16]


def _once_each(faults: list[ConfigFault]) -> list[ConfigFault]:
    return list(dict.fromkeys(faults))
