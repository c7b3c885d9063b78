"""ccomlib.complaints：六步有序，同理心句缺什么说什么，重复与越级追得到首件。"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccomlib import centre, complaints

TALK = {
    "我非常理解您的心情，跟您确认一下，是昨天没有上门对吗？": "理解确认",
    "您是说师傅多收了一百元，是这样吗？": "理解确认",
    "因为总仓缺货，按照流程要从外地调货。": "说明解释",
    "收费的原因是更换了压缩机，根据价目规定要另收。": "说明解释",
    "我们一起看看怎样解决，您更希望换货还是等备件？": "转移解决",
    "这件事我转给责任部门的专员来跟。": "转移解决",
    "我已经帮您提交加急工单，明天下午 3 点前师傅上门。": "解决执行",
    "退款申请已经提交，今天下午到账。": "解决执行",
    "作为补偿给您一张 50 元代金券。": "替代弥补",
    "备件没到之前，先借您一台备用机。": "替代弥补",
    "建议您保留好单据，有问题随时联系我。": "提醒建议",
    "以后清洗滤网时请留意先断电，三天后我们会回访。": "提醒建议",
}
GOOD = (
    "虽然我不能马上给您退款，但是我会立即提交退款申请，今天下午 5 点前给您回电。",
    "很抱歉现在没法立刻派师傅上门，不过我这就打电话给城东站，半小时内告诉您最早的时间。",
    "虽然我无法当场决定赔偿金额，但我马上把您的诉求报给张主管，明天上午 10 点前给您答复。",
    "虽然我不能马上修好您的冰箱,但是我会立即安排李师傅明天上午 9 点上门。",
    "尽管我做不到马上上门，可是我会立刻派单给最近的网点，一小时内师傅联系您。",
    "虽然没有权限马上减免，但是我立即帮您申请减免，今天下班前回复您。",
    "虽然我不能马上帮您恢复网络但是我会立即联系机房工程师排查并在30分钟内回复您",
    "虽然现在退不了款，但是我会立即联系财务查进度，今晚 8 点前回您电话。",
)


def table(rows, **more):
    """[(工单号, 客户号, 二级原因, 受理时间, 办结时间)]"""
    columns = ["工单号", "客户号", "二级原因", "受理时间", "办结时间"]
    return pd.DataFrame(rows, columns=columns).assign(**more)


@pytest.fixture
def linked():
    """K1：首件 → 重复 T2、T3（首件办结后 5、25 天）→ T4 隔了 60 天是新首件；
    K2 办结前又来；K3 换了原因不算。"""
    return table(
        [
            ("T1", "K1", "收费", "2026-01-01", "2026-01-03"),
            ("T2", "K1", "收费", "2026-01-08", "2026-01-10"),
            ("T3", "K1", "收费", "2026-01-28", "2026-01-30"),
            ("T4", "K1", "收费", "2026-03-04", "2026-03-05"),
            ("T5", "K2", "收费", "2026-01-01", "2026-01-09"),
            ("T6", "K2", "收费", "2026-01-05", "2026-01-06"),
            ("T7", "K3", "收费", "2026-01-01", "2026-01-02"),
            ("T8", "K3", "态度", "2026-01-05", "2026-01-06"),
        ]
    )


def test_the_six_steps_are_in_the_seeds_order():
    """大纲原文：理解确认、说明解释、转移解决、解决执行、替代弥补、提醒建议。"""
    assert complaints.SIX_STEPS == (
        "理解确认",
        "说明解释",
        "转移解决",
        "解决执行",
        "替代弥补",
        "提醒建议",
    )
    assert tuple(complaints.MEANING) == complaints.SIX_STEPS


def test_steps_in_order_pass():
    repeated = ["理解确认", "理解确认", *complaints.SIX_STEPS[1:]]

    assert complaints.check_steps(complaints.SIX_STEPS).ok
    assert complaints.check_steps(repeated).ok


@given(st.permutations(complaints.SIX_STEPS))
def test_only_the_right_order_passes(order):
    result = complaints.check_steps(order)

    assert result.ok == (tuple(order) == complaints.SIX_STEPS)
    assert result.missing == ()


def test_what_is_missing_and_what_goes_back_is_named():
    result = complaints.check_steps(["说明解释", "理解确认", "解决执行"])

    assert result.missing == ("转移解决", "替代弥补", "提醒建议")
    assert result.backward == (2,)
    assert "第 2 句退回到前面的步骤" in str(result)


@pytest.mark.parametrize(("utterance", "step"), TALK.items())
def test_utterances_are_assigned_to_their_step(utterance, step):
    assert complaints.assign_steps([utterance]).steps == (step,)


def test_a_whole_dialogue_passes():
    result = complaints.assign_steps(list(TALK))

    assert result.steps == tuple(TALK.values())
    assert result.ok


def test_what_cannot_be_told_is_left_to_people():
    result = complaints.assign_steps(["好的好的。"])

    assert result.steps == (complaints.UNKNOWN,)
    assert not result.ok
    assert "请人工归类" in str(result)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: complaints.check_steps([]), "steps 是空的"),
        (lambda: complaints.check_steps(["倾听"]), "第 1 句的步骤是 '倾听'，六步是"),
        (lambda: complaints.check_steps(["理解确认"], []), "steps 有 1 个，utterances 有 0 句"),
        (lambda: complaints.assign_steps(["你好", ""]), "utterances第 2 个是空值"),
    ],
)
def test_steps_refuse(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("sentence", GOOD)
def test_good_sentences_are_complete(sentence):
    result = complaints.check_empathy(sentence)

    assert result.complete, result.problems


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("我会立即联系王师傅，10 分钟内给您回电。", "必须先说局限"),
        ("虽然您不能马上用空调，但是我会立即安排备用机，今晚 8 点前送到。", "必须先说局限"),
        ("虽然我不能马上，但是我会立即联系仓库查库存。", "必须说清不能马上做什么"),
        ("虽然我不能马上给您换新机。", "必须说立即的行动"),
        ("虽然我不能马上给您退款，但是我不会不管的。", "必须说立即的行动"),
        ("虽然我不能马上答应您，但是请您放心。", "必须说立即的行动"),
        ("虽然我不能马上给您退款，但是我会联系财务查进度。", "必须说立即"),
        ("虽然我不能马上给您退款，但是我会立即尽快处理。", "必须把行动说具体：「尽快处理」"),
        ("虽然我不能马上给您退款，但是我会立即处理您的问题。", "必须把行动说具体：「处理」"),
        ("虽然我不能马上修好，但是我会第一时间解决。", "必须把行动说具体：「第一时间解决」"),
        ("虽然我不能马上查到原因，但是我会立即跟进。", "必须把行动说具体：「跟进」"),
        ("虽然我不能马上给您答案，但是我会立即向上级反映情况。", "必须把行动说具体：「反映」"),
        ("虽然我不能马上答复，但我会立即看看。", "必须把行动说具体：「看看」"),
        ("我会立即帮您提交加急工单，虽然我不能马上给您退款。", "必须先说局限、后说行动"),
        ("虽然我不能马上退，这是公司规定，但我会立即登记退货单。", "必须去掉「公司规定」"),
        ("虽然我不能马上给您换，但是我会立即查询库存。", "再补上时间"),
        ("虽然我不能马上修好，但我们会立即转给维修组，今天答复。", "再补上负责人"),
    ],
)
def test_what_is_missing_is_said(sentence, problem):
    result = complaints.check_empathy(sentence)

    assert any(text.startswith(problem) for text in result.problems), result.problems
    assert result.passed == (not problem.startswith("必须"))
    assert not result.complete


@given(
    st.sampled_from(["虽然", "尽管", "很抱歉，"]),
    st.sampled_from(["不能", "无法", "没办法"]),
    st.sampled_from(["马上", "立刻", "现在", "当场"]),
    st.sampled_from(["给您退款", "派师傅上门", "答复赔偿金额"]),
    st.sampled_from(["，但是", "，不过", "。但", "，可是"]),
    st.sampled_from(["立即", "马上", "现在就", "这就"]),
    st.sampled_from(["提交加急工单", "打电话给城东站", "联系仓库调货"]),
    st.sampled_from(["，今天 5 点前回您电话", "，两小时内给您结果", ""]),
)
def test_variants_of_the_pattern_pass(start, cannot, when, what, but, now, action, time):
    result = complaints.check_empathy(
        f"{start}我{cannot}{when}{what}{but}我会{now}{action}{time}。"
    )

    assert result.passed, result.problems
    assert result.complete == bool(time)


@given(
    st.sampled_from(["尽快处理", "处理", "解决", "想办法", "跟进", "反馈", "为您办理", "看看情况"]),
    st.sampled_from(["，今天答复您", "", "，请放心", "，下午 3 点前给您回电"]),
)
def test_empty_actions_never_pass(action, tail):
    sentence = f"虽然我不能马上给您退款，但是我会立即{action}{tail}。"

    assert not complaints.check_empathy(sentence).passed


def test_the_doing_may_come_in_the_next_clause():
    sentence = "虽然我不能马上退款，但是我会立即处理，先联系财务查进度，今天下班前回您电话。"

    assert complaints.check_empathy(sentence).complete


def test_review_counts_what_is_missing_most():
    result = complaints.review_empathy([*GOOD[:2], "虽然我不能马上退款，但是我会立即提交申请。"])

    assert result.passed == 3
    assert "缺得最多的是时间（1 句）" in str(result)
    assert result.summary()["完整"].tolist() == [True, True, False]


@pytest.mark.parametrize("sentence", ["", "  ", None, 3])
def test_empathy_wants_a_sentence(sentence):
    with pytest.raises(ValueError, match="请给一句话"):
        complaints.check_empathy(sentence)


def test_completeness_counts_placeholders_as_missing():
    cases = pd.DataFrame(
        {
            "工单号": ["T1", "T2", "T3"],
            "联系电话": ["尾号1", "", "不详"],
            "客户诉求": ["退货", "维修", None],
            "班组": ["1组", "1组", "2组"],
        }
    )
    result = complaints.intake_completeness(cases, ["联系电话", "客户诉求"], by="班组")

    assert result.complete == 1
    assert result.fields["缺失"].tolist() == [2, 1]
    assert result.cases["缺"].tolist() == ["联系电话", "联系电话、客户诉求"]
    assert result.groups.set_index("组")["完整率"].to_dict() == {"2组": 0, "1组": 0.5}


def test_completeness_refuses():
    cases = pd.DataFrame({"工单号": ["T1"], "联系电话": ["尾号1"]})
    with pytest.raises(ValueError, match="投诉表缺少列：诉求"):
        complaints.intake_completeness(cases, ["联系电话", "诉求"])
    with pytest.raises(ValueError, match="fields 是空的"):
        complaints.intake_completeness(cases, [])


def test_duplicates_before_closing_are_merged_and_blanks_filled():
    cases = table(
        [
            ("T1", "K1", "收费", "2026-03-01 09:00", "2026-03-03 09:00"),
            ("T2", "K1", "收费", "2026-03-01 15:00", None),
            ("T3", "K1", "收费", "2026-03-03 10:00", None),
            ("T4", "K1", "态度", "2026-03-01 15:00", None),
        ],
        联系电话=["", "尾号8", "尾号9", "尾号8"],
    )
    result = complaints.merge_duplicates(cases)

    assert result.table["工单号"].tolist() == ["T1", "T3", "T4"]
    assert result.table["联系电话"].tolist() == ["尾号8", "尾号9", "尾号8"]
    assert result.duplicates.iloc[0].tolist() == ["T2", "T1", 6.0, "联系电话"]
    assert cases["联系电话"].iloc[0] == ""


def test_duplicates_far_apart_are_not_merged():
    cases = table(
        [("T1", "K1", "收费", "2026-03-01", None), ("T2", "K1", "收费", "2026-03-09", None)]
    )

    assert complaints.merge_duplicates(cases).duplicates.empty
    assert "不用合并" in str(complaints.merge_duplicates(cases))
    assert len(complaints.merge_duplicates(cases, hours=240).table) == 1


def test_repeats_are_linked_to_the_first_case(linked):
    links = complaints.repeats(linked).links

    assert links["类型"].tolist() == [
        "首次",
        "重复",
        "重复",
        "首次",
        "首次",
        "办结前再来",
        "首次",
        "首次",
    ]
    assert links["首件"].tolist() == ["T1", "T1", "T1", "T4", "T5", "T5", "T7", "T8"]
    assert links["上一件"].tolist() == ["", "T1", "T2", "", "", "T5", "", ""]
    assert links["距办结天数"].tolist()[1:3] == [5, 25]


def test_the_window_can_start_from_the_last_closing(linked):
    """T4 离 T3 的办结 33 天；40 天的窗口里，从上一件算是重复，从首件算（60 天）不是。"""
    first = complaints.repeats(linked, days=40).links["类型"].tolist()[3]
    last = complaints.repeats(linked, days=40, anchor="last").links["类型"].tolist()[3]

    assert (first, last) == ("首次", "重复")


def test_repeat_rate_only_counts_fully_observed_cases(linked):
    """到 2026-03-05，T4 办结不满 30 天不计；T1、T5、T7、T8 四件引来 2 件重复。"""
    result = complaints.repeats(linked)

    assert (result.closed, result.repeated, result.returning) == (4, 2, 1)
    assert result.rate == 0.5
    assert result.all_repeats == 2


def test_a_case_on_the_last_day_of_the_window_is_a_repeat():
    rows = [("T1", "K1", "收费", "2026-01-01", "2026-01-02")]
    on, after = (
        complaints.repeats(table([*rows, ("T2", "K1", "收费", day, day)]), as_of="2026-06-01")
        for day in ("2026-02-01", "2026-02-02")
    )

    assert on.links["类型"].tolist() == ["首次", "重复"]
    assert after.links["类型"].tolist() == ["首次", "首次"]


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 200), st.integers(0, 40)),
        min_size=1,
        max_size=25,
    )
)
def test_links_never_cross_customers_and_roots_are_first(rows):
    start = pd.Timestamp("2026-01-01")
    cases = table(
        [
            (
                f"T{i}",
                f"K{who}",
                f"原因{why}",
                start + pd.Timedelta(days=a),
                start + pd.Timedelta(days=a + b),
            )
            for i, (who, why, a, b) in enumerate(rows)
        ]
    )
    links = complaints.repeats(cases, as_of="2027-06-01").links
    by_ticket = cases.set_index("工单号")
    kind = links.set_index("工单号")["类型"]

    for _, link in links.iterrows():
        mine, root = by_ticket.loc[link["工单号"]], by_ticket.loc[link["首件"]]
        assert (mine["客户号"], mine["二级原因"]) == (root["客户号"], root["二级原因"])
        assert kind[link["首件"]] == "首次"
        assert root["受理时间"] <= mine["受理时间"]
        if link["类型"] == "重复":
            assert 0 <= (mine["受理时间"] - root["办结时间"]).days <= 30


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({"工单号": "T1"}, {}, "工单号 T1 出现不止一次"),
        ({"办结时间": "2025-01-01"}, {}, "T1 的办结时间 2025-01-01"),
        ({"客户号": None}, {}, "客户号第 1 个是空值"),
        ({"受理时间": "上周"}, {}, "受理时间第 1 个是 '上周'"),
        ({}, {"anchor": "middle"}, "anchor 是 'middle'"),
        ({}, {"days": 0}, "days是 0，应大于 0"),
        ({}, {"as_of": "2026-01-10"}, "没有一件首次投诉办结满 30 天"),
    ],
)
def test_repeats_refuse(linked, change, options, message):
    with pytest.raises(ValueError, match=message):
        complaints.repeats(linked.assign(**change), **options)


@pytest.fixture
def escalated():
    """A1 首接的 T1 引来重复 T2（由 A2 接），T2 越级：算在 A1 头上。"""
    return table(
        [
            ("T1", "K1", "收费", "2026-01-01", "2026-01-02"),
            ("T2", "K1", "收费", "2026-01-05", "2026-01-06"),
            ("T3", "K3", "收费", "2026-01-01", "2026-01-02"),
            ("T4", "K4", "收费", "2026-01-01", "2026-01-02"),
        ],
        首接工号=["A1", "A2", "A2", "A1"],
        渠道层级=["一线", "总部", "一线", "一线"],
        越级=["否", "是", "否", "否"],
        首次响应小时=[20, 30, 1, 2],
    )


def test_escalations_belong_to_the_first_contact_owner(escalated):
    result = complaints.escalations(escalated, min_n=1)

    assert result.rate == 0.25
    assert result.table.set_index("组")["越级"].to_dict() == {"A1": 1, "A2": 0}
    assert result.cases.iloc[0].tolist() == ["T2", "T1", "A1", "总部"]


def test_escalation_can_be_read_from_the_level(escalated):
    by_level = complaints.escalations(escalated, escalated=None, min_n=1)

    assert by_level.escalated == 1
    assert by_level.levels.to_dict() == {"总部": 1}


def test_sign_ratio_by_hand():
    """慢的 20 件越级 8、快的 80 件越级 4：.4 ÷ .05 = 8 倍；
    Katz：ln 8 ± 1.96·√(1/8 − 1/20 + 1/4 − 1/80) = 2.67 到 23.9。"""
    cases = table(
        [(f"T{i}", f"K{i}", "收费", "2026-01-01", "2026-01-02") for i in range(100)],
        首接工号="A1",
        渠道层级="一线",
        越级=[1] * 8 + [0] * 12 + [1] * 4 + [0] * 76,
        首次响应小时=[24] * 20 + [1] * 80,
    )
    row = complaints.escalations(cases).signs.iloc[0]
    half = 1.959964 * np.sqrt(1 / 8 - 1 / 20 + 1 / 4 - 1 / 80)

    assert row["倍数"] == pytest.approx(8)
    assert row["倍数下限"] == pytest.approx(8 / np.exp(half), rel=1e-6)
    assert row["倍数上限"] == pytest.approx(8 * np.exp(half), rel=1e-6)


def test_owners_with_few_cases_are_not_compared(escalated):
    result = complaints.escalations(escalated)

    assert set(result.table["判断"]) == {"样本不足"}
    assert "2 个首接工号不足 30 件（教学约定），不比较" in str(result)


def test_no_escalation_is_refused(escalated):
    with pytest.raises(ValueError, match="没有一件越级：请核对越级列"):
        complaints.escalations(escalated.assign(越级=0))


@pytest.fixture
def handled():
    """办结用了 10、48、100 小时，T4 已过 72 小时没有办结，T5 才 2 小时。"""
    return table(
        [
            ("T1", "K1", "收费", "2026-01-01 00:00", "2026-01-01 10:00"),
            ("T2", "K2", "收费", "2026-01-01 00:00", "2026-01-03 00:00"),
            ("T3", "K3", "态度", "2026-01-01 00:00", "2026-01-05 04:00"),
            ("T4", "K4", "态度", "2026-03-28 00:00", None),
            ("T5", "K5", "态度", "2026-03-30 22:00", None),
        ],
        首次响应小时=[1, 2, 3, 4, 10],
        承诺小时=48,
        承诺兑现=[1, 1, 0, 0, 1],
        回访结果=["满意", "不满意", "未回访", "", "未回访"],
        越级=[0, 0, 1, 0, 0],
    )


def test_indicators_by_hand(handled):
    """按时：T1、T2 是，T3 否，T4 超时未办结算否，T5 未到时限不计：2/4；回访 1/2。"""
    row = complaints.handling_indicators(handled, as_of="2026-03-31").overall

    assert row["首次响应中位数"] == 3
    assert row["首次响应 P90"] == pytest.approx(7.6)
    assert row["处理小时中位数"] == 48
    assert row["处理小时 P90"] == pytest.approx(89.6)
    assert row["按时办结率"] == 0.5
    assert row["承诺兑现率"] == 0.6
    assert row["回访满意率"] == 0.5
    assert row["越级率"] == 0.2
    assert row["重复率"] == 0
    assert (row["未办结"], row["积压天数中位数"]) == (2, pytest.approx((3 + 2 / 24) / 2))


def test_percentiles_match_r():
    """R：quantile(c(3,1,8,14,120,6,9,22,40,2), c(.5, .9)) = 8.5、48（第 7 型，同 PERCENTILE.INC）。"""
    hours = [3, 1, 8, 14, 120, 6, 9, 22, 40, 2]
    start = pd.Timestamp("2026-01-01")
    cases = table(
        [
            (f"T{i}", f"K{i}", "收费", start, start + pd.Timedelta(hours=h))
            for i, h in enumerate(hours)
        ],
        首次响应小时=1,
    )
    result = complaints.handling_indicators(cases, limit_hours=24, as_of="2026-06-01")

    assert result.overall["处理小时中位数"] == 8.5
    assert result.overall["处理小时 P90"] == pytest.approx(48)
    assert result.mean_hours == pytest.approx(22.5)


def test_indicators_by_group_and_the_backlog(handled):
    result = complaints.handling_indicators(handled, by="二级原因", as_of="2026-03-31")

    assert result.table["件数"].to_dict() == {"全部": 5, "态度": 3, "收费": 2}
    assert result.open_cases["工单号"].tolist() == ["T4", "T5"]
    assert result.open_cases["超过承诺"].tolist() == [True, False]


def test_columns_that_are_not_there_are_left_out(handled):
    found = complaints.handling_indicators(
        handled.drop(columns=["承诺小时", "回访结果"]), as_of="2026-03-31"
    )

    assert "按时办结率" not in found.table
    assert "回访满意率" not in found.table


def test_nothing_closed_is_refused(handled):
    with pytest.raises(ValueError, match="没有一件办结"):
        complaints.handling_indicators(handled.assign(办结时间=None))


def test_improvement_ranks_by_repeats_avoided():
    """收费 10 件 6 重复、态度 10 件 1 重复；目标 20%：收费少 4 件，态度不动。"""
    first = [
        (f"T{i}", f"K{i}", "收费" if i < 10 else "态度", "2026-01-01", "2026-01-02")
        for i in range(20)
    ]
    again = [
        (f"R{i}", f"K{i}", "收费" if i < 10 else "态度", "2026-01-10", "2026-01-11")
        for i in (0, 1, 2, 3, 4, 5, 10)
    ]
    result = complaints.improvement_ranking(table(first + again), target=0.2, as_of="2026-06-01")

    assert result.table["组"].tolist() == ["收费", "态度"]
    assert result.table["可减少"].tolist() == pytest.approx([4, 0])
    assert result.table["有把握"].tolist() == [True, False]
    assert result.avoidable == pytest.approx(4)
    assert "先改收费，少 4 件" in str(result)


def test_improvement_needs_a_benchmark():
    cases = table([("T1", "K1", "收费", "2026-01-01", "2026-01-02")])
    with pytest.raises(ValueError, match="没有标杆可比"):
        complaints.improvement_ranking(cases, as_of="2026-06-01")
    assert "没有可减少的" in str(
        complaints.improvement_ranking(cases, target=0.1, as_of="2026-06-01")
    )


@pytest.fixture(scope="module")
def hub():
    return centre.open_centre(2025)


def test_the_centres_repeats_are_the_planted_ones(hub):
    cases = hub.table("complaints")
    links = complaints.repeats(cases).links
    repeated = links["类型"] == "重复"

    assert (repeated == (cases["重复自"] != "")).all()
    assert (links["首件"][repeated] == cases["重复自"][repeated]).all()
    assert repeated.sum() == hub.truth.complaints.repeats


def test_the_centres_careless_and_slow_teams_stand_out(hub):
    people = hub.table("agents")[["工号", "班组"]]
    cases = hub.table("complaints").merge(people, left_on="首接工号", right_on="工号")
    intake = complaints.intake_completeness(cases, by="班组").groups
    speed = complaints.handling_indicators(cases, by="班组").table["首次响应中位数"]

    assert intake["组"].iloc[0] == hub.truth.complaints.careless_team
    assert speed.drop("全部").idxmax() == hub.truth.complaints.slow_team


def test_the_centres_lines_are_judged_as_planted(hub):
    """120 句话的步骤与毛病由虚拟中心另行写定。"""
    lines = hub.table("complaint_lines").set_index("编号")["句子"]
    truth = hub.truth.dialogue
    steps = {key: complaints.assign_steps([lines[key]]).steps[0] for key in truth.steps}

    def verdict(check):
        if check.passed:
            return "合格"
        if not check.limitation:
            return "缺少限制"
        return "行动空泛" if check.action else "缺少行动"

    found = {key: verdict(complaints.check_empathy(lines[key])) for key in truth.empathy}

    assert steps == dict(truth.steps)
    assert found == dict(truth.empathy)


def test_every_result_reads_as_sentence_table_and_chart(linked, escalated, handled):
    duplicated = table(
        [("T1", "K1", "收费", "2026-03-01", None), ("T2", "K1", "收费", "2026-03-02", None)]
    )
    results = [
        complaints.assign_steps([*TALK, "好的。"]),
        complaints.check_empathy(GOOD[0]),
        complaints.review_empathy(GOOD),
        complaints.intake_completeness(handled, ["回访结果"]),
        complaints.intake_completeness(handled, ["回访结果"], by="二级原因"),
        complaints.merge_duplicates(duplicated),
        complaints.repeats(linked),
        complaints.escalations(escalated, min_n=1),
        complaints.handling_indicators(handled, by="二级原因", as_of="2026-03-31"),
        complaints.improvement_ranking(linked),
    ]

    for result in results:
        _, ax = plt.subplots()
        assert result.plot(ax) is ax
        assert ax.get_title()
        assert not result.summary().empty
        assert str(result).endswith("。")
        assert "<table" in result._repr_html_()


def test_cases_not_yet_answered_stay_out_of_the_median_response():
    cases = pd.DataFrame(
        {
            "工单号": ["T1", "T2", "T3"],
            "客户号": ["K1", "K2", "K3"],
            "二级原因": "收费",
            "受理时间": "2026-01-01 08:00",
            "办结时间": ["2026-01-01 18:00", "2026-01-03 08:00", None],
            "首次响应小时": [1, 5, None],
            "首接工号": "A1",
            "渠道层级": ["一线", "总部", "一线"],
            "越级": [False, True, False],
        }
    )
    result = complaints.handling_indicators(cases, limit_hours=24, as_of="2026-03-01")
    assert result.overall["首次响应中位数"] == 3
    signs = complaints.escalations(cases, slow_hours=4, min_n=1).signs
    assert signs["有"].tolist() == [1]
    with pytest.raises(ValueError, match="第 1 个"):
        complaints.handling_indicators(cases.assign(首次响应小时=[-1, 2, None]), limit_hours=24)
