# %% [markdown]
"""
# 班次怎么搭，才贴着需求走？

**岗位**：排班管理岗 · **时长**：45 分钟 · **主题**：`wfmp.2.optimisation`

学完你能：

1. 把班表变成每半小时的人数，和需求比出拟合、覆盖率、有效率；
2. 给缺人和多人各定一个价，求出每个班次放几个人；
3. 说出加一种班、错开用餐各值多少，哪一种不值得加；
4. 讲清「已证明最优」是在什么条件下的最优。
"""

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from ipywidgets import IntSlider, interact

from ccomlib import centre, erlang, expect, rostering, scheduling, use_chinese

use_chinese()
hub = centre.open_centre(seed=2025)

# %% [markdown]
"""
## 1　十点排队，两点闲着

「海棠家电服务热线」六月三十日（周一）起换新班表，用的还是老班次。
现场主管说：「上午十点群里又在喊缺人，下午两点却有人在聊天。」
老板的回答是：「那就再招 30 个。」
要你今天下班前回他：是缺人，还是摆错了地方？

需求这样来：四个队列各取平常周一的历史平均，按 80/20 用 Erlang C 算出同时在线的人数，相加。
班表上的人不会全部在线，第 6 课算过损耗率 21.3%（请假缺勤，加上小休培训），所以再除以 0.787。

> **先猜**：这个周一班表上有 180 人、1,440 个净工时。需求合计是比它多，还是比它少？
"""

# %%
QUEUES = ["咨询", "报修", "订单", "投诉"]


def demand(weekday, queues=QUEUES):
    rows = hub.calls_interval.query("节假日 == '' and 事件 == '' and 星期 == @weekday")
    rows = rows[rows["队列"].isin(queues)].assign(秒=lambda t: t["呼入量"] * t["平均处理时长"])
    each = rows.groupby(["队列", "时段"])[["呼入量", "秒"]].sum() / rows["日期"].nunique()
    online = erlang.required_agents(each["呼入量"], each["秒"] / each["呼入量"]).agents
    return pd.Series(online, each.index).groupby("时段").sum() / (1 - 0.213)


need = demand("周一")
print(f"需求 {need.sum() / 2:.1f} 工时")
need[["10:00", "14:00"]].round(1)

# %% [markdown]
"""
需求 1,437.7 个工时，班表给了 1,440 个；10:00 要 122 人，14:00 要 104 人。
总量差不到 3 个工时，还是按偏保守的 Erlang C 算的。
再看每半小时。

班表要先从「谁上什么班」变成「每半小时几个人」。
中间的桥叫**覆盖矩阵**：一行一个班次，一列一个时段，在岗是 1，用餐或不在是 0。
"""

# %%
shifts = centre.shift_types()
cover = scheduling.shift_coverage(shifts)
cover.loc[["早E", "早F", "中E", "夜A"], ["02:00", "08:30", "09:00", "12:00", "12:30", "17:00"]]

# %% [markdown]
"""
早E 从 08:30 到 17:00，12:00 那一格是 0，在吃饭。
早F 12:30 吃饭，夜A 的 02:00 也是 0。
「10 个人上早班」不等于中午有 10 个人，这就是为什么要用矩阵而不是用上下班时间去数。

各班次的人数乘这张矩阵，就是每半小时的人数。

> **先猜**：班表与需求拟合得有几成？缺得最多的是几点？
"""

# %%
roster = hub.roster
monday = roster[(roster["日期"] == "2025-06-30") & ~roster["休息"]]
counts = monday["班次"].value_counts().reindex(cover.index, fill_value=0)
staffed = counts @ cover
old = scheduling.fit(need, staffed)
fig, ax = plt.subplots()
ax.step(range(48), need, where="mid", color="black", label="需求")
ax.step(range(48), staffed, where="mid", color="#0072B2", label="班表")
ax.set_xticks(range(0, 48, 4), need.index[::4])
ax.set(title="6 月 30 日（周一）：班表与需求", xlabel="时段", ylabel="人", ylim=0)
ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
print(f"缺 {old.under / 2:.1f} 工时，多 {old.over / 2:.1f} 工时")
old

