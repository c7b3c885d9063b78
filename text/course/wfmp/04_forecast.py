# %% [markdown]
"""
# 预测准不准，凭什么信它？

**岗位**：排班管理岗 · **时长**：45 分钟 · **主题**：`wfmp.2.workload`

学完你能：

1. 问出「准确率 95%」是哪一个粒度的，并在自己的数据上重算一遍；
2. 用 WAPE、偏差、MASE 说一个预测好在哪、差在哪，不被相关系数和 MAPE 带偏；
3. 拿「照抄上周」当底线，用多个起点的回测比较方法，分得清真差别和碰巧；
4. 定下哪一份预测进排班表，并写明什么情况下要换。
"""

# %% tags=["setup"]
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from ccomlib import centre, expect, forecast, traffic, use_chinese

use_chinese()
hub = centre.open_centre(seed=2025)

# %% [markdown]
"""
## 1　供应商说准确率 95%

「海棠家电服务热线」来了一家做智能预测的供应商，拿咨询队列的三月做了试点。
汇报里两行字：「月总量准确率 95%；与实际曲线的相关系数 0.99 以上」。
总监觉得不错，问你：「这套系统要不要买？买了，排班表直接用它的数行不行？」

供应商没有给算法，只给了一张 3 月 3 日到 30 日逐半小时的表。
课上没有它的系统，下面照它的特点仿一张：全月总量按它自报的 95% 给，每天一样多，一天之内照二月的平均形状分到 48 格。

> **先猜**：月总量准 95% 的这张表，落到每半小时一格，准确率还剩多少？
"""

# %%
ask = hub.calls_interval[hub.calls_interval["队列"] == "咨询"]
ask = ask.set_index(ask["日期"] + pd.to_timedelta(ask["时段"] + ":00"))["呼入量"]
past, actual = ask[:"2025-03-02"], ask["2025-03-03":"2025-03-30"]
february = past["2025-02-03":]
curve = february.groupby(february.index.strftime("%H:%M")).mean()
vendor = pd.Series(np.tile(curve / curve.sum(), 28) * 0.95 * actual.sum() / 28, actual.index)
clock = actual.index.strftime("%H:%M")
shape = np.corrcoef(vendor.groupby(clock).mean(), actual.groupby(clock).mean())[0, 1]
month = vendor.sum() / actual.sum()
print(f"月总量：预测 {vendor.sum():,.0f}，实际 {actual.sum():,.0f}，{month:.0%}")
print(f"平均一天的曲线（48 个点）相关系数 {shape:.3f}")

# %% [markdown]
"""
月总量差 5%，48 个点的曲线几乎贴着实际走，相关系数 0.999。
汇报里的两行字都没有说谎。
可排班排的是周一 09:30 那一格，汇报里没有一个数说的是那一格。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：5 分钟。
先收一轮答案：「准确率 95% 的预测，能排班吗？」多数人会说能，少数人会问「是月的还是半小时的」，请后者说理由。
再问：「你们中心报给上级的预测准确率，是月的、天的，还是半小时的？」在聊天框各打一个字，通常「月」最多。
适合发起投票：半小时一格的准确率，猜 95、90、85、80 中的哪一个。
"""

# %% [markdown]
"""
## 2　同一张表，四个粒度

先说清用什么量。
A 是实际，F 是预测，Σ 是把各期加起来：

- `WAPE = Σ|A − F| ÷ ΣA`，每一期差多少，不管方向，合计后除以总量；
- `偏差 = Σ(F − A) ÷ ΣA`，带正负号，报多为正，报少为负；
- `准确率 = 1 − WAPE`。

期是月、是天还是半小时，公式一样，结果不一样。
"""

# %%
steps = {"全月": "28D", "每周": "7D", "每天": "D", "每半小时": "30min"}
rows = {}
for name, step in steps.items():
    one = forecast.accuracy(actual.resample(step).sum(), vendor.resample(step).sum())
    rows[name] = [len(one.table), one.wape, one.accuracy_rate, one.bias]
grains = pd.DataFrame(rows, index=["期数", "WAPE", "准确率", "偏差"]).T
grains

# %% [markdown]
"""
同一张表，按月看准 95%，按天看准 85.5%，按半小时看只准 81.5%。
偏差四行都是 −5%，多出来的误差全是「这里多、那里少」，一加总就互相抵消了。
格子越粗，抵消得越干净，所以报月准确率的人总是最好看。
"""

# %%
name = ["周" + "一二三四五六日"[day] for day in actual.index.day_of_week]
week = pd.DataFrame({"实际": actual, "供应商": vendor}).groupby(name, sort=False).sum() / 4
week["误差比例"] = week["供应商"] / week["实际"] - 1
ax = week[["实际", "供应商"]].plot.bar(rot=0, color=["#7F7F7F", "#0072B2"])
ax.set(title="咨询队列 3 月 3–30 日：平均每天的呼入量", xlabel="星期", ylabel="通/天")
ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
week

