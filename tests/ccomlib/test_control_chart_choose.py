"""选图：问得对，选得对，说得出理由。"""

import numpy as np
import pandas as pd
import pytest

from ccomlib.control_chart import choose_chart


@pytest.mark.parametrize(
    ("answers", "function"),
    [
        ({"kind": "variable", "subgroup_size": 1}, "xmr"),
        ({"kind": "variable", "subgroup_size": 5}, "xbar_r"),
        ({"kind": "variable", "subgroup_size": 10}, "xbar_r"),
        ({"kind": "variable", "subgroup_size": 11}, "xbar_s"),
        ({"kind": "variable", "subgroup_size": (3, 6)}, "xbar_s"),
        ({"counting": "items", "equal_size": True, "overdispersed": False}, "np_chart"),
        ({"counting": "items", "equal_size": False, "overdispersed": False}, "p_chart"),
        ({"counting": "items", "overdispersed": True}, "laney_p"),
        ({"counting": "events", "equal_size": True, "overdispersed": False}, "c_chart"),
        ({"counting": "events", "equal_size": False, "overdispersed": False}, "u_chart"),
        ({"counting": "events", "overdispersed": True}, "laney_u"),
    ],
)
def test_every_leaf_of_the_tree_is_reached(answers, function):
    """Montgomery 7.4 的选图指引，加 Laney。"""
    choice = choose_chart(**{"kind": "attribute", **answers})

    assert choice.function == function
    assert function in str(choice)
    assert choice.asked is None


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, "kind"),
        ({"kind": "variable"}, "subgroup_size"),
        ({"kind": "attribute"}, "counting"),
        ({"kind": "attribute", "counting": "items"}, "overdispersed"),
        ({"kind": "attribute", "counting": "events", "overdispersed": False}, "equal_size"),
    ],
)
def test_a_missing_answer_is_asked_for(answers, asked):
    choice = choose_chart(**answers)

    assert choice.asked == asked
    assert choice.chart is None
    assert str(choice).startswith("还要知道：")
    assert asked in str(choice)


def test_the_data_answer_for_themselves():
    """二项的件数不过度离散；比例自己在变的件数过度离散。"""
    rng = np.random.default_rng(5)
    n = rng.integers(2000, 4000, 40)
    calm = choose_chart(counting="items", count=rng.binomial(n, 0.08), n=n)
    wild = choose_chart(counting="items", count=rng.binomial(n, rng.normal(0.08, 0.02, 40)), n=n)

    assert calm.function == "p_chart"
    assert wild.function == "laney_p"
    assert "σz" in wild.summary()["根据"].iloc[-1]


def test_equal_chances_and_few_periods_are_noticed():
    choice = choose_chart(counting="events", count=[16, 14, 18, 16, 12])

    assert choice.function == "c_chart"
    assert "只有 5 期" in str(choice)


def test_a_long_table_tells_the_subgroup_size():
    table = pd.DataFrame({"日期": [1, 1, 2, 2, 2], "分": [80, 81, 82, 83, 84]})
    choice = choose_chart(table=table, value="分", subgroup="日期")

    assert choice.function == "xbar_s"
    assert choice.summary()["根据"].tolist()[1] == "数据里每期 2 到 3 个"


def test_the_walked_path_is_drawn():
    ax = choose_chart("variable", subgroup_size=1).plot()

    assert ax.get_title() == "选控制图：用 XmR 图"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"kind": "number"}, "kind 是 'number'，应是 kind=\"variable\"或"),
        ({"kind": "variable", "subgroup_size": 0}, "subgroup_size 是 0"),
        ({"kind": "variable", "subgroup_size": (1, 4)}, "有的期只有 1 个数"),
        ({"kind": "attribute", "counting": "x"}, "counting 是 'x'"),
        ({"count": [1, 2]}, "count 与 n 要一起给"),
    ],
)
def test_bad_answers_are_named(answers, message):
    with pytest.raises(ValueError, match=message):
        choose_chart(**answers)
