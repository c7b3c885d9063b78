"""What happens when a learner opens the course: check, set up, working copy, JupyterLab."""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
from pathlib import Path

from .environment import SetupError, Shipped, prepare
from .serving import LabError, serve
from .working_copy import bring_up_to_date

__all__ = ["main"]

HOME_VARIABLE = "CCOM_HOME"
HOME = "CCOM课程"
ORIGINALS = "课程原件"


def main(program: Path, arguments: list[str] | None = None) -> int:
    """Open the course; 0 when it was closed in order, 1 when something must be mended.

    Parameters
    ----------
    program : the folder ``program`` of the package.
    arguments : the command line: ``--setup-only`` stops before JupyterLab opens,
        ``--no-browser`` leaves the browser alone.
    """
    words = sys.argv[1:] if arguments is None else arguments
    try:
        _open(program, "--setup-only" in words, "--no-browser" not in words)
    except (SetupError, LabError) as error:
        return _failed(str(error))
    except OSError as error:
        return _failed(_trouble(error))
    except KeyboardInterrupt:
        say("已停下；再打开一次就接着来。")
    return 0


def say(text: str) -> None:
    """One line on the learner's screen."""
    print(text, flush=True)


def _open(program: Path, setup_only: bool, browser: bool) -> None:
    package = json.loads((program / "package.json").read_text(encoding="utf-8"))
    home = Path(os.environ.get(HOME_VARIABLE) or Path.home() / HOME).absolute()
    home.mkdir(parents=True, exist_ok=True)
    say(f"{package['title']}　版本 {package['version']}")
    say(f"[1/3] Python {platform.python_version()}，可以用。")
    shipped = Shipped(
        program / package["wheel"],
        program / "requirements-locked.txt",
        program / "requirements.txt",
    )
    python = prepare(home, shipped, lambda text: say(f"[2/3] {text}"))
    work = home / package["role"]
    fresh = not work.exists()
    originals = {
        path.relative_to(program.parent / ORIGINALS).as_posix(): path.read_bytes()
        for path in sorted((program.parent / ORIGINALS).rglob("*"))
        if path.is_file() and not path.name.startswith((".", "~$"))
    }
    record = home / ".记录" / f"{package['role']}.json"
    changes = bring_up_to_date(originals, work, record, package["version"])
    say(f"[3/3] 你的课程文件夹：{work}")
    for change in changes if not fresh else ():
        say(f"　{change}")
    if setup_only:
        return
    first = min((name for name in originals if name.endswith(".ipynb")), default="")
    serve(python, work, home / "运行记录.txt", say, first=first if fresh else "", browser=browser)


def _trouble(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"磁盘满了，写不了「{error.filename}」：请空出约 2 GB，再打开一次。"
    if isinstance(error, PermissionError):
        return f"没有权限读写「{error.filename}」：请关掉正用着它的程序（如 Excel），再打开一次。"
    if isinstance(error, FileNotFoundError):
        return f"少了「{error.filename}」：请把压缩包重新整个解压，再打开一次。"
    return (
        f"读写「{error.filename}」没有成功（{error.strerror}）：请再打开一次；还是这样就告诉讲师。"
    )


def _failed(sentence: str) -> int:
    print(f"\n！{sentence}", file=sys.stderr, flush=True)
    return 1
