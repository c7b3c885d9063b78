# %% [markdown]
"""
# 排班管理岗（CCOM-WFMP）　第二次补考

**情境**：「海棠家电服务热线」（虚构）的咨询队列正在准备并复盘今年的 618，订单与报修两个队列刚走过春节后的那几周。
题里说的白天是 08:00 到 22:00，分成 28 个时段，用开始时刻称呼。
题里的阈值和判定规则都是教学约定。
"""

# %% tags=["setup"]
import math

from ccomlib import capacity, erlang, evaluation, forecast, reserve, traffic

# %% [markdown] order="q1"
"""
## 第 1 题

资料柜里四份文件的封面掉了，要按年代插回去。
从早到晚怎样排？

1. YD/T 2823 的发布通知
2. 贴着「本标准今日起实施」的 YD/T 2823
3. ISO 18295 第 1 部分的发布稿
4. SJ/T 11739 的发布通知

错排 3124：以为国际标准最早
错排 2134：把实施记到了发布之前
"""

# %% [markdown] match="q2"
"""
## 第 2 题

人事要把四个关键岗位挂到 CCOM 运营过程的目录下。
各挂在哪一个过程？

1. 数据分析岗 → 监控过程
2. 绩效管理岗 → 绩效管理过程
3. 现场管理岗 → 应急管理过程
4. 培训管理岗 → 质量管理过程

- 预测排班过程

错配 1=应急管理过程 3=监控过程：以为在现场盯着看板就是监控过程
错配 4=绩效管理过程 2=质量管理过程：把培训当成绩效的一部分
"""

# %% [markdown] data="q3a"
"""
## 第 3 题 a

表 `june_forecasts` 是 6 月 9 日起三周咨询队列的日来电量：实际，以及甲、乙、丙三份事先交的预测（通）。

三份预测的 WAPE 各是多少？
WAPE 的分子是逐日误差绝对值之和，分母是三周实际之和。
"""

# %% answer="q3a"
q3a = {"甲": ..., "乙": ..., "丙": ...}
### BEGIN SOLUTION
june = paper.table("june_forecasts")
q3a = {name: forecast.accuracy(june["实际"], june[name]).wape for name in ("甲", "乙", "丙")}
### END SOLUTION

# %% test="q3a" atol=0.001
sheet = paper.table("june_forecasts")
right = {
    n: (sheet[n] - sheet["实际"]).abs().sum() / sheet["实际"].sum() for n in ("甲", "乙", "丙")
}

# %% mistakes="q3a"
# 错因：误差正负相抵，算成了偏差
# 换：forecast.accuracy(june["实际"], june[name]).wape
# 成：abs(june[name].sum() / june["实际"].sum() - 1)

# 错因：以预测合计为分母
# 换：forecast.accuracy(june["实际"], june[name]).wape
# 成：(june[name] - june["实际"]).abs().sum() / june[name].sum()

# %% [markdown] data="q3b"
"""
## 第 3 题 b

还是表 `june_forecasts`。
中心的规矩是两步：先看偏差，偏差的绝对值超过 5% 的退回重报；没有退回的几份里，用 WAPE 小的。
偏差 = （预测合计 − 实际合计）÷ 实际合计，报少为负。

退回的是哪一份（只有一份）？它的偏差是多少？最后用哪一份？
"退回"、"选用" 填 `"甲"`、`"乙"` 或 `"丙"`。
"""

# %% answer="q3b"
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

# %% test="q3b" atol=0.001
sheet = paper.table("june_forecasts")
gap = {n: sheet[n] - sheet["实际"] for n in ("甲", "乙", "丙")}
shift = {n: gap[n].sum() / sheet["实际"].sum() for n in gap}
away = max(shift, key=lambda n: abs(shift[n]))
rest = {n: gap[n].abs().sum() for n in gap if n != away}
right = {"退回": away, "偏差": shift[away], "选用": min(rest, key=rest.get)}

# %% mistakes="q3b"
# 错因：退回了 WAPE 最大的，用了 WAPE 最小的
# 换：next(name for name in found if abs(found[name].bias) > 0.05)
# 成：max(found, key=lambda name: found[name].wape)

