# %% [markdown]
"""
# 明年要招多少人，几月开始招？

**岗位**：排班管理岗 · **时长**：45 分钟 · **主题**：`wfmp.2.capacity`

学完你能：

1. 从两年的日话务算出未来每个月要养多少人，并说清用了哪几个假设；
2. 用花名册算月离职率，说清分母；
3. 倒推每个月该启动招几个人，分清「启动」「到岗」「顶用」三个时间；
4. 在老板说「马上批二十几个」时，讲清这个月该签什么、不该签什么。
"""

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from ccomlib import capacity, centre, erlang, expect, use_chinese

use_chinese()
hub = centre.open_centre(seed=2025)

# %% [markdown]
"""
## 1　六月三十日，总监要签字

天热了，报修电话一天比一天多。
总监把你叫去：「七月肯定不够，我现在就批 25 个招聘名额，够不够？明年一共要招多少，你也给我一张表。」
人事在旁边补了三句：从批下来到上岗 3 个月，其中最后一个月是岗前培训；培训 10 人一个班，一个月最多两个班；眼下有 12 个人在培，7 月、8 月各上岗 6 个。

大纲第二章里这件事叫「容量规划」。
上一课算的是半小时要几个人，这一课算的是几个月以后要养几个人。

先看两年的日话务，按月求每天平均多少通。

> **先猜**：最忙的月份是最淡的月份的几倍？近一年比前一年涨了多少？
"""

# %%
daily = hub.calls_daily
daily["年度"] = np.where(daily["日期"] < "2024-07-01", "前一年", "近一年")
daily["月"] = daily["日期"].dt.month
daily["处理小时"] = daily["呼入量"] * daily["平均处理时长"] / 3600
each_day = daily.groupby(["年度", "月", "日期"])[["呼入量", "处理小时"]].sum()
average = each_day.groupby(["年度", "月"]).mean()
calls = average["呼入量"].unstack(0)
growth = calls["近一年"].mean() / calls["前一年"].mean() - 1
print(f"近一年日均 {calls['近一年'].mean():,.0f} 通，比前一年多 {growth:.1%}")
calls.round(0).T

# %% [markdown]
"""
近一年日均 8,943 通，比前一年多 8.0%。
六月最忙，日均 10,691 通；二月最淡，7,437 通，六月是二月的 1.4 倍。
旺季连着六、七、八三个月，靠的是报修；所以招聘表要看的是夏天，不是全年平均。

把每个月除以当年的平均，就是**月系数**；两年的系数再平均一下，免得被某一年的春节带偏。
未来某个月的日均 = 近一年日均 × (1 + 年增长)^几年 × 月系数，再乘当月天数。

我们做 18 个月，从 2025 年 7 月到 2026 年 12 月，这样明年整年都在里面。
"""

# %%
factor = (calls / calls.mean()).mean(axis=1)
months = pd.period_range("2025-07", "2026-12", freq="M")
years = np.where(np.arange(18) < 12, 1, 2)
per_day = calls["近一年"].mean() * (1 + growth) ** years * factor[months.month].to_numpy()
volume = pd.Series(per_day * months.days_in_month, index=months.strftime("%y-%m"))
ax = volume.div(10000).plot.bar(color="#0072B2", rot=45)
ax.set(title="未来 18 个月的呼入量（月系数 × 增长）", xlabel="月份", ylabel="万通")
factor.round(2)

# %% [markdown]
"""
六月的系数 1.18，二月 0.80，其余大多在 1 上下。
图上两个夏天之间是一整片低谷：2025 年 10 月到 2026 年 4 月都比现在闲。
请记住这片低谷，后面的结论全由它而来。

8% 的增长只有两年数据撑着，当作假设写在表头；第 5 节会把它拧一拧。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。
问：「为什么不直接拿去年同月乘 1.08？」会有人说一样；请他看 2 月那一行两年的差别，一年的系数里混着那一年的春节。
时间不够，月系数这一格只看图，不讲代码。
"""

