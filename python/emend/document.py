# SPDX-License-Identifier: Apache-2.0
"""What Document and Page can do beyond what the library does: be saved, be shown in a notebook."""

from __future__ import annotations

import os
from html import escape
from typing import Any, Iterator, Union

from . import _emend
from .errors import InvalidArgumentError, IoFailedError

_MARK = {True: "#fff3b0", False: "#e8e8e8"}  # of a place with an edit: applied, turned down


def save(document: _emend.Document, path: Union[str, os.PathLike[str]], **options: Any) -> None:
    """Writes the document in the format that the ending of the path names: .txt, .json, .pdf and so on, as the command
    writes it (docs/formats.md). The file gets its name when it is whole.

    A searchable .pdf is made from the file that was read, which must still be where it was; keywords are the options
    with which it was read, where they matter (password, pdf_dpi).

    Raises InvalidArgumentError for another ending or an original that is gone, IoFailedError when the file cannot be
    written.
    """
    name = os.fspath(path)
    formats = _emend.endings()
    wanted = os.path.splitext(name)[1].lower()
    if wanted not in formats:
        raise InvalidArgumentError(f"{name}: a document cannot be saved as {wanted or 'a file without ending'}",
                                   f"Give the file one of the endings {', '.join(sorted(formats))}.")
    content = _emend.as_format(document, formats[wanted], **options)
    part = f"{name}.{os.getpid()}.part"
    try:
        with open(part, "wb") as file:
            file.write(content)
        os.replace(part, name)
    except OSError as problem:
        if os.path.exists(part):
            os.remove(part)
        raise IoFailedError(f"{name}: {problem.strerror}") from problem


def page_html(page: _emend.Page) -> str:
    """The page as a picture (SVG) for notebooks: every word where it stands, edits marked. Pointing at a mark tells
    what was changed and why."""
    width, height = max(page.width, 1), max(page.height, 1)
    shapes = "".join([*_marks(page), *_words(page)])
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'style="max-width:100%;width:{min(width, 900)}px;background:white;border:1px solid #ccc" '
            f'font-family="sans-serif">{shapes}</svg>')


def _marks(page: _emend.Page) -> Iterator[str]:
    for edit in page.edits:
        box = edit.box
        arrow = "to" if edit.applied else "not to"
        why = f"{edit.before} {arrow} {edit.after}: {edit.reason}, {edit.verdict}"
        yield (f'<rect class="edit" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" '
               f'fill="{_MARK[edit.applied]}"><title>{escape(why)}</title></rect>')


def _words(page: _emend.Page) -> Iterator[str]:
    for line in page.lines:
        for word in line.words:
            box = word.box
            if box.width <= 0 or box.height <= 0:
                continue
            yield (f'<text x="{box.x}" y="{box.y + box.height}" font-size="{box.height}" '
                   f'textLength="{box.width}" lengthAdjust="spacingAndGlyphs" pointer-events="none">'
                   f'{escape(word.text)}</text>')


setattr(_emend.Document, "save", save)
setattr(_emend.Page, "_repr_html_", page_html)