# %% [markdown]
"""
周一少报 25%，每个周一少算 1,162 通；周日多报 30%，多算 794 通。
供应商的表一周七天一样高，周末多出来的正好替周一周二遮丑。
照它排，周日的人闲着，周一的电话接不起来，而月报上写着 95%。
"""

# %% [markdown]
"""
### 练习 1　手算一次

晚上连着四格（每格半小时），实际来电 100、120、80、20 通，预测 110、108、84、30 通。
算出 WAPE 和偏差，写成小数（不取整），赋给字典 `errors`。

<details><summary>提示 1</summary>先写出四个误差，一个不看正负号地加，一个带着正负号地加。</details>
<details><summary>提示 2</summary>两个都除以实际的合计 320。</details>
"""

# %% exercise="ex-wape-bias"
errors = {"WAPE": ..., "偏差": ...}
### BEGIN SOLUTION
errors = {"WAPE": (10 + 12 + 4 + 10) / 320, "偏差": (10 - 12 + 4 + 10) / 320}
### END SOLUTION

# %% check="ex-wape-bias"
expect(
    errors["WAPE"],
    36 / 320,
    what="WAPE",
    unit="share",
    mistakes=[
        (0.1875, "这是四个百分比的平均（MAPE）：20 通的那一格和 120 通的那一格一样重了。"),
        (12 / 320, "正负抵消了：WAPE 要先取绝对值再相加。"),
        (36 / 332, "分母用了预测的合计；要除以实际的合计。"),
    ],
    hint="先核对四个误差的绝对值：10、12、4、10。",
)
expect(
    errors["偏差"],
    12 / 320,
    what="偏差",
    unit="share",
    mistakes=[
        (-12 / 320, "方向反了：偏差是预测减实际，报多为正。"),
        (36 / 320, "偏差要带正负号相加，让多报和少报抵消。"),
    ],
    hint="误差是预测减实际，带正负号相加，再除以 320。",
)

# %% [markdown] explain="ex-wape-bias"
"""
四个误差是 +10、−12、+4、+10。
绝对值合计 36，WAPE = 36 ÷ 320 = 11.25%；带号合计 12，偏差 = 12 ÷ 320 = 3.75%。
偏差小、WAPE 大，说明水平大致对、形状不对；两个一样大，说明每一期都往同一边错，调水平就行。
"""

# %% mistakes="ex-wape-bias"
# 错因：把各期百分比简单平均
# 消息：四个百分比的平均
errors = {"WAPE": (10 / 100 + 12 / 120 + 4 / 80 + 10 / 20) / 4, "偏差": 12 / 320}

# 错因：偏差的方向写反
# 消息：方向反了
errors = {"WAPE": 36 / 320, "偏差": -12 / 320}

# %% [markdown]
"""
## 3　底线：照抄上周

评价一份预测，先要有一个不花钱的对手。
季节朴素就是照抄上周：下周一 09:30 等于上周一 09:30，再往后也一直照抄这一周。
MASE 是把误差和它比：`MASE = 预测的平均绝对误差 ÷ 历史上照抄上周的平均绝对误差`，小于 1 才算胜过。

> **先猜**：供应商的表和照抄上周，半小时一格谁更准？
"""

# %%
naive = forecast.seasonal_naive(past, len(actual), 7 * 48).predicted
rows = {}
for name, made in {"供应商": vendor, "照抄上周": naive}.items():
    half = forecast.accuracy(actual, made, history=past, season=7 * 48)
    day = forecast.accuracy(actual.resample("D").sum(), made.resample("D").sum())
    rows[name] = [abs(half.bias), day.wape, half.wape, half.mase, half.correlation]
columns = ["月总量差", "每天 WAPE", "半小时 WAPE", "半小时 MASE", "半小时相关系数"]
pd.DataFrame(rows, index=columns).T

# %% [markdown]
"""
五列里照抄上周全部赢：半小时 WAPE 15.2% 对 18.5%，连月总量都更近（差 3.3% 对 5.0%）。
一份要花钱的预测，输给了复制粘贴。

两个 MASE 都小于 1，别急着高兴：这个分母是一、二月里照抄上周的误差，中间夹着春节，照抄本来就错得厉害，门槛低。
所以除了看 MASE，还要让对手在同样的四周里跑一遍。
"""

# %%
floor = 0.8 * np.sqrt(actual).sum() / actual.sum()
pd.Series({"供应商": rows["供应商"][2], "照抄上周": rows["照抄上周"][2], "猜得最准也有": floor})

