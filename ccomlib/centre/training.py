"""培训：谁上了哪门课，谁讲的、用的哪套课件，学到多少、用上多少？"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from .columns import moment, number, whole, words
from .people import INDUCTION, TEAMS, Staff
from .registry import part, table, truth
from .text import labels
from .truth import Planted

__all__ = [
    "COURSEWARE",
    "SUBJECTS",
    "TRAINERS",
    "Classes",
    "TrainingTruth",
    "classes",
    "training",
    "training_items",
    "training_pilot",
    "training_truth",
]

SUBJECTS = (
    "空调故障诊断",
    "冰箱与洗衣机故障诊断",
    "投诉处理六步骤",
    "同理心表达",
    "系统操作与记录",
    "收费与保修政策",
    "延保推荐",
    "信息安全",
)
TRAINERS = tuple(f"讲师{i}" for i in "甲乙丙丁戊己庚辛")
COURSEWARE = tuple(f"课件{i}" for i in "ABCDEF")
CLASSES, CLASS_SIZE, QUESTIONS = 150, 10, 20
FROM, TO = np.datetime64("2024-08-05"), np.datetime64("2025-05-19")
PILOT_WEEKS = 8
GOOD, BACKWARD, EASY, RANDOM = range(4)
FLAWS = ("", "答案错误", "过于容易", "没有区分")


@dataclass(frozen=True, eq=False)
class TrainingTruth:
    """培训里埋下的真相。"""

    weak_trainer: str
    """教得最差的讲师（学员却给他打最高的满意度）。"""
    weak_courseware: str
    """最差的课件。"""
    trainer_effect: np.ndarray
    """八位讲师对后测的作用（能力尺度；能力每高 0.1，后测约高 2 分）；次序为甲至辛。"""
    courseware_effect: np.ndarray
    """六套课件对后测的作用（能力尺度）；次序为 A 至 F。"""
    interaction_sd: float
    """讲师与课件交互作用的标准差（能力尺度），小到可以忽略。"""
    liked_trainer: str
    """满意度最高的讲师，就是 weak_trainer：满意不等于有效。"""
    bad_items: Mapping[str, Mapping[str, str]]
    """课程 → {题号: 毛病}；毛病有答案错误（鉴别力为负）、过于容易、没有区分。"""
    transfer: float
    """后测每高 10 分，30 天后的岗位指标高多少分。"""
    pilot_teams: tuple[str, str]
    """training_pilot 里的试点班组。"""
    control_teams: tuple[str, str]
    """training_pilot 里的对照班组。"""
    pilot_effect: float
    """试点培训的净作用（双重差分的真值，分）。"""
    pilot_trend: float
    """两组都有的训后自然变化（分）：只看试点组前后会把它也算成培训的功劳。"""


@dataclass(frozen=True, eq=False)
class Classes:
    """1,500 人次，一人次一个值；文字都是编号。"""

    trainee: np.ndarray
    subject: np.ndarray
    trainer: np.ndarray
    courseware: np.ndarray
    date: np.ndarray
    before: np.ndarray
    answers: np.ndarray


@truth(
    "培训：差的讲师与课件、坏题、试点的净作用（training、training_items、training_pilot）",
    stream="training.truth",
)
def training_truth(planted: Planted, rng: np.random.Generator) -> TrainingTruth:
    """由种子定下讲师、课件与坏题。"""
    weak, poor = int(rng.integers(len(TRAINERS))), int(rng.integers(len(COURSEWARE)))
    trainer = np.round(0.05 * rng.standard_normal(len(TRAINERS)), 3)
    courseware = np.round(0.05 * rng.standard_normal(len(COURSEWARE)), 3)
    trainer[weak] = np.round(-rng.uniform(0.56, 0.66), 3)
    courseware[poor] = np.round(-rng.uniform(0.52, 0.62), 3)
    bad = {}
    for name in SUBJECTS:
        places = rng.choice(QUESTIONS, len(FLAWS) - 1, replace=False) + 1
        flaws = dict(zip(places.tolist(), FLAWS[1:], strict=True))
        bad[name] = MappingProxyType({f"题{i:02d}": flaws[i] for i in sorted(flaws)})
    teams = planted.teams[6:10]
    for value in (trainer, courseware):
        value.setflags(write=False)
    return TrainingTruth(
        weak_trainer=TRAINERS[weak],
        weak_courseware=COURSEWARE[poor],
        trainer_effect=trainer,
        courseware_effect=courseware,
        interaction_sd=0.02,
        liked_trainer=TRAINERS[weak],
        bad_items=MappingProxyType(bad),
        transfer=1.0,
        pilot_teams=(teams[0], teams[1]),
        control_teams=(teams[2], teams[3]),
        pilot_effect=float(np.round(rng.uniform(2.5, 4.0), 2)),
        pilot_trend=float(np.round(rng.uniform(1.0, 2.0), 2)),
    )


def _schedule(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """150 个班的日期、讲师、课件；每个讲师 × 课件至少一个班，其余不均衡。"""
    cells = len(TRAINERS) * len(COURSEWARE)
    taste = np.round(rng.gamma(1.5, size=cells), 6)
    extra = rng.choice(cells, CLASSES - cells, p=taste / taste.sum())
    cell = rng.permutation(np.concatenate([np.arange(cells), extra]))
    weeks = int((TO - FROM).astype(int)) // 7
    day = 7 * rng.integers(0, weeks + 1, CLASSES) + rng.integers(0, 5, CLASSES)
    return FROM + np.sort(day), *np.divmod(cell, len(COURSEWARE))


@part("开过的班", stream="training")
def classes(training_truth: TrainingTruth, staff: Staff, rng: np.random.Generator) -> Classes:
    """开 150 个班、每班 10 人；同一门课一人只上一次，开课那天在职、已过岗前培训。"""
    truth = training_truth
    date, trainer, courseware = _schedule(rng)
    subject = rng.permutation(np.arange(CLASSES) % len(SUBJECTS))
    ready, gone = staff.hired + INDUCTION, np.where(np.isnat(staff.left), TO + 99, staff.left)
    taken = np.zeros((len(SUBJECTS), len(staff)), dtype=bool)
    lottery = rng.random((CLASSES, len(staff)))
    trainee = np.empty((CLASSES, CLASS_SIZE), dtype=np.int64)
    for i in range(CLASSES):
        able = (date[i] >= ready) & (date[i] + 30 < gone) & ~taken[subject[i]]
        trainee[i] = np.argpartition(np.where(able, lottery[i], 2), CLASS_SIZE)[:CLASS_SIZE]
        taken[subject[i], trainee[i]] = True
    trainee = np.sort(trainee, axis=1).ravel()
    subject, trainer, courseware, date = (
        np.repeat(value, CLASS_SIZE) for value in (subject, trainer, courseware, date)
    )
    count = len(trainee)
    together = truth.interaction_sd * rng.standard_normal((len(TRAINERS), len(COURSEWARE)))
    ability = 0.25 * (staff.quality[trainee] - 86) / 3.5 + 0.75 * rng.standard_normal(count)
    start = np.round(1 / (1 + np.exp(0.25 - 0.5 * ability)), 6)
    before = rng.binomial(QUESTIONS, start)
    level = ability + truth.trainer_effect[trainer] + truth.courseware_effect[courseware]
    level = level + together[trainer, courseware]
    answers = _answer(truth, subject, level, rng)
    return Classes(trainee, subject, trainer, courseware, date, before, answers)


def _answer(
    truth: TrainingTruth, subject: np.ndarray, level: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """后测 20 题的对错，形状 (人次, 20)。"""
    hard = np.round(-1.25 + 0.45 * rng.standard_normal((len(SUBJECTS), QUESTIONS)), 3)
    kind = np.zeros(hard.shape, dtype=np.int64)
    for row, name in enumerate(SUBJECTS):
        for item, flaw in truth.bad_items[name].items():
            kind[row, int(item[1:]) - 1] = FLAWS.index(flaw)
    kind, hard = kind[subject], hard[subject]
    usual = 1 / (1 + np.exp(hard - 1.6 * level[:, None]))
    backward = 1 / (1 + np.exp(0.4 + 1.6 * level[:, None]))
    chance = np.select(
        [kind == BACKWARD, kind == EASY, kind == RANDOM], [backward, 0.985, 0.5], usual
    )
    return (rng.random(chance.shape) < np.round(chance, 6)).astype(np.int64)


@table(
    "培训记录",
    "学员 × 课程，1,500 人次",
    key=("学员工号", "课程"),
    stream="training.results",
    columns=(
        words("学员工号", "谁上的课，见 agents"),
        words("课程", "八门课之一"),
        words("讲师", "谁讲的"),
        words("课件", "用的哪套课件"),
        moment("开课日期", "哪一天上课"),
        whole("前测", "课前 20 题，一题 5 分", "分"),
        whole("后测", "课后 20 题，一题 5 分", "分"),
        number("训前30天指标", "上课前 30 天的岗位指标，满分 100", "分"),
        number("30天指标", "上课后 30 天的岗位指标，满分 100", "分"),
        whole("满意度", "学员给这堂课打的分，1 到 5", "分"),
    ),
)
def training(
    training_truth: TrainingTruth, staff: Staff, classes: Classes, rng: np.random.Generator
) -> pd.DataFrame:
    """按开课日期排；前测、后测各 20 题，一题 5 分；讲师与课件的搭配不均衡。"""
    truth, done = training_truth, classes
    count = len(done.trainee)
    after = 5 * done.answers.sum(axis=1)
    tenure = (done.date - staff.hired[done.trainee]).astype(int) - INDUCTION
    base = staff.quality[done.trainee] - 6 * np.exp(-tenure / 60)
    was = base + 1.5 * rng.standard_normal(count)
    now = base + 0.1 * truth.transfer * (after - 50) + 1.8 * rng.standard_normal(count)
    liked = done.trainer == TRAINERS.index(truth.liked_trainer)
    mood = 3.9 + 0.75 * liked + 0.65 * rng.standard_normal(count)
    return pd.DataFrame(
        {
            "学员工号": labels(staff.number, done.trainee),
            "课程": labels(SUBJECTS, done.subject),
            "讲师": labels(TRAINERS, done.trainer),
            "课件": labels(COURSEWARE, done.courseware),
            "开课日期": done.date.astype("datetime64[us]"),
            "前测": 5 * done.before,
            "后测": after,
            "训前30天指标": np.round(np.clip(was, 0, 100), 1),
            "30天指标": np.round(np.clip(now, 0, 100), 1),
            "满意度": np.clip(np.rint(np.round(mood, 6)), 1, 5).astype(np.int64),
        }
    )


@table(
    "培训后测逐题",
    "学员 × 课程，1,500 人次 × 20 题",
    key=("学员工号", "课程"),
    columns=(
        words("学员工号", "谁上的课，见 agents"),
        words("课程", "八门课之一"),
        *(whole(f"题{i + 1:02d}", "答对为 1，答错为 0", "对错") for i in range(QUESTIONS)),
    ),
)
def training_items(staff: Staff, classes: Classes) -> pd.DataFrame:
    """后测逐题对错（1 对 0 错），行与 ``training`` 一致；后测 = 5 × 答对题数。"""
    done = classes
    return pd.DataFrame(
        {
            "学员工号": labels(staff.number, done.trainee),
            "课程": labels(SUBJECTS, done.subject),
            **{f"题{i + 1:02d}": done.answers[:, i] for i in range(QUESTIONS)},
        }
    )


@table(
    "试点培训",
    "员工 × 周，四个班组，训前训后各四周",
    key=("工号", "周"),
    columns=(
        words("工号", "谁，见 agents"),
        words("班组", "两个试点班组、两个对照班组"),
        words("组别", "试点或对照"),
        whole("周", "第几周，1 到 8", "周"),
        words("阶段", "训前（第 1–4 周）或训后（第 5–8 周）"),
        number("抽查得分", "当周抽查，满分 100", "分"),
    ),
)
def training_pilot(
    training_truth: TrainingTruth, staff: Staff, rng: np.random.Generator
) -> pd.DataFrame:
    """试点培训：两个试点班组、两个对照班组，训前四周与训后四周，在册员工每周一个抽查得分。"""
    truth = training_truth
    current = staff.current
    team = staff.team[current]
    pilot = np.isin(team, [int(name[:-1]) - 1 for name in truth.pilot_teams])
    control = np.isin(team, [int(name[:-1]) - 1 for name in truth.control_teams])
    chosen = np.sort(current[pilot | control])
    treated = np.isin(chosen, current[pilot])
    agent = np.repeat(chosen, PILOT_WEEKS)
    week = np.tile(np.arange(PILOT_WEEKS), len(chosen))
    later = week >= PILOT_WEEKS // 2
    group = np.repeat(treated, PILOT_WEEKS)
    # 试点组本来就低一些：只比训后会看不出培训的作用
    score = 82 - 2.5 * group + 0.6 * (staff.quality[agent] - 86)
    score = score + truth.pilot_trend * later + truth.pilot_effect * (later & group)
    score = score + 2.0 * rng.standard_normal(len(agent))
    return pd.DataFrame(
        {
            "工号": labels(staff.number, agent),
            "班组": labels([f"{i}组" for i in range(1, TEAMS + 1)], staff.team[agent]),
            "组别": labels(("对照", "试点"), group.astype(int)),
            "周": week + 1,
            "阶段": labels(("训前", "训后"), later.astype(int)),
            "抽查得分": np.round(score, 1),
        }
    )