# 错因：偏差的正负号反了
# 换："偏差": found
# 成："偏差": -found

# %% [markdown] data="q4a"
"""
## 第 4 题 a

春节后订单队列的人一直不够，你要算 3 月的编制。
表 `march_need` 是 3 月各周最忙的半小时要同时在线的人数。
表 `lost_time` 是各项损耗的比例，「以什么为底」分两种：假期以付薪时间为底；小休、培训与辅导、班前会以到岗时间（付薪时间扣去假期）为底。

按 3 月最忙的一周，损耗率（不能接电话的时间占付薪时间的比例）是多少，应有多少人？
人数向上取整。
"""

# %% answer="q4a"
q4a = {"损耗率": ..., "应有人数": ...}
### BEGIN SOLUTION
lost = paper.table("lost_time").groupby("以什么为底")["比例"].sum()
rate = capacity.shrinkage(components=lost[["付薪时间", "到岗时间"]], combine="multiplicative").rate
need = paper.table("march_need")["同时在线人数"].max()
q4a = {"损耗率": rate, "应有人数": math.ceil(capacity.full_time_equivalents(need, rate))}
### END SOLUTION

# %% test="q4a" atol=0.001
sheet = paper.table("lost_time")
stay = 1.0
for base in ("付薪时间", "到岗时间"):
    stay *= 1 - sheet.loc[sheet["以什么为底"] == base, "比例"].sum()
heads = math.ceil(paper.table("march_need")["同时在线人数"].max() / stay)
right = {"损耗率": 1 - stay, "应有人数": heads}

# %% mistakes="q4a"
# 错因：不管以什么为底，比例直接相加
# 换：capacity.shrinkage(components=lost[["付薪时间", "到岗时间"]], combine="multiplicative").rate
# 成：lost.sum()

# 错因：在线人数乘（1 + 损耗率）
# 换：capacity.full_time_equivalents(need, rate)
# 成：need * (1 + rate)

# %% [markdown] data="q4b"
"""
## 第 4 题 b

今天是 2 月 28 日。
表 `headcount` 是各队列今天的在册人数与 6 月 1 日需要的人数。
表 `after_festival` 是订单队列今后三个月的安排：每月月初有一批早已在培的新人到岗，当月离职 = （月初在册 + 月初到岗）× 月离职率。

现在启动的招聘要到 6 月 1 日才一起上岗，上岗就算满一个人。
订单队列现在要启动招几个人，6 月 1 日才够？
中间各月不取整，最后向上取整。
"""

# %% answer="q4b"
q4b = ...
### BEGIN SOLUTION
order = paper.table("headcount").set_index("队列").loc["订单"]
left = order["2月底在册"]
for row in paper.table("after_festival").itertuples():
    left = (left + row.月初到岗) * (1 - row.月离职率)
q4b = math.ceil(order["6月1日需要"] - left)
### END SOLUTION

# %% test="q4b" form="integer"
plan = paper.table("after_festival")
keep = (1 - plan["月离职率"])[::-1].cumprod()[::-1]
start, wanted = paper.table("headcount").set_index("队列").loc["订单"]
staff = start * keep.iloc[0] + (plan["月初到岗"] * keep).sum()
right = math.ceil(wanted - staff)

# %% mistakes="q4b"
# 错因：忘了三个月里还会有人离职
# 换：* (1 - row.月离职率)
# 成：

# 错因：没有算早已在培的新人
# 换：(left + row.月初到岗)
# 成：left

# %% [markdown] data="q5a"
"""
## 第 5 题 a

表 `day_618` 是 6 月 18 日咨询逐时段的预测量（通/半小时）、平均处理时长（秒）与计划人数。
大促当天对会员承诺 95% 的来电在 30 秒内接起。

预测量最大的那个时段，最少要几个人同时在线？
用 Erlang C，不加损耗。
"""

# %% answer="q5a"
q5a = ...
### BEGIN SOLUTION
top = paper.table("day_618").nlargest(1, "预测量").iloc[0]
q5a = erlang.required_agents(
    top["预测量"], top["平均处理时长"], service_level=0.95, target=30
).agents
### END SOLUTION

# %% test="q5a" form="integer"
sheet = paper.table("day_618")
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
right = heads

