"""从 Noto Sans CJK SC 裁出课程字体 ccomlib/fonts/CcomSansSC-Regular.otf。

只在换字体时运行：Debian 上先装 fonts-noto-cjk，再 `python tools/build_font.py`。
收 GB 2312 全部字符、ASCII、课程用到的数学与序号符号；改名以免与系统里的 Noto 混淆。
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
TARGET = Path(__file__).resolve().parents[1] / "ccomlib/fonts/CcomSansSC-Regular.otf"
FAMILY = "Ccom Sans SC"
SYMBOLS = "　−∓≪≫△∙–—―‘’“”…‰′″※℃Ωαβγδεθλμπρστφχψω←↑→↓⇒∈∏∑√∝∞∠∧∨∩∪∫∴∵≈≠≡≤≥⊕■□▲△▼▽◆◇○●★☆✓✗½²³¹₀₁₂₃±×÷·「」『』〔〕【】《》、。〃々"


def characters() -> set[int]:
    """GB 2312 的全部字符、ASCII、拉丁补充与课程符号。"""
    wanted = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | set(map(ord, SYMBOLS))
    wanted |= set(range(0x2460, 0x2474)) | set(range(0x2160, 0x216C))  # ①–⑳、Ⅰ–Ⅻ
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return wanted


def simplified_face(path: Path) -> TTFont:
    """字体集里的简体（SC）那一套。"""
    for face in TTCollection(path).fonts:
        if face["name"].getDebugName(1) == "Noto Sans CJK SC":
            return face
    raise SystemExit(f"{path} 里没有 Noto Sans CJK SC：请安装 Debian 的 fonts-noto-cjk。")


def rename(font: TTFont) -> None:
    """改成课程自己的字体名；版权与许可的名字记录不动。"""
    names = {
        1: FAMILY,
        2: "Regular",
        3: f"{FAMILY} Regular",
        4: f"{FAMILY} Regular",
        6: "CcomSansSC-Regular",
    }
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in {16, 17, *names}]
    for identifier, text in names.items():
        table.setName(text, identifier, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [names[6]]
    cff.topDictIndex[0].FullName = names[4]
    cff.topDictIndex[0].FamilyName = FAMILY


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=SOURCE)
    font = simplified_face(parser.parse_args().source)
    options = subset.Options(layout_features=[], name_IDs=["*"], notdef_outline=True, hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    rename(font)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    font.save(TARGET)
    print(f"{TARGET.name}：{len(font.getBestCmap())} 个字符，{TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
