"""academy.grading.cage.entering：老实的代码照常运行，出格的做不成，级别如实写出。"""

import os
import sys
from pathlib import Path

import pytest

from academy.grading import cage
from academy.grading.cage import doors, entering
from tests.academy.grading.small import BELOW_TMP

HONEST = """
import numpy as np, pandas as pd, matplotlib.pyplot as plt
table = pd.read_csv("calls.csv")
result["rows"] = len(table)
a = np.arange(250_000.0).reshape(500, 500) + 1000 * np.eye(500)
result["inverse"] = bool(np.allclose(a @ np.linalg.inv(a), np.eye(500)))
plt.plot(table["呼入量"])
plt.savefig("呼入量.png")
import os
result["png"] = os.path.getsize("呼入量.png") > 1000
table.to_csv("copy.csv", index=False)
result["round_trip"] = pd.read_csv("copy.csv").equals(table)
"""

CSV = "日期,呼入量\n2025-01-01,120\n2025-01-02,135\n".encode()


def test_honest_work_goes_on(world):
    """线性代数、读写 CSV、画图存盘。"""
    found = world.run(HONEST, {"calls.csv": CSV})

    assert found["rows"] == 2
    assert found["inverse"]
    assert found["png"]
    assert found["round_trip"]


def test_everything_is_held_in_every_world_of_this_machine(world):
    found = world.run("")

    assert set(found["held"]) == set(cage.GUARANTEES)
    assert found["notes"] == []


def test_level_is_written_as_one_word(world):
    """root 换用户，普通用户不换；有 bubblewrap 就写上。"""
    level = world.run("")["level"]

    expected = ["landlock", "seccomp", "rlimits", "mounts"]
    if world.root:
        expected.insert(0, "uid")
    if world.name.endswith("bwrap"):
        expected.append("bwrap")
    assert level == "+".join(expected)


def test_threads_work(world):
    code = """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(8) as pool:
    result["sum"] = sum(pool.map(lambda n: n * n, range(100)))
"""

    assert world.run(code)["sum"] == 328350


def test_coroutines_work(world):
    code = """
import asyncio
async def double(n):
    await asyncio.sleep(0.001)
    return 2 * n
result["value"] = asyncio.run(double(21))
"""

    assert world.run(code)["value"] == 42


def test_unseen_modules_can_be_imported(world):
    """换了用户，还没导入过的标准库与第三方模块照样导入。"""
    code = """
import sys
names = ["colorsys", "fileinput", "scipy.special", "statsmodels.tools.eval_measures", "cycler"]
result["seen"] = [n for n in ("colorsys", "fileinput", "scipy.special") if n in sys.modules]
import importlib
result["imported"] = [importlib.import_module(n).__name__ for n in names]
"""

    found = world.run(code)

    assert found["seen"] == []
    assert len(found["imported"]) == 5


def test_files_of_the_scratch_folder_can_be_copied_touched_and_renamed(world):
    """shutil、Path.touch、临时文件、os.replace 都是老实代码会用的。"""
    code = """
import os, shutil, tempfile
from pathlib import Path
shutil.copy("calls.csv", "one.csv")
shutil.copy2("calls.csv", "two.csv")
Path("sub").mkdir()
os.replace("two.csv", "sub/two.csv")
Path("empty").touch()
with tempfile.TemporaryDirectory() as folder:
    result["inside"] = os.path.dirname(folder) == os.environ["TMPDIR"]
os.chmod("one.csv", 0o400)
result["mode"] = oct(os.stat("one.csv").st_mode & 0o777)
shutil.copytree("sub", "again")
result["names"] = sorted(p.as_posix() for p in Path().rglob("*") if p.suffix or p.name == "empty")
"""
    found = world.run(code, {"calls.csv": CSV})

    assert found["inside"]
    assert found["mode"] == "0o400"
    assert found["names"] == ["again/two.csv", "calls.csv", "empty", "one.csv", "sub/two.csv"]


