# %% [markdown]
"""
# 排班管理岗（CCOM-WFMP）　结业考试

**情境**：今天是 2025 年 8 月 3 日，「海棠家电服务热线」正过盛夏，空调报修压满了线路。
卷中的白天指 08:00 到 22:00，每半小时一个时段，共 28 个时段。
凡给出的阈值与定义都是教学约定。
"""

# %% tags=["setup"]
from ccomlib import capacity, erlang, evaluation, reserve

# %% [markdown] order="q1"
"""
## 第 1 题

新主管问这套标准是怎么来的。
把下面四件事按时间从早到晚排好。

1. 客户联络领域的 CC-CMM 在上海发布
2. 通信行业的 YD/T 2823 开始实施
3. 电子行业的 SJ/T 11739 正式发布
4. 电子行业的 SJ/T 11739 开始实施

错排 2341：把 CC-CMM 当成从后来的行业标准派生的
错排 2134：把通信行业的规范记成最早
错排 1243：把发布与实施弄反
"""

# %% [markdown] match="q2"
"""
## 第 2 题

按公开的认证资料，CCOM 的运营过程有五项。
下面四件事各落在哪一项里？

1. 雷雨打停了一个职场，现场主任照预案把来电切到另一个职场。 → 应急管理过程
2. 上周报修报低了一成，排班师改了下周逐时段的人数。 → 预测排班过程
3. 两位主管给同一批录音打分相差很大，约好周五一起听一遍、统一尺度。 → 质量管理过程
4. 月底核对坐席的奖金公式，看它与公司今年的目标是否一致。 → 绩效管理过程

- 监控过程

错配 3=监控过程：把打分不一致当成监控
错配 1=监控过程：把突发事件当成监控
"""

# %% [markdown] data="q3a"
"""
## 第 3 题 a

最近三周，两位排班师各报了一份报修的日预测。
表 `forecast_days` 一行一天：日期、星期、实际、预测甲、预测乙，单位是通。

两份预测三周的 WAPE 各是多少？
WAPE 是误差绝对值的合计占实际合计的比例。
"""

# %% answer="q3a"
q3a = {"甲": ..., "乙": ...}
### BEGIN SOLUTION
days = paper.table("forecast_days")
q3a = {
    name: (days["实际"] - days[f"预测{name}"]).abs().sum() / days["实际"].sum()
    for name in ("甲", "乙")
}
### END SOLUTION

# %% test="q3a" tol=0.01
truth = paper.table("forecast_days")
right = {
    name: (truth["实际"] - truth[f"预测{name}"]).abs().sum() / truth["实际"].sum()
    for name in ("甲", "乙")
}

# %% mistakes="q3a"
# 错因：没有取绝对值，正负抵消成了偏差
# 换：(days["实际"] - days[f"预测{name}"]).abs().sum()
# 成：abs((days["实际"] - days[f"预测{name}"]).sum())

# 错因：先算每天的百分比再平均，成了 MAPE
# 换：(days["实际"] - days[f"预测{name}"]).abs().sum() / days["实际"].sum()
# 成：(days[f"预测{name}"] / days["实际"] - 1).abs().mean()

# %% [markdown] data="q3b"
"""
## 第 3 题 b

还是表 `forecast_days` 的两份预测。
其中一份偏差（预测合计比实际合计多或少的比例）的绝对值更大，但只要整份乘一个固定的倍数，三周的合计就与实际相等。

是哪一份？乘多少？
"哪一份" 填 `"甲"` 或 `"乙"`，"倍数" 填小数。
"""

# %% answer="q3b"
q3b = {"哪一份": ..., "倍数": ...}
### BEGIN SOLUTION
totals = paper.table("forecast_days")[["实际", "预测甲", "预测乙"]].sum()
bias = (totals / totals["实际"] - 1).abs()
which = "甲" if bias["预测甲"] > bias["预测乙"] else "乙"
q3b = {"哪一份": which, "倍数": totals["实际"] / totals[f"预测{which}"]}
### END SOLUTION

# %% test="q3b" tol=0.005
truth = paper.table("forecast_days")
ratio = {name: truth["实际"].sum() / truth[f"预测{name}"].sum() for name in ("甲", "乙")}
worse = max(ratio, key=lambda name: abs(1 / ratio[name] - 1))
right = {"哪一份": worse, "倍数": ratio[worse]}

