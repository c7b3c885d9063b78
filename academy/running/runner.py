"""Who asks the warm process?  Starts it once for this process, sends cells, takes their outputs."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict

from academy.errors import CcomError

__all__ = ["CellFailed", "Runner", "run_cells", "run_notebook"]

Outputs = list[dict[str, Any]]


class CellFailed(CcomError):
    """A cell of a notebook that should run to its end failed."""


class Runner:
    """A warm process: everything is imported in it once, and it forks for each run.

    Cells run as a kernel of JupyterLab would run them, in a process of their own; nothing is
    contained, so only our own masters may run here.
    """

    def __init__(self) -> None:
        # one BLAS thread: a process with threads can't be forked safely
        environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "academy.running.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._lock = threading.Lock()

    def run(
        self,
        sources: list[str],
        folder: Path,
        *,
        seconds: float = 60,
        environment: dict[str, str] | None = None,
    ) -> list[Outputs]:
        """Run cells one after the other, going on past errors.

        Parameters
        ----------
        folder : working folder.
        seconds : longest time for one cell.
        environment : additional environment variables.

        Returns
        -------
        list of list of dict
            The outputs of each cell, as notebook outputs; an error is one of them.
        """
        order = {
            "sources": sources,
            "folder": os.fspath(folder.resolve()),
            "seconds": seconds,
            "environment": environment or {},
        }
        with self._lock:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
            return [json.loads(self._line()) for _ in sources]

    def _line(self) -> bytes:
        line = self._process.stdout.readline()
        if not line:
            raise CellFailed("跑格子的预热进程退出了：请看上面的报错，再运行一次。")
        return line

    def close(self) -> None:
        """End the process."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def run_cells(
    sources: list[str],
    folder: Path,
    *,
    seconds: float = 60,
    environment: dict[str, str] | None = None,
) -> list[Outputs]:
    """`Runner.run` with this process' own runner, which ends with the process."""
    return _shared().run(sources, folder, seconds=seconds, environment=environment)


def run_notebook(notebook: NotebookNode, folder: Path, *, seconds: float = 60) -> None:
    """Run all code cells of a notebook in place.

    Raises
    ------
    CellFailed
        A cell failed that may not; the outputs up to there are kept.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = run_cells([cell.source for cell in cells], folder, seconds=seconds)
    for number, (cell, outputs) in enumerate(zip(cells, found, strict=True), 1):
        cell.outputs, cell.execution_count = [from_dict(one) for one in outputs], number
        error = next((one for one in outputs if one["output_type"] == "error"), None)
        if error and "raises-exception" not in cell.metadata.get("tags", []):
            raise CellFailed(f"第 {number} 格：{error['ename']}：{error['evalue']}\n{cell.source}")


_runner: Runner | None = None


def _shared() -> Runner:
    global _runner
    if _runner is None:
        _runner = Runner()
        atexit.register(_runner.close)
    return _runner