# %% [markdown]
"""
电话是随机来的，就算把每一格的平均数猜得分毫不差，每格还是会差大约 `0.8 × √平均通数`。
咨询队列摊下来是 8.1%，这是半小时一格的地板，谁也低不过它。
所以谁说这个队列半小时准确率 95%，不用看他的算法，先问他是不是报错了粒度，或者拿看过的数据来预测。
照抄上周的 15.2% 离 8.1% 还有一段，这一段才是好方法能挣的。
"""

# %% [markdown]
"""
### 练习 2　订单队列的底线

供应商说订单队列它也能做。
先替它定好底线：用 2025-03-02 及以前的历史，对**订单**队列照抄上周，预测 3 月 3 日到 30 日每半小时，
把半小时一格的 WAPE（小数，不取整）赋给 `wape`。

<details><summary>提示 1</summary>把第 1 节取咨询的那两行改一个词，再用第 3 节的 forecast.seasonal_naive。</details>
<details><summary>提示 2</summary>半小时的数据，一周有 7 × 48 期；预测 28 × 48 期。</details>
"""

# %% exercise="ex-order-naive"
wape = ...
### BEGIN SOLUTION
orders = hub.calls_interval[hub.calls_interval["队列"] == "订单"]
orders = orders.set_index(orders["日期"] + pd.to_timedelta(orders["时段"] + ":00"))["呼入量"]
copied = forecast.seasonal_naive(orders[:"2025-03-02"], 28 * 48, 7 * 48).predicted
wape = forecast.accuracy(orders["2025-03-03":"2025-03-30"], copied).wape
### END SOLUTION

# %% check="ex-order-naive"
one = hub.calls_interval[hub.calls_interval["队列"] == "订单"]
one = one.set_index(one["日期"] + pd.to_timedelta(one["时段"] + ":00"))["呼入量"]
before, after = one[:"2025-03-02"], one["2025-03-03":"2025-03-30"]
right = forecast.seasonal_naive(before, 1344, 336).predicted
yesterday = forecast.seasonal_naive(before, 1344, 48).predicted
daily = forecast.accuracy(after.resample("D").sum(), right.resample("D").sum()).wape
expect(
    wape,
    forecast.accuracy(after, right).wape,
    what="订单队列照抄上周的半小时 WAPE",
    unit="share",
    mistakes=[
        (forecast.accuracy(after, yesterday).wape, "周期写成了 48：这是照抄昨天，不是照抄上周。"),
        (daily, "这是按天合计以后的 WAPE，题目要半小时一格的。"),
        (forecast.accuracy(after, right).mape, "这是 MAPE；题目要 WAPE。"),
    ],
    hint="核对队列、历史的截止日、周期 336 和预测期数 1344。",
)

# %% [markdown] explain="ex-order-naive"
"""
半小时一格的 WAPE 是 18.3%，偏差 −8.4%。
同一份预测按天合计是 10.4%：又是粒度。
3 月 20 日有促销短信，照抄上周不可能知道，把那天拿掉是 17.3%。
订单队列每格通数少，地板也高，约 10.7%。
以后谁来说订单能预测，先请他在这四周里低过 18.3%。
"""

# %% mistakes="ex-order-naive"
# 错因：周期写成一天
# 消息：这是照抄昨天
orders = hub.calls_interval[hub.calls_interval["队列"] == "订单"]
orders = orders.set_index(orders["日期"] + pd.to_timedelta(orders["时段"] + ":00"))["呼入量"]
copied = forecast.seasonal_naive(orders[:"2025-03-02"], 28 * 48, 48).predicted
wape = forecast.accuracy(orders["2025-03-03":"2025-03-30"], copied).wape

# 错因：在天的粒度上算
# 消息：按天合计以后
orders = hub.calls_interval[hub.calls_interval["队列"] == "订单"]
orders = orders.set_index(orders["日期"] + pd.to_timedelta(orders["时段"] + ":00"))["呼入量"]
copied = forecast.seasonal_naive(orders[:"2025-03-02"], 28 * 48, 7 * 48).predicted
days = orders["2025-03-03":"2025-03-30"].resample("D").sum()
wape = forecast.accuracy(days, copied.resample("D").sum()).wape

# %% [markdown]
"""
## 4　两个看着漂亮的数

### 相关系数看不见水平

相关系数只问「一起高、一起低吗」，不问「高多少、低多少」。
拖滑块，给「照抄上周」的预测整体加减一个百分比，看标题里的三个数。

> **先猜**：整体多报 30%，相关系数会掉多少？
"""


# %%
from ipywidgets import IntSlider, interact


