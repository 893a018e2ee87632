"""Names that stay with a thing while its contents change."""

from __future__ import annotations

import uuid
from typing import NewType

ProjectId = NewType("ProjectId", str)
AssetId = NewType("AssetId", str)
ClipId = NewType("ClipId", str)
MaskId = NewType("MaskId", str)
TakeId = NewType("TakeId", str)
GroupId = NewType("GroupId", str)
RecipeId = NewType("RecipeId", str)
SectionId = NewType("SectionId", str)


def new_id() -> str:
    """Twelve random hexadecimal letters; wrap them in the type of the thing they name."""
    return uuid.uuid4().hex[:12]
