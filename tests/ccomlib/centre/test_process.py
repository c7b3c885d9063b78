"""服务流程：一张单子从受理走到回访；最差的节点与投诉的根源都看得出来。期望值来自 hub.truth。"""

import pandas as pd
import pytest

from ccomlib.centre.field import NODES


@pytest.fixture
def nodes(any_hub):
    return any_hub.process_nodes


def test_every_ticket_passes_the_eight_nodes_in_order(nodes):
    assert len(nodes) == 20_000
    assert nodes["节点"].tolist() == list(NODES) * 2_500
    assert (nodes.groupby("服务单号").size() == 8).all()


def test_time_runs_forward_without_gaps(nodes):
    assert (nodes["离开时间"] > nodes["进入时间"]).all()
    next_enter = nodes.groupby("服务单号")["进入时间"].shift(-1)
    inner = next_enter.notna()
    assert (next_enter[inner] == nodes.loc[inner, "离开时间"]).all()
    assert nodes["离开时间"].max() < pd.Timestamp("2025-06-30")


def test_tickets_come_from_answered_repair_calls(any_hub, nodes):
    first = nodes[nodes["节点"] == "受理"]
    joined = first.merge(any_hub.calls_sample, on="通话编号", validate="1:1")
    assert len(joined) == 2_500
    assert (joined["队列"] == "报修").all()
    assert (joined["结果"] == "接起").all()
    assert (joined["处理人"] == joined["工号"]).all()
    assert (joined["产品"] == joined["原因大类"]).all()
    assert (joined["进入时间"] >= joined["时间"]).all()


def test_units_are_the_agents_team_or_the_station(any_hub, nodes):
    first = nodes["节点"] == "受理"
    team = any_hub.agents.set_index("工号")["班组"]
    assert (nodes.loc[first, "处理人"].map(team) == nodes.loc[first, "单位"]).all()
    assert (nodes.loc[~first, "单位"] == nodes.loc[~first, "网点"]).all()


def test_each_field_worker_has_one_node_and_one_station(nodes):
    field = nodes[nodes["节点"] != "受理"].groupby("处理人")
    assert field.ngroups == 112
    assert (field["节点"].nunique() == 1).all()
    assert (field["网点"].nunique() == 1).all()


def test_worst_node_is_found_by_its_defect_rate(some_hub):
    rate = some_hub.process_nodes.groupby("节点")["缺陷"].mean().loc[list(NODES)]
    truth = some_hub.truth.process
    assert rate.idxmax() == truth.worst_node
    assert rate.max() > 1.6 * rate.nlargest(2).iloc[-1]
    assert rate.to_numpy() == pytest.approx(truth.defect_rate, abs=0.03)


def test_root_cause_of_the_complaints_shows_in_the_process(some_hub):
    root = some_hub.truth.complaints.root
    nodes = some_hub.process_nodes
    inside = nodes[(nodes["进入时间"] >= root.start) & (nodes["进入时间"] < root.end)]
    defects = inside.groupby("处理人")["缺陷"].agg(["sum", "mean"])
    assert defects["sum"].idxmax() == root.person
    assert defects.loc[root.person, "mean"] > 0.5
    guilty = nodes[nodes["处理人"] == root.person]
    assert set(guilty["节点"]) == {root.node}
    assert set(guilty["网点"]) == {root.station}


def test_defects_take_longer(some_hub):
    nodes = some_hub.process_nodes
    nodes = nodes[nodes["节点"] != "受理"]
    hours = (nodes["离开时间"] - nodes["进入时间"]).dt.total_seconds()
    median = hours.groupby([nodes["节点"], nodes["缺陷"]]).median().unstack()
    ratio = (median[True] / median[False]).median()
    assert ratio == pytest.approx(some_hub.truth.process.rework, rel=0.15)