# %% [markdown]
"""
缺 186.9 个工时，多 189.2 个工时，几乎一样多。
上午 06:30 到 11:00 班表在需求下面，09:30 缺 41 人；傍晚 17:30 到 21:00 又缺二十来个。
多的全挤在 12:00 到 17:00，15:30 多 45 人：早班还没走，晚班已经来了。

三个数各说一件事。
**覆盖率** 87.0% 是需求里有人接的那部分；**有效率** 86.9% 是排的人里用得上的那部分；**拟合** 73.8% 把缺和多都扣掉。

`拟合 = 1 − Σ|排班 − 需求| ÷ Σ需求`，Σ 是把 48 格加起来。

所以不是缺人，是摆错了地方。可是老班次摆得动吗？
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：7 分钟。
先让每人在聊天框回老板那句话：「批还是不批」，再看第一张图。会有一半人答批，因为十点确实缺人。
有人会问 21.3% 里是不是已经含了吃饭：没有，用餐在覆盖矩阵里扣了，再放进损耗率就扣了两次。
时间不够，三个指标只讲拟合。
"""

# %% [markdown]
"""
### 练习 1　十一点半有几个人

只有三种班：早C 10 人，中A 6 人，晚B 8 人。
上下班与用餐时间看 `shifts`。
11:30 到 12:00 这半小时，班表上有几个人在岗（不算损耗）？赋给 `people`。

<details><summary>提示 1</summary>先看谁已经上班、谁还没来，再看谁在吃饭。</details>
<details><summary>提示 2</summary>早C 的用餐开始是 11:30，用餐 30 分钟。</details>
"""

# %% exercise="ex-meal"
people = ...
### BEGIN SOLUTION
people = 10 * 0 + 6 * 1 + 8 * 0
### END SOLUTION

# %% check="ex-meal"
expect(
    people,
    6,
    what="11:30 的在岗人数",
    mistakes=[
        (16, "早C 的人在班上，可是 11:30 那半小时在哪里？看用餐开始。"),
        (24, "晚B 要到 14:00 才上班。"),
        (10, "反了：在吃饭的是哪一种班？"),
    ],
    hint="逐个班次看 cover.loc[班次, 时段] 是 1 还是 0。",
)

# %% [markdown] explain="ex-meal"
"""
只有中A 的 6 个人。
早C 的 10 个人同时去吃饭，一走就是一个空档。
这也是第 5 节的线索：同一班的人不必同一时间吃饭。
"""

# %% mistakes="ex-meal"
# 错因：忘了用餐
# 消息：看用餐开始
people = 16

# 错因：把班表上的人全算进去
# 消息：14:00 才上班
people = 24

# %% [markdown]
"""
## 2　陷阱：用整班去填高峰

按老板的办法：招 30 个人，08:30 到 10:00 最缺，都放进早E（08:30 上班）。

> **先猜**：多付 240 个工时，缺的 187 个工时能补上多少？
"""

# %%
more = counts.copy()
more["早E"] += 30
boss = scheduling.fit(need, more @ cover)
afternoon = (more @ cover - need)["13:00":"16:30"].mean()
print(f"缺 {boss.under / 2:.1f} 工时，多 {boss.over / 2:.1f} 工时，下午平均多 {afternoon:.0f} 人")
boss

# %% [markdown]
"""
缺口只从 186.9 降到 123.6，补上 63 个工时；多的从 189 涨到 366。
付 240 个工时，四分之一用在缺口上，13:00 到 17:00 平均多出 62 个人。
拟合反而从 73.8% 掉到 66.0%。
整班像一块八小时的砖，去填一个两小时的坑，砖的另一头就顶出来。
"""

