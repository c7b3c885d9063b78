# %% [markdown]
"""
# CCOM 是什么，我的岗位在哪里？

**岗位**：七大关键岗位共同 · **时长**：45 分钟 · **主题**：`c1.history`、`c1.framework`

学完你能：

1. 说清 CCOM 是哪一份标准、哪一天起实施、前后还有哪些邻居；
2. 把中心里的一件事放进五个范围，把五个运营过程对到七个岗位；
3. 指出自己的岗位在框架的哪里，在数据里留下哪些痕迹；
4. 分清哪些话可以说「标准里有」，哪些只能说「我没有读到」。
"""

# %% tags=["setup"]
import matplotlib.pyplot as plt
import pandas as pd

from ccomlib import centre, expect, use_chinese

use_chinese()
hub = centre.open_centre(seed=2025)

# %% [markdown]
"""
## 1　新老板的两个问题

「海棠家电服务热线」来了新老板，第一周就把七个岗位的人叫到一起，问了两句：
「我们要过 CCOM，到底要过什么？」
「你这个岗，管哪一块？」

会议室里安静了一会儿。
排班师说：「80/20 吧。」质检说：「好像有五大块。」现场说：「我什么都管。」
今天就把这两句话答上来，明天开会你第一个发言。

先说明一件事：CCOM 即 SJ/T 11739-2019，2020-04-01 起实施。
本课程依据公开的认证大纲编写，不复述标准条文；凡给出的阈值均为教学约定。

## 2　从哪里来

> **先猜**：CCOM、通信行业的 YD/T 2823、国际的 ISO 18295-1、客户世界的 CC-CMM，谁最早，谁最晚？
"""

# %%
story = pd.DataFrame(
    [
        ("2008-12-23", "CC-CMM 2008 版在上海发布"),
        ("2015-04-30", "YD/T 2823-2015 发布（7 月 1 日实施）"),
        ("2017-07-06", "ISO 18295-1:2017 发布"),
        ("2019-12-01", "SJ/T 11739-2019 发布（2019 年底）"),
        ("2020-04-01", "SJ/T 11739-2019 实施"),
    ],
    columns=["日期", "事件"],
)
story["日期"] = pd.to_datetime(story["日期"])

# %%
fig, ax = plt.subplots(figsize=(8, 3))
ax.plot(story["日期"], story.index, "o-", color="#0072B2")
for row, (date, event) in story.iterrows():
    ax.text(date + pd.Timedelta(days=90), row, event, va="center")
ax.set(title="CCOM 与它的邻居", yticks=[], ylim=(4.6, -0.6))
ax.set_xlim(pd.Timestamp("2008-01-01"), pd.Timestamp("2026-06-01"));

# %% [markdown]
"""
最早的是 CC-CMM，2008 年 12 月；CCOM 是五件里最晚的，2019 年底发布，2020 年 4 月 1 日实施。
发布到哪一天，公开资料有两种说法：认证简介写 2019-12-02，行业网站写 2019-11-11，所以我们只说「2019 年底」；实施日期两边一致。

名字要念全：**SJ/T 11739-2019《信息技术服务 呼叫中心运营管理要求》**，简称 CCOM（Contact Center Operation Management）。
SJ/T 是电子行业标准，斜线后面的 T 表示推荐性。
有人写「国家行业标准」，法律上没有这一类：标准分国际、国家、行业、团体、企业几级，CCOM 是**行业标准（SJ/T）**。

邻居各是各的：

- YD/T 2823-2015《呼叫中心服务质量和运营管理规范》是通信行业的标准；
- ISO 18295-1:2017 是国际标准，讲客户联络中心；
- CC-CMM 是客户世界机构推出的；另外还有 COPC 的标准。

老板要是问「过了 COPC 是不是就等于过了 CCOM」，答案是：不是同一份文件，不能互相替代。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：8 分钟。
开场先让每人在聊天框里打出「CCOM 规定了什么」，不点评，留到第 6 节一条条对。
一定有人打「80/20」「一次解决率 80%」「质检每人每月几通」，这些都没有读到。
有学员会问标准原文在哪里买：请他向标准出版单位购买正版，本课不复述条文。
时间不够，邻居只讲年份，不讲内容。
"""