# %% mistakes="q5a"
# 错因：仍用平日的 80/20
# 换：, service_level=0.95, target=30
# 成：

# 错因：把半小时的来电当成一小时的
# 换：target=30
# 成：target=30, interval=3600

# %% [markdown] data="q5b"
"""
## 第 5 题 b

还是表 `day_618`。
13:00 那个时段，培训组想从「计划人数」里借走一个人。

不借与借走，20 秒内接起的比例各是多少？
用 Erlang C。
"""

# %% answer="q5b"
q5b = {"不借": ..., "借走": ...}
### BEGIN SOLUTION
noon = paper.table("day_618").set_index("时段").loc["13:00"]
levels = erlang.performance(
    noon["预测量"], noon["平均处理时长"], [noon["计划人数"], noon["计划人数"] - 1]
).service_level
q5b = {"不借": levels[0], "借走": levels[1]}
### END SOLUTION

# %% test="q5b" atol=0.002
calls, aht, agents = paper.table("day_618").set_index("时段").loc["13:00"]
right = {
    name: 1
    - erlang.erlang_c(number, calls * aht / 1800)
    * math.exp(-(number - calls * aht / 1800) * 20 / aht)
    for name, number in (("不借", agents), ("借走", agents - 1))
}

# %% mistakes="q5b"
# 错因：以为少一个人服务水平按人数比例下降
# 换：levels[1]
# 成：levels[0] * (noon["计划人数"] - 1) / noon["计划人数"]

# 错因：把不用等的概率当成 20 秒服务水平
# 换：levels = erlang
# 成：levels = 1 - erlang
# 换：.service_level
# 成：.wait_probability

# %% [markdown] choice="q6"
"""
## 第 6 题

订单队列 36 人，要排 618 那一周。
模型里写了三条硬约束：每个时段的人数不少于需求、每人每周至少休一天、晚班之后不接早班。
求解不到一秒就报「无解」；只拿掉第一条，立刻有解。

接下来最该怎样做？

- [ ] 给求解器更长的时限再跑一夜，从无解里找出一份可行的班表
  错因：把无解当成算得不够久
- [x] 把不少于需求改成缺一人计一份代价，求解后看缺在哪些时段
- [ ] 拿掉每周休一天和晚班不接早班，先保证每个时段的人数足够
  错因：拿掉了法定的休息，有解也发不出去
- [ ] 把各时段需求一律压低到模型有解，再按压低后的需求去发布
  错因：压低需求，缺口就看不见了
"""

# %% [markdown] data="q7"
"""
## 第 7 题

表 `day_result` 是 6 月 18 日咨询白天的结果，一行一个时段：呼入量、接起量（通）、20秒接起率。
平台的「20秒接起率」是 20 秒内接起的占接起量的比例。

给总部的日报换了口径：服务水平 = 全天 20 秒内接起的通数 ÷ 全天呼入量。
这一天的服务水平是多少？
"""

# %% answer="q7"
q7 = ...
### BEGIN SOLUTION
day = paper.table("day_result")
q7 = (day["接起量"] * day["20秒接起率"]).sum() / day["呼入量"].sum()
### END SOLUTION

# %% test="q7" atol=0.002
sheet = paper.table("day_result")
in_time = (sheet["接起量"] * sheet["20秒接起率"]).round()
right = evaluation.service_level(sheet["呼入量"], sheet["接起量"], in_time).of_offered

# %% mistakes="q7"
# 错因：28 个百分比简单平均
q7 = paper.table("day_result")["20秒接起率"].mean()

# 错因：按通数加权了，分母仍是接起量
# 换：day["呼入量"]
# 成：day["接起量"]

# 错因：拿呼入量去乘按接起量算的比例
# 换：day["接起量"]
# 成：day["呼入量"]

# %% [markdown] data="q8a"
"""
## 第 8 题 a

表 `old_export` 是旧平台导出的两周（3 月 3 日至 16 日）白天话务：日期、时段、队列、批次、类型、呼入量。
要给咨询队列建模，先清洗：

1. 只要咨询队列；
2. 类型是「拨测」的行是线路测试，不要；
3. 呼入量空着的时段平台没有采到，这一行不要；
4. 第 2 批是补传：同一日期、同一时段两批都有的，以第 2 批为准。

清洗后有几行？呼入量合计多少通？
"""

