"""What does a paper examine?  Masters of papers read with their role's blueprint."""

from academy.papers.blueprint import (
    KINDS,
    LEVELS,
    SKILLS,
    Blueprint,
    BlueprintError,
    PlannedPart,
    read_blueprint,
)
from academy.papers.items import Item, item_metadata, items
from academy.papers.parts import Part, Tolerance, stem_of
from academy.papers.reading import Paper, read_paper

__all__ = [
    "KINDS",
    "LEVELS",
    "SKILLS",
    "Blueprint",
    "BlueprintError",
    "Item",
    "Paper",
    "Part",
    "PlannedPart",
    "Tolerance",
    "item_metadata",
    "items",
    "read_blueprint",
    "read_paper",
    "stem_of",
]
