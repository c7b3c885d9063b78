"""说错话的人不等：每个动词的用法与每一种写错，都在载入大库之前说完。数的是模块，不是秒。"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from academy.cli import VERBS
from academy.exam.enrolment import make_sitting
from academy.exam.roster import Learner

ROOT = Path(__file__).resolve().parents[3]
HEAVY = {
    "IPython",
    "alembic",
    "ccomlib",
    "jinja2",
    "jupyter_client",
    "jupyter_server",
    "jupytext",
    "matplotlib",
    "nbclient",
    "nbconvert",
    "nbformat",
    "nbgrader",
    "numpy",
    "openpyxl",
    "pandas",
    "scipy",
    "sqlalchemy",
    "tornado",
    "traitlets",
    "zmq",
}
ASK = """
import json, sys
from academy.cli import main
try:
    status = main(json.loads(sys.argv[1]))
except SystemExit as stopped:
    status = stopped.code
print(json.dumps([status, sorted({name.split(".")[0] for name in sys.modules})]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """两份试卷的课程文件夹；px 有一个场次，S1 在名单里，也交了卷。"""
    folder = tmp_path_factory.mktemp("speed")
    (folder / "source/px").mkdir(parents=True)
    (folder / "submitted/S1/px").mkdir(parents=True)
    (folder / "course").mkdir()
    (folder / "nbgrader_config.py").write_text("c = get_config()\n")
    (folder / "course/syllabus.yml").write_text(
        (ROOT / "course/syllabus.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "名单.csv").write_text("学号,姓名\nS1,王敏\n", encoding="utf-8")
    (folder / "source/py").mkdir()
    make_sitting(folder, "px", "2025-07", [Learner("S1", "王敏")], None, 90)
    return folder


def _run(folder, words):
    result = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(words)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    status, modules = json.loads(result.stdout.splitlines()[-1])
    return status, set(modules) & HEAVY, result.stderr


@pytest.mark.parametrize("words", [["--help"], *([verb, "--help"] for verb in VERBS)], ids=" ".join)
def test_help_loads_nothing_heavy(folder, words):
    status, heavy, _ = _run(folder, words)

    assert status == 0
    assert heavy == set()


@pytest.mark.parametrize("verb", VERBS)
def test_unknown_option_loads_nothing_heavy(folder, verb):
    status, heavy, said = _run(folder, [verb, "--nothing-of-this-name"])

    assert status == 2
    assert heavy == set()
    assert said.startswith(f"ccom {verb}：")


ROSTER = ["--roster", "名单.csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["release", "pz", *ROSTER], "没有试卷 'pz'"),
        (["release", "px", "--roster", "没有.csv"], "没有名单文件 没有.csv"),
        (["release", "px", "--roster", "course"], "course 是文件夹，不是名单文件"),
        (["release", "px", *ROSTER, "--start", "下午三点"], "请写成 2025-07-18T15:30"),
        (["seats", "pz"], "没有场次 'pz'"),
        (["collect", "pz"], "没有场次 'pz'"),
        (["collect", "px", "--from", "没有"], "没有文件夹 没有"),
        (["grade"], "要评哪份试卷"),
        (["grade", "pz"], "没有试卷 'pz'"),
        (["grade", "px", "--student", "S2"], "S2 没有 px 的答卷：请核对学号"),
        (["grade", "px", "--json", "没有/分.json"], "没有文件夹 没有"),
        (["results", "pz"], "没有场次 'pz'"),
        (["blueprint", "pz"], "没有试卷 'pz'"),
        (["blueprint", "pz", "--simulate"], "试卷 pz 不属于哪个岗位"),
        (["seat", "pz", "--seed", "1", "--to", "x"], "没有试卷 'pz'"),
        *[
            ([verb, *before, "pz", *after], "没有场次 'pz'")
            for verb, before, after in [
                ("choose", [], ["S1", "--by-rule"]),
                ("feedback", [], []),
                ("resit", [], []),
                ("sitting", ["show"], []),
                ("sitting", ["undo"], []),
                ("sitting", ["withdraw"], ["S1", "--why", "病假"]),
                ("sitting", ["restore"], ["S1"]),
                ("sitting", ["extra"], ["10"]),
                ("sitting", ["start"], ["2099-07-18T15:30", "--yes"]),
            ]
        ],
        (["choose", "px", "S9", "--by-rule"], "学号 S9 不在场次 px@2025-07 的名单里"),
        (["choose", "px", "S1"], "要哪一份"),
        (["sitting", "withdraw", "px", "S9", "--why", "病假"], "学号 S9 不在场次"),
        (["sitting", "restore", "px", "S9"], "学号 S9 不在场次"),
        (["sitting", "start", "px", "下午"], "请写成 2025-07-18T15:30"),
        (["sitting", "--course", "source"], "没有 nbgrader_config.py"),
        (["package", "zzz", "--to", "x"], "没有岗位 'zzz'"),
        (["notebooks", "pull"], "pull 要指明文件"),
        (["notebooks", "pull", "没有.ipynb"], "没有笔记本 没有.ipynb"),
        (["notebooks", "prove", "没有.py"], "没有母本 没有.py"),
        (["demo", "--paper", "pz"], "没有试卷 'pz'"),
        (["lab"], "里没有笔记本"),
        (["lab", "--formgrader", "--course", "source"], "没有 nbgrader_config.py"),
        *[
            ([verb, "px", "--course", "source", *more], "没有 nbgrader_config.py")
            for verb, more in {
                "release": ROSTER,
                "seats": [],
                "collect": [],
                "choose": ["S1", "--by-rule"],
                "feedback": [],
                "resit": [],
                "grade": [],
                "results": [],
                "blueprint": [],
                "seat": ["--seed", "1", "--to", "x"],
            }.items()
        ],
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_mistake_is_said_before_anything_heavy_is_loaded(folder, words, said):
    status, heavy, err = _run(folder, words)

    assert status == 1
    assert said in err
    assert heavy == set()


def test_paper_that_nobody_handed_in_is_said_at_once(folder):
    status, heavy, err = _run(folder, ["grade", "py"])

    assert (status, heavy) == (1, set())
    assert "请先运行 ccom collect py" in err


@pytest.mark.parametrize("words", [["sitting"], ["sitting", "show", "px"]], ids=" ".join)
def test_looking_at_sittings_loads_nothing_heavy(folder, words):
    assert _run(folder, words) == (0, set(), "")


def test_course_that_moves_nbgraders_folders_is_left_to_nbgrader(tmp_path):
    """自己定了文件夹的课程：不凭 source/ 说没有，交给 nbgrader 去看。"""
    (tmp_path / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.source_directory = "卷"\n'
    )
    (tmp_path / "卷/px").mkdir(parents=True)

    status, heavy, err = _run(tmp_path, ["grade", "pz"])

    assert status == 1
    assert "nbgrader" in heavy
    assert "没有试卷 'pz'" in err