# %% mistakes="q3b"
# 错因：少报百分之几就加百分之几
# 换：totals["实际"] / totals[f"预测{which}"]
# 成：1 + bias[f"预测{which}"]

# 错因：挑了偏差小的那一份
# 换：bias["预测甲"] > bias["预测乙"]
# 成：bias["预测甲"] < bias["预测乙"]

# %% [markdown] data="q4a"
"""
## 第 4 题 a

表 `season` 是报修旺季各月要同时在线的人数（净需求人数，不含损耗）。
表 `losses` 是一位坐席一个月 176 小时付薪工时的去向，一行一项；平均处理时长已经含话后处理。

8 月要养多少个全职当量，才能有这么多人在线？
"""

# %% answer="q4a"
q4a = ...
### BEGIN SOLUTION
losses = paper.table("losses").set_index("项目")["每人每月小时"]
away = losses.drop(["付薪工时", "话后处理"]).sum() / losses["付薪工时"]
need = paper.table("season").set_index("月份").loc["8月", "净需求人数"]
q4a = capacity.full_time_equivalents(need, away)
### END SOLUTION

# %% test="q4a" tol=0.005
hours = dict(paper.table("losses")[["项目", "每人每月小时"]].to_numpy().tolist())
lost = sum(hours[name] for name in ("年休假", "病事假", "培训辅导", "班前班后会", "小休"))
months = dict(paper.table("season").to_numpy().tolist())
right = months["8月"] * 176 / (176 - lost)

# %% mistakes="q4a"
# 错因：用乘法补损耗
# 换：capacity.full_time_equivalents(need, away)
# 成：need * (1 + away)

# 错因：把话后处理也算成损耗
# 换：["付薪工时", "话后处理"]
# 成："付薪工时"

# %% [markdown] data="q4b"
"""
## 第 4 题 b

表 `hiring` 一行一个队列：在册人数（今天）、月离职率、启动到上岗月数、届时需要人数。
今天启动招聘，过「启动到上岗月数」个月新人一起上岗，上岗就能独立接线。
这几个月里每月走的人 = 当时在册人数 × 月离职率，逐月往下减，没有别人到岗。

要在新人上岗那天达到需要人数，三个队列今天各要启动招几个人？
向上取整，不用招的填 0。
"""

# %% answer="q4b"
q4b = {"报修": ..., "咨询": ..., "订单": ...}
### BEGIN SOLUTION
plan = paper.table("hiring").set_index("队列")
left = plan["在册人数"] * (1 - plan["月离职率"]) ** plan["启动到上岗月数"]
q4b = np.ceil(plan["届时需要人数"] - left).clip(lower=0).astype(int).to_dict()
### END SOLUTION

# %% test="q4b"
import math

right = {}
for queue, staff, rate, lead, need in paper.table("hiring").to_numpy().tolist():
    for _ in range(lead):
        staff -= staff * rate
    right[queue] = max(0, math.ceil(need - staff))

# %% mistakes="q4b"
# 错因：只补今天的缺口，没有算离职
# 换：* (1 - plan["月离职率"]) ** plan["启动到上岗月数"]
# 成：* 1

# 错因：只扣了一个月的离职
# 换：** plan["启动到上岗月数"]
# 成：** 1

# %% [markdown] data="q5a"
"""
## 第 5 题 a

表 `slots` 是 8 月 4 日报修逐时段的预测量（通/半小时）、平均处理时长（秒）与在岗人数。
旺季对报修的承诺是 90% 的来电在 20 秒内接起。

预测量最大的那个半小时，最少要几个人同时在线？
按来电者都肯等来算（Erlang C），不计损耗。
"""

# %% answer="q5a"
q5a = ...
### BEGIN SOLUTION
slots = paper.table("slots")
busy = slots.loc[slots["预测量"].idxmax()]
q5a = erlang.required_agents(busy["预测量"], busy["平均处理时长"], service_level=0.9).agents
### END SOLUTION

# %% test="q5a" form="integer"
top = paper.table("slots").sort_values("预测量").iloc[-1]
right = erlang.required_agents(
    top["预测量"], top["平均处理时长"], service_level=0.9, target=20, interval=1800
).agents

# %% mistakes="q5a"
# 错因：没有改目标，仍按 80/20
# 换：, service_level=0.9
# 成：

