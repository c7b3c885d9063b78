"""底稿：各表共用的数组，由哪个种子、按什么次序算出来？"""

from __future__ import annotations

import zlib
from functools import cached_property

import numpy as np
import pandas as pd

from . import (
    arrivals,
    calls,
    competence,
    complaints,
    courses,
    days,
    dialogue,
    export,
    field,
    knowledge,
    people,
    performance,
    process,
    quality,
    roster,
    states,
    survey,
    training,
)
from .calendar import days as calendar_days
from .truth import Planted, plant

__all__ = ["World"]


class World:
    """一家中心的底稿：各表共用的数组，用到才算，算好就留着。"""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def rng(self, name: str) -> np.random.Generator:
        """名为 ``name`` 的随机流；各流互不影响，增加新表不改旧表。"""
        key = zlib.crc32(name.encode())
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(1, key)))

    @cached_property
    def planted(self) -> Planted:
        """埋下的规律。"""
        return plant(self.seed)

    @cached_property
    def intervals(self) -> arrivals.Intervals:
        """180 天的时段数组。"""
        period = calendar_days(arrivals.START, arrivals.END)
        return arrivals.simulate(period, self.planted, self.rng("calls_interval"))

    @cached_property
    def intervals_next(self) -> arrivals.Intervals:
        """之后 28 天的时段数组。"""
        period = calendar_days(arrivals.NEXT_START, arrivals.NEXT_END)
        return arrivals.simulate(period, self.planted, self.rng("calls_interval_next"))

    @cached_property
    def staff(self) -> people.Staff:
        """先后在 240 个席位上的人。"""
        return people.hire(self.planted, self.rng("staff"))

    @cached_property
    def agents(self) -> pd.DataFrame:
        """员工花名册。"""
        return people.agents_table(self.staff, self.rng("agents"))

    @cached_property
    def duty(self) -> days.Duty:
        """180 天谁上了班、接了多少。"""
        return days.on_duty(self.staff, self.intervals, self.rng("duty"))

    @cached_property
    def agent_day(self) -> pd.DataFrame:
        """员工日报，行与 ``duty`` 一致。"""
        return days.agent_day(self)

    @cached_property
    def calls(self) -> calls.Calls:
        """抽出的 60,000 通电话。"""
        return calls.draw(self)

    @cached_property
    def plan(self) -> roster.Plan:
        """未来 28 天的班表。"""
        return roster.make_plan(self)

    @cached_property
    def exported(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """导出表与它的瑕疵。"""
        return export.export(self)

    @cached_property
    def call_mood(self) -> tuple[np.ndarray, np.ndarray]:
        """每通电话的表现，质检与满意度共用。"""
        return quality.call_mood(self)

    @cached_property
    def quality_truth(self) -> quality.QualityTruth:
        """质检的真相。"""
        return quality.plant(self)

    @cached_property
    def survey(self) -> survey.Survey:
        """满意度调查的数组。"""
        return survey.ask(self)

    @cached_property
    def root_cause(self) -> field.RootCause:
        """投诉变多的根源。"""
        return field.plant_root_cause(self.rng("root_cause"))

    @cached_property
    def process_truth(self) -> process.ProcessTruth:
        """服务流程的真相。"""
        return process.plant(self)

    @cached_property
    def complaints_truth(self) -> complaints.ComplaintsTruth:
        """投诉的真相。"""
        return complaints.plant(self)

    @cached_property
    def complaints(self) -> pd.DataFrame:
        """投诉工单。"""
        return complaints.complaints(self)

    @cached_property
    def lines(self) -> tuple[pd.DataFrame, dialogue.DialogueTruth]:
        """投诉对话的句子与答案。"""
        return dialogue.make_lines(self)

    @cached_property
    def training_truth(self) -> training.TrainingTruth:
        """培训的真相。"""
        return training.plant(self)

    @cached_property
    def classes(self) -> training.Classes:
        """开过的班。"""
        return training.run_classes(self)

    @cached_property
    def perf_month(self) -> pd.DataFrame:
        """员工月度绩效。"""
        return performance.perf_month(self)

    @cached_property
    def competence_truth(self) -> competence.CompetenceTruth:
        """能力数据的真相。"""
        return competence.plant(self)

    @cached_property
    def layout(self) -> courses.Layout:
        """课程图。"""
        return courses.lay_out(self)

    @cached_property
    def cards(self) -> tuple[pd.DataFrame, knowledge.KnowledgeTruth]:
        """知识卡片与它的毛病。"""
        return knowledge.make_cards(self)

    @cached_property
    def states(self) -> tuple[states.Chosen, states.Timeline]:
        """故障那天 60 人的状态。"""
        return states.follow(self)
