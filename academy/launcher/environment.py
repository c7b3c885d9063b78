"""How do Python's packages of the course get onto this machine, once, whatever the network is like?"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["SetupError", "Shipped", "prepare"]

FOLDER = ".venv"
STAMP = "ccom-ready"
BIG_DOWNLOAD = re.compile(r"Downloading (?:\S*/)?([\w.]+)-\S+ \(([\d.]+ MB)\)")
INSTALLING = "Installing collected packages:"

VERSION_MISSING = "下载的地方缺这个版本（{detail}）：你设过镜像的话，请换一个更新及时的；没有设过，就把「{log}」发给讲师。"
# what pip says: what happened and what to do; the first that fits counts
DIAGNOSES = [
    (
        r"No space left|Errno 28|not enough space",
        "磁盘满了：请在「{home}」所在的盘上空出约 2 GB，再打开一次。",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "下载到的文件和课程登记的不是同一份（下载坏了，或镜像上的文件被换过）：请换一个网络或镜像，再打开一次；还是这样就告诉讲师。",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "网络里有设备换掉了证书（单位的安全网关常这样）：请换成手机热点，或请单位的 IT 给 pip 配好证书，再打开一次。",
    ),
    (
        r"ProxyError|407 Proxy|Tunnel connection failed",
        "代理服务器没有放行：请换成手机热点，或请单位的 IT 给 pip 配好代理，再打开一次。",
    ),
    (
        r"ConnectionError|NewConnectionError|Failed to establish|Temporary failure|getaddrinfo"
        r"|ReadTimeout|Read timed out|ConnectTimeout|Connection reset|RemoteDisconnected|IncompleteRead",
        "连不上下载的地方，或中途断了：请检查网络，再打开一次，会接着装；一直很慢，就请讲师或单位的 IT 告诉你一个镜像地址，"
        "在命令行里运行一次「pip config set global.index-url 镜像地址」。",
    ),
    (
        r"No matching distribution|Could not find a version",
        VERSION_MISSING,
    ),
    (
        r"Permission denied|Access is denied|拒绝访问|WinError 5|WinError 32",
        "没有权限写「{home}」，或里面的文件正被占用：请关掉别的课程窗口和杀毒软件的拦截，再打开一次。",
    ),
    (
        r"No module named pip|ensurepip",
        "这个 Python 缺一个部件（venv）：Debian、Ubuntu 请运行「sudo apt install python3-venv」，"
        "其他系统请从 python.org 重装 Python，再打开一次。",
    ),
]
UNKNOWN = "没有装好（{detail}）：请检查网络，再打开一次；还是这样，就把「{log}」发给讲师。"


class SetupError(Exception):
    """The environment could not be made; one Chinese sentence with the remedy."""


class _VersionMissing(SetupError):
    """The place where pip downloads has no such version."""


@dataclass(frozen=True)
class Shipped:
    """What the package brings along.

    Attributes
    ----------
    wheel : Path
        The course's own library.
    locked : Path
        Everything else, tested versions with their hashes.
    ranges : Path
        The same as ranges, for where a tested version can't be had.
    """

    wheel: Path
    locked: Path
    ranges: Path

    def stamp(self) -> str:
        """Changes whenever something has to be installed again."""
        digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
        for path in (self.wheel, self.locked, self.ranges):
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()


def prepare(home: Path, shipped: Shipped, say: Callable[[str], None]) -> Path:
    """Make or mend the environment below `home`; return its Python.

    Does nothing where the environment is ready; an interrupted attempt is taken up again.

    Raises
    ------
    SetupError
        Something is in the way; says what and what to do.
    """
    folder, log = home / FOLDER, home / "安装记录.txt"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / STAMP
    if _works(python) and stamp.exists() and stamp.read_text() == shipped.stamp():
        say("课程要用的软件都在。")
        return python
    with log.open("w", encoding="utf-8") as written:
        setup = _Setup(home, log, written.write, say)
        if not _works(python):
            say("建立课程自己的 Python 环境（不影响电脑上别的软件）……")
            shutil.rmtree(folder, ignore_errors=True)
            setup.run([sys.executable, "-m", "venv", str(folder)])
        say("安装课程要用的软件：第一次要下载约 200 MB，快则三五分钟，请别关窗口……")
        setup.install(python, shipped)
    stamp.write_text(shipped.stamp())
    return python


class _Setup:
    """Runs the commands, keeps their words for the instructor, says the Chinese ones."""

    def __init__(
        self, home: Path, log: Path, write: Callable[[str], object], say: Callable[[str], None]
    ) -> None:
        self.home, self.log, self.write, self.say = home, log, write, say

    def install(self, python: Path, shipped: Shipped) -> None:
        pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        pip += ["--timeout", "60"]
        try:
            self.run([*pip, "--require-hashes", "-r", str(shipped.locked)])
        except _VersionMissing:
            self.say("下载的地方缺某个试过的版本，改装范围以内的新版本……")
            self.run([*pip, "-r", str(shipped.ranges)])
        self.run([*pip, "--no-deps", str(shipped.wheel)])

    def run(self, command: list[str]) -> None:
        """Run one command; its English goes to the log."""
        environment = os.environ | {"PYTHONUTF8": "1", "PIP_PROGRESS_BAR": "off"}
        said = []
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=environment,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout:
                said.append(line)
                self.write(line)
                self._tell(line)
        if process.returncode:
            raise self._trouble("".join(said))

    def _tell(self, line: str) -> None:
        found = BIG_DOWNLOAD.search(line)
        if found:
            self.say(f"　下载 {found[1]}（{found[2]}）")
        elif INSTALLING in line and "," in line:
            self.say(f"　都下载好了，正在安装 {line.count(',') + 1} 个软件包……")

    def _trouble(self, said: str) -> SetupError:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR:")] or lines[-1:] or ["没有说明"]
        detail = errors[-1].removeprefix("ERROR:").strip()
        sentence = next(
            (sentence for pattern, sentence in DIAGNOSES if re.search(pattern, said)), UNKNOWN
        )
        kind = _VersionMissing if sentence is VERSION_MISSING else SetupError
        return kind(sentence.format(home=self.home, log=self.log, detail=detail))


def _works(python: Path) -> bool:
    """Whether the environment's Python starts and is the one that made it."""
    if not python.exists():
        return False
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python), "-c", ask], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]
