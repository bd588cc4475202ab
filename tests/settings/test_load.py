"""What a sound configuration gives, and how it is remembered."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from processor.domain.errors import Fault
from processor.domain.incident import Status
from processor.domain.people import Proof, Role
from processor.domain.priority import DEFAULT_MATRIX
from processor.domain.work_order import Ageing
from processor.settings.building import secret_ref
from processor.settings.documents import CACHE
from processor.settings.files import AS_SHIPPED
from processor.settings.loader import ConfigFaults, load
from processor.settings.settings import Settings
from processor.settings.showing import shown
from tests.settings.homes import edit, new_home


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_defaults_load_in_both_languages(language: str, tmp_path: Path) -> None:
    home = new_home(tmp_path, language)
    settings = load(home)
    assert settings.language == language
    assert settings.organisation == {"zh": "示例公司", "en": "Example Company"}[language]
    assert settings.zone == "Asia/Shanghai"
    assert settings.database == f"sqlite:///{home.as_posix()}/data/postdesk.db"
    assert settings.secret == (home / "data" / "secret.key").read_bytes()
    assert settings.templates[0] == home / "templates"
    assert (settings.templates[1] / "mail").is_dir()
    assert set(settings.words) == {"zh", "en"}
    chen = settings.directory.find("Chen.Jing@example.com")
    assert chen is not None
    assert chen.name == {"zh": "陈静", "en": "Chen Jing"}[language]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(new_home(tmp_path))


def test_default_targets_are_those_of_the_process(settings: Settings) -> None:
    told = {
        grade: (target.response_minutes, target.resolution_minutes, target.calendar)
        for grade, target in settings.sla.targets.items()
    }
    assert told == {
        1: (15, 4 * 60, "round-the-clock"),
        2: (30, 8 * 60, "working-time"),
        3: (2 * 60, 24 * 60, "working-time"),
        4: (4 * 60, 40 * 60, "working-time"),
    }
    assert settings.sla.matrix == DEFAULT_MATRIX
    assert settings.sla.pauses == {Status.PENDING_USER}
    assert settings.sla.timetable[1] == {
        50: "lead",
        75: "manager",
        100: "it_director",
        150: "general_manager",
    }
    assert settings.sla.unanswered == {100: ("desk", "lead")}
    assert (settings.most_dispatches, settings.ageing) == (3, Ageing(timedelta(days=7), 2))
    assert (settings.reopen_days, settings.vip_raises) == (5, True)


def test_default_people_fill_every_post_and_group(settings: Settings) -> None:
    directory = settings.directory
    for role in (Role.DESK, Role.ENGINEER, Role.LEAD, Role.MANAGER, Role.ADMINISTRATOR):
        assert directory.with_role(role), role
    assert directory.desk == "service-desk"
    for name in directory.groups:
        assert directory.members(name), name
    network = directory.groups["network"]
    assert (network.lead, network.line) == ("zhou.lei@example.com", 2)
    assert network.members == ("liu.yang@example.com", "zhou.lei@example.com")
    assert directory.members("network")[0].address == "zhou.lei@example.com"
    # nobody real is ever written to: RFC 2606 keeps these names for examples
    domains = {person.address.partition("@")[2] for person in directory.people}
    assert {
        name for name in domains if not f".{name}".endswith((".example", ".example.com"))
    } == set()
    assert settings.posts["it_director"] == "it.director@example.com"


def test_default_ways_in_and_out_work_without_a_server(settings: Settings) -> None:
    (mailbox,) = settings.mailboxes
    assert (mailbox.kind, mailbox.path, mailbox.subaddress) == ("folder", "inbox", "+")
    assert not mailbox.trusted_path
    assert mailbox.authserv_ids == ()
    assert (mailbox.staff_text, mailbox.profile) == ("note", "it")
    assert mailbox.secret_of() == ""
    (sender,) = settings.senders
    assert (sender.kind, sender.path) == ("outbox", "outbox")
    assert settings.limits.message_bytes == 50 * 1024 * 1024


def test_every_command_needs_proof_but_those_that_only_answer(settings: Settings) -> None:
    commands = settings.commands
    free = {name for name in commands.risk if commands.proof_for(name) is Proof.NONE}
    assert free == {
        *("status", "help", "find", "queue", "forms", "mine", "overdue", "lists"),
    }
    for name in ("accept", "confirm", "approve", "send_back", "priority", "report"):
        assert commands.proof_for(name) is Proof.TOKEN
    assert commands.risk["approve"] == commands.risk["send_back"] == "high"
    assert commands.proof_for("never heard of") is Proof.TOKEN
    raised = replace(commands, proofs={**commands.proofs, "high": Proof.DOMAIN})
    assert raised.proof_for("never heard of") is Proof.DOMAIN
    assert commands.synonyms["accept"]["zh"][0] == "接单"
    assert commands.synonyms["wait_user"]["en"][0] == "wait user"


def test_proof_of_high_risk_can_be_raised(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    edit(home, "commands.yaml", "  high: token", "  high: domain")
    commands = load(home).commands
    assert commands.proof_for("approve") is Proof.DOMAIN
    assert commands.proof_for("accept") is Proof.TOKEN


def test_categories_are_listed_by_path(settings: Settings) -> None:
    titles = {category.code: category.title for category in settings.categories}
    assert titles["network/lan"] == {"zh": "局域网", "en": "LAN"}
    assert list(titles)[:2] == ["network", "network/lan"]
    assert settings.closure_codes[0] == "solved"
    assert settings.closure_titles["workaround"]["zh"] == "临时解决"
    assert settings.profile == "it"
    assert settings.profiles["it"].titles == {"zh": "IT 服务", "en": "IT service"}


def test_rules_are_read_in_the_order_of_files_with_their_places(settings: Settings) -> None:
    first = settings.rules[0]
    assert first.name == "spam-by-header"
    file, line = first.place.split(":")
    assert file == "config/rules/10-screening.yaml"
    text = (settings.home / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert text == "- name: spam-by-header"
    files = [rule.place.split(":")[0] for rule in settings.rules]
    assert files == sorted(files)
    there = (settings.home / "config" / "rules").glob("*.yaml")
    assert set(files) == {f"config/rules/{path.name}" for path in there}


def test_reporters_belong_to_organisations(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    path = home / "config" / "contracts.yaml"
    path.write_text(
        "organisations:\n"
        "  - {name: A, domains: [a.example], contract: C-1}\n"
        "  - {name: B, domains: [b.a.example], addresses: [Guest@a.example]}\n",
        encoding="utf-8",
    )
    settings = load(home)

    def name(address: str) -> str:
        found = settings.organisation_of(address)
        return found.name if found else ""

    assert name("li@a.example") == "A"
    assert name("Li@X.A.example") == "A"
    assert name("li@b.a.example") == "B"
    assert name("guest@A.example") == "B"
    assert name("li@nota.example") == name("") == name("a.example@") == ""


def test_report_templates_are_found_in_the_home_first(settings: Settings) -> None:
    shipped = settings.report_template("incident", "en")
    assert shipped.is_file()
    own = settings.home / "templates" / "word" / "en" / "incident-report.docx"
    own.parent.mkdir(parents=True)
    shutil.copy(shipped, own)
    assert settings.report_template("incident", "en") == own
    assert settings.report_template("incident", "zh") != own
    with pytest.raises(FileNotFoundError, match=r"word/en/weather\.docx"):
        settings.report_template("weather", "en")
    with pytest.raises(FileNotFoundError):
        replace(settings, templates=()).report_template("incident", "en")


def test_mail_servers_keep_their_passwords_elsewhere(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    edit(
        home,
        "postdesk.yaml",
        "    kind: folder\n",
        "    kind: imap\n    host: imap.example.com\n    user: desk\n"
        "    password: env:PATH\n    auth: oauth2\n",
    )
    edit(
        home,
        "postdesk.yaml",
        "    kind: outbox\n",
        "    kind: smtp\n    host: smtp.example.com\n    user: desk\n"
        "    password: file:data/smtp.password\n",
    )
    settings = load(home)
    mailbox, sender = settings.mailboxes[0], settings.senders[0]
    assert (mailbox.host, mailbox.auth, mailbox.security, mailbox.port) == (
        "imap.example.com",
        "oauth2",
        "tls",
        0,
    )
    assert mailbox.secret_of() == os.environ["PATH"]
    with pytest.raises(Fault, match="POSTDESK_NOWHERE"):
        secret_ref("env:POSTDESK_NOWHERE", home)()
    with pytest.raises(Fault, match=r"data/smtp\.password"):
        sender.secret_of()
    (home / "data" / "smtp.password").write_text("secret pass \n", encoding="utf-8")
    assert sender.secret_of() == "secret pass "
    assert "secret pass" not in repr(settings)
    told = json.dumps(shown(settings), default=str)
    assert "secret pass" not in told
    assert "env:PATH" in told


def test_postgresql_takes_its_password_from_elsewhere(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    url = "url: sqlite:///data/postdesk.db"
    edit(home, "postdesk.yaml", url, "url: postgresql://desk@db/desk")
    assert load(home).database == "postgresql+psycopg://desk@db/desk"
    edit(home, "postdesk.yaml", "desk@db/desk", "desk@db/desk\n  password: file:data/db.key")
    (home / "data" / "db.key").write_text("p@ss/word\n", encoding="utf-8")
    settings = load(home)
    assert settings.database == "postgresql+psycopg://desk:p%40ss%2Fword@db/desk"
    assert "p%40ss" not in repr(settings)
    edit(home, "postdesk.yaml", "url: postgresql://desk@db/desk", "url: 'sqlite:///:memory:'")
    assert load(home).database == "sqlite:///:memory:"


def test_an_absolute_database_path_stays(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    edit(home, "postdesk.yaml", "sqlite:///data/postdesk.db", "sqlite:////var/lib/desk.db")
    assert load(home).database == "sqlite:////var/lib/desk.db"


def test_telephone_numbers_keep_their_zeros(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    edit(
        home, "people.yaml", "roles: [desk]", "roles: [desk]\n    phone: 01012345678\n    vip: yes"
    )
    person = load(home).directory.find("zhao.min@example.com")
    assert person is not None
    assert (person.phone, person.vip) == ("01012345678", True)


def test_version_changes_with_any_file(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    versions = {load(home).version, load(home).version}
    assert len(versions) == 1
    edit(home, "sla.yaml", "reopen_days: 5", "reopen_days: 6")
    versions.add(load(home).version)
    own = home / "templates" / "words" / "en" / "own.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("status: {new: Fresh}\n", encoding="utf-8")
    versions.add(load(home).version)
    assert len(versions) == 3


def test_the_cache_gives_the_same_as_the_files(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    assert (home / CACHE).is_file()
    remembered = load(home)
    (home / CACHE).unlink()
    fresh = load(home)
    assert (home / CACHE).is_file()
    assert fresh.rules == remembered.rules
    assert fresh.version == remembered.version
    assert fresh.categories == remembered.categories
    assert fresh.words["zh"].under("fault") == remembered.words["zh"].under("fault")


@pytest.mark.parametrize("content", ["", "[]", '{"format": 1}', '{"format": 0, "files": {}}', "{"])
def test_a_damaged_cache_does_no_harm(content: str, tmp_path: Path) -> None:
    home = new_home(tmp_path)
    before = load(home)
    (home / CACHE).write_text(content, encoding="utf-8")
    assert load(home).rules == before.rules
    assert load(home).version == before.version


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    shutil.rmtree(home / "data" / "cache")
    (home / "data" / "cache").write_text("in the way", encoding="utf-8")
    assert load(home).rules


def test_faults_are_told_from_the_cache_too(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    edit(home, "sla.yaml", "reopen_days: 5", "reopen_days: -1")
    told = []
    for _ in range(2):
        with pytest.raises(ConfigFaults) as raised:
            load(home)
        told.append(raised.value.faults)
    assert told[0] == told[1]
    assert told[0][0].line > 1


def test_a_home_of_an_earlier_release_works_without_what_it_cannot_know(
    language: str, tmp_path: Path
) -> None:
    """Files and keys that came later: the shipped ones are in force, and it is told."""
    home = new_home(tmp_path, language)
    whole = load(home)
    later = sorted(f"config/{name}" for name in AS_SHIPPED)
    for name in later:
        (home / name).unlink()
    edit(home, "reports.yaml", "\ncalendar: working-time\n", "\n")
    edit(
        home, "reports.yaml",
        "\ntemplates:\n  incident: word/{language}/incident-report.docx\n", "\n",
    )  # fmt: skip
    bare = load(home)
    assert sorted(bare.as_shipped) == later
    assert whole.as_shipped == ()
    assert not any(name in bare.files for name in later)
    assert bare.version != whole.version
    for part in (
        "alerts", "association", "rounds", "follow_up", "emergency", "problems",
        "changes", "vendors", "reading", "reports",
    ):  # fmt: skip
        assert getattr(bare, part) == getattr(whole, part), part
    assert bare.directory.people == whole.directory.people
    assert [one.name for one in bare.forms.forms] == [one.name for one in whole.forms.forms]
    assert bare.report_template("incident", "zh") == whole.report_template("incident", "zh")
    edit(home, "reports.yaml", "\nschedule:", '\ncalendar: ""\nschedule:')
    assert load(home).reports.calendar == "working-time"


def test_a_shipped_file_that_does_not_fit_the_home_is_asked_for(tmp_path: Path) -> None:
    """Its lines are nobody's to mend: what is missing is the file."""
    home = new_home(tmp_path)
    (home / "config" / "changes.yaml").unlink()
    edit(home, "people.yaml", "  it_director: ", "  director_of_it: ")
    with pytest.raises(ConfigFaults) as told:
        load(home)
    (fault,) = [one for one in told.value.faults if one.file == "config/changes.yaml"]
    assert (fault.problem, fault.value, fault.line) == ("unfitting", "it_director", 0)