# %% [markdown]
"""
### 练习 1　排一排先后

把下面五件事按时间先后排成字母的列表，赋给 `order`，如 `["A", "B", …]`。

A　YD/T 2823-2015 实施
B　SJ/T 11739-2019 实施
C　CC-CMM 2008 版发布
D　ISO 18295-1:2017 发布
E　SJ/T 11739-2019 发布

<details><summary>提示 1</summary>多数编号末尾的四位数就是年份。</details>
<details><summary>提示 2</summary>标准先发布，隔几个月再实施。</details>
"""

# %% exercise="ex-timeline"
order = [..., ..., ..., ..., ...]
### BEGIN SOLUTION
order = ["C", "A", "D", "E", "B"]
### END SOLUTION

# %% check="ex-timeline"
expect(
    order,
    ["C", "A", "D", "E", "B"],
    what="五件事的先后",
    mistakes=[
        (["C", "A", "D", "B", "E"], "最后两个反了：先发布，后实施。"),
        (["C", "D", "A", "E", "B"], "2015 年的在 2017 年的前面。"),
        (["B", "E", "D", "A", "C"], "顺序整个倒过来了：从最早的排起。"),
    ],
    hint="看编号里的年份。",
)

# %% [markdown] explain="ex-timeline"
"""
C 2008 年 12 月，A 2015 年 7 月，D 2017 年 7 月，E 2019 年底，B 2020 年 4 月 1 日。
对客户说 CCOM，用实施的那一天最稳，因为发布日公开资料说法不一。
"""

# %% tags=["mistake"] mistake={"answer": "ex-timeline"}
# 错因：把实施放在发布前面
# 消息：先发布，后实施
order = ["C", "A", "D", "B", "E"]

# %% tags=["mistake"] mistake={"answer": "ex-timeline"}
# 错因：以为国际标准在前
# 消息：2015 年的在 2017 年的前面
order = ["C", "D", "A", "E", "B"]

# %% [markdown]
"""
## 3　五个范围，五个运营过程

认证大纲把 CCOM 分成五个范围。
右边一列是我们给每个范围配的一句问话，问的就是这家中心。

| 范围 | 问这家中心 |
|---|---|
| 战略规划 | 三年后，打进来的电话有多少该由人来接？钱往哪里投？ |
| 运营过程 | 今天每半小时要几个人，接得怎样，出了事谁先动？ |
| 人员管理 | 人从哪里来，为什么走，怎样留住？ |
| 品质管理 | 我们对客户答应了什么，多久重新定一次？ |
| 数据安全管理 | 录音和手机号，谁能看、存多久、能不能导出去？ |

第五个范围，另一份公开文章写的是「系统管理」；本课照认证大纲，写「数据安全管理」。
第四个那篇文章写的是「服务品质管理」。

七个岗位都在第二个范围里。
**运营过程**又分五个过程：

| 运营过程 | 里面的一段 | 关键岗位 |
|---|---|---|
| 监控过程 | 过程分析 | 数据分析岗（DAP） |
| 质量管理过程 | 质检管理 | 质检管理岗（QAP） |
| 质量管理过程 | 培训管理 | 培训管理岗（TMP） |
| 质量管理过程 | 投诉管理 | 投诉管理岗（CMP） |
| 预测排班过程 | 排班管理 | 排班管理岗（WFMP） |
| 绩效管理过程 | 绩效管理 | 绩效管理岗（PMP） |
| 应急管理过程 | 现场管理 | 现场管理岗（OMP） |

质量管理过程里有三个岗位，其余四个过程各有一个。
"""

# %% [markdown]
"""
### 练习 2　岗位对过程

给七个岗位各填一个运营过程的字母，赋给 `process`。

A 监控过程　B 质量管理过程　C 预测排班过程　D 绩效管理过程　E 应急管理过程

<details><summary>提示 1</summary>有一个过程里有三个岗位。</details>
<details><summary>提示 2</summary>现场管理岗不在监控过程里；监控过程里的一段叫「过程分析」。</details>
"""