def test_time_zones_and_locale_work(world):
    code = """
import datetime, locale, zoneinfo
moment = datetime.datetime(2025, 1, 1, 12, tzinfo=zoneinfo.ZoneInfo("Asia/Shanghai"))
result["utc"] = moment.astimezone(datetime.timezone.utc).hour
with open("中文.txt", "w") as file:
    file.write("接通率")
result["encoding"] = open("中文.txt").encoding.lower()
"""
    found = world.run(code)

    assert found["utc"] == 4
    assert found["encoding"] == "utf-8"


def test_nothing_of_the_grader_is_in_the_environment(world):
    found = world.run("import os; result['environment'] = dict(os.environ)")["environment"]

    assert "PYTHONPATH" not in found
    assert found["HOME"] == found["TMPDIR"] + "/home"
    assert BELOW_TMP or found["TMPDIR"] == "/tmp"


def test_the_working_folder_is_the_same_at_every_grading(world):
    """打印出来的路径每次一样，同一份答卷的成绩摘要才一样；缓存不进工作文件夹。"""
    code = "import os; result['cwd'] = os.getcwd(); result['names'] = os.listdir()"
    found = world.run(code, {"calls.csv": CSV})

    assert Path(found["cwd"]).name == "work"
    assert BELOW_TMP or found["cwd"] == "/tmp/work"
    assert found["names"] == ["calls.csv"]


def test_a_package_below_tmp_stays_readable(world):
    """评分人的环境装在 /tmp 之下时，草稿挂在自己的文件夹上。"""
    package = world.folder / "package"
    package.mkdir(exist_ok=True)
    package.chmod(0o755)
    (package / "extra_module_for_test.py").write_text("VALUE = 7", encoding="utf-8")
    (package / "extra_module_for_test.py").chmod(0o644)
    code = f"""
import os, sys
sys.path.append({str(package)!r})
import extra_module_for_test
result["value"] = extra_module_for_test.VALUE
result["cwd"] = os.getcwd()
"""
    found = world.run(code, readable=[str(package)])

    assert found["value"] == 7
    below_tmp = world.folder.is_relative_to("/tmp")
    assert found["cwd"].startswith(str(world.folder) if below_tmp else "/tmp/")
    assert set(found["held"]) == set(cage.GUARANTEES)


def test_memory_ends_in_a_memory_error_that_can_be_survived(world):
    code = """
import numpy as np
try:
    np.ones(100_000_000)
    result["error"] = "800 MB 也给了"
except MemoryError:
    result["then"] = float(np.ones(10).sum())
"""

    assert world.run(code)["then"] == 10


def test_scratch_is_bounded_as_a_whole(world):
    """8 MB 的草稿文件夹写不进 12 个 1 MB 的文件。"""
    code = """
written = 0
try:
    for number in range(12):
        with open(str(number), "wb") as file:
            file.write(bytes(2**20))
        written += 1
except OSError as failure:
    result["errno"] = failure.errno
result["written"] = written
"""
    found = world.run(code)

    assert found["errno"] == 28
    assert found["written"] <= 8


def test_what_was_written_never_reaches_the_graders_folder(world):
    """草稿是进程自己的内存挂载，进程一结束就没了；评分人的文件夹还是空的。"""
    found = world.run("open('left', 'w').write('x'); import os; result['names'] = os.listdir()")

    assert found["names"] == ["left"]


