# %% [markdown]
"""
# 这张班表好不好？

**岗位**：排班管理岗 · **时长**：50 分钟 · **主题**：`wfmp.3.criteria`

学完你能：

1. 用利用率、人性化、公平性三个标准评一张班表，各说出一句依据；
2. 分清违法、国际参考、教学约定，说出哪几处今天就得改；
3. 用极差、离散系数、基尼系数看出平均数藏起来的不公平；
4. 换班或重排一个小组，并说清改好了什么、又多了什么。
"""

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from ipywidgets import IntSlider, interact

from ccomlib import centre, criteria, erlang, expect, labour_law, rostering, use_chinese

use_chinese()
hub = centre.open_centre(seed=2025)

# %% [markdown]
"""
## 1　七月班表，人人都在骂

「海棠家电服务热线」七月的班表（6 月 30 日起四周，240 人）贴出来两天，群里没有停过。
有人说连着七天没歇，有人说夜班怎么总是他们组，有人说申请的休息没批。
排班员很委屈，他有两个数：「每人正好 160 小时，**工时利用率 100%**；人人一样多，**最公平**。这是历来最好的一张。」
要你今天决定：签，还是退回去改？改哪几处？

先核对他的两个数，再看看夜班。

> **先猜**：工时人人一样，夜班最多的人和最少的人差几次？
"""

# %%
roster, shifts = hub.roster, centre.shift_types()
person = roster.groupby("工号").agg(
    上班天数=("休息", lambda off: (~off).sum()), 夜班=("夜班", "sum")
)
person["工时"] = person["上班天数"] * 8
person.describe().loc[["min", "50%", "mean", "max"]].round(2)

# %% [markdown]
"""
排班员没说错，最少和最多都是 20 天、160 小时。
可是夜班最少 0 次，最多 15 次，中位数是 0。
他的两个数都对，答的不是群里问的那两个问题。

大纲把班务的好坏分成三个标准，名字是公开的，怎么量是本课的教学约定。

| 大纲里的标准 | 问的是 | 本课怎么量 |
|---|---|---|
| 利用率 | 人摆在需要的时候了吗 | 排班拟合、覆盖率、有效率 |
| 人性化 | 班排得下得去手吗 | 违法几处，不合约定几处，申请满足几成 |
| 公平性 | 苦差事分得匀吗 | 夜班、周末、工时、冷门班的极差、离散系数、基尼系数 |

工具是一个函数，`criteria.evaluate`。
利用率要有需求，沿用上一课：平常同一个星期几的平均来电，80/20，除以 0.787。

> **先猜**：三项各打一百分制，哪一项最低？
"""

# %%
QUEUES = ["咨询", "报修", "订单", "投诉"]
WEEK = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def demand(weekday):
    rows = hub.calls_interval.query("节假日 == '' and 事件 == '' and 星期 == @weekday")
    rows = rows.assign(秒=rows["呼入量"] * rows["平均处理时长"])
    each = rows.groupby(["队列", "时段"])[["呼入量", "秒"]].sum() / rows["日期"].nunique()
    online = erlang.required_agents(each["呼入量"], each["秒"] / each["呼入量"]).agents
    return pd.Series(online, each.index).groupby("时段").sum() / (1 - 0.213)


week = pd.DataFrame({name: demand(name) for name in WEEK}).T
need = pd.concat([week] * 4).set_axis(pd.date_range("2025-06-30", periods=28, name="日期"))

# %%
result = criteria.evaluate(roster, required=need, shifts=shifts)
result.plot()
result

# %% [markdown]
"""
利用率 71.2 分，人性化 91.6 分，公平性 57.8 分。
最好看的是人性化，可工具第一个词是「违法」。
先别急着平均，一项一项看。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：6 分钟。
先投票「签不签」，再打分，再投一次；多数人看到 91.6 会松口，留着第 3 节打回去。
会有人问总分多少：本课故意不给总分，问他「违法和拟合差两个点，怎么换算」。
"""

# %% [markdown]
"""
## 2　利用率：工时用满了，用在哪里

「工时利用率」至少有三种分母，说之前要先讲是哪一种。

> **先猜**：四周的需求合计 35,044 工时，班表 38,400 工时，多了近一成。那缺不缺人？
"""

