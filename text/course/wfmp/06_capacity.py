# %% [markdown] minutes=45 topics=["wfmp.2.capacity"] tags=["given"]
"""
# 七月缺人，今天批 25 个够不够？

6 月 30 日，天热了，报修电话一天比一天多。运营总监把你叫去：「七月肯定不够，我现在就批 25 个招聘名额。明年一共招多少，你也给我一张表。」
人事补了三句：从批下来到上岗要 3 个月；10 人一班，一个月最多两个班；眼下有 12 个人在培，7 月、8 月各上岗 6 个。在册 240 人。

学完你能：

1. 从两年的日话务算出未来每个月要养几个人，说出每个分母的出处；
2. 分清批下来、到岗、顶用三个时间，倒推每个月启动招几个；
3. 把假设往好处、坏处都试一遍，看今天的签字变不变；
4. 告诉总监七月靠什么，明年夏天靠什么。
"""

# %% [markdown] warmup=true tags=["given"]
"""
## 先想一想

1. 爱尔兰 C 与爱尔兰 A，哪个算出来的人多？为什么？
   答：C 多。它假设没有人挂断，要给等得再久的人也备着人。
2. 要 25 人在线，平常九成二的人上线，计划要排几个？
   答：25 ÷ 0.92，28 个。
3. 占用率定得越高越省人，为什么不定 95%？
   答：守不住服务水平。占用率是目标定下来以后的结果。
"""

# %% [markdown] tags=["instructor"]
"""
时间：5 分钟
念情境；请人举手：今天就批 25 个，同意的举手，把人数记在白板上，最后再举一次。
"""

# %% tags=["setup"]
import numpy as np
import pandas as pd

from ccomlib import attrition, capacity, centre, erlang, expect, guess, read_table
from ccomlib import show_table, use_chinese, views, write_excel

use_chinese()
hub = centre.open_centre(seed=2025)

# 哪个月放哪个假、几天：今年的已经公布，明年的照往年估，公布了再改
holidays = {
    "25-10": {"中秋国庆": 8},
    "26-01": {"元旦": 3},
    "26-02": {"春节": 8},
    "26-04": {"清明": 3},
    "26-05": {"劳动节": 5},
    "26-06": {"端午": 3},
    "26-09": {"中秋": 3},
    "26-10": {"国庆": 7},
}
# 六月平常的日子：付薪的工时去了哪里（一天平均）
plain = views.plain_days(hub.calls_interval)
june = plain.loc[plain["日期"] >= "2025-06-01", "日期"].unique()
work = hub.agent_day[hub.agent_day["日期"].isin(june)].filter(like="秒").sum() / 3600 / len(june)
paid = 240 * 5 / 7 * 8
inside = work[["小休秒", "培训秒", "会议秒"]].sum()
able = work[["通话秒", "话后秒", "空闲秒", "其他秒"]].sum()
away = {"请假缺勤": 1 - work["排班秒"] / paid, "小休、培训、会议": 1 - able / work["排班秒"]}
loss = capacity.shrinkage(components=away, combine="multiplicative")
# 七、八月的培训挪走一半：损耗少一点，要的人少几成
half = away["小休、培训、会议"] - work["培训秒"] / work["排班秒"] / 2
lighter = capacity.shrinkage(
    components=away | {"小休、培训、会议": half}, combine="multiplicative"
)
eased = (1 - loss.rate) / (1 - lighter.rate)
# 七月已经排好的班：各时段要的人（爱尔兰 A），与班上能上线的人
july = hub.plan_interval[hub.plan_interval["日期"] >= "2025-06-30"]
asked = erlang.required_agents(july["预测量"], july["预测处理时长"], patience=109)
busy = asked.load.sum() / asked.agents.sum()
slots = july.assign(要=asked.agents).groupby(["日期", "时段"])["要"].sum().reset_index()
slots = slots.merge(hub.staff_interval, on=["日期", "时段"])
# 平常有 92% 会上线；清闲时做线下的活的人也能上线
slots["能"] = (slots["计划在线"] + slots["其他"]) * 0.92
fits = np.minimum(slots["要"], slots["能"]).sum() / slots["能"].sum()
shares = {"occupancy": busy, "efficiency": fits, "shrinkage": loss}
# 每月的平均处理时长：各队列用五、六月的时长（报修四月底起变长），按各月的队列占比合起来
recent = hub.calls_daily[hub.calls_daily["日期"] >= "2025-05-01"]
seconds = views.mean_by(recent, "平均处理时长", "呼入量", "队列")["平均处理时长"]
parts = hub.calls_daily.groupby("队列")
split = {
    name: capacity.volume_forecast(rows, 18, holidays=holidays).table["呼入量"]
    for name, rows in parts
}
split = pd.DataFrame(split)
aht = (split * seconds).sum(axis=1) / split.sum(axis=1)
paid_days = pd.period_range("2025-07", periods=18, freq="M").days_in_month.to_numpy() * 5 / 7
# 离职率：工具以月初加到岗的人数为底
left = attrition.monthly(hub.agents, "2024-07", "2025-06").average
rate = left / (1 + left / 2)
terms = {"in_training": (6, 6), "class_size": 10, "max_hires": 20}
# 总监的办法：十月到岗 25 个，以后不再招
only = {"in_training": (6, 6, 0, 25), "max_hires": 0}
# 自己的文件的样子：两年的日报，一行一个队列的一天
saved_as = write_excel("日报.xlsx", 日报=hub.calls_daily, overwrite=True)