REFUSED = {
    "open_outside": "open('/etc/passwd')",
    "list_root": "os.listdir('/')",
    "list_beside": "os.listdir('/usr/..')",
    "proc_self": "open('/proc/self/environ')",
    "write_package": "open(os.path.join(os.path.dirname(numpy.__file__), 'x.py'), 'w')",
    "dev_shm": "open('/dev/shm/x', 'w')",
    "symlink": "os.symlink('/etc/passwd', 'x')",
    "link": "os.link(numpy.__file__, 'x')",
    "mkfifo": "os.mkfifo('x')",
    "mknod": "os.mknod('x')",
    "set_id": "os.close(os.open('x', os.O_CREAT | os.O_WRONLY, 0o4755))",
    "chmod_set_id": "(open('y', 'w').close(), os.chmod('y', 0o6755))",
    "chmod_package": "os.chmod(numpy.__file__, 0o777)",
    "chown": "os.chown('.', 0, 0)",
    "utime_package": "os.utime(numpy.__file__, (0, 0))",
    "setxattr": "os.setxattr('.', 'user.x', b'1')",
    "socket": "socket.socket()",
    "unix": "socket.socket(socket.AF_UNIX)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "datagram_pair": "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "fork": "os.fork()",
    "exec": "os.execv(sys.executable, [sys.executable, '-c', ''])",
    "spawn": "os.posix_spawn(sys.executable, [sys.executable], {})",
    "kill_parent": "os.kill(os.getppid(), 0)",
    "kill_all": "os.kill(-1, 0)",
    "kill_group": "os.kill(0, 0)",
    "pidfd": "os.pidfd_open(os.getppid())",
    "memfd": "os.memfd_create('x')",
    "setuid": "os.setuid(0)",
    "setgroups": "os.setgroups([0])",
    "setsid": "os.setsid()",
    "chroot": "os.chroot('.')",
    "priority": "os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)",
    "affinity": "os.sched_setaffinity(os.getppid(), {0})",
    "prlimit": "resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)",
    "async_owner": "fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())",
    "raise_limit": "resource.setrlimit(resource.RLIMIT_DATA, (-1, -1))",
    "tty_input": "fcntl.ioctl(0, termios.TIOCSTI, b'x')",
}


def test_each_forbidden_act_is_refused(world):
    """一次试完；做成了的会列在 through 里。"""
    code = f"""
import fcntl, os, resource, socket, sys, termios, numpy
acts = {REFUSED!r}
result["through"] = []
for name, act in acts.items():
    try:
        eval(act)
        result["through"].append(name)
    except (OSError, ValueError):
        pass
"""

    assert world.run(code)["through"] == []


CALLS = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "unshare": (272, 97),
    "setns": (308, 268),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
    "userfaultfd": (323, 282),
    "init_module": (175, 105),
    "kexec_load": (246, 104),
    "reboot": (169, 142),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "memfd_secret": (447, 447),
    "seccomp": (317, 277),
    "personality": (135, 92),
    "shmget": (29, 194),
    "mq_open": (240, 180),
    "vmsplice": (278, 75),
    "quotactl": (179, 60),
    "swapon": (167, 224),
    "acct": (163, 89),
    "fanotify_init": (300, 262),
    "inotify_init1": (294, 26),
    "settimeofday": (164, 170),
    "sethostname": (170, 161),
    "syslog": (103, 116),
    "execveat": (322, 281),
    "connect": (42, 203),
    "accept4": (288, 242),
    "bind": (49, 200),
    "setsockopt": (54, 208),
    "tkill": (200, 130),
    "mlockall": (151, 230),
    "move_pages": (279, 239),
    "sched_setscheduler": (144, 119),
    "mount_setattr": (442, 442),
    "fsopen": (430, 430),
}


def test_calls_of_the_kernel_are_refused_before_they_look_at_their_arguments(world):
    """直接发系统调用，参数全是 0：过滤器放行的话会是别的错误。"""
    from academy.grading.cage import linux

    column = linux.architecture().column
    numbers = {name: pair[column] for name, pair in CALLS.items()}
    code = f"""
import ctypes, errno
libc = ctypes.CDLL(None, use_errno=True)
result["others"] = []
for name, number in {numbers!r}.items():
    answer = libc.syscall(number, 0, 0, 0, 0, 0, 0)
    if answer != -1 or ctypes.get_errno() != errno.EPERM:
        result["others"].append((name, answer, ctypes.get_errno()))
"""

    assert world.run(code)["others"] == []


