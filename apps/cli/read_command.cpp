// SPDX-License-Identifier: Apache-2.0
// emend FILE...: reads, proofreads and writes each input.
#include <unistd.h>

#include <algorithm>
#include <list>
#include <optional>
#include <utility>

#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/output_file.h"
#include "cli/output_plan.h"
#include "cli/transfer_view.h"
#include "emend/output.h"

namespace emend::cli {

namespace {

// A result on its way to its file.
struct Output {
  Format format = Format::txt;
  OutputFile file;
  std::unique_ptr<DocumentWriter> writer;
  bool is_provenance = false;  // of a result that has no place for it
  bool is_lost = false;        // it could not be made; the other results go on
};

// "3 files are no documents and were skipped: a.txt, b.docx, c.mp3"
std::string summary_of(const std::vector<std::string>& skipped) {
  constexpr std::size_t kShown = 3;
  std::string text = std::to_string(skipped.size()) +
                     (skipped.size() == 1 ? " file is no document and was skipped: "
                                          : " files are no documents and were skipped: ");
  for (std::size_t i = 0; i < std::min(kShown, skipped.size()); ++i) {
    text += (i == 0 ? "" : ", ") + skipped[i];
  }
  return skipped.size() > kShown ? text + ", ..." : text;
}

// Writes what comes, and remembers what the exit status will be.
class Reader final : public Observer {
 public:
  Reader(const ReadCommand& command, const std::vector<std::string>& inputs, const OutputPlan& plan,
         Console& console)
      : command_(command), inputs_(inputs), plan_(plan), console_(console) {
    style_ = {wants_colour(STDERR_FILENO), command.show.rejected};
  }

  // Of a single input all files are opened before any work, so that a place that cannot be written
  // is known then. With many inputs that would be too many open files.
  Result<void> prepare() {
    if (plan_.is_standard_output()) {
      outputs_.push_back({command_.formats.front(), OutputFile::standard_output()});
      return {};
    }
    if (inputs_.size() > 1) return {};
    return open_outputs(inputs_.front());
  }

  void on_file(const std::string& /*source*/, const std::filesystem::path& path) override {
    path_ = path;
  }

  void on_start(const std::string& source, int /*pages_total*/) override {
    if (outputs_.empty()) check(open_outputs(source));
    for (Output& output : outputs_) {
      if (output.writer == nullptr) output.writer = make_writer_for(output);
      check(output, output.writer->begin(source));
    }
  }

  void on_page(const Page& page) override {
    console_.clear();
    for (Output& output : outputs_) {
      if (!output.is_lost) check(output, output.writer->page(page));
    }
    if (command_.show.raw) console_.say("recognised:\n" + text(as_recognised(page)));
    if (command_.show.diff || command_.show.rejected) console_.say(diff(page, style_));
  }

  void on_progress(const Progress& progress) override { console_.progress(progress); }

  void on_log(const LogEntry& entry) override { console_.log(entry); }

  void on_notice(const std::string& source, const Notice& notice) override {
    has_notices_ = true;
    console_.notice(source, notice);
  }

  void on_end(const Document& document) override {
    for (Output& output : outputs_) {
      if (!output.is_lost) check(output, output.writer->end(document));
      if (!output.is_lost && !failure_) check(output.file.commit());
    }
    if (!plan_.is_standard_output()) outputs_.clear();
  }

  void on_failure(const std::string& source, const Error& error) override {
    remember(error);
    console_.fail(Error(error).at(source));
  }

  // What was named and does not come to be read.
  void tell_of(const FoundInputs& found) {
    for (const Error& error : found.errors) {
      remember(error);
      console_.fail(error);
    }
    if (found.skipped.empty()) return;
    has_notices_ = true;
    console_.warn(summary_of(found.skipped));
  }

  // What the results of this run mean for the exit status.
  [[nodiscard]] int status() const {
    if (first_failure_) return *first_failure_;
    return has_notices_ ? kExitWithNotices : kExitOk;
  }

  // A result could not be written: nothing further is worth doing.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  [[nodiscard]] std::stop_token gave_up() const { return gave_up_.get_token(); }
  void stop_too() { gave_up_.request_stop(); }

