"""退出、崩溃、死循环、占满内存与硬盘、刷屏：这一题没分，别的题照评。"""

import pytest

ENDS = {
    "os._exit": "import os\nos._exit(0)",
    "sys.exit": "import sys\nsys.exit(0)",
    "quit": "quit()",
    "its own death": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "a segmentation fault": "import ctypes\nctypes.string_at(0)",
    "an abort": "import os\nos.abort()",
    "a closed channel": "import os\nos.closerange(3, 256)",
    "endless recursion in C": "import sys\nsys.setrecursionlimit(10**6)\ndef g(): return g()\ng()",
}


@pytest.mark.parametrize("source", ENDS.values(), ids=ENDS.keys())
def test_a_dead_process_costs_only_its_own_cell(points, source):
    assert points(q1=source) == {"q1": 0, "q2": 10, "q3": 10}


LOOPS = {
    "a plain loop": "while True:\n    pass",
    "a loop that ignores interrupts": """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    try:
        while True: pass
    except BaseException:
        pass""",
    "a loop in C": "sum(range(10**13))",
    "a sleep": "import time\ntime.sleep(1000)",
    "a lock": "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    "a read from the keyboard": "x = input()",
}


@pytest.mark.parametrize("source", LOOPS.values(), ids=LOOPS.keys())
def test_an_endless_cell_costs_only_itself(points, source):
    assert points(q1=source) == {"q1": 0, "q2": 10, "q3": 10}


def test_an_endless_function_costs_only_its_own_test(points):
    earned = points(q2="def f(n):\n    while True:\n        pass")

    assert earned == {"q1": 0, "q2": 0, "q3": 10}


def test_a_busy_thread_left_behind_costs_nothing(points):
    earned = points(
        q1="""
import threading
def spin():
    while True: pass
for _ in range(3): threading.Thread(target=spin, daemon=True).start()
x = "?\""""
    )

    assert earned == {"q1": 0, "q2": 10, "q3": 10}


FLOODS = {
    "memory at once": "x = bytearray(50 * 1024**3)",
    "memory bit by bit": "x = []\nwhile True:\n    x.append(bytearray(64 * 1024**2))",
    "disk": """
with open("big", "wb") as file:
    for _ in range(400): file.write(bytes(1024**2))
x = "?\"""",
    "many files": """
for k in range(200_000):
    open(f"f{k}", "w").write("x" * 1000)
x = "?\"""",
    "output": "print('长' * 50_000_000)",
    "output without end": "while True:\n    print('x' * 1000)",
    "output on the descriptor": "import os\nwhile True:\n    os.write(1, b'x' * 65536)",
    "displayed output": "from IPython.display import HTML, display\nfor _ in range(2000): display(HTML('x' * 10_000))",
    "a value of a gigabyte": "x = 'x' * 900_000_000",
    "a value without a bottom": "x = []\nfor _ in range(100_000): x = [x]",
    "a value that contains itself": "x = []\nx.append(x)",
}


@pytest.mark.parametrize("source", FLOODS.values(), ids=FLOODS.keys())
def test_a_flood_costs_only_its_own_cell(points, source):
    assert points(q1=source) == {"q1": 0, "q2": 10, "q3": 10}


def test_the_record_stays_small_after_a_flood(grade, paper, fill):
    record = grade(fill(paper, q1="while True:\n    print('x' * 1000)"))

    assert len(record.to_json()) < 2_000_000


def test_verdicts_say_what_happened(grade, paper, fill):
    def verdicts(**sources):
        record = grade(fill(paper, **sources))
        return [cell.verdict for cell in record.cells]

    assert verdicts(q1="x = 1") == ["failed", "passed", "passed"]
    assert verdicts(q1="import os\nos._exit(3)")[0] in {"died", "error"}
    assert verdicts(q2="def f(n):\n    while True: pass")[1] == "timeout"
    assert verdicts(q2="def f(n):\n    import os\n    os._exit(0)")[1] == "died"
    assert verdicts(q1="class A: pass\nx = A()")[0] == "unreadable"
