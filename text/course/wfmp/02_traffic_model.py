# %% [markdown] minutes=60 topics=["wfmp.2.workload", "wfmp.3.traffic_model"] tags=["given"]
"""
# 上周少报了一成，以后每天加一成吗？

2025-07-07，周一 08:40，排班会。上周（06-30 到 07-06）咨询队列预测 25,910 通，实际来了 28,946 通，少报了一成。

主管说了两件事。第一件：「从今天起，你的预测每天加一成。」
第二件：「周一早上又接不起来，班组长都怪预测报少了。我看不像，你查一查。」

你要在 09:00 以前答复：加不加？周一早上，是不是预测的错？

学完你能：

1. 把平台导出的话务表洗干净，说出每一行是怎样处理的；
2. 挑出不平常的日子，用基线、月、星期、时段、活动五个数连乘，报出每个时段的来电；
3. 对账时找出误差集中在哪几天，并用另外的日子检验改法有没有用；
4. 看一幅图，说清一个时段从预测到接起要经过哪几环。
"""

# %% [markdown] warmup=true tags=["given"]
"""
## 先想一想

1. 排班管理岗在哪一个运营过程？
   答：预测排班过程。
2. 4 月 21 日故障的五个时段，20 秒接起率都是 100%，为什么不该发奖？
   答：电话打不进来，没有进分母；来电只有平常的百分之几。
3. 那五个时段要不要留在预测的历史里？
   答：不要。先做标记，再算平常的日子。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：4 分钟
先请每人在群里写「加」或「不加」，各写一个理由，第 3 节结束时回头看。
"""

# %% tags=["setup"]
import pandas as pd

from ccomlib import (
    centre,
    charts,
    expect,
    guess,
    read_table,
    style,
    traffic,
    use_chinese,
    views,
    write_excel,
)
from ccomlib.io import Sheet

use_chinese()
hub = centre.open_centre(seed=2025)
history = hub.calls_interval.query("队列 == '咨询'")
came = hub.calls_interval_next.query("队列 == '咨询'")
daily = hub.calls_daily.query("队列 == '咨询'")


def ratio(model, first, last):
    """平常的日子里，实际是模型的几倍。"""
    rows = views.plain_days(views.between(history, first, last))
    return rows["呼入量"].sum() / model.predict(rows["日期"].unique())["预测量"].sum()


# %% [markdown]
"""
## 1　先洗：哪些行不能用

预测从历史来。下面是平台导出的咨询队列最近 [[8 周|给定]]，一字未动。`traffic.clean` 交回两样：能用的表，和逐类的清洗记录。
"""

# %%
cleaning = traffic.clean(hub.calls_export)
cleaning

# %% [markdown]
"""
空值、横杠、负数都是「不知道」，删去当缺失，不填 0；合计行要先拿掉，否则一行就是 [[202,898 通|float(hub.calls_export['呼入量'].iloc[-1])]]。
重复的 12 行各留一行。还有 17 个时段在导出表里根本没有行，只能靠日历对出来。
最后 12 处「疑似」只做标记：偏低的 3 处都在 5 月 5 日（劳动节），偏高的多在 [[618|给定]] 大促，数写得没错，是日子不平常。

还有一样清洗看不出来：**呼入量数的是电话**。等不及挂断的人马上再打，一位客户就数成两通。
自己的中心要先按号码去重，例如同一号码 [[30 分钟|给定]]内只算一次（教学约定）。
这家虚拟中心里挂断的人不再打来，所以不用去重。

术语：清洗：把导出表里的合计行、空值、重复行等处理掉，并逐行记下怎样处理。
术语：重拨：没有接通的客户很快再打一次；不去重，来电会报多。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：6 分钟
投票：导出表里一个时段的呼入量是空的，怎样处理？
- A. 填 0，没有记录就是没有来电
- B. 填前后两个时段的平均
- C. 当作缺失，记下来，不用它
- D. 这一整天都删掉
答案：C。空值是「不知道」；填了数，后面没有人记得它是填的
会答错成：A，因为表上看着像没有来电
反问：你们平台导出的表，最后一行有没有合计？上次是谁发现的？
来不及：只念清洗记录的合计行与空值两类
"""

