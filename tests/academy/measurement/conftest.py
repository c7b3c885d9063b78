"""小卷：想要几小题、哪一种，就有哪一种；不起别的。"""

import pytest

from academy.measurement.forms import Form, FormPart
from academy.measurement.partial import choice_points, share_points
from academy.measurement.study import study
from academy.papers import PlannedPart


def plan(part="q1", **changes):
    usual = {
        "topic": "c1.history",
        "level": "apply",
        "points": 4.0,
        "minutes": 3.0,
        "steps": 3,
        "kind": "data",
        "skill": "data",
    }
    return PlannedPart(part=part, **(usual | changes))


@pytest.fixture(scope="session")
def form():
    """form(count, **changes)：一样的数据题 count 道；options 给了就是选择题；names 给了就照它叫。"""

    def make(count=25, *, name="甲卷", names=None, options=0, things=1, **changes):
        names = names or [f"q{n}" for n in range(1, count + 1)]
        plans = [plan(one, **changes) for one in names]
        points = [
            choice_points(options, one.points) if options else share_points(things, one.points)
            for one in plans
        ]
        return Form(name, tuple(map(FormPart, plans, points)))

    return make


@pytest.fixture(scope="session")
def found(form):
    """两份小卷的一次模拟。"""
    forms = [form(25, name=name, skill="both") for name in ("甲卷", "乙卷")]
    return study(forms, [2] * 25, cut=70, limit=90, size=2000)