# %% [markdown]
"""
### 练习 2　手工挪一挪

不加人：把早F（09:00–17:30）的 **8 个人改成早C**（07:30–16:00）。
求周一新的排班拟合（小数，不取整），赋给 `moved_fit`。

<details><summary>提示 1</summary>像上一格那样先 `moved = counts.copy()`，一减一加，总人数不变。</details>
<details><summary>提示 2</summary>`scheduling.fit(需求, 各时段人数).fit`，各时段人数是 `moved @ cover`。</details>
"""

# %% exercise="ex-move"
moved_fit = ...
### BEGIN SOLUTION
moved = counts.copy()
moved["早F"] -= 8
moved["早C"] += 8
moved_fit = scheduling.fit(need, moved @ cover).fit
### END SOLUTION

# %% check="ex-move"
grid = scheduling.shift_coverage(centre.shift_types())
day = hub.roster.loc[hub.roster["日期"] == "2025-06-30", "班次"].value_counts()
day = day.reindex(grid.index, fill_value=0)
step = pd.Series({"早C": 8, "早F": -8}).reindex(grid.index, fill_value=0)
extra = step.clip(lower=0)
moves = (step, -step, extra, 0 * step)
fits = [scheduling.fit(demand("周一"), (day + move) @ grid).fit for move in moves]
expect(
    moved_fit,
    fits[0],
    what="挪班后的拟合",
    unit="share",
    mistakes=[
        (fits[1], "方向反了：是早F 减 8、早C 加 8。"),
        (fits[2], "总人数多了 8：早F 那边还没有减。"),
        (fits[3], "这是没挪之前的拟合。"),
    ],
    hint="一减一加之后再乘覆盖矩阵。",
)

# %% [markdown] explain="ex-move"
"""
新拟合 75.1%，没有多花一个工时，好了 1.2 个百分点。
早C 多覆盖 07:30 到 09:00 的缺口，少掉的 16:00 到 17:30 本来就多人。
一步一步挪下去当然可以，可是二十种班、一百八十个人，手工挪不出「最好」，也不知道离最好还有多远。
"""

# %% mistakes="ex-move"
# 错因：只加不减
# 消息：早F 那边还没有减
moved = counts.copy()
moved["早C"] += 8
moved_fit = scheduling.fit(need, moved @ cover).fit

# 错因：方向反了
# 消息：早F 减 8
moved = counts.copy()
moved["早F"] += 8
moved["早C"] -= 8
moved_fit = scheduling.fit(need, moved @ cover).fit

# %% [markdown]
"""
## 3　让电脑挪：先给缺和多定价

缺一个人和多一个人不一样疼，所以先定价，再求总代价最小的摆法：

`总代价 = Σ 班次成本 × 人数 + Σ (缺人价 × 缺的工时 + 余人价 × 多的工时)`

班次成本是付的净工时（一班 8），缺一个工时算 5，多一个工时算 1。
5 与 1 是教学约定，意思是「电话没人接的一小时，抵五小时工资」。
它有个名字叫覆盖模型，Dantzig 1954 年用它排收费站，人数只能是整数。

| 大纲里的要求 | 手里要有的东西 | 本课的工具 |
|---|---|---|
| 优化排班 | 每半小时的需求 | 第 5 课的 `erlang.required_agents` |
| | 班次表（上下班、用餐） | `scheduling.shift_coverage` |
| | 缺与多的价钱、人数上限 | `scheduling.optimise_shifts` |
| | 好坏的尺子 | `scheduling.fit` |

> **先猜**：还是 180 人、还是这二十种班，最好能把缺口从 187 降到多少？
"""

# %%
best = scheduling.optimise_shifts(need, shifts, max_agents=180)
best.plot()
print(
    f"缺 {best.under.to_numpy().sum() / 2:.1f} 工时，多 {best.over.to_numpy().sum() / 2:.1f} 工时"
)
print(best)

# %%
paid = 8 * counts.sum()
prices = {
    "现在的班表": paid + 5 * old.under / 2 + old.over / 2,
    "加 30 人到早E": paid + 240 + 5 * boss.under / 2 + boss.over / 2,
    "180 人重新摆": best.objective,
}
pd.Series(prices, name="总代价（工时）").round(1)

