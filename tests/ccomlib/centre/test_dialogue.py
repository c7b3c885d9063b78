"""投诉对话：120 句不重样，六步骤与同理心的答案齐全；客户原话与原因对得上。"""

from ccomlib.centre.calls import REASONS
from ccomlib.centre.dialogue import SAFETY_VOICES, STEPS, VOICES


def test_one_hundred_and_twenty_different_lines(some_hub):
    table = some_hub.complaint_lines
    assert len(table) == 120
    assert table["句子"].is_unique
    assert table["类别"].value_counts().to_dict() == {"步骤": 72, "同理心": 48}
    assert not table["句子"].str.contains("{", regex=False).any()


def test_every_line_has_its_answer_and_every_step_twelve_lines(some_hub):
    truth, table = some_hub.truth.dialogue, some_hub.complaint_lines
    number = table.groupby("类别")["编号"].apply(set)
    answers = list(truth.steps.values())
    assert number["步骤"] == set(truth.steps)
    assert number["同理心"] == set(truth.empathy)
    assert [answers.count(step) for step in STEPS] == [12] * 6


def test_empathy_verdicts_follow_from_the_wording(some_hub):
    """domain.md 2.8：真诚的限制（虽然我不能马上）、立即的行动（我会立即）、行动要具体到时限。"""
    lines = some_hub.complaint_lines.set_index("编号")["句子"]
    for code, verdict in some_hub.truth.dialogue.empathy.items():
        line = lines[code]
        limited, acting = "虽然我不能马上" in line, "我会立即" in line
        timed = any(word in line for word in ("前", "内"))
        assert verdict == (
            "缺少限制"
            if not limited
            else "缺少行动"
            if not acting
            else "合格"
            if timed
            else "行动空泛"
        )


def test_what_customers_say_belongs_to_their_reason(any_hub):
    cases = any_hub.complaints
    reasons = [row[1] for row in REASONS["投诉"]]
    home = {line: reasons[i] for i, lines in enumerate(VOICES) for line in lines}
    safety = cases["等级"] == "安全"
    usual = cases[~safety]
    assert usual["客户描述"].map(home).tolist() == usual["二级原因"].tolist()
    assert cases.loc[safety, "客户描述"].isin(SAFETY_VOICES).all()
    assert safety.sum() == any_hub.truth.complaints.safety_cases == 30
