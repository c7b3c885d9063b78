"""`ccom release`、`sitting`、`resit`、`results`：照考务的做法按场次走，错了说一句怎么办。"""

from datetime import UTC, datetime, timedelta

import pytest

from academy.cli import main
from academy.clock import TIMEZONE, utc_now
from academy.exam.journal import entries
from academy.exam.points import gradebook_numbers
from academy.exam.roster import read_roster
from academy.exam.sitting import open_sitting, sittings

FINAL, FIRST = "wfmp-final", "wfmp-resit1"
NAME = "wfmp-final@2025-07"


@pytest.fixture
def desk(school, monkeypatch):
    """考务坐在课程文件夹里，旁边有一份名单。"""
    monkeypatch.chdir(school.root)
    monkeypatch.setenv("CCOM_STAFF", "考务甲")
    (school.root / "名单.csv").write_text(
        "学号,姓名\nS1,王敏\nS2,李静\nS3,张磊\n", encoding="utf-8"
    )
    return school


@pytest.fixture
def say(capsys):
    """say(命令行)：运行，返回退出码、屏幕、错误。"""

    def run(line):
        status = main(line.split())
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_no_sitting_yet_says_what_to_run(desk, say):
    assert say("sitting") == (0, "还没有场次：用 ccom release 试卷 --roster 名单 建一个。\n", "")


def test_sittings_are_listed_and_one_is_shown_with_its_log(desk, sit, say):
    sit(FINAL, "S1", "S2")
    sit(FIRST, "S1", start=None)

    lines = say("sitting list")[1].splitlines()
    assert lines[0].split() == ["场次", "试卷", "期", "开考", "时长", "截止", "学员", "退出"]
    assert [line.split()[0] for line in lines[1:]] == [NAME, "wfmp-resit1@2025-07"]

    shown = say(f"sitting show {NAME}")[1]
    assert "S1    王敏" in shown
    assert "记录 2 条，用 --log 看。" in shown
    log = say(f"sitting show {NAME} --log")[1]
    assert "登记" in log
    assert "学号 S1、S2" in log


def test_learner_is_withdrawn_and_comes_back(desk, sit, say):
    sit(FINAL, "S1", "S2")

    assert say(f"sitting withdraw {FINAL} S2 --why 病假")[1] == (
        f"S2 已退出场次 {NAME}，还有 1 名学员。\n"
    )
    gone = open_sitting(desk.root, FINAL).learner("S2").withdrawn
    assert (gone.who, gone.why) == ("考务甲", "病假")
    assert say(f"sitting restore {FINAL} S2")[1] == f"S2 回到场次 {NAME}，现在 2 名学员。\n"


def test_extra_minutes_for_all_and_for_one(desk, sit, say):
    sit(FINAL, "S1", "S2")

    assert say(f"sitting extra {FINAL} 10 --why 停电")[1] == (
        f"场次 {NAME}：全场加时 10 分钟，2025-07-18 17:10 截止。\n"
    )
    assert say(f"sitting extra {FINAL} 5 S2")[1] == (
        f"场次 {NAME}：S2加时 5 分钟，2025-07-18 17:15 截止。\n"
    )
    assert desk.due(FINAL).strftime("%H:%M") == "17:15"  # nbgrader 也知道


def test_wrong_roster_is_taken_back_with_its_ghosts(desk, sit, say):
    sit(FINAL, "S1")
    sit(FINAL, "S2", "S3")

    status, said, _ = say(f"sitting undo {FINAL} --why 拿错了名单")

    assert status == 0
    assert said == (
        f"场次 {NAME}：撤回 2 名学员，其中 2 名没有别的考试，也从成绩册去掉了；还有 1 名学员。\n"
    )
    assert gradebook_numbers(desk) == {"S1"}
    assert entries(desk.root, NAME)[-1].why == "拿错了名单"
    assert "整个场次已撤回" in say(f"sitting undo {FINAL} --all")[1]
    assert sittings(desk.root) == []


def test_taking_back_after_hand_ins_is_refused_by_name(desk, sit, hand, say):
    sit(FINAL, "S1", "S2")
    hand("S2")

    status, _, error = say(f"sitting undo {FINAL}")

    assert status == 1
    assert error.startswith(f"！场次 {NAME} 不能撤回：S2 已经交卷。")


def _soon(hour="15:30", days=3):
    return f"{(utc_now().astimezone(TIMEZONE) + timedelta(days=days)):%Y-%m-%d}T{hour}"


