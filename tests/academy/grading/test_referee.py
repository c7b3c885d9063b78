"""Scores are earned only by honest answers; nothing that a submission does stops the others."""

import contextlib
import json
import textwrap
import threading

import nbformat
import psutil
import pytest

from academy.grading.assignment import Assignment
from academy.grading.rebuild import read_submission, reference_submission
from academy.grading.record import GradedRecord, Limits, Seat
from academy.grading.referee import Referee, RefereeError
from tests.academy.grading.conftest import LIMITS
from tests.academy.grading.small import (
    answer,
    check,
    hand_in,
    locked,
    outputs,
    verdicts,
    write_master,
)

SETUP = "import numpy as np\nimport pandas as pd\n\ndf = pd.read_csv('data/calls.csv')"
RIGHT = {
    "total": "total = int(df['n'].sum())",
    "load": "def load(calls, aht):\n    return calls * aht / 3600",
    "table": "table = df.groupby('team', as_index=False)['n'].sum()",
    "array": "array = np.cumsum(df['n'].to_numpy())",
    "chart": "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot(df['n'])\nax.set_title('呼入量')",
}
TESTS = {
    "total-test": ("assert total == df['n'].sum()", 2),
    "load-test": ("assert load(100, 180) == 5\nassert load(0, 180) == 0", 3),
    "table-test": (
        "pd.testing.assert_frame_equal(table, df.groupby('team', as_index=False)['n'].sum())",
        4,
    ),
    "array-test": ("np.testing.assert_array_equal(array, np.cumsum(df['n'].to_numpy()))", 5),
    "chart-test": (
        "assert ax.get_title() == '呼入量'\nassert len(ax.lines[0].get_ydata()) == 4",
        6,
    ),
}
FILES = {"data/calls.csv": "team,n\n甲,3\n乙,4\n甲,5\n乙,6\n".encode()}


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    cells = [locked(SETUP)]
    for name, source in RIGHT.items():
        test, points = TESTS[f"{name}-test"]
        cells += [answer(name, source), check(f"{name}-test", test, points)]
    return write_master(tmp_path_factory.mktemp("source") / "hw", cells, FILES)


@pytest.fixture(scope="module")
def referee(assignment, desk):
    return desk(assignment)


@pytest.fixture
def grade(referee, assignment, tmp_path):
    """grade({"total": source}, before=…, after=…): right answers but for those given."""

    def run(answers=(), **extra):
        made = hand_in(tmp_path / "in", assignment, {**RIGHT, **dict(answers)}, **extra)
        return referee.grade(made)

    return run


def test_right_answers_get_full_points_and_outputs(grade):
    record = grade()

    assert record.score == record.max_score == 20
    assert set(verdicts(record).values()) == {"passed"}
    (drawn,) = [o for o in outputs(record, "chart") if o["output_type"] == "display_data"]
    assert drawn["data"]["image/png"].startswith("iVBOR")
    nbformat.validate(nbformat.from_dict(record.notebooks[0].notebook))


def test_untouched_paper_is_not_attempted(referee, assignment, tmp_path):
    record = referee.grade(hand_in(tmp_path, assignment, {}))

    assert record.score == 0
    assert set(verdicts(record).values()) == {"not_attempted"}


def test_same_submission_gives_same_digest(grade):
    noisy = {"total": RIGHT["total"] + "\nprint(object(), np.random.rand())"}

    assert grade(noisy).digest == grade(noisy).digest


def test_record_survives_json(grade):
    record = grade()

    assert GradedRecord.from_json(record.to_json()) == record
    assert GradedRecord.from_json(record.to_json()).digest == record.digest


HONEST = {
    "warning": "import warnings\nwarnings.warn('careful')\n",
    "stderr": "import sys\nprint('x', file=sys.stderr)\n",
    "flood of prints": "for _ in range(2000):\n    print('x' * 40)\n",
    "own names": "def helper():\n    return 1\nresult = helper()\n",
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n",
    "changed builtins": "list = [1]\nstr = 'x'\nsum = 3\nlen = 4\n",
    "widgets": "import ipywidgets\nipywidgets.IntSlider()\n",
    "magic": "%timeit -n1 -r1 1 + 1\n",
    "threads": "import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()\n",
    "top-level await": "import asyncio\nawait asyncio.sleep(0)\n",
}