# %% answer="q8a"
q8a = {"行数": ..., "呼入量合计": ...}
### BEGIN SOLUTION
export = paper.table("old_export")
export["呼入量"] = pd.to_numeric(export["呼入量"])
kept = export[(export["队列"] == "咨询") & (export["类型"] == "正式")].dropna(subset="呼入量")
kept = kept.sort_values("批次").drop_duplicates(["日期", "时段"], keep="last")
q8a = {"行数": len(kept), "呼入量合计": int(kept["呼入量"].sum())}
### END SOLUTION

# %% test="q8a"
latest = {}
for row in paper.table("old_export").itertuples():
    if row.队列 == "咨询" and row.类型 == "正式" and str(row.呼入量).strip() not in ("", "nan"):
        old = latest.get((row.日期, row.时段), (0, 0))
        latest[row.日期, row.时段] = max(old, (row.批次, int(float(row.呼入量))))
total = sum(calls for _, calls in latest.values())
right = {"行数": len(latest), "呼入量合计": total}

# %% mistakes="q8a"
# 错因：补传的两批都算了
# 换：kept = kept.sort_values("批次").drop_duplicates(["日期", "时段"], keep="last")
# 成：

# 错因：重复的留了先出现的第 1 批
# 换：keep="last"
# 成：keep="first"

# 错因：空着的当成 0 通留着
# 换：pd.to_numeric(export["呼入量"])
# 成：pd.to_numeric(export["呼入量"]).fillna(0)

# %% [markdown] data="q8b"
"""
## 第 8 题 b

表 `spring` 是咨询队列 4 月 14 日至 6 月 8 日白天的话务：日期、星期、时段、呼入量、节假日、事件，已经清洗好。
「节假日」（含调休上班）或「事件」不是空的日子整天不用，余下的叫平常日。

只用平常日，算三个系数：

- 周一、周四的星期系数：这个星期几的日均量 ÷ 七个星期几日均量的平均；
- 周末 20:00 的时段占比：周六、周日 20:00 的呼入量合计 ÷ 周六、周日全部时段的呼入量合计。
"""

# %% answer="q8b"
q8b = {"周一": ..., "周四": ..., "周末 20:00": ...}
### BEGIN SOLUTION
model = traffic.build_model(paper.table("spring"), by_month=False)
q8b = {
    "周一": model.weekdays.loc["周一", "系数"],
    "周四": model.weekdays.loc["周四", "系数"],
    "周末 20:00": model.shares.loc["20:00", "周末"],
}
### END SOLUTION

# %% test="q8b" tol=0.01
sheet = paper.table("spring").query("节假日 == '' and 事件 == ''")
level = sheet.groupby(["星期", "日期"])["呼入量"].sum().groupby("星期").mean()
ends = sheet[sheet["星期"].isin(["周六", "周日"])]
share = ends.loc[ends["时段"] == "20:00", "呼入量"].sum() / ends["呼入量"].sum()
right = {
    "周一": level["周一"] / level.mean(),
    "周四": level["周四"] / level.mean(),
    "周末 20:00": share,
}

# %% mistakes="q8b"
# 错因：节假日和有事件的日子没有去掉
# 换：by_month=False
# 成：by_month=False, exclude_holidays=False, exclude_events=False

# 错因：各星期几用合计而不是日均，平常日的天数不同
history = paper.table("spring").query("节假日 == '' and 事件 == ''")
total = history.groupby("星期")["呼入量"].sum()
ends = history[history["星期"].isin(["周六", "周日"])]
share = ends.loc[ends["时段"] == "20:00", "呼入量"].sum() / ends["呼入量"].sum()
q8b = {name: total[name] / total.mean() for name in ("周一", "周四")} | {"周末 20:00": share}

