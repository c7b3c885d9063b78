"""academy.exam.seating.handout：各人一份，写着是谁的；发过的再发多少次都是那些字节。"""

import zipfile
from datetime import UTC, datetime

import nbformat
import pytest

from academy.course import CourseError
from academy.exam.enrolment import make_sitting, withdraw
from academy.exam.identity import Identity, read_identity
from academy.exam.journal import entries
from academy.exam.roster import Learner
from academy.exam.seating.frozen import FrozenError, handed_out, read_files, read_manifest
from academy.exam.seating.handout import copy_out, freeze_shared, hand_out
from academy.exam.seating.seats_file import SEATS, draw_seats, read_seats
from academy.exam.sitting import open_sitting
from academy.grading.desk.intake import read_cells

NOW = datetime(2025, 7, 18, 1, 0, tzinfo=UTC)


def _bytes(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.*")}


def test_each_learner_has_own_data_and_the_paper_says_whose_it_is(course, seated, paper_of):
    for number, name in [("S1", "王敏"), ("S2", "李静")]:
        notebook = nbformat.read(paper_of(number) / "px.ipynb", as_version=4)
        identity = read_identity(notebook.metadata, [])
        manifest = read_manifest(course.root, seated.name, "px", number)
        assert identity == Identity(number, name, "px", "px@2025-07", manifest.seat)
        assert f"| 学号 | {number} |" in notebook.cells[0].source
        assert name in notebook.cells[0].source
        # 元数据丢了，第一格还在
        assert read_identity({}, read_cells(paper_of(number) / "px.ipynb")) == identity
    data = [(paper_of(number) / "data/calls.csv").read_bytes() for number in ("S1", "S2")]
    assert data[0] != data[1]


def test_everything_but_the_first_cell_is_the_released_paper(course, paper_of):
    handed = nbformat.read(paper_of("S1") / "px.ipynb", as_version=4)
    released = nbformat.read(course.folder("release", "px") / "px.ipynb", as_version=4)

    assert [cell.id for cell in handed.cells[1:]] == [cell.id for cell in released.cells]
    without_options = [
        [cell.source for cell in cells if "options" not in cell.metadata]
        for cells in (handed.cells[1:], released.cells)
    ]
    assert without_options[0] == without_options[1]


def test_nothing_handed_out_holds_the_secret(course, seated, paper_of):
    lines = (course.root / SEATS).read_text(encoding="utf-8-sig").split()[1:]
    for (number, _), seed in read_seats(course.root).items():
        code = next(line for line in lines if line.startswith(number)).split(",")[2]
        for content in _bytes(paper_of(number)).values():
            for secret in (str(seed), f"{seed:x}", code, code.replace("-", "")):
                assert secret.encode() not in content


def test_what_was_handed_out_is_kept_for_the_owner_alone(course, seated):
    assert (course.root / "sittings").stat().st_mode & 0o777 == 0o700
    for path in (course.root / "sittings" / seated.name).rglob("*.*"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_second_handing_out_changes_no_byte_whatever_the_course_became(course, seated, paper_of):
    before = {number: _bytes(paper_of(number)) for number in ("S1", "S2")}
    recipe = course.root / "text/source/px/seat.py"
    recipe.write_text(recipe.read_text(encoding="utf-8").replace("poisson(100", "poisson(500"))
    released = course.folder("release", "px") / "px.ipynb"
    released.write_text(released.read_text(encoding="utf-8").replace("小卷", "改过的卷"))
    make_sitting(course.root, "px", "2025-07", [Learner("S3", "张磊")], None, 90)

    done = hand_out(course, open_sitting(course.root, "px"))

    assert (done.fresh, done.before, done.drawn) == (("S3",), ("S1", "S2"), 1)
    assert {number: _bytes(paper_of(number)) for number in ("S1", "S2")} == before
    assert "改过的卷" in (paper_of("S3") / "px.ipynb").read_text(encoding="utf-8")


def test_copies_to_send_are_the_kept_bytes_also_over_changed_ones(
    course, seated, paper_of, tmp_path
):
    (first, _) = copy_out(course, seated, tmp_path / "发")
    (first / "px.ipynb").write_text("改了", encoding="utf-8")

    folders = copy_out(course, seated, tmp_path / "发")

    assert folders == [tmp_path / "发" / number / "px" for number in ("S1", "S2")]
    for number, folder in zip(("S1", "S2"), folders, strict=True):
        assert _bytes(folder) == _bytes(paper_of(number))


def test_everybody_has_one_zip_to_be_sent_that_opens_as_the_kept_folder(
    course, seated, paper_of, tmp_path
):
    copy_out(course, seated, tmp_path / "发")

    zips = sorted(path.name for path in (tmp_path / "发").glob("*.zip"))
    assert zips == [f"{one.number}_{one.name}.zip" for one in seated.active]
    for number, name in zip(("S1", "S2"), zips, strict=True):
        with zipfile.ZipFile(tmp_path / "发" / name) as archive:
            archive.extractall(tmp_path / number)
        assert _bytes(tmp_path / number / "px") == _bytes(paper_of(number))


def test_zip_under_an_earlier_name_goes_when_the_name_was_corrected(course, seated, tmp_path):
    copy_out(course, seated, tmp_path)
    (tmp_path / "S1_王敏.zip").rename(tmp_path / "S1_王民.zip")

    copy_out(course, seated, tmp_path)

    assert {path.name for path in tmp_path.glob("*.zip")} == {"S1_王敏.zip", "S2_李静.zip"}


def test_withdrawn_learner_gets_no_paper(course, sitting):
    withdraw(course.root, "px", "S2", "病假")

    assert hand_out(course, open_sitting(course.root, "px")).fresh == ("S1",)


@pytest.mark.parametrize("place", ["release/px", "source", "exchange/ccom"])
def test_papers_do_not_go_where_everybody_fetches(course, seated, place):
    with pytest.raises(CourseError, match="人人都取得到"):
        copy_out(course, seated, course.root / place)


def test_paper_made_anew_keeps_the_seed_and_the_old_one_is_put_aside(course, seated, manifest_of):
    old, other = manifest_of("S1"), manifest_of("S2")

    done = hand_out(course, seated, again=["S1"], why="题面有错字", now=lambda: NOW)

    new = manifest_of("S1")
    assert done.fresh == ("S1",)
    assert (new.seed, new.orders) == (old.seed, old.orders)
    assert new.seat != old.seat
    assert manifest_of("S2") == other
    (aside,) = (handed_out(course.root, seated.name).parent / "_replaced").iterdir()
    assert aside.name == f"S1-20250718T010000Z-{old.seat}"
    told = [entry for entry in entries(course.root, seated.name) if entry.why == "题面有错字"]
    assert [(entry.what, entry.learner) for entry in told] == [("handed_out", "S1")]


def test_paper_is_not_made_anew_without_a_reason(course, seated, manifest_of):
    before = manifest_of("S1")

    with pytest.raises(CourseError, match="要写明原因"):
        hand_out(course, seated, again=["S1"], why=" ")
    with pytest.raises(CourseError, match="学号 X 不在场次"):
        hand_out(course, seated, again=["X"], why="错字")
    assert manifest_of("S1") == before


def test_seats_file_that_contradicts_what_was_handed_out_is_refused(course, seated, tmp_path):
    (course.root / SEATS).unlink()
    draw_seats(course.root, "px", ["S1", "S2"])

    with pytest.raises(FrozenError, match="seats.csv 里 S1 的 px 的座位，不是发卷时的那一个"):
        hand_out(course, seated)


def test_what_an_interruption_left_was_never_handed_out(course, sitting):
    half = handed_out(course.root, sitting.name, "S1") / "px"
    (half / "data").mkdir(parents=True)
    (half / "data/rest.csv").write_text("x")

    hand_out(course, sitting)

    manifest = read_manifest(course.root, sitting.name, "px", "S1")
    assert set(manifest.files) == {"px.ipynb", "data/calls.csv"}
    assert set(read_files(course.root, manifest)) == set(manifest.files)


def test_shared_paper_is_kept_as_it_lies_in_release(course, sitting):
    freeze_shared(course, sitting)
    kept = read_manifest(course.root, sitting.name, "px")
    released = course.folder("release", "px")
    before = {str(path.relative_to(released)): path.read_bytes() for path in released.rglob("*.*")}
    (released / "data/calls.csv").write_text("变了")
    freeze_shared(course, sitting)

    assert (kept.number, kept.seat, kept.seed) == ("", "", 0)
    assert read_files(course.root, kept) == before


def test_everybody_is_told_of_as_the_papers_are_made(course, sitting):
    told = []

    hand_out(course, sitting, done=told.append)

    assert told == ["S1", "S2"]