# %%
used = result.fit
pd.Series(
    {
        "排的工时 ÷ 合同工时（排班员的 100%）": person["工时"].sum() / (240 * 160),
        "有效率：用得上的 ÷ 排的": used.efficiency,
        "覆盖率：有人接的 ÷ 需求": used.coverage,
        "排班拟合：缺和多都扣掉": used.fit,
    }
).round(3)

# %% [markdown]
"""
排班员的 100% 只说明没有人少干活。
排下去的人有 17.5% 坐在不需要的时段，需求有 9.6% 没人接。
总量多一成，照样缺；原因上一课说过，早晚班在下午叠在一起，改班次形状是上一课的事。
"""

# %% [markdown]
"""
## 3　人性化：先分清是谁的规矩

> **先猜**：下面的毛病里，有几条是中国法律？
"""

# %%
counts = result.counts
counts[counts["处数"] > 0]

# %% [markdown]
"""
五种毛病，分量差得很远。

- **周内无休息日**，2 处：劳动法第三十八条，每周至少休息一日。这是法律。
- **连续工作**超过 6 天，6 处：法律没有写「连续几天」，是由第三十八条推出来的，按任意 7 天算一周。
- **班间休息**不到 11 小时，10 处：欧盟指令的数，中国法律没有这一条，当国际参考。
- **连续夜班**超过 3 个、**开班跳动**超过 2 小时：教学约定，你们中心可以另定。

表上没有的也要说一句：每日 8 小时（劳动法第三十六条）没有破，每周 40 小时（国务院规定第三条）按四周平均没有破。
"""

# %%
print(labour_law.WEEKLY_REST_DAYS)
print(labour_law.DAILY_REST_EU)
seven = result.violations[result.violations["规则"].isin(["周内无休息日", "连续工作"])]
seven[["工号", "日期", "标准", "实际", "说明"]]

# %% [markdown]
"""
A253 和 A267 出现两次：7 月 7 日到 13 日，周一到周日一天没歇，怎么数都违法。
那一周他们上了 56 小时，四周平均才是 40；实行标准工时的岗位，多出的还要看加班手续。
另外四人（A143、A154、A286、A292）也连上七天，可是跨了两周，每个周一到周日里都有休息。
按自然周数，守住了；按任意七天数，没守住。
法条没有写一周从哪天算起，拿不准就按严的办：六个人都改，A253、A267 今天就改。
"""

# %% [markdown]
"""
### 练习 1　谁的规矩

四句话各属于哪一类，填「法律」「国际参考」或「教学约定」。

- 甲：「每周至少休息一日。」
- 乙：「两个班之间至少隔 11 小时。」
- 丙：「连续夜班不超过 3 个。」
- 丁：「职工每周工作 40 小时。」

<details><summary>提示 1</summary>`labour_law` 里每条都带出处；不在里面的就是约定。</details>
<details><summary>提示 2</summary>11 小时那一条，刚才打印的出处写着哪里的指令？</details>
"""

# %% exercise="ex-kind"
kinds = {"甲": ..., "乙": ..., "丙": ..., "丁": ...}
### BEGIN SOLUTION
kinds = {"甲": "法律", "乙": "国际参考", "丙": "教学约定", "丁": "法律"}
### END SOLUTION

# %% check="ex-kind"
right = {"甲": "法律", "乙": "国际参考", "丙": "教学约定", "丁": "法律"}
expect(
    kinds,
    right,
    what="四条规矩",
    mistakes=[
        (right | {"乙": "法律"}, "乙：11 小时不是中国法律，看 labour_law.DAILY_REST_EU 的出处。"),
        (right | {"丁": "教学约定"}, "丁：国务院关于职工工作时间的规定第三条，是法规。"),
        (right | {"丙": "法律"}, "丙：法律没有限制连续夜班几个，这是课上定的。"),
    ],
    hint="「法律」一类包括法律和国务院规定。",
)

# %% [markdown] explain="ex-kind"
"""
甲是劳动法第三十八条，丁是国务院规定第三条。
乙抄自欧盟，写进自己的排班制度当然好，可是拿它去说「违法」就错了，员工一查就不再信你。
丙完全是自己定的，改成 4 个或 2 个都行，改了要写下来。
"""

