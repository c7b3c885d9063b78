"""academy.launcher.environment：真的 venv 与 pip（不联网）；装不上时一句中文说清怎么办。"""

import hashlib
import os
import shutil
import subprocess
import sys

import pytest

from academy.launcher.environment import SetupError, Shipped, _Setup, prepare
from academy.package.writing import zipped


def _wheel(folder, name, version):
    """一个最小的轮子：一个模块，说自己是哪一版。"""
    info = f"{name}-{version}.dist-info"
    parts = {
        f"{name}.py": f"VERSION = '{version}'\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    parts[f"{info}/RECORD"] = "".join(f"{part},,\n" for part in [*parts, f"{info}/RECORD"])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    path.write_bytes(zipped({part: text.encode() for part, text in parts.items()}))
    return path


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """pip 能下载的地方：一个文件夹，此外哪里也不去。"""
    folder = tmp_path_factory.mktemp("shop")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PIP_")]:
            patch.delenv(name)
        patch.setenv("PIP_CONFIG_FILE", os.devnull)
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setenv("PIP_FIND_LINKS", folder.as_uri())
        yield folder


def _ship(folder, dependency, locked, ranges="tiny>=1"):
    """课程包里的三个文件：自己的轮子，锁定到 locked 的一样依赖，与它的范围。"""
    folder.mkdir()
    digest = hashlib.sha256(dependency.read_bytes()).hexdigest()
    (folder / "locked.txt").write_text(f"tiny=={locked} --hash=sha256:{digest}\n")
    (folder / "ranges.txt").write_text(f"{ranges}\n")
    return Shipped(_wheel(folder, "lessons", "0.1"), folder / "locked.txt", folder / "ranges.txt")


@pytest.fixture(scope="module")
def first_time(shop, tmp_path_factory):
    """头一回打开课程以后的文件夹，和屏幕上说的。"""
    base = tmp_path_factory.mktemp("first")
    home, said = base / "家 里", []
    home.mkdir()
    prepare(home, _ship(base / "包", _wheel(shop, "tiny", "1.0"), "1.0"), said.append)
    return base, said


@pytest.fixture
def base(first_time, tmp_path):
    """它的一份副本。"""
    shutil.copytree(first_time[0], tmp_path / "base", symlinks=True)
    return tmp_path / "base"


def _again(base, shipped=None):
    said = []
    shipped = shipped or Shipped(
        base / "包/lessons-0.1-py3-none-any.whl", base / "包/locked.txt", base / "包/ranges.txt"
    )
    return prepare(base / "家 里", shipped, said.append), said


def _version(python, name):
    code = f"import {name}; print({name}.VERSION)"
    return subprocess.run([python, "-c", code], capture_output=True, text=True).stdout.strip()


@pytest.mark.slow
def test_first_time_everything_is_installed_and_told(first_time):
    base, said = first_time
    python = base / "家 里/.venv/bin/python"

    assert _version(python, "tiny") == "1.0"
    assert _version(python, "lessons") == "0.1"
    assert said[0].startswith("建立课程自己的 Python 环境")
    log = (base / "家 里/安装记录.txt").read_text(encoding="utf-8")
    assert "Successfully installed tiny-1.0" in log


@pytest.mark.slow
def test_second_time_nothing_is_installed(base):
    _, said = _again(base)

    assert said == ["课程要用的软件都在。"]


@pytest.mark.slow
def test_new_package_is_installed_into_the_same_environment(base, shop):
    (base / "家 里/.venv/mine").touch()
    shipped = _ship(base / "新包", _wheel(shop, "tiny", "1.1"), "1.1")

    python, said = _again(base, shipped)

    assert _version(python, "tiny") == "1.1"
    assert (base / "家 里/.venv/mine").exists()
    assert not any("建立" in line for line in said)


@pytest.mark.slow
def test_environment_without_its_python_is_made_anew(base):
    """如学员卸掉了建它的那个 Python。"""
    (base / "家 里/.venv/mine").touch()
    (base / "家 里/.venv/bin/python").unlink()

    python, _ = _again(base)

    assert not (base / "家 里/.venv/mine").exists()
    assert _version(python, "tiny") == "1.0"


@pytest.mark.slow
def test_tested_version_that_is_nowhere_gives_way_to_the_range(base, shop):
    shipped = _ship(base / "新包", _wheel(shop, "tiny", "1.5"), "9.9", "tiny>=1.4")

    python, said = _again(base, shipped)

    assert _version(python, "tiny") == "1.5"
    assert "下载的地方缺某个试过的版本，改装范围以内的新版本……" in said


@pytest.mark.slow
def test_changed_download_is_refused_and_not_installed(base, shop):
    """同名同版本、内容被换过的轮子：宁可不装，也不退到范围去装。"""
    wheel = _wheel(shop, "tiny", "1.2")
    shipped = _ship(base / "新包", wheel, "1.2")
    wheel.write_bytes(wheel.read_bytes() + b"\0")

    with pytest.raises(SetupError, match="不是同一份"):
        _again(base, shipped)

    assert _version(base / "家 里/.venv/bin/python", "tiny") == "1.0"


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "磁盘满了"),
        ("SSLError(SSLCertVerificationError(CERTIFICATE_VERIFY_FAILED", "安全网关"),
        ("ProxyError('Cannot connect to proxy.')", "代理服务器没有放行"),
        ("NewConnectionError: Temporary failure in name resolution", "连不上下载的地方"),
        (
            "WARNING: Retrying: ReadTimeoutError\nERROR: No matching distribution found for x",
            "连不上下载的地方",
        ),
        (
            "ERROR: No matching distribution found for numpy==9",
            "No matching distribution found for numpy==9",
        ),
        ("PermissionError: [WinError 5] 拒绝访问。", "没有权限写"),
        ("/usr/bin/python3: No module named pip", "python3-venv"),
        ("ERROR: something never seen", "something never seen"),
    ],
)
def test_each_way_to_fail_has_its_remedy(tmp_path, said, remedy):
    setup = _Setup(tmp_path, tmp_path / "记录.txt", lambda text: None, lambda text: None)
    code = f"import sys; print({said!r}); sys.exit(1)"

    with pytest.raises(SetupError, match=r"请.*。$") as failed:
        setup.run([sys.executable, "-c", code])

    assert remedy in str(failed.value)
    assert "\n" not in str(failed.value)


def test_big_downloads_are_told_small_ones_not(tmp_path):
    told = []
    setup = _Setup(tmp_path, tmp_path / "记录.txt", lambda text: None, told.append)
    lines = [
        "  Downloading numpy-2.4.6-cp311-cp311-manylinux_2_27.whl (16.9 MB)",
        "  Downloading https://x.example/six-1.17.0-py2.py3-none-any.whl (11 kB)",
        "Installing collected packages: numpy, six",
    ]

    setup.run([sys.executable, "-c", f"print({chr(10).join(lines)!r})"])

    assert told == ["　下载 numpy（16.9 MB）", "　都下载好了，正在安装 2 个软件包……"]