# %% exercise="ex-roles"
process = {
    "现场管理岗": ...,
    "数据分析岗": ...,
    "投诉管理岗": ...,
    "绩效管理岗": ...,
    "质检管理岗": ...,
    "培训管理岗": ...,
    "排班管理岗": ...,
}
### BEGIN SOLUTION
roles = ["现场管理岗", "数据分析岗", "投诉管理岗", "绩效管理岗"]
process = dict(zip([*roles, "质检管理岗", "培训管理岗", "排班管理岗"], "EABDBBC", strict=True))
### END SOLUTION

# %% check="ex-roles"
names = ["现场管理岗", "数据分析岗", "投诉管理岗", "绩效管理岗"]
names = [*names, "质检管理岗", "培训管理岗", "排班管理岗"]
expect(
    process,
    dict(zip(names, "EABDBBC", strict=True)),
    what="七个岗位所在的运营过程",
    mistakes=[
        (
            dict(zip(names, "AEBDBBC", strict=True)),
            "现场和数据分析对调了：盯现场的人归应急管理过程，监控过程里的一段是过程分析。",
        ),
        (
            dict(zip(names, "EAEDBBC", strict=True)),
            "投诉不是应急：投诉管理和质检、培训一起，在质量管理过程里。",
        ),
    ],
    hint="回到上面那张表，一行一行对。",
)

# %% [markdown] explain="ex-roles"
"""
现场 E、数据分析 A、投诉 B、绩效 D、质检 B、培训 B、排班 C。
最容易错的是现场：每天盯屏的是现场，可大纲把现场管理放在应急管理过程；监控过程里的关键岗位是数据分析。
"""

# %% tags=["mistake"] mistake={"answer": "ex-roles"}
# 错因：以为盯现场就是监控过程
# 消息：现场和数据分析对调了
names = ["现场管理岗", "数据分析岗", "投诉管理岗", "绩效管理岗"]
names = [*names, "质检管理岗", "培训管理岗", "排班管理岗"]
process = dict(zip(names, "AEBDBBC", strict=True))

# %% tags=["mistake"] mistake={"answer": "ex-roles"}
# 错因：把投诉当成应急
# 消息：投诉不是应急
names = ["现场管理岗", "数据分析岗", "投诉管理岗", "绩效管理岗"]
names = [*names, "质检管理岗", "培训管理岗", "排班管理岗"]
process = dict(zip(names, "EAEDBBC", strict=True))

# %% [markdown]
"""
## 4　过程会留下痕迹

框架挂在墙上是一张图，落到中心里是几张表。
这家虚构的中心有八张表，整个课程都用它。

> **先猜**：预测排班过程的痕迹在哪张表？绩效管理过程呢？
"""

# %%
hub.tables()

# %% [markdown]
"""
预测排班看 `roster`（班表），监控看 `calls_interval`（时段话务），质量管理看 `agent_day` 里的质检分和 `calls_sample` 里的一次解决，绩效也在 `agent_day`，应急藏在时段话务的「事件」一列。
从每个过程取一个数出来看看。
"""

# %%
calls, day, shifts = hub.calls_interval, hub.agent_day, hub.roster
sample = hub.calls_sample.query("结果 == '接起'")
traces = [
    ("监控过程", "20 秒接起 ÷ 呼入", calls["20秒接起量"].sum() / calls["呼入量"].sum()),
    ("质量管理过程", "质检分的平均", day["质检分"].mean()),
    ("质量管理过程", "一次解决的比例", sample["一次解决"].mean()),
    ("预测排班过程", "四周班表里的夜班数", shifts["夜班"].sum()),
    ("绩效管理过程", "遵守时间 ÷ 排班时间", day["遵守秒"].sum() / day["排班秒"].sum()),
    ("应急管理过程", "系统故障的半小时数", calls.query("事件 == '系统故障'")["时段"].nunique()),
]
pd.DataFrame(traces, columns=["运营过程", "痕迹", "数值"]).round(3)

# %% [markdown]
"""
READ
"""

# %%
slots = calls.groupby(["队列", "星期", "时段"])[["20秒接起量", "呼入量"]].sum()
slots["20秒接起率"] = slots["20秒接起量"] / slots["呼入量"]
busy = slots[slots["呼入量"] > 3000]
busy.sort_values("20秒接起率").head(4)

