"""The folder that stands for an SMTP server."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.delivery.outbox_folder import OutboxFolder, file_name
from processor.delivery.sender import Outcome, Parcel, SenderDown


def parcel(number: int, event: str = "opened", incident: str = "INC-20261122-0001") -> Parcel:
    return Parcel(number, event, incident, "", ("a@b.test", "c@d.test"), b"mail %d" % number)


def test_every_mail_is_one_file_and_a_repeat_writes_over_itself(tmp_path: Path) -> None:
    sender = OutboxFolder(tmp_path / "outbox")
    for number in (9, 10, 9):
        outcome = sender.send(parcel(number))
        assert outcome == Outcome(accepted=("a@b.test", "c@d.test"))
    files = sorted((tmp_path / "outbox").iterdir())
    assert [file.name for file in files] == [
        "0000000009-opened-INC-20261122-0001.eml",
        "0000000010-opened-INC-20261122-0001.eml",
    ]
    assert files[0].read_bytes() == b"mail 9"
    sender.close()


def test_a_mail_of_no_incident(tmp_path: Path) -> None:
    OutboxFolder(tmp_path).send(parcel(1, "help", ""))
    assert [file.name for file in tmp_path.iterdir()] == ["0000000001-help.eml"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SenderDown, match="file"):
        OutboxFolder(tmp_path / "file").send(parcel(1))


@given(st.integers(1, 10**10 - 1), st.text(), st.text())
def test_names_stay_in_the_folder(number: int, event: str, incident: str) -> None:
    name = file_name(parcel(number, event, incident))
    assert Path(name).name == name
    assert name.isascii()
    assert name.startswith(f"{number:010d}")
    assert name.endswith(".eml")
