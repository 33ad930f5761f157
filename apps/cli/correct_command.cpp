// SPDX-License-Identifier: Apache-2.0
// emend correct: proofreads plain text.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/output_file.h"
#include "cli/transfer_view.h"
#include "emend/correct.h"
#include "emend/json.h"

namespace emend::cli {

namespace {

// Not through a stream of the library, because a stop has to end the wait for input.
Result<std::string> read_all(int file, const std::string& name, const std::stop_token& stop) {
  constexpr int kPollMs = 50;
  std::string text;
  std::array<char, 1 << 16> chunk{};
  while (true) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    pollfd ready{file, POLLIN, 0};
    if (::poll(&ready, 1, kPollMs) <= 0) continue;
    const ssize_t count = ::read(file, chunk.data(), chunk.size());
    if (count == 0) return text;
    if (count > 0) text.append(chunk.data(), static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR && errno != EAGAIN) {
      return fail(ErrorCode::io_failed, name + ": " + std::strerror(errno));
    }
  }
}

Result<std::string> read_text(const std::string& name, const std::stop_token& stop) {
  if (name == "-") return read_all(STDIN_FILENO, "standard input", stop);
  const int file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io_failed;
    return fail(code, name + ": " + std::strerror(errno));
  }
  auto text = read_all(file, name, stop);
  ::close(file);
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
  Console console(false);
  const auto report = [&console](const Error& error) {
    console.fail(error);
    return exit_status(error.code);
  };
  const auto text = read_text(command.input, stop);
  if (!text) return report(text.error());
  if (command.show.raw) console.say(*text);
  TransferView transfers(console, false);
  ModelOptions model = command.job.model;
  model.observer = &transfers;
  auto corrected =
      correct_text(*text, command.job.correct, model, command.job.read.languages, stop);
  console.clear();
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