def show(shift):
    one = forecast.accuracy(actual["2025-03-10"], naive["2025-03-10"] * (1 + shift / 100))
    ax = one.plot()
    words = f"WAPE {one.wape:.1%}，偏差 {one.bias:+.1%}，相关系数 {one.correlation:.3f}"
    ax.set(title=f"3 月 10 日，加减 {shift}%：{words}", xlabel="时刻", ylim=(0, 330))
    ax.set_ylabel("通/半小时")
    plt.show()


style = {"description_width": "initial"}
interact(show, shift=IntSlider(0, min=-40, max=40, step=5, description="加减 %", style=style));

# %% [markdown]
"""
从 −40% 到 +40%，相关系数一直是 0.991，一动不动。
WAPE 却从不加不减的 9.6%，走到 +30% 时的 21.9%、−40% 时的 44.6%。
算相关系数要先各自减平均、除标准差，乘上任何一个正数都会被约掉，所以它天生看不见整体报多报少。

也看一眼 +5% 到 +10%：WAPE 最低，8.3% 和 8.8%，因为那个周一照抄过来本来就少报了 7.5%。
相关系数只配回答「形状像不像」；准不准看 WAPE，偏不偏看偏差。

### MAPE 怕小数目

MAPE 是每一期先算百分比，再求平均。
来电少的格子，差一两通就是百分之几十，照样占一票；实际是 0 的格子根本算不了。

> **先猜**：投诉队列夜里（22:00 到 06:00）照抄上周，MAPE 会比 WAPE 大还是小？白天呢？
"""

# %%
cry = hub.calls_interval[hub.calls_interval["队列"] == "投诉"]
cry = cry.set_index(cry["日期"] + pd.to_timedelta(cry["时段"] + ":00"))["呼入量"]
made = forecast.seasonal_naive(cry[:"2025-03-02"], 28 * 48, 7 * 48).predicted
truth = cry["2025-03-03":"2025-03-30"]
night = (truth.index.hour < 6) | (truth.index.hour >= 22)
rows = {}
for name, part in {"白天": ~night, "夜里": night}.items():
    one = forecast.accuracy(truth[part], made[part])
    zero = part & (truth == 0)
    rows[name] = [truth[part].mean(), one.wape, one.mape, one.bias, zero.sum(), made[zero].sum()]
names = ["平均通数", "WAPE", "MAPE", "偏差", "实际为 0 的格", "这些格报了几通"]
pd.DataFrame(rows, index=names).T

# %% [markdown]
"""
白天 MAPE 33.8%，比 WAPE 的 25.7% 高：来电少的那些格子一票顶一票，把平均抬上去了。
夜里反过来，MAPE 71.2%，比 WAPE 的 77.4% 还低：448 格里有 140 格实际是 0，除不了，被悄悄扔掉了，而预测在这些格里报了 131 通。
同一个指标，一会儿吓人，一会儿护短，小队列不要用它。

夜里 WAPE 77% 也不必慌，平均一格 1.6 通，差一通就是六成；偏差只有 −1.2%，说明整夜的总量是对的。
小格子看总量和偏差，不看单格。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。
滑块拖到 +30%，问：「汇报里只写相关系数，你看得出多报了三成吗？」
会有人说「那就看 MAPE」，于是接着运行投诉那一格。
有人会问为什么不用 RMSE：它把大错加重计，适合怕单日爆掉的场合，但单位是通，队列之间不能比。
时间不够，MAPE 那一格只念结果。
"""

# %% [markdown]
"""
## 5　几种方法，回到过去比一比

霍尔特-温特斯把一列数拆成三样：水平（现在大约多少）、趋势（在涨还是在落）、季节（周几高周几低），每来一天的新数，就把三样各修正一点。
修正多少由三个系数决定：α 管水平，β 管趋势，γ 管季节，都在 0 到 1 之间，由历史自动选。
同期平均更简单：下周三等于最近四个周三的平均，Excel 里一个 AVERAGE 就行。

比较方法不能只比一次。
回测是站到过去的某一天，只用当时已有的数预测往后四周，再和后来的实际比；换六个起点做六次。

> **先猜**：同期平均、霍尔特-温特斯、照抄上周，咨询队列按天算，谁的平均 WAPE 最小？
"""

# %%
daily = hub.calls_daily[hub.calls_daily["队列"] == "咨询"].set_index("日期")["呼入量"]
contest = forecast.backtest(daily["2024-07-01":], horizon=28, season=7, folds=6)
contest.plot()
contest

