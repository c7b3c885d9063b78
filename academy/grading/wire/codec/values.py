"""How do Python's own richer values travel?  Dates, decimals, collections by their plain parts."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import types
import zoneinfo
from typing import Any

from academy.grading.wire.codec.core import NotPlain, expect_kind, register

__all__ = ["DICT", "INT", "LIST", "TEXT"]

INT = expect_kind(int)
TEXT = expect_kind(str)
LIST = expect_kind(list)
DICT = expect_kind(dict)


def _timezone(zone: datetime.tzinfo | None) -> Any:
    if zone is None:
        return None
    if type(zone) is datetime.timezone:
        return zone.utcoffset(None).total_seconds()
    if type(zone) is zoneinfo.ZoneInfo and zone.key:
        return zone.key
    raise NotPlain(type(zone).__name__)


def _as_timezone(zone: Any) -> datetime.tzinfo | None:
    if zone is None:
        return None
    if type(zone) is float:
        return datetime.timezone(datetime.timedelta(seconds=zone)) if zone else datetime.UTC
    return zoneinfo.ZoneInfo(TEXT(zone))


def _moment(value: datetime.datetime) -> tuple[Any, ...]:
    fields = (value.year, value.month, value.day, value.hour, value.minute, value.second)
    return (*fields, value.microsecond, _timezone(value.tzinfo), value.fold)


register(
    range,
    "range",
    lambda v: (v.start, v.stop, v.step),
    lambda a, b, c: range(INT(a), INT(b), INT(c)),
)
register(slice, "slice", lambda v: (v.start, v.stop, v.step), slice)
register(bytearray, "bytearray", lambda v: (bytes(v),), lambda b: bytearray(expect_kind(bytes)(b)))
register(datetime.date, "date", lambda v: (v.year, v.month, v.day), datetime.date)
register(
    datetime.time,
    "time",
    lambda v: (v.hour, v.minute, v.second, v.microsecond, _timezone(v.tzinfo), v.fold),
    lambda h, m, s, u, z, fold: datetime.time(h, m, s, u, _as_timezone(z), fold=fold),
)
register(
    datetime.datetime,
    "datetime",
    _moment,
    lambda y, mo, d, h, m, s, u, z, fold: datetime.datetime(
        y, mo, d, h, m, s, u, _as_timezone(z), fold=fold
    ),
)
register(
    datetime.timedelta,
    "timedelta",
    lambda v: (v.days, v.seconds, v.microseconds),
    lambda d, s, u: datetime.timedelta(INT(d), INT(s), INT(u)),
)
for _zone in (datetime.timezone, zoneinfo.ZoneInfo):
    register(_zone, "timezone", lambda v: (_timezone(v),), _as_timezone)
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
register(
    types.SimpleNamespace,
    "namespace",
    lambda v: (dict(vars(v)),),
    lambda d: types.SimpleNamespace(**DICT(d)),
)
FACTORIES = {kind.__name__: kind for kind in (int, float, str, list, dict, set, tuple, bool)}


def _defaultdict(value: collections.defaultdict) -> tuple[Any, ...]:
    factory = value.default_factory
    if factory is not None and FACTORIES.get(getattr(factory, "__name__", "")) is not factory:
        raise NotPlain("defaultdict")
    return (factory.__name__ if factory else None, dict(value))


register(
    collections.defaultdict,
    "defaultdict",
    _defaultdict,
    lambda name, d: collections.defaultdict(FACTORIES[name] if name else None, DICT(d)),
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
