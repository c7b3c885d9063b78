"""ccomlib.erlang.cost_of_error：预测错了，折成几个人、几个点。"""

import matplotlib as mpl
import pytest

from ccomlib import erlang

PLANS = {"少报一成": (177.3, 297), "时长没跟上": (197, 259)}


@pytest.mark.parametrize("patience", [None, 109])
def test_each_plan_is_sized_alone_and_judged_on_what_really_comes(patience):
    """逐种另算：照预测定员，再拿这些人接实际的来电。"""
    found = erlang.cost_of_error(197, 297, PLANS, patience=patience)
    right = erlang.required_agents(197, 297, patience=patience).agents

    assert found.table["照它排"].iloc[0] == right
    for name, (calls, aht) in PLANS.items():
        agents = erlang.required_agents(calls, aht, patience=patience).agents
        row = found.table.loc[name]
        assert (row["照它排"], row["比该排的"]) == (agents, agents - right)
        if patience:
            level = erlang.performance(197, 297, agents, patience=patience).service_level
            assert row["服务水平"] == pytest.approx(level)


def test_too_few_for_the_load_is_a_service_level_of_nought_under_erlang_c():
    """197 × 297 ÷ 1800 = 32.5 爱尔兰，照少报一成只排 33 人以下：32 人接不住，记 0。"""
    found = erlang.cost_of_error(197, 297, {"少报两成": (157, 297)})

    assert found.table.loc["少报两成", "照它排"] < 32.5
    assert found.table.loc["少报两成", "服务水平"] == 0


def test_calls_and_seconds_count_alike():
    """话务量是来电量乘时长：来电少报 10% 与时长少报 10%，少排的人差不到一个。"""
    found = erlang.cost_of_error(200, 300, {"量": (180, 300), "时长": (200, 270)}, patience=109)

    assert abs(found.table.loc["量", "照它排"] - found.table.loc["时长", "照它排"]) <= 1


def test_sentence_and_picture_name_the_worst_plan():
    found = erlang.cost_of_error(197, 297, PLANS, patience=109)
    ax = found.plot(mpl.figure.Figure().subplots())

    assert found.worst == "时长没跟上"
    assert "最伤的是「时长没跟上」：少排 4 人" in ax.get_title().replace("\n", "")
    assert "少报一成少排 3 人" in str(found)


@pytest.mark.parametrize(
    ("plans", "message"),
    [({}, "plans 是空的"), ({"甲": (1, 2, 3)}, "「甲」应是两个数"), ({"甲": (-1, 200)}, "来电量")],
)
def test_bad_plans_are_refused(plans, message):
    with pytest.raises(ValueError, match=message):
        erlang.cost_of_error(197, 297, plans)
