"""虚拟联络中心：「海棠家电服务热线」这半年发生了什么？

一家虚构的家电服务热线，四个队列（咨询、报修、订单、投诉）、12 个班组、240 个席位。
所有表由一个种子生成，彼此对得上：来电、接听、员工、班表、质检、满意度、投诉、培训、绩效
说的是同一家中心的同一批人。

>>> hub = open_centre(seed=2025)
>>> hub.calls_interval.shape
(34560, 12)
"""

from __future__ import annotations

import functools
import operator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from .performance import score_rules
from .quality import qa_form
from .reveal import reveal
from .shifts import shift_types
from .tables import BUILDERS, TABLES
from .truth import QUEUES, Truth
from .world import World

__all__ = [
    "NAME",
    "QUEUES",
    "TABLES",
    "Centre",
    "Truth",
    "open_centre",
    "qa_form",
    "score_rules",
    "shift_types",
]

NAME = "海棠家电服务热线"


@dataclass(frozen=True, eq=False)
class Centre:
    """一家打开的联络中心。由 ``open_centre`` 得到，不直接构造。

    每张表是一个属性（``hub.calls_interval``），也可以 ``hub.table("calls_interval")``；
    每次得到的都是新的一份，改坏了再取一次即可。
    """

    seed: int
    world: World

    def table(self, name: str) -> pd.DataFrame:
        """取一张表。

        Parameters
        ----------
        name : 表名，见 ``hub.tables()``。

        Raises
        ------
        ValueError
            没有这张表；消息列出有哪些表。

        Examples
        --------
        >>> open_centre(2025).table("roster").shape
        (6720, 9)
        """
        if name not in BUILDERS:
            raise ValueError(f"没有数据表 {name!r}；有：{'、'.join(TABLES)}。请改成其中一个。")
        if name not in self._made:
            self._made[name] = BUILDERS[name](self.world)
        return self._made[name].copy()

    def tables(self) -> pd.DataFrame:
        """有哪些表，一行一张。

        Returns
        -------
        DataFrame
            列：表名、内容、一行是什么。
        """
        rows = [(name, title, grain) for name, (title, grain) in TABLES.items()]
        return pd.DataFrame(rows, columns=["表名", "内容", "一行是什么"])

    @property
    def calls_interval(self) -> pd.DataFrame:
        """时段话务：2025-01-01 至 06-29，每半小时每队列一行；没有接起时平均处理时长填计划值。"""
        return self.table("calls_interval")

    @property
    def calls_interval_next(self) -> pd.DataFrame:
        """之后四周的时段话务：2025-06-30 至 07-27，用来检验预测。"""
        return self.table("calls_interval_next")

    @property
    def calls_daily(self) -> pd.DataFrame:
        """日话务：2023-07-01 至 2025-06-29，每天每队列一行。"""
        return self.table("calls_daily")

    @property
    def calls_export(self) -> pd.DataFrame:
        """平台导出的原始表：咨询队列最近 8 周，各格都是文字，先清洗再用。"""
        return self.table("calls_export")

    @property
    def calls_sample(self) -> pd.DataFrame:
        """单通话抽样：60,000 通；放弃的电话没有工号与原因。"""
        return self.table("calls_sample")

    @property
    def agents(self) -> pd.DataFrame:
        """员工花名册：离职日期为空的是在册员工（240 人）。"""
        return self.table("agents")

    @property
    def agent_day(self) -> pd.DataFrame:
        """员工日报：登录秒 = 通话秒 + 话后秒 + 空闲秒 + 小休秒 + 培训秒。"""
        return self.table("agent_day")

    @property
    def roster(self) -> pd.DataFrame:
        """未来四周班表：休息日的班次为“休”；周末列只在周末上班的那天为真。"""
        return self.table("roster")

    @property
    def qa_scores(self) -> pd.DataFrame:
        """质检评分：一半随机抽、一半从有满意度回复的通话抽；有致命项的总分为 0，权重见 ``qa_form()``。"""
        return self.table("qa_scores")

    @property
    def qa_calibration(self) -> pd.DataFrame:
        """质检校准：20 通录音，6 位质检员各评一遍；标杆分是专家组的分。"""
        return self.table("qa_calibration")

    @property
    def process_nodes(self) -> pd.DataFrame:
        """服务流程：报修电话生成的维修单走过 8 个节点，每个节点的进出时间、处理人与缺陷。"""
        return self.table("process_nodes")

    @property
    def survey(self) -> pd.DataFrame:
        """满意度调查：一行一份邀请；没有回复的，满意度与推荐分为空。"""
        return self.table("survey")

    @property
    def complaints(self) -> pd.DataFrame:
        """投诉工单：到 6 月 29 日没有办结的，办结时间为空；登记栏有缺的为空字。"""
        return self.table("complaints")

    @property
    def complaints_daily(self) -> pd.DataFrame:
        """日投诉量：每天的投诉件数与来电量。"""
        return self.table("complaints_daily")

    @property
    def complaint_lines(self) -> pd.DataFrame:
        """投诉对话：客服的 120 句话，72 句属于六步骤，48 句是同理心句子。"""
        return self.table("complaint_lines")

    @property
    def training(self) -> pd.DataFrame:
        """培训记录：前测、后测各 20 题，一题 5 分；讲师与课件的搭配不均衡。"""
        return self.table("training")

    @property
    def training_items(self) -> pd.DataFrame:
        """培训后测逐题：1 对 0 错，行与 ``training`` 一致。"""
        return self.table("training_items")

    @property
    def training_pilot(self) -> pd.DataFrame:
        """试点培训：试点与对照各两个班组，训前训后各四周的抽查得分。"""
        return self.table("training_pilot")

    @property
    def perf_month(self) -> pd.DataFrame:
        """月度绩效：当月上班满 10 天的人；总分按 ``score_rules()`` 由各项指标算出。"""
        return self.table("perf_month")

    @property
    def strategy_month(self) -> pd.DataFrame:
        """战略指标：班组 × 月的满意度、一次解决率、客户留存率等。"""
        return self.table("strategy_month")

    @property
    def skill_tests(self) -> pd.DataFrame:
        """技能测验：在册 240 人六项得分与工作意愿。"""
        return self.table("skill_tests")

    @property
    def skill_matrix(self) -> pd.DataFrame:
        """胜任力矩阵：每人每项能力的要求等级与现状等级（1–5 级）。"""
        return self.table("skill_matrix")

    @property
    def courses(self) -> pd.DataFrame:
        """课程目录：40 门课的天数与先修；几门先修之间用顿号。"""
        return self.table("courses")

    @property
    def knowledge_cards(self) -> pd.DataFrame:
        """知识卡片：失效日期早于 2025-06-30 的已经过期。"""
        return self.table("knowledge_cards")

    @property
    def headcount(self) -> pd.DataFrame:
        """人数变动：2024-07-01 以后的入职与离职与花名册一致。"""
        return self.table("headcount")

    @property
    def live_day(self) -> pd.DataFrame:
        """故障当天：时段话务里系统故障那一天，加上事先的预测量与计划人数。"""
        return self.table("live_day")

    @property
    def state_log(self) -> pd.DataFrame:
        """坐席状态日志：故障当天 60 人，各状态合计与员工日报一致。"""
        return self.table("state_log")

    @property
    def state_plan(self) -> pd.DataFrame:
        """坐席当天计划：与 ``state_log`` 同样的 60 人。"""
        return self.table("state_plan")

    @cached_property
    def truth(self) -> Truth:
        """埋下的真相：只给讲师与测试用。"""
        return reveal(self.world)

    @cached_property
    def _made(self) -> dict[str, pd.DataFrame]:
        return {}

    def __str__(self) -> str:
        return f"「{NAME}」（虚构），种子 {self.seed}：{len(TABLES)} 张表，180 天，240 人在册。"

    def __repr__(self) -> str:
        return f"open_centre(seed={self.seed})"


def open_centre(seed: int = 2025) -> Centre:
    """打开一家虚构的联络中心；同一种子永远得到同样的数据。

    Parameters
    ----------
    seed : 任意 64 位整数；课程用 2025，试卷用座位号。

    Raises
    ------
    ValueError
        种子不是 64 位整数。

    Examples
    --------
    >>> print(open_centre(seed=2025))
    「海棠家电服务热线」（虚构），种子 2025：28 张表，180 天，240 人在册。
    """
    try:
        number = operator.index(seed)
    except TypeError:
        raise ValueError(f"种子是 {seed!r}，不是整数：请给一个整数，例如 2025。") from None
    if isinstance(seed, bool | np.bool_) or not -(2**63) <= number < 2**64:
        raise ValueError(f"种子是 {seed!r}，不是 64 位整数：请给一个整数，例如 2025。")
    return _open(number)


@functools.lru_cache(maxsize=4)
def _open(seed: int) -> Centre:
    return Centre(seed, World(seed % 2**64))
