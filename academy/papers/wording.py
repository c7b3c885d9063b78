"""What does every paper say in the same words?  Cover, how to answer, how points are given, the end."""

from __future__ import annotations

from collections.abc import Mapping

from academy.papers.blueprint import PlannedPart, plain_number
from academy.papers.parts import HEADING, Part
from academy.papers.reading import Paper
from ccomlib.scoring import match_ladder, order_ladder

__all__ = ["closing", "cover", "directions", "titled"]

NUMERALS = "零一两三四五六七八九十"
COVER = """\
共 {parts} 小题，{points} 分，{minutes} 分钟，{passed} 分合格。

**可以用**：这本笔记本、Excel、课程笔记。
**不可以**：请人代答，把答卷发给别人。

**怎样答**

- 把作答格里的 `...` 换成你的答案，运行它，再运行下面的确认格；确认格只说有没有答、形式对不对，不说对错。
- 可以写算式，也可以在 Excel 里算好只填数；评卷只看数值，不看写法。
- 选择、排序、配对填字母，带引号，如 `"B"`；每个人的选项次序不同，填你卷面上的字母。
- 比例填小数（7.5% 写 0.075）；除非题目说取整，不要自己取整。
- 每题各自读数据，跳着答没有关系。

**数据**：`paper.table("表名")` 得到一张表；同样的表在 `data` 文件夹里，是 CSV 文件，Excel 可以直接打开。
每个人的数据不同。

笔记本的文件名不要改，格子不要删。"""
CLOSING = """\
## 交卷前

- 菜单「内核」里选「重启内核并运行所有单元格」，看每个确认格都说「已作答」；说「还没有作答」的是漏答。
- 填的字母是你自己卷面上的，带引号；比例是小数，人数、通数、级别是整数。
- 保存，文件名仍是 `{paper}.ipynb`，再交卷。"""


def cover(paper: Paper, source: str) -> str:
    """The first cell: the author's title, what holds for every paper, the author's situation."""
    title, _, situation = source.strip("\n").partition("\n")
    terms = COVER.format(
        parts=len(paper.parts),
        points=paper.syllabus.points,
        minutes=paper.syllabus.minutes,
        passed=paper.syllabus.pass_points,
    )
    return "\n\n".join(part for part in (title, terms, situation.strip("\n")) if part)


def closing(paper: Paper) -> str:
    """The last cell."""
    return CLOSING.format(paper=paper.name)


def titled(text: str, plan: PlannedPart) -> str:
    """The stem with points and minutes behind its heading."""
    size = f"（{plain_number(plan.points)} 分，约 {plain_number(plan.minutes)} 分钟）"
    return HEADING.sub(lambda found: found[0].rstrip() + size, text, count=1)


def directions(part: Part) -> str:
    """How to answer the part and how its points are given."""
    lines = {"order": _order, "match": _match, "data": _data}.get(part.plan.kind, _choice)(part)
    return "\n\n".join(lines)


def _choice(part: Part) -> list[str]:
    return [f'**作答**：在 `{part.name}` 填一个字母，如 `{part.name} = "A"`。']


def _order(part: Part) -> list[str]:
    count = part.options
    letters = "ABCDEFGH"[:count]
    steps = order_ladder(count, part.plan.points)
    some = "，".join(
        f"错 {wrong} 对得 {plain_number(points)} 分"
        for wrong, points in enumerate(steps)
        if wrong and points
    )
    return [
        f'**作答**：在 `{part.name}` 按次序连写{_numeral(count)}个字母，如 `{part.name} = "{letters}"`。',
        f"**评分**：任意两件算一对，共 {count * (count - 1) // 2} 对；"
        f"先后全对 {plain_number(steps[0])} 分，{some}，再多不得分。",
    ]


def _match(part: Part) -> list[str]:
    count = len(part.stem.key)
    once = len(set(part.stem.key)) == count
    letters = "ABCDEFGH"[:count] if once else "A" * count
    reuse = "每个字母最多用一次" if once else "字母可以重复用"
    return [
        f'**作答**：在 `{part.name}` 按 1 到 {count} 的次序连写{_numeral(count)}个字母，如 `{part.name} = "{letters}"`；{reuse}。',
        f"**评分**：{_shares(count, part.plan.points)}。",
    ]


def _data(part: Part) -> list[str]:
    near = _nearness(part)
    if part.blanks > 1:
        what = f"把 `{part.name}` 里的{_numeral(part.blanks)}个 `...` 都换掉"
        points = (
            _shares(part.blanks, part.plan.points, part.shares)
            if part.shares
            else f"{_numeral(part.blanks)}个都对才得分"
        )
        return [
            f"**作答**：{what}{'，数不要再取整' if near else ''}。",
            f"**评分**：{near}{points}。",
        ]
    what = {
        "integer": "填一个整数",
        "number": "填一个数" + ("，不要再取整" if near else ""),
        "text": "填一段文字，带引号",
        "list": "填一个列表，次序不限",
        "dict": "填一个字典",
    }[part.form]
    points = {"list": "不多不少才得分", "text": "", "integer": ""}.get(part.form, "")
    lines = [f"**作答**：在 `{part.name}` {what}。"]
    return lines + [f"**评分**：{near}{points}".rstrip("，") + "。"] * bool(near or points)


def _nearness(part: Part) -> str:
    ways = []
    if part.tolerance.relative:
        ways.append(f"相对误差 {part.tolerance.relative * 100:g}% 以内算对")
    if part.tolerance.absolute:
        ways.append(f"误差不超过 {part.tolerance.absolute:g} 算对")
    return "（或）".join(ways) + "，" * bool(ways)


def _shares(count: int, points: float, shares: bool | Mapping[str, float] = True) -> str:
    """How points are given by value."""
    if isinstance(shares, Mapping):
        return "，".join(f"「{name}」{plain_number(one)} 分" for name, one in shares.items())
    steps = match_ladder(count, points)
    if steps == [points - n * points / count for n in range(count + 1)]:
        return f"每对一个得 {plain_number(points / count)} 分"
    some = "，".join(
        f"对 {count - wrong} 个得 {plain_number(step)} 分"
        for wrong, step in enumerate(steps)
        if wrong and step
    )
    return f"{count} 个都对得 {plain_number(steps[0])} 分，{some}"


def _numeral(count: int) -> str:
    return NUMERALS[count] if count < len(NUMERALS) else f" {count} "
