"""工作台的数据：代码与表是同一回事。"""

import pandas as pd
import pytest

from ccomlib import centre, read_table
from ccomlib.workbench.source import centre_source, file_source, uploaded_source


def _replay(source):
    names = {"centre": centre, "read_table": read_table}
    exec(source.code, names)
    return names["table"]


@pytest.mark.parametrize("how", ["sum", "mean", "size"])
def test_the_shown_lines_make_the_same_table(how):
    source = centre_source("calls_daily").only("队列", "咨询").grouped("日期", how)

    pd.testing.assert_frame_equal(_replay(source), source.table)


@pytest.mark.parametrize("period", ["D", "W", "M"])
def test_days_gather_into_periods_and_count_their_rows(period):
    source = centre_source("complaints").grouped("受理时间", "sum", period)

    assert source.table["行数"].sum() == 2400
    assert source.table["受理时间"].is_unique
    pd.testing.assert_frame_equal(_replay(source), source.table)


def test_a_column_that_is_no_date_has_no_periods():
    with pytest.raises(ValueError, match="「二级原因」不是日期"):
        centre_source("complaints").grouped("二级原因", "sum", "W")


def test_a_long_table_spreads_to_one_column_each():
    source = centre_source("qa_calibration").spread("录音", "质检员", "得分")

    assert source.table.columns.tolist() == ["录音", "Q01", "Q02", "Q03", "Q04", "Q05", "Q06"]
    assert len(source.table) == 20
    pd.testing.assert_frame_equal(_replay(source), source.table)


def test_a_cell_with_two_values_cannot_spread():
    with pytest.raises(ValueError, match="「工号」是 .*的不止一行，摊不开"):
        centre_source("qa_scores").spread("工号", "质检员", "得分")


def test_spreading_needs_three_different_columns():
    with pytest.raises(ValueError, match="三列各不相同"):
        centre_source("qa_scores").spread("工号", "工号", "得分")


def test_a_file_and_its_upload_are_read_alike(tmp_path):
    path = tmp_path / "抽检.csv"
    path.write_text("小组,抽检数,差错数\n甲,120,5\n乙,98,7\n", encoding="utf-8")

    own, uploaded = file_source(path), uploaded_source("抽检.csv", path.read_bytes())

    pd.testing.assert_frame_equal(own.table, uploaded.table)
    assert uploaded.code == 'table = read_table("抽检.csv")'


def test_a_value_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="「队列」里没有「外呼」"):
        centre_source("calls_daily").only("队列", "外呼")
