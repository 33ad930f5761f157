// SPDX-License-Identifier: Apache-2.0
#include "emend/run.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/joined.h"
#include "core/json_form.h"
#include "core/languages.h"
#include "emend/option_table.h"
#include "emend/version.h"
#include "pipeline/chosen_options.h"
#include "pipeline/document_queue.h"
#include "pipeline/journal.h"
#include "pipeline/page_workers.h"
#include "pipeline/proofreader.h"
#include "pipeline/steps.h"

namespace emend {

using nlohmann::json;

namespace {

// Page numbers as a user writes them: "3-7,9".
std::string listed(const std::vector<int>& pages) {
  std::string out;
  for (std::size_t i = 0; i < pages.size();) {
    std::size_t last = i;
    while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1) ++last;
    out += (out.empty() ? "" : ",") + std::to_string(pages[i]);
    if (last > i) out += "-" + std::to_string(pages[last]);
    i = last + 1;
  }
  return out;
}

Result<void> check(const Job& job) {
  const ReadOptions& read = job.read;
  const auto refuse = [](const char* what) { return fail(ErrorCode::invalid_argument, what); };
  if (job.inputs.empty()) return refuse("no input is named");
  if (std::count(job.inputs.begin(), job.inputs.end(), "-") > 1) {
    return refuse("standard input can be read only once");
  }
  if (read.languages.empty()) return refuse("no language is named");
  const bool has_auto = std::count(read.languages.begin(), read.languages.end(), kAutoLanguage) > 0;
  if (has_auto && !is_automatic(read.languages)) {
    return refuse("the language auto stands alone, without + and others");
  }
  if (auto good = check_options(job); !good) return good;
  for (const PageRange& range : read.pages) {
    if (range.first < 1 || (range.last != 0 && range.last < range.first)) {
      return refuse("a range of pages begins at page 1 at the earliest and ends after it begins");
    }
  }
  return {};
}

// So that a folder that cannot be written is known before any work.
Result<void> make_steps_folders(const Job& job) {
  for (std::size_t i = 0; i < job.inputs.size(); ++i) {
    const auto made = steps_folder(job.keep_steps, i, job.inputs.size());
    if (!made) return tl::unexpected(made.error());
  }
  return {};
}

// For a notice, which has no place for a hint of its own.
std::string message_with_hint(const Error& error) {
  return error.hint.empty() ? error.message : error.message + ". " + error.hint;
}

// What the recogniser is and can do; asked before any work, so that an unknown language is one
// clear error and not a notice for each page.
Result<std::string> recogniser_for(const std::vector<std::string>& languages,
                                   PageWorkers& workers) {
  auto answer = workers.submit({{"op", "describe"}}).get();
  if (!answer) return tl::unexpected(std::move(answer.error()));
  try {
    const auto installed = answer->at("languages").get<std::vector<std::string>>();
    if (is_automatic(languages)) {
      if (installed.empty()) return tl::unexpected(no_languages());
    } else if (auto checked = check_languages(languages, installed); !checked) {
      return tl::unexpected(std::move(checked.error()));
    }
    return answer->at("recogniser").get<std::string>();
  } catch (const json::exception& problem) {
    return fail(ErrorCode::engine_failed,
                std::string("the page worker's answer makes no sense: ") + problem.what());
  }
}

// One run: hands everything that comes out of the queue to the observer, in order.
class Runner {
 public:
  Runner(Observer& observer, Proofreader& proofreader, Journal* journal, Provenance provenance,
         std::stop_token stop)
      : observer_(observer),
        proofreader_(proofreader),
        journal_(journal),
        provenance_(std::move(provenance)),
        stop_(std::move(stop)) {}

  Result<RunSummary> run(DocumentQueue& queue) {
    while (auto entry = queue.next()) {
      tell_of_journal();
      if (auto done = handle(*entry); !done) return tl::unexpected(std::move(done.error()));
      if (stop_.stop_requested() && !document_) break;
    }
    if (journal_ != nullptr && stop_.stop_requested()) journal_->leave();
    tell_of_journal();
    if (stop_.stop_requested()) {
      if (document_) end();
      return fail(ErrorCode::cancelled, "stopped");
    }
    if (journal_ != nullptr) journal_->remove();
    return summary_;
  }

