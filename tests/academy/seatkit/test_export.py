"""academy.seatkit.export：毛病的数目在所给的范围里，一行只有一种；照题目的规矩洗得回原样。"""

import numpy as np
import pandas as pd
import pytest

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
        dirty = Export(rng, CLEAN).gaps(4, 8).mark("--", 6, 11).twice(7, 13)
        table = dirty.table(totals="合计")

        rows = table[table["时段"] != "合计"]
        once = rows.drop_duplicates()
        known = once[once["呼入量"] != "--"].astype({"呼入量": int})
        assert 4 <= len(CLEAN) - len(once) <= 8
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


def test_second_batch_has_another_value_behind_the_first(streams):
    for rng in streams:
        table = Export(rng, CLEAN).resent(10, 15, more=(2, 11), 批次=(1, 2)).table()

        first, second = (table[table["批次"] == batch] for batch in (1, 2))
        both = second.merge(first, on=["日期", "时段"])
        assert len(first) == len(CLEAN)
        assert 10 <= len(second) <= 15
        assert (both["呼入量_x"] - both["呼入量_y"]).between(2, 11).all()


@pytest.mark.parametrize("first", ["resent", "probes"])
def test_labels_of_one_step_stand_in_the_rows_of_another(first):
    steps = {
        "resent": lambda export: export.resent(5, 5, more=(1, 1), 批次=(1, 2)),
        "probes": lambda export: export.probes(4, 4, value=(1, 5), 类型=("正式", "拨测")),
    }
    export = Export(np.random.default_rng(1), CLEAN)
    for name in (first, *(set(steps) - {first})):
        steps[name](export)

    table = export.mark("", 3, 3).table()

    assert table[["批次", "类型"]].value_counts().to_dict() == {
        (1, "正式"): 168,
        (2, "正式"): 5,
        (1, "拨测"): 4,
    }
    assert table.loc[table["类型"] == "拨测", "呼入量"].astype(int).between(1, 5).all()
    assert (table["呼入量"] == "").sum() == 3
