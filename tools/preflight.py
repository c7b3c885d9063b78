"""测试要的系统程序都在不在？缺什么，第一秒就说怎么装；只用 Python 自带的库。"""

import os
import platform
import shutil
import sys

# 程序的几个可能的名字，缺了怎么说，Debian 的包
NEEDED = [
    (("chromium", "chromium-browser", "google-chrome"), "浏览器测试要 Chromium", "chromium"),
    (("bwrap",), "评分的隔离测试要 bubblewrap", "bubblewrap"),
]


def missing(which=shutil.which):
    """缺的程序：(为什么要它, Debian 的包)。

    >>> missing(lambda name: name)
    []
    >>> missing(lambda name: None if name == "bwrap" else name)
    [('评分的隔离测试要 bubblewrap', 'bubblewrap')]
    """
    return [(why, package) for names, why, package in NEEDED if not any(map(which, names))]


def main():
    """缺了就说清楚，退出码 1；都在就不出声。"""
    if platform.system() != "Linux":
        return f"测试要在 Linux 上跑（Windows 请用 WSL），现在是 {platform.system()}。"
    lacking = missing()
    if not lacking:
        return 0
    packages = " ".join(package for _, package in lacking)
    reasons = "；".join(why for why, _ in lacking)
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{reasons}：请先运行 {sudo}apt-get install {packages}（别的发行版装同名的包），再运行 make test。"


if __name__ == "__main__":
    sys.exit(main())
