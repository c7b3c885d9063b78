"""读与存：别人的 Excel 读得进来，结果存得回去。"""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from ccomlib import io
from ccomlib.centre import open_centre
from ccomlib.evaluation import service_level


def workbook(path, rows, *, merge=None, sheet="话务"):
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    if merge:
        page.merge_cells(merge)
    book.save(path)
    return path


@pytest.fixture
def report(tmp_path):
    """中国式报表：标题两行、英文列名、空行、合计、尾注。"""
    rows = [
        ["热线话务日报"],
        ["单位：通"],
        ["Date", "Time Slot", "进线量", "AHT(分钟)", "备注"],
        [dt.datetime(2026, 3, 2), "8:30-9:00", "１，２０４", 4.5, None],
        [46083, dt.time(9, 0), 96, 4, "系统慢"],
        [None, None, None, None, None],
        ["合计", None, 1300, None, None],
        ["注：数据来自 ACD", None, None, None, None],
    ]
    return workbook(tmp_path / "日报.xlsx", rows)


def test_a_report_with_titles_totals_and_notes_becomes_two_clean_rows(report):
    """手算：两行数据；46083 是 2026-03-02 的 Excel 序列号；4.5 分钟 = 270 秒。"""
    table = io.read_table(report, kind="intervals")
    assert table.columns.tolist() == ["日期", "时段", "呼入量", "平均处理时长", "备注"]
    assert table["日期"].tolist() == [pd.Timestamp("2026-03-02")] * 2
    assert table["时段"].tolist() == ["08:30", "09:00"]
    assert table["呼入量"].tolist() == [1204, 96]
    assert table["平均处理时长"].tolist() == [270, 240]


def test_dropped_rows_are_reported_with_their_excel_row_numbers(report):
    dropped = io.read_table(report).attrs["dropped"]
    assert [(item["行"], item["原因"]) for item in dropped] == [(7, "合计行"), (8, "说明行")]


def test_a_bad_cell_is_named_by_file_sheet_row_column_value_and_remedy(tmp_path):
    """表头在第 1 行，坏值在第 3 行。"""
    rows = [["日期", "来电量"], ["2026-03-02", 5], ["2026-03-03", "--"], ["2026-03-04", 6]]
    path = workbook(tmp_path / "话务.xlsx", rows)
    expected = (
        r'话务.xlsx「话务」 第 3 行「来电量」（即呼入量）是 "--"：请改成数字，'
        r'或用 read_table\(..., bad="drop"\) 跳过坏行。'
    )
    with pytest.raises(ValueError, match=expected):
        io.read_table(path, kind="daily")


@pytest.mark.parametrize(("bad", "rows", "dropped"), [("drop", 2, 1), ("keep", 3, 0)])
def test_bad_rows_can_be_dropped_or_kept_as_missing(tmp_path, bad, rows, dropped):
    path = tmp_path / "a.csv"
    path.write_text("日期,呼入量\n2026-03-02,5\n2026-03-03,--\n2026-03-04,6\n", "utf-8")
    table = io.read_table(path, bad=bad)
    assert len(table) == rows
    assert len(table.attrs["dropped"]) == dropped
    assert table.attrs["bad"][0]["行"] == 3
    assert table["呼入量"].isna().sum() == (bad == "keep")


def test_a_row_with_two_bad_cells_is_dropped_and_reported_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("日期,呼入量,接起量\n2026-03-02,--,-3\n2026-03-03,5,4\n", "utf-8")
    table = io.read_table(path, bad="drop")
    (dropped,) = table.attrs["dropped"]
    assert (dropped["行"], dropped["列"], dropped["值"]) == (2, "呼入量、接起量", "--、-3")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_csv_is_read_in_every_encoding_excel_writes(tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    text = "统计日期,队列,呼入量\n2026年3月2日,账单,12\n".replace(",", delimiter)
    path.write_bytes(text.encode(encoding))
    assert io.read_table(path).loc[0].tolist() == [pd.Timestamp("2026-03-02"), "账单", 12]


def test_a_vertically_merged_date_counts_for_every_row(tmp_path):
    rows = [["日期", "时段", "呼入量"], ["2026-03-02", "9:00", 5], [None, "9:30", 6]]
    table = io.read_table(workbook(tmp_path / "a.xlsx", rows, merge="A2:A3"), kind="intervals")
    assert table["日期"].nunique() == 1


def test_date_and_time_in_one_column_are_split(tmp_path):
    rows = [["时间", "呼入量"], [dt.datetime(2026, 3, 2, 8, 30), 5]]
    table = io.read_table(workbook(tmp_path / "a.xlsx", rows), kind="intervals")
    assert table.loc[0, ["日期", "时段"]].tolist() == [pd.Timestamp("2026-03-02"), "08:30"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("agents", "agents"), ("roster", "roster"), ("agent_day", "agent_day")],
)
def test_the_sample_tables_survive_a_trip_through_csv(tmp_path, name, kind):
    """样例表存成 CSV 再读回来，与 ccomlib.centre 给出的逐格相同。"""
    sample = getattr(open_centre(seed=2025), name).head(300)
    sample.to_csv(tmp_path / "a.csv", index=False)
    back = io.read_table(tmp_path / "a.csv", kind=kind)
    pd.testing.assert_frame_equal(back, sample, check_dtype=False)


