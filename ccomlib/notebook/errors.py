"""一格运行时出了错：哪一行、为什么、该怎样改？"""

from __future__ import annotations

import builtins
import difflib
import keyword
import re
from collections.abc import Iterable

from ccomlib.notebook.names import unwritten
from ccomlib.notebook.slips import explain_syntax
from ccomlib.notebook.source import HIDDEN, scan

__all__ = ["NO_INPUT", "explain_error"]

LETTERS = re.compile(r"[A-Ha-h]{1,8}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OTHER_LANGUAGES = {"true": "True", "false": "False", "null": "None", "none": "None", "nan": "None"}
NO_INPUT = "评卷时没有人回答 input()：把答案直接写在等号后面"
# 学员看得懂的原因；前面是 Python 的类别与话（3.11 到 3.13），{0} 是话里引的字
REASONS = (
    ("ZeroDivisionError", "", "除数是 0"),
    ("TypeError", r"'ellipsis'", "还有 ... 没有换成答案"),
    ("TypeError", r"'(?:str|int|float|list|dict|tuple)' object is not callable", "括号前面少了运算符，或把名字占作了别的用"),
    ("TypeError", r"can only concatenate str|unsupported operand.*'str'|not supported between.*'str'", "数和文字不能放在一起算：数不要加引号"),
    ("TypeError", r"missing .* argument.*?: (.+)", "少给了 {0}"),
    ("TypeError", r"unexpected keyword argument '(\w+)'|'(\w+)' is an invalid keyword", "没有叫 {0} 的参数，核对拼写"),
    ("TypeError", r"indices must be integers|not subscriptable", "方括号用错了地方：核对前面是不是表或字典"),
    ("KeyError", r"^'(.*)'$|^\"?\['(.*)'\] not in index", "没有「{0}」这一项：核对列名，一个字、一个空格都不能差"),
    ("IndexError", "", "取的位置超出了范围"),
    ("AttributeError", r"has no attribute '(\w+)'", "没有 .{0}：在句点后按 Tab 看有哪些"),
    ("FileNotFoundError", r"'([^']+)'", "找不到文件「{0}」：核对文件名，并放在笔记本旁边"),
    ("ModuleNotFoundError", r"'([^']+)'", "没有安装 {0}"),
    ("ImportError", r"cannot import name '(\w+)'", "没有叫 {0} 的工具，核对拼写"),
    ("ValueError", r"could not convert string to float: '(.*)'", "文字「{0}」不是数"),
    ("UnboundLocalError", r"'(\w+)'", "{0} 还没有值就用了"),
    ("RecursionError", "", "函数不停地调用自己"),
    ("MemoryError", "", "内存不够用了"),
    ("KeyboardInterrupt", "", "运行被中断了"),
)  # fmt: skip


def explain_error(
    source: str,
    kind: str,
    message: str,
    line: int | None = None,
    known: Iterable[str] = (),
    echo: bool = False,
) -> str | None:
    """出错的一格，用一句话说清；说不清就没有。

    Parameters
    ----------
    source : 一格的程序。
    kind, message : Python 的错误类别与说明。
    line : 第几行；语法错误不用给。
    known : 已经有值的名字，用来猜拼错的是哪一个。
    echo : 可不可以说出 `message` 里有、程序里没有的字；说给别人看的不可以。

    Examples
    --------
    >>> explain_error("q1 = C", "NameError", "name 'C' is not defined", 1)
    '第 1 行的 C 没有引号，写成 q1 = "C"'
    >>> explain_error("q = 1 / 0", "ZeroDivisionError", "division by zero", 1)
    '第 1 行：除数是 0'
    """
    syntax = explain_syntax(source)
    if syntax:
        return syntax
    where = f"第 {line} 行" if line else ""
    if kind == "StdinNotImplementedError":
        return f"{where}：{NO_INPUT}" if where else NO_INPUT
    if kind == "NameError":
        return _missing_name(source, message, line, known, echo)
    for name, pattern, words in REASONS:
        said = re.search(pattern, message) if name == kind else None
        if said and (echo or all(part in source for part in _quoted(said))):
            reason = words.format(*(part for part in said.groups() if part))
            return f"{where}：{reason}" if where else reason
    return None


def _quoted(said: re.Match) -> list[str]:
    """话里引的字。"""
    return [word for part in said.groups() if part for word in re.findall(r"\w+", part)]


def _missing_name(
    source: str, message: str, line: int | None, known: Iterable[str], echo: bool
) -> str | None:
    said = re.search(r"name '(\w+)' is not defined", message)
    if said is None:
        return None
    name = said[1]
    if _line_of(source, name) is None:
        return f"第 {line} 行用到的 {name} 还没有值" if echo and line else None
    line = line or _line_of(source, name)
    meant = unwritten(source).get(name)
    if meant:
        return meant
    where = f"第 {line} 行的 {name} " if line else f"{name} "
    if LETTERS.fullmatch(name) or CHINESE.search(name):
        written = _with_quotes(source, name, line)
        return f"{where}没有引号" + (f"，写成 {written}" if written else "：要加英文引号")
    if name in OTHER_LANGUAGES:
        return f"{where}要写成 {OTHER_LANGUAGES[name]}"
    if name.strip("_") != name and name.strip("_").isalnum() and name.startswith("__"):
        return f"{where}里的横线没有删掉：____ 要整个换成答案"
    close = difflib.get_close_matches(name, _useful(known), 1, 0.75)
    if close:
        return f"{where}没有这个名字：是不是 {close[0]}？"
    return f"{where}还没有值：是别的格算出来的，就先运行那一格；是文字，就加英文引号"


def _useful(names: Iterable[str]) -> list[str]:
    return [
        n for n in [*names, *vars(builtins)] if not n.startswith("_") and not keyword.iskeyword(n)
    ]


def _line_of(source: str, name: str) -> int | None:
    """名字第一次出现的那一行。"""
    found = re.search(rf"(?<!\w){name}(?!\w)", scan(source).code)
    return source.count("\n", 0, found.start()) + 1 if found else None


def _with_quotes(source: str, name: str, line: int | None) -> str | None:
    """这一行给这个名字加上引号之后的样子。"""
    lines, shown = source.split("\n"), scan(source).code.split("\n")
    if line is None:
        line = next(
            n for n, text in enumerate(shown, 1) if re.search(rf"(?<!\w){name}(?!\w)", text)
        )
    if not 0 < line <= len(lines):
        return None
    found = re.search(rf"(?<!\w){name}(?!\w)", shown[line - 1])
    if found is None or HIDDEN in found[0]:
        return None
    text = lines[line - 1]
    return f'{text[: found.start()]}"{name}"{text[found.end() :]}'.strip()
