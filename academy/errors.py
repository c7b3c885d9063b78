"""Which mistakes can a user mend?  One root, so that the command line says them all in one way."""

from __future__ import annotations

__all__ = ["CcomError", "CourseError"]


class CcomError(Exception):
    """Something the user can mend; the message is one Chinese sentence with the remedy.

    Attributes
    ----------
    exit_code : int
        What `ccom` exits with: 1 where something must be mended, 2 for a wrong call.
    """

    exit_code = 1


class CourseError(CcomError):
    """Something in the course folder, its files or the call's names must be mended."""