# %% [markdown]
"""
## 2　从通数到人数：三道除法

`全职当量 = 呼入量 × 平均处理时长 ÷ 3600 ÷ (每人每月付薪工时 × 占用率 × (1 − 损耗率))`

全职当量（FTE）就是「几个全职的人」。
三个分母要分别找出处，不能都拍脑袋。

**损耗率**：付薪的时间里，有多少不能接电话。
班表说每天应有多少人上班，员工日报说实际来了多少人、来了以后多少时间在小休和培训。

> **先猜**：每 100 个付薪工时，能接电话的有几个？
"""

# %%
days = hub.agent_day
came = len(days) / days["日期"].nunique()
planned = 240 * (hub.roster["班次"] != "休").mean()
inside = days[["通话秒", "话后秒", "空闲秒"]].to_numpy().sum() / days["排班秒"].sum()
loss = capacity.shrinkage(
    components={"请假缺勤": 1 - came / planned, "小休与培训": 1 - inside},
    combine="multiplicative",
)
loss.plot()
loss

# %% [markdown]
"""
每 100 个付薪工时只有 78.7 个能接电话，损耗率 21.3%。
请假缺勤拿走 9.8%，来了以后的小休与培训再拿走剩下的 12.8%。
两个比例的底不同，一个是应到的人，一个是已到的人，所以用连乘；直接相加会得 22.6%，多算了一点。

**占用率**：在线的时间里有多少在忙。
它不是想定多少就定多少，是服务水平定下来以后的结果。
把半年里每个队列每个半小时都按 80/20 算一遍需求，每个月的话务量合计除以人数合计，就是守住 80/20 时的占用率。

**付薪工时**：班表 28 天里平均上 20 天班，折合每月 21.7 天，每天 8 小时。
"""

# %%
slots = hub.calls_interval
size = erlang.required_agents(slots["呼入量"].to_numpy(), slots["平均处理时长"].to_numpy())
busy = pd.DataFrame({"月": slots["日期"].dt.month, "话务量": size.load, "人数": size.agents})
busy = busy.groupby("月").sum()
busy["占用率"] = busy["话务量"] / busy["人数"]
paid_days = (hub.roster["班次"] != "休").mean() * 365 / 12
print(f"每人每月付薪 {paid_days:.1f} 天")
busy.round(3)

# %% [markdown]
"""
六月守住 80/20，占用率是 0.739；二月只有 0.685。
话务越大，占用率越高，所以淡月和旺月不是一个数。
下面统一用 0.74：旺月是准的，淡月会少算几个人，而招多少人由旺月决定。
有人喜欢写 0.85，人数立刻少一截，可是那样的占用率守不住 80/20。
"""

# %%
hours = average["处理小时"].unstack(0)["近一年"]
aht = hours / calls["近一年"] * 3600
need = capacity.monthly_need(
    volume, aht[months.month].to_numpy(), paid_days, occupancy=0.74, shrinkage=loss
)
need.plot()
need

# %% [markdown]
"""
18 个月平均要 233 人，最多的是 2026 年 7 月，285 人；最少的是 2026 年 2 月，164 人。
现在 240 人：比平均多，比夏天少。
今年 7 月要 264 人，缺二十几个，总监的直觉没有错。

两处口径要写在表下：处理时长取近一年同月的值，而报修的时长五月起变长了，7 月以后可能再多几个人；月度算法看不见一天里的高峰，人数够不等于班排得好。

### 陷阱：乘 (1 + 损耗率)

> **先猜**：同样的净需求，除以 (1 − 损耗率) 和乘 (1 + 损耗率)，旺月差几个人？
"""

# %%
peak = need.summary().loc["26-07", "净需求人数"]
rows = {
    "除以 (1 − 损耗率)": capacity.full_time_equivalents(peak, loss),
    "乘 (1 + 损耗率)": peak * (1 + loss.rate),
}
trap = pd.DataFrame({"养多少人": rows})
trap["实际能在线"] = trap["养多少人"] * (1 - loss.rate)
trap["比净需求"] = trap["实际能在线"] - peak
trap.round(1)

# %% [markdown]
"""
乘出来 272 人，能在线的只有 213.8 人，比净需求少 10 人。
除出来 285 人，验算正好。
差的这 13 个编制，会在最热的七月变成排队。
损耗率是从总人数里拿走的，所以要用总人数去乘它，倒过来就是除。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。
让每个人先心算：要 70 人在线，损耗 30%，养几个？答 91 的人会占一半以上，请其中一位验算 91 × 0.7。
会有人问占用率为什么不写 0.85；请他回上一课拖滑块。
适合发起投票：「你们中心的损耗率包不包括年假？」
"""

