"""What did customers answer?  Groups with planted shares of answers and of satisfied answers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

__all__ = ["recommendations", "responses"]


def responses(
    rng: np.random.Generator,
    groups: Mapping[str, tuple[int, float, float]],
    *,
    group: str = "队列",
    score: str = "满意度",
    satisfied: tuple[int, ...] = (4, 5),
    others: tuple[int, ...] = (1, 2, 3),
) -> pd.DataFrame:
    """A row an invited customer: 序号, the group, whether answered, and the score of those who did.

    The shares are exact up to rounding, so that two groups differ as planted on every seat.

    Parameters
    ----------
    groups : by name, customers invited, share that answers, share of the answers that is satisfied.
    satisfied, others : scores of satisfied and of other answers.
    """
    parts = []
    for name, (invited, answering, content) in groups.items():
        answered = round(invited * answering)
        happy = round(answered * content)
        scores = [
            *rng.choice(satisfied, happy).tolist(),
            *rng.choice(others, answered - happy).tolist(),
        ]
        shown = pd.array([*scores, *[pd.NA] * (invited - answered)], dtype="Int64")
        part = pd.DataFrame(
            {group: name, "答复": ["是"] * answered + ["否"] * (invited - answered)}
        )
        parts.append(part.assign(**{score: shown}))
    table = pd.concat(parts, ignore_index=True)
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    table.insert(0, "序号", np.arange(1, len(table) + 1))
    return table


def recommendations(
    rng: np.random.Generator, promoters: int, passives: int, detractors: int
) -> np.ndarray:
    """Answers from 0 to 10 to 「您会推荐吗」 with exactly so many 9–10, 7–8 and 0–6."""
    answers = np.concatenate(
        [
            rng.integers(9, 11, promoters),
            rng.integers(7, 9, passives),
            rng.integers(0, 7, detractors),
        ]
    )
    return rng.permutation(answers)
