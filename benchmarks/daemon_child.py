"""The daemon under measurement: works on a home until all is drained, then prints what it cost."""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
from sqlalchemy import text

from processor.bootstrap.clock import wall_clock
from processor.bootstrap.logs import configure
from processor.bootstrap.wiring import App, wire
from processor.daemon.courier import Courier
from processor.daemon.service import Service
from processor.settings.loader import load

# Answered from indexes: asking must not cost what is to be measured.
_TAKEN_IN = text("SELECT count(*) FROM ledger")
_OPEN = text("SELECT 1 FROM ledger WHERE acknowledged_at IS NULL LIMIT 1")
_WAITING = text("SELECT 1 FROM outbox WHERE state IN ('queued', 'sending') LIMIT 1")
_SENT = text("SELECT count(*) FROM outbox WHERE state = 'sent'")


def main(home: Path, expected: int) -> None:
    """Run until ``expected`` messages are acknowledged and no mail is left to send."""
    configure(home / "logs" / "postdesk.log", console=False)
    app = wire(load(home), wall_clock, smtp=Courier)
    service = Service(app)
    cpu, began = time.process_time(), time.perf_counter()
    thread = threading.Thread(target=service.run, kwargs={"signals": False})
    thread.start()
    sent, peak = _drained(app, expected)
    seconds = time.perf_counter() - began
    service.stop.set()
    thread.join()
    app.close()
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() - cpu + ended.ru_utime + ended.ru_stime
    print(json.dumps({"seconds": seconds, "cpu": spent, "peak_mb": peak, "sent": sent}))


def _peak_mb() -> float:
    """The highest resident memory so far of this process and of those that it started, summed
    as if nothing were shared."""
    here = psutil.Process()
    total = 0
    for process in (here, *here.children(recursive=True)):
        with suppress(OSError):  # ended meanwhile
            status = Path(f"/proc/{process.pid}/status").read_text()
            total += int(status.partition("VmHWM:")[2].split()[0])
    return total / 1024


def _drained(app: App, expected: int) -> tuple[int, float]:
    """How many mails were sent, and the peak of memory."""
    pause = threading.Event()
    while True:
        with app.store.read() as work:
            ask = work.connection.execute
            if (
                ask(_OPEN).first() is None
                and ask(_WAITING).first() is None
                and ask(_TAKEN_IN).scalar_one() >= expected
            ):
                return int(ask(_SENT).scalar_one()), _peak_mb()
        pause.wait(0.1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