# %% [markdown]
"""
READ
"""

# %% [markdown]
"""
## 5　一次故障，七个岗位

2025-04-21 是个周一，10:00 起系统故障了两个小时。
下图是四个队列合起来的来电，虚线是平常的周一。

> **先猜**：故障的那两个小时，20 秒接起率是高还是低？
"""

# %%
monday = calls[calls["星期"] == "周一"]
usual = monday[(monday["事件"] == "") & (monday["节假日"] == "")]
usual = usual.groupby("时段")["呼入量"].sum() / usual["日期"].nunique()
that = monday[monday["日期"] == "2025-04-21"].groupby("时段")[["呼入量", "20秒接起量", "放弃量"]].sum()
ax = that["呼入量"].loc["08:00":"18:00"].plot(label="2025-04-21")
usual.loc["08:00":"18:00"].plot(ax=ax, ls="--", label="平常的周一")
ax.set(title="系统故障那天的来电", xlabel="时段", ylabel="呼入量（通）", ylim=(0, 600))
ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
that["20秒接起率"] = that["20秒接起量"] / that["呼入量"]
that.loc["09:00":"13:30"].round(3)

# %% [markdown]
"""
READ
"""

# %%
gone = (usual - that["呼入量"]).loc["10:00":"11:30"].sum()
back = (that["呼入量"] - usual).loc["12:00":"13:30"].sum()
print(f"故障两小时少进来 {gone:,.0f} 通，恢复后两小时多进来 {back:,.0f} 通")

# %% [markdown]
"""
READ
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：10 分钟，这是全课最热闹的一节。
先只给图的上半段（接起率 100%），问：「这两个小时要不要发奖金？」再给来电量。
请七个岗位各派一人，用一句话说自己那天第一件要做的事；说不出来的，就是框架里没有找到自己的位置。
容易答偏的是排班：他要做的不是当天加人，是把这四格从预测的历史里拿掉，或打上标记。
"""

# %% [markdown]
"""
### 练习 3　另一种痕迹

`hub.calls_interval` 的「事件」一列里还有别的标记。
找出「促销短信」发生在哪一天（写成 `"2025-xx-xx"`），赋给 `sms_day`；
再数一数「618大促」一共覆盖几天，赋给 `promo_days`。

<details><summary>提示 1</summary>先筛出事件等于某个词的行，再看日期一列。</details>
<details><summary>提示 2</summary>一天有 48 个时段、4 个队列，数日期要去重：.nunique()。</details>
"""

# %% exercise="ex-trace"
sms_day = ...
promo_days = ...
### BEGIN SOLUTION
calls = hub.calls_interval
sms_day = calls.loc[calls["事件"] == "促销短信", "日期"].iloc[0].strftime("%Y-%m-%d")
promo_days = calls.loc[calls["事件"] == "618大促", "日期"].nunique()
### END SOLUTION

# %% check="ex-trace"
marks = hub.calls_interval
sms = marks.loc[marks["事件"] == "促销短信", "日期"]
promo = marks.loc[marks["事件"] == "618大促", "日期"]
expect(sms_day, sms.iloc[0].strftime("%Y-%m-%d"), what="促销短信的日期", hint="日期写成文字。")
expect(
    promo_days,
    promo.nunique(),
    what="618大促 的天数",
    mistakes=[
        (len(promo), "这是表里的行数；一天有 48 个时段、4 个队列，要数不同的日期。"),
        (1, "那是「促销短信」的天数，这里问「618大促」。"),
    ],
    hint="去重以后再数。",
)

# %% [markdown] explain="ex-trace"
"""
促销短信在 2025-03-20，只有半天；618 大促从 6 月 14 日到 20 日，7 天。
这些标记是预测、监控、应急三个过程共用的：谁先知道谁来记，记在同一张表里，别的岗位才看得到。
"""

# %% tags=["mistake"] mistake={"answer": "ex-trace"}
# 错因：数了行数，没有去重
# 消息：要数不同的日期
calls = hub.calls_interval
sms_day = "2025-03-20"
promo_days = (calls["事件"] == "618大促").sum()

