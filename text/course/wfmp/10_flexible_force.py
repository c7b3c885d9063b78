# %% [markdown] minutes=50 topics=["wfmp.3.flexible_force"] tags=["given"]
"""
# 突发来了，谁顶上，备几个人？

2025 年 7 月 30 日，总监批了一件事：组一支机动部队，周五交方案。

- 运营经理：「照 4 月 21 日系统故障那天备，最缺的时候少二十个人。」
- 人事：「四到六月平均误差才 1%，备一两个就行。」
- 排班师：「我照误差的 95% 分位算过，四个队列要 12 个。」

三个数差十倍。你要定：备几个，从哪里来，什么时候动，什么时候撤。

学完你能：

1. 从预测误差里去掉改预测能消的、人数公式已经备过的，剩下的才备机动；
2. 上午看见来多了，把下午重算一遍，不等服务水平掉下来；
3. 列出机动的来源，说出几分钟内有把握来几个；
4. 定一副启用、升级、撤回的阶梯，在另一个月上判它好不好。
"""

# %% [markdown] warmup=true tags=["given"]
"""
## 先想一想

1. 同一个时段每周来的电话忽多忽少，全是预测不准吗？
   答：不全是；一个时段平均 100 通，光是碰巧就上下 10 通（第 3 课）。
2. 周一早上少的人，该由机动来补吗？
   答：不该；那是每周都有的周会，挪会就好（上一课）。
3. 爱尔兰公式算人数时，假定来电是匀着来的吗？
   答：不是，它本来就假定来电忽密忽疏，所以要的人比话务量多几个。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：2 分钟
第三题最要紧，答「是」的多半会在第 2 节说备 12 个。先不纠正，到第 2 节再问他一遍。
"""

# %% tags=["setup"]
import numpy as np
import pandas as pd

from ccomlib import (
    centre,
    erlang,
    expect,
    guess,
    intraday,
    read_table,
    reserve,
    use_chinese,
    views,
    write_excel,
)
from ccomlib.charts import finding, legend_outside, slot_axis
from ccomlib.style import COLOURS, label_dates, new_axes

use_chinese()
hub = centre.open_centre(seed=2025)
keys = ["日期", "时段", "队列"]
calls = pd.concat([hub.calls_interval, hub.calls_interval_next]).merge(hub.plan_interval, on=keys)
calls = calls[calls["时段"].between("08:00", "19:30")]
calls["日子"] = np.where(calls["日期"].dt.day <= 3, "每月 1–3 日", "其他日子")
plain = views.plain_days(calls)
history = plain[plain["日期"].between("2025-04-01", "2025-06-29")]
july = plain[plain["日期"] >= "2025-06-30"]


def split(table):
    """误差分三层：一个队列一行，忙时几人。"""
    columns = ("预测量", "呼入量", "预测处理时长")
    labels = {"by": table["队列"], "known": table["日子"], "slots": table["时段"]}
    return reserve.error_layers(*(table[one] for one in columns), **labels, patience=109)


# 故障那天：照实际来电要几人（四个队列各算各的再相加），在线几人，楼里还有几人
outage = calls[(calls["日期"] == "2025-04-21") & calls["时段"].between("10:00", "16:00")]
outage = outage.assign(要几人=erlang.required_agents(outage["呼入量"], outage["预测处理时长"], patience=109).agents)
outage = outage.groupby("时段")[["呼入量", "20秒接起量", "放弃量", "要几人"]].sum()
people = hub.staff_interval[hub.staff_interval["日期"] == pd.Timestamp("2025-04-21")].set_index("时段")
outage = outage.join(people[["在线", "小休", "培训", "其他"]])
outage["缺"] = (outage["要几人"] - outage["在线"]).clip(lower=0)

# 咨询：来电超过预测最多的 5% 的时段，一天有几个
line = history[history["队列"] == "咨询"]
errors = line["呼入量"] / line["预测量"]
over = (errors > errors.quantile(0.95)).groupby(line["日期"]).sum()
layers, layers_july = split(history), split(july)

# 咨询一天的总量，去掉碰巧以后上下多少
by_day = line[line["日子"] == "其他日子"].groupby("日期")[["呼入量", "预测量"]].sum()
day_cv = np.sqrt((by_day["呼入量"] / by_day["预测量"]).var() - (1 / by_day["预测量"]).mean())

