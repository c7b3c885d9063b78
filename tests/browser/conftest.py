"""一个真的 JupyterLab 与一个真的 Chromium；找不到浏览器就说清怎样装。"""

import json
import os
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
def lab_folder(tmp_path_factory):
    """课程的一份副本，JupyterLab 开在里面。"""
    folder = tmp_path_factory.mktemp("lab") / "course"
    shutil.copytree(ROOT / "course", folder)
    return folder


@pytest.fixture(scope="session")
def lab(lab_folder):
    """`make lab` 的服务器；给出地址。"""
    command = ["make", "lab", f"VENV={sys.prefix}"]
    with _served(lab_folder.parent, ROOT, lab_folder, command) as address:
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
    """考务的 JupyterLab：开在课程文件夹里，带 nbgrader 的 formgrader；给出 (地址, 文件夹)。"""
    folder = tmp_path_factory.mktemp("staff")
    shutil.copytree(released_course, folder / "course")
    command = [sys.executable, "-m", "jupyterlab"]
    with _served(folder, folder / "course", folder / "course", command) as address:
        yield address, folder / "course"


@contextmanager
def _served(folder, cwd, root, command):
    port = _free_port()
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    options = [
        "--no-browser",
        f"--port={port}",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={root}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    full = [*command, f"LAB={' '.join(options)}"] if command[0] == "make" else [*command, *options]
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            full, stdout=log, stderr=log, env=environment, cwd=cwd, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, folder / "lab.log")
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _wait(address, server, log):
    for _ in range(120):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"JupyterLab 没有起来：\n{log.read_text()[-2000:]}")


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
