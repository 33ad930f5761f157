// SPDX-License-Identifier: Apache-2.0
#include "pipeline/document_queue.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/json_form.h"
#include "pipeline/archive_inputs.h"
#include "pipeline/steps.h"
#include "pipeline/web_input.h"

namespace emend {

using nlohmann::json;

namespace {

constexpr std::size_t kPagesAheadPerWorker = 3;

// The numbers of the pages asked for, each once, in the order of the document. Of a document among
// others those that it has: a list of pages for many inputs cannot fit them all.
Result<std::vector<int>> chosen_pages(const std::vector<PageRange>& ranges, int total,
                                      bool is_among_others) {
  std::vector<int> pages;
  for (int page = 1; page <= total; ++page) {
    const auto holds = [page](const PageRange& range) {
      return page >= range.first && (range.last == 0 || page <= range.last);
    };
    if (ranges.empty() || std::any_of(ranges.begin(), ranges.end(), holds)) pages.push_back(page);
  }
  if (is_among_others && !pages.empty()) return pages;
  for (const PageRange& range : ranges) {
    if (range.first > total || range.last > total) {
      return fail(ErrorCode::invalid_argument,
                  "page " + std::to_string(std::max(range.first, range.last)) +
                      " is asked for, but there are only " + std::to_string(total));
    }
  }
  return pages;
}

}  // namespace

DocumentQueue::DocumentQueue(const Job& job, PageWorkers& workers, Journal* journal,
                             std::stop_token stop)
    : job_(job),
      workers_(workers),
      journal_(journal),
      stop_(std::move(stop)),
      window_(kPagesAheadPerWorker * static_cast<std::size_t>(workers.limit())) {}

std::optional<QueueEntry> DocumentQueue::next() {
  fill();
  if (entries_.empty()) return std::nullopt;
  QueueEntry entry = std::move(entries_.front());
  entries_.pop_front();
  if (entry.kind == QueueEntry::Kind::page) --waiting_;
  return entry;
}

void DocumentQueue::fill() {
  while (waiting_ < window_) {
    if (current_) {
      submit_page();
      continue;
    }
    open_ahead();
    if (openings_.empty()) return;
    // What is there already is handed over before anybody waits for an input to open.
    if (!entries_.empty() && !next_input_is_ready()) return;
    start_next_input();
  }
}

void DocumentQueue::open_ahead() {
  while (opened_ < job_.inputs.size() && openings_.size() < window_) {
    openings_.push_back(open(opened_++));
  }
}

DocumentQueue::Opening DocumentQueue::open(std::size_t index) {
  Opening opening{std::make_shared<OpenInput>(), {}, {}};
  OpenInput& input = *opening.input;
  input.source = job_.inputs[index];
  input.path = input.source;
  auto steps = steps_folder(job_.keep_steps, index, job_.inputs.size());
  if (!steps) {
    opening.error = std::move(steps.error());
    return opening;
  }
  input.steps = std::move(*steps);
  if (input.source == "-") {
    auto spooled = SpooledInput::from(STDIN_FILENO, stop_);
    if (!spooled) {
      opening.error = std::move(spooled.error());
      return opening;
    }
    input.spooled = std::make_shared<SpooledInput>(std::move(*spooled));
    input.path = input.spooled->path();
  }
  if (is_web_address(input.source)) {
    auto fetched = fetch_input(input.source, job_.model.store, stop_);
    if (!fetched) {
      opening.error = std::move(fetched.error());
      return opening;
    }
    input.spooled = std::make_shared<SpooledInput>(std::move(*fetched));
    input.path = input.spooled->path();
  }
  json request = {{"op", "open"}, {"options", job_.read}};
  if (const auto member = find_member(input.source)) {
    auto spooled = SpooledInput::empty();
    if (!spooled) {
      opening.error = std::move(spooled.error());
      return opening;
    }
    input.spooled = std::make_shared<SpooledInput>(std::move(*spooled));
    input.path = input.spooled->path();
    request["unpack"] = {{"archive", member->archive.string()}, {"label", member->label}};
  }
  request["path"] = input.path.string();
  opening.answer = workers_.submit(std::move(request));
  return opening;
}

bool DocumentQueue::next_input_is_ready() const {
  const Opening& opening = openings_.front();
  return opening.error ||
         opening.answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

void DocumentQueue::start_next_input() {
  Opening opening = std::move(openings_.front());
  openings_.pop_front();
  const std::string source = opening.input->source;
  if (opening.error) return fail_input(source, std::move(*opening.error));
  auto answer = opening.answer.get();
  if (!answer) return fail_input(source, std::move(answer.error()));
  if (!answer->is_object() || !answer->value("pages", json()).is_number_integer()) {
    return fail_input(source,
                      {ErrorCode::engine_failed, "the page worker's answer makes no sense"});
  }
  auto pages =
      chosen_pages(job_.read.pages, answer->at("pages").get<int>(), job_.inputs.size() > 1);
  if (!pages) return fail_input(source, std::move(pages.error()));
  OpenInput& input = *opening.input;
  input.pages = std::move(*pages);
  // There is nothing to go on with in a job of one page.
  const bool is_long = job_.inputs.size() > 1 || input.pages.size() > 1;
  if (journal_ != nullptr && is_long) {
    input.content = journal_->identify(input.source, input.path);
  }
  current_ = std::move(opening.input);
  submitted_ = 0;
  entries_.push_back({.kind = QueueEntry::Kind::start, .input = current_});
}

void DocumentQueue::submit_page() {
  if (submitted_ == current_->pages.size()) {
    entries_.push_back({.kind = QueueEntry::Kind::end, .input = std::move(current_)});
    current_.reset();
    return;
  }
  const int page = current_->pages[submitted_++];
  entries_.push_back(
      {.kind = QueueEntry::Kind::page, .input = current_, .page = page, .answer = read(page)});
  ++waiting_;
}

std::future<Result<json>> DocumentQueue::read(int page) {
  json request = {{"op", "read"},
                  {"path", current_->path.string()},
                  {"page", page},
                  {"options", job_.read},
                  {"keep_steps", current_->steps.string()}};
  if (current_->content.empty()) return workers_.submit(std::move(request));
  const Journal::PageKey key{current_->source, current_->content, page};
  if (auto kept = journal_->find(key)) {
    kept->erase("seconds");  // they were another run's
    std::promise<Result<json>> answer;
    answer.set_value(std::move(*kept));
    return answer.get_future();
  }
  // Kept as soon as it is there, and not when its turn has come to be handed over.
  return workers_.submit(std::move(request), [journal = journal_, key](const json& answer) {
    journal->keep(key, answer);
  });
}

void DocumentQueue::fail_input(const std::string& source, Error error) {
  entries_.push_back(
      {.kind = QueueEntry::Kind::failure, .source = source, .error = std::move(error)});
}

}  // namespace emend
