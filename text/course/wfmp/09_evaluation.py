# %% [markdown] minutes=45 topics=["wfmp.2.evaluation"] tags=["given"]
"""
# 昨天的班，是排错了，还是人没来？

2025 年 7 月 1 日，周二，早会。昨天（6 月 30 日，周一）08:30 到 11:30，四个队列一共来了 2,725 通电话，20 秒内只接起 63%，383 个人没等到就挂了。

- 现场主管：「班排错了，早上根本没人。」
- 排班师：「班是够的，是人没来。」
- 总监：「别吵了，周一早上加 12 个人。」

会开到九点半，你要说出人少在哪一步，以及这 12 个人加不加。

学完你能：

1. 报服务水平时说清口径；
2. 从班上的人一步一步数到接电话的人，说出少在哪里；
3. 拿一样的日子比一样的日子，分清一天碰巧与每周都这样；
4. 知道遵守率查不出什么，状态日志查得出什么。
"""

# %% [markdown] warmup=true
"""
## 先想一想

1. 排班表上够人，为什么还可能不够人接电话？
   答：班上的人要吃饭、小休、上课、请假，真正在线的少得多（第 5 课）。
2. 均匀地少排一个人，忙的时段和闲的时段，哪个损失大？
   答：忙的时段；越接近满负荷，少一个人等得越久。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：2 分钟
点两个人答，不等全班。第二题答「一样」的，请他回想第 5 课那条人数与服务水平的曲线。
"""

# %% tags=["setup"]
import numpy as np
import pandas as pd

from ccomlib import (
    centre,
    erlang,
    evaluation,
    expect,
    guess,
    intraday,
    read_table,
    use_chinese,
    views,
    write_excel,
)

use_chinese()
hub = centre.open_centre(seed=2025)
calls = pd.concat([hub.calls_interval, hub.calls_interval_next])
# 端午前后三天与大促三天，不和平常的日子比
odd = pd.to_datetime(["2025-05-31", "2025-06-01", "2025-06-02", "2025-06-16", "2025-06-17", "2025-06-18"])
workdays = ["周一", "周二", "周三", "周四", "周五"]

# 昨天一天四个队列合起来：预测、需求、计划在线、实际在线、来电
plan = hub.plan_interval.assign(秒=lambda one: one["预测量"] * one["预测处理时长"])
plan = plan.groupby(["日期", "时段"])[["预测量", "需求人数", "秒"]].sum().reset_index()
plan["预测处理时长"] = plan.pop("秒") / plan["预测量"]
staff = plan.merge(hub.staff_interval, on=["日期", "时段"])
whole = views.one_day(calls, "2025-06-30")
monday = staff[(staff["日期"] == "2025-06-30") & staff["时段"].between("08:00", "12:30")]
monday = monday.merge(whole, left_on="时段", right_index=True)
monday = monday.rename(columns={"计划在线": "排班人数", "在线": "实际在岗"})
morning = whole.loc["08:30":"11:00"]

# 六个周一与同样六周的周二到周五，都是 08:30 到 11:30
early = staff[staff["日期"].between("2025-05-12", "2025-06-30") & ~staff["日期"].isin(odd)]
early = early[early["时段"].between("08:30", "11:00")]
early = early.merge(
    calls.groupby(["日期", "时段", "星期"])[["呼入量", "20秒接起量", "放弃量"]].sum().reset_index()
)
early["日子"] = early["星期"].map({"周一": "周一", **dict.fromkeys(workdays[1:], "周二到周五")})
fair = early.dropna(subset=["日子"]).groupby("日子").sum(numeric_only=True)
ratio = pd.DataFrame(
    {
        "来电比预测": fair["呼入量"] / fair["预测量"],
        "计划比需求": fair["计划在线"] / fair["需求人数"],
        "在线比计划": fair["在线"] / fair["计划在线"],
        "服务水平": fair["20秒接起量"] / fair["呼入量"],
        "放弃率": fair["放弃量"] / fair["呼入量"],
    }
)