# %% mistakes="ex-kind"
# 错因：把 11 小时当成中国法律
# 消息：11 小时不是中国法律
kinds = {"甲": "法律", "乙": "法律", "丙": "教学约定", "丁": "法律"}

# 错因：不知道 40 小时的出处
# 消息：国务院关于职工工作时间的规定
kinds = {"甲": "法律", "乙": "国际参考", "丙": "教学约定", "丁": "教学约定"}

# %% [markdown]
"""
### 陷阱：高分盖住违法

人性化 = 100 − 每百个班扣的分。
违法一处扣 10 分，连续七天一处扣 5 分，可一共有 4,800 个班来分摊。

> **先猜**：把六个人的违法全改好，人性化能升几分？
"""

# %%
lost = counts["扣分"] / result.agent_days * 100
groups = lost.groupby(counts["标准"], sort=False).sum()
groups.rename("占了人性化几分").round(2)

# %% [markdown]
"""
法律和它的推论合起来只占 1.04 分，改与不改，91.6 还是 92.6，谁也看不出来。
倒是连续夜班这样的教学约定占了大头。
得分是用来比两张班表的，不是用来放行的。
所以顺序是：先过法律这道门，过不了就退；过了，再比分。

界限是约定的那几条，还有一个毛病：动一动界限，班表一天没改，分数就变。
拖滑块，改「连续夜班最多几个」。
"""


# %%
def show(limit):
    one = criteria.evaluate(
        roster, shifts=shifts, required=need, rules=criteria.Rules(max_consecutive_nights=limit)
    )
    ax = one.plot()
    ax.set_title(f"连续夜班最多 {limit} 个：不合约定 {one.counts.loc['连续夜班', '处数']} 处")
    plt.show()


interact(show, limit=IntSlider(value=3, min=2, max=6, description="夜班界限"))
# %% [markdown]
"""
界限 3 是 73 处，4 是 68 处，5 就一处也没有，人性化从 91.6 跳到 96.1。
因为这里的夜班大多是五个一串，界限设在 5，等于把现状写成标准。
看到别人报的高分，先问界限是几。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：10 分钟。
会有人说「行业都是 11 小时，怎么会不是法律」：请他把 labour_law.DAILY_REST_EU 的那一行读出来。
会有人问综合计算工时制：批准过的岗位可以按周期平均，但每周休息与平均工时仍要守，批文要留着。
适合发起投票：「连续夜班，你们中心最多几个？」答案从 2 到 7 都有，正好说明它是约定。
"""

# %% [markdown]
"""
### 动手改一处

A253 从 7 日上到 13 日，14、15 日休，其中 14 日是本人申请的休息，不要动。
找一个 13 日休、15 日上班、技能相同的人对换：13 日由他上，15 日由 A253 还。
A258 合适：技能同是报修+咨询，15 日上的也是早E。

> **先猜**：换完之后，违法少几处？会不会多出别的毛病？
"""

# %%
PARTS = ["班次", "上班", "下班", "休息", "夜班", "周末"]


def swap(table, one, other, first, second):
    new = table.copy()
    for day in (first, second):
        rows = new.index[(new["日期"] == day) & new["工号"].isin([one, other])]
        new.loc[rows, PARTS] = new.loc[rows[::-1], PARTS].to_numpy()
    return new


mended = swap(roster, "A253", "A258", "2025-07-13", "2025-07-15")
after = criteria.evaluate(mended, shifts=shifts)
change = pd.DataFrame({"换前": counts["处数"], "换后": after.counts["处数"]})
change[change["换前"] != change["换后"]]

# %% [markdown]
"""
违法少一处，连续工作少一处；每天各班的人数一个没变，利用率不受影响。
代价是多出两处单休、一处开班跳动，A253 连上六天也记一处偏长。
用四处约定换一处法律，该换，但 A258 那里要先打个电话：他两个单休都是替别人受的。
"""