# 月初的倍数写进预测：只用四到六月估的
early = layers.biases.set_index(["队列", "日子"])["实际÷预测"]["咨询", "每月 1–3 日"]
fixed = july[july["队列"] == "咨询"]
fixed = fixed.assign(预测量=fixed["预测量"] * np.where(fixed["日子"] == "每月 1–3 日", early, 1.0))
thursday = fixed[fixed["日期"] == "2025-07-10"].set_index("时段")
planned, seen = thursday["预测量"], thursday.loc[:"10:00", "呼入量"]

# 阶梯：四个队列合起来；周一上午的会另有办法，周一不算
ladder = reserve.trigger_ladder(
    [
        reserve.Level("黄色", "推迟小休与培训", 5, 0.65, load_above=1.15, window=60),
        reserve.Level("橙色", "叫回线下的活，班组长、质检上线", 15, 0.50, load_above=1.25, window=60),
        reserve.Level("红色", "溢出给外包，自愿加班，挂排队提示与回拨", 30, 0.30, load_above=1.50, window=60),
    ]
)


def highest(table):
    """每个平常日子最高到第几级，合计几天。"""
    ratio = np.where((table["队列"] == "咨询") & (table["日子"] == "每月 1–3 日"), early, 1.0)
    whole = table.assign(预测量=table["预测量"] * ratio).groupby(["日期", "时段"], as_index=False)[["呼入量", "20秒接起量", "预测量"]].sum()
    whole = whole[whole["日期"].dt.day_of_week != 0]
    return ladder.days(whole).value_counts().reindex(range(4), fill_value=0)


ladder_days = pd.DataFrame({"四到六月": highest(history), "七月": highest(july)})
workdays = hub.staff_interval[hub.staff_interval["日期"].isin(history["日期"]) & (hub.staff_interval["日期"].dt.day_of_week < 5)]
spare = workdays.groupby("时段")[["小休", "培训", "其他"]].mean()

# %% [markdown] tags=["given"]
"""
## 1　故障那天，缺的人在哪里

4 月 21 日周一，10:00 到 12:30 系统故障。运营经理要照这一天备人。
"""

# %%
guess("when", "故障从 10:00 起，那天往后人最紧的是几点？",
      options=["10:00，系统刚坏", "12:30，系统刚恢复", "14:30，恢复两小时后", "16:00，积压到傍晚"])

# %% tags=["hide"]
# 画图：恢复前后，缺几个人，楼里还有几个人没有接电话
ax = new_axes(figsize=(8, 4.4))
place = np.arange(len(outage))
ax.bar(place - 0.2, outage["缺"], 0.38, color=COLOURS["bad"], label="缺几人")
low = np.zeros(len(outage))
for name, colour in (("其他", "main"), ("培训", "light"), ("小休", "second")):
    ax.bar(place + 0.2, outage[name], 0.38, bottom=low, color=COLOURS[colour], label={"其他": "在做线下的活"}.get(name, f"在{name}"))
    low = low + outage[name].to_numpy()
slot_axis(ax, outage.index)
ax.set(xlabel="时段", ylabel="人数（人）", ylim=(0, 1.1 * low.max()))
finding(ax, "刚恢复时最缺，楼里没接电话的人是缺的好几倍", "4 月 21 日周一，四个队列合计")
legend_outside(ax)

# %% [markdown] reading="when" actual="'B'"
"""
故障的时候电话打不进来，来电只有平时的零头，线上的人空着。12:30 一恢复，没打进来的人一起拨进来：要 [[63 人|outage.loc["12:30", "要几人"]]]，在线 [[42 人|outage.loc["12:30", "在线"]]]，缺 [[21 人|outage.loc["12:30", "缺"]]]。这个数运营经理没有记错。

（早上 08:30 也缺过二十来个，那是周会，上一课已经挪了，不归机动。）

可同一时刻，[[34 人|outage.loc["12:30", "其他"]]]在做工单、回访，[[12.5 人|outage.loc["12:30", "培训"]]]在上课，[[13.5 人|outage.loc["12:30", "小休"]]]在小休。只叫回做线下活的人就够了，小休一个也不用动。缺的是一句话：恢复前一刻钟，谁去叫、叫谁。

系统恢复有准信，不必等服务水平掉下来才叫。故障的两个多小时反过来用：培训、线下的活、用餐提前做，把人腾到恢复以后。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：7 分钟
投票：when
答案：B。12:30，系统刚恢复
会答错成：A，因为故障那一刻大家最慌；看图上 10:00、10:30 缺几人
反问：恢复前一刻钟，你先叫哪一拨人，为什么不先停小休？
来不及：只看图上 12:30 那一对柱子
"""

