"""What does a master say?  Reading and writing the masters of text/: cells, answers, notes, terms."""

from academy.masters.figures import GIVEN_TAG, Mark, marks, plain, plain_master, remark
from academy.masters.guesses import Asked, asked
from academy.masters.mistakes import Mistake, mistakes
from academy.masters.notes import Note, Poll, read_note
from academy.masters.reading import (
    MasterError,
    answer_id,
    has_tag,
    is_second,
    read_master,
    title_of,
    write_master,
)
from academy.masters.solutions import PLACEHOLDERS, blanks, placeholder, solution, stub
from academy.masters.terms import Term, reminders, shown_lines, terms
from academy.masters.warmup import Question, shown_warmup, warmup_cell, warmup_questions

__all__ = [
    "GIVEN_TAG",
    "PLACEHOLDERS",
    "Asked",
    "Mark",
    "MasterError",
    "Mistake",
    "Note",
    "Poll",
    "Question",
    "Term",
    "answer_id",
    "asked",
    "blanks",
    "has_tag",
    "is_second",
    "marks",
    "mistakes",
    "placeholder",
    "plain",
    "plain_master",
    "read_master",
    "read_note",
    "remark",
    "reminders",
    "shown_lines",
    "shown_warmup",
    "solution",
    "stub",
    "terms",
    "title_of",
    "warmup_cell",
    "warmup_questions",
    "write_master",
]
