"""胜任力：差距、已知组检验、学习地图。"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib.centre import open_centre
from ccomlib.competency import competency_gaps, known_groups, learning_map

NEED = {"倾听": (4, 3, 5), "系统": (3, 2, 5), "投诉": (4, 5, 1)}


def levels(**people):
    """一人一项一行；people 的值是 倾听、系统、投诉 的现状。"""
    rows = [
        (who, name, need, now, critical, often)
        for who, values in people.items()
        for (name, (need, critical, often)), now in zip(NEED.items(), values, strict=True)
    ]
    columns = ["工号", "能力", "要求等级", "现状等级", "关键度", "使用频率"]
    return pd.DataFrame(rows, columns=columns)


NOW = levels(A1=(3, 3, 1), A2=(5, 1, 3))


def test_gap_is_weighted_by_criticality_and_frequency():
    """手算：倾听 (1 + 0)/2 × 15 = 7.5，系统 (0 + 2)/2 × 10 = 10，投诉 (3 + 1)/2 × 5 = 10。"""
    result = competency_gaps(NOW)

    assert result.table["加权差距"].tolist() == [7.5, 10, 10]
    assert result.table["名次"].tolist() == [3, 1, 1]
    assert result.matrix.loc["A2"].tolist() == [-1, 2, 1]


def test_surplus_does_not_pay_for_a_gap():
    """手算：A2 匹配度 = (15·4 + 10·1 + 5·3) ÷ (60 + 30 + 20) = 85/110。"""
    result = competency_gaps(NOW)

    assert result.people["匹配度"].iloc[1] == pytest.approx(85 / 110)
    assert result.people["最该补的能力"].tolist() == ["倾听", "系统"]


def test_posts_may_ask_for_different_things():
    """A2 的岗位不要求投诉：只按 A1 一人平均。"""
    result = competency_gaps(NOW.iloc[:5])

    assert result.table["加权差距"].tolist() == [7.5, 10, 15]
    assert np.isnan(result.matrix.loc["A2", "投诉"])
    assert result.people["匹配度"].iloc[1] == pytest.approx(70 / 90)


def test_nobody_lacking_gives_no_list():
    result = competency_gaps(levels(A1=(5, 5, 5), A2=(5, 5, 5)))

    assert result.top() == []
    assert "都达到岗位要求" in str(result)
    assert result.people["最该补的能力"].tolist() == ["无", "无"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (NOW.drop(columns="使用频率"), "能力表缺少列：使用频率"),
        (NOW.assign(现状等级=6), "现状等级第 1 个（A1，倾听）是 6"),
        (NOW.assign(现状等级=[None, *range(5)]), "现状等级第 1 个（A1，倾听）是空值"),
        (NOW.assign(能力="倾听"), "能力表第 2 行（A1，倾听）空着或重复"),
        (NOW.assign(关键度=0), "关键度第 1 个（A1，倾听）是 0"),
        (NOW.iloc[:0], "能力表没有行"),
    ],
)
def test_gaps_refuse(table, message):
    with pytest.raises(ValueError, match=message):
        competency_gaps(table)


# R 的 sleep 数据（Cushny & Peebles 1905）
SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
GROUPS = pd.DataFrame(
    {
        "绩效组": ["一般"] * 10 + ["绩优"] * 10,
        "倾听": SLEEP_1 + SLEEP_2,
        "系统": np.r_[np.arange(10), np.arange(10) + 8.0],
    }
)


def test_welch_and_d_match_r():
    """R：t.test(extra ~ group)，t = 1.8608，df = 17.776，p = 0.07939；d 的区间由 pt 的非中心参数反解。"""
    row = known_groups(GROUPS, ["倾听"]).table.iloc[0]

    assert [row["t"], row["自由度"], row["p"]] == pytest.approx([1.8608135, 17.776474, 0.07939414])
    assert [row["区间下限"], row["区间上限"]] == pytest.approx([-0.2054832307, 3.3654832307])
    assert [row["d"], row["d 下限"], row["d 上限"]] == pytest.approx(
        [0.8321810813, -0.09545039821, 1.738816899], abs=1e-6
    )


def test_several_items_are_corrected():
    """单看 p = 0.079 与很小；两项时 Holm 把大的留着、小的乘 2。"""
    result = known_groups(GROUPS, ["倾听", "系统"])

    assert result.separating == ("系统",)
    assert result.table["p（Holm）"].iloc[1] == pytest.approx(2 * result.table["p"].iloc[1])
    assert "Holm 校正后 1 项" in str(result)


def test_a_reversed_item_is_named():
    reverse = GROUPS.assign(系统=-GROUPS["系统"])

    assert known_groups(reverse, ["系统"]).table["判断"].tolist() == ["方向相反"]


@pytest.mark.parametrize(
    ("table", "items", "message"),
    [
        (GROUPS, [], "competencies 是空的"),
        (GROUPS.assign(绩效组="一般"), ["倾听"], "“绩优”只有 0 人"),
        (GROUPS.assign(倾听=3.0), ["倾听"], "倾听在两组里各自全一样"),
        (GROUPS.assign(倾听=[None, *range(19)]), ["倾听"], "倾听第 1 个是空值"),
    ],
)
def test_known_groups_refuses(table, items, message):
    with pytest.raises(ValueError, match=message):
        known_groups(table, items)


# Hillier & Lieberman《运筹学导论》Reliable Construction：关键路径 A B C E F J L N，44 周
RELIABLE = pd.DataFrame(
    [
        ("A", 2, ""),
        ("B", 4, "A"),
        ("C", 10, "B"),
        ("D", 6, "C"),
        ("E", 4, "C"),
        ("F", 5, "E"),
        ("G", 7, "D"),
        ("H", 9, "E、G"),
        ("I", 7, "C"),
        ("J", 8, "F、I"),
        ("K", 4, "J"),
        ("L", 5, "J"),
        ("M", 2, "H"),
        ("N", 6, "K、L"),
    ],
    columns=["课程", "天数", "先修"],
)


def test_critical_path_of_the_textbook_network():
    result = learning_map(RELIABLE)

    assert result.days == 44
    assert result.critical_path == tuple("ABCEFJLN")


def test_slack_of_the_textbook_network():
    """同书表 10.3（关键路径法）：机动 D、G、H、M 为 4，I 为 2，K 为 1，其余为 0。"""
    slack = learning_map(RELIABLE).table.set_index("课程")["机动天数"]

    assert slack[slack > 0].to_dict() == {"D": 4, "G": 4, "H": 4, "I": 2, "K": 1, "M": 4}


def test_closure_and_what_comes_next():
    result = learning_map(RELIABLE)

    assert result.prerequisites("H") == list("ABCDEG")
    assert result.unlocks("J") == list("KLN")
    assert result.next_courses("ABC") == list("DEI")
    assert result.next_courses([]) == ["A"]


def test_an_order_is_checked_against_every_prerequisite():
    result = learning_map(RELIABLE)

    assert result.check_order(result.order).empty
    wrong = result.check_order(["B", "A"])
    assert wrong.to_numpy().tolist() == [["B", "A", "排在后面"]]
    assert result.check_order(["B"])["问题"].tolist() == ["没有排"]
    with pytest.raises(ValueError, match="A 出现了不止一次"):
        result.check_order(["A", "A"])


def test_a_cycle_is_named_whole():
    table = pd.DataFrame({"课程": list("甲乙丙丁"), "天数": 1, "先修": ["丙", "甲", "乙", "甲"]})

    with pytest.raises(ValueError, match="先修成环：") as error:
        learning_map(table)

    loop = str(error.value).split("：")[1].split("，")[0].split(" → ")
    assert loop[0] == loop[-1]
    assert sorted(loop[:-1]) == sorted("甲乙丙")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (RELIABLE.assign(课程="A"), "课程第 2 个是 'A'，空着或重名"),
        (RELIABLE.assign(天数=-1), "天数第 1 个（A）是 -1"),
        (RELIABLE.assign(先修="Z"), "先修第 1 个（A）写了 'Z'"),
        (RELIABLE.iloc[:1].assign(先修="A"), "先修成环：A → A"),
        (RELIABLE.iloc[:0], "课程表没有行"),
    ],
)
def test_learning_map_refuses(table, message):
    with pytest.raises(ValueError, match=message):
        learning_map(table)


def test_codes_are_followed_and_titles_are_shown():
    table = pd.DataFrame(
        {"课程编号": ["课1", "课2"], "课程": ["产品", "实战"], "天数": [3, 4], "先修": ["", "课1"]}
    )
    result = learning_map(table)

    assert result.critical_path == ("课1", "课2")
    assert "产品 → 实战" in str(result)


def test_unknown_courses_are_named():
    with pytest.raises(ValueError, match="没有课程 'Z'"):
        learning_map(RELIABLE).prerequisites("Z")


@given(st.integers(0, 10**6))
def test_order_keeps_prerequisites_and_the_path_is_as_long_as_the_whole(seed):
    rng = np.random.default_rng(seed)
    names = [f"课{k}" for k in range(12)]
    before = ["、".join(names[j] for j in range(k) if rng.random() < 0.25) for k in range(12)]
    table = pd.DataFrame({"课程": names, "天数": rng.integers(0, 9, 12), "先修": before})

    result = learning_map(table.sample(frac=1, random_state=seed))
    length = table.set_index("课程")["天数"]

    assert result.check_order(result.order).empty
    assert sum(length[name] for name in result.critical_path) == result.days
    assert (result.table["机动天数"] >= 0).all()


@pytest.mark.parametrize("people", [3, 60])
def test_results_draw_on_the_axes_they_are_given(people):
    import matplotlib.pyplot as plt

    rng = np.random.default_rng(0)
    crowd = levels(**{f"A{k}": rng.integers(0, 6, 3) for k in range(people)})
    results = [
        competency_gaps(crowd),
        known_groups(GROUPS, ["倾听", "系统"]),
        learning_map(RELIABLE.assign(课程编号=RELIABLE["课程"], 课程="很长的课程名称要折成两行")),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty


@pytest.mark.parametrize("seed", [2025, 7])
def test_truths_of_the_virtual_centre_are_found(seed):
    """虚拟中心埋下的：加权差距最大的三项、唯一的关键路径。"""
    hub = open_centre(seed)

    gaps = competency_gaps(hub.table("skill_matrix"))
    plan = learning_map(hub.table("courses"))

    assert set(gaps.top(3)) == set(hub.truth.competence.widest_gaps)
    assert plan.critical_path == hub.truth.courses.critical_path
    assert plan.days == hub.truth.courses.critical_days