# 错因：只按话务量进一位
# 换：erlang.required_agents(busy["预测量"], busy["平均处理时长"], service_level=0.9).agents
# 成：int(erlang.offered_load(busy["预测量"], busy["平均处理时长"])) + 1

# %% [markdown] data="q5b"
"""
## 第 5 题 b

还是表 `slots`。
15:00 那个半小时，在岗的人里有一位临时被派去门店，线上比表里少一个人。
报修来电者的平均耐心是 120 秒（Erlang A）。

少了这一位，这半小时的放弃率是多少？
"""

# %% answer="q5b"
q5b = ...
### BEGIN SOLUTION
slot = paper.table("slots").set_index("时段").loc["15:00"]
q5b = erlang.performance(
    slot["预测量"], slot["平均处理时长"], slot["在岗人数"] - 1, patience=120
).abandonment
### END SOLUTION

# %% test="q5b" tol=0.02
row = paper.table("slots").query("时段 == '15:00'").iloc[0]
short = erlang.performance(row["预测量"], row["平均处理时长"], row["在岗人数"] - 1, patience=120)
right = short.abandonment

# %% mistakes="q5b"
# 错因：没有减去派走的那一位
# 换：["在岗人数"] - 1
# 成：["在岗人数"]

# 错因：把要排队的概率当成放弃率
# 换：abandonment
# 成：wait_probability

# %% [markdown] choice="q6"
"""
## 第 6 题

某天的报修班表用整数规划来排，候选班次只有三种：07:30–16:00、10:00–18:30、13:30–22:00。
求得的最优班表里，13:30–16:00 每个半小时多 4 到 6 人，19:00–21:30 每个半小时缺 2 到 3 人。
把缺一人的代价提高到多一人的 5 倍再解，晚上不缺了，13:30–18:30 却每个半小时多到 7 人。

接下来最该做哪一件？

- [ ] 把缺一人的代价提高到 20 倍，再求解
  错因：以为代价再高一些就两头都好
- [ ] 把全天各时段的需求加 3 人，再求解
  错因：全天加码盖住晚上的缺，下午多得更多
- [ ] 把晚上各时段的需求减 3 人，再求解
  错因：改需求去迁就班次
- [x] 候选里添 16:30 起的短晚班，再求解
"""

# %% [markdown] data="q7"
"""
## 第 7 题

表 `service_day` 是 7 月 30 日报修白天的接听结果，一行一个时段：呼入量、接起量、20秒接起量、放弃量、短放弃量（都是通）。
短放弃是 5 秒内就挂的，已经含在放弃量里。

这一天报给客户的服务水平是多少？
合同的口径是：20 秒内接起的 ÷（呼入 − 短放弃），全天一个数。
"""

# %% answer="q7"
q7 = ...
### BEGIN SOLUTION
day = paper.table("service_day").drop(columns="时段").sum()
q7 = day["20秒接起量"] / (day["呼入量"] - day["短放弃量"])
### END SOLUTION

# %% test="q7" atol=0.002
rows = paper.table("service_day")
right = evaluation.service_level(
    rows["呼入量"], rows["接起量"], rows["20秒接起量"], rows["放弃量"], rows["短放弃量"]
).excluding_short_abandons

# %% mistakes="q7"
# 错因：以接起量为分母
# 换：(day["呼入量"] - day["短放弃量"])
# 成：day["接起量"]

# 错因：先算各时段再平均
day = paper.table("service_day")
q7 = (day["20秒接起量"] / (day["呼入量"] - day["短放弃量"])).mean()

# 错因：没有扣短放弃
# 换：(day["呼入量"] - day["短放弃量"])
# 成：day["呼入量"]

# %% [markdown] data="q8a"
"""
## 第 8 题 a

表 `export` 是旧平台导出的报修两周（5 月 12 日至 25 日）：日期、时段、呼入量、事件。
建话务模型以前先清洗：

1. 完全重复的行只留一行；
2. 时段写「合计」的行不要；
3. 呼入量是 −1 的时段平台没有采到，这一行不要；
4. 有系统故障的那一天整天不要。

清洗后剩多少行？呼入量合计多少通？
"""

