"""Finds what is shipped beside the code: ``config`` and ``templates``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def data(name: str) -> Path:
    """The folder of that name: inside the installed package, else at the repository's root.

    Raises FileNotFoundError when the installation is not whole.
    """
    package = Path(str(files("processor")))
    for place in (package / "_data" / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the installation lacks its {name!r} folder (looked in {package})")
