"""学员运行检查格，听到哪一句话？"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from ccomlib.check.attempt import require_attempt
from ccomlib.check.forms import KINDS, describe, form_advice, has_form, remedy, shown
from ccomlib.check.matching import matches
from ccomlib.check.verdicts import Incorrect, Verdict
from ccomlib.notebook import past_of

__all__ = ["answered", "expect"]


def expect(
    actual: Any,
    equals: Any,
    *,
    what: str,
    hint: str = "",
    mistakes: Iterable[tuple[Any, str]] = (),
    tol: float = 1e-6,
    atol: float = 1e-9,
    unit: str | None = None,
) -> None:
    """检查答案：三种结果——还没有作答、不对（指出看哪里）、通过。

    Parameters
    ----------
    actual : 学员的答案。
    equals : 正确答案；数按误差比较，文字不计大小写、全半角和空格，列表、字典、表逐个比较。
    what : 这是什么，写进每一句话里。
    hint : 一般性错误时的提示：该看哪里，而不是答案。
    mistakes : 若干 (错误答案, 对症的话)，按顺序比对，先对上的先说。
    tol, atol : 相对误差与绝对误差，满足其一即可。
    unit : 写成文字的数认不认。不给就只认数；"share" 是比例（0.765、"76.5%" 都对），
        "percent" 是百分数（76.5、"76.5%" 都对），其余是单位本身（"人"：39、"39 人" 都对）。

    Raises
    ------
    NotAttempted, NotRun, NotWritten, Incorrect
        都是 AssertionError；在笔记本里只显示一句话。

    Examples
    --------
    >>> expect(20.0, 20, what="话务量")
    ✓ 通过：话务量
    >>> expect(72000, 20, what="话务量", mistakes=[(72000, "处理时长的单位是秒，要除以 3600。")])
    Traceback (most recent call last):
    ccomlib.check.verdicts.Incorrect: 话务量：处理时长的单位是秒，要除以 3600。
    >>> expect("76.5%", 0.765, what="服务水平", unit="share")
    ✓ 通过：服务水平
    """
    require_attempt(actual, what, past_of(sys._getframe(1)))
    if matches(actual, equals, tol=tol, atol=atol, unit=unit):
        print(f"✓ 通过：{what}")
        return
    for wrong, advice in mistakes:
        if matches(actual, wrong, tol=tol, atol=atol, unit=unit):
            raise Incorrect(f"{what}：{advice}")
    raise Incorrect(f"{what}：{form_advice(actual, equals, tol, unit)}{hint}")


def answered(value: Any, kind: str, *, what: str, unit: str | None = None) -> None:
    """试卷里的作答确认：有没有答、形式对不对；不透露对错，也不让运行停下。

    Parameters
    ----------
    value : 学员的答案。
    kind : "number"、"integer"、"text"、"letters"、"list"、"dict"、"table" 之一。
    what : 题号。
    unit : 写成文字的数认不认，与 `expect` 的相同。

    Examples
    --------
    >>> answered("B", "letters", what="第 1 题")
    第 1 题 已作答：B
    >>> answered("76.5%", "number", what="第 2 题", unit="share")
    第 2 题 已作答：76.5%（即 0.765）
    >>> answered("76.5%", "number", what="第 3 题")
    ✗ 形式不对：第 3 题：应填一个数，你填的是文字 '76.5%'，请去掉引号，写成 0.765。
    >>> answered(..., "number", what="第 4 题")
    ○ 还没有作答：第 4 题：把上一格的 ... 换成你的答案，运行上一格，再运行这一格。
    """
    if kind not in KINDS:
        raise ValueError(f"kind 是 {kind!r}，应是 {'、'.join(KINDS)} 之一。")
    try:
        require_attempt(value, what, past_of(sys._getframe(1)))
    except Verdict as verdict:
        print(*verdict._render_traceback_())
        return
    if has_form(value, kind, unit):
        print(f"{what} 已作答：{shown(value, kind, unit)}")
    else:
        print(
            f"✗ 形式不对：{what}：应填{KINDS[kind]}，你填的是{describe(value)}，"
            f"请{remedy(value, kind) or '改成要求的形式'}。"
        )
