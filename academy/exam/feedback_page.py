"""How does a learner read the feedback?  One page a learner, complete in itself, fit to print."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import jinja2

from academy.exam.feedback import Feedback
from academy.exam.roster import own_file

__all__ = ["page", "write_pages"]

TEMPLATE = Path(__file__).with_name("feedback.html")


def page(feedback: Feedback) -> str:
    """The HTML of one learner's page."""
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["points"] = "{:.10g}".format
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        feedback=feedback,
        line=100 * feedback.pass_points / feedback.maximum,
        share=100 * feedback.points / feedback.maximum,
    )


def write_pages(feedbacks: Iterable[Feedback], folder: Path) -> list[Path]:
    """Write ``<number>_<name>.html`` for each learner; earlier pages of the same numbers go.

    Returns
    -------
    list of Path
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for feedback in feedbacks:
        path = own_file(folder, feedback.number, feedback.name, ".html")
        path.write_text(page(feedback), encoding="utf-8", newline="\n")
        written.append(path)
    return written
