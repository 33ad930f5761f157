# SPDX-License-Identifier: Apache-2.0
"""Reading whole documents, or their pages as they finish."""

from __future__ import annotations

import asyncio
import os
from types import TracebackType
from typing import Any, Callable, Iterator, List, Optional, Type, Union

from . import _emend
from .errors import EmendError

Path = Union[str, os.PathLike[str]]
Progress = Callable[[int, int], Any]


class Pages:
    """The proofread pages of a file, in order, each as soon as it is finished; made by ``pages``.

    >>> with emend.pages("book.pdf") as pages:
    ...     for page in pages:
    ...         print(page.number, "of", pages.total)

    Also ``async for``. It keeps no page: memory does not grow with their number. One thread at a time takes pages;
    ``cancel`` and ``close`` may be called from any.
    """

    def __init__(self, path: Path, options: Any, progress: Optional[Progress] = None) -> None:
        self._stream = _emend.PageStream(path, **options)
        self._progress = progress
        self._told = 0
        self._arrived: List[_emend.Page] = []  # and not taken, because a signal or an exception in progress() came between

    def __iter__(self) -> Iterator[_emend.Page]:
        return self

    def __next__(self) -> _emend.Page:
        """Waits for the next page without holding the GIL. At Ctrl-C it cancels and raises KeyboardInterrupt; after
        that, the pages that were finished can still be taken."""
        if not self._arrived and not self._await_page(self._arrived):
            raise StopIteration
        return self._arrived.pop(0)

    def _await_page(self, pages: List[_emend.Page]) -> bool:
        """Adds the next page to ``pages`` and tells of it; False when there are no more."""
        try:
            try:
                return self._stream.take_into(pages)
            finally:
                self._tell()
        except KeyboardInterrupt:
            self.cancel()
            raise

    def _tell(self) -> None:
        if self._progress and self.done > self._told:
            self._told = self.done
            self._progress(self.done, self.total)

    def __aiter__(self) -> Pages:
        return self

    async def __anext__(self) -> _emend.Page:
        waiting = asyncio.get_running_loop().run_in_executor(None, self._next_or_none)
        try:
            page = await asyncio.shield(waiting)
        except asyncio.CancelledError:
            self.cancel()
            waiting.add_done_callback(lambda ended: ended.exception())  # it says "stopped", to nobody
            raise
        if page is None:
            raise StopAsyncIteration
        return page

    def _next_or_none(self) -> Optional[_emend.Page]:
        return next(self, None)

    @property
    def done(self) -> int:
        """How many pages are done: those that were taken, and those before them that failed."""
        return self._stream.done

    @property
    def total(self) -> int:
        """How many pages there are to read; 0 before the file has been opened."""
        return self._stream.total

    @property
    def notices(self) -> List[_emend.Notice]:
        """After the last page: what went wrong, pages that are missing included. (Notices about a page that is there
        are in the page.)"""
        return self._stream.notices

    @property
    def provenance(self) -> _emend.Provenance:
        """After the last page: versions, model and placement, all that decides the bytes of the result."""
        return self._stream.provenance

    def cancel(self) -> None:
        """Begins no new page. Those that are finished still come, then CancelledError."""
        self._stream.cancel()

    def close(self) -> None:
        """Cancels and waits until the last process has ended."""
        self._stream.close()

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()


def pages(path: Path, *, progress: Optional[Progress] = None, **options: Any) -> Pages:
    """The pages of the file, as they finish. Takes what ``read`` takes. Work begins at once; what is wrong with the
    file is raised when the first page is asked for."""
    return Pages(path, options, progress)


def read(path: Path, *, progress: Optional[Progress] = None, **options: Any) -> _emend.Document:
    """Reads and proofreads a file: an image (PNG, JPEG, TIFF, BMP, GIF, WebP, PNM, JPEG 2000) or a PDF.

    ``progress(done, total)`` is called after each page, in this thread; an exception in it ends the reading.

    Raises NotFoundError, UnreadableInputError, LimitExceededError, MissingDependencyError, EngineFailedError, or
    InvalidArgumentError for an option that is not known or out of range. A page that fails while others arrive is in
    ``Document.notices``. Ctrl-C raises KeyboardInterrupt. The exception that ends a reading has the pages that were
    finished in its attribute ``document``.

    Options, as text or in the type that suits (numbers, bool, lists):
    """
    finished: List[_emend.Page] = []
    with Pages(path, options, progress) as stream:
        try:
            while stream._await_page(finished):
                pass
        except (KeyboardInterrupt, EmendError) as stopped:
            _take_rest(stream, finished)
            setattr(stopped, "document", stream._stream.with_pages(finished))
            raise
        return stream._stream.with_pages(finished)


def _take_rest(stream: Pages, finished: List[_emend.Page]) -> None:
    """The pages that were finished when the reading was stopped and have not been taken."""
    stream.close()
    try:
        while stream._stream.take_into(finished):
            pass
    except EmendError:
        return


def _described(option: _emend.Option) -> str:
    text = f"    {option.name}: {' '.join(option.help.split())}"
    if option.fallback:
        text += f" (default {option.fallback})"
    return text


# One table gives names, defaults and help to the command, to C++ and to this.
read.__doc__ = "\n".join([(read.__doc__ or "").rstrip(), *map(_described, _emend.options())])
