"""How does a time zone travel?  By its name or its offset, whichever library it is of."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from typing import Any

from academy.grading.wire.codec.core import NotPlain, Undecodable, expect_kind, register

__all__ = ["build_zone", "describe_zone"]

TEXT = expect_kind(str)
SECONDS = expect_kind(float)
# where zone files lie, whatever the folder above it is called
FOLDER = "zoneinfo/"
KEY = re.compile(r"[\w+-]+(/[\w+-]+)*", re.ASCII)


def describe_zone(zone: datetime.tzinfo | None) -> tuple[Any, ...] | None:
    """A time zone as plain data.

    Raises
    ------
    NotPlain
        It is of a kind that has neither a name nor a fixed offset.
    """
    if zone is None:
        return None
    if type(zone) is datetime.timezone:
        offset, *name = zone.__getinitargs__()
        return ("offset", offset.total_seconds(), *name)
    if type(zone) is zoneinfo.ZoneInfo and zone.key:
        return ("zone", zone.key)
    kind = type(zone)
    if str(kind.__module__).partition(".")[0] == "dateutil":
        described = _describe_dateutil(zone, kind.__name__)
        if described is not None:
            return described
    raise NotPlain(f"时区 {kind.__name__}")


def _describe_dateutil(zone: Any, kind: str) -> tuple[Any, ...] | None:
    if kind in ("tzutc", "tzlocal"):
        return (f"dateutil.{kind}",)
    if kind == "tzoffset":
        return ("dateutil.tzoffset", zone._name, zone.utcoffset(None).total_seconds())
    if kind == "tzfile" and type(zone._filename) is str:
        return ("dateutil.gettz", zone._filename.rpartition(FOLDER)[2])
    return None


def build_zone(described: Any) -> datetime.tzinfo | None:
    """The time zone of `describe_zone`."""
    if described is None:
        return None
    if type(described) is not tuple:
        raise Undecodable("time zone")
    kind, *arguments = described
    if kind == "offset":
        seconds, *name = arguments
        offset = datetime.timedelta(seconds=SECONDS(seconds))
        if not offset and not name:
            return datetime.UTC
        return datetime.timezone(offset, *map(TEXT, name))
    if kind == "zone":
        return zoneinfo.ZoneInfo(TEXT(*arguments))
    return _build_dateutil(kind, arguments)


def _build_dateutil(kind: Any, arguments: list[Any]) -> datetime.tzinfo:
    from dateutil import tz

    if kind == "dateutil.tzutc":
        return tz.tzutc()
    if kind == "dateutil.tzlocal":
        return tz.tzlocal()
    if kind == "dateutil.tzoffset":
        name, seconds = arguments
        return tz.tzoffset(name if name is None else TEXT(name), SECONDS(seconds))
    if kind == "dateutil.gettz":
        zone = tz.gettz(_zone_key(*arguments))
        if zone is not None:
            return zone
    raise Undecodable("time zone")


def _zone_key(key: Any) -> str:
    """A key of the zone database; never another file's name."""
    if not KEY.fullmatch(TEXT(key)):
        raise Undecodable("time zone")
    return key


for _zone in (datetime.timezone, zoneinfo.ZoneInfo):
    register(_zone, "timezone", lambda v: (describe_zone(v),), build_zone)