# %% [markdown]
"""
180 人重新摆，缺口从 187 降到 145，拟合 79.7%，总代价从 2,563.6 降到 2,309.6。
老板的 30 个人要多付 240，总代价反而到 2,664.0，比什么都不做还贵一百个工时。

可是 145 也不小。
图上缺人的还是 09:30 和傍晚，余人的还在下午：这二十种班都是连着八个半小时，早高峰和晚高峰隔着九个多小时，直筒的班接不住两头，只好在下午叠起来。
电脑已经证明，这些班次就只能摆到这里。要再好，得换条件。

图上还有一处要当场拦下：04:00 的排班人数是 0。
夜里只排了夜C，13 个人 04:00 一起去吃饭；缺 11 个人、半小时、价 5，只算 28.6 个工时的代价，电脑觉得划算。
没有写进题目的规矩，它不会替你守。

> **先猜**：加一条「每个时段至少有需求的一半」，总代价要多付几成？
"""

# %%
safe = scheduling.optimise_shifts(need, shifts, max_agents=180, min_coverage=0.5)
print(f"总代价 {safe.objective:.1f}，04:00 有 {safe.staffed['04:00'].iloc[0]:.0f} 人")

# %% [markdown]
"""
总代价从 2,309.6 到 2,325.9，多付不到 1%，04:00 就有 6 个人了。
底线写成硬条件，别指望价钱去守。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。
让学员说出自己中心的价：「丢一通电话值多少钱？」没有人答得准，正好引出下一节，价不同，答案就不同。
会有人问「为什么不是工资加提成」：只要缺、多、成本用同一个单位就行，这里用工时。
"""

# %% [markdown]
"""
## 4　价钱一动，人数就动

现在不设人数上限，只调缺人价。

> **先猜**：缺人价从 1 调到 10，人数是慢慢加，还是一跳一跳？
"""


# %%
def show(price):
    plan = scheduling.optimise_shifts(need, shifts, under_cost=price)
    ax = plan.plot()
    people, short = plan.counts.to_numpy().sum(), plan.under.to_numpy().sum() / 2
    ax.set_title(f"缺人价 {price}：排 {people} 人，缺 {short:.0f} 工时，拟合 {plan.fit.fit:.1%}")
    plt.show()


interact(show, price=IntSlider(value=5, min=1, max=10, description="缺人价"))
# %% [markdown]
"""
价 1 时排 140 人，缺 318 个工时：缺一小时只抵一小时工资，宁可缺。
价 3 是 152 人，价 4 一步跳到 203 人，缺口从 243 掉到 64；从 5 到 9 只多 3 个人，10 才又跳到 230 人。
跳在哪里，由班次的形状决定：填 09:30 的坑要拖一个下午，价不到 4，这块砖不划算。
所以定价不必精确，但要知道自己落在哪一级台阶上。

### 陷阱：拟合最高、人最少、一个也不缺

三个人对电脑提三个要求：「人最好少」「拟合最高」「哪一格都不许缺」。

> **先猜**：拟合最高的那张，覆盖率会最高吗？
"""

# %%
goals = {
    "缺人价 5": scheduling.optimise_shifts(need, shifts),
    "只要拟合最高": scheduling.optimise_shifts(need, shifts, objective="absolute"),
    "一格都不许缺": scheduling.optimise_shifts(need, shifts, min_coverage=1.0),
}
pd.concat({name: plan.daily for name, plan in goals.items()}).droplevel(1).drop(
    columns="净工时(小时)"
).round(3)

# %% [markdown]
"""
拟合最高的方案只用 152 人，也是人最少的，却缺 243 个工时，比现在的班表还多：它把缺和多看成一样疼。
一格都不许缺，要 241 人，白养 490 个工时，拟合掉到 65.9%。
三张都「已证最优」，三张都对，问的是三个问题。
所以先问想要什么、各值多少，再按按钮。

### 陷阱：一格一格取整

每格需求是小数，有人习惯先逐格向上取整再排。
"""

