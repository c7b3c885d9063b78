"""Text of unknown origin stays on one line and short."""

from academy.grading.work.text import clean_text


def test_text_of_unknown_origin_is_one_short_line():
    assert clean_text("a\nb\x1b[31m\ud800" + "c" * 100, 12) == "a?b?[31m?cc…"


def test_what_fits_is_left_as_it_is():
    assert clean_text("图.png") == "图.png"
    assert clean_text("c" * 80) == "c" * 80
    assert clean_text("c" * 81) == "c" * 79 + "…"