# %% [markdown]
"""
### 练习 1　84 个人在线

一次直播活动要 84 个人同时在线，损耗率 25%。
要养多少人？取整到人，赋给 `fte`。

<details><summary>提示 1</summary>25% 是从哪个总数里拿走的？</details>
<details><summary>提示 2</summary>算完乘回 0.75，看能不能得到 84。</details>
"""

# %% exercise="ex-fte"
fte = ...
### BEGIN SOLUTION
fte = 84 / (1 - 0.25)
### END SOLUTION

# %% check="ex-fte"
expect(
    fte,
    112,
    what="要养的人数",
    mistakes=[
        (105, "你用的是乘 1.25：105 个人里只有 78.75 个在线，不够 84。"),
        (63, "方向反了：63 比在线人数还少。"),
    ],
    hint="损耗率的底是付薪的总人数，要除。",
)

# %% [markdown] explain="ex-fte"
"""
84 ÷ 0.75 = 112，乘回去 112 × 0.75 = 84，正好。
验算一遍只要三秒，是这一课最值得带走的习惯。
"""

# %% mistakes="ex-fte"
# 错因：乘 1 加损耗率
# 消息：只有 78.75 个在线
fte = 84 * 1.25

# 错因：乘了可用的比例
# 消息：方向反了
fte = 84 * 0.75

# %% [markdown]
"""
## 3　人会走：离职率的分母

需求有了，再看供给。
花名册里有在册的 240 人，也有 2024-07-01 以来离职的人。

`月离职率 = 一年离职人数 ÷ 12 ÷ 平均在册人数`

平均在册取 13 个月末的平均，不是花名册的行数。

> **先猜**：一年走了多少人？走的人里，有多少没干满三个月？
"""

# %%
agents = hub.agents
ends = pd.date_range("2024-06-30", "2025-06-30", freq="ME")
staff = [
    ((agents["入职日期"] <= end) & ~(agents["离职日期"] <= end)).sum() for end in ends
]
left = agents["离职日期"].notna().sum()
monthly = left / 12 / np.mean(staff)
stayed = (agents["离职日期"] - agents["入职日期"]).dt.days
print(f"离职 {left} 人，平均在册 {np.mean(staff):.1f} 人，月离职率 {monthly:.2%}")
print(f"其中 90 天内走的 {(stayed <= 90).sum()} 人；花名册共 {len(agents)} 行")

# %% [markdown]
"""
一年走了 65 人，平均在册 239.1 人，月离职率 2.27%。
要是拿花名册的 305 行当分母，会得到 1.78%，因为走了的和补来的都数了一遍。
65 人里有 16 人没干满 90 天，约四分之一。
"""

# %%
fresh = agents[agents["入职日期"].between("2024-07-01", "2025-03-22")]
early = ((fresh["离职日期"] - fresh["入职日期"]).dt.days <= 90).mean()
new_rate = 1 - (1 - early) ** (1 / 3)
old_rate = (stayed > 90).sum() / 12 / np.mean(staff)
print(f"{len(fresh)} 个新人里 {early:.0%} 在 90 天内离开，折合每月 {new_rate:.1%}")
print(f"干满 90 天的人，每月约 {old_rate:.1%}")

# %% [markdown]
"""
新人头三个月每月走掉 9.6%，老人每月只走 1.7%，平均成 2.27%，两头都不像。
招得越多，新人占比越高，实际的离职就越比 2.27% 高。
新人这个数只有 46 个人撑着，误差不小，先当方向用；第 5 节再看它会不会改变签字。
"""

# %% [markdown]
"""
### 练习 2　路远的人走得多吗

取花名册里**通勤 60 分钟及以上**的人，算他们近一年的月离职率，写成小数，赋给 `far_rate`。
分母用期初（2024-07-01 前入职的人数）与期末（现在在册的人数）的平均。

<details><summary>提示 1</summary>先筛出通勤分钟 >= 60 的行，下面三个数都从这里数。</details>
<details><summary>提示 2</summary>期末在册是离职日期为空的人；别忘了除以 12。</details>
"""

