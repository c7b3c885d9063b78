"""数据表：有哪些表，各由哪个函数造出来？"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import pandas as pd

from . import (
    arrivals,
    calls,
    competence,
    complaints,
    courses,
    dialogue,
    headcount,
    knowledge,
    live,
    performance,
    process,
    quality,
    roster,
    states,
    survey,
    training,
)
from .world import World

__all__ = ["BUILDERS", "TABLES"]

TABLES = MappingProxyType(
    {
        "calls_interval": ("时段话务", "队列 × 半小时，180 天（2025-01-01 至 06-29）"),
        "calls_interval_next": (
            "之后四周的时段话务",
            "队列 × 半小时，28 天（2025-06-30 至 07-27）",
        ),
        "calls_daily": ("日话务", "队列 × 天，24 个月（2023-07-01 至 2025-06-29）"),
        "calls_export": ("平台导出的原始表", "咨询队列 × 半小时，8 周，文字，有瑕疵"),
        "calls_sample": ("单通话抽样", "一通电话，60,000 通"),
        "agents": ("员工花名册", "一位员工；在册 240 人，另含 2024-07-01 以来离职的人"),
        "agent_day": ("员工日报", "员工 × 上班日，180 天"),
        "roster": ("未来四周班表", "在册员工 × 天，28 天（2025-06-30 至 07-27）"),
        "qa_scores": ("质检评分", "一次评分，3,000 次；15 个条目"),
        "qa_calibration": ("质检校准", "录音 × 质检员，20 通 × 6 人"),
        "process_nodes": ("服务流程", "维修单 × 节点，2,500 单 × 8 个节点"),
        "survey": ("满意度调查", "一份邀请，约 20,000 份；回复约 6,000 份"),
        "complaints": ("投诉工单", "一件投诉，2,400 件，180 天"),
        "complaints_daily": ("日投诉量", "一天，180 天"),
        "complaint_lines": ("投诉对话", "客服的一句话，120 句"),
        "training": ("培训记录", "学员 × 课程，1,500 人次"),
        "training_items": ("培训后测逐题", "学员 × 课程，1,500 人次 × 20 题"),
        "training_pilot": ("试点培训", "员工 × 周，四个班组，训前训后各四周"),
        "perf_month": ("月度绩效", "员工 × 月，2024-07 至 2025-06"),
        "strategy_month": ("战略指标", "班组 × 月，2024-07 至 2025-06"),
        "skill_tests": ("技能测验", "在册员工，240 人 × 6 项"),
        "skill_matrix": ("胜任力矩阵", "在册员工 × 能力，240 人 × 18 项"),
        "courses": ("课程目录", "一门课，40 门，含先修"),
        "knowledge_cards": ("知识卡片", "一张卡片，300 张"),
        "headcount": ("人数变动", "班组 × 月，24 个月（2023-07 至 2025-06）"),
        "live_day": ("故障当天", "队列 × 半小时，一天，含事先的预测与计划"),
        "state_log": ("坐席状态日志", "一段状态，故障当天 60 人"),
        "state_plan": ("坐席当天计划", "一段计划，故障当天 60 人"),
    }
)

BUILDERS: dict[str, Callable[[World], pd.DataFrame]] = {
    "calls_interval": lambda world: arrivals.interval_table(world.intervals),
    "calls_interval_next": lambda world: arrivals.interval_table(world.intervals_next),
    "calls_daily": arrivals.calls_daily,
    "calls_export": lambda world: world.exported[0],
    "calls_sample": calls.calls_sample,
    "agents": lambda world: world.agents,
    "agent_day": lambda world: world.agent_day,
    "roster": roster.roster,
    "qa_scores": quality.qa_scores,
    "qa_calibration": quality.qa_calibration,
    "process_nodes": process.process_nodes,
    "survey": survey.survey,
    "complaints": lambda world: world.complaints,
    "complaints_daily": complaints.complaints_daily,
    "complaint_lines": dialogue.complaint_lines,
    "training": training.training,
    "training_items": training.training_items,
    "training_pilot": training.training_pilot,
    "perf_month": lambda world: world.perf_month,
    "strategy_month": performance.strategy_month,
    "skill_tests": competence.skill_tests,
    "skill_matrix": competence.skill_matrix,
    "courses": courses.courses,
    "knowledge_cards": knowledge.knowledge_cards,
    "headcount": headcount.headcount,
    "live_day": live.live_day,
    "state_log": states.state_log,
    "state_plan": states.state_plan,
}
