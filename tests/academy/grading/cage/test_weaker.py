"""机器给得少时：少了什么，级别与说明就少什么；老实的代码照常，剩下的门照关。"""

from academy.grading import cage

NO_LANDLOCK = "from academy.grading.cage import landlock; landlock.abi = lambda: 0"
NO_SECCOMP = "from academy.grading.cage import seccomp; seccomp.available = lambda: False"
NO_MOUNTS = """
from academy.grading.cage import mounts
def refuse(*_):
    raise PermissionError(1, "Operation not permitted")
mounts.own_view = mounts.own_view_as_user = refuse
"""
OLD_KERNEL = """
from academy.grading.cage import mounts
def refuse(*_):
    raise OSError(38, "Function not implemented")
mounts.freeze = refuse
"""
CLOSED_PYTHON = """
from academy.grading.cage import identity, mounts
identity.out_of_reach = lambda paths, uid: tuple(paths)
mounts.show = lambda *_: None
"""
HONEST = """
import os, shutil
import numpy as np
from pathlib import Path
Path("a.txt").write_text("1")
Path("empty").touch()
shutil.copy("a.txt", "b.txt")
import colorsys
result["names"] = sorted(os.listdir())
result["sum"] = float(np.ones((50, 50)).sum())
"""


def test_without_landlock_only_bubblewrap_holds_the_files(world):
    found = world.run(HONEST, before=NO_LANDLOCK)

    assert ("files" in found["held"]) == world.name.endswith("bwrap")
    assert "landlock" not in found["level"]
    assert "内核没有 Landlock（需要 Linux 5.13 以上并启用）" in found["notes"]
    assert found["sum"] == 2500


def test_without_seccomp_processes_and_sockets_are_open(world):
    found = world.run(HONEST, before=NO_SECCOMP)

    assert not {"processes", "sockets"} & set(found["held"])
    assert "files" in found["held"]
    assert "seccomp" not in found["level"]


def test_without_mounts_the_disk_is_bounded_by_file_only(world):
    code = f"""
{HONEST}
try:
    with open("big", "wb") as file:
        file.write(bytes(9 * 2**20))
except OSError as failure:
    result["errno"] = failure.errno
"""
    found = world.run(code, before=NO_MOUNTS)

    assert "disk" not in found["held"]
    assert "mounts" not in found["level"].split("+")
    assert "这台机器不让普通用户挂载：草稿文件夹只限单个文件的大小" in found["notes"]
    assert found["errno"] == 27
    assert found["names"] == ["a.txt", "b.txt", "empty"]


def test_without_mounts_an_interpreter_in_a_closed_home_keeps_the_user(world):
    """root 的解释器可能在 0700 的家里：读不到就不换用户，级别里没有 uid，并说明原因。"""
    code = """
import colorsys, fileinput
import os, shutil, numpy
from pathlib import Path
Path("a").touch()
shutil.copy("a", "b")
before = os.stat(numpy.__file__)
for act in (lambda: os.chmod(numpy.__file__, 0o777), lambda: os.utime(numpy.__file__, (0, 0))):
    try:
        act()
    except OSError:
        pass
after = os.stat(numpy.__file__)
result["same"] = (before.st_mode, before.st_mtime) == (after.st_mode, after.st_mtime)
"""
    found = world.run(code, before=NO_MOUNTS)
    kept = [note for note in found["notes"] if "没有换用户" in note]

    assert found["same"]
    if world.root:
        assert bool(kept) == ("uid" not in found["level"].split("+"))
    assert set(found["held"]) == {name for name in cage.GUARANTEES if name != "disk"}


def test_an_interpreter_that_cannot_be_shown_keeps_the_user(world):
    """解释器的文件夹自己就是 0700：挂载照做，用户不换，写得进自己的草稿。"""
    found = world.run(HONEST, before=CLOSED_PYTHON)

    assert "uid" not in found["level"].split("+")
    assert found["names"] == ["a.txt", "b.txt", "empty"]
    if world.name == "root":
        assert set(found["held"]) == set(cage.GUARANTEES)
        assert len(found["notes"]) == 1


def test_a_kernel_that_cannot_freeze_mounts_keeps_the_rest(world):
    found = world.run(HONEST, before=OLD_KERNEL)

    assert set(found["held"]) == set(cage.GUARANTEES)
    assert found["names"] == ["a.txt", "b.txt", "empty"]
