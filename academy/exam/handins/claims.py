"""Whose is a file by its name?  The learners that the names of a file and its folders point to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from academy.exam.sitting import Enrolled

__all__ = ["Claims"]

# what is shorter can be anything when it does not stand first: 「px(1)」, 「2025」
LONG = 5
HAN = "\u3400-\u9fff"


class Claims:
    """The learners of a sitting, to be found in names.

    A number counts where the name begins with it, and anywhere if it has five characters or more;
    a learner's own name counts where nobody else in the sitting has it.
    """

    def __init__(self, learners: Iterable[Enrolled]) -> None:
        learners = list(learners)
        shared = Counter(one.name for one in learners)
        self._numbers = sorted((one.number for one in learners), key=len, reverse=True)
        self._names = {
            one.name: one.number for one in learners if len(one.name) > 1 and shared[one.name] == 1
        }

    def in_path(self, path: str) -> set[str]:
        """Numbers of the learners that any part of a path points to."""
        return {number for part in path.split("/") for number in self._in_name(part)}

    def _in_name(self, name: str) -> set[str]:
        found = set()
        for number in self._numbers:
            before = r"(?<![0-9A-Za-z])" if len(number) >= LONG else r"^\s*"
            if re.search(before + re.escape(number) + r"(?![0-9A-Za-z])", name, re.IGNORECASE):
                found.add(number)
        for own, number in self._names.items():
            # 王敏 does not stand in 王敏静
            if re.search(f"(?<![{HAN}]){re.escape(own)}(?![{HAN}])", name):
                found.add(number)
        return found
