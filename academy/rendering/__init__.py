"""How does a master become a notebook?  Lessons with stubs, papers for nbgrader."""

from academy.rendering.cells import notebook_text
from academy.rendering.lesson import lesson_cells
from academy.rendering.paper import paper_cells

__all__ = ["lesson_cells", "notebook_text", "paper_cells"]
