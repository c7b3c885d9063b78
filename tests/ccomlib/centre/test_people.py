"""花名册：在册 240 人、12 组各 20 人，早期离职风险更高。"""

import numpy as np
import pandas as pd

from ccomlib import centre

END = pd.Timestamp("2025-06-22")


def test_240_agents_are_employed_in_12_teams_of_20(any_hub):
    staff = any_hub.agents
    current = staff[staff["离职日期"].isna()]
    assert len(current) == 240
    assert (current["班组"].value_counts() == 20).all()
    assert current["班组"].nunique() == 12


def test_agent_numbers_are_unique_and_in_order_of_hiring(any_hub):
    staff = any_hub.agents
    assert staff["工号"].is_unique
    assert staff["姓名"].is_unique
    assert staff["工号"].iloc[0] == "A001"
    assert staff["入职日期"].is_monotonic_increasing
    assert staff["工号"].is_monotonic_increasing


def test_nobody_leaves_before_being_hired(any_hub):
    staff = any_hub.agents
    gone = staff.dropna()
    assert (gone["离职日期"] > gone["入职日期"]).all()
    assert (gone["离职日期"] >= pd.Timestamp("2024-07-01")).all()
    assert (staff["入职日期"] <= pd.Timestamp("2025-06-23")).all()


def test_hazards_are_recovered_from_many_centres():
    """离职数 ÷ 在职人月（30 天），40 家中心合并；通勤倍数按人群平均。"""
    early, late = np.zeros(2), np.zeros(2)
    expected = np.zeros(2)
    for seed in range(40):
        truth, staff = centre.truth.planted(seed), centre.open_centre(seed).agents
        start = staff["入职日期"].clip(lower=pd.Timestamp("2024-07-01"))
        stop = staff["离职日期"].fillna(END + pd.Timedelta(days=1))
        limit = staff["入职日期"] + pd.Timedelta(days=90)
        ratio = np.where(staff["通勤分钟"] >= 60, truth.commute_hazard, 1.0)
        young = (stop.clip(upper=limit) - start).dt.days.clip(lower=0) / 30 * ratio
        old = (stop - start.clip(lower=limit)).dt.days.clip(lower=0) / 30 * ratio
        gone = staff["离职日期"].notna()
        fast = gone & (staff["离职日期"] <= limit)
        early += fast.sum(), young.sum()
        late += (gone & ~fast).sum(), old.sum()
        expected += truth.hazard_early * young.sum(), truth.hazard_late * old.sum()
    assert early[0] / expected[0] > 0.85
    assert early[0] / expected[0] < 1.15
    assert 0.9 < late[0] / expected[1] < 1.1
    assert early[0] / early[1] > 3 * late[0] / late[1]


def test_early_leavers_left_within_90_days(any_hub):
    staff = any_hub.agents
    stayed = (staff["离职日期"] - staff["入职日期"]).dt.days
    assert tuple(staff.loc[stayed < 90, "工号"]) == any_hub.truth.early_leavers
