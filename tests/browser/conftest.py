"""一个真的 JupyterLab 与一个真的 Chromium；找不到浏览器就说清怎样装。"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def lab_home(tmp_path_factory):
    """工作副本的家；课程在它的 course/ 里。"""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def lab_folder(lab_home):
    """JupyterLab 开着的文件夹：`make lab` 由入库的课程抄出来的工作副本。"""
    return lab_home / "course"


@pytest.fixture(scope="session")
def lab(lab_home):
    """`make lab` 的服务器；给出地址。"""
    options = f"--to={lab_home} --no-browser --jupyter=--IdentityProvider.token="
    with _served(lab_home, ROOT, ["make", "lab", f"VENV={sys.prefix}"], options) as address:
        yield address


@pytest.fixture(scope="session")
def wait_for_kernel():
    """wait_for_kernel(lab, "wfmp/05.ipynb")：等这本笔记本的内核连上网页。

    连上之前 JupyterLab 也显示空闲，点「运行」却什么都不跑。
    """

    def wait(address, notebook):
        for _ in range(360):
            with urllib.request.urlopen(f"{address}/api/sessions", timeout=10) as reply:
                sessions = json.load(reply)
            kernels = [one["kernel"] for one in sessions if one["path"] == notebook]
            if any(k["connections"] and k["execution_state"] == "idle" for k in kernels):
                return
            time.sleep(0.25)
        raise RuntimeError(f"90 秒里 {notebook} 的内核没有连上网页：{sessions}")

    return wait


@pytest.fixture(scope="session")
def staff_lab(released_course, tmp_path_factory):
    """`make lab LAB=--formgrader` 在一门课的副本里；给出 (地址, 文件夹)。"""
    folder = tmp_path_factory.mktemp("staff")
    course = folder / "course"
    shutil.copytree(released_course, course)
    options = f"--formgrader --course={course} --no-browser --jupyter=--IdentityProvider.token="
    with _served(folder, ROOT, ["make", "lab", f"VENV={sys.prefix}"], options) as address:
        yield address, course


@contextmanager
def _served(folder, cwd, command, options):
    """开着的 JupyterLab 的地址；屏幕上说的都记在 folder/said.txt，而且都是中文。"""
    # make test 里的 make 会把自己的开关传下来，学员与老师的命令行里没有它们
    shell = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment = shell | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    said = folder / "said.txt"
    with said.open("w", encoding="utf-8") as screen:
        server = subprocess.Popen(
            [*command, f"LAB={options} --port={_free_port()}"],
            stdout=screen,
            stderr=screen,
            env=environment,
            cwd=cwd,
            start_new_session=True,
        )
    try:
        yield _address(server, said)
    finally:
        # 一个也不留：make 与 ccom 收到 SIGTERM，ccom 再关 JupyterLab
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(60)


def _address(server, said):
    for _ in range(240):
        found = re.search(r"http://\S+?(?=/lab)", said.read_text(encoding="utf-8"))
        if found:
            return found[0]
        if server.poll() is not None:
            break
        time.sleep(0.5)
    raise RuntimeError(f"JupyterLab 没有起来：\n{said.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="session")
def chromium():
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        raise RuntimeError("没有找到 Chromium：Debian 上运行 apt-get install chromium。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()
