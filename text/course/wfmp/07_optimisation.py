# %% [markdown] minutes=45 topics=["wfmp.2.optimisation"] tags=["given"]
"""
# 再招 30 个，还是把班挪一挪？

6 月 27 日，周五。七月的班表下周一就要用。
现场主管在群里说：「周一早上排队，傍晚也排队，下午却有几十个人没在接电话。再招 30 个，都上 08:30 的早班。」
总监回了一句：「我看人够，是摆错了钟点。挪一挪行不行？」
下周一班表上有 192 人。今天下班前，你要告诉他们谁说得对。

学完你能：

1. 从班表数出每个时段几个人在岗，与需求一格一格比；
2. 先定底线、再给缺人和多人定价，让电脑算出每个班放几个人；
3. 说出挪班、错开用餐、加一种班各值多少，「最优」在什么条件下才是最优。
"""

# %% [markdown] warmup=true
"""
## 先想一想

1. 七月缺人，今天批的招聘名额用得上吗？
   答：用不上。批下来三个月才上岗；当月靠挪培训、加班，还有今天这一课的排班。
2. 班上的人，为什么不会人人都在接电话？
   答：有人在用餐、小休、上课，有人当天请假。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：3 分钟
先在聊天框站队：「主管对，还是总监对？」站完不评，最后再站一次。
"""

# %% tags=["setup"]
import pandas as pd

from ccomlib import centre, erlang, expect, guess, read_table, scheduling, use_chinese, write_excel
from ccomlib.io import Sheet
from ccomlib.views import between, compare, typical_day

use_chinese()
hub = centre.open_centre(seed=2025)
shifts, DAY = centre.shift_types(), "2025-06-30"
cover = scheduling.shift_coverage(shifts)

# 需求：四个队列各算要几人在线，相加，除以 0.82
plan = between(hub.plan_interval, DAY, "2025-07-27")
online = erlang.required_agents(plan["预测量"], plan["预测处理时长"], patience=109).agents
daily = plan.assign(人=online / 0.82).pivot_table("人", "日期", "时段", aggfunc="sum")
need, roster = daily.loc[DAY], hub.roster

# 五、六月平常日子的实绩：20 秒内接起几成
past = between(hub.calls_interval, "2025-05-05", "2025-06-29")
actual = pd.DataFrame(
    {
        "周一接起率": typical_day(past, weekday="周一")["20秒接起率"],
        "周二到周五接起率": typical_day(past, weekday=["周二", "周三", "周四", "周五"])[
            "20秒接起率"
        ],
    }
)


def account(plans, want=need):
    """每张班表：在岗几个工时、缺几个、多几个、覆盖几成、总代价。"""
    rows = {}
    for name, have in plans.items():
        people = have.attrs.get("people", round(have.sum() / 16))
        gap = scheduling.fit(want, have)
        short, over = gap.under / 2, gap.over / 2
        cost = 8 * people + 5 * short + over
        rows[name] = [people, round(short, 1), round(over), gap.coverage, round(cost)]
    columns = ["人数", "缺的工时", "多的工时", "覆盖比例", "总代价"]
    return pd.DataFrame(rows, columns).T.rename_axis("班表")


def required(day):
    """一天各时段班上要几人：爱尔兰 A、80/20，除以 0.82。"""
    people = erlang.required_agents(day["呼入量"], day["平均处理时长"], patience=109).agents
    return pd.Series(people / 0.82, day.index)


def today(day):
    """今天就改的两样：10 个中D 改到中F；晚班每种班三分之一早一小时吃饭，三分之一晚一小时。"""
    late = roster[(roster["日期"] == day) & roster["班次"].str.startswith("晚")]
    change = {"中D": -10, "中F": 10}
    for name, count in late["班次"].value_counts().items():
        third = count // 3
        change |= {name: -2 * third, f"{name}早吃": third, f"{name}晚吃": third}
    return change


three = scheduling.stagger_meals(shifts)
quick = scheduling.heads(roster, DAY, three, change=today(pd.Timestamp(DAY)))


def shortage(change):
    """班表改一改，缺几个工时。"""
    return account({"": scheduling.heads(roster, DAY, shifts, change=change)}).iloc[0]["缺的工时"]


