"""academy.launcher.serving：开不起来说得清；开得起来就在自己的端口上，关得干净。

真的 JupyterLab 由 tests/browser/test_lab.py 开。
"""

import json
import socket
import sys

import pytest

from academy.launcher import serving
from academy.launcher.serving import LabError, serve

# 一个假的 jupyterlab 包：把收到的参数写下来，再照它的名字做事
FAKE = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
names = ("JUPYTER_CONFIG_PATH", "JUPYTER_TOKEN")
json.dump([sys.argv[1:], {name: os.environ[name] for name in names}], open(os.environ["FAKE"], "w"))
if os.path.exists("die"):
    print(open("die").read())
    sys.exit(1)

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def do_POST(self):
        right = self.headers["Authorization"] == "token " + os.environ["JUPYTER_TOKEN"]
        open("closed", "w").write(self.path + str(right))
        self.send_response(200)
        self.end_headers()
        os._exit(0)

port = int([word for word in sys.argv if "ServerApp.port=" in word][0].split("=")[1])
HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    package = tmp_path / "lib/jupyterlab"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(FAKE)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    monkeypatch.setenv("FAKE", str(tmp_path / "asked.json"))
    work = tmp_path / "我的 课程"
    work.mkdir()
    return work


class _Screen(list):
    """一说到网址就按 Ctrl+C。"""

    def __call__(self, text):
        self.append(text)
        if "Ctrl+C" in text:
            raise KeyboardInterrupt


def _serve(folder, **how):
    screen = _Screen()
    serve(sys.executable, folder, folder / "log.txt", screen, browser=False, **how)
    return screen


def test_server_is_asked_to_close_with_its_own_token(folder):
    screen = _serve(folder)

    assert (folder / "closed").read_text() == "/api/shutdownTrue"
    assert screen[-1] == "JupyterLab 已经关了。"


def test_address_on_the_screen_has_port_first_lesson_and_token(folder, tmp_path):
    screen = _serve(folder, first="01 甲.ipynb")
    words, environment = json.loads((tmp_path / "asked.json").read_text())

    port = next(word for word in words if word.startswith("--ServerApp.port=")).split("=")[1]
    token = environment["JUPYTER_TOKEN"]
    assert len(token) > 20
    address = next(line for line in screen if "http" in line).split("：", 1)[1]
    assert address == f"http://localhost:{port}/lab/tree/01%20%E7%94%B2.ipynb?token={token}"
    assert token not in " ".join(words)


def test_learners_settings_come_before_the_machines(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/machine")
    _serve(folder)
    _, environment = json.loads((tmp_path / "asked.json").read_text())

    assert environment["JUPYTER_CONFIG_PATH"].split(":") == [
        str(serving.LEARNER),
        str(serving.CHINESE),
        "/machine",
    ]


def test_taken_port_is_passed_over(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(serving, "FIRST_PORT", port)
            screen = _serve(folder)

    assert f"localhost:{port}/" not in "".join(screen)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The port 8888 is already in use", "端口被别的程序占着"),
        ("Traceback: something", "没有开起来"),
    ],
)
def test_server_that_dies_is_one_chinese_sentence(folder, words, said):
    (folder / "die").write_text(words)

    with pytest.raises(LabError, match=said) as failed:
        _serve(folder)

    assert "请" in str(failed.value)


@pytest.mark.parametrize(("root", "told"), [(True, True), (False, False)])
def test_root_is_let_in_and_told_in_chinese(folder, tmp_path, monkeypatch, root, told):
    monkeypatch.setattr(serving, "_is_root", lambda: root)
    screen = _serve(folder)
    words, _ = json.loads((tmp_path / "asked.json").read_text())

    assert any("root" in line for line in screen) == told
    assert ("--allow-root" in words) == told
