# %% [markdown]
"""
# 这个模型能信几分？

**岗位**：排班管理岗 · **时长**：45 分钟 · **主题**：`wfmp.3.reliability`

学完你能：

1. 用离散系数检验话务模型，并扣掉来电本来就有的随机；
2. 说出一格「不可靠」是模型的毛病、数据混了，还是量太小看不清；
3. 决定拆开、剔除、合并，还是交给机动部队——或者什么都不做。
"""

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from ipywidgets import IntSlider, interact

from ccomlib import centre, expect, traffic, use_chinese

use_chinese()
hub = centre.open_centre(seed=2025)

# %% [markdown]
"""
## 1　主管要一句准话

上一课建好了「咨询」的话务模型，标出月初短信后，那一周的 WAPE 是 9.1%。
周一的会上主管问：「哪些半小时可以照数排死，哪些半小时得留人？」
墙上还贴着一条前任留下的规矩：**离散系数不超过 0.1 才算可靠，超过的一律重建**。

离散系数是「摆动占水平的几成」：`离散系数 = 标准差 ÷ 均值`。
检验的办法是把历史叠起来看：同一个星期几、同一个半小时，过去各周是不是差不多。
这样的一个「星期 × 时段」叫一格，全周 7 × 48 = 336 格。
模型说每一格各周「应该一样」，离散系数量的就是它们实际差多少。

先看一格：周三 10:00。

> **先猜**：半年里去掉不平常的日子还剩 23 个周三，最多的一次和最少的一次差几成？
"""

# %%
table = hub.calls_interval
history = table[table["队列"] == "咨询"]
result = traffic.reliability(history)
plain = history[(history["节假日"] == "") & (history["事件"] == "")]
one = plain[(plain["星期"] == "周三") & (plain["时段"] == "10:00")]
plt.plot(one["日期"], one["呼入量"], "o-")
plt.axhline(one["呼入量"].mean(), color="black")
plt.title(f"周三 10:00：均值 {one['呼入量'].mean():.0f}，标准差 {one['呼入量'].std():.1f}")
plt.xlabel("日期")
plt.ylabel("呼入量（通/时段）")
plt.ylim(0);

# %% [markdown]
"""
均值 180 通，标准差 21.2 通，离散系数 21.2 ÷ 180 = 0.118。
最少的一周 146 通，最多的一周 224 通，多出一半还多。
按墙上的规矩，0.118 超过 0.1，这一格要推倒重建。
先别动手，看看 336 格里有多少格过得了这条线。

> **先猜**：336 格，几格过得了 0.1？
"""

# %%
cells = result.cells
passed = cells[cells["离散系数"] <= 0.10]
pd.Series(
    {
        "一共几格": len(cells),
        "过 0.1 的格": len(passed),
        "过线的格里均值最小的（通）": passed["均值"].min(),
        "全部格里均值最小的（通）": cells["均值"].min(),
    }
).round(1)

# %% [markdown]
"""
只有 28 格过线，而且这 28 格的均值全在 84 通以上。
不是那些半小时管得好，是它们量大。
一条规矩，判的是量的大小而不是模型的好坏，那就是规矩错了。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。先问「你们用过几成算稳」，会有人报 5% 或 10%。
再问夜里三点一个半小时来五六通，多来两通是不是不稳：让他们自己觉出这条线对小格不公平。
"""

# %% [markdown]
"""
## 2　完美的模型也有摆动

打电话的人互不商量。
就算你完全知道「平均该来 25 通」，实际来的还是 19、31、24、28……
这种各自独立来电的摆动叫泊松波动，它的标准差恰好是均值的平方根，所以

`泊松下限 = √均值 ÷ 均值 = 1 ÷ √均值`

下面是一个**完美的模型**：每周的真实平均一点没变，23 个点全是随机。
拉动滑块改每半小时的平均来电。

> **先猜**：平均 25 通时，离散系数能不能低于 0.1？要多少通才能？
"""


