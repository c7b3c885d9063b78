"""What may a cell get from the learner beyond plain data?  What it got from the reference.

The dry run notes all that the reference gave that is more than data, each as one line of text:

``object ps1()``
    an object with ways of its own came from calling ``ps1``; other sources are a name, ``.name``
    (an attribute), ``%items`` (an operation), ``…[]`` (a step of an iterator).
``ask .total``, ``ask %add``
    an attribute was asked of such an object, an operation done with it.
``library numpy:median``
    that very function, class, module or object of a library.
``field apply``
    a function in a field of a namespace, a named tuple or a record of a library.
``record scipy.optimize:OptimizeResult``
    a record of that class.
``raise StopIteration``
    an exception that tests use to steer themselves, or that no ``except Exception`` catches.
``masked x``, ``back x``
    an array with hidden values; an object of the test's own that came back.

Everything else that a learner's process sends is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

__all__ = ["Permits", "family"]

FAMILIES = {
    "items": "bool len length_hint iter next getitem contains reversed missing",
    "order": "lt le gt ge",
    "number": "int float index complex round trunc floor ceil",
    "context": "enter exit",
    "change": "setitem delitem",
    "equal": "eq ne",
    "text": "repr str format bytes",
}
FAMILY = {f"__{name}__": family for family, names in FAMILIES.items() for name in names.split()}
ARITHMETIC = frozenset(
    [
        "add",
        "sub",
        "mul",
        "matmul",
        "truediv",
        "floordiv",
        "mod",
        "divmod",
        "pow",
        "lshift",
        "rshift",
        "and",
        "or",
        "xor",
    ]
)


def family(special: str) -> str:
    """The operation that a special method is for.

    >>> [family(name) for name in ("__radd__", "__iadd__", "__len__", "__neg__")]
    ['add', 'add', 'items', 'neg']
    """
    name = special.strip("_")
    if name[:1] in ("r", "i") and name[1:] in ARITHMETIC:
        name = name[1:]
    return FAMILY.get(special, name)


class Permits:
    """What one cell may get; `noted` is what it got where everything was allowed.

    Parameters
    ----------
    shown : what the dry run noted for the cell; None to allow all and note it.
    source : the cell's text.
    """

    def __init__(self, shown: Iterable[str] | None = (), source: str = "") -> None:
        self.shown = None if shown is None else frozenset(shown)
        self.noted: set[str] = set()
        self._source = source

    @property
    def everything(self) -> bool:
        """Whether this is the reference's run."""
        return self.shown is None

    def allows(self, kind: str, *names: str) -> bool:
        """Whether one of the names is shown; the reference's run notes them all."""
        lines = [f"{kind} {name}" for name in names]
        if self.shown is None:
            self.noted.update(lines)
            return True
        return any(line in self.shown for line in lines)

    def allows_asking(self, name: str) -> bool:
        """Whether an attribute may be asked for; `note_asked` when it was there."""
        if name.startswith("__"):
            return name in self.words and (self.everything or f"ask .{name}" in self.shown)
        return self.everything or f"ask .{name}" in self.shown or name in self.words

    def note_asked(self, name: str) -> None:
        """The attribute was there."""
        if self.shown is None:
            self.noted.add(f"ask .{name}")

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the cell's text."""
        return frozenset(re.findall(r"[^\W\d]\w*", self._source))