# %% exercise="ex-attrition"
far_rate = ...
### BEGIN SOLUTION
far = agents[agents["通勤分钟"] >= 60]
first = (far["入职日期"] < "2024-07-01").sum()
last = far["离职日期"].isna().sum()
far_rate = far["离职日期"].notna().sum() / 12 / ((first + last) / 2)
### END SOLUTION

# %% check="ex-attrition"
group = hub.agents
group = group[group["通勤分钟"] >= 60]
gone = group["离职日期"].notna().sum()
begin, end = (group["入职日期"] < "2024-07-01").sum(), group["离职日期"].isna().sum()
expect(
    far_rate,
    gone / 6 / (begin + end),
    what="路远的人的月离职率",
    unit="share",
    mistakes=[
        (gone / ((begin + end) / 2), "这是一年的离职率，月离职率还要除以 12。"),
        (gone / 12 / len(group), "分母用了花名册的行数，走了的和来了的都算了一遍。"),
        (gone / 12 / 240, "分母用了全中心的 240 人，要用路远的这一群。"),
        (gone / 12 / end, "分母只用了期末人数，题目要期初期末的平均。"),
    ],
    hint="先写出离职、期初、期末三个数再算。",
    tol=1e-4,
)

# %% [markdown] explain="ex-attrition"
"""
一年走了 19 人，期初 43 人、期末 31 人，平均 37 人，月离职率 4.3%，全中心是 2.27%。
接近两倍，值得告诉招聘的同事。
但路远的人是不是也恰好多是新人、多上夜班，这张表没有说；先去查，再写「路远导致离职」。
"""

# %% mistakes="ex-attrition"
# 错因：忘了除以 12
# 消息：月离职率还要除以 12
far = agents[agents["通勤分钟"] >= 60]
ends = (far["入职日期"] < "2024-07-01").sum(), far["离职日期"].isna().sum()
far_rate = far["离职日期"].notna().sum() / (sum(ends) / 2)

# 错因：分母用花名册的行数
# 消息：分母用了花名册的行数
far = agents[agents["通勤分钟"] >= 60]
far_rate = far["离职日期"].notna().sum() / 12 / len(far)

# %% [markdown]
"""
## 4　总监的 25 个人，什么时候顶用

现在批 25 个，10 月才上岗；上岗头一个月按 0.5 个人算，第二个月 0.8，第三个月起才算 1（教学约定，各中心用自己的学习曲线）。
下一格先不做计划，只照总监的办法走：现在批 25 个，以后不再招。
提前期写成 18 个月，工具就不替你招人，只照给定的到岗人数往下推。
工具的离职率以月初加到岗的人数为底，所以先把 2.27% 换算成 2.24%。

> **先猜**：七月的缺口能补上吗？十月这 25 个人到了，会怎样？
"""

# %%
rate = monthly / (1 + monthly / 2)
fixed = capacity.hiring_plan(need.fte, 240, rate, 18, in_training=(6, 6, 0, 25), months=volume.index)
ax = fixed.plot()
ax.set_title("照总监的办法：现在批 25 个，以后不招")
fixed.summary()[["需求", "期初人数", "到岗", "有效人力", "缺口"]].iloc[[0, 1, 2, 3, 4, 10, 11, 12, 13]]

# %% [markdown]
"""
七月的缺口是 26 个人，八月 19 个，一个也没补上。
十月 25 个人到岗，那时需求只要 203 人，有效人力 243 人，多出 40 人在等电话。
等到 2026 年 7 月，人又走得只剩 208 个，缺 77 个。
钱花了，缺的时候没有，多的时候多，下一个夏天更糟。

「缺人的当月招人」，补到的是一个提前期以后的那个月。

现在让工具倒着推：每个月该启动招几个，使来得及补的月份都不缺，人数尽量少，能晚招就不早招。
提前期 3 个月，10 人一班，一个月最多到岗 20 个。

> **先猜**：第一批该几月启动？
"""

# %%
terms = {"lead_months": 3, "in_training": (6, 6), "class_size": 10, "max_hires": 20}
terms["months"] = volume.index
plan = capacity.hiring_plan(need.fte, 240, rate, **terms)
plan.plot()
plan

