"""`ccom 动词`：每个动词真跑一遍；错了一句中文，退出码分得清。"""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from academy.cli import main

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(built_course, tmp_path, monkeypatch):
    """没有发过卷的课程文件夹，人在里面，名单在旁边。"""
    target = tmp_path / "course"
    shutil.copytree(built_course, target)
    monkeypatch.chdir(target)
    (target / "名单.csv").write_text("学号,姓名\nS1,王敏\n,李静\nS3,张磊\n", encoding="utf-8")
    return target


def test_release_collect_grade_results(folder, right_answers, capsys):
    when = ["--start", "2025-07-18T15:30"]
    assert main(["release", "px", "--roster", "名单.csv", *when]) == 1
    assert "开考时间 2025-07-18 15:30 已经过去" in capsys.readouterr().err
    assert not (folder / "sittings").exists()
    assert main(["release", "px", "--roster", "名单.csv", *when, "--yes", "--shared"]) == 0
    said = capsys.readouterr()
    assert "场次 px@2025-07：2 名学员，新登记 2 名，2025-07-18 17:00 截止" in said.out
    assert "卷子已放进交换区，人人同一份" in said.out
    assert "名单.csv 第 3 行（李静）没有学号" in said.err
    assert (folder / "exchange/ccom/outbound/px").exists()

    inbox = folder / "答卷"
    inbox.mkdir()
    nbformat.write(right_answers(folder), inbox / "S1_王敏.ipynb")
    (inbox / "S3_张磊.docx").write_text("x", encoding="utf-8")
    assert main(["collect", "px", "--from", "答卷"]) == 0
    said = capsys.readouterr()
    assert "px@2025-07：2 人，迟交 1 人、搁置 1 人。" in said.out
    assert "S3_张磊.docx 不是笔记本" in said.err

    assert main(["grade", "px"]) == 1
    assert "评了 1 份，1 份没能评" in capsys.readouterr().out
    assert main(["grade", "px", "--student", "S1"]) == 0
    assert "1 份以前评过、没有变（要重评加 --force）" in capsys.readouterr().out

    assert main(["results", "px"]) == 0
    said = capsys.readouterr().out
    assert "2 人应考，合格 1 人、无法评分 1 人，迟交 1 人，平均 100.0 分（70 分合格）" in said
    assert "有分的 1 人，不到 10 人：信度、标准误与判定的一致都算不准，不报。" in said
    assert {path.name for path in (folder / "results").iterdir()} == {
        "px@2025-07.xlsx",
        "px@2025-07.csv",
        "px@2025-07.html",
    }


def test_grades_as_json(folder, right_answers, capsys):
    assert main(["release", "px", "--roster", "名单.csv", "--shared"]) == 0
    for student in ("S1", "S3"):
        (folder / "submitted" / student / "px").mkdir(parents=True)
    nbformat.write(right_answers(folder), folder / "submitted/S1/px/px.ipynb")
    capsys.readouterr()

    assert main(["grade", "px", "--json", "分.json", "--workers", "2"]) == 1
    first = json.loads((folder / "分.json").read_text(encoding="utf-8"))
    assert main(["grade", "px", "--json", "分.json"]) == 1
    again = json.loads((folder / "分.json").read_text(encoding="utf-8"))

    assert first == again
    assert first["assignment"] == "px"
    (submission,) = first["submissions"]
    assert submission["student"] == "S1"
    assert (submission["score"], submission["max_score"], submission["passed"]) == (100, 100, True)
    assert len(submission["digest"]) == 64
    assert submission["seconds"] > 0
    assert submission["flags"] == []
    assert submission["containment"]
    assert submission["cells"] == [
        {"grade_id": name, "score": points, "max_score": points, "verdict": "passed", "message": ""}
        for name, points in (("q1-test", 40), ("q2-test", 60))
    ]
    (rejected,) = first["rejected"]
    assert rejected["student"] == "S3"
    assert "里面什么也没有：请学员重交" in rejected["reason"]


def test_paper_whose_own_solution_fails_is_not_released(folder, capsys):
    path = folder / "source/px/px.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('q1 = \\"B\\"', 'q1 = \\"C\\"'))
    shutil.rmtree(folder / "release")

    assert main(["release", "px", "--roster", "名单.csv"]) == 1

    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("！px：试跑没有通过")
    assert "q1-test" in said
    assert not (folder / "release").exists()
    assert not (folder / "exchange/ccom/outbound").exists()


def test_containment_is_tried_and_told(capsys):
    status = main(["grade", "--check-containment"])
    lines = capsys.readouterr().out.splitlines()

    assert lines[0].split() == ["试图", "结果", "靠什么", "说明"]
    assert status == int(any(" 没守住 " in line for line in lines))
    assert lines[-1].startswith("隔离方式 ")


