// SPDX-License-Identifier: Apache-2.0
#include "models/download.h"

#include <charconv>
#include <utility>

#include "models/partial_file.h"
#include "models/patience.h"

namespace emend {

namespace {

constexpr std::string_view kMagic = "GGUF";
// An attempt that brings this much is no failure, however it ends.
constexpr std::uint64_t kWorthwhileBytes = std::uint64_t{256} << 10U;

Refusal passing(std::string message) {
  return {Error{ErrorCode::network_failed, std::move(message),
                "Try again later; what has arrived is kept."},
          true,
          {},
          {}};
}

Refusal lasting(Error error) {
  return {std::move(error), false, {}, {}};
}

// The first byte of "bytes 100-199/200", if the whole has `size` bytes.
std::optional<std::uint64_t> range_start(const std::string& text, std::uint64_t size) {
  constexpr std::string_view kUnit = "bytes ";
  if (!text.starts_with(kUnit)) return std::nullopt;
  const auto slash = text.rfind('/');
  if (slash == std::string::npos) return std::nullopt;
  const std::string whole = text.substr(slash + 1);
  if (whole != "*" && whole != std::to_string(size)) return std::nullopt;
  std::uint64_t first = 0;
  const auto [end, problem] =
      std::from_chars(text.data() + kUnit.size(), text.data() + slash, first);
  if (problem != std::errc() || *end != '-') return std::nullopt;
  return first;
}

// Writes the answer to the partial file, if it is what was asked for.
class FileSink final : public HttpSink {
 public:
  FileSink(const Download& task, const DownloadContext& context, PartialFile& partial)
      : task_(task), context_(context), partial_(partial) {}

  [[nodiscard]] Outcome<void> begin(const HttpResponse& response) override {
    if (is_web_page(response, {}) && (response.status == 200 || response.status == 206)) {
      return tl::unexpected(not_the_hub(response, {}));
    }
    response_ = response;
    if (response.status == 206) return continue_at(response.field("content-range"));
    if (response.status == 416) return start_over("has no bytes after those that are here");
    if (response.status == 200) return begin_whole(response);
    auto refusal = hub_refusal(task_.question, context_.settings, response, {});
    // The address that the hub gives for its store of files is good for minutes only.
    if (origin_of(response.url) != origin_of(task_.url)) refusal.may_pass |= response.status == 403;
    return tl::unexpected(std::move(refusal));
  }

  [[nodiscard]] Outcome<void> add(std::string_view bytes) override {
    if (partial_.size_bytes() + bytes.size() > task_.file.size_bytes) {
      return start_over("sends more than the file has");
    }
    if (auto written = partial_.append(bytes); !written) {
      return tl::unexpected(lasting(std::move(written.error())));
    }
    if (partial_.head().size() == kMagic.size() && partial_.head() != kMagic) {
      return refuse_content();
    }
    context_.meter.at(Transfer::Step::downloading, partial_.size_bytes());
    return {};
  }

 private:
  [[nodiscard]] Outcome<void> restart() {
    if (auto emptied = partial_.restart(); !emptied) {
      return tl::unexpected(lasting(std::move(emptied.error())));
    }
    return {};
  }

  [[nodiscard]] Outcome<void> start_over(const std::string& why) {
    if (auto emptied = restart(); !emptied) return emptied;
    return tl::unexpected(passing(origin_of(task_.url) + " " + why + ": " + task_.file.path));
  }

  [[nodiscard]] Outcome<void> continue_at(const std::string& range) {
    if (range_start(range, task_.file.size_bytes) == partial_.size_bytes()) return {};
    return start_over("sends another part than was asked for (" + range + ")");
  }

  // The whole file, also where only its end was asked for.
  [[nodiscard]] Outcome<void> begin_whole(const HttpResponse& response) {
    const std::string length = response.field("content-length");
    if (!length.empty() && length != std::to_string(task_.file.size_bytes)) {
      return start_over("offers " + length + " bytes where the hub lists " +
                        std::to_string(task_.file.size_bytes));
    }
    return partial_.size_bytes() == 0 ? Outcome<void>() : restart();
  }

  [[nodiscard]] Outcome<void> refuse_content() {
    const std::string head(partial_.head());
    if (auto emptied = restart(); !emptied) return emptied;
    if (head.front() == '<') return tl::unexpected(not_the_hub(response_, "<html"));
    return tl::unexpected(lasting({ErrorCode::unreadable_input,
                                   task_.question.repository + "/" + task_.file.path +
                                       " is no GGUF file, in spite of its name",
                                   "Choose another file or repository."}));
  }

  const Download& task_;
  const DownloadContext& context_;
  PartialFile& partial_;
  HttpResponse response_;
};

Outcome<void> attempt(const Download& task, const DownloadContext& context, PartialFile& partial) {
  FileSink sink(task, context, partial);
  HttpRequest request;
  request.url = task.url;
  request.token = context.settings.token;
  if (partial.size_bytes() > 0) request.resume_at = partial.size_bytes();
  auto response = context.http.get(request, sink, context.stop);
  if (!response) return tl::unexpected(std::move(response.error()));
  if (partial.size_bytes() == task.file.size_bytes) return {};
  return tl::unexpected(passing(origin_of(response->url) + " ends " + task.file.path + " after " +
                                std::to_string(partial.size_bytes()) + " of " +
                                std::to_string(task.file.size_bytes) + " bytes"));
}

// Until every byte is here, right or wrong.
Result<void> fill(const Download& task, const DownloadContext& context, PartialFile& partial) {
  Patience patience(context.settings, context.clock, context.settings.attempts);
  while (partial.size_bytes() < task.file.size_bytes) {
    const auto before = partial.size_bytes();
    auto outcome = attempt(task, context, partial);
    if (outcome) continue;
    if (partial.size_bytes() >= before + kWorthwhileBytes) patience.renew();
    const bool again = patience.waits_after(outcome.error(), context.stop, [&] {
      context.meter.at(Transfer::Step::retrying, partial.size_bytes());
    });
    if (context.stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    if (!again) return tl::unexpected(std::move(outcome.error().error));
  }
  return {};
}

Error wrong_bytes(const Download& task, const std::string& actual) {
  return {ErrorCode::network_failed,
          task.question.repository + "/" + task.file.path +
              " arrived with other bytes than the hub lists (its checksum is " + actual + ", not " +
              task.file.oid + "); they were removed",
          "Something between the hub and this machine changes or damages files: a mirror "
          "(HF_ENDPOINT), a proxy, or faulty memory. Try another network."};
}

}  // namespace

Result<void> download(const Download& task, const DownloadContext& context) {
  const auto kind = kind_of_oid(task.file.oid);
  auto partial = PartialFile::open(task.partial, kind, task.file.size_bytes, [&](auto done) {
    context.meter.at(Transfer::Step::checking, done);
    return !context.stop.stop_requested();
  });
  if (!partial) return tl::unexpected(std::move(partial.error()));
  for (bool is_continued = partial->size_bytes() > 0;; is_continued = false) {
    if (auto filled = fill(task, context, *partial); !filled) return filled;
    const std::string hash = partial->hash();
    if (task.file.oid.empty() || hash == task.file.oid) {
      if (auto committed = partial->commit(task.target); !committed) return committed;
      remember_hash(task.target, kind, hash);
      return {};
    }
    // What an earlier attempt left may be the cause, so it gets a second chance from nothing.
    if (!is_continued) {
      partial->discard();
      return tl::unexpected(wrong_bytes(task, hash));
    }
    if (auto emptied = partial->restart(); !emptied) return emptied;
  }
}

}  // namespace emend