# %% [markdown]
"""
18 个月共招 110 人，从 9 月启动第一个班 10 人，10 月到次年 2 月每月 20 人；12 月起陆续到岗，到 2026 年 7 月有效 285.5 人，需求 284.9 人，刚好接上。
今年 7、8 月的缺口还在：26 人和 19 人，招聘已经来不及，只能靠别的办法。
如果全靠加班，26.3 × 173.8 ÷ 237.6，人均一个月 19 小时，每个班加班不到 1 小时；劳动法的上限是一般每天 1 小时、每月 36 小时，算是没过线，但两个月天天如此也受不了，所以还要加上推迟培训、机动部队和错峰回拨。

明年春天会有几个月人多，4 月有效 272 人、需求 215 人：这是教室每月只有 20 个座位的代价，也正好用来练手和休年假。

### 陷阱：不算练手期

如果以为新人一上岗就顶一个，计划会怎样？

> **先猜**：把熟练度写成 1 做出来的计划，拿到真实的熟练度下去跑，会在哪几个月缺人？
"""

# %%
hopeful = capacity.hiring_plan(need.fte, 240, rate, ramp=(1.0,), **terms)
lived = capacity.hiring_plan(
    need.fte, 240, rate, 18, in_training=hopeful.arrivals, months=volume.index
)
print(f"启动 {hopeful.total_hires} 人，最早 {volume.index[np.argmax(hopeful.start_hiring > 0)]}")
lived.summary().loc["26-05":"26-08", ["需求", "到岗", "有效人力", "缺口"]]

# %% [markdown]
"""
总数一样是 110 人，启动却晚了两个月，11 月才开始。
按真实的熟练度去跑，2026 年 6 月缺 7 人、7 月缺 8 人，正是最不能缺的时候。
练手期在这里没有让总数变多，它让动手的时间变早。

拖一拖月离职率，看总招聘数和最早启动月份怎样变。
从 2.2% 降到 1.5%，省下的是多少个招聘名额？
"""

# %%
from ipywidgets import FloatSlider, interact


def show(percent):
    one = capacity.hiring_plan(need.fte, 240, percent / 100, **terms)
    first = volume.index[np.argmax(one.start_hiring > 0)]
    one.plot().set_title(f"月离职率 {percent:.1f}%：共招 {one.total_hires} 人，最早 {first} 启动")
    plt.show()


interact(show, percent=FloatSlider(value=2.2, min=0.5, max=4, step=0.1, description="月离职%"));

# %% [markdown]
"""
从 2.2% 降到 1.5%，招聘从 110 人降到 90 人，启动从 10 月退到 11 月。
升到 3% 要招 140 人，8 月就得启动；到 4% 就是 180 人，今天就得开班。
留人和招人是同一本账，签招聘的人应当也看得到离职率。

滑块上的 2.2% 和实算的 2.24% 只差一点，最早启动的月份就从 10 月变成 9 月：计划卡在整班上，所以首班的月份有一个月的出入，不要当成精确的数。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：10 分钟。
滑块停在 1.5 和 3.0 两处，请人说一句「留住一个人等于少招几个」。
会有人问为什么 18 个月末尾不再启动招聘：计划只看到 2026 年 12 月，2027 年夏天的人要把表往后拉。
时间不够，练手期那一节只念结论。
"""

# %% [markdown]
"""
### 练习 3　另一个中心的招聘表

外地分中心未来 12 个月的需求（全职当量）依次是：
`[60, 60, 58, 58, 60, 64, 70, 78, 80, 74, 66, 62]`，月份名 1月 到 12月。
月初在岗 66 人，月离职率 3%，提前期 2 个月，熟练度用缺省值，没有在培的人，每月不限人数。
用 `capacity.hiring_plan` 做计划，把招聘总人数赋给 `total`，把第一个要启动招聘的月份（如 `"3月"`）赋给 `first_month`。

<details><summary>提示 1</summary>结果的 .total_hires 是总人数；summary() 里看「需启动招聘人数」。</details>
<details><summary>提示 2</summary>启动月份不是到岗月份，相差提前期。</details>
"""

