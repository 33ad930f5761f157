# SPDX-License-Identifier: Apache-2.0
"""What can go wrong: one class for each kind of error, all of them EmendError.

Where Python has an exception of the same meaning, the class is one of those too, so that ``except FileNotFoundError``
does what a reader expects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, Optional, Tuple, Type

if TYPE_CHECKING:
    from ._emend import Document


class EmendError(Exception):
    """Something failed.

    ``code`` is the kind as the JSON form and the command name it, ``message`` says what failed and where, ``hint``
    what can be done about it (it may be empty).

    ``document`` holds the pages that were finished before a reading was stopped or failed, else None.
    """

    code = "engine_failed"
    document: Optional[Document] = None

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message

    def __reduce__(self) -> Tuple[Type[EmendError], Tuple[str, str]]:
        return type(self), (self.message, self.hint)


class InvalidArgumentError(EmendError, ValueError):
    """The caller broke the contract: an option out of range, a bad list of pages."""

    code = "invalid_argument"


class NotFoundError(EmendError, FileNotFoundError):
    """No such file, page or model."""

    code = "not_found"


class UnreadableInputError(EmendError):
    """The document is damaged, encrypted or of an unknown kind."""

    code = "unreadable_input"


class LimitExceededError(EmendError):
    """Too many pages, pixels, bytes or seconds."""

    code = "limit_exceeded"


class MissingDependencyError(EmendError):
    """A language, a model file or one of emend's own programs is absent."""

    code = "missing_dependency"


class EngineFailedError(EmendError):
    """The recogniser, a renderer or the model's process reported failure or died."""

    code = "engine_failed"


class NetworkFailedError(EmendError, ConnectionError):
    """A download did not finish or did not match its checksum."""

    code = "network_failed"


class IoFailedError(EmendError, OSError):
    """The operating system refused a read or a write."""

    code = "io_failed"


class CancelledError(EmendError):
    """The caller asked to stop."""

    code = "cancelled"


_CLASSES: Dict[str, Type[EmendError]] = {
    each.code: each
    for each in (InvalidArgumentError, NotFoundError, UnreadableInputError, LimitExceededError,
                 MissingDependencyError, EngineFailedError, NetworkFailedError, IoFailedError, CancelledError)
}


def exception_for(code: str, message: str, hint: str) -> EmendError:
    """The exception for an error of the library; the binding raises it."""
    return _CLASSES[code](message, hint)