# %%
def show(mean):
    weeks = np.random.default_rng(31).poisson(mean, 23)
    plt.plot(range(1, 24), weeks / mean, "o-")
    plt.axhspan(1 - mean**-0.5, 1 + mean**-0.5, color="#E5E5E5", zorder=0)
    plt.title(f"平均 {mean} 通：离散系数 {weeks.std(ddof=1) / mean:.2f}，下限 {mean**-0.5:.2f}")
    plt.gca().set(xlabel="第几周", ylabel="当周 ÷ 平均（倍）", ylim=(0, 2))
    plt.show()


interact(show, mean=IntSlider(value=25, min=5, max=300, step=5, description="平均通数"));

# %% [markdown]
"""
灰带是下限那么宽的摆动，约三分之二的点落在里面。
25 通时下限 0.20，离散系数在 0.2 上下，谁来建模都压不下去；到 200 通灰带才收窄到 0.07。
（23 周算出来的离散系数自己也有误差，偶尔落在下限以下是运气，不是本事。）
所以要扣掉它再评判。方差可以相减，标准差不行：

`超额离散系数 = √(离散系数² − 1 ÷ 均值)`，减出负数就记 0。

周三 10:00：√(0.118² − 1/180) = 0.092。
这 0.092 才是「每周真的有点不一样」的部分，模型要负责的只有它。
"""

# %% [markdown]
"""
### 练习 1　多大的格，才谈得上 0.1

哪怕模型完美，一格的平均来电至少要多少通，泊松下限才不高于 0.10？
把这个通数（整数）赋给 `enough_calls`。

<details><summary>提示 1</summary>从 `1 ÷ √均值 = 0.10` 反过来求均值。</details>
<details><summary>提示 2</summary>25 通时是 0.20；下限减半，均值要变几倍？</details>
"""

# %% exercise="ex-floor-mean"
enough_calls = ...
### BEGIN SOLUTION
enough_calls = round(1 / 0.10**2)
### END SOLUTION

# %% check="ex-floor-mean"
expect(
    enough_calls,
    100,
    what="至少要多少通",
    mistakes=[
        (50, "下限减半，均值不是翻倍：它在根号里面。"),
        (10, "1 ÷ 0.10 = 10 是 √均值，还要平方。"),
        (85, "85 是历史里碰巧过线的最小一格，那格的运气好；问的是下限本身。"),
    ],
    hint="两边平方：1 ÷ 均值 = 0.10²。",
)

# %% [markdown] explain="ex-floor-mean"
"""
100 通。
咨询的 336 格里有 216 格不到 100 通，墙上那条规矩对它们是办不到的事。
要下限到 0.05，得 400 通：量每大 4 倍，摆动的比例才减半。
"""

# %% mistakes="ex-floor-mean"
# 错因：以为下限与均值成反比
# 消息：它在根号里面
enough_calls = 50

# 错因：忘了平方
# 消息：还要平方
enough_calls = 10

# %% [markdown]
"""
### 练习 2　手算一格

某格 20 周，均值 64 通，标准差 12 通。
求它的超额离散系数，赋给 `excess`（小数，误差 1% 以内）。

<details><summary>提示 1</summary>先算离散系数，再算下限，最后一步是平方相减再开方。</details>
<details><summary>提示 2</summary>离散系数 12/64，下限 1/8。</details>
"""

# %% exercise="ex-excess"
excess = ...
### BEGIN SOLUTION
excess = ((12 / 64) ** 2 - 1 / 64) ** 0.5
### END SOLUTION

# %% check="ex-excess"
expect(
    excess,
    ((12 / 64) ** 2 - 1 / 64) ** 0.5,
    what="超额离散系数",
    tol=0.01,
    mistakes=[
        (12 / 64, "这是离散系数本身，还没有扣掉下限。"),
        (12 / 64 - 1 / 8, "离散系数不能直接相减，平方之后才能减。"),
        ((12 / 64) ** 2 - 1 / 64, "还差最后一步开方。"),
        (1 / 8, "这是泊松下限。"),
    ],
    hint="√(离散系数² − 1 ÷ 均值)。",
)

