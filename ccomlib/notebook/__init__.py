"""笔记本里写错了，怎样当场用一句中文说清：哪一行、哪个字、怎么改？"""

from ccomlib.notebook.errors import explain_error
from ccomlib.notebook.names import BLANK_NAME
from ccomlib.notebook.slips import explain_syntax
from ccomlib.notebook.watch import Past, install, past_of

__all__ = ["BLANK_NAME", "Past", "explain_error", "explain_syntax", "install", "past_of"]
