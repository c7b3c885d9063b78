"""Whatever comes over the wire becomes plain data or is refused; nothing else ever happens."""

import json
import socket
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from academy.grading.examiner.failures import Unreadable
from academy.grading.examiner.permits import Permits
from academy.grading.examiner.proxies import Proxies
from academy.grading.referee.outputs import parse, read_outputs, sane_outputs
from academy.grading.referee.room_report import room_report
from academy.grading.wire.callables import build_function
from academy.grading.wire.channel import LENGTHS, Channel, ChannelClosed, ChannelTimeout, Garbled
from academy.grading.wire.codec import Codec, NotPlain, Undecodable
from academy.grading.wire.files import is_data_name, pack_files, unpack_files, write_files
from academy.grading.wire.inplace import restore
from tests.academy.grading.fuzz import few
from tests.academy.grading.fuzz.hostile_bytes import (
    JSON,
    SAMPLES,
    data,
    hostile_encodings,
    hostile_values,
    mutated,
)

CORPUS = Path(__file__).with_name("corpus") / "wire.json"
KEPT = json.loads(CORPUS.read_text(encoding="utf-8"))
# of the processor's own time, which no busy machine makes longer
LONGEST_SECONDS = 2


def _read(codec, content):
    """What the bytes become; None where they are refused, which must not take long."""
    started = time.process_time()
    try:
        return codec.loads(content)
    except (Undecodable, Unreadable):
        return None
    finally:
        assert time.process_time() - started < LONGEST_SECONDS


@pytest.mark.filterwarnings("ignore")
@given(hostile_encodings())
@few(80)
def test_bytes_become_plain_data_or_are_refused(content):
    value = _read(Codec(), content)

    try:
        Codec().dumps(value)
    except NotPlain as refusal:
        # of the kinds on the list all the same: an array of objects may hold a type's own dtype
        assert refusal.kind.startswith(("层次太深", "太大"))  # noqa: PT017


@pytest.mark.filterwarnings("ignore")
@given(hostile_encodings(), st.booleans())
@few(80)
def test_the_examiner_runs_nothing_that_a_learner_names(content, everything):
    asked = []
    proxies = Proxies(lambda *question: asked.append(question), frozenset({"scipy"}))
    proxies.permits = Permits(None if everything else (), "median Popen system")

    with proxies.reading("x"):
        _read(proxies.codec, content)

    assert asked == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", KEPT)
def test_what_once_broke_something_is_refused(name):
    content = bytes.fromhex(KEPT[name])

    assert _read(Codec(), content) is None
    assert _read(Proxies(lambda *_: None).codec, content) is None


@given(data())
@few(60)
def test_what_is_written_is_read_as_the_same(value):
    codec = Codec()
    try:
        content = codec.dumps(value)
    except NotPlain:
        return

    back = codec.loads(content)

    assert type(back) is type(value)
    assert codec.dumps(back) == content


@pytest.mark.filterwarnings("ignore")
@given(st.data(), st.sampled_from(SAMPLES))
@few(60)
def test_an_argument_takes_on_any_value_or_stays(drawn, sample):
    codec = Codec()
    old, other = codec.loads(codec.dumps([sample])), drawn.draw(hostile_values())
    try:
        new = codec.loads(codec.dumps([other]))
    except (NotPlain, Undecodable, TypeError, ValueError):
        return
    try:
        restore(old, new)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return  # the examiner says that the answer is unreadable


FRAMES = st.binary(max_size=60) | st.builds(
    lambda head, body, more: LENGTHS.pack(len(head) + more, len(body)) + head + body,
    st.sampled_from([b"{}", b'{"op": "done"}', b"[" * 5000, b"9" * 5000, b"[1]", b"\xff", b'"'])
    | st.binary(max_size=30),
    st.binary(max_size=30),
    st.sampled_from([0, 0, 0, 1, 2**25, 2**31]),
)


def _drain(channel):
    while True:
        head, body = channel.receive(time.monotonic() + 5)
        assert type(head) is dict
        assert type(body) is bytes


