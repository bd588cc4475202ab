"""Write every regression mail of this folder anew."""

from __future__ import annotations

import write_clients
import write_containers
import write_decoding
import write_findings
import write_machines
import write_matrix
import write_people
import write_replies

if __name__ == "__main__":
    write_replies.write()
    write_clients.write()
    write_containers.write()
    write_decoding.write()
    write_findings.write()
    write_machines.write()
    write_matrix.write()
    write_people.write()
