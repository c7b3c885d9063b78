"""The simulation as a page: targets, tables, two pictures, parts, and every assumption's reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import jinja2
import numpy as np

from academy.measurement.assumptions import TABLE
from academy.measurement.figures import Study
from academy.measurement.telling import (
    form_rows,
    pair_rows,
    part_rows,
    sentences,
    target_rows,
)
from academy.pictures import embedded
from ccomlib.style import COLOURS, new_axes

__all__ = ["write_page"]

TEMPLATE = Path(__file__).with_name("simulation.html")


def write_page(
    study: Study,
    shown: str,
    notes: Sequence[str],
    unlike: Sequence[Mapping[str, str]],
    folder: Path,
) -> Path:
    """Write <paper>-模拟.html into `folder`; an earlier one is replaced.

    Parameters
    ----------
    shown : the paper that the parts and pictures are of.
    notes : what else is to be said at the top.
    unlike : rows of where the papers are not alike.
    """
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        paper=shown,
        notes=notes,
        sentences=sentences(study, shown),
        tables={
            "目标": target_rows(study),
            "各卷": form_rows(study),
            "两份卷之间": pair_rows(study),
            "各卷不一样的地方": unlike,
        },
        pictures=[_chances(study), _minutes(study)],
        parts=part_rows(study),
        assumptions=TABLE,
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{shown}-模拟.html"
    path.write_text(page, encoding="utf-8")
    return path


def _chances(study: Study) -> dict[str, str]:
    """Chance to pass by true score, over the cohort's distribution."""
    cut, maximum = study.cut, study.maximum
    edges = np.linspace(0, maximum, 51)
    place = np.clip(np.digitize(study.true, edges) - 1, 0, 49)
    counts = np.bincount(place, minlength=50)
    passed = np.bincount(place, weights=study.totals >= cut, minlength=50)
    middle = (edges[1:] + edges[:-1]) / 2
    enough = counts >= 20  # fewer learners show their luck, not the paper
    ax = new_axes(figsize=(8, 3.8))
    ax.bar(
        middle, counts / counts.max(), width=edges[1], color=COLOURS["light"], alpha=0.35,
        label="学员的真分数（高矮是人数）",
    )  # fmt: skip
    ax.plot(
        middle[enough], passed[enough] / counts[enough], color=COLOURS["main"], marker="o",
        markersize=3, label="合格的机会",
    )  # fmt: skip
    ax.axvline(cut, color="black", linestyle="--", label=f"合格线 {cut:g} 分")
    near = enough & (passed > 0.1 * counts) & (passed < 0.9 * counts)
    text = "合格的机会随真分数升高"
    if near.any():
        low, high = middle[near].min(), middle[near].max()
        text = f"真分数 {low:.0f} 到 {high:.0f} 分的人，合格与否一成以上靠运气"
    ax.set(title=text, xlabel="真分数", ylabel="机会", xlim=(0, maximum), ylim=(0, 1.02))
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    ax.legend(loc="upper left")
    return embedded(ax, text)


def _minutes(study: Study) -> dict[str, str]:
    limit = study.limit
    ax = new_axes(figsize=(8, 3.2))
    top = max(2 * limit, float(np.quantile(study.minutes, 0.999)))
    bins = np.arange(0, top + 5, 5)
    in_time = study.minutes <= limit
    ax.hist(
        [study.minutes[in_time], study.minutes[~in_time]], bins=bins, stacked=True,
        color=[COLOURS["good"], COLOURS["bad"]], label=["做得完", "做不完"],
    )  # fmt: skip
    ax.axvline(limit, color="black", linestyle="--", label=f"{limit:g} 分钟")
    text = f"{limit:g} 分钟内做不完的占 {study.late:.0%}"
    ax.set(title=text, xlabel="做完全卷要的分钟", ylabel="学员", xlim=(0, 2 * limit))
    ax.legend(loc="upper right")
    return embedded(ax, text)
