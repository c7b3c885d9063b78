"""质检：哪些问题、要哪些列？"""

from __future__ import annotations

from ccomlib.workbench.tool import Field, Tool

__all__ = ["TOOLS"]

GROUP = "质检与投诉"
ITEMS = (
    "开头语",
    "核实身份",
    "语气亲和",
    "耐心倾听",
    "表达清楚",
    "需求确认",
    "提问到位",
    "答案准确",
    "方案完整",
    "主动告知",
    "操作规范",
    "记录完整",
    "工单准确",
    "总结确认",
    "结束语",
)
NODE = Field("node", "节点", "column", "节点")

TOOLS = (
    Tool(
        "quality.review_items",
        "评分表的条目哪些该留、改、并、删？（条目鉴别力）",
        GROUP,
        (
            Field("items", "评分条目", "names", ITEMS),
            Field("target", "客户满意度（对照用）", "column", optional=True),
        ),
        takes_table=True,
        example="qa_scores",
        only=("抽样方式", "随机"),
    ),
    Tool(
        "quality.process_nodes",
        "流程哪个节点最差？（DPMO 与一次做对率，一行一单一节点）",
        GROUP,
        (
            Field("ticket", "单号", "column", "服务单号"),
            NODE,
            Field("defect", "有没有缺陷", "column", "缺陷"),
            Field("shift", "西格玛水平的偏移", "number", 1.5, optional=True),
        ),
        positional=0,
        takes_table=True,
        example="process_nodes",
    ),
    Tool(
        "quality.node_counts",
        "流程哪个节点最差？（DPMO 与一次做对率，只有合计）",
        GROUP,
        (
            NODE,
            Field("total", "数量", "column", "行数"),
            Field("defects", "缺陷数", "column", "缺陷"),
            Field("shift", "西格玛水平的偏移", "number", 1.5, optional=True),
        ),
        positional=0,
        takes_table=True,
        example="process_nodes",
        grouped=("节点", "sum"),
        prepare=(
            'order = ["受理", "派单", "备件", "预约", "上门", "维修", "收费", "回访"]\n'
            'table = table.set_index("节点").loc[order].reset_index()'
        ),
    ),
)
