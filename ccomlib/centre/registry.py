"""登记处：中心的每样东西是什么、由哪个函数造、要用什么？

一张表就是一个登记过的函数；它的参数名就是它要用的东西，没有写的拿不到::

    @table("日投诉量", "一天，180 天", key=["日期"], columns=[moment("日期", "哪一天"), ...])
    def complaints_daily(complaints, intervals):
        \"\"\"180 天每天的投诉件数，与当天的来电量放在一起。\"\"\"

参数可以是种子 ``seed``、别的表、几张表共用的底稿（``@part``）、埋下的真相（``@truth``，
函数名以 ``_truth`` 结尾，在 ``hub.truth`` 里去掉这个尾巴）。要随机数就写 ``rng``，得到以 ``stream``
（不写就是函数名）为名的随机流：各流互不影响，添一张表，旧表一个字节也不变。

模块列在 ``ccomlib.centre.tables`` 里，登记就生效；依赖成环、要的东西没有登记，都在引入时拒绝。
"""

from __future__ import annotations

import graphlib
import inspect
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from .columns import Column, check_columns

__all__ = ["Made", "Registry", "Spec", "part", "table", "truth"]

RNG = "rng"
TABLE, PART, TRUTH = "表", "底稿", "真相"
TRUTH_ENDING = "_truth"


@dataclass(frozen=True, eq=False)
class Spec:
    """登记的一样东西。"""

    name: str
    kind: str
    """表、底稿或真相。"""
    title: str
    """中文名。"""
    make: Callable[..., Any]
    needs: tuple[str, ...]
    """要用的东西，就是 ``make`` 的参数名（不含 rng）。"""
    stream: str | None
    """随机流的名字；不用随机数的为 None。"""
    grain: str = ""
    """一行是什么。"""
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    """哪几列合起来不重复；没有的是空的。"""

    @property
    def note(self) -> str:
        """造它的函数的文档第一行。"""
        return (inspect.getdoc(self.make) or "").split("\n")[0]


def part(title: str, *, stream: str | None = None) -> Callable[[Callable], Callable]:
    """登记一份底稿：几张表共用的数组，学员看不到。"""
    return _register(PART, title, stream)


def truth(title: str, *, stream: str | None = None) -> Callable[[Callable], Callable]:
    """登记一份真相：只给讲师与测试用；函数名以 ``_truth`` 结尾。"""
    return _register(TRUTH, title, stream)


def table(
    title: str,
    grain: str,
    *,
    columns: Iterable[Column],
    key: Iterable[str] = (),
    stream: str | None = None,
) -> Callable[[Callable], Callable]:
    """登记一张表。

    Parameters
    ----------
    title : 中文名。
    grain : 一行是什么，有多少行。
    columns : 各列，次序就是表里的次序。
    key : 哪几列合起来不重复。
    stream : 随机流的名字；不写就用函数名。
    """
    return _register(TABLE, title, stream, grain, tuple(columns), tuple(key))


def _register(
    kind: str,
    title: str,
    stream: str | None,
    grain: str = "",
    columns: tuple[Column, ...] = (),
    key: tuple[str, ...] = (),
) -> Callable[[Callable], Callable]:
    def mark(make: Callable) -> Callable:
        names = list(inspect.signature(make).parameters)
        if stream is not None and RNG not in names:
            raise ValueError(f"{make.__name__} 写了随机流 {stream}，却没有参数 rng：请去掉一个。")
        make.spec = Spec(
            name=make.__name__,
            kind=kind,
            title=title,
            make=make,
            needs=tuple(name for name in names if name != RNG),
            stream=(stream or make.__name__) if RNG in names else None,
            grain=grain,
            columns=columns,
            key=key,
        )
        return make

    return mark


