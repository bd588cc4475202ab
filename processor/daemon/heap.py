"""How often Python looks for rubbish that reference counting leaves behind."""

from __future__ import annotations

import gc

YOUNG = 10_000  # objects more than before; a mail makes some thousand, and few are in cycles


def calm() -> None:
    """Whatever exists by now stays: modules, rules, templates, words. The collector need not walk
    through them again for every few hundred objects that a mail makes (about a tenth of all)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