# %% [markdown] explain="ex-excess"
"""
离散系数 0.188，下限 0.125，超额 0.140。
按方差算，0.188 里有四成多是随机，模型要负责的是 0.140。
按下一节的教学约定它算「可用，加缓冲」；若均值是 400 而离散系数仍是 0.188，超额就有 0.181，离不可靠不远了。
"""

# %% mistakes="ex-excess"
# 错因：把标准差直接相减
# 消息：平方之后才能减
excess = 12 / 64 - 1 / 8

# 错因：没有扣下限
# 消息：还没有扣掉下限
excess = 12 / 64

# %% [markdown] tags=["instructor"]
"""
讲师提示：10 分钟。滑块先停在 5、25、100、200 四处，每处让学员念标题里的两个数。
有人会问为什么是平方根：独立来电的方差等于均值，记住就行，不推导。
有人会说「我们的来电不独立，一停电大家一起打」：对，那正是超额的来源。
"""

# %% [markdown]
r"""
## 3　给 336 格下判语

本课程的教学约定（标准的公开大纲没有给数）：

- 超额离散系数 ≤ 0.10：**可靠**，照数排；
- 0.10–0.20：**可用**，加缓冲；
- 大于 0.20：**不可靠**，找原因；
- 历史重复不足 8 次：**样本不足**，不下结论。

为什么要 8 次？离散系数自己也有误差，标准误约为 `离散系数 ÷ √(2 × (次数 − 1))`。
8 次时误差已有它自己的 27%，再少就只是在猜。

> **先猜**：按来电量算，咨询有几成「可靠」？
"""

# %%
result

# %% [markdown]
"""
按格数，336 格里 257 格可靠；按来电量，87% 可靠，12% 可用，不可靠的不到 1%。
先看来电量：排班排的是电话，不是格子。
同一份历史，用 0.1 那条线只有 28 格过关；扣掉随机之后，大部分本来就没有毛病。
"""

# %%
result.plot();

# %% [markdown]
"""
白天一片浅色，深色几乎都在 23 点以后、早上 7 点半以前。
夜里一格只有三五通，均值小，估出来的超额忽大忽小，浅格深格挨在一起。
真有规律的毛病应当连成片（一整列时段、一整行星期），夜里这种麻点更像随机。
"""

# %%
result.plot_floor();

# %% [markdown]
"""
黑线是泊松下限。
左边小格的离散系数到 0.6，可它们就贴在黑线两侧；右边大格只有 0.1，反而稳稳浮在黑线上面。
**看高低没有意义，要看离黑线多远。**
"""

# %% [markdown]
"""
### 练习 3　23 格不可靠，怎么办

判为「不可靠」的有 23 格。
主管要求逐格写整改说明。动笔之前先数一数：其中有几格，离散系数比泊松下限高出 **2 个标准误以上**？
`cells` 里有列 `离散系数`、`泊松下限`、`离散系数标准误`、`判定`。把格数赋给 `clear`（整数）。

<details><summary>提示 1</summary>先筛出 `cells["判定"] == "不可靠"` 的行。</details>
<details><summary>提示 2</summary>比较 `离散系数 − 泊松下限` 与 `2 × 离散系数标准误`，`.sum()` 数出成立的行。</details>
"""

# %% exercise="ex-clear-cells"
clear = ...
### BEGIN SOLUTION
bad = cells[cells["判定"] == "不可靠"]
clear = (bad["离散系数"] - bad["泊松下限"] > 2 * bad["离散系数标准误"]).sum()
### END SOLUTION

# %% check="ex-clear-cells"
asked = hub.calls_interval.query("队列 == '咨询'")
judged = traffic.reliability(asked).cells.query("判定 == '不可靠'")
above = judged["离散系数"] - judged["泊松下限"]
expect(
    clear,
    (above > 2 * judged["离散系数标准误"]).sum(),
    what="分得清的不可靠格",
    mistakes=[
        (len(judged), "这是全部的不可靠格，还没有和 2 个标准误比。"),
        ((above > judged["离散系数标准误"]).sum(), "只比了 1 个标准误，随机就常有这么高。"),
        ((judged["离散系数"] > 0.2).sum(), "和 0.2 比没有用，要和它自己的泊松下限比。"),
    ],
    hint="先筛不可靠，再比较两列，最后 .sum()。",
)