# %% [markdown]
"""
## 2　再挑日子，然后五个数连乘

建模用半年，话务表已经洗过，排班师贴好了「节假日」「事件」两列，下图先看每天来多少。
有标记的日子先拿出来，单独算系数；余下的才是「平常」。
拿不拿出来，看有没有一件说得出名字、平常没有的事。只因为低就删，模型好看了，下次照样来。

接着把「来多少」拆成五个能分别查证的数：

**预测量 = 基线 × 月系数 × 星期系数 × 时段占比 × 活动系数**

半年里没有 7 月，月系数从两年的日数据来。

术语：话务模型：把一个时段的来电拆成基线与几个系数的连乘，每个数都能问凭哪几天。
术语：基线（通）：平常的一天来多少通，各系数都在平常水平的那一天。
术语：系数（倍）：这一天是平常的几倍，[[1|给定]] 就是平常。
"""

# %% tags=["hide"]
# 画图：半年里每天的来电，哪些日子不平常
day = history.groupby("日期").agg(
    呼入量=("呼入量", "sum"), 节假日=("节假日", "max"), 事件=("事件", "max")
)
special = day[(day["节假日"] != "") | (day["事件"] != "")]
ax = style.new_axes(figsize=(8.2, 3.6))
ax.plot(day.index, day["呼入量"], color=style.COLOURS["main"], lw=1.2, label="每天")
ax.plot(
    special.index, special["呼入量"], "o", color=style.COLOURS["bad"], ms=5, label="节假日或有事件"
)
ax.set(ylabel="呼入量（通/天）", xlabel="2025 年的日期")
ax.set_ylim(0, 1.08 * day["呼入量"].max())
style.label_dates(ax, day.index)
ax.legend(loc="upper left", ncols=2)
charts.finding(ax, f"{len(day)} 天里有 {len(special)} 天不平常", "咨询队列每天的呼入量")

# %%
months = traffic.month_coefficients(daily)
model = traffic.build_model(history, by_month=months, holiday_as=None)
ax = model.plot_coefficients()

# %% [markdown]
"""
竖线是 1，就是平常。周一 1.26，周日 0.75；7 月 1.06，月份后面的「给定」是说它来自两年的日表，不来自这半年。
系统故障 0.05 只说明那几个时段打不进来，报将来时不用它。
放假的日子跟**平常的同一个星期几**比：春节 [[0.40|model.holidays.loc['春节', '系数']]]，是平常的四成；劳动节 0.79，少两成。
调休上班 0.99，跟平常的周三比（教学约定），差不多就是一个工作日。
括号里的天数要一起看：周一出自 [[20 天|model.weekdays.loc['周一', '天数']]]，促销短信的 1.50 只出自 1 天，一次的数不能当准数。

<details><summary>选读：春节每年不在同一天，怎样对</summary>

2024 年放 02-10 到 02-17，2025 年放 01-28 到 02-04。所以今年的 2 月 10 日不能照抄去年的 2 月 10 日，要按节前节后第几天对齐。
这家中心节前一周（01-20 到 01-27）是平常的 [[1.00 倍|ratio(model, '2025-01-20', '2025-01-27')]]，节后一周（02-05 到 02-12）是 [[0.97 倍|ratio(model, '2025-02-05', '2025-02-12')]]，不用另加系数；自己的中心先查再说。

</details>
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：10 分钟
投票：05-22（周四）比平常少一成，问遍现场没有任何事。进不进平常的日子？
- A. 进，没有原因的高低就是平常的起伏
- B. 不进，低得明显
- C. 进，但先调到平均再用
- D. 先不进，下个月再看
答案：A。删掉它，模型看上去更准，下次遇到照样措手不及
会答错成：B，因为不想让一天拉低平均
反问：要是事后查明那天中继线断了一半呢？那时它有了名字，再拿出来。
来不及：不念图下的文字，只指着周一与促销短信两个点问「凭几天」
有人问为什么放假的日子不跟周日比：跟谁比都行，只要写明；这里跟同一个星期几比，1 就是平常。
"""

# %% [markdown]
"""
### 练习 1　拿计算器走一遍

7 月 8 日（周二，没有活动）10:00 这个时段，咨询会来多少通？四个数连乘，不取整。
基线 [[3,504 通|model.baseline]]，7 月 [[1.058|model.months.loc[7, '系数']]]，周二 [[1.118|model.weekdays.loc['周二', '系数']]]，
10:00 的占比：工作日 [[0.0453|model.shares.loc['10:00', '工作日']]]，周末 [[0.0390|model.shares.loc['10:00', '周末']]]。

横线处填哪个月（数）、星期几、哪一种日子（都加英文引号）。照着上面的数按计算器也行，误差在 1% 以内算对。

<details><summary>提示 1</summary>月份填 7；占比两种日子叫 "工作日" 与 "周末"。</details>
<details><summary>提示 2</summary>没有活动，活动系数是 1，不用写。</details>
"""