# %% answer="q8a"
q8a = {"行数": ..., "呼入量合计": ...}
### BEGIN SOLUTION
rows = paper.table("export").drop_duplicates()
rows = rows[(rows["时段"] != "合计") & (rows["呼入量"] >= 0) & (rows["事件"] == "")]
q8a = {"行数": len(rows), "呼入量合计": rows["呼入量"].sum()}
### END SOLUTION

# %% test="q8a"
kept = {
    (date, slot): calls
    for date, slot, calls, event in paper.table("export").to_numpy().tolist()
    if slot != "合计" and calls >= 0 and event != "系统故障"
}
right = {"行数": len(kept), "呼入量合计": sum(kept.values())}

# %% mistakes="q8a"
# 错因：没有去掉重复的行
# 换：.drop_duplicates()
# 成：

# 错因：把 −1 当成通数加了进去
# 换：& (rows["呼入量"] >= 0)
# 成：

# 错因：故障那一天留着
# 换：& (rows["事件"] == "")
# 成：

# 错因：合计行留着
# 换：(rows["时段"] != "合计") &
# 成：

# %% [markdown] data="q8b"
"""
## 第 8 题 b

表 `history` 是新平台上报修白天的 8 周（6 月 9 日至 8 月 3 日），已经清洗：日期、星期、时段、呼入量、事件。
事件栏写「高温红色预警」的日子整天走高，不能代表平常，先去掉。

用余下的日子算七个星期系数：星期系数 = 这个星期几的日均量 ÷ 七个星期几日均量的平均，所以七个系数平均为 1。
"""

# %% answer="q8b"
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

# %% test="q8b" tol=0.01
rows = paper.table("history").query("事件 == ''")
mean = rows.groupby("星期")["呼入量"].sum() / rows.groupby("星期")["日期"].nunique()
right = (7 * mean / mean.sum()).to_dict()

# %% mistakes="q8b"
# 错因：没有去掉高温预警的日子
# 换：history[history["事件"] == ""]
# 成：history

# 错因：算成了占一周的比例
# 换：weekday / weekday.mean()
# 成：weekday / weekday.sum()

# %% [markdown] data="q8c"
"""
## 第 8 题 c

用表 `history` 的同一段历史，预测表 `to_predict` 里下周的三个时段（日期、星期、时段、事件），其中一个预报有高温红色预警。

预测量 = 基线 × 星期系数 × 时段占比 × 活动系数，其中

- 基线、星期系数、时段占比都只用没有事件的日子；基线是七个星期几日均量的平均；
- 时段占比分工作日（周一至周五）、周末两条曲线，各是该时段合计 ÷ 全部时段合计；
- 活动系数 = 高温预警日的实际合计 ÷ 这些日子按基线 × 星期系数的合计，没有事件的时段不乘。

不分月，不计增长。
`q8c` 按表里的次序填三个数。
"""

# %% answer="q8c"
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

# %% test="q8c" tol=0.02 form="list"
rows = paper.table("history")
rows["日型"] = rows["星期"].isin(["周六", "周日"]).astype(int)
usual = rows[rows["事件"] == ""]
heat = rows[rows["事件"] != ""]
per_day = usual.groupby("星期")["呼入量"].sum() / usual.groupby("星期")["日期"].nunique()
expected = heat.drop_duplicates("日期")["星期"].map(per_day).sum()
curve = usual.pivot_table(index="时段", columns="日型", values="呼入量", aggfunc="sum")
curve = curve / curve.sum()
right = []
for _, weekday, slot_name, event in paper.table("to_predict").to_numpy().tolist():
    calls = per_day[weekday] * curve.loc[slot_name, int(weekday in ("周六", "周日"))]
    right.append(calls * heat["呼入量"].sum() / expected if event else calls)

# %% mistakes="q8c"
# 错因：没有乘活动系数
# 换：* (lift if row["事件"] else 1)
# 成：

# 错因：周末也用全周合在一起的时段曲线
# 换：share[row["星期"] in ("周六", "周日"), row["时段"]]
# 成：plain.groupby("时段")["呼入量"].sum()[row["时段"]] / plain["呼入量"].sum()

# %% [markdown] data="q9a"
"""
## 第 9 题 a

表 `consult` 是咨询队列周二、周四各 12 周的来电：日期、星期、时段、呼入量（通/半小时）。
同一个星期几、同一个时段的 12 个数是一格。

周二 10:30 这一格的离散系数与超额离散系数各是多少？
标准差除以 n − 1；来电即使完全规律，也有泊松下限 1 ÷ √均值，超额是离散系数扣去这个下限后剩下的（平方相减再开方，不够减记 0）。
"""

