"""`init`: presets of mailbox providers, by options and by questions; no secret in the YAML."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from processor.settings.loader import load
from processor.settings.presets import presets
from tests.cli.conftest import Postdesk
from tests.settings.homes import warm

ADDRESS = "desk@corp.example"


class Row(NamedTuple):
    imap: str
    smtp: str
    security: str  # of the way out
    port: int  # of the way out, 0: the usual one
    subaddress: str
    null: bool  # whether automatic answers go with a null return path
    token_host: str = ""
    more: tuple[str, ...] = ()


MS = ("--tenant", "tenant-1", "--client-id", "client-1")
EXPECTED = {
    "imap": Row("imap.corp.example", "smtp.corp.example", "starttls", 0, "+", True),
    "exchange": Row("outlook.office365.com", "smtp.office365.com", "starttls", 0, "+", False,
                    "login.microsoftonline.com/tenant-1", MS),
    "exchange-app": Row("outlook.office365.com", "smtp.office365.com", "starttls", 0, "+", False,
                        "login.microsoftonline.com/tenant-1", MS),
    "exchange-cn": Row("partner.outlook.cn", "partner.outlook.cn", "starttls", 0, "+", False,
                       "login.partner.microsoftonline.cn/tenant-1", MS),
    "gmail": Row("imap.gmail.com", "smtp.gmail.com", "starttls", 0, "+", False),
    "gmail-oauth": Row("imap.gmail.com", "smtp.gmail.com", "starttls", 0, "+", False,
                       "oauth2.googleapis.com", ("--client-id", "client-1")),
    "exmail": Row("imap.exmail.qq.com", "smtp.exmail.qq.com", "tls", 0, "", False),
    "qq": Row("imap.qq.com", "smtp.qq.com", "tls", 0, "", False),
    "163": Row("imap.163.com", "smtp.163.com", "tls", 0, "", False),
    "126": Row("imap.126.com", "smtp.126.com", "tls", 0, "", False),
    "netease": Row("imap.qiye.163.com", "smtp.qiye.163.com", "tls", 994, "", False),
    "coremail": Row("imap.corp.example", "smtp.corp.example", "tls", 0, "", False),
    "dovecot": Row("mail.corp.example", "mail.corp.example", "starttls", 0, "+", True),
}  # fmt: skip


@pytest.mark.parametrize("name", presets())
def test_a_preset_says_all_that_its_provider_wants(
    name: str, tmp_path: Path, postdesk: Postdesk
) -> None:
    row = EXPECTED[name]
    for lang in ("zh", "en"):
        home = tmp_path / lang
        ended = postdesk(
            "init", home, "--lang", lang, "--preset", name, "--address", ADDRESS, *row.more
        )
        assert ended.status == 0, ended.err
        assert "doctor" in ended.out
        settings = load(warm(home, lang))
        (box,), (way,) = settings.mailboxes, settings.senders
        assert (box.kind, box.address, box.user, box.sender) == ("imap", ADDRESS, ADDRESS, way.name)
        assert (box.host, box.security, box.subaddress) == (row.imap, "tls", row.subaddress)
        assert (way.kind, way.host, way.security, way.port) == (
            "smtp", row.smtp, row.security, row.port
        )  # fmt: skip
        assert way.null_return_path is row.null
        assert way.envelope_from == ("" if row.null else ADDRESS)
        assert box.verify_dkim
        text = (home / "config" / "postdesk.yaml").read_text("utf-8")
        if row.token_host:
            (login,) = settings.logins
            assert login.token_endpoint.startswith(f"https://{row.token_host}/")
            assert {box.auth, way.auth} == {"oauth2"}
            assert {box.login, way.login} == {login.name}
            assert "password:" not in text.partition("mailboxes:")[2]
        else:
            assert not settings.logins
            assert text.count('password: "env:POSTDESK_PASSWORD"') == 2
        for line in presets()[name].facts["remarks"][lang]:
            assert f"# {line}\n" in text


def test_every_preset_is_explained_in_both_languages(
    postdesk: Postdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(EXPECTED) == set(presets())
    for lang in ("zh", "en"):
        monkeypatch.setenv("POSTDESK_LANG", lang)
        said = postdesk("init", "--presets").lines
        assert [line.split()[0] for line in said] == list(presets())
        for preset in presets().values():
            assert len(preset.title[lang]) > 3
            assert preset.facts["remarks"][lang]


def test_options_say_the_rest(tmp_path: Path, postdesk: Postdesk) -> None:
    home = tmp_path / "desk"
    ended = postdesk(
        "init", home, "--lang", "en", "--preset", "dovecot", "--address", ADDRESS,
        "--organisation", 'Müller & Co: "IT" #1', "--zone", "Europe/Berlin", "--user", "desk",
        "--host", "mx.corp.example:1993", "--smtp", "127.0.0.1:1587", "--password", "-",
        stdin=b"hunter2: #'\"\n",
    )  # fmt: skip
    assert ended.status == 0, ended.err
    settings = load(home)
    (box,), (way,) = settings.mailboxes, settings.senders
    assert (settings.organisation, settings.zone) == ('Müller & Co: "IT" #1', "Europe/Berlin")
    assert (box.host, box.port, box.user) == ("mx.corp.example", 1993, "desk")
    assert (way.host, way.port, way.user) == ("127.0.0.1", 1587, "desk")
    assert box.secret_of() == way.secret_of() == "hunter2: #'\""
    secret = home / "data" / "secrets" / "servicedesk"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert secret.parent.stat().st_mode & 0o777 == 0o700
    for path in home.rglob("*.*"):
        assert path == secret or not path.is_file() or b"hunter2" not in path.read_bytes()
    assert "hunter2" not in ended.out + postdesk("-c", home, "config", "show").out

    plain = tmp_path / "plain"
    assert postdesk("init", plain, "--address", ADDRESS, "--password", "file:/etc/x").status == 0
    assert load(plain).mailboxes[0].address == ADDRESS
    assert load(plain).mailboxes[0].kind == "folder"


WRONG = [
    (("--preset", "gmial"), "gmail"),
    (("--preset", "gmail"), "--address"),
    (("--preset", "gmail", "--address", "desk@corp.example\nx: y"), "--address"),
    (("--preset", "gmail", "--address", ADDRESS, "--password", "hunter2"), "env:NAME"),
    (("--preset", "imap", "--address", ADDRESS, "--host", "a b"), "--host"),
    (("--preset", "exchange", "--address", ADDRESS, "--client-id", "x"), "--tenant"),
    (("--preset", "exchange", "--address", ADDRESS, "--tenant", "../x"), "--tenant"),
    (("--preset", "gmail", "--address", ADDRESS, "--password", "-"), "standard input"),
    (("--zone", "Mars/Olympus"), "--zone"),
    (("--address", "nobody"), "--address"),
    (("--lang", "fr"), "fr"),
]


@pytest.mark.parametrize(("options", "told"), WRONG, ids=lambda value: str(value)[:40])
def test_what_cannot_be_makes_nothing(
    options: tuple[str, ...], told: str, tmp_path: Path, postdesk: Postdesk
) -> None:
    ended = postdesk("init", tmp_path / "desk", *options)
    assert ended.status == 1
    assert told in ended.err
    assert "hunter2" not in ended.err
    assert not (tmp_path / "desk").exists()


def test_questions_are_asked_until_they_are_answered(
    tmp_path: Path, postdesk: Postdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTDESK_LANG", "zh")
    home = tmp_path / "desk"
    answers = ["", "示例大学", "火星", "", "gmial", "qq", "nobody", "kefu@qq.com", "", "wxyz4321"]
    ended = postdesk("init", home, "--ask", stdin="\n".join([*answers, ""]).encode())
    assert ended.status == 0, ended.err
    settings = load(home)
    assert (settings.organisation, settings.language) == ("示例大学", "zh")
    assert (settings.mailboxes[0].host, settings.mailboxes[0].address) == (
        "imap.qq.com", "kefu@qq.com"
    )  # fmt: skip
    assert settings.mailboxes[0].secret_of() == "wxyz4321"
    assert "wxyz4321" not in (home / "config" / "postdesk.yaml").read_text("utf-8")
    for question in ("时区", "服务台的邮件地址", "登录名", "腾讯企业邮箱"):
        assert question in ended.out

    monkeypatch.setenv("POSTDESK_LANG", "en")
    asked = postdesk(
        "init", tmp_path / "ms", "--ask", "--lang", "en", "--zone", "UTC", "--organisation", "X",
        stdin=f"exchange\n{ADDRESS}\n\n\ntenant-1\nclient-1\n".encode(),
    )  # fmt: skip
    assert asked.status == 0, asked.err
    assert "postdesk -c" in asked.out
    assert "login" in asked.out
    assert "tenant-1" in load(tmp_path / "ms").logins[0].token_endpoint

    ended = postdesk("init", tmp_path / "none", "--ask", stdin=b"en\n")
    assert ended.status == 1
    assert not (tmp_path / "none").exists()


def test_without_a_folder_it_is_wrong_usage(postdesk: Postdesk) -> None:
    assert postdesk("init").status == 2