# %% [markdown] excel="ex-chain" value=187.7
"""
在空的单元格里写 `=3504*1.058*1.118*0.0453`。
"""

# %% exercise="ex-chain"
day_total = model.baseline * model.months.loc[____, "系数"]
day_total = day_total * model.weekdays.loc[____, "系数"]
calls = day_total * model.shares.loc["10:00", ____]
### BEGIN SOLUTION
day_total = model.baseline * model.months.loc[7, "系数"]
day_total = day_total * model.weekdays.loc["周二", "系数"]
calls = day_total * model.shares.loc["10:00", "工作日"]
### END SOLUTION

# %% check="ex-chain"
base, month, weekday = (
    model.baseline,
    model.months.loc[7, "系数"],
    model.weekdays.loc["周二", "系数"],
)
share = model.shares.loc["10:00"]
expect(
    calls,
    base * month * weekday * share["工作日"],
    what="7 月 8 日 10:00 的来电量",
    unit="通",
    tol=0.01,
    mistakes=[
        (base * weekday * share["工作日"], "漏了月系数：7 月比全年平均高。"),
        (base * month * weekday * share["周末"], "占比取成了周末的，周二是工作日。"),
        (base * month * weekday, "这是全天的量，还要乘 10:00 这个时段的占比。"),
        (base * month * share["工作日"], "漏了星期系数：周二不是平均的一天。"),
    ],
    hint="基线、月、星期、时段占比，四个数连乘。",
)

# %% [markdown] explain="ex-chain"
"""
约 [[188 通|calls]]。每个因子都能单独问「凭什么」：月系数凭两年日数据，星期系数凭 [[22 个|model.weekdays.loc['周二', '天数']]]周二，占比凭所有平常的工作日。
"""

# %% mistakes="ex-chain"
# 错因：漏了月系数
# 消息：漏了月系数
calls = model.baseline * model.weekdays.loc["周二", "系数"] * model.shares.loc["10:00", "工作日"]

# 错因：占比用了周末的
# 消息：周二是工作日
# 换："10:00", "工作日"
# 成："10:00", "周末"

# 错因：停在全天的量
# 消息：这是全天的量
calls = day_total

# %% [markdown] tags=["instructor", "given"]
"""
时间：6 分钟
答案：188 通上下
会答错成：162 通，因为占比取了周末那一列
会答错成：177 通，因为漏了月系数
反问：那天要是再发一条促销短信，改哪一个数？凭几天？
来不及：大家按计算器，只填占比一个空
"""

# %% [markdown]
"""
## 3　对账：少报的一成在哪几天

上周的预测就是这个模型报的。一周少报一成，先看是不是天天少一成。
"""

# %%
guess(
    "days",
    "少报的一成，出在哪几天？",
    options=["七天差不多", "周二到周四三天", "周末两天", "周一一天"],
)

# %% tags=["hide"]
# 对账：上周每天的实际是预测的几倍
plan = model.predict("2025-06-30", "2025-07-27").groupby("日期")["预测量"].sum()
real = views.daily(came)["呼入量"]
week = (real / plan)[:"2025-07-06"]
names = [f"{d:%m-%d}\n{views.WEEKDAYS[d.weekday()]}" for d in week.index]
ax = style.new_axes(figsize=(8, 3.6))
ax.axhline(1, color=style.COLOURS["grey"], lw=1.2)
colours = [style.COLOURS["bad"] if one > 1.1 else style.COLOURS["main"] for one in week]
ax.vlines(range(7), 1, week, color=colours, lw=2)
ax.scatter(range(7), week, color=colours, s=45, zorder=3)
for x, one in enumerate(week):
    ax.annotate(
        f"{one:.2f}", (x, one), (0, 8 if one >= 1 else -17), textcoords="offset points", ha="center"
    )
ax.set_xticks(range(7), names)
ax.set(ylim=(0.85, 1.36), ylabel="实际 ÷ 预测（倍，1 = 报准）")
charts.finding(ax, "多来的都在 07-01 到 07-03 三天，别的日子报得准", "咨询队列，上周每天")
total = week.index
print(
    f"一周预测 {plan[total].sum():,.0f} 通，实际 {real[total].sum():,.0f} 通，少报了 {1 - plan[total].sum() / real[total].sum():.1%}"
)

# %% [markdown]
"""
一周里的高低，也可能是碰巧。下一幅图翻半年的历史，按几号排开；图下的一行再往前翻一年半。
"""