# 六月平常工作日的员工日报，添上星期
june = hub.agent_day[
    hub.agent_day["日期"].between("2025-06-03", "2025-06-29") & ~hub.agent_day["日期"].isin(odd)
]
june = june.assign(星期=[views.WEEKDAYS[day.weekday()] for day in june["日期"]])
june = june[june["星期"].isin(workdays)]


# 4 月 21 日（周一）故障前的状态日志：只看 08:30 到 10:00 有会的三个组
def cut(table):
    table = table.assign(
        开始=table["开始"].clip(lower=pd.Timestamp("2025-04-21 08:00")),
        结束=table["结束"].clip(upper=pd.Timestamp("2025-04-21 10:00")),
    )
    return table[(table["结束"] > table["开始"]) & table["工号"].isin(members)]


teams = hub.agents.set_index("工号")["班组"]
started = hub.state_log[hub.state_log["开始"] < "2025-04-21 10:00"]
meeting_teams = started.loc[started["状态"] == "会议", "工号"].map(teams).unique()
members = [one for one in started["工号"].unique() if teams[one] in meeting_teams]
log = cut(hub.state_log)
log["状态"] = log["状态"].replace({"话后": "通话"})
arranged = cut(hub.state_plan)
published = arranged.assign(计划状态=arranged["计划状态"].replace({"会议": "在线"}))
as_published = intraday.state_log(log, published).adherence

# 开会的人若在线会怎样：逐格用爱尔兰 A，来电用预测量，耐心 109 秒（第 5 课估的）
cells = calls.merge(hub.plan_interval, on=["日期", "时段", "队列"]).merge(
    hub.staff_interval, on=["日期", "时段"]
)
cells = cells[
    cells["日期"].isin(early.loc[early["星期"] == "周一", "日期"])
    & cells["时段"].between("08:30", "11:00")
]
share = cells["在岗人数"] / cells.groupby(["日期", "时段"])["在岗人数"].transform("sum")


def mornings(back):
    heads = (cells["在线"] + back * cells["会议"]) * share
    found = erlang.performance(cells["预测量"], cells["预测处理时长"], heads, patience=109)
    weight = cells["预测量"]
    return np.average(found.service_level, weights=weight), np.average(
        found.abandonment, weights=weight
    )


now, moved = mornings(0), mornings(1)
mondays = early[early["星期"] == "周一"]
meeting_hours = mondays["会议"].sum() / 2 / mondays["日期"].nunique()
lost_calls = (now[1] - moved[1]) * mondays["预测量"].sum() / mondays["日期"].nunique()
wednesdays = hub.staff_interval[hub.staff_interval["日期"].dt.day_of_week == 2]
wednesdays = wednesdays[
    wednesdays["日期"].between("2025-05-12", "2025-06-30") & ~wednesdays["日期"].isin(odd)
]
offline = wednesdays[wednesdays["时段"].between("13:30", "16:00")].groupby("时段")["其他"]

