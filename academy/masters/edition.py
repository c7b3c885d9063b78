"""Which lessons are still in the first edition's form?  The one list that the rewriting empties."""

from __future__ import annotations

from pathlib import Path

from academy.masters.reading import MasterError

__all__ = ["FIRST_EDITION", "first_edition"]

FIRST_EDITION = "text/course/first-edition.txt"


def first_edition(root: Path) -> frozenset[str]:
    """Names of the lessons that need not yet have the second edition's form.

    Raises
    ------
    MasterError
        The list names a lesson that has no master.
    """
    path = root / FIRST_EDITION
    if not path.exists():
        return frozenset()
    names = path.read_text(encoding="utf-8").split()
    for name in names:
        if not (root / "text/course" / f"{name}.py").exists():
            raise MasterError(f"{FIRST_EDITION}：没有 {name} 这一课，请从名单里删掉。")
    return frozenset(names)
