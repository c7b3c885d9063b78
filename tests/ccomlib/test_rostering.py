"""排班表：小题目与穷举相符，法律界限从不突破，排不出来时说清为什么。"""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccomlib.criteria import evaluate
from ccomlib.rostering import Rules, Weights, build_roster
from ccomlib.rostering.anneal import Annealer
from ccomlib.rostering.build import first_rows
from ccomlib.rostering.exact import prove
from ccomlib.rostering.problem import HISTORY, make_problem, row_score

SHIFTS = pd.DataFrame(
    {
        "班次": ["早", "晚", "夜"],
        "上班": ["07:00", "14:30", "22:00"],
        "下班": ["15:30", "23:00", "06:30"],
        "用餐开始": ["11:00", "18:00", "02:00"],
        "用餐分钟": [30, 30, 30],
    }
)
LAW = ["每日工时", "周均工时", "周内无休息日", "连续工作"]


def demand_of(*rows, start="2026-03-02", names=("早", "晚", "夜")):
    dates = pd.date_range(start, periods=len(rows), name="日期")
    return pd.DataFrame(list(rows), dates, list(names[: len(rows[0])]))


def people(count):
    return [f"A{number:02d}" for number in range(count)]


def requests_of(*rows):
    return pd.DataFrame(rows, columns=["工号", "日期", "申请"])


def plain_cost(grid, hours, wishes, weights):
    """与库无关的算法：按定义逐条数一张小班表的扣分（两人以上、少于 7 天、没有夜班）。"""
    total = 0
    start, end = {"早": 7, "晚": 14.5}, {"早": 15.5, "晚": 23}
    agents, days = len(grid), len(grid[0])
    for row in grid:
        for today, tomorrow in itertools.pairwise(row):
            if today and tomorrow:
                if 24 + start[tomorrow] - end[today] < 11:
                    total += weights.short_rest
                elif abs(start[tomorrow] - start[today]) > 2:
                    total += weights.start_jump
        for k in range(1, days - 1):
            if not row[k] and row[k - 1] and row[k + 1]:
                total += weights.isolated_rest
        for k in range(5, days):
            if all(row[k - 5 : k + 1]):
                total += weights.consecutive_days
    for (agent, day), wish in wishes.items():
        total += weights.request * (grid[agent][day] != ("" if wish == "休" else wish))
    worked = [sum(map(bool, row)) for row in grid]
    low, high = np.floor(sum(worked) / agents), np.ceil(sum(worked) / agents)
    total += weights.fairness * sum(max(0, n - high, low - n) for n in worked)
    weekend = [sum(map(bool, row[5:])) for row in grid]
    low, high = np.floor(sum(weekend) / agents), np.ceil(sum(weekend) / agents)
    total += weights.fairness * sum(max(0, n - high, low - n) for n in weekend)
    return int(total) if max(worked) * 8 <= hours else None


def best_by_enumeration(days, wishes, weights):
    """三人、每天一早一晚：每天 6 种派法，逐一数。"""
    day = list(itertools.permutations(["早", "晚", ""]))
    costs = (
        plain_cost(list(zip(*plan, strict=True)), 40, wishes, weights)
        for plan in itertools.product(day, repeat=days)
    )
    return min(cost for cost in costs if cost is not None)


@pytest.mark.parametrize("days", [3, 4, 5])
def test_a_small_roster_is_as_good_as_the_best_enumerated_one(days):
    wishes = {(0, 1): "休", (1, 0): "晚", (2, 2): "休", (0, 2): "早"}
    asked = [(f"A{a:02d}", f"2026-03-{2 + d:02d}", wish) for (a, d), wish in wishes.items()]

    roster = build_roster(
        demand_of(*[(1, 1)] * days), people(3), SHIFTS, requests=requests_of(*asked), seconds=8
    )

    assert roster.objective == best_by_enumeration(days, wishes, Weights())
    assert roster.objective == roster.penalties["扣分"].sum()
    assert roster.status == "最优"