# %% tags=["hide"]
# 画图：半年历史里，每月几号来得比模型多
used = history[~history["日期"].isin(model.excluded["日期"])]
back = (
    used.groupby("日期")["呼入量"].sum()
    / model.predict(used["日期"].unique()).groupby("日期")["预测量"].sum()
)
number = back.index.day
early = number <= 3
ax = style.new_axes(figsize=(8, 3.8))
ax.axhline(1, color=style.COLOURS["grey"], lw=1.2)
ax.scatter(number[~early], back[~early], s=18, color=style.COLOURS["main"], label="4 号到月底")
ax.scatter(number[early], back[early], s=36, color=style.COLOURS["bad"], label="1 到 3 号")
ax.set(
    xlabel="几号",
    ylabel="实际 ÷ 模型（倍，1 = 报准）",
    xticks=[1, 5, 10, 15, 20, 25, 30],
    ylim=(0.8, 1.36),
)
ax.legend(loc="upper right", ncols=2)
charts.finding(
    ax,
    f"{early.sum()} 个月初的日子，最少的一天也是模型的 {back[early].min():.2f} 倍",
    "一月到六月的平常日子，一点是一天",
)
# 再往前：两年日表里更早的月初，是同一个月别的日子的几倍（先除去星期的高低）
older = views.plain_days(daily[daily["日期"] < "2025-01-01"]).set_index("日期")
level = older["呼入量"] / older["星期"].map(model.weekdays["系数"])
month = level.index.to_period("M")
ordinary = level[level.index.day > 3].groupby(month[level.index.day > 3]).mean()
past = (level / ordinary.reindex(month).to_numpy())[level.index.day <= 3]
print(
    f"2023 年 7 月到 2024 年 12 月，{len(past)} 个月初的日子：平均是平常的 {past.mean():.2f} 倍，最少 {past.min():.2f}，最多 {past.max():.2f}"
)

# %% [markdown] reading="days" actual="'周二到周四三天' if (week > 1.1).tolist() == [False, True, True, True, False, False, False] else '别的'"
"""
7 月 1、2、3 日连着三天，实际合起来是预测的 [[1.25 倍|week.iloc[1:4].mean()]]，其余四天在 [[0.95|week.drop(week.index[1:4]).min()]] 到 [[1.05|week.drop(week.index[1:4]).max()]] 之间。
天天加一成，治不了这三天，别的日子还要多备人。

半年里平常的 1、2、3 号有 9 天，每一天都比模型多，最少的也是 1.10 倍；别的 [[139 天|(~early).sum()]]在 1 的上下，最多的一天 [[1.11 倍|back[~early].max()]]。再早的 44 天，也没有一天不多。
猜想是上周的三天引出来的，这 [[53 天|len(past) + int(early.sum())]]没有参与，所以算得上旁证。一问客服运营：每月 1 到 3 号系统自动发保养提醒短信，请客户打咨询，没有人告诉过排班师，「事件」一列也没有写。
给它一个名字「月初短信」，它就有了自己的系数。

改法有没有用，不能拿想出它的那一周来打分。下面用**别的日子**：只拿三月底以前的数据建模（月系数也只算到三月底），报四月、六月的 4 个月初；再看 7 月 7 日以后的三周。
"""

# %% tags=["hide"]
# 打分：都用没有参与提出改法的日子
first_days = (history["日期"].dt.day <= 3) & (history["节假日"] == "") & (history["事件"] == "")
named = history.assign(事件=history["事件"].mask(first_days, "月初短信"))
better = traffic.build_model(named, by_month=months, holiday_as=None)
grown = traffic.build_model(named, by_month=months, holiday_as=None, trend=True)
starts = named.loc[first_days & (named["日期"] >= "2025-04-01"), "日期"].unique()
note = pd.DataFrame({"日期": starts, "事件": "月初短信"})
held = traffic.month_coefficients(daily[daily["日期"] < "2025-04-01"])
old, new = (
    traffic.build_model(t[t["日期"] < "2025-04-01"], by_month=held, holiday_as=None)
    for t in (history, named)
)
spring = history[history["日期"].isin(starts)].groupby("日期")["呼入量"].sum()
later = real["2025-07-07":]


def line(which, how, predicted, actual, factor=1):
    """一种做法在一些日子上：合计差几成，最差的一天差几成。"""
    by_day = factor * predicted.groupby("日期")["预测量"].sum()
    total, worst = by_day.sum() / actual.sum() - 1, (by_day / actual - 1).abs().max()
    said = f"{'报多' if total > 0 else '报少'} {abs(total):.1%}"
    return which, how, by_day.sum(), actual.sum(), said, f"{worst:.0%}"


