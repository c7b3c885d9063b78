"""How does a workbook become the same bytes on every machine at every time?"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook

__all__ = ["stable_workbook", "stored", "without_time"]

EARLIEST = (1980, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def stable_workbook(book: Workbook) -> bytes:
    """An .xlsx that does not say when or with which zlib it was made."""
    buffer = io.BytesIO()
    book.save(buffer)
    return stored(without_time(buffer.getvalue()))


def without_time(book: bytes) -> dict[str, bytes]:
    """The parts of an .xlsx, without the time when it was made."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[PROPERTIES] = STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", parts[PROPERTIES])
    return parts


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A .zip of parts without compression: another zlib would give other bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 3
            archive.writestr(entry, content)
    return buffer.getvalue()
