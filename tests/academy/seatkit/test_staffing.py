"""academy.seatkit.staffing：每个座位上，常见的错法都得出别的人数；条件去掉就不成立。"""

import math

from academy.seatkit import hiring


def _hires(table):
    """逐月减，不用幂。"""
    found = {}
    for queue, heads, rate, lead, wanted in table.to_numpy().tolist():
        left = heads
        for _ in range(lead):
            left -= left * rate
        found[queue] = (wanted - left, wanted - heads * (1 - rate), wanted - heads)
    return found


def _every_slip_shows(streams):
    queues = {"甲": (60, 70), "乙": (24, 30), "丙": (90, 99)}
    gaps = {"甲": (5, 9), "乙": (9, 12), "丙": (-4, -2)}
    for rng in streams:
        found = _hires(hiring(rng, queues, lead=(2, 2), gaps=gaps))
        for right, once, none in found.values():
            if right > 0:
                yield math.ceil(none) <= math.ceil(once) < math.ceil(right)
                yield 0.1 <= right % 1 <= 0.9


def test_every_slip_hires_too_few(streams):
    assert all(_every_slip_shows(streams))


def test_without_the_conditions_some_would_not(streams, unfiltered):
    assert not all(_every_slip_shows(streams))


def test_gaps_by_queue_stay_with_their_queue(streams):
    for rng in streams:
        table = hiring(rng, {"甲": (60, 70), "乙": (60, 70)}, gaps={"甲": (20, 25), "乙": (-4, -2)})
        found = _hires(table)
        assert found["甲"][0] > 19
        assert found["乙"][0] < 0
