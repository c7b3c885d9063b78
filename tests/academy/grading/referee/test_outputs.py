"""Outputs of a hostile process are cut down to the notebook format; honest ones equal a kernel's."""

import json
import re

import nbformat
import pytest
from nbclient import NotebookClient

from academy.grading.referee.outputs import parse, read_outputs, sane_outputs
from tests.academy.grading.small import check, hand_in, locked, outputs, write_master

pytestmark = pytest.mark.kernels

FORGED = [
    1,
    {"output_type": "stream", "name": "stdin", "text": "x"},
    {"output_type": "stream", "name": "stdout", "text": ["x"]},
    {"output_type": "error", "ename": 3, "traceback": "x"},
    {"output_type": "execute_result", "data": {"text/plain": {}}, "execution_count": "x"},
    {"output_type": "display_data", "data": {"text/html": "a\ud800", "evil": 1}, "metadata": []},
    {"output_type": "surprise"},
]


def test_forged_outputs_become_valid_ones():
    kept = sane_outputs(FORGED, 1000)

    assert len(kept) == 4
    cell = nbformat.v4.new_code_cell("x", outputs=kept)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    json.dumps(kept).encode()


HOSTILE = {
    "deep": b"[" * 2_000_000,
    "deep and closed": b"[" * 100_000 + b"]" * 100_000,
    "many parts": b"[" + b"{}," * 1_100_000 + b"1]",
    "parts between texts": b"[" + b'"a",{},' * 1_100_000 + b"1]",
    "long": b'"' + b"x" * 8_000_000 + b'"',
    "no JSON": b"x",
    "cut short": b"[1," * 10,
    "open text": b'"' + b"[" * 2_000_000,
    "digits": b"1" * 5000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_json_is_refused(body):
    with pytest.raises(ValueError, match=r"too|Expecting|Unterminated|Exceeds"):
        parse(body, 1_000_000)
    assert read_outputs(body, 1_000_000)[0]["ename"] == "运行中断"


FLOODS = ["[" * 1_500_000, "{" * 1_500_000, "]," * 1_500_000, '"[' * 1_000_000, '\\"[{' * 700_000]


@pytest.mark.parametrize("text", FLOODS, ids=lambda text: text[:4])
def test_brackets_in_a_text_are_letters(text):
    body = json.dumps([{"output_type": "stream", "name": "stdout", "text": text}]).encode()

    assert parse(body, 3_000_000)[0]["text"] == text


def test_letters_that_json_writes_in_six_are_counted_as_one():
    body = json.dumps(["\0" * 1_000_000]).encode()

    assert len(parse(body, 1_000_000)[0]) == 1_000_000


def nested(depth):
    value = 1
    for _ in range(depth):
        value = {"a": [value]}
    return value


def test_deep_displays_are_left_out_whole_ones_stay():
    shown = {"output_type": "display_data", "metadata": nested(200)}
    shown["data"] = {"text/plain": "x", "application/json": nested(200)}
    kept = {"output_type": "display_data", "metadata": nested(2)}
    kept["data"] = {"application/json": nested(15)}

    found = sane_outputs([shown, kept], 100_000)

    assert found == [
        {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "x"}},
        kept,
    ]


SHOWN = {
    "text": "print('a')\nprint('b')\nimport sys\nprint('c', file=sys.stderr)\nprint('d')",
    "value": "x = 3\nx",
    "quiet": "x;",
    "frame": "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "chart": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('t')",
    "shown chart": "import matplotlib.pyplot as plt\nplt.plot([1, 3])\nplt.show()\nprint('after')",
    "display": "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>x</b>'), Markdown('*y*'))",
    "update": "h = display('first', display_id='k')\nh.update('second')",
    "clear": "from IPython.display import clear_output\nprint('old')\nclear_output()\nprint('new')",
    "clear later": "print('old')\nclear_output(wait=True)\nprint('new')",
    "error": "def f(n):\n    return 1 / n\n\nf(0)",
    "name error": "nothing",
    "syntax error": "x = = 1",
    "warning": "import warnings\nwarnings.warn('careful')",
    "magic": "%%capture out\nprint('x')",
    "image": "from IPython.display import Image\nImage(data=b'\\x89PNG\\r\\n\\x1a\\n', format='png')",
    "last of many": "1\n2",
    "rich error": "class E(Exception):\n    def _render_traceback_(self):\n        return ['own']\nraise E",
    "empty": "   ",
    "await": "import asyncio\nawait asyncio.sleep(0, 'done')",
    "exit": "raise SystemExit(2)",
}


def test_outputs_equal_those_of_a_kernel(tmp_path, grader_of):
    cells = [locked(source, f"c{n}") for n, source in enumerate(SHOWN.values())]
    setup = "from IPython.display import display"
    assignment = write_master(tmp_path / "hw", [locked(setup), check("t", "pass")])
    extra = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(setup)])
    extra.cells += [nbformat.v4.new_code_cell(cell.source) for cell in cells]

    made = hand_in(tmp_path / "in", assignment, {})
    own = [type(made.notebooks["p1"][0])(None, "code", cell.source) for cell in cells]
    rebuilt = (made.notebooks["p1"][0], *own, made.notebooks["p1"][1])
    record = grader_of(assignment).grade(type(made)("s", {"p1": rebuilt}))
    NotebookClient(extra, allow_errors=True).execute()

    for name, ours, theirs in zip(
        SHOWN, record.notebooks[0].notebook["cells"][1:], extra.cells[1:], strict=False
    ):
        assert (name, _masked(ours["outputs"])) == (name, _masked(theirs.outputs))
        assert ours["execution_count"] == theirs.execution_count


def _masked(items):
    text = json.dumps(items, sort_keys=True)
    return re.sub(r"0x[0-9a-f]+|[^\"\\ ]*ipykernel_\d+/\d+|\d+(?=\.py)", "#", text)


def test_result_of_a_test_cell_is_shown(tmp_path, grader_of):
    assignment = write_master(tmp_path / "hw", [locked("x = 1"), check("t", "print('ok')\n1")])

    record = grader_of(assignment).grade(hand_in(tmp_path / "in", assignment, {}))

    assert [o["output_type"] for o in outputs(record, "t")] == ["stream", "execute_result"]


def test_what_libraries_write_to_the_descriptors_is_shown(tmp_path, grader_of):
    """As a kernel does outside pytest, where ipykernel leaves the descriptors alone."""
    assignment = write_master(tmp_path / "hw", [locked("x = 1"), check("t", "pass")])
    made = hand_in(tmp_path / "in", assignment, {}, after="import os\n_ = os.write(1, b'raw')")

    record = grader_of(assignment).grade(made)

    (shown,) = record.notebooks[0].notebook["cells"][-1]["outputs"]
    assert shown == {"output_type": "stream", "name": "stdout", "text": "raw"}
