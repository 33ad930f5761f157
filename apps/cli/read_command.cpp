// SPDX-License-Identifier: Apache-2.0
// emend FILE...: reads, proofreads and writes each input.
#include <unistd.h>

#include <optional>
#include <set>
#include <utility>

#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/output_file.h"
#include "cli/transfer_view.h"
#include "emend/output.h"

namespace emend::cli {

namespace {

// Where each input's result goes.
class Destination {
 public:
  // Fails before any work when the place cannot be written, or two results would have one name.
  static Result<Destination> choose(const ReadCommand& command) {
    Destination destination(command);
    if (command.output.empty() || command.output == "-") return destination;
    std::error_code ignored;
    const bool is_folder = std::filesystem::is_directory(command.output, ignored);
    if (command.job.inputs.size() == 1 && !is_folder) {
      auto file = OutputFile::open(command.output, command.job.inputs);
      if (!file) return tl::unexpected(std::move(file.error()));
      destination.file_ = std::move(*file);
      return destination;
    }
    auto folder = destination.prepare_folder();
    if (!folder) return tl::unexpected(std::move(folder.error()));
    return destination;
  }

  // The file for `source`; valid until the next call.
  Result<OutputFile*> file_for(const std::string& source) {
    if (folder_) {
      auto file = OutputFile::open(path_for(source), command_->job.inputs);
      if (!file) return tl::unexpected(std::move(file.error()));
      file_ = std::move(*file);
    }
    return &*file_;
  }

  // Every input has a file of its own.
  [[nodiscard]] bool is_folder() const { return folder_; }
  OutputFile& file() { return *file_; }

 private:
  explicit Destination(const ReadCommand& command)
      : command_(&command), file_(OutputFile::standard_output()) {}

  [[nodiscard]] std::filesystem::path path_for(const std::string& source) const {
    const std::string name =
        source == "-" ? "stdin" : std::filesystem::path(source).filename().string();
    const char* extension = command_->format == Format::json ? ".json" : ".txt";
    return std::filesystem::path(command_->output) / (name + extension);
  }

  Result<void> prepare_folder() {
    folder_ = true;
    std::error_code problem;
    std::filesystem::create_directories(command_->output, problem);
    if (problem) {
      return fail(ErrorCode::io_failed, command_->output + ": " + problem.message(),
                  "several inputs need a folder with -o");
    }
    if (::access(command_->output.c_str(), W_OK) != 0) {
      return fail(ErrorCode::io_failed, command_->output + ": cannot be written");
    }
    std::set<std::filesystem::path> names;
    for (const std::string& input : command_->job.inputs) {
      auto good = OutputFile::is_no_input(path_for(input), command_->job.inputs);
      if (!good) return good;
      if (names.insert(path_for(input)).second) continue;
      return fail(ErrorCode::invalid_argument,
                  "two inputs would both be written to " + path_for(input).string(),
                  "read them in two calls");
    }
    return {};
  }

  const ReadCommand* command_;
  bool folder_ = false;
  std::optional<OutputFile> file_;
};

// Writes what comes, and remembers what the exit status will be.
class Reader final : public Observer {
 public:
  Reader(const ReadCommand& command, Destination& destination, Console& console)
      : command_(command), destination_(destination), console_(console) {
    style_ = {wants_colour(STDERR_FILENO), command.show.rejected};
    if (!destination.is_folder()) writer_ = make_writer();
  }

  void on_start(const std::string& source, int /*pages_total*/) override {
    has_result_ = true;
    if (destination_.is_folder()) {
      auto file = destination_.file_for(source);
      if (!file) return stop_writing(std::move(file.error()));
      writer_ = make_writer();
    }
    check(writer_->begin(source));
  }

  void on_page(const Page& page) override {
    console_.clear();
    check(writer_->page(page));
    if (command_.show.raw) console_.say("recognised:\n" + text(as_recognised(page)));
    if (command_.show.diff || command_.show.rejected) console_.say(diff(page, style_));
  }

  void on_progress(const Progress& progress) override { console_.progress(progress); }

  void on_notice(const std::string& source, const Notice& notice) override {
    has_notices_ = true;
    const std::string page = notice.page > 0 ? "page " + std::to_string(notice.page) + ": " : "";
    console_.warn(source + ": " + page + notice.message);
  }

  void on_end(const Document& document) override {
    check(writer_->end(document));
    if (destination_.is_folder() && !failure_) check(destination_.file().commit());
  }

  void on_failure(const std::string& source, const Error& error) override {
    if (!first_failure_) first_failure_ = exit_status(error.code);
    console_.fail(Error(error).at(source));
  }

  // What the results of this run mean for the exit status.
  [[nodiscard]] int status() const {
    if (first_failure_) return *first_failure_;
    return has_notices_ ? kExitWithNotices : kExitOk;
  }

  // Some input came to a result, whole or not.
  [[nodiscard]] bool has_result() const { return has_result_; }

  // A result could not be written: nothing further is worth doing.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  [[nodiscard]] std::stop_token gave_up() const { return gave_up_.get_token(); }
  void stop_too() { gave_up_.request_stop(); }

 private:
  std::unique_ptr<DocumentWriter> make_writer() {
    Sink sink = [this](std::string_view bytes) { return destination_.file().write(bytes); };
    return command_.format == Format::json ? make_json_writer(std::move(sink))
                                           : make_text_writer(std::move(sink));
  }

  void check(Result<void> written) {
    if (!written) stop_writing(std::move(written.error()));
  }

  void stop_writing(Error error) {
    if (!failure_) failure_ = std::move(error);
    gave_up_.request_stop();
  }

  const ReadCommand& command_;
  Destination& destination_;
  Console& console_;
  DiffStyle style_;
  std::unique_ptr<DocumentWriter> writer_;
  bool has_result_ = false;
  bool has_notices_ = false;
  std::optional<int> first_failure_;
  std::optional<Error> failure_;
  std::stop_source gave_up_;
};

int report(const Error& error, Console& console) {
  console.fail(error);
  return exit_status(error.code);
}

}  // namespace

int run_read(const ReadCommand& command, const std::stop_token& stop) {
  Console console(command.quiet);
  auto destination = Destination::choose(command);
  if (!destination) return report(destination.error(), console);
  Reader reader(command, *destination, console);
  const std::stop_callback pass_on(stop, [&reader] { reader.stop_too(); });
  TransferView transfers(console, command.quiet);
  Job job = command.job;
  job.model.observer = &transfers;
  const auto summary = run(job, reader, reader.gave_up());
  console.clear();
  if (reader.failure()) return report(*reader.failure(), console);
  const bool stopped = !summary && summary.error().code == ErrorCode::cancelled;
  if (!summary && !stopped) return report(summary.error(), console);
  // What was finished before a stop is kept. An input that failed leaves an earlier result alone.
  if (!destination->is_folder() && reader.has_result()) {
    if (auto kept = destination->file().commit(); !kept) return report(kept.error(), console);
  }
  return stopped ? exit_status(ErrorCode::cancelled) : reader.status();
}

}  // namespace emend::cli
