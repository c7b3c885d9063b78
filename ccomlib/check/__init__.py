"""练习的检查：还没作答、不对该看哪里、还是通过了？"""

from ccomlib.check.blank import BLANK, install_blank
from ccomlib.check.matching import matches
from ccomlib.check.verbs import answered, expect
from ccomlib.check.verdicts import Incorrect, NotAttempted, NotRun, NotWritten

__all__ = [
    "BLANK",
    "Incorrect",
    "NotAttempted",
    "NotRun",
    "NotWritten",
    "answered",
    "expect",
    "matches",
]

install_blank()