# %%
print(f"逐格取整多出 {(np.ceil(need) - need).sum() / 2:.1f} 个工时")

# %% [markdown]
"""
一天凭空多 10.8 个工时，一个多人。
算在线人数时队列里已经取过一次整，除以 0.787 之后不要再取；整数留给班次，几个人上早E 才必须是整数。
"""

# %% [markdown]
"""
## 5　加什么班，值多少

人数还是 180，比三种改法。

- **错开用餐**：每种班让一部分人早一小时或晚一小时吃饭，上下班不变。
- **短班**：08:00–12:00，四小时，一人算一个名额。
- **两头班**：08:00–12:00 上，回家，17:00–21:00 再上，净 8 小时。在班次表里写成「用餐 12:00 起 300 分钟」。

> **先猜**：哪一种让总代价降得最多？错开用餐能有两头班的一半吗？
"""

# %%
base = pd.to_datetime(shifts["用餐开始"], format="%H:%M")
meals = [
    shifts.assign(
        班次=shifts["班次"] + tag, 用餐开始=(base + pd.Timedelta(move)).dt.strftime("%H:%M")
    )
    for tag, move in (("早吃", "-1h"), ("晚吃", "1h"))
]
short_shift = pd.DataFrame([["短班", "08:00", "12:00", "", 0, False]], columns=shifts.columns)
split = pd.DataFrame([["两头", "08:00", "21:00", "12:00", 300, False]], columns=shifts.columns)
menus = {
    "老班次": shifts,
    "错开用餐": pd.concat([shifts, *meals], ignore_index=True),
    "加短班": pd.concat([shifts, short_shift], ignore_index=True),
    "加两头班": pd.concat([shifts, split], ignore_index=True),
}

# %%
tried = {
    name: scheduling.optimise_shifts(need, menu, max_agents=180) for name, menu in menus.items()
}
compare = pd.concat({name: plan.daily for name, plan in tried.items()}).droplevel(1)
compare = compare[["人数", "缺(人时)", "余(人时)", "排班拟合"]]
compare["总代价"] = [plan.objective for plan in tried.values()]
compare["比老班次省"] = 1 - compare["总代价"] / compare["总代价"].iloc[0]
compare.round(3)

# %% [markdown]
"""
错开用餐省 11%，一个人也不用多跑一趟，连合同都不用改，这是白捡的，先做它。
短班省 12%：缺口没少多少，主要是少付工时。
两头班省 25%，缺口从 145 降到 46，拟合 93.4%。

可是两头班中间空五个小时，通勤一个多小时的人等于一天出两趟门。
这笔账不在总代价里，要放进去：给两头班一个更高的成本，看它还站不站得住。
"""

# %%
kept = []
for cost in (8, 12, 20, 26, 30):
    menu = menus["加两头班"].assign(成本=[8] * 20 + [cost])
    plan = scheduling.optimise_shifts(need, menu, max_agents=180)
    kept.append(
        (cost, plan.counts["两头"].iloc[0], plan.under.to_numpy().sum() / 2, plan.objective)
    )
pd.DataFrame(kept, columns=["一个两头班的成本", "两头班人数", "缺的工时", "总代价"]).round(1)

# %% [markdown]
"""
成本 8 时用 33 个，提到 12（多给一半工钱）还是 32 个，提到 20 也有 24 个，到 30 才减到 11 个。
也就是说，一个班多给四个工时做补贴，它照样划算；只征到 20 个人，缺口也能从 145 降到 68。
要问的不是「该不该设」，是「给什么条件，有几个人愿意」：这是下一课的人性化。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。
问：「你们的人几点吃饭，谁定的？」多数会说一直这样；错开用餐是全课最便宜的一招，让他们当场算自己的班。
会有人把两头班当成加班：净工时仍是 8，不是加班，但中间的五小时不付钱，是否妥当要看合同和人。
适合发起投票：「先做哪一样：错开用餐、短班、两头班？」
时间不够，跳过成本那一格。
"""