# %% [markdown] explain="ex-clear-cells"
"""
一格也没有。
23 格的均值都不到 23 通，合起来只占来电量的 0.7%，没有一格能和纯随机分得开。
336 格同时检验，总有一些格凭运气就高：这 23 份整改说明，写的会是运气。
所以**什么都不用改**，夜里和清早照最低人数排。
若这些格连成一片，或过了半年还是同样几格，再查。
"""

# %% mistakes="ex-clear-cells"
# 错因：照单全收
# 消息：还没有和 2 个标准误比
clear = 23

# 错因：只比 1 个标准误
# 消息：只比了 1 个标准误
bad = cells[cells["判定"] == "不可靠"]
clear = (bad["离散系数"] - bad["泊松下限"] > bad["离散系数标准误"]).sum()

# %% [markdown] tags=["instructor"]
"""
讲师提示：10 分钟。练习 3 先投票「写不写整改说明」，再做，再投一次。
会有人不甘心：「判定写着不可靠，怎么能不管？」答：判定看超额的大小，标准误看它分不分得清，两样都要看。
时间不够就跳过热力图，留下限图。
"""

# %% [markdown]
"""
## 4　离散系数会被混大

离散系数大，常常不是模型差，而是一格里混了几种日子。
同一份咨询历史，故意犯三个错，看判语怎么变。

> **先猜**：不去掉节假日和大促，「可靠」还剩几成？
"""

# %%
rest = traffic.reliability(history[history["日期"].dt.day > 3])
ways = {
    "照规矩做": result,
    "节假日、大促没去掉": traffic.reliability(
        history, exclude_holidays=False, exclude_events=False
    ),
    "不分星期几": traffic.reliability(history, by=["时段"]),
    "再去掉月初三天": rest,
}
pd.DataFrame({name: way.shares for name, way in ways.items()}).T

# %% [markdown]
"""
混进节假日和大促，可靠从 87% 掉到 3%；七天混成一格，只剩 2%。
模型没变，电话没变，变的只是把什么和什么放在了一起。
反过来，把上一课查到的月初短信那三天拿开，可靠升到 91%：**拆对了，离散系数会自己降下来**。

那就把月初也单独成格，行不行？
"""

# %%
split = history.assign(月初=np.where(history["日期"].dt.day <= 3, "1–3 日", "其余"))
by_part = traffic.reliability(split, by=["月初", "星期", "时段"])
by_part.cells.groupby(["月初", "判定"])["重复数"].agg(格数="size", 最少="min", 最多="max")

# %% [markdown]
"""
「其余」那 336 格更稳了，「1–3 日」那 336 格全是样本不足：每格只有 1 到 2 次。
拆得越细，每格剩的历史越少。
所以月初不单独建 336 格，而是像上一课那样，全体格子**共用一个月初系数**，9 天的数据都用上。
能共用一个系数说清的差别，不要拆格。
"""

# %% [markdown]
"""
### 练习 4　报修为什么只有 5% 可靠

「报修」队列照规矩检验，只有 5% 的来电量可靠。组长说报修的电话「没法预测」。
上一课见过：报修有很强的季节，1–6 月的月系数从 0.8 到 1.2，都混在同一格里。
把报修每个半小时的呼入量**除以**当月的月系数（月系数由两年日数据求得），再检验一次，
把「可靠」占来电量的比例赋给 `reliable_share`（小数）。

<details><summary>提示 1</summary>除掉月系数，各月就站到同一个水平上，剩下的才是模型管不住的摆动。</details>
<details><summary>提示 2</summary>`factor = repair["日期"].dt.month.map(months["系数"])`；比例在 `结果.shares["可靠"]`。</details>
"""

