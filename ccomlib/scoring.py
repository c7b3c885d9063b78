"""评分：排序、配对与分项的题，答对一部分得几分？

同一种题在每份试卷里是同一条规则，写在题后：

- 排序：任意两件算一对，先后错得越多分越少，错到一半就没有分（肯德尔 τ，小于 0 记 0）；
- 配对与分项：每对一个得一份。

得分都取到 0.5 分；只要有错就不给满分。
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from ccomlib.check import NotAttempted, matches

__all__ = ["match_ladder", "match_points", "order_ladder", "order_points", "share_points"]


def order_ladder(count: int, points: float) -> list[float]:
    """排 ``count`` 件、满分 ``points``：先后错 0 对、1 对、2 对……各得几分，直到 0 分为止。

    >>> order_ladder(4, 4)
    [4.0, 2.5, 1.5, 0.0]
    """
    pairs = count * (count - 1) // 2
    return _ladder([1 - 2 * wrong / pairs for wrong in range(math.ceil(pairs / 2) + 1)], points)


def match_ladder(count: int, points: float) -> list[float]:
    """配 ``count`` 个、满分 ``points``：错 0 个、1 个、2 个……各得几分，直到 0 分为止。

    >>> match_ladder(4, 4)
    [4.0, 3.0, 2.0, 1.0, 0.0]
    """
    return _ladder([(count - wrong) / count for wrong in range(count + 1)], points)


def order_points(answer: Any, key: str, points: float) -> float:
    """排序题得几分。

    Parameters
    ----------
    answer : 学员排的字母；漏掉的、重复的字母，与它有关的各对都算错。
    key : 正确的次序。
    points : 满分。

    >>> order_points("ABDC", "ABCD", 4)
    2.5
    """
    _require_some(answer)
    letters = _letters(answer)
    place = {one: letters.index(one) for one in letters if letters.count(one) == 1}
    wrong = sum(
        first not in place or second not in place or place[first] > place[second]
        for first, second in combinations(key, 2)
    )
    ladder = order_ladder(len(key), points)
    strange = wrong == 0 and letters != key
    return ladder[min(wrong + strange, len(ladder) - 1)]


def match_points(answer: Any, key: str, points: float) -> float:
    """配对题得几分：按次序逐个比。

    >>> match_points("ABDD", "ABCD", 4)
    3.0
    """
    _require_some(answer)
    letters = _letters(answer)
    right = sum(one == other for one, other in zip(letters, key, strict=False))
    strange = right == len(key) and letters != key
    return match_ladder(len(key), points)[len(key) - right + strange]


def share_points(
    answer: Any,
    right: Mapping[str, Any] | Sequence[Any],
    points: float | Mapping[str, float],
    *,
    tol: float = 1e-6,
    atol: float = 1e-9,
) -> float:
    """分项得分：字典或列表里每对一项得一份。

    Parameters
    ----------
    answer : 学员的答案。
    right : 正确答案。
    points : 满分，各项一样重；或每一项各几分。
    tol, atol : 相对误差与绝对误差，满足其一即可。

    >>> share_points({"甲": 1, "乙": 3}, {"甲": 1, "乙": 2}, 3)
    1.5
    """
    _require_some(answer)
    given = _by_name(answer) if isinstance(right, Mapping) else _by_place(answer)
    right = right if isinstance(right, Mapping) else dict(enumerate(right))
    fine = [
        key for key in right if key in given and matches(given[key], right[key], tol=tol, atol=atol)
    ]
    if isinstance(points, Mapping):
        return float(sum(points[key] for key in fine))
    return match_ladder(len(right), points)[len(right) - len(fine)]


def _require_some(answer: Any) -> None:
    """一点也没有答的，不是 0 分的答案，是还没有作答。"""
    parts = answer.values() if isinstance(answer, Mapping) else answer
    several = isinstance(parts, Iterable) and not isinstance(parts, str) and not _is_table(parts)
    blank = [one is ... or one is None for one in (parts if several else [parts])]
    if blank and all(blank):
        raise NotAttempted("把上一格的 ... 换成你的答案，运行上一格，再运行这一格。")


def _is_table(value: Any) -> bool:
    return hasattr(value, "columns")


def _by_name(answer: Any) -> dict[Any, Any]:
    return dict(answer.items()) if hasattr(answer, "items") else {}


def _by_place(answer: Any) -> dict[int, Any]:
    several = isinstance(answer, Iterable) and not isinstance(answer, (str, Mapping))
    return dict(enumerate(answer)) if several else {}


def _ladder(shares: list[float], points: float) -> list[float]:
    """各级的得分：取到 0.5，错了就不满，到 0 为止。"""
    steps = [math.floor(2 * points * max(0.0, share) + 0.5) / 2 for share in shares]
    return [float(points)] + [min(step, max(0.0, points - 0.5)) for step in steps[1:]]


def _letters(answer: Any) -> str:
    text = unicodedata.normalize("NFKC", answer) if isinstance(answer, str) else ""
    return "".join(letter for letter in text.upper() if letter.isalpha())
