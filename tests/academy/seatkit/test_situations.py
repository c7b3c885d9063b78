"""academy.seatkit.situations：每个读数都在它那一级里，离界线有余地。"""

from academy.seatkit import Gauge, situations

GAUGES = [
    Gauge("服务水平", [(0.80, 0.90), (0.67, 0.73)], step=0.01),
    Gauge("排队人数", [(2, 9), (13, 18), (21, 29)]),
]


def test_readings_lie_in_the_band_of_their_level(streams):
    seen = set()
    for rng in streams:
        table = situations(rng, GAUGES, [(1, 2)])
        assert 0.67 <= table.loc[0, "服务水平"] <= 0.73
        assert 21 <= table.loc[0, "排队人数"] <= 29
        seen.add(table.loc[0, "排队人数"])
    assert seen == set(range(21, 30))


def test_rows_stand_in_random_order_under_their_labels(streams):
    rows = [(0, 0), (1, 1), (0, 2)]
    orders = {tuple(situations(rng, GAUGES, rows)["排队人数"] > 20) for rng in streams}

    assert len(orders) == 3
    table = situations(streams[0], GAUGES, rows, labels="甲乙丙", shuffle=False)
    assert table["情况"].tolist() == ["甲", "乙", "丙"]
    assert (table["排队人数"] > 20).tolist() == [False, False, True]
