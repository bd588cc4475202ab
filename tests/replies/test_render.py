"""The cage: templates can neither guess, nor reach out, nor run away."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.replies.render import Renderer, TemplateFault


def render(tmp_path: Path, source: str, name: str = "mail/zh/x.txt", limit: int = 10_000) -> str:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, "utf-8")
    return Renderer((tmp_path,), limit).part(name, {"mail": _Mail(), "items": [3, 1]})


class _Mail:
    name = "王<芳>"
    text = "一\n  二 & 三"


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ mail.__init__.__globals__ }}",
        "{{ mail._secret }}",
        "{{ items.append(3) }}",
        "{{ items.sort() }}",
        "{{ 'a' * 100000000 }}",
        "{{ [0] * 100000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 2000000000 * 3 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ '{0.__class__}'.format(mail) }}",
        "{{ 'x'.center(999999999) }}",
        "{{ 'x'.ljust(999999999) }}",
        "{{ range(10) }}",
        "{{ lipsum(1000) }}",
        "{{ cycler(1) }}",
        "{{ namespace(a=1) }}",
        "{{ 'x' | center(999999999) }}",
        "{{ mail | attr('__class__') }}",
        "{{ self.__init__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../etc/passwd' %}",
        "{{ config }}",
        "{{ mail.nmae }}",
        "{% for x in items %}{{ y }}{% endfor %}",
    ],
)
def test_escapes_and_guesses_fail(tmp_path: Path, source: str) -> None:
    with pytest.raises(TemplateFault):
        render(tmp_path, source)


def test_what_a_template_may_do(tmp_path: Path) -> None:
    source = "{% for x in items | sort %}{{ loop.index }}:{{ x * 2 }} {% endfor %}{{ mail.name }}"
    assert render(tmp_path, source) == "1:2 2:6 王<芳>"


def test_html_is_escaped_and_text_is_not(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ mail.name }}", "mail/zh/x.html") == "王&lt;芳&gt;"
    assert render(tmp_path, "{{ mail.name }}") == "王<芳>"


def test_lines_and_indent(tmp_path: Path) -> None:
    html = render(tmp_path, "{{ mail.text | lines }}", "mail/zh/x.html")
    assert html == "一<br>  二 &amp; 三"
    assert render(tmp_path, "{{ mail.text | indented }}") == "    一\n      二 & 三"


def test_output_is_bounded(tmp_path: Path) -> None:
    loop = (
        "{% for a in 'xxxxxxxxxx' %}{% for b in 'xxxxxxxxxx' %}yyyyyyyyyy{% endfor %}{% endfor %}"
    )
    assert len(render(tmp_path, loop, limit=1000)) == 1000
    with pytest.raises(TemplateFault, match="more than 999 characters"):
        render(tmp_path, loop, limit=999)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("line one\n\n{{ mail.nmae }}", r"x\.txt line 3: .*nmae"),
        ("one\n{% if %}", r"x\.txt line 2: "),
        ("{% include 'mail/zh/none.txt' %}", r"none\.txt"),
        ("a\n{{ 1 / 0 }}", r"x\.txt line 2: division by zero"),
    ],
)
def test_faults_name_the_file_and_the_line(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(TemplateFault, match=said):
        render(tmp_path, source)


def test_a_fault_in_a_layout_names_the_layout(tmp_path: Path) -> None:
    (tmp_path / "base.txt").write_text("x\n{{ mail.nmae }}", "utf-8")
    with pytest.raises(TemplateFault, match=r"base\.txt line 2"):
        render(tmp_path, "{% extends 'base.txt' %}")


def test_a_missing_template_names_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=str(tmp_path)):
        Renderer((tmp_path,)).part("mail/zh/none.txt", {})


def test_a_letter_has_one_line_of_subject_and_no_gaps(tmp_path: Path) -> None:
    folder = tmp_path / "mail" / "en"
    folder.mkdir(parents=True)
    (folder / "k.subject").write_text("two\n  lines\n", "utf-8")
    (folder / "k.txt").write_text("\n\na\n \n\n\nb\n\n", "utf-8")
    (folder / "k.html").write_text("\n<p>\n", "utf-8")
    letter = Renderer((tmp_path,)).letter("k", "en", {})
    assert (letter.subject, letter.text, letter.html) == ("two lines", "a\n\nb\n", "<p>\n")