# 「挪班.xlsx」：改一个数，缺的工时跟着变
page = pd.DataFrame({"需求": need.round(2), "班表": scheduling.heads(roster, DAY, shifts)})
page = (
    page.assign(中D在岗=cover.loc["中D"], 中F在岗=cover.loc["中F"])
    .rename_axis("时段")
    .reset_index()
)
sheet = Sheet(
    page,
    inputs={"中D改到中F的人数": 0},
    formulas={
        "挪后在岗": "[班表] + {中D改到中F的人数} * ([中F在岗] - [中D在岗])",
        "缺的工时": "MAX([需求] - [挪后在岗], 0) / 2",
        "多的工时": "MAX([挪后在岗] - [需求], 0) / 2",
    },
    totals=["缺的工时", "多的工时"],
)
saved_as = write_excel("挪班.xlsx", {"周一": sheet}, overwrite=True)

# %% [markdown] tags=["given"]
"""
## 1　班表变成每个时段几个人

班表写的是「谁上什么班」，客户遇到的是「这半小时有几个人」。
早E 是 08:30 到 17:00，12:00 到 12:30 吃饭；22 个人上早E，12:00 那个时段就是 0 个人。
所以要按时段数：上班的算，吃饭的不算。数出来的叫**在岗人数**。

另一边是需求。四个队列各用下周一的预测，按 80/20、爱尔兰 A（耐心 109 秒，第 5 课）算出要几个人在线，相加，再除以 0.82。
0.82 是这样来的：一个班 8 个净工时，小休 30 分钟，上课平均 24 分钟，再有 7% 的人当天请假，合起来约 18% 不在线。
这就是第 5 课那条链：班上人数减去用餐，是这里的在岗人数；小休、上课、缺勤合在 0.82 里；会议与错位没有算。
三条假设先记着：每个时段都按 18% 扣；四个队列各算各的，没有算互相支援，会偏多一点；预测是准的。

术语：在岗人数：班表上这个时段在班、又没有去用餐的人；请假、小休、上课还没有扣。
"""

# %%
guess(
    "worst",
    "下周一的班表，缺人缺得最多的是哪一段？",
    options=["傍晚六点到九点", "早上九点前后", "中午吃饭的时候", "凌晨"],
)

# %%
now = scheduling.heads(roster, DAY, shifts)
gap = compare(need, now, names=("需求", "班表"))
gap.plot()
gap.table.join(actual).loc[["09:30", "15:30", "18:00", "18:30", "19:30"]]

# %% [markdown] reading="worst" actual="'傍晚六点到九点'"
"""
傍晚。18:00 少 11.4 人；早上 09:30 只少 2.8 人，在算法的误差以内；15:30 多出 65 人。
合起来，班表 192 人、[[1,536 工时|192 * 8]]，需求 [[1,252 工时|need.sum() / 2]]：缺 [[31.7 工时|gap.short.sum() / 2]]，多 [[316 工时|gap.over.sum() / 2]]。总量够，缺的和多的不在同一个钟点。
傍晚为什么缺？早班到 17:30 走完了，18:00 到 19:00 又有十几个晚班的人在吃饭，19:30 起中班也陆续下班。

需求是算出来的，换一个来源核对：右边两列是五、六月平常日子的实绩，20 秒内接起几成（周一 [[5 天|typical_day(past, weekday='周一').attrs['days']]]，周二到周五 [[28 天|typical_day(past, weekday=['周二', '周三', '周四', '周五']).attrs['days']]]）。

- 傍晚 18:00 到 19:30，不管周几，多数不到八成，常在七成上下；下午 15:30 有 85%。与图上缺人的钟点对得上。
- 早上 09:30，周二到周五也有 85%，周一只有 44%。班表在周一早上不缺人，实绩却差这么多：
  排在班上的人没有都在线。从班上到接起还有好几步，第 9 课沿着这条链找是哪一步。

所以分开答：傍晚是班表的事，今天改；周一早上不是，加人没有用。

术语：覆盖率：需求里有人接的那部分，各时段取需求与在岗里小的一个，相加，除以需求的合计。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：10 分钟
投票：worst
答案：A。傍晚，18:00 少 11 人
会答错成：B，因为群里天天喊的是周一早上；图上早上贴着需求走
会答错成：C，因为想到吃饭；中午人多，扣了吃饭还有余
反问：你们中心几点到几点没有人走、没有人来、又有人在吃饭？
来不及：三条假设只念第一条，表只看 09:30 与 19:30 两行
"""