# %% [markdown]
"""
## 1　七月要几个人

先要来电量。两年里春节一次全在二月（[[2024 年|给定]]），一次一月、二月各一半（[[2025 年|给定]]），明年又全在二月。
把两年的一月、二月直接平均，两个月都不对。下面的工具先把放假的日子拿出来，用平常的日子算季节与增长，再照明年的日历把假放回去。
明年的放假安排还没有公布，先照往年估，公布了再改。
"""

# %%
guess("july", "240 人在册。照 80/20，七月一共要养几个人？", unit="人")

# %%
volume = capacity.volume_forecast(hub.calls_daily, 18, holidays=holidays)
volume.plot()
volume

# %% [markdown]
"""
年增长按 5.7%，只有两年的数撑着，后面往两头试。最多的是明年七月，35 万通；今年七月 33 万通；春节那个月不到 20 万通。春节一天只有平常的 [[40%|volume.holidays["春节"]]]。

从通数到人数，一步一个分母，每个都要有出处：

| 一步 | 这里 | 出处 |
|---|---|---|
| 处理工时 = 通数 × 时长 ÷ [[3600|给定]] | 时长按五、六月 | 报修四月底起变长，去年的不能用 |
| ÷ 占用率 | [[81%|busy]] | 七月的预测，每个时段按爱尔兰 A、80/20 算人数，话务量除以人数 |
| ÷ 排班有效率 | [[80%|fits]] | 七月排好的班：能上线的人里，正好有活干的占多少 |
| ÷ (1 − 损耗率) | 见下 | 六月的员工日报 |
| ÷ 每人付薪工时 | 七月 [[177 小时|31 * 5 / 7 * 8]] | 做五休二：[[31 天|给定]]的七分之五，每天 8 小时；一年平均 [[174 小时|21.75 * 8]]，与人社部的月计薪 [[21.75 天|给定]]一致 |

术语：损耗率：付薪的时间里，不能接电话的占多少。
术语：排班有效率：排出来的人力里，正好落在需要的时段上的占多少；班次是一整段，需求有尖峰，不可能是 100%。
术语：全职当量：折成做满一个月的人，是几个；半日制算半个。
"""

# %%
print(loss)
need = capacity.monthly_need(volume.table["呼入量"], aht, paid_days, **shares)
need.plot()
columns = ["呼入量", "工作量(小时)", "每人付薪工时", "净需求人数", "全职当量"]
show_table(need.summary()[columns], units={"净需求人数": "人", "全职当量": "人"})