# %% [markdown] data="q8c"
"""
## 第 8 题 c

还用表 `spring` 的平常日，预测 618 那一周的三个时段。
表 `week_618` 一行一个时段：编号、日期、星期、时段、去年大促日实际、去年大促日期望（不是大促的两格都是 0）。

预测量 = 这个星期几的平常日日均量 × 时段占比 × 活动系数：

- 时段占比分工作日（周一到周五）与周末各算一条：这个时段的合计 ÷ 全部时段的合计；
- 活动系数 = 去年大促日实际 ÷ 去年大促日期望，不是大促的日子为 1。

不分月，不计增长。
"""

# %% answer="q8c"
q8c = {"一": ..., "二": ..., "三": ...}
### BEGIN SOLUTION
model = traffic.build_model(paper.table("spring"), by_month=False)
q8c = {}
for row in paper.table("week_618").itertuples():
    day = model.predict(row.日期).set_index("时段")["预测量"]
    lift = row.去年大促日实际 / row.去年大促日期望 if row.去年大促日期望 else 1
    q8c[row.编号] = day[row.时段] * lift
### END SOLUTION

# %% test="q8c" tol=0.02
sheet = paper.table("spring").query("节假日 == '' and 事件 == ''")
level = sheet.groupby(["星期", "日期"])["呼入量"].sum().groupby("星期").mean()
kind = sheet["星期"].isin(["周六", "周日"])
right = {}
for row in paper.table("week_618").itertuples():
    same = sheet[kind == (row.星期 in ("周六", "周日"))]
    share = same.loc[same["时段"] == row.时段, "呼入量"].sum() / same["呼入量"].sum()
    lift = row.去年大促日实际 / row.去年大促日期望 if row.去年大促日期望 else 1
    right[row.编号] = level[row.星期] * share * lift

# %% mistakes="q8c"
# 错因：大促那天没有乘活动系数
# 换：day[row.时段] * lift
# 成：day[row.时段]

# 错因：一周合用一条时段曲线
# 换：by_month=False
# 成：by_month=False, shape_by="不分"

# 错因：假期和有事件的日子也用来建模
# 换：by_month=False
# 成：by_month=False, exclude_holidays=False, exclude_events=False

# %% [markdown] data="q9a"
"""
## 第 9 题 a

表 `mondays` 是订单、报修两个队列春节后 12 个周一、三个时段的来电：日期、队列、时段、呼入量、事件。
其中一个周一系统故障，「事件」一栏写着。

报修 10:00 这一格，留着故障那天（12 个数）与去掉故障那天（11 个数），超额离散系数各是多少？
离散系数 = 标准差 ÷ 均值，标准差除以 n − 1；超额离散系数 = √（离散系数² − 1 ÷ 均值），根号里不够减取 0。
"""

# %% answer="q9a"
q9a = {"留着故障": ..., "去掉故障": ...}
### BEGIN SOLUTION
cell = paper.table("mondays").query("队列 == '报修' and 时段 == '10:00'")
q9a = {
    name: traffic.reliability(cell, exclude_events=drop).cells["超额离散系数"].iloc[0]
    for name, drop in (("留着故障", False), ("去掉故障", True))
}
### END SOLUTION

# %% test="q9a" atol=0.002
sheet = paper.table("mondays").query("队列 == '报修' and 时段 == '10:00'")
right = {}
for name, calls in (
    ("留着故障", sheet["呼入量"]),
    ("去掉故障", sheet.loc[sheet["事件"] == "", "呼入量"]),
):
    right[name] = max(0.0, calls.var() / calls.mean() ** 2 - 1 / calls.mean()) ** 0.5

# %% mistakes="q9a"
# 错因：没有扣泊松下限，填了离散系数
# 换：["超额离散系数"]
# 成：["离散系数"]

# 错因：标准差除以 n
cell = paper.table("mondays").query("队列 == '报修' and 时段 == '10:00'")
q9a = {}
for name, part in (("留着故障", cell), ("去掉故障", cell[cell["事件"] == ""])):
    mean, spread = part["呼入量"].mean(), part["呼入量"].std(ddof=0)
    q9a[name] = max(0, (spread / mean) ** 2 - 1 / mean) ** 0.5

# 错因：下限没有平方，直接相减
cell = paper.table("mondays").query("队列 == '报修' and 时段 == '10:00'")
q9a = {}
for name, part in (("留着故障", cell), ("去掉故障", cell[cell["事件"] == ""])):
    mean, spread = part["呼入量"].mean(), part["呼入量"].std()
    q9a[name] = max(0, spread / mean - mean**-0.5)

