"""
Makes the pictures of paper in docs/screenshots, of a running server with the sample clinic.

    make run                                         # in one terminal
    .venv/bin/python -m tests.journeys.take_paper    # in another; needs pdftoppm (poppler-utils)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import Request, urlopen

from PIL import Image

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"
PAGES = 2
DOTS_PER_INCH = 84
GAP = 12
COLOURS = 256
#: The sample partner's, as `make run` prints it; no Django is needed here.
KEY = "pik_l_samplePartnepublicOnPurposeForDevelopment0000I4z8z"


def read(address: str) -> bytes:
    """What the sample partner gets."""
    with urlopen(Request(address, headers={"Authorization": f"Bearer {KEY}"})) as answer:
        content: bytes = answer.read()
    return content


def licence_number(site: str) -> str:
    """The number of the sample's licence, as its key's reads name it."""
    leaflets = json.loads(read(f"{site}/api/v1/pages/?locale=nl"))["items"]
    named = (leaflet["rights"]["licence"] for leaflet in leaflets)
    return next(str(number) for number in named if number)


def take(address: str, name: str, *, rtl: bool = False) -> Path:
    """The first two pages of a PDF beside each other, in reading direction."""
    content = read(address)
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), "-l", str(PAGES), "-"]
        subprocess.run([*command, f"{folder}/page"], input=content, check=True)
        pages = [Image.open(file) for file in sorted(Path(folder).glob("page*.png"))]
        if rtl:
            pages.reverse()
        width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
        sheet = Image.new("RGB", (width, pages[0].height + 2 * GAP), "#d3ddd7")
        left = GAP
        for page in pages:
            sheet.paste(page, (left, GAP))
            left += page.width + GAP
    file = FOLDER / f"{name}.png"
    sheet.quantize(COLOURS).save(file, optimize=True)
    return file


def main(site: str = "http://127.0.0.1:8000") -> None:
    """Makes every picture; `site` is where the server is."""
    letter = f"{site}/permissions/{licence_number(site)}/letter.pdf"
    files = (
        take(f"{site}/en/dry-needling/download/pdf/", "pdf-en"),
        take(f"{site}/ar/dry-needling/download/pdf/", "pdf-ar", rtl=True),
        take(letter, "letter-nl"),
    )
    for file in files:
        sys.stdout.write(f"{file.name} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