one, two = f"四月、六月的月初，{len(spring)} 天", f"07-07 到 07-27，{len(later)} 天"
rows = [
    line(one, "照旧", old.predict(starts), spring),
    line(one, "给月初短信系数", new.predict(starts, calendar=note), spring),
    line(two, "照旧", model.predict(later.index), later),
    line(two, "每天加一成", model.predict(later.index), later, 1.1),
    line(two, "给月初短信系数", better.predict(later.index), later),
    line(two, "给月初短信系数，又算增长", grown.predict(later.index), later),
]
score = pd.DataFrame(
    rows, columns=["哪些日子", "做法", "预测量", "实际来电量", "合计", "最差的一天差"]
)
score.set_index("哪些日子")

# %% [markdown]
"""
月初那 4 天，照旧报少 16.9%，有了名字只差 1.2%：这个系数在它没有见过的日子上也管用。只有 4 天，一天天看最差的仍差 9%；我们想改法时也已经看过这 4 天的图，真正的考试是 8 月 1 到 3 号。
7 月 7 日以后的三周没有月初，照旧只差 0.5%，**每天加一成就报多 9.5%**，等于天天为三百多通没有的电话备人。

最后一行把一年 [[5%|grown.growth]] 的增长也算上，三周只差 0.3%，8 月就用它。

8 月乘几？半年的 9 天算出 [[1.21|better.events.loc['月初短信', '系数']]]，更早的 44 天平均 [[1.26|past.mean()]]。日子多的更可信，[[53 天|len(past) + int(early.sum())]]合起来是 [[1.25|(past.sum() + 9 * better.events.loc['月初短信', '系数']) / (len(past) + 9)]]，就用它；一天天看会在 1.10 到 1.37 之间，这个起伏留给当天应对。

<details><summary>选读：照旧的那一行为什么也准</summary>

月初拿出来，基线低了，三周报少 1.8%。照旧没有报少，是混进来的月初补上了没有算的增长，两个错碰巧抵消，不会一直这样。

</details>

术语：预测偏差（%）：预测合计比实际合计多或少几成；先看它，再看差在哪几天。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：12 分钟
投票：days
答案：B。三天都是 1.25 倍上下，其余四天在 0.95 到 1.05 之间
会答错成：A，因为主管说的是「一成」，听上去像每天都少
会答错成：D，因为周一早上最乱；周一报得准，第 4 节再看
反问：7 月 1 到 3 号在打分表里吗？为什么不能在？
来不及：打分表只讲月初的两行与「每天加一成」一行；选读不讲
先让大家盯着第一幅图猜原因，收三五个答案再放第二幅。有人会说天热：那么 4、5、6 日为什么不高？
埋下的真值：短信使 1 到 3 号的咨询乘 1.255，年增长 6.1%。半年的 9 天估出 1.21 与 5%，都低一点；53 天合起来 1.25，就近了。
"""

# %% [markdown] tags=["given"]
"""
### 练习 2　怎样回主管的第一件事

主管：「那以后每天加一成，到底加不加？」填一个字母。

- A. 加，上周实打实少报了一成，多备一点稳
- B. 先加半成，看两周再定，这样两头都照顾到
- C. 不加，上周是碰巧，三天说明不了什么
- D. 1 到 3 号乘 1.25 报，其余的日子不加

<details><summary>提示 1</summary>看打分表里「每天加一成」那一行。</details>
<details><summary>提示 2</summary>月初的日子一共看了几天，有几天不多？</details>
"""

# %% exercise="ex-reply"
reply = ____
### BEGIN SOLUTION
reply = "D"
### END SOLUTION

# %% check="ex-reply"
expect(
    reply,
    "D",
    what="给主管的答复",
    mistakes=[
        ("A", "没有月初的三周，加一成就报多 9.5%；月初那三天，一成又不够。"),
        ("B", "半成也是加在不用加的日子上，月初还是接不住。"),
        ("C", "半年里 9 个月初的日子天天偏多，还有发短信这个原因，不像碰巧。"),
    ],
    hint="少报的是哪几天，就改哪几天；填一个字母，加英文引号。",
)

# %% [markdown] explain="ex-reply" tags=["given"]
"""
换成打分表最后一行的模型：8 月 1 到 3 号乘 1.25，别的日子不另加。再请客服运营把每次发短信的日期和条数写进日历。
什么会改变它：短信改了日子或人数，系数跟着改；每过一个月初，1.25 重算一次。
"""

