# -*- coding: utf-8 -*-
"""Is this Python new enough?  If so, open the course.  Written so that any Python can read it."""

from __future__ import unicode_literals

import os
import sys

PROGRAM = os.path.dirname(os.path.abspath(__file__))
OLDEST, TOO_NEW = (3, 11), (3, 14)
HELP = "请安装 Python 3.12（怎样装见「开始.html」第 1 步），再打开一次；旧的不用卸。"


def refuse(found):
    sentence = "\n！这台电脑上找到的 Python 是 %s，课程要 3.11、3.12 或 3.13：%s\n" % (found, HELP)
    getattr(sys.stderr, "buffer", sys.stderr).write(sentence.encode("utf-8"))
    return 1


if __name__ == "__main__":
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        sys.exit(refuse("%d.%d" % sys.version_info[:2]))
    from pathlib import Path

    from launcher.main import main

    sys.exit(main(Path(PROGRAM)))