# %% answer="q9a"
q9a = {"离散系数": ..., "超额离散系数": ...}
### BEGIN SOLUTION
consult = paper.table("consult")
cell = consult[(consult["星期"] == "周二") & (consult["时段"] == "10:30")]["呼入量"]
cv = cell.std() / cell.mean()
q9a = {"离散系数": cv, "超额离散系数": np.sqrt(max(0, cv**2 - 1 / cell.mean()))}
### END SOLUTION

# %% test="q9a" tol=0.01
import statistics

rows = paper.table("consult").query("星期 == '周二' and 时段 == '10:30'")
calls = rows["呼入量"].tolist()
mean, spread = statistics.mean(calls), statistics.stdev(calls)
excess = max(0, (spread / mean) ** 2 - 1 / mean) ** 0.5
right = {"离散系数": spread / mean, "超额离散系数": excess}

# %% mistakes="q9a"
# 错因：下限直接相减
# 换：np.sqrt(max(0, cv**2 - 1 / cell.mean()))
# 成：cv - 1 / np.sqrt(cell.mean())

# 错因：标准差除以 n
# 换：cell.std()
# 成：cell.std(ddof=0)

# %% [markdown] data="q9b"
"""
## 第 9 题 b

还是表 `consult`，看周四的六格。
按超额离散系数判：不超过 0.10 是「可靠」，超过 0.10 而不超过 0.20 是「可用」，超过 0.20 是「不可靠」。

每格填 `"可靠"`、`"可用"` 或 `"不可靠"`。
"""

# %% answer="q9b"
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

# %% test="q9b"
import statistics

right = {}
for slot_name, rows in paper.table("consult").query("星期 == '周四'").groupby("时段"):
    mean = statistics.mean(rows["呼入量"].tolist())
    beyond = statistics.variance(rows["呼入量"].tolist()) / mean**2 - 1 / mean
    right[slot_name] = "可靠" if beyond <= 0.01 else "可用" if beyond <= 0.04 else "不可靠"

# %% mistakes="q9b"
# 错因：直接看离散系数，没有扣泊松下限
# 换：((cells["std"] / cells["mean"]) ** 2 - 1 / cells["mean"]).clip(lower=0) ** 0.5
# 成：cells["std"] / cells["mean"]

# 错因：以为来电少的时段都不可靠
# 换：.clip(lower=0) ** 0.5
# 成：.clip(lower=0).where(cells["mean"] > 50, 1) ** 0.5

# %% [markdown] choice="q9c"
"""
## 第 9 题 c

咨询队列周一 09:00 这一格，12 周里有 3 周落在每月 1 到 3 日，那时系统群发积分提醒短信：这 3 周约 250 通，其余 9 周约 150 通，两边各自都很稳。
12 周合在一起，超额离散系数是 0.25。
要排的是下周一，8 月 11 日。

怎样做最合适？

- [ ] 仍用 12 周的平均，另加 25% 的固定人手
  错因：用加人去盖住两种日子混在一起
- [x] 分月初与平日两格，下周一用平日那格
- [ ] 删去月初 3 周，以后每个周一都按余下的
  错因：把有原因的日子当成坏数据，月初那几天没有数可用
- [ ] 补两年的周一，等合起来的系数降到 0.10
  错因：以为多收历史系数就会变小
"""

# %% [markdown] data="q10a"
"""
## 第 10 题 a

表 `plan_day` 是 8 月 4 日报修逐时段的需求人数与排班人数。

排班拟合与覆盖率各是多少？

- 排班拟合：1 减去各时段差多少（多的、缺的都算）的合计占需求合计的比例；
- 覆盖率：需求合计里有多大比例真有人排上，多排的不能补别的时段。
"""

# %% answer="q10a"
q10a = {"排班拟合": ..., "覆盖率": ...}
### BEGIN SOLUTION
day = paper.table("plan_day")
need, plan = day["需求人数"], day["排班人数"]
q10a = {
    "排班拟合": 1 - (plan - need).abs().sum() / need.sum(),
    "覆盖率": np.minimum(plan, need).sum() / need.sum(),
}
### END SOLUTION

