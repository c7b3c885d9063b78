"""三个启动脚本：找得到对的 Python，找不到说中文；Windows 的那一个逐条守着 cmd 的规矩。"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from academy.package.contents import RESOURCES
from academy.package.writing import write_package

BAT = (RESOURCES / "start.bat").read_bytes()
FAKE = """#!/bin/sh
case "$1 $2" in
  "-c ") exit 0 ;;
  "-c "*) exit {fits} ;;
  *) echo "{name} $@" ;;
esac
"""


@pytest.fixture
def folder(tiny_package, tmp_path):
    into = tmp_path / "下载 文件夹"
    into.mkdir()
    return write_package(tiny_package, into)[0]


@pytest.fixture
def run(folder, tmp_path):
    """run(python3=False, ...)：机器上有这些 Python（值是版本合不合用），运行 Linux 的脚本。"""

    def start(*arguments, **pythons):
        places = tmp_path / "bin"
        places.mkdir(exist_ok=True)
        for tool in ("dirname", "cat", "sh"):
            (places / tool).symlink_to(
                Path("/bin") / tool if Path("/bin", tool).exists() else Path("/usr/bin", tool)
            )
        for name, fits in pythons.items():
            path = places / name.replace("_", ".")
            path.write_text(FAKE.format(fits=int(not fits), name=path.name))
            path.chmod(0o755)
        return subprocess.run(
            [places / "sh", folder / "开始上课-Linux.sh", *arguments],
            env={"PATH": str(places), "CCOM_PATHS": "", "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
        )

    return start


def test_python_that_fits_is_taken_wherever_the_script_is_started_from(run):
    result = run("--setup-only", python3_13=True, python3=True)

    assert result.stdout == "python3.13 program/start.py --setup-only\n"
    assert result.returncode == 0


def test_old_python_before_a_fitting_one_is_passed_over(run):
    assert run(python3=False, python=True).stdout.startswith("python program/start.py")


def test_only_an_old_python_is_left_to_say_what_is_wrong(run):
    assert run(python3=False).stdout.startswith("python3 program/start.py")


def test_without_python_the_screen_says_what_to_do(run):
    result = run()

    assert result.returncode == 1
    assert "还没有能用的 Python" in result.stdout
    assert "Add python.exe to PATH" in result.stdout


def test_script_alone_says_that_the_zip_must_be_unpacked(run, folder):
    (folder / "program/start.py").unlink()

    result = run(python3=True)

    assert result.returncode == 1
    assert "请先把压缩包整个解压" in result.stdout


def test_mac_and_linux_scripts_are_the_same(tiny_package):
    scripts = [name for name in tiny_package.programs if not name.endswith(".bat")]

    assert len(scripts) == 2
    assert len({tiny_package.files[name] for name in scripts}) == 1


@pytest.mark.parametrize(
    ("version", "refused"),
    [((3, 10, 9), True), ((3, 11, 0), False), ((3, 13, 9), False), ((3, 14, 0), True)],
)
def test_python_outside_the_range_is_refused_in_chinese(folder, version, refused, tmp_path):
    """程序文件夹里放一个假的 launcher，看轮不轮得到它。"""
    program = folder / "program"
    (program / "launcher/main.py").write_text(
        "def main(program):\n    print('opened')\n    return 0\n"
    )
    code = (
        f"import runpy, sys; sys.version_info = {version}; "
        f"sys.path.insert(0, {str(program)!r}); runpy.run_path({str(program / 'start.py')!r}, run_name='__main__')"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path
    )

    assert (result.stdout == "opened\n") != refused
    assert result.returncode == int(refused)
    assert (f"是 {version[0]}.{version[1]}，课程要" in result.stderr) == refused


def test_start_py_can_be_read_by_old_pythons():
    """f 字符串、类型标注、海象……一样也没有；文件开头写明编码。"""
    text = (RESOURCES / "start.py").read_text(encoding="utf-8")

    tree = ast.parse(text, feature_version=(3, 4))
    assert text.startswith("# -*- coding: utf-8 -*-\n")
    assert not any(isinstance(node, ast.JoinedStr | ast.AnnAssign) for node in ast.walk(tree))


def test_bat_has_windows_line_ends_and_is_ascii_but_for_its_last_line():
    lines = BAT.split(b"\r\n")

    assert lines.pop() == b""
    assert not any(b"\n" in line for line in lines)
    assert all(line.isascii() for line in lines[:-1])
    # 码页换过以后，cmd 读完这一行也就结束了，不会在汉字中间接着读
    assert lines[-1].decode("utf-8").endswith("& pause & exit /b 1")


def test_bat_sets_utf8_before_it_shows_anything():
    commands = [line for line in BAT.decode().splitlines() if not line.startswith(("rem", "@echo"))]

    assert commands[:2] == ["setlocal", "chcp 65001 >nul"]


def test_bat_quotes_every_path_and_jumps_only_to_labels_it_has():
    text = BAT.decode()

    assert set(re.findall(r"goto :(\w+)", text)) == set(
        re.findall(r"^:(\w+)\r?$", text, re.MULTILINE)
    )
    assert 'pushd "%~dp0"' in text
    assert not re.search(r'(?<!")program\\', text)


def test_bat_names_files_that_are_in_the_package(tiny_package):
    named = {path.replace("\\", "/") for path in re.findall(r'"(program\\[\w.]+)"', BAT.decode())}

    assert named == {"program/start.py", "program/no_python.txt"}
    assert named <= set(tiny_package.files)


def test_package_carries_the_bat_byte_for_byte(tiny_package):
    assert tiny_package.files["开始上课-Windows.bat"] == BAT
