# %% [markdown]
"""
# 排班管理岗（WFMP）　第二次补考

100 分，90 分钟，70 分合格，共 11 题。

可以使用这本笔记本、Excel 与自己的课程笔记，请独立完成。

作答方法：

- 作答格里的 `...` 换成你的答案，运行它，再运行下面的确认格；确认格只管有没有答、形式对不对。
- 只看数值，不看算法：写 Python、用 ccomlib，或在 Excel 里算完再填，都可以。
- 选择题和配对题填字母，外面加引号。
- 比例一律填小数（7.5% 写 0.075），除非题目说取整，不要自己取整。
- 各题单独读表，可以跳着做。

数据表用 `paper.table("表名")` 读，`data` 文件夹里有同名的 CSV 文件，双击可以用 Excel 打开。
每个座位的数字和选项次序都不一样。

请不要改笔记本的文件名。

背景：「海棠家电服务热线」（虚构）。
咨询队列正在准备并复盘今年的 618，订单与报修两个队列刚走过春节后的那几周。
题里说的白天是 08:00 到 22:00，分成 28 个半小时，用开始时刻称呼。
题里的阈值和判定规则都是教学约定。
"""

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import math

import numpy as np
import pandas as pd

from ccomlib import (
    answered,
    capacity,
    erlang,
    expect,
    forecast,
    open_paper,
    reserve,
    traffic,
    use_chinese,
)

use_chinese()
paper = open_paper()

# %% [markdown] options="q1"
"""
## 第 1 题（4 分，约 2 分钟）

资料柜里四份文件的封面掉了，每份只剩一条线索：

1. 分两部分，第 1 部分在 2017 年 7 月发布；
2. 2020 年 4 月 1 日起实施；
3. 2008 年 12 月在上海发布；
4. 2015 年 7 月 1 日起实施。

各是哪一份？按 1、2、3、4 的次序把四个字母连写，例如 `q1 = "ABCD"`。

- A. CC-CMM
- B. ISO 18295
- C. SJ/T 11739
- D. YD/T 2823
"""