# %% [markdown]
"""
同期平均 14.3%，霍尔特-温特斯 14.7%，照抄上周 18.3%；同期平均六次里有五次胜过照抄上周。
同期平均和霍尔特-温特斯各赢三次，平均只差 0.4 个百分点，看不出谁更好，那就用简单的那个。

再看图上两处。
第一个起点之后的四周有春节，三种方法错了 26% 到 28%，没有一种知道要过年。
第二个起点刚过完年，照抄上周把假期里的数也抄了去，错 28.2%；2025-04-06 那个起点抄的是清明那一周，又错 16.4%。
节假日要先从历史里拿出来（第 2 课的清洗），不是换个方法就能躲开。
"""

# %% [markdown]
"""
### 练习 3　要不要为 1 个百分点换方法

信息部在订单队列上也做了六个起点的回测，运行下一格看结果。
他们说：「霍尔特-温特斯的平均 WAPE 比同期平均低 1 个百分点，请把预测从 Excel 换成我们的程序，每年维护费八万。」你怎么回？

- A. 换，平均 WAPE 低就是更准
- B. 不换，同期平均赢的起点更多，说明它更准
- C. 先不换，六次里的差别来自个别起点，证据不足，再攒几个起点
- D. 两种各算一半，取平均，谁也不得罪

把字母赋给 `choice`。
"""

# %%
orders = hub.calls_daily[hub.calls_daily["队列"] == "订单"].set_index("日期")["呼入量"]
trial = forecast.backtest(orders["2024-07-01":], horizon=28, season=7, folds=6)
table = trial.table.pivot(index="训练到", columns="方法", values="WAPE")
table = 100 * table[["同期平均", "霍尔特-温特斯"]]
table["同期平均多错"] = table["同期平均"] - table["霍尔特-温特斯"]
table.loc["平均"] = table.mean()
table.round(2)

# %% [markdown]
"""
先看最后一列的正负号有几个正、几个负，再看平均是靠哪几行撑起来的。

<details><summary>提示 1</summary>一次次数：六个起点里，霍尔特-温特斯明显更准的有几个？</details>
<details><summary>提示 2</summary>把差别最大的一行拿掉，平均还剩多少？</details>
"""

# %% exercise="ex-not-enough"
choice = ...
### BEGIN SOLUTION
choice = "C"
### END SOLUTION

# %% check="ex-not-enough"
expect(
    choice,
    "C",
    what="要不要换方法",
    mistakes=[
        ("A", "平均低不等于更准：数一数最后一列的正负号，再去掉差别最大的一行算算平均。"),
        ("B", "四次都只赢一点点，同样说明不了谁更准。"),
        ("D", "没有回测过的合并，不能因为好听就上；题目问的是这些结果够不够作决定。"),
    ],
    hint="请填 A、B、C、D 中的一个字母。",
)

# %% [markdown] explain="ex-not-enough"
"""
六个起点里，霍尔特-温特斯只有两次明显更准：春节后的 4.79 个百分点和六月大促时的 3.46 个百分点。
另外四次它都略差，差 0.03 到 1.07 个百分点。
去掉差别最大的一行，平均只剩 0.42；六个差别做一次 t 检验，p 值 0.29，和碰巧分不开。
证据不足时不换，成本低的留着。
什么会改变这个答案：再攒一年的起点，它在大多数起点上都赢，而且平均赢出两三个百分点。
节后那一次很醒目，可以记下来当猜想，等明年春节再验，不能拿提出它的那一次来证明它。
"""

# %% mistakes="ex-not-enough"
# 错因：只看平均，不看各次
# 消息：平均低不等于更准
choice = "A"

# 错因：数赢的次数，不看赢多少
# 消息：四次都只赢一点点
choice = "B"

# %% [markdown]
"""
## 6　误差里还剩不剩规律

方法选好了，再问一句：它的误差还能不能利用？
好的误差有两条：平均在零附近（不偏），今天的误差猜不出明天的误差（没有自相关）。

前一条用 t 检验：`t = 平均误差 ÷ (标准差 ÷ √天数)`。
后一条用 Ljung–Box 检验，把若干天之内的自相关合起来看。
p 值小于 0.05（教学约定）就当作有问题。

> **先猜**：咨询队列的霍尔特-温特斯，两条都过得去吗？
"""

# %%
fitted = forecast.holt_winters(daily["2024-07-01":], 28, 7)
check = forecast.residual_validity(fitted.residuals, lags=14)
check.plot()
check

# %% [markdown]
"""
平均误差 1 通，t 检验 p 值 0.97，没有偏。
这不稀奇：方法就是在这些天上调好的，平均自然贴着零；偏不偏要到没见过的日子去验。

Ljung–Box 的 p 值小于 0.001，误差里还有规律没有用上。
图上掉得最深、跳得最高的几天，前后都是长假；误差也因此不是正态，那只影响预测区间怎么画。
除了假期，还有没有别的？
"""

