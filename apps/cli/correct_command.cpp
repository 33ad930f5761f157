// SPDX-License-Identifier: Apache-2.0
// emend correct: proofreads plain text.
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/output_file.h"
#include "emend/correct.h"
#include "emend/json.h"

namespace emend::cli {

namespace {

Result<std::string> read_text(const std::string& name) {
  std::ifstream file;
  if (name != "-") {
    file.open(name, std::ios::binary);
    if (!file) return fail(ErrorCode::not_found, name + ": no such file, or it cannot be read");
  }
  std::istream& input = name == "-" ? std::cin : file;
  std::string text{std::istreambuf_iterator<char>(input), {}};
  if (input.bad()) return fail(ErrorCode::io_failed, name + ": reading failed");
  return text;
}

void show(const CorrectedText& corrected, const Show& show, Console& console) {
  for (const Edit& edit : corrected.edits) {
    const bool applied = edit.verdict == Verdict::applied;
    if (applied ? !show.diff : !show.rejected) continue;
    const std::string why(applied ? name(edit.reason) : name(edit.verdict));
    console.say("line " + std::to_string(edit.line + 1) + ": " + edit.before +
                (applied ? " -> " : " -/> ") + edit.after + "  (" + why + " from " +
                edit.evidence.source + ")\n");
  }
  for (const Notice& notice : corrected.notices) console.warn(notice.message);
}

}  // namespace

int run_correct(const CorrectCommand& command, const std::stop_token& stop) {
  Console console(true);
  const auto report = [&console](const Error& error) {
    console.fail(error);
    return exit_status(error.code);
  };
  const auto text = read_text(command.input);
  if (!text) return report(text.error());
  if (command.show.raw) console.say(*text);
  auto corrected = correct_text(*text, command.correct, command.model, command.languages, stop);
  if (!corrected) return report(corrected.error());
  show(*corrected, command.show, console);
  OutputFile output = OutputFile::standard_output();
  auto written =
      output.write(command.format == Format::json ? to_json(*corrected) + "\n" : corrected->text);
  if (written) written = output.commit();
  if (!written) return report(written.error());
  return corrected->notices.empty() ? kExitOk : kExitWithNotices;
}

}  // namespace emend::cli