# %% [markdown]
"""
### 练习 3　报修的周三

换数据：只看**报修**队列的**周三**（`demand("周三", ["报修"])`），不设人数上限，价钱用缺省的 5 与 1。
先用老班次 `shifts` 求一次，再用 `menus["加两头班"]` 求一次。
总代价（`.objective`）省了几成？写成小数（例如 0.123），赋给 `saving`。

<details><summary>提示 1</summary>同一份需求，求解两次，只换班次表。</details>
<details><summary>提示 2</summary>`1 − 新的 ÷ 旧的`。</details>
"""

# %% exercise="ex-repair"
saving = ...
### BEGIN SOLUTION
repair = demand("周三", ["报修"])
before = scheduling.optimise_shifts(repair, shifts)
after = scheduling.optimise_shifts(repair, menus["加两头班"])
saving = 1 - after.objective / before.objective
### END SOLUTION

# %% check="ex-repair"
wanted = demand("周三", ["报修"])
types = centre.shift_types()
two = pd.DataFrame([["两头", "08:00", "21:00", "12:00", 300, False]], columns=types.columns)
both = pd.concat([types, two], ignore_index=True)
first, second = (scheduling.optimise_shifts(wanted, one) for one in (types, both))
expect(
    saving,
    1 - second.objective / first.objective,
    what="加两头班省下的比例",
    unit="share",
    tol=0.005,
    mistakes=[
        (second.objective / first.objective, "这是剩下的比例，省下的要用 1 去减。"),
        (first.objective - second.objective, "这是省下的数，不是比例：再除以旧的总代价。"),
        (first.objective / second.objective - 1, "分母要用旧的总代价。"),
    ],
    hint="两次都用 .objective，队列是报修、星期是周三、不设 max_agents。",
)

# %% [markdown] explain="ex-repair"
"""
总代价从 687.8 降到 503.2，省 26.8%。
报修也是早上最高、中午塌下去、晚上又回来，所以两头班在这里一样好用。
若某个队列白天是平的，省下的会接近零：班的好坏要拿自己的需求曲线去试，不能照抄。
"""

# %% mistakes="ex-repair"
# 错因：把剩下的比例当成省下的
# 消息：省下的要用 1 去减
one = demand("周三", ["报修"])
saving = scheduling.optimise_shifts(one, menus["加两头班"]).objective
saving = saving / scheduling.optimise_shifts(one, shifts).objective

# 错因：算了差，没有算比例
# 消息：不是比例
one = demand("周三", ["报修"])
saving = scheduling.optimise_shifts(one, shifts).objective
saving = saving - scheduling.optimise_shifts(one, menus["加两头班"]).objective

# %% [markdown]
"""
### 练习 4　要不要开 06:00 的班

有组长提议：「开一个早G，06:00–14:30，用餐 10:30，早高峰就有人了。」
在老班次里加上它，周一、180 人，求一次总代价，和 `best.objective` 比。
本课约定：省不到 1% 的新班不开，因为多一种班就多一份排法、一份解释。

- A. 开，总代价降了就是好
- B. 不开，省不到 1%，还要人六点到岗
- C. 开，并且把早A 全改成早G
- D. 不开，因为 06:00 以前没有电话

把字母赋给 `choice`。

<details><summary>提示 1</summary>照「加两头班」的写法拼一行，用 optimise_shifts 求 max_agents=180 的方案。</details>
<details><summary>提示 2</summary>看缺口最大的是几点，06:00 的班在那时有没有比早A 多出什么。</details>
"""

# %% exercise="ex-start"
choice = ...
### BEGIN SOLUTION
choice = "B"
### END SOLUTION

# %% check="ex-start"
expect(
    choice,
    "B",
    what="要不要开 06:00 的班",
    mistakes=[
        ("A", "降了多少？拿 1% 的约定比一比，再想想六点到岗的人。"),
        ("C", "求解的结果里早G 只用得上几个人，早A 全改会更差。"),
        ("D", "06:00 以前有电话，需求不是零；理由不对。"),
    ],
    hint="请填 A、B、C、D 中的一个字母。",
)