# %%
rest = fitted.residuals.rename("残差").to_frame()
label = hub.calls_daily[hub.calls_daily["队列"] == "咨询"].set_index("日期")["节假日"]
rest = rest[label[rest.index] == ""]
rest["日子"] = np.where(rest.index.day <= 3, "每月 1–3 日", "其余日子")
rest.groupby("日子")["残差"].agg(天数="count", 平均="mean", 标准差="std")

# %% [markdown]
"""
去掉节假日以后，每月 1–3 日平均每天少报 444 通，其余日子只差 14 通。
24 天的标准差是 379 通，平均数的误差大约 77 通，444 远不是碰巧。
事件那一列什么都没写，所以先去问市场部月初做了什么，再把「月初」作为一个因素补进模型。
这就是查误差的用处：它告诉你下一步补什么，而不是再换一个方法。

## 7　没见过七月

轮到真正要排的四周：6 月 30 日到 7 月 27 日。
这四周的实际已经在手里（`calls_interval_next`），预测时装作不知道。
七月天热，空调报修多；订单刚过了六月大促。

> **先猜**：只用近一年的日呼入量，三种方法预测报修和订单，分别会报多还是报少？
"""

# %%
days, ahead = hub.calls_daily, hub.calls_interval_next
rows = []
for queue in ("咨询", "订单", "报修"):
    known = days[days["队列"] == queue].set_index("日期")["呼入量"]["2024-07-01":]
    july = ahead[ahead["队列"] == queue].groupby("日期")["呼入量"].sum()
    for method in (forecast.seasonal_naive, forecast.same_weekday_mean, forecast.holt_winters):
        made = method(known, 28, 7)
        one = forecast.accuracy(july, made.predicted, history=known, season=7)
        rows.append([queue, made.method, one.wape, one.bias, one.mase])
pd.DataFrame(rows, columns=["队列", "方法", "每天 WAPE", "偏差", "MASE"])

# %% [markdown]
"""
报修三种全报少，少 7% 到 12%；订单三种全报多，多 6.5% 到 19.5%。
同期平均在咨询上几乎不偏，换到订单就多报近两成：它把六月大促的四周当成了平常。

霍尔特-温特斯读过去年七月的每一天，可它的季节只有 7 天，没有地方记「七月」。
它输得少一些，是因为水平跟得快，六月底已经开始变了；偏的方向和别人一样。
没见过七月的方法，都猜不到七月。
"""

# %%
rows = {}
for queue in ("咨询", "订单", "报修"):
    table = hub.calls_interval[hub.calls_interval["队列"] == queue]
    months = traffic.month_coefficients(days[days["队列"] == queue])
    model = traffic.build_model(table, by_month=months)
    made = model.predict("2025-06-30", "2025-07-27").groupby("日期")["预测量"].sum()
    july = ahead[ahead["队列"] == queue].groupby("日期")["呼入量"].sum()
    one = forecast.accuracy(july, made)
    ratio = model.months["系数"]
    rows[queue] = [ratio[6], ratio[7], one.wape, one.bias]
pd.DataFrame(rows, index=["6 月系数", "7 月系数", "每天 WAPE", "偏差"]).T

# %% [markdown]
"""
两年日表里，报修七月比六月高 15%（1.201 到 1.383），订单低 7%（1.093 到 1.020）。
把月系数补进第 2 课的话务模型，报修的 WAPE 从同期平均的 12.5% 降到 5.7%，偏差只剩 −0.6%；订单从 19.5% 降到 5.4%。
咨询七月和六月差不多，模型 6.2%，同期平均 5.8%，补不补都一样。

话也别说满：这个七月系数只出自 2023 和 2024 两个七月，今年要是更热，它照样报少。
"""

# %%
known = days[days["队列"] == queue].set_index("日期")["呼入量"]
average = forecast.same_weekday_mean(known, 28, 7).predicted
ax = forecast.accuracy(july, average).plot()
ax.plot(made.index, made, color="#009E73", label="话务模型（有七月系数）")
ax.set(title="报修：见过七月和没见过七月（蓝线是同期平均）", ylabel="通/天", ylim=(0, None))
ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1));

# %% [markdown]
"""
灰线是实际，蓝线是同期平均，从头到尾压在下面；绿线补了七月系数，水平贴住了实际，每天的起伏还是追不上。
跟老板可以这样说：「报修接不起来不是程序坏了，是预测没把七月算进去，每天少算一成多；去年和前年的七月都比六月高，这件事我们手里有数，补上就行。」
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。
先让全班对报修、订单各写「多」或「少」再运行。
会有人说「霍尔特-温特斯里不是有季节吗」：它的季节只有 7 天，去年七月的数它读过，但没有地方存。
问：「老板七月五号来问为什么报修天天接不起来，你怎么说？」听有没有人说「等误差检验显著了再调」；再问等的这几天谁在挨骂。
时间不够，最后一张图只看不讲。
"""

