"""What does the text of a choice, ordering or matching item say?  Options, key and wrong answers.

A choice item marks its key and gives each wrong option's cause below it::

    - [ ] 把全天各时段的需求加 3 人，再求解
      错因：以为人多总是好的
    - [x] 候选里添 16:30 起的短晚班，再求解

An ordering item lists its things in the right order, and wrong orders by their numbers::

    1. 客户联络领域的 CC-CMM 在上海发布
    2. 通信行业的 YD/T 2823 开始实施
    3. 电子行业的 SJ/T 11739 开始实施

    错排 213：把通信行业的规范记成最早

A matching item gives each statement its option behind an arrow, options that fit nothing as a
bullet, and wrong answers by what would stand there::

    1. 雷雨打停了一个职场，来电切到另一个职场 → 应急管理过程
    2. 排班师改了下周逐时段的人数 → 预测排班过程

    - 监控过程

    错配 1=监控过程：把突发事件当成监控
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from academy.masters import MasterError

__all__ = ["LETTERS", "Stem", "choice_stem", "match_stem", "option_lines", "order_stem"]

LETTERS = "ABCDEFGH"
OPTION = re.compile(r"^- \[( |x)\] (.+)$")
CAUSE = re.compile(r"^ +错因：(.+)$")
NUMBERED = re.compile(r"^\d+\. (.+)$")
BULLET = re.compile(r"^- (.+)$")
WRONG = re.compile(r"^错[排配] (.+?)：(.+)$")
ARROW = " → "


@dataclass(frozen=True)
class Stem:
    """The text of an item whose answer is letters.

    Attributes
    ----------
    text : str
        As the learner reads it on seat 0: without marks, causes and wrong answers.
    options : tuple of str
        As lettered on seat 0: A is the first.
    key : str
        Letters of the right answer on seat 0; empty when it depends on the seat's data.
    wrong : tuple of (str, str)
        Letters of a wrong answer and its cause.
    causes : tuple of str
        For each option of a choice item, why one would take it wrongly; empty for the key.
    """

    text: str
    options: tuple[str, ...]
    key: str
    wrong: tuple[tuple[str, str], ...]
    causes: tuple[str, ...] = ()


def choice_stem(source: str, where: str) -> Stem:
    """Read a choice item."""
    options: list[str] = []
    keys: list[int] = []
    causes: list[str] = []
    shown: list[str] = []
    for line in source.splitlines():
        option, cause = OPTION.match(line), CAUSE.match(line)
        if option:
            shown.append(f"- {LETTERS[len(options)]}. {option[2].strip()}")
            keys += [len(options)] * (option[1] == "x")
            options.append(option[2].strip())
            causes.append("")
        elif cause and options:
            causes[-1] = cause[1].strip()
        else:
            shown.append(line)
    if not 3 <= len(options) <= len(LETTERS) or len(set(options)) < len(options):
        raise MasterError(f"{where}：要有 3 到 8 个互不相同的选项「- [ ] …」，对的写「- [x] …」。")
    if len(keys) > 1:
        raise MasterError(f"{where}：单选题只能有一个「- [x]」，现在有 {len(keys)} 个。")
    without = [LETTERS[n] for n, cause in enumerate(causes) if not cause and n not in keys]
    if without:
        raise MasterError(
            f"{where}：选项 {'、'.join(without)} 没有错因，请在它下面一行写「  错因：…」。"
        )
    key = LETTERS[keys[0]] if keys else ""
    wrong = tuple((LETTERS[n], cause) for n, cause in enumerate(causes) if n not in keys)
    return Stem("\n".join(shown), tuple(options), key, wrong, tuple(causes))


def order_stem(source: str, where: str) -> Stem:
    """Read an ordering item; its things are shown in an order that says nothing of the right one."""
    lines = source.splitlines()
    things = [found[1].strip() for found in map(NUMBERED.match, lines) if found]
    if not 3 <= len(things) <= len(LETTERS) or len(set(things)) < len(things):
        raise MasterError(f"{where}：要有 3 到 8 件互不相同的事，按对的次序写成「1. …」「2. …」。")
    shown = _scrambled(things)
    letters = [LETTERS[shown.index(thing)] for thing in things]
    wrong = []
    for order, cause in _wrong(lines, "错排", where):
        if sorted(order) != sorted(str(n) for n in range(1, len(things) + 1)):
            raise MasterError(f"{where}：错排 {order} 要把 1 到 {len(things)} 各写一次。")
        wrong.append(("".join(letters[int(n) - 1] for n in order), cause))
    text = _with_options(lines, NUMBERED, option_lines(shown))
    return Stem(text, tuple(shown), "".join(letters), _different(wrong, "".join(letters), where))


def match_stem(source: str, where: str) -> Stem:
    """Read a matching item; its options are shown in an order that says nothing of the answer."""
    lines = source.splitlines()
    pairs = [found[1].rpartition(ARROW) for found in map(NUMBERED.match, lines) if found]
    extra = [found[1].strip() for found in map(BULLET.match, lines) if found]
    if len(pairs) < 3 or not all(statement for statement, _, _ in pairs):
        raise MasterError(f"{where}：要有 3 条以上「1. …{ARROW}选项」，箭头后面是它的选项。")
    targets = [target.strip() for _, _, target in pairs]
    options = list(dict.fromkeys([*targets, *extra]))
    if len(options) > len(LETTERS) or set(extra) & set(targets) or len(options) < 3:
        raise MasterError(f"{where}：选项要有 3 到 8 个，多余的选项不要与箭头后面的相同。")
    shown = _scrambled(options)
    letters = {option: LETTERS[place] for place, option in enumerate(shown)}
    key = "".join(letters[target] for target in targets)
    wrong = []
    for changes, cause in _wrong(lines, "错配", where):
        answer = list(key)
        for change in changes.split():
            number, _, option = change.partition("=")
            if option not in letters or not number.isdecimal() or not 0 < int(number) <= len(key):
                raise MasterError(f"{where}：错配 {change} 要写成「序号=选项」，选项照上面的写。")
            answer[int(number) - 1] = letters[option]
        wrong.append(("".join(answer), cause))
    statements = [f"{n}. {statement.strip()}" for n, (statement, _, _) in enumerate(pairs, 1)]
    text = _with_options(
        [line for line in lines if not BULLET.match(line)],
        NUMBERED,
        [*statements, "", *option_lines(shown)],
    )
    return Stem(text, tuple(shown), key, _different(wrong, key, where))


def option_lines(options: list[str] | tuple[str, ...]) -> list[str]:
    """Lines 「- A. …」, as a seat permutes them."""
    return [f"- {LETTERS[place]}. {option}" for place, option in enumerate(options)]


def _scrambled(things: list[str]) -> list[str]:
    """The things in the order of their digests: always the same, and never the order they came in."""
    for salt in range(100):
        shown = sorted(things, key=lambda thing: hashlib.sha256(f"{salt}{thing}".encode()).digest())
        if shown != things:
            return shown
    raise AssertionError(things)


def _wrong(lines: list[str], word: str, where: str) -> list[tuple[str, str]]:
    found = [line for line in lines if line.startswith(word)]
    read = [WRONG.match(line) for line in found]
    if not found or not all(read):
        raise MasterError(f"{where}：至少写一行「{word} …：错因」。")
    return [(one[1].strip(), one[2].strip()) for one in read]


def _different(wrong: list[tuple[str, str]], key: str, where: str) -> tuple[tuple[str, str], ...]:
    for letters, cause in wrong:
        if letters == key:
            raise MasterError(f"{where}：「{cause}」与正确答案相同，请改。")
    return tuple(wrong)


def _with_options(lines: list[str], kind: re.Pattern[str], options: list[str]) -> str:
    """The text with the options where the first line of that kind stood."""
    shown: list[str] = []
    for line in lines:
        if kind.match(line):
            shown += options
            options = []
        elif not WRONG.match(line):
            shown.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip("\n")