# %% nbgrader={"grade": false, "grade_id": "q1", "locked": false, "schema_version": 3, "solution": true, "task": false}
q1 = ...
### BEGIN SOLUTION
q1 = "BCAD"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q1-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q1", "topic": "c1.history", "level": "remember", "minutes": 2}
answered(q1, "letters", what="第 1 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q1, choice_key("q1", "BCAD"), what="第 1 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q1", "points": 0}
# 错因：把通信行业与电子行业的两份标准记反
q1 = "BDAC"

# %% tags=["mistake"] mistake={"answer": "q1", "points": 0}
# 错因：以为国际标准最早
q1 = "ACBD"

# %% [markdown] options="q2"
"""
## 第 2 题（4 分，约 2 分钟）

年度预算会上，你要说明申请加人的依据，只能引用公开的认证资料里有的话。
哪一句站得住？填一个字母。

- A. CCOM 要求服务水平做到 80/20，我们是按标准的条文申请加人
- B. CCOM 只讲质检与投诉怎样管，预测排班由各中心按经验自己去定
- C. CCOM 把预测排班列为运营过程之一，80/20 是我们按惯例定的目标
- D. CCOM 把预测排班放在战略规划里，现场只管执行，不必再做评估
"""

# %% nbgrader={"grade": false, "grade_id": "q2", "locked": false, "schema_version": 3, "solution": true, "task": false}
q2 = ...
### BEGIN SOLUTION
q2 = "C"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q2-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q2", "topic": "c1.framework", "level": "understand", "minutes": 2}
answered(q2, "letters", what="第 2 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q2, choice_key("q2", "C"), what="第 2 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q2", "points": 0}
# 错因：把行业惯例当成标准的规定
q2 = "A"

# %% tags=["mistake"] mistake={"answer": "q2", "points": 0}
# 错因：以为标准只管品质
q2 = "B"

# %% [markdown]
"""
## 第 3 题 a（3 分，约 3 分钟）

表 `june_forecasts` 是 6 月 9 日起三周咨询队列的日来电量：实际，以及甲、乙、丙三份事先交的预测（通）。

三份预测的 WAPE 各是多少？
WAPE 的分子是逐日误差绝对值之和，分母是三周实际之和。
误差在 0.001 以内算对，三个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q3a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q3a = {"甲": ..., "乙": ..., "丙": ...}
### BEGIN SOLUTION
june = paper.table("june_forecasts")
q3a = {name: forecast.accuracy(june["实际"], june[name]).wape for name in ("甲", "乙", "丙")}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q3a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q3a", "topic": "wfmp.2.workload", "level": "apply", "minutes": 3, "data": true}
answered(q3a, "dict", what="第 3 题 a")


### BEGIN HIDDEN TESTS
def key_q3a():
    sheet = open_paper().table("june_forecasts")
    key = {
        n: (sheet[n] - sheet["实际"]).abs().sum() / sheet["实际"].sum() for n in ("甲", "乙", "丙")
    }
    return key


expect(q3a, key_q3a(), what="第 3 题 a", atol=0.001)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q3a", "points": 0}
# 错因：误差正负相抵，算成了偏差
june = paper.table("june_forecasts")
q3a = {name: abs(june[name].sum() / june["实际"].sum() - 1) for name in ("甲", "乙", "丙")}

# %% tags=["mistake"] mistake={"answer": "q3a", "points": 0}
# 错因：以预测合计为分母
june = paper.table("june_forecasts")
q3a = {
    name: (june[name] - june["实际"]).abs().sum() / june[name].sum() for name in ("甲", "乙", "丙")
}

# %% [markdown]
"""
## 第 3 题 b（3 分，约 3 分钟）

还是表 `june_forecasts`。
中心的规矩是两步：先看偏差，偏差的绝对值超过 5% 的退回重报；没有退回的几份里，用 WAPE 小的。
偏差 = （预测合计 − 实际合计）÷ 实际合计，报少为负。

退回的是哪一份（只有一份）？它的偏差是多少？最后用哪一份？
"退回"、"选用" 填 `"甲"`、`"乙"` 或 `"丙"`；偏差的误差在 0.001 以内算对，三项都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q3b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q3b = {"退回": ..., "偏差": ..., "选用": ...}
### BEGIN SOLUTION
june = paper.table("june_forecasts")
found = {name: forecast.accuracy(june["实际"], june[name]) for name in ("甲", "乙", "丙")}
back = next(name for name in found if abs(found[name].bias) > 0.05)
kept = [name for name in found if name != back]
q3b = {
    "退回": back,
    "偏差": found[back].bias,
    "选用": min(kept, key=lambda name: found[name].wape),
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q3b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q3b", "topic": "wfmp.2.workload", "level": "apply", "minutes": 3, "data": true}
answered(q3b, "dict", what="第 3 题 b")


### BEGIN HIDDEN TESTS
def key_q3b():
    sheet = open_paper().table("june_forecasts")
    gap = {n: sheet[n] - sheet["实际"] for n in ("甲", "乙", "丙")}
    shift = {n: gap[n].sum() / sheet["实际"].sum() for n in gap}
    away = max(shift, key=lambda n: abs(shift[n]))
    rest = {n: gap[n].abs().sum() for n in gap if n != away}
    key = {"退回": away, "偏差": shift[away], "选用": min(rest, key=rest.get)}
    return key


expect(q3b, key_q3b(), what="第 3 题 b", atol=0.001)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q3b", "points": 0}
# 错因：退回了 WAPE 最大的，用了 WAPE 最小的
june = paper.table("june_forecasts")
found = {name: forecast.accuracy(june["实际"], june[name]) for name in ("甲", "乙", "丙")}
order = sorted(found, key=lambda name: found[name].wape)
q3b = {"退回": order[2], "偏差": found[order[2]].bias, "选用": order[0]}

# %% tags=["mistake"] mistake={"answer": "q3b", "points": 0}
# 错因：偏差的正负号反了
june = paper.table("june_forecasts")
found = {name: forecast.accuracy(june["实际"], june[name]) for name in ("甲", "乙", "丙")}
back = next(name for name in found if abs(found[name].bias) > 0.05)
kept = [name for name in found if name != back]
q3b = {
    "退回": back,
    "偏差": -found[back].bias,
    "选用": min(kept, key=lambda name: found[name].wape),
}

# %% [markdown]
"""
## 第 4 题 a（3 分，约 3 分钟）

春节后订单队列的人一直不够，你要算 3 月的编制。
表 `march_need` 是 3 月各周最忙的半小时要同时在线的人数。
表 `lost_time` 是各项损耗的比例，「以什么为底」分两种：假期以付薪时间为底；小休、培训与辅导、班前会以到岗时间（付薪时间扣去假期）为底。

按 3 月最忙的一周，损耗率（不能接电话的时间占付薪时间的比例）是多少，应有多少人？
人数向上取整；损耗率误差在 0.001 以内算对，两个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q4a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q4a = {"损耗率": ..., "应有人数": ...}
### BEGIN SOLUTION
lost = paper.table("lost_time").groupby("以什么为底")["比例"].sum()
rate = capacity.shrinkage(components=lost[["付薪时间", "到岗时间"]], combine="multiplicative").rate
need = paper.table("march_need")["同时在线人数"].max()
q4a = {"损耗率": rate, "应有人数": math.ceil(capacity.full_time_equivalents(need, rate))}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q4a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q4a", "topic": "wfmp.2.capacity", "level": "apply", "minutes": 3, "data": true}
answered(q4a, "dict", what="第 4 题 a")
### BEGIN HIDDEN TESTS
import math


def key_q4a():
    sheet = open_paper().table("lost_time")
    stay = 1.0
    for base in ("付薪时间", "到岗时间"):
        stay *= 1 - sheet.loc[sheet["以什么为底"] == base, "比例"].sum()
    heads = math.ceil(open_paper().table("march_need")["同时在线人数"].max() / stay)
    return {"损耗率": 1 - stay, "应有人数": heads}


expect(q4a, key_q4a(), what="第 4 题 a", atol=0.001)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q4a", "points": 0}
# 错因：不管以什么为底，比例直接相加
rate = paper.table("lost_time")["比例"].sum()
need = paper.table("march_need")["同时在线人数"].max()
q4a = {"损耗率": rate, "应有人数": math.ceil(need / (1 - rate))}

# %% tags=["mistake"] mistake={"answer": "q4a", "points": 0}
# 错因：在线人数乘（1 + 损耗率）
lost = paper.table("lost_time").groupby("以什么为底")["比例"].sum()
rate = 1 - (1 - lost["付薪时间"]) * (1 - lost["到岗时间"])
need = paper.table("march_need")["同时在线人数"].max()
q4a = {"损耗率": rate, "应有人数": math.ceil(need * (1 + rate))}

# %% [markdown]
"""
## 第 4 题 b（3 分，约 3 分钟）

今天是 2 月 28 日。
表 `headcount` 是各队列今天的在册人数与 6 月 1 日需要的人数。
表 `after_festival` 是订单队列今后三个月的安排：每月月初有一批早已在培的新人到岗，当月离职 = （月初在册 + 月初到岗）× 月离职率。

现在启动的招聘要到 6 月 1 日才一起上岗，上岗就算满一个人。
订单队列现在要启动招几个人，6 月 1 日才够？
中间各月不取整，最后向上取整，填一个整数。
"""

# %% nbgrader={"grade": false, "grade_id": "q4b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q4b = ...
### BEGIN SOLUTION
order = paper.table("headcount").set_index("队列").loc["订单"]
left = order["2月底在册"]
for row in paper.table("after_festival").itertuples():
    left = (left + row.月初到岗) * (1 - row.月离职率)
q4b = math.ceil(order["6月1日需要"] - left)
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q4b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q4b", "topic": "wfmp.2.capacity", "level": "apply", "minutes": 3, "data": true}
answered(q4b, "integer", what="第 4 题 b")
### BEGIN HIDDEN TESTS
import math


def key_q4b():
    plan = open_paper().table("after_festival")
    keep = (1 - plan["月离职率"])[::-1].cumprod()[::-1]
    start, wanted = open_paper().table("headcount").set_index("队列").loc["订单"]
    staff = start * keep.iloc[0] + (plan["月初到岗"] * keep).sum()
    return math.ceil(wanted - staff)


expect(q4b, key_q4b(), what="第 4 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q4b", "points": 0}
# 错因：忘了三个月里还会有人离职
order = paper.table("headcount").set_index("队列").loc["订单"]
coming = paper.table("after_festival")["月初到岗"].sum()
q4b = int(order["6月1日需要"] - order["2月底在册"] - coming)

# %% tags=["mistake"] mistake={"answer": "q4b", "points": 0}
# 错因：没有算早已在培的新人
order = paper.table("headcount").set_index("队列").loc["订单"]
left = order["2月底在册"] * (1 - paper.table("after_festival")["月离职率"]).prod()
q4b = math.ceil(order["6月1日需要"] - left)

# %% [markdown]
"""
## 第 5 题 a（3 分，约 3 分钟）

表 `day_618` 是 6 月 18 日咨询逐时段的预测量（通/半小时）、平均处理时长（秒）与计划人数。
大促当天对会员承诺 95% 的来电在 30 秒内接起。

预测量最大的那个时段，最少要几个人同时在线？
用 Erlang C，不加损耗，填整数。
"""

# %% nbgrader={"grade": false, "grade_id": "q5a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q5a = ...
### BEGIN SOLUTION
top = paper.table("day_618").nlargest(1, "预测量").iloc[0]
q5a = erlang.required_agents(
    top["预测量"], top["平均处理时长"], service_level=0.95, target=30
).agents
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q5a-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q5a", "topic": "wfmp.2.scheduling", "level": "apply", "minutes": 3, "data": true}
answered(q5a, "integer", what="第 5 题 a")
### BEGIN HIDDEN TESTS
import math


def key_q5a():
    sheet = open_paper().table("day_618")
    calls, aht, _ = sheet.set_index("时段").loc[sheet["时段"][sheet["预测量"].idxmax()]]
    load = calls * aht / 1800
    heads = math.ceil(load + 1e-9)
    while True:
        blocked = 1.0
        for agent in range(1, heads + 1):
            blocked = load * blocked / (agent + load * blocked)
        wait = heads * blocked / (heads - load * (1 - blocked))
        if heads > load and 1 - wait * math.exp(-(heads - load) * 30 / aht) >= 0.95:
            break
        heads += 1
    return heads


expect(q5a, key_q5a(), what="第 5 题 a")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q5a", "points": 0}
# 错因：仍用平日的 80/20
top = paper.table("day_618").nlargest(1, "预测量").iloc[0]
q5a = erlang.required_agents(top["预测量"], top["平均处理时长"]).agents

# %% tags=["mistake"] mistake={"answer": "q5a", "points": 0}
# 错因：把半小时的来电当成一小时的
top = paper.table("day_618").nlargest(1, "预测量").iloc[0]
q5a = erlang.required_agents(
    top["预测量"], top["平均处理时长"], service_level=0.95, target=30, interval=3600
).agents

# %% [markdown]
"""
## 第 5 题 b（3 分，约 2 分钟）

还是表 `day_618`。
13:00 那个时段，培训组想从「计划人数」里借走一个人。

不借与借走，20 秒内接起的比例各是多少？
用 Erlang C；误差在 0.002 以内算对，两个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q5b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q5b = {"不借": ..., "借走": ...}
### BEGIN SOLUTION
noon = paper.table("day_618").set_index("时段").loc["13:00"]
levels = erlang.performance(
    noon["预测量"], noon["平均处理时长"], [noon["计划人数"], noon["计划人数"] - 1]
).service_level
q5b = {"不借": levels[0], "借走": levels[1]}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q5b-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false} item={"answer": "q5b", "topic": "wfmp.2.scheduling", "level": "apply", "minutes": 2, "data": true}
answered(q5b, "dict", what="第 5 题 b")
### BEGIN HIDDEN TESTS
import math

from ccomlib import erlang


def key_q5b():
    calls, aht, agents = open_paper().table("day_618").set_index("时段").loc["13:00"]
    key = {
        name: 1
        - erlang.erlang_c(number, calls * aht / 1800)
        * math.exp(-(number - calls * aht / 1800) * 20 / aht)
        for name, number in (("不借", agents), ("借走", agents - 1))
    }
    return key


expect(q5b, key_q5b(), what="第 5 题 b", atol=0.002)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q5b", "points": 0}
# 错因：以为少一个人服务水平按人数比例下降
noon = paper.table("day_618").set_index("时段").loc["13:00"]
level = erlang.performance(noon["预测量"], noon["平均处理时长"], noon["计划人数"]).service_level
q5b = {"不借": level, "借走": level * (noon["计划人数"] - 1) / noon["计划人数"]}

# %% tags=["mistake"] mistake={"answer": "q5b", "points": 0}
# 错因：把不用等的概率当成 20 秒服务水平
noon = paper.table("day_618").set_index("时段").loc["13:00"]
waits = erlang.performance(
    noon["预测量"], noon["平均处理时长"], [noon["计划人数"], noon["计划人数"] - 1]
).wait_probability
q5b = {"不借": 1 - waits[0], "借走": 1 - waits[1]}

# %% [markdown] options="q6"
"""
## 第 6 题（5 分，约 4 分钟）

订单队列 36 人，要排 618 那一周。
模型里写了三条硬约束：每个时段的人数不少于需求、每人每周至少休一天、晚班之后不接早班。
求解不到一秒就报「无解」；只拿掉第一条，立刻有解。

接下来最该怎样做？填一个字母。

- A. 给求解器更长的时限再跑一夜，从无解里找出一份可行的班表
- B. 拿掉每周休一天和晚班不接早班，先保证每个时段的人数足够
- C. 把各时段需求一律压低到模型有解，再按压低后的需求去发布
- D. 把不少于需求改成缺一人计一份代价，求解后看缺在哪些时段
"""

# %% nbgrader={"grade": false, "grade_id": "q6", "locked": false, "schema_version": 3, "solution": true, "task": false}
q6 = ...
### BEGIN SOLUTION
q6 = "D"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q6-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q6", "topic": "wfmp.2.optimisation", "level": "analyse", "minutes": 4}
answered(q6, "letters", what="第 6 题")
### BEGIN HIDDEN TESTS
from ccomlib.paper import choice_key

expect(q6, choice_key("q6", "D"), what="第 6 题")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q6", "points": 0}
# 错因：把无解当成算得不够久
q6 = "A"

# %% tags=["mistake"] mistake={"answer": "q6", "points": 0}
# 错因：压低需求，缺口就看不见了
q6 = "C"

# %% [markdown]
"""
## 第 7 题（4 分，约 4 分钟）

表 `day_result` 是 6 月 18 日咨询白天的结果，一行一个时段：呼入量、接起量（通）、20秒接起率。
平台的「20秒接起率」是 20 秒内接起的占接起量的比例。

给总部的日报换了口径：服务水平 = 全天 20 秒内接起的通数 ÷ 全天呼入量。
这一天的服务水平是多少？
误差在 0.002 以内算对。
"""

# %% nbgrader={"grade": false, "grade_id": "q7", "locked": false, "schema_version": 3, "solution": true, "task": false}
q7 = ...
### BEGIN SOLUTION
day = paper.table("day_result")
q7 = (day["接起量"] * day["20秒接起率"]).sum() / day["呼入量"].sum()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q7-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false} item={"answer": "q7", "topic": "wfmp.2.evaluation", "level": "apply", "minutes": 4, "data": true}
answered(q7, "number", what="第 7 题")
### BEGIN HIDDEN TESTS
from ccomlib import evaluation


def key_q7():
    sheet = open_paper().table("day_result")
    in_time = (sheet["接起量"] * sheet["20秒接起率"]).round()
    key = evaluation.service_level(sheet["呼入量"], sheet["接起量"], in_time).of_offered
    return key


expect(q7, key_q7(), what="第 7 题", atol=0.002)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：28 个百分比简单平均
q7 = paper.table("day_result")["20秒接起率"].mean()

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：按通数加权了，分母仍是接起量
day = paper.table("day_result")
q7 = (day["接起量"] * day["20秒接起率"]).sum() / day["接起量"].sum()

# %% tags=["mistake"] mistake={"answer": "q7", "points": 0}
# 错因：拿呼入量去乘按接起量算的比例
day = paper.table("day_result")
q7 = (day["呼入量"] * day["20秒接起率"]).sum() / day["呼入量"].sum()

# %% [markdown]
"""
## 第 8 题 a（6 分，约 5 分钟）

表 `old_export` 是旧平台导出的两周（3 月 3 日至 16 日）白天话务：日期、时段、队列、批次、类型、呼入量。
要给咨询队列建模，先清洗：

1. 只要咨询队列；
2. 类型是「拨测」的行是线路测试，不要；
3. 呼入量空着的时段平台没有采到，这一行不要；
4. 第 2 批是补传：同一日期、同一时段两批都有的，以第 2 批为准。

清洗后有几行？呼入量合计多少通？
两个整数都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q8a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8a = {"行数": ..., "呼入量合计": ...}
### BEGIN SOLUTION
export = paper.table("old_export")
export["呼入量"] = pd.to_numeric(export["呼入量"])
kept = export[(export["队列"] == "咨询") & (export["类型"] == "正式")].dropna(subset="呼入量")
kept = kept.sort_values("批次").drop_duplicates(["日期", "时段"], keep="last")
q8a = {"行数": len(kept), "呼入量合计": int(kept["呼入量"].sum())}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8a", "topic": "wfmp.3.traffic_model", "level": "apply", "minutes": 5, "data": true}
answered(q8a, "dict", what="第 8 题 a")


### BEGIN HIDDEN TESTS
def key_q8a():
    latest = {}
    for row in open_paper().table("old_export").itertuples():
        if row.队列 == "咨询" and row.类型 == "正式" and str(row.呼入量).strip() not in ("", "nan"):
            old = latest.get((row.日期, row.时段), (0, 0))
            latest[row.日期, row.时段] = max(old, (row.批次, int(float(row.呼入量))))
    total = sum(calls for _, calls in latest.values())
    return {"行数": len(latest), "呼入量合计": total}


expect(q8a, key_q8a(), what="第 8 题 a")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8a", "points": 0}
# 错因：补传的两批都算了
export = paper.table("old_export")
export["呼入量"] = pd.to_numeric(export["呼入量"])
kept = export[(export["队列"] == "咨询") & (export["类型"] == "正式")].dropna(subset="呼入量")
q8a = {"行数": len(kept), "呼入量合计": int(kept["呼入量"].sum())}

# %% tags=["mistake"] mistake={"answer": "q8a", "points": 0}
# 错因：重复的留了先出现的第 1 批
export = paper.table("old_export")
export["呼入量"] = pd.to_numeric(export["呼入量"])
kept = export[(export["队列"] == "咨询") & (export["类型"] == "正式")].dropna(subset="呼入量")
kept = kept.drop_duplicates(["日期", "时段"])
q8a = {"行数": len(kept), "呼入量合计": int(kept["呼入量"].sum())}

# %% tags=["mistake"] mistake={"answer": "q8a", "points": 0}
# 错因：空着的当成 0 通留着
export = paper.table("old_export")
export["呼入量"] = pd.to_numeric(export["呼入量"]).fillna(0)
kept = export[(export["队列"] == "咨询") & (export["类型"] == "正式")]
kept = kept.sort_values("批次").drop_duplicates(["日期", "时段"], keep="last")
q8a = {"行数": len(kept), "呼入量合计": int(kept["呼入量"].sum())}

# %% [markdown]
"""
## 第 8 题 b（6 分，约 5 分钟）

表 `spring` 是咨询队列 4 月 14 日至 6 月 8 日白天的话务：日期、星期、时段、呼入量、节假日、事件，已经清洗好。
「节假日」（含调休上班）或「事件」不是空的日子整天不用，余下的叫平常日。

只用平常日，算三个系数：

- 周一、周四的星期系数：这个星期几的日均量 ÷ 七个星期几日均量的平均；
- 周末 20:00 的时段占比：周六、周日 20:00 的呼入量合计 ÷ 周六、周日全部时段的呼入量合计。

各自相对误差 1% 以内算对，三个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q8b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8b = {"周一": ..., "周四": ..., "周末 20:00": ...}
### BEGIN SOLUTION
model = traffic.build_model(paper.table("spring"), by_month=False)
q8b = {
    "周一": model.weekdays.loc["周一", "系数"],
    "周四": model.weekdays.loc["周四", "系数"],
    "周末 20:00": model.shares.loc["20:00", "周末"],
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8b-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8b", "topic": "wfmp.3.traffic_model", "level": "apply", "minutes": 5, "data": true}
answered(q8b, "dict", what="第 8 题 b")


### BEGIN HIDDEN TESTS
def key_q8b():
    sheet = open_paper().table("spring").query("节假日 == '' and 事件 == ''")
    level = sheet.groupby(["星期", "日期"])["呼入量"].sum().groupby("星期").mean()
    ends = sheet[sheet["星期"].isin(["周六", "周日"])]
    share = ends.loc[ends["时段"] == "20:00", "呼入量"].sum() / ends["呼入量"].sum()
    key = {
        "周一": level["周一"] / level.mean(),
        "周四": level["周四"] / level.mean(),
        "周末 20:00": share,
    }
    return key


expect(q8b, key_q8b(), what="第 8 题 b", tol=0.01)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8b", "points": 0}
# 错因：节假日和有事件的日子没有去掉
history = paper.table("spring")
level = history.groupby(["星期", "日期"])["呼入量"].sum().groupby("星期").mean()
ends = history[history["星期"].isin(["周六", "周日"])]
share = ends.loc[ends["时段"] == "20:00", "呼入量"].sum() / ends["呼入量"].sum()
q8b = {
    "周一": level["周一"] / level.mean(),
    "周四": level["周四"] / level.mean(),
    "周末 20:00": share,
}

# %% tags=["mistake"] mistake={"answer": "q8b", "points": 0}
# 错因：各星期几用合计而不是日均，平常日的天数不同
history = paper.table("spring").query("节假日 == '' and 事件 == ''")
total = history.groupby("星期")["呼入量"].sum()
ends = history[history["星期"].isin(["周六", "周日"])]
share = ends.loc[ends["时段"] == "20:00", "呼入量"].sum() / ends["呼入量"].sum()
q8b = {
    "周一": total["周一"] / total.mean(),
    "周四": total["周四"] / total.mean(),
    "周末 20:00": share,
}

# %% [markdown]
"""
## 第 8 题 c（6 分，约 4 分钟）

还用表 `spring` 的平常日，预测 618 那一周的三个时段。
表 `week_618` 一行一个时段：编号、日期、星期、时段、去年大促日实际、去年大促日期望（不是大促的两格都是 0）。

预测量 = 这个星期几的平常日日均量 × 时段占比 × 活动系数：

- 时段占比分工作日（周一到周五）与周末各算一条：这个时段的合计 ÷ 全部时段的合计；
- 活动系数 = 去年大促日实际 ÷ 去年大促日期望，不是大促的日子为 1。

不分月，不计增长。
各自相对误差 2% 以内算对，三个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q8c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q8c = {"一": ..., "二": ..., "三": ...}
### BEGIN SOLUTION
model = traffic.build_model(paper.table("spring"), by_month=False)
q8c = {}
for row in paper.table("week_618").itertuples():
    day = model.predict(row.日期).set_index("时段")["预测量"]
    lift = row.去年大促日实际 / row.去年大促日期望 if row.去年大促日期望 else 1
    q8c[row.编号] = day[row.时段] * lift
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q8c-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q8c", "topic": "wfmp.3.traffic_model", "level": "analyse", "minutes": 4, "data": true}
answered(q8c, "dict", what="第 8 题 c")


### BEGIN HIDDEN TESTS
def key_q8c():
    sheet = open_paper().table("spring").query("节假日 == '' and 事件 == ''")
    level = sheet.groupby(["星期", "日期"])["呼入量"].sum().groupby("星期").mean()
    kind = sheet["星期"].isin(["周六", "周日"])
    key = {}
    for row in open_paper().table("week_618").itertuples():
        same = sheet[kind == (row.星期 in ("周六", "周日"))]
        share = same.loc[same["时段"] == row.时段, "呼入量"].sum() / same["呼入量"].sum()
        lift = row.去年大促日实际 / row.去年大促日期望 if row.去年大促日期望 else 1
        key[row.编号] = level[row.星期] * share * lift
    return key


expect(q8c, key_q8c(), what="第 8 题 c", tol=0.02)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q8c", "points": 0}
# 错因：大促那天没有乘活动系数
model = traffic.build_model(paper.table("spring"), by_month=False)
q8c = {}
for row in paper.table("week_618").itertuples():
    q8c[row.编号] = model.predict(row.日期).set_index("时段")["预测量"][row.时段]

# %% tags=["mistake"] mistake={"answer": "q8c", "points": 0}
# 错因：一周合用一条时段曲线
model = traffic.build_model(paper.table("spring"), by_month=False, shape_by="不分")
q8c = {}
for row in paper.table("week_618").itertuples():
    day = model.predict(row.日期).set_index("时段")["预测量"]
    lift = row.去年大促日实际 / row.去年大促日期望 if row.去年大促日期望 else 1
    q8c[row.编号] = day[row.时段] * lift

# %% tags=["mistake"] mistake={"answer": "q8c", "points": 0}
# 错因：假期和有事件的日子也用来建模
model = traffic.build_model(
    paper.table("spring"), by_month=False, exclude_holidays=False, exclude_events=False
)
q8c = {}
for row in paper.table("week_618").itertuples():
    day = model.predict(row.日期).set_index("时段")["预测量"]
    lift = row.去年大促日实际 / row.去年大促日期望 if row.去年大促日期望 else 1
    q8c[row.编号] = day[row.时段] * lift

# %% [markdown]
"""
## 第 9 题 a（6 分，约 5 分钟）

表 `mondays` 是订单、报修两个队列春节后 12 个周一、三个时段的来电：日期、队列、时段、呼入量、事件。
其中一个周一系统故障，「事件」一栏写着。

报修 10:00 这一格，留着故障那天（12 个数）与去掉故障那天（11 个数），超额离散系数各是多少？
离散系数 = 标准差 ÷ 均值，标准差除以 n − 1；超额离散系数 = √（离散系数² − 1 ÷ 均值），根号里不够减取 0。
误差在 0.002 以内算对，两个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q9a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q9a = {"留着故障": ..., "去掉故障": ...}
### BEGIN SOLUTION
cell = paper.table("mondays").query("队列 == '报修' and 时段 == '10:00'")
q9a = {
    name: traffic.reliability(cell, exclude_events=drop).cells["超额离散系数"].iloc[0]
    for name, drop in (("留着故障", False), ("去掉故障", True))
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q9a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q9a", "topic": "wfmp.3.reliability", "level": "apply", "minutes": 5, "data": true}
answered(q9a, "dict", what="第 9 题 a")


### BEGIN HIDDEN TESTS
def key_q9a():
    sheet = open_paper().table("mondays").query("队列 == '报修' and 时段 == '10:00'")
    key = {}
    for name, calls in (
        ("留着故障", sheet["呼入量"]),
        ("去掉故障", sheet.loc[sheet["事件"] == "", "呼入量"]),
    ):
        key[name] = max(0.0, calls.var() / calls.mean() ** 2 - 1 / calls.mean()) ** 0.5
    return key


expect(q9a, key_q9a(), what="第 9 题 a", atol=0.002)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q9a", "points": 0}
# 错因：没有扣泊松下限，填了离散系数
cell = paper.table("mondays").query("队列 == '报修' and 时段 == '10:00'")
q9a = {}
for name, part in (("留着故障", cell), ("去掉故障", cell[cell["事件"] == ""])):
    q9a[name] = part["呼入量"].std() / part["呼入量"].mean()

# %% tags=["mistake"] mistake={"answer": "q9a", "points": 0}
# 错因：标准差除以 n
cell = paper.table("mondays").query("队列 == '报修' and 时段 == '10:00'")
q9a = {}
for name, part in (("留着故障", cell), ("去掉故障", cell[cell["事件"] == ""])):
    mean, spread = part["呼入量"].mean(), part["呼入量"].std(ddof=0)
    q9a[name] = max(0, (spread / mean) ** 2 - 1 / mean) ** 0.5

# %% tags=["mistake"] mistake={"answer": "q9a", "points": 0}
# 错因：下限没有平方，直接相减
cell = paper.table("mondays").query("队列 == '报修' and 时段 == '10:00'")
q9a = {}
for name, part in (("留着故障", cell), ("去掉故障", cell[cell["事件"] == ""])):
    mean, spread = part["呼入量"].mean(), part["呼入量"].std()
    q9a[name] = max(0, spread / mean - mean**-0.5)

# %% [markdown]
"""
## 第 9 题 b（5 分，约 4 分钟）

还是表 `mondays`，去掉系统故障的周一，两个队列、三个时段共六格。
超额离散系数的算法：√（离散系数² − 1 ÷ 均值），不够减取 0，离散系数的标准差除以 n − 1。
到 0.10 为止判「可靠」，再到 0.20 为止判「可用」，更大的判「不可靠」。

六格各判什么？填 `"可靠"`、`"可用"` 或 `"不可靠"`，全对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q9b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q9b = {
    "订单 09:00": ...,
    "订单 10:00": ...,
    "订单 20:00": ...,
    "报修 09:00": ...,
    "报修 10:00": ...,
    "报修 20:00": ...,
}
### BEGIN SOLUTION
q9b = {}
for queue, part in paper.table("mondays").groupby("队列"):
    cells = traffic.reliability(part).cells
    q9b |= {f"{queue} {row.时段}": row.判定 for row in cells.itertuples()}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q9b-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q9b", "topic": "wfmp.3.reliability", "level": "analyse", "minutes": 4, "data": true}
answered(q9b, "dict", what="第 9 题 b")


### BEGIN HIDDEN TESTS
def key_q9b():
    key = {}
    for (queue, slot), part in open_paper().table("mondays").groupby(["队列", "时段"]):
        calls = part.loc[part["事件"] == "", "呼入量"]
        square = calls.var() / calls.mean() ** 2 - 1 / calls.mean()
        key[f"{queue} {slot}"] = (
            "可靠" if square <= 0.01 else "可用" if square <= 0.04 else "不可靠"
        )
    return key


expect(q9b, key_q9b(), what="第 9 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q9b", "points": 0}
# 错因：拿离散系数直接比阈值
q9b = {}
usual = paper.table("mondays").query("事件 == ''")
for (queue, slot), part in usual.groupby(["队列", "时段"]):
    cv = part["呼入量"].std() / part["呼入量"].mean()
    q9b[f"{queue} {slot}"] = "可靠" if cv <= 0.1 else "可用" if cv <= 0.2 else "不可靠"

# %% tags=["mistake"] mistake={"answer": "q9b", "points": 0}
# 错因：系统故障的周一留着
q9b = {}
for (queue, slot), part in paper.table("mondays").groupby(["队列", "时段"]):
    calls = part["呼入量"]
    square = calls.var() / calls.mean() ** 2 - 1 / calls.mean()
    q9b[f"{queue} {slot}"] = "可靠" if square <= 0.01 else "可用" if square <= 0.04 else "不可靠"

# %% [markdown] options="q9c"
"""
## 第 9 题 c（5 分，约 3 分钟）

订单队列周日 21:30 这一格，24 周里平均每半小时 9 通，离散系数 0.34，没有节假日和事件。
主管说：「0.34 太大了，这格的模型不能用，重做。」

怎样回答最合适？填一个字母。

- A. 同意重做，把这格再按上旬、中旬、下旬分成三格，各自建系数
- B. 不必重做，9 通的随机波动本来就有这么大，排班时留出余量
- C. 同意重做，把最高和最低的四周删掉，让离散系数回到 0.2 以下
- D. 不必重做，这格来电少，对全天没有影响，下周起不用再排人
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
# 错因：没有想到泊松下限，见离散系数大就分层
q9c = "A"

# %% tags=["mistake"] mistake={"answer": "q9c", "points": 0}
# 错因：删数据来让指标好看
q9c = "C"

# %% [markdown]
"""
## 第 10 题 a（5 分，约 4 分钟）

2 月 10 日，春节后第一个平常的周一，两位排班师各排了一份订单队列的班。
表 `two_plans` 一行一个时段：需求人数、方案一、方案二（人）。

两份方案的排班拟合各是多少？
排班拟合 = 1 − 各时段｜排班 − 需求｜的合计 ÷ 需求的合计。
误差在 0.001 以内算对，两个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q10a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10a = {"方案一": ..., "方案二": ...}
### BEGIN SOLUTION
plans = paper.table("two_plans")
need = plans["需求人数"]
q10a = {name: 1 - (plans[name] - need).abs().sum() / need.sum() for name in ("方案一", "方案二")}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10a-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10a", "topic": "wfmp.3.criteria", "level": "apply", "minutes": 4, "data": true}
answered(q10a, "dict", what="第 10 题 a")


### BEGIN HIDDEN TESTS
def key_q10a():
    rows = open_paper().table("two_plans")[["需求人数", "方案一", "方案二"]].to_numpy().tolist()
    total = sum(row[0] for row in rows)
    key = {
        name: 1 - sum(abs(row[place] - row[0]) for row in rows) / total
        for place, name in ((1, "方案一"), (2, "方案二"))
    }
    return key


expect(q10a, key_q10a(), what="第 10 题 a", atol=0.001)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10a", "points": 0}
# 错因：只比全天总人数，放错时段看不出来
totals = paper.table("two_plans")[["需求人数", "方案一", "方案二"]].sum()
q10a = {name: 1 - abs(totals[name] / totals["需求人数"] - 1) for name in ("方案一", "方案二")}

# %% tags=["mistake"] mistake={"answer": "q10a", "points": 0}
# 错因：只算缺的，多排的没有算
plans = paper.table("two_plans")
need = plans["需求人数"]
q10a = {name: np.minimum(plans[name], need).sum() / need.sum() for name in ("方案一", "方案二")}

# %% [markdown]
"""
## 第 10 题 b（6 分，约 5 分钟）

表 `roster` 是咨询一个大组 22 人 6 月 2 日（周一）至 29 日的班表：工号、日期、星期、班次。
「休」与「年假」不上班，其余都上班；「支援」是去门店帮忙，也是上班。

劳动法要求每周至少休息一日。
618 之后要自查，本题这样查：一周（周一到周日）没有一天不上班，或者连续上班超过 6 天（可以跨周），有一条就算。

列出违反的全部工号，例如 `q10b = ["Z4001", "Z4002"]`，次序不限，不多不少才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q10b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10b = ...
### BEGIN SOLUTION
grid = paper.table("roster").pivot(index="工号", columns="日期", values="班次")
works = ~grid.isin(["休", "年假"])
seven = works.T.astype(int).rolling(7).sum()
q10b = seven.columns[seven.max() == 7].tolist()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10b-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10b", "topic": "wfmp.3.criteria", "level": "analyse", "minutes": 5, "data": true}
answered(q10b, "list", what="第 10 题 b")


### BEGIN HIDDEN TESTS
def key_q10b():
    key = set()
    for person, rows in open_paper().table("roster").sort_values("日期").groupby("工号"):
        run = 0
        for shift in rows["班次"]:
            run = 0 if shift in ("休", "年假") else run + 1
            if run > 6:
                key.add(person)
    return key


expect(q10b, key_q10b(), what="第 10 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10b", "points": 0}
# 错因：以为去支援不算上班
grid = paper.table("roster").pivot(index="工号", columns="日期", values="班次")
works = ~grid.isin(["休", "年假", "支援"])
seven = works.T.astype(int).rolling(7).sum()
q10b = seven.columns[seven.max() == 7].tolist()

# %% tags=["mistake"] mistake={"answer": "q10b", "points": 0}
# 错因：年假当成上班
grid = paper.table("roster").pivot(index="工号", columns="日期", values="班次")
seven = (grid != "休").T.astype(int).rolling(7).sum()
q10b = seven.columns[seven.max() == 7].tolist()

# %% tags=["mistake"] mistake={"answer": "q10b", "points": 0}
# 错因：只按自然周查，跨周连上的漏了
roster = paper.table("roster")
works = ~roster["班次"].isin(["休", "年假"])
week = roster["日期"].dt.isocalendar().week
full = works.groupby([roster["工号"], week]).sum()
q10b = full[full == 7].index.get_level_values("工号").unique().tolist()

# %% [markdown]
"""
## 第 10 题 c（6 分，约 4 分钟）

还是表 `roster`，班次名以「夜」开头的是夜班。
表 `people` 一人一行：工号、免夜班（写「是」的人因身体原因不排夜班）。

员工说夜班分得不公平。
在可以上夜班的人里，算四周夜班次数的基尼系数，并找出夜班最多的人；可以上而一次没上的人次数是 0，要算在内，免夜班的人不算。

基尼系数 = 2 × Σ(i × xᵢ) ÷ (n × Σxᵢ) − (n + 1) ÷ n；xᵢ 是从少到多排第 i 的次数，n 是人数。
基尼系数误差在 0.002 以内算对，"夜班最多" 填工号，两个都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q10c", "locked": false, "schema_version": 3, "solution": true, "task": false}
q10c = {"基尼系数": ..., "夜班最多": ...}
### BEGIN SOLUTION
roster, people = paper.table("roster"), paper.table("people")
nights = roster["班次"].str.startswith("夜").groupby(roster["工号"]).sum()
nights = nights[people.loc[people["免夜班"] != "是", "工号"]].sort_values()
n, rank = len(nights), np.arange(1, len(nights) + 1)
gini = 2 * (rank * nights).sum() / (n * nights.sum()) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.index[-1]}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q10c-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q10c", "topic": "wfmp.3.criteria", "level": "apply", "minutes": 4, "data": true}
answered(q10c, "dict", what="第 10 题 c")


### BEGIN HIDDEN TESTS
def key_q10c():
    able = open_paper().table("people").query("免夜班 == ''")["工号"]
    night = open_paper().table("roster").query("班次.str.startswith('夜')", engine="python")
    count = {person: int((night["工号"] == person).sum()) for person in able}
    spread = sum(abs(one - other) for one in count.values() for other in count.values())
    key = {
        "基尼系数": spread / (2 * len(count) * sum(count.values())),
        "夜班最多": max(count, key=count.get),
    }
    return key


expect(q10c, key_q10c(), what="第 10 题 c", atol=0.002)
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q10c", "points": 0}
# 错因：免夜班的人当成没有上夜班
roster = paper.table("roster")
nights = roster["班次"].str.startswith("夜").groupby(roster["工号"]).sum().sort_values()
n, rank = len(nights), np.arange(1, len(nights) + 1)
gini = 2 * (rank * nights).sum() / (n * nights.sum()) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.index[-1]}

# %% tags=["mistake"] mistake={"answer": "q10c", "points": 0}
# 错因：一次没上的人漏在外面
roster = paper.table("roster")
nights = roster["班次"].str.startswith("夜").groupby(roster["工号"]).sum().sort_values()
nights = nights[nights > 0]
n, rank = len(nights), np.arange(1, len(nights) + 1)
gini = 2 * (rank * nights).sum() / (n * nights.sum()) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.index[-1]}

# %% [markdown]
"""
## 第 11 题 a（6 分，约 5 分钟）

表 `slot_errors` 是咨询 10:00 与 20:00 两个时段各 40 个平常工作日的预测量与实际量（通）。
表 `plan_618` 是 6 月 18 日这两个时段的计划来电量与平均处理时长（秒）。

要顶住 95% 的预测误差，两个时段各备几个机动？

1. 每个时段各自算 40 个误差比 = 实际量 ÷ 预测量，取 95% 分位（Excel 的 PERCENTILE.INC）；
2. 高位来电量 = 计划来电量 × 分位数，不取整；
3. 机动人数 = 高位来电量所需人数 − 计划来电量所需人数，所需人数都按 80% 在 20 秒内接起、Erlang C、不加损耗。

两个整数都对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q11a", "locked": false, "schema_version": 3, "solution": true, "task": false}
q11a = {"10:00": ..., "20:00": ...}
### BEGIN SOLUTION
past, plan = paper.table("slot_errors"), paper.table("plan_618").set_index("时段")
sized = reserve.reserve_size(
    past["预测量"],
    past["实际量"],
    plan["平均处理时长"],
    slots=past["时段"],
    plan=plan["计划来电量"],
)
q11a = sized.table.set_index("时段")["机动人数"].to_dict()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q11a-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false} item={"answer": "q11a", "topic": "wfmp.3.flexible_force", "level": "apply", "minutes": 5, "data": true}
answered(q11a, "dict", what="第 11 题 a")
### BEGIN HIDDEN TESTS
from ccomlib import erlang


def key_q11a():
    errors = open_paper().table("slot_errors")
    key = {}
    for slot, calls, aht in open_paper().table("plan_618").to_numpy().tolist():
        part = errors[errors["时段"] == slot]
        high = calls * (part["实际量"] / part["预测量"]).quantile(0.95)
        many = erlang.required_agents(high, aht, service_level=0.8, target=20).agents
        key[slot] = many - erlang.required_agents(calls, aht, service_level=0.8, target=20).agents
    return key


expect(q11a, key_q11a(), what="第 11 题 a")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q11a", "points": 0}
# 错因：多出来的通数当成人数
past, plan = paper.table("slot_errors"), paper.table("plan_618").set_index("时段")
high = (past["实际量"] / past["预测量"]).groupby(past["时段"]).quantile(0.95)
q11a = (plan["计划来电量"] * (high - 1)).round().astype(int).to_dict()

# %% tags=["mistake"] mistake={"answer": "q11a", "points": 0}
# 错因：填了高位来电量所需的总人数
past, plan = paper.table("slot_errors"), paper.table("plan_618").set_index("时段")
high = (past["实际量"] / past["预测量"]).groupby(past["时段"]).quantile(0.95)
many = erlang.required_agents(plan["计划来电量"] * high, plan["平均处理时长"]).agents
q11a = dict(zip(plan.index, map(int, many), strict=True))

# %% tags=["mistake"] mistake={"answer": "q11a", "points": 0}
# 错因：用平均误差，没有取分位数
past, plan = paper.table("slot_errors"), paper.table("plan_618").set_index("时段")
ratio = (past["实际量"] / past["预测量"]).groupby(past["时段"]).mean()
many = erlang.required_agents(plan["计划来电量"] * ratio, plan["平均处理时长"]).agents
base = erlang.required_agents(plan["计划来电量"], plan["平均处理时长"]).agents
q11a = dict(zip(plan.index, map(int, many - base), strict=True))

# %% [markdown]
"""
## 第 11 题 b（5 分，约 4 分钟）

大促夜的触发阶梯（每席排队 = 排队人数 ÷ 在岗人数）：

| 触发到 | 本时段服务水平 | 每席排队 |
| --- | --- | --- |
| 1 级 | 低于 75% | 高于 0.15 |
| 2 级 | 低于 60% | 高于 0.30 |
| 3 级 | 低于 40% | 高于 0.60 |

两列满足任一列就触发，取触发到的最高一级，都不满足为 0 级。

- 触发到的级别不低于现级别：立即转到触发到的级别，可以越级；
- 触发到的级别低于现级别：上时段与本时段的服务水平都不低于 80% 才降，一次只降一级，否则维持现级别。

表 `live` 是四种情况，各自接下来处在第几级？填四个整数，全对才得分。
"""

# %% nbgrader={"grade": false, "grade_id": "q11b", "locked": false, "schema_version": 3, "solution": true, "task": false}
q11b = {"一": ..., "二": ..., "三": ..., "四": ...}
### BEGIN SOLUTION
live = paper.table("live").set_index("情况")
service, queue = live["本时段服务水平"], live["排队人数"] / live["在岗人数"]
rules = ((0.75, 0.15), (0.60, 0.30), (0.40, 0.60))
hit = sum(((service < low) | (queue > high)).astype(int) for low, high in rules)
calm = live[["上时段服务水平", "本时段服务水平"]].min(axis=1) >= 0.8
now = live["现级别"]
q11b = hit.where(hit >= now, now - calm.astype(int)).to_dict()
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "q11b-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false} item={"answer": "q11b", "topic": "wfmp.3.flexible_force", "level": "apply", "minutes": 4, "data": true}
answered(q11b, "dict", what="第 11 题 b")


### BEGIN HIDDEN TESTS
def key_q11b():
    key = {}
    for name, level, before, service, heads, waiting in (
        open_paper().table("live").to_numpy().tolist()
    ):
        reached = 0
        for step, low, high in ((1, 0.75, 0.15), (2, 0.60, 0.30), (3, 0.40, 0.60)):
            if service < low or waiting / heads > high:
                reached = step
        if reached < level:
            reached = level - 1 if before >= 0.8 and service >= 0.8 else level
        key[name] = reached
    return key


expect(q11b, key_q11b(), what="第 11 题 b")
### END HIDDEN TESTS

# %% tags=["mistake"] mistake={"answer": "q11b", "points": 0}
# 错因：不触发了就立刻撤回
live = paper.table("live").set_index("情况")
service, queue = live["本时段服务水平"], live["排队人数"] / live["在岗人数"]
rules = ((0.75, 0.15), (0.60, 0.30), (0.40, 0.60))
q11b = sum(((service < low) | (queue > high)).astype(int) for low, high in rules).to_dict()

# %% tags=["mistake"] mistake={"answer": "q11b", "points": 0}
# 错因：恢复一个时段就降级
live = paper.table("live").set_index("情况")
service, queue = live["本时段服务水平"], live["排队人数"] / live["在岗人数"]
rules = ((0.75, 0.15), (0.60, 0.30), (0.40, 0.60))
hit = sum(((service < low) | (queue > high)).astype(int) for low, high in rules)
now = live["现级别"]
q11b = hit.where(hit >= now, now - (service >= 0.8).astype(int)).to_dict()

# %% tags=["mistake"] mistake={"answer": "q11b", "points": 0}
# 错因：只看服务水平，没有看每席排队
live = paper.table("live").set_index("情况")
service = live["本时段服务水平"]
hit = sum((service < low).astype(int) for low in (0.75, 0.60, 0.40))
calm = live[["上时段服务水平", "本时段服务水平"]].min(axis=1) >= 0.8
now = live["现级别"]
q11b = hit.where(hit >= now, now - calm.astype(int)).to_dict()

# %% [markdown] options="q11c"
"""
## 第 11 题 c（3 分，约 2 分钟）

618 晚上 20:00，咨询要在 15 分钟内补 4 个人，大约用两小时。
今天是 6 月 18 日，手边有四个来源。

先动用哪一个？填一个字母。

- A. 白班 4 人留下延时两小时，他们本月已各加班 35 小时
- B. 居家兼职 4 人都愿意上线，约定接到通知后 40 分钟到位
- C. 报修 4 人正好空闲，咨询的业务与系统还没有学过
- D. 质检 4 人都有咨询的技能，手里的录音可以明天再听
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
# 错因：没有想到每月加班不超过 36 小时
q11c = "A"

# %% tags=["mistake"] mistake={"answer": "q11c", "points": 0}
# 错因：只数人头，没有看技能
q11c = "C"

# %% [markdown]
"""
## 交卷前

- 重启内核，从头运行一遍，确认格都说「已作答」。
- 字母要加引号，用的是你自己卷面上的字母。
- 比例是小数，人数、行数、级别是整数。
- 保存；文件名还是 `wfmp-resit2.ipynb`。
"""
