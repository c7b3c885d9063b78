"""中心的门面：表名、列名、行数、同种子同字节、互不影响。期望值取自 issue 的表结构与 domain.md 第 3 节。"""

import hashlib

import numpy as np
import pandas as pd
import pytest

from ccomlib import centre

COLUMNS = {
    "calls_interval": "日期 星期 时段 队列 呼入量 接起量 20秒接起量 放弃量 平均处理时长 在岗人数 节假日 事件",
    "calls_interval_next": (
        "日期 星期 时段 队列 呼入量 接起量 20秒接起量 放弃量 平均处理时长 在岗人数 节假日 事件"
    ),
    "calls_daily": "日期 星期 队列 呼入量 平均处理时长 节假日 事件",
    "calls_export": "日期 时段 呼入量 平均处理时长",
    "agents": "工号 姓名 班组 入职日期 离职日期 技能 级别 年龄段 通勤分钟",
    "roster": "工号 日期 班次 上班 下班 休息 夜班 周末 申请",
    "agent_day": (
        "工号 日期 班组 班次 排班秒 登录秒 通话秒 话后秒 空闲秒 小休秒 培训秒 遵守秒 "
        "接起量 平均处理时长 质检分 满意度"
    ),
    "calls_sample": (
        "通话编号 时间 客户编号 工号 队列 等待秒 通话秒 保持秒 话后秒 结果 "
        "原因大类 原因小类 一次解决 转接"
    ),
    "qa_scores": (
        "评分编号 通话编号 质检员 评分日期 工号 抽样方式 开头语 核实身份 语气亲和 "
        "耐心倾听 表达清楚 需求确认 提问到位 答案准确 方案完整 主动告知 操作规范 "
        "记录完整 工单准确 总结确认 结束语 得分 致命项 总分"
    ),
    "qa_calibration": (
        "录音 通话编号 质检员 评分日期 开头语 核实身份 语气亲和 耐心倾听 表达清楚 "
        "需求确认 提问到位 答案准确 方案完整 主动告知 操作规范 记录完整 工单准确 "
        "总结确认 结束语 得分 致命项 总分 标杆分 标杆致命项"
    ),
    "process_nodes": "服务单号 通话编号 产品 网点 节点 进入时间 离开时间 单位 处理人 缺陷",
    "survey": (
        "通话编号 客户编号 工号 队列 邀请方式 邀请时间 回复 满意度 推荐分 文本编码 "
        "低分跟踪 跟踪小时"
    ),
    "complaints": (
        "工单号 客户号 通话编号 受理时间 办结时间 进线渠道 渠道层级 一级原因 二级原因 "
        "责任节点 责任单位 责任人 首接工号 首次响应小时 承诺小时 承诺兑现 转办次数 "
        "补偿金额 越级 回访结果 重复自 客户描述 联系电话 产品型号 客户诉求 期望时限"
    ),
    "complaints_daily": "日期 投诉件数 呼入量 投诉队列呼入量 万通投诉",
    "complaint_lines": "编号 类别 句子",
    "training": "学员工号 课程 讲师 课件 开课日期 前测 后测 训前30天指标 30天指标 满意度",
    "training_items": (
        "学员工号 课程 题01 题02 题03 题04 题05 题06 题07 题08 "
        "题09 题10 题11 题12 题13 题14 题15 题16 题17 题18 "
        "题19 题20"
    ),
    "training_pilot": "工号 班组 组别 周 阶段 抽查得分",
    "perf_month": (
        "月份 工号 班组 出勤天数 接起量 平均处理时长 标准时长 质检分 满意度 "
        "一次解决率 时长比 遵守率 延保推荐量 权重版本 绩效总分 奖金 自评达成 晋升 "
        "客户留存率 团队满意度 团队一次解决率"
    ),
    "strategy_month": (
        "月份 班组 团队满意度 团队一次解决率 客户留存率 人均绩效总分 报修接起量 "
        "下午茶费用 员工敬业度"
    ),
    "skill_tests": "工号 班组 系统操作 知识检索 打字记录 产品知识 沟通表达 情绪管理 工作意愿",
    "skill_matrix": "工号 班组 级别 能力 类别 要求等级 现状等级 关键度 使用频率",
    "courses": "课程编号 课程 阶段 能力 天数 学时 先修 预计提升",
    "knowledge_cards": (
        "卡片编号 队列 一级分类 二级分类 条件 答案 生效日期 失效日期 更新日期 浏览量 "
        "命中率 检索秒 负责人"
    ),
    "headcount": "月份 班组 月初人数 入职人数 离职人数 其中主动 其中90天内 月末人数",
    "live_day": (
        "日期 时段 队列 预测量 计划人数 呼入量 接起量 20秒接起量 平均处理时长 在岗人数 事件"
    ),
    "state_log": "工号 状态 开始 结束",
    "state_plan": "工号 计划状态 开始 结束",
}
# 180 天 × 48 × 4；28 天 × 48 × 4；730 天 × 4；240 人 × 28 天；20 通 × 6 人；2,500 单 × 8 个节点；
# 4 组 × 20 人 × 8 周；12 个月 × 12 组；240 人 × 18 项；24 个月 × 12 组；48 × 4
ROWS = {
    "calls_interval": 34_560,
    "calls_interval_next": 5_376,
    "calls_daily": 2_920,
    "roster": 6_720,
    "calls_sample": 60_000,
    "qa_scores": 3_000,
    "qa_calibration": 120,
    "process_nodes": 20_000,
    "complaints": 2_400,
    "complaints_daily": 180,
    "complaint_lines": 120,
    "training": 1_500,
    "training_items": 1_500,
    "training_pilot": 640,
    "strategy_month": 144,
    "skill_tests": 240,
    "skill_matrix": 4_320,
    "courses": 40,
    "knowledge_cards": 300,
    "headcount": 288,
    "live_day": 192,
}
# 空得有道理的列：在册的没有离职，没有办结，没有回复
MAY_BE_EMPTY = {
    "agents": {"离职日期"},
    "complaints": {"办结时间"},
    "survey": {"满意度", "推荐分", "跟踪小时"},
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_the_agreed_ones(hub, name):
    assert list(hub.table(name).columns) == COLUMNS[name].split()


@pytest.mark.parametrize("name", ROWS)
def test_row_counts_are_the_agreed_ones(any_hub, name):
    assert len(any_hub.table(name)) == ROWS[name]


def test_every_listed_table_has_a_builder_and_a_property(hub):
    assert set(centre.TABLES) == set(centre.BUILDERS) == set(COLUMNS)
    for name in centre.TABLES:
        pd.testing.assert_frame_equal(getattr(hub, name), hub.table(name))


@pytest.mark.parametrize("name", COLUMNS)
def test_only_the_named_columns_may_be_empty(any_hub, name):
    empty = any_hub.table(name).isna().any()
    assert set(empty.index[empty]) == MAY_BE_EMPTY.get(name, set())


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_text_dates_numbers_or_yes_and_no(hub, name):
    kinds = {str(kind) for kind in hub.table(name).dtypes}
    assert kinds <= {"str", "datetime64[us]", "int64", "float64", "bool"}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("seed", [2025, 0])
def test_same_seed_same_bytes(seed, name):
    """2026 版数据的指纹（numpy 2.4）；课程与试卷都靠它，有意改动生成规则时才更新。"""
    text = centre.open_centre(seed).table(name).to_csv(index=False, lineterminator="\n")
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == FINGERPRINTS[seed][name]


@pytest.mark.parametrize("name", COLUMNS)
def test_another_seed_gives_other_data(hub, name):
    other = centre.open_centre(seed=7).table(name)
    assert not hub.table(name).equals(other)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_does_not_depend_on_which_tables_were_made_before(hub, name):
    """每张表有自己的子种子：单独取与全部取过之后取，结果相同。"""
    alone = centre.Centre(2025, centre.World(2025))
    pd.testing.assert_frame_equal(alone.table(name), hub.table(name))


@pytest.mark.parametrize("name", COLUMNS)
def test_changing_a_copy_does_not_leak(hub, name):
    before = hub.table(name)
    spoiled = hub.table(name)
    column = spoiled.columns[0]
    spoiled.loc[:, column] = spoiled[column].iloc[-1]
    spoiled["新列"] = 1
    pd.testing.assert_frame_equal(hub.table(name), before)


@pytest.mark.parametrize("seed", [0, -1, 2**63 - 1, 2**64 - 1, -(2**63), np.int64(5)])
def test_any_64_bit_integer_is_a_seed(seed):
    assert len(centre.open_centre(seed).agents) > 240


@pytest.mark.parametrize("seed", ["2025", 2.5, None, True, 2**64, -(2**63) - 1])
def test_other_seeds_are_refused_in_chinese(seed):
    with pytest.raises(ValueError, match="请给一个整数"):
        centre.open_centre(seed)


def test_unknown_table_names_the_known_ones(hub):
    with pytest.raises(ValueError, match="calls_interval、"):
        hub.table("calls")


def test_centre_is_frozen(hub):
    with pytest.raises(AttributeError):
        hub.seed = 3


def test_tables_lists_title_and_grain(hub):
    listing = hub.tables()
    assert listing["表名"].tolist() == list(centre.TABLES)
    assert (listing["内容"].str.len() > 0).all()


FINGERPRINTS = {
    2025: {
        "calls_interval": "b9c26779f8169f5a",
        "calls_interval_next": "9ea8cc2e7ce283e3",
        "calls_daily": "f79473ef21f694d7",
        "calls_export": "12019df326e9e084",
        "calls_sample": "502d3d084bedde29",
        "agents": "98fd4a8ffddaac1d",
        "agent_day": "614a8dd1e64ed809",
        "roster": "98eb32b2993c0638",
        "qa_scores": "2df40f99d74025f1",
        "qa_calibration": "ff57040aa5fac667",
        "process_nodes": "1671538ff7096c4a",
        "survey": "06065abbac7ce430",
        "complaints": "18c0d7354c9eabcb",
        "complaints_daily": "58bf653d35671434",
        "complaint_lines": "3c03165bdcaaa693",
        "training": "96fae45b9caa3d1a",
        "training_items": "b4e8476f69c69563",
        "training_pilot": "077cdc872bae263c",
        "perf_month": "bd3e015883f189ae",
        "strategy_month": "4fc16d8d824ab716",
        "skill_tests": "92228565da3a9c65",
        "skill_matrix": "fc168a067565d462",
        "courses": "203e8844377affa2",
        "knowledge_cards": "b397fd93ec125598",
        "headcount": "36e484a7d2f9956d",
        "live_day": "88e48e3caddbada4",
        "state_log": "46aab04f5357832f",
        "state_plan": "8605dd577f1dc31a",
    },
    0: {
        "calls_interval": "8b7513432aae4d9e",
        "calls_interval_next": "ff3a7bf7f1a9480e",
        "calls_daily": "965afe0cffae467a",
        "calls_export": "6c28d1fd68152262",
        "calls_sample": "a0826c9f9ecaa4dd",
        "agents": "beabc05c4df916f9",
        "agent_day": "967ff9b7762dc398",
        "roster": "2879ed100b01ea8b",
        "qa_scores": "2fde2cebd8c53b19",
        "qa_calibration": "629dac4642ce20c7",
        "process_nodes": "673aa87a06ba11a2",
        "survey": "9a3766f6cc29225c",
        "complaints": "613dd076dc4e9624",
        "complaints_daily": "46686c24c2df91ce",
        "complaint_lines": "48c884fcc29db6f8",
        "training": "d27f920bf16262ca",
        "training_items": "7ca3be1f1ea31105",
        "training_pilot": "bddd808a8f6e5f1f",
        "perf_month": "36923c83a361394c",
        "strategy_month": "9f96c28bacc5de39",
        "skill_tests": "9ca52824f84cb64d",
        "skill_matrix": "acc08ad04e8d7988",
        "courses": "aaf3d18928d1961a",
        "knowledge_cards": "860d1bbd8466529e",
        "headcount": "ee5dcf46ed40757e",
        "live_day": "ea128d3bf35f634c",
        "state_log": "4da6e35eb46c8d6e",
        "state_plan": "c96b8af3e417684d",
    },
}
