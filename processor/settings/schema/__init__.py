"""One pydantic model for each file of ``config/``; field descriptions are the JSON Schema's."""

from __future__ import annotations

from typing import Any


def schema() -> dict[str, dict[str, Any]]:
    """File → JSON Schema; see :mod:`processor.settings.export`."""
    from processor.settings import export

    return export.schema()
