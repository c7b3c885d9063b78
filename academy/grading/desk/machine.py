"""Can this machine grade, and does it hold what the course demands?"""

from __future__ import annotations

from academy.grading import cage
from academy.grading.desk.settings import Referee
from academy.grading.errors import GradingError

__all__ = ["require_containment", "require_platform"]


def require_platform() -> None:
    """Refuse where nothing can be graded at all.

    Raises
    ------
    GradingError
        On Windows; says what to do there.
    """
    try:
        cage.require_platform()
    except cage.CageError as error:
        raise GradingError(str(error)) from None


def require_containment(settings: Referee) -> None:
    """Refuse to grade where ``c.Referee.require`` is not met.

    Raises
    ------
    GradingError
        Names what is missing and the remedy.
    """
    try:
        missing = cage.available().missing(settings.require)
    except ValueError as error:
        raise GradingError(f"nbgrader_config.py 里的 c.Referee.require：{error}") from None
    if missing:
        raise GradingError(
            f"c.Referee.require 要求的 {'、'.join(missing)} 这台机器守不住，没有评分："
            "请换到 Linux 的评分专用机，或先运行 ccom grade --check-containment 看缺什么。"
        )
