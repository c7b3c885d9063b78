"""academy.exports：样子像真的导出，read_table 读得回中心的数；两次做的字节相同。"""

import datetime as dt
import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import yaml
from openpyxl import load_workbook

from academy.errors import CourseError
from academy.exports import LIST, role_files
from academy.exports.shapes import SHAPES
from academy.manifest import Manifest
from ccomlib import centre, erlang, read_table
from ccomlib.views import long_roster, typical_day

ROOT = Path(__file__).resolve().parents[3]
HUB = centre.open_centre(2025)
WEEK = {"first": dt.date(2025, 6, 23), "last": dt.date(2025, 6, 29)}


@pytest.fixture
def made(tmp_path):
    def make(shape, **settings):
        ending = ".csv" if shape == "calls" else ".xlsx"
        path = tmp_path / (shape + ending)
        path.write_bytes(SHAPES[shape](HUB, **settings))
        return path

    return make


def test_the_interval_report_gives_back_the_calls_and_leaves_its_totals_behind(made):
    path = made("intervals", queue="咨询", **WEEK)
    rows = HUB.calls_interval
    rows = rows[(rows["队列"] == "咨询") & (rows["日期"] >= "2025-06-23")]

    table = read_table(path, kind="intervals")

    for column in ("时段", "队列", "呼入量", "接起量", "20秒接起量", "放弃量", "在岗人数"):
        assert table[column].tolist() == rows[column].tolist(), column
    assert table["平均处理时长"].tolist() == pytest.approx(
        rows["平均处理时长"].tolist(), nan_ok=True
    )
    assert [one["原因"] for one in table.attrs["dropped"]] == ["合计行"] * 8 + ["说明行"]


def test_a_learners_road_from_the_report_to_the_number(made):
    """一行读、一行看、一行算：与虚拟中心同样的几天一样。"""
    table = read_table(made("intervals", queue="咨询", **WEEK), kind="intervals")
    day = typical_day(table, weekday="周一")
    own = HUB.one_day("2025-06-23", "咨询")

    need = erlang.required_agents(day["呼入量"], day["平均处理时长"].fillna(240))

    assert day["呼入量"].tolist() == own["呼入量"].tolist()
    assert need.agents.max() > 20


def test_the_report_looks_like_one(made):
    page = load_workbook(made("intervals", queue="咨询", **WEEK)).active

    assert page["A1"].value == "海棠家电服务热线　话务平台　技能组时段报表"
    assert "A1:I1" in map(str, page.merged_cells.ranges)
    assert [cell.value for cell in page[3]][:4] == ["日期", "时间段", "技能组", "人工呼入量"]
    assert page["B4"].value == "00:00-00:30"
    assert page["B51"].value == "23:30-00:00"
    assert page["A52"].value == "小计"


def test_the_list_of_calls_is_in_the_encoding_of_chinese_windows(made):
    path = made("calls", **WEEK)
    content = path.read_bytes()

    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert content.decode("gb18030").startswith("流水号,来电时间,")
    assert b"\r\n" in content
    table = read_table(path)
    rows = HUB.calls_sample[HUB.calls_sample["时间"] >= "2025-06-23"]
    assert table["流水号"].tolist() == rows["通话编号"].tolist()
    assert table["通话秒"].tolist() == rows["通话秒"].tolist()


def test_the_staff_list_has_everybody_on_the_books_that_day(made):
    table = read_table(made("staff", day=dt.date(2025, 6, 30)), kind="agents")
    people = HUB.agents
    there = people[people["离职日期"].isna() | (people["离职日期"] > "2025-06-30")]

    assert table["工号"].tolist() == there["工号"].tolist()
    assert table["入职日期"].tolist() == there["入职日期"].tolist()


def test_who_left_the_day_before_is_off_the_list_and_who_leaves_later_is_on(made):
    left = HUB.agents.dropna(subset="离职日期").iloc[-1]
    day = left["离职日期"].date()

    listed = set(read_table(made("staff", day=day), kind="agents")["工号"])
    earlier = made("staff", day=day - dt.timedelta(days=1))
    before = set(read_table(earlier, kind="agents")["工号"])

    assert left["工号"] not in listed
    assert left["工号"] in before


