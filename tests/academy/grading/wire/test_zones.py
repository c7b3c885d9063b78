"""Time zones go by name or offset, and a name is never a file."""

import datetime as dt
import zoneinfo

import pytest
from dateutil import tz

from academy.grading.wire.codec import NotPlain, Undecodable
from academy.grading.wire.codec.zones import build_zone, describe_zone

ZONES = {
    "none": None,
    "UTC": dt.UTC,
    "offset": dt.timezone(dt.timedelta(hours=8)),
    "named offset": dt.timezone(dt.timedelta(0), "世界时"),
    "zoneinfo": zoneinfo.ZoneInfo("Asia/Shanghai"),
    "dateutil": tz.gettz("Asia/Shanghai"),
    "dateutil UTC": tz.tzutc(),
    "dateutil offset": tz.tzoffset(None, -3600),
    "dateutil local": tz.tzlocal(),
}


@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES)
def test_a_zone_comes_back(zone):
    back = build_zone(describe_zone(zone))
    moment = dt.datetime(2025, 7, 1, 12)

    assert type(back) is type(zone)
    assert repr(back) == repr(zone)
    assert moment.replace(tzinfo=back).utcoffset() == moment.replace(tzinfo=zone).utcoffset()


def test_a_zone_of_ones_own_is_refused():
    with pytest.raises(NotPlain, match="时区 Own"):
        describe_zone(type("Own", (dt.tzinfo,), {})())


@pytest.mark.parametrize(
    "forged",
    [
        3,
        ("what", 1),
        ("dateutil.gettz", "/etc/passwd"),
        ("dateutil.gettz", "../etc/passwd"),
        ("dateutil.gettz", "Nowhere/Nothing"),
    ],
)
def test_forged_zones_are_undecodable(forged):
    with pytest.raises(Undecodable):
        build_zone(forged)
