"""academy.seatkit.export：毛病的数目在所给的范围里，一行只有一种；照题目的规矩洗得回原样。"""

import numpy as np
import pandas as pd

from academy.seatkit import Export, slots

CLEAN = pd.DataFrame(
    {
        "日期": np.repeat(pd.date_range("2025-05-05", periods=7), 24),
        "时段": slots("08:00", "20:00") * 7,
        "呼入量": np.arange(100, 268),
    }
)


def test_every_defect_can_be_cleaned_away_again(streams):
    for rng in streams:
        dirty = Export(rng, CLEAN).mark("--", 6, 11).twice(7, 13)
        table = dirty.table(totals="合计")

        rows = table[table["时段"] != "合计"]
        once = rows.drop_duplicates()
        known = once[once["呼入量"] != "--"].astype({"呼入量": int})
        assert len(once) == len(CLEAN)
        assert 6 <= len(once) - len(known) <= 11
        assert 7 <= len(rows) - len(once) <= 13
        merged = known.merge(CLEAN, on=["日期", "时段"])
        assert len(merged) == len(known)
        assert (merged["呼入量_x"] == merged["呼入量_y"]).all()


def test_no_row_has_two_defects(streams):
    for rng in streams:
        table = Export(rng, CLEAN).mark(-1, 10, 20).twice(20, 30).table()

        assert not table[table.duplicated()]["呼入量"].eq(-1).any()


def test_total_stands_behind_its_day_and_adds_what_is_a_number():
    table = Export(np.random.default_rng(0), CLEAN).mark(-1, 5, 5).table(totals="合计")

    at = table.index[table["时段"] == "合计"]
    assert len(at) == 7
    assert table.loc[at - 1, "时段"].eq("19:30").all()
    day = table[(table["日期"] == "2025-05-05") & (table["时段"] != "合计")]["呼入量"]
    assert table.loc[at[0], "呼入量"] == day[day > 0].sum()
