# %% [markdown]
"""
# WFMP 排班管理岗　结业考试

共 11 题，100 分，90 分钟，70 分合格。

可以用：这本笔记本、Excel、课程笔记。
不可以请人代答，也不要把答卷发给别人。

怎样答：

- 把作答格里的 `...` 换成你的答案，再运行下面的确认格；它只说有没有答、形式对不对，不说对错。
- 可以写算式，也可以在 Excel 里算好只填数；评卷只看数值，不看写法。
- 选择题填字母，带引号，例如 `"B"`。
- 每题各自读数据，跳着答没有关系。

数据：`paper.table("表名")` 得到一张表；同样的表在 `data` 文件夹里，是 CSV 文件，Excel 可以直接打开。
每个人的数据不同，选项次序也不同。

笔记本的文件名不要改。

**情境**：今天是 2025 年 8 月 3 日，「海棠家电服务热线」正过盛夏，空调报修压满了线路。
卷中的白天指 08:00 到 22:00，每半小时一个时段，共 28 个时段。
凡给出的阈值与定义都是教学约定。
"""

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np
import pandas as pd

from ccomlib import (
    answered,
    capacity,
    erlang,
    evaluation,
    expect,
    open_paper,
    reserve,
    use_chinese,
)

use_chinese()
paper = open_paper()

# %% [markdown] options="q1"
"""
## 第 1 题（4 分，约 2 分钟）

新主管问这套标准是怎么来的。
把下面四件事按时间从早到晚排好，填四个字母，例如 `q1 = "ABCD"`。

- A. 通信行业的 YD/T 2823 开始实施
- B. 电子行业的 SJ/T 11739 开始实施
- C. 客户联络领域的 CC-CMM 在上海发布
- D. 电子行业的 SJ/T 11739 正式发布
"""

