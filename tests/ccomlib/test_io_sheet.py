"""活的 Excel：公式照另一种算法重算，与存着的值、与 pandas 都一样。"""

import re
import zipfile

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from ccomlib import erlang, read_table, write_excel
from ccomlib.io import Sheet
from ccomlib.root_cause import pareto
from ccomlib.views import compare

ACD = pd.DataFrame(
    {
        "时段": ["08:30", "09:00", "09:30"],
        "呼入量": [155, 201, 225],
        "20秒接起量": [68, 140, 135],
        "接起量": [120, 190, 204],
        "平均处理时长": [248.0, 240.0, 252.5],
    }
)
RATE = {"20秒接起率": "[20秒接起量] / [呼入量]"}
TOTALS = {"呼入量": "合计", "20秒接起量": "合计", "平均处理时长": "加权[接起量]"}


def recomputed(path, sheet=None):
    """只认得这几种函数的小 Excel：从公式的文字重新算出每一格。"""
    book = load_workbook(path)
    page = book[sheet] if sheet else book.worksheets[0]

    def value(cell):
        content = page[cell].value
        return calculate(content[1:]) if isinstance(content, str) and content[0] == "=" else content

    def area(text):
        first, last = text.replace("$", "").split(":")
        return np.array([value(c.coordinate) for (c,) in page[f"{first}:{last}"]], float)

    def calculate(text):
        text = re.sub(r"\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+", lambda f: f"area('{f[0]}')", text)
        text = re.sub(r"(?<!')(?<![A-Z$])\$?([A-Z]{1,2})\$?(\d+)(?![\d:'])", r"value('\1\2')", text)
        names = {
            "SUM": np.sum,
            "AVERAGE": np.mean,
            "SUMPRODUCT": lambda a, b: (a * b).sum(),
            "ROUNDUP": lambda x, n: np.ceil(x * 10**n) / 10**n,
            "ROUND": lambda x, n: np.round(x, n),
        }
        return float(eval(text, names | {"area": area, "value": value}))

    return {
        cell.coordinate: calculate(cell.value[1:])
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def cached(path, cells):
    page = load_workbook(path, data_only=True).worksheets[0]
    return {cell: page[cell].value for cell in cells}


@pytest.fixture
def acd(tmp_path):
    return write_excel(tmp_path / "话务.xlsx", 周一=Sheet(ACD, formulas=RATE, totals=TOTALS))


def test_every_formula_gives_what_is_stored_beside_it(acd):
    found = recomputed(acd)

    assert len(found) == 3 + 4
    assert cached(acd, found) == pytest.approx(found)


def test_the_rate_of_the_total_is_a_sum_over_a_sum_and_the_time_is_weighted(acd):
    """手算：343 ÷ 581；(248×120 + 240×190 + 252.5×204) ÷ 514。"""
    page = load_workbook(acd).worksheets[0]

    assert page["F5"].value == "=C5/B5"
    assert page["E5"].value == "=SUMPRODUCT(E2:E4,D2:D4)/SUM(D2:D4)"
    found = recomputed(acd)
    assert found["F5"] == pytest.approx(343 / 581)
    assert found["E5"] == pytest.approx((248 * 120 + 240 * 190 + 252.5 * 204) / 514)
    assert page["A5"].value == "合计"
    assert page["D5"].value is None


def test_numbers_are_formatted_as_a_manager_writes_them(acd):
    page = load_workbook(acd).worksheets[0]

    assert page["B2"].number_format == '#,##0" 通"'
    assert page["E2"].number_format == '#,##0.0" 秒"'
    assert page["F2"].number_format == page["F5"].number_format == "0.0%"
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width >= 8


def test_the_saved_page_is_read_back_with_its_values(acd):
    table = read_table(acd, kind=None)

    assert table["服务水平"].tolist() == pytest.approx((ACD["20秒接起量"] / ACD["呼入量"]).tolist())
    assert len(table) == 3


def test_a_pareto_keeps_its_shares_live(tmp_path):
    result = pareto({"收费不符": 50, "未按约上门": 30, "态度": 12, "其他": 8})
    path = write_excel(tmp_path / "帕累托.xlsx", 原因=result)
    page = load_workbook(path).worksheets[0]

    assert page["A1"].value == str(result)
    assert page["D4"].value == "=SUM(B$3:B4)/SUM(B$3:B$6)"
    found = recomputed(path)
    assert [found[f"D{row}"] for row in (3, 4, 5, 6)] == pytest.approx([0.5, 0.8, 0.92, 1.0])
    assert found["B7"] == 100
    assert cached(path, found) == pytest.approx(found)


def test_erlang_stays_a_value_and_its_inputs_stand_beside_it(tmp_path):
    staffing = erlang.required_agents([155, 225], [248, 252], shrinkage=0.3)
    path = write_excel(tmp_path / "需求.xlsx", 需求=staffing)
    page = load_workbook(path).worksheets[0]
    heads = {cell.value: cell.column_letter for cell in page[2]}

    assert isinstance(page[f"{heads['所需人数']}3"].value, int)
    side = {row[0].value: row[1].value for row in page.iter_rows(min_row=3, min_col=13, max_col=14)}
    assert side["服务水平目标"] == 0.8
    assert side["平均耐心秒"] == "不放弃（Erlang C）"
    found = recomputed(path)
    column = heads["应排人数"]
    assert [found[f"{column}{row}"] for row in (3, 4)] == staffing.scheduled.tolist()
    assert page[f"{column}3"].value == f"=ROUNDUP({heads['所需人数']}3/(1-$N$7),0)"


def test_an_input_changed_changes_what_refers_to_it(tmp_path):
    page = Sheet(ACD[["呼入量"]], formulas={"两倍": "[呼入量] * {倍}"}, inputs={"倍": 2})
    path = write_excel(tmp_path / "a.xlsx", 表=page)
    book = load_workbook(path)
    book.worksheets[0]["E2"] = 3
    book.save(path)

    assert recomputed(path)["B2"] == 465


def test_plan_and_actual_keep_their_difference_live(tmp_path):
    found = compare(pd.Series([36, 24], ["09:30", "11:30"]), [28.8, 26])
    path = write_excel(tmp_path / "差.xlsx", 差=found)

    assert load_workbook(path).worksheets[0]["D3"].value == "=C3-B3"
    assert recomputed(path)["D5"] == pytest.approx(54.8 - 60)


def test_the_picture_stands_on_the_page_with_its_words(tmp_path):
    result = pareto({"收费不符": 50, "态度": 12})
    path = write_excel(tmp_path / "图.xlsx", 前=ACD, 原因=Sheet(result, picture=result.plot()))

    with zipfile.ZipFile(path) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        assert archive.read("xl/media/image1.png").startswith(b"\x89PNG")
    assert f'descr="{result}' in drawing
    assert len(load_workbook(path)["原因"]._images) == 1


def test_nothing_divided_by_nothing_is_left_to_excel_and_has_no_value(tmp_path):
    table = pd.DataFrame({"呼入量": [0, 2], "放弃量": [0, 1]})
    path = write_excel(
        tmp_path / "零.xlsx", 表=Sheet(table, formulas={"放弃率": "[放弃量] / [呼入量]"})
    )

    assert cached(path, ["C2", "C3"]) == {"C2": None, "C3": 0.5}


def test_the_mean_and_the_functions_are_the_same_in_both_worlds(tmp_path):
    table = pd.DataFrame({"人": [3.2, 4.9]})
    formulas = {
        "离均": "[人] - 平均[人]",
        "整": "ROUND([人] * 10, 0) + ROUNDUP([人], 0)",
    }
    path = write_excel(
        tmp_path / "f.xlsx", 表=Sheet(table, formulas=formulas, totals={"人": "平均"})
    )

    found = recomputed(path)
    assert found["B2"] == pytest.approx(3.2 - 4.05)
    assert (found["C2"], found["C3"]) == (36, 54)
    assert found["A4"] == pytest.approx(4.05)
    assert cached(path, found) == pytest.approx(found)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"formulas": {"率": "[没有] / [呼入量]"}}, r"\[没有\]，表里没有这一列"),
        ({"formulas": {"率": "[呼入量] * {倍}"}}, "inputs 里没有"),
        ({"formulas": {"率": "[呼入量] / ("}}, "读不懂"),
        ({"formulas": {"率": "__import__('os')"}}, "不能用的写法"),
        ({"formulas": {"率": "[呼入量].sum"}}, "不能用的写法"),
        ({"totals": ["没有"]}, "表里没有这一列"),
        ({"totals": {"呼入量": "加起来"}}, "请写 合计、平均 或 加权"),
        ({"totals": {"呼入量": "加权[没有]"}}, "表里没有这一列"),
    ],
)
def test_a_wrong_formula_is_refused_with_the_remedy(options, words):
    with pytest.raises(ValueError, match=words):
        Sheet(ACD, **options)


def test_what_is_no_table_is_refused():
    with pytest.raises(ValueError, match="请给一张表或一个结果"):
        Sheet([1, 2])


def test_units_of_the_page_and_of_a_result_go_into_the_number_format(tmp_path):
    found = compare(pd.Series([36, 24], ["09:30", "11:30"]), [28.8, 26.0], unit="席")
    own = Sheet(ACD[["呼入量"]], units={"呼入量": "单"})
    share = Sheet(pd.DataFrame({"接起": [0.44]}), units={"接起": "%"})
    book = load_workbook(write_excel(tmp_path / "u.xlsx", 差=found, 自己=own, 份=share))

    assert book["差"]["D3"].number_format == '#,##0.0" 席"'
    assert book["自己"]["A2"].number_format == '#,##0" 单"'
    assert book["份"]["A2"].number_format == "0.0%"
    assert book["差"].page_setup.orientation == "landscape"
    assert book["差"].sheet_properties.pageSetUpPr.fitToPage
