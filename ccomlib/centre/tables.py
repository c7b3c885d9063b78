"""数据表一览：哪些模块登记了表、底稿与真相？

添一张表：写一个登记过的函数（见 ``registry``）；新模块再加进下面这一行。
别处都不用改：取表、列表、手册、列的核对都从登记处来。
"""

from __future__ import annotations

from . import (
    arrivals,
    attendance,
    calls,
    competence,
    complaints,
    courses,
    days,
    dialogue,
    export,
    field,
    headcount,
    knowledge,
    live,
    people,
    performance,
    pooling,
    process,
    quality,
    replies,
    roster,
    rota,
    staffing,
    states,
    survey,
    timeline,
    traffic,
    training,
    truth,
    upcoming,
)
from .registry import Registry

__all__ = ["REGISTRY"]

# 次序就是 ``hub.tables()`` 与手册里的次序
REGISTRY = Registry.of(
    *(truth, rota, attendance, traffic, timeline, upcoming),
    *(arrivals, export, calls, people, days, roster, staffing, pooling, quality, field, process),
    *(replies, survey, complaints, dialogue, training, performance, competence),
    *(courses, knowledge, headcount, live, states),
)
