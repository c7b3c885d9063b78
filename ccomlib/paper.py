"""试卷：这份试卷的数据在哪里，这个座位的选项怎样排？"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ccomlib import display, notebook

__all__ = ["Paper", "choice_key", "examiner_seat", "open_paper", "option_order"]

SEAT_VARIABLE = "CCOM_SEAT_SEED"
ORDER_VARIABLE = "CCOM_SEAT_ORDER"  # 发卷时定下的选项次序：题号 → 各位置取母本的第几个


@dataclass(frozen=True)
class Paper:
    """一份打开的试卷：数据都在笔记本旁边的 ``data`` 文件夹里。"""

    folder: Path

    @property
    def tables(self) -> list[str]:
        """有哪些数据表。"""
        return sorted(path.stem for path in (self.folder / "data").glob("*.csv"))

    def table(self, name: str) -> pd.DataFrame:
        """读一张数据表；每次都从文件重新读，改坏了再读一次即可。

        Raises
        ------
        ValueError
            没有这张表；消息列出有哪些表。
        """
        path = self.folder / "data" / f"{name}.csv"
        if not path.exists():
            raise ValueError(f"没有数据表 {name!r}；这份试卷有：{'、'.join(self.tables)}。")
        table = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=["NaN"])
        for column in table.columns:
            if str(column).endswith("日期"):
                table[column] = pd.to_datetime(table[column])
        return table


def open_paper(folder: str | Path = ".") -> Paper:
    """打开笔记本所在文件夹里的试卷数据；此后写错了说中文，不能用 input()，表里的数一位不少。

    Parameters
    ----------
    folder : 试卷文件夹；默认就是笔记本所在的文件夹。

    Raises
    ------
    ValueError
        旁边没有 data 文件夹；消息说明怎样补。

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (Path(folder) / "data").mkdir()
    ...     _ = (Path(folder) / "data" / "calls.csv").write_text("来电量\\n120\\n")
    ...     paper = open_paper(folder)
    ...     print(paper.tables, paper.table("calls")["来电量"].tolist())
    ['calls'] [120]
    """
    notebook.install(refuse_input=True)
    display.uninstall()
    paper = Paper(Path(folder).resolve())
    if not paper.tables:
        raise ValueError(
            "笔记本旁边没有 data 文件夹或里面没有数据：请把试卷整个文件夹重新下载，再打开。"
        )
    return paper


def examiner_seat() -> int:
    """评卷进程里的座位号；学员的进程里没有它，得到 0（入库的样卷座位）。

    >>> examiner_seat()
    0
    """
    return int(os.environ.get(SEAT_VARIABLE, "0"))


def option_order(seed: int, item: str, count: int) -> list[int]:
    """座位 ``seed`` 上，题 ``item`` 的各选项依次取母本的第几个；座位 0 不打乱。

    >>> option_order(0, "q1", 4)
    [0, 1, 2, 3]
    >>> sorted(option_order(7, "q1", 4))
    [0, 1, 2, 3]
    """
    if seed == 0:
        return list(range(count))
    stream = np.random.SeedSequence([seed, *item.encode()])
    return np.random.default_rng(stream).permutation(count).tolist()


def choice_key(item: str, letters: str, count: int = 4) -> str:
    """母本里的答案字母，在评卷座位上是哪几个字母。

    >>> choice_key("q1", "B")
    'B'
    """
    return relabel(letters, _kept_order(item, count))


def _kept_order(item: str, count: int) -> list[int]:
    """发卷时定下的次序；没有座位的卷子现算。"""
    kept = os.environ.get(ORDER_VARIABLE)
    if kept is None:
        return option_order(examiner_seat(), item, count)
    order = json.loads(kept).get(item)
    if order is None or len(order) != count:
        raise ValueError(
            f"发卷时的选项次序里，{item!r} 是 {order}，答案却有 {count} 个选项：请核对母本。"
        )
    return order


def relabel(letters: str, order: list[int]) -> str:
    """把母本的选项字母换成打乱后的字母；其余字符不变。

    >>> relabel("AC", [2, 0, 1])
    'BA'
    """
    new = {chr(65 + old): chr(65 + position) for position, old in enumerate(order)}
    return "".join(new.get(letter, letter) for letter in letters)
