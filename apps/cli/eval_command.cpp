// SPDX-License-Identifier: Apache-2.0
#include "cli/eval_command.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "cli/output_file.h"
#include "cli/transfer_view.h"
#include "cli/truths.h"
#include "emend/output.h"
#include "emend/text_corrector.h"

namespace emend::cli {

namespace {

// A document and the file that says what is on it.
struct Known {
  FoundInput document;
  std::filesystem::path truth;
};

template <typename T>
void keep_sample(std::vector<T>& all, std::size_t most) {
  if (most == 0 || all.size() <= most) return;
  const std::size_t step = (all.size() + most - 1) / most;
  std::vector<T> kept;
  for (std::size_t i = 0; i < all.size(); i += step) kept.push_back(std::move(all[i]));
  all = std::move(kept);
}

class EvalRun {
 public:
  EvalRun(const EvalCommand& command, const std::stop_token& stop)
      : command_(command),
        stop_(stop),
        console_(command.quiet),
        transfers_(console_, command.quiet),
        evaluator_(command.evaluation),
        job_(command.job) {
    job_.model.observer = &transfers_;
    if (!command.results.empty()) job_.model.model = "none";
    if (command.replay.empty()) return;
    job_.model.model = "replay:" + command.replay;
    // What is asked is recorded nowhere; but without a prompt nobody would be asked.
    if (job_.correct.prompt.empty()) job_.correct.prompt = "replay";
  }

  int run() {
    auto done = open_outputs();
    if (done) done = evaluate();
    console_.clear();
    if (done) done = write();
    if (!done) {
      console_.fail(done.error());
      return exit_status(done.error().code);
    }
    if (command_.gate && harm_ > 0) return kExitGate;
    return has_notices_ ? kExitWithNotices : kExitOk;
  }

 private:
  // Collects the two texts of each document.
  class Collector final : public Observer {
   public:
    Collector(EvalRun& run, const std::vector<Known>& known) : run_(run) {
      for (const Known& one : known) known_.emplace(one.document.path, &one);
    }

    void on_start(const std::string& /*source*/, int /*pages_total*/) override {
      before_.clear();
      after_.clear();
    }
    void on_page(const Page& page) override {
      before_ += text(as_recognised(page)) + '\f';
      after_ += text(page) + '\f';
    }
    void on_progress(const Progress& progress) override { run_.console_.progress(progress); }
    void on_notice(const std::string& source, const Notice& notice) override {
      run_.has_notices_ = true;
      run_.console_.notice(source, notice);
    }
    void on_end(const Document& document) override { finish(document.source); }
    // What cannot be read has no text: that counts.
    void on_failure(const std::string& source, const Error& error) override {
      run_.has_notices_ = true;
      run_.console_.fail(Error(error).at(source));
      before_.clear();
      after_.clear();
      finish(source);
    }
    [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

   private:
    void finish(const std::string& source) {
      const auto found = known_.find(source);
      if (found == known_.end() || failure_) return;
      const auto added = run_.add_document(*found->second, before_, after_);
      if (!added) failure_ = added.error();
    }

    EvalRun& run_;
    std::map<std::string, const Known*> known_;
    std::string before_;
    std::string after_;
    std::optional<Error> failure_;
  };

  // Before any work, so that a place that cannot be written is known then.
  Result<void> open_outputs() {
    for (const std::string* path : {&command_.json, &command_.html, &command_.texts}) {
      if (path->empty()) continue;
      if (files_.count(*path) > 0) {
        return fail(ErrorCode::invalid_argument, *path + " would be written twice",
                    "Name a file of its own for each of --json, --html and --texts.");
      }
      auto file = *path == "-" ? Result<OutputFile>(OutputFile::standard_output())
                               : OutputFile::open(*path);
      if (!file) return tl::unexpected(std::move(file.error()));
      files_.emplace(*path, std::move(*file));
    }
    if (files_.count("-") == 0) files_.emplace("-", OutputFile::standard_output());
    return {};
  }

  Result<void> evaluate() {
    auto others = OtherTexts::open(command_.against);
    if (!others) return tl::unexpected(std::move(others.error()));
    others_ = std::move(*others);
    auto results = OtherTexts::open(command_.results);
    if (!results) return tl::unexpected(std::move(results.error()));
    results_ = std::move(*results);
    const bool is_pairs = command_.words.size() == 1 && command_.words.front().ends_with(".jsonl");
    return is_pairs ? evaluate_pairs(command_.words.front()) : evaluate_documents();
  }

  Result<void> evaluate_pairs(const std::string& path) {
    auto pairs = read_pairs(path);
    if (!pairs) return tl::unexpected(std::move(pairs.error()));
    keep_sample(*pairs, command_.sample);
    if (pairs->empty()) return fail(ErrorCode::not_found, path + ": there is no line in it");
    std::map<std::string, TextCorrector> correctors;
    for (std::size_t i = 0; i < pairs->size(); ++i) {
      const TextPair& pair = (*pairs)[i];
      auto corrected = command_.results.empty() ? correct(correctors, pair) : pair.ocr;
      if (!corrected) return tl::unexpected(std::move(corrected.error()).at(pair.id));
      if (auto added = add({pair.id, pair.truth, pair.ocr, *corrected}, {}); !added) return added;
      constexpr std::size_t kEvery = 20;
      if (console_.shows_status() && i % kEvery == 0) {
        console_.status(std::to_string(i + 1) + " of " + std::to_string(pairs->size()) + " texts");
      }
    }
    return {};
  }

