"""在线 ÷ 计划在线，按星期：是偶然一天，还是每个星期的这一天？"""

import numpy as np
import pandas as pd
import pytest

from ccomlib import centre
from ccomlib.evaluation import online_map

DAYS = pd.date_range("2026-03-02", periods=14)  # 03-02 是周一


def staff(monday=30.0, other=36.0):
    rows = [
        (day, slot, 40.0, monday if day.weekday() == 0 else other, 2.0)
        for day in DAYS
        for slot in ("08:00", "09:00")
    ]
    table = pd.DataFrame(rows, columns=["日期", "时段", "计划在线", "在线", "缺勤"])
    table["会议"] = table["计划在线"] - table["在线"] - table["缺勤"]
    return table


def test_the_weekday_that_loses_most_is_named_with_its_step():
    result = online_map(staff())
    assert result.lowest == "周一"
    assert result.table.loc["周一"].to_dict() == pytest.approx(
        {
            "天数": 2,
            "计划在线": 40,
            "在线": 30,
            "缺勤占计划": 0.05,
            "会议占计划": 0.2,
            "在线占计划": 0.75,
        }
    )
    assert "在会议，占 20%" in str(result)
    assert "别的星期在 90% 到 90%" in str(result)


def test_rates_are_sums_over_sums_and_not_means_of_rates():
    table = staff()
    table.loc[table.index[0], ["计划在线", "在线"]] = [400.0, 100.0]
    # 周一四格：(100 + 30 × 3) ÷ (400 + 40 × 3)
    assert online_map(table).table.loc["周一", "在线占计划"] == pytest.approx(190 / 520)


def test_days_slots_and_weekdays_can_be_chosen():
    chosen = {"since": "2026-03-03", "until": "2026-03-12", "skip": ["2026-03-09"]}
    result = online_map(staff(), **chosen, first="09:00", weekdays=["周二", "周一", "周三"])
    assert result.table.index.tolist() == ["周二", "周三"]
    assert result.table["天数"].tolist() == [2, 2]
    assert result.matrix.shape == (4, 1)


def test_rows_of_the_picture_are_grouped_by_weekday():
    result = online_map(staff())
    assert result.matrix.index.get_level_values("星期").tolist()[:3] == ["周一", "周一", "周二"]
    ax = result.plot()
    ax.figure.canvas.draw()
    assert ax.get_yticklabels()[0].get_text() == "周一（2 天）"
    assert "周一最少，排好的人只有 75% 在线" in ax.get_title()


def test_the_planted_meeting_is_found_on_mondays():
    hub = centre.open_centre(seed=2025)
    result = online_map(
        hub.staff_interval, since="2025-05-12", until="2025-06-29", first="08:30", last="11:00"
    )
    assert result.lowest == "周一"
    assert result.table["会议占计划"].drop("周一").max() == 0
    assert "会议" in str(result)


@pytest.mark.parametrize(
    ("table", "options", "words"),
    [
        (staff().drop(columns="在线"), {}, "在线"),
        (staff(), {"since": "2027-01-01", "until": "2027-02-01"}, "没有这样的日子"),
        (staff().assign(计划在线=0.0), {}, "计划在线全是 0"),
        (staff().assign(在线=np.nan), {}, "在线"),
    ],
)
def test_refusals_say_what_to_mend(table, options, words):
    with pytest.raises(ValueError, match=words):
        online_map(table, **options)