# %% exercise="ex-repair-season"
repair = table[table["队列"] == "报修"]
daily = hub.calls_daily
months = traffic.month_coefficients(daily[daily["队列"] == "报修"])
reliable_share = ...
### BEGIN SOLUTION
factor = repair["日期"].dt.month.map(months["系数"])
level = repair.assign(呼入量=repair["呼入量"] / factor)
reliable_share = traffic.reliability(level).shares["可靠"]
### END SOLUTION

# %% check="ex-repair-season"
fixed = hub.calls_interval.query("队列 == '报修'")
own = traffic.month_coefficients(hub.calls_daily.query("队列 == '报修'"))["系数"]
calls, season = fixed["呼入量"], fixed["日期"].dt.month.map(own)
shares = [
    traffic.reliability(fixed.assign(呼入量=tried)).shares["可靠"]
    for tried in (calls / season, calls, calls * season)
]
expect(
    reliable_share,
    shares[0],
    what="除掉月系数后可靠的比例",
    unit="share",
    tol=0.01,
    mistakes=[
        (shares[1], "这是原来的比例，呼入量还没有除以月系数。"),
        (shares[2], "乘反了：旺季的量要除下来，乘上去季节就更大了。"),
    ],
    hint="每一行除以它那个月的系数，再交给 traffic.reliability。",
)

# %% [markdown] explain="ex-repair-season"
"""
5% 变成 77%。
报修不是没法预测，是 1 月的周三和 6 月的周三被当成了同一格。
天热这件事月系数已经管了，检验时也要把它除掉，不然就是拿季节当误差。
（除过的数不再是整数的电话，下限只是近似；系数离 1 不远时够用。）
"""

# %% mistakes="ex-repair-season"
# 错因：没有除月系数
# 消息：还没有除以月系数
repair = table[table["队列"] == "报修"]
reliable_share = traffic.reliability(repair).shares["可靠"]

# 错因：乘除弄反
# 消息：乘反了
repair = table[table["队列"] == "报修"]
daily = hub.calls_daily
months = traffic.month_coefficients(daily[daily["队列"] == "报修"])
factor = repair["日期"].dt.month.map(months["系数"])
up = repair.assign(呼入量=repair["呼入量"] * factor)
reliable_share = traffic.reliability(up).shares["可靠"]

# %% [markdown] tags=["instructor"]
"""
讲师提示：10 分钟。四行那张表让学员先遮住后三行猜。
练习 4 是本课最像工作的一题：先有「没法预测」的抱怨，再找到混在一起的是什么。
有人会提议按月拆格：请他真跑一次，`by=["月份", ...]` 全是样本不足。
"""

# %% [markdown]
"""
## 5　小队列与夜间：合，还是留人

「投诉」队列白天一个半小时也就十几到四十几通。

> **先猜**：投诉的 336 格，按墙上 0.1 的规矩能过几格？
"""

# %%
complaints = traffic.reliability(table[table["队列"] == "投诉"])
print("过 0.1 的格：", (complaints.cells["离散系数"] <= 0.10).sum())
complaints

# %% [markdown]
"""
一格也过不了：投诉最忙的一格平均不到 48 通，下限就有 0.14。
扣掉随机之后，近九成的来电量是可靠或可用。
小队列没有办法让自己变整齐，只有三条路：
**合**（几个半小时合成一小时，或与别的队列共享人手）、**留**（摆动交给机动部队）、**认**（按最低人数排，不追求准）。

先试合。把咨询的夜间 0–6 点从半小时合成一小时。
"""

# %%
night = history[history["时段"] < "06:00"]
hourly = night.assign(时段=night["时段"].str[:2] + ":00")
hourly = hourly.groupby(["日期", "时段", "节假日"], as_index=False).agg(
    呼入量=("呼入量", "sum"), 事件=("事件", "max")
)
both = {"半小时": traffic.reliability(night), "一小时": traffic.reliability(hourly)}
rows = {
    name: {"不可靠": (r.cells["判定"] == "不可靠").sum(), **r.cells.mean(numeric_only=True)}
    for name, r in both.items()
}
pd.DataFrame(rows).T[["不可靠", "均值", "离散系数", "泊松下限"]]

