# %% [markdown] minutes=45 topics=["wfmp.2.workload"] tags=["given"]
"""
# 预测准不准，凭什么信它？

6 月 29 日，周日下午，七月的班表还没有定稿。一家做智能预测的供应商拿报修队列试做了四周，3 月 10 日到 4 月 6 日，表是事先交的，没有偷看。
汇报上两行字：「月总量准确率 99.5%；与实际曲线的相关系数 0.99。」
总监翻出我们自己的月报：同样四周，半小时一格的准确率 89%。他说：「人家九十九，我们八十九，七月就换它的。」换不换？

学完你能：

1. 问出「准确率」是哪一个粒度的，在自己的数上重算；
2. 用几个起点比几种方法，定下七月用哪一份；
3. 把预测差的几成折成少排的几个人，来电量与处理时长都算。
"""

# %% [markdown] warmup=true
"""
## 先想一想

1. 离散系数为什么要先扣掉纯随机的那一份？
   答：打电话的人互不商量，平均数说得再准，各次也有多有少。
2. 报修白天的格散得过头，是漏了什么？
   答：检验没有照模型做，几个月的周一混在一格，季节算成了摆动。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：3 分钟
点两个人答。顺带在聊天区收一个字：你们报给上级的预测准确率，是月的、天的，还是半小时的？通常「月」最多。
"""

# %% tags=["setup"]
import pandas as pd

from ccomlib import centre, erlang, expect, forecast, guess, read_table, traffic
from ccomlib import show_table, use_chinese, write_excel

use_chinese()
hub = centre.open_centre(seed=2025)
table = pd.concat([hub.calls_interval, hub.calls_interval_next]).query("队列 == '报修'")
by_day = hub.calls_daily.query("队列 == '报修'")
calendar = table.groupby("日期")["节假日"].max().reset_index()
half = forecast.half_hours(table)
FOUR_WEEKS, WEEK = 28 * 48, 7 * 48