# %% [markdown]
"""
## 1　先把「有多差」说成一个数

昨天四个队列全天来了 [[11,914 通|whole["呼入量"].sum():,.0f]]，20 秒内接起 [[9,301 通|whole["20秒接起量"].sum():,.0f]]。同一批电话，三个人能报出三个数：

| 怎样算 | 全天 |
|---|---|
| 20 秒内接起 ÷ 呼入量 | [[78.1%|whole["20秒接起量"].sum() / whole["呼入量"].sum()]] |
| 20 秒内接起 ÷ 接起量 | [[85.1%|whole["20秒接起量"].sum() / whole["接起量"].sum()]] |
| 各时段的百分比加起来，除以时段数 | [[83.7%|(whole["20秒接起量"] / whole["呼入量"]).mean()]] |

目标 [[80%|给定]]：一个没达标，两个达标。

- 除以接起量，挂断的人不在分母里，丢得越多数字越好看。可以报，要写明。
- 百分比不能平均：凌晨几通的满分，与上午几百通的六成，在里面一样重。先加通数，再相除。
- 全天的数把上午盖住了：只看 08:30 到 11:30，是 [[63.5%|morning["20秒接起量"].sum() / morning["呼入量"].sum()]]。

下面都用第一种。工具是 `evaluation.service_level`，给它四列，三个数一起出来。

术语：口径：一个率的分子、分母各算哪些；口径不写明，两个部门的数不能比。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：5 分钟
投票：你们周报上的服务水平，分母是哪一个？
- A. 呼入量
- B. 接起量
- C. 不知道，系统给的
- D. 两个部门不一样
答案：没有对错，C 与 D 通常过半；这就是先对口径的理由
会答错成：「平均一下差不多」，因为没有把两头的数并排看过；请他看 [[83.7%|给定]] 与 [[78.1%|给定]]，正好在目标两边
反问：放弃的人越多，哪一个数反而越高？
来不及：只看表里前两行
"""

# %% [markdown]
"""
## 2　少在哪一步

要分清是谁的事，把预测、需求、排班、在线放进一张表。需求人数是照预测算的；排班人数是班表上减去用餐、小休、上课以后**计划在线**的人。
"""

# %%
guess("cause", "08:30 到 11:30 缺的人，主要缺在哪里？",
      options=["来电比预测多，没料到", "班表排少了，没排够", "排好了，人没有在线", "每通变长，处理不完"])

# %% tags=["hide"]
# 一天排成一张图：需求、排班、在线（evaluate_day）
day = evaluation.evaluate_day(monday)
day.plot()
nine = day.table.set_index("时段").loc["09:00"]

# %%
chain = evaluation.loss_chain(hub.staff_interval, date="2025-06-30", first="08:30", last="11:00")
chain.plot()
chain

# %% [markdown] reading="cause" actual="'C'"
"""
先看上一幅图。灰线是需求，虚线是排班，上午两条贴在一起：班没有排错（12:00 以后排得少，是用餐扎堆，另一件事）。绿线是在线，08:30 到 10:00 与 11:00 掉了下去。09:00 排班比需求少 [[2.5 人|nine["排班不足"]]]，到岗少 [[35.6 人|nine["到岗不足"]]]。现场主管说的「排错了」，昨天不成立。

「到岗不足」还不是原因。没在线的人是请假、晚到，还是被叫走了？看下一幅，顺着班上的人往下数。
班上 95.3 人，减去吃饭、小休和线下的活，计划在线 82.7 人：到这里都是排班师知道的。当天又少了三样：缺勤 6.4 人，错位 1.4 人，开会 13.0 人。「人没来」只对了一小半；开会这一步，班表上没有。

术语：到岗不足：排好在线、实际没有在线的人数，= 排班人数 − 实际在岗。

术语：错位：人来了，但不在该在的时候在线，如迟到、小休晚回。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：9 分钟
投票：cause
答案：C。排好了，人却没有在线
会答错成：B，因为早上确实没人；班表排了，人不在线，看起来是一样的
会答错成：「那就是缺勤」，因为到岗不足四个字像考勤；别急着纠正，下一张瀑布图会说
反问：你们中心，班表上看不见、却每周都有的事有哪几件？
来不及：第一幅图只看虚线与绿线，直接看瀑布图
"""

# %% [markdown]
"""
## 3　一天对一天，几周对几周

开会少掉的人，是昨天碰巧，还是每个周一？先不看均数，一天占一行，同一个星期的排在一起。
端午前后三天、大促三天不算：那几天的班与来电都不平常。
"""

# %%
when = {"since": "2025-05-12", "until": "2025-06-30", "weekdays": workdays, "skip": odd}
evaluation.online_map(hub.staff_interval, **when, first="08:00", last="12:30").plot()
weeks = evaluation.online_map(hub.staff_interval, **when, first="08:30", last="11:00")
weeks

