"""academy.exam.handins.arrivals：收到的原样留着，从不覆盖；同样的字节只算来过一次。"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from academy.exam.handins.arrivals import (
    ArrivalError,
    Coming,
    arrivals,
    arrivals_folder,
    original,
    read_found,
    store,
    write_found,
)

AT = datetime(2025, 7, 18, 8, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=2)
ONE = Coming("S1.ipynb", b"{}", AT, "folder", "S1", remarks=("一句话。",))
NAME = "px@2025-07"


def test_arrival_comes_back_with_everything_that_is_known(tmp_path):
    arrival, fresh = store(tmp_path, NAME, ONE, LATER)

    assert fresh
    assert arrivals(tmp_path, NAME) == [arrival]
    assert (arrival.name, arrival.at, arrival.collected) == ("S1.ipynb", AT, LATER)
    assert (arrival.source, arrival.sender, arrival.remarks) == ("folder", "S1", ("一句话。",))
    assert arrival.sha256 == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert arrival.place == "S1/20250718T083000000000Z-44136fa3"
    assert original(tmp_path, NAME, arrival) == b"{}"


def test_same_bytes_from_the_same_sender_are_one_arrival(tmp_path):
    first, _ = store(tmp_path, NAME, ONE, LATER)
    again = replace(ONE, name="再发.ipynb", at=AT + timedelta(minutes=9))

    assert store(tmp_path, NAME, again, LATER) == (first, False)
    assert store(tmp_path, NAME, replace(ONE, sender="S2"), LATER)[1]
    assert store(tmp_path, NAME, replace(ONE, sender=""), LATER)[1]
    assert store(tmp_path, NAME, replace(ONE, content=b"[]"), LATER)[1]
    assert {one.place.split("/")[0] for one in arrivals(tmp_path, NAME)} == {"S1", "S2", "_unknown"}
    assert len(arrivals(tmp_path, NAME)) == 4


def test_two_files_whose_hashes_begin_alike_are_two_arrivals(tmp_path):
    # 短哈希相同的两份：32 位的碰撞，现成的一对
    store(tmp_path, NAME, ONE, LATER)
    (folder,) = (arrivals_folder(tmp_path, NAME) / "S1").iterdir()
    text = (folder / "arrival.json").read_text(encoding="utf-8")
    (folder / "arrival.json").write_text(text.replace("44136fa355", "44136fa300"), encoding="utf-8")

    other, fresh = store(tmp_path, NAME, replace(ONE, at=LATER), LATER)

    assert fresh
    assert original(tmp_path, NAME, other) == b"{}"


def test_times_inside_a_folder_are_those_of_the_files_and_of_their_zips(tmp_path):
    coming = replace(ONE, is_folder=True, times={"a.zip": AT, "b/px.ipynb": LATER})
    arrival, _ = store(tmp_path, NAME, coming, LATER)
    (arrival,) = arrivals(tmp_path, NAME)

    assert arrival.when("a.zip/x/px.ipynb") == AT
    assert arrival.when("b/px.ipynb") == LATER
    assert arrival.when("b/px.ipynb2") == arrival.at
    assert original(tmp_path, NAME, arrival) == b"{}"


def test_arrivals_come_in_the_order_of_their_times(tmp_path):
    for minutes in (5, 1, 3):
        store(
            tmp_path, NAME,
            replace(ONE, content=bytes([minutes]), at=AT + timedelta(minutes=minutes)), LATER,
        )  # fmt: skip

    assert [one.at.minute - 30 for one in arrivals(tmp_path, NAME)] == [1, 3, 5]


def test_half_stored_arrival_of_an_interruption_is_none(tmp_path):
    arrival, _ = store(tmp_path, NAME, ONE, LATER)
    folder = arrivals_folder(tmp_path, NAME) / arrival.place
    folder.rename(folder.with_name(f".{folder.name}.new"))

    assert arrivals(tmp_path, NAME) == []
    assert store(tmp_path, NAME, ONE, LATER) == (arrival, True)


@pytest.mark.parametrize(
    "damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x")]
)
def test_bytes_that_are_not_as_they_came_are_named(tmp_path, damage):
    arrival, _ = store(tmp_path, NAME, ONE, LATER)
    damage(arrivals_folder(tmp_path, NAME) / arrival.place / "original")

    with pytest.raises(ArrivalError, match=f"{NAME}/arrivals/S1/.*不是收到时的字节了"):
        original(tmp_path, NAME, arrival)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": "x"}'])
def test_record_that_cannot_be_read_is_named(tmp_path, text):
    arrival, _ = store(tmp_path, NAME, ONE, LATER)
    path = arrivals_folder(tmp_path, NAME) / arrival.place / "arrival.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ArrivalError, match=r"S1/.*/arrival.json 读不出来"):
        arrivals(tmp_path, NAME)


def test_what_was_found_is_written_beside_and_spoilt_ones_are_none(tmp_path):
    arrival, _ = store(tmp_path, NAME, ONE, LATER)
    assert read_found(tmp_path, NAME, arrival) is None

    write_found(tmp_path, NAME, arrival, {"at": AT, "坏名字": "\ud800"})

    assert read_found(tmp_path, NAME, arrival)["at"] == AT.isoformat()
    (arrivals_folder(tmp_path, NAME) / arrival.place / "found.json").write_text("{")
    assert read_found(tmp_path, NAME, arrival) is None


def test_nothing_of_it_can_be_read_by_others(tmp_path):
    store(tmp_path, NAME, ONE, LATER)

    for path in arrivals_folder(tmp_path, NAME).rglob("*.*"):
        assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "sittings").stat().st_mode & 0o777 == 0o700
