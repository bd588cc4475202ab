"""`init`: a home that works without editing, in the language asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from processor.domain.errors import Refusal
from processor.settings.home import FOLDERS, in_language, make_home
from processor.settings.packaged import data
from processor.settings.words import catalogue
from processor.settings.yaml_nodes import read_tree

CJK = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_home_has_everything(language: str, tmp_path: Path) -> None:
    home = tmp_path / "a" / "home"
    make_home(home, language)
    assert sorted(path.name for path in home.iterdir()) == sorted(FOLDERS)
    key = home / "data" / "secret.key"
    assert len(key.read_bytes()) == 32
    assert key.stat().st_mode & 0o777 == 0o600
    readme = (home / "templates" / "README.txt").read_text(encoding="utf-8")
    assert readme == catalogue(language).say("home.templates")
    shipped = {p.relative_to(data("config")) for p in data("config").rglob("*.yaml")}
    assert {p.relative_to(home / "config") for p in (home / "config").rglob("*.yaml")} == shipped


def test_every_home_has_a_key_of_its_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_home(tmp_path / name, "en")
    keys = {(tmp_path / name / "data" / "secret.key").read_bytes() for name in ("a", "b")}
    assert len(keys) == 2


@pytest.mark.parametrize("path", sorted(data("config").glob("*.yaml")), ids=lambda path: path.name)
def test_comments_are_in_one_language(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    zh, en = in_language(text, "zh"), in_language(text, "en")
    for one in (zh, en):
        assert not re.search(r"#(zh|en|=)", one)
    comments = [line for line in en.splitlines() if line.lstrip().startswith("#")]
    assert comments
    assert not [line for line in comments if CJK.search(line) and "title: {zh:" not in line]
    # what the two say differs in single values only
    assert read_tree(zh.encode()).keys.keys() == read_tree(en.encode()).keys.keys()


@pytest.mark.parametrize(
    "path", [*sorted(data("config").glob("*.yaml")), data("config") / "profiles" / "it.yaml"],
    ids=lambda path: path.name,
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_of_a_file_is_explained(path: Path, language: str) -> None:
    """Each block of keys follows a comment in the reader's language."""
    lines = in_language(path.read_text(encoding="utf-8"), language).splitlines()
    tree = read_tree("\n".join(lines).encode())
    tops = [place[0] for at, place in tree.keys.items() if len(at) == 1]
    for line in tops:
        around = lines[: line + 1] if line == min(tops) else lines[line - 2 : line + 1]
        assert any(one.lstrip().startswith("#") for one in around), f"{path.name}:{line}"


def test_lines_of_one_language_take_the_place_of_the_next() -> None:
    text = "#zh 语言\n#en Language\n#=en a: en\na: zh\n  #en\n  #zh\n# both\nb: 1\n"
    assert in_language(text, "zh") == "# 语言\na: zh\n  #\n# both\nb: 1\n"
    assert in_language(text, "en") == "# Language\na: en\n  #\n# both\nb: 1\n"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    make_home(tmp_path, "zh")
    assert (tmp_path / "config" / "postdesk.yaml").is_file()


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        make_home(tmp_path, "zh")
    assert refused.value.code == "home_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == [".hidden"]
    for language in ("zh", "en"):
        words = catalogue(language)
        assert str(tmp_path) in words.say("refusal.home_not_empty", **refused.value.params)


def test_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        make_home(file, "zh")
    assert refused.value.code == "home_not_folder"
    with pytest.raises(Refusal) as refused:
        make_home(file / "home", "zh")
    assert refused.value.code == "home_unwritable"
    assert catalogue("en").say("refusal.home_unwritable", **refused.value.params)
