"""Is anything in the package that only the staff may have?"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from academy.errors import CourseError

__all__ = ["refuse_secrets"]

SECRETS = {
    re.compile(rb"### (BEGIN|END) SOLUTION"): "参考答案的记号",
    re.compile(rb"(BEGIN|END) HIDDEN TESTS"): "隐藏测试",
    re.compile(rb"(BEGIN|END) MARK SCHEME"): "评分要点",
    re.compile(rb'"nbgrader": *\{'): "试卷的格",
    re.compile(rb"(from|import) +academy\b"): "教务程序",
}
PLACES = {
    re.compile(r"(^|/)academy/"): "教务程序",
    re.compile(r"(^|/)(source|text|release|submitted|autograded|feedback)/"): "试卷或母本",
    re.compile(
        r"(^|/)(seat\.py|seats\.csv|gradebook\.db|nbgrader_config\.py|syllabus\.yml)$"
    ): "考务的文件",
}


def refuse_secrets(files: Mapping[str, bytes]) -> None:
    """Look at every file, and into every archive.

    Raises
    ------
    CourseError
        Something is there that a learner must not have; names the file.
    """
    for name, content in _opened(files):
        for place, what in PLACES.items():
            if place.search(name):
                raise CourseError(
                    f"学员包里不该有 {name}（{what}）：没有打包；请告诉课程的维护人。"
                )
        for secret, what in SECRETS.items():
            if secret.search(content):
                raise CourseError(
                    f"{name} 里有{what}，学员会看见：没有打包；请改它的母本，或告诉课程的维护人。"
                )


def _opened(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, content in files.items():
        yield name, content
        if name.endswith((".whl", ".xlsx", ".zip")):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from _opened(
                    {f"{name}!/{part}": archive.read(part) for part in archive.namelist()}
                )
