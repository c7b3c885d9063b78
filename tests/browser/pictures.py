"""重拍「开始.html」里的两张图：`python tests/browser/pictures.py`；拍完每张都要看一眼。"""

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from academy.package import page
from academy.package.lessons import lessons_of
from academy.syllabus import read_syllabus

ROOT = Path(__file__).resolve().parents[2]
ROLE, LESSON = "wfmp", "05"
SERVE = """
import sys
from pathlib import Path
from academy.launcher.serving import serve
folder = Path(sys.argv[1])
serve(sys.executable, folder, folder.parent / "lab.log", lambda text: print(text, flush=True), browser=False)
"""
WRONG = "repair = erlang.required_agents(130, 260).agents"
RIGHT = "repair = erlang.required_agents(130, 260, patience=109).agents"


def main():
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch) / "排班管理岗"
        work.mkdir()
        role = read_syllabus(ROOT / "course/syllabus.yml").roles[ROLE]
        for lesson in lessons_of(ROOT, role):
            (work / lesson.file_name).write_text(lesson.text, encoding="utf-8")
        (work / "样例数据").mkdir()
        name = next(path.name for path in work.iterdir() if path.name.startswith(LESSON))
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(work)], stdout=subprocess.PIPE, text=True
        )
        try:
            url = next(line for line in server.stdout if "http://" in line).split("：")[1].strip()
            _take(url, work, name)
        finally:
            server.terminate()
            server.wait(30)


def _three_answers(lesson, path):
    """第 1 道练习做两遍：先错后对，旁边是还没有作答的样子。"""
    notebook = nbformat.read(lesson, as_version=4)
    cells = notebook.cells
    setup = next(cell for cell in cells if "setup" in cell.metadata.get("tags", []))
    place = next(i for i, cell in enumerate(cells) if cell.source.startswith("repair = "))
    check = next(cell for cell in cells[place:] if cell.source.startswith("# 检查"))
    shown = [setup, cells[place - 1]]
    for answer in (cells[place].source, WRONG, RIGHT):
        shown += [
            nbformat.v4.new_code_cell(answer),
            nbformat.v4.new_code_cell(check.source, metadata=check.metadata),
        ]
    nbformat.write(nbformat.v4.new_notebook(cells=shown, metadata=notebook.metadata), path)


def _take(url, work, name):
    address, token = url.split("/lab")[0], url.split("token=")[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page_ = browser.new_page(viewport={"width": 1280, "height": 760}, locale="zh-CN")
        _open(page_, f"{address}/lab/workspaces/a/tree/{name}?token={token}")
        page_.get_by_placeholder("写一个数").first.scroll_into_view_if_needed()
        page_.mouse.move(800, 400)
        page_.mouse.wheel(0, 380)
        page_.wait_for_timeout(1500)
        page_.screenshot(path=page.FILES / "lab.png")
        _three_answers(work / name, work / "练习.ipynb")
        _open(page_, f"{address}/lab/workspaces/b/tree/练习.ipynb?token={token}")
        page_.set_viewport_size({"width": 1280, "height": 1500})
        page_.wait_for_timeout(1500)
        cells = page_.locator(".jp-Notebook .jp-Cell")
        first, last = cells.nth(1).bounding_box(), cells.last.bounding_box()
        page_.screenshot(
            path=page.FILES / "check.png",
            clip={
                "x": first["x"],
                "y": first["y"],
                "width": first["width"],
                "height": last["y"] + last["height"] - first["y"] + 6,
            },
        )
        browser.close()


def _open(page_, url):
    """打开一本，等内核连上网页，从菜单全部运行，等每一格都跑过。"""
    page_.goto(url)
    page_.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
    sessions = f"{url.split('/lab')[0]}/api/sessions?token={url.split('token=')[1]}"
    for _ in range(360):
        with urllib.request.urlopen(sessions, timeout=10) as reply:
            kernels = [session["kernel"] for session in json.load(reply)]
        if kernels and all(k["connections"] and k["execution_state"] == "idle" for k in kernels):
            break
        page_.wait_for_timeout(250)
    page_.get_by_role("menuitem", name="运行").first.click()
    page_.get_by_role("menuitem", name="运行所有单元格", exact=False).first.click()
    page_.wait_for_function(
        "() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        ".filter(prompt => prompt.textContent.trim() !== '')"
        ".every(prompt => /\\[\\d+\\]/.test(prompt.textContent))",
        timeout=180_000,
    )
    page_.wait_for_timeout(2000)


if __name__ == "__main__":
    main()