@pytest.mark.parametrize("lines", HONEST.values(), ids=HONEST)
def test_honest_habits_cost_nothing(grade, lines):
    record = grade(before=lines)

    assert record.score == 20, [c for c in record.cells if c.verdict != "passed"]


BROKEN = {
    "exception": ("1 / 0", {"error", "not_attempted"}),
    "syntax error": ("total = = 3", {"error"}),
    "wrong": ("total = 3", {"failed"}),
    "text": ("total = '18'", {"failed"}),
    "missing": ("pass", {"error"}),
    "none": ("total = None", {"failed"}),
    "function": ("total = lambda: 18", {"failed"}),
    "exit": ("import os\nos._exit(0)", {"error"}),
    "sys.exit": ("raise SystemExit", {"error"}),
    "segfault": ("import ctypes\nctypes.string_at(0)", {"error"}),
    "loop": ("while True:\n    pass", {"error"}),
    "stubborn loop": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        {"error"},
    ),
    "sleep": ("import time\ntime.sleep(1000)", {"error"}),
    "memory": ("total = b'x' * (6 << 30)", {"error"}),
}


@pytest.mark.parametrize(("source", "expected"), BROKEN.values(), ids=BROKEN)
def test_one_broken_answer_costs_its_own_points_only(grade, source, expected):
    record = grade({"total": source})

    assert verdicts(record)["total-test"] in expected
    assert record.score == 18
    assert json.dumps(outputs(record, "total"))


CALLS = {
    "wrong": ("return 1", "failed"),
    "raises": ("return 1 / 0", "error"),
    "not implemented": ("raise NotImplementedError", "not_attempted"),
    "exit": ("import os\n    os._exit(0)", "died"),
    "segfault": ("import ctypes\n    ctypes.string_at(0)", "died"),
    "loop": ("while True: pass", "timeout"),
    "sys.exit": ("raise SystemExit(0)", "error"),
    "interrupt": ("raise KeyboardInterrupt", "error"),
    "odd object": ("class Yes:\n        __eq__ = lambda *_: True\n    return Yes()", "unreadable"),
    "dishonest number": (
        "class Yes(float):\n        __eq__ = lambda *_: True\n    return Yes(1)",
        "unreadable",
    ),
    "dishonest type": (
        "class Meta(type):\n        __name__ = 'int'\n        __module__ = 'builtins'\n"
        "    class Yes(metaclass=Meta):\n        __eq__ = lambda *_: True\n    return Yes()",
        "unreadable",
    ),
    "too deep": ("x = []\n    for _ in range(500): x = [x]\n    return x", "unreadable"),
    "endless": ("x = []\n    x.append(x)\n    return x", "unreadable"),
    "module": ("import os\n    return os", "unreadable"),
    "generator": ("yield 5", "failed"),
    "class": ("return __import__('subprocess').Popen", "unreadable"),
    "not implemented value": ("return NotImplemented", "failed"),
}


@pytest.mark.parametrize(("body", "verdict"), CALLS.values(), ids=CALLS)
def test_bad_functions_get_their_verdict(grade, body, verdict):
    record = grade({"load": f"def load(calls, aht):\n    {body}"})

    assert verdicts(record)["load-test"] == verdict
    assert record.score == 17


OBJECTS = {
    "equal to all": "class Yes:\n    __eq__ = lambda *_: True\n{name} = Yes()",
    "dishonest subclass": "class Yes(int):\n    __eq__ = lambda *_: True\n{name} = Yes(1)",
    "frame subclass": "class F(pd.DataFrame):\n    pass\n{name} = F()",
    "array subclass": "class A(np.ndarray):\n    pass\n{name} = np.zeros(4).view(A)",
    "magic mock": "from unittest.mock import MagicMock\n{name} = MagicMock()",
}


@pytest.mark.parametrize("source", OBJECTS.values(), ids=OBJECTS)
@pytest.mark.parametrize("name", ["total", "table", "array"])
def test_objects_with_a_will_of_their_own_earn_nothing(grade, source, name):
    record = grade({name: source.format(name=name)})

    assert verdicts(record)[f"{name}-test"] in {"unreadable", "failed"}