# %% [markdown]
"""
### 练习 4　七月的误差怎么办

假定报修七月排班用的是**同期平均**的日预测（历史用 2024-07-01 起），现在 28 天过去了。
把 28 天的误差（实际 − 预测）交给 `forecast.residual_validity`，
平均误差（通/天，不取整）写进 `verdict["平均误差"]`；再选先做哪一件，字母写进 `verdict["先做"]`：

- A. 换一个平滑系数更多的方法，让它自己去跟
- B. 先调水平：把去年七月比六月高多少补进预测，再看剩下的误差
- C. 误差要是不服从正态，这份预测就作废
- D. 28 天还太少，攒够一年再说

<details><summary>提示 1</summary>residual_validity 给出的那句话，先看说了偏，还是说了自相关。</details>
<details><summary>提示 2</summary>结果的 .mean 是平均误差；summary() 的最后一列写着怎么办。</details>
"""

# %% exercise="ex-july-errors"
verdict = {"平均误差": ..., "先做": ...}
### BEGIN SOLUTION
repair = hub.calls_daily[hub.calls_daily["队列"] == "报修"].set_index("日期")["呼入量"]
plan = forecast.same_weekday_mean(repair["2024-07-01":], 28, 7).predicted
seen = hub.calls_interval_next[hub.calls_interval_next["队列"] == "报修"]
result = forecast.residual_validity(seen.groupby("日期")["呼入量"].sum() - plan)
verdict = {"平均误差": result.mean, "先做": "B"}
### END SOLUTION

# %% check="ex-july-errors"
basis = hub.calls_daily[hub.calls_daily["队列"] == "报修"].set_index("日期")["呼入量"]
basis = basis["2024-07-01":]
seen = hub.calls_interval_next[hub.calls_interval_next["队列"] == "报修"]
seen = seen.groupby("日期")["呼入量"].sum()
gap = (seen - forecast.same_weekday_mean(basis, 28, 7).predicted).mean()
other = (seen - forecast.seasonal_naive(basis, 28, 7).predicted).mean()
expect(
    verdict["平均误差"],
    gap,
    what="平均误差",
    tol=1e-4,
    mistakes=[
        (-gap, "方向反了：这里的误差是实际 − 预测，正数表示预测报少了。"),
        (other, "你用的是照抄上周；题目说的是同期平均（same_weekday_mean）。"),
        (gap * 28, "这是 28 天的合计；题目要平均每天。"),
    ],
    hint="核对队列、方法和误差的方向。",
)
expect(
    verdict["先做"],
    "B",
    what="先做哪一件",
    mistakes=[
        ("A", "检验说的是水平偏了；没见过七月的方法，系数再多也补不出七月。"),
        ("C", "正态只影响预测区间怎么画，不决定预测能不能用。"),
        ("D", "28 天里有 27 天报少，p 值小于 0.001，证据已经够了，夏天不等人。"),
    ],
    hint="请填 A、B、C、D 中的一个字母。",
)

# %% [markdown] explain="ex-july-errors"
"""
28 天里有 27 天报少，平均每天少 476 通，而实际平均每天 4,005 通，差了一成多；p 值小于 0.001。
这是水平偏了，先补七月的水平，答 B。
补完再看剩下的误差：如果平均回到零附近而仍有自相关，那时才轮到换方法。
也不用等 28 天：头五天已经天天报少，第一周末就该调。
"""

# %% mistakes="ex-july-errors"
# 错因：误差的方向写反
# 消息：正数表示预测报少了
repair = hub.calls_daily[hub.calls_daily["队列"] == "报修"].set_index("日期")["呼入量"]
plan = forecast.same_weekday_mean(repair["2024-07-01":], 28, 7).predicted
seen = hub.calls_interval_next[hub.calls_interval_next["队列"] == "报修"]
verdict = {"平均误差": (plan - seen.groupby("日期")["呼入量"].sum()).mean(), "先做": "B"}

# 错因：以为换个复杂方法就能学到没见过的月份
# 消息：系数再多也补不出七月
repair = hub.calls_daily[hub.calls_daily["队列"] == "报修"].set_index("日期")["呼入量"]
plan = forecast.same_weekday_mean(repair["2024-07-01":], 28, 7).predicted
seen = hub.calls_interval_next[hub.calls_interval_next["队列"] == "报修"]
verdict = {"平均误差": (seen.groupby("日期")["呼入量"].sum() - plan).mean(), "先做": "A"}

