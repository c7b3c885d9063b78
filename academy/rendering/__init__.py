"""How does a master become a notebook?  Lessons with stubs, papers for nbgrader."""

from academy.rendering.cells import notebook_text
from academy.rendering.lesson import lesson_cells, lesson_facts
from academy.rendering.paper import paper_cells
from academy.rendering.setting import ANNEX, Setting, lesson_setting, setting_of

__all__ = [
    "ANNEX",
    "Setting",
    "lesson_cells",
    "lesson_facts",
    "lesson_setting",
    "notebook_text",
    "paper_cells",
    "setting_of",
]