# %% exercise="ex-plan"
total = ...
first_month = ...
### BEGIN SOLUTION
branch = [60, 60, 58, 58, 60, 64, 70, 78, 80, 74, 66, 62]
result = capacity.hiring_plan(branch, 66, 0.03, 2)
total = result.total_hires
first_month = result.months[np.argmax(result.start_hiring > 0)]
### END SOLUTION

# %% check="ex-plan"
wanted = [60, 60, 58, 58, 60, 64, 70, 78, 80, 74, 66, 62]
right = capacity.hiring_plan(wanted, 66, 0.03, 2)
skilled = capacity.hiring_plan(wanted, 66, 0.03, 2, ramp=(1.0,))
expect(
    total,
    right.total_hires,
    what="招聘总人数",
    mistakes=[
        (skilled.total_hires, "你让新人一上岗就顶一个人；熟练度请用缺省值。"),
        (80 - 66, "需求减在岗，没有算离职，也没有算练手期。"),
    ],
    hint="核对期初人数、离职率和提前期。",
)
starts, arrives = right.months[right.start_hiring > 0], right.months[right.arrivals > 0]
late = (arrives[0], "这是到岗的月份；启动要早 2 个月。")
expect(first_month, starts[0], what="最早启动的月份", mistakes=[late], hint="提前期是 2 个月。")

# %% [markdown] explain="ex-plan"
"""
共招 34 人，3 月启动 7 人，5 月到岗。
峰值减在岗只有 14 人，漏了 12 个月走掉的 26 人和新人的练手期。
不算练手期是 33 人，只差 1 个，但到岗晚了，按真实熟练度去跑，5 月到 9 月每月缺 1 到 6 个人。
1、2 月人是多的，什么都不用启动。
"""

# %% mistakes="ex-plan"
# 错因：只拿峰值减在岗
# 消息：没有算离职
total = 80 - 66
first_month = "7月"

# 错因：把到岗的月份当成启动的月份
# 消息：这是到岗的月份
result = capacity.hiring_plan([60, 60, 58, 58, 60, 64, 70, 78, 80, 74, 66, 62], 66, 0.03, 2)
total = result.total_hires
first_month = result.months[np.argmax(result.arrivals > 0)]

# %% [markdown]
"""
### 练习 4　离职一个补一个

时间来到 2026 年 6 月底，计划都照做了。
6 月走了 6 个人，班长们联名要求：「旺季正缺人，走一个补一个，今天就批 6 个。」
提前期还是 3 个月。看一看计划表里 2026 年 9 月以后的需求和有效人力，你签哪一个？

- A. 批 6 个，离职当月就该补，不然越欠越多
- B. 批 12 个，新人头一个月只顶半个，要加倍
- C. 这个月不批，旺季的缺口靠加班和机动顶，下一批按明年夏天的计划启动
- D. 批 6 个，但要求人事一个月内到岗

把字母赋给 `choice`。

<details><summary>提示 1</summary>今天批的人，哪个月到岗？</details>
<details><summary>提示 2</summary>plan.summary().loc["26-07":"26-12"] 里，到岗那个月的有效人力比需求多还是少？</details>
"""

# %% exercise="ex-replace"
choice = ...
### BEGIN SOLUTION
choice = "C"
### END SOLUTION

# %% check="ex-replace"
expect(
    choice,
    "C",
    what="离职一个补一个",
    mistakes=[
        ("A", "今天批的人 9 月才到岗，看一看 9 月的需求和有效人力。"),
        ("B", "9 月已经多人，加倍只会多出更多。"),
        ("D", "提前期是招聘和培训要的时间，写进要求里也不会变短。"),
    ],
    hint="请填 A、B、C、D 中的一个字母。",
)

# %% [markdown] explain="ex-replace"
"""
今天批的 6 个人 9 月到岗。
按计划表，9 月需求 236 人，有效 273 人，多 37 人；到 12 月离职把人慢慢带走，也还有 255 对 235。
走一个补一个听着公平，在下坡的季节里等于把人多养半年。
旺季剩下的几十天，用加班、机动和推迟培训去顶；下一批招聘跟着 2027 年夏天的需求走。
"""

# %% mistakes="ex-replace"
# 错因：在缺人的当月招人
# 消息：今天批的人 9 月才到岗
choice = "A"

# 错因：以为提前期可以靠要求缩短
# 消息：写进要求里也不会变短
choice = "D"

