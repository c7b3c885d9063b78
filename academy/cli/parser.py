"""How does the command line speak Chinese?  argparse's English by a table, its types by name."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

__all__ = ["WORDS", "Parser", "chinese", "nearest"]

# argparse asks gettext for each of these; a test holds the table against argparse's source
WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这份说明",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s %(message)s",
    "the following arguments are required: %s": "还缺 %s",
    "one of the arguments %s is required": "%s 要给一个",
    "expected one argument": "后面要跟一个值",
    "expected at most one argument": "后面最多跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "expected %s argument": "后面要跟 %s 个值",
    "expected %s arguments": "后面要跟 %s 个值",
    "unrecognized arguments: %s": "不认识 %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 可以是 %(matches)s，请写全",
    "invalid choice: %(value)r (choose from %(choices)s)": "不能是 %(value)r，应是 %(choices)s 之一",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有动词 %(parser_name)r，有 %(choices)s",
    "invalid %(type)s value: %(value)r": "不能是 %(value)r",
    "not allowed with argument %s": "不能与 %s 一起用",
    "ignored explicit argument %r": "后面不用跟值，多了 %r",
    "unexpected option string: %s": "不认识 %s",
    "can't open '%(filename)s': %(error)s": "打不开 %(filename)s：%(error)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
}
POSITIONAL = {"paper": "试卷", "sitting": "场次", "file": "文件", "action": "动作", "role": "岗位"}


class Parser(argparse.ArgumentParser):
    """An argument parser that names values and mistakes in Chinese, and knows its options."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.known: list[str] = []
        super().__init__(*args, allow_abbrev=False, **kwargs)
        self.register("type", int, _whole)
        self.register("type", float, _number)

    def add_argument(self, *names: str, **kwargs: Any) -> argparse.Action:
        """As argparse's, with a Chinese name for the value."""
        self.known += [name for name in names if name.startswith("--")]
        takes_value = kwargs.get("action", "store") in {"store", "append"}
        if names[0] in POSITIONAL:
            kwargs.setdefault("metavar", POSITIONAL[names[0]])
        elif takes_value and "choices" not in kwargs:
            kwargs.setdefault("metavar", _value_name(kwargs.get("type")))
        return super().add_argument(*names, **kwargs)

    def error(self, message: str) -> NoReturn:
        """One line on what is wrong with the call; exit code 2."""
        self.exit(2, f"{self.prog}：{message}。用法见 {self.prog} --help\n")


@contextmanager
def chinese() -> Iterator[None]:
    """argparse in Chinese, as long as the context lasts."""
    before = argparse._, argparse.ngettext
    argparse._ = lambda text: WORDS.get(text, text)
    argparse.ngettext = lambda one, many, count: WORDS.get(one if count == 1 else many, many)
    try:
        yield
    finally:
        argparse._, argparse.ngettext = before


def nearest(word: str, known: list[str]) -> str:
    """「是不是 grade？」 where one of the known words is near, else nothing."""
    found = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"，是不是 {found[0]}" if found else ""


def _value_name(kind: Any) -> str:
    if kind is Path:
        return "路径"
    return "值" if kind in {None, str} else "数"


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"应是整数，现在是 {text!r}") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"应是数，现在是 {text!r}") from None
