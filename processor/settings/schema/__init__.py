"""One pydantic model for each file of ``config/``; field descriptions are the JSON Schema's."""

from __future__ import annotations

import os
from typing import Any

# Plugins of other packages have no business with a configuration, and looking for them among all
# that is installed takes a third of the time that pydantic needs to start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def schema() -> dict[str, dict[str, Any]]:
    """File → JSON Schema; see :mod:`processor.settings.export`."""
    from processor.settings import export

    return export.schema()