# %% [markdown]
"""
### 练习 2　A267 怎么改

A267 也从 7 日上到 13 日，14、15 日休，16 日起上夜C（零点上班）。
三个换法，都用上面的 `swap(roster, "A267", 对方, 休的日子, 还的日子)`：

- A. 和 A302 换，13 日休，15 日还
- B. 和 A302 换，13 日休，14 日还
- C. 和 A150 换，12 日休，14 日还（A150 申请了 12 日休息）

哪一个改掉违法，又不带来新的班间休息不足、也不驳回别人的申请？把字母赋给 `choice`。

<details><summary>提示 1</summary>每个换法算一次 evaluate，看 .counts 与 .request_rate 和原来差在哪里。</details>
<details><summary>提示 2</summary>15 日的班到 16 日零点，中间有几个小时？</details>
"""

# %% exercise="ex-swap"
choice = ...
### BEGIN SOLUTION
choice = "B"
### END SOLUTION

# %% check="ex-swap"
expect(
    choice,
    "B",
    what="A267 的换法",
    mistakes=[
        ("A", "15 日还了班，16 日零点就要上夜C：算算隔几个小时。"),
        ("C", "A150 申请了 12 日休息，你把他的休息换掉了，看 request_rate。"),
    ],
    hint="请填 A、B、C 中的一个字母。",
)

# %% [markdown] explain="ex-swap"
"""
B 去掉一处周内无休息日、一处连续工作，没有新的班间休息不足；多出几处单休和一处偏长。
A 也去掉了违法，可是 15 日早班 17:00 下班，零点又上夜C，只隔 7 小时。
C 也去掉了违法，却驳回了 A150 本来批下的休息，四周的申请满足率从 70.4% 降到 70.1%。
其余四人照样办：先找对换的人，再评一次，最后问本人。
"""

# %% mistakes="ex-swap"
# 错因：只看当周，没看后面的夜班
# 消息：算算隔几个小时
choice = "A"

# 错因：改一个人的毛病，驳回了另一个人的申请
# 消息：把他的休息换掉了
choice = "C"

# %% [markdown]
"""
## 4　公平性：一样的工时，不一样的苦

> **先猜**：240 人四周共 396 个夜班，人均 1.65 个。一个夜班也没有的有几人？
"""

# %%
result.plot_fairness("夜班")
nights = result.loads["夜班"]
print(f"一个也没有的 {(nights == 0).sum()} 人，10 个以上的 {(nights >= 10).sum()} 人")
result.fairness.drop(columns=["最多的人", "最少的人"]).round(2)

# %% [markdown]
"""
240 人里 185 人一个夜班也没有，14 人 10 个以上，个个是 15 个。
人均 1.65 个，可几乎没有人是这样过的，平均数在这里谁也代表不了。

四个数各看一面：

- **极差** = 最多 − 最少，15 次，一个人就能拉开；
- **标准差** 3.8 次，量的是离平均多远；
- **离散系数** = 标准差 ÷ 平均，2.28，能拿夜班和周末比；
- **基尼系数**，0 是人人一样，越近 1 越集中在少数人，夜班 0.84。

`基尼系数 = 2 × Σ(名次 × 次数) ÷ (人数 × 总次数) − (人数 + 1) ÷ 人数`，从少到多排名次。

工时那一行全是 0，最公平；同一张表里夜班 0.84，最不公平。
一小时白班和一小时夜班，只在工资表上是一样的。
"""

# %%
team = roster.merge(hub.agents[["工号", "班组"]], on="工号")
by_team = team.groupby("班组")[["夜班", "周末"]].sum().sort_values("夜班", ascending=False)
by_team["夜班占比"] = by_team["夜班"] / by_team["夜班"].sum()
by_team.head(6).round(3)

# %% [markdown]
"""
9组 20 个人，占全部人数的十二分之一，上了 238 个夜班，占 60.1%。
加上 8组，两个组 85%。
周末按班组看却很齐，都是一百来个，群里说的「总是他们组」，夜班是真的，周末不是。

若 9组 当初是自愿报名上夜班、领夜班津贴，这 60% 就另当别论；班表里没有这一列，要去问。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：7 分钟。
先让大家只看人均 1.65 说公平不公平，再放图。
会有人问基尼系数多少算不公平：没有公认的线，用来和自己上个月比、和重排后的比。
时间不够，公式一句带过。
"""

