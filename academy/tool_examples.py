"""Which lines show a tool at work?  Examples that do not start from one table of the centre."""

from __future__ import annotations

__all__ = ["EXAMPLES"]

_HUB = "hub = centre.open_centre(2025)\n"
_MONDAY = """calls = centre.open_centre(2025).calls_interval
day = calls[(calls["日期"] == "2025-03-10") & (calls["队列"] == "咨询")].set_index("时段")
"""
_DAYTIME = """calls = centre.open_centre(2025).calls_interval
calls = calls[(calls["队列"] == "咨询") & calls["时段"].between("08:00", "19:30")]
weekly = calls.pivot(index="日期", columns="时段", values="呼入量").loc["2025-02-24":"2025-06-01"]
"""
_OUTAGE = """live = centre.open_centre(2025).live_day
day = live[(live["队列"] == "报修") & (live["时段"] >= "07:00")].set_index("时段")
"""
_SPRING = (
    _HUB
    + """cases = hub.complaints
before = cases[cases["受理时间"].between("2025-03-11", "2025-04-15")]
after = cases[cases["受理时间"].between("2025-04-16", "2025-05-21")]
"""
)
_JUNE = (
    _HUB
    + """people = hub.perf_month[hub.perf_month["月份"] == "2025-06-01"]
weights = {"质检分": 20, "满意度": 20, "一次解决率": 10, "遵守率": 10, "延保推荐量": 30}
"""
)

