"""Which files did the generator make, and did anybody change them since?  Reads text/generated.sha256."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from academy.errors import CcomError

__all__ = [
    "FILE",
    "Change",
    "Manifest",
    "ManifestError",
    "apply_changes",
    "below",
    "manifest_after",
    "plan_changes",
]

FILE = "text/generated.sha256"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


class ManifestError(CcomError, ValueError):
    """The list of generated files can't be read; the message says what to do (in Chinese)."""


@dataclass(frozen=True)
class Manifest:
    """Digests of the generated files, as `sha256sum` writes them.

    Attributes
    ----------
    digests : dict of str to frozenset of str
        By path below the course folder. A merge of two branches may leave two digests of one file:
        each of them says that the generator made it.
    """

    digests: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path) -> Manifest:
        """Read the manifest of a course folder; an absent one lists nothing.

        Raises
        ------
        ManifestError
            A line is not a digest and a path.
        """
        path = root / FILE
        digests: dict[str, frozenset[str]] = {}
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for number, line in enumerate(lines, 1):
            found = LINE.fullmatch(line)
            if not found:
                raise ManifestError(
                    f"{FILE} 第 {number} 行读不懂：{line[:40]!r}。"
                    "请从版本库取回这个文件（合并冲突的，两边的行都留下），再运行 make notebooks。"
                )
            digests[found[2]] = digests.get(found[2], frozenset()) | {found[1]}
        return cls(digests)

    def text(self) -> str:
        """The file's text: a line a digest, in the order of the paths."""
        return "".join(
            f"{digest}  {name}\n"
            for name in sorted(self.digests)
            for digest in sorted(self.digests[name])
        )

    def made(self, name: str, content: bytes) -> bool:
        """Whether the generator left the file with this content."""
        return digest(content) in self.digests.get(name, frozenset())

    def adopting(self, name: str, content: bytes) -> Manifest:
        """The manifest in which this content, too, counts as the generator's."""
        known = self.digests.get(name, frozenset()) | {digest(content)}
        return Manifest({**self.digests, name: known})

    def write(self, root: Path) -> None:
        """Write the manifest into a course folder."""
        (root / FILE).parent.mkdir(parents=True, exist_ok=True)
        (root / FILE).write_text(self.text(), encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class Change:
    """What the generator does with one file.

    Attributes
    ----------
    name : str
        Path below the course folder.
    action : {"made", "removed", "kept"}
        ``kept``: the file differs from what it should be, but is somebody's work.
    reason : str
        Why it is kept and what to do (in Chinese).
    """

    name: str
    action: Literal["made", "removed", "kept"]
    reason: str = ""


def below(file: Path, root: Path) -> str:
    """The file's name in the manifest.

    Raises
    ------
    ManifestError
        It lies elsewhere.
    """
    try:
        return file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise ManifestError(
            f"{file} 不在课程文件夹 {root} 里：请核对路径，或用 --course 指明课程文件夹。"
        ) from None


def digest(content: bytes) -> str:
    """SHA-256 of the content; a checkout with Windows line ends is the same file."""
    return hashlib.sha256(_unix(content)).hexdigest()


def plan_changes(
    root: Path, wanted: Mapping[str, bytes], manifest: Manifest, force: bool | str = False
) -> list[Change]:
    """Compare what should be there with what is there.

    A file is overwritten or removed only where its bytes are those that the generator left.

    Parameters
    ----------
    wanted : content by path below `root`.
    force : True overwrites and removes changed files too, a path only this one.
    """
    return [
        *(change for name in wanted for change in _one(root, name, wanted[name], manifest, force)),
        *(
            change
            for name in sorted(set(manifest.digests) - set(wanted))
            for change in _one(root, name, None, manifest, force)
        ),
    ]


def _one(
    root: Path, name: str, new: bytes | None, manifest: Manifest, force: bool | str
) -> Iterator[Change]:
    path = root / name
    old = path.read_bytes() if path.is_file() else None
    if old == new or (old is not None and new is not None and _unix(old) == _unix(new)):
        return
    action = "removed" if new is None else "made"
    if old is None or manifest.made(name, old) or force in (True, name):
        yield Change(name, action)
    else:
        yield Change(name, "kept", _reason(name, new is None, name in manifest.digests))


def apply_changes(root: Path, wanted: Mapping[str, bytes], changes: list[Change]) -> None:
    """Write and remove the files."""
    for change in changes:
        path = root / change.name
        if change.action == "made":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[change.name])
        elif change.action == "removed":
            path.unlink(missing_ok=True)


def manifest_after(wanted: Mapping[str, bytes], manifest: Manifest, kept: set[str]) -> Manifest:
    """The manifest once everything but the kept files is as wanted."""
    digests = {name: frozenset([digest(wanted[name])]) for name in wanted if name not in kept}
    still = {name: manifest.digests[name] for name in kept if name in manifest.digests}
    return Manifest(digests | still)


def _reason(name: str, stale: bool, ours: bool) -> str:
    drop = f"ccom notebooks build {name} --force"
    if not ours:
        return f"不是由母本生成的，没有覆盖：请把它改名或移走；不要了，运行 {drop}。"
    if stale:
        return f"母本已经没有了，但它生成以后被改过，没有删：要留就移到别处；不要了，运行 {drop}。"
    keep = (
        f"要留下改动，先运行 ccom notebooks pull {name}"
        if name.endswith(".ipynb") and name.startswith(("course/", "source/"))
        else "要留下改动，先另存一份"
    )
    return f"生成以后被改过，没有覆盖：{keep}；不要了，运行 {drop}。"


def _unix(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")
