"""How do pandas values travel?  As arrays with their index and names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from pandas.core.arrays import (
    BooleanArray,
    DatetimeArray,
    FloatingArray,
    IntegerArray,
    IntervalArray,
    NumpyExtensionArray,
    PeriodArray,
    SparseArray,
    TimedeltaArray,
)

from academy.grading.wire.codec.core import Undecodable, register
from academy.grading.wire.codec.values import INT, LIST, TEXT
from academy.grading.wire.codec.zones import build_zone, describe_zone

__all__: list[str] = []

# rows of a sparse column: it says so itself, no bytes stand for them
MAX_LENGTH = 10_000_000


def _zone(dtype: Any) -> Any:
    return describe_zone(getattr(dtype, "tz", None))


def _moments(value: Any) -> tuple[Any, ...]:
    return (value.asi8, value.unit, _zone(value.dtype))


def _raw(stamps: Any, letter: str, unit: Any) -> np.ndarray:
    if type(stamps) is not np.ndarray or stamps.dtype != np.dtype("i8"):
        raise Undecodable("stamps")
    if unit not in {"s", "ms", "us", "ns"}:
        raise Undecodable("unit")
    return stamps.view(f"{letter}8[{unit}]")


def _as_datetimes(stamps: Any, unit: Any, zone: Any) -> Any:
    naive = pd.DatetimeIndex(_raw(stamps, "M", unit))
    return (naive if zone is None else naive.tz_localize("UTC").tz_convert(build_zone(zone))).array


register(DatetimeArray, "pd.datetimes", _moments, _as_datetimes)
register(
    TimedeltaArray,
    "pd.timedeltas",
    lambda v: (v.asi8, v.unit),
    lambda stamps, unit: pd.TimedeltaIndex(_raw(stamps, "m", unit)).array,
)
register(
    PeriodArray,
    "pd.periods",
    lambda v: (v.asi8, str(v.dtype)[len("period[") : -1]),
    lambda ordinals, freq: pd.PeriodIndex.from_ordinals(ordinals, freq=TEXT(freq)).array,
)
register(
    IntervalArray,
    "pd.intervals",
    lambda v: (v.left, v.right, v.closed),
    lambda left, right, closed: pd.arrays.IntervalArray.from_arrays(left, right, TEXT(closed)),
)
register(
    NumpyExtensionArray,
    "pd.numpy",
    lambda v: (v.to_numpy(),),
    lambda array: pd.arrays.NumpyExtensionArray(_is(array, np.ndarray)),
)
for _masked in (IntegerArray, FloatingArray, BooleanArray):
    register(
        _masked,
        f"pd.{_masked.__name__}",
        lambda v: (v._data, v._mask),
        lambda data, mask, kind=_masked: kind(_is(data, np.ndarray), _is(mask, np.ndarray)),
    )


def _sparse(value: SparseArray) -> tuple[Any, ...]:
    places = value.sp_index.to_int_index().indices
    return (value.sp_values, places, len(value), value.fill_value, value.kind)


def _as_sparse(values: Any, places: Any, length: Any, fill: Any, kind: Any) -> SparseArray:
    values, places = _is(values, np.ndarray), _is(places, np.ndarray)
    if values.ndim != 1 or len(values) != len(places) or kind not in {"integer", "block"}:
        raise Undecodable("sparse array")
    if not 0 <= INT(length) <= MAX_LENGTH or not ((places >= 0) & (places < length)).all():
        raise Undecodable("sparse array")
    whole = np.full(length, fill, np.result_type(values.dtype, np.min_scalar_type(fill)))
    whole[places] = values
    return SparseArray(whole, fill_value=fill, kind=kind, dtype=pd.SparseDtype(values.dtype, fill))


register(SparseArray, "pd.sparse", _sparse, _as_sparse)


def _text(value: Any) -> tuple[Any, ...]:
    missing = value.dtype.na_value is not pd.NA
    values = value.to_numpy(object).tolist()
    return (value.dtype.storage, missing, [v if type(v) is str else None for v in values])


def _as_text(storage: Any, missing: Any, values: Any) -> Any:
    if storage not in {"python", "pyarrow"}:
        raise Undecodable("storage")
    dtype = pd.StringDtype(storage, na_value=np.nan if missing else pd.NA)
    return pd.array([v if v is None else TEXT(v) for v in LIST(values)], dtype=dtype)


def _register_text() -> None:
    kinds = {type(pd.array(["a"], dtype="str")), type(pd.array(["a"], dtype="string"))}
    for kind in kinds | {pd.arrays.StringArray}:
        register(kind, "pd.text", _text, _as_text)


_register_text()
register(
    pd.Categorical,
    "pd.categorical",
    lambda v: (np.asarray(v.codes), v.categories, v.ordered),
    lambda codes, categories, ordered: pd.Categorical.from_codes(
        codes, _is(categories, *INDEXES), ordered=bool(ordered)
    ),
)


def _is(value: Any, *kinds: type) -> Any:
    if type(value) not in kinds:
        raise Undecodable(f"unexpected {type(value).__name__}")
    return value


def _index(value: pd.Index) -> tuple[Any, ...]:
    array = value.array
    plain = value.to_numpy() if type(array) is NumpyExtensionArray else array
    return (plain, value.name)


def _as_index(array: Any, name: Any) -> pd.Index:
    return pd.Index(_is_array(array), name=name, copy=False)


def _is_array(array: Any) -> Any:
    if not isinstance(array, (np.ndarray, pd.api.extensions.ExtensionArray)) or array.ndim != 1:
        raise Undecodable("array")
    return array


def _dated(value: Any) -> tuple[Any, ...]:
    return (value.array, value.name, value.freqstr)


def _as_dated(array: Any, name: Any, freq: Any) -> pd.Index:
    index = pd.Index(_is(array, DatetimeArray, TimedeltaArray), name=name)
    if freq is not None:
        index = type(index)(index, freq=TEXT(freq))
    return index


def _multi(value: pd.MultiIndex) -> tuple[Any, ...]:
    return (list(value.levels), [np.asarray(c) for c in value.codes], list(value.names))


INDEXES = (
    pd.Index,
    pd.RangeIndex,
    pd.DatetimeIndex,
    pd.TimedeltaIndex,
    pd.PeriodIndex,
    pd.IntervalIndex,
    pd.CategoricalIndex,
    pd.MultiIndex,
)
for _kind in (pd.Index, pd.PeriodIndex, pd.IntervalIndex, pd.CategoricalIndex):
    register(_kind, "pd.index", _index, _as_index)
for _kind in (pd.DatetimeIndex, pd.TimedeltaIndex):
    register(_kind, "pd.dated", _dated, _as_dated)
register(
    pd.RangeIndex,
    "pd.range",
    lambda v: (v.start, v.stop, v.step, v.name),
    lambda a, b, c, name: pd.RangeIndex(INT(a), INT(b), INT(c), name=name),
)
register(
    pd.MultiIndex,
    "pd.multi",
    _multi,
    lambda levels, codes, names: pd.MultiIndex(LIST(levels), LIST(codes), names=LIST(names)),
)


def _values(series: pd.Series) -> Any:
    array = series.array
    return series.to_numpy() if type(array) is NumpyExtensionArray else array


def _as_series(values: Any, index: Any, name: Any) -> pd.Series:
    return pd.Series(_is_array(values), index=_is(index, *INDEXES), name=name, copy=False)


def _frame(value: pd.DataFrame) -> tuple[Any, ...]:
    columns = [_values(value.iloc[:, place]) for place in range(value.shape[1])]
    return (value.columns, value.index, columns)


def _as_frame(columns: Any, index: Any, arrays: Any) -> pd.DataFrame:
    for array in LIST(arrays):
        if len(_is_array(array)) != len(_is(index, *INDEXES)):
            raise Undecodable("column length")
    frame = pd.DataFrame(dict(enumerate(arrays)), index=index)
    frame.columns = _is(columns, *INDEXES)
    return frame


register(pd.Series, "pd.series", lambda v: (_values(v), v.index, v.name), _as_series)
register(pd.DataFrame, "pd.frame", _frame, _as_frame)


def _stamp(value: pd.Timestamp) -> tuple[Any, ...]:
    return (value._value, value.unit, describe_zone(value.tz))


def _as_stamp(value: Any, unit: Any, zone: Any) -> pd.Timestamp:
    return pd.Series(_as_datetimes(np.array([INT(value)], "i8"), unit, zone)).iloc[0]


register(pd.Timestamp, "pd.stamp", _stamp, _as_stamp)
register(
    pd.Timedelta,
    "pd.timedelta",
    lambda v: (v._value, v.unit),
    lambda value, unit: pd.TimedeltaIndex(_raw(np.array([INT(value)], "i8"), "m", unit))[0],
)
register(
    pd.Period,
    "pd.period",
    lambda v: (v.ordinal, v.freqstr),
    lambda ordinal, freq: pd.PeriodIndex.from_ordinals([INT(ordinal)], freq=TEXT(freq))[0],
)
register(
    pd.Interval,
    "pd.interval",
    lambda v: (v.left, v.right, v.closed),
    lambda left, right, closed: pd.Interval(left, right, TEXT(closed)),
)
for _missing in (pd.NaT, pd.NA):
    register(
        type(_missing),
        "pd.missing",
        lambda v: ("NaT" if v is pd.NaT else "NA",),
        lambda name: {"NaT": pd.NaT, "NA": pd.NA}[name],
    )
