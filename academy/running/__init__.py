"""How are the cells of a notebook run without starting a kernel for each?"""

from academy.running.runner import CellFailed, Runner, run_cells, run_notebook

__all__ = ["CellFailed", "Runner", "run_cells", "run_notebook"]