# function -> code; the last line is the result whose sentence and chart the handbook shows
EXAMPLES = {
    "attrition.annualise": "attrition.annualise(0.03)",
    "attrition.leaver_reasons": _HUB
    + """staff = hub.agents.query("入职日期 >= '2024-07-01'").copy()
reasons = ["薪酬", "通勤远", "薪酬", "排班", "试用不合格", "通勤远", "家庭", "辞退"]
staff["离职原因"] = ""
staff.loc[staff["离职日期"].notna(), "离职原因"] = (reasons * 3)[: staff["离职日期"].notna().sum()]
attrition.leaver_reasons(staff)""",
    "calibration.advise": 'calibration.advise("分数", "等效", raters=2, same_items=True)',
    "capacity.shrinkage": (
        'capacity.shrinkage(components={"请假缺勤": 0.10, "小休": 0.07, "培训辅导": 0.05})'
    ),
    "comparison.mean_power": "comparison.mean_power(3, 6, 20)",
    "comparison.mean_sample_size": "comparison.mean_sample_size(3, 6, paired=True, correlation=0.6)",
    "complaints.check_empathy": (
        'complaints.check_empathy("虽然我不能马上给您退款，但是我会立即尽快处理。")'
    ),
    "complaints.check_steps": (
        'complaints.check_steps(["理解确认", "说明解释", "解决执行", "转移解决", "提醒建议"])'
    ),
    "control_chart.control_constants": "control_chart.control_constants(5)",
    "control_chart.run_length": 'control_chart.run_length("68135", shift=1)',
    "correlation.compare_r": (
        'correlation.compare_r(0.62, 120, 0.21, 115, names=("旧公式", "新公式"))'
    ),
    "correlation.r_test": "correlation.r_test(0.35, 40)",
    "erlang.agents_for_spread": (
        "erlang.agents_for_spread(172, 293, [0, 0.15, 0.06], patience=109)"
    ),
    "erlang.cost_of_error": """plans = {"来电少报一成": (155, 293), "时长没跟上": (172, 257)}
erlang.cost_of_error(172, 293, plans, patience=109)""",
    "erlang.service_curve": "erlang.service_curve(100, 180, range(9, 21), patience=120)",
    "forecast.grains": """half = forecast.half_hours(centre.open_centre(2025).calls_interval, "报修")
past, actual = half[:"2025-03-09"], half["2025-03-10":"2025-04-06"]
copied = forecast.seasonal_naive(past, len(actual), 336).predicted
mean = forecast.same_weekday_mean(past, len(actual), 336).predicted
forecast.grains(actual, {"照抄上周": copied, "四周同期平均": mean})""",
    "intraday.incident_level": "intraday.incident_level(affected=0.2, load=1.7, minutes=30)",
    "intraday.reallocate_breaks": """slots = [f"{h}:{m}" for h in (10, 11) for m in ("00", "15", "30", "45")]
need = [16, 18, 19, 19, 18, 17, 15, 14]
day = pd.DataFrame({"时段": slots, "在岗人数": 20, "需求人数": need})
rest = pd.DataFrame({"工号": [f"A{k:03d}" for k in range(1, 13)], "时段": [s for s in slots[1:5] for _ in range(3)]})
intraday.reallocate_breaks(rest, day)""",
    "intraday.recovery_staffing": _OUTAGE
    + """past, rest = day.loc[:"12:30"], day.loc["13:00":].reset_index()
offered, answered = past["呼入量"].sum(), past["20秒接起量"].sum()
intraday.recovery_staffing(rest, offered, answered, patience=140)""",
    "intraday.reforecast": """live = centre.open_centre(2025).live_day
day = live[live["队列"] == "订单"].set_index("时段")
intraday.reforecast(day["预测量"], day["呼入量"].loc[:"15:30"])""",
    "intraday.reforecast_days": _HUB
    + """days = hub.calls_interval_next.merge(hub.plan_interval, on=["日期", "时段", "队列"])
days = days[(days["队列"] == "咨询") & days["时段"].between("08:00", "19:30")]
intraday.reforecast_days(days, "10:30", day_cv=0.04, dispersion=1)""",
    "performance.check_dictionary": """table = pd.DataFrame({
    "指标": ["质检分", "放弃率", "平均处理时长", "满意度"],
    "定义": ["抽检录音的平均分", "客户先挂断的比例", "通话、保持与话后的平均", ""],
    "公式": ["得分合计 ÷ 抽检通数", "放弃量 ÷ 总数", "处理秒数 ÷ 接起量", "满意份数 ÷ 回复份数"],
    "数据源": ["质检系统", "话务平台", "话务平台", "调查系统"],
    "频率": ["每月", "每日", "每日", "每月"],
    "责任人": ["班组长", "座席", "座席", "座席"],
    "目标": ["90 分", "5%", "280 秒", "75%"],
    "方向": ["越高越好", "越高越好", "越低越好", "越高越好"],
    "权重": [35, 20, 25, 25]})
performance.check_dictionary(table)""",
    "performance.employee_alignment": _JUNE
    + 'performance.employee_alignment(people, weights, ["奖金", "自评达成"], controllable=["遵守率"])',
    "performance.process_decomposition": _HUB
    + """days = hub.agent_day.query("接起量 > 0")
days = days.assign(通话=days["通话秒"] / days["接起量"], 话后=days["话后秒"] / days["接起量"])
months = {m: t.groupby("工号", as_index=False).mean(numeric_only=True) for m, t in days.groupby(days["日期"].dt.month)}
performance.process_decomposition(months[3], months[5], ["通话", "话后"], names=("3 月", "5 月"))""",
    "performance.score_people": _HUB
    + """people = hub.perf_month[hub.perf_month["月份"] == "2025-06-01"]
plan = pd.DataFrame({
    "指标": ["质检分", "时长比", "满意度", "遵守率"], "权重": [35, 25, 25, 15],
    "底线": [75, 1.2, 4.1, 88], "目标": [85, 1.0, 4.35, 94], "挑战": [92, 0.85, 4.6, 98]})
performance.score_people(people, plan)""",
    "performance.strategy_alignment": _JUNE
    + 'performance.strategy_alignment(people, weights, "客户留存率")',
    "quality.coverage": _HUB
    + """month = hub.qa_scores.query("评分日期 >= '2025-06-01'")
staff = hub.agents[hub.agents["离职日期"].isna()]
quality.coverage(staff, month, {"初级": 4, "中级": 2, "高级": 1}, levels=("初级", "中级", "高级", "班长"))""",
    "quality.scorecard": (
        'quality.scorecard(centre.qa_form(), fatal=["核实身份"]).score(centre.open_centre(2025).qa_scores)'
    ),
    "evaluation.missed_calls": _HUB
    + 'evaluation.missed_calls(hub.calls_interval_next, "2025-06-30", "2025-07-13")',
    "evaluation.online_map": _HUB
    + """when = {"since": "2025-05-12", "until": "2025-06-30", "first": "08:00", "last": "12:30"}
workdays = ["周一", "周二", "周三", "周四", "周五"]
evaluation.online_map(hub.staff_interval, **when, weekdays=workdays)""",
    "reserve.error_layers": _HUB
    + """cells = hub.calls_interval.merge(hub.plan_interval, on=["日期", "时段", "队列"])
cells = cells[cells["日期"].between("2025-04-22", "2025-06-13") & cells["时段"].between("08:00", "19:30")]
first = cells["日期"].dt.day.le(3).map({True: "月初", False: "其他"})
columns = cells["预测量"], cells["呼入量"], cells["平均处理时长"]
groups = {"by": cells["队列"], "known": first, "slots": cells["时段"]}
reserve.error_layers(*columns, **groups, patience=109)""",
    "reserve.mobilisation_metrics": """log = pd.DataFrame({
    "启用时间": ["09:40", "14:05", "19:30", "23:50"], "到位时间": ["09:52", "14:31", "19:44", "00:20"],
    "应到": [10, 24, 12, 30], "实到": [9, 20, 12, 21],
    "启用前服务水平": [0.58, 0.41, 0.66, 0.35], "启用后服务水平": [0.81, 0.74, 0.84, 0.62],
    "成本": [420, 1100, 500, 2600]})
reserve.mobilisation_metrics(log)""",
    "reserve.reserve_size": _DAYTIME
    + "reserve.reserve_size(weekly.shift(7).iloc[7:], weekly.iloc[7:], 240, pool=True)",
    "reserve.sources": """team = pd.DataFrame({
    "来源": ["推迟小休与培训", "班组长与质检", "后台", "居家待命", "兼职"], "人数": [8, 10, 15, 12, 20],
    "到位分钟": [2, 5, 12, 20, 45], "到位率": [1.0, 0.9, 0.8, 0.85, 0.6]})
reserve.sources(team)""",
    "reserve.trigger_ladder": _OUTAGE + "reserve.trigger_ladder().apply(day.reset_index())",
    "root_cause.contribution": _SPRING
    + 'root_cause.contribution(before["二级原因"], after["二级原因"])',
    "root_cause.drill_down": _SPRING + "root_cause.drill_down(before, after)",
    "root_cause.fishbone": """causes = {
    "人": ["新师傅不懂价目", "师傅自行加价"], "流程": ["收费单没有核对", "改价没有通知客服"],
    "系统": ["工单看不到应收金额"], "政策": ["上门费的规定有两个版本"], "信息": ["门店没有公示价目"]}
root_cause.fishbone("5 月收费不符类投诉翻倍", causes, confirmed=["师傅自行加价", "收费单没有核对"])""",
    "root_cause.five_why": """answers = {
    "城东站的 W012 多收了上门费": "四五月增加的投诉近八成出自他",
    "他按旧价目表收费": "现场查看价目表",
    "新价目表没有发到城东站": "发文签收表缺城东站",
    "价目变更没有规定谁通知网点": "流程文件第 4 版"}
root_cause.five_why("5 月收费不符类投诉翻倍", answers)""",
    "root_cause.rate_mix": _HUB
    + """calls = hub.calls_interval.assign(处理秒=lambda t: t["接起量"] * t["平均处理时长"])
before = calls[calls["日期"].between("2025-03-31", "2025-04-27")]
after = calls[calls["日期"].between("2025-04-28", "2025-05-25")]
root_cause.rate_mix(before, after, group="队列", count="处理秒", total="接起量")""",
    "rostering.build_roster": """days = pd.date_range("2025-06-30", periods=7)
demand = pd.DataFrame(2, index=days, columns=["早C", "中D", "晚B"])
agents = [f"组员{k:02d}" for k in range(1, 12)]
rostering.build_roster(demand, agents, centre.shift_types(), seconds=20)""",
    "scheduling.optimise_shifts": _MONDAY
    + """need = erlang.required_agents(day["呼入量"], day["平均处理时长"]).agents
scheduling.optimise_shifts(need, centre.shift_types())""",
    "survey.allocate": """customers = {"咨询": 6000, "报修": 3000, "订单": 2000, "投诉": 600}
survey.allocate(customers, 370, method="neyman", sd={"咨询": 0.7, "报修": 1.0, "订单": 0.7, "投诉": 1.3})""",
    "survey.compare_proportions": (
        'survey.compare_proportions(312, 420, 351, 430, names=("改前", "改后"))'
    ),
    "survey.post_stratify": _HUB
    + """replies = hub.survey[hub.survey["回复"]]
survey.post_stratify(replies["满意度"], replies["队列"], hub.survey["队列"].value_counts())""",
    "survey.sample_size": "survey.sample_size(10_000, response_rate=0.3)",
    "survey.wilson": "survey.wilson(210, 300, population=500)",
    "views.against_usual": _HUB + 'hub.against_usual("2025-04-21")',
    "views.compare": _HUB
    + """day = hub.typical_day("咨询", "周一")
need = erlang.required_agents(day["呼入量"], day["平均处理时长"])
views.compare(pd.Series(need.agents, day.index), day["在岗人数"], names=("需要", "在岗"))""",
    "training.forgetting_curve": """days = [1, 3, 7, 14, 30, 60]
training.forgetting_curve(days, [0.96, 0.91, 0.82, 0.70, 0.52, 0.31])""",
    "training.stage_gates": """table = pd.DataFrame({
    "工号": [f"N{k:02d}" for k in range(1, 9)], "理论考试": [88, 92, 76, 85, 90, 83, 95, 81],
    "模拟通话": [80, 84, 70, 78, 88, 72, 90, 77], "出勤率": [1, 1, 0.96, 0.98, 1, 0.97, 1, 0.9],
    "实习质检分": [86, 90, None, 78, 88, None, 92, None],
    "实习致命差错": [0, 0, None, 0, 1, None, 0, None], "实习处理时长比": [1.2, 1.1, None, 1.25, 1.15, None, 1.05, None],
    "上岗质检分": [88, 84, None, None, None, None, 91, None], "上岗满意度": [4.4, 4.3, None, None, None, None, 4.6, None],
    "上岗处理时长比": [1.08, 1.05, None, None, None, None, None, None]})
training.stage_gates(table)""",
}