class Registry(Mapping[str, Spec]):
    """登记好的全部东西：名字 → ``Spec``，次序就是登记的次序。

    Parameters
    ----------
    specs : 各样东西。
    given : 造之前就有的，例如种子。

    Raises
    ------
    ValueError
        重名、随机流重名、要的东西没有登记、依赖成环、列重名、主键不是列、真相的名字不对。
    """

    def __init__(self, specs: Iterable[Spec], given: Sequence[str] = ("seed",)) -> None:
        self.given = tuple(given)
        self._specs: dict[str, Spec] = {}
        streams: dict[int, Spec] = {}
        for spec in specs:
            _check_one(spec)
            if spec.name in self._specs or spec.name in self.given:
                raise ValueError(f"{spec.name} 登记了两次：请换一个函数名。")
            self._specs[spec.name] = spec
            if spec.stream is not None:
                other = streams.setdefault(_stream_key(spec.stream), spec)
                if other is not spec:
                    raise ValueError(
                        f"{other.name} 与 {spec.name} 的随机流 {spec.stream} 相同，数会一起变："
                        "请给其中一个另写 stream。"
                    )
        self._check_needs()

    @classmethod
    def of(cls, *modules: ModuleType, given: Sequence[str] = ("seed",)) -> Registry:
        """几个模块里登记的全部函数，按模块与函数的次序。"""
        return cls(
            (
                value.spec
                for module in modules
                for value in vars(module).values()
                if isinstance(getattr(value, "spec", None), Spec)
                and value.__module__ == module.__name__
            ),
            given,
        )

    @property
    def tables(self) -> dict[str, Spec]:
        """各张表。"""
        return self._of_kind(TABLE)

    @property
    def truths(self) -> dict[str, Spec]:
        """各份真相，名字去掉了 ``_truth``。"""
        found = self._of_kind(TRUTH)
        return {name.removesuffix(TRUTH_ENDING): spec for name, spec in found.items()}

    def _of_kind(self, kind: str) -> dict[str, Spec]:
        return {name: spec for name, spec in self._specs.items() if spec.kind == kind}

    def _check_needs(self) -> None:
        known = {*self._specs, *self.given}
        for spec in self._specs.values():
            unknown = [name for name in spec.needs if name not in known]
            if unknown:
                raise ValueError(
                    f"{spec.name} 要用 {'、'.join(unknown)}，没有登记过：请登记它，或改参数名。"
                )
        graph = {name: spec.needs for name, spec in self._specs.items()}
        try:
            graphlib.TopologicalSorter(graph).prepare()
        except graphlib.CycleError as error:
            # 标准库给的次序是 被用的 → 用它的，倒过来读
            circle = " 要用 ".join(reversed(error.args[1]))
            raise ValueError(
                f"登记的东西互相要用，谁也造不出来：{circle}。请拆开其中一样。"
            ) from None

    def __getitem__(self, name: str) -> Spec:
        return self._specs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)


def _check_one(spec: Spec) -> None:
    if (spec.kind == TRUTH) != spec.name.endswith(TRUTH_ENDING):
        raise ValueError(f"{spec.name} 是{spec.kind}：真相的函数名以 _truth 结尾，别的不能。")
    names = [column.name for column in spec.columns]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"表 {spec.name} 的列「{'」「'.join(sorted(twice))}」登记了两次：请改名。")
    if spec.kind == TABLE and not names:
        raise ValueError(f"表 {spec.name} 没有登记列：请写出每一列的意思与单位。")
    strange = [name for name in spec.key if name not in names]
    if strange:
        raise ValueError(f"表 {spec.name} 的主键「{'」「'.join(strange)}」不是它的列：请改主键。")


def _stream_key(name: str) -> int:
    return zlib.crc32(name.encode())


class Made:
    """一家中心造出来的东西：用到才造，造好就留着。

    Parameters
    ----------
    registry : 登记处。
    given : 造之前就有的东西，名字须与 ``registry.given`` 一样；``seed`` 是不为负的整数。
    """

    def __init__(self, registry: Registry, **given: Any) -> None:
        if set(given) != set(registry.given):
            raise ValueError(
                f"给的是 {'、'.join(sorted(given))}，要的是 {'、'.join(sorted(registry.given))}。"
            )
        self.registry = registry
        self._seed = given["seed"]
        self._values: dict[str, Any] = dict(given)

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            self._values[name] = self._make(self.registry[name])
        return self._values[name]

    def _make(self, spec: Spec) -> Any:
        arguments = {name: self._lent(name) for name in spec.needs}
        if spec.stream is not None:
            arguments[RNG] = self.rng(spec.stream)
        value = spec.make(**arguments)
        if spec.kind == TABLE:
            check_columns(spec.name, value, spec.columns)
        return value

    def _lent(self, name: str) -> Any:
        """借给别人用的；表借的是写时才复制的副本，改了也不影响原来的。"""
        value = self[name]
        return value.copy(deep=False) if isinstance(value, pd.DataFrame) else value

    def rng(self, stream: str) -> np.random.Generator:
        """名为 ``stream`` 的随机流，每次都从头开始。"""
        key = np.random.SeedSequence(self._seed, spawn_key=(1, _stream_key(stream)))
        return np.random.default_rng(key)
