"""揭开底牌：把各表埋下的真相收在一起。"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import courses, people, performance, roster, survey
from .truth import Planted, Truth

if TYPE_CHECKING:
    from .world import World

__all__ = ["reveal"]


def reveal(world: World) -> Truth:
    """一家中心的全部真相；只给讲师与测试用。"""
    planted, staff, plan = world.planted, world.staff, world.plan
    number = staff.number[staff.current]
    day, seat, gap = roster.short_rests(plan)
    rests = pd.DataFrame(
        {
            "工号": pd.array(number[seat], dtype="str"),
            "日期": plan.date.astype("datetime64[us]")[day],
            "间隔小时": gap,
        }
    )
    stayed = (staff.left - staff.hired) / np.timedelta64(1, "D")
    return Truth(
        **{field.name: getattr(planted, field.name) for field in fields(Planted)},
        export_flaws=world.exported[1],
        seven_day_agents=tuple(sorted(number[plan.seven].tolist())),
        short_rests=rests.sort_values(["工号", "日期"], ignore_index=True),
        request_rate=float((plan.shift < 0)[plan.asked].mean()),
        early_leavers=tuple(staff.number[stayed < people.EARLY].tolist()),
        quality=world.quality_truth,
        process=world.process_truth,
        survey=survey.plant(world),
        complaints=world.complaints_truth,
        dialogue=world.lines[1],
        training=world.training_truth,
        performance=performance.plant(),
        competence=world.competence_truth,
        courses=courses.plant(world),
        knowledge=world.cards[1],
    )
