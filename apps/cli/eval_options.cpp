// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_options.h"

#include "cli/job_options.h"

namespace emend::cli {

namespace {

constexpr const char* kDescription =
    "How good the results are on documents of which the truth is known";

constexpr const char* kFooter =
    "Reads and proofreads each document and holds what was recognised and what came out against\n"
    "its truth: error rates of characters and words with 95 % intervals, documents that became\n"
    "better or worse, and what became of every number. Definitions: docs/eval.md.\n"
    "\n"
    "Examples:\n"
    "  emend eval scans/                        scan.png with the truth in scan.txt or "
    "scan.gt.txt\n"
    "  emend eval img/ --truth txt/ --ignore-case --html report.html\n"
    "  emend eval pairs.jsonl                   texts that something else has read:\n"
    "                                           {\"id\": \"1\", \"lang\": \"eng\", \"ocr\": "
    "\"...\", \"gt\": \"...\"}\n"
    "  emend eval scans/ --model none --texts a.jsonl        keep the texts of one way,\n"
    "  emend eval scans/ --model m.gguf --against a.jsonl    and hold another way against it\n"
    "  emend eval pairs.jsonl --replay llm.jsonl             what of an LLM's corrections would "
    "stand\n"
    "  emend eval pairs.jsonl --results llm.jsonl            and what they are worth as they are\n"
    "  emend eval scans/ --gate                 for a script: exit status 1 when a number was "
    "harmed\n"
    "\n"
    "Exit status: 0; 1 with --gate; 3 when a document could not be read (it counts as empty), has\n"
    "notices or no truth; others as of emend itself.";

void add_what(CLI::App& app, EvalCommand& command) {
  app.add_option("what", command.words,
                 "Documents and folders of them, or one JSONL file of texts with their truth")
      ->type_name("DIR|FILE|PAIRS.jsonl")
      ->required();
  app.add_option("--truth", command.truths,
                 "Folder of the truths; else they are beside the documents")
      ->type_name("DIR");
  app.add_option(
         "--against", command.against,
         "What the results are held against: raw (what was recognised), or the texts of\n"
         "another system: a folder of NAME.txt, or a JSONL file {\"id\", \"output\"} as of --texts")
      ->type_name("raw|DIR|FILE")
      ->default_str("raw");
  app.add_option("--results", command.results,
                 "Texts of another system in the place of emend's own results, as of --against")
      ->type_name("DIR|FILE");
  app.add_option(
         "--replay", command.replay,
         "Another system's corrections, a JSONL file {\"raw\", \"output\"}, in the place of what\n"
         "a model would propose: emend's rules decide over them (docs/eval.md)")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  app.add_option("--sample", command.sample,
                 "At most so many of the documents, spread evenly; 0 is all")
      ->type_name("N")
      ->default_str("0");
  app.add_flag("--ignore-case", command.evaluation.ignore_case,
               "Letters regardless of their size, for a truth in capitals");
  app.add_option("--include", command.rules.include, "Of folders only files that fit, as '*.png'")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  app.add_option("--exclude", command.rules.exclude, "Of folders no files and folders that fit")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
}

void add_results(CLI::App& app, EvalCommand& command) {
  app.add_option("--json", command.json,
                 "The result as JSON too (docs/evaluation.schema.json); - is standard output,\n"
                 "instead of the tables")
      ->type_name("FILE");
  app.add_option("--html", command.html, "A page with the worst documents side by side too")
      ->type_name("FILE");
  app.add_option(
         "--texts", command.texts,
         "Keep the texts, one document on each line: {\"id\", \"raw\", \"output\", \"truth\"}")
      ->type_name("FILE");
  app.add_option("--worst", command.evaluation.worst, "Documents on the page of --html")
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--seed", command.evaluation.seed, "Of the draws that make the intervals")
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--gate", command.gate,
               "Exit status 1 when a number or currency sign was broken, lost or invented");
  app.add_flag("-q,--quiet", command.quiet, "No progress");
}

}  // namespace

CLI::App* add_eval(CLI::App& app, EvalCommand& command) {
  CLI::App* eval = app.add_subcommand("eval", kDescription);
  eval->footer(kFooter);
  add_what(*eval, command);
  add_results(*eval, command);
  add_options(*eval, command.job, [](const Option& option) {
    return option.name != "keep_space" && option.name != "journal";
  });
  return eval;
}

}  // namespace emend::cli