# %% [markdown] data="q9b"
"""
## 第 9 题 b

还是表 `mondays`，去掉系统故障的周一，两个队列、三个时段共六格。
超额离散系数的算法：√（离散系数² − 1 ÷ 均值），不够减取 0，离散系数的标准差除以 n − 1。
到 0.10 为止判「可靠」，再到 0.20 为止判「可用」，更大的判「不可靠」。

六格各判什么？填 `"可靠"`、`"可用"` 或 `"不可靠"`。
"""

# %% answer="q9b"
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

# %% test="q9b"
right = {}
for (queue, slot), part in paper.table("mondays").groupby(["队列", "时段"]):
    calls = part.loc[part["事件"] == "", "呼入量"]
    square = calls.var() / calls.mean() ** 2 - 1 / calls.mean()
    right[f"{queue} {slot}"] = (
        "可靠" if square <= 0.01 else "可用" if square <= 0.04 else "不可靠"
    )

# %% mistakes="q9b"
# 错因：拿离散系数直接比阈值
q9b = {}
usual = paper.table("mondays").query("事件 == ''")
for (queue, slot), part in usual.groupby(["队列", "时段"]):
    cv = part["呼入量"].std() / part["呼入量"].mean()
    q9b[f"{queue} {slot}"] = "可靠" if cv <= 0.1 else "可用" if cv <= 0.2 else "不可靠"

# 错因：系统故障的周一留着
# 换：traffic.reliability(part)
# 成：traffic.reliability(part, exclude_events=False)

# %% [markdown] choice="q9c"
"""
## 第 9 题 c

订单队列周日 21:30 这一格，24 周里平均每半小时 9 通，离散系数 0.34，没有节假日和事件。
主管说：「0.34 太大了，这格的模型不能用，重做。」

怎样回答最合适？

- [ ] 同意重做，把这格再按上旬、中旬、下旬分成三格，各自建系数
  错因：没有想到泊松下限，见离散系数大就分层
- [ ] 同意重做，把最高和最低的四周删掉，让离散系数回到 0.2 以下
  错因：删数据来让指标好看
- [ ] 不必重做，这格来电很少，对全天没有影响，下周起不用再排人
  错因：来电少不等于没有人打，那半小时照样要有人接
- [x] 不必重做，9 通的随机波动本来就有这么大，排班时要留出余量
"""

# %% [markdown] data="q10a"
"""
## 第 10 题 a

2 月 10 日，春节后第一个平常的周一，两位排班师各排了一份订单队列的班。
表 `two_plans` 一行一个时段：需求人数、方案一、方案二（人）。

两份方案的排班拟合各是多少？
排班拟合 = 1 − 各时段｜排班 − 需求｜的合计 ÷ 需求的合计。
"""

# %% answer="q10a"
q10a = {"方案一": ..., "方案二": ...}
### BEGIN SOLUTION
plans = paper.table("two_plans")
need = plans["需求人数"]
q10a = {name: 1 - (plans[name] - need).abs().sum() / need.sum() for name in ("方案一", "方案二")}
### END SOLUTION

# %% test="q10a" atol=0.001
rows = paper.table("two_plans")[["需求人数", "方案一", "方案二"]].to_numpy().tolist()
total = sum(row[0] for row in rows)
right = {
    name: 1 - sum(abs(row[place] - row[0]) for row in rows) / total
    for place, name in ((1, "方案一"), (2, "方案二"))
}

# %% mistakes="q10a"
# 错因：只比全天总人数，放错时段看不出来
# 换：(plans[name] - need).abs().sum()
# 成：abs((plans[name] - need).sum())

# 错因：只算缺的，多排的没有算
# 换：(plans[name] - need).abs().sum()
# 成：(need - plans[name]).clip(lower=0).sum()

