"""5 个为什么：一层一层问下去，问到能改的根因了吗？"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ccomlib.reading import read_labels
from ccomlib.results import Result
from ccomlib.style import COLOURS, new_axes
from ccomlib.wording import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FiveWhy", "five_why"]

ENOUGH = 3
MOST = 10
BLAME = r"(责任心|不负责|态度不|不认真|粗心|马虎|疏忽|大意|不细心|不用心|意识(不强|淡薄|差)|能力(不足|差|不够)|素质|懒|不自觉)"
LINE = 0.22


@dataclass(frozen=True, eq=False)
class FiveWhy(Result):
    """一串为什么。由 ``five_why`` 得到。"""

    problem: str
    answers: tuple[str, ...]
    evidence: tuple[str, ...]
    """每个回答的证据，没有为空字。"""
    problems: tuple[str, ...]
    """这串问答的毛病，一条一句；空的就是没有看出毛病。"""

    @property
    def root(self) -> str:
        """最后一个回答。"""
        return self.answers[-1]

    def summary(self) -> pd.DataFrame:
        """一问一行。"""
        asked = (self.problem, *self.answers[:-1])
        return pd.DataFrame(
            {
                "第几问": range(1, len(self.answers) + 1),
                "为什么": [f"为什么{text}？" for text in asked],
                "因为": self.answers,
                "证据": self.evidence,
            }
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """从问题往下一层一框，最后一框是根因，右边是证据。"""
        texts = [wrap(text, 44) for text in (self.problem, *self.answers)]
        notes = ["", *(wrap(f"证据：{text}" if text else "没有证据", 36) for text in self.evidence)]
        heights = [
            LINE * max(a.count("\n") + 1, b.count("\n") + 1) + 0.3
            for a, b in zip(texts, notes, strict=True)
        ]
        gap = 0.42
        total = sum(heights) + gap * (len(texts) - 1)
        ax = new_axes(ax, figsize=(8.6, total + 0.7))
        y = 0.0
        for place, (text, note, height) in enumerate(zip(texts, notes, heights, strict=True)):
            edge = (
                COLOURS["bad"]
                if place == 0
                else COLOURS["good"]
                if place == len(texts) - 1
                else COLOURS["main"]
            )
            self._box(ax, y, height, text, edge)
            colour = "#555555" if place == 0 or self.evidence[place - 1] else COLOURS["bad"]
            ax.text(4.95, y - height / 2, note, va="center", fontsize=10, color=colour)
            y -= height
            if place < len(texts) - 1:
                ax.annotate(
                    "",
                    (2.4, y - gap),
                    (2.4, y),
                    arrowprops={"arrowstyle": "-|>", "color": "#666666", "linewidth": 1.4},
                )
                ax.text(2.55, y - gap / 2, f"第 {place + 1} 问：为什么？", va="center", fontsize=10)
                y -= gap
        ax.set(xlim=(0, 8.2), ylim=(y - 0.05, 0.05), title="5 个为什么（红框是问题，绿框是根因）")
        ax.set_axis_off()
        return ax

    @staticmethod
    def _box(ax: Axes, y: float, height: float, text: str, edge: str) -> None:
        from matplotlib.patches import FancyBboxPatch

        ax.add_patch(
            FancyBboxPatch(
                (0.08, y - height),
                4.7,
                height,
                boxstyle="round,pad=0,rounding_size=0.06",
                facecolor="#FAFAFA",
                edgecolor=edge,
                linewidth=1.8,
            )
        )
        ax.text(2.43, y - height / 2, text, ha="center", va="center", fontsize=10)

    def __str__(self) -> str:
        text = f"{self.problem}：问了 {len(self.answers)} 个为什么，追到「{self.root}」"
        if self.problems:
            return f"{text}；{'；'.join(self.problems)}。"
        return text + "；从根因往回念「所以」，每一步都通，才算问对了。"


def five_why(problem: str, answers: Sequence[str] | Mapping[str, str]) -> FiveWhy:
    """5 个为什么：画出一串问答，并指出问得太浅、停在人身上、没有证据的地方。

    Parameters
    ----------
    problem : 看得见的问题。
    answers : 一个接一个的「因为」；给映射时是 回答 → 证据（没有证据写空字）。

    Returns
    -------
    FiveWhy

    Raises
    ------
    ValueError
        问题或回答是空的、回答多于 10 个、回答重复（绕圈）。

    Notes
    -----
    不足 3 问算太浅，根因写成「责任心不强」「不认真」这类算停在人身上（教学约定）：再问流程为什么放过了它。

    References
    ----------
    Ohno (1988), Toyota Production System。

    Examples
    --------
    >>> result = five_why("收费投诉翻倍", ["师傅多收了上门费", "师傅责任心不强"])
    >>> result.problems
    ('只问了 2 个为什么，少于 3 个，可能还没到根因', '「师傅责任心不强」停在人身上：再问流程、系统为什么没有拦住', '每一步都没有证据：请补上数据或现场核实')
    """
    if not isinstance(problem, str) or not problem.strip():
        raise ValueError(f"problem 是 {problem!r}：请写一句看得见的问题。")
    if isinstance(answers, str):
        raise ValueError("answers 应是一列回答，但得到一个字符串：请写成列表。")
    given = read_labels(list(answers), "answers").tolist()
    if not given:
        raise ValueError("answers 是空的：请至少回答一个为什么。")
    if len(given) > MOST:
        raise ValueError(f"answers 有 {len(given)} 个，多于 {MOST} 个：请合并同一层的回答。")
    every = [problem.strip(), *given]
    if len(set(every)) < len(every):
        again = next(text for place, text in enumerate(every) if text in every[:place])
        raise ValueError(f"「{again}」出现不止一次，绕圈了：请换一个更深一层的回答。")
    proof = tuple(
        str(answers[name] or "").strip() if isinstance(answers, Mapping) else "" for name in answers
    )
    problems = []
    if len(given) < ENOUGH:
        problems.append(f"只问了 {len(given)} 个为什么，少于 {ENOUGH} 个，可能还没到根因")
    if re.search(BLAME, given[-1]):
        problems.append(f"「{given[-1]}」停在人身上：再问流程、系统为什么没有拦住")
    if not any(proof):
        problems.append("每一步都没有证据：请补上数据或现场核实")
    elif not all(proof):
        bare = [text for text, note in zip(given, proof, strict=True) if not note]
        problems.append(f"「{bare[0]}」等 {len(bare)} 步没有证据")
    return FiveWhy(every[0], tuple(given), proof, tuple(problems))
