"""A cell's magics become Python; what is Python, or none at all, stays."""

from academy.grading.work.python_text import to_python


def test_magics_become_python_and_python_stays():
    assert to_python("x = 1\n") == "x = 1\n"
    assert to_python("%matplotlib inline\n").startswith("get_ipython().run_line_magic('matplotlib'")


def test_what_is_no_python_stays_as_it_is():
    assert to_python("x = (").strip() == "x = ("
