"""The learner's package of a role: lessons, ccomlib, samples, start scripts; nothing of the staff's."""

from academy.package.contents import Package, contents
from academy.package.writing import write_package

__all__ = ["Package", "contents", "write_package"]
