# SPDX-License-Identifier: Apache-2.0
"""Proofreading: the short form's AI, and text that comes without a page."""

from __future__ import annotations

import os
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Callable, Mapping, Optional, Type, Union

from . import _emend
from .text import CorrectedText, RecognizedText


@dataclass
class AIModelConfig:
    """Which model. With nothing set it is the one that comes with emend, which needs no file, network or GPU."""

    allow_auto_download: Union[bool, str] = False
    """Whether a model that is not here yet may be fetched: a bool, or "true" or "false"."""
    hugging_face_repo_id: str = ""
    """A repository of the hub, such as "Qwen/Qwen2.5-3B-Instruct-GGUF"."""
    hugging_face_quantization: str = ""
    """"int8", "int4", "fp16" or the name of a GGUF quantization such as "Q4_K_M"."""
    gpu_layers: Union[int, str] = "auto"
    """Layers on a GPU, the rest on the CPU: a number, "all" or "auto". More than fit are taken as "as many as fit"."""
    directory_model_path: Union[str, os.PathLike[str]] = ""
    """A folder for models instead of the hub's cache. A .gguf file in it is used as it is, without any network."""


class AI:
    """Proofreads recognised text. The model ranks and proposes, rules decide: numbers, currency signs and the lines of
    the text are safe from it.

    Keywords are the options of correction: margin (nats), keep_confidence (0 to 1), max_candidates, numbers (strict, repair or flag), keep_space, prompt
    or prompt_file or profile.
    May be used from several threads; texts are worked on one after the other. ``with AI(...) as ai:`` frees the model
    at the end.
    """

    def __init__(self, config: Optional[AIModelConfig] = None, **options: Any) -> None:
        """Loads nothing yet: what is wrong with the model turns out in ``run_postprocessor``."""
        self._proofreader = _emend.Proofreader(config or AIModelConfig(), **options)

    def set_post_processor(self, name: str, settings: Callable[[], Mapping[str, str]]) -> None:
        """Takes the place of the post-processor set before. ``settings`` is called for each text, in the thread that
        asks; it returns {"prompt": instruction}. Other keys are refused. The instruction steers an instruct model; the
        embedded model and base models follow none.
        """
        self._proofreader.set_post_processor(name, settings)

    def run_postprocessor(self, text: str) -> CorrectedText:
        """The text, proofread. The text of ``OcrEngine.recognize`` is corrected with the evidence of its pages, any
        other str by itself.

        The model is fetched if need be and allowed, loaded at the first call, and loaded again at the first after
        ``free_resources``. Raises InvalidArgumentError (wrong configuration or settings), MissingDependencyError (the
        model is not here and may not be fetched), NetworkFailedError, NotFoundError, UnreadableInputError,
        EngineFailedError. A model that fails in mid text is a notice, and the text stays as it was there.
        """
        if isinstance(text, RecognizedText):
            return CorrectedText(self._proofreader.run_document(text.document))
        return CorrectedText(self._proofreader.run_text(text))

    def free_resources(self, force: bool = False) -> _emend.FreeReport:
        """Gives back the model: its process ends, and with it all its memory, that of a GPU too, unless another AI
        uses the same model. Never fails, may be called again and before anything was loaded. A text that is being
        worked on is waited for or, with ``force``, cancelled. What was given back is in the report, in bytes.
        """
        return self._proofreader.free_resources(force)

    def __enter__(self) -> AI:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], value: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.free_resources()


def correct(text: str, **options: Any) -> CorrectedText:
    """Proofreads text that comes without a page. There is no recogniser's evidence, so only what the language and the
    look of letters make certain is changed.

    Keywords are the options of ``read`` that concern the model and correction, languages and keep_space (keep white
    space at the ends of lines). Raises as ``AI.run_postprocessor`` does.
    """
    if isinstance(text, RecognizedText):
        text = str(text)
    return CorrectedText(_emend.correct(text, **options))