# %% [markdown] reading="july" actual="need.fte[0]" digits=0
"""
七月要 254 人，八月 246 人，明年七月 269 人；明年二月只要 164 人。现在 240 人：总监说七月不够，没有说错，缺 [[14 个|need.fte[0] - 240]]左右。

三件事写在表下：

- 这是往多里算：每个时段都不许缺，四个队列各备各的富余。四分之三的人会两个队列，缺人的那边可以借。要是人人会四样、合成一条，占用率不过 [[90%|给定]]，七月每天的在线工时能从 [[937|asked.agents.sum() / 2 / 28]] 降到 [[843|asked.load.sum() / 2 / 28 / 0.9]]，少一成；真的在两头之间。
- 损耗是六月的，里面没有法定节假日（七、八月也没有）。一年 [[13 天|给定]]，扣掉以后一个月平均只剩 [[20.67 天|248 / 12]]、[[165 小时|248 / 12 * 8]]；年假按工龄 [[5、10、15 天|给定]]，也多半不在六月休。所以有节假日的月份，人数要再加一点。
- 损耗要**除**：要 [[100 人|给定]]在线、损耗 [[20%|给定]]，养 [[125 人|100 / 0.8]]；乘 [[1.2|给定]]得 [[120 人|100 * 1.2]]，里面只有 [[96 人|120 * 0.8]]在线。
"""

# %% [markdown] tags=["instructor"]
"""
时间：14 分钟
投票：july
- A. 230 人
- B. 255 人
- C. 270 人
- D. 280 人
答案：B。254 人，缺 14 个左右。
会答错成：C，因为老表用爱尔兰 C，假设没有人挂断
会答错成：D，因为乘了 1 加损耗再加保险
反问：你们的占用率写的是多少？是算出来的，还是去年抄下来的？
来不及：分母那张表只念「出处」一列
"""

# %% [markdown]
"""
### 练习 1　84 个人在线

一次直播活动要 [[84 个人|给定]]同时在线，损耗率 [[25%|给定]]。要养多少人？把 `____` 换成一个式子或一个数。

<details><summary>提示 1</summary>25% 是从养的人里拿走的，还剩几成？</details>
<details><summary>提示 2</summary>算完乘回去，看是不是 84。</details>
"""

# %% [markdown] excel="ex-fte" value="112 人"
"""
在空的单元格里写 `=84/(1-25%)`。
"""

# %% exercise="ex-fte"
fte = 84 / ____
### BEGIN SOLUTION
fte = 84 / (1 - 0.25)
### END SOLUTION

# %% check="ex-fte"
expect(
    fte,
    112,
    what="要养的人数",
    unit="人",
    mistakes=[
        (105, "这是乘 1.25：105 个人里只有 78.75 个在线，不够 84。"),
        (63, "方向反了：63 比在线的人还少。"),
        (336, "你除以了 25%，那是拿走的，不是剩下的。"),
    ],
    hint="损耗率的底是养的人，要除以剩下的比例。",
)

# %% [markdown] explain="ex-fte"
"""
84 ÷ [[0.75|1 - 0.25]] = 112，乘回去正好 84。
"""

# %% mistakes="ex-fte"
# 错因：乘 1 加损耗率
# 消息：只有 78.75 个在线
# 换：/ (1 - 0.25)
# 成：* 1.25

# 错因：除以了损耗率
# 消息：那是拿走的
# 换：(1 - 0.25)
# 成：0.25

# %% [markdown] tags=["instructor"]
"""
时间：4 分钟
答案：112 人。
会答错成：105，因为乘了 1.25；请他验算 105 里有几个在线
反问：损耗率 25% 里，年假算进去没有？
来不及：心算，不填格
"""

# %% [markdown]
"""
## 2　今天批的人，哪个月顶用

今天批，3 个月后上岗，就是 10 月；上岗头一个月顶 [[0.5 个|给定]]人，第二个月 [[0.8 个|给定]]，第三个月起才算一个（教学约定，用自己的学习曲线换）。
同时人在走：近一年走了 [[62 人|hub.agents['离职日期'].notna().sum()]]，月离职率 [[2.2%|left]]。

术语：月离职率：一个月离职的人，除以月初与月末在册人数的平均。
"""

# %%
guess(
    "october",
    "今天批的 25 个人 10 月到岗。十月那个月，人是多还是少？",
    options=["还缺十来个", "多出五十几个", "多出二十几个", "不多也不少"],
)

