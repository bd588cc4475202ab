"""`report`: Word documents of records and periods, and the figures that they stand on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from processor.cli.frame import USER_FAULT, Frame, Stop, emit, say, sentence, words
from processor.domain.errors import NotFound

if TYPE_CHECKING:
    from processor.cli.report_choices import Choices
    from processor.settings.settings import Settings

PACK = "pack"
"""The kind that is no document: all of a period, for an auditor."""
FIGURES = "figures"
"""The kind that has no document: the figures alone."""

_Many = list[str] | None


def register(app: typer.Typer) -> None:
    """Add this room's command."""
    app.command("report", help=sentence("help.report"))(report)


def report(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND")],
    number: Annotated[str | None, typer.Argument(metavar="[NUMBER]")] = None,
    period: Annotated[str | None, typer.Option(help=sentence("help.period"))] = None,
    contract: Annotated[_Many, typer.Option(metavar="C", help=sentence("help.filter"))] = None,
    profile: Annotated[_Many, typer.Option(metavar="P", help=sentence("help.filter"))] = None,
    only: Annotated[_Many, typer.Option(metavar="FIELD=V", help=sentence("help.only"))] = None,
    by: Annotated[_Many, typer.Option(metavar="D", help=sentence("help.by"))] = None,
    figures: Annotated[bool, typer.Option("--figures", help=sentence("help.figures"))] = False,
    explain: Annotated[bool, typer.Option("--explain", help=sentence("help.told"))] = False,
    names: Annotated[bool, typer.Option("--names", help=sentence("help.names"))] = False,
    lang: Annotated[str | None, typer.Option(metavar="zh|en")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE")] = None,
) -> None:
    """A document, or figures: `report monthly --period 2026-10`; `report list` names the kinds."""
    frame: Frame = context.obj
    if lang not in (None, "zh", "en"):
        raise Stop(USER_FAULT, sentence("bad_language", value=lang))
    if kind == "list":
        _list()
        return
    if kind == PACK:
        if number is not None or figures:
            raise Stop(USER_FAULT, sentence("bad_report", kind=kind))
        from processor.cli.report_choices import Choices

        given = Choices(period, _chosen(contract, profile, only), ())
        _pack(frame, given, lang, output, names)
        return
    if kind == "incident":
        if number is None or figures:
            raise Stop(USER_FAULT, sentence("bad_report", kind=kind))
        _incident(frame, number, lang, output)
        return
    from processor.cli.report_choices import Choices, choose
    from reports.documents.registry import DOCUMENTS, Subject

    document = DOCUMENTS.get(kind)
    about_record = document is not None and document.subject is Subject.RECORD
    if (document is None and kind != FIGURES) or about_record == (number is None):
        raise Stop(USER_FAULT, sentence("bad_report", kind=kind))
    settings = frame.settings()
    given = Choices(period, _chosen(contract, profile, only), by or ())
    now = frame.clock(settings)()
    chosen, store = choose(settings, now, document, given), frame.store(settings)
    language = lang or settings.language
    if document is None or figures or explain:
        if about_record:
            raise Stop(USER_FAULT, sentence("no_figures", kind=kind))
        from processor.cli.figures import explained, portrait

        if explain:
            for line in explained(settings, store, chosen, language):
                say(line)
        else:
            emit(portrait(store, kind, chosen))
        return
    from processor.bootstrap.press import print_document
    from reports.figures.selection import TEAM, Clearance

    # whoever has the server can read every record there is
    clearance = Clearance(names=True) if about_record else TEAM
    printed = print_document(
        settings, store, document, now,
        language=language, period=chosen.period, number=(number or "").upper(),
        filters=chosen.filters, clearance=clearance,
    )  # fmt: skip
    _keep(settings, printed.name, printed.content, output)


def _chosen(contract: _Many, profile: _Many, only: _Many) -> tuple[str, ...]:
    """``field=value`` of every option that chooses incidents."""
    named = [f"contract={one}" for one in contract or ()]
    named += [f"profile={one}" for one in profile or ()]
    return (*named, *(only or ()))


def _list() -> None:
    from reports.documents.registry import DOCUMENTS

    say(f"incident  {sentence('report_incident')}")
    for kind in DOCUMENTS:
        say(f"{kind}  {words().say(f'report.kind.{kind}')}")
    say(f"{PACK}  {words().say(f'report.kind.{PACK}')}")
    say(f"{FIGURES}  {sentence('report_figures')}")


def _incident(frame: Frame, number: str, lang: str | None, output: Path | None) -> None:
    from processor.bootstrap.press import press_of

    settings = frame.settings()
    store, now = frame.store(settings), frame.clock(settings)()
    with store.read() as work:
        if work.incidents.get(number.upper(), lock=False) is None:
            raise NotFound(number)
        dossier = work.incidents.dossier(number.upper())
    name, content = press_of(settings, store)(dossier, lang or settings.language, "team", now)
    _keep(settings, name, content, output)


def _pack(frame: Frame, given: Choices, lang: str | None, output: Path | None, names: bool) -> None:
    from processor.bootstrap.pack import write_pack
    from processor.cli.report_choices import choose

    settings = frame.settings()
    store, now = frame.store(settings), frame.clock(settings)()
    chosen, language = choose(settings, now, None, given), lang or settings.language
    title = settings.words[language].say(f"report.kind.{PACK}")
    name = f"{chosen.period.code.replace('..', '_')} {title}.zip"
    target = output or settings.home / "reports" / name
    try:
        write_pack(
            settings, store, target, chosen.period, now,
            language=language, filters=chosen.filters, names=names,
        )  # fmt: skip
    except OSError as fault:
        raise Stop(USER_FAULT, f"{target}: {fault.strerror}") from fault
    say(str(target))


def _keep(settings: Settings, name: str, content: bytes, output: Path | None) -> None:
    target = output or settings.home / "reports" / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as fault:
        raise Stop(USER_FAULT, f"{target}: {fault.strerror}") from fault
    say(str(target))