# %% [markdown]
"""
### 练习 3　周末落在谁头上

换成**周末**。
周末班四周最多的是每人 8 次（四个周末都上）。
这些上满 8 次的人，一共承担了全部周末班的几成？写成小数，赋给 `share`，不取整。

<details><summary>提示 1</summary>`result.loads["周末"]` 是每人的周末次数。</details>
<details><summary>提示 2</summary>分子是等于 8 的那些人的次数之和，分母是所有人的次数之和。</details>
"""

# %% exercise="ex-weekend"
share = ...
### BEGIN SOLUTION
weekends = result.loads["周末"]
share = weekends[weekends == 8].sum() / weekends.sum()
### END SOLUTION

# %% check="ex-weekend"
worked = hub.roster.groupby("工号")["周末"].sum()
full = worked == 8
expect(
    share,
    worked[full].sum() / worked.sum(),
    what="上满周末的人承担的比例",
    unit="share",
    tol=1e-3,
    mistakes=[
        (full.mean(), "这是人数的比例；问的是次数的比例。"),
        (worked[full].sum(), "这是次数，还要除以全部的周末次数。"),
        (criteria.gini(worked), "这是基尼系数，问的是比例。"),
    ],
    hint="先筛出等于 8 的人，再看他们的次数占几成。",
)

# %% [markdown] explain="ex-weekend"
"""
120 个人，一半，承担了 79.6% 的周末班；另有 58 人一次也没有。
周末的基尼系数 0.35，比夜班的 0.84 小得多，涉及的人却更多。
系数小不等于没有人吃亏，要翻到每个人头上看一遍。
这里多半是固定轮休造成的，换一换谁固定休周末，不花一个工时。
"""

# %% mistakes="ex-weekend"
# 错因：算成人数的比例
# 消息：问的是次数的比例
share = (result.loads["周末"] == 8).mean()

# 错因：用基尼系数代替比例
# 消息：问的是比例
share = criteria.gini(result.loads["周末"])

# %% [markdown]
"""
申请也是公平的一面。四周 324 次申请，批了 70.4%。

> **先猜**：9组 只批了 56%，是不是在欺负他们？
"""

# %%
asked = team[team["申请"] != ""].groupby("班组")["休息"].agg(申请次数="size", 满足率="mean")
spread = np.sqrt(result.request_rate * (1 - result.request_rate) / asked["申请次数"])
asked["离总体几个标准误"] = (asked["满足率"] - result.request_rate) / spread
asked.sort_values("满足率").iloc[[0, 1, 2, -1]].round(2)

# %% [markdown]
"""
9组 25 次里批了 14 次，离总体 1.6 个标准误。
十二个组里最低的一个，碰巧低到这样并不稀奇。
只凭这一个月说「欺负 9组」，证据不足；夜班的 60% 才是证据。
"""

# %% [markdown]
"""
## 5　重排一个小组：改好了什么，又多了什么

拿 9组 的 10 个人和从不上夜班的 3组 的 10 个人合成一个池子，头两周重排。
每天各班的人数照旧，只换谁上哪个班。
排两次：一次按缺省的权重，一次不管公平（`fairness=0`）。

> **先猜**：夜班拉平以后，人性化会升还是会降？
"""

# %%
members = [team.loc[team["班组"] == name, "工号"].unique()[:10] for name in ("9组", "3组")]
pool = np.concatenate(members)
before = roster[roster["工号"].isin(pool) & (roster["日期"] < "2025-07-14")]
work = before[~before["休息"]].groupby(["日期", "班次"]).size().unstack(fill_value=0)
wishes = before.loc[before["申请"] != "", ["工号", "日期", "申请"]]
made = {
    name: rostering.build_roster(
        work, pool, shifts, requests=wishes, seconds=2, weights=rostering.Weights(fairness=weight)
    )
    for name, weight in (("重排", 3), ("重排，不管公平", 0))
}
made["重排"].plot()
# %%
rows = {}
for name, table in {"现在": before, **made}.items():
    one = criteria.evaluate(table, shifts=shifts)
    night, kinds_of = one.fairness.loc["夜班"], one.counts["处数"]
    rows[name] = {
        **one.scores.drop("利用率").round(1),
        "夜班": f"{night['最少']:g}–{night['最多']:g}",
        "夜班基尼": round(night["基尼系数"], 2),
        **kinds_of[["连续夜班", "单休", "开班跳动"]],
        "申请满足": f"{one.request_rate:.0%}",
    }
