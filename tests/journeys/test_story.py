"""The whole main job, told by mail: the demo's script on every kind of server and database."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document

from processor.demo import stage as demo_stage
from processor.demo.correspondent import read
from processor.demo.servers import DemoServers
from processor.demo.stage import DeskStage, StoryClock, passwords, submitter
from processor.demo.story import DESK, cast_and_scenes, play
from tests.journeys.homes import MORNING, settings_of
from tests.servers.dovecot import PASSWORD, Dovecot, require_dovecot


class Scenery:
    """Mail servers of a story: where the desk reads, and how a mail gets there."""

    def __init__(
        self,
        imap: tuple[int, str],
        smtp: int,
        submit: Callable[[bytes, str], None],
        received: Callable[[str], list[bytes]],
    ) -> None:
        self.imap, self.smtp, self.submit, self.received = imap, smtp, submit, received


@pytest.fixture(params=["pymap", "dovecot"])
def scenery(request: pytest.FixtureRequest) -> Iterator[Scenery]:
    with DemoServers(passwords()) as servers:
        if request.param == "pymap":
            submit = submitter(servers.smtp_port)
            imap = (servers.imap_port, demo_stage.PASSWORD)
            yield Scenery(imap, servers.smtp_port, submit, servers.received)
            return
        require_dovecot()
        dovecot = Dovecot()
        dovecot.start()
        try:
            yield Scenery(
                (dovecot.port, PASSWORD),
                servers.smtp_port,
                lambda raw, _recipient: dovecot.append(DESK, raw),
                servers.received,
            )
        finally:
            dovecot.stop()


def test_the_story_comes_as_written(scenery: Scenery, database_url: str, tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path / "home", database=database_url, imap=scenery.imap, smtp=scenery.smtp
    )
    stage = DeskStage(settings, StoryClock(MORNING), scenery.submit, scenery.received)
    try:
        for played in play(stage):
            assert played.as_written, (
                f"{played.scene.at:%H:%M} {played.scene.who} {played.scene.does}: "
                f"{played.disposition}, {played.incident.status}, {played.mails}; "
                f"the script says {played.scene.then}"
            )
        _the_record_is_complete(stage)
        _the_report_is_a_word_document(stage)
    finally:
        stage.close()


def _the_record_is_complete(stage: DeskStage) -> None:
    incident = stage.incident(1)
    assert (incident.category, incident.group) == ("hardware/printer", "hardware")
    assert (incident.satisfaction, incident.satisfaction_comment) == (5, "很快，谢谢！")
    assert incident.solution_kind == "permanent"
    assert incident.cause.startswith("进纸轮磨损")
    with stage.app.store.read() as work:
        dossier = work.incidents.dossier(incident.number)
    assert [one.name for one in dossier.attachments] == ["打印机面板.png"]
    assert all(clock.met for clock in dossier.clocks)
    resolution = dossier.clocks[1]
    assert resolution.paused_minutes == pytest.approx(20)  # asked 09:20, answered 09:40
    statuses = [entry.new for entry in dossier.journal if entry.field == "status"]
    assert statuses == [
        "assigned",
        "in_progress",
        "pending_user",
        "in_progress",
        "resolved",
        "pending_review",
        "closed",
    ]


def _the_report_is_a_word_document(stage: DeskStage) -> None:
    people, _ = cast_and_scenes()
    last = read(stage.received(people["chen"].address)[-1])
    assert last["X-Postdesk-Event"] == "report"
    (attached,) = list(last.iter_attachments())
    content = attached.get_payload(decode=True)
    assert isinstance(content, bytes)
    document = Document(io.BytesIO(content))
    text = "\n".join(cell.text for table in document.tables for cell in table._cells)
    assert "李娜" in text
    assert "进纸轮磨损" in text
