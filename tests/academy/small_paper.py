"""一份五题的小卷，五种题各一道：够看母本怎样读、怎样写进笔记本、怎样带回。"""

import yaml

PAPER = '''# %% [markdown]
"""
# 小卷

**情境**：有两张表。
"""

# %% tags=["setup"]
import math

# %% [markdown] choice="q1"
"""
## 第 1 题

怎样做？

- [ ] 加人
  错因：只会加人
- [x] 改班次
- [ ] 改需求
  错因：迁就班表
"""

# %% [markdown] choice="q2"
"""
## 第 2 题

表 `calls` 哪天最忙？

- [ ] 第一天
  错因：看反了
- [ ] 第二天
  错因：没看数
- [ ] 第三天
  错因：看了最后
"""

# %% test="q2"
right = 1 + paper.table("calls")["呼入量"].argmax()

# %% [markdown] order="q3"
"""
## 第 3 题

从早到晚？

1. 甲先
2. 乙后
3. 丙再后
4. 丁最后

错排 2134：甲乙记反
"""

# %% [markdown] match="q4"
"""
## 第 4 题

各归哪里？

1. 下雨 → 应急
2. 排班 → 预测
3. 打分 → 质量

- 监控

错配 1=监控：混了
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：慢慢讲。
"""

# %% [markdown] data="q5"
"""
## 第 5 题

表 `calls` 的呼入量平均多少、最多多少？
"""

# %% answer="q5"
q5 = {"平均": ..., "最多": ...}
### BEGIN SOLUTION
calls = paper.table("calls")["呼入量"]
q5 = {"平均": calls.mean(), "最多": calls.max()}
### END SOLUTION

# %% test="q5" tol=0.01 parts=true
calls = paper.table("calls")["呼入量"].tolist()
right = {"平均": math.fsum(calls) / 3, "最多": max(calls)}

# %% mistakes="q5"
# 错因：用了合计
# 得分：10
# 换：calls.mean()
# 成：calls.sum()
'''

SEAT = """
from academy import seatkit as kit


def tables(seed):
    seat = kit.Seat("x-final", seed)
    rows = [(10,), (20,), (60,)]
    return {"calls": kit.sheet(seat("calls"), "呼入量", rows, shuffle=True)}
"""

KINDS = ("choice", "judge", "order", "match", "data")
TOPICS = ("c1.history", "c1.framework", "x.2.a", "x.2.a", "x.3.b")

SYLLABUS = {
    "assessment": {"pass_points": 70, "points": 100, "minutes": 90, "resits": 2},
    "common": {
        "chapter1": {
            "topics": [
                {"id": "c1.history", "title": "历史"},
                {"id": "c1.framework", "title": "框架"},
            ]
        }
    },
    "roles": [
        {
            "code": "CCOM-X",
            "slug": "x",
            "name": "小岗位",
            "chapter2": {"topics": [{"id": "x.2.a", "title": "甲"}]},
            "chapter3": {"topics": [{"id": "x.3.b", "title": "乙"}]},
            "papers": ["x-final"],
        }
    ],
}


def write_small_course(folder):
    """课程文件夹：大纲、细目表、一份母本与它的座位。"""
    parts = [
        {
            "part": f"q{number}",
            "topic": topic,
            "level": "apply",
            "points": 20,
            "minutes": 2.5,
            "steps": 1,
            "kind": kind,
        }
        for number, (kind, topic) in enumerate(zip(KINDS, TOPICS, strict=True), 1)
    ]
    (folder / "course/blueprints").mkdir(parents=True)
    for name, content in (("syllabus", SYLLABUS), ("blueprints/x", {"parts": parts})):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / f"course/{name}.yml").write_text(text, encoding="utf-8")
    paper = folder / "text/source/x-final"
    paper.mkdir(parents=True)
    (paper / "x-final.py").write_text(PAPER, encoding="utf-8")
    (paper / "seat.py").write_text(SEAT, encoding="utf-8")
    return folder
