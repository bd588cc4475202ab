"""The files of ``config/`` and the model of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from processor.settings.documents import Document, Documents
from processor.settings.faults import ConfigFault, nearest
from processor.settings.home import in_language
from processor.settings.packaged import data
from processor.settings.schema.agreements import CalendarsFile, ContractsFile, SlaFile
from processor.settings.schema.alerts import AlertsFile
from processor.settings.schema.association import AssociationFile
from processor.settings.schema.emergency import EmergencyFile
from processor.settings.schema.forms import FormsFile
from processor.settings.schema.neighbours import ChangesFile, ProblemsFile
from processor.settings.schema.parsing import ParsingFile
from processor.settings.schema.people import PeopleFile, ReportersFile
from processor.settings.schema.postdesk import PostdeskFile
from processor.settings.schema.process import CommandsFile
from processor.settings.schema.profiles import ProfileFile
from processor.settings.schema.reports import ReportsFile
from processor.settings.schema.rounds import RoundsFile
from processor.settings.schema.vendors import VendorsFile

FILES: Mapping[str, type[BaseModel]] = {
    "postdesk.yaml": PostdeskFile,
    "people.yaml": PeopleFile,
    "contracts.yaml": ContractsFile,
    "sla.yaml": SlaFile,
    "calendars.yaml": CalendarsFile,
    "commands.yaml": CommandsFile,
    "reports.yaml": ReportsFile,
    "alerts.yaml": AlertsFile,
    "forms.yaml": FormsFile,
    "association.yaml": AssociationFile,
    "rounds.yaml": RoundsFile,
    "emergency.yaml": EmergencyFile,
    "problems.yaml": ProblemsFile,
    "changes.yaml": ChangesFile,
    "vendors.yaml": VendorsFile,
    "parsing.yaml": ParsingFile,
}
AS_SHIPPED = frozenset(
    {"alerts.yaml", "forms.yaml", "association.yaml", "rounds.yaml", "emergency.yaml",
     "problems.yaml", "changes.yaml", "vendors.yaml", "parsing.yaml"}
)  # fmt: skip
"""Files that a home may lack: an earlier release did not know them, and the shipped ones work
everywhere. The others say what only the house can: who, what was promised, which words."""
PROFILE = ProfileFile
REPORTERS = ReportersFile
FOLDERS = ("people", "profiles", "rules")


def gathered(documents: Documents, config: Path) -> dict[str, Document]:
    """Every file of the configuration by its name below ``config``, in the order of names.
    What is missing, or would be silently passed over, is a fault; but of :data:`AS_SHIPPED`."""
    found: dict[str, Document] = {}
    for name in FILES:
        if name in AS_SHIPPED and not (config / name).exists():
            found[name] = documents.shipped(f"config/{name}", _shipped(name, found))
        else:
            found[name] = documents.document(f"config/{name}", config / name)
    for folder in FOLDERS:
        for path in sorted((config / folder).glob("*.yaml")):
            name = f"{folder}/{path.name}"
            found[name] = documents.document(f"config/{name}", path)
    if not any(name.startswith("profiles/") for name in found):
        documents.faults.append(
            ConfigFault("config/profiles/*.yaml", 0, 0, "", "no_file", "restore_file")
        )
    documents.faults += _strangers(config)
    return found


def _shipped(name: str, found: Mapping[str, Document]) -> str:
    """The release's own file, as `init` would have written it for this desk."""
    desk = found["postdesk.yaml"].data
    language = desk.get("language") if isinstance(desk, dict) else ""
    text = (data("config") / name).read_text(encoding="utf-8")
    return in_language(text, language if language in ("zh", "en") else "zh")


def unfitting(found: Mapping[str, Document], faults: list[ConfigFault]) -> list[ConfigFault]:
    """``faults``, and of each shipped file that does not fit this home one that says so: nobody can
    mend a line of a file that is not there."""
    absent = {document.name for document in found.values() if not document.own}
    told: dict[str, ConfigFault] = {}
    for fault in faults:
        if fault.file in absent:
            told.setdefault(
                fault.file,
                ConfigFault(
                    fault.file, 0, 0, fault.value, "unfitting", "restore_file", detail=fault.problem
                ),
            )
    return [*(fault for fault in faults if fault.file not in absent), *told.values()]


def _strangers(config: Path) -> list[ConfigFault]:
    """YAML files of no known name: a slip of the keyboard must not switch a file off."""
    faults = []
    for path in sorted(config.glob("*.y*ml")):
        if path.name not in FILES:
            near = nearest(path.name, FILES)
            remedy = "did_you_mean" if near else "one_of"
            faults.append(
                ConfigFault(
                    f"config/{path.name}", 0, 0, path.name, "unknown_file", remedy,
                    expected=tuple(FILES), nearest=near,
                )
            )  # fmt: skip
    for folder in FOLDERS:
        for path in sorted((config / folder).glob("*.yml")):
            right = f"{path.stem}.yaml"
            faults.append(
                ConfigFault(
                    f"config/{folder}/{path.name}", 0, 0, path.name, "unknown_file",
                    "did_you_mean", expected=(right,), nearest=right,
                )
            )  # fmt: skip
    return faults