# %% test="q10a" tol=0.005
pairs = paper.table("plan_day")[["需求人数", "排班人数"]].to_numpy().tolist()
total = sum(need for need, _ in pairs)
right = {
    "排班拟合": 1 - sum(abs(plan - need) for need, plan in pairs) / total,
    "覆盖率": sum(min(pair) for pair in pairs) / total,
}

# %% mistakes="q10a"
# 错因：多的与缺的互相抵消
day = paper.table("plan_day")
need, plan = day["需求人数"].sum(), day["排班人数"].sum()
q10a = {"排班拟合": 1 - abs(plan - need) / need, "覆盖率": min(plan, need) / need}

# 错因：以排班合计为分母
# 换：/ need.sum()
# 成：/ plan.sum()

# %% [markdown] data="q10b"
"""
## 第 10 题 b

表 `roster` 是报修一个大组 24 人四周（7 月 7 日周一至 8 月 3 日）的班表：工号、日期、星期、班次。
班次「休」是休息日；「培训」也是上班。

劳动法要求每周至少休息一天。
这里按一条查：连续上班超过 6 天的就是违反，不管是不是跨了周。

违反的是哪些人？填出全部工号，例如 `["H2001", "H2002"]`。
"""

# %% answer="q10b"
q10b = ...
### BEGIN SOLUTION
roster = paper.table("roster").sort_values(["工号", "日期"])
works = roster["班次"] != "休"
run = works.groupby([roster["工号"], (~works).cumsum()]).sum().groupby("工号").max()

q10b = run.index[run > 6].tolist()
### END SOLUTION

# %% test="q10b" form="list"
right = set()
for person, rows in paper.table("roster").groupby("工号"):
    line = "".join("-" if shift == "休" else "x" for shift in rows.sort_values("日期")["班次"])
    if "x" * 7 in line:
        right.add(person)

# %% mistakes="q10b"
# 错因：把培训当成休息
# 换：roster["班次"] != "休"
# 成：~roster["班次"].isin(["休", "培训"])

# 错因：只看整周有没有休息，漏了跨周的
roster = paper.table("roster")
week = (roster["日期"] - roster["日期"].min()).dt.days // 7
rested = (roster["班次"] == "休").groupby([roster["工号"], week]).any().groupby("工号").all()
q10b = rested.index[~rested].tolist()

# 错因：把正好 6 天的也算进去
# 换：run > 6
# 成：run >= 6

# %% [markdown] data="q10c"
"""
## 第 10 题 c

还是表 `roster`，夜班是夜A、夜B、夜C。

这 24 人四周的夜班分得公平吗？
算夜班次数的基尼系数，并找出夜班最多的人；一次夜班也没有的人也在 24 人里。

基尼系数 = 2 × Σ(i × xᵢ) ÷ (n × Σx) − (n + 1) ÷ n，x 从小到大排，i 从 1 数起，n 是人数。
"夜班最多" 填工号。
"""

# %% answer="q10c"
q10c = {"基尼系数": ..., "夜班最多": ...}
### BEGIN SOLUTION
roster = paper.table("roster")
nights = roster["班次"].str.startswith("夜").groupby(roster["工号"]).sum()
x = np.sort(nights)
n = len(x)
gini = 2 * (np.arange(1, n + 1) * x).sum() / (n * x.sum()) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.idxmax()}
### END SOLUTION

# %% test="q10c" tol=0.01
count = {}
for person, shift in paper.table("roster")[["工号", "班次"]].to_numpy().tolist():
    count[person] = count.get(person, 0) + (shift in ("夜A", "夜B", "夜C"))
gaps = sum(abs(one - other) for one in count.values() for other in count.values())
right = {
    "基尼系数": gaps / (2 * len(count) * sum(count.values())),
    "夜班最多": max(count, key=count.get),
}

# %% mistakes="q10c"
# 错因：漏了一次夜班也没有的人
# 换：x = np.sort(nights)
# 成：x = np.sort(nights[nights > 0])

# 错因：没有从小到大排
# 换：np.sort(nights)
# 成：np.sort(nights)[::-1]