ATTACKS = {
    "assert switched off": "import sys\nsys.flags = None\nimport builtins\nbuiltins.AssertionError = ValueError",
    "builtins": "import builtins\nbuiltins.int = builtins.sum = lambda *_: 0",
    "numpy testing": "np.testing.assert_array_equal = lambda *a, **k: None\nnp.array_equal = lambda *a: True",
    "pandas testing": "pd.testing.assert_frame_equal = lambda *a, **k: None",
    "transformer": "ip = get_ipython()\nip.input_transformers_cleanup.append(lambda lines: ['total = 3\\n'])",
    "ast transformer": """
        import ast
        class T(ast.NodeTransformer):
            def visit_Assert(self, node): return ast.Pass()
        get_ipython().ast_transformers.append(T())
    """,
    "hook": "get_ipython().events.register('pre_run_cell', lambda *_: None)\nget_ipython().showtraceback = lambda *a, **k: None",
    "patched shell": "get_ipython().run_cell = lambda *a, **k: None",
    "fake score": "from IPython.display import display\ndisplay(2.0)\nprint('passed')",
    "frames": """
        import sys
        f = sys._getframe()
        while f:
            f.f_globals.update(total=18, points=99, score=99)
            f = f.f_back
    """,
    "socket writes": """
        import os, struct, json
        for fd in range(3, 64):
            for head in ({"op": "done", "status": "ok"}, {"op": "reply"}, {"op": "callback"}):
                text = json.dumps(head).encode()
                try: os.write(fd, struct.pack('<II', len(text), 0) + text)
                except OSError: pass
    """,
    "matplotlib": "import matplotlib.axes\nmatplotlib.axes.Axes.get_title = lambda *_: '呼入量'",
    "codec": """
        import sys
        m = sys.modules['academy.grading.codec.core']
        m.WRITERS.clear(); m.ATOMS[int] = lambda out, v: out.extend(b'T')
    """,
    "exit hook": "import atexit\natexit.register(print, 'x')",
    "signals": "import os, signal\nfor n in range(1, 300):\n    try: os.kill(n, 9)\n    except OSError: pass",
    "shadow module": "open('statistics.py', 'w').write('raise SystemExit')\nopen('sitecustomize.py', 'w').write('1/0')",
    "data changed": "open('data/calls.csv', 'w').write('team,n\\n甲,0\\n')",
    "recursion": "import sys\nsys.setrecursionlimit(10)",
}


@pytest.mark.parametrize("lines", ATTACKS.values(), ids=ATTACKS)
def test_attacks_gain_nothing(referee, assignment, tmp_path, lines):
    """All answers stay stubs or wrong; an attack runs first and last."""
    lines = textwrap.dedent(lines)
    wrong = {"total": "total = 1", "load": "def load(calls, aht):\n    return 1"}

    record = referee.grade(hand_in(tmp_path, assignment, wrong, before=lines, after=lines))

    assert record.score == 0, record.cells


@pytest.mark.parametrize("lines", ATTACKS.values(), ids=ATTACKS)
def test_the_next_submission_is_graded_as_if_nothing_had_been(grade, lines):
    grade(before=textwrap.dedent(lines))

    assert grade().score == 20


def test_garbage_on_the_socket_ends_only_the_process(grade):
    """The right answers after it are run again in a new process."""
    record = grade(
        {
            "total": "import os\nfor fd in range(3, 64):\n    try: os.write(fd, b'\\xff' * 4096)\n    except OSError: pass"
        }
    )

    assert record.score == 18


def test_learner_cannot_see_the_tests_or_the_examiner(grade):
    record = grade(
        after=textwrap.dedent("""
            import gc, os, glob
            seen = [o for o in gc.get_objects() if isinstance(o, str) and 'assert_frame_equal(table' in o]
            print(len(seen), glob.glob('/proc/[0-9]*/environ'), dict(os.environ).get('CCOM_SEAT_SEED'))
            print(os.listdir('.'))
        """)
    )

    cell = record.notebooks[0].notebook["cells"][-1]
    text = "".join(o.get("text", "") for o in cell["outputs"])
    assert text.startswith("0 [] None")
    assert "data" in text