# %% [markdown] tags=["given"]
"""
## 2　主管的办法：30 个早班

08:30 到 17:00 的早E 加 30 个人，一天多付 240 个工时。
"""

# %%
guess("thirty", "早E 加 30 个人，缺的 31.7 工时能补上几个工时？", unit="工时")

# %%
boss = scheduling.heads(roster, DAY, shifts, change={"早E": 30})
account({"现在的班表": now, "早E 加 30 人": boss})

# %% [markdown] reading="thirty" actual="shortage({}) - shortage({'早E': 30})" digits=1
"""
只补上 4.3 工时（31.7 − 27.4 = 4.3），多的从 316 涨到 552 工时。
傍晚一个人也没有多：早E 17:00 就下班了。
覆盖比例 97.5% 看着很高，是因为它把一天加在一起，傍晚少的十来个人淹在里面。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：7 分钟
投票：thirty
- A. 4 工时上下
- B. 10 工时上下
- C. 20 工时上下
- D. 全补上
答案：A。4.3 工时
会答错成：C，因为当缺的都在早上
反问：周一 09:30 的实绩只有 44%，班表又不缺人，人去哪里了？
来不及：覆盖比例那一句不讲
"""

# %% [markdown] tags=["given"]
"""
### 练习 1　不加人，挪 10 个

中D 是 11:00 到 19:30，周一有 12 个人；中F 是 13:00 到 21:30。
把 10 个人从中D 改到中F，总人数不变。缺的从 31.7 工时降到几个工时？
把横线换成一个数，运行；保留一位小数就行。

<details><summary>提示 1</summary>中D 减 10，中F 就要加几？</details>
"""

# %% [markdown] excel="ex-move" value="21.0 工时" tags=["given"]
"""
打开笔记本旁边的「挪班.xlsx」（「准备」那一格生成的），改「中D 改到中F 的人数」那一格，看合计行的「缺的工时」。
"""

# %% exercise="ex-move"
change = {"中D": -10, "中F": ____}
### BEGIN SOLUTION
change = {"中D": -10, "中F": 10}
### END SOLUTION
short = shortage(change)
short

# %% check="ex-move"
right, gone, none = (shortage({"中D": -d, "中F": f}) for d, f in ((10, 10), (10, 0), (0, 0)))
expect(
    short,
    right,
    what="挪 10 人以后缺的工时",
    unit="工时",
    atol=0.06,
    tol=0,
    mistakes=[
        (gone, "中D 的 10 个人没有去处，总人数少了 10。"),
        (none, "这是没有挪之前的数。"),
        (2 * right, "一个时段是半小时，人数相加以后要除以 2。"),
    ],
    hint="一减一加，总人数还是 192。",
)

# %% [markdown] explain="ex-move" tags=["given"]
"""
21.0 工时。没有多付一个工时，补上的比招 30 个还多：总监说得对。
中D 的人早来的两小时，班表本来就有余；晚走的两小时正好在傍晚。
"""

# %% mistakes="ex-move"
# 错因：只减不加
# 消息：总人数少了 10
# 换："中F": 10
# 成："中F": 0

# 错因：没有挪
# 消息：没有挪之前
# 换：{"中D": -10, "中F": 10}
# 成：{}

# %% [markdown] tags=["instructor", "given"]
"""
时间：6 分钟
答案：10，得 21.0 工时
会答错成：32.6 一类更大的数，因为中F 填了 0，人没有了去处
反问：这 10 个人愿不愿意 21:30 下班？（下一课的人性化）
来不及：演示一遍，改 Excel 里的那一格给大家看
"""

