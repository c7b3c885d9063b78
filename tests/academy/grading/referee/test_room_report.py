"""What a learner's process says of a test is believed with the proof only, and never beyond a number."""

import pytest

from academy.grading.referee.room_report import room_report

PROOF = "a1b2"
FINE = {"ok": True, "proof": PROOF}
ERROR = {"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": []}
CASES = {
    "finished": (FINE, [], {"status": "ok"}),
    "number": ({**FINE, "value": {"number": 1.5}}, [], {"status": "ok", "value": {"number": 1.5}}),
    "whole": ({**FINE, "value": {"number": 2}}, [], {"status": "ok", "value": {"number": 2.0}}),
    "other": ({**FINE, "value": {"other": "str"}}, [], {"status": "ok", "value": {"other": "str"}}),
    "not finite": (
        {**FINE, "value": {"number": float("inf")}},
        [],
        {"status": "ok", "value": {"other": ""}},
    ),
    "truth": ({**FINE, "value": {"number": True}}, [], {"status": "ok", "value": {"other": ""}}),
    "no mapping": ({**FINE, "value": 3}, [], {"status": "ok", "value": {"other": ""}}),
    "no proof": ({"ok": True}, [], {"status": "unproved"}),
    "other proof": ({"ok": True, "proof": "a1b3"}, [], {"status": "unproved"}),
    "proof of another kind": ({"ok": True, "proof": [PROOF]}, [], {"status": "unproved"}),
    "surrogate": ({"ok": True, "proof": "\ud800"}, [], {"status": "unproved"}),
    "shown error": (
        FINE,
        [ERROR],
        {"status": "error", "ename": "KeyError", "evalue": "x", "assertion": False},
    ),
    "not ok": (
        {"ok": 1, "proof": PROOF, "ename": "E", "assertion": True},
        [],
        {"status": "error", "ename": "E", "evalue": "", "assertion": True},
    ),
    "odd name": (
        {"ok": False, "ename": 3},
        [],
        {"status": "error", "ename": "", "evalue": "", "assertion": False},
    ),
}


@pytest.mark.parametrize(("said", "outputs", "report"), CASES.values(), ids=CASES)
def test_only_what_is_proved_counts(said, outputs, report):
    assert room_report(said, outputs, PROOF) == report


def test_a_name_is_cut():
    assert len(room_report({"ok": False, "ename": "x" * 10_000}, [], PROOF)["ename"]) == 80
