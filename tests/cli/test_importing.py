"""`ci import`, `knowledge import`: counts, faults by row and column, exit status."""

from __future__ import annotations

from pathlib import Path

from .conftest import Postdesk

GOOD = "name,owner,site\nPRN-1,Wang,floor 3\nSRV-1,Li,\n"


def test_items_are_imported_once(home: Path, tmp_path: Path, postdesk: Postdesk) -> None:
    table = tmp_path / "items.csv"
    table.write_text(GOOD, encoding="utf-8")
    tried = postdesk("-c", home, "ci", "import", table, "--dry-run")
    assert (tried.status, "would add 2" in tried.out) == (0, True)
    assert "added 2" in postdesk("-c", home, "ci", "import", table).out
    again = postdesk("-c", home, "ci", "import", table, "--json").json
    assert [again[0][name] for name in ("added", "changed", "same")] == [0, 0, 2]


def test_faults_are_named(home: Path, tmp_path: Path, postdesk: Postdesk) -> None:
    table = tmp_path / "items.csv"
    table.write_text(GOOD + ",Sun,\nprn-1,,\n", encoding="utf-8")
    ended = postdesk("-c", home, "ci", "import", table)
    assert ended.status == 3
    assert "row 4, Name: must not be empty" in ended.err
    assert "row 5, Name: the same as in row 2" in ended.err
    nothing = tmp_path / "other.csv"
    nothing.write_text("a,b\n1,2\n", encoding="utf-8")
    ended = postdesk("-c", home, "ci", "import", nothing)
    assert (ended.status, "there is no column" in ended.err) == (1, True)
    assert postdesk("-c", home, "ci", "import", tmp_path / "absent.csv").status == 1


def test_a_folder_of_articles(home: Path, tmp_path: Path, postdesk: Postdesk) -> None:
    folder = tmp_path / "kb"
    folder.mkdir()
    for n in (1, 2):
        text = f"---\ntitle: Article {n}\n---\nIt fails\n\n# Solution\nRestart {n}\n"
        (folder / f"{n}.md").write_text(text, encoding="utf-8")
    assert postdesk("-c", home, "knowledge", "import", folder).out.count("added 1") == 2
    assert postdesk("-c", home, "knowledge", "import", folder).out.count("unchanged 1") == 2
