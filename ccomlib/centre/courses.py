"""课程：四十门课谁先谁后，最短几天能学完？"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .columns import number, whole, words
from .registry import part, table, truth
from .text import labels, numbered

__all__ = ["CATALOGUE", "CoursesTruth", "course_map", "courses", "courses_truth"]

# 阶段、课程、对应的能力；每阶段五门，后面阶段的课要先学前面的
CATALOGUE = (
    ("岗前", "企业与产品概览", "服务意识"),
    ("岗前", "服务礼仪", "服务意识"),
    ("岗前", "信息安全", "投诉法规"),
    ("岗前", "话务平台入门", "系统操作"),
    ("岗前", "打字与记录", "打字记录"),
    ("岗前", "空调基础", "空调知识"),
    ("岗前", "冰箱与洗衣机基础", "冰箱洗衣机知识"),
    ("岗前", "热水器基础", "热水器知识"),
    ("岗前", "收费与保修政策", "收费与保修政策"),
    ("岗前", "订单与物流规则", "订单与物流规则"),
    ("实习", "倾听与提问", "倾听提问"),
    ("实习", "知识库检索", "知识检索"),
    ("实习", "系统操作与记录", "系统操作"),
    ("实习", "标准话术演练", "倾听提问"),
    ("实习", "双听与跟线", "故障判断"),
    ("实习", "空调故障诊断", "空调知识"),
    ("实习", "冰箱与洗衣机故障诊断", "冰箱洗衣机知识"),
    ("实习", "热水器故障诊断", "热水器知识"),
    ("实习", "派单与预约", "系统操作"),
    ("实习", "同理心表达", "同理心表达"),
    ("上岗", "投诉处理六步骤", "投诉化解"),
    ("上岗", "情绪管理", "情绪管理"),
    ("上岗", "时间管理", "时间管理"),
    ("上岗", "疑难故障判断", "故障判断"),
    ("上岗", "延保推荐", "服务意识"),
    ("上岗", "投诉法规与红线", "投诉法规"),
    ("上岗", "重复投诉治理", "投诉化解"),
    ("上岗", "多技能转岗", "学习意愿"),
    ("上岗", "旺季应急演练", "团队协作"),
    ("上岗", "新品上市培训", "空调知识"),
    ("提升", "质检与校准", "倾听提问"),
    ("提升", "辅导技巧", "团队协作"),
    ("提升", "数据分析入门", "学习意愿"),
    ("提升", "现场管理", "时间管理"),
    ("提升", "升级投诉谈判", "投诉化解"),
    ("提升", "班组长领导力", "团队协作"),
    ("提升", "排班基础", "时间管理"),
    ("提升", "内训师培养", "学习意愿"),
    ("提升", "流程改善项目", "故障判断"),
    ("提升", "管理综合演练", "团队协作"),
)
WIDTH = 5
LEVELS = len(CATALOGUE) // WIDTH


@dataclass(frozen=True, eq=False)
class CoursesTruth:
    """课程图的真相。"""

    critical_path: tuple[str, ...]
    """最长的一条先修链（课程编号，由先到后），只有一条。"""
    critical_days: float
    """这条链的天数之和：同时开课也不能再短。"""


@dataclass(frozen=True, eq=False)
class CourseMap:
    """各课程的天数与先修（``needs[i, j]`` 为真：学 i 之前要先学 j）。"""

    half_days: np.ndarray
    needs: np.ndarray
    path: np.ndarray


@part("课程图", stream="courses")
def course_map(rng: np.random.Generator) -> CourseMap:
    """画出课程图：先修只取自前面的层，所以没有环；最长的链唯一。"""
    count = len(CATALOGUE)
    level = np.arange(count) // WIDTH
    half = rng.integers(1, 7, count)
    # 一条主线每层一门、天数给足，别的链都短过它
    spine = np.arange(LEVELS) * WIDTH + rng.integers(0, WIDTH, LEVELS)
    half[spine] = rng.integers(7, 10, LEVELS)
    needs = np.zeros((count, count), dtype=bool)
    for i in range(WIDTH, count):
        before = np.flatnonzero(level == level[i] - 1)
        needs[i, rng.choice(before, int(rng.integers(1, 3)), replace=False)] = True
        if level[i] > 1 and rng.random() < 0.3:
            needs[i, rng.choice(np.flatnonzero(level < level[i] - 1))] = True
    needs[spine[1:], spine[:-1]] = True
    return CourseMap(half, needs, spine)


@truth("课程图的关键路径（courses）")
def courses_truth(course_map: CourseMap) -> CoursesTruth:
    """课程图里最长的那条链。"""
    layout, code = course_map, numbered("课", len(CATALOGUE), 2)
    return CoursesTruth(tuple(code[layout.path]), float(layout.half_days[layout.path].sum() / 2))


@table(
    "课程目录",
    "一门课，40 门，含先修",
    key=("课程编号",),
    stream="courses.text",
    columns=(
        words("课程编号", "课01 至 课40"),
        words("课程", "课名"),
        words("阶段", "岗前、实习、上岗、提升"),
        words("能力", "学了长哪项能力，见 skill_matrix"),
        number("天数", "要学几天", "天"),
        whole("学时", "= 天数 × 6", "学时"),
        words("先修", "要先学的课程编号，几门之间用顿号；没有的是空字"),
        whole("预计提升", "学完指标预计提高多少", "分"),
    ),
)
def courses(course_map: CourseMap, rng: np.random.Generator) -> pd.DataFrame:
    """40 门课：阶段、能力、天数、先修课程的编号（几门之间用顿号）。"""
    layout = course_map
    code = numbered("课", len(CATALOGUE), 2)
    stage, name, skill = zip(*CATALOGUE, strict=True)
    before = ["、".join(code[row]) for row in layout.needs]
    gain = rng.integers(1, 10, len(CATALOGUE))
    return pd.DataFrame(
        {
            "课程编号": pd.array(code, dtype="str"),
            "课程": pd.array(name, dtype="str"),
            "阶段": pd.array(stage, dtype="str"),
            "能力": pd.array(skill, dtype="str"),
            "天数": layout.half_days / 2,
            "学时": layout.half_days * 3,
            "先修": labels(before, np.arange(len(before))),
            "预计提升": gain,
        }
    )