# %% [markdown] tags=["instructor", "given"]
"""
时间：7 分钟
反问：要是只有一个周一，这张图还能说明什么？
来不及：只看图和「周一、周二到周五」那张小表，上面的逐星期表不念
每个周一是哪两个组在开会，图上看不出来，学员问起，答「下一节看日志」。
"""

# %% [markdown]
"""
红格只在最上面六行，都在 08:30 到 11:30；每个周一红的格子不一样，是各组轮着开。11:30 以后又好了。（图从 08:00 画到 13:00，图题的 79% 是整段的；表里和下面只算 08:30 到 11:30，是 74%。）

拿几个周一比同样几周的周二到周五（合计除以合计，都是 08:30 到 11:30）：

| | 来电 ÷ 预测 | 计划在线 ÷ 需求 | 在线 ÷ 计划 | 服务水平 |
|---|---|---|---|---|
| 周一（6 天） | [[101%|ratio.loc["周一", "来电比预测"]]] | [[102%|ratio.loc["周一", "计划比需求"]]] | [[74%|ratio.loc["周一", "在线比计划"]]] | [[60%|ratio.loc["周一", "服务水平"]]] |
| 周二到周五（[[26 天|early[early["日子"] == "周二到周五"]["日期"].nunique()]]） | [[99%|ratio.loc["周二到周五", "来电比预测"]]] | [[101%|ratio.loc["周二到周五", "计划比需求"]]] | [[91%|ratio.loc["周二到周五", "在线比计划"]]] | [[84%|ratio.loc["周二到周五", "服务水平"]]] |

预测一样准，班一样够，只有「在线 ÷ 计划」不一样。缺勤周一 9%，比别的日子高一到三个点，解释不了这么大的差；开会占 16%。

一天只和一天比：上周二（6 月 24 日）同样三小时，在线 ÷ 计划是 [[88%|evaluation.loss_chain(hub.staff_interval, date="2025-06-24", first="08:30", last="11:00").online_share]]，请假的人比昨天还多，少的就是会议那一段。最容易犯的错，是拿昨天一天的 [[63%|给定]] 去比周二到周五的平均。一天里什么都可能碰上：有一个周一缺勤特别多，那天只有 [[49%|early[early["日期"] == "2025-05-26"]["20秒接起量"].sum() / early[early["日期"] == "2025-05-26"]["呼入量"].sum()]]，单看那一天就会以为是考勤。

### 练习 1　周会不动，要加几个人

总监说周一早上加 12 个人。假如周一的事照旧：计划在线 80 人，周一只有 74% 在线，别的日子有 91%。
要让周一在线的人和别的日子一样多，计划在线要**再加**几个人？保留一位小数。

<details><summary>提示 1</summary>别的日子，80 个人里有几个在线？</details>
<details><summary>提示 2</summary>周一每排 1 个人，只有 0.74 个在线：要多少个才凑得出上面那个数？</details>
"""

# %% [markdown] excel="ex-extra" value="18.4 人"
"""
A1 写 80，B1 写 74%，C1 写 91%，空格里写 `=A1*C1/B1-A1`。
"""

# %% exercise="ex-extra"
extra = 80 * ____ / ____ - 80
### BEGIN SOLUTION
extra = 80 * 0.91 / 0.74 - 80
### END SOLUTION

# %% check="ex-extra"
expect(
    extra,
    80 * 0.91 / 0.74 - 80,
    what="要再加的人数",
    unit="人",
    tol=0.01,
    mistakes=[
        (80 * (0.91 - 0.74), "这是少掉的在线人数；加进来的人周一也只有 74% 在线，要多加一些。"),
        (80 / 0.74 - 80, "这是要 80 人个个在线；别的日子也只有 91% 在线。"),
        (80 * 0.74 / 0.91 - 80, "分子分母放反了，加的人成了负数。"),
    ],
    hint="别的日子在线 80 × 91%，除以周一的 74%，再减去已有的 80。",
)

