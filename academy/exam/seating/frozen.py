"""What exactly was handed out?  The bytes, their hashes and the order of the options, never made again.

``sittings/<sitting>/handed_out/<number>/`` holds the learner's folder ``<paper>/`` and beside it, for
the staff only, ``<paper>.json``: the seat, the order of the options and the SHA-256 of every file.
Where everybody got the same paper, ``handed_out/_shared/`` holds it.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode

from academy.clock import utc
from academy.errors import CcomError
from academy.exam.seating.seats_file import SEATS
from academy.exam.sitting import folder_of
from academy.exam.store import SITTINGS, write_file

__all__ = [
    "SHARED",
    "FrozenError",
    "Manifest",
    "freeze",
    "handed_out",
    "options_digests",
    "read_files",
    "read_manifest",
    "require_same_seed",
]

SHARED = "_shared"


class FrozenError(CcomError):
    """What was handed out is missing or not as it was; nothing may be graded from it."""


@dataclass(frozen=True)
class Manifest:
    """What was handed out to one learner.

    Attributes
    ----------
    number : str
        The learner's; empty for the paper that everybody got.
    paper, sitting : str
    seat : str
        Id of the seat as it stands in the paper; empty for the shared paper.
    seed : int
        The secret seed; 0 for the shared paper.
    orders : mapping of str to list of int
        For each choice item, which option of the master stands at each place.
    options : mapping of str to str
        For each choice item, the digest of the master's options.
    files : mapping of str to str
        SHA-256 of every file, by its path in the learner's folder.
    made : datetime
        Aware, UTC.
    """

    number: str
    paper: str
    sitting: str
    seat: str
    seed: int
    orders: Mapping[str, list[int]]
    options: Mapping[str, str]
    files: Mapping[str, str]
    made: datetime

    @property
    def key(self) -> str:
        """Digest of everything that grading takes from the seat."""
        content = [self.seed, self.orders, self.files]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def handed_out(root: Path, sitting: str, number: str = "") -> Path:
    """The folder of what was handed out to a learner; without a number, to everybody."""
    return folder_of(root, sitting) / "handed_out" / (number or SHARED)


def freeze(root: Path, manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Keep what is handed out; the manifest comes last, and only then it counts.

    The caller holds the lock.
    """
    folder = handed_out(root, manifest.sitting, manifest.number)
    for path, content in files.items():
        target = folder / manifest.paper / path
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file(target, content)
    content = asdict(manifest) | {"made": manifest.made.isoformat()}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_file(folder / f"{manifest.paper}.json", text.encode())


def read_manifest(root: Path, sitting: str, paper: str, number: str = "") -> Manifest | None:
    """The manifest of what a learner got; None where nothing was handed out.

    Raises
    ------
    FrozenError
        It can't be read, or is another learner's.
    """
    path = handed_out(root, sitting, number) / f"{paper}.json"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        text = ""
    try:
        content = json.loads(text)
        found = Manifest(**content | {"made": utc(datetime.fromisoformat(content["made"]))})
    except (ValueError, TypeError, KeyError):
        raise FrozenError(
            f"{_shown(path, root)} 读不出来：请从备份取回这个文件，不要手改它。"
        ) from None
    if (found.number, found.paper, found.sitting) != (number, paper, sitting):
        raise FrozenError(
            f"{_shown(path, root)} 写的是 {found.number or '共用卷'} 的 {found.paper}（{found.sitting}）："
            "文件放错了地方，请从备份取回。"
        )
    return found


def read_files(root: Path, manifest: Manifest) -> dict[str, bytes]:
    """The files as they were handed out, each checked against its hash.

    Raises
    ------
    FrozenError
        A file is missing, changed or one too many; names it.
    """
    folder = handed_out(root, manifest.sitting, manifest.number) / manifest.paper
    present = _present(folder)
    for path in sorted(present ^ set(manifest.files)):
        wrong = "不见了" if path in manifest.files else "是后来放进去的"
        raise FrozenError(
            f"{_shown(folder, root)} 里的 {path} {wrong}，与发卷时的清单对不上：请从备份取回整个文件夹，再评。"
        )
    files = {path: (folder / path).read_bytes() for path in sorted(manifest.files)}
    for path, content in files.items():
        if hashlib.sha256(content).hexdigest() != manifest.files[path]:
            raise FrozenError(
                f"{_shown(folder, root)} 里的 {path} 被改过，与发卷时的清单对不上：请从备份取回整个文件夹，再评。"
            )
    return files


def require_same_seed(manifest: Manifest, seed: int) -> None:
    """Refuse where the seats file and what was handed out are not about the same seat.

    Raises
    ------
    FrozenError
        They are not.
    """
    if manifest.seed != seed:
        raise FrozenError(
            f"{SEATS} 里 {manifest.number} 的 {manifest.paper} 的座位，不是发卷时的那一个（{manifest.seat}）："
            f"请按备份改回；删掉那一行也行，以发卷时保存的为准。"
        )


def options_digests(notebook: NotebookNode) -> dict[str, str]:
    """A digest of the options of each choice item of a paper, in their order."""
    # here: it brings pandas along, and grading only reads what was frozen
    from academy.seats import option_texts

    return {
        item: hashlib.sha256("\n".join(texts).encode()).hexdigest()
        for item, texts in option_texts(notebook).items()
    }


def _present(folder: Path) -> set[str]:
    """The files below a folder; a link is one too many, wherever it leads."""
    found = set()
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in [*names, *links]:
            path = Path(parent, name)
            inside = path.relative_to(folder).as_posix()
            found.add(inside if stat.S_ISREG(path.lstat().st_mode) else f"{inside}（链接）")
    return found


def _shown(path: Path, root: Path) -> str:
    return f"{SITTINGS}/{path.relative_to(root / SITTINGS).as_posix()}"