 private:
  Result<void> open_outputs(const std::string& source) {
    for (const PlannedFile& planned : plan_.files_for(source)) {
      // Again, since a link may have come into being meanwhile.
      if (auto other = plan_.is_no_input(planned.path); !other) return other;
      auto file = OutputFile::open(planned.path);
      if (!file) return tl::unexpected(std::move(file.error()));
      outputs_.push_back({planned.format, std::move(*file), {}, planned.is_provenance});
    }
    return {};
  }

  std::unique_ptr<DocumentWriter> make_writer_for(Output& output) {
    Sink sink = [&output](std::string_view bytes) { return output.file.write(bytes); };
    if (output.is_provenance) return make_provenance_writer(std::move(sink));
    return make_writer(output.format, std::move(sink), {command_.layout, path_, command_.job.read});
  }

  void remember(const Error& error) {
    if (!first_failure_) first_failure_ = exit_status(error.code);
  }

  // What cannot be written ends the run; what cannot be made costs this one result.
  void check(Output& output, Result<void> written) {
    if (written || written.error().code == ErrorCode::io_failed) return check(std::move(written));
    output.is_lost = true;
    remember(written.error());
    console_.fail(std::move(written.error()).at("no " + std::string(name(output.format))));
  }

  void check(Result<void> written) {
    if (written) return;
    if (!failure_) failure_ = std::move(written.error());
    gave_up_.request_stop();
  }

  const ReadCommand& command_;
  const std::vector<std::string>& inputs_;
  const OutputPlan& plan_;
  Console& console_;
  DiffStyle style_;
  std::filesystem::path path_;  // where the bytes of the input are
  std::list<Output> outputs_;   // of the input under way; the writers hold on to their places
  bool has_notices_ = false;
  std::optional<int> first_failure_;
  std::optional<Error> failure_;
  std::stop_source gave_up_;
};

// What stands on the command line and in lists, as files.
Result<FoundInputs> inputs_of(const ReadCommand& command, const std::stop_token& stop) {
  std::vector<std::string> words = command.words;
  for (const std::string& list : command.lists) {
    auto names = read_input_list(list, stop);
    if (!names) return tl::unexpected(std::move(names.error()));
    words.insert(words.end(), names->begin(), names->end());
  }
  const auto is_stdin = [](const std::string& word) { return word == "-"; };
  if (std::any_of(command.lists.begin(), command.lists.end(), is_stdin) &&
      std::any_of(words.begin(), words.end(), is_stdin)) {
    return fail(ErrorCode::invalid_argument,
                "standard input can be a list or an input, but not both");
  }
  return find_inputs(words, command.rules, command.job.read, stop);
}

int report(const Error& error, Console& console) {
  console.fail(error);
  return exit_status(error.code);
}

// Nothing of what was named can be read.
int report_nothing(const FoundInputs& found, Console& console) {
  if (!found.skipped.empty()) console.warn(summary_of(found.skipped));
  for (const Error& error : found.errors) console.fail(error);
  if (!found.errors.empty()) return exit_status(found.errors.front().code);
  return report(
      {ErrorCode::not_found, "there is no document to read", "The lists of --from-file are empty."},
      console);
}

}  // namespace

int run_read(const ReadCommand& command, const std::stop_token& stop) {
  Console console({command.quiet, command.verbose, command.progress});
  const auto found = inputs_of(command, stop);
  if (!found) return report(found.error(), console);
  if (stop.stop_requested()) return exit_status(ErrorCode::cancelled);
  if (found->files.empty()) return report_nothing(*found, console);
  Job job = command.job;
  for (const FoundInput& file : found->files) job.inputs.push_back(file.path);
  const auto plan =
      OutputPlan::make(command.output, command.formats, *found, !command.no_provenance);
  if (!plan) return report(plan.error(), console);
  Reader reader(command, job.inputs, *plan, console);
  reader.tell_of(*found);
  if (auto ready = reader.prepare(); !ready) return report(ready.error(), console);
  const std::stop_callback pass_on(stop, [&reader] { reader.stop_too(); });
  TransferView transfers(console, command.quiet);
  job.model.observer = &transfers;
  // What was finished before a stop is kept. An input that failed leaves an earlier result alone.
  const auto summary = run(job, reader, reader.gave_up());
  console.clear();
  if (reader.failure()) return report(*reader.failure(), console);
  const bool stopped = !summary && summary.error().code == ErrorCode::cancelled;
  if (!summary && !stopped) return report(summary.error(), console);
  return stopped ? exit_status(ErrorCode::cancelled) : reader.status();
}

}  // namespace emend::cli
