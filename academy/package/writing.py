"""How does a package get onto the disk and into a .zip that is the same bytes every time?"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from academy.errors import CourseError

if TYPE_CHECKING:
    from academy.package.contents import Package

__all__ = ["write_package", "zipped"]

EARLIEST = (1980, 1, 1, 0, 0, 0)
FILE, PROGRAM = 0o100644, 0o100755
MARK = "program/package.json"


def write_package(package: Package, into: Path) -> tuple[Path, Path]:
    """Write the folder and the .zip of it; a package written there before is replaced.

    Returns
    -------
    folder, archive : Path

    Raises
    ------
    CourseError
        There is another folder or file of that name.
    """
    folder, archive = into / package.name, into / f"{package.name}.zip"
    if folder.exists() and not (folder / MARK).is_file():
        raise CourseError(f"{folder} 已经在了，又不是学员包：请换一个 --to，或先挪开它。")
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in package.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod((PROGRAM if name in package.programs else FILE) & 0o777)
    files = {f"{package.name}/{name}": content for name, content in package.files.items()}
    programs = {f"{package.name}/{name}" for name in package.programs}
    fresh = archive.with_suffix(".zip.part")
    fresh.write_bytes(zipped(files, programs))
    fresh.replace(archive)
    return folder, archive


def zipped(files: Mapping[str, bytes], programs: Collection[str] = ()) -> bytes:
    """A .zip of files in the order given, with no time and the same rights on every machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # rights as on Unix, also where the zip is made on Windows
            entry.external_attr = (PROGRAM if name in programs else FILE) << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