# %% [markdown] explain="ex-start"
"""
总代价从 2,309.6 到 2,299.1，省 0.5%，只用得上 4 个人。
高峰缺口在 09:30，06:00 的班和早A 在那时一样都在岗，多出来的是清早半小时。
这里什么都不改。
哪天清早的来电真的涨上去，比如上门师傅改成六点派单，再重算一遍。
"""

# %% mistakes="ex-start"
# 错因：有改善就动手
# 消息：降了多少
choice = "A"

# 错因：结论对，理由错
# 消息：需求不是零
choice = "D"

# %% [markdown]
"""
## 6　「已证明最优」没说什么

结果里写着「在所给班次与代价下已证明最优」，老板容易只听见最后两个字。
它只保证：给了这条需求曲线、这张班次表、这几个价，没有更便宜的摆法。
需求曲线是预测，预测会错。

> **先猜**：来电比预测多一成，需求跟着多一成，加了两头班的那张「最优」还剩几分？老班表呢？
"""

# %%
plans = {
    "现在的班表": staffed,
    "重新摆": best.staffed.iloc[0],
    "加两头班": tried["加两头班"].staffed.iloc[0],
}
rows = {}
for name, have in plans.items():
    good, busy = scheduling.fit(need, have), scheduling.fit(1.1 * need, have)
    rows[name] = [good.fit, busy.fit, good.coverage, busy.coverage]
pd.DataFrame(rows, index=["拟合", "需求多一成的拟合", "覆盖率", "需求多一成的覆盖率"]).T.round(3)

# %% [markdown]
"""
需求多一成，两头班那张的覆盖率从 96.8% 掉到 89.8%，掉 7 个点；现在的班表从 87.0% 掉到 83.1%，掉 4 个点。
贴得越紧，余地越小，这是贴紧的代价。
它仍然比另外两张好，但不再是「最优」：需求变了，题目就变了。
剩下的误差交给机动部队，不要靠多排来垫。
"""

# %% [markdown]
"""
### 练习 5　哪几句能写进报告

对着「加两头班、180 人、已证最优」的结果，四句话哪些站得住？填 "对" 或 "不对"。

- 甲：「按这份需求、这些班次和 5 比 1 的价，180 人以内没有总代价更低的摆法。」
- 乙：「照它排，下周一的服务水平一定是全年最高的。」
- 丙：「缺人价改成 3，它可能就不是最优了。」
- 丁：「各班次的人数只有这一种最优的排法。」

<details><summary>提示 1</summary>「最优」前面有哪些「给定」？逐句看有没有超出去。</details>
<details><summary>提示 2</summary>总代价最小的摆法可以不止一张：两张不同的班，总代价可以一样。</details>
"""

# %% exercise="ex-proven"
report = {"甲": ..., "乙": ..., "丙": ..., "丁": ...}
### BEGIN SOLUTION
report = {"甲": "对", "乙": "不对", "丙": "对", "丁": "不对"}
### END SOLUTION

# %% check="ex-proven"
right = {"甲": "对", "乙": "不对", "丙": "对", "丁": "不对"}
expect(
    report,
    right,
    what="四句话",
    mistakes=[
        (right | {"乙": "对"}, "乙说的是下周一会发生什么：需求是预测，排好的人也会请假。"),
        (right | {"丁": "对"}, "丁：证明的是总代价不能再低，没有证明只有一张表做得到。"),
        (right | {"丙": "不对"}, "丙：价是题目的一部分，第 4 节里价从 3 到 4 人数就跳了。"),
    ],
    hint="把「给定」三样写下来：需求、班次、价钱，再逐句对。",
)

# %% [markdown] explain="ex-proven"
"""
甲把三样给定都说全了，站得住。
乙把「对预测最优」说成了「对实际最优」。
丙对，价钱是题目的一部分。
丁不对：中A 换一个、中B 补一个，总代价常常不变，所以求出一张以后还可以按人情再挑，只要总代价不升。
"""