# %% [markdown]
"""
合成一小时，均值翻倍，下限从 0.41 降到 0.29，不可靠的从 18 格减到 3 格。
夜里人手本来就按小时、按最低人数排，半小时的精度用不上，合起来看正好。
白天不能合：9:00 和 9:30 差出一截，合了就把早高峰抹平。

剩下的摆动不会消失，总要有人接。
周三 10:00 均值 180、标准差 21，这样的半小时照 180 通排死，大约每两周就有一周不够；
可靠的格留小缓冲，可用的格多留，**不可靠又量大的格才值得拆**；各留多少人，是后面「机动部队」一课要算的数。
"""

# %% [markdown]
"""
### 练习 5　只有 8 周的新队列

新来的排班师手里只有咨询最近 8 周的数（上一课清洗的那一段，已贴上节假日与事件）。
先开一个新格子跑一遍：`traffic.reliability(history[history["日期"] >= "2025-05-05"])`。
主管问：「那这个模型到底可不可靠？」按跑出来的结果，选一个字母赋给 `verdict`：

- A：「没有一格判不可靠，可以照数排。」
- B：「没有一格判可靠，推倒重建。」
- C：「证据不足：去掉假期和大促每格只剩 5 到 7 次，先按可用对待、留缓冲，攒够 8 次再判。」
- D：「把 min_repeats 改成 5，就有结论了。」

<details><summary>提示 1</summary>7 次重复时，离散系数的标准误约是它自己的几成？1 ÷ √(2 × 6)。</details>
<details><summary>提示 2</summary>门槛是为了不让人乱下结论才设的。</details>
"""

# %% exercise="ex-eight-weeks"
verdict = ...
### BEGIN SOLUTION
verdict = "C"
### END SOLUTION

# %% check="ex-eight-weeks"
expect(
    verdict,
    "C",
    what="8 周的判语",
    mistakes=[
        ("A", "没判不可靠，是因为根本没判；没有证据不等于没有问题。"),
        ("B", "没判可靠，也是因为根本没判，推倒重建没有依据。"),
        ("D", "改门槛只改了字样，标准误还是三成上下，结论一样靠不住。"),
    ],
    hint="样本不足的意思是：还不能说。",
)

# %% [markdown] explain="ex-eight-weeks"
"""
证据不足就说证据不足。
5 到 7 次时标准误是离散系数的三成上下，一格算出 0.18，真值是 0.10 还是 0.26 都不稀奇。
什么会改变答案：再等几周；或者把工作日的几天并成一格（先除掉星期系数），重复数马上翻几倍。
"""

# %% mistakes="ex-eight-weeks"
# 错因：没判坏就当好
# 消息：没有证据不等于没有问题
verdict = "A"

# 错因：改门槛凑结论
# 消息：改门槛只改了字样
verdict = "D"

# %% [markdown] tags=["instructor"]
"""
讲师提示：7 分钟。练习 5 适合投票，选 D 的会不少。
收尾请一位学员替主管回答开头那句话：「白天照数排，早晚高峰留缓冲，夜里按最低人数，月初单独加；墙上那条撕掉。」
"""

# %% [markdown]
"""
## 小结

1. 离散系数要先扣掉泊松下限 1/√均值：25 通的半小时，完美的模型也有 0.20，压不下去。
2. 超额大，先找混在一起的日子：节假日、月初、季节；能用一个系数说清的不拆格，拆格要够 8 次。
3. 判定之外看标准误：分不清的不改，量小的合并或按最低人数，剩下的摆动交给机动部队。

**带回去**：周一拿至少 12 周的半小时表，`table = read_table("你的文件.xlsx", kind="intervals")`（`from ccomlib import read_table`），
筛一个队列、补上「节假日」「事件」，`traffic.reliability(table)` 看占来电量的判语，再 `.plot_floor()` 看哪些格真的离开了黑线。
"""
