"""知识卡片与知识树：冲突、过期、重叠、遗漏。"""

import pandas as pd
import pytest

from ccomlib.centre import open_centre
from ccomlib.competency import check_cards, knowledge_tree
from ccomlib.competency.cards import plain

TODAY = "2025-06-30"


def cards(*rows):
    table = pd.DataFrame(rows, columns=["卡片编号", "场景", "条件", "答案", "失效日期"])
    return table.assign(负责人="知识组甲")


def check(table, today=TODAY):
    return check_cards(table, today=today, keys=("场景", "条件"))


def test_different_answers_to_one_question_are_a_conflict():
    """空格、标点、大小写不同仍是同一个问题。"""
    table = cards(
        ("K1", "退货", "7天内（未拆）", "可退", "长期"),
        ("K2", "退货 ", "7 天内 未拆", "不可退", "长期"),
        ("K3", "换货", "7天内", "可换", "长期"),
    )
    result = check(table)

    assert result.conflicts == (("K1", "K2"),)
    assert result.conflict_rate == pytest.approx(2 / 3)
    assert result.clean == 1
    assert "先统一：K1与K2" in str(result)


def test_same_answer_twice_is_only_a_duplicate():
    table = cards(
        ("K1", "退货", "7天内", "可退", "长期"), ("K2", "退货", "7天内", "可退。", "长期")
    )

    flaws = check(table).flaws

    assert flaws[["卡片", "问题"]].to_numpy().tolist() == [["K2", "重复"]]


@pytest.mark.parametrize(
    ("until", "problem"),
    [
        ("2025-06-29", ["已过期"]),
        ("2025-06-30", ["即将过期"]),
        ("2025-07-30", ["即将过期"]),
        ("2025-07-31", []),
        ("长期", []),
        (None, ["缺字段"]),
    ],
)
def test_a_card_is_valid_through_its_last_day(until, problem):
    result = check(cards(("K1", "退货", "7天内", "可退", until)))

    assert result.flaws["问题"].tolist() == problem
    assert result.expiry_rate == (problem == ["已过期"])


def test_only_cards_valid_today_can_contradict():
    """过期的与还没生效的，不算一答多义。"""
    table = cards(
        ("K1", "退货", "7天内", "可退", "2025-06-01"),
        ("K2", "退货", "7天内", "不可退", "长期"),
        ("K3", "退货", "7天内", "都可退", "长期"),
    ).assign(生效日期=["2024-01-01", "2024-01-01", "2025-07-01"])

    assert check(table).conflicts == ()
    assert check(table).expired == ("K1",)


def test_views_tell_how_many_people_saw_a_wrong_answer():
    """手算：300 ÷ 400。"""
    table = cards(
        ("K1", "退货", "7天内", "可退", "2025-01-01"), ("K2", "换货", "7天内", "可换", "长期")
    ).assign(浏览量=[300, 100])

    assert "75% 的浏览" in str(check(table))


@pytest.mark.parametrize(
    ("table", "today", "message"),
    [
        (cards(("K1", "退", "7", "可", "长期")), "昨天", "today 是 '昨天'"),
        (cards(("K1", "退", "7", "可", "过几天")), TODAY, "失效日期第 1 个是 '过几天'"),
        (cards(("K1", "退", "7", "可", "长期")).iloc[:0], TODAY, "没有行"),
        (
            cards(("K1", "a", "b", "c", "长期"), ("K1", "d", "e", "f", "长期")),
            TODAY,
            "卡片编号第 2 个",
        ),
        (cards(("K1", "退", "7", "可", "长期")).drop(columns="负责人"), TODAY, "缺少列：负责人"),
    ],
)
def test_cards_refuse(table, today, message):
    with pytest.raises(ValueError, match=message):
        check(table, today)


def test_plain_ignores_spacing_and_punctuation():
    assert plain(" 7 天，内（WiFi）") == "7天内wifi"
    assert plain(None) == plain(float("nan")) == plain(pd.NaT) == ""