pd.DataFrame(rows).T

# %% [markdown]
"""
夜班从 0 到 10 次，拉平到每人 3、4 次；五个一串的夜班没有了，申请全批。
代价写在单休那一列：从没有变成 34 处，20 个人两周，人均不到两次。
人性化的分只动了一点点，76.5 对 78.0，里面装的却换了：少了夜班连串，多了单休。

第三张不管公平，人性化 85.0 是三张里最高的，夜班又回到 0 到 8 次。
三个标准互相拉扯，权重就是你替大家做的选择，要写在纸上，不要藏在总分里。
还有一件电脑不知道的事：3组 的人能不能上夜班没有问过；问过以后，名单里加一列「可上夜班」再排。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。
重排那一格要等几秒，等的时候让大家猜哪一项会变坏。
会有人说「电脑排的就是不讲人情」：人情要写成申请和权重它才看得见，请他说出一条，当场加进去。
"""

# %% [markdown]
"""
### 练习 4　五个人的小班表

换数据。某外包小组五个人，2025-08-04（周一）起两周，班次如下。
用 `criteria.evaluate(small, shifts=types)` 评一评，给五个人各下一个结论，赋给 `verdict`：

「违法」：碰到标准列里的「法律」；「国际参考」「教学约定」：没有违法，最重的是这一类；「没有」：一处也没有。

<details><summary>提示 1</summary>看 `.violations` 的 工号、标准、规则 三列。</details>
<details><summary>提示 2</summary>「长」班一天几个净工时？每周 40 小时和每日 8 小时是两条。</details>
"""

# %%
types = pd.DataFrame(
    {
        "班次": ["早", "晚", "夜", "长"],
        "上班": ["08:00", "15:00", "23:00", "08:00"],
        "下班": ["16:30", "23:30", "07:30", "18:30"],
        "用餐开始": ["12:00", "19:00", "03:00", "12:00"],
        "用餐分钟": [30, 30, 30, 30],
    }
)

# %%
plan = {
    "小赵": "早早早早早早早休休早早早休休",
    "小钱": "晚晚晚早早休休早早早早早休休",
    "小孙": "夜夜夜夜休休休早早早早早休休",
    "小李": "早早早早早休休晚晚晚晚晚休休",
    "小周": "长长长长休休休长长长长休休休",
}
dates = pd.date_range("2025-08-04", periods=14, name="日期")
small = pd.DataFrame({name: list(days) for name, days in plan.items()}, index=dates)
small = small.reset_index().melt("日期", var_name="工号", value_name="班次")

# %% exercise="ex-small"
verdict = {"小赵": ..., "小钱": ..., "小孙": ..., "小李": ..., "小周": ...}
### BEGIN SOLUTION
found = criteria.evaluate(small, shifts=types).violations
verdict = {
    "小赵": "违法",
    "小钱": "国际参考",
    "小孙": "教学约定",
    "小李": "没有",
    "小周": "违法",
}
### END SOLUTION

# %% check="ex-small"
truth = {"小赵": "违法", "小钱": "国际参考", "小孙": "教学约定", "小李": "没有", "小周": "违法"}
expect(
    verdict,
    truth,
    what="五个人的结论",
    mistakes=[
        (truth | {"小周": "没有"}, "小周：每周确是 40 小时，可一天是几个净工时？"),
        (truth | {"小钱": "违法"}, "小钱：晚接早只隔 8 个多小时，难受，但这一条不是中国法律。"),
        (truth | {"小赵": "教学约定"}, "小赵：头一个周一到周日休了几天？"),
        (truth | {"小孙": "违法"}, "小孙：四个夜班都不超时，每周也有休息。"),
    ],
    hint="打印 criteria.evaluate(small, shifts=types).violations，逐个人看标准一列。",
)

# %% [markdown] explain="ex-small"
"""
小赵头一周一天没休，违法。
小周每天 10 个净工时，每周正好 40，周均没有破，每日 8 小时破了：这四天要么按加班协商并付加班费，要么岗位有批准的综合计算工时制，没有就是违法。
小钱周三 23:30 下班、周四 08:00 上班，隔 8.5 小时，是国际参考；小孙四个连续夜班，是教学约定。
小李两周换一次班，中间隔着周末，一处也没有。
"""

