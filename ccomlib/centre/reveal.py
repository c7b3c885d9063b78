"""揭开底牌：各表埋下的真相怎样取？"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pandas as pd

from .registry import Made
from .truth import Planted

__all__ = ["Truth"]

RULES = tuple(field.name for field in fields(Planted))


class Truth:
    """讲师与测试用的真相；学员的笔记本不用它。

    ``Planted`` 的每一项（``truth.outage_date``），加上各模块登记的真相（``truth.quality``）；
    有哪些见 ``truth.listing()``。用到哪一份才算哪一份。

    Examples
    --------
    >>> from ccomlib.centre import open_centre
    >>> len(open_centre(2025).truth.seven_day_agents)
    6
    """

    def __init__(self, made: Made) -> None:
        self._made = made

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        planted = self._made["planted"]
        if hasattr(planted, name):
            return getattr(planted, name)
        spec = self._made.registry.truths.get(name)
        if spec is None:
            raise AttributeError(f"没有真相 {name!r}；有：{'、'.join(dir(self))}。")
        return self._made[spec.name]

    def __dir__(self) -> list[str]:
        return [*RULES, "outage_times", *self._made.registry.truths, "listing"]

    def listing(self) -> pd.DataFrame:
        """各模块登记的真相，一行一份。

        Returns
        -------
        DataFrame
            列：名字、是什么。
        """
        rows = [(name, spec.title) for name, spec in self._made.registry.truths.items()]
        return pd.DataFrame(rows, columns=["名字", "是什么"])

    def __repr__(self) -> str:
        return f"Truth(seed={self._made['seed']})"