def model(history, count, season):
    """话务模型：只用起点以前的时段表与日表；历史里没有的节假日当平常的周日。"""
    end = history.index[-1].normalize()
    months = traffic.month_coefficients(by_day[by_day["日期"] <= end])
    built = traffic.build_model(table[table["日期"] <= end], by_month=months)
    days = pd.date_range(end + pd.Timedelta(days=1), periods=count // 48)
    ahead = calendar[calendar["日期"].isin(days)]
    new = ahead[(ahead["节假日"] != "") & ~ahead["节假日"].isin(built.holidays.index)]
    told = built.predict(days, calendar=ahead, adjustments=dict.fromkeys(new["日期"], 1.0) or None)
    return told["预测量"].to_numpy()


def vendor(history, count, season):
    """供应商：逐日自动调水平、趋势与星期，再照最近四周的形状分到每个时段。"""
    daily = history.resample("D").sum()
    known = by_day.set_index("日期")["呼入量"]
    daily = pd.concat([known[: daily.index[0] - pd.Timedelta(days=1)], daily]).iloc[-365:]
    level = forecast.holt_winters(daily, count // 48, 7).predicted.to_numpy()
    shape = history.iloc[-FOUR_WEEKS:].to_numpy().reshape(4, 7, 48).sum(axis=0)
    shape = shape / shape.sum(axis=1, keepdims=True)
    return (level.reshape(-1, 7, 1) * shape).ravel()


methods = {"四周同期平均": forecast.same_weekday_mean, "供应商": vendor, "话务模型": model}
past, actual = half[:"2025-03-09"], half["2025-03-10":"2025-04-06"]
pilot = pd.Series(vendor(past, FOUR_WEEKS, WEEK), actual.index)
ours = pd.Series(model(past, FOUR_WEEKS, WEEK), actual.index)
july = forecast.backtest(half, methods, FOUR_WEEKS, WEEK, folds=1)
spring = hub.plan_interval.merge(table, on=["日期", "时段", "队列"])
spring = spring[spring["日期"].between("2025-04-14", "2025-06-08")]
spring = spring.assign(
    实际=spring["平均处理时长"] * spring["接起量"], 预测=spring["预测处理时长"] * spring["接起量"]
)
seconds = spring.groupby("日期")[["实际", "预测", "接起量"]].sum()
seconds = seconds.div(seconds.pop("接起量"), axis=0)
slow = seconds["2025-04-28":"2025-05-18"]

# %% [markdown]
"""
## 1　先问是哪一个粒度

术语：WAPE：各期差多少，不管方向，加起来 ÷ 实际合计；准确率 = 1 − WAPE。
术语：偏差：（预测 − 实际）加起来 ÷ 实际合计，报多为正，报少为负。

期可以是整段、一周、一天、一个时段，公式一样。下面把供应商的表与我们话务模型的表，都照四种粒度算一遍。
"""

# %%
seen = forecast.grains(actual, {"供应商": pilot, "话务模型": ours})
seen

# %% [markdown] tags=["instructor", "given"]
"""
时间：8 分钟
先盖住「供应商」以外的列，问：哪一行才是汇报上的数？
追问：总监拿哪一格比了哪一格？让一位学员说出来。
有人问相关系数：它只看形状，把预测整个打七折，它一分不掉；看了它等于没有看多报少报。
"""

# %% [markdown]
"""
供应商没有说谎，按整段它是 [[99.5%|seen.table.loc['整段', '供应商准确率']]]。同一张表到每个时段，只有 [[87.2%|seen.table.loc['每个时段', '供应商准确率']]]：这里多、那里少，一加总就抵消了。
我们的模型按整段是 [[99.8%|seen.table.loc['整段', '话务模型准确率']]]，按时段是 [[88.7%|seen.table.loc['每个时段', '话务模型准确率']]]。总监拿人家的整段比了我们的时段；同一行比，两家只差一点，时段一行是我们好。整段只有一期，我们比最后一列还高一点，是碰巧。
最后一列不靠谁的本事：电话是随机来的，就算每一格的平均数猜得分毫不差，一个时段也要差一成，准确率大约只到 [[90%|seen.table.loc['每个时段', '平均数全对的准确率']]]。
谁说这个队列半小时准到九成五，先问他报的是不是月。
相关系数 0.99 只说一天的形状像；整个打七折，它一分不掉。

## 2　练习 1：手算一次

晚上连着四个时段，实际 100、120、80、20 通，预测 [[110|给定]]、[[108|给定]]、[[84|给定]]、[[30|给定]] 通，四个时段各差 10、12、4、10 通。
算出 WAPE，写成小数或百分数都行。

<details><summary>提示 1</summary>分子是四个差加起来，不管正负；分母是实际的合计。</details>
"""

# %% [markdown] excel="ex-wape" value="11.25%"
"""
实际写在 A1:A4，预测写在 B1:B4，另找一格写 `=SUMPRODUCT(ABS(A1:A4-B1:B4))/SUM(A1:A4)`，设成百分比，两位小数。
"""

# %% exercise="ex-wape"
wape = (10 + 12 + 4 + 10) / ____
### BEGIN SOLUTION
wape = (10 + 12 + 4 + 10) / (100 + 120 + 80 + 20)
### END SOLUTION

# %% check="ex-wape"
expect(
    wape,
    36 / 320,
    what="WAPE",
    unit="share",
    tol=0.005,
    mistakes=[
        ((0.1 + 0.1 + 0.05 + 0.5) / 4, "这是四个百分比的平均：20 通的时段和 120 通的一样重了。"),
        (12 / 320, "正负抵消了，这是偏差；WAPE 先取绝对值再加。"),
        (36 / 332, "分母用了预测的合计，要除以实际的合计。"),
        (9, "你除以了时段数，得到的是平均差几通；要除以实际的合计。"),
    ],
    hint="36 ÷ 实际的合计。",
)

# %% [markdown] explain="ex-wape"
"""
36 ÷ 320 = 11.25%。
带着正负号加是 10 − 12 + 4 + 10 = 12，偏差 12 ÷ 320 = 3.75%：报多了一点，形状也不太对。
"""

# %% mistakes="ex-wape"
# 错因：各时段百分比的平均
# 消息：四个百分比的平均
# 换：(10 + 12 + 4 + 10) / (100 + 120 + 80 + 20)
# 成：(0.1 + 0.1 + 0.05 + 0.5) / 4

# 错因：分母用了预测
# 消息：分母用了预测的合计
# 换：(100 + 120 + 80 + 20)
# 成：(110 + 108 + 84 + 30)

# 错因：除以了时段数
# 消息：你除以了时段数
# 换：(100 + 120 + 80 + 20)
# 成：4

# %% [markdown] tags=["instructor", "given"]
"""
时间：6 分钟
答案：11.25%
会答错成：18.75%，因为把四个百分比拿来平均；20 通差 10 通就是五成，一格压倒三格
会答错成：3.75%，因为让多报与少报抵消了
反问：偏差是零，WAPE 却有一成，预测错在哪里？
来不及：只对得数
"""

# %% [markdown]
"""
## 3　换几个起点，再比

一次试做比不出高下。回测：站到过去的某一天，只用那天以前的数，往后报四周，再和后来的实际比；换 [[4 个|给定]] 起点做 [[4 次|给定]]，第一次就是供应商试做的那四周。
上场的有四家：照抄上周、最近四周同期平均（Excel 里一个 AVERAGE）、供应商、带月系数的话务模型。
供应商不给系统，课上的这一份照它的做法仿：逐日自动跟水平、趋势与星期，也只用起点以前的数。
表与图里，照抄上周写作「季节朴素」，它一分钱不花，是每一家的对手；一个起点写作一折。

术语：回测：站在过去，只用当时的数来预测，再与后来的实际比。
"""

# %%
guess(
    "best",
    "4 个起点、每个时段一格，谁的平均 WAPE 最小？",
    options=["照抄上周", "四周同期平均", "供应商", "话务模型"],
)

# %%
contest = forecast.backtest(half[:"2025-06-29"], methods, FOUR_WEEKS, WEEK, folds=4)
contest.plot()
show_table(contest.summary().drop(columns="MASE"), units=contest.units)

# %% [markdown] reading="best" actual="'话务模型'"
"""
供应商 4 次都胜过照抄上周，平均 15.6% 对 18.4%：它确有本事，总监没有看走眼。
可是话务模型 4 次都最小，平均 11.5%；差得最少的是三月那一次，也有 [[1.5 个百分点|100 * (contest.table.query("折 == 1 and 方法 == '供应商'")['WAPE'].item() - contest.table.query("折 == 1 and 方法 == '话务模型'")['WAPE'].item()):.1f]]。
差得最多的是六月：天热了，另外三家都只认得春天，少报 [[17%|-contest.table.query("折 == 4 and 方法 == '供应商'")['偏差'].item()]] 到 [[19%|-contest.table.query("折 == 4 and 方法 == '季节朴素'")['偏差'].item()]]。模型有两年日表里的月系数，只少报 [[3%|-contest.table.query("折 == 4 and 方法 == '话务模型'")['偏差'].item()]]。

两句老实话：一次预测的 [[28 天|给定]]是连着的，水平报低了就天天低，只算一次，不算 28 次；所以这里只有 4 次。
4 次不多，可是次次同一家、差在哪里说得出原因。写这一课时七月已经过完，又添了一次：供应商 [[13.4%|july.table.query("方法 == '供应商'")['WAPE'].item()]]，话务模型 [[9.5%|july.table.query("方法 == '话务模型'")['WAPE'].item()]]。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：9 分钟
投票：best
答案：D。话务模型，4 次都最小。
会答错成：C，因为智能两个字值钱；它胜过照抄上周，没有胜过月系数
会答错成：B，因为大家手上用的就是它
反问：要是供应商把去年七月也学进去，还会少报这么多吗？那就请它再交一份来比
来不及：只看图，念「六月」那一点
"""

# %% [markdown]
"""
### 练习 2　换不换

总监等你一句话。供应商补了一句：「4 次里有 [[3 次|(contest.table.query("方法 == '供应商'")['WAPE'].to_numpy() < contest.table.query("方法 == '四周同期平均'")['WAPE'].to_numpy()).sum()]]，我们胜过你们的四周同期平均。」

- A. 99.5% 高过 89%，七月就换，少走一年弯路
- B. 同一格比，话务模型次次更准，七月不换
- C. 才比了 4 次，证据不足，两套先陪跑一年
- D. 两份各有长处，七月各算一半，取平均来排

<details><summary>提示 1</summary>它胜过的是同期平均，七月要用的是哪一份？</details>
"""

# %% exercise="ex-switch"
choice = ____
### BEGIN SOLUTION
choice = "B"
### END SOLUTION

# %% check="ex-switch"
expect(
    choice,
    "B",
    what="换不换",
    mistakes=[
        ("A", "99.5% 是整段的，89% 是时段的；同一行比，是 87.2% 对 88.7%。"),
        ("C", "次次同一家，六月差将近九个百分点，原因也清楚：七月的班表等不了一年。"),
        ("D", "六月供应商少报一成七，掺一半就少报一成；没有回测过的掺法不能直接上。"),
    ],
    hint="同一粒度、同样的起点，谁更准？",
)

# %% [markdown] explain="ex-switch"
"""
不换，话务模型接着用。它说的「[[3 次|(contest.table.query("方法 == '供应商'")['WAPE'].to_numpy() < contest.table.query("方法 == '四周同期平均'")['WAPE'].to_numpy()).sum()]]胜过同期平均」是真的，可七月的对手是话务模型。
什么会改变答案：请它学进去年的夏天，再事先交几份；同一格、多数起点胜过话务模型，平均好两个百分点以上（教学约定），再谈价钱。
"""

# %% mistakes="ex-switch"
# 错因：拿整段比时段
# 消息：99.5% 是整段的
# 换："B"
# 成："A"

# 错因：次数少就什么也不定
# 消息：七月的班表等不了一年
# 换："B"
# 成："C"

# 错因：取平均求稳
# 消息：没有回测过的掺法
# 换："B"
# 成："D"

# %% [markdown] tags=["instructor", "given"]
"""
时间：4 分钟
答案：B
会答错成：C，因为样本少听着严谨；问他七月一日照哪一份排
会答错成：A，因为没有换到同一行
反问：供应商的话里，哪一句是真的，哪一句没有用？
来不及：投票代替作答
"""

# %% [markdown]
"""
## 4　差几成，值几个人：来电量与时长

要几个人，看的是来电量乘处理时长。来电量天天有人对，时长呢？
报修的知识库 4 月 28 日改版，每通的时长跟着变了。先看图。
"""

# %% tags=["hide"]
# 画图：报修每天的平均处理时长，实际与预测
ax = forecast.accuracy(seconds["实际"], seconds["预测"]).plot()
ax.set(ylabel="平均处理时长（秒）", ylim=(0, 350))
ax.set_title("4 月 28 日起时长变长，预测三周以后才跟上\n（报修，每天，按接起量加权）", linespacing=1.6);

# %%
guess(
    "heads",
    "明早 09:30 该有 30 人在线。来电量一通不差，时长报 257 秒、实际 293 秒，会少排几人？",
    options=["一个不少", "1 人", "4 人", "10 人"],
)

# %%
plans = {"供应商六月的错": (142, 293), "模型六月的错": (167, 293), "时长没跟上": (172, 257)}
cost = erlang.cost_of_error(172, 293, plans, patience=109)
cost.plot()
cost

# %% [markdown] reading="heads" actual="'4 人'"
"""
明早 09:30 该有 30 人在线：172 通、293 秒，来电的人平均等 109 秒就挂（第 5 课估）。
来电量一通不差，时长少报一成二，少排 4 人，服务水平只有 64%。把供应商六月的错（少报 [[17%|1 - 142 / 172]]）搬到这一格，是少排 5 人；模型六月的错只值 1 人。
所以「预测准确率」只报来电量，话只说了一半：从 4 月 28 日起三周，时长实际平均 [[297 秒|slow['实际'].mean()]]，预测还是 [[259 秒|slow['预测'].mean()]]，少报 [[13%|1 - slow['预测'].mean() / slow['实际'].mean()]]，月报上一个字也没有。
头一周就看得出来：头七天里 [[7 天|((slow['预测'] / slow['实际']).iloc[:7] < 0.9).sum()]]都少报一成以上。时长每周对一次，连着两周差 [[5%|给定]] 就改（教学约定），改版这样说得出名字的当周就改。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：9 分钟
投票：heads
答案：C。4 人，30 人只排了 26 人。
会答错成：A，因为来电量没有错；人数看的是来电量乘时长
会答错成：D，因为把一成二想成了三分之一
反问：你们的时长预测是谁定的，上一次改是哪一天？
来不及：不看图，直接投票
"""

# %% [markdown] tags=["given"]
"""
### 练习 3　时长怎样平均

改版后的一天抽三个时段：09:30 接起 120 通、平均 300 秒；14:00 接起 90 通、平均 285 秒；凌晨 00:30 接起 4 通、平均 480 秒。
这三个时段合起来平均几秒？保留一位小数。

<details><summary>提示 1</summary>一通电话一票：各时段的通数乘秒数，加起来，除以总通数。</details>
"""

# %% [markdown] excel="ex-aht" value=297.1
"""
通数写在 A1:A3，秒数写在 B1:B3，另找一格写 `=SUMPRODUCT(A1:A3,B1:B3)/SUM(A1:A3)`。
"""

# %% exercise="ex-aht" home=true
aht = (120 * 300 + 90 * 285 + 4 * 480) / ____
### BEGIN SOLUTION
aht = (120 * 300 + 90 * 285 + 4 * 480) / (120 + 90 + 4)
### END SOLUTION

# %% check="ex-aht"
expect(
    aht,
    (120 * 300 + 90 * 285 + 4 * 480) / 214,
    what="平均处理时长",
    unit="秒",
    tol=0.001,
    mistakes=[
        ((300 + 285 + 480) / 3, "三个时段一样重了：凌晨 4 通顶了 120 通。"),
        ((120 * 300 + 90 * 285 + 4 * 480) / 3, "你除以了时段数，要除以总通数。"),
        ((120 * 300 + 90 * 285) / 210, "凌晨的 4 通也是电话，不能丢。"),
    ],
    hint="分母是 120 + 90 + 4。",
)

# %% [markdown] explain="ex-aht"
"""
[[297.1 秒|aht:.1f]]。三个数直接平均是 [[355 秒|(300 + 285 + 480) / 3]]，照它排，白天要多排近两成的人。
"""

# %% mistakes="ex-aht"
# 错因：三个时段直接平均
# 消息：三个时段一样重了
# 换：(120 * 300 + 90 * 285 + 4 * 480) / (120 + 90 + 4)
# 成：(300 + 285 + 480) / 3

# 错因：除以了时段数
# 消息：你除以了时段数
# 换：(120 + 90 + 4)
# 成：3

# %% [markdown] tags=["instructor"]
"""
时间：0 分钟
课后做。
"""

# %% [markdown]
"""
## 5　带回去：自己的文件，Excel 里来，Excel 里去

把自己的时段报表放在笔记本旁边，换文件名与日期：前面的日子用来预测，后面四周用来对账。
`FOUR_WEEKS` 是要报的四周，`WEEK` 是一周，都已经换成了时段数，照写就行。
这里用四周同期平均，先知道不花钱的那一份准到几成。
"""

# %%
mine = forecast.half_hours(read_table("文件/话务平台-十七周时段报表.xlsx", kind="intervals"))
made = forecast.same_weekday_mean(mine[:"2025-06-01"], FOUR_WEEKS, WEEK)
own = forecast.accuracy(mine["2025-06-02":], made.predicted)
write_excel("预测对账.xlsx", 逐日=own.page(), overwrite=True)
print(own)

# %% [markdown] tags=["instructor", "given"]
"""
时间：4 分钟
打开「预测对账.xlsx」，改一天的预测，看合计行跟着变。
"""

# %% [markdown]
"""
「预测对账.xlsx」一天一行，差与百分比都是活的公式；合计行的误差率是偏差，绝对误差率是按天的 WAPE。把「预测」一列换成自己报上去的数，就是自己的月报。
给老板的一句话：「六月报修，四周同期平均按时段准 [[80%|own.accuracy_rate]]，总量少报 [[19%|-own.bias]]。」粒度与偏差写在一句里，谁也拿不走半句。

## 小结

回总监：「他没有说谎，99.5% 是整段的；同一格比，我们的模型 [[4 次|contest.wins]]都更准，七月不换。真要补的是时长，改版那三周少报了一成多，一个时段少排 [[4 个|-cost.table.loc['时长没跟上', '比该排的']]]人，以后每周对一次。」
总监要换，不换；他问预测准不准，问对了。供应商学进夏天、同一格多数起点胜过模型，再换。

速查：准确率先问粒度：整段 99.5% 与时段 [[87%|seen.table.loc['每个时段', '供应商准确率']]] 可以是同一张表；再问偏差，报多为正，报少为负。
速查：比方法要同一粒度、几个起点、只用起点以前的数；先胜过照抄上周，再谈别的。一次预测的四周只算一次。
速查：来电量与时长一样要对账：差一成，九点半就少三四个人。
"""

# %% [markdown] tags=["instructor"]
"""
时间：2 分钟
请一位扮供应商，一位扮排班师，只许问三个问题：哪个粒度、和谁比、时长呢。
"""
