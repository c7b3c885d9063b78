"""一节四十五分钟的小课，样样合第二版的写法：一处一处改坏，看查不查得出；也是写课的样子。"""

FORM_LESSON = '''# %% [markdown] minutes=45 topics=["c1.history", "x.2.a"]
"""
# 周一九点半要几个人？

总监问你：「周一九点半到底要几个人？」他要一个数，还要知道这个数怎么来的。

学完你能：

1. 把来电量换成人数；
2. 向老板说出缺几个人。
"""

# %% [markdown] warmup=true
"""
## 先想一想

1. 一个时段是多久？
   答：半小时。
2. 平均处理时长的单位是什么？
   答：秒。
   从接起到事后处理完。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：5 分钟
点两个人答，不等全班。
"""

# %% tags=["setup"]
from ccomlib import erlang, expect, guess, use_chinese

use_chinese()

# %% [markdown] tags=["given"]
"""
## 1　直接除够不够

半小时来 20 通，每通 6 分钟，一共 120 分钟的活。

术语：话务量（爱尔兰）：平均有几通电话同时在处理。
"""

# %%
guess("enough", "排 4 个人够不够？", options=["够，刚好", "不够", "太多了"])

# %%
curve = erlang.service_curve(20, 360, range(4, 11))
curve

# %% tags=["hide"]
# 画图：人数与服务水平
ax = curve.plot()

# %% [markdown] reading="enough" actual="'不够'"
"""
不够。电话不是排好队来的，空着的那几分钟存不下来。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：12 分钟
投票：enough
答案：B。
会答错成：A，因为照平均数除
反问：一天里哪一刻会有人在等？
来不及：只看 4 人与 7 人两行
"""

# %% [markdown] tags=["given"]
"""
## 2　周一九点半

来 225 通，每通 248 秒。
"""

# %%
guess("agents", "要几个人，八成的电话才在 20 秒内接起？", unit="人")

# %%
staffing = erlang.required_agents(225, 248)
print(f"{staffing.agents} 人")

# %% [markdown] reading="agents" actual="staffing.agents" digits=0 tags=["given"]
"""
要 36 人，比直接除出来的 31 人多 5 人。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：10 分钟
投票：agents
- A. 29 人
- B. 31 人
- C. 36 人
- D. 45 人
答案：C。
会答错成：B，因为直接除了
反问：少一个人，服务水平掉几个点？
来不及：不等投票收齐
"""

# %% [markdown] tags=["given"]
"""
### 练习 1　投诉队列的话务量

半小时来 48 通，每通 450 秒。算出话务量，不取整。

<details><summary>提示 1</summary>半小时是几秒？</details>
"""

# %% [markdown] excel="ex-load" value=12 tags=["given"]
"""
在空的单元格里写 `=48*450/1800`。
"""

# %% exercise="ex-load"
load = 48 * 450 / ____
### BEGIN SOLUTION
load = 48 * 450 / 1800
### END SOLUTION

# %% check="ex-load"
expect(load, 12, what="话务量", unit="爱尔兰", mistakes=[(6, "你除以了一小时的秒数。")])

# %% [markdown] explain="ex-load" tags=["given"]
"""
半小时是 1800 秒。
"""

# %% mistakes="ex-load"
# 错因：除以了一小时的秒数
# 消息：你除以了一小时的秒数
# 换：1800
# 成：3600

# %% [markdown] tags=["instructor", "given"]
"""
时间：7 分钟
答案：12。
会答错成：6，因为除以 3600
反问：一小时来 96 通，话务量是多少？
来不及：自己念一遍
"""

# %% [markdown] tags=["given"]
"""
### 练习 2　怎么回老板

总监说：「那就排 31 个人。」你先说哪一句？

- A. 行，先这么排，接不起来再说
- B. 31 人刚好做完活，队会越排越长
- C. 我再去算一遍，明天告诉您结果

<details><summary>提示 1</summary>31 是直接除出来的。</details>
"""

# %% exercise="ex-reply"
reply = ____
### BEGIN SOLUTION
reply = "B"
### END SOLUTION

# %% check="ex-reply"
expect(reply, "B", what="先说的一句", mistakes=[("A", "等接不起来就晚了。")])

# %% [markdown] explain="ex-reply"
"""
先说后果，再给数。
"""

# %% mistakes="ex-reply"
# 错因：先照办
# 消息：等接不起来就晚了
# 换："B"
# 成："A"

# %% [markdown] tags=["instructor", "given"]
"""
时间：5 分钟
答案：B。
会答错成：C，因为怕当面说错；数已经在手里了
反问：老板要是说编制只有 31 个呢？
来不及：投票代替作答
"""

# %% [markdown] tags=["given"]
"""
### 练习 3　夜里那一格

凌晨来 3 通，每通 240 秒，照 80/20 要几个人？

<details><summary>提示 1</summary>还是那一个工具。</details>
"""

# %% [markdown] excel="ex-night" value="2 人" tags=["given"]
"""
工作台里选「要几个人」，填 3 与 240。
"""

# %% exercise="ex-night" home=true
night = erlang.required_agents(____, 240).agents
### BEGIN SOLUTION
night = erlang.required_agents(3, 240).agents
### END SOLUTION

# %% check="ex-night"
expect(night, 2, what="人数", unit="人", mistakes=[(1, "直接除只有 0.4 人，还没有为排队留人。")])

# %% [markdown] explain="ex-night" tags=["given"]
"""
2 人。
"""

# %% mistakes="ex-night"
# 错因：直接除
# 消息：还没有为排队留人
night = 1

# %% [markdown] tags=["instructor", "given"]
"""
时间：0 分钟
"""

# %% [markdown] tags=["given"]
"""
## 3　带回去：自己的文件，Excel 里来，Excel 里去

换成自己的来电量与时长，重算一遍。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：4 分钟
"""

# %% [markdown] tags=["given"]
"""
## 小结

周一九点半要 36 人；目标换了，人数就换。

速查：话务量 = 来电量 × 平均处理时长 ÷ 1800，一个时段一算。
"""

# %% [markdown] tags=["instructor", "given"]
"""
时间：2 分钟
"""
'''