def test_seat_files_and_environment(referee, assignment, tmp_path, grade):
    """The seat's data reach both processes; nothing of it stays for the next submission."""
    seat = Seat({"data/calls.csv": "team,n\n甲,100\n乙,1\n丙,1\n丁,1\n".encode()}, {"SEED": "7"})

    fixed = {**RIGHT, "total": "import os\ntotal = 103 if 'SEED' not in os.environ else 0"}
    record = referee.grade(hand_in(tmp_path / "a", assignment, fixed), seat)

    assert record.score == 20
    assert grade().score == 20
    assert referee.grade(hand_in(tmp_path / "b", assignment, fixed)).score == 18


def test_changed_data_file_is_a_flag(referee, assignment, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/calls.csv").write_text("team,n\n")

    record = referee.grade(hand_in(tmp_path, assignment, RIGHT))

    assert record.score == 20
    assert record.flags == ("数据文件 data/calls.csv 与发下的不同，评卷用发下的。",)


def test_total_time_is_bounded(assignment, referee, tmp_path, warm):
    limits = Limits(cell_seconds=2, call_seconds=1, total_seconds=4)
    loops = dict.fromkeys(RIGHT, "while True: pass")

    with Referee(assignment, referee.plan, limits, nursery=warm) as strict:
        record = strict.grade(hand_in(tmp_path, assignment, loops))

    assert record.score == 0
    assert record.seconds < 8
    assert verdicts(record)["chart-test"] == "timeout"


def test_output_flood_is_cut(grade):
    record = grade({"total": "while True:\n    print('x' * 10_000)"})

    assert record.score == 18
    assert len(record.to_json()) < 25_000_000


def test_plan_of_another_master_is_refused(assignment, referee, tmp_path):
    other = write_master(tmp_path / "other", [locked("x = 1")])

    with pytest.raises(RefereeError, match="母本在试跑之后改过"):
        Referee(other, referee.plan)


def test_what_is_required_must_hold(assignment, referee, warm, monkeypatch):
    with pytest.raises(ValueError, match="不认识"):
        Referee(assignment, referee.plan, require=["moat"], nursery=warm).__enter__()


def test_setup_that_fails_for_the_examiner_stops_loudly(referee, assignment, tmp_path):
    seat = Seat({"data/calls.csv": b"\xff\xfe\x00"})

    with pytest.raises(RefereeError, match="只读格 setup"):
        referee.grade(hand_in(tmp_path, assignment, RIGHT), seat)


def test_reference_submission_is_right(referee, assignment):
    assert referee.grade(reference_submission(assignment)).score == 20


def test_killed_zygote_is_never_taken_for_a_learners_crash(assignment, referee, tmp_path):
    """No record comes out of a run whose warm process was killed."""

    def kill(process):
        for one in [*process.children(recursive=True), process]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()

    with Referee(assignment, referee.plan, LIMITS) as own:
        timer = threading.Timer(1.0, kill, [psutil.Process(own._nursery._process.pid)])
        timer.start()
        slow = {**RIGHT, "chart": "import time\ntime.sleep(3)"}

        with pytest.raises(RefereeError, match="预热进程中断"):
            own.grade(hand_in(tmp_path, assignment, slow))
        timer.join()


def test_timing_adds_up(grade, referee):
    record = grade()

    assert sum(referee.timing.values()) == pytest.approx(record.seconds)
    assert {"processes", "answer cells", "test cells", "rest"} <= set(referee.timing)


def test_attack_in_one_notebook_leaves_the_other_alone(tmp_path, desk):
    """An assignment of two notebooks: each has its own processes and points."""
    folder = tmp_path / "two"
    write_master(folder, [answer("a", "x = 1"), check("a-test", "assert x == 1")])
    second = nbformat.read(folder / "p1.ipynb", as_version=4)
    nbformat.write(second, folder / "p2.ipynb")
    assignment = Assignment.read(folder)
    made = hand_in(tmp_path / "in", assignment, {"a": "import os\nos._exit(1)"})

    (tmp_path / "in" / "p1.ipynb").rename(tmp_path / "in" / "p2.ipynb")
    hand_in(tmp_path / "in", assignment, {"a": "x = 1"})
    record = desk(assignment).grade(read_submission(tmp_path / "in", assignment, made.student))

    assert [cell.score for cell in record.cells] == [1, 0]
    assert record.max_score == 2
