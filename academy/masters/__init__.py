"""What does a master say?  Reading and writing the masters of text/: cells, answers, mistakes."""

from academy.masters.figures import GIVEN_TAG, Mark, marks, plain, plain_master, remark
from academy.masters.mistakes import Mistake, mistakes
from academy.masters.reading import MasterError, answer_id, has_tag, read_master, write_master
from academy.masters.solutions import PLACEHOLDER, blanks, solution, stub

__all__ = [
    "GIVEN_TAG",
    "PLACEHOLDER",
    "Mark",
    "MasterError",
    "Mistake",
    "answer_id",
    "blanks",
    "has_tag",
    "marks",
    "mistakes",
    "plain",
    "plain_master",
    "read_master",
    "remark",
    "solution",
    "stub",
    "write_master",
]
