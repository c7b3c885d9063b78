"""What has come in, when and from where?  Every arrival is kept as it came and never overwritten.

``sittings/<sitting>/arrivals/<number or _unknown>/<UTC time>-<sha8>/`` holds the bytes (``original``;
of a folder ``original.zip``) and ``arrival.json``, which says how they came. The same bytes from the
same sender are one arrival, however often they come. Beside them, ``found.json`` says what was found
in them; it is made anew whenever that may have changed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from academy.clock import utc
from academy.errors import CcomError
from academy.exam.sitting import folder_of
from academy.exam.store import SITTINGS, locked, private_folder, write_file

__all__ = [
    "FROM",
    "UNKNOWN",
    "Arrival",
    "ArrivalError",
    "Coming",
    "arrivals",
    "arrivals_folder",
    "original",
    "read_found",
    "read_json",
    "store",
    "write_found",
    "write_json",
]

UNKNOWN = "_unknown"
ARRIVAL, FOUND = "arrival.json", "found.json"
# where an arrival can come from, and what its time is, for the eye
FROM = {"folder": "文件时间", "exchange": "交换区时间", "submitted": "submitted/ 里的时间"}


class ArrivalError(CcomError):
    """A kept arrival is not as it came, or can't be read."""


@dataclass(frozen=True)
class Coming:
    """Something that comes in.

    Attributes
    ----------
    name : str
        Its name where it came from, for the eye.
    content : bytes
        The file; of a folder, all its files as one zip.
    at : datetime
        When it was handed in, aware.
    source : str
        One of `FROM`.
    sender : str
        Number of the learner that it came from; empty where that is not known.
    is_folder : bool
    times : mapping of str to datetime
        For a folder, when each of its files was changed.
    remarks : tuple of str
        Chinese sentences about what was left out or is odd.
    """

    name: str
    content: bytes
    at: datetime
    source: str
    sender: str = ""
    is_folder: bool = False
    times: Mapping[str, datetime] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """What is known of an arrival that is kept; see `Coming`.

    Attributes
    ----------
    place : str
        Its folder below ``arrivals/``.
    collected : datetime
        When we took it.
    sha256 : str
    """

    place: str
    name: str
    at: datetime
    source: str
    sender: str
    is_folder: bool
    times: Mapping[str, datetime]
    remarks: tuple[str, ...]
    collected: datetime
    sha256: str

    def when(self, path: str) -> datetime:
        """When a file inside was handed in; a file in a zip came with the zip."""
        for known, at in self.times.items():
            if path == known or path.startswith(f"{known}/"):
                return at
        return self.at


def arrivals_folder(root: Path, sitting: str) -> Path:
    """The folder of a sitting's arrivals."""
    return folder_of(root, sitting) / "arrivals"


def store(root: Path, sitting: str, coming: Coming, collected: datetime) -> tuple[Arrival, bool]:
    """Keep what comes in.

    Returns
    -------
    arrival : Arrival
        The one that is kept; the earlier one where the same bytes have come from the same sender.
    fresh : bool
        Whether it is a new one.
    """
    digest = hashlib.sha256(coming.content).hexdigest()
    with locked(root):
        owner = private_folder(arrivals_folder(root, sitting) / (coming.sender or UNKNOWN))
        for path in sorted(owner.glob(f"*-{digest[:8]}/{ARRIVAL}")):
            known = _read(path)
            if known.sha256 == digest:
                return known, False
        name = f"{utc(coming.at):%Y%m%dT%H%M%S%fZ}-{digest[:8]}"
        facts = asdict(coming)
        del facts["content"]
        arrival = Arrival(
            place=f"{owner.name}/{name}", collected=utc(collected), sha256=digest,
            **facts | {"at": utc(coming.at)},
        )  # fmt: skip
        fresh = owner / f".{name}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        private_folder(fresh)
        write_file(fresh / _file(arrival), coming.content)
        write_json(fresh / ARRIVAL, asdict(arrival))
        fresh.rename(owner / name)
    return arrival, True


def arrivals(root: Path, sitting: str) -> list[Arrival]:
    """Everything that has come in, in the order of its time.

    Raises
    ------
    ArrivalError
        The record of one can't be read.
    """
    return sorted(_records(root, sitting), key=lambda one: (one.at, one.place))


def original(root: Path, sitting: str, arrival: Arrival) -> bytes:
    """The bytes as they came.

    Raises
    ------
    ArrivalError
        They are not there or not the same any more.
    """
    path = arrivals_folder(root, sitting) / arrival.place / _file(arrival)
    try:
        content = path.read_bytes()
    except OSError:
        content = None
    if content is None or hashlib.sha256(content).hexdigest() != arrival.sha256:
        raise ArrivalError(
            f"{SITTINGS}/{sitting}/arrivals/{arrival.place} 里的 {path.name} 不是收到时的字节了："
            "请从备份取回整个文件夹。"
        )
    return content


def write_found(root: Path, sitting: str, arrival: Arrival, found: Mapping[str, Any]) -> None:
    """Write down what was found in an arrival."""
    folder = arrivals_folder(root, sitting) / arrival.place
    with locked(root):
        write_json(folder / FOUND, found)


def read_found(root: Path, sitting: str, arrival: Arrival) -> dict[str, Any] | None:
    """What `write_found` wrote; None where nothing was, or it is spoilt."""
    return read_json(arrivals_folder(root, sitting) / arrival.place / FOUND)


def read_json(path: Path) -> dict[str, Any] | None:
    """What one of our files says; None where it is missing or spoilt."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _records(root: Path, sitting: str) -> Iterator[Arrival]:
    for path in arrivals_folder(root, sitting).glob(f"*/*/{ARRIVAL}"):
        if not path.parent.name.startswith("."):
            yield _read(path)


def _read(path: Path) -> Arrival:
    content = read_json(path) or {}
    try:
        times = {name: _moment(at) for name, at in content["times"].items()}
        changed = {
            "at": _moment(content["at"]),
            "collected": _moment(content["collected"]),
            "times": times,
            "remarks": tuple(content["remarks"]),
        }
        return Arrival(**content | changed)
    except (KeyError, TypeError, ValueError, AttributeError):
        shown = path.relative_to(path.parents[4]).as_posix()
        raise ArrivalError(f"{shown} 读不出来：请从备份取回这个文件，不要手改它。") from None


def _file(arrival: Arrival) -> str:
    return "original.zip" if arrival.is_folder else "original"


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write one of our files, whole or not at all."""
    text = json.dumps(content, ensure_ascii=False, indent=1, default=lambda at: at.isoformat())
    write_file(path, (text + "\n").encode("utf-8", "replace"))


def _moment(text: str) -> datetime:
    return utc(datetime.fromisoformat(text))