# %%
boss = capacity.hiring_plan(need.fte, 240, rate, 4, months=need.months, **only)
plan = capacity.hiring_plan(need.fte, 240, rate, 3, months=need.months, **terms)
boss.plot().set_title(f"照总监的办法：七月没补上，明年七月缺 {boss.gap[12]:.0f} 人")
plan.plot()
show_table(boss.summary()[["需求", "到岗", "有效人力", "缺口"]].iloc[[0, 1, 3, 11, 12, 13]])

# %% [markdown] reading="october" actual="'B'"
"""
多出五十几个。十月只要 190 人，有效人力 243 人。
七月缺 16 人，八月缺 9 人，这 25 个一个也没补上（在册 240 人，当月还会走几个，所以比上一节的缺口多一点）。
要是以后不再招，到明年七月，人又走得只剩两百出头，缺 58 人。

第二幅图是倒推的：每月不缺、又不早招。十一月开第一班 [[10 人|plan.start_hiring[4]]]，到明年三月共招 [[90 人|plan.total_hires]]，明年七月刚好接上。
"""

# %% [markdown] tags=["instructor"]
"""
时间：9 分钟
投票：october
答案：B。
会答错成：A，因为把七月的缺口搬到了十月；请他看第一幅图的灰线往下走
会答错成：D，因为 25 个大致就是老表上的缺口，以为一加一减正好
反问：缺人的当月招人，补到的是哪个月？
来不及：只看第一幅图
"""

# %% [markdown]
"""
### 练习 2　今天签哪一张

看完两幅图，今天请总监签哪一张？

- A. 签 25 个名额，人先招进来，十月的事十月再说
- B. 签十几个名额，七月缺几个就招几个，不多要
- C. 今天一张也不签，等明年夏天真缺了人再来签
- D. 签七、八月挪培训加加班，十一月再开第一班

<details><summary>提示 1</summary>七月的缺口，招聘来得及吗？</details>
<details><summary>提示 2</summary>倒推的计划里，哪个月最早启动？</details>
"""

# %% exercise="ex-sign"
sign = ____
### BEGIN SOLUTION
sign = "D"
### END SOLUTION

# %% check="ex-sign"
expect(
    sign,
    "D",
    what="今天签的",
    mistakes=[
        ("A", "十月到岗，十月最闲；明年夏天他们又走掉一截。"),
        ("B", "数目小了，到岗还是十月，七月照样缺。"),
        ("C", "明年七月缺人，提前三个月批都嫌晚：一个月最多上二十个。"),
    ],
    hint="七月靠什么，明年夏天靠什么，分开想。",
)

# %% [markdown] explain="ex-sign"
"""
D。先用不花钱的：培训占上班时间的 [[4%|work["培训秒"] / work["排班秒"]]]，七、八月挪一半到十月，等于多出 [[6 个|need.fte[0] * (1 - eased)]]人。
还缺 [[10 个|boss.gap[0] - need.fte[0] * (1 - eased):.0f]]左右，每人每月 [[177 小时|31 * 5 / 7 * 8]]，摊给 240 人，每人每月加班 [[8 小时|(boss.gap[0] - need.fte[0] * (1 - eased)) * 31 * 5 / 7 * 8 / 240:.0f]]。
劳动法第四十一条：加班要与工会和本人商量，一般每日不过 [[1 小时|给定]]，每月不过 [[36 小时|给定]]；平日加班付不低于 [[150%|给定]]（第四十四条）。
这是往多里算的数；班表排贴一点（第 7 课），加班还能少。
"""

# %% mistakes="ex-sign"
# 错因：今天批 25 个
# 消息：十月最闲
# 换："D"
# 成："A"

# 错因：什么都不签
# 消息：提前三个月批都嫌晚
# 换："D"
# 成："C"

# %% [markdown] tags=["instructor"]
"""
时间：5 分钟
答案：D。
会答错成：B，因为觉得「缺几个招几个」最公道，没看到岗的月份
会答错成：A，因为总监已经开了口，先拿到手再说；十月以后多养的五十几个，一个月多少工资
会答错成：C，因为图上秋天人多，以为可以一直等
反问：十一月才开第一班，谁来保证那时候名额还在？
来不及：投票代替作答
"""

# %% [markdown]
"""
## 3　假设往两头试

一个一个换，好的坏的都试，看「今天启动」这一列变不变。第一行是总监心里那张老表：爱尔兰 C，排班有效率照抄 [[85%|给定]]。
"""

