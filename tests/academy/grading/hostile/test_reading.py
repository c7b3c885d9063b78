"""从硬盘、内存、环境、历史里找答案：找不到；往外写、往外连：做不到。"""

import socket
import threading

import pytest

from .conftest import TOKEN

SEARCH = """
import os, glob, gc, sys, re
def look(text):
    found = re.search(r"tang[e]rine-\\d+-lantern", text)
    return found and found.group()
def read(path):
    try:
        with open(path, "rb") as file: return file.read(5_000_000).decode("utf-8", "replace")
    except Exception: return ""
x = None
"""
PLACES = {
    "the master and the gradebook": """
for path in glob.glob({course!r} + "/**", recursive=True):
    x = x or look(read(path))""",
    "other processes": """
for pid in os.listdir("/proc") if os.path.isdir("/proc") else []:
    for name in ("environ", "cmdline", "maps", "mem", "fd/3", "fd/4", "fd/5", "cwd/px.ipynb"):
        x = x or look(read(f"/proc/{{pid}}/{{name}}"))""",
    "the environment": 'x = look(" ".join(os.environ.values()))',
    "the interpreter's objects": """
for thing in gc.get_objects():
    if isinstance(thing, (dict, list, tuple, set)):
        for value in (thing.values() if isinstance(thing, dict) else thing):
            if type(value) is str: x = x or look(value)""",
    "the frames": """
frame = sys._getframe()
while frame:
    for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
        if type(value) is str: x = x or look(value)
    frame = frame.f_back""",
    "the history": """
shell = get_ipython()
manager = getattr(shell, "history_manager", None)
texts = list(getattr(manager, "input_hist_raw", [])) + list(shell.user_ns.get("In", []))
for text in texts: x = x or look(str(text))""",
    "its own folder": """
for path in glob.glob("**", recursive=True) + glob.glob("../**", recursive=True):
    x = x or look(read(path))""",
    "the temporary folders": """
for path in glob.glob("/tmp/**", recursive=True) + glob.glob("/var/tmp/**", recursive=True):
    x = x or look(read(path))""",
    "inherited descriptors": """
for descriptor in range(3, 64):
    try: x = x or look(os.pread(descriptor, 1_000_000, 0).decode("utf-8", "replace"))
    except OSError: pass""",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_the_answer_is_nowhere_to_be_found(points, hostile_course, place):
    source = SEARCH + place.format(course=str(hostile_course))

    earned = points(q1=source)

    assert earned == {"q1": 0, "q2": 10, "q3": 10}


WRITES = """
import os, shutil, subprocess
def quietly(act):
    try: act()
    except BaseException: pass
target = {course!r}
for name in ("gradebook.db", "source/px/px.ipynb", "submitted/other/px/px.ipynb"):
    path = os.path.join(target, name)
    quietly(lambda: open(path, "w").write("owned"))
    quietly(lambda: os.remove(path))
    quietly(lambda: os.chmod(path, 0))
    quietly(lambda: os.rename(path, path + ".x"))
quietly(lambda: open(os.path.join(target, "new.txt"), "w").write("owned"))
quietly(lambda: os.symlink("/etc/passwd", os.path.join(target, "link")))
for folder in ("~/.ipython/profile_default/startup", "~/.config", "~"):
    quietly(lambda: open(os.path.expanduser(folder) + "/ccom_owned.py", "w").write("owned"))
import ccomlib, numpy
for module in (ccomlib, numpy):
    quietly(lambda: open(os.path.join(os.path.dirname(module.__file__), "owned.pth"), "w").write("import os"))
x = "?"
"""


def test_nothing_outside_is_changed(points, hostile_course):
    before = _state(hostile_course)

    earned = points(q1=WRITES.format(course=str(hostile_course)))

    assert earned == {"q1": 0, "q2": 10, "q3": 10}
    assert _state(hostile_course) == before


def _state(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [(path.name, path.stat().st_mode, path.read_bytes()) for path in files]


def test_nothing_reaches_a_listener(points):
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        stop = threading.Event()

        def accept():
            while not stop.is_set():
                try:
                    heard.append(listener.accept())
                except TimeoutError:
                    continue

        ear = threading.Thread(target=accept)
        ear.start()
        earned = points(
            q1=f"""
import socket
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=1).sendall(b"hello")
except OSError:
    pass
x = "?\""""
        )
        stop.set()
        ear.join()

    assert not heard
    assert earned == {"q1": 0, "q2": 10, "q3": 10}


def test_no_process_is_started(points, tmp_path):
    earned = points(
        q1="""
import os, subprocess, multiprocessing
started = []
for start in (
    lambda: subprocess.run(["/bin/true"]),
    lambda: os.system("true") == 0 or 1 / 0,
    lambda: os.fork() or os._exit(0),
    lambda: os.posix_spawn("/bin/true", ["true"], {}),
):
    try:
        start()
        started.append(1)
    except BaseException:
        pass
assert not started, started
x = "?"
"""
    )

    assert earned == {"q1": 0, "q2": 10, "q3": 10}


def test_the_token_itself_would_pass(points):
    """对照：上面的零分不是因为这道题谁都得不到。"""
    assert points(q1=f"x = {TOKEN!r}")["q1"] == 10
