"""A rule chooses with which letter a report is answered (spec 5, `then: reply template`), told by
mail with the example that the administrators' documentation gives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from processor.demo.correspondent import Enclosed
from processor.settings.loader import load
from processor.settings.settings import Settings
from tests.forms.filling import INCIDENT, filled
from tests.journeys.desk import Story
from tests.journeys.homes import home_of

DOCS = Path(__file__).parents[2] / "docs"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILE = re.compile(r"```\w+\n(?:# |\{# )((?:config|templates)/\S*(?:own|password)\S*?)(?: #\})?\n")


def documented(home: Path) -> None:
    """Lay down every file that the two pages show, as they show it."""
    for page in (DOCS / "administrators.md", DOCS / "zh" / "administrators.md"):
        text = page.read_text(encoding="utf-8")
        files = list(_FILE.finditer(text))
        assert len(files) == 3, page
        for found in files:
            path = home / found[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text[found.start() : text.index("\n```", found.end())][8:] + "\n")


def shown(home: Path) -> Callable[[Settings], Settings]:
    settings = load(home)
    return lambda shipped: replace(
        shipped,
        rules=settings.rules,
        templates=settings.templates,
        reply_templates=settings.reply_templates,
    )


@pytest.fixture
def desk(desk_with: Callable[..., Story], tmp_path: Path) -> Story:
    home = home_of(tmp_path / "documented")
    documented(home)
    (home / "templates" / "mail" / "en" / "opened.password.subject").write_text("A new password\n")
    doubtful = "- {name: doubtful, when: {body: 可疑附件}, then: {quarantine: true}}\n"
    (home / "config" / "rules" / "06-doubtful.yaml").write_text(doubtful, encoding="utf-8")
    return desk_with(change=shown(home))


def test_a_rule_chooses_the_answer(desk: Story) -> None:
    desk.li.writes("忘记密码", "登录不了系统，麻烦重置密码。")
    desk.john.writes("I forgot my password", "Can you help?")
    desk.john.writes("Printer jam", "The printer on the third floor is jammed.")
    assert desk.turn() == ["opened"] * 3
    # INC-…, then REQ-… twice
    assert [desk.incident(n).reply_template for n in (1, 2, 3)] == ["", "password", "password"]
    for who, mail, words in (
        (desk.li, desk.li.got("opened"), ("自助重置密码", "直接回复本邮件即可")),
        (desk.john, desk.john.mails[0], ("set a new password at", "Just reply to this mail")),
    ):
        plain, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
        assert plain is not None
        assert page is not None
        for part in (plain.get_content(), page.get_content()):
            assert words[0] in part
            assert words[1] in part  # super(): the rest stands as ever
        # as any acknowledgement: once, in the thread, never to be answered by a machine
        assert mail["X-Postdesk-Event"] == "opened"
        assert mail["Auto-Submitted"] == "auto-replied"
        assert mail["In-Reply-To"]
        assert mail["Return-Path"] in (None, "<>")
        assert [str(one["X-Postdesk-Event"]) for one in who.mails].count("opened") == (
            1 if who is desk.li else 2
        )
    # the subject: its own where there is one, else that of every report
    assert str(desk.john.mails[0]["Subject"]).startswith("A new password [")
    assert str(desk.li.got("opened")["Subject"]).startswith("已受理：忘记密码")
    assert "password" not in desk.john.reads("opened")  # the printer: as ever

    # the journal names the rule, what follows is as after any report
    (because,) = [text for kind, text in desk.steps(2) if kind == "rule"]
    assert "reply_template: forgotten-password" in because
    desk.li.answers("opened", "还是登录不了，比较急。")
    assert desk.turn() == ["updated"]
    assert "opened" not in desk.li.news


def test_nobody_is_answered_who_would_not_be(desk: Story) -> None:
    """Machines, the same mail again, and what another rule drops or keeps apart."""
    desk.li.writes("忘记密码", "我休假到周五。", headers=[("Auto-Submitted", "auto-replied")])
    assert desk.turn() == ["ignored"]
    desk.li.writes("忘记密码", "中奖了", headers=[("X-Spam-Flag", "YES")])
    assert desk.turn() == ["ignored"]
    desk.li.writes("忘记密码", "可疑附件")
    assert desk.turn() == ["quarantined"]
    raw = desk.li.writes("忘记密码", "登录不了")
    assert desk.turn() == ["opened"]
    desk.post(raw)
    desk.turn()
    assert [str(one["X-Postdesk-Event"]) for one in desk.li.mails] == ["opened"]


def test_a_form_is_answered_so_by_what_it_says(desk: Story) -> None:
    """What stands in it counts, not what its mail is called."""
    told = {**INCIDENT, "subject": "忘记密码"}
    report = Enclosed("报告单.docx", DOCX, filled("incident_report", "zh", told))
    other = Enclosed("报告单.docx", DOCX, filled("incident_report", "zh", INCIDENT))
    desk.li.writes("见附件", "", enclosed=[report])
    desk.john.writes("忘记密码", "", enclosed=[other])
    assert desk.turn() == ["opened", "opened"]
    assert [desk.incident(n).reply_template for n in (1, 2)] == ["password", ""]
    assert "自助重置密码" in desk.li.reads("opened")
    assert "自助重置密码" not in desk.john.reads("opened")