# %% [markdown]
"""
## 6　主要精神，和不能替它说的话

行业网站介绍 CCOM 时提到四个特点，这是那篇文章的描述，不是我们读到的条文：

| 特点 | 放到这家中心 |
|---|---|
| 全面性 | 系统故障那天，只看接起率是满分；来电量、放弃、投诉一起看才知道出了事 |
| 以客户为核心 | 半年接起 84%，周一 08:30 打咨询的客户遇到的却不到一半 |
| 指导性强 | 告诉你要有预测、有排班、有评估这些过程；怎样做，是第三章的工具 |
| 持续改进 | 同一张表下个月再看一次，周一 08:30 有没有变好 |

读到了什么，就说什么。
名称、编号、实施日期、五个范围、五个运营过程、岗位与过程的对应，这些在公开资料里读到了。
条文全文、指标表、具体数值，**没有读到**。
公开文章里还有一句「核心内容分为六大……」，后面的六个名字没有读到，所以本课不列。

因此这门课里凡有数值，前面都写「教学约定」「行业惯例」或「国际参考」，不写「CCOM 规定」。
也不能反过来说「CCOM 没有规定」：没有读到，和没有，是两回事。
"""

# %% [markdown]
"""
### 练习 4　放进哪个范围

十件事，各填一个字母，赋给 `area`。
按第 3 节五句问话的分法（教学约定）。

A 战略规划　B 运营过程　C 人员管理　D 品质管理　E 数据安全管理

1. 三年内要不要在第二个城市建点
2. 通话录音存多久，谁有权调听
3. 周一 08:30 的班次怎样往前挪
4. 员工满意度调查之后，改食堂还是改宿舍
5. 对客户承诺的回复时限，要不要从 48 小时改成 24 小时
6. 外包团队的电脑能不能导出客户手机号
7. 系统故障时，几分钟内由谁启动预案
8. 招聘的任职资格怎样定
9. 明年的预算向自助服务倾斜还是向人工倾斜
10. 全中心的服务品质目标由谁批准、多久重定一次

<details><summary>提示 1</summary>天天在转的归运营过程；几年才定一次、关系钱和方向的归战略规划。</details>
<details><summary>提示 2</summary>5 和 10 说的是对客户答应了什么；4 和 8 说的是人的来去。</details>
"""

# %% exercise="ex-areas"
area = {1: ..., 2: ..., 3: ..., 4: ..., 5: ..., 6: ..., 7: ..., 8: ..., 9: ..., 10: ...}
### BEGIN SOLUTION
area = dict(zip(range(1, 11), "AEBCDEBCAD", strict=True))
### END SOLUTION

# %% check="ex-areas"
numbers = range(1, 11)
expect(
    area,
    dict(zip(numbers, "AEBCDEBCAD", strict=True)),
    what="十件事的范围",
    mistakes=[
        (
            dict(zip(numbers, "AECCDEBCAD", strict=True)),
            "第 3 件：排的虽是人，预测排班却是五个运营过程之一。",
        ),
        (
            dict(zip(numbers, "AEBCDEECAD", strict=True)),
            "第 7 件：系统出故障要启动的是应急管理过程，和谁能看数据是两件事。",
        ),
        (
            dict(zip(numbers, "AEBCBEBCAB", strict=True)),
            "第 5、10 件：定承诺、定目标归品质管理，每天照着做才是运营过程。",
        ),
    ],
    hint="先问它多久定一次，再问它关系到谁。",
)

# %% [markdown] explain="ex-areas"
"""
1、9 定方向和钱，A；2、6 管录音和客户信息，E；3、7 是预测排班过程与应急管理过程，B；4、8 管人的来去，C；5、10 管对客户的承诺，D。
范围之间有交界，例如质量管理过程天天在转，属于运营过程，品质管理定的是它要守的目标。
交界处以正式条文为准，本课没有读到，只按大纲的名字分。
"""

# %% tags=["mistake"] mistake={"answer": "ex-areas"}
# 错因：以为排班是管人，归人员管理
# 消息：预测排班却是五个运营过程之一
area = dict(zip(range(1, 11), "AECCDEBCAD", strict=True))