# %% mistakes="ex-small"
# 错因：只看每周 40 小时，没看每日 8 小时
# 消息：可一天是几个净工时
verdict = {"小赵": "违法", "小钱": "国际参考", "小孙": "教学约定", "小李": "没有", "小周": "没有"}

# 错因：把 11 小时当成法律
# 消息：这一条不是中国法律
verdict = {"小赵": "违法", "小钱": "违法", "小孙": "教学约定", "小李": "没有", "小周": "违法"}

# %% [markdown]
"""
### 练习 5　只隔七个小时的那个人

七月班表里，A073 在 7 月 1 日上晚E（15:30–24:00），2 日上早B（07:00–15:30），中间 7 小时。
班组长说是 A073 自己找人换的，2 日下班要赶火车，但没有留下记录。你怎么办？

- A. 马上改掉，不到 11 小时是违法
- B. 不违法，不用改，但要先问本人，属实就补一条申请留档
- C. 不用管，人性化有 91.6 分
- D. 通报班组长，并把早B 从班次表里删掉

把字母赋给 `decision`。

<details><summary>提示 1</summary>先问：这一条是谁的规矩？再问：最清楚的人是谁？</details>
<details><summary>提示 2</summary>班组长的话是转述，班表的申请列里 7 月 2 日是空的。</details>
"""

# %% exercise="ex-ask"
decision = ...
### BEGIN SOLUTION
decision = "B"
### END SOLUTION

# %% check="ex-ask"
expect(
    decision,
    "B",
    what="A073 的处理",
    mistakes=[
        ("A", "11 小时不是中国法律；而且改掉他自己换来的班，可能正好帮了倒忙。"),
        ("C", "总分说明不了一个人的事；7 小时够不够睡，得问他。"),
        ("D", "还没有弄清是谁的主意就处分、删班次，证据不够。"),
    ],
    hint="请填 A、B、C、D 中的一个字母。",
)

# %% [markdown] explain="ex-ask"
"""
不违法，所以不必抢着改；7 小时扣掉路上的时间，睡不了几个钟头，所以也不能不问。
问了本人，属实就补一条申请，这一处以后不算毛病；不属实，就和前面一样找人换。
如果一个月里同一个人出现三四次，就算自愿也该劝住。
"""

# %% mistakes="ex-ask"
# 错因：把国际参考当成法律
# 消息：11 小时不是中国法律
decision = "A"

# 错因：拿总分替代个案
# 消息：得问他
decision = "C"

# %% [markdown]
"""
## 6　签不签

可以这样写批复：

「退回，改三件事再签。
一，A253、A267 一周没有休息日，今天找人对换；另外四人连上七天，本周内一并改。
二，9组 占了六成夜班，从下一期起并池轮，先问清有没有自愿报名的，先和两个组讲明单休会变多。
三，10 处班间休息不足 11 小时不违法，逐个问本人，愿意的补申请。
工时人人 160，不用动；拟合 71% 是班次形状的事，另案办。」

什么会改变它？
六个人若都在批准的特殊工时岗位上，第一条要重看批文；9组 若是自愿领津贴，第二条就撤；若拟合掉到六成以下，先改班次，再谈公平。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：收尾 5 分钟。
请一位学员扮排班员来申辩「利用率 100%」，另一位用三个标准回他，不许用总分。
最后问一句：「你们中心的班表，谁看过夜班落在谁头上？」
"""

# %% [markdown]
"""
## 小结

三个标准各问一件事：人摆对了时候吗，班下得去手吗，苦差事分得匀吗；不要合成一个总分。
先过法律这道门，再比约定的分；11 小时是国际参考，界限一动分数就动。
公平要看到每个人头上，工时一样不等于负担一样；拉平一项，常常要拿另一项去换。

**带回去**：周一用 `read_table("班表.xlsx", kind="roster")` 读自己的班表，交给 `criteria.evaluate`（班次表一起给，才会扣用餐），先看 `.violations` 里标准为「法律」的行，再看 `.plot_fairness("夜班")`。
"""
