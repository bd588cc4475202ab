"""From the association file to the domain's values."""

from __future__ import annotations

from processor.domain.association import (
    AssociationSettings,
    ItemSettings,
    KnowledgeSettings,
    LikenessSettings,
)
from processor.domain.configuration import ConfigurationItem
from processor.settings.schema.association import AssociationFile


def association_of(file: AssociationFile) -> AssociationSettings:
    """What the administrator decided of association."""
    knowledge, items = file.knowledge.model_dump(), file.items.model_dump(exclude={"listed"})
    listed = tuple(ConfigurationItem(**one.model_dump()) for one in file.items.listed)
    return AssociationSettings(
        similar=LikenessSettings(**file.similar.model_dump()),
        knowledge=KnowledgeSettings(**knowledge),
        items=ItemSettings(**items, listed=listed),
    )
