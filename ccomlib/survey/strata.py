"""分层：总共能问这么多人，各队列、各问题类型各问多少？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ccomlib.charts import share_bars
from ccomlib.reading import read_counts
from ccomlib.results import Result
from ccomlib.validation import as_numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Allocation", "allocate"]

METHODS = {"proportional": "按比例", "neyman": "奈曼（按人数 × 标准差）"}


@dataclass(frozen=True, eq=False)
class Allocation(Result):
    """样本在各层的分配。由 ``allocate`` 得到。"""

    table: pd.DataFrame
    """一层一行，列：层、总体、（标准差）、样本、占总体、占样本、抽样率、补足。"""
    total: int
    method: str
    minimum: int
    standard_error: float | None
    """分层加权均值的标准误；没有给标准差时为 None。"""

    @property
    def sample(self) -> pd.Series:
        """各层的样本数，标签是层。"""
        return self.table.set_index("层")["样本"]

    def summary(self) -> pd.DataFrame:
        """逐层列出。"""
        return self.table

    def plot(self, ax: Axes | None = None) -> Axes:
        """各层在总体与样本里的占比并列，条上写样本数。"""
        table = self.table
        return share_bars(
            ax,
            table["层"].tolist(),
            table["占总体"],
            table["占样本"],
            ("占总体", "占样本"),
            [f"{size} 份" for size in table["样本"]],
            title=f"{self.total} 份样本的分配：{METHODS[self.method]}",
        )

    def __str__(self) -> str:
        text = f"{self.total} 份{METHODS[self.method]}分到 {len(self.table)} 层"
        raised = self.table.loc[self.table["补足"], "层"]
        if len(raised):
            text += f"，{'、'.join(raised)}不足每层至少 {self.minimum} 份，已补足"
        if self.standard_error is not None:
            text += f"，加权均值的标准误约 {self.standard_error:.3g}"
        if self.method == "neyman" or len(raised):
            text += "；各层抽样率不同，算总满意度时必须按总体人数加权"
        return text + "；总体人数要用最近的客户数，不是上次收回的份数。"


def allocate(
    sizes: Mapping[str, int] | pd.Series,
    total: int,
    *,
    method: str = "proportional",
    sd: Mapping[str, float] | pd.Series | None = None,
    minimum: int = 1,
) -> Allocation:
    """把样本分到各层：按比例，或奈曼（人数多、意见散的层多问）。

    Parameters
    ----------
    sizes : 层 → 总体人数。
    total : 样本总数。
    method : "proportional" 或 "neyman"。
    sd : 层 → 分数的标准差（往期的），奈曼必须给；按比例时给了只用来算标准误。
    minimum : 每层至少几份（教学约定：要单独报告的层不少于 30）；层里不够就全问。

    Returns
    -------
    Allocation
        样本合计恰为 ``total``，不超过各层人数。

    Raises
    ------
    ValueError
        人数不是正整数，total 多于总体或不够每层的下限，奈曼没有给 sd 或 sd 有负数。

    Notes
    -----
    按比例 n_h ∝ N_h；奈曼 n_h ∝ N_h·S_h；在上下限之内按最大余数取整。
    标准误 √Σ(N_h/N)²·S_h²/n_h·(1−n_h/N_h)。

    References
    ----------
    Neyman (1934), JRSS 97: 558–606；Cochran (1977)，第 5 章。

    Examples
    --------
    >>> allocate({"咨询": 6000, "报修": 3000, "投诉": 1000}, 370).sample.tolist()
    [222, 111, 37]
    >>> sd = {"咨询": 0.6, "报修": 0.9, "投诉": 1.3}
    >>> allocate({"咨询": 6000, "报修": 3000, "投诉": 1000}, 370, method="neyman", sd=sd).sample.tolist()
    [175, 132, 63]
    """
    if method not in METHODS:
        raise ValueError(f'method 是 {method!r}：请用 "proportional" 或 "neyman"。')
    size = read_counts(sizes, "sizes")
    if (size == 0).any():
        label = size.index[size == 0][0]
        raise ValueError(f"sizes 的 {label} 是 0：没有人的层请去掉。")
    total = _whole(total, "total", 1)
    minimum = _whole(minimum, "minimum", 0)
    spread = None if sd is None else _spread(sd, size.index)
    if method == "neyman" and spread is None:
        raise ValueError("奈曼分配要知道各层的标准差：请给 sd，或改用 proportional。")
    if total > size.sum():
        raise ValueError(f"total 是 {total}，多于总体 {size.sum()}：请减少样本数。")
    low = np.minimum(minimum, size.to_numpy())
    if low.sum() > total:
        raise ValueError(
            f"每层至少 {minimum} 份共要 {low.sum()} 份，多于 total = {total}：请增加样本，或合并小层。"
        )
    weight = size.to_numpy(dtype=float)
    if method == "neyman":
        weight = weight * spread.to_numpy()
        if not weight.any():
            raise ValueError("sd 全是 0，奈曼分配没有依据：请改用 proportional。")
    sample, raised = _bounded(weight, low, size.to_numpy(), total)
    table = pd.DataFrame({"层": size.index, "总体": size.to_numpy()})
    error = None
    if spread is not None:
        table["标准差"] = spread.to_numpy()
        if (sample > 0).all():
            part = (size.to_numpy() / size.sum()) ** 2 * spread.to_numpy() ** 2
            error = float(np.sqrt((part / sample * (1 - sample / size.to_numpy())).sum()))
    table = table.assign(
        样本=sample,
        占总体=table["总体"] / size.sum(),
        占样本=sample / total,
        抽样率=sample / size.to_numpy(),
        补足=raised,
    )
    return Allocation(table, total, method, minimum, error)


def _bounded(
    weight: np.ndarray, low: np.ndarray, high: np.ndarray, total: int
) -> tuple[np.ndarray, np.ndarray]:
    """在上下限之内按权重分，合计恰为 total；另报哪些层是被下限抬上来的。"""
    below, above = 0.0, 1.0
    while np.clip(weight * above, low, high).sum() < total:
        above *= 2
        if above > 1e18:
            break
    for _ in range(200):
        middle = (below + above) / 2
        if np.clip(weight * middle, low, high).sum() < total:
            below = middle
        else:
            above = middle
    wanted = np.clip(weight * above, low, high)
    sample = np.maximum(np.floor(wanted + 1e-9), low).astype(int)
    while sample.sum() < total:
        room = np.where(sample < high, wanted - sample, -np.inf)
        sample[int(np.argmax(room))] += 1
    return sample, (weight * above < low - 1e-6) & (sample == low)


def _spread(sd: Mapping[str, float] | pd.Series, index: pd.Index) -> pd.Series:
    given = pd.Series(sd, dtype=object)
    given.index = [str(label) for label in given.index]
    missing = [label for label in index if label not in given.index]
    if missing:
        raise ValueError(f"sd 里没有 {'、'.join(missing)}：请补上这几层的标准差。")
    numbers = pd.Series(as_numbers(given[index], "sd"), index)
    if (numbers < 0).any():
        label = numbers.index[numbers < 0][0]
        raise ValueError(f"sd 的 {label} 是 {numbers[label]:g}，标准差不能是负数：请核对。")
    return numbers


def _whole(value: object, name: str, low: int) -> int:
    number = float(as_numbers(value, name))
    if number < low or number != np.floor(number):
        raise ValueError(f"{name} 是 {number:g}，应是不小于 {low} 的整数。")
    return int(number)
