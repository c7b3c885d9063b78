"""课程本身有多快：引入 ccomlib、生成每张表、跑完每一课。

约定的上限：引入 0.5 秒，一张表 0.1 秒，一课 30 秒。只打印，不判定；各数都是本机本次的。
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import nbformat

from academy.running import run_notebook
from ccomlib import centre

ROOT = Path(__file__).resolve().parents[1]
TIMED_IMPORT = (
    "import time; t = time.perf_counter(); import ccomlib; print(time.perf_counter() - t)"
)


def best_of(times: int, run) -> float:
    """几次里最快的一次（秒）。"""
    seconds = []
    for number in range(times):
        begin = time.perf_counter()
        run(number)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def main() -> None:
    imported = subprocess.run(
        [sys.executable, "-c", TIMED_IMPORT], capture_output=True, text=True, check=True
    )
    print(f"{'import ccomlib':<28}{float(imported.stdout):8.3f} 秒（约定 0.5）")
    for name in centre.TABLES:
        # 每次换一个种子，什么都不缓存
        seconds = best_of(
            5, lambda number, name=name: centre.open_centre(seed=100 + number).table(name)
        )
        print(f"{'表 ' + name:<27}{seconds:8.3f} 秒（约定 0.1）")
    for path in sorted((ROOT / "course").glob("*/*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        begin = time.perf_counter()
        run_notebook(notebook, path.parent)
        print(
            f"{'课 ' + path.stem:<27}{time.perf_counter() - begin:8.1f} 秒（约定 30；第一课含预热）"
        )


if __name__ == "__main__":
    main()