# %% [markdown] tags=["given"]
"""
## 3　让电脑来挪

二十种班、一百九十个人，手挪不到头，也不知道离最好还有多远。交给电脑之前，要把话说清楚：

- **底线**：每个时段至少有需求的九成。写成硬条件，一格也不许破。
- **价钱**：付一个净工时算 1；缺一个工时算 5；多一个工时再算 1（人闲着，也要管）。5 与 1 是教学约定。

`总代价 = 付的工时 + 5 × 缺的工时 + 1 × 多的工时`，电脑找总代价最小的摆法。

两份班次表各算一次：现在的二十种班；同样的班，只是**每种班分三批吃饭**（照旧、早一小时、晚一小时）。

术语：覆盖下限：每个时段排的人至少是需求的几成，排班时一格也不许低于它。
"""

# %%
best = scheduling.optimise_shifts(need, shifts, min_coverage=0.9)
meals = scheduling.optimise_shifts(need, scheduling.stagger_meals(shifts), min_coverage=0.9)
meals.plot()
plans = {"今天两样": quick, "重摆": best.staffed.iloc[0], "重摆、分批吃饭": meals.staffed.iloc[0]}
account({"现在的班表": now, "早E 加 30 人": boss, **plans})

# %% [markdown]
"""
<details><summary>读这张表（先自己说一句，再打开）</summary>

- 「今天两样」是手挪的：10 个中D 改到中F，晚班每种班三分之一早一小时吃饭、三分之一晚一小时。还是 192 人，缺的从 31.7 降到 16.5 工时，少一半。
- 「重摆」，班次照旧，188 人，缺 22.5。
- 「重摆、分批吃饭」，179 人，缺 20.7。总代价最低：从现在的 2,010 降到 1,736；加 30 人反而涨到 2,464。

错开用餐不改合同、不改上下班，只改几点吃饭，在重摆里单这一样就省 9 人（188 − 179 = 9）。
手挪的缺得最少，电脑的总代价最低：电脑把人减到 179，用一点缺口换了 13 个人（192 − 179 = 13）。要哪一样，看你定的价钱。

</details>

下午还是多出许多：早高峰与晚高峰隔了九个小时，一口气上完一整天的班，接住一头就要拖着下午。
多出来的人在做工单、回访这些线下的活，不是白坐着；只是线下的活一天要几个工时，没有人记过。

**哪些数说得出口**：人数、缺与多的工时、总代价。
「早D 几个、早E 几个」不行：好几种摆法总代价一样，价钱差一分就换一种，它们只是其中一种。

**换一天、多一成，还站得住吗？** 这两样是看着 6 月 30 日想出来的，拿同一天来夸它不算数。
下面换几样：班表四周里别的日子、损耗的假设、一整周、来电多一成。
"""

# %% tags=["hide"]
# 换日子、换损耗、换一整周、来电多一成：都试一遍（要等十来秒）
days = roster[roster["班次"] == "中D"].groupby("日期").size().drop(pd.Timestamp(DAY))
saved, hours = [], []
for day in days.index[days >= 10]:
    cut = {"前": {}, "后": today(day)}
    have = {name: scheduling.heads(roster, day, three, change=one) for name, one in cut.items()}
    saved.append(-account(have, daily.loc[day])["缺的工时"].diff().iloc[-1])
    hours.append((have["前"] - daily.loc[day]).idxmin())
print(f"另外 {len(saved)} 天，天天都少缺 {min(saved):.0f} 到 {max(saved):.0f} 工时；")
print(f"缺得最多的时段天天在 {min(hours)} 到 {max(hours)} 之间。")
for loss in (0.15, 0.21):
    other = now - need * 0.82 / (1 - loss)
    print(f"损耗换成 {loss:.0%}：缺得最多的是 {other.idxmin()}，少 {-other.min():.0f} 人。")
week = daily.loc["2025-07-14":"2025-07-20"]
whole = scheduling.optimise_shifts(week, scheduling.stagger_meals(shifts), min_coverage=0.9)
print(f"7 月 14 日那一周七天都重摆、错开用餐：要 {whole.daily['人数'].sum():,} 人次，", end="")
print(f"班表上有 {sum(~between(roster, week.index[0], week.index[-1])['休息']):,} 人次。")
account({"现在的班表": now, **plans}, 1.1 * need).drop(columns="总代价")