# %% [markdown] tags=["given"]
"""
## 2　备几个人：误差里哪一层归机动

机动补的是「预测没料到的」。可误差不全是没料到：

- **改预测就没有的**：每月 1 到 3 日，咨询都比预测多一大截；
- **碰巧的多少**：一个时段平均 100 通，今天 90、明天 110，爱尔兰公式算人数时已经备过；
- **剩下的意外**：一整天比预测高或低，公式不知道，才归机动。

排班师的 12 个人，是照原始误差的 95% 分位算的。把它分成三层。
"""

# %%
layers = reserve.error_layers(
    history["预测量"], history["呼入量"], history["预测处理时长"], patience=109,
    by=history["队列"], known=history["日子"], slots=history["时段"])
layers.plot()
layers

# %% [markdown]
"""
12.1 人里，6.4 人是碰巧的多少，再备一遍就备了两次；改预测能消去的合计 0.5 人，咨询一个队列 0.7 人（别的队列略小于零，是碰巧）。真正的意外 5.2 人，备 **6 人**。
人事说一两个，少了；运营经理的二十个，在楼里，不用另备。

平均误差为什么骗人？咨询在每月 1–3 日多 [[21%|early - 1]]，其他日子是预测的 [[99.7%|layers.biases.set_index(["队列", "日子"])["实际÷预测"]["咨询", "其他日子"]]]，一多一少合起来，平均只多 [[1%|line["呼入量"].sum() / line["预测量"].sum() - 1]]。

这是拿四到六月算的，拿七月判：同样的算法，七月要 [[6.2 人|layers_july.table["机动人数"].sum():.1f]]，备 6 个差不多够；七月的 1–3 日又比预测多 [[25%|layers_july.biases.set_index(["队列", "日子"])["实际÷预测"]["咨询", "每月 1–3 日"] - 1]]，月初的事坐实了。四个队列难得同时都高，还可以互相借。
只算了来电：处理时长突然变长、当天请假特别多，也会缺人，这 6 个里没有它们。

术语：意外（预测误差里的）：去掉已知日子的偏差、再去掉碰巧以后剩下的散开；机动只为它备。

**练习 1　报修的意外有多大**

报修一个时段平均预测 [[100 通|给定]]，误差比（实际 ÷ 预测）的标准差是 [[12%|给定]]。碰巧的方差是 1 ÷ 预测量。
去掉碰巧，意外的标准差是多少？（方差可以相减，标准差不可以。）写成小数或百分数。

<details><summary>提示 1</summary>先把 12% 平方，减去 1 ÷ 100，再开方。</details>
"""

# %% [markdown] excel="ex-beyond" value="6.6%"
"""
在空的单元格里写 `=SQRT(12%^2-1/100)`，设成百分比，一位小数。
"""

# %% exercise="ex-beyond"
beyond = (____**2 - 1 / ____) ** 0.5
### BEGIN SOLUTION
beyond = (0.12**2 - 1 / 100) ** 0.5
### END SOLUTION

# %% check="ex-beyond"
expect(
    beyond,
    (0.12**2 - 1 / 100) ** 0.5,
    what="意外的标准差",
    unit="share",
    tol=0.01,
    mistakes=[
        (0.12 - 0.1, "标准差不能直接相减；先平方，方差相减，再开方。"),
        (0.12**2 - 1 / 100, "还没有开方，这是方差。"),
        ((0.12**2 + 1 / 100) ** 0.5, "碰巧要减掉，你加上了。"),
    ],
    hint="12% 的平方减去 1 ÷ 100，再开方。",
)

# %% [markdown] explain="ex-beyond" tags=["given"]
"""
6.6%，比 12% 小一半。人数越少、格子越小，碰巧占得越多：投诉一个时段二十来通，误差看着最大，多半是碰巧。
"""

