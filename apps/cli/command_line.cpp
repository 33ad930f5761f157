// SPDX-License-Identifier: Apache-2.0
#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <string_view>

#include "cli/eval_options.h"
#include "cli/job_options.h"
#include "emend/version.h"

namespace emend::cli {

namespace {

constexpr const char* kDescription =
    "emend reads scanned documents and proofreads what it read. A local language model ranks\n"
    "readings; whether a number may change is decided by rules and evidence, never by the model.\n"
    "Nothing leaves this machine.";

constexpr const char* kFooter =
    "Examples:\n"
    "  emend invoice.png                     the proofread text\n"
    "  emend --show diff invoice.png         and what was changed, and why\n"
    "  emend -l deu+eng --pages 1-3 a.pdf -o a.txt\n"
    "  emend --format json *.tif -o results/ one file for each input\n"
    "  emend --format pdf scans -o results/  a folder and all that is below\n"
    "  cat scan.pdf | emend -                from standard input\n"
    "  emend correct < page.txt              text that something else has read\n"
    "  emend eval scans/                     how good that is; the truth is in NAME.txt\n"
    "  emend doctor                          what is installed and what is missing\n"
    "\n"
    "Exit status: 0 all is well; 3 everything arrived, with notices; 2 wrong use; 4 not found;\n"
    "5 unreadable input; 6 too large; 7 something is not installed; 8 an engine failed;\n"
    "9 a download failed; 10 reading or writing failed; 1 emend eval --gate; 130 stopped. Text "
    "goes to standard output, "
    "the rest to\n"
    "standard error. A file named like a command is read as ./doctor.";

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

void add_text_format(CLI::App& app, Format& format) {
  const std::map<std::string, Format> names = {{"txt", Format::txt}, {"json", Format::json}};
  app.add_option("--format", format, "txt, or json (docs/json.md)")
      ->transform(CLI::CheckedTransformer(names).description(""))
      ->type_name("txt|json");
}

void add_formats(CLI::App& app, ReadCommand& command) {
  app.add_option_function<std::string>(
         "--format",
         [&command](const std::string& list) {
           command.formats.clear();
           for (const std::string& word : split(list, ',')) {
             auto format = parse_format(word);
             if (!format) {
               throw CLI::ValidationError("--format",
                                          format.error().message + "; " + format.error().hint);
             }
             auto& formats = command.formats;
             if (std::find(formats.begin(), formats.end(), *format) == formats.end()) {
               formats.push_back(*format);
             }
           }
         },
         "What to write, several at once as in txt,json: txt, json, tsv, hocr, alto, md,\n"
         "html, docx, xlsx, pdf (a searchable PDF); see docs/formats.md")
      ->type_name("LIST");
  app.add_flag("--layout", command.layout,
               "txt: words stand in the columns in which they are printed");
  app.add_flag("--no-provenance", command.no_provenance,
               "No OUT.provenance.json beside txt and tsv, which have no place for it themselves");
}

void add_show(CLI::App& app, Show& show) {
  app.add_option_function<std::string>(
         "--show",
         [&show](const std::string& list) {
           for (const std::string& item : split(list, ',')) {
             show.raw |= item == "raw";
             show.diff |= item == "diff";
             show.rejected |= item == "rejected";
           }
         },
         "Also show, on standard error: diff (what was changed, and why), raw (the text as\n"
         "recognised), rejected (what was proposed and not done)")
      ->type_name("WHAT,...")
      ->check([](const std::string& list) {
        for (const std::string& item : split(list, ',')) {
          if (item == "raw" || item == "diff" || item == "rejected") continue;
          return "\"" + item + "\" is not raw, diff or rejected";
        }
        return std::string();
      });
}

void add_progress(CLI::App& app, ReadCommand& command) {
  const std::map<std::string, Console::Form> forms = {{"auto", Console::Form::sentences},
                                                      {"json", Console::Form::json}};
  app.add_option("--progress", command.progress,
                 "auto: a line on a terminal, nothing elsewhere; json: all that is told goes to\n"
                 "standard error as JSON, one object on each line (docs/cli.md)")
      ->transform(CLI::CheckedTransformer(forms).description(""))
      ->type_name("auto|json");
  app.add_flag("-v,--verbose", command.verbose, "What each stage of each page took");
  app.add_flag("-q,--quiet", command.quiet, "No progress");
}

void add_inputs(CLI::App& app, ReadCommand& command) {
  app.add_option(
         "files", command.words,
         "Images (PNG, JPEG, TIFF, BMP, GIF, WebP, PNM, JPEG 2000), PDFs, CBZ archives, and\n"
         "folders, ZIP archives and patterns ('scans/**/*.pdf') of these; - is standard input")
      ->type_name("FILE");
  app.add_option("--from-file", command.lists,
                 "Read also what is named in this file, one name on each line or parted by NUL;\n"
                 "- is standard input")
      ->type_name("LIST")
      ->allow_extra_args(false);
  app.add_option("--include", command.rules.include,
                 "Of folders and archives only files that fit, such as '*.pdf'; can be repeated")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
  app.add_option("--exclude", command.rules.exclude,
                 "Of folders and archives no files and folders that fit; can be repeated")
      ->type_name("PATTERN")
      ->allow_extra_args(false);
}

// The first line of a file, which unlike a word of the command nobody else can see.
void add_password_file(CLI::App& app, ReadOptions& read) {
  app.add_option_function<std::string>(
         "--password-file",
         [&read](const std::string& path) {
           std::ifstream file(path);
           std::getline(file, read.password);
           if (!file) {
             throw CLI::ValidationError("--password-file", path + ": no password can be read");
           }
           if (read.password.ends_with('\r')) read.password.pop_back();
         },
         "Take the password from the first line of this file")
      ->type_name("FILE")
      ->excludes("--password");
}

void add_read(CLI::App& app, ReadCommand& command) {
  add_inputs(app, command);
  app.add_option("-o,--output", command.output,
                 "Where the result goes: a file, for several results a folder, or a pattern\n"
                 "with {path}, {name}, {stem}, {ext}, {folder}, {number}: '{folder}/{stem}.{ext}'")
      ->type_name("OUT");
  add_formats(app, command);
  add_show(app, command.show);
  // White space at the ends of lines is nothing that a page has.
  add_options(app, command.job, [](const Option& option) { return option.name != "keep_space"; });
  add_password_file(app, command.job.read);
  app.add_flag("--no-journal", command.no_journal, "Keep nothing for going on later");
  app.add_flag("--resume", command.resume,
               "Go on with the job that was stopped last; the same command again does it too");
  add_progress(app, command);
}

// What is kept so that --resume can give the same command again. A password must not lie on the
// disk, so a command with one is not kept.
void settle_journal(ReadCommand& command, int argc, char** argv) {
  Job& job = command.job;
  job.journal |= command.resume || (!command.output.empty() && command.output != "-");
  if (command.no_journal) job.journal = false;
  if (job.journal && job.read.password.empty()) job.journal_words.assign(argv + 1, argv + argc);
}

CLI::App* add_correct(CLI::App& app, CorrectCommand& command) {
  CLI::App* correct = app.add_subcommand("correct", "Proofread plain text from standard input");
  correct->add_option("file", command.input, "The text; - is standard input")->type_name("FILE");
  add_text_format(*correct, command.format);
  add_show(*correct, command.show);
  add_options(*correct, command.job, [](const Option& option) {
    return option.part != Option::Part::read || option.name == "languages";
  });
  return correct;
}

CLI::App* add_doctor(CLI::App& app, DoctorCommand& command) {
  CLI::App* doctor =
      app.add_subcommand("doctor", "What is installed, what is missing and how to get it");
  doctor->add_flag("--json", command.json, "The same as JSON");
  return doctor;
}

// llama.cpp has long names with one dash, which would be read as several letters here.
std::vector<std::string> words_of(int argc, char** argv) {
  const std::map<std::string_view, const char*> long_forms = {{"-hf", "--hf-repo"},
                                                              {"-ngl", "--gpu-layers"}};
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  for (auto& word : words) {
    if (const auto found = long_forms.find(word); found != long_forms.end()) word = found->second;
  }
  std::reverse(words.begin(), words.end());  // the order that CLI11 wants
  return words;
}

}  // namespace

CommandLine parse_command_line(int argc, char** argv) {
  CLI::App app{kDescription, "emend"};
  app.footer(kFooter);
  app.set_version_flag("--version", "emend " + std::string(version()));
  app.require_subcommand(0, 1);
  ReadCommand read;
  CorrectCommand correct;
  EvalCommand eval;
  DoctorCommand doctor;
  ModelsCommand models;
  add_read(app, read);
  const CLI::App* correct_app = add_correct(app, correct);
  const CLI::App* eval_app = add_eval(app, eval);
  const CLI::App* doctor_app = add_doctor(app, doctor);
  const CLI::App* models_app = add_models(app, models);
  CommandLine line;
  try {
    app.parse(words_of(argc, argv));
    const bool has_command =
        correct_app->parsed() || eval_app->parsed() || doctor_app->parsed() || models_app->parsed();
    const bool names_input = !read.words.empty() || !read.lists.empty();
    if (!has_command && !names_input && !read.resume) {
      throw CLI::RequiredError("FILE");
    }
    if (has_command && !read.words.empty()) {
      throw CLI::ExtrasError(read.words);
    }
  } catch (const CLI::ParseError& stopped) {
    const int status = app.exit(stopped, std::cout, std::cerr);
    line.exit_status = status == 0 ? kExitOk : exit_status(ErrorCode::invalid_argument);
    return line;
  }
  if (correct_app->parsed()) {
    line.correct = std::move(correct);
  } else if (eval_app->parsed()) {
    line.eval = std::move(eval);
  } else if (doctor_app->parsed()) {
    line.doctor = doctor;
  } else if (models_app->parsed()) {
    line.models = std::move(models);
  } else {
    settle_journal(read, argc, argv);
    line.read = std::move(read);
  }
  return line;
}

}  // namespace emend::cli