# %% [markdown]
"""
### 练习 5　容量规划的先后

把下面六步排成先后，写成字母的列表赋给 `order`，如 `["A", "B", …]`。

- A. 处理小时除以每人付薪工时、占用率，得到净需求人数
- B. 用月系数和增长预测每月呼入量
- C. 减去在册与离职，倒推每月启动招聘人数
- D. 呼入量乘平均处理时长，得到处理小时
- E. 除以 (1 − 损耗率)，得到要养的人数

F　和人事、财务核对假设，签字

<details><summary>提示 1</summary>从电话到小时，从小时到人，从人到招聘。</details>
<details><summary>提示 2</summary>损耗在净需求之后，供给在需求之后。</details>
"""

# %% exercise="ex-order"
order = [..., ..., ..., ..., ..., ...]
### BEGIN SOLUTION
order = ["B", "D", "A", "E", "C", "F"]
### END SOLUTION

# %% check="ex-order"
expect(
    order,
    ["B", "D", "A", "E", "C", "F"],
    what="六步的先后",
    mistakes=[
        (
            ["B", "D", "E", "A", "C", "F"],
            "乘除先后不影响数值，但净需求是先得到的：E 要用 A 的结果。",
        ),
        (["C", "B", "D", "A", "E", "F"], "没有需求就倒推招聘，推的是拍脑袋的数。"),
    ],
    hint="每一步都要用上一步的结果。",
)

# %% [markdown] explain="ex-order"
"""
B 电话，D 小时，A 人，E 养的人，C 招的人，F 签字。
签字放在最后，但假设要一路写在旁边，签字的人签的是假设，不只是那个总数。
"""

# %% mistakes="ex-order"
# 错因：先推招聘再算需求
# 消息：没有需求就倒推招聘
order = ["C", "B", "D", "A", "E", "F"]

# %% [markdown]
"""
## 5　这个月签什么

把假设往坏处拧一拧，看这个月的签字要不要变：增长多 4 个点、占用率压到 0.70、新人离职照第 3 节的两个率分开算。

> **先猜**：哪一种会让你今天就得启动招聘？
"""


# %%
def start(title, fte, attrition=rate, **changes):
    one = capacity.hiring_plan(fte, 240, attrition, **terms, **changes)
    return title, one.total_hires, volume.index[np.argmax(one.start_hiring > 0)], one.start_hiring[0]


cases = [
    start("基准", need.fte),
    start("增长 12%", need.fte * (1.12 / (1 + growth)) ** years),
    start("占用率 0.70", need.fte * 0.74 / 0.70),
    start("新人另算", need.fte, attrition=old_rate, new_hire_attrition=new_rate),
]
pd.DataFrame(cases, columns=["情形", "共招", "最早启动", "本月启动"])

# %% [markdown]
"""
四种情形，本月启动的都是 0。
最急的一种（占用率 0.70，也就是服务水平要更高）也只把第一班提前到 8 月；增长多 4 个点，总数从 110 变成 140，首班月份不变。
新人另算，总数多 20 人，首班反而晚一个月，因为老人走得比平均慢。
假设会改变总数，却不改变今天的签字，这就是可以放心签的字。

**回总监**：「明年夏天要 285 人，18 个月共招 110 人，9 月开第一个班，请您今天批的是这张表和 9 月的 10 个名额，不是七月的 25 个。七、八月的缺口用加班、推迟培训和机动顶，人均加班不超过每月 19 小时。每月底拿实际离职率和话量重算一次；月离职率升到 3.5%，或者增长升到 16%，首班就要提前到 8 月，我会马上来找您。」
"""

# %% [markdown]
"""
## 小结

需求从月系数和增长来，除以付薪工时、占用率，再除以 (1 − 损耗率)，三个分母各有出处。
招聘要倒推：启动、到岗、顶用差着几个月，缺人的当月招人，补的是几个月后的淡季。
离职率先写分母，新人和老人分开算。

**带回去**：周一用 `read_table("你的文件.xlsx", kind="daily")` 读进自己的日报表，用 `read_table("花名册.xlsx", kind="agents")` 读花名册，照第 1 到第 4 节换成自己的提前期、教室容量和损耗，做一张 18 个月的表。
"""
