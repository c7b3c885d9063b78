"""导出表：按瑕疵清单修好以后，就是咨询队列最近 8 周的真实数据。"""

import numpy as np
import pandas as pd


def test_repairing_by_the_list_of_flaws_gives_the_true_counts(any_hub):
    table, flaws = any_hub.calls_export, any_hub.truth.export_flaws
    table["呼入量"] = table["呼入量"].astype(object)
    shown = flaws[flaws["行"] >= 0]
    table.loc[shown["行"], "呼入量"] = shown["真实呼入量"].to_numpy()
    table = table[table["日期"] != "合计"].drop_duplicates(["日期", "时段"])
    lost = flaws.loc[flaws["瑕疵"] == "缺失", ["日期", "时段", "真实呼入量"]]
    table = pd.concat([table, lost.rename(columns={"真实呼入量": "呼入量"})])
    table = table.sort_values(["日期", "时段"])
    truth = any_hub.calls_interval
    truth = truth[(truth["队列"] == "咨询") & (truth["日期"] >= pd.Timestamp("2025-05-05"))]
    assert len(truth) == 56 * 48
    assert table["呼入量"].astype(int).tolist() == truth["呼入量"].tolist()


def test_every_flaw_is_where_the_list_says(any_hub):
    table, flaws = any_hub.calls_export, any_hub.truth.export_flaws
    at = {kind: rows["行"].to_numpy() for kind, rows in flaws.groupby("瑕疵")}
    value = table["呼入量"]
    assert np.array_equal(np.flatnonzero(value == "--"), np.sort(at["无数据"]))
    assert np.array_equal(np.flatnonzero(value == ""), np.sort(at["空白"]))
    assert np.array_equal(np.flatnonzero(value.str.match(r"-\d")), np.sort(at["负数"]))
    assert np.array_equal(np.flatnonzero(table.duplicated()), np.sort(at["重复"]))
    assert at["合计"].tolist() == [len(table) - 1]
    assert (at["缺失"] == -1).all()


def test_the_last_row_is_the_true_total(any_hub):
    truth = any_hub.calls_interval
    truth = truth[(truth["队列"] == "咨询") & (truth["日期"] >= pd.Timestamp("2025-05-05"))]
    last = any_hub.calls_export.iloc[-1]
    assert last["日期"] == "合计"
    assert int(last["呼入量"]) == truth["呼入量"].sum()


def test_every_cell_is_text(hub):
    assert (hub.calls_export.dtypes == "str").all()