# %% tags=["hide"]
# 每个假设往两头换一次
calls, growth = volume.table["呼入量"], volume.growth
years = np.where(np.arange(18) < 12, 1, 2)
old_busy = asked.load.sum() / erlang.required_agents(
    july["预测量"], july["预测处理时长"]
).agents.sum()
tight = asked.load.sum() / erlang.required_agents(
    july["预测量"], july["预测处理时长"], service_level=0.9, patience=109
).agents.sum()
summer = np.where(np.isin(np.arange(18) % 12, [0, 1]), 1 / (1 - 1 / paid_days), 1)
moved = np.where(np.isin(np.arange(18) % 12, [0, 1]), eased, 1)


def sized(occupancy=busy, efficiency=fits):
    """换占用率或有效率，每月要几个人。"""
    one = capacity.monthly_need(
        calls, aht, paid_days, occupancy=occupancy, efficiency=efficiency, shrinkage=loss
    )
    return one.fte


cases = {
    "老表：爱尔兰 C、有效率 85%": (sized(old_busy, 0.85), rate),
    "本课的算法": (need.fte, rate),
    "增长 2%": (need.fte * (1.02 / (1 + growth)) ** years, rate),
    "增长 10%": (need.fte * (1.10 / (1 + growth)) ** years, rate),
    "七、八月的培训挪走一半": (need.fte * moved, rate),
    "有效率 85%（班表更贴）": (sized(efficiency=0.85), rate),
    "有效率 77%": (sized(efficiency=0.77), rate),
    "月离职率 1.5%": (need.fte, 0.015),
    "月离职率 3.0%": (need.fte, 0.03),
    "七、八月人均休一天年假": (need.fte * summer, rate),
    "目标改成 90/20": (sized(tight), rate),
    "增长 10%、离职 3%、有效率 77% 一起": (
        sized(efficiency=0.77) * (1.10 / (1 + growth)) ** years,
        0.03,
    ),
}
rows = []
for name, (fte_months, leaving) in cases.items():
    one = capacity.hiring_plan(fte_months, 240, leaving, 3, months=need.months, **terms)
    first = need.months[np.argmax(one.start_hiring > 0)]
    heads = round(fte_months[0]), round(fte_months[12])
    rows.append((name, *heads, one.total_hires, first, one.start_hiring[0]))
tests = pd.DataFrame(
    rows, columns=["情形", "今年七月要", "明年七月要", "共招", "第一班启动", "今天启动"]
).set_index("情形")
people = ["今年七月要", "明年七月要", "共招", "今天启动"]
show_table(tests, units=dict.fromkeys(people, "人"))

# %% [markdown] tags=["instructor"]
"""
时间：5 分钟
反问：这几行里，你们最没有把握的是哪一行？谁能给你那个数？
来不及：只念老表、本课、90/20 三行
会有人问后来怎样：七月照 240 人跑完，接起 [[78%|hub.calls_interval_next["20秒接起量"].sum() / hub.calls_interval_next["呼入量"].sum()]]，离 80% 差一点，可见「缺近三十个」说多了，本课的缺口也偏多。
"""

# %% [markdown]
"""
<details><summary>读这张表（先自己说一句，再打开）</summary>

先看第一列。老表说七月要 [[269 人|tests.iloc[0, 0]]]，缺近三十个，总监的 25 个大致这样来的；本课是 [[254 人|tests.iloc[1, 0]]]。排班有效率提到 85%，只要 [[239 人|tests.loc["有效率 85%（班表更贴）", "今年七月要"]]]，一个也不缺：那是第 7 课把班表排贴的价值。

再看最后一列：全是 0。好坏都试过，连三样坏的一起来，第一班也只提前到八月，今天的签字站得住。可是总数从 [[70|tests['共招'].min()]] 到 [[170|tests['共招'].max()]]，第一班从八月到十二月：明年的表要跟着假设改。离职率到 [[3.0%|给定]]、增长到 [[10%|给定]]，第一班都提前到十月；目标改成 [[90/20|给定]]，提前到八月。

</details>

## 4　带回去：自己的文件，Excel 里来，Excel 里去

两样文件：笔记本旁边的「日报.xlsx」（一行一天，日期、呼入量，要满两年；有节假日、事件两列更好），「文件」里人事导出的花名册（数在册几人）。
换成自己的：改文件名；放假安排、时长、占用率、损耗在「准备」那一格里。花名册只有在册的人，拿它算离职率会得到 0，要另要一份离职名单。
"""