# %% [markdown] explain="ex-extra" tags=["given"]
"""
18.4 人，要加 19 个，而且每个周一早上都加。总监的 12 个不够；不去动开会这件事，加多少都有四分之一不在线。
"""

# %% mistakes="ex-extra"
# 错因：只补少掉的在线人数
# 消息：加进来的人周一也只有 74% 在线
# 换：80 * 0.91 / 0.74 - 80
# 成：80 * (0.91 - 0.74)

# 错因：要求人人在线
# 消息：别的日子也只有 91% 在线
# 换：80 * 0.91 / 0.74
# 成：80 / 0.74

# 错因：分子分母放反
# 消息：分子分母放反了
# 换：0.91 / 0.74
# 成：0.74 / 0.91

# %% [markdown] tags=["instructor", "given"]
"""
时间：5 分钟
答案：18.4，要加 19 人
会答错成：13.6，因为拿两个百分比相减乘 80；问他「加来的 14 个人，周一开不开会？」
会答错成：28.1，因为以为排了就该都在线
反问：总监的 12 个人是怎么估出来的？
来不及：念一遍提示 2，一起列式
"""

# %% [markdown]
"""
## 4　考勤和遵守率怎么说

现场的第一反应是查考勤。日报里有遵守率：状态与本人当天安排一致的时间，占排班时间的几成。
"""

# %%
guess("kept", "六月的周一，遵守率比周二到周五低多少？",
      options=["差不到 1 个百分点", "低 3 个百分点上下", "低 8 个百分点上下", "低 16 个百分点上下"])

# %%
timeline = intraday.state_log(log, arranged)
timeline.plot().set_title("4 月 21 日周一 08:30 起，有会的三个组先后离线（一行一人）")
views.rate_by(june, "遵守秒", "排班秒", "星期")

# %% [markdown] reading="kept" actual="'A'"
"""
五个工作日的遵守率都在 92% 到 93%，周一看不出来。原因在图上。
那天是周一，10:00 之后系统出了故障，信息部为复盘导了状态日志，故障以前的一段正好给我们看：橙红的一段是开会，灰的是线下的活，一个组接一个组。

周会是班组长批准的，当天的安排里写着「会议」，开会就算**遵守**。这三个组 08:00 到 10:00，照当天的安排算，遵守率是 [[93%|timeline.adherence]]；照原来发布的班表算，只有 [[76%|as_published]]。再摊到八小时里，就什么也看不见了。

- 遵守率：该在线时在线、该小休时小休。分母是安排，安排改了，率就跟着好看。
- 出勤率：登录时长 ÷ 排班时长，只看够不够，晚到晚走、提前小休都查不出。
- 占用率：在线时间里有几成在处理电话；人少的日子它反而高。

要知道人去了哪里，看状态日志和日报的「会议秒」。

术语：遵守率：实际状态与安排一致的时间 ÷ 排班时间；报的时候说明照发布的班表还是照当天改过的安排。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：7 分钟
投票：kept
答案：A。差不到 1 个百分点
会答错成：D，因为记得第 3 节里开会占 16%；那是上午三小时，这里的分母是一整天，而且开会算遵守
会答错成：「日报不准」，因为对不上印象；它没有错，只是回答了另一个问题
反问：你们的周会，在系统里是「会议」，还是「在线」，还是「小休」？
来不及：三个率的说明留给学员自己看，只讲图
"""

