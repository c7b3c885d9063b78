"""没接好的电话丢在哪一段：合计、段的界线、周一单列。"""

import pandas as pd
import pytest

from ccomlib import centre, evaluation


def table(*rows):
    frame = pd.DataFrame(rows, columns=["日期", "时段", "呼入量", "20秒接起量"])
    return frame.assign(日期=pd.to_datetime(frame["日期"]))


def test_shares_and_levels_are_sums_over_sums():
    # 手算：上午丢 10+30，傍晚丢 40，夜里丢 20，合计 100
    found = evaluation.missed_calls(
        table(
            ("2026-03-03", "09:00", 100, 90),
            ("2026-03-04", "11:00", 300, 270),
            ("2026-03-04", "20:30", 100, 60),
            ("2026-03-04", "21:00", 500, 480),
        )
    )
    assert found.table["没接好"].to_dict() == {"上午": 40, "傍晚": 40, "夜里": 20, "全天": 100}
    assert found.level.round(3).to_dict() == {"上午": 0.9, "傍晚": 0.6, "夜里": 0.96, "全天": 0.9}
    assert found.table["占没接好的"].tolist() == [0.4, 0.4, 0.2, 1.0]
    assert found.days == 2


@pytest.mark.parametrize(
    ("slot", "part"),
    [
        ("08:00", "夜里"),
        ("08:30", "上午"),
        ("11:00", "上午"),
        ("11:30", "午间"),
        ("13:30", "下午"),
        ("17:00", "下午"),
        ("17:30", "傍晚"),
        ("21:00", "夜里"),
    ],
)
def test_a_slot_belongs_to_the_part_it_starts_in(slot, part):
    assert evaluation.missed_calls(table(("2026-03-03", slot, 9, 1))).worst == part


def test_monday_mornings_stand_alone():
    found = evaluation.missed_calls(
        table(("2026-03-02", "09:00", 9, 1), ("2026-03-03", "09:00", 9, 2))
    )
    assert found.table["没接好"].to_dict() == {"周一上午": 8, "上午": 7, "全天": 15}


def test_days_outside_and_days_skipped_do_not_count():
    rows = table(*((f"2026-03-0{day}", "09:00", 10, day) for day in (3, 4, 5, 6)))
    found = evaluation.missed_calls(rows, "2026-03-04", "2026-03-06", skip=["2026-03-05"])
    assert found.table.loc["全天", "没接好"] == 6 + 4


def test_queues_and_days_agree_with_the_whole_table():
    calls = centre.open_centre(2025).calls_interval_next
    found = evaluation.missed_calls(calls)
    assert found.table.loc["全天", "呼入量"] == calls["呼入量"].sum()
    assert found.table.drop("全天")["没接好"].sum() == found.table.loc["全天", "没接好"]


def test_its_chart_and_sentence_name_the_worst_part():
    found = evaluation.missed_calls(
        table(("2026-03-03", "09:00", 100, 90), ("2026-03-03", "18:00", 100, 60))
    )
    assert "傍晚最多，占 80%" in found.plot().get_title()
    assert "最多的是傍晚，占 80%" in str(found)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"first": "2027-01-01"}, "一通电话也没有"),
        ({"parts": {"早": ("10:00", "09:00")}}, "起点要早于终点"),
    ],
)
def test_what_cannot_be_counted_is_refused(options, said):
    with pytest.raises(ValueError, match=said):
        evaluation.missed_calls(table(("2026-03-03", "09:00", 9, 1)), **options)
