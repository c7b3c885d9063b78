"""人数变动：24 个月加得起来，后 12 个月就是花名册。"""

import pandas as pd
import pytest

MONTHS = pd.date_range("2023-07-01", "2025-06-01", freq="MS")


@pytest.fixture
def table(any_hub):
    return any_hub.headcount


def test_twelve_teams_by_twenty_four_months(table):
    assert len(table) == 12 * 24
    assert table["月份"].unique().tolist() == MONTHS.tolist()
    assert (table.groupby("月份")["班组"].nunique() == 12).all()


def test_opening_plus_joiners_minus_leavers_is_closing_and_next_opening(table):
    closing = table["月初人数"] + table["入职人数"] - table["离职人数"]
    following = table.groupby("班组")["月初人数"].shift(-1).dropna()
    assert (closing == table["月末人数"]).all()
    assert (following == table.loc[following.index, "月末人数"]).all()
    assert table["月初人数"].between(10, 20).all()


def test_last_twelve_months_are_those_of_the_roll(any_hub, table):
    roll = any_hub.agents
    recent = table[table["月份"] >= "2024-07-01"]
    month = roll["离职日期"].dt.to_period("M").dt.to_timestamp()
    gone = roll.groupby([month, "班组"]).size()
    came = roll[roll["入职日期"] >= "2024-07-01"]
    came = came.groupby([came["入职日期"].dt.to_period("M").dt.to_timestamp(), "班组"]).size()
    index = pd.MultiIndex.from_frame(recent[["月份", "班组"]])
    assert gone.reindex(index, fill_value=0).tolist() == recent["离职人数"].tolist()
    assert came.reindex(index, fill_value=0).tolist() == recent["入职人数"].tolist()
    assert recent["月末人数"].tail(12).sum() == 240


def test_early_leavers_are_those_of_the_roll(any_hub, table):
    recent = table[table["月份"] >= "2024-07-01"]
    roll = any_hub.agents.set_index("工号")
    early = roll.loc[list(any_hub.truth.early_leavers), "离职日期"]
    assert recent["其中90天内"].sum() == (early >= "2024-07-01").sum()


def test_parts_do_not_exceed_the_whole(table):
    assert (table["其中主动"] <= table["离职人数"]).all()
    assert (table["其中90天内"] <= table["离职人数"]).all()


def test_attrition_of_both_years_is_plausible(some_hub):
    """两年各约 70 人，年流失率约 15%–55%。"""
    table = some_hub.headcount
    year = table.groupby(table["月份"] >= "2024-07-01")["离职人数"].sum()
    assert year.between(0.15 * 240, 0.55 * 240).all()