# %% mistakes="ex-reply"
# 错因：把三天的事摊到每一天
# 消息：加一成就报多
reply = "A"

# 错因：折中
# 消息：也是加在不用加的日子上
reply = "B"

# 错因：以为三天是碰巧
# 消息：不像碰巧
reply = "C"

# %% [markdown] tags=["instructor", "given"]
"""
时间：6 分钟
答案：D
会答错成：B，因为折中听上去稳；问他月初那三天接不接得住
会答错成：C，因为只看见上周的三天，没有看历史上的 53 天
反问：订单组长说「我们月初也忙」，要不要照样乘 1.25？先查订单自己的月初，短信请客户打的是咨询。
来不及：投票代替作答
"""

# %% [markdown]
"""
## 4　周一早上，是预测的错吗

主管的第二件事。周一 08:30 到 11:30，四个队列合起来，二十几个平常的周一，把当时报的数与实际来的数放在一起。
"""

# %%
guess(
    "monday",
    "周一 08:30 到 11:30，实际来电是预测的百分之几？",
    options=["100% 上下", "110% 上下", "120% 上下", "130% 上下"],
)

# %% tags=["hide"]
# 画图：周一与别的工作日，报了多少、来了多少
both = hub.plan_interval.merge(
    pd.concat([hub.calls_interval, hub.calls_interval_next]), on=["日期", "时段", "队列"]
)
both = views.plain_days(both)
number = both["日期"].dt.day_of_week


def profile(rows):
    """一天里每个时段的平均。"""
    return rows.groupby("时段")[["预测量", "呼入量", "20秒接起量"]].sum() / rows["日期"].nunique()


monday, others = profile(both[number == 0]), profile(both[number.between(1, 4)])
am, pm = monday["08:30":"11:00"].sum(), others["08:30":"11:00"].sum()
x = range(len(monday))
mornings = both[(number == 0) & both["时段"].between("08:30", "11:00")]
mornings = mornings.groupby("日期")[["预测量", "呼入量", "20秒接起量"]].sum()
enough = mornings[mornings["呼入量"] <= mornings["预测量"]]
ax = style.new_axes(figsize=(8.2, 3.8))
ax.axvspan(16.5, 22.5, color="#EFEFEF")
ax.plot(x, monday["呼入量"], color=style.COLOURS["main"], label="周一 实际")
ax.plot(x, monday["预测量"], color=style.COLOURS["bad"], ls="--", label="周一 预测")
ax.plot(x, others["呼入量"], color=style.COLOURS["grey"], lw=1.2, label="周二到周五 实际")
charts.slot_axis(ax, monday.index)
ax.set(ylabel="呼入量（通/时段）", xlabel="时段（开始时刻）", ylim=(0, 520))
charts.legend_outside(ax)
charts.finding(
    ax,
    f"周一上午来的是预测的 {am['呼入量'] / am['预测量']:.0%}，两条线叠在一起",
    f"四个队列合计，{both[number == 0]['日期'].nunique()} 个平常的周一，灰底是 08:30 到 11:30",
)

# %% [markdown] reading="monday" actual="'100% 上下' if round(am['呼入量'] / am['预测量'], 2) == 1 else '别的'"
"""
100%。周一上午比周二到周五多来 [[17%|am['呼入量'] / pm['呼入量'] - 1]]，预测都报到了。
可是 20 秒接起率，周一上午 [[65.4%|am['20秒接起量'] / am['呼入量']]]，周二到周五的上午 [[84.1%|pm['20秒接起量'] / pm['呼入量']]]。
平均会盖住个别的日子，所以再一个个看：[[24 个|len(mornings)]]周一里，来得不比预测多的有 [[13 个|len(enough)]]，它们的接起率也只有 [[68%|enough['20秒接起量'].sum() / enough['呼入量'].sum()]]。
多来得最多的是 3 月 3 日，多 [[15%|(mornings['呼入量'] / mornings['预测量']).max() - 1]]，正是月初短信的日子。
主管说对了：周一早上接不起来，不是预测报少了。
"""

