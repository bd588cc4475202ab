"""Words: both languages say the same, and a home can say it otherwise."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from processor.domain.incident import ClockKind, Incident, IncidentType, Source, Status
from processor.domain.people import Role
from processor.settings.faults import ConfigFault
from processor.settings.loader import ConfigFaults, load
from processor.settings.packaged import data
from processor.settings.words import catalogue, command_words, flattened, placeholders
from processor.settings.yaml_nodes import read_tree
from tests.settings.homes import new_home

WORDS = data("templates") / "words"
FILES = sorted(path.name for path in (WORDS / "zh").glob("*.yaml"))
PER_LANGUAGE = {
    "mail.moment", "mail.moment_with_year", "report.moment", "report.date", "report.number",
}  # fmt: skip
"""Moments are put together in each language's own way."""


def table(language: str, file: str) -> dict[str, str]:
    return flattened(read_tree((WORDS / language / file).read_bytes()).data)


def test_both_languages_have_the_same_files() -> None:
    assert sorted(path.name for path in (WORDS / "en").glob("*.yaml")) == FILES
    assert {"config.yaml", "domain.yaml"} <= set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_both_languages_have_the_same_keys_and_placeholders(file: str) -> None:
    zh, en = table("zh", file), table("en", file)
    assert set(zh) == set(en)
    differing = {
        key
        for key in set(zh) - PER_LANGUAGE
        if placeholders(zh[key]) is None or placeholders(zh[key]) != placeholders(en[key])
    }
    assert differing == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_commands_read_only_what_they_say_of_themselves(language: str) -> None:
    some, whole = command_words(language), catalogue(language)
    assert some.under("cli") == whole.under("cli") != {}
    assert len(some.keys()) < len(whole.keys()) / 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_file_takes_a_key_from_another(language: str) -> None:
    seen: dict[str, str] = {}
    for file in FILES:
        for key in table(language, file):
            assert seen.setdefault(key, file) == file, key


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_of_the_domain_has_its_word(language: str) -> None:
    words = catalogue(language)
    wanted = [f"{name}.{n}" for name in ("priority", "impact", "urgency") for n in range(1, 5)]
    families: dict[str, type[Status | IncidentType | Source | Role | ClockKind]] = {
        "status": Status,
        "type": IncidentType,
        "source": Source,
        "role": Role,
        "clock": ClockKind,
    }
    wanted += [f"{family}.{one}" for family, kind in families.items() for one in kind]
    wanted += [f"field.{field.name}" for field in fields(Incident) if field.name != "id"]
    assert [key for key in wanted if not words.has(key)] == []


def test_other_languages_have_no_catalogue() -> None:
    with pytest.raises(ValueError, match="fr"):
        catalogue("fr")


def test_every_fault_in_the_code_has_its_sentences() -> None:
    import re

    import processor.settings

    folder = Path(str(processor.settings.__file__)).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    words = catalogue("en")
    quoted = set(re.findall(r'"([a-z][a-z0-9_]+)"', source))
    unused = {
        name
        for family in ("problem", "remedy")
        for name in words.under(f"fault.{family}")
        if name not in quoted and not name.startswith("unknown_")
    }
    assert unused == set()


def own_words(home: Path, text: str, language: str = "en") -> None:
    path = home / "templates" / "words" / language / "own.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def test_a_home_says_single_sentences_in_its_own_way(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    own_words(home, "status: {new: Fresh}\ndone: {accept: 'All yours: {number}'}\n")
    words = load(home).words
    assert words["en"].say("status.new") == "Fresh"
    assert words["en"].say("done.accept", number="INC-1") == "All yours: INC-1"
    assert words["en"].say("status.closed") == catalogue("en").say("status.closed")
    assert words["zh"].say("status.new") == catalogue("zh").say("status.new")


@pytest.mark.parametrize(
    ("text", "problem", "place", "told"),
    [
        ("status:\n  newww: Fresh\n", "unknown_key", (2, 3), "Did you mean “status.new”?"),
        ("zzzz: {qqqq: Fresh}\n", "unknown_key", (1, 8), "Only sentences that are shipped"),
        ("status:\n  new: {a: b}\n", "unknown_key", (2, 9), "“status.new.a”"),
        ("status:\n  new: [a]\n", "empty", (2, 8), "Write text."),
        ("status:\n  new:\n", "empty", (2, 3), "Write text."),
        ("done:\n  accept: 'Yours: {nummer}'\n", "unknown_placeholder", (2, 11), "{number}"),
        ("status:\n  new: 'Yours: {number}'\n", "unknown_placeholder", (2, 8), "without braces"),
        ("status:\n  new: 'Yours: {'\n", "unknown_placeholder", (2, 8), "without braces"),
        ("status: [\n", "bad_yaml", (2, 1), "indentation"),
    ],
)
def test_faults_of_own_words_are_told(
    text: str, problem: str, place: tuple[int, int], told: str, tmp_path: Path
) -> None:
    home = new_home(tmp_path)
    own_words(home, text)
    with pytest.raises(ConfigFaults) as raised:
        load(home)
    faults: list[ConfigFault] = raised.value.faults
    (fault,) = faults
    assert fault.file == "templates/words/en/own.yaml"
    assert (fault.problem, fault.line, fault.column) == (problem, *place)
    assert told in fault.told(catalogue("en"))