def test_calls_newer_than_the_table_are_unknown(world):
    """ENOSYS，libc 会改用旧的调用；clone3 的参数看不到，也这样答。"""
    code = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
result["errno"] = []
for number in (435, 437, 600):
    libc.syscall(number, 0, 0, 0, 0, 0, 0)
    result["errno"].append(ctypes.get_errno())
"""

    assert world.run(code)["errno"] == [38, 38, 38]


def test_a_thread_with_namespaces_of_its_own_is_refused(world):
    """clone(CLONE_THREAD | CLONE_NEWUSER)。"""
    code = """
import ctypes, errno
from academy.grading.cage import calls, linux
libc = ctypes.CDLL(None, use_errno=True)
number = calls.number("clone", linux.architecture().column)
libc.syscall(number, 0x10000 | 0x10000000, 0, 0, 0, 0)
result["errno"] = ctypes.get_errno()
"""

    assert world.run(code)["errno"] == 1


def test_another_workers_scratch_cannot_be_read(world):
    other = cage.make_scratch(world.folder, SCRATCH, world.owner and world.owner + 1)
    (other / "answer").write_text("q1 = 'B'", encoding="utf-8")
    (other / "answer").chmod(0o644)
    code = f"""
import os
try:
    result["read"] = open({str(other / "answer")!r}).read()
except OSError as failure:
    result["errno"] = failure.errno
"""
    found = world.run(code)
    cage.remove_tree(other)

    assert "read" not in found


SCRATCH = 1024**2


def test_descriptors_of_the_zygote_are_closed(world):
    code = """
import os
result["open"] = []
for number in range(256):
    try:
        os.fstat(number)
        result["open"].append(number)
    except OSError:
        pass
"""
    found = world.run(code)

    assert len(found["open"]) == 4  # 0、1、2 与报告结果的管道


def test_a_user_who_is_not_changed_is_not_counted(world):
    """评分人不给 uid：root 也丢掉全部特权，级别里没有 uid。"""
    code = """
import os
from pathlib import Path
try:
    os.chown(".", 12345, 12345)
    result["through"] = True
except OSError:
    result["through"] = False
"""
    found = world.run(code, uid=None)

    assert "uid" not in found["level"].split("+")
    assert not found["through"]


def test_several_threads_are_refused(monkeypatch):
    if sys.platform != "linux":
        return
    monkeypatch.setattr(entering.os, "listdir", lambda _: ["1", "2"])

    with pytest.raises(cage.CageError, match="已有多个线程"):
        cage.enter(cage.Policy(Path("."), 1, 1))


def test_windows_is_sent_to_wsl(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")

    with pytest.raises(cage.CageError, match="请安装 WSL"):
        cage.enter(cage.Policy(Path("."), 1, 1))
    with pytest.raises(cage.CageError, match="请安装 WSL"):
        cage.check_containment()


def test_on_a_mac_only_limits_are_held_and_the_level_says_so(monkeypatch, tmp_path):
    """只改平台的名字：不进 Linux 的那条路，门都试过，没守住的不写。"""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(entering.rlimits, "apply", lambda *_: None)
    monkeypatch.setattr(entering, "_settle", lambda *_: None)
    monkeypatch.setattr(entering.rlimits, "memory_is_bounded", lambda _: True)

    level = cage.enter(cage.Policy(tmp_path, 1, 1))

    assert level.name == "rlimits"
    assert dict(level.held) == {"memory": "rlimits"}
    assert level.missing(["all"]) == tuple(name for name in cage.GUARANTEES if name != "memory")
    assert "只有 rlimits" in level.notes[0]


def test_doors_that_open_are_not_counted_as_held():
    """没有隔离的进程说自己用了全部手段，门却开着：一项也不算。"""
    policy = cage.Policy(Path("."), 1 << 46, 1)
    reading, report = os.pipe()

    level = doors.level(policy, ["landlock", "seccomp", "rlimits"], [])
    os.close(reading)
    os.close(report)

    assert not {"network", "sockets", "processes"} & set(level.held)