def test_the_wide_roster_becomes_the_roster_again(made):
    first, last = dt.date(2025, 6, 30), dt.date(2025, 7, 27)
    table = long_roster(read_table(made("shifts", first=first, last=last, team="1组")))
    team = HUB.agents.loc[HUB.agents["班组"] == "1组", "工号"]
    rows = HUB.roster[HUB.roster["工号"].isin(team)].sort_values(["工号", "日期"])

    assert table[["工号", "班次"]].to_numpy().tolist() == rows[["工号", "班次"]].to_numpy().tolist()
    assert table["日期"].tolist() == rows["日期"].tolist()
    assert table["休息"].tolist() == rows["休息"].tolist()


def test_weekdays_stand_above_their_days(made):
    path = made("shifts", first=dt.date(2025, 6, 30), last=dt.date(2025, 7, 6), team="1组")
    page = load_workbook(path).active

    assert [cell.value for cell in page[2]][3:] == list("一二三四五六日")


def test_scorings_and_tickets_keep_their_rows_dates_and_flags(made):
    scores = read_table(made("quality", **WEEK))
    rows = HUB.qa_scores[HUB.qa_scores["评分日期"].between("2025-06-23", "2025-06-29")]
    assert scores["总分"].tolist() == pytest.approx(rows["总分"].tolist())
    assert scores["质检日期"].tolist() == rows["评分日期"].tolist()

    tickets = read_table(made("tickets", **WEEK))
    cases = HUB.complaints[HUB.complaints["受理时间"].between("2025-06-23", "2025-06-30")]
    assert tickets["投诉编号"].tolist() == cases["工单号"].tolist()
    assert (tickets["是否越级"] == "是").tolist() == cases["越级"].tolist()
    assert tickets["受理时间"].dt.floor("s").tolist() == cases["受理时间"].tolist()


def test_the_same_list_gives_the_same_bytes_which_say_no_time():
    """时刻不在里面，压缩的版本也不在：换一台机器、换一天都一样。"""
    settings = {"day": dt.date(2025, 6, 30)}
    one, other = (SHAPES["staff"](HUB, **settings) for _ in range(2))

    assert one == other
    import io

    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert b"1980-01-01" in archive.read("docProps/core.xml")


def test_every_listed_file_of_a_role_with_lessons_is_made_and_in_the_manifest():
    files = role_files(ROOT)
    listed = yaml.safe_load((ROOT / LIST).read_text(encoding="utf-8"))["roles"]

    assert [name for name in files if name.startswith("course/wfmp/")] == [
        f"course/wfmp/文件/{one['file']}" for one in listed["wfmp"]
    ]
    manifest = Manifest.read(ROOT)
    for name, content in files.items():
        assert manifest.made(name, content), "请运行 make notebooks"
        assert (ROOT / name).read_bytes() == content, "请运行 make notebooks"


@pytest.mark.parametrize("slug", ["wfmp", "omp", "dap", "cmp", "pmp", "qap", "tmp"])
def test_every_role_has_a_list_that_can_be_made(slug, tmp_path):
    (tmp_path / "course").mkdir()
    shutil.copy(ROOT / LIST, tmp_path / LIST)
    (tmp_path / "text/course" / slug).mkdir(parents=True)

    files = role_files(tmp_path)

    assert len(files) >= 2
    for name, content in files.items():
        path = tmp_path / Path(name).name
        path.write_bytes(content)
        assert len(read_table(path)) >= 15


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("{file: a.xlsx, shape: nothing}", "shape 是 intervals、calls"),
        ("{shape: staff, day: 2025-06-30}", "要有 file 与 shape"),
        ("{file: a.xlsx, shape: staff}", "写法不对（missing a required argument: 'day'）"),
        ("{file: a.xlsx, shape: staff, day: 2025-06-30, x: 1}", "写法不对"),
    ],
)
def test_a_wrong_entry_is_refused_with_the_remedy(entry, words, tmp_path):
    (tmp_path / "course").mkdir()
    (tmp_path / "text/course/wfmp").mkdir(parents=True)
    (tmp_path / LIST).write_text(f"seed: 2025\nroles:\n  wfmp:\n    - {entry}\n", encoding="utf-8")

    with pytest.raises(CourseError) as caught:
        role_files(tmp_path)
    assert words in str(caught.value)


def test_a_column_that_went_from_the_centre_is_named(monkeypatch):
    monkeypatch.setattr(
        centre.Centre, "agents", property(lambda hub: pd.DataFrame({"工号": ["A001"]}))
    )
    with pytest.raises(CourseError, match="虚拟中心里没有.*shapes.py 也要改"):
        role_files(ROOT)


def test_a_folder_without_a_list_has_no_files(tmp_path):
    assert role_files(tmp_path) == {}
