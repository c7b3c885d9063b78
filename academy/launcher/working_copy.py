"""How does a learner get new lessons without losing an answer?  A working copy of the originals.

The record says, for each file, which bytes were put there and which original was last offered;
so a file that differs from the bytes put there is somebody's work and is never written again.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Change", "bring_up_to_date"]

ADDED, RENEWED, BESIDE, GONE = "added", "renewed", "beside", "gone"
WORDS = {
    ADDED: "放进 {name}",
    RENEWED: "更新 {name}",
    BESIDE: "你改过 {of}，没有动它；新的放在旁边：{name}",
    GONE: "收走不再用的 {name}（你没有改过它）",
}


@dataclass(frozen=True)
class Change:
    """One thing that was done in the working copy.

    Attributes
    ----------
    kind : str
        "added", "renewed", "beside" (a new version beside the learner's own) or "gone".
    name : str
        The file, below the working copy.
    of : str
        For "beside": the learner's file that was left alone.
    """

    kind: str
    name: str
    of: str = ""

    def __str__(self) -> str:
        return WORDS[self.kind].format(name=self.name, of=self.of)


def bring_up_to_date(
    originals: dict[str, bytes], work: Path, record: Path, version: str = ""
) -> list[Change]:
    """Put into the working copy what is new; whatever the learner changed stays as it is.

    Parameters
    ----------
    originals : contents by name below the working copy, with forward slashes.
    work : the working copy; made where there is none.
    record : the file that remembers what was put there.
    version : what a new version beside a changed file is called, e.g. "0.2.0".
    """
    known = _read(record)
    work.mkdir(parents=True, exist_ok=True)
    changes = [
        change
        for name, content in originals.items()
        if (change := _one(name, content, work, known, version))
    ]
    for name in sorted(set(known) - set(originals)):
        if _digest_of(work / name) == known.pop(name)["put"]:
            (work / name).unlink()
            changes.append(Change(GONE, name))
    record.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True)
    _write(record, text.encode())
    return changes


def _one(
    name: str, content: bytes, work: Path, known: dict[str, dict[str, str]], version: str
) -> Change | None:
    path, new = work / name, hashlib.sha256(content).hexdigest()
    there, entry = _digest_of(path), known.get(name)
    if there == new:
        known[name] = {"put": new, "offered": new}
        return None
    if there is None or (entry and there == entry["put"]):
        _write(path, content)
        known[name] = {"put": new, "offered": new}
        return Change(ADDED if there is None else RENEWED, name)
    if entry and entry["offered"] == new:
        return None
    known[name] = {"put": entry["put"] if entry else "", "offered": new}
    beside = _free_name(path, version)
    _write(beside, content)
    return Change(BESIDE, beside.relative_to(work).as_posix(), name)


def _free_name(path: Path, version: str) -> Path:
    label, number = f"新版 {version}".strip(), 1
    while True:
        more = f"-{number}" if number > 1 else ""
        found = path.with_name(f"{path.stem}（{label}{more}）{path.suffix}")
        if not found.exists():
            return found
        number += 1


def _read(record: Path) -> dict[str, dict[str, str]]:
    try:
        known = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # without a record every file that differs counts as the learner's
        return {}
    return {
        name: entry
        for name, entry in (known.items() if isinstance(known, dict) else ())
        if isinstance(entry, dict) and {"put", "offered"} <= set(entry)
    }


def _digest_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(path: Path, content: bytes) -> None:
    """Replace a file as a whole, so that a lost connection or battery leaves no half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)
