# %% [markdown]
"""
# CCOM-WFMP 排班管理岗　第一次补考

满分 100 分，时间 90 分钟，70 分合格。

**背景**：海棠家电服务热线（虚构）的春天，订单队列刚换了一位排班师，咨询与投诉两个队列也要一起看。
你的座位有自己的一套数据，在旁边的 `data` 文件夹里，用 `paper.table("表名")` 读入，也可以用 Excel 打开 CSV 文件来算，再把结果填回来。

**可以用**：这本笔记本、Excel、课程笔记与课程的笔记本；别的工具照课上的写法引入。

**怎样答**：每题有一个作答格，把 `...` 换成答案，题目要求的名字不要改；选择题填字母，例如 `q1 = "A"`。
作答格下面那一格运行后会说「已作答」，只表示形式对，不表示答案对。
每题各自重新读数据，前一题没做出来不影响后一题。

**请不要**给文件改名，不要删除或移动格子。

题中的阈值都是教学约定，只在这一题里用。
"""

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from ccomlib import answered, erlang, expect, open_paper, reserve, use_chinese

use_chinese()
paper = open_paper()

# %% [markdown]
"""
## 一、标准的来历与框架（8 分）
"""

# %% [markdown] options="q1"
"""
**第 1 题（4 分，约 2 分钟）**

投标书里要写一句 CCOM 的身份，同事各写了一句。
哪一句写对了？把字母填进 `q1`。

- A. CCOM 即 YD/T 2823-2015，通信行业推荐性标准，2015 年 7 月起实施。
- B. CCOM 即 SJ/T 11739-2019，电子行业推荐性标准，2020 年 4 月起实施。
- C. CCOM 即 GB/T 11739-2019，国家推荐性标准，2019 年 12 月起实施。
- D. CCOM 即 ISO 18295-1:2017，国际推荐性标准，2017 年 7 月起实施。
"""

