"""A process of its own for bombs: reads the mail of each line of its input; the kernel ends it
when one costs more than the product allows.

Output: one JSON object a mail. Linux only: the address space bounds what is resident.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path

from processor.parsing.parse import parse

CPU_SECONDS = 2.0  # of one mail
MEMORY = 300 * 2**20  # of the whole process


def main() -> None:
    """Read every mail named on the standard input, each within its bounds."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin:
        raw = Path(line.rstrip("\n")).read_bytes()
        spent = resource.getrusage(resource.RUSAGE_SELF)
        used = spent.ru_utime + spent.ru_stime
        # SIGPROF ends the process at the very second; SIGXCPU, in whole seconds, stands behind.
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + CPU_SECONDS) + 2, -1))
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        message = parse(raw)
        signal.setitimer(signal.ITIMER_PROF, 0)
        del raw
        answer = {
            "defects": message.defects,
            "text": len(message.text),
            "reply_text": len(message.reply_text),
            "attachments": [len(one.content) for one in message.attachments],
            "size": message.size,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
        del message


if __name__ == "__main__":
    main()
