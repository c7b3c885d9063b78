"""What does an error of somebody else's library mean to staff?  One Chinese sentence with the remedy."""

from __future__ import annotations

import errno
import re
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from academy.clock import TIMEZONE
from academy.nbgrader_words import in_chinese

__all__ = ["told"]

CONFIG = "nbgrader_config.py"
TRAIT = re.compile(
    r"The '(\w+)' trait of an? (\w+) instance expected (?:an? )?(.+?), not (?:the )?(.+)"
)
KINDS = {
    "int": "整数",
    "float": "数",
    "unicode string": "文字",
    "str": "文字",
    "boolean": "True 或 False",
    "list": "一列",
    "dict": "一组键和值",
}


def told(error: Exception) -> str:
    """The sentence for an error that no module of ours foresaw.

    What is unknown even here is written to a file with its traceback, for the maintainers.
    """
    for sentence in (_config(error), _file(error), _data(error), _missing_library(error)):
        if sentence:
            return sentence
    # the driver's own words, where SQLAlchemy wraps them together with the statement
    known = in_chinese(f"{type(error).__name__}: {getattr(error, 'orig', error)}")
    return f"{known}。" if known else _unknown(error)


def _config(error: Exception) -> str | None:
    """A mistake in nbgrader_config.py, by the line it was met at."""
    if isinstance(error, SyntaxError) and str(error.filename).endswith(CONFIG):
        return (
            f"{CONFIG} 第 {error.lineno} 行写错了（{(error.text or '').strip()}）：请改好这一行。"
        )
    found = TRAIT.match(str(error)) if _is(error, "traitlets", "TraitError") else None
    if found:
        trait, owner, wanted, value = found.groups()
        kind = KINDS.get(wanted, wanted)
        return f"{CONFIG} 里 c.{owner}.{trait} 应是{kind}，现在是 {value.rstrip('.')}：请改好它。"
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).name == CONFIG
    ]
    if lines:
        return f"{CONFIG} 第 {lines[-1]} 行出错（{type(error).__name__}: {error}）：请改好这一行。"
    return None


def _file(error: Exception) -> str | None:
    if not isinstance(error, OSError):
        return None
    name = error.filename or "文件"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"磁盘满了，写不了 {name}：请空出地方，再运行一次。"
    if error.errno == errno.EROFS:
        return f"{name} 在只读的盘上：请换一个能写的文件夹。"
    if isinstance(error, PermissionError):
        return f"没有权限读写 {name}：请用建它的那个用户运行，或改好它的权限；正在 Excel 里打开的，请先关掉。"
    if isinstance(error, FileNotFoundError):
        return f"没有 {name}：请核对路径。"
    if isinstance(error, FileExistsError):
        return f"{name} 已经在了：请换一个名字，或先挪开它。"
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return f"{name} 的路径上，该是文件的是文件夹，或者反过来：请核对路径。"
    return None


def _data(error: Exception) -> str | None:
    """Files that can't be read as what they should be."""
    mark = getattr(error, "problem_mark", None)
    if _is(error, "yaml", "YAMLError") and mark is not None:
        return f"{mark.name} 第 {mark.line + 1} 行读不懂：请看这一行的缩进、冒号与引号。"
    if isinstance(error, UnicodeDecodeError):
        return f"有一个文件不是 UTF-8 编码（{error.object[error.start : error.start + 8]!r}）：请另存为 UTF-8，再运行一次。"
    if _is(error, "pandas", "EmptyDataError"):
        return "有一个表是空的，连列名也没有：请核对名单文件。"
    if (
        _is(error, "zipfile", "BadZipFile")
        or _is(error, "openpyxl", "InvalidFileException")
        or "Excel file format cannot be determined" in str(error)
    ):
        return "有一个 Excel 文件打不开（可能是改了后缀的旧格式，或没有传完整）：请用 Excel 打开它，另存为 .xlsx。"
    return None


def _missing_library(error: Exception) -> str | None:
    if isinstance(error, ModuleNotFoundError):
        return f"环境里少了 {error.name}：请重新运行 make，再用 .venv/bin/ccom。"
    return None


def _unknown(error: Exception) -> str:
    text = "".join(traceback.format_exception(error))
    stamp = f"{datetime.now(TIMEZONE):%Y%m%d-%H%M%S}"
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"ccom-{stamp}-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(text)
    last = text.strip().splitlines()[-1]
    return f"程序里有没料到的错（{last}）：不是你的操作，请把 {file.name} 发给课程的维护人。"


def _is(error: Exception, module: str, name: str) -> bool:
    """Whether the error is of a library's class, without importing the library."""
    return any(
        kind.__name__ == name and kind.__module__.split(".")[0] == module
        for kind in type(error).__mro__
    )