def test_simulation_prints_targets_and_writes_a_page(folder, tmp_path, capsys):
    shutil.copytree(ROOT / "text/source", folder / "text/source", dirs_exist_ok=True)
    shutil.copy(ROOT / "course/blueprints/wfmp.yml", folder / "course/blueprints")
    shutil.copytree(ROOT / "source/wfmp-resit1", folder / "source/wfmp-resit1")
    words = [
        "blueprint",
        "wfmp-resit1",
        "--simulate",
        "--learners",
        "2000",
        "--to",
        str(tmp_path / "出"),
    ]

    assert main(words) == 0

    out = capsys.readouterr().out
    for label in ("信度 α", "两份卷判定一致", "两份卷平均分之差", "只会数据处理的人"):
        assert re.search(rf"^{label} .*达到$", out, re.MULTILINE)
    assert "2000 名模拟学员，种子 1" in out
    assert "wfmp-final 与 wfmp-resit1" in out
    page = tmp_path / "出/wfmp-resit1-模拟.html"
    assert out.splitlines()[-1] == f"已写 {page}"
    assert "wfmp-resit1：考前模拟" in page.read_text(encoding="utf-8")


def test_simulation_of_a_paper_that_cannot_have_such_a_cohort_says_so(folder, capsys):
    # 两小题 40 与 60 分：碰巧就把分数拉得比 19 还开
    assert main(["blueprint", "px", "--simulate", "--learners", "1000"]) == 1
    assert "凑不出平均 74、标准差 19" in capsys.readouterr().err


def test_blueprint_prints_topic_by_level_with_totals(folder, capsys):
    assert main(["blueprint", "px"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines[0].split() == [
        "编号",
        "主题",
        "识记",
        "理解",
        "应用",
        "分析",
        "分值",
        "分钟",
        "数据题分值",
    ]
    assert lines[1].split() == ["c1.history", "CCOM的历史发展", "40", "0", "0", "0", "40", "2", "0"]
    assert lines[-1].split() == ["合计", "合计", "40", "0", "60", "0", "100", "7", "60"]


def test_seat_writes_a_folder_to_hand_out(folder, capsys):
    assert main(["seat", "px", "--seed", "5", "--to", "座位"]) == 0
    assert (folder / "座位/px/px.ipynb").exists()
    assert (folder / "座位/px/data/calls.csv").exists()


def test_notebooks_check_and_prove(folder, capsys):
    assert main(["notebooks", "check"]) == 0
    assert "都与母本一致" in capsys.readouterr().out
    assert main(["notebooks", "prove", "text/source/px/px.py"]) == 0
    assert "参考答案 100 分，空白卷 0 分" in capsys.readouterr().out
    (folder / "source/px/px.ipynb").unlink()
    assert main(["notebooks", "check"]) == 1
    assert "需要重新生成 source/px/px.ipynb" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["grade", "py"], "没有试卷 'py'：source/ 里有 px"),
        (["grade", "px"], "请先运行 ccom collect px"),
        (["results", "px"], "没有场次 'px'（现有：还没有场次）"),
        (["collect", "px"], "先运行 ccom release px --roster"),
        (["resit", "px"], "没有场次 'px'"),
        (["sitting", "show", "px"], "没有场次 'px'"),
        (["sitting", "undo", "px"], "没有场次 'px'"),
        (["sitting", "start", "px", "下午三点"], "请写成 2025-07-18T15:30"),
        (["blueprint", "py"], "没有试卷 'py'"),
        (["release", "px", "--roster", "没有.csv"], "没有名单文件 没有.csv"),
        (
            ["release", "px", "--roster", "名单.csv", "--start", "下午三点"],
            "请写成 2025-07-18T15:30",
        ),
        (["notebooks", "pull"], "pull 要指明文件"),
        (["grade", "px", "--course", "/"], "没有 nbgrader_config.py"),
        (["grade"], "要评哪份试卷？"),
        (["grade", "px", "--json", "没有/分.json"], "没有文件夹 没有"),
        (["seats", "py"], "没有场次 'py'"),
    ],
)
def test_what_can_be_mended_is_one_sentence(folder, arguments, words, capsys):
    assert main(arguments) == 1
    said = capsys.readouterr().err.strip().splitlines()

    assert words in said[-1]
    assert said[-1].startswith("！")
    assert not any("Traceback" in line for line in said)


def test_wrong_call_exits_with_two(folder, capsys):
    for wrong in (["grad", "px"], ["grade", "px", "--workers", "0"]):
        with pytest.raises(SystemExit) as stopped:
            main(wrong)

        assert stopped.value.code == 2