# %% [markdown] data="q10b"
"""
## 第 10 题 b

表 `roster` 是咨询一个大组 22 人 6 月 2 日（周一）至 29 日的班表：工号、日期、星期、班次。
「休」与「年假」不上班，其余都上班；「支援」是去门店帮忙，也是上班。

劳动法要求每周至少休息一日。
618 之后要自查，本题这样查：一周（周一到周日）没有一天不上班，或者连续上班超过 6 天（可以跨周），有一条就算。

违反的是哪些人？列出全部工号，例如 `["Z4001", "Z4002"]`。
"""

# %% answer="q10b"
q10b = ...
### BEGIN SOLUTION
grid = paper.table("roster").pivot(index="工号", columns="日期", values="班次")
works = ~grid.isin(["休", "年假"])
seven = works.T.astype(int).rolling(7).sum()
q10b = seven.columns[seven.max() == 7].tolist()
### END SOLUTION

# %% test="q10b" form="list"
right = set()
for person, rows in paper.table("roster").sort_values("日期").groupby("工号"):
    run = 0
    for shift in rows["班次"]:
        run = 0 if shift in ("休", "年假") else run + 1
        if run > 6:
            right.add(person)

# %% mistakes="q10b"
# 错因：以为去支援不算上班
# 换：["休", "年假"]
# 成：["休", "年假", "支援"]

# 错因：年假当成上班
# 换：["休", "年假"]
# 成：["休"]

# 错因：只按自然周查，跨周连上的漏了
roster = paper.table("roster")
works = ~roster["班次"].isin(["休", "年假"])
week = roster["日期"].dt.isocalendar().week
full = works.groupby([roster["工号"], week]).sum()
q10b = full[full == 7].index.get_level_values("工号").unique().tolist()

# 错因：把正好 6 天的也算进去
# 换：works.T.astype(int).rolling(7).sum()
# 成：works.T.astype(int).rolling(6).sum() + 1

# %% [markdown] data="q10c"
"""
## 第 10 题 c

还是表 `roster`，班次名以「夜」开头的是夜班。
表 `people` 一人一行：工号、免夜班（写「是」的人因身体原因不排夜班）。

员工说夜班分得不公平。
在可以上夜班的人里，算四周夜班次数的基尼系数，并找出夜班最多的人；可以上而一次没上的人次数是 0，要算在内，免夜班的人不算。

基尼系数 = 2 × Σ(i × xᵢ) ÷ (n × Σxᵢ) − (n + 1) ÷ n；xᵢ 是从少到多排第 i 的次数，n 是人数。
"夜班最多" 填工号。
"""

# %% answer="q10c"
q10c = {"基尼系数": ..., "夜班最多": ...}
### BEGIN SOLUTION
roster, people = paper.table("roster"), paper.table("people")
nights = roster["班次"].str.startswith("夜").groupby(roster["工号"]).sum()
nights = nights[people.loc[people["免夜班"] != "是", "工号"]].sort_values()
n, rank = len(nights), np.arange(1, len(nights) + 1)
gini = 2 * (rank * nights).sum() / (n * nights.sum()) - (n + 1) / n
q10c = {"基尼系数": gini, "夜班最多": nights.index[-1]}
### END SOLUTION

# %% test="q10c" atol=0.002
able = paper.table("people").query("免夜班 == ''")["工号"]
night = paper.table("roster").query("班次.str.startswith('夜')", engine="python")
count = {person: int((night["工号"] == person).sum()) for person in able}
spread = sum(abs(one - other) for one in count.values() for other in count.values())
right = {
    "基尼系数": spread / (2 * len(count) * sum(count.values())),
    "夜班最多": max(count, key=count.get),
}

# %% mistakes="q10c"
# 错因：免夜班的人当成没有上夜班
# 换：nights[people.loc[people["免夜班"] != "是", "工号"]].sort_values()
# 成：nights.sort_values()

# 错因：一次没上的人漏在外面
# 换：.sort_values()
# 成：[lambda x: x > 0].sort_values()

# %% [markdown] data="q11a"
"""
## 第 11 题 a

表 `slot_errors` 是咨询 10:00 与 20:00 两个时段各 40 个平常工作日的预测量与实际量（通）。
表 `plan_618` 是 6 月 18 日这两个时段的计划来电量与平均处理时长（秒）。

要顶住 95% 的预测误差，两个时段各备几个机动？

1. 每个时段各自算 40 个误差比 = 实际量 ÷ 预测量，取 95% 分位（Excel 的 PERCENTILE.INC）；
2. 高位来电量 = 计划来电量 × 分位数，不取整；
3. 机动人数 = 高位来电量所需人数 − 计划来电量所需人数，所需人数都按 80% 在 20 秒内接起、Erlang C、不加损耗。
"""

