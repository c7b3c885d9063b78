"""共用：在每种处境里各开一个预热进程，分出子进程、隔离、运行一段代码、带回结果。

处境：评分人是 root 或普通用户，有 bubblewrap 或没有；这台机器有哪几种就测哪几种。
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from academy.grading import cage
from academy.grading.cage import bubblewrap

ORDINARY_UID = 61_234
SCRATCH_BYTES = 8 * 1024**2
MEMORY_BYTES = 512 * 1024**2

# 以普通用户的身份再启动：先让他看得到解释器，再换用户
AS_ORDINARY_USER = """
import os, sys
from pathlib import Path
from academy.grading.cage import identity, mounts, surroundings

uid, command = int(sys.argv[1]), sys.argv[2:]
mounts.own_view()
closed = identity.out_of_reach(surroundings.interpreter_paths(), uid)
mounts.show(closed, lambda folder: identity.can_enter(folder, uid))
identity.become(uid)
os.execv(command[0], command)
"""

WRAPPED = """
import os, sys
from pathlib import Path
from academy.grading.cage import wrap_zygote

command = wrap_zygote([sys.executable, "-c", sys.argv[2]], writable=[Path(sys.argv[1])])
os.execvp(command[0], command)
"""

ZYGOTE = """
import json, os, sys, traceback
from pathlib import Path
import numpy, pandas, matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot
from academy.grading import cage

cage.prepare()
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    order = json.loads(line)
    reading, report = os.pipe()
    child = os.fork()
    if child == 0:
        result = {}
        try:
            policy = cage.Policy(
                Path(order["scratch"]), order["memory"], order["file"],
                uid=order["uid"], scratch_bytes=order["size"], keep_fds=(report,),
                readable=tuple(map(Path, order["readable"])),
            )
            exec(order["before"])
            level = cage.enter(policy)
            result["level"] = level.name
            result["held"] = dict(level.held)
            result["notes"] = list(level.notes)
            exec(order["code"], {"result": result})
        except BaseException:
            result["error"] = traceback.format_exc()
        finally:
            os.write(report, json.dumps(result).encode())
            os._exit(0)
    os.close(report)
    told = b""
    while piece := os.read(reading, 65536):
        told += piece
    os.close(reading)
    os.waitpid(child, 0)
    print((told or b"{}").decode(), flush=True)
"""


class World:
    """一种处境里的预热进程。"""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        user, _, wrapped = name.partition("-")
        self.root = user == "root"
        self.owner = cage.worker_uid(990) if self.root else None
        folder.chmod(0o711)
        if user == "user" and os.geteuid() == 0:
            self.owner = ORDINARY_UID
            os.chown(folder, ORDINARY_UID, ORDINARY_UID)
        python = [sys.executable, "-c"]
        command = [*python, ZYGOTE]
        if wrapped:
            command = [*python, WRAPPED, str(folder), ZYGOTE]
        if user == "user" and os.geteuid() == 0:
            command = [*python, AS_ORDINARY_USER, str(ORDINARY_UID), *command]
        self.process = subprocess.Popen(
            command,
            env=cage.zygote_environment(folder),
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, code, files=None, uid="own", before="", readable=()):
        """在一个隔离的子进程里运行 code，返回它放进 result 的东西；before 在隔离之前运行。"""
        owner = None if self.root and uid is None else self.owner
        scratch = cage.make_scratch(self.folder, SCRATCH_BYTES, owner)
        for name, content in (files or {}).items():
            (scratch / name).write_bytes(content)
            (scratch / name).chmod(0o644)
        order = {
            "code": code,
            "before": before,
            "readable": list(readable),
            "scratch": str(scratch),
            "memory": MEMORY_BYTES,
            "file": SCRATCH_BYTES,
            "size": SCRATCH_BYTES,
            "uid": owner if self.root else None,
        }
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        cage.remove_tree(scratch)
        assert "held" in found or "error" in found, "子进程没有带回结果"
        assert "error" not in found, found["error"]
        return found

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


def worlds():
    users = ["root", "user"] if os.geteuid() == 0 else ["user"]
    wrapped = ["", "-bwrap"] if bubblewrap.usable() else [""]
    return [user + suffix for user in users for suffix in wrapped]


@pytest.fixture(scope="session", params=worlds())
def world(request):
    # pytest 自己的临时文件夹不让别的用户经过
    folder = Path(tempfile.mkdtemp(prefix="cage-test-"))
    started = World(request.param, folder)
    try:
        assert json.loads(started.process.stdout.readline()) == "ready"

        yield started
    finally:
        started.close()
        cage.remove_tree(folder)