# %% [markdown] data="q11a"
"""
## 第 11 题 a

表 `slot_history` 是报修 10:00 那个半小时 8 周的预测量与实际量（通），一行一天。
高温天也在里面：机动部队就是为这样的日子备的。

8 月 4 日 10:00 的预测量与平均处理时长见表 `slots`。
要顶住 95% 的情况，这个半小时要备几个机动人员？

- 误差比 = 实际量 ÷ 预测量，取 95% 分位数（同 Excel 的 PERCENTILE.INC）；
- 高位来电量 = 8 月 4 日 10:00 的预测量 × 这个分位数，不取整；
- 机动人数 = 高位来电量要的人数 − 预测量要的人数，两个都按 80% 在 20 秒内接起、Erlang C、不计损耗。
"""

# %% answer="q11a"
q11a = ...
### BEGIN SOLUTION
past = paper.table("slot_history")
slot = paper.table("slots").set_index("时段").loc["10:00"]
q11a = reserve.reserve_size(
    past["预测量"], past["实际量"], slot["平均处理时长"], plan=slot["预测量"]
).peak
### END SOLUTION

# %% test="q11a" form="integer"
rows = paper.table("slot_history")
row = paper.table("slots").query("时段 == '10:00'").iloc[0]
high = np.percentile(rows["实际量"] / rows["预测量"], 95)
need = erlang.required_agents(
    [row["预测量"], row["预测量"] * high], [row["平均处理时长"]] * 2, service_level=0.8, target=20
).agents
right = int(need[1] - need[0])

# %% mistakes="q11a"
# 错因：填了高位来电量要的总人数
past = paper.table("slot_history")
slot = paper.table("slots").set_index("时段").loc["10:00"]
high = (past["实际量"] / past["预测量"]).quantile(0.95) * slot["预测量"]
q11a = erlang.required_agents(high, slot["平均处理时长"]).agents

# 错因：按最坏的一天备
past = paper.table("slot_history")
slot = paper.table("slots").set_index("时段").loc["10:00"]
high = (past["实际量"] / past["预测量"]).max() * slot["预测量"]
need = erlang.required_agents([slot["预测量"], high], [slot["平均处理时长"]] * 2).agents
q11a = int(need[1] - need[0])

# %% [markdown] data="q11b"
"""
## 第 11 题 b

触发阶梯这样定，满足任一条就到那一级，几级都满足取最高的一级：

| 级别 | 近 15 分钟服务水平 | 排队人数 | 负荷比（实际 ÷ 预测） |
| --- | --- | --- | --- |
| 三级 | 低于 50% | 20 人及以上 | — |
| 二级 | 低于 65% | 12 人及以上 | — |
| 一级 | 低于 75% | — | 1.10 及以上 |

都不满足是 0 级。
近 15 分钟来电不到 20 通的，数太少不作数，一律 0 级。

表 `situations` 是今天先后四种现场情况，各该到几级？
`q11b` 按表里的次序填四个整数，例如 `[0, 1, 2, 3]`。
"""

# %% answer="q11b"
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

# %% test="q11b" form="list"
right = []
for _, calls, service, waiting, ratio in paper.table("situations").to_numpy().tolist():
    reached = [0]
    if calls >= 20:
        reached += [1] * (service < 0.75 or ratio >= 1.10)
        reached += [2] * (service < 0.65 or waiting >= 12)
        reached += [3] * (service < 0.50 or waiting >= 20)
    right.append(max(reached))

# %% mistakes="q11b"
# 错因：来电太少的也照样触发
# 换：now["近15分钟来电"] < 20
# 成：now["近15分钟来电"] < 0

# 错因：只看服务水平
# 换：queue = now["近15分钟服务水平"], now["排队人数"]
# 成：queue = now["近15分钟服务水平"], now["排队人数"] * 0
# 换：| (now["负荷比"] >= 1.1)
# 成：

# %% [markdown] choice="q11c"
"""
## 第 11 题 c

一个大区的报修预测连着 8 周都报低，平均低 9%；扣掉这 9%，每天的误差都在正负 4% 以内。
机动部队因此天天满员上线，培训和辅导停了两个月。

先做哪一件？

- [x] 把预测抬高补齐 9%，机动只备剩下的波动
- [ ] 把机动部队再扩 9%，让后台照旧天天顶上
  错因：用机动去补一直存在的偏差
- [ ] 把一级触发线放宽 9%，让机动少启动几次
  错因：改触发线让问题看不见
- [ ] 把机动部队全部转成固定班次，不再留机动
  错因：以为补齐了偏差就没有波动了
"""
