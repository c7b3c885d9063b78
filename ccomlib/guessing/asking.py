"""怎样问学员先猜一猜？能显示控件就给一个小表单，不能就在格子里加一个词。"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ccomlib.guessing.records import LETTERS, Guess, records
from ccomlib.guessing.screen import has_screen, show

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["guess"]

SEEN = "已记下：{}。往下运行，看实际是多少。"
SKIPPED = "好，不猜了。往下运行，直接看。"


def guess(
    name: str,
    question: str,
    *,
    unit: str | None = None,
    options: Sequence[str] | None = None,
    mine: float | str | None = None,
) -> None:
    """先猜：问一个数，或问选哪一个，记下来；后面的讲解等着它打开。

    Parameters
    ----------
    name : 编号，一课里不重复；讲解与课堂投票用它认这一题。
    question : 问题。
    unit : 猜一个数时的单位，如 "%"、"人"、"通"；没有单位的写 ""。
    options : 猜选哪一个时的选项，不写字母；与 `unit` 二选一。
    mine : 不用表单，直接写猜的：60、"B"；写 "不猜" 就直接看。

    Raises
    ------
    ValueError
        `unit` 与 `options` 都没有给或都给了，选项不足两个，或 `mine` 不是一个数、不是哪个选项。

    Notes
    -----
    一题只记第一次猜的。同一格再运行，记下的还在；问题改了才重新记。
    单位是 % 时，60、0.6、"60%" 是一个意思。

    Examples
    --------
    >>> guess("最低", "上午最差的时段接起几成？", unit="%", mine=60)
    ○ 先猜：上午最差的时段接起几成？
    已记下：60%。往下运行，看实际是多少。
    >>> guess("哪段", "哪一段最差？", options=["08:30", "11:00"], mine="B")
    ○ 先猜：哪一段最差？
    A. 08:30
    B. 11:00
    已记下：B. 11:00。往下运行，看实际是多少。
    """
    _check(name, unit, options)
    asked = Guess(name, question, unit or "", tuple(map(str, options or ())))
    known = records.get(name)
    if known is None or (known.question, known.options) != (asked.question, asked.options):
        # 讲解先运行过的，它在等的是编号
        asked._waiting = known._waiting if known is not None else []
        records[name] = known = asked
    if mine is not None:
        known.take(mine)
    if mine is None and not known.given and has_screen():
        _show_form(known)
    else:
        show(_plain(known), _as_html(known))


def _check(name: str, unit: str | None, options: Sequence[str] | None) -> None:
    if not isinstance(name, str) or not name.strip():
        raise ValueError('guess 的第一项是编号，如 guess("最低", "问题", unit="%")：请补上。')
    if (unit is None) == (options is None):
        raise ValueError(f"猜 {name}：unit（猜一个数）与 options（猜选哪一个）要给一样，请补上。")
    if options is not None and not 2 <= len(options) <= len(LETTERS):
        raise ValueError(f"猜 {name}：选项有 {len(options)} 个，应有 2 到 {len(LETTERS)} 个。")


def _lettered(one: Guess) -> list[str]:
    return [f"{letter}. {text}" for letter, text in zip(LETTERS, one.options, strict=False)]


def _outcome(one: Guess) -> str:
    if one.value is not None:
        return SEEN.format(one.shown(one.value))
    return SKIPPED if one.skipped else ""


def _how(one: Guess) -> str:
    """没有表单时怎样作答。"""
    mine = '"B"' if one.options else "60"
    return f'在这一格的最后一个括号前加上 , mine={mine}（换成你猜的；不想猜写 mine="不猜"），再运行一遍。'


def _plain(one: Guess) -> str:
    lines = [f"○ 先猜：{one.question}", *_lettered(one), _outcome(one) or _how(one)]
    return "\n".join(lines)


def _as_html(one: Guess) -> str:
    """已经猜过的一题；还没有猜、又没有表单时，照文字显示。"""
    options = "".join(f"<div>{html.escape(text)}</div>" for text in _lettered(one))
    said = html.escape(_outcome(one) or _how(one))
    return f"<p><b>先猜</b>　{html.escape(one.question)}</p>{options}<p>{said}</p>"


def _show_form(one: Guess) -> None:
    try:
        form = _form(one)
    except ImportError:
        show(_plain(one), _as_html(one))
        return
    # 显示不了控件的地方（别的前端、导出的网页）看到的是文字，照着它也能作答
    from IPython.display import display

    display(form._repr_mimebundle_() | {"text/plain": _plain(one)}, raw=True)


def _form(one: Guess) -> VBox:
    import ipywidgets as widgets

    wide = widgets.Layout(width="100%")
    title = widgets.HTML(f"<b>先猜</b>　{html.escape(one.question)}", layout=wide)
    if one.options:
        field: Any = widgets.RadioButtons(
            options=list(zip(_lettered(one), LETTERS, strict=False)), value=None, layout=wide
        )
        asked = [field]
    else:
        field = widgets.Text(placeholder="写一个数", layout=widgets.Layout(width="9em"))
        asked = [widgets.HBox([field, widgets.Label(one.unit)])]
    take = widgets.Button(description="记下", button_style="primary")
    skip = widgets.Button(description="不猜了，直接看", layout=widgets.Layout(width="auto"))
    said = widgets.HTML(layout=wide)

    def answer(value: Any) -> None:
        try:
            one.take(value)
        except ValueError as error:
            said.value = f"<span style='color:#B00020'>{html.escape(str(error))}</span>"
            return
        said.value = html.escape(_outcome(one))
        for part in (field, take, skip):
            part.disabled = True

    take.on_click(lambda _: answer("" if field.value is None else field.value))
    skip.on_click(lambda _: answer("不猜"))
    return widgets.VBox([title, *asked, widgets.HBox([take, skip]), said])