def test_two_columns_with_one_meaning_are_refused_and_can_be_told_apart(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("日期,来电量,进线量\n2026-03-02,5,7\n", "utf-8")
    with pytest.raises(ValueError, match="「来电量」与「进线量」都像是呼入量"):
        io.read_table(path)
    assert io.read_table(path, columns={"进线量": "呼入量"})["呼入量"].tolist() == [7]


def test_a_missing_required_column_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("日期,接起量\n2026-03-02,5\n", "utf-8")
    with pytest.raises(ValueError, match="缺少每日话务表必须有的列：呼入量"):
        io.read_table(path, kind="daily")


@pytest.mark.parametrize(
    ("name", "message"), [("a.xls", "另存为”.xlsx"), ("a.pdf", "另存为 .xlsx")]
)
def test_other_formats_are_refused_with_a_remedy(tmp_path, name, message):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ValueError, match=message):
        io.read_table(tmp_path / name)


def test_a_file_that_only_pretends_to_be_xlsx_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_text("日期,呼入量", "utf-8")
    with pytest.raises(ValueError, match=r"不是真正的 .xlsx"):
        io.read_table(tmp_path / "a.xlsx")


def test_a_missing_file_is_told_with_its_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match="没有找到文件"):
        io.read_table(tmp_path / "没有.xlsx")


@pytest.mark.parametrize("kind", list(io.KINDS))
def test_every_template_can_be_read_back_as_its_kind(tmp_path, kind):
    path = io.template(kind, tmp_path / "模板.xlsx")
    table = io.read_table(path, kind=kind)
    assert len(table) == len(io.KINDS[kind].examples)
    assert set(io.KINDS[kind].required) <= set(table.columns)


def test_a_written_table_comes_back_equal(tmp_path):
    table = pd.DataFrame(
        {
            "日期": pd.to_datetime(["2026-03-02", "2026-03-03"]),
            "时段": ["08:30", "09:00"],
            "呼入量": [96, 128],
            "节假日": ["", "清明"],
        }
    )
    back = io.read_table(io.write_excel(tmp_path / "a.xlsx", 话务=table), kind="intervals")
    pd.testing.assert_frame_equal(back, table, check_dtype=False)


def test_a_written_sheet_is_bold_frozen_and_formatted(tmp_path):
    table = pd.DataFrame(
        {"日期": pd.to_datetime(["2026-03-02"]), "放弃率": [0.05], "很长的中文列名": [1]}
    )
    page = load_workbook(io.write_excel(tmp_path / "a.xlsx", {"表": table}))["表"]
    assert page["A1"].font.bold
    assert page.freeze_panes == "A2"
    assert page["A2"].number_format == "yyyy-mm-dd"
    assert page["B2"].number_format == "0.0%"
    assert page.column_dimensions["C"].width >= 2 * len("很长的中文列名")


def test_a_result_is_written_as_its_sentence_and_table(tmp_path):
    result = service_level([10], [9], [8])
    page = load_workbook(io.write_excel(tmp_path / "a.xlsx", 结果=result))["结果"]
    assert page["A1"].value == str(result)
    assert [cell.value for cell in page[2]] == ["口径", "服务水平"]
    assert page.freeze_panes == "A3"


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    path = io.write_excel(tmp_path / "a.xlsx", 表=pd.DataFrame({"留言": ["=1+1"]}))
    cell = load_workbook(path)["表"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_an_existing_file_is_kept_unless_overwriting_is_asked(tmp_path):
    path, table = tmp_path / "a.xlsx", pd.DataFrame({"甲": [1]})
    io.write_excel(path, 表=table)
    with pytest.raises(FileExistsError, match="overwrite=True"):
        io.write_excel(path, 表=table)
    assert io.write_excel(path, 表=table, overwrite=True) == path


def test_a_file_open_in_excel_is_explained(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    with pytest.raises(PermissionError, match="正在 Excel 里打开"):
        io.write_excel(tmp_path / "a.xlsx", 表=pd.DataFrame({"甲": [1]}))


@pytest.mark.parametrize("name", ["一/二", "", "长" * 32])
def test_a_sheet_name_excel_refuses_is_refused_first(tmp_path, name):
    with pytest.raises(ValueError, match="工作表名"):
        io.write_excel(tmp_path / "a.xlsx", {name: pd.DataFrame({"甲": [1]})})


def test_missing_values_are_written_as_empty_cells(tmp_path):
    path = io.write_excel(tmp_path / "a.xlsx", 表=pd.DataFrame({"甲": [1.0, np.nan]}))
    assert load_workbook(path)["表"]["A3"].value is None


def test_a_table_without_any_known_column_is_read_from_its_first_full_row_of_words(tmp_path):
    """标题行只有一格，不算表头；第二行三格文字、第三行三格有值，是表头。"""
    rows = [["二季度抽检"], ["小组别名", "抽检数", "差错数"], ["甲", 120, 5], ["乙", 98, 7]]
    table = io.read_table(workbook(tmp_path / "抽检.xlsx", rows))
    assert table.columns.tolist() == ["小组别名", "抽检数", "差错数"]
    assert table["差错数"].tolist() == [5, 7]


def test_a_kind_still_needs_its_own_columns(tmp_path):
    path = workbook(tmp_path / "抽检.xlsx", [["小组别名", "抽检数"], ["甲", 120]])
    with pytest.raises(ValueError, match="没有找到表头"):
        io.read_table(path, kind="intervals")


def test_rows_of_numbers_are_no_header(tmp_path):
    path = workbook(tmp_path / "数.xlsx", [["1", "2"], [3, 4]])
    with pytest.raises(ValueError, match="没有找到表头"):
        io.read_table(path)
