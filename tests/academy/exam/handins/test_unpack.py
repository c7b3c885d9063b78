"""academy.exam.handins.unpack：压缩包怎样套、名字怎样写都打得开；炸弹、链接、跳出文件夹的都拦住。"""

import io
import stat
import zipfile

import pytest

from academy.exam.handins import unpack as module
from academy.exam.handins.unpack import is_junk, pack, safe_path, unpack


def _paths(found):
    return {piece.path: piece.content for piece in found.pieces}


def test_single_file_is_itself(zipped):
    found = unpack("S1.ipynb", b"{}")

    assert _paths(found) == {"": b"{}"}
    assert found.problems == []


def test_zip_in_zip_and_nested_folders_are_opened(zipped):
    inner = zipped({"卷/px/px.ipynb": b"{}"})
    found = unpack("S1.zip", zipped({"a/b/内.zip": inner, "说明.txt": b"x"}))

    assert _paths(found) == {"a/b/内.zip/卷/px/px.ipynb": b"{}", "说明.txt": b"x"}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_that_do_not_say_their_encoding_are_read(zipped, encoding):
    found = unpack("S1.zip", zipped({"王敏的答卷.ipynb": b"{}"}, names=encoding))

    assert _paths(found) == {"王敏的答卷.ipynb": b"{}"}


def test_zip_is_known_by_its_content_not_its_name(zipped):
    assert _paths(unpack("S1.ipynb", zipped({"px.ipynb": b"{}"}))) == {"px.ipynb": b"{}"}


def test_office_file_is_one_file_though_it_is_a_zip(zipped):
    content = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})

    assert _paths(unpack("S1.docx", content)) == {"": content}


@pytest.mark.parametrize(
    "path", ["../跑.ipynb", "a/../../跑.ipynb", "/etc/跑.ipynb", "C:\\跑.ipynb", "..\\跑.ipynb"]
)
def test_path_that_leads_out_is_refused_and_named(zipped, path):
    found = unpack("S1.zip", zipped({path: b"{}", "px.ipynb": b"[]"}))

    assert _paths(found) == {"px.ipynb": b"[]"}
    assert "跑.ipynb 指向压缩包外面" in found.problems[0]


def test_link_in_a_zip_is_refused_and_named():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("px.ipynb")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    found = unpack("S1.zip", buffer.getvalue())

    assert found.pieces == []
    assert found.problems == ["S1.zip：里面的 px.ipynb 是链接，没有采用。"]


def test_bomb_stops_at_the_limit(zipped, monkeypatch):
    monkeypatch.setattr(module, "MAX_TOTAL", 1_000_000)
    bomb = zipped({f"{place}.bin": bytes(300_000) for place in range(50)})
    assert len(bomb) < 50_000

    found = unpack("S1.zip", bomb)

    assert sum(len(piece.content) for piece in found.pieces) <= 1_000_000
    assert "超过 2000 个文件或 1 MB" in found.problems[-1]


def test_bomb_in_a_bomb_stops_at_the_same_limit(zipped, monkeypatch):
    monkeypatch.setattr(module, "MAX_TOTAL", 1_000_000)
    inner = zipped({"零": bytes(900_000)})
    found = unpack("S1.zip", zipped({f"{place}.zip": inner for place in range(20)}))

    assert sum(len(piece.content) for piece in found.pieces) <= 1_000_000
    assert found.cut


def test_size_that_the_zip_claims_counts_for_nothing(zipped, monkeypatch):
    monkeypatch.setattr(module, "MAX_TOTAL", 1_000_000)
    content = zipped({"零": bytes(5_000_000)})
    lying = content.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content

    found = unpack("S1.zip", lying)

    assert sum(len(piece.content) for piece in found.pieces) <= 1_000_000


@pytest.mark.parametrize(("files", "cut"), [(4, False), (5, True)])
def test_files_are_taken_up_to_the_limit(zipped, monkeypatch, files, cut):
    monkeypatch.setattr(module, "MAX_FILES", 4)
    found = unpack("S1.zip", zipped({f"{place}.txt": b"x" for place in range(files)}))

    assert len(found.pieces) == 4
    assert found.cut is cut
    assert bool(found.problems) is cut


@pytest.mark.parametrize(("size", "cut"), [(1000, False), (1001, True)])
def test_bytes_are_taken_up_to_the_limit(zipped, monkeypatch, size, cut):
    monkeypatch.setattr(module, "MAX_TOTAL", 1000)
    found = unpack("S1.zip", zipped({"a": bytes(400), "b": bytes(size - 400)}))

    assert found.size == (400 if cut else 1000)
    assert found.cut is cut


def test_table_of_a_million_names_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(zipfile, "ZipFile", None)
    found = unpack("S1.zip", b"PK\x03\x04" + b"PK\x01\x02" * 20_001)

    assert "压缩包里的文件太多" in found.problems[0]


@pytest.mark.parametrize(("depth", "opened"), [(4, True), (5, False)])
def test_zips_are_opened_so_deep_and_no_deeper(zipped, depth, opened):
    content = b"{}"
    for _ in range(depth):
        content = zipped({"x": content})
    found = unpack("S1.zip", content)

    assert bool(found.pieces) is opened
    assert any("压缩包套了 4 层以上" in one for one in found.problems) is not opened


def test_locked_zip_is_named_with_what_to_ask(zipped):
    content = bytearray(zipped({"px.ipynb": b"{}"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found = unpack("S1.zip", bytes(content))

    assert found.pieces == []
    assert found.problems == ["S1.zip：压缩包有密码，打不开：请学员去掉密码，重发。"]


def test_cut_zip_is_named_with_what_to_ask(zipped):
    content = zipped({"px.ipynb": bytes(range(256)) * 40})
    for cut in (len(content) // 2, len(content) - 5):
        found = unpack("S1.zip", content[:cut])
        assert "压缩包坏了" in found.problems[0]


def test_broken_member_is_found_by_its_checksum():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("px.ipynb", b"0123456789" * 10)
    content = buffer.getvalue().replace(b"0123456789", b"0123456788", 1)

    found = unpack("S1.zip", content)

    assert found.pieces == []
    assert "压缩包坏了" in found.problems[0]


def test_what_systems_and_editors_leave_is_passed_over(zipped):
    files = {
        "__MACOSX/._px.ipynb": b"x",
        ".ipynb_checkpoints/px-checkpoint.ipynb": b"{}",
        "px/.DS_Store": b"x",
        "Thumbs.db": b"x",
        "~$答卷.docx": b"x",
        "timestamp.txt": b"x",
        "px.ipynb": b"{}",
    }

    assert _paths(unpack("S1.zip", zipped(files))) == {"px.ipynb": b"{}"}
    assert not is_junk("px/data/calls.csv")


def test_packed_folder_comes_back_and_has_the_same_bytes_each_time():
    files = {"px.ipynb": b"{}", "data/来电.csv": b"x" * 1000}

    assert pack(files) == pack(dict(reversed(files.items())))
    assert _paths(unpack("S1", pack(files))) == files


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("a/b.ipynb", "a/b.ipynb"),
        ("a\\b.ipynb", "a/b.ipynb"),
        ("./a//b.ipynb", "a/b.ipynb"),
        ("a\x07\u202eb", "a??b"),
        ("", None),
        (".", None),
        ("a\0b", None),
        ("x" * 200, "x" * 200),
        ("x" * 201, None),
    ],
)
def test_path_is_brought_into_one_form(path, safe):
    assert safe_path(path) == safe
