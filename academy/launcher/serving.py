"""How is JupyterLab opened in Chinese, with no English on the screen, and closed again?"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

__all__ = ["CHINESE", "LEARNER", "LabError", "serve"]

SETTINGS = Path(__file__).resolve().parent / "jupyter"
CHINESE = SETTINGS / "chinese"
LEARNER = SETTINGS / "learner"  # without nbgrader's and jupytext's tools
FIRST_PORT, PORTS = 8888, 100
START_SECONDS = 180
CLOSE_SECONDS = 15


class LabError(Exception):
    """JupyterLab does not start; one Chinese sentence with the remedy."""


def serve(
    python: Path | str,
    folder: Path,
    log: Path,
    say: Callable[[str], None],
    *,
    first: str = "",
    port: int | None = None,
    browser: bool = True,
    settings: Sequence[Path] = (LEARNER, CHINESE),
    options: Sequence[str] = (),
) -> None:
    """Open JupyterLab in a folder and stay until it is closed.

    Parameters
    ----------
    python : the Python that JupyterLab is installed in.
    folder : what is shown.
    log : where JupyterLab's own words go.
    first : a file below `folder` to open at once.
    port : where to serve; None takes the first free one.
    browser : whether to open the browser.
    settings : folders with JupyterLab's settings; they come before the machine's.
    options : more options for JupyterLab.

    Raises
    ------
    LabError
        It does not start, or dies; says what to do.
    """
    port = port or _free_port()
    token = secrets.token_urlsafe(24)
    if _is_root():
        say("注意：你现在是系统管理员（root），JupyterLab 照样打开；平时请用普通用户。")
        options = ["--allow-root", *options]
    command = [
        *(str(python), "-m", "jupyterlab", "--no-browser"),
        *(f"--ServerApp.root_dir={folder}", f"--ServerApp.port={port}"),
        *("--ServerApp.port_retries=0", *options),
    ]
    paths = [*map(str, settings), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    environment = os.environ | {
        "JUPYTER_TOKEN": token,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
    }
    with log.open("w", encoding="utf-8") as written:
        # of its own group: Ctrl-C comes to us, and we close it properly
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            env=environment,
            cwd=folder,
            **_own_group(),
        )
    address = f"http://localhost:{port}"
    with _Closing(server, address, token):
        _wait(server, address, log)
        page = f"{address}/lab{'/tree/' + quote(first) if first else ''}?token={token}"
        say(f"JupyterLab 开好了：{page}")
        say("浏览器没有自己打开，就把上面的网址整个复制到浏览器里。")
        say("上课时别关这个窗口；下课先在网页里保存，再到这里按 Ctrl+C。")
        if browser:
            webbrowser.open(page)
        # on Windows wait() does not hear Ctrl-C, sleep() does
        while server.poll() is None:
            time.sleep(0.5)
    say("JupyterLab 已经关了。")


class _Closing:
    """Whatever ends the course — Ctrl-C, a closed window, an error —, the server goes too."""

    def __init__(self, server: subprocess.Popen, address: str, token: str) -> None:
        self.server, self.address, self.token = server, address, token

    def __enter__(self) -> None:
        self.before = {
            number: signal.signal(number, _interrupt)
            for name in ("SIGTERM", "SIGHUP")
            if (number := getattr(signal, name, None))
        }

    def __exit__(self, kind: type | None, *_: object) -> bool:
        for number, handler in self.before.items():
            signal.signal(number, handler)
        if self.server.poll() is None:
            self._ask()
            try:
                self.server.wait(CLOSE_SECONDS)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        return kind is KeyboardInterrupt

    def _ask(self) -> None:
        request = urllib.request.Request(
            f"{self.address}/api/shutdown",
            method="POST",
            headers={"Authorization": f"token {self.token}"},
        )
        try:
            _open(request, 5).close()
        except OSError:
            self.server.terminate()


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _wait(server: subprocess.Popen, address: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            _open(f"{address}/api", 2).close()
            return
        except OSError:
            time.sleep(0.3)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    if any("already in use" in line for line in lines):
        raise LabError("网页的端口被别的程序占着：请关掉其他 JupyterLab 窗口，再打开一次。")
    raise LabError(f"JupyterLab 没有开起来：请再打开一次；还是这样，就把「{log}」发给讲师。")


def _open(request: urllib.request.Request | str, seconds: float) -> object:
    # a proxy of the workplace has nothing to do with this machine's own address
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(request, timeout=seconds)


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise LabError(
        f"{FIRST_PORT} 到 {FIRST_PORT + PORTS - 1} 的端口都被占着：请关掉别的 JupyterLab，再打开一次。"
    )


def _own_group() -> dict[str, object]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