# %% tags=["hide"]
# 画图：从预测到接起的链
steps = [
    ("预测来电", "第 2 课", "来的是报的 100%"),
    ("需要几人", "第 5 课", "？"),
    ("班上几人", "第 7 课", "？"),
    ("计划在线", "第 9 课", "？"),
    ("实际在线", "第 9 课", "？"),
    ("20 秒接起", "结果", f"{am['20秒接起量'] / am['呼入量']:.1%}"),
]
between = [
    "处理时长、\n目标",
    "班次、\n人手",
    "减：用餐、小休、\n培训、其他",
    "减：缺勤、\n会议、错位",
    "排队、\n耐心",
]
ax = style.new_axes(figsize=(8.4, 2.7))
for x, (name, lesson, found) in enumerate(steps):
    colour = {0: style.COLOURS["good"], 5: style.COLOURS["bad"]}.get(x, "#8A8A8A")
    ax.text(x, 0, name, ha="center", va="center", color="white", fontsize=11, bbox={"boxstyle": "round,pad=0.45", "facecolor": colour, "edgecolor": "none"})  # fmt: skip
    ax.text(x, -0.5, lesson, ha="center", va="center", fontsize=10.5)
    ax.text(
        x,
        -0.85,
        found,
        ha="center",
        va="center",
        fontsize=10.5,
        color=colour if x in (0, 5) else "black",
    )
for x, what in enumerate(between):
    ax.annotate("", (x + 0.62, 0), (x + 0.4, 0), arrowprops={"arrowstyle": "->", "color": "black"})
    ax.text(x + 0.5, 0.5, what, ha="center", va="center", fontsize=9.5, color=style.COLOURS["grey"])
ax.set(xlim=(-0.55, 5.55), ylim=(-1.1, 0.8))
ax.axis("off")
charts.finding(
    ax,
    f"周一上午的六环：第一环没有漏，最后只有 {am['20秒接起量'] / am['呼入量']:.1%} 在 20 秒内接起",
    "周一 08:30 到 11:30，四个队列",
)

# %% [markdown]
"""
一个时段从预测到接起要经过六环，漏在哪一环，办法就不同：报少了改预测，算少了改需求，排少了改班表，排了人不在线就去查人去了哪里。
这一课查完了第一环，结果写在图上绿色的那一格。后面的课一环一环往下查，第 9 课找到漏的地方。

术语：人数的链：班上人数，减去用餐、小休、培训与其他，是计划在线；再减去缺勤、会议与错位，是实际在线。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：8 分钟
投票：monday
答案：A。二十几个平常的周一，实际是预测的 100%
会答错成：C，因为周一上午比别的日子忙，忙和报少是两件事；多来的近两成预测里已经有了
反问：一环没有漏，能不能说下一环也没有漏？
来不及：只看链的图，念六个名字
不要说出答案是哪一环，留到第 9 课。
"""

# %% [markdown]
"""
### 练习 3　换一个队列：报修

7 月 7 到 13 日那一周，报修队列会来多少通？用报修自己的历史与月系数建模，填三个空。
`hub.calls_interval` 是时段表，`hub.calls_daily` 是两年的日表。

<details><summary>提示 1</summary>两张表都要筛成报修；队列的名字加英文引号。</details>
<details><summary>提示 2</summary>月系数要用报修自己的日表，它叫 `repair_days`。</details>
"""

# %% [markdown] excel="ex-repair" value="27406"
"""
没有模型时的粗算：去年同一周（2024-07-08 到 07-14）报修来了 [[25,855 通|hub.calls_daily.query("队列 == '报修' and '2024-07-08' <= 日期 <= '2024-07-14'")['呼入量'].sum()]]，
一年长 [[6%|给定]] 左右，写 `=25855*1.06`。这一周不挨着节假日，才可以这样算。误差在 3% 以内算对。
"""

# %% exercise="ex-repair" home=true
repair = hub.calls_interval[hub.calls_interval["队列"] == ____]
repair_days = hub.calls_daily[hub.calls_daily["队列"] == ____]
repair_model = traffic.build_model(repair, by_month=traffic.month_coefficients(____))
### BEGIN SOLUTION
repair = hub.calls_interval[hub.calls_interval["队列"] == "报修"]
repair_days = hub.calls_daily[hub.calls_daily["队列"] == "报修"]
repair_model = traffic.build_model(repair, by_month=traffic.month_coefficients(repair_days))
### END SOLUTION
repair_week = repair_model.predict("2025-07-07", "2025-07-13")["预测量"].sum()

# %% check="ex-repair"
fixed, by_day = (t[t["队列"] == "报修"] for t in (hub.calls_interval, hub.calls_daily))
choices = (traffic.month_coefficients(by_day), False, months)
weeks = [
    traffic.build_model(fixed, by_month=one).predict("2025-07-07", "2025-07-13")["预测量"].sum()
    for one in choices
]
expect(
    repair_week,
    weeks[0],
    what="报修 7 月 7–13 日合计",
    unit="通",
    tol=0.03,
    mistakes=[
        (weeks[1], "没有用月系数：7 月天热，报修和上半年不是一个量级。"),
        (weeks[2], "月系数用了咨询的：报修有自己的季节。"),
    ],
    hint="筛报修、求报修的月系数、建模、预测、求和。",
)