# %% nbgrader={"grade": false, "grade_id": "q1", "locked": false, "schema_version": 3, "solution": true, "task": false}
q1 = ...
### BEGIN SOLUTION
q1 = "CADB"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q1-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q1", "topic": "c1.history", "level": "remember", "minutes": 2}
answered(q1, "letters", what="第 1 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q1, choice_key("q1", "CADB"), what="第 1 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q1", "points": 0}
# 错因：把 CC-CMM 当成从后来的行业标准派生的
q1 = "ADBC"

# %% tags=["mistake"] mistake={"answer": "q1", "points": 0}
# 错因：把通信行业的规范记成最早
q1 = "ACDB"

# %% [markdown] options="q2"
"""
## 第 2 题（4 分，约 2 分钟）

按公开的认证资料，CCOM 的运营过程有五项。
下面四件事各落在哪一项里？按 (1) 到 (4) 的次序填四个字母，例如 `q2 = "ABCD"`；每个字母最多用一次。

(1) 雷雨打停了一个职场，现场主任照预案把来电切到另一个职场。

(2) 上周报修报低了一成，排班师改了下周逐时段的人数。

(3) 两位主管给同一批录音打分相差很大，约好周五一起听一遍、统一尺度。

(4) 月底核对坐席的奖金公式，看它与公司今年的目标是否一致。

- A. 监控过程
- B. 质量管理过程
- C. 预测排班过程
- D. 绩效管理过程
- E. 应急管理过程
"""

# %% nbgrader={"grade": false, "grade_id": "q2", "locked": false, "schema_version": 3, "solution": true, "task": false}
q2 = ...
### BEGIN SOLUTION
q2 = "ECBD"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q2-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q2", "topic": "c1.framework", "level": "understand", "minutes": 2}
answered(q2, "letters", what="第 2 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q2, choice_key("q2", "ECBD", count=5), what="第 2 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q2", "points": 0}
# 错因：把打分不一致当成监控
q2 = "ECAD"

# %% tags=["mistake"] mistake={"answer": "q2", "points": 0}
# 错因：把突发事件当成监控
q2 = "ACBD"

# %% [markdown]
"""
## 第 3 题 a（3 分，约 3 分钟）

最近三周，两位排班师各报了一份报修的日预测。
表 `forecast_days` 一行一天：日期、星期、实际、预测甲、预测乙，单位是通。

两份预测三周的 WAPE 各是多少？
WAPE 是误差绝对值的合计占实际合计的比例。

把 `q3a` 里的两个 `...` 换成小数（8.12% 写 0.0812），不要再取整；相对误差 1% 以内算对。
"""

# %% nbgrader={"grade": false, "grade_id": "q3a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q3a = {"甲": ..., "乙": ...}
### BEGIN SOLUTION
days = paper.table("forecast_days")
q3a = {
    name: (days["实际"] - days[f"预测{name}"]).abs().sum() / days["实际"].sum()
    for name in ("甲", "乙")
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q3a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q3a", "topic": "wfmp.2.workload", "level": "apply", "minutes": 3, "data": true}
answered(q3a, "dict", what="第 3 题 a")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

truth = open_paper().table("forecast_days")
right = {
    name: (truth["实际"] - truth[f"预测{name}"]).abs().sum() / truth["实际"].sum()
    for name in ("甲", "乙")
}
expect(q3a, right, what="第 3 题 a", tol=0.01)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q3a", "points": 0}
# 错因：没有取绝对值，正负抵消成了偏差
days = paper.table("forecast_days")
total = days["实际"].sum()
q3a = {name: abs((days[f"预测{name}"] - days["实际"]).sum()) / total for name in ("甲", "乙")}

# %% tags=["mistake"] mistake={"answer": "q3a", "points": 0}
# 错因：先算每天的百分比再平均，成了 MAPE
days = paper.table("forecast_days")
q3a = {name: (days[f"预测{name}"] / days["实际"] - 1).abs().mean() for name in ("甲", "乙")}

# %% [markdown]
"""
## 第 3 题 b（3 分，约 3 分钟）

还是表 `forecast_days` 的两份预测。
其中一份偏差（预测合计比实际合计多或少的比例）的绝对值更大，但只要整份乘一个固定的倍数，三周的合计就与实际相等。

是哪一份？乘多少？
"哪一份" 填 `"甲"` 或 `"乙"`，"倍数" 填小数，不要取整；倍数相对误差 0.5% 以内算对。
"""

# %% nbgrader={"grade": false, "grade_id": "q3b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q3b = {"哪一份": ..., "倍数": ...}
### BEGIN SOLUTION
totals = paper.table("forecast_days")[["实际", "预测甲", "预测乙"]].sum()
bias = (totals / totals["实际"] - 1).abs()
which = "甲" if bias["预测甲"] > bias["预测乙"] else "乙"
q3b = {"哪一份": which, "倍数": totals["实际"] / totals[f"预测{which}"]}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q3b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q3b", "topic": "wfmp.2.workload", "level": "apply", "minutes": 3, "data": true}
answered(q3b, "dict", what="第 3 题 b")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

truth = open_paper().table("forecast_days")
ratio = {name: truth["实际"].sum() / truth[f"预测{name}"].sum() for name in ("甲", "乙")}
worse = max(ratio, key=lambda name: abs(1 / ratio[name] - 1))
expect(q3b, {"哪一份": worse, "倍数": ratio[worse]}, what="第 3 题 b", tol=0.005)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q3b", "points": 0}
# 错因：少报百分之几就加百分之几
totals = paper.table("forecast_days")[["实际", "预测甲", "预测乙"]].sum()
bias = totals / totals["实际"] - 1
which = "甲" if abs(bias["预测甲"]) > abs(bias["预测乙"]) else "乙"
q3b = {"哪一份": which, "倍数": 1 - bias[f"预测{which}"]}

# %% tags=["mistake"] mistake={"answer": "q3b", "points": 0}
# 错因：挑了偏差小的那一份
totals = paper.table("forecast_days")[["实际", "预测甲", "预测乙"]].sum()
bias = (totals / totals["实际"] - 1).abs()
which = "甲" if bias["预测甲"] < bias["预测乙"] else "乙"
q3b = {"哪一份": which, "倍数": totals["实际"] / totals[f"预测{which}"]}

# %% [markdown]
"""
## 第 4 题 a（3 分，约 3 分钟）

表 `season` 是报修旺季各月要同时在线的人数（净需求人数，不含损耗）。
表 `losses` 是一位坐席一个月 176 小时付薪工时的去向，一行一项；平均处理时长已经含话后处理。

8 月要养多少个全职当量，才能有这么多人在线？
`q4a` 填数，不要取整；相对误差 0.5% 以内算对。
"""

# %% nbgrader={"grade": false, "grade_id": "q4a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q4a = ...
### BEGIN SOLUTION
losses = paper.table("losses").set_index("项目")["每人每月小时"]
away = losses.drop(["付薪工时", "话后处理"]).sum() / losses["付薪工时"]
need = paper.table("season").set_index("月份").loc["8月", "净需求人数"]
q4a = capacity.full_time_equivalents(need, away)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q4a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q4a", "topic": "wfmp.2.capacity", "level": "apply", "minutes": 3, "data": true}
answered(q4a, "number", what="第 4 题 a")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

hours = dict(open_paper().table("losses")[["项目", "每人每月小时"]].to_numpy().tolist())
lost = sum(hours[name] for name in ("年休假", "病事假", "培训辅导", "班前班后会", "小休"))
months = dict(open_paper().table("season").to_numpy().tolist())
expect(q4a, months["8月"] * 176 / (176 - lost), what="第 4 题 a", tol=0.005)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q4a", "points": 0}
# 错因：用乘法补损耗
losses = paper.table("losses").set_index("项目")["每人每月小时"]
away = losses.drop(["付薪工时", "话后处理"]).sum() / losses["付薪工时"]
q4a = paper.table("season").set_index("月份").loc["8月", "净需求人数"] * (1 + away)

# %% tags=["mistake"] mistake={"answer": "q4a", "points": 0}
# 错因：把话后处理也算成损耗
losses = paper.table("losses").set_index("项目")["每人每月小时"]
away = losses.drop("付薪工时").sum() / losses["付薪工时"]
q4a = paper.table("season").set_index("月份").loc["8月", "净需求人数"] / (1 - away)

# %% [markdown]
"""
## 第 4 题 b（3 分，约 3 分钟）

表 `hiring` 一行一个队列：在册人数（今天）、月离职率、启动到上岗月数、届时需要人数。
今天启动招聘，过「启动到上岗月数」个月新人一起上岗，上岗就能独立接线。
这几个月里每月走的人 = 当时在册人数 × 月离职率，逐月往下减，没有别人到岗。

要在新人上岗那天达到需要人数，三个队列今天各要启动招几个人？
向上取整，不用招的填 0。
"""

# %% nbgrader={"grade": false, "grade_id": "q4b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q4b = {"报修": ..., "咨询": ..., "订单": ...}
### BEGIN SOLUTION
plan = paper.table("hiring").set_index("队列")
left = plan["在册人数"] * (1 - plan["月离职率"]) ** plan["启动到上岗月数"]
q4b = np.ceil(plan["届时需要人数"] - left).clip(lower=0).astype(int).to_dict()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q4b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q4b", "topic": "wfmp.2.capacity", "level": "apply", "minutes": 3, "data": true}
answered(q4b, "dict", what="第 4 题 b")
### BEGIN HIDDEN TESTS
import math

from ccomlib import open_paper

right = {}
for queue, staff, rate, lead, need in open_paper().table("hiring").to_numpy().tolist():
    for _ in range(lead):
        staff -= staff * rate
    right[queue] = max(0, math.ceil(need - staff))
expect(q4b, right, what="第 4 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q4b", "points": 0}
# 错因：只补今天的缺口，没有算离职
plan = paper.table("hiring").set_index("队列")
q4b = (plan["届时需要人数"] - plan["在册人数"]).clip(lower=0).to_dict()

# %% tags=["mistake"] mistake={"answer": "q4b", "points": 0}
# 错因：只扣了一个月的离职
plan = paper.table("hiring").set_index("队列")
left = plan["在册人数"] * (1 - plan["月离职率"])
q4b = np.ceil(plan["届时需要人数"] - left).clip(lower=0).astype(int).to_dict()

# %% [markdown]
"""
## 第 5 题 a（3 分，约 3 分钟）

表 `slots` 是 8 月 4 日报修逐时段的预测量（通/半小时）、平均处理时长（秒）与在岗人数。
旺季对报修的承诺是 90% 的来电在 20 秒内接起。

预测量最大的那个半小时，最少要几个人同时在线？
按来电者都肯等来算（Erlang C），不计损耗，填整数。
"""

# %% nbgrader={"grade": false, "grade_id": "q5a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q5a = ...
### BEGIN SOLUTION
slots = paper.table("slots")
busy = slots.loc[slots["预测量"].idxmax()]
q5a = erlang.required_agents(busy["预测量"], busy["平均处理时长"], service_level=0.9).agents
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q5a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q5a", "topic": "wfmp.2.scheduling", "level": "apply", "minutes": 3, "data": true}
answered(q5a, "integer", what="第 5 题 a")
### BEGIN HIDDEN TESTS
from ccomlib import erlang, open_paper

top = open_paper().table("slots").sort_values("预测量").iloc[-1]
right = erlang.required_agents(
    top["预测量"], top["平均处理时长"], service_level=0.9, target=20, interval=1800
).agents
expect(q5a, right, what="第 5 题 a")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q5a", "points": 0}
# 错因：没有改目标，仍按 80/20
slots = paper.table("slots")
busy = slots.loc[slots["预测量"].idxmax()]
q5a = erlang.required_agents(busy["预测量"], busy["平均处理时长"]).agents

# %% tags=["mistake"] mistake={"answer": "q5a", "points": 0}
# 错因：只按话务量进一位
slots = paper.table("slots")
busy = slots.loc[slots["预测量"].idxmax()]
q5a = int(erlang.offered_load(busy["预测量"], busy["平均处理时长"])) + 1

# %% [markdown]
"""
## 第 5 题 b（3 分，约 2 分钟）

还是表 `slots`。
15:00 那个半小时，在岗的人里有一位临时被派去门店，线上比表里少一个人。
报修来电者的平均耐心是 120 秒（Erlang A）。

少了这一位，这半小时的放弃率是多少？
填小数（5.12% 写 0.0512），不要取整；相对误差 2% 以内算对。
"""

# %% nbgrader={"grade": false, "grade_id": "q5b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q5b = ...
### BEGIN SOLUTION
slot = paper.table("slots").set_index("时段").loc["15:00"]
q5b = erlang.performance(
    slot["预测量"], slot["平均处理时长"], slot["在岗人数"] - 1, patience=120
).abandonment
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q5b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q5b", "topic": "wfmp.2.scheduling", "level": "apply", "minutes": 2, "data": true}
answered(q5b, "number", what="第 5 题 b")
### BEGIN HIDDEN TESTS
from ccomlib import erlang, open_paper

row = open_paper().table("slots").query("时段 == '15:00'").iloc[0]
short = erlang.performance(row["预测量"], row["平均处理时长"], row["在岗人数"] - 1, patience=120)
expect(q5b, short.abandonment, what="第 5 题 b", tol=0.02)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q5b", "points": 0}
# 错因：没有减去派走的那一位
slot = paper.table("slots").set_index("时段").loc["15:00"]
q5b = erlang.performance(
    slot["预测量"], slot["平均处理时长"], slot["在岗人数"], patience=120
).abandonment

# %% tags=["mistake"] mistake={"answer": "q5b", "points": 0}
# 错因：把要排队的概率当成放弃率
slot = paper.table("slots").set_index("时段").loc["15:00"]
q5b = erlang.performance(
    slot["预测量"], slot["平均处理时长"], slot["在岗人数"] - 1, patience=120
).wait_probability

# %% [markdown] options="q6"
"""
## 第 6 题（5 分，约 4 分钟）

某天的报修班表用整数规划来排，候选班次只有三种：07:30–16:00、10:00–18:30、13:30–22:00。
求得的最优班表里，13:30–16:00 每个半小时多 4 到 6 人，19:00–21:30 每个半小时缺 2 到 3 人。
把缺一人的代价提高到多一人的 5 倍再解，晚上不缺了，13:30–18:30 却每个半小时多到 7 人。

接下来最该做哪一件？填一个字母。

- A. 把缺一人的代价提高到 20 倍，再求解
- B. 把全天各时段的需求加 3 人，再求解
- C. 候选里添 16:30 起的短晚班，再求解
- D. 把晚上各时段的需求减 3 人，再求解
"""

# %% nbgrader={"grade": false, "grade_id": "q6", "locked": false, "schema_version": 3, "solution": true, "task": false}
q6 = ...
### BEGIN SOLUTION
q6 = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q6-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q6", "topic": "wfmp.2.optimisation", "level": "analyse", "minutes": 4}
answered(q6, "letters", what="第 6 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q6, choice_key("q6", "C"), what="第 6 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q6", "points": 0}
# 错因：以为代价再高一些就两头都好
q6 = "A"

# %% tags=["mistake"] mistake={"answer": "q6", "points": 0}
# 错因：改需求去迁就班次
q6 = "D"

# %% [markdown]
"""
## 第 7 题（4 分，约 4 分钟）

表 `service_day` 是 7 月 30 日报修白天的接听结果，一行一个时段：呼入量、接起量、20秒接起量、放弃量、短放弃量（都是通）。
短放弃是 5 秒内就挂的，已经含在放弃量里。

这一天报给客户的服务水平是多少？
合同的口径是：20 秒内接起的 ÷（呼入 − 短放弃），全天一个数。
填小数，不要取整；误差不超过 0.002 算对。
"""

# %% nbgrader={"grade": false, "grade_id": "q7", "locked": false, "schema_version": 3, "solution": true, "task": false}
q7 = ...
### BEGIN SOLUTION
day = paper.table("service_day").drop(columns="时段").sum()
q7 = day["20秒接起量"] / (day["呼入量"] - day["短放弃量"])
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q7-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q7", "topic": "wfmp.2.evaluation", "level": "apply", "minutes": 4, "data": true}
answered(q7, "number", what="第 7 题")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

rows = open_paper().table("service_day")
right = evaluation.service_level(
    rows["呼入量"], rows["接起量"], rows["20秒接起量"], rows["放弃量"], rows["短放弃量"]
).excluding_short_abandons
expect(q7, right, what="第 7 题", atol=0.002)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：以接起量为分母
day = paper.table("service_day").drop(columns="时段").sum()
q7 = day["20秒接起量"] / day["接起量"]

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：先算各时段再平均
day = paper.table("service_day")
q7 = (day["20秒接起量"] / (day["呼入量"] - day["短放弃量"])).mean()

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：没有扣短放弃
day = paper.table("service_day").drop(columns="时段").sum()
q7 = day["20秒接起量"] / day["呼入量"]

# %% [markdown]
"""
## 第 8 题 a（6 分，约 5 分钟）

表 `export` 是旧平台导出的报修两周（5 月 12 日至 25 日）：日期、时段、呼入量、事件。
建话务模型以前先清洗：

1. 完全重复的行只留一行；
2. 时段写「合计」的行不要；
3. 呼入量是 −1 的时段平台没有采到，这一行不要；
4. 有系统故障的那一天整天不要。

清洗后剩多少行？呼入量合计多少通？填两个整数。
"""

# %% nbgrader={"grade": false, "grade_id": "q8a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8a = {"行数": ..., "呼入量合计": ...}
### BEGIN SOLUTION
rows = paper.table("export").drop_duplicates()
rows = rows[(rows["时段"] != "合计") & (rows["呼入量"] >= 0) & (rows["事件"] == "")]
q8a = {"行数": len(rows), "呼入量合计": rows["呼入量"].sum()}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8a", "topic": "wfmp.3.traffic_model", "level": "apply", "minutes": 5, "data": true}
answered(q8a, "dict", what="第 8 题 a")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

kept = {
    (date, slot): calls
    for date, slot, calls, event in open_paper().table("export").to_numpy().tolist()
    if slot != "合计" and calls >= 0 and event != "系统故障"
}
expect(q8a, {"行数": len(kept), "呼入量合计": sum(kept.values())}, what="第 8 题 a")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8a", "points": 0}
# 错因：没有去掉重复的行
rows = paper.table("export")
rows = rows[(rows["时段"] != "合计") & (rows["呼入量"] >= 0) & (rows["事件"] == "")]
q8a = {"行数": len(rows), "呼入量合计": rows["呼入量"].sum()}

# %% tags=["mistake"] mistake={"answer": "q8a", "points": 0}
# 错因：把 −1 当成通数加了进去
rows = paper.table("export").drop_duplicates()
rows = rows[(rows["时段"] != "合计") & (rows["事件"] == "")]
q8a = {"行数": len(rows), "呼入量合计": rows["呼入量"].sum()}

# %% tags=["mistake"] mistake={"answer": "q8a", "points": 0}
# 错因：故障那一天留着
rows = paper.table("export").drop_duplicates()
rows = rows[(rows["时段"] != "合计") & (rows["呼入量"] >= 0)]
q8a = {"行数": len(rows), "呼入量合计": rows["呼入量"].sum()}

# %% [markdown]
"""
## 第 8 题 b（6 分，约 5 分钟）

表 `history` 是新平台上报修白天的 8 周（6 月 9 日至 8 月 3 日），已经清洗：日期、星期、时段、呼入量、事件。
事件栏写「高温红色预警」的日子整天走高，不能代表平常，先去掉。

用余下的日子算七个星期系数：星期系数 = 这个星期几的日均量 ÷ 七个星期几日均量的平均，所以七个系数平均为 1。
填小数；每个相对误差 1% 以内算对，七个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q8b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8b = {
    "周一": ...,
    "周二": ...,
    "周三": ...,
    "周四": ...,
    "周五": ...,
    "周六": ...,
    "周日": ...,
}
### BEGIN SOLUTION
history = paper.table("history")
plain = history[history["事件"] == ""]
daily = plain.groupby(["日期", "星期"])["呼入量"].sum()
weekday = daily.groupby("星期").mean()
q8b = (weekday / weekday.mean()).to_dict()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8b-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8b", "topic": "wfmp.3.traffic_model", "level": "apply", "minutes": 5, "data": true}
answered(q8b, "dict", what="第 8 题 b")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

rows = open_paper().table("history").query("事件 == ''")
mean = rows.groupby("星期")["呼入量"].sum() / rows.groupby("星期")["日期"].nunique()
expect(q8b, (7 * mean / mean.sum()).to_dict(), what="第 8 题 b", tol=0.01)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8b", "points": 0}
# 错因：没有去掉高温预警的日子
daily = paper.table("history").groupby(["日期", "星期"])["呼入量"].sum()
weekday = daily.groupby("星期").mean()
q8b = (weekday / weekday.mean()).to_dict()

# %% tags=["mistake"] mistake={"answer": "q8b", "points": 0}
# 错因：算成了占一周的比例
history = paper.table("history")
daily = history[history["事件"] == ""].groupby(["日期", "星期"])["呼入量"].sum()
weekday = daily.groupby("星期").mean()
q8b = (weekday / weekday.sum()).to_dict()

# %% [markdown]
"""
## 第 8 题 c（6 分，约 4 分钟）

用表 `history` 的同一段历史，预测表 `to_predict` 里下周的三个时段（日期、星期、时段、事件），其中一个预报有高温红色预警。

预测量 = 基线 × 星期系数 × 时段占比 × 活动系数，其中

- 基线、星期系数、时段占比都只用没有事件的日子；基线是七个星期几日均量的平均；
- 时段占比分工作日（周一至周五）、周末两条曲线，各是该时段合计 ÷ 全部时段合计；
- 活动系数 = 高温预警日的实际合计 ÷ 这些日子按基线 × 星期系数的合计，没有事件的时段不乘。

不分月，不计增长。
`q8c` 按表里的次序填三个数，不取整；每个相对误差 2% 以内算对，三个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q8c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8c = [..., ..., ...]
### BEGIN SOLUTION
history, wanted = paper.table("history"), paper.table("to_predict")
history["周末"] = history["星期"].isin(["周六", "周日"])
plain = history[history["事件"] == ""]
level = plain.groupby(["日期", "星期"])["呼入量"].sum().groupby("星期").mean()
slot = plain.groupby(["周末", "时段"])["呼入量"].sum()
share = slot / slot.groupby("周末").transform("sum")
hot = history[history["事件"] != ""].groupby(["日期", "星期"])["呼入量"].sum()
lift = hot.sum() / level.loc[hot.index.get_level_values("星期")].sum()

q8c = [
    level[row["星期"]]
    * share[row["星期"] in ("周六", "周日"), row["时段"]]
    * (lift if row["事件"] else 1)
    for _, row in wanted.iterrows()
]
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8c-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8c", "topic": "wfmp.3.traffic_model", "level": "analyse", "minutes": 4, "data": true}
answered(q8c, "list", what="第 8 题 c")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

rows = open_paper().table("history")
rows["日型"] = rows["星期"].isin(["周六", "周日"]).astype(int)
usual = rows[rows["事件"] == ""]
heat = rows[rows["事件"] != ""]
per_day = usual.groupby("星期")["呼入量"].sum() / usual.groupby("星期")["日期"].nunique()
expected = heat.drop_duplicates("日期")["星期"].map(per_day).sum()
curve = usual.pivot_table(index="时段", columns="日型", values="呼入量", aggfunc="sum")
curve = curve / curve.sum()
right = []
for _, weekday, slot_name, event in open_paper().table("to_predict").to_numpy().tolist():
    calls = per_day[weekday] * curve.loc[slot_name, int(weekday in ("周六", "周日"))]
    right.append(calls * heat["呼入量"].sum() / expected if event else calls)
expect(q8c, right, what="第 8 题 c", tol=0.02)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8c", "points": 0}
# 错因：没有乘活动系数
history, wanted = paper.table("history"), paper.table("to_predict")
history["周末"] = history["星期"].isin(["周六", "周日"])
plain = history[history["事件"] == ""]
level = plain.groupby(["日期", "星期"])["呼入量"].sum().groupby("星期").mean()
slot = plain.groupby(["周末", "时段"])["呼入量"].sum()
share = slot / slot.groupby("周末").transform("sum")
hot = history[history["事件"] != ""].groupby(["日期", "星期"])["呼入量"].sum()
lift = hot.sum() / level.loc[hot.index.get_level_values("星期")].sum()

q8c = [
    level[row["星期"]] * share[row["星期"] in ("周六", "周日"), row["时段"]]
    for _, row in wanted.iterrows()
]

# %% tags=["mistake"] mistake={"answer": "q8c", "points": 0}
# 错因：周末也用全周合在一起的时段曲线
history, wanted = paper.table("history"), paper.table("to_predict")
history["周末"] = history["星期"].isin(["周六", "周日"])
plain = history[history["事件"] == ""]
level = plain.groupby(["日期", "星期"])["呼入量"].sum().groupby("星期").mean()
slot = plain.groupby(["周末", "时段"])["呼入量"].sum()
share = slot / slot.groupby("周末").transform("sum")
hot = history[history["事件"] != ""].groupby(["日期", "星期"])["呼入量"].sum()
lift = hot.sum() / level.loc[hot.index.get_level_values("星期")].sum()

share = plain.groupby("时段")["呼入量"].sum() / plain["呼入量"].sum()
q8c = [
    level[row["星期"]] * share[row["时段"]] * (lift if row["事件"] else 1)
    for _, row in wanted.iterrows()
]

# %% [markdown]
"""
## 第 9 题 a（6 分，约 5 分钟）

表 `consult` 是咨询队列周二、周四各 12 周的来电：日期、星期、时段、呼入量（通/半小时）。
同一个星期几、同一个时段的 12 个数是一格。

周二 10:30 这一格的离散系数与超额离散系数各是多少？
标准差除以 n − 1；来电即使完全规律，也有泊松下限 1 ÷ √均值，超额是离散系数扣去这个下限后剩下的（平方相减再开方，不够减记 0）。
填小数，不要取整；各自相对误差 1% 以内算对，两个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q9a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q9a = {"离散系数": ..., "超额离散系数": ...}
### BEGIN SOLUTION
consult = paper.table("consult")
cell = consult[(consult["星期"] == "周二") & (consult["时段"] == "10:30")]["呼入量"]
cv = cell.std() / cell.mean()
q9a = {"离散系数": cv, "超额离散系数": np.sqrt(max(0, cv**2 - 1 / cell.mean()))}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q9a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q9a", "topic": "wfmp.3.reliability", "level": "apply", "minutes": 5, "data": true}
answered(q9a, "dict", what="第 9 题 a")
### BEGIN HIDDEN TESTS
import statistics

from ccomlib import open_paper

rows = open_paper().table("consult").query("星期 == '周二' and 时段 == '10:30'")
calls = rows["呼入量"].tolist()
mean, spread = statistics.mean(calls), statistics.stdev(calls)
excess = max(0, (spread / mean) ** 2 - 1 / mean) ** 0.5
expect(q9a, {"离散系数": spread / mean, "超额离散系数": excess}, what="第 9 题 a", tol=0.01)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q9a", "points": 0}
# 错因：下限直接相减
consult = paper.table("consult")
cell = consult[(consult["星期"] == "周二") & (consult["时段"] == "10:30")]["呼入量"]
cv = cell.std() / cell.mean()
q9a = {"离散系数": cv, "超额离散系数": cv - 1 / np.sqrt(cell.mean())}

# %% tags=["mistake"] mistake={"answer": "q9a", "points": 0}
# 错因：标准差除以 n
consult = paper.table("consult")
cell = consult[(consult["星期"] == "周二") & (consult["时段"] == "10:30")]["呼入量"]
cv = cell.std(ddof=0) / cell.mean()
q9a = {"离散系数": cv, "超额离散系数": np.sqrt(max(0, cv**2 - 1 / cell.mean()))}

# %% [markdown]
"""
## 第 9 题 b（5 分，约 4 分钟）

还是表 `consult`，看周四的六格。
按超额离散系数判：不超过 0.10 是「可靠」，超过 0.10 而不超过 0.20 是「可用」，超过 0.20 是「不可靠」。

每格填 `"可靠"`、`"可用"` 或 `"不可靠"`；六格都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q9b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q9b = {
    "07:30": ...,
    "09:00": ...,
    "10:30": ...,
    "14:00": ...,
    "16:30": ...,
    "21:30": ...,
}
### BEGIN SOLUTION
consult = paper.table("consult")
cells = consult[consult["星期"] == "周四"].groupby("时段")["呼入量"].agg(["mean", "std"])

excess = ((cells["std"] / cells["mean"]) ** 2 - 1 / cells["mean"]).clip(lower=0) ** 0.5
q9b = pd.cut(excess, [-1, 0.1, 0.2, 9], labels=["可靠", "可用", "不可靠"]).to_dict()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q9b-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q9b", "topic": "wfmp.3.reliability", "level": "analyse", "minutes": 4, "data": true}
answered(q9b, "dict", what="第 9 题 b")
### BEGIN HIDDEN TESTS
import statistics

from ccomlib import open_paper

right = {}
for slot_name, rows in open_paper().table("consult").query("星期 == '周四'").groupby("时段"):
    mean = statistics.mean(rows["呼入量"].tolist())
    beyond = statistics.variance(rows["呼入量"].tolist()) / mean**2 - 1 / mean
    right[slot_name] = "可靠" if beyond <= 0.01 else "可用" if beyond <= 0.04 else "不可靠"
expect(q9b, right, what="第 9 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q9b", "points": 0}
# 错因：直接看离散系数，没有扣泊松下限
consult = paper.table("consult")
cells = consult[consult["星期"] == "周四"].groupby("时段")["呼入量"].agg(["mean", "std"])

cv = cells["std"] / cells["mean"]
q9b = pd.cut(cv, [-1, 0.1, 0.2, 9], labels=["可靠", "可用", "不可靠"]).to_dict()

# %% tags=["mistake"] mistake={"answer": "q9b", "points": 0}
# 错因：以为来电少的时段都不可靠
consult = paper.table("consult")
cells = consult[consult["星期"] == "周四"].groupby("时段")["呼入量"].agg(["mean", "std"])

excess = ((cells["std"] / cells["mean"]) ** 2 - 1 / cells["mean"]).clip(lower=0) ** 0.5
q9b = pd.cut(excess, [-1, 0.1, 0.2, 9], labels=["可靠", "可用", "不可靠"]).to_dict()
q9b |= dict.fromkeys(cells.index[cells["mean"] < 50], "不可靠")

# %% [markdown] options="q9c"
"""
## 第 9 题 c（5 分，约 3 分钟）

咨询队列周一 09:00 这一格，12 周里有 3 周落在每月 1 到 3 日，那时系统群发积分提醒短信：这 3 周约 250 通，其余 9 周约 150 通，两边各自都很稳。
12 周合在一起，超额离散系数是 0.25。
要排的是下周一，8 月 11 日。

怎样做最合适？填一个字母。

- A. 仍用 12 周的平均，另加 25% 的固定人手
- B. 分月初与平日两格，下周一用平日那格
- C. 删去月初 3 周，以后每个周一都按余下的
- D. 补两年的周一，等合起来的系数降到 0.10
"""

# %% nbgrader={"grade": false, "grade_id": "q9c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q9c = ...
### BEGIN SOLUTION
q9c = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q9c-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q9c", "topic": "wfmp.3.reliability", "level": "understand", "minutes": 3}
answered(q9c, "letters", what="第 9 题 c")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q9c, choice_key("q9c", "B"), what="第 9 题 c")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q9c", "points": 0}
# 错因：用加人去盖住两种日子混在一起
q9c = "A"

# %% tags=["mistake"] mistake={"answer": "q9c", "points": 0}
# 错因：以为多收历史系数就会变小
q9c = "D"

# %% [markdown]
"""
## 第 10 题 a（5 分，约 4 分钟）

表 `plan_day` 是 8 月 4 日报修逐时段的需求人数与排班人数。

排班拟合与覆盖率各是多少？

- 排班拟合：1 减去各时段差多少（多的、缺的都算）的合计占需求合计的比例；
- 覆盖率：需求合计里有多大比例真有人排上，多排的不能补别的时段。

填小数，不要取整；各自相对误差 0.5% 以内算对，两个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q10a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10a = {"排班拟合": ..., "覆盖率": ...}
### BEGIN SOLUTION
day = paper.table("plan_day")
need, plan = day["需求人数"], day["排班人数"]
q10a = {
    "排班拟合": 1 - (plan - need).abs().sum() / need.sum(),
    "覆盖率": np.minimum(plan, need).sum() / need.sum(),
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10a-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10a", "topic": "wfmp.3.criteria", "level": "apply", "minutes": 4, "data": true}
answered(q10a, "dict", what="第 10 题 a")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

pairs = open_paper().table("plan_day")[["需求人数", "排班人数"]].to_numpy().tolist()
total = sum(need for need, _ in pairs)
right = {
    "排班拟合": 1 - sum(abs(plan - need) for need, plan in pairs) / total,
    "覆盖率": sum(min(pair) for pair in pairs) / total,
}
expect(q10a, right, what="第 10 题 a", tol=0.005)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10a", "points": 0}
# 错因：多的与缺的互相抵消
day = paper.table("plan_day")
need, plan = day["需求人数"].sum(), day["排班人数"].sum()
q10a = {"排班拟合": 1 - abs(plan - need) / need, "覆盖率": min(plan, need) / need}

# %% tags=["mistake"] mistake={"answer": "q10a", "points": 0}
# 错因：以排班合计为分母
day = paper.table("plan_day")
need, plan = day["需求人数"], day["排班人数"]
q10a = {
    "排班拟合": 1 - (plan - need).abs().sum() / plan.sum(),
    "覆盖率": np.minimum(plan, need).sum() / plan.sum(),
}

# %% [markdown]
"""
## 第 10 题 b（6 分，约 5 分钟）

表 `roster` 是报修一个大组 24 人四周（7 月 7 日周一至 8 月 3 日）的班表：工号、日期、星期、班次。
班次「休」是休息日；「培训」也是上班。

劳动法要求每周至少休息一天。
这里按一条查：连续上班超过 6 天的就是违反，不管是不是跨了周。

`q10b` 填出违反的全部工号，例如 `["H2001", "H2002"]`，次序不限；不多不少才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q10b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10b = ...
### BEGIN SOLUTION
roster = paper.table("roster").sort_values(["工号", "日期"])
works = roster["班次"] != "休"
run = works.groupby([roster["工号"], (~works).cumsum()]).sum().groupby("工号").max()

q10b = run.index[run > 6].tolist()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10b-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10b", "topic": "wfmp.3.criteria", "level": "analyse", "minutes": 5, "data": true}
answered(q10b, "list", what="第 10 题 b")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

right = set()
for person, rows in open_paper().table("roster").groupby("工号"):
    line = "".join("-" if shift == "休" else "x" for shift in rows.sort_values("日期")["班次"])
    if "x" * 7 in line:
        right.add(person)
expect(q10b, right, what="第 10 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10b", "points": 0}
# 错因：把培训当成休息
roster = paper.table("roster").sort_values(["工号", "日期"])
works = ~roster["班次"].isin(["休", "培训"])
run = works.groupby([roster["工号"], (~works).cumsum()]).sum().groupby("工号").max()

q10b = run.index[run > 6].tolist()

# %% tags=["mistake"] mistake={"answer": "q10b", "points": 0}
# 错因：只看整周有没有休息，漏了跨周的
roster = paper.table("roster")
week = (roster["日期"] - roster["日期"].min()).dt.days // 7
rested = (roster["班次"] == "休").groupby([roster["工号"], week]).any().groupby("工号").all()
q10b = rested.index[~rested].tolist()

# %% tags=["mistake"] mistake={"answer": "q10b", "points": 0}
# 错因：把正好 6 天的也算进去
roster = paper.table("roster").sort_values(["工号", "日期"])
works = roster["班次"] != "休"
run = works.groupby([roster["工号"], (~works).cumsum()]).sum().groupby("工号").max()

q10b = run.index[run >= 6].tolist()

# %% [markdown]
"""
## 第 10 题 c（6 分，约 4 分钟）

还是表 `roster`，夜班是夜A、夜B、夜C。

这 24 人四周的夜班分得公平吗？
算夜班次数的基尼系数，并找出夜班最多的人；一次夜班也没有的人也在 24 人里。

基尼系数 = 2 × Σ(i × xᵢ) ÷ (n × Σx) − (n + 1) ÷ n，x 从小到大排，i 从 1 数起，n 是人数。
"夜班最多" 填工号；基尼系数不要取整，相对误差 1% 以内算对，两个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q10c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10c = {"基尼系数": ..., "夜班最多": ...}
### BEGIN SOLUTION
roster = paper.table("roster")
nights = roster["班次"].str.startswith("夜").groupby(roster["工号"]).sum()
x = np.sort(nights)
n = len(x)
gini = 2 * (np.arange(1, n + 1) * x).sum() / (n * x.sum()) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.idxmax()}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10c-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10c", "topic": "wfmp.3.criteria", "level": "apply", "minutes": 4, "data": true}
answered(q10c, "dict", what="第 10 题 c")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

count = {}
for person, shift in open_paper().table("roster")[["工号", "班次"]].to_numpy().tolist():
    count[person] = count.get(person, 0) + (shift in ("夜A", "夜B", "夜C"))
gaps = sum(abs(one - other) for one in count.values() for other in count.values())
right = {
    "基尼系数": gaps / (2 * len(count) * sum(count.values())),
    "夜班最多": max(count, key=count.get),
}
expect(q10c, right, what="第 10 题 c", tol=0.01)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10c", "points": 0}
# 错因：漏了一次夜班也没有的人
roster = paper.table("roster")
nights = roster[roster["班次"].str.startswith("夜")]["工号"].value_counts()
x = np.sort(nights)
n = len(x)
gini = 2 * (np.arange(1, n + 1) * x).sum() / (n * x.sum()) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.idxmax()}

# %% tags=["mistake"] mistake={"answer": "q10c", "points": 0}
# 错因：没有从小到大排
roster = paper.table("roster")
nights = roster["班次"].str.startswith("夜").groupby(roster["工号"]).sum()
x = np.sort(nights)[::-1]
n = len(x)
gini = 2 * (np.arange(1, n + 1) * x).sum() / (n * x.sum()) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.idxmax()}

# %% [markdown]
"""
## 第 11 题 a（6 分，约 5 分钟）

表 `slot_history` 是报修 10:00 那个半小时 8 周的预测量与实际量（通），一行一天。
高温天也在里面：机动部队就是为这样的日子备的。

8 月 4 日 10:00 的预测量与平均处理时长见表 `slots`。
要顶住 95% 的情况，这个半小时要备几个机动人员？

- 误差比 = 实际量 ÷ 预测量，取 95% 分位数（同 Excel 的 PERCENTILE.INC）；
- 高位来电量 = 8 月 4 日 10:00 的预测量 × 这个分位数，不取整；
- 机动人数 = 高位来电量要的人数 − 预测量要的人数，两个都按 80% 在 20 秒内接起、Erlang C、不计损耗。

填整数。
"""

# %% nbgrader={"grade": false, "grade_id": "q11a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q11a = ...
### BEGIN SOLUTION
past = paper.table("slot_history")
slot = paper.table("slots").set_index("时段").loc["10:00"]
q11a = reserve.reserve_size(
    past["预测量"], past["实际量"], slot["平均处理时长"], plan=slot["预测量"]
).peak
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q11a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q11a", "topic": "wfmp.3.flexible_force", "level": "apply", "minutes": 5, "data": true}
answered(q11a, "integer", what="第 11 题 a")
### BEGIN HIDDEN TESTS
import numpy as np

from ccomlib import erlang, open_paper

rows = open_paper().table("slot_history")
row = open_paper().table("slots").query("时段 == '10:00'").iloc[0]
high = np.percentile(rows["实际量"] / rows["预测量"], 95)
need = erlang.required_agents(
    [row["预测量"], row["预测量"] * high], [row["平均处理时长"]] * 2, service_level=0.8, target=20
).agents
expect(q11a, int(need[1] - need[0]), what="第 11 题 a")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q11a", "points": 0}
# 错因：填了高位来电量要的总人数
past = paper.table("slot_history")
slot = paper.table("slots").set_index("时段").loc["10:00"]
high = (past["实际量"] / past["预测量"]).quantile(0.95) * slot["预测量"]
q11a = erlang.required_agents(high, slot["平均处理时长"]).agents

# %% tags=["mistake"] mistake={"answer": "q11a", "points": 0}
# 错因：按最坏的一天备
past = paper.table("slot_history")
slot = paper.table("slots").set_index("时段").loc["10:00"]
high = (past["实际量"] / past["预测量"]).max() * slot["预测量"]
need = erlang.required_agents([slot["预测量"], high], [slot["平均处理时长"]] * 2).agents
q11a = int(need[1] - need[0])

# %% [markdown]
"""
## 第 11 题 b（5 分，约 4 分钟）

触发阶梯这样定，满足任一条就到那一级，几级都满足取最高的一级：

| 级别 | 近 15 分钟服务水平 | 排队人数 | 负荷比（实际 ÷ 预测） |
| --- | --- | --- | --- |
| 三级 | 低于 50% | 20 人及以上 | — |
| 二级 | 低于 65% | 12 人及以上 | — |
| 一级 | 低于 75% | — | 1.10 及以上 |

都不满足是 0 级。
近 15 分钟来电不到 20 通的，数太少不作数，一律 0 级。

表 `situations` 是今天先后四种现场情况，各该到几级？
`q11b` 按表里的次序填四个整数，例如 `[0, 1, 2, 3]`；四个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q11b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q11b = [..., ..., ..., ...]
### BEGIN SOLUTION
now = paper.table("situations")
level, queue = now["近15分钟服务水平"], now["排队人数"]

rules = [
    now["近15分钟来电"] < 20,
    (level < 0.5) | (queue >= 20),
    (level < 0.65) | (queue >= 12),
    (level < 0.75) | (now["负荷比"] >= 1.1),
]
q11b = np.select(rules, [0, 3, 2, 1], 0).tolist()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q11b-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q11b", "topic": "wfmp.3.flexible_force", "level": "apply", "minutes": 4, "data": true}
answered(q11b, "list", what="第 11 题 b")
### BEGIN HIDDEN TESTS
from ccomlib import open_paper

right = []
for _, calls, service, waiting, ratio in open_paper().table("situations").to_numpy().tolist():
    reached = [0]
    if calls >= 20:
        reached += [1] * (service < 0.75 or ratio >= 1.10)
        reached += [2] * (service < 0.65 or waiting >= 12)
        reached += [3] * (service < 0.50 or waiting >= 20)
    right.append(max(reached))
expect(q11b, right, what="第 11 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q11b", "points": 0}
# 错因：来电太少的也照样触发
now = paper.table("situations")
level, queue = now["近15分钟服务水平"], now["排队人数"]

rules = [
    (level < 0.5) | (queue >= 20),
    (level < 0.65) | (queue >= 12),
    (level < 0.75) | (now["负荷比"] >= 1.1),
]
q11b = np.select(rules, [3, 2, 1], 0).tolist()

# %% tags=["mistake"] mistake={"answer": "q11b", "points": 0}
# 错因：只看服务水平
now = paper.table("situations")
level, queue = now["近15分钟服务水平"], now["排队人数"]

rules = [now["近15分钟来电"] < 20, level < 0.5, level < 0.65, level < 0.75]
q11b = np.select(rules, [0, 3, 2, 1], 0).tolist()

# %% [markdown] options="q11c"
"""
## 第 11 题 c（3 分，约 2 分钟）

一个大区的报修预测连着 8 周都报低，平均低 9%；扣掉这 9%，每天的误差都在正负 4% 以内。
机动部队因此天天满员上线，培训和辅导停了两个月。

先做哪一件？填一个字母。

- A. 把机动部队再扩 9%，让后台照旧天天顶上
- B. 把一级触发线放宽 9%，让机动少启动几次
- C. 把机动部队全部转成固定班次，不再留机动
- D. 把预测抬高补齐 9%，机动只备剩下的波动
"""

# %% nbgrader={"grade": false, "grade_id": "q11c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q11c = ...
### BEGIN SOLUTION
q11c = "D"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q11c-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q11c", "topic": "wfmp.3.flexible_force", "level": "understand", "minutes": 2}
answered(q11c, "letters", what="第 11 题 c")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q11c, choice_key("q11c", "D"), what="第 11 题 c")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q11c", "points": 0}
# 错因：用机动去补一直存在的偏差
q11c = "A"

# %% tags=["mistake"] mistake={"answer": "q11c", "points": 0}
# 错因：改触发线让问题看不见
q11c = "B"

# %% [markdown]
"""
## 交卷前

- 菜单「内核」里选「重启内核并运行所有单元格」，看每个确认格都说「已作答」；说「还没有作答」的是漏答。
- 选择题填的是你卷面上的字母，带引号。
- 比例填的是小数，不是百分数。
- 保存，文件名仍是 `wfmp-final.ipynb`，再交卷。
"""