# %% tags=["mistake"] mistake={"answer": "ex-areas"}
# 错因：看见系统二字就归数据安全
# 消息：要启动的是应急管理过程
area = dict(zip(range(1, 11), "AEBCDEECAD", strict=True))

# %% tags=["mistake"] mistake={"answer": "ex-areas"}
# 错因：把定目标和天天做混在一起
# 消息：定承诺、定目标归品质管理
area = dict(zip(range(1, 11), "AEBCBEBCAB", strict=True))

# %% [markdown]
"""
### 练习 5　这句话能不能说

凭本课读到的材料，能说的填 `True`，不能说的填 `False`，赋给 `can_say`。

- 甲：「CCOM 是行业标准，编号 SJ/T 11739-2019。」
- 乙：「CCOM 规定服务水平要做到 80/20。」
- 丙：「CCOM 从 2020 年 4 月 1 日起实施。」
- 丁：「CCOM 是国家行业标准，必须执行。」
- 戊：「大纲里，运营过程含五个过程，预测排班是其中一个。」
- 己：「CCOM 要求两个班之间至少休息 11 小时。」

<details><summary>提示 1</summary>带数值的要求，先问在哪里读到。</details>
<details><summary>提示 2</summary>SJ/T 的 T 是什么意思？11 小时是哪里的规定？（国际参考，不是这份标准里读到的。）</details>
"""

# %% exercise="ex-can-say"
can_say = {"甲": ..., "乙": ..., "丙": ..., "丁": ..., "戊": ..., "己": ...}
### BEGIN SOLUTION
can_say = {"甲": True, "乙": False, "丙": True, "丁": False, "戊": True, "己": False}
### END SOLUTION

# %% check="ex-can-say"
right = {"甲": True, "乙": False, "丙": True, "丁": False, "戊": True, "己": False}
expect(
    can_say,
    right,
    what="六句话",
    mistakes=[
        (right | {"乙": True}, "乙：80/20 是行业惯例，没有在 CCOM 里读到这个数。"),
        (right | {"丁": True}, "丁：没有「国家行业标准」这一类，T 表示推荐性。"),
        (right | {"己": True}, "己：11 小时是国际参考，没有在 CCOM 里读到。"),
        (right | {"乙": True, "己": True}, "乙和己都带着数值，这两个数都没有读到。"),
    ],
    hint="有数值、有「必须」的句子再看一遍。",
)

# %% [markdown] explain="ex-can-say"
"""
甲、丙、戊能说，公开资料里读到了。
乙、己的数值没有读到；80/20 是行业惯例，11 小时是国际参考。
丁错了两处：没有「国家行业标准」这一类；SJ/T 是推荐性标准，写进合同或被法规引用时才要照做。
"""

# %% tags=["mistake"] mistake={"answer": "ex-can-say"}
# 错因：把行业惯例当成标准规定
# 消息：没有在 CCOM 里读到这个数
can_say = {"甲": True, "乙": True, "丙": True, "丁": False, "戊": True, "己": False}

# %% tags=["mistake"] mistake={"answer": "ex-can-say"}
# 错因：以为行业标准就是国家强制
# 消息：没有「国家行业标准」这一类
can_say = {"甲": True, "乙": False, "丙": True, "丁": True, "戊": True, "己": False}

# %% [markdown]
"""
### 练习 6　客户在招标会上问

客户问：「你们要过 CCOM，请问 CCOM 里一次解决率的及格线是多少？我要写进合同。」
你怎么答？把字母赋给 `choice`。

A　「75%，行业里都这么用，写 75% 不会错。」
B　「80%，CCOM 规定的，和 80/20 一样。」
C　「条文里的数值我没有读到，不能说；您要目标，我们按自己的历史定一个，写明是双方约定。」
D　「CCOM 没有规定任何数值，随便写多少都行。」

<details><summary>提示 1</summary>哪一个选项说的是自己读到的事？</details>
<details><summary>提示 2</summary>没有读到，和没有规定，是一回事吗？</details>
"""

# %% exercise="ex-customer"
choice = ...
### BEGIN SOLUTION
choice = "C"
### END SOLUTION