@given(st.integers(0, 10**6))
@settings(max_examples=8, deadline=None)
def test_law_is_never_broken_and_every_shift_is_filled(seed):
    """界限由 criteria（另一套算法）来查。"""
    rng = np.random.default_rng(seed)
    agents, days = int(rng.integers(6, 10)), int(rng.integers(5, 15))
    spread = rng.multinomial(int(agents * 0.66), [0.5, 0.3, 0.2], size=days)
    demand = demand_of(*spread, start="2026-03-04")

    roster = build_roster(demand, people(agents), SHIFTS, seconds=0.4, seed=seed)

    found = evaluate(roster, shifts=SHIFTS).violations
    assert not found["规则"].isin(LAW).any()
    filled = roster.table.pivot_table(index="日期", columns="班次", aggfunc="size", fill_value=0)
    filled = filled.reindex(columns=["早", "晚", "夜"], fill_value=0)
    np.testing.assert_array_equal(filled, demand)


@given(st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_the_fast_score_equals_the_plain_count(seed):
    """对换之后用前缀和与位运算更新的扣分，与逐条重数的相同；缺口行与上一期也在内。"""
    rng = np.random.default_rng(seed)
    problem = random_problem(rng)
    rows, _ = first_rows(problem, 2, rng)
    search = Annealer(problem, rows, 2)

    for _ in range(60):
        search._swap(*search._pick(rng), 5.0, rng.random())

    for agent in range(problem.agents):
        assert search.score[agent] == row_score(problem, agent, search.rows[agent])
    ghosts = (search.rows[problem.agents :] > 0).sum(axis=1)
    assert search.score[problem.agents :].tolist() == (100 * ghosts).tolist()


def random_problem(rng, agents=7, days=16):
    dates = pd.date_range("2026-03-05", periods=days)
    names = people(agents)
    staff = pd.DataFrame(
        {
            "工号": names,
            "当量": rng.choice([0.5, 1.0], agents),
            "可上夜班": rng.random(agents) < 0.7,
        }
    )
    asked = requests_of(
        *((name, dates[rng.integers(days)], rng.choice(["休", "早", "夜"])) for name in names)
    )
    before = pd.DataFrame(
        [(n, dates[0] - pd.Timedelta(days=k), rng.choice(["早", "夜", "休"])) for n in names
         for k in range(1, 7)],
        columns=["工号", "日期", "班次"],
    )  # fmt: skip
    demand = demand_of(*rng.multinomial(5, [0.4, 0.3, 0.3], size=days), start=dates[0])
    rules = Rules(weekly_rest_days=2, max_consecutive_nights=2)
    return make_problem(demand, staff, SHIFTS, rules, Weights(), asked, before)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_solver_charges_the_same_penalties(seed):
    """CP-SAT 的目标值 = 对它的解逐条重数的扣分 + 缺口。"""
    problem = random_problem(np.random.default_rng(seed), agents=5, days=9)

    proof = prove(problem, None, allow_shortfall=True, effort=2)

    scores = sum(row_score(problem, agent, row) for agent, row in enumerate(proof.rows))
    filled = np.stack([(proof.rows[:, HISTORY:-1] == k).sum(axis=0) for k in (1, 2, 3)], axis=1)
    missing = int((problem.demand - filled).sum())
    assert proof.objective == scores + 100 * missing
    assert proof.bound <= proof.objective


def test_the_same_input_gives_the_same_roster():
    demand = demand_of(*[(3, 2, 1)] * 10)

    one, two = (build_roster(demand, people(9), SHIFTS, seconds=1, seed=4) for _ in range(2))

    pd.testing.assert_frame_equal(one.table, two.table)
    assert one.reproducible


def test_the_table_has_the_columns_of_the_sample_roster():
    from ccomlib.centre import open_centre

    table = build_roster(demand_of((1, 1, 1)), people(4), SHIFTS, seconds=1).table
    sample = open_centre(2025).roster

    assert table.columns.tolist() == sample.columns.tolist()
    assert [d.kind for d in table.dtypes] == [d.kind for d in sample.dtypes]


def test_requests_for_rest_are_met_when_they_can_be():
    asked = requests_of(("A00", "2026-03-03", "休"), ("A01", "2026-03-04", "早"))

    table = build_roster(
        demand_of(*[(1, 1)] * 5), people(4), SHIFTS, requests=asked, seconds=1
    ).table

    rows = table[table["申请"] != ""]
    assert rows["班次"].tolist() == rows["申请"].tolist()


def test_nights_are_shared_out():
    """手算：8 个夜班、4 人，每人 2 个。"""
    roster = build_roster(demand_of(*[(0, 0, 1)] * 8), people(4), SHIFTS, seconds=2)

    assert roster.summary()["夜班"].tolist() == [2, 2, 2, 2]


def test_who_cannot_work_nights_gets_none():
    staff = pd.DataFrame({"工号": people(5), "可上夜班": ["是", "否", "是", "是", "是"]})

    roster = build_roster(demand_of(*[(1, 1, 1)] * 7), staff, SHIFTS, seconds=1)

    assert roster.summary().loc["A01", "夜班"] == 0


def test_who_must_leave_by_ten_is_given_no_shift_that_ends_later():
    """手算：每天一早一晚，晚班到 23:00，三人里只有 A01、A02 能上。"""
    staff = pd.DataFrame({"工号": people(3), "最晚下班": ["22:00", "23:00", ""]})

    roster = build_roster(demand_of(*[(1, 1)] * 6), staff, SHIFTS, seconds=1)

    given_late = roster.table.query("班次 == '晚'")["工号"]
    assert sorted(set(given_late)) == ["A01", "A02"]


def test_a_last_hour_that_cannot_be_read_is_named():
    staff = pd.DataFrame({"工号": people(2), "最晚下班": ["22:00", "很晚"]})

    with pytest.raises(ValueError, match="名单（agents）里 A01 的最晚下班是 '很晚'"):
        build_roster(demand_of((1, 1)), staff, SHIFTS)


def test_part_timers_work_in_proportion():
    """手算：7 天共 12 个班，当量合计 3，半日制分 2 个，全日制 4 个。"""
    staff = pd.DataFrame({"工号": people(4), "当量": [1, 1, 0.5, 0.5]})

    roster = build_roster(demand_of(*[(1, 1)] * 5, (1, 0), (1, 0)), staff, SHIFTS, seconds=2)

    assert roster.summary()["上班天数"].tolist() == [4, 4, 2, 2]


def test_the_last_days_of_the_previous_roster_count():
    """上一期末连上 6 天的人，这一期头一天必须休息。"""
    before = pd.DataFrame(
        {
            "工号": "A00",
            "日期": pd.date_range("2026-02-24", periods=6),
            "班次": "早",
        }
    )

    roster = build_roster(demand_of(*[(1, 1)] * 4), people(3), SHIFTS, previous=before, seconds=1)

    first = roster.table.query("工号 == 'A00'").iloc[0]
    assert first["休息"]


def test_too_few_people_for_a_day_is_said_before_solving():
    with pytest.raises(ValueError, match="2026-03-02 需要 5 人，名单（agents）只有 3 人"):
        build_roster(demand_of((3, 2)), people(3), SHIFTS)


def test_the_weekly_hours_that_do_not_fit_are_named():
    """手算：14 天 × 8 人 = 112 人天；10 人 × 80 小时 ÷ 8 = 100 人天。"""
    with pytest.raises(
        ValueError, match=r"共需 112 人天，10 人按每周平均 40 小时.*最多 100 人天，缺 12"
    ):
        build_roster(demand_of(*[(8, 0)] * 14), people(10), SHIFTS)


def test_the_weekly_rest_that_does_not_fit_is_named():
    """手算：一周 7 × 2 = 14 人天，2 人每周至少休 1 日只有 12。"""
    rules = Rules(max_weekly_hours=60)

    with pytest.raises(
        ValueError, match="需 14 人天，2 人每周至少休息 1 日（劳动法第三十八条）最多 12"
    ):
        build_roster(demand_of(*[(1, 1)] * 7), people(2), SHIFTS, rules=rules)


def test_too_few_people_for_the_nights_is_named():
    staff = pd.DataFrame({"工号": people(4), "可上夜班": [True, False, False, False]})

    with pytest.raises(ValueError, match="需要 2 人上夜班，能上夜班的只有 1 人"):
        build_roster(demand_of((0, 0, 2)), staff, SHIFTS)


def test_a_shift_longer_than_the_law_allows_is_named():
    long = SHIFTS.assign(下班=["17:30", "23:00", "06:30"])

    with pytest.raises(ValueError, match="班次 早 的净工时是 10 小时，超过每日 8 小时"):
        build_roster(demand_of((1, 1)), people(3), long)


def test_what_the_sums_do_not_show_is_proven_infeasible():
    """一个人，第 1 天夜班到次日 06:30，第 2 天 06:00 的班与它重叠：人天够，衔接不上。"""
    shifts = pd.DataFrame(
        {"班次": ["夜", "早"], "上班": ["22:00", "06:00"], "下班": ["06:30", "14:00"]}
    )
    demand = demand_of((1, 0), (0, 1), names=("夜", "早"))
    rules = Rules(max_daily_hours=9)

    with pytest.raises(ValueError, match="已证明无解"):
        build_roster(demand, ["A"], shifts, rules=rules, seconds=2)


def test_a_shortfall_is_listed_when_it_is_allowed():
    """手算：2 人、一周、每人至多 5 天（40 小时），要 14 个班，缺 4 个。"""
    roster = build_roster(
        demand_of(*[(1, 1)] * 7), people(2), SHIFTS, allow_shortfall=True, seconds=2
    )

    assert roster.shortfall["缺人"].sum() == 4
    assert "还缺 4 个班没有人上" in str(roster)
    assert not evaluate(roster, shifts=SHIFTS).violations["规则"].isin(LAW).any()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"agents": ["A", "A"]}, "工号 A 出现两次"),
        ({"agents": []}, "没有人"),
        ({"demand": demand_of((1.5, 1))}, "人数要是整数"),
        ({"demand": demand_of((1, -1))}, "第 2 个（晚）是 -1"),
        ({"demand": demand_of((0, 0))}, "全是 0"),
        ({"demand": demand_of((1, 1), names=("早", "中"))}, "班次 中 不在班次表"),
        (
            {"demand": demand_of((1, 1), (1, 1), (1, 1)).iloc[[0, 2]]},
            "2026-03-02 之后是 2026-03-04",
        ),
        ({"demand": demand_of(*[(1, 1)] * 57)}, "一次最多排 56 天"),
        ({"requests": requests_of(("B", "2026-03-02", "休"))}, "工号 B 不在名单"),
        ({"requests": requests_of(("A00", "2026-04-02", "休"))}, "不在要排的日子里"),
        ({"requests": requests_of(("A00", "2026-03-02", "年假"))}, "请写“休”或班次表里的班次名"),
        ({"seconds": 0}, "秒数（seconds）"),
        ({"rules": {"a": 1}}, "规则（rules）应是 Rules"),
    ],
)
def test_bad_input_says_what_to_change(change, message):
    given = {"demand": demand_of((1, 1)), "agents": people(3), "shifts": SHIFTS} | change

    with pytest.raises(ValueError, match=message):
        build_roster(**given)