def tree(*paths, **options):
    table = pd.DataFrame({"卡片编号": [f"K{k}" for k in range(len(paths))], "分类": paths})
    return knowledge_tree(table, path="分类", **options)


def test_counts_go_up_the_tree():
    table = tree("售后/退货", "售后/退货", "售后/换货", "报修/上门").table.set_index("路径")

    assert table.loc["售后", "全部卡片"] == 3
    assert table.loc["售后", "直接卡片"] == 0
    assert table.index.tolist() == ["售后", "售后/退货", "售后/换货", "报修", "报修/上门"]
    assert table["叶"].tolist() == [False, True, True, False, True]


@pytest.mark.parametrize(
    ("paths", "problem"),
    [
        (["售后/退货", "售后/换货", ""], "没有分类"),
        (["售后/退货", "售后/换货", "售后"], "挂在枝上"),
        (["售后/退货", "售后/退货退款"], "兄弟重叠"),
        (["售后/退货", "售后/退 货"], "兄弟重叠"),
        (["售后/价格", "报修/价格"], "同名两处"),
        (["售后/退货", "售后/其他"], "其他太多"),
    ],
)
def test_each_violation_is_named(paths, problem):
    result = tree(*paths)

    assert result.flaws["问题"].tolist() == [problem]
    assert not result.mece


def test_levels_may_stand_in_columns_of_their_own():
    table = pd.DataFrame(
        {
            "卡片编号": ["K1", "K2"],
            "队列": "报修",
            "一级分类": ["空调", "冰箱"],
            "二级分类": ["漏水", ""],
        }
    )
    result = knowledge_tree(table)

    assert result.table["路径"].tolist() == ["报修", "报修/空调", "报修/空调/漏水", "报修/冰箱"]


def test_one_card_in_two_places_overlaps():
    table = pd.DataFrame({"卡片编号": ["K1", "K1"], "分类": ["售后/退货", "报修/上门"]})
    result = knowledge_tree(table, path="分类")

    assert result.flaws["问题"].tolist() == ["一卡多处"]
    assert result.cards == 1


def test_taxonomy_finds_strays_and_empty_classes():
    result = tree("售后/退货", "投诉/升级", taxonomy=["售后/退货", "售后/换货"])

    assert result.flaws[["问题", "位置"]].to_numpy().tolist() == [
        ["分类空着", "售后/换货"],
        ["不在规定里", "K1"],
    ]


def test_a_clean_tree_is_mece():
    result = tree("售后/退货", "售后/换货", "报修/上门")

    assert result.mece
    assert "没有查出重叠与遗漏" in str(result)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"卡片编号": ["K1"], "分类": [""]}), "分类全是空的"),
        (pd.DataFrame({"卡片编号": ["K1", None], "分类": ["甲", "乙"]}), "卡片编号第 2 个是空的"),
        (pd.DataFrame({"卡片编号": []}), "缺少列：分类"),
    ],
)
def test_trees_refuse(table, message):
    with pytest.raises(ValueError, match=message):
        knowledge_tree(table, path="分类")


def test_results_draw_on_the_axes_they_are_given():
    import matplotlib.pyplot as plt

    many = [f"类{k % 9}/组{k % 27}/叶{k}" for k in range(120)]
    results = [
        check(cards(("K1", "退货", "7天内", "可退", "2025-01-01"))),
        tree("售后/退货", "售后/换货", ""),
        tree(*many),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty


@pytest.mark.parametrize("seed", [2025, 7])
def test_truths_of_the_virtual_centre_are_found(seed):
    hub = open_centre(seed)
    truth = hub.truth.knowledge

    result = check_cards(hub.table("knowledge_cards"), today=TODAY)

    assert {frozenset(pair) for pair in result.conflicts} == set(map(frozenset, truth.conflicts))
    assert set(result.expired) == set(truth.expired)
