"""课程图：没有环，关键路径与真相一致（用 networkx 独立求）。"""

import networkx as nx

from ccomlib.centre.competence import COMPETENCES


def graph(table):
    """先修 → 课程，边权是后一门的天数；起点另接一条。"""
    days = table.set_index("课程编号")["天数"]
    edges = [
        (before, row.课程编号)
        for row in table.itertuples()
        for before in row.先修.split("、")
        if before
    ]
    drawn = nx.DiGraph()
    drawn.add_weighted_edges_from([("开始", code, days[code]) for code in days.index])
    drawn.add_weighted_edges_from([(a, b, days[b]) for a, b in edges])
    return drawn


def test_forty_courses_whose_prerequisites_exist_and_have_no_cycle(some_hub):
    table = some_hub.courses
    drawn = graph(table)
    assert len(table) == 40
    assert table["课程编号"].is_unique
    assert set(drawn) == {"开始", *table["课程编号"]}
    assert nx.is_directed_acyclic_graph(drawn)


def test_critical_path_is_the_longest_chain(some_hub):
    truth, drawn = some_hub.truth.courses, graph(some_hub.courses)
    assert tuple(nx.dag_longest_path(drawn)[1:]) == truth.critical_path
    assert nx.dag_longest_path_length(drawn) == truth.critical_days


def test_critical_path_is_the_only_one(some_hub):
    """抽掉关键路径上任何一门的天数一点点，最长链就变短：没有并列的。"""
    table = some_hub.courses
    for code in some_hub.truth.courses.critical_path:
        shorter = table.assign(
            天数=table["天数"].where(table["课程编号"] != code, table["天数"] - 0.25)
        )
        length = nx.dag_longest_path_length(graph(shorter))
        assert length < some_hub.truth.courses.critical_days


def test_courses_build_known_competences(hub):
    assert set(hub.courses["能力"]) <= {name for name, _ in COMPETENCES}
    assert (hub.courses["学时"] == 6 * hub.courses["天数"]).all()