# %% mistakes="ex-proven"
# 错因：把对预测最优当成对实际最优
# 消息：需求是预测
report = {"甲": "对", "乙": "对", "丙": "对", "丁": "不对"}

# 错因：以为最优的排法只有一种
# 消息：没有证明只有一张表做得到
report = {"甲": "对", "乙": "不对", "丙": "对", "丁": "对"}

# %% [markdown]
"""
## 7　一周七天，人够不够

一天会排了，一周就是七天各求一次。
花名册 240 人，每人每周五个班，一周最多 1,200 人次；求出来的总数不能超过它。

> **先猜**：老班次、缺人价 5，七天要多少人次？加上两头班呢？
"""

# %%
names = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
week = pd.DataFrame({name: demand(name) for name in names}).T
old_week = scheduling.optimise_shifts(week, shifts, progress=True)
new_week = scheduling.optimise_shifts(week, menus["加两头班"], progress=True)
pd.DataFrame({"老班次": old_week.daily["人数"], "加两头班": new_week.daily["人数"]}).T.assign(
    合计=lambda t: t.sum(axis=1)
)

# %% [markdown]
"""
老班次要 1,295 人次，超出 1,200，这才是真的缺人：想守住 5 比 1 的价，得再有 19 个人。
加了两头班只要 1,149 人次，240 人排得下，还余 51 人次。
同样的来电、同样的价，班次的形状值 29 个编制（146 人次，每人一周五个）。

### 从人数到人名

到这里只有「周一早E 几个人」，还没有「是谁」。
派到人要守法律：每周至少休一天，每周 40 小时。
先拿一个 12 人的小组试：每天早C 3 人、中D 2 人、晚B 3 人。
"""

# %%
days = pd.date_range("2025-06-30", periods=7, name="日期")
small = pd.DataFrame({"早C": 3, "中D": 2, "晚B": 3}, index=days)
team = [f"组员{number:02d}" for number in range(1, 13)]
named = rostering.build_roster(small, team, shifts, seconds=1)
named.plot()
print(named)
named.table.groupby("工号")["休息"].sum().rename("休息天数").value_counts().rename("人数")

# %% [markdown]
"""
56 个班派给 12 个人，8 个人休两天，4 个人休三天，没有人连着上七天。
人数对了不等于班表好：谁上晚班、谁周末休、申请批了没有，是下一课的三个标准。

回到老板那句「再招 30 个」。
可以这样回：「总量够，周一缺和多各 187 和 189 个工时，招 30 个放早班，总代价比不动还高。
先把吃饭时间错开，省一成；同时征集二十来个愿意上两头班的，谈好补贴，能再省一截。
做完这两样，一周 1,200 人次排得下，再谈编制。」

什么会改变它？
没有人愿意上两头班，那就真的差 19 个人；来电稳定地多出一成，或老板要 90/20，需求曲线要重算；通宵和周末另有合同限制，班次表要重写。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：收尾 5 分钟。
请一位学员用一分钟回老板，听他有没有分清三件事：总量够不够、摆得对不对、班次的形状行不行。
会有人说「我们班次是集团定的，动不了」：那就只做错开用餐，它不动班次。
"""

# %% [markdown]
"""
## 小结

班表乘覆盖矩阵，才看得见每半小时的人；总量够的时候，缺和多往往一样大。
先给缺和多定价，再求各班次的人数；整班填高峰、只求拟合最高、逐格取整，是三个坑。
「已证明最优」只对给定的需求、班次和价钱，换一样就要重算。

**带回去**：周一用 `read_table("时段表.xlsx", kind="intervals")` 读来电算需求，用 `read_table("班表.xlsx", kind="roster")` 读班表数各班人数，把自己的班次表（班次、上班、下班、用餐开始、用餐分钟）交给 `scheduling.optimise_shifts`，先试错开用餐。
"""
