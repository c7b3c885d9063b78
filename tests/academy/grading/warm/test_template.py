"""Leading cells run once, in a process that forks behind them; nobody can tell from the result."""

import itertools

import psutil
import pytest

from academy.grading.cage import available
from academy.grading.errors import RefereeError
from academy.grading.plan.dry_run import dry_run
from academy.grading.referee.grader import Grader
from academy.grading.wire.channel import send_order
from tests.academy.grading.conftest import LIMITS
from tests.academy.grading.homework import RIGHT
from tests.academy.grading.small import (
    BELOW_TMP,
    answer,
    check,
    hand_in,
    locked,
    outputs,
    write_master,
)

SETUP = """import random
from pathlib import Path
import numpy as np
here = Path.cwd()
table = (here / "t.csv").read_text()
drawn = random.random(), np.random.rand()
print(here, drawn)"""
ANSWER = "x = ((here / 't.csv').read_text(), drawn, random.random(), np.random.rand())\nprint(x)"
TEST = "assert x[0] == table and x[1] == drawn and Path('t.csv').resolve() == here / 't.csv'"


class Unplanted(Grader):
    """Runs the leading cells anew for each submission."""

    def _plant(self, master):
        return {}


@pytest.fixture
def both(tmp_path, warm):
    """both(第一格)：同一份答卷，先后由两种裁判各评两遍。"""

    number = itertools.count()

    def grade(setup, answered=ANSWER, test=TEST):
        cells = [locked(setup), answer("a", answered), check("a-test", test)]
        assignment = write_master(tmp_path / f"hw-{next(number)}", cells, {"t.csv": b"1"})
        plan = dry_run(assignment, LIMITS, nursery=warm)
        made = hand_in(tmp_path / "in", assignment, {"a": answered})
        found = []
        for kind in (Grader, Unplanted):
            with kind(assignment, plan, LIMITS, nursery=warm) as grader:
                records = [grader.grade(made) for _ in range(2)]
                [roles] = grader._templates.values()
                planted = bool(roles) and all(one.fine for one in roles.values())
            found.append((planted, *records))
        return found

    return grade


def test_the_result_is_the_same_with_and_without(both):
    (planted, *one), (unplanted, *other) = both(SETUP)

    records = [*one, *other]
    assert {record.score for record in records} == {1}
    assert len({record.digest for record in records}) == 1
    assert len({str(outputs(record, "a")) for record in records}) == 1
    assert (planted, unplanted) == ("bwrap" in available().mechanisms and not BELOW_TMP, False)


def test_what_an_earlier_notebook_wrote_does_not_keep_the_next_from_it(both):
    both("open('left.csv', 'w').write('1')", "x = 3", "assert x == 3")

    (planted, *_), _ = both(SETUP)

    assert planted == ("bwrap" in available().mechanisms and not BELOW_TMP)


UNMOVABLE = {
    "a thread": "import threading\nevent = threading.Event()\nthreading.Thread(target=event.wait, daemon=True).start()",
    "an open file": "held = open('t.csv')",
    "a written file": "open('new.csv', 'w').write('1')",
    "a variable": "import os\nos.environ['ROLE'] = 'planner'",
    "another folder": "import os\nos.mkdir('in')\nos.chdir('in')",
    "a file elsewhere": "open('/tmp/elsewhere.csv', 'w').write('1')",
    "a process number": "import os\nnumber = os.getpid()",
}


@pytest.mark.parametrize("setup", UNMOVABLE.values(), ids=UNMOVABLE)
def test_what_a_fork_would_not_find_is_run_anew(both, setup):
    (planted, *one), (_, *other) = both(setup, "x = 3", "assert x == 3")

    assert not planted
    assert {record.score for record in (*one, *other)} == {1}


def test_a_killed_template_is_never_taken_for_a_learners_crash(assignment, grader, tmp_path):
    """学员的进程随它一起结束：不是学员的错，这一次不作数。"""
    made = hand_in(tmp_path, assignment, RIGHT)
    with Grader(assignment, grader.plan, LIMITS) as own:
        own.grade(made)
        nursery = own._nursery
        # 没有模板进程的机器上（或它用不上，如程序在 /tmp 下），要停的就是预热进程自己
        used = [number for number, one in nursery._templates.items() if one.fine]
        for number in used or [None]:
            if number is None:
                # 外层的 bwrap 先走，里面的随后才走：等到一个不剩
                first = psutil.Process(nursery._process.pid)
                family = [first, *first.children(recursive=True)]
                for one in family:
                    one.kill()
                nursery._process.wait()
                psutil.wait_procs(family)
            else:
                send_order(nursery._channel.end, "end", number)
        if used:
            # 等它照办了再评
            send_order(nursery._channel.end, "ping", 0)
            nursery._channel.receive()

        with pytest.raises(RefereeError, match="预热进程中断"):
            own.grade(made)
