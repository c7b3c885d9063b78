"""班表：只在埋下瑕疵的地方不合理，真相与从文字列独立算出的一致。"""

import numpy as np
import pandas as pd

from ccomlib import centre


def hours(text):
    return text.str[:2].astype(int) + text.str[3:].astype(int) / 60


def working_hours(roster):
    work = roster[~roster["休息"]].copy()
    start = work["日期"] + pd.to_timedelta(hours(work["上班"]), unit="h")
    length = (hours(work["下班"]) - hours(work["上班"])) % 24
    return work.assign(起=start, 止=start + pd.to_timedelta(length, unit="h"))


def longest_run(rest):
    work = ~rest.to_numpy()
    runs = np.split(work, np.flatnonzero(np.diff(work)) + 1)
    return max(len(run) for run in runs if run[0])


def test_every_agent_on_the_roster_is_employed(any_hub):
    current = any_hub.agents[any_hub.agents["离职日期"].isna()]["工号"]
    roster = any_hub.roster
    assert set(roster["工号"]) == set(current)
    assert (roster.groupby("工号").size() == 28).all()
    assert not roster.duplicated(["工号", "日期"]).any()
    assert roster["日期"].iloc[[0, -1]].astype(str).tolist() == ["2025-06-30", "2025-07-27"]


def test_days_off_have_no_times(any_hub):
    roster = any_hub.roster
    off = roster["休息"]
    assert (roster.loc[off, ["上班", "下班"]] == "").all(axis=None)
    assert (roster.loc[off, "班次"] == "休").all()
    assert not roster.loc[off, ["夜班", "周末"]].any(axis=None)
    assert (roster.loc[~off, ["上班", "下班"]] != "").all(axis=None)


def test_shift_columns_agree_with_the_shift_types(any_hub):
    work = any_hub.roster[~any_hub.roster["休息"]]
    joined = work.merge(centre.shift_types(), on="班次", how="left", suffixes=("", "_表"))
    for column in ("上班", "下班", "夜班"):
        assert (joined[column] == joined[f"{column}_表"]).all()


def test_weekend_marks_worked_saturdays_and_sundays(any_hub):
    roster = any_hub.roster
    weekend = roster["日期"].dt.day_of_week >= 5
    assert (roster["周末"] == (weekend & ~roster["休息"])).all()


def test_only_the_planted_agents_work_seven_days_in_a_row(any_hub):
    """劳动法 38 条：每周至少休息一天；truth 里正是连上 7 天的那几位。"""
    run = any_hub.roster.groupby("工号")["休息"].apply(longest_run)
    assert run.max() == 7
    assert tuple(run.index[run == 7]) == any_hub.truth.seven_day_agents
    assert (run[run < 7] <= 5).all()
    assert len(any_hub.truth.seven_day_agents) == 6


def test_only_the_planted_rests_are_short(any_hub):
    """间隔不足 11 小时是教学约定（欧盟指令的口径），从上下班文字独立算出。"""
    work = working_hours(any_hub.roster).sort_values(["工号", "日期"])
    gap = (work["起"] - work.groupby("工号")["止"].shift()).dt.total_seconds() / 3600
    short = work.assign(间隔小时=gap)[gap < 11]
    planted = any_hub.truth.short_rests
    assert short["工号"].tolist() == planted["工号"].tolist()
    assert short["日期"].tolist() == planted["日期"].tolist()
    assert np.allclose(short["间隔小时"], planted["间隔小时"])
    assert len(planted) == 10


def test_one_team_has_most_of_the_nights(any_hub):
    roster = any_hub.roster.merge(any_hub.agents[["工号", "班组"]], on="工号")
    nights = roster.groupby("班组")["夜班"].sum()
    assert nights.idxmax() == any_hub.truth.night_team
    assert nights.max() > 0.5 * nights.sum()


def test_request_rate_is_the_share_of_requests_granted(any_hub):
    asked = any_hub.roster[any_hub.roster["申请"] == "休"]
    assert asked["休息"].mean() == any_hub.truth.request_rate
    assert 0.55 < any_hub.truth.request_rate < 0.9


def test_there_are_twenty_straight_eight_hour_shifts():
    shifts = centre.shift_types()
    assert len(shifts) == 20
    assert shifts["班次"].is_unique
    length = (hours(shifts["下班"]) - hours(shifts["上班"])) % 24
    assert (length - shifts["用餐分钟"] / 60 == 8).all()
    assert ((hours(shifts["用餐开始"]) - hours(shifts["上班"])) % 24 < length).all()


def test_the_shifts_cover_every_half_hour():
    shifts = centre.shift_types()
    slot = np.arange(48) / 2
    since = (slot[:, None] - hours(shifts["上班"]).to_numpy()) % 24
    assert (since < 8.5).any(axis=1).all()
