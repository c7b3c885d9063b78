"""academy.grading.desk.service：长开着的评分服务，几个线程一起用，一份一次，写成绩只有一人。"""

import contextlib
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import nbformat
import psutil
import pytest
from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook

from academy.grading.crew.pool import Dismissed
from academy.grading.desk.gradebook_writer import GradebookWriter
from academy.grading.desk.graded_folder import GradedFolders, read_marker
from academy.grading.desk.service import Checks, GradingService
from academy.grading.errors import GradingError
from academy.grading.work.record import Rejected

STUDENTS = ("S1", "S2", "S3", "S4")


@pytest.fixture
def handed_in(course, hand_in, right):
    """S1、S2 全对，S3 错一题，S4 中途退出。"""
    for student, answers in {
        "S1": {},
        "S2": {},
        "S3": {"q1": 'q1 = "A"'},
        "S4": {"q1": "import os\nos._exit(3)"},
    }.items():
        hand_in(student, right | answers)
    return course


@pytest.fixture
def service(handed_in):
    with GradingService(handed_in.coursedir, handed_in.config, workers=2) as service:
        yield service


@pytest.fixture
def here(handed_in, warmed):
    """借全体测试的热进程，不起工人。"""
    with GradingService(handed_in.coursedir, handed_in.config, workers=1) as service:
        yield service


SCORES = {"S1": 100, "S2": 100, "S3": 60, "S4": 60}


def _scores(course):
    with course.gradebook() as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions("px")}


def _rows(course):
    with course.gradebook() as gradebook:
        return [
            gradebook.db.query(kind).count()
            for kind in (SubmittedAssignment, SubmittedNotebook, Grade)
        ]


def _children():
    found = set()
    for one in psutil.Process().children(recursive=True):
        # 刚结束的进程没有命令行可读
        with contextlib.suppress(psutil.NoSuchProcess):
            if "academy.grading.crew.worker" in one.cmdline():
                found.add(one.pid)
    return found


def test_threads_grade_different_and_the_same_submissions_at_once(handed_in, service):
    """八个线程，每份答卷有两个线程要评：每份只评一次，另一个线程拿到同样的结果。"""
    together = threading.Barrier(8)

    def grade(student):
        together.wait()
        return service.grade("px", student)

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(grade, STUDENTS * 2))

    found = Counter((o.student, o.status) for o in outcomes)
    assert found == {(s, status): 1 for s in STUDENTS for status in ("graded", "skipped")}
    for student in STUDENTS:
        one, two = (o.found for o in outcomes if o.student == student)
        assert one == two
        assert one["score"] == SCORES[student]
    assert _scores(handed_in) == SCORES
    assert _rows(handed_in) == [4, 4, 8]


def test_the_same_submission_is_never_in_two_hands(handed_in, here, monkeypatch):
    """强制重评同一份，四个线程：一个评完，下一个才开始，最后只有一份成绩。"""
    inside, most = 0, 0
    real = GradedFolders.keep

    def keep(*arguments):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.05)
        try:
            return real(*arguments)
        finally:
            inside -= 1

    monkeypatch.setattr(GradedFolders, "keep", keep)
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda _: here.grade("px", "S1", force=True), range(4)))

    assert [o.status for o in outcomes] == ["graded"] * 4
    assert most == 1
    assert _rows(handed_in) == [1, 1, 2]


def test_writing_has_one_writer_while_submissions_go_side_by_side(handed_in, here, monkeypatch):
    """四份同时写成绩：读写文件并排，成绩册一次一份，每份一个事务。"""
    together, writing, most = threading.Barrier(4), 0, 0
    write, body = GradebookWriter.write, GradebookWriter._write

    def meet(*arguments):
        together.wait(30)
        write(*arguments)

    def counted(*arguments):
        nonlocal writing, most
        writing += 1
        most = max(most, writing)
        time.sleep(0.02)
        body(*arguments)
        writing -= 1

    monkeypatch.setattr(GradebookWriter, "write", meet)
    monkeypatch.setattr(GradebookWriter, "_write", counted)
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda student: here.grade("px", student), STUDENTS))

    assert [o.status for o in outcomes] == ["graded"] * 4
    assert most == 1
    assert _scores(handed_in) == SCORES


def test_batches_and_single_submissions_of_several_threads_mix(handed_in, service):
    def batch(students):
        return list(service.grade_all("px", students))

    with ThreadPoolExecutor(3) as threads:
        forth = threads.submit(batch, STUDENTS)
        back = threads.submit(batch, STUDENTS[::-1])
        one = threads.submit(service.grade, "px", "S3")
        batches = forth.result(), back.result()
        alone = one.result()

    assert [o.student for o in batches[0]] == list(STUDENTS)
    assert [o.student for o in batches[1]] == list(STUDENTS[::-1])
    graded = [o.student for o in (*batches[0], *batches[1], alone) if o.status == "graded"]
    assert sorted(graded) == list(STUDENTS)
    assert _scores(handed_in) == SCORES


def test_workers_stay_warm_from_one_submission_to_the_next(service):
    service.grade("px", "S1")
    first = _children()
    service.grade("px", "S2")

    assert len(first) == 1
    assert _children() == first


def test_closing_ends_the_workers_and_who_asks_is_told(service):
    service.grade("px", "S1")
    assert _children()

    service.close()

    assert _children() == set()
    with pytest.raises(Dismissed, match="评分已经停了"):
        service.grade("px", "S2")


