"""How do Python's own richer values travel?  Dates, decimals, collections by their plain parts."""

from __future__ import annotations

import array
import collections
import datetime
import decimal
import fractions
import pathlib
import re
import types
import uuid
from typing import Any

from academy.grading.wire.codec.core import READERS, expect_kind, register
from academy.grading.wire.codec.zones import build_zone, describe_zone

__all__ = ["DICT", "INT", "LIST", "TEXT"]

INT = expect_kind(int)
TEXT = expect_kind(str)
LIST = expect_kind(list)
DICT = expect_kind(dict)


def _moment(value: datetime.datetime) -> tuple[Any, ...]:
    fields = (value.year, value.month, value.day, value.hour, value.minute, value.second)
    return (*fields, value.microsecond, describe_zone(value.tzinfo), value.fold)


# what is left of a value of a derived class
READERS["plain"] = lambda content: content
register(
    range,
    "range",
    lambda v: (v.start, v.stop, v.step),
    lambda a, b, c: range(INT(a), INT(b), INT(c)),
)
register(slice, "slice", lambda v: (v.start, v.stop, v.step), slice)
register(bytearray, "bytearray", lambda v: (bytes(v),), lambda b: bytearray(expect_kind(bytes)(b)))
register(
    memoryview,
    "memoryview",
    lambda v: (v.tobytes(), v.format, list(v.shape)),
    lambda content, letter, shape: memoryview(expect_kind(bytes)(content)).cast(
        TEXT(letter), LIST(shape)
    ),
)
register(datetime.date, "date", lambda v: (v.year, v.month, v.day), datetime.date)
register(
    datetime.time,
    "time",
    lambda v: (v.hour, v.minute, v.second, v.microsecond, describe_zone(v.tzinfo), v.fold),
    lambda h, m, s, u, z, fold: datetime.time(h, m, s, u, build_zone(z), fold=fold),
)
register(
    datetime.datetime,
    "datetime",
    _moment,
    lambda y, mo, d, h, m, s, u, z, fold: datetime.datetime(
        y, mo, d, h, m, s, u, build_zone(z), fold=fold
    ),
)
register(
    datetime.timedelta,
    "timedelta",
    lambda v: (v.days, v.seconds, v.microseconds),
    lambda d, s, u: datetime.timedelta(INT(d), INT(s), INT(u)),
)
register(decimal.Decimal, "Decimal", lambda v: (str(v),), lambda t: decimal.Decimal(TEXT(t)))
register(
    fractions.Fraction,
    "Fraction",
    lambda v: (v.numerator, v.denominator),
    lambda n, d: fractions.Fraction(INT(n), INT(d)),
)
register(
    collections.OrderedDict,
    "OrderedDict",
    lambda v: (dict(v),),
    lambda d: collections.OrderedDict(DICT(d)),
)
register(
    collections.Counter, "Counter", lambda v: (dict(v),), lambda d: collections.Counter(DICT(d))
)
register(
    collections.deque,
    "deque",
    lambda v: (list(v), v.maxlen),
    lambda items, longest: collections.deque(LIST(items), longest),
)
FACTORIES = {kind.__name__: kind for kind in (int, float, str, list, dict, set, tuple, bool)}


def _defaultdict(value: collections.defaultdict) -> tuple[Any, ...]:
    factory = value.default_factory
    if factory is not None and FACTORIES.get(getattr(factory, "__name__", "")) is factory:
        factory = factory.__name__
    return (factory, dict(value))


register(
    collections.defaultdict,
    "defaultdict",
    _defaultdict,
    lambda factory, d: collections.defaultdict(FACTORIES.get(factory, factory), DICT(d)),
)
register(
    collections.ChainMap,
    "ChainMap",
    lambda v: (list(v.maps),),
    lambda maps: collections.ChainMap(*LIST(maps)),
)
register(
    types.MappingProxyType,
    "mappingproxy",
    lambda v: (dict(v),),
    lambda d: types.MappingProxyType(DICT(d)),
)
for _kind, _plain in (
    (collections.UserDict, DICT),
    (collections.UserList, LIST),
    (collections.UserString, TEXT),
):
    register(
        _kind,
        _kind.__name__,
        lambda v: (v.data,),
        lambda data, kind=_kind, plain=_plain: kind(plain(data)),
    )
register(
    array.array,
    "array",
    lambda v: (v.typecode, v.tobytes()),
    lambda letter, content: array.array(TEXT(letter), expect_kind(bytes)(content)),
)
for _kind in (pathlib.PurePosixPath, pathlib.PosixPath):
    register(_kind, _kind.__name__, lambda v: (str(v),), lambda text, kind=_kind: kind(TEXT(text)))
register(uuid.UUID, "UUID", lambda v: (v.int,), lambda number: uuid.UUID(int=INT(number)))
register(
    re.Pattern,
    "pattern",
    lambda v: (v.pattern, v.flags),
    lambda text, flags: re.compile(expect_kind(str, bytes)(text), INT(flags)),
)
for _name, _view in (("keys", {}.keys()), ("values", {}.values()), ("items", {}.items())):
    register(
        type(_view),
        f"dict_{_name}",
        lambda v: (list(v),),
        {
            "keys": lambda items: dict.fromkeys(LIST(items)).keys(),
            "values": lambda items: dict(enumerate(LIST(items))).values(),
            "items": lambda items: dict(LIST(items)).items(),
        }[_name],
    )