# %% [markdown] tags=["instructor", "given"]
"""
时间：9 分钟
先讲班表的表（5 分钟），再讲换几样（4 分钟）。
反问：几样里哪一样最可能发生？预测的误差有一成吗？（第 4 课的数）
来不及：价钱只念公式；损耗那一句不讲
"""

# %% [markdown]
"""
### 练习 2　先动哪一样

<details><summary>先读上面那一格（自己说一句，再打开）</summary>

- 换日子：另外 19 天，两样一起改，天天少缺 8 到 17 工时，缺得最多的时段天天在傍晚。换损耗：15% 或 21%，缺得最多的仍是 18:00。站得住。
- 来电多一成：179 人那张缺 98.4 工时，比现在的 82 还多；今天两样缺 71.2 工时，比现在少。排得越贴，余地越小。
- 换一整周：七天要 1,153 人次，班表上有 1,196 人次，排得下。第 6 课说七月缺十几个人，是照现在的排班有效率算的；挪了钟点、错开吃饭，这个缺口就补上了。不过底线只守到九成，预测错了还要靠后备。

「已证明最优」说的是：照这份需求、这些班次、这几个价，没有总代价更低的摆法；需求一变，题目就变了。
所以电脑省下的 13 人（192 − 179 = 13）不退回去：平时照做线下的活，忙起来做后备（第 10 课算要几个）。

</details>

今天是周五下午，周一就要用新班表。四个人各出一个主意，选一个，把字母填进去（加英文引号）：

- A. 「照电脑算的 179 人重排整张班表，今晚发出去，它已经证明最优了。」
- B. 「把缺人价从 5 提到 20 再算一遍，人排足了，傍晚自然不缺。」
- C. 「下周一先挪 10 个中D 到中F，晚班分批吃饭；整张重排放到下一期。」
- D. 「等第 9 课查清周一早上的原因，两件事一起改，免得改两回。」

<details><summary>提示 1</summary>离周一只有两天，一百多人的班次能不能一夜全换？哪一样不用等？</details>
"""

# %% exercise="ex-first"
choice = ____
### BEGIN SOLUTION
choice = "C"
### END SOLUTION

# %% check="ex-first"
expect(
    choice,
    "C",
    what="先动哪一样",
    mistakes=[
        ("A", "两天以前换掉一百多人的班，请假、通勤、夜里回家都没有问过；「最优」只管工时。"),
        ("B", "提价只会多排人；傍晚缺的是钟点，挪 10 个人已经补上三成。"),
        ("D", "傍晚与周一早上是两件事，傍晚的原因已经清楚，没有理由等。"),
    ],
    hint="看哪一样不加人、不换合同、今天就能办。",
)

# %% [markdown] explain="ex-first" tags=["given"]
"""
C。挪 10 个人、晚班分批吃饭，今天打十几个电话、和晚班组长说一声就办得到，缺口从 31.7 降到 16.5 工时，少一半。
电脑算的那张是下一期的样子：先问人，再重排。
"""

# %% mistakes="ex-first"
# 错因：把最优当成可以照办
# 消息：「最优」只管工时
# 换："C"
# 成："A"

# 错因：两件事绑在一起等
# 消息：没有理由等
# 换："C"
# 成："D"

# %% [markdown] tags=["instructor", "given"]
"""
时间：6 分钟
投票：下周一先动哪一样？
- A. 照 179 人整张重排
- B. 缺人价提到 20 再算
- C. 挪 10 个中D，晚班分批吃饭
- D. 等周一早上的原因查清
答案：C。挪 10 个人、分批吃饭今天就能办
会答错成：A，因为「已证明最优」四个字听着像命令
反问：分批吃饭，谁去和晚班的组长说？
来不及：投票代替作答
"""