# %% nbgrader={"grade": false, "grade_id": "q1", "locked": false, "schema_version": 3, "solution": true, "task": false}
q1 = ...
### BEGIN SOLUTION
q1 = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q1-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q1", "topic": "c1.history", "level": "remember", "minutes": 2, "data": false}
answered(q1, "letters", what="第 1 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q1, choice_key("q1", "B"), what="第 1 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q1", "points": 0}
# 错因：把通信行业的另一份规范当成 CCOM
q1 = "A"

# %% tags=["mistake"] mistake={"answer": "q1", "points": 0}
# 错因：把行业标准写成国家标准
q1 = "C"

# %% [markdown] options="q2"
"""
**第 2 题（4 分，约 2 分钟）**

认证大纲说，CCOM 从五个方面要求一家呼叫中心。
下面是本月办公会上的四件事：

1. 规定谁可以导出客户的电话号码，每次导出都留下记录；
2. 把预测、排班、现场调度连成一条线，每周核对哪一步没做到；
3. 讨论三年后热线定位成什么、要不要接门店的业务、投多少钱；
4. 给坐席设计从新人到班组长的晋级路，配上每一级的培训。

每件事主要属于哪个方面？按 1、2、3、4 的次序把四个字母连写进 `q2`，例如 `"ABCD"`，每个字母最多用一次。

- A. 战略规划
- B. 运营过程
- C. 人员管理
- D. 品质管理
- E. 数据安全管理
"""

# %% nbgrader={"grade": false, "grade_id": "q2", "locked": false, "schema_version": 3, "solution": true, "task": false}
q2 = ...
### BEGIN SOLUTION
q2 = "EBAC"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q2-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q2", "topic": "c1.framework", "level": "understand", "minutes": 2, "data": false}
answered(q2, "letters", what="第 2 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q2, choice_key("q2", "EBAC", count=5), what="第 2 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q2", "points": 0}
# 错因：把排班流程归到品质管理
q2 = "EDAC"

# %% tags=["mistake"] mistake={"answer": "q2", "points": 0}
# 错因：把晋级与战略弄反
q2 = "EBCA"

# %% [markdown]
"""
## 二、标准对排班管理的要求（27 分）
"""

# %% [markdown]
"""
**第 3 题 a（3 分，约 3 分钟）**

5 月 20 日（周二）订单队列白天 24 个时段，甲、乙两位排班师事先各交了一份预测，见表 `order_day`（列：时段、实际、甲预测、乙预测，单位：通）。

WAPE = Σ|预测 − 实际| ÷ Σ实际。
算出两份预测各自的 WAPE，写成小数，填进 `q3a`（误差不超过 0.001）。
"""

# %% nbgrader={"grade": false, "grade_id": "q3a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q3a = {"甲": ..., "乙": ...}
### BEGIN SOLUTION
day = paper.table("order_day")
q3a = {who: (day[f"{who}预测"] - day["实际"]).abs().sum() / day["实际"].sum() for who in "甲乙"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q3a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q3a", "topic": "wfmp.2.workload", "level": "apply", "minutes": 3, "data": true}
answered(q3a, "dict", what="第 3 题 a")
### BEGIN HIDDEN TESTS
q3_day = open_paper().table("order_day")
expect(
    q3a,
    {
        who: (q3_day[f"{who}预测"] - q3_day["实际"]).abs().sum() / q3_day["实际"].sum()
        for who in "甲乙"
    },
    what="第 3 题 a",
    atol=0.001,
)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q3a", "points": 0}
# 错因：正负误差先抵消了再取绝对值
day = paper.table("order_day")
q3a = {who: abs((day[f"{who}预测"] - day["实际"]).sum()) / day["实际"].sum() for who in "甲乙"}

# %% tags=["mistake"] mistake={"answer": "q3a", "points": 0}
# 错因：先算每个时段的误差率再平均，小时段和大时段一样重
day = paper.table("order_day")
q3a = {who: ((day[f"{who}预测"] - day["实际"]).abs() / day["实际"]).mean() for who in "甲乙"}

# %% [markdown]
"""
**第 3 题 b（3 分，约 3 分钟）**

还是表 `order_day`。
排半小时的人数，要用逐时段 WAPE 小的那一份预测。
选出这一份，并算出它的偏差：偏差 = Σ(预测 − 实际) ÷ Σ实际，报多为正、报少为负，写成小数（误差不超过 0.001）。

填进 `q3b`：`"选用"` 填 `"甲"` 或 `"乙"`，`"偏差"` 填数。
"""

# %% nbgrader={"grade": false, "grade_id": "q3b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q3b = {"选用": ..., "偏差": ...}
### BEGIN SOLUTION
day = paper.table("order_day")
total = day["实际"].sum()
wape = {who: (day[f"{who}预测"] - day["实际"]).abs().sum() / total for who in "甲乙"}
best = min(wape, key=wape.get)
q3b = {"选用": best, "偏差": (day[f"{best}预测"] - day["实际"]).sum() / total}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q3b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q3b", "topic": "wfmp.2.workload", "level": "apply", "minutes": 3, "data": true}
answered(q3b, "dict", what="第 3 题 b")
### BEGIN HIDDEN TESTS
q3_day = open_paper().table("order_day")
q3_wape = {who: (q3_day[f"{who}预测"] - q3_day["实际"]).abs().sum() for who in "甲乙"}
q3_best = min(q3_wape, key=q3_wape.get)
q3_bias = (q3_day[f"{q3_best}预测"] - q3_day["实际"]).sum() / q3_day["实际"].sum()
expect(q3b, {"选用": q3_best, "偏差": q3_bias}, what="第 3 题 b", atol=0.001)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q3b", "points": 0}
# 错因：谁的全天合计更接近就选谁
day = paper.table("order_day")
bias = {who: (day[f"{who}预测"] - day["实际"]).sum() / day["实际"].sum() for who in "甲乙"}
best = min(bias, key=lambda who: abs(bias[who]))
q3b = {"选用": best, "偏差": bias[best]}

# %% tags=["mistake"] mistake={"answer": "q3b", "points": 0}
# 错因：偏差写成实际减预测，正负号反了
day = paper.table("order_day")
total = day["实际"].sum()
wape = {who: (day[f"{who}预测"] - day["实际"]).abs().sum() / total for who in "甲乙"}
best = min(wape, key=wape.get)
q3b = {"选用": best, "偏差": (day["实际"] - day[f"{best}预测"]).sum() / total}

# %% [markdown]
"""
**第 4 题 a（3 分，约 3 分钟）**

表 `paid_hours` 是订单队列上个月全部付薪工时的去向（列：项目、小时），「接线」以外的都是损耗。
表 `month_need` 是各月高峰时要同时在线的人数（列：月份、在线需求人数）。

按上个月的损耗率（不要先取整），2025-06 要有多少编制？
不足一人进一，整数填进 `q4a`。
"""

# %% nbgrader={"grade": false, "grade_id": "q4a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q4a = ...
### BEGIN SOLUTION
import math

hours = paper.table("paid_hours").set_index("项目")["小时"]
online = hours.iloc[0] / hours.sum()
need = paper.table("month_need").set_index("月份")["在线需求人数"]["2025-06"]
q4a = math.ceil(need / online)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q4a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q4a", "topic": "wfmp.2.capacity", "level": "apply", "minutes": 3, "data": true}
answered(q4a, "integer", what="第 4 题 a")
### BEGIN HIDDEN TESTS
import math

q4_hours = open_paper().table("paid_hours")["小时"]
q4_need = open_paper().table("month_need").set_index("月份")["在线需求人数"]
q4_fte = q4_need["2025-06"] * q4_hours.sum() / q4_hours.iloc[0]
expect(q4a, math.ceil(q4_fte - 1e-9), what="第 4 题 a")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q4a", "points": 0}
# 错因：用在线人数 ×（1 + 损耗率）
import math

hours = paper.table("paid_hours")["小时"]
lost = 1 - hours.iloc[0] / hours.sum()
need = paper.table("month_need").set_index("月份")["在线需求人数"]["2025-06"]
q4a = math.ceil(need * (1 + lost))

# %% tags=["mistake"] mistake={"answer": "q4a", "points": 0}
# 错因：损耗只算了请假，没算培训、会议与小休
import math

hours = paper.table("paid_hours")["小时"]
lost = hours.iloc[1:3].sum() / hours.sum()
need = paper.table("month_need").set_index("月份")["在线需求人数"]["2025-06"]
q4a = math.ceil(need / (1 - lost))

# %% [markdown]
"""
**第 4 题 b（3 分，约 3 分钟）**

表 `hiring` 一行一个队列（列：队列、现有人数、月离职率、招训月数、目标人数）。
今天启动招聘，新人在「招训月数」个月之后一起上岗，上岗前不计入人数，也不算流失。
现有的人每月流失 = 当月月初人数 × 月离职率（不取整）。

要让新人上岗那天，订单队列和投诉队列都达到各自的目标人数，现在各要启动招几人？
每个队列最后不足一人进一，填进 `q4b`。
"""

# %% nbgrader={"grade": false, "grade_id": "q4b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q4b = {"订单": ..., "投诉": ...}
### BEGIN SOLUTION
import math

table = paper.table("hiring").set_index("队列")
q4b = {}
for queue in ("订单", "投诉"):
    row = table.loc[queue]
    left = row["现有人数"] * (1 - row["月离职率"]) ** row["招训月数"]
    q4b[queue] = math.ceil(row["目标人数"] - left)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q4b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q4b", "topic": "wfmp.2.capacity", "level": "apply", "minutes": 3, "data": true}
answered(q4b, "dict", what="第 4 题 b")
### BEGIN HIDDEN TESTS
import math

q4_table = open_paper().table("hiring").set_index("队列")
q4_left = q4_table["现有人数"] * (1 - q4_table["月离职率"]) ** q4_table["招训月数"]
q4_short = q4_table["目标人数"] - q4_left
expect(q4b, {name: math.ceil(q4_short[name]) for name in ("订单", "投诉")}, what="第 4 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q4b", "points": 0}
# 错因：没算招训期间还会有人走
table = paper.table("hiring").set_index("队列")
gap = table["目标人数"] - table["现有人数"]
q4b = {"订单": gap["订单"], "投诉": gap["投诉"]}

# %% tags=["mistake"] mistake={"answer": "q4b", "points": 0}
# 错因：只算了一个月的流失
import math

table = paper.table("hiring").set_index("队列")
gap = table["目标人数"] - table["现有人数"] * (1 - table["月离职率"])
q4b = {"订单": math.ceil(gap["订单"]), "投诉": math.ceil(gap["投诉"])}

# %% [markdown]
"""
**第 5 题 a（3 分，约 3 分钟）**

表 `order_slots` 是订单队列明天六个半小时的预测（列：时段、来电量（通）、平均处理时长（秒）、在岗人数）。
大客户合同写明：90% 的来电在 15 秒内接起。

用 Erlang C（假定没有人放弃），10:00 这个时段至少要几个人同时在线？
整数填进 `q5a`。
"""

# %% nbgrader={"grade": false, "grade_id": "q5a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q5a = ...
### BEGIN SOLUTION
row = paper.table("order_slots").set_index("时段").loc["10:00"]
q5a = erlang.required_agents(
    row["来电量"], row["平均处理时长"], service_level=0.9, target=15
).agents
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q5a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q5a", "topic": "wfmp.2.scheduling", "level": "apply", "minutes": 3, "data": true}
answered(q5a, "integer", what="第 5 题 a")
### BEGIN HIDDEN TESTS
from ccomlib import erlang

q5_row = open_paper().table("order_slots").set_index("时段").loc["10:00"]
expect(
    q5a,
    erlang.required_agents(
        float(q5_row["来电量"]), float(q5_row["平均处理时长"]), service_level=0.9, target=15
    ).agents,
    what="第 5 题 a",
)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q5a", "points": 0}
# 错因：没看合同，用了默认的 80/20
row = paper.table("order_slots").set_index("时段").loc["10:00"]
q5a = erlang.required_agents(row["来电量"], row["平均处理时长"]).agents

# %% tags=["mistake"] mistake={"answer": "q5a", "points": 0}
# 错因：把话务量进一当人数
import math

row = paper.table("order_slots").set_index("时段").loc["10:00"]
q5a = math.ceil(row["来电量"] * row["平均处理时长"] / 1800)

# %% [markdown]
"""
**第 5 题 b（3 分，约 2 分钟）**

还是表 `order_slots`。
14:30 这个时段培训占了人，实际只有表里的「在岗人数」。
来电者平均耐心 150 秒，用 Erlang A，这半小时预计放弃率是多少？
写成小数填进 `q5b`（误差不超过 0.002）。
"""

# %% nbgrader={"grade": false, "grade_id": "q5b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q5b = ...
### BEGIN SOLUTION
row = paper.table("order_slots").set_index("时段").loc["14:30"]
q5b = erlang.performance(
    row["来电量"], row["平均处理时长"], row["在岗人数"], patience=150
).abandonment
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q5b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q5b", "topic": "wfmp.2.scheduling", "level": "apply", "minutes": 2, "data": true}
answered(q5b, "number", what="第 5 题 b")
### BEGIN HIDDEN TESTS
from ccomlib import erlang

q5_row = open_paper().table("order_slots").set_index("时段").loc["14:30"].astype(float)
q5_result = erlang.performance(
    q5_row["来电量"], q5_row["平均处理时长"], q5_row["在岗人数"], patience=150
)
expect(q5b, q5_result.abandonment, what="第 5 题 b", atol=0.002)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q5b", "points": 0}
# 错因：把来电量当成一小时的
row = paper.table("order_slots").set_index("时段").loc["14:30"]
q5b = erlang.performance(
    row["来电量"], row["平均处理时长"], row["在岗人数"], patience=150, interval=3600
).abandonment

# %% tags=["mistake"] mistake={"answer": "q5b", "points": 0}
# 错因：用了服务水平没达到的那一部分当放弃率
row = paper.table("order_slots").set_index("时段").loc["14:30"]
q5b = (
    1
    - erlang.performance(
        row["来电量"], row["平均处理时长"], row["在岗人数"], patience=150
    ).service_level
)

# %% [markdown] options="q6"
"""
**第 6 题（5 分，约 4 分钟）**

订单队列的班表用整数规划求解，目标是各时段「缺几人」与「多几人」的合计最小，缺与多同价，求解器已证明最优。
结果差额合计 28 人次：10:00–11:00 两个半小时各缺 7 人，预计服务水平不到 50%，别的时段差不到 2 人；排班拟合 96%。
排班师手工挪出另一份：差额合计 34 人次，没有一个时段缺过 2 人，全天都能到 75% 以上。
总监要班表照顾到每个时段的客户，不加人、不加班次。

模型最该怎样改？把字母填进 `q6`。

- A. 目标函数不动，把求解器的精度调高，再把它解一遍。
- B. 缺得越多每人代价越高，并给每个时段的缺人设上限。
- C. 把 10:00 到 11:00 的需求各下调 7 人，让拟合更高。
- D. 目标里只留多几人这一项，把省下的人放到缺的时段。
"""

# %% nbgrader={"grade": false, "grade_id": "q6", "locked": false, "schema_version": 3, "solution": true, "task": false}
q6 = ...
### BEGIN SOLUTION
q6 = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q6-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q6", "topic": "wfmp.2.optimisation", "level": "analyse", "minutes": 4, "data": false}
answered(q6, "letters", what="第 6 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q6, choice_key("q6", "B"), what="第 6 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q6", "points": 0}
# 错因：已证明最优还想靠算得更精
q6 = "A"

# %% tags=["mistake"] mistake={"answer": "q6", "points": 0}
# 错因：改需求去迁就班表
q6 = "C"

# %% [markdown]
"""
**第 7 题（4 分，约 4 分钟）**

表 `team_day` 是某班组昨天的出勤（列：工号、排班分钟、登录分钟、遵守分钟、备注）。
遵守分钟 = 按班表该在什么状态就在什么状态的分钟数；登录分钟只看登录了多久，含班外的时间。

班组遵守率 = Σ遵守分钟 ÷ Σ排班分钟；备注为「批假」的人不计入（分子、分母都不计）。
算出这个班组的遵守率，写成小数填进 `q7`（误差不超过 0.001）。
"""

# %% nbgrader={"grade": false, "grade_id": "q7", "locked": false, "schema_version": 3, "solution": true, "task": false}
q7 = ...
### BEGIN SOLUTION
team = paper.table("team_day")
team = team[team["备注"] != "批假"]
q7 = team["遵守分钟"].sum() / team["排班分钟"].sum()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q7-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q7", "topic": "wfmp.2.evaluation", "level": "apply", "minutes": 4, "data": true}
answered(q7, "number", what="第 7 题")
### BEGIN HIDDEN TESTS
q7_team = open_paper().table("team_day")
q7_team = q7_team[q7_team["备注"] != "批假"]
expect(q7, q7_team["遵守分钟"].sum() / q7_team["排班分钟"].sum(), what="第 7 题", atol=0.001)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：用登录时长去除排班时长，那是出勤率
team = paper.table("team_day")
team = team[team["备注"] != "批假"]
q7 = team["登录分钟"].sum() / team["排班分钟"].sum()

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：各人的遵守率简单平均，四小时班和八小时班一样重
team = paper.table("team_day")
team = team[team["备注"] != "批假"]
q7 = (team["遵守分钟"] / team["排班分钟"]).mean()

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：批了假的人也算进分母
team = paper.table("team_day")
q7 = team["遵守分钟"].sum() / team["排班分钟"].sum()

# %% [markdown]
"""
## 三、用工具达到规范要求（65 分）
"""

# %% [markdown]
"""
**第 8 题 a（6 分，约 5 分钟）**

表 `order_export` 是平台导出的订单队列两周（2025-05-05 至 05-18，每天 08:00 到 19:30 共 24 个时段，列：日期、时段、呼入量）。
导出有毛病，按下面的规矩清洗：

- 时段为「合计」的行不要；
- 同一日期同一时段出现两次的只留一行；
- 呼入量为「--」的是没采到，不是 0，当作缺失；
- 还有一些时段整行没有，也是缺失。

清洗以后，有效的时段有几个、缺失的时段有几个、有效时段的呼入量合计是多少？
都是整数，填进 `q8a`。
"""

# %% nbgrader={"grade": false, "grade_id": "q8a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8a = {"有效时段": ..., "缺失时段": ..., "呼入量合计": ...}
### BEGIN SOLUTION
raw = paper.table("order_export")
clean = raw[raw["时段"] != "合计"].drop_duplicates(["日期", "时段"])
clean = clean[clean["呼入量"] != "--"]
q8a = {
    "有效时段": len(clean),
    "缺失时段": 14 * 24 - len(clean),
    "呼入量合计": clean["呼入量"].astype(int).sum(),
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8a", "topic": "wfmp.3.traffic_model", "level": "apply", "minutes": 5, "data": true}
answered(q8a, "dict", what="第 8 题 a")
### BEGIN HIDDEN TESTS
q8_raw = open_paper().table("order_export")
q8_clean = q8_raw[q8_raw["时段"] != "合计"].drop_duplicates(["日期", "时段"])
q8_clean = q8_clean[q8_clean["呼入量"] != "--"]
q8_total = int(q8_clean["呼入量"].astype(int).sum())
expect(
    q8a,
    {"有效时段": len(q8_clean), "缺失时段": 14 * 24 - len(q8_clean), "呼入量合计": q8_total},
    what="第 8 题 a",
)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8a", "points": 0}
# 错因：重复的时段没有去掉
raw = paper.table("order_export")
clean = raw[(raw["时段"] != "合计") & (raw["呼入量"] != "--")]
total = clean["呼入量"].astype(int).sum()
q8a = {"有效时段": len(clean), "缺失时段": 14 * 24 - len(clean), "呼入量合计": total}

# %% tags=["mistake"] mistake={"answer": "q8a", "points": 0}
# 错因：把没采到的当成 0 通
raw = paper.table("order_export")
clean = raw[raw["时段"] != "合计"].drop_duplicates(["日期", "时段"])
total = clean["呼入量"].replace("--", "0").astype(int).sum()
q8a = {"有效时段": len(clean), "缺失时段": 14 * 24 - len(clean), "呼入量合计": total}

# %% [markdown]
"""
**第 8 题 b（6 分，约 5 分钟）**

表 `order_daily` 是订单队列春天 12 周的日呼入量（列：日期、星期、呼入量、节假日、事件），已经清洗好。
「节假日」或「事件」不是空字的日子（含调休上班）不是平常日子，建系数时不用。

星期系数 = 这个星期几的平常日日均 ÷ 七个星期几的日均的平均数。
算出周一到周日七个系数，填进 `q8b`（相对误差不超过 0.5%）。
"""

# %% nbgrader={"grade": false, "grade_id": "q8b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8b = {"周一": ..., "周二": ..., "周三": ..., "周四": ..., "周五": ..., "周六": ..., "周日": ...}
### BEGIN SOLUTION
daily = paper.table("order_daily")
plain = daily[(daily["节假日"] == "") & (daily["事件"] == "")]
mean = plain.groupby("星期")["呼入量"].mean()
q8b = (mean / mean.mean()).to_dict()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8b-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8b", "topic": "wfmp.3.traffic_model", "level": "apply", "minutes": 5, "data": true}
answered(q8b, "dict", what="第 8 题 b")
### BEGIN HIDDEN TESTS
q8_daily = open_paper().table("order_daily")
q8_plain = q8_daily[(q8_daily["节假日"] == "") & (q8_daily["事件"] == "")]
q8_mean = q8_plain.groupby("星期")["呼入量"].mean()
expect(q8b, (q8_mean / q8_mean.mean()).to_dict(), what="第 8 题 b", tol=0.005)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8b", "points": 0}
# 错因：节假日和事件的日子没有去掉
daily = paper.table("order_daily")
mean = daily.groupby("星期")["呼入量"].mean()
q8b = (mean / mean.mean()).to_dict()

# %% tags=["mistake"] mistake={"answer": "q8b", "points": 0}
# 错因：算成各星期占一周的比例，七个加起来是 1
daily = paper.table("order_daily")
plain = daily[(daily["节假日"] == "") & (daily["事件"] == "")]
mean = plain.groupby("星期")["呼入量"].mean()
q8b = (mean / mean.sum()).to_dict()

# %% tags=["mistake"] mistake={"answer": "q8b", "points": 0}
# 错因：用合计而不是日均，节假日多的星期吃亏
daily = paper.table("order_daily")
plain = daily[(daily["节假日"] == "") & (daily["事件"] == "")]
total = plain.groupby("星期")["呼入量"].sum()
q8b = (total / total.mean()).to_dict()

# %% [markdown]
"""
**第 8 题 c（6 分，约 4 分钟）**

表 `order_interval` 是同一 12 周里订单队列白天各时段的呼入量（列：日期、星期、时段、呼入量、节假日、事件）；有节假日或事件标记的日子不用。
表 `order_plan` 是要预测的三个时段（列：日期、星期、时段、预测日总量（白天 24 个时段的合计）、活动系数）。

时段占比按日型分开算，周一到周五是工作日，周六、周日是周末：
占比 = 该日型这个时段的呼入量合计 ÷ 该日型所有时段的呼入量合计。
预测量 = 预测日总量 × 活动系数 × 时段占比。

算出三个时段的预测量（通，不取整），填进 `q8c`（相对误差不超过 2%）。
"""

# %% nbgrader={"grade": false, "grade_id": "q8c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8c = {"周一 10:00": ..., "周三 15:00": ..., "周六 09:30": ...}
### BEGIN SOLUTION
history = paper.table("order_interval")
marked = history.loc[(history["节假日"] != "") | (history["事件"] != ""), "日期"]
plain = history[~history["日期"].isin(marked)]
weekend = plain["星期"].isin(["周六", "周日"])
share = plain.groupby([weekend, "时段"])["呼入量"].sum()
share = share / share.groupby(level=0).transform("sum")
q8c = {}
for row in paper.table("order_plan").itertuples():
    part = share[(row.星期 in ("周六", "周日"), row.时段)]
    q8c[f"{row.星期} {row.时段}"] = row.预测日总量 * row.活动系数 * part
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8c-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8c", "topic": "wfmp.3.traffic_model", "level": "analyse", "minutes": 4, "data": true}
answered(q8c, "dict", what="第 8 题 c")
### BEGIN HIDDEN TESTS
q8_history = open_paper().table("order_interval")
q8_marked = q8_history.loc[(q8_history["节假日"] != "") | (q8_history["事件"] != ""), "日期"]
q8_plain = q8_history[~q8_history["日期"].isin(q8_marked)]
q8_weekend = q8_plain["星期"].isin(["周六", "周日"])
q8_expected = {}
for q8_row in open_paper().table("order_plan").itertuples():
    q8_kind = q8_plain[q8_weekend == (q8_row.星期 in ("周六", "周日"))]
    q8_part = q8_kind.loc[q8_kind["时段"] == q8_row.时段, "呼入量"].sum() / q8_kind["呼入量"].sum()
    q8_name = f"{q8_row.星期} {q8_row.时段}"
    q8_expected[q8_name] = q8_row.预测日总量 * q8_row.活动系数 * q8_part
expect(q8c, q8_expected, what="第 8 题 c", tol=0.02)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8c", "points": 0}
# 错因：工作日和周末合用一条时段曲线
history = paper.table("order_interval")
plain = history[(history["节假日"] == "") & (history["事件"] == "")]
share = plain.groupby("时段")["呼入量"].sum() / plain["呼入量"].sum()
q8c = {
    f"{row.星期} {row.时段}": row.预测日总量 * row.活动系数 * share[row.时段]
    for row in paper.table("order_plan").itertuples()
}

# %% tags=["mistake"] mistake={"answer": "q8c", "points": 0}
# 错因：忘了乘活动系数
history = paper.table("order_interval")
plain = history[(history["节假日"] == "") & (history["事件"] == "")]
weekend = plain["星期"].isin(["周六", "周日"])
share = plain.groupby([weekend, "时段"])["呼入量"].sum()
share = share / share.groupby(level=0).transform("sum")
q8c = {
    f"{row.星期} {row.时段}": row.预测日总量 * share[(row.星期 in ("周六", "周日"), row.时段)]
    for row in paper.table("order_plan").itertuples()
}

# %% [markdown]
"""
**第 9 题 a（6 分，约 5 分钟）**

表 `cells` 是六个格（队列 × 星期 × 时段）在春天 12 周里的历史重复（列：队列、星期、时段、日期、呼入量、节假日）。
「节假日」不是空字的那几天（含调休上班）不算，每一格其余的日子才是重复。

对「咨询 周五 16:00」这一格，算出：
离散系数 = 标准差 ÷ 均值，标准差除以 n − 1；
泊松下限 = 1 ÷ √均值；
超额离散系数 = √(离散系数² − 1 ÷ 均值)，根号里为负时取 0。

填进 `q9a`（相对误差不超过 1%）。
"""

# %% nbgrader={"grade": false, "grade_id": "q9a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q9a = {"离散系数": ..., "泊松下限": ..., "超额离散系数": ...}
### BEGIN SOLUTION
cells = paper.table("cells")
one = cells[(cells["队列"] == "咨询") & (cells["星期"] == "周五") & (cells["时段"] == "16:00")]
calls = one.loc[one["节假日"] == "", "呼入量"]
cv, floor = calls.std() / calls.mean(), 1 / calls.mean() ** 0.5
q9a = {"离散系数": cv, "泊松下限": floor, "超额离散系数": max(0, cv**2 - floor**2) ** 0.5}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q9a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q9a", "topic": "wfmp.3.reliability", "level": "apply", "minutes": 5, "data": true}
answered(q9a, "dict", what="第 9 题 a")
### BEGIN HIDDEN TESTS
q9_cells = open_paper().table("cells").query("节假日 == '' and 队列 == '咨询'")
q9_calls = q9_cells.query("星期 == '周五' and 时段 == '16:00'")["呼入量"]
q9_cv, q9_floor = q9_calls.std() / q9_calls.mean(), 1 / q9_calls.mean() ** 0.5
q9_excess = max(0, q9_cv**2 - q9_floor**2) ** 0.5
expect(
    q9a,
    {"离散系数": q9_cv, "泊松下限": q9_floor, "超额离散系数": q9_excess},
    what="第 9 题 a",
    tol=0.01,
)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q9a", "points": 0}
# 错因：节假日那几天没有去掉
cells = paper.table("cells")
one = cells[(cells["队列"] == "咨询") & (cells["星期"] == "周五") & (cells["时段"] == "16:00")]
calls = one["呼入量"]
cv, floor = calls.std() / calls.mean(), 1 / calls.mean() ** 0.5
q9a = {"离散系数": cv, "泊松下限": floor, "超额离散系数": max(0, cv**2 - floor**2) ** 0.5}

# %% tags=["mistake"] mistake={"answer": "q9a", "points": 0}
# 错因：超额用离散系数直接减去下限
cells = paper.table("cells")
one = cells[(cells["队列"] == "咨询") & (cells["星期"] == "周五") & (cells["时段"] == "16:00")]
calls = one.loc[one["节假日"] == "", "呼入量"]
cv, floor = calls.std() / calls.mean(), 1 / calls.mean() ** 0.5
q9a = {"离散系数": cv, "泊松下限": floor, "超额离散系数": max(0, cv - floor)}

# %% tags=["mistake"] mistake={"answer": "q9a", "points": 0}
# 错因：标准差除以 n（Excel 的 STDEV.P）
cells = paper.table("cells")
one = cells[(cells["队列"] == "咨询") & (cells["星期"] == "周五") & (cells["时段"] == "16:00")]
calls = one.loc[one["节假日"] == "", "呼入量"]
cv, floor = calls.std(ddof=0) / calls.mean(), 1 / calls.mean() ** 0.5
q9a = {"离散系数": cv, "泊松下限": floor, "超额离散系数": max(0, cv**2 - floor**2) ** 0.5}

# %% [markdown]
"""
**第 9 题 b（5 分，约 4 分钟）**

还是表 `cells` 的六个格，同样去掉节假日（含调休上班）。
按每格的超额离散系数判定（定义：√(离散系数² − 1 ÷ 均值)，根号里为负取 0；标准差除以 n − 1）：
不大于 0.10 判「可靠」，大于 0.10、不大于 0.20 判「可用」，大于 0.20 判「不可靠」（教学约定）。

把六个判定填进 `q9b`。
"""

# %% nbgrader={"grade": false, "grade_id": "q9b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q9b = {
    "咨询 周二 10:00": ...,
    "咨询 周五 16:00": ...,
    "咨询 周一 09:30": ...,
    "投诉 周二 10:30": ...,
    "投诉 周五 19:00": ...,
    "投诉 周日 14:00": ...,
}
### BEGIN SOLUTION
cells = paper.table("cells").query("节假日 == ''")
q9b = {}
for (queue, day, slot), calls in cells.groupby(["队列", "星期", "时段"])["呼入量"]:
    excess = max(0, (calls.std() / calls.mean()) ** 2 - 1 / calls.mean()) ** 0.5
    verdict = "可靠" if excess <= 0.10 else "可用" if excess <= 0.20 else "不可靠"
    q9b[f"{queue} {day} {slot}"] = verdict
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q9b-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q9b", "topic": "wfmp.3.reliability", "level": "analyse", "minutes": 4, "data": true}
answered(q9b, "dict", what="第 9 题 b")
### BEGIN HIDDEN TESTS
q9_cells = open_paper().table("cells").query("节假日 == ''")
q9_expected = {}
for (q9_queue, q9_day, q9_slot), q9_calls in q9_cells.groupby(["队列", "星期", "时段"])["呼入量"]:
    q9_excess = max(0, (q9_calls.std() / q9_calls.mean()) ** 2 - 1 / q9_calls.mean()) ** 0.5
    q9_verdict = "可靠" if q9_excess <= 0.10 else "可用" if q9_excess <= 0.20 else "不可靠"
    q9_expected[f"{q9_queue} {q9_day} {q9_slot}"] = q9_verdict
expect(q9b, q9_expected, what="第 9 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q9b", "points": 0}
# 错因：没扣泊松下限，拿离散系数直接比，小队列全成了不可靠
cells = paper.table("cells").query("节假日 == ''")
q9b = {}
for (queue, day, slot), calls in cells.groupby(["队列", "星期", "时段"])["呼入量"]:
    cv = calls.std() / calls.mean()
    q9b[f"{queue} {day} {slot}"] = "可靠" if cv <= 0.1 else "可用" if cv <= 0.2 else "不可靠"

# %% tags=["mistake"] mistake={"answer": "q9b", "points": 0}
# 错因：通数多的都判可靠，通数少的都判不可靠
names = ["咨询 周二 10:00", "咨询 周五 16:00", "咨询 周一 09:30"]
q9b = dict.fromkeys(names, "可靠")
q9b |= dict.fromkeys(["投诉 周二 10:30", "投诉 周五 19:00", "投诉 周日 14:00"], "不可靠")

# %% [markdown] options="q9c"
"""
**第 9 题 c（5 分，约 3 分钟）**

投诉队列四周前才延长到晚上，「周二 21:00」一格只有 4 次重复：均值 60 通，离散系数 0.15，超额离散系数 0.08。
按 4 次重复估，离散系数的标准误约 0.06。
主管看到超额不到 0.10，要按这一格给晚班定编制。

排班师怎样回答最合适？把字母填进 `q9c`。

- A. 判可靠：超额 0.08 没超过 0.10，照这一格的均值定编制。
- B. 判不可靠：四周太短，这一格不再预测，改用上周的实际。
- C. 样本不足：暂用均值并留余量，重复攒到 8 次以上再判。
- D. 判可用：历史短就降一档，这一格固定多备两成的人手。
"""

# %% nbgrader={"grade": false, "grade_id": "q9c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q9c = ...
### BEGIN SOLUTION
q9c = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q9c-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q9c", "topic": "wfmp.3.reliability", "level": "understand", "minutes": 3, "data": false}
answered(q9c, "letters", what="第 9 题 c")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q9c, choice_key("q9c", "C"), what="第 9 题 c")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q9c", "points": 0}
# 错因：只看数没过线，不看只有几次重复
q9c = "A"

# %% tags=["mistake"] mistake={"answer": "q9c", "points": 0}
# 错因：把没有证据当成证明了不可靠
q9c = "B"

# %% [markdown]
"""
**第 10 题 a（5 分，约 4 分钟）**

表 `day_plan` 是订单队列 5 月 20 日逐时段的需求与排班（列：时段、需求人数、排班人数）。

排班拟合 = 1 − Σ|排班 − 需求| ÷ Σ需求；
覆盖率 = Σmin(排班, 需求) ÷ Σ需求。

算出这两个数，写成小数，填进 `q10a`（误差不超过 0.001）。
"""

# %% nbgrader={"grade": false, "grade_id": "q10a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10a = {"排班拟合": ..., "覆盖率": ...}
### BEGIN SOLUTION
plan = paper.table("day_plan")
need, staff = plan["需求人数"], plan["排班人数"]
q10a = {
    "排班拟合": 1 - (staff - need).abs().sum() / need.sum(),
    "覆盖率": staff.clip(upper=need).sum() / need.sum(),
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10a-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10a", "topic": "wfmp.3.criteria", "level": "apply", "minutes": 4, "data": true}
answered(q10a, "dict", what="第 10 题 a")
### BEGIN HIDDEN TESTS
q10_plan = open_paper().table("day_plan")
q10_need, q10_staff = q10_plan["需求人数"], q10_plan["排班人数"]
q10_fit = 1 - (q10_staff - q10_need).abs().sum() / q10_need.sum()
q10_cover = q10_staff.clip(upper=q10_need).sum() / q10_need.sum()
expect(q10a, {"排班拟合": q10_fit, "覆盖率": q10_cover}, what="第 10 题 a", atol=0.001)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10a", "points": 0}
# 错因：全天合计一比就算拟合，早上缺的被下午多的抵掉
plan = paper.table("day_plan")
need, staff = plan["需求人数"].sum(), plan["排班人数"].sum()
q10a = {"排班拟合": 1 - abs(staff - need) / need, "覆盖率": min(staff, need) / need}

# %% tags=["mistake"] mistake={"answer": "q10a", "points": 0}
# 错因：只算缺的，多的不算不拟合
plan = paper.table("day_plan")
need, staff = plan["需求人数"], plan["排班人数"]
cover = staff.clip(upper=need).sum() / need.sum()
q10a = {"排班拟合": cover, "覆盖率": cover}

# %% [markdown]
"""
**第 10 题 b（6 分，约 5 分钟）**

表 `roster` 是订单组 20 人三周的班表（2025-04-07 周一至 04-27 周日，列：工号、日期、班次；「休」是休息，其余都是上班）。
劳动法要求每周至少休息一日；本题按这样的查法（教学约定）：任何连续 7 天里都要至少有 1 天「休」，也就是连续上班不超过 6 天，跨周也要连着数。

哪些人违反了？
把他们的工号写成列表填进 `q10b`，次序不限，例如 `["D3101", "D3102"]`。
"""

# %% nbgrader={"grade": false, "grade_id": "q10b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10b = ...
### BEGIN SOLUTION
roster = paper.table("roster").sort_values(["工号", "日期"])
q10b = []
for agent, days in roster.groupby("工号"):
    works = (days["班次"] != "休").astype(int)
    if works.rolling(7).sum().max() == 7:
        q10b.append(agent)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10b-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10b", "topic": "wfmp.3.criteria", "level": "analyse", "minutes": 5, "data": true}
answered(q10b, "list", what="第 10 题 b")
### BEGIN HIDDEN TESTS
q10_roster = open_paper().table("roster").sort_values(["工号", "日期"])
q10_broken = set()
for q10_agent, q10_days in q10_roster.groupby("工号"):
    if (q10_days["班次"] != "休").astype(int).rolling(7).sum().max() == 7:
        q10_broken.add(q10_agent)
expect(q10b, q10_broken, what="第 10 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10b", "points": 0}
# 错因：连上 6 天的也算违反
roster = paper.table("roster").sort_values(["工号", "日期"])
q10b = []
for agent, days in roster.groupby("工号"):
    if (days["班次"] != "休").astype(int).rolling(6).sum().max() == 6:
        q10b.append(agent)

# %% tags=["mistake"] mistake={"answer": "q10b", "points": 0}
# 错因：只按周一到周日一周一周地看，跨周连上的漏了
roster = paper.table("roster")
week = roster["日期"].dt.isocalendar().week
rest = (roster["班次"] == "休").groupby([roster["工号"], week]).sum()
q10b = sorted(set(rest[rest == 0].index.get_level_values("工号")))

# %% [markdown]
"""
**第 10 题 c（6 分，约 4 分钟）**

还是表 `roster`。
数一数每人三周里有几个「夜班」，一个都没有的人记 0，也要算在内（共 20 人）。

基尼系数 = 2·Σ(i·x₍ᵢ₎) ÷ (n·Σx) − (n + 1) ÷ n，其中 x₍ᵢ₎ 是从小到大排好的第 i 个人的夜班数，n 是人数。
算出夜班的基尼系数（误差不超过 0.002），并找出夜班最多的人，填进 `q10c`。
"""

# %% nbgrader={"grade": false, "grade_id": "q10c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10c = {"基尼系数": ..., "夜班最多": ...}
### BEGIN SOLUTION
roster = paper.table("roster")
nights = (roster["班次"] == "夜班").groupby(roster["工号"]).sum()
x = sorted(nights)
n = len(x)
gini = 2 * sum(i * v for i, v in enumerate(x, 1)) / (n * sum(x)) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.idxmax()}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10c-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10c", "topic": "wfmp.3.criteria", "level": "apply", "minutes": 4, "data": true}
answered(q10c, "dict", what="第 10 题 c")
### BEGIN HIDDEN TESTS
q10_roster = open_paper().table("roster")
q10_nights = (q10_roster["班次"] == "夜班").groupby(q10_roster["工号"]).sum()
q10_x, q10_n = sorted(q10_nights), q10_nights.size
q10_gini = (
    2 * sum(i * v for i, v in enumerate(q10_x, 1)) / (q10_n * sum(q10_x)) - (q10_n + 1) / q10_n
)
expect(q10c, {"基尼系数": q10_gini, "夜班最多": q10_nights.idxmax()}, what="第 10 题 c", atol=0.002)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10c", "points": 0}
# 错因：透视表里没有夜班的人不见了，基尼系数偏小
roster = paper.table("roster")
nights = roster[roster["班次"] == "夜班"].groupby("工号").size()
x = sorted(nights)
n = len(x)
gini = 2 * sum(i * v for i, v in enumerate(x, 1)) / (n * sum(x)) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.idxmax()}

# %% tags=["mistake"] mistake={"answer": "q10c", "points": 0}
# 错因：没有从小到大排好就套公式
roster = paper.table("roster")
nights = (roster["班次"] == "夜班").groupby(roster["工号"]).sum()
x = sorted(nights, reverse=True)
n = len(x)
gini = 2 * sum(i * v for i, v in enumerate(x, 1)) / (n * sum(x)) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.idxmax()}

# %% [markdown]
"""
**第 11 题 a（6 分，约 5 分钟）**

订单队列 10:00 这个时段要备机动人员。
表 `slot_history` 是过去 60 个工作日这个时段的预测与实际（列：日期、预测量、实际来电量，单位：通）。
表 `reserve_plan` 是下周要排的那一天（列：日期、时段、计划来电量（通）、平均处理时长（秒））。

误差比 = 实际来电量 ÷ 预测量，取它的 95% 分位（与 Excel 的 PERCENTILE.INC 相同）。
机动人数 = N(计划来电量 × 95% 分位) − N(计划来电量)，N 是半小时内 80% 在 20 秒接起所需的最少人数（Erlang C）。

要备几个机动人员？
整数填进 `q11a`。
"""

# %% nbgrader={"grade": false, "grade_id": "q11a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q11a = ...
### BEGIN SOLUTION
history = paper.table("slot_history")
plan = paper.table("reserve_plan").iloc[0]
size = reserve.reserve_size(
    history["预测量"], history["实际来电量"], plan["平均处理时长"], plan=plan["计划来电量"]
)
q11a = size.peak
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q11a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q11a", "topic": "wfmp.3.flexible_force", "level": "apply", "minutes": 5, "data": true}
answered(q11a, "integer", what="第 11 题 a")
### BEGIN HIDDEN TESTS
from ccomlib import erlang

q11_history = open_paper().table("slot_history")
q11_plan = open_paper().table("reserve_plan").iloc[0]
q11_calls, q11_aht = float(q11_plan["计划来电量"]), float(q11_plan["平均处理时长"])
q11_ratio = (q11_history["实际来电量"] / q11_history["预测量"]).quantile(0.95)
q11_high = erlang.required_agents(q11_calls * q11_ratio, q11_aht).agents
expect(q11a, q11_high - erlang.required_agents(q11_calls, q11_aht).agents, what="第 11 题 a")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q11a", "points": 0}
# 错因：按平均误差备，只顶得住一半的日子
history = paper.table("slot_history")
plan = paper.table("reserve_plan").iloc[0]
ratio = (history["实际来电量"] / history["预测量"]).mean()
high = erlang.required_agents(plan["计划来电量"] * ratio, plan["平均处理时长"]).agents
q11a = high - erlang.required_agents(plan["计划来电量"], plan["平均处理时长"]).agents

# %% tags=["mistake"] mistake={"answer": "q11a", "points": 0}
# 错因：把高位的总人数当成机动人数
history = paper.table("slot_history")
plan = paper.table("reserve_plan").iloc[0]
ratio = (history["实际来电量"] / history["预测量"]).quantile(0.95)
q11a = erlang.required_agents(plan["计划来电量"] * ratio, plan["平均处理时长"]).agents

# %% tags=["mistake"] mistake={"answer": "q11a", "points": 0}
# 错因：按历史上最坏的一天备
history = paper.table("slot_history")
plan = paper.table("reserve_plan").iloc[0]
ratio = (history["实际来电量"] / history["预测量"]).max()
high = erlang.required_agents(plan["计划来电量"] * ratio, plan["平均处理时长"]).agents
q11a = high - erlang.required_agents(plan["计划来电量"], plan["平均处理时长"]).agents

# %% [markdown]
"""
**第 11 题 b（5 分，约 4 分钟）**

表 `ladder` 是甲、乙、丙、丁四种情形，各有 14:00、14:05、14:10 三个读数（列：情形、时刻、排队数（通）、服务水平（近 15 分钟，小数））。

每个读数先定级（教学约定），从高往低看，够哪一级就是哪一级：

- 3 级：排队数 ≥ 28，或服务水平 < 0.55；
- 2 级：排队数 ≥ 16，或服务水平 < 0.70；
- 1 级：排队数 ≥ 8，或服务水平 < 0.80；
- 0 级：其余。

为了不被一个读数带着跑，14:10 这一刻启用的级别，取 14:05 与 14:10 两个读数的级别中较低的一个；14:00 的不看。

四种情形在 14:10 各启用到第几级？
整数（不启用填 0）填进 `q11b`。
"""

# %% nbgrader={"grade": false, "grade_id": "q11b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q11b = {"甲": ..., "乙": ..., "丙": ..., "丁": ...}
### BEGIN SOLUTION
rows = paper.table("ladder")
steps = ((8, 0.80), (16, 0.70), (28, 0.55))
rows["级别"] = sum(((rows["排队数"] >= q) | (rows["服务水平"] < s)).astype(int) for q, s in steps)
q11b = rows[rows["时刻"] != "14:00"].groupby("情形")["级别"].min().to_dict()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q11b-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q11b", "topic": "wfmp.3.flexible_force", "level": "apply", "minutes": 4, "data": true}
answered(q11b, "dict", what="第 11 题 b")
### BEGIN HIDDEN TESTS
q11_rows = open_paper().table("ladder")
q11_queue, q11_service = q11_rows["排队数"], q11_rows["服务水平"]
q11_level = sum(
    ((q11_queue >= queue) | (q11_service < service)).astype(int)
    for queue, service in ((8, 0.80), (16, 0.70), (28, 0.55))
)
q11_last = q11_level[q11_rows["时刻"] != "14:00"].groupby(q11_rows["情形"]).min()
expect(q11b, q11_last.to_dict(), what="第 11 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q11b", "points": 0}
# 错因：只看最后一个读数，被一个尖峰带着跑
rows = paper.table("ladder").query("时刻 == '14:10'").set_index("情形")
steps = ((8, 0.80), (16, 0.70), (28, 0.55))
level = sum(((rows["排队数"] >= q) | (rows["服务水平"] < s)).astype(int) for q, s in steps)
q11b = level.to_dict()

# %% tags=["mistake"] mistake={"answer": "q11b", "points": 0}
# 错因：取三个读数里最高的级别
rows = paper.table("ladder").set_index("情形")
steps = ((8, 0.80), (16, 0.70), (28, 0.55))
level = sum(((rows["排队数"] >= q) | (rows["服务水平"] < s)).astype(int) for q, s in steps)
q11b = level.groupby("情形").max().to_dict()

# %% [markdown] options="q11c"
"""
**第 11 题 c（3 分，约 2 分钟）**

昨天机动二级反复启用、解除了六次：排队数一降到 15 就让质检员回去，几分钟后又升到 16，再叫回来。
二级的启用线是排队数 16。

规则最该怎样改？把字母填进 `q11c`。

- A. 把启用线由 16 提高到 30，让机动少启用几次。
- B. 解除线定得低于启用线，并要连续几个读数都低于它。
- C. 启用以后当天不再解除，机动人员一直接到下班。
- D. 取消固定的线，由当班主管看着排队数随时决定。
"""

# %% nbgrader={"grade": false, "grade_id": "q11c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q11c = ...
### BEGIN SOLUTION
q11c = "B"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q11c-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q11c", "topic": "wfmp.3.flexible_force", "level": "understand", "minutes": 2, "data": false}
answered(q11c, "letters", what="第 11 题 c")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q11c, choice_key("q11c", "B"), what="第 11 题 c")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q11c", "points": 0}
# 错因：只抬高启用线，来回跳的毛病还在
q11c = "A"

# %% tags=["mistake"] mistake={"answer": "q11c", "points": 0}
# 错因：一启用就不解除，别的工作停一天
q11c = "C"

# %% [markdown]
"""
## 交卷前

- 从头到尾再运行一遍，每个作答格下面都说「已作答」；
- 比例写成小数，人数、通数、级别写成整数；
- 文件名没有改，格子没有删；
- 先保存，再交卷。
"""
