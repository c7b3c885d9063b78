"""Whatever lies in a learner's folder, the class is graded, and nothing outside our own folders changes."""

import os
import shutil
import socket
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.grading.cage import remove_tree
from academy.grading.desk.batch import grade_course
from academy.grading.desk.foreign_folder import Folder, FolderRefused
from academy.grading.desk.handed_in import read_timestamp, submission_digest
from tests.academy.grading.fuzz import few
from tests.academy.grading.fuzz.hostile_cells import CELLS, RIGHT
from tests.academy.grading.own_course import Own, snapshot

ODD, GOOD, LATE = "a-odd", "b-good", "c-late"
KNOWN = [
    "hw",
    "p1.ipynb",
    "P1.ipynb",
    ".graded.json",
    "timestamp.txt",
    "timestamp.unreadable.txt",
    "timestamp.unreadable-2.txt",
    "submission_secret.txt",
    ".hw.new",
    ".git",
    "data",
    "d.csv",
    "__pycache__",
    "math.py",
    "sitecustomize.py",
    "...",
    "-rf",
    "a\nb",
    "长" * 84,
]
NAMES = st.sampled_from(KNOWN).map(os.fsencode) | st.binary(min_size=1, max_size=12).filter(
    lambda name: b"/" not in name and b"\0" not in name and name not in (b".", b"..")
)
TARGETS = ["secret", "../../../../outside/secret", "{outside}", "{outside}/new", "p1.ipynb", ".",
           "{course}/gradebook.db", "{course}/source/hw", "..", "/", "/dev/zero", "/proc/self/mem"]  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """One thing in a folder: what it is, what is in it or where it leads, its mode, what lies below."""

    kind: str
    content: bytes | str = b""
    mode: int | None = None
    below: dict = field(default_factory=dict)


MODES = st.sampled_from([None, None, None, 0o000, 0o111, 0o444, 0o7777])
CONTENTS = st.binary(max_size=30) | st.sampled_from(
    [b"2025-07-18 08:00:00 UTC", b"9999-99-99", b"2999-01-01 00:00:00 UTC", b"{}", b"\xff\xfe{"]
)
LEAVES = st.one_of(
    st.builds(Thing, st.just("file"), CONTENTS, MODES),
    st.builds(Thing, st.just("file"), CONTENTS, MODES),
    st.builds(Thing, st.just("link"), st.sampled_from(TARGETS)),
    st.builds(Thing, st.sampled_from(["pipe", "socket", "hard"])),
    st.builds(Thing, st.just("nest"), st.sampled_from(["x" * 3, "x" * 60])),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Thing,
        st.just("folder"),
        st.just(b""),
        MODES,
        st.dictionaries(NAMES, inner, max_size=3),
    ),
    max_leaves=5,
)
FOLDERS = st.dictionaries(NAMES, TREES, max_size=5)


def _put(place, name, thing, roots):
    """Make the thing; a name that is taken, or that this system refuses, stays as it is."""
    path = os.path.join(os.fsencode(place), name)
    try:
        if thing.kind == "file":
            with open(path, "xb") as file:
                file.write(thing.content)
        elif thing.kind == "link":
            os.symlink(os.fsencode(thing.content.format(**roots)), path)
        elif thing.kind == "pipe":
            os.mkfifo(path)
        elif thing.kind == "hard":
            os.link(os.path.join(roots["outside"], "secret"), path)
        elif thing.kind == "socket":
            here = os.getcwd()
            os.chdir(place)
            try:
                with socket.socket(socket.AF_UNIX) as one:
                    one.bind(name)
            finally:
                os.chdir(here)
        elif thing.kind == "nest":
            os.makedirs(os.path.join(path, *[os.fsencode(thing.content)] * 50))
        else:
            os.mkdir(path)
            for inner, more in thing.below.items():
                _put(path, inner, more, roots)
        if thing.mode is not None:
            os.chmod(path, thing.mode)
    except OSError:
        return


class Class:
    """A course of three learners, one of whom hands in whatever the strategy says."""

    def __init__(self, folder):
        self.outside = folder / "outside"
        self.outside.mkdir()
        (self.outside / "secret").write_text("2025-07-18 08:00:00 UTC")
        self.own = Own(folder / "course", CELLS)
        self.own.enrol([ODD, GOOD, LATE])
        for student in (GOOD, LATE):
            self.own.hand_in(student, RIGHT)
        self.roots = {"outside": str(self.outside), "course": str(self.own.folder)}
        self.place = self.own.folder / "submitted" / ODD / "hw"
        self.watched = [self.outside, self.own.folder / "source", self.own.folder / "release"]
        self.watched += [self.own.folder / "submitted" / one for one in (GOOD, LATE)]

    def fill(self, things, with_notebook):
        """What the odd one hands in."""
        if os.path.lexists(self.place):
            remove_tree(self.place)
        self.place.mkdir(parents=True)
        if with_notebook:
            shutil.rmtree(self.place)
            self.own.hand_in(ODD, RIGHT)
        for name, thing in things.items():
            _put(self.place, name, thing, self.roots)

    def grade(self):
        """Outcome by student; the last one is graded anew each time."""
        shutil.rmtree(self.own.folder / "autograded" / LATE, ignore_errors=True)
        found = grade_course(self.own.course.api, "hw", [ODD, GOOD, LATE], workers=1)
        return {one.student: one for one in found}


@pytest.fixture(scope="module")
def room(tmp_path_factory, use_warm):
    """The class; graded in the tests' own warm process."""
    with pytest.MonkeyPatch.context() as patched:
        use_warm(patched)
        made = Class(tmp_path_factory.mktemp("room"))
        yield made
        remove_tree(made.place)


@given(FOLDERS, st.booleans())
@few(6)
def test_the_class_is_graded_beside_any_folder(room, things, with_notebook):
    room.fill(things, with_notebook)
    before = snapshot(*room.watched)

    found = room.grade()

    assert snapshot(*room.watched) == before
    assert found[LATE].status == "graded"
    assert found[LATE].found["score"] == 7
    assert found[GOOD].status in ("graded", "skipped")
    assert found[ODD].status in ("graded", "skipped", "rejected")
    assert "请把这一句和他交来的文件夹发给" not in found[ODD].message
    kept = room.own.folder / "autograded" / ODD
    assert not [path for path in kept.rglob("*") if path.is_symlink() or path.is_socket()]
    if with_notebook and b"p1.ipynb" not in things:
        assert (found[ODD].status, found[ODD].found["score"]) != ("rejected", 7)
        assert found[ODD].found["score"] == 7


@given(FOLDERS)
@few(40)
def test_any_folder_is_read_within_bounds_and_the_same_twice(room, things):
    room.fill(things, with_notebook=False)
    place = Path(room.place)

    with Folder(place.parent, place.name) as folder:
        for entry in folder.walk():
            assert len(os.fsencode(entry.path)) <= 1_000 or entry.kind == "deep"
            if entry.kind == "file":
                try:
                    entry.read(100)
                except FolderRefused as refused:
                    assert str(refused)  # noqa: PT017
        first = submission_digest(folder)
        read_timestamp(folder)
        assert submission_digest(folder) == first
    assert submission_digest(place) == first
