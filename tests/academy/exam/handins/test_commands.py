"""`ccom collect`、`ccom choose`：考务看得到谁缺谁迟、什么搁置，再收一次无害，指定要有原因。"""

import pytest

from academy.cli import main
from academy.exam.handins.arrivals import arrivals

NAME = "px@2025-07"


@pytest.fixture
def say(course, monkeypatch, capsys):
    """say(词…)：在课程文件夹里运行，返回退出码、屏幕、错误。"""
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("CCOM_STAFF", "考务甲")

    def run(*words):
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_table_and_sentences_say_how_everybody_stands(say, put, inbox, paper, right):
    put("S1_王敏.ipynb", paper("S1", right("S1")))
    put("S1_空.ipynb", paper("S1"))
    put("S2.rar", b"Rar!\x1a\x07")
    put("S3.ipynb", paper("S3", right("S3")), minutes=-5)

    status, out, err = say("collect", "px", "--from", str(inbox))

    assert status == 0
    lines = out.splitlines()
    assert lines[0].split() == ["学号", "姓名", "收卷", "交卷时间", "交卷件", "说明"]
    assert [line.split()[:3] for line in lines[1:5]] == [
        ["S1", "王敏", "已收"],
        ["S2", "李静", "搁置"],
        ["S3", "张磊", "迟交"],
        ["S4", "刘洋", "未交卷"],
    ]
    assert "2025-07-18 16:50:00" in lines[1]
    assert "S1_空.ipynb" in lines[5]
    assert lines[5].endswith("没有作答的原件，没有采用。")
    assert lines[-1] == f"{NAME}：4 人，按时交卷 1 人、迟交 1 人、搁置 1 人、未交卷 1 人。"
    assert [line for line in err.splitlines() if line.startswith("！")] == [
        "！S2.rar 是 RAR 压缩包，不是笔记本：请学员改压成 .zip，或直接发 .ipynb。"
    ]
    assert say("collect", "px", "--from", str(inbox))[1] == out


def test_downloads_count_from_when_they_were_received(say, put, inbox, paper, right):
    """截止 17:00；文件时间 17:05 是下载的时间，聊天记录里是 16:58。"""
    put("S3.ipynb", paper("S3", right("S3")), minutes=-5)

    status, out, _ = say("collect", "px", "--from", str(inbox), "--at", "2025/7/18 16:58")

    assert status == 0
    assert "2025-07-18 16:58:00" in out
    assert "按时交卷 1 人" in out


def test_a_time_without_a_folder_is_refused(say):
    status, _, err = say("collect", "px", "--at", "2025/7/18 16:58")

    assert status == 1
    assert "请同时写 --from 文件夹" in err


def test_showing_takes_nothing_in_and_writes_nothing(say, course, put, inbox, paper, right):
    put("S1.ipynb", paper("S1", right("S1")))
    say("collect", "px", "--from", str(inbox))
    put("S2.ipynb", paper("S2", right("S2")))
    before = {path: path.lstat().st_mtime_ns for path in course.root.rglob("*")}

    status, out, err = say("collect", "px", "--show")

    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == f"{NAME}：4 人，按时交卷 1 人、未交卷 3 人。"
    assert {path: path.lstat().st_mtime_ns for path in course.root.rglob("*")} == before


def test_staff_choose_and_leave_it_to_the_rule_again(say, course, put, inbox, paper, right):
    put("S1.ipynb", paper("S1", {"q1": 'q1 = "A"'}), minutes=30)
    put("S1_后.ipynb", paper("S1", right("S1")), minutes=5)
    say("collect", "px", "--from", str(inbox))
    first, second = (one.sha256[:8] for one in arrivals(course.root, NAME))

    status, out, _ = say("choose", "px", "S1", first, "--why", "学员要求")
    assert (status, out) == (
        0,
        f"场次 {NAME}：S1 采用 {first}（S1.ipynb，2025-07-18 16:30:00）；请运行 ccom grade {NAME}。\n",
    )
    assert say("choose", "px", "S1", "--by-rule", "--why", "弄错了")[1].startswith(
        f"场次 {NAME}：S1 采用 {second}（S1_后.ipynb"
    )
    log = say("sitting", "show", "px", "--log")[1]
    assert "考务甲" in log
    assert "学员要求" in log
    assert second not in log.replace(f"（{second}", "")  # 记录里没有一长串哈希


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["S1"], "要哪一份？请写交卷件的编号"),
        (["S1", "abcd", "--by-rule"], "要哪一份？"),
        (["S1", "abcdef01"], "指定交卷件要写明原因"),
        (["S1", "abcdef01", "--why", "x"], "没有编号是 'abcdef01' 的交卷件（S1 的有：没有收到过）"),
        (["S9", "abcdef01", "--why", "x"], "学号 S9 不在场次"),
    ],
)
def test_what_is_missing_is_one_sentence(say, words, said):
    status, _, err = say("choose", "px", *words)

    assert status == 1
    assert said in err


def test_nothing_left_by_the_rule_is_said(say):
    assert "S1 照规则，现在没有一份能算" in say("choose", "px", "S1", "--by-rule", "--why", "x")[1]


def test_unknown_sitting_and_folder_are_one_sentence(say):
    assert "没有场次 'pz'" in say("collect", "pz", "--from", ".")[2]
    assert "没有文件夹 没有" in say("collect", "px", "--from", "没有")[2]
    assert "交换区" in say("collect", "px")[2]
