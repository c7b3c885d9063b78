"""academy.package.contents：学员要的都在，考务的一样没有；两次打出的包一字不差。"""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from academy.cli import main
from academy.errors import CourseError
from academy.package import contents
from academy.package.writing import zipped
from academy.syllabus import read_syllabus

pytestmark = pytest.mark.kernels

ROOT = Path(__file__).resolve().parents[3]
EXECUTE = "from nbclient.cli import main; main()"  # `jupyter execute`，借来的依赖没有命令
SHORT = 24  # 更短的话哪里都会碰巧有，如 q1 = "B"


def _texts(files):
    """包里每个文件读得出的字：笔记本的格，轮子与 Excel 里的每个文件。"""
    for name, content in files.items():
        if name.endswith((".whl", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from _texts(
                    {f"{name}/{part}": archive.read(part) for part in archive.namelist()}
                )
        elif name.endswith(".ipynb"):
            cells = nbformat.reads(content.decode(), as_version=4).cells
            yield name, "\n".join(cell.source for cell in cells)
        elif not name.endswith((".png", ".otf")):
            # 话务平台导出的 CSV 是 GB18030
            yield name, content.decode("gb18030" if name.endswith(".csv") else "utf-8")


@pytest.fixture(scope="module")
def readable(wfmp):
    return dict(_texts(wfmp.files))


@pytest.fixture(scope="module")
def papers():
    """入库的每份试卷，教师版，一格一格。"""
    found = {
        path.stem: nbformat.read(path, as_version=4).cells
        for path in sorted((ROOT / "source").glob("*/*.ipynb"))
    }
    assert {"wfmp-final", "wfmp-resit1", "wfmp-resit2"} <= set(found)
    return found


def test_everything_a_learner_needs_is_there(wfmp):
    names = set(wfmp.files)

    assert {
        "开始.html",
        "版本.txt",
        "开始上课-Windows.bat",
        "开始上课-Mac.command",
        "开始上课-Linux.sh",
        "课程原件/01 我们要过 CCOM，我的岗位管哪一块.ipynb",
        "课程原件/12 模拟考.ipynb",
        "课程原件/样例数据/时段话务.xlsx",
        "课程原件/样例数据/未来四周班表.xlsx",
        "课程原件/文件/话务平台-时段报表.xlsx",
        "课程原件/文件/话务平台-单通明细.csv",
        "program/start.py",
        "program/requirements.txt",
        "program/requirements-locked.txt",
        "program/launcher/main.py",
    } <= names
    assert json.loads(wfmp.files["program/package.json"])["wheel"] in {
        name.removeprefix("program/") for name in names
    }


def test_versions_of_course_and_library_are_written_down(wfmp):
    said = wfmp.files["版本.txt"].decode()
    settings = json.loads(wfmp.files["program/package.json"])

    assert f"课程版本：{settings['version']}\n" in said
    assert f"工具库 ccomlib：{settings['wheel'].split('-')[1]}\n" in said


def test_ranges_cover_what_the_lessons_import_and_name_no_index(wfmp):
    ranges = wfmp.files["program/requirements.txt"].decode()

    assert re.search(r"^pandas>=", ranges, re.MULTILINE)
    assert re.search(r"^ipywidgets>=", ranges, re.MULTILINE)
    assert re.search(r"^jupyterlab-language-pack-zh-CN>=", ranges, re.MULTILINE)
    for name in ("program/requirements.txt", "program/requirements-locked.txt"):
        assert not re.search(rb"://|--index|--extra-index|find-links", wfmp.files[name])


def test_no_cell_of_a_paper_is_in_the_package(papers, readable):
    """题干、作答格（含参考答案）、评分格（含隐藏测试），整格与其中的答案、测试都找一遍。"""
    found = []
    for paper, cells in papers.items():
        for cell in cells:
            blocks = [cell.source]
            blocks += re.findall(r"### BEGIN SOLUTION\n(.*?)### END", cell.source, re.DOTALL)
            blocks += re.findall(r"### BEGIN HIDDEN TESTS\n(.*?)### END", cell.source, re.DOTALL)
            for block in filter(lambda text: len(text.strip()) >= SHORT, blocks):
                found += [
                    (paper, name, block) for name, text in readable.items() if block.strip() in text
                ]

    assert found == []


def test_no_seat_recipe_is_in_the_package(readable):
    lines = {
        line.strip()
        for path in (ROOT / "text/source").glob("*/*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("def ", "class ")) or "SeedSequence" in line
    }
    lessons = {name: text for name, text in readable.items() if "ccomlib/" not in name}

    assert lines
    assert [(name, line) for name, text in lessons.items() for line in lines if line in text] == []


def test_no_instructors_note_and_no_mistake_is_in_the_package(readable):
    text = "\n".join(text for name, text in readable.items() if name.endswith(".ipynb"))

    assert "讲师提示" not in text
    assert "# 错因" not in text
    assert "参考答案" in text  # 练习的参考答案折着，本来就给学员


def test_nothing_of_the_staff_is_in_the_package(readable):
    said = "\n".join(readable)

    assert not re.search(r"academy|nbgrader|seats|gradebook|(^|/)(text|source|release)/", said)
    assert not re.search(r"^\s*(import|from) academy", "\n".join(readable.values()), re.MULTILINE)


def test_same_course_gives_the_same_bytes(tiny, tiny_package):
    syllabus = read_syllabus(tiny / "course/syllabus.yml")

    again = contents(tiny, syllabus.roles["xmp"], syllabus)

    assert again.files == tiny_package.files
    assert zipped(again.files, again.programs) == zipped(tiny_package.files, tiny_package.programs)


def test_changed_lesson_has_another_version(tiny, tiny_package):
    path = tiny / "text/course/xmp/02_first.py"
    path.write_text(path.read_text(encoding="utf-8").replace("第一课", "头一课"), encoding="utf-8")
    syllabus = read_syllabus(tiny / "course/syllabus.yml")

    assert contents(tiny, syllabus.roles["xmp"], syllabus).version != tiny_package.version


def test_secret_in_a_lesson_stops_the_package(tiny):
    path = tiny / "text/course/xmp/02_first.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n# %%\n# ### BEGIN HIDDEN TESTS\n")
    syllabus = read_syllabus(tiny / "course/syllabus.yml")

    with pytest.raises(CourseError, match="第一课.ipynb 里有隐藏测试"):
        contents(tiny, syllabus.roles["xmp"], syllabus)


def test_command_writes_folder_and_zip_and_says_what_to_do(tiny, tmp_path, capsys):
    assert main(["package", "xmp", "--course", str(tiny), "--to", str(tmp_path / "发给 学员")]) == 0

    said = capsys.readouterr().out
    assert "　小岗：2 课" in said
    assert "把它发给学员，先打开「开始.html」" in said
    assert {path.name for path in (tmp_path / "发给 学员").iterdir()} == {
        "CCOM-XMP-小岗-学员包",
        "CCOM-XMP-小岗-学员包.zip",
    }


@pytest.mark.slow
def test_unpacked_package_installs_itself_and_a_lesson_runs(unpacked, tmp_path):
    """学员的机器：干净的家、启动脚本自己建的环境、只有包里的东西；依赖从本环境借，不联网。"""
    home = tmp_path / "学员 家"
    home.mkdir()
    site = next(path for path in sys.path if path.endswith("site-packages"))
    environment = {
        "HOME": str(home),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": site,
        "PIP_NO_INDEX": "1",
        "OMP_NUM_THREADS": "1",
        # 沙盒里的 python3 未必在上面的 PATH 里
        "CCOM_PATHS": str(Path(sys.base_prefix) / "bin"),
    }

    setup = subprocess.run(
        ["sh", unpacked / "开始上课-Linux.sh", "--setup-only"],
        env=environment,
        capture_output=True,
        text=True,
        cwd="/",
    )
    assert setup.returncode == 0, setup.stdout + setup.stderr
    work = home / "CCOM课程/排班管理岗"
    python = home / "CCOM课程/.venv/bin/python"

    def ask(code):
        result = subprocess.run(
            [python, "-c", code], env=environment, capture_output=True, text=True, cwd=work
        )
        return result.stdout.strip() + result.stderr.strip()

    assert ask("import ccomlib; print(ccomlib.__file__)").startswith(str(home / "CCOM课程/.venv"))
    assert "No module named 'academy'" in ask("import academy")
    assert ask(
        "from ccomlib import read_table; "
        "print(len(read_table('样例数据/时段话务.xlsx', kind='intervals')))"
    ).endswith("480")

    lesson = next(work.glob("05 *.ipynb"))
    run = subprocess.run(
        [python, "-c", EXECUTE, "--allow-errors", "--inplace", lesson],
        env=environment,
        capture_output=True,
        text=True,
        cwd=work,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    outputs = [
        output
        for cell in nbformat.read(lesson, as_version=4).cells
        for output in cell.get("outputs", [])
    ]
    errors = ["".join(one.traceback) for one in outputs if one.output_type == "error"]
    assert len(outputs) > 20
    assert errors
    assert all("○ 还没有作答" in said for said in errors), errors

    # 再打开一次：答过的课不动，原件也不动
    answered = lesson.read_bytes()
    subprocess.run(
        ["sh", unpacked / "开始上课-Linux.sh", "--setup-only"],
        env=environment,
        check=True,
        cwd="/",
        capture_output=True,
    )
    assert lesson.read_bytes() == answered
    original = unpacked / "课程原件" / lesson.name
    assert not any(cell.get("outputs") for cell in nbformat.read(original, as_version=4).cells)
