"""`parse` reads a mail as the home's `config/parsing.yaml` says."""

from __future__ import annotations

from pathlib import Path

from tests.bootstrap.test_reading_habits import OWN, mail
from tests.cli.conftest import Postdesk
from tests.settings.homes import new_home


def test_parse_shows_what_the_house_added(tmp_path: Path, postdesk: Postdesk) -> None:
    home = new_home(tmp_path)
    (home / "config" / "parsing.yaml").write_text(OWN, "utf-8")
    (tmp_path / "a.eml").write_bytes(mail("[EXT] 打不开", "新内容\n=== 历史记录 ===\n旧内容\n"))
    found = postdesk("-c", home, "parse", tmp_path / "a.eml", "--json").json
    assert (found["subject"], found["reply_text"]) == ("打不开", "新内容")
    told = postdesk("-c", home, "parse", "--explain", tmp_path / "a.eml").out
    assert "your own pattern of a quote head" in told