  // Each language has its own word list, and all the same model.
  Result<std::string> correct(std::map<std::string, TextCorrector>& correctors,
                              const TextPair& pair) {
    const std::vector<std::string> languages =
        pair.language.empty() ? job_.read.languages : std::vector{pair.language};
    const std::string& key = pair.language;
    auto corrector = correctors.find(key);
    if (corrector == correctors.end()) {
      auto opened = TextCorrector::open(job_.correct, job_.model, languages, stop_);
      if (!opened) return tl::unexpected(std::move(opened.error()));
      corrector = correctors.emplace(key, std::move(*opened)).first;
    }
    auto corrected = corrector->second.correct(pair.ocr, stop_);
    if (!corrected) return tl::unexpected(std::move(corrected.error()));
    for (const Notice& notice : corrected->notices) {
      has_notices_ = true;
      console_.notice(pair.id, notice);
    }
    return std::move(corrected->text);
  }

  Result<void> evaluate_documents() {
    const FoundInputs found = find_inputs(command_.words, command_.rules, job_.read, stop_);
    for (const Error& error : found.errors) {
      has_notices_ = true;
      console_.fail(error);
    }
    if (found.files.empty() && !found.errors.empty()) return tl::unexpected(found.errors.front());
    const std::vector<Known> known = with_truth(found.files);
    if (known.empty()) {
      return fail(ErrorCode::not_found, "there is no document with its truth",
                  "The truth of scan.png is scan.txt or scan.gt.txt beside it, or in the folder of "
                  "--truth.");
    }
    Job job = job_;
    for (const Known& one : known) job.inputs.push_back(one.document.path);
    Collector collector(*this, known);
    const auto summary = emend::run(job, collector, stop_);
    if (!summary) return tl::unexpected(summary.error());
    if (collector.failure()) return tl::unexpected(*collector.failure());
    return {};
  }

  std::vector<Known> with_truth(const std::vector<FoundInput>& files) {
    std::vector<Known> known;
    std::vector<std::string> without;
    for (const FoundInput& file : files) {
      if (auto truth = text_file_of(file.path, command_.truths)) {
        known.push_back({file, std::move(*truth)});
      } else {
        without.push_back(file.name);
      }
    }
    if (!without.empty() && !known.empty()) {
      has_notices_ = true;
      console_.warn(std::to_string(without.size()) +
                    (without.size() == 1 ? " document has" : " documents have") +
                    " no truth and was left out: " + without.front() +
                    (without.size() > 1 ? ", ..." : ""));
    }
    keep_sample(known, command_.sample);
    return known;
  }

  Result<void> add_document(const Known& known, const std::string& before,
                            const std::string& after) {
    auto truth = read_text_file(known.truth);
    if (!truth) return tl::unexpected(std::move(truth.error()));
    return add({known.document.name, std::move(*truth), before, after}, known.document.path);
  }

  Result<void> add(EvaluationSample sample, const std::filesystem::path& document) {
    auto before = others_.text_for(sample.id, document, sample.before);
    if (!before) return tl::unexpected(std::move(before.error()));
    auto after = results_.text_for(sample.id, document, sample.after);
    if (!after) return tl::unexpected(std::move(after.error()));
    sample.after = std::move(*after);
    if (!command_.texts.empty()) {
      if (auto written = put(command_.texts, saved(sample)); !written) return written;
    }
    sample.before = std::move(*before);
    return evaluator_.add(sample);
  }

  Result<void> put(const std::string& path, const std::string& text) {
    const auto file = files_.find(path);
    return file == files_.end() ? Result<void>() : file->second.write(text);
  }

  Result<void> write() {
    const Evaluation result = evaluator_.result();
    harm_ = result.total.harm();
    const bool has_own_output =
        command_.json == "-" || command_.html == "-" || command_.texts == "-";
    Result<void> written;
    if (!command_.json.empty()) written = put(command_.json, to_json(result));
    if (written && !command_.html.empty()) written = put(command_.html, to_html(result));
    if (written && !has_own_output) written = put("-", to_text(result));
    for (auto& [path, file] : files_) {
      if (written) written = file.commit();
    }
    return written;
  }

  const EvalCommand& command_;
  const std::stop_token& stop_;
  Console console_;
  TransferView transfers_;
  Evaluator evaluator_;
  Job job_;
  OtherTexts others_;
  OtherTexts results_;
  std::map<std::string, OutputFile> files_;
  bool has_notices_ = false;
  std::size_t harm_ = 0;
};

}  // namespace

int run_eval(const EvalCommand& command, const std::stop_token& stop) {
  return EvalRun(command, stop).run();
}

}  // namespace emend::cli