# %% [markdown]
"""
### 练习 5　投诉队列的七月

投诉队列也要交一份预测。
用两年的日表（`calls_daily`）给出月系数，用半年的时段表建话务模型，预测 2025-06-30 到 2025-07-27，
把四周的总通数赋给 `total`（不取整，容差 0.1%）。

<details><summary>提示 1</summary>第 7 节第二格就是这件事，换一个队列。</details>
<details><summary>提示 2</summary>model.predict(起, 止) 的预测量一列，全部加起来。</details>
"""

# %% exercise="ex-july-complaints"
total = ...
### BEGIN SOLUTION
table = hub.calls_interval[hub.calls_interval["队列"] == "投诉"]
months = traffic.month_coefficients(hub.calls_daily[hub.calls_daily["队列"] == "投诉"])
model = traffic.build_model(table, by_month=months)
total = model.predict("2025-06-30", "2025-07-27")["预测量"].sum()
### END SOLUTION

# %% check="ex-july-complaints"
history = hub.calls_interval[hub.calls_interval["队列"] == "投诉"]
two_years = hub.calls_daily[hub.calls_daily["队列"] == "投诉"]
seasons = traffic.month_coefficients(two_years)
best = traffic.build_model(history, by_month=seasons).predict("2025-06-30", "2025-07-27")
flat = traffic.build_model(history, by_month=False).predict("2025-06-30", "2025-07-27")
series = two_years.set_index("日期")["呼入量"]
expect(
    total,
    best["预测量"].sum(),
    what="四周的总通数",
    tol=0.001,
    mistakes=[
        (flat["预测量"].sum(), "这个模型没有月系数（by_month=False），它不知道要到七月了。"),
        (forecast.same_weekday_mean(series, 28, 7).predicted.sum(), "这是同期平均，没有见过七月。"),
        (best["预测量"].sum() / 28, "这是平均每天；题目要四周合计。"),
    ],
    hint="核对队列、月系数（来自 calls_daily）和起止日期。",
)

# %% [markdown] explain="ex-july-complaints"
"""
带月系数的模型给出 20,580 通，实际是 20,790 通，差 1.0%。
同期平均是 19,047 通，少 8.4%；完全不要月系数是 17,627 通，少 15%。
投诉的七月系数同样只来自两个七月，交上去时把这句话写在旁边。
"""

# %% mistakes="ex-july-complaints"
# 错因：没有给月系数
# 消息：它不知道要到七月了
table = hub.calls_interval[hub.calls_interval["队列"] == "投诉"]
model = traffic.build_model(table, by_month=False)
total = model.predict("2025-06-30", "2025-07-27")["预测量"].sum()

# 错因：用同期平均
# 消息：没有见过七月
series = hub.calls_daily[hub.calls_daily["队列"] == "投诉"].set_index("日期")["呼入量"]
total = forecast.same_weekday_mean(series, 28, 7).predicted.sum()

# %% [markdown]
"""
## 8　回总监的话

不是「智能预测不好」，是这份汇报还不够作决定。
月准确率 95% 遮住了周一少报 25%，半小时一格它还输给照抄上周。
请供应商补三样：半小时粒度的 WAPE 和偏差；与照抄上周在同样几周里的对比；至少六个起点、事先交卷的回测。
三样都过关，再谈价钱。

七月的班表用哪一份：四个队列都用带月系数的话务模型，同期平均并排挂着当底线。
选它的理由在七月之前就有：两年日表里七月和六月不是一个水平。
什么情况下要换（以下数字是教学约定）：

- 连续两周偏差超过 5%，先调水平，不等月底；
- 底线连续四周比它准，退回底线，再查模型；
- 别的方法在多数起点上赢，而且平均赢两个百分点以上，再换。
"""

# %% [markdown]
"""
## 小结

准确率先问粒度：月总量的 95% 到了半小时只有八成，排班用的是半小时。
先胜过照抄上周，再谈别的；相关系数看不见多报少报，MAPE 在小数目上失真，看 WAPE 加偏差。
回测要多个起点，差一点点不算赢；没见过的月份，哪种方法都猜不到，要把去年同月补进来。

**带回去**：周一用 `read_table("你的文件.xlsx", kind="daily")` 读进自己的日呼入量，取一个队列做 `forecast.backtest`，看现在报上去的预测胜不胜得过照抄上周；再把上月的预测和实际按半小时交给 `forecast.accuracy`，把 WAPE 和偏差一起写进月报。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：收尾 4 分钟。
请一位学员扮供应商，一位扮排班师，只许问三个问题：哪个粒度、和什么比、偏不偏。
会有人问「那买不买」：不是不能买，是这份汇报还不够作决定。
"""
