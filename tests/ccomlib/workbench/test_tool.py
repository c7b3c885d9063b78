"""工具填好以后的那一行代码。"""

import pytest

from ccomlib.workbench.tool import Field, Tool, literal

TOOL = Tool(
    "erlang.required_agents",
    "要几个人？",
    "排班",
    (
        Field("calls", "来电量", "numbers"),
        Field("aht", "平均处理时长", "numbers"),
        Field("service_level", "服务水平", "number", 0.8, optional=True),
    ),
    positional=2,
)


def test_columns_come_from_the_table_and_the_rest_by_name():
    code = TOOL.code({"calls": "呼入量", "aht": "时长", "service_level": 0.9})

    assert code == 'erlang.required_agents(table["呼入量"], table["时长"], service_level=0.9)'


def test_a_default_is_left_out():
    code = TOOL.code({"calls": "呼入量", "aht": "时长", "service_level": 0.8})

    assert code == 'erlang.required_agents(table["呼入量"], table["时长"])'


def test_an_empty_required_field_is_named():
    with pytest.raises(ValueError, match="「平均处理时长」还没有填"):
        TOOL.code({"calls": "呼入量", "aht": ""})


def _one(kind, **more):
    return Tool("x.f", "问", "组", (Field("limit", "界限", kind, **more),))


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        ("number", " 0.5 ", "0.5"),
        ("integer", "12", "12"),
        ("value", "5", "5"),
        ("value", "2025-06-30", '"2025-06-30"'),
        ("value", "nan", '"nan"'),
    ],
)
def test_typed_text_becomes_a_number_where_it_is_one(kind, typed, written):
    assert _one(kind).code({"limit": typed}) == f"x.f({written})"


@pytest.mark.parametrize(("kind", "what"), [("number", "数"), ("integer", "整数")])
def test_typed_text_that_is_no_number_is_named(kind, what):
    with pytest.raises(ValueError, match=f"「界限」是 '八成'，不是{what}：请改成{what}。"):
        _one(kind).code({"limit": "八成"})


def test_an_empty_optional_number_is_left_out():
    assert _one("number", optional=True).code({"limit": ""}) == "x.f()"


def test_column_names_and_columns_are_written_apart():
    assert _one("names").code({"limit": ("甲", "乙")}) == 'x.f(["甲", "乙"])'
    assert _one("several").code({"limit": ("甲", "乙")}) == 'x.f(table[["甲", "乙"]])'
    assert _one("numbers", drop_empty=True).code({"limit": "甲"}) == 'x.f(table["甲"].dropna())'


def test_a_column_name_cannot_become_code():
    name = 'x"] + open("/etc/passwd").read() + table["'

    assert eval(literal(name)) == name
    assert TOOL.code({"calls": name, "aht": "时长"}).startswith(
        'erlang.required_agents(table["x\\"'
    )