# %% mistakes="ex-beyond"
# 错因：标准差直接相减
# 消息：标准差不能直接相减
# 换：(0.12**2 - 1 / 100) ** 0.5
# 成：0.12 - 0.1

# 错因：忘了开方
# 消息：还没有开方
# 换：(0.12**2 - 1 / 100) ** 0.5
# 成：0.12**2 - 1 / 100

# 错因：该减的加了
# 消息：碰巧要减掉
# 换：- 1
# 成：+ 1

# %% [markdown] tags=["instructor", "given"]
"""
时间：14 分钟
答案：6.6%
会答错成：2%，因为拿 12% 减 10%；请他用三和四、五的勾股数想一遍
会答错成：仍然坚持备 12 个，因为「多备保险」；问他公式里已经多要的那几个人算不算
反问：你们中心也有「每月 1–3 日」这样的日子吗？它归预测还是归机动？
来不及：练习 1 一起列式，七月那一段不念
讲师知道的：每月 1–3 日有保养提醒短信，事件列没有标；学员说「去问市场部」就对了。
"""

# %% [markdown] tags=["given"]
"""
## 3　超出的时段落在哪几天

「95% 分位」听着像一天二十来个时段里有一个不够。真是这样吗？
"""

# %%
guess("days", "咨询四到六月有 84 个时段超出 95% 分位，一半以上落在几天里？",
      options=["四十天上下", "二十天上下", "十天上下", "三天"])

# %% tags=["hide"]
# 画图：每天有几个时段超出
ax = new_axes(figsize=(8, 3.8))
first = over.index.day <= 3
for chosen, colour, label in ((first, "bad", "每月 1–3 日"), (~first, "main", "其他日子")):
    ax.bar(over.index[chosen], over[chosen], width=0.9, color=COLOURS[colour], label=label)
for date, count in over[over > 10].items():
    ax.annotate(f"{date:%m-%d} {views.WEEKDAYS[date.weekday()]}", (date, count), (16, -4), textcoords="offset points", fontsize=10)
label_dates(ax, over.index)
ax.set(xlabel="日期（2025 年）", ylabel="超出的时段数（个）", ylim=(0, 24))
finding(ax, f"{over.sum()} 个里有 {over[over > 10].sum()} 个落在三天", "咨询，四到六月的平常日子，一天 24 个时段")
legend_outside(ax)

# %% [markdown] reading="days" actual="'D'"
"""
84 个里有 50 个落在三天，都是每月 1–3 日：4 月 1 日、2 日几乎从早多到晚，6 月 3 日也占了将近一半的时段；别的日子多半一个也没有。月初写进预测，就不用机动。
（四到六月每月 1–3 日一共 [[9 天|给定]]，[[5 天|9 - (over.index.day <= 3).sum()]]碰上五一、端午，这里只剩 4 天；第 2 课拿两年的月初看过，天天偏多。）

去掉它们，剩下的意外也常常一整天都高或都低（下一节用七月来查）。所以机动一叫就要顶一整天；也所以，**上午看得出下午**。

术语：再预测：一天过了一段，照已经来的把剩下的时段重算一遍。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：6 分钟
投票：days
答案：D。三天
会答错成：A，因为把 5% 想成每天都摊到一点
反问：要是一天高、整天高，等到下午掉下来才叫人，晚了几个小时？
来不及：只看图
"""

# %% [markdown] tags=["given"]
"""
## 4　10:30，把下午重算一遍

7 月 10 日周四，10:30。咨询上午来的电话比预测多 17%，服务水平还有 83%。月初的倍数已经写进预测，这一天是真的没料到。
下午（10:30 以后都算）也会多 17% 吗？上午的数里也有碰巧，要打个折：各天总量本来就上下 [[4%|day_cv]]（四到六月估的，去掉了碰巧），它越大，越信今天的上午。
"""

# %%
update = intraday.reforecast(planned, seen, day_cv=0.04, dispersion=1)
finding(update.plot(), f"7 月 10 日周四 10:30 重算：下午照原计划的 {update.ratio:.0%} 排", "咨询，每个时段的来电")
judged = intraday.reforecast_days(fixed, "10:30", day_cv=0.04, dispersion=1)
judged.plot()
print(update, judged, sep="\n\n")