# %%
daily, staff = read_table("日报.xlsx", kind="daily"), read_table("文件/人事-花名册.xlsx")
calls = capacity.volume_forecast(daily, 18, holidays=holidays).table["呼入量"]
needed = capacity.monthly_need(calls, aht, paid_days, **shares)
mine = capacity.hiring_plan(needed.fte, len(staff), rate, 3, months=needed.months, **terms)
print(mine, write_excel("招聘计划.xlsx", 每月要几人=needed, 招聘计划=mine, overwrite=True), sep="\n")

# %% [markdown] tags=["instructor"]
"""
时间：2 分钟
反问：你们的花名册有没有离职的人？没有的话，找谁要？
来不及：只运行，不打开 Excel
"""

# %% [markdown]
"""
### 练习 3　月离职率

花名册（连离职的）有 [[302 行|给定]]，近一年离职 [[62 人|给定]]，各月末在册平均 [[239 人|给定]]。
月离职率是多少？写小数或百分数都行。把两个 `____` 换成数。

<details><summary>提示 1</summary>62 人是一年的；分母是平常在册的人。</details>
"""

# %% [markdown] excel="ex-attrition" value="2.2%"
"""
在空的单元格里写 `=62/12/239`，设成百分比，一位小数。写成 `"1.2%"` 的样子。
"""

# %% exercise="ex-attrition" home=true
attrition_rate = 62 / ____ / ____
### BEGIN SOLUTION
attrition_rate = 62 / 12 / 239
### END SOLUTION

# %% check="ex-attrition"
expect(
    attrition_rate,
    62 / 12 / 239,
    what="月离职率",
    unit="share",
    tol=0.03,
    mistakes=[
        (62 / 12 / 302, "分母用了花名册的行数：走了的与补来的都数了一遍。"),
        (62 / 239, "这是一年的离职率，月离职率还要除以 12。"),
    ],
    hint="一年的离职人数先除以 12，再除以平均在册。",
)

# %% [markdown] explain="ex-attrition"
"""
[[2.2%|62 / 12 / 239]]。除以 302 行得 [[1.7%|62 / 12 / 302]]，低报了五分之一，招聘就会开晚。
"""

# %% mistakes="ex-attrition"
# 错因：分母用了花名册的行数
# 消息：走了的与补来的都数了一遍
# 换：239
# 成：302

# 错因：忘了除以 12
# 消息：月离职率还要除以 12
# 换：/ 12 / 239
# 成：/ 239

# %% [markdown] tags=["instructor"]
"""
时间：0 分钟
课后做。
"""

# %% [markdown]
"""
## 小结

先分清批下来、到岗、顶用；再把假设往两头试，看今天的签字变不变。

<details><summary>给总监的一句（先自己写一句，再打开对）</summary>

「七月是缺，往多里算缺 [[16 个|boss.gap[0]:.0f]]；今天招的人十月才到，十月多五十几个。请您签两样：七、八月的培训挪一半到十月，加班每人每月十小时以内；十一月起开班，到明年三月共招 [[90 人|plan.total_hires]]。每月底我重算：离职率到 [[3.0%|给定]] 或增长到 [[10%|给定]]，第一班提前到十月；目标要是改成 [[90/20|给定]]，八月就得开班，我马上来找您。」

</details>

速查：要养的人 = 通数 × 时长 ÷ [[3600|给定]] ÷ 付薪工时 ÷ 占用率 ÷ 排班有效率 ÷ (1 − 损耗率)；每个分母写出处。
速查：春节先拿出来，用平常日子预测，再照明年的日历放回去。
速查：缺人的当月招人，补的是一个提前期以后；假设往两头试，看今天的签字变不变。
"""

# %% [markdown] tags=["instructor"]
"""
时间：1 分钟
再举一次手：今天批 25 个，还同意的有几位？
"""