@given(FRAMES.flatmap(mutated))
@few(60)
def test_a_stream_of_bytes_is_frames_or_the_end_of_the_process(stream):
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    theirs.sendall(stream)
    theirs.close()
    try:
        with pytest.raises((ChannelClosed, ChannelTimeout, Garbled)):
            _drain(channel)
    finally:
        channel.close()


OUTPUTS = st.fixed_dictionaries(
    {},
    optional={
        "output_type": st.sampled_from(["stream", "error", "display_data", "execute_result", 7])
        | JSON,
        "name": st.sampled_from(["stdout", "stderr", "stdin"]) | JSON,
        "text": st.text(st.characters()) | JSON,
        "ename": JSON,
        "evalue": JSON,
        "traceback": st.lists(JSON, max_size=3) | JSON,
        "data": st.dictionaries(
            st.sampled_from(["text/plain", "application/json", "image/png", ""]), JSON
        )
        | JSON,
        "metadata": JSON,
        "execution_count": JSON,
    },
)


@given(st.lists(OUTPUTS | JSON, max_size=4) | JSON)
@few(60)
def test_outputs_are_what_the_notebook_format_knows(outputs):
    import nbformat

    body = json.dumps(outputs).encode()
    kept = read_outputs(body, 10_000)

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=kept)])
    nbformat.validate(nbformat.from_dict(json.loads(json.dumps(notebook))))
    json.dumps(kept, ensure_ascii=False).encode()


@given(st.binary(max_size=200) | JSON.map(lambda v: json.dumps(v).encode()).flatmap(mutated))
@few(60)
def test_a_report_is_json_or_refused(body):
    try:
        content = parse(body, 10_000)
        sane_outputs(content["outputs"], 10_000)
    except (ValueError, KeyError, TypeError, RecursionError):
        return


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("ok", "proof", "value", "ename"), JSON)),
    st.lists(OUTPUTS, max_size=2),
)
@few(60)
def test_a_room_is_believed_no_more_than_its_proof(content, outputs):
    report = room_report(content, sane_outputs(outputs, 10_000), "secret-number")

    assert report["status"] in ("error", "unproved")


PARAMETERS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "x",
                "y",
                "self",
                "class",
                "_",
                "__grading_0",
                "ﬁ",
                "fi",
                "𝓍",
                "a b",
                "__gradin𝓰_forward",
            ]
        )
        | st.text(max_size=5),
        st.integers(-1, 5),
        st.booleans(),
        st.none() | st.integers() | st.lists(st.integers(), max_size=2),
    )
    | JSON,
    max_size=5,
)


@given(
    st.fixed_dictionaries(
        {}, optional={"name": JSON, "doc": JSON, "parameters": PARAMETERS | JSON, "async": JSON}
    )
)
@example({"parameters": [("__gradin𝓰_forward", 1, True, None)]})
@example({"parameters": [("ﬁ", 1, True, 1), ("fi", 1, True, 1)]})
@few(80)
def test_a_described_function_only_forwards(description):
    forwarded = []
    function = build_function(description, lambda *given: forwarded.append(given))

    try:
        made = function()
        if description.get("async"):
            made.close()
    except TypeError as error:
        assert "argument" in str(error)  # noqa: PT017 - the parameters ask for some
    assert all(type(a) is tuple and type(k) is dict for a, k in forwarded)
    assert callable(function)


NAMES = st.sampled_from(["a", "a/b", "../x", "/x", "a/../../x", ".", "", "a\0b", "x.py", "x.csv"])


@given(st.dictionaries(NAMES | st.text(max_size=6), st.binary(max_size=9), max_size=4))
@few(40)
def test_files_of_any_name_stay_in_their_folder(tmp_path_factory, files):
    place = tmp_path_factory.mktemp("files")
    (place / "in").mkdir()
    before = sorted(place.iterdir())
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(place / "in")
        write_files(unpack_files(pack_files(files)))

    assert sorted(place.iterdir()) == before
    for name in files:
        assert not (is_data_name(name) and ".." in name.split("/"))
