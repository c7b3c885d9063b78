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
}
# 180 天 × 48 × 4；28 天 × 48 × 4；730 天 × 4；240 人 × 28 天
ROWS = {
    "calls_interval": 34_560,
    "calls_interval_next": 5_376,
    "calls_daily": 2_920,
    "roster": 6_720,
    "calls_sample": 60_000,
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


def test_only_the_leaving_date_may_be_empty(any_hub):
    for name in centre.TABLES:
        empty = any_hub.table(name).isna().any()
        assert set(empty.index[empty]) <= {"离职日期"}, name


def test_same_seed_same_bytes():
    """2026 版数据的指纹（numpy 2.4）；有意改动生成规则时才更新。"""
    hub = centre.open_centre(seed=2025)
    for name, digest in FINGERPRINTS.items():
        text = hub.table(name).to_csv(index=False, lineterminator="\n")
        assert hashlib.sha256(text.encode()).hexdigest()[:16] == digest, name


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
    "calls_interval": "b9c26779f8169f5a",
    "calls_interval_next": "9ea8cc2e7ce283e3",
    "calls_daily": "f79473ef21f694d7",
    "calls_export": "12019df326e9e084",
    "calls_sample": "502d3d084bedde29",
    "agents": "98fd4a8ffddaac1d",
    "agent_day": "614a8dd1e64ed809",
    "roster": "98eb32b2993c0638",
}