# %% [markdown]
"""
## 5　挪走周会，拿得回多少

用第 5 课的爱尔兰 A（耐心 [[109 秒|给定]]）逐格算这六个周一：

| 周一 08:30–11:30 | 服务水平 | 挂断的比例 |
|---|---|---|
| 实际 | [[60%|ratio.loc["周一", "服务水平"]]] | [[16%|ratio.loc["周一", "放弃率"]]] |
| 公式，照现在的在线人数 | [[58%|now[0]]] | [[18%|now[1]]] |
| 公式，开会的人都在线 | [[81%|moved[0]]] | [[7%|moved[1]]] |

公式照现在的人数算，和实际差两个点，可以用；第三行假定回来的人照原来的比例分到四个队列。挪走周会，服务水平能到八成，一个周一少挂断二百多通。

挪到哪里：周三 13:30 到 16:30，本来就有人在做工单、回访这样的线下活，14:30 平均 [[51 人|offline.mean()["14:30"]:.0f]]，最少的一天、最少的时段也有 [[22 人|offline.min().min():.0f]]。每个时段两个组，二十几个人，从做线下活的人里出，线上几乎不少人。

代价要说清：每周约 [[38 小时|meeting_hours:.0f]]的线下活往后推；大促那样的周三下午没有这些人，那一周停开。

**练习 2　会上怎么说**

听完这些，总监说：「原来是周会。那我下令，周会以后不开了。」你接哪一句？

- A. 好，周会停掉，周一的人就都回来接电话了
- B. 先别动，再看四个周一，数据多一些再定
- C. 会照旧在周一开，早上另加 19 个人补齐
- D. 会照开，下周起挪到周三下午各组轮着开

<details><summary>提示 1</summary>缺的是周一上午那三小时的人。周会本身有没有用？</details>
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
    what="接的一句",
    mistakes=[
        ("A", "人是能回来，可是新规定、差错通报从此没有地方讲；挪开一样拿得回人。"),
        ("B", "六个周一都这样，别的 26 天一天也没有；再等四周，又多挂断一千来通。"),
        ("C", "每周一 19 个人各三小时，是花钱买本来就在楼里的人。"),
    ],
    hint="哪一句既把人拿回来，又不花钱，也不丢掉周会？",
)

# %% [markdown] explain="ex-reply" tags=["given"]
"""
挪。总监抓对了原因，只是不必停会。
挪完不等于证明了：这六个周一让我们想到周会，不能再拿它们证明挪会有用。今天就写下来，等 7 月 7 日、14 日、21 日三个周一来判：

- 在线 ÷ 计划回到 [[88%|给定]] 以上，服务水平到 [[78%|给定]] 以上：做对了，写进排班规则；
- 在线回来了，服务水平没有：再查需求与技能；
- 在线没有回来：人不在会议室，回到状态日志重查。
"""

# %% mistakes="ex-reply"
# 错因：连周会一起停掉
# 消息：新规定、差错通报从此没有地方讲
# 换："D"
# 成："A"

# 错因：证据够了还在等
# 消息：六个周一都这样
# 换："D"
# 成："B"

# 错因：花钱买本来就有的人
# 消息：花钱买本来就在楼里的人
# 换："D"
# 成："C"

# %% [markdown] tags=["instructor", "given"]
"""
时间：8 分钟
答案：D。
会答错成：B，因为「数据再多一点」总没错；问他 32 天里有没有一个反例
会答错成：A，因为总监已经拍板；总监找对了原因，挪会是帮他把事办成
反问：公式照现在的人数算，要是和实际差得多，第三行还能信吗？三个周一以后看哪两个数？
来不及：只念三行表，投票代替作答
"""

# %% [markdown]
"""
## 6　带回去：自己的文件，Excel 里来，Excel 里去

自己的中心未必有这条链，时段报表一定有。先看一件事：周一在线的人，比周二到周五少在哪几格？
下面是样本：话务平台导出的咨询队列两周。换成自己的文件，改引号里的名字。样本里 08:30 到 09:30，周一来电最多，在岗的人反而少；只有两个周一，其中一个是大促，够去问一句「那时候你们在做什么」，不够定案，四周以上再说。