# %% check="ex-customer"
expect(
    choice,
    "C",
    what="招标会上的回答",
    mistakes=[
        ("A", "惯例可以当参考，不能当成 CCOM 的及格线写进合同。"),
        ("B", "这个数没有读到；80/20 也不是在 CCOM 里读到的。"),
        ("D", "没有读到条文，也就不能说它没有规定。"),
    ],
    hint="请填 A、B、C、D 中的一个字母。",
)

# %% [markdown] explain="ex-customer"
"""
没有读到，不能说有，也不能说没有。
合同里要写数，就用自己的数据：第 4 节算出一次解决的比例，双方在它的基础上约定目标、口径和复核办法。
哪天买到了标准正文，读到了，再改口。
"""

# %% tags=["mistake"] mistake={"answer": "ex-customer"}
# 错因：编一个听上去像规定的数
# 消息：这个数没有读到
choice = "B"

# %% tags=["mistake"] mistake={"answer": "ex-customer"}
# 错因：把没有读到说成没有规定
# 消息：也就不能说它没有规定
choice = "D"

# %% [markdown]
"""
## 7　我在框架的哪里

找到自己的那一行，抄下来，明天开会用。

| 岗位 | 运营过程（里面的一段） | 大纲第二章讲什么 | 第三章几个工具 | 先打开哪张表 |
|---|---|---|---|---|
| 现场管理岗 OMP | 应急管理过程（现场管理） | 预测排班、质量控制、绩效、人员、客户满意度，各讲计划、改善、执行与检测 | 5 | `calls_interval` |
| 数据分析岗 DAP | 监控过程（过程分析） | 根源、趋势、相关、对比、预测模型、指标校准、抽样调查 | 7 | `calls_interval` |
| 投诉管理岗 CMP | 质量管理过程（投诉管理） | 投诉的收集、分析、处理、反馈、过程管理、持续改善 | 6 | `calls_sample` |
| 绩效管理岗 PMP | 绩效管理过程（绩效管理） | 计划、监控、评估、改进，指标与目标值，定期调整，改进方案 | 7 | `agent_day` |
| 质检管理岗 QAP | 质量管理过程（质检管理） | 人员质检、流程质检、过程分析、过程改进、指标校准、满意度体系 | 6 | `agent_day` |
| 培训管理岗 TMP | 质量管理过程（培训管理） | 计划、手段、有效性、岗前、在岗 | 6 | `agents` |
| 排班管理岗 WFMP | 预测排班过程（排班管理） | 业务量预测、容量规划、预测排班、优化排班、评估排班 | 4 | `roster` |

三章的分工，七个岗位都一样：第一章讲框架，就是这一课；第二章讲标准对你这个岗位的规范要求；第三章讲用什么工具做到。
排班管理岗接下来的课：

| 第二章的要求 | 第三章的工具 | 课 |
|---|---|---|
| 业务量预测 | 话务模型；离散系数检验 | 02、03、04 |
| 预测排班 | | 05 |
| 容量规划 | | 06 |
| 优化排班 | 班务 3 标准 | 07、08 |
| 评估排班 | | 09 |
| | 机动部队 | 10 |

其余六个岗位的课次以本岗位的课表为准。
"""

# %% [markdown] tags=["instructor"]
"""
讲师提示：5 分钟。
请每人用这个句子介绍自己：「我在运营过程里的____过程，管____这一段，痕迹在____表。」
如果是单岗位的班，改成让学员替另外六个岗位说，说错的互相纠正。
"""

# %% [markdown]
"""
## 小结

CCOM 是行业标准 SJ/T 11739-2019，2020-04-01 起实施，大纲分五个范围，七个关键岗位都在「运营过程」的五个过程里。
过程会在数据里留痕迹，一次故障要七个岗位一起看，只看一个指标会把坏事看成满分。
读到的才说，没有读到的说「没有读到」；本课程的阈值都是教学约定。

**回老板**：「要过的是五个范围里的过程有没有、在不在转、留没留痕；我这个岗在运营过程里的那一段，痕迹我下周拿给您看。具体条文和数值，我们去买标准正文，读完再说。」

**带回去**：周一用 `read_table("你的文件.xlsx", kind="intervals")` 读进自己中心的时段表，找一次系统故障的日子，看那几格的接起率是不是也「满分」。
"""