 private:
  void tell_of_journal() {
    if (journal_ == nullptr) return;
    for (std::string& message : journal_->messages()) {
      observer_.on_log({.level = LogEntry::Level::note,
                        .source = {},
                        .page = 0,
                        .stage = "journal",
                        .message = std::move(message)});
    }
  }

  Result<void> handle(QueueEntry& entry) {
    switch (entry.kind) {
      case QueueEntry::Kind::start:
        start(*entry.input);
        break;
      case QueueEntry::Kind::page:
        return take_page(entry);
      case QueueEntry::Kind::end:
        end();
        break;
      case QueueEntry::Kind::failure:
        if (entry.error->code == ErrorCode::cancelled) break;
        ++summary_.documents;
        ++summary_.failed_documents;
        observer_.on_failure(entry.source, *entry.error);
        break;
    }
    return {};
  }

  void log(int page, std::string stage, double seconds) {
    observer_.on_log({.source = document_->source,
                      .page = page,
                      .stage = std::move(stage),
                      .message = {},
                      .seconds = seconds});
  }

  // What the page worker says about its stages; it need not say anything.
  void log_reading(int page, const json& answer) {
    const auto seconds = answer.find("seconds");
    if (seconds == answer.end() || !seconds->is_array()) return;
    for (const json& stage : *seconds) {
      const bool is_one =
          stage.is_array() && stage.size() == 2 && stage[0].is_string() && stage[1].is_number();
      if (is_one) log(page, stage[0].get<std::string>(), stage[1].get<double>());
    }
  }

  void start(const OpenInput& input) {
    document_.emplace();
    document_->source = input.source;
    document_->provenance = provenance_;
    progress_ = {input.source, 0, static_cast<int>(input.pages.size())};
    ++summary_.documents;
    proofreader_.begin_document();
    // An input of one page is its page: whether it can be read is known when that has been tried.
    observer_.on_file(input.source, input.path);
    if (progress_.pages_total != 1) observer_.on_start(input.source, progress_.pages_total);
  }

  Result<void> take_page(QueueEntry& entry) {
    auto answer = entry.answer.get();
    if (!answer && answer.error().code == ErrorCode::cancelled) {
      unread_.push_back(entry.page);
      return {};
    }
    if (answer) log_reading(entry.page, *answer);
    auto page = answer ? page_of(*answer) : tl::unexpected(std::move(answer.error()));
    if (progress_.pages_total == 1) {
      if (!page) return lose_document(entry.page, std::move(page.error()));
      observer_.on_start(document_->source, 1);
    }
    if (!page) {
      note({NoticeCode::page_failed, entry.page, message_with_hint(page.error())});
    } else if (auto kept = finish(*page, entry.input->steps); !kept) {
      return kept;
    }
    ++progress_.pages_done;
    observer_.on_progress(progress_);
    return {};
  }

  // The only page could not be read, and with it the input as a whole.
  Result<void> lose_document(int page, Error error) {
    ++summary_.failed_documents;
    if (page > 1) error = std::move(error).at("page " + std::to_string(page));
    observer_.on_failure(document_->source, error);
    document_.reset();
    return {};
  }

  static Result<Page> page_of(const json& answer) {
    const auto page = answer.find("page");
    if (page == answer.end()) {
      return fail(ErrorCode::engine_failed, "the page worker's answer holds no page");
    }
    return parse_json_form<Page>(*page);
  }

  // Proofreads a page and hands it over.
  Result<void> finish(const Page& recognised, const std::filesystem::path& steps) {
    if (auto kept = keep_step(steps, recognised, "recognised"); !kept) return kept;
    const auto begin = std::chrono::steady_clock::now();
    const double model_s = proofreader_.model_seconds();
    const Page page = proofreader_.correct(recognised, stop_);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    log(page.number, "correct", spent.count());
    if (const double asked_s = proofreader_.model_seconds() - model_s; asked_s > 0) {
      log(page.number, "model", asked_s);
    }
    if (auto kept = keep_step(steps, page, "corrected"); !kept) return kept;
    ++summary_.pages;
    observer_.on_page(page);
    for (const Notice& notice : page.notices) {
      ++summary_.notices;
      observer_.on_notice(document_->source, notice);
    }
    return {};
  }