# %% [markdown]
"""
下午按预测的 108.9% 重排。收工后看，下午实际是预测的 [[111%|judged.table.loc["2025-07-10", "此后倍数"]]]：没重算，差 [[10%|judged.table.loc["2025-07-10", "原计划差"]]]；重算过，差 [[2%|judged.table.loc["2025-07-10", "再预测差"]]]。

一天不算数，看第二幅图：七月的 28 天，一天一点，每天都在 10:30 重算。下午的误差平均从 4.4% 降到 2.9%，19 天更准，其余的反而差一点。蓝点大致跟着红叉往上走：上午多的日子，下午也多，相关系数 0.78；去掉最高的两天（10 日、23 日）还有 [[0.71|(most := judged.table.drop(pd.to_datetime(["2025-07-10", "2025-07-23"])))["此前倍数"].corr(most["此后倍数"])]]。4% 和月初的倍数都是四到六月估的，没有用过七月。

**练习 2　10:30 的决定**

还是 7 月 10 日 10:30。上午多 [[17%|给定]]，服务水平 [[83%|给定]]，再预测说下午多 [[9%|给定]]。你怎么办？

- A. 现在就照新的数，把下午的线下活与小休往后排
- B. 服务水平还在八成以上，等它掉破了再照阶梯叫人
- C. 上午多的下午会少回来，一天算总账，今天先不动
- D. 照上午的倍数，全员停小休、通知加班，备到晚上

<details><summary>提示 1</summary>上午和下午，一起多，还是一多一少？下午有几十个人在做线下的活。</details>
"""

# %% exercise="ex-half-past-ten"
decision = ____
### BEGIN SOLUTION
decision = "A"
### END SOLUTION

# %% check="ex-half-past-ten"
expect(
    decision,
    "A",
    what="10:30 的决定",
    mistakes=[
        ("B", "已经看得见的事不用等；掉破了再叫，队已经排起来，人还要一刻钟才到。"),
        ("C", "上午多的日子下午也多；七月上午与下午的相关是 0.78，不会自己少回来。"),
        ("D", "上午多的 17% 里有一部分是碰巧，再预测只剩 9%；全员停休，明天没人应。"),
    ],
    hint="看得见的先安排，不花钱的先用。",
)

# %% [markdown] explain="ex-half-past-ten" tags=["given"]
"""
现在就排。那天没有人重算，10:30 以后的服务水平是 74%。14:00 到 16:00 本来有三四十人在做线下的活，往后推两小时，一分钱不花。
要是再预测只多 2%，就不动。
"""

# %% mistakes="ex-half-past-ten"
# 错因：看得见还等
# 消息：已经看得见的事不用等
# 换："A"
# 成："B"

# 错因：以为上午多下午会少
# 消息：不会自己少回来
# 换："A"
# 成："C"

# 错因：照上午的倍数备满
# 消息：有一部分是碰巧
# 换："A"
# 成："D"

# %% [markdown] tags=["instructor", "given"]
"""
时间：9 分钟
答案：A。
会答错成：B，因为阶梯写的是掉破才动；阶梯管没料到的，再预测管看得见的
会答错成：D，因为「多备保险」；停过一次全员小休，下次谁还应
反问：再预测说下午少一成，你做什么？（下一节：提前下班）
来不及：七月 28 天只念两个百分比
"""

# %% [markdown] tags=["given"]
"""
## 5　人从哪里来，也可以让电话少来一点

有人手的办法：推迟小休与培训、叫回线下的活、班组长与质检上线、自愿加班。还有三样不加人：

| 办法 | 做什么 | 要当心 |
|---|---|---|
| 回拨 | 挂语音，约定 15:00 打回去 | 活没有少，只是挪走：60 通 × 240 秒 ÷ 3600 = 4 小时，15:00 那时要真有 4 个人·小时 |
| 溢出 | 等过一分钟的转给外包或别的队列 | 事先签好、事先教好；转过去还要再问一遍的，等于多一通 |
| 提前下班 | 再预测说下午少一成，请自愿的先走 | 机动也管多出来的人；要自愿，工时怎样折，照本单位的制度 |

加班有上限。《劳动法》第四十一条：与工会和劳动者协商后，一般每日不超过 1 小时；特殊原因、保障健康的条件下每日不超过 3 小时，每月不超过 36 小时。名册上要看得见每个人本月已经加了几小时。

下面是一张名册，人数、分钟、到位率都是教学例子，换成自己演练出来的数。
"""

