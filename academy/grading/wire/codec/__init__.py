"""How does a value travel between the two processes?  As plain data of exact types, never a pickle.

`core` has the format, `values`, `zones`, `arrays` and `frames` the closed list of types, `bases` what
is left of a subclass of theirs.
"""

from academy.grading.wire.codec import values  # noqa: F401 - registers itself
from academy.grading.wire.codec.core import (
    MAX_BYTES,
    MAX_DEPTH,
    Codec,
    NotPlain,
    Ready,
    Record,
    Undecodable,
)

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Codec", "NotPlain", "Ready", "Record", "Undecodable"]