  // About the document or about a page that is not in it. Notices of a page travel with the page.
  void note(Notice notice) {
    ++summary_.notices;
    observer_.on_notice(document_->source, notice);
    document_->notices.push_back(std::move(notice));
  }

  void end() {
    if (!document_) return;
    if (!unread_.empty()) {
      if (progress_.pages_total == 1) observer_.on_start(document_->source, 1);
      note({NoticeCode::cancelled, unread_.front(),
            "stopped: " + std::to_string(unread_.size()) +
                " pages from this one on were not read (" + listed(unread_) + ")"});
      unread_.clear();
    }
    document_->provenance.placement = proofreader_.placement();
    if (auto shortage = proofreader_.shortage()) note(std::move(*shortage));
    observer_.on_end(*document_);
    document_.reset();
  }

  Observer& observer_;
  Proofreader& proofreader_;
  Journal* journal_;
  Provenance provenance_;
  std::stop_token stop_;
  Progress progress_;
  RunSummary summary_;
  std::optional<Document> document_;  // the one under way; its pages have been handed over
  std::vector<int> unread_;           // its pages that a stop left unread
};

// Gathers the pages of one input.
class Collector final : public Observer {
 public:
  void on_page(const Page& page) override { document.pages.push_back(page); }
  void on_end(const Document& tail) override {
    document.source = tail.source;
    document.notices = tail.notices;
    document.provenance = tail.provenance;
  }
  void on_failure(const std::string& source, const Error& problem) override {
    error = Error(problem).at(source);
  }

  Document document;
  std::optional<Error> error;
};

}  // namespace

Result<RunSummary> run(const Job& job, Observer& observer, const std::stop_token& stop) {
  if (auto good = check(job); !good) return tl::unexpected(std::move(good.error()));
  if (auto made = make_steps_folders(job); !made) return tl::unexpected(std::move(made.error()));
  std::optional<Journal> journal;  // outlives the workers, whose threads write to it
  auto workers = PageWorkers::start(job.read, stop);
  if (!workers) return tl::unexpected(std::move(workers.error()));
  if (!workers->message().empty()) {
    observer.on_log({.level = LogEntry::Level::note,
                     .source = {},
                     .stage = "memory",
                     .message = workers->message()});
  }
  // Before the model, which can take a minute to load.
  auto recogniser = recogniser_for(job.read.languages, *workers);
  if (!recogniser) return tl::unexpected(std::move(recogniser.error()));
  auto proofreader = Proofreader::create(job.correct, job.model, job.read.languages, stop);
  if (!proofreader) return tl::unexpected(std::move(proofreader.error()));

  if (!job.correct.prompt.empty() && !proofreader->follows_prompts()) {
    observer.on_log({.level = LogEntry::Level::note,
                     .source = {},
                     .stage = "model",
                     .message = "this model follows no prompt; it ranks readings as without one"});
  }

  Provenance provenance{std::string(version()), *recogniser, joined(job.read.languages, "+"),
                        proofreader->model_name(), proofreader->model_hash()};
  provenance.options = chosen_options(job, proofreader->own_digests());
  Journal* const kept = job.journal ? &journal.emplace(job, *recogniser) : nullptr;
  DocumentQueue queue(job, *workers, kept, stop);
  return Runner(observer, *proofreader, kept, std::move(provenance), stop).run(queue);
}

Result<Document> read_document(const std::string& path, const Job& options,
                               const std::stop_token& stop) {
  Job job = options;
  job.inputs = {path};
  Collector collector;
  auto summary = run(job, collector, stop);
  if (!summary) return tl::unexpected(std::move(summary.error()));
  if (collector.error) return tl::unexpected(std::move(*collector.error));
  return std::move(collector.document);
}

}  // namespace emend
