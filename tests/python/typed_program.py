# SPDX-License-Identifier: Apache-2.0
"""A program with types that uses all of the package; mypy --strict has to be content with it."""

from __future__ import annotations

import asyncio
import pathlib
from typing import Dict, List

import emend
from emend.ai import AI, AIModelConfig


def prompt() -> Dict[str, str]:
    return {"prompt": "Correct OCR errors, keep numbers and currency symbols intact"}


def lights(document: emend.Document) -> Dict[str, List[str]]:
    found: Dict[str, List[str]] = {}
    for number in document.numbers:
        found.setdefault(number.light, []).append(number.text)
    return found


def told(done: int, total: int) -> None:
    print(f"{done} of {total}")


def read(path: pathlib.Path) -> str:
    document = emend.read(path, languages=["eng"], jobs=2, pdf_dpi=300, progress=told)
    document.save(path.with_suffix(".json"))
    for edit in document.edits:
        gain: float = edit.evidence.language_gain
        print(edit.before, edit.after, edit.box.width, edit.applied, gain)
    html: str = document.pages[0]._repr_html_()
    return html


async def numbers(path: str) -> List[int]:
    return [page.number async for page in emend.pages(path)]


def short(path: str) -> str:
    engine = emend.OcrEngine(languages="eng")
    engine.load_document(path)
    recognized = engine.recognize()
    print(recognized.upper(), recognized.document.provenance.recogniser)
    with AI(AIModelConfig(gpu_layers=20, directory_model_path=pathlib.Path("Models"))) as ai:
        ai.set_post_processor("llm_correction", prompt)
        try:
            corrected = ai.run_postprocessor(recognized)
        except emend.MissingDependencyError as error:
            return error.hint
        for notice in corrected.notices:
            print(notice.message)
        held: int = ai.free_resources().host_bytes_before
    return f"{corrected} {held}"


def errors(truth: str, recognised: str) -> str:
    found = emend.evaluate([("a", truth, recognised, emend.correct(recognised, words=pathlib.Path("names.txt")))], seed=2)
    harm: int = found["harm"]
    return found.to_html() if harm else found.to_text()


if __name__ == "__main__":
    print(asyncio.run(numbers("scan.pdf")), short("scan.pdf"), read(pathlib.Path("scan.pdf")))