# %% [markdown] tags=["given"]
"""
### 练习 3　两头班最多补贴几个工时

再加一种班：08:30 到 12:30，回家，17:00 到 21:00，净 8 小时。加上它再算，总代价从 1,736 降到 1,401，用了 29 个两头班。
两头班的人一天出两趟门，要补贴。每个两头班补贴几个工时以内，总代价还不比 1,736 高？保留一位小数。

<details><summary>提示 1</summary>省下的总代价，摊给 29 个人。</details>
"""

# %% [markdown] excel="ex-split" value="11.6" tags=["given"]
"""
在空的单元格里写：两个总代价相减，除以两头班的人数。
"""

# %% exercise="ex-split" home=true
allowance = (1736 - ____) / 29
### BEGIN SOLUTION
allowance = (1736 - 1401) / 29
### END SOLUTION

# %% check="ex-split"
expect(
    allowance,
    (1736 - 1401) / 29,
    what="每个两头班的补贴",
    unit="工时",
    tol=0.01,
    mistakes=[
        (1401 / 29, "分子是省下的总代价，不是剩下的。"),
        ((1736 - 1401) / 163, "摊给上两头班的 29 个人，不是全部的人。"),
        (1736 - 1401, "这是一天省下的总数，再摊给 29 个人。"),
    ],
    hint="先求省下多少，再除以人数。",
)

# %% [markdown] explain="ex-split" tags=["given"]
"""
11.6 工时，比一个班的 8 工时还多：给一倍半的工钱也划算。
这是上限，也没有算人愿不愿意、来回的路、中间空着的半天算什么。先问有几个人愿意，再谈给多少。
"""

# %% mistakes="ex-split"
# 错因：把剩下的当成省下的
# 消息：不是剩下的
# 换：(1736 - 1401)
# 成：1401

# 错因：摊给了所有人
# 消息：不是全部的人
# 换：/ 29
# 成：/ 163

# %% [markdown] tags=["instructor", "given"]
"""
时间：0 分钟
课后做。第二天问一句：你们那里有没有人愿意上两头班？
"""

# %% [markdown] tags=["given"]
"""
## 4　带回去：自己的文件，Excel 里来，Excel 里去

「文件」里有话务平台导出的咨询队列两周时段报表。读进来，取平常的周一，算需求，让电脑摆班，图与各班人数一起存成「我的排法.xlsx」。
换成自己的，改三处：文件名、星期、班次表（班次、上班、下班、用餐开始、用餐分钟）。耐心与损耗也要换成自己的数。
给老板的一句：「周一照现在的班次要排几个人，缺多少、多多少工时；班次一换，人数也换。」
"""

# %%
day = typical_day(read_table("文件/话务平台-时段报表.xlsx"), weekday="周一")
mine = scheduling.optimise_shifts(required(day), scheduling.stagger_meals(shifts), min_coverage=0.9)
write_excel("我的排法.xlsx", 班次=mine, overwrite=True)
mine.plot()
print(mine)

# %% [markdown] tags=["instructor", "given"]
"""
时间：3 分钟
反问：自己的班次表里，用餐时间写在哪里？没有写的，先去问。
来不及：只运行，不打开 Excel
"""

# %% [markdown] tags=["given"]
"""
## 小结

先一格一格比，再定价，再让电脑摆；动手先动不用等的那一样。

<details><summary>回给群里的话（先自己写，再打开对）</summary>

「人够，摆错了钟点。下周一缺 32 工时，八成在傍晚，招 30 个早班只补得上 4 工时，不招。
今天就改两样：10 个中D 改到中F，晚班分批吃饭，缺的少一半，一个工时也不多付。下一期整张重排，人数不减，省下的做后备。
周一早上班表不缺人，原因在别处，第 9 课查。」

</details>

什么会改变它：没有人愿意 21:30 下班，就要谈津贴；来电稳定地多出一成，要重算需求；线下的活一天真要三百工时，下午的人就不算多。

速查：在岗人数按时段数，上班的算，用餐的不算；缺与多按工时加。
速查：先写覆盖下限，再定价；总代价 = 付的 + 5 × 缺的 + 多的（教学约定）。
速查：最优只对给定的需求、班次、价钱；说得出口的是人数、工时、总代价，不是某个班几个人。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：1 分钟
再站一次队：主管对，还是总监对？请一位学员把回话念出来。
"""
