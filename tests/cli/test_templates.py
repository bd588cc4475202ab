"""`template check` and `template preview`: letters of a home, before anybody gets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from processor.settings.loader import load
from processor.settings.packaged import data
from reports.documents.registry import DOCUMENTS
from tests.cli.conftest import Postdesk

AT = ("--now", "2026-11-23T09:00")


def test_every_letter_is_written_and_faults_are_told_by_line(
    home: Path, postdesk: Postdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = home / "templates" / "mail"
    for folder in ("en", "zh", "en/profiles/campus"):
        (mail / folder).mkdir(parents=True, exist_ok=True)
    # one that is good, one that no letter has, one that another names
    (mail / "en" / "opened.subject").write_text("Ours: {{ mail.incident.subject }}\n")
    (mail / "en" / "opend.txt").write_text("never read")
    (mail / "en" / "foot.txt").write_text("ours")
    (mail / "en" / "closed.txt").write_text("{% include 'mail/en/foot.txt' %}\n")
    # … and one that rules choose
    for language in ("zh", "en"):
        for part, layout in (("txt", "text"), ("html", "<p>page</p>")):
            path = mail / language / f"opened.password.{part}"
            extends = f'{{% extends "mail/{language}/opened.{part}" %}}'
            path.write_text(f"{extends}\n{{% block after %}}{layout} of ours{{% endblock %}}\n")
    good = postdesk("-c", home, *AT, "template", "check", "--json")
    assert good.status == 0, good.err
    assert good.json["letters"] > 2 * 6 * 80
    # every kind of report and every process, in both languages; the incident's for two readers
    assert good.json["documents"] == 2 * (2 + len(DOCUMENTS) + len(load(home).profiles))
    assert good.json["faults"] == []
    (stray,) = good.json["strays"]
    assert "opend.txt" in stray
    assert "opened.txt" in stray

    shown = postdesk("-c", home, *AT, "template", "preview", "opened.password", "--lang", "zh")
    assert "<p>page</p> of ours" in Path(shown.out.strip()).read_text("utf-8")

    # each fault by file and line, of whichever process and language
    (mail / "zh" / "accepted.html").write_text("<p>\n{{ mail.nothing }}\n</p>")
    (mail / "en" / "profiles" / "campus" / "opened.txt").write_text("a\nb\n{% if %}\n")
    (mail / "zh" / "opened.password.html").write_text("a\n{{ mail.nothing }}")
    # … and of Word by place and field, whatever kind of record the report is about
    restyled = {"zh/monthly.docx": "{{ costs }}", "en/problem.docx": "{{ record.nosuch }}"}
    for name, field in restyled.items():
        document = Document(str(data("templates") / "word" / name))
        document.tables[0].rows[0].cells[0].paragraphs[0].add_run(field)
        target = home / "templates" / "word" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        document.save(str(target))
    ended = postdesk("-c", home, *AT, "template", "check")
    assert ended.status == 3
    for name, field in restyled.items():
        assert f"{name}: body, table 1, row 1, cell 1: {field}" in ended.err
    assert "zh/accepted.html line 2" in ended.err
    assert "zh/opened.password.html line 2" in ended.err
    assert "profiles/campus/opened.txt line 3" in ended.err
    assert len(ended.err.splitlines()) == 6  # with the stray
    monkeypatch.setenv("POSTDESK_LANG", "zh")
    for name in restyled:
        (home / "templates" / "word" / name).unlink()
    (mail / "zh" / "accepted.html").unlink()
    for path in mail.rglob("opened.password.*"):
        path.unlink()
    (mail / "en" / "profiles" / "campus" / "opened.txt").unlink()
    assert "Word 文档都能生成" in postdesk("-c", home, *AT, "template", "check").out


def test_a_letter_is_looked_at(home: Path, postdesk: Postdesk, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    shown = {}
    for lang, profile in (("zh", ""), ("en", ""), ("zh", "safety"), ("en", "safety")):
        options = ["--lang", lang, "-o", str(page)] + (["--profile", profile] if profile else [])
        ended = postdesk("-c", home, *AT, "template", "preview", "opened", *options)
        assert ended.out.strip() == str(page), ended.err
        shown[lang, profile] = page.read_text("utf-8")
    assert len(set(shown.values())) == 4
    for text in shown.values():
        assert text.count("<b>Subject:</b>") >= 1
        assert "servicedesk@example.com" in text
        assert "20261123" in text
    own = home / "templates" / "mail" / "en" / "opened.html"
    own.parent.mkdir(parents=True)
    own.write_text("<p>Ours, {{ mail.recipient }}</p>")
    without = postdesk("-c", home, *AT, "template", "preview", "opened", "--lang", "en")
    kept = Path(without.out.strip() or "nowhere")
    if without.status == 0:  # "recipient" is among what a template may see
        assert "Ours, " in kept.read_text("utf-8")
    else:
        assert "opened.html line 1" in without.err
    own.write_text("<p>Ours: {{ mail.incident.subject }}</p>")
    ended = postdesk("-c", home, *AT, "template", "preview", "opened", "--lang", "en")
    kept = Path(ended.out.strip())
    assert kept.parent == load(home).home / "reports"
    assert "<p>Ours: " in kept.read_text("utf-8")

    for words, told in (
        (("opned",), "opened"),
        (("opened", "--lang", "fr"), "fr"),
        (("opened", "--profile", "nobody"), "campus"),
    ):
        wrong = postdesk("-c", home, *AT, "template", "preview", *words)
        assert (wrong.status, told in wrong.err) == (1, True), wrong.err
