"""`template`: letters of a made-up case, checked and looked at."""

from __future__ import annotations

import html
import os
import sys
import webbrowser
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated

import typer

from processor.cli.frame import SOME_FAILED, USER_FAULT, Frame, Stop, emit, say, sentence


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    template = typer.Typer(no_args_is_help=True, help=sentence("help.template"))
    template.command("check", help=sentence("help.template_check"))(template_check)
    template.command("preview", help=sentence("help.template_preview"))(template_preview)
    app.add_typer(template, name="template")


def template_check(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help=sentence("help.json"))] = False,
) -> None:
    """Write every letter of every process and print every Word document, in every language; name
    each fault by file and line, or by place and field."""
    from processor.bootstrap.proofing import check_letters
    from processor.bootstrap.word_proofing import check_documents

    frame: Frame = context.obj
    settings = frame.settings()
    now = frame.clock(settings)()
    proof = check_letters(settings, now)
    documents, wrong = check_documents(settings, now)
    faults = [*proof.faults, *wrong]
    strays = [
        sentence("template.stray_near" if near else "template.stray", path=path, near=near)
        for path, near in proof.strays
    ]
    if as_json:
        emit({"letters": proof.letters, "documents": documents, "faults": faults, "strays": strays})
    if faults:
        raise Stop(SOME_FAILED, *faults, *strays)
    if not as_json:
        say(sentence("template.good", letters=proof.letters, documents=documents))
        for line in strays:
            say(f"! {line}")


def template_preview(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND")],
    lang: Annotated[str | None, typer.Option(metavar="zh|en")] = None,
    profile: Annotated[str, typer.Option(metavar="PROFILE", help=sentence("help.profile"))] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE")] = None,
) -> None:
    """One kind of letter as an HTML page; opened where there is a desktop."""
    from processor.bootstrap.proofing import preview
    from processor.replies.render import TemplateFault

    frame: Frame = context.obj
    settings = frame.settings()
    language = lang or settings.language
    if language not in settings.words:
        raise Stop(USER_FAULT, sentence("bad_language", value=language))
    try:
        mails = preview(settings, kind, language, profile, frame.clock(settings)())
    except TemplateFault as fault:
        raise Stop(SOME_FAILED, fault.reason) from fault
    target = output or settings.home / "reports" / f"preview-{kind}-{language}.html"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page(mails), "utf-8")
    except OSError as fault:
        raise Stop(USER_FAULT, f"{target}: {fault.strerror}") from fault
    say(str(target))
    if output is None and _desktop():
        webbrowser.open(target.resolve().as_uri())


def page(mails: list[EmailMessage]) -> str:
    """The mails one below the other, each with its head, as a mail program shows it."""
    parts = []
    for mail in mails:
        body = mail.get_body(("html",))
        heads = "".join(
            f"<div><b>{name}:</b> {html.escape(str(mail[name]))}</div>"
            for name in ("From", "To", "Subject")
            if mail[name]
        )
        parts.append(
            '<div style="font:14px sans-serif;color:#333;background:#f4f4f4;padding:12px 16px;'
            f'border-bottom:1px solid #ccc">{heads}</div>{body.get_content() if body else ""}'
        )
    return '<!DOCTYPE html>\n<meta charset="utf-8">\n' + "\n<hr>\n".join(parts)


def _desktop() -> bool:
    """Whether somebody sits before a screen here."""
    shown = (
        sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return bool(shown) and sys.stdout.isatty()
