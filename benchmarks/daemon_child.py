"""The daemon under measurement: works on a home until all is drained, then prints what it cost."""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from pathlib import Path

from sqlalchemy import text

from processor.bootstrap.clock import wall_clock
from processor.bootstrap.logs import configure
from processor.bootstrap.wiring import App, wire
from processor.daemon.service import Service
from processor.settings.loader import load

_LEFT = text(
    "SELECT (SELECT count(*) FROM ledger WHERE acknowledged_at IS NOT NULL),"
    " (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')),"
    " (SELECT count(*) FROM outbox WHERE state = 'sent')"
)


def main(home: Path, expected: int) -> None:
    """Run until ``expected`` messages are acknowledged and no mail is left to send."""
    configure(home / "logs" / "postdesk.log", console=False)
    app = wire(load(home), wall_clock)
    service = Service(app)
    cpu, began = time.process_time(), time.perf_counter()
    thread = threading.Thread(target=service.run, kwargs={"signals": False})
    thread.start()
    sent = _drained(app, expected)
    seconds, spent = time.perf_counter() - began, time.process_time() - cpu
    service.stop.set()
    thread.join()
    app.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": spent, "peak_mb": peak, "sent": sent}))


def _drained(app: App, expected: int) -> int:
    pause = threading.Event()
    while True:
        with app.store.read() as work:
            acknowledged, waiting, sent = work.connection.execute(_LEFT).one()
        if acknowledged >= expected and not waiting:
            return int(sent)
        pause.wait(0.1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