# %% answer="q11a"
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

# %% test="q11a"
errors = paper.table("slot_errors")
right = {}
for slot, calls, aht in paper.table("plan_618").to_numpy().tolist():
    part = errors[errors["时段"] == slot]
    high = calls * (part["实际量"] / part["预测量"]).quantile(0.95)
    many = erlang.required_agents(high, aht, service_level=0.8, target=20).agents
    right[slot] = many - erlang.required_agents(calls, aht, service_level=0.8, target=20).agents

# %% mistakes="q11a"
# 错因：多出来的通数当成人数
past, plan = paper.table("slot_errors"), paper.table("plan_618").set_index("时段")
high = (past["实际量"] / past["预测量"]).groupby(past["时段"]).quantile(0.95)
q11a = (plan["计划来电量"] * (high - 1)).round().astype(int).to_dict()

# 错因：填了高位来电量所需的总人数
past, plan = paper.table("slot_errors"), paper.table("plan_618").set_index("时段")
high = (past["实际量"] / past["预测量"]).groupby(past["时段"]).quantile(0.95)
many = erlang.required_agents(plan["计划来电量"] * high, plan["平均处理时长"]).agents
q11a = dict(zip(plan.index, map(int, many), strict=True))

# 错因：顶住一半的日子就够了，取了中位数
# 换：plan=plan["计划来电量"],
# 成：plan=plan["计划来电量"], quantile=0.5,

# %% [markdown] data="q11b"
"""
## 第 11 题 b

大促夜的触发阶梯（每席排队 = 排队人数 ÷ 在岗人数）：

| 触发到 | 本时段服务水平 | 每席排队 |
| --- | --- | --- |
| 1 级 | 低于 75% | 高于 0.15 |
| 2 级 | 低于 60% | 高于 0.30 |
| 3 级 | 低于 40% | 高于 0.60 |

两列满足任一列就触发，取触发到的最高一级，都不满足为 0 级。

- 触发到的级别不低于现级别：立即转到触发到的级别，可以越级；
- 触发到的级别低于现级别：上时段与本时段的服务水平都不低于 80% 才降，一次只降一级，否则维持现级别。

表 `live` 是四种情况，各自接下来处在第几级？填四个整数。
"""

# %% answer="q11b"
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

# %% test="q11b"
right = {}
for name, level, before, service, heads, waiting in (
    paper.table("live").to_numpy().tolist()
):
    reached = 0
    for step, low, high in ((1, 0.75, 0.15), (2, 0.60, 0.30), (3, 0.40, 0.60)):
        if service < low or waiting / heads > high:
            reached = step
    if reached < level:
        reached = level - 1 if before >= 0.8 and service >= 0.8 else level
    right[name] = reached

# %% mistakes="q11b"
# 错因：不触发了就立刻撤回
# 换：hit.where(hit >= now, now - calm.astype(int))
# 成：hit

# 错因：恢复一个时段就降级
# 换：live[["上时段服务水平", "本时段服务水平"]].min(axis=1)
# 成：service

# 错因：只看服务水平，没有看每席排队
# 换：| (queue > high)
# 成：

# %% [markdown] choice="q11c"
"""
## 第 11 题 c

618 晚上 20:00，咨询要在 15 分钟内补 4 个人，大约用两小时。
今天是 6 月 18 日，手边有四个来源。

先动用哪一个？

- [ ] 白班 4 人留下延时两小时，他们本月已各加班 35 小时
  错因：没有想到每月加班不超过 36 小时
- [ ] 居家兼职 4 人都愿意上线，说好接到通知 40 分钟到位
  错因：没有看到位要多久，15 分钟的窗口早过了
- [x] 质检 4 人都有咨询的技能，手里的录音可以明天再听
- [ ] 报修 4 人正好空闲着，咨询的业务与系统还没有学过
  错因：只数人头，没有看技能
"""