「周一和别的日子.xlsx」里，差是活的公式。在 Excel 里自己做：先删小计、合计行，插入数据透视表，行放时间段，列放星期，值放签入人数的平均。

**给老板的一句**：「周一早上的班排够了，缺勤不比平时多多少，少的是开周会的 [[13 人|chain.table.loc["会议", "少了"]:.0f]]。12 个人先不加，周会从下周起挪到周三下午，三个周一以后给您看两个数。」
"""

# %%
mine = read_table("文件/话务平台-时段报表.xlsx", kind="intervals")
heads = [views.typical_day(mine, weekday=one).loc["08:00":"12:00", "在岗人数"] for one in (workdays[1:], "周一")]
gap = views.compare(*heads, names=("周二到周五", "周一"))
write_excel("周一和别的日子.xlsx", 在岗=gap, overwrite=True)
gap.plot();

# %% [markdown] tags=["instructor", "given"]
"""
时间：2 分钟
反问：你们的导出表里，哪一列最接近「在线人数」？是签入，还是登录？
来不及：只演示读、存两行，图不讲
"""

# %% [markdown] tags=["given"]
"""
### 练习 3　提前小休

一名员工的安排：09:00–11:00 在线，11:00–11:30 小休，11:30–13:00 在线，共 4 小时，小休也算排班时间。
当天她没打招呼，10:00 就去小休，10:30 回来，一直在线到 13:00。
遵守率是多少？写成小数或百分数。

<details><summary>提示 1</summary>4 小时是 8 个时段，一个一个对：安排是什么，实际是什么。</details>
"""

# %% [markdown] excel="ex-early-break" value="75%"
"""
两列各 8 行，一列写安排，一列写实际（在线、小休）；第三列 `=IF(A1=B1,1,0)`，最后 `=SUM(C1:C8)/8`。
"""

# %% exercise="ex-early-break" home=true
kept = (8 - ____) / 8
### BEGIN SOLUTION
kept = (8 - 2) / 8
### END SOLUTION

# %% check="ex-early-break"
expect(
    kept,
    0.75,
    what="遵守率",
    unit="share",
    tol=1e-6,
    mistakes=[
        (1.0, "小休的时长没变，时间变了；这是出勤率，遵守率看时间对不对。"),
        (0.875, "只数了一头：11:00 该小休却在线，也和安排不一致。"),
    ],
    hint="数一数 8 个时段里有几个和安排不一致。",
)

# %% [markdown] explain="ex-early-break" tags=["given"]
"""
10:00 该在线却小休，11:00 该小休却在线，两个时段不一致，6 ÷ 8 = 75%。出勤率还是 100%：时长一分钟没少。
要是换休是班长同意的，就该当场改安排，遵守率是 100%。所以遵守率要和「安排改了几次」一起看。
"""

# %% mistakes="ex-early-break"
# 错因：只看时长
# 消息：小休的时长没变
# 换：8 - 2
# 成：8 - 0

# 错因：只扣了一个时段
# 消息：只数了一头
# 换：8 - 2
# 成：8 - 1

# %% [markdown] tags=["instructor", "given"]
"""
时间：0 分钟
课后做。答得快的，请他再算：如果 10:00 的小休是班长同意的，遵守率是多少？
"""

# %% [markdown]
"""
## 小结

先对口径，再争对错；顺着链数，数到哪一步少；一天对一天，几周对几周。
昨天的答案：班没排错，人也来了，少的人在会议室，遵守率看不见。会挪走，三个周一以后用两个数来判；没有回来就重查。

速查：合计 = 先加通数后相除；报服务水平写明分母。
速查：班上 → 计划在线 → 在线，`evaluation.loss_chain` 说少在哪一步，`evaluation.online_map` 说是不是每周都这样。
速查：开会算遵守；查人去了哪里，看状态日志与会议秒。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：0 分钟
念一遍给老板的那一句就下课。
"""
