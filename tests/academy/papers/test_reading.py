"""academy.papers.reading：试卷要有岗位，考的是自己岗位的主题。"""

import pytest
import yaml

from academy.masters import MasterError
from academy.papers import BlueprintError, read_paper


def test_paper_knows_its_role_and_setup(paper):
    assert (paper.name, paper.role.slug, paper.setup) == ("x-final", "x", "import math")


def test_paper_of_no_role_is_refused(course_folder, master):
    file = course_folder / "course/syllabus.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("x-final", "y-final"), "utf-8")

    with pytest.raises(MasterError, match=r"试卷 x-final 不属于哪个岗位.*papers 里登记"):
        read_paper(master)


def test_paper_that_examines_another_roles_topics_is_refused(course_folder, master):
    file = course_folder / "course/blueprints/x.yml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    data["parts"][3]["topic"] = "wfmp.2.workload"
    file.write_text(yaml.safe_dump(data), encoding="utf-8")

    with pytest.raises(BlueprintError, match=r"（q4）：主题 wfmp\.2\.workload 不是小岗位"):
        read_paper(master)