# %% [markdown] explain="ex-repair"
"""
约 [[27,514 通|weeks[0]]]；那一周实际来了 [[27,507 通|hub.calls_interval_next.query("队列 == '报修' and '2025-07-07' <= 日期 <= '2025-07-13'")['呼入量'].sum()]]。
不乘月系数只有 [[18,515 通|weeks[1]]]：报修的 7 月系数是 [[1.39|choices[0].loc[7, '系数']]]，上半年没有一个月这么高。
咨询漏了月系数只差几个百分点，报修漏了它，少报三分之一。
"""

# %% mistakes="ex-repair"
# 错因：没有用月系数
# 消息：没有用月系数
# 换：by_month=traffic.month_coefficients(repair_days)
# 成：by_month=False

# 错因：套用了咨询的月系数
# 消息：报修有自己的季节
# 换：month_coefficients(repair_days)
# 成：month_coefficients(daily)

# %% [markdown] tags=["instructor", "given"]
"""
时间：0 分钟
课后做。第二天开场问：你们哪个队列的月系数离 1 最远？
"""

# %% [markdown]
"""
## 5　带回去：自己的文件，Excel 里来，Excel 里去

练手的文件是平台导出的两周（06-16 到 06-29），没有「事件」一列，可是头一周有五天是 [[618|给定]] 大促。先补上这一列，再建模，存成 Excel。
"""

# %%
mine = read_table("文件/话务平台-时段报表.xlsx", kind="intervals")
mine.loc[mine["日期"] <= "2025-06-20", "事件"] = "618大促"
own = traffic.build_model(mine, by_month=False)
page = Sheet(own.shares.reset_index(), {"预测量": "{全天} * [工作日]"}, inputs={"全天": 4683})
write_excel("下周一的预测.xlsx", 周一=page, 系数=own, overwrite=True)

# %% [markdown]
"""
打开「下周一的预测.xlsx」：「预测量」一列是活的公式，右边「全天」先写了本课模型报的 7 月 14 日（周一）[[4,683 通|plan['2025-07-14']]]，换成自己的数，各时段跟着变。「系数」一页写着每个系数凭几天，周一只凭 [[1 天|own.weekdays.loc['周一', '天数']]]，当不了准数。
不补「事件」那一列，平常的一天会报成 [[4,007 通|traffic.build_model(mine.drop(columns='事件'), by_month=False).baseline]]；补上是 [[3,632 通|own.baseline]]，差出来的一成是大促。
换成自己的：导出至少八周，换掉文件名，把放假与有事件的日子写进「节假日」「事件」两列。历史不足一年就像这里一样写 `by_month=False`，先不乘月系数，报别的月份时说明这一点。
对账在 Excel 里也能做：一天一行，算实际 ÷ 预测，旁边加一列「几号」，按它排序，看哪几天总是一起高；星期几也这样排一遍。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：5 分钟
屏幕共享做一遍：先不写「事件」那一行，看一天的基线；再写上，看低了多少。
反问：你们的导出表里，谁来写「事件」这一列？
来不及：只演示存文件
"""

# %% [markdown] tags=["given"]
"""
## 小结

**决定**：不加一成；换成有「月初短信」与增长的模型，8 月 1 到 3 号的咨询乘 1.25，其余的日子不另加；短信的日期写进日历。

**回主管**：「上周少报的一成全在 1 到 3 号，是保养提醒短信，两年里平常的月初 53 天，天天偏多。月初给它系数，别的日子加一成会报多近一成。
周一早上您说对了，来的是报的 100%，预测没有漏，我往下一环查。」

**什么会改变它**：短信改日子、改人数；每过一个月初，系数重算；连着三周报少，就回头查增长。

速查：预测量 = 基线 × 月 × 星期 × 时段占比 × 活动；系数 1 是平常，节假日跟平常的同一个星期几比，括号里看凭几天。
速查：清洗认得出写错的数，认不出不平常的日子；日历要人来贴，春节按节前节后第几天对齐。
速查：误差先看集中在哪几天；改法用没有参与提出它的日子打分。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：3 分钟
回头看开场时群里的「加」与「不加」，问写「加」的人：现在怎样说服自己的主管？
"""