def test_rules_and_weights_refuse_nonsense():
    with pytest.raises(ValueError, match="max_consecutive_days"):
        Rules(max_consecutive_days=0)
    with pytest.raises(ValueError, match="request 是 1.5"):
        Weights(request=1.5)


def test_progress_reports_a_falling_penalty():
    seen = []

    build_roster(
        demand_of(*[(2, 1)] * 7),
        people(5),
        SHIFTS,
        seconds=1,
        progress=lambda share, cost: seen.append((share, cost)),
    )

    shares, costs = zip(*seen, strict=True)
    assert list(shares) == sorted(shares)
    assert list(costs) == sorted(costs, reverse=True)


def test_the_grid_is_drawn():
    roster = build_roster(demand_of((1, 1, 1)), people(4), SHIFTS, seconds=1)

    assert roster.plot().get_ylabel() == "工号"
    assert roster.grid.shape == (4, 1)


def test_sentence_claims_the_law_only_where_the_rules_are_as_strict_as_the_law():
    """四天、每天一早一晚、三人：48 小时的规则比国务院规定的 40 小时宽，句子就不能说守住了法律。"""
    demand = demand_of((1, 1), (1, 1), (1, 1), (1, 1))

    lawful = build_roster(demand, people(3), SHIFTS, seconds=2)
    loose = build_roster(demand, people(3), SHIFTS, rules=Rules(max_weekly_hours=48), seconds=2)

    assert "法律界限全部守住" in str(lawful)
    assert "法律界限" not in str(loose)
    assert "合不合法要另查" in str(loose)