def test_start_is_moved_and_odd_ones_are_questioned(desk, sit, say):
    sit(FINAL, "S1")

    for odd, said in (
        ("2025-07-18T15:30", "已经过去"),
        (_soon("03:30"), "在夜里"),
        (_soon(days=400), "在一年以后"),
        (_soon("21:00"), "考到夜里 22:30"),
    ):
        status, _, error = say(f"sitting start {FINAL} {odd}")
        assert status == 1
        assert said in error
        assert "加 --yes 再运行" in error
    assert open_sitting(desk.root, FINAL).start == datetime(2025, 7, 18, 7, 30, tzinfo=UTC)

    assert say(f"sitting start {FINAL} {_soon()}")[0] == 0
    assert say(f"sitting start {FINAL} 2025-07-18T14:00 --yes --why 补登记")[1] == (
        f"场次 {NAME}：2025-07-18 14:00 开考，2025-07-18 15:30 截止。\n"
    )
    assert desk.due(FINAL).strftime("%H:%M") == "15:30"


@pytest.fixture
def failed(desk, sit, give, collected):
    """正考：S1 合格，S2 不合格，S3 缺考。"""
    sit(FINAL, "S1", "S2", "S3")
    give("S1", 40, 60)
    give("S2", 40, 0)
    collected(NAME, utc_now())
    return desk


def test_resit_lists_candidates_and_writes_the_next_roster(failed, say):
    status, said, _ = say(f"resit {FINAL}")

    assert status == 0
    lines = said.splitlines()
    assert [line.split()[:4] for line in lines[1:3]] == [
        ["S2", "李静", "wfmp-final", "40"],
        ["S3", "张磊", "wfmp-final", "未交卷"],
    ]
    roster = failed.root / f"results/{NAME}-补考-{FIRST}.csv"
    assert f"用 ccom release {FIRST} --roster {roster} --start 时间 发卷" in lines[-1]
    assert [one.number for one in read_roster(roster)[0]] == ["S2", "S3"]


def test_resit_with_nobody_says_so(desk, sit, give, say):
    sit(FINAL, "S1")
    give("S1", 40, 60)
    assert say(f"resit {FINAL}")[1] == f"场次 {NAME} 没有要补考的人。\n"

    sit(FIRST, "S2")
    assert say(f"resit {FIRST}")[1].endswith("没有人可以补考。\n")


def test_release_refuses_by_name_who_may_not_sit_and_goes_on_with_the_rest(failed, say):
    status, said, error = say(f"release {FIRST} --roster 名单.csv --cohort 2025-07")

    assert status == 0
    assert f"！S1 王敏：已经合格（{NAME}，100 分），不用再考。" in error
    assert "场次 wfmp-resit1@2025-07：2 名学员，新登记 2 名，没有设截止时间" in said
    assert [one.number for one in open_sitting(failed.root, FIRST).learners] == ["S2", "S3"]
    # 同一份试卷换一期也考不了
    status, said, error = say(f"release {FINAL} --roster 名单.csv --cohort 2025-08")
    assert status == 1
    assert "名单里没有人可以考 wfmp-final：S1 已经合格" in error
    assert f"S2 考过这份试卷（{NAME}，40 分）" in error
    assert [one.name for one in sittings(failed.root, FINAL)] == [NAME]


def test_latecomer_is_added_to_the_same_sitting_without_naming_the_start_again(failed, say):
    (failed.root / "名单.csv").write_text(
        "学号,姓名\nS1,王敏\nS2,李静\nS9,新来的\n", encoding="utf-8"
    )

    status, said, error = say(f"release {FINAL} --roster 名单.csv --cohort 2025-07")

    assert (status, error) == (0, "")
    assert f"场次 {NAME}：4 名学员，新登记 1 名，2025-07-18 17:00 截止" in said
    # 开考时间与场次的一样，过去了也不问
    same = f"release {FINAL} --roster 名单.csv --cohort 2025-07 --start 2025-07-18T15:30"
    assert say(same)[0] == 0
    assert "px" not in say(f"sitting withdraw {FINAL} S9 --why 病假")[1]
    error = say(same)[2]
    assert "！S9 新来的：已退出这一场（病假）" in error


def test_shared_release_goes_to_the_exchange_and_a_seated_one_does_not(desk, say):
    outbound = desk.root / f"exchange/ccom/outbound/{FINAL}"
    assert "ccom seats wfmp-final@a" in say(f"release {FINAL} --roster 名单.csv --cohort a")[1]
    assert not outbound.exists()

    said = say(f"release {FINAL} --roster 名单.csv --cohort a --shared")[1]

    assert "卷子已放进交换区，人人同一份。" in said
    assert (outbound / f"{FINAL}.ipynb").exists()


def test_results_are_the_sittings(failed, say):
    status, said, _ = say(f"results {NAME} --to 成绩")

    assert status == 0
    assert f"{NAME}：3 人应考，合格 1 人、不合格 1 人、未交卷 1 人，平均 70.0 分" in said
    assert (failed.root / f"成绩/{NAME}.html").exists()


def test_regrading_everybody_wants_a_reason(failed, say):
    status, _, error = say(f"grade {FINAL} --force")

    assert status == 1
    assert error == "！重评要写明原因：请加 --why 原因，它会记进场次的记录与成绩表。\n"
