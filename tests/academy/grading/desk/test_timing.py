"""The table of where one submission's time goes adds up."""

import re

from academy.grading.desk import timing


def test_the_parts_are_the_whole(course, hand_in, right, monkeypatch):
    monkeypatch.setattr(timing, "RUNS", 1)
    hand_in("S1", right)

    table = timing.time_table(course.api, "px", "S1")

    *parts, total = (float(number) for number in re.findall(r"^ +(-?[\d.]+)  ", table, re.M))
    assert len(parts) >= 8
    # 每行四舍五入到 0.1
    assert abs(sum(parts) - total) <= 0.05 * (len(parts) + 1) + 1e-9
    assert parts[0] > 0