# %%
people = {"来源": ["推迟小休", "叫回线下的活", "班组长与质检", "自愿加班"],
          "人数": [3, 4, 4, 5], "到位分钟": [2, 5, 10, 30], "到位率": [1.0, 0.9, 0.8, 0.5]}
team = reserve.sources(pd.DataFrame(people))
team.plot()
team

# %% [markdown] tags=["instructor", "given"]
"""
时间：5 分钟
反问：你们上午 10 点，真正叫得动的有几个人？名字写得出来吗？
来不及：三样不加人的办法只讲回拨；法条让学员自己看
"""

# %% [markdown]
"""
10 分钟以内期望能到 [[9.8 人|team.within(10):.1f]]，九成把握至少 [[8 人|team.assured(10):.0f]]，盖得住要备的 6 个；再往后是加班，要 30 分钟，有上限。
答应总监的数用「有把握」的，不用期望的。它假定各人来不来互不影响，暴雨天不成立。

还要看钟点：线下的活，上午没有几个人在做。四到六月的工作日，10:00 平均 [[6 人|spare.loc["10:00", "其他"]]]，14:30 平均 [[57 人|spare.loc["14:30", "其他"]]]。下午的机动现成，09:00 到 11:00 只有小休和班组长，九成把握 [[5 人|reserve.sources(pd.DataFrame(people).drop([1, 3])).assured(10):.0f]]，还差一个。名册要按时段写两张，上午的再找一个人。

## 6　什么时候动，什么时候撤

再预测管看得见的，阶梯管突然的。满足任一条就升到那一级，满足几级取最高；服务水平回到 [[80%|给定]] 并稳住一小时，才降一级，免得人上上下下。

| 级 | 一小时服务水平 | 来电 ÷ 预测 | 做什么 | 几分钟 |
|---|---|---|---|---|
| 一 黄 | 低于 [[65%|给定]] | 高于 [[1.15|给定]] | 推迟小休与培训 | [[5|给定]] |
| 二 橙 | 低于 [[50%|给定]] | 高于 [[1.25|给定]] | 叫回线下的活，班组长、质检上线 | [[15|给定]] |
| 三 红 | 低于 [[30%|给定]] | 高于 [[1.50|给定]] | 溢出、加班，挂语音与回拨 | [[30|给定]] |

阈值照四到六月调的（周一不算，那是周会）：[[62 天|ladder_days["四到六月"].sum()]]里橙色响 [[2 天|ladder_days["四到六月"][2]]]，像个样子。调的日子上好看不算数，换到七月：[[24 天|ladder_days["七月"].sum()]]里黄色 [[13 天|ladder_days["七月"][1]]]，橙色 [[5 天|ladder_days["七月"][2]]]。

响得多了，是阶梯坏了吗？七月来得多、编制没跟上，08:00 到 20:00 的服务水平本来就从 [[82%|history["20秒接起量"].sum() / history["呼入量"].sum()]] 降到 [[78%|july["20秒接起量"].sum() / july["呼入量"].sum()]]。老是响的那一部分归容量（第 6 课），把阈值放松只是看不见它。所以定一条：橙色一个月响到 [[3 天|给定]]，先查编制与预测，再谈阈值。照四到六月的样子，一个月碰巧响到 3 天的机会只有 [[5%|1 - np.exp(-(m := 2 / 62 * 25)) * (1 + m + m * m / 2)]]，响到了多半是真的变了（算时假定各天互不影响）。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：4 分钟
反问：红色从来没响过，是好事，还是名册没演练过？
来不及：只念「换到七月」那一句
"""

# %% [markdown]
"""
## 7　带回去：自己的文件，Excel 里来，Excel 里去

要两份表：话务平台的时段报表，排班系统里**当时**的预测。样本是咨询两周，预测取自虚拟中心；换成自己的，改文件名，预测表存成 Excel 一样读。两周只够试手，一季度再下结论。
"""

# %%
mine = read_table("文件/话务平台-时段报表.xlsx", kind="intervals").merge(hub.plan_interval, on=keys)
mine = mine[mine["时段"].between("08:00", "19:30")]
own = reserve.error_layers(mine["预测量"], mine["呼入量"], mine["预测处理时长"], slots=mine["时段"], patience=109)
write_excel("机动几个人.xlsx", 误差分三层=own, overwrite=True)
own.plot();

