"""academy.package.samples：样例就是课上的表，read_table 读得回来；两次做的字节相同。"""

import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from academy.package import samples
from academy.package.samples import sample, titles
from ccomlib import centre, read_table


@pytest.fixture(scope="module")
def daily():
    return sample("calls_daily")


def test_read_table_gives_back_what_the_lessons_work_with(daily, tmp_path):
    path = tmp_path / "日话务.xlsx"
    path.write_bytes(daily)
    hub = centre.open_centre(samples.SEED).calls_daily

    table = read_table(path, kind="daily")

    assert table["呼入量"].tolist() == hub["呼入量"].tolist()
    assert pd.to_datetime(table["日期"]).tolist() == hub["日期"].tolist()


def test_same_table_gives_the_same_bytes(daily, monkeypatch):
    assert sample("calls_daily") == daily


def test_sheet_has_the_tables_chinese_title(daily):
    assert load_workbook(io.BytesIO(daily)).sheetnames == [titles()["calls_daily"]]


def test_workbook_does_not_say_when_it_was_made(daily):
    properties = load_workbook(io.BytesIO(daily)).properties

    assert {properties.created.year, properties.modified.year} == {1980}


@pytest.mark.parametrize(("longest", "rows"), [(301, 100), (302, 302)])
def test_only_a_table_that_is_too_long_is_cut_and_says_so(monkeypatch, longest, rows):
    """员工花名册有 302 行：界限 301 时截到前 100 行，302 时全给。"""
    monkeypatch.setattr(samples, "LONGEST", longest)
    monkeypatch.setattr(samples, "SHORT", 100)
    book = load_workbook(io.BytesIO(sample("agents")))

    assert book.active.max_row - 1 == rows
    assert ("前 100 行" in book.sheetnames[0]) == (rows == 100)
