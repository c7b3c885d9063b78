"""中心的门面：表名、列名、行数、同种子同字节、互不影响。期望值取自 issue 的表结构与 domain.md 第 3 节。"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccomlib import centre
from ccomlib.centre.columns import check_columns

TABLES = list(centre.TABLES)
FINGERPRINTS = json.loads(Path(__file__).with_name("fingerprints.json").read_text(encoding="utf-8"))

# 180 天 × 48 × 4；28 天 × 48 × 4；730 天 × 4；240 人 × 28 天；20 通 × 6 人；2,500 单 × 8 个节点；
# 208 天 × 48 × 4；208 天 × 48；28 天 × 48 × 8；4 组 × 20 人 × 8 周；12 个月 × 12 组；240 人 × 18 项；24 个月 × 12 组；48 × 4
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
    "plan_interval": 39_936,
    "staff_interval": 9_984,
    "skill_interval": 10_752,
}


@pytest.mark.parametrize("name", ROWS)
def test_row_counts_are_the_agreed_ones(any_hub, name):
    assert len(any_hub.table(name)) == ROWS[name]


def test_every_table_is_an_attribute_that_says_what_its_columns_are(hub):
    for name, spec in centre.TABLES.items():
        pd.testing.assert_frame_equal(getattr(hub, name), hub.table(name))
        text = getattr(centre.Centre, name).__doc__
        assert text.startswith(f"{spec.title}：")
        assert all(f"- {column.name}：{column.meaning}" in text for column in spec.columns)


@pytest.mark.parametrize("name", TABLES)
def test_columns_and_blanks_are_the_registered_ones(any_hub, name):
    """名字、次序、类型相同；空值只在登记为可空的列，登记为可空的列也真有空值。"""
    table, spec = any_hub.table(name), centre.TABLES[name]
    check_columns(name, table, spec.columns)
    empty = table.isna().any()
    assert set(empty.index[empty]) == {column.name for column in spec.columns if column.blank}


@pytest.mark.parametrize("name", [name for name in TABLES if centre.TABLES[name].key])
def test_the_key_tells_every_row_apart(any_hub, name):
    assert not any_hub.table(name).duplicated(list(centre.TABLES[name].key)).any()


def test_every_number_has_a_unit():
    bare = [
        f"{name}.{column.name}"
        for name, spec in centre.TABLES.items()
        for column in spec.columns
        if column.kind in {"整数", "小数"} and not column.unit
    ]
    assert not bare


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("seed", FINGERPRINTS)
def test_same_seed_same_bytes(seed, name):
    """第一版数据的指纹（numpy 2.4）；课程与试卷都靠它，有意改动生成规则时才更新。"""
    known = FINGERPRINTS[seed].get(name)
    assert centre.open_centre(int(seed)).fingerprint(name) == known, (
        "新表请运行 tools/fingerprint_centre.py"
    )


@pytest.mark.parametrize("name", TABLES)
def test_another_seed_gives_other_data(hub, name):
    other = centre.open_centre(seed=7).table(name)
    assert not hub.table(name).equals(other)


def test_a_table_does_not_depend_on_which_tables_were_made_before(hub):
    """每张表有自己的子种子：从最后一张往前取，结果相同。"""
    backwards = centre.Centre(2025)
    for name in reversed(TABLES):
        pd.testing.assert_frame_equal(backwards.table(name), hub.table(name))


@pytest.mark.parametrize("name", TABLES)
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


def test_columns_of_a_table_are_listed_with_meaning_and_unit(hub):
    listing = hub.columns("calls_interval").set_index("列名")
    assert listing.index.tolist() == list(hub.calls_interval.columns)
    assert listing.loc["平均处理时长", "单位"] == "秒/通"
    with pytest.raises(ValueError, match="没有数据表 'calls'"):
        hub.columns("calls")
