"""How is a notebook run in a kernel of its own?"""

from __future__ import annotations

import os
from pathlib import Path

from nbclient import NotebookClient
from nbformat import NotebookNode

__all__ = ["run_notebook"]


def run_notebook(
    notebook: NotebookNode,
    folder: Path,
    *,
    seconds: int = 60,
    allow_errors: bool = False,
    environment: dict[str, str] | None = None,
) -> None:
    """Run all cells in place.

    Parameters
    ----------
    folder : working folder of the kernel.
    seconds : longest time for one cell.
    allow_errors : go on past a cell that fails.
    environment : additional environment variables of the kernel.
    """
    client = NotebookClient(
        notebook,
        timeout=seconds,
        allow_errors=allow_errors,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=40"],
    )
    client.execute(env=os.environ | (environment or {}))