# %% [markdown] tags=["instructor", "given"]
"""
时间：3 分钟
反问：预测改过几版，哪一版算「当时的预测」？
来不及：只演示读、存两行，图不讲
"""

# %% [markdown] tags=["given"]
"""
「机动几个人.xlsx」里，意外那一列是活的公式：去偏差后的方差减碰巧的方差，再开方；改了别的跟着变。

<details><summary>给老板的一句（先自己写一句，再打开对）</summary>

「机动备 6 个，不用招人：下午叫线下的活，上午靠小休和班组长，还差一个我去找。月初三天改预测，故障日先叫楼里的人。每天 10:30 重算下午，橙色一个月响到 3 天，我来谈编制。」

会改变它的：线下的活等不起了；演练下来到位率不到八成；换一季再算，意外变大。

</details>

### 练习 3　到第几级

照第 6 节的阶梯，下面四种情况各到第几级？都不满足写 0。照次序填四个整数。

| 情况 | 一小时服务水平 | 来电 ÷ 预测 |
|---|---|---|
| 甲 | 63% | 1.08 |
| 乙 | 66% | 1.28 |
| 丙 | 72% | 1.06 |
| 丁 | 28% | 1.20 |

<details><summary>提示 1</summary>两列各看一遍，取高的那一级。</details>
"""

# %% [markdown] excel="ex-ladder" value=[1, 2, 0, 3]
"""
B 列服务水平、C 列来电 ÷ 预测，空格里写 `=IF(OR(B2<30%,C2>1.5),3,IF(OR(B2<50%,C2>1.25),2,IF(OR(B2<65%,C2>1.15),1,0)))`，往下拉四行。
"""

# %% exercise="ex-ladder" home=true
steps = [____, ____, ____, ____]
### BEGIN SOLUTION
steps = [1, 2, 0, 3]
### END SOLUTION

# %% check="ex-ladder"
expect(
    steps,
    [1, 2, 0, 3],
    what="四种情况的级别",
    mistakes=[
        ([1, 0, 0, 3], "只看了服务水平；乙的来电已经是预测的 1.28 倍。"),
        ([0, 2, 0, 1], "只看了来电；甲和丁的服务水平已经掉破了。"),
        ([1, 2, 0, 1], "丁满足几级，取最高的一级。"),
    ],
    hint="满足任一条就到那一级，取最高的。",
)

# %% [markdown] explain="ex-ladder" tags=["given"]
"""
1、2、0、3。乙的服务水平还好，来电已经多了两成八，先动；丁的来电只多两成，可人已经接不住，到最高级。
"""

# %% mistakes="ex-ladder"
# 错因：只看服务水平
# 消息：只看了服务水平
# 换：[1, 2, 0, 3]
# 成：[1, 0, 0, 3]

# 错因：只看来电
# 消息：只看了来电
# 换：[1, 2, 0, 3]
# 成：[0, 2, 0, 1]

# 错因：没有取最高的一级
# 消息：取最高的一级
# 换：[1, 2, 0, 3]
# 成：[1, 2, 0, 1]

# %% [markdown] tags=["instructor", "given"]
"""
时间：0 分钟
课后做。先做完的，请他给自己中心的四种情况写一写。
"""

# %% [markdown] tags=["given"]
"""
## 小结

三个数差十倍，各错在哪里？

<details><summary>先自己答，再打开</summary>

- 运营经理的二十个：故障恢复那一刻的缺口是真的，楼里做线下活的人就够，不用另备。
- 人事的一两个：平均误差把多的与少的抵掉了。
- 排班师的 12 个：连碰巧的多少也算进去，人数公式里已经备过。

误差分三层：改预测的、公式备过的、意外；机动只为意外备 6 个。看得见的上午就排，突然的照阶梯动，稳住了才撤。

</details>

速查：意外² = 误差比的方差 − 1 ÷ 预测量；`reserve.error_layers` 换成人数。
速查：每天 10:30 用 `intraday.reforecast` 重算下午，打过折的倍数才用。
速查：机动名册写来源、几分钟、到位率、本月已加班几小时；答应「有把握」的数。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：0 分钟
念一遍给老板的那一句就下课。
"""