def test_closing_waits_for_what_is_being_written(handed_in, here, monkeypatch):
    real, begun = GradedFolders.keep, threading.Event()

    def slow(*arguments):
        begun.set()
        time.sleep(0.2)
        return real(*arguments)

    monkeypatch.setattr(GradedFolders, "keep", slow)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(here.grade, "px", "S1")
        assert begun.wait(60)
        here.close()

        assert asked.result().status == "graded"
    assert read_marker(handed_in.folder("autograded", "px", "S1"))["score"] == 100


def test_a_submission_that_comes_again_is_graded_again(here, hand_in, right):
    assert here.grade("px", "S3").found["score"] == 60
    hand_in("S3", right)

    again = here.grade("px", "S3")

    assert (again.status, again.found["score"]) == ("graded", 100)


def test_a_master_that_is_released_anew_is_noticed(handed_in, here):
    """第 2 题从 60 分改成 50 分，重新发卷：服务还开着，照新的评。"""
    assert here.grade("px", "S1").found["max_score"] == 100
    path = handed_in.folder("source", "px") / "px.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "q2-test":
            cell.metadata.nbgrader.points = 50
    nbformat.write(notebook, path)

    with pytest.raises(GradingError, match="评分格与成绩册里的不一致"):
        here.grade("px", "S1")
    handed_in.generate("px")

    again = here.grade("px", "S1")
    assert (again.status, again.found["max_score"]) == ("graded", 90)


def test_a_learner_who_is_enrolled_meanwhile_is_graded(handed_in, here, hand_in, right):
    hand_in("S9", right)
    assert "S9 不在名单里" in here.grade("px", "S9").message
    with handed_in.gradebook() as gradebook:
        gradebook.update_or_create_student("S9")

    assert here.grade("px", "S9").status == "graded"


@pytest.mark.parametrize("student", ["S7", "", ".", "..", "../submitted/S1", "S1/px", "S\0"])
def test_who_has_handed_nothing_in_is_told_so(here, student):
    outcome = here.grade("px", student)

    assert outcome.status == "rejected"
    assert "没有交 px" in outcome.message


@pytest.mark.parametrize("name", ["py", "..", "../source/px", "px/data"])
def test_an_unknown_assignment_is_refused(here, name):
    with pytest.raises(GradingError, match="没有作业"):
        here.grade(name, "S1")


def test_checks_are_asked_before_reading_and_before_grading_again(here):
    heard = []

    def check_in(student):
        heard.append(("in", student))
        if student == "S2":
            raise Rejected(student, "先别评")
        return "改了名" if student == "S3" else None

    def regrade(student):
        heard.append(("again", student))
        if student == "S1":
            raise Rejected(student, "不能再评")

    checks = Checks(check_in, regrade)
    first = list(here.grade_all("px", ["S1", "S2", "S3"], checks=checks))
    second = list(here.grade_all("px", ["S1", "S3"], force=True, checks=checks))

    assert [(o.status, o.message) for o in first] == [
        ("graded", ""),
        ("rejected", "先别评"),
        ("graded", "改了名"),
    ]
    assert [(o.status, o.message) for o in second] == [
        ("rejected", "不能再评"),
        ("graded", "改了名"),
    ]
    assert heard == [
        ("in", "S1"), ("in", "S2"), ("in", "S3"), ("in", "S1"), ("again", "S1"), ("in", "S3"), ("again", "S3"),
    ]  # fmt: skip


def test_done_hears_of_everything_one_at_a_time(handed_in, here, monkeypatch):
    """三个人的一句话同时该说：一句一句说，一句不少。"""
    monkeypatch.setattr("academy.grading.desk.service.Pool.at_once", 3)
    inside, most, heard = 0, 0, []

    def done(outcome):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.05)
        heard.append(outcome.student)
        inside -= 1

    students = [*STUDENTS, "S7", "S8", "S9"]
    list(here.grade_all("px", students, done=done))

    assert most == 1
    assert sorted(heard) == students


def test_what_is_in_hand_when_a_batch_is_given_up_is_told_too(handed_in, here, monkeypatch):
    real, begun = GradedFolders.keep, threading.Event()

    def slow(folders, record, *arguments):
        if record.student == "S2":
            begun.set()
            time.sleep(0.2)
        return real(folders, record, *arguments)

    monkeypatch.setattr("academy.grading.desk.service.Pool.at_once", 2)
    monkeypatch.setattr(GradedFolders, "keep", slow)
    heard = []
    outcomes = here.grade_all(
        "px", ["S1", "S2"], done=lambda outcome: heard.append(outcome.student)
    )
    next(outcomes)
    assert begun.wait(60)
    outcomes.close()
    here.close()

    assert sorted(heard) == ["S1", "S2"]
    assert _scores(handed_in) == {"S1": 100, "S2": 100}


def test_a_batch_that_is_given_up_leaves_the_service_usable(here):
    outcomes = here.grade_all("px", STUDENTS)
    next(outcomes)
    outcomes.close()

    assert here.grade("px", "S4").found["score"] == 60


def test_only_a_few_submissions_are_read_ahead(handed_in, here, monkeypatch):
    """一个工人在评，另一份已经读好，一份在写：内存里不会更多。"""
    from academy.grading.desk.desk import Desk

    read, real = [], Desk.job

    def job(desk, case):
        read.append(case.student)
        return real(desk, case)

    monkeypatch.setattr(Desk, "job", job)
    ahead = [len(read) - done for done, _ in enumerate(here.grade_all("px", STUDENTS), 1)]

    assert max(ahead) <= 2
