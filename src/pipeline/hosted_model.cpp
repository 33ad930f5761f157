// SPDX-License-Identifier: Apache-2.0
#include "pipeline/hosted_model.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "models/file_hash.h"
#include "pipeline/host_session.h"

namespace emend {

namespace {

using Scores = std::vector<std::vector<double>>;

// Requests that are asked in one message. Few enough that a big model on a small machine answers
// within the time-out, and enough to fill its batches.
constexpr std::size_t kRequestsPerMessage = 16;

constexpr std::string_view kTryAgain =
    "Try a smaller model, or the model \"embedded\" or \"none\".";

Result<void> check_beginning(const std::filesystem::path& gguf) {
  std::error_code problem;
  if (!std::filesystem::exists(gguf, problem)) {
    return fail(ErrorCode::not_found, "there is no such model file",
                "Give the path of a GGUF file, or the model \"embedded\".");
  }
  if (std::filesystem::is_directory(gguf, problem)) {
    return fail(ErrorCode::unreadable_input, "is a directory, not a GGUF file",
                "Give the path of the file in it.");
  }
  std::ifstream file(gguf, std::ios::binary);
  std::array<char, 4> magic{};
  file.read(magic.data(), magic.size());
  if (!file.is_open()) {
    return fail(ErrorCode::io_failed,
                "cannot be opened: " + std::generic_category().message(errno));
  }
  if (std::string_view(magic.data(), magic.size()) == "GGUF") return {};
  return fail(
      ErrorCode::unreadable_input, file.gcount() == 0 ? "is empty" : "is not a GGUF file",
      "A GGUF file begins with \"GGUF\". A download that failed often leaves a web page or a "
      "pointer file instead.");
}

}  // namespace

// The process and what it takes to start it again. Safe from any thread: one request at a time.
class HostedModel::Host {
 public:
  Host(LoadRequest request, std::chrono::milliseconds timeout, std::stop_token stop)
      : request_(std::move(request)), timeout_(timeout), stop_(std::move(stop)) {}

  [[nodiscard]] Result<void> load() {
    const std::lock_guard lock(mutex_);
    return twice<void>([&]() -> Result<void> { return loaded(); });
  }

  [[nodiscard]] Result<Scored> score(std::span<const ScoreRequest> requests) {
    const std::lock_guard lock(mutex_);
    return twice<Scored>([&]() -> Result<Scored> {
      if (auto ready = loaded(); !ready) return tl::unexpected(std::move(ready.error()));
      return session_->score(requests, timeout_, stop_);
    });
  }

  FreeReport free() {
    const std::lock_guard lock(mutex_);
    FreeReport report;
    if (!session_) return report;
    report.was_loaded = true;
    report.host_bytes_before = session_->resident_bytes();
    session_->end();
    report.host_bytes_after = session_->resident_bytes();
    drop_session();
    return report;
  }

  [[nodiscard]] int process() const { return process_; }

 private:
  [[nodiscard]] Result<void> loaded() {
    if (session_) return {};
    auto session = HostSession::start();
    if (!session) return tl::unexpected(std::move(session.error()));
    session_.emplace(std::move(*session));
    process_ = session_->process();
    auto model = session_->load(request_, stop_);
    if (model) return {};
    drop_session();
    return tl::unexpected(std::move(model.error()));
  }

  // Does `work`, and once more with a new host when the first one died, hung or gave up.
  template <typename T>
  [[nodiscard]] Result<T> twice(const std::function<Result<T>()>& work) {
    auto result = work();
    if (result || result.error().code != ErrorCode::engine_failed) return result;
    drop_session();
    auto second = work();
    if (second || second.error().code != ErrorCode::engine_failed) return second;
    drop_session();
    return fail(ErrorCode::engine_failed, "the model host failed twice: " + second.error().message,
                second.error().hint.empty() ? std::string(kTryAgain) : second.error().hint);
  }

  void drop_session() {
    session_.reset();
    process_ = -1;
  }

  const LoadRequest request_;
  const std::chrono::milliseconds timeout_;
  const std::stop_token stop_;
  std::mutex mutex_;
  std::optional<HostSession> session_;
  std::atomic<int> process_ = -1;
};

Result<std::unique_ptr<HostedModel>> HostedModel::open(const std::filesystem::path& gguf,
                                                       const ModelOptions& options,
                                                       std::stop_token stop) {
  if (auto checked = check_beginning(gguf); !checked) {
    return tl::unexpected(std::move(checked.error()).at(gguf.string()));
  }
  return std::unique_ptr<HostedModel>(new HostedModel(gguf, options, std::move(stop)));
}

HostedModel::HostedModel(std::filesystem::path gguf, const ModelOptions& options,
                         std::stop_token stop)
    : gguf_(std::move(gguf)),
      host_(std::make_unique<Host>(LoadRequest{.path = std::filesystem::absolute(gguf_).string(),
                                               .gpu_layers = options.gpu_layers,
                                               .threads = options.threads},
                                   std::chrono::seconds(options.timeout_s), std::move(stop))) {}

HostedModel::~HostedModel() = default;

Result<void> HostedModel::load() {
  return host_->load();
}

Result<Scores> HostedModel::score(std::span<const ScoreRequest> requests) {
  Scores scores;
  for (std::size_t start = 0; start < requests.size(); start += kRequestsPerMessage) {
    const std::size_t count = std::min(kRequestsPerMessage, requests.size() - start);
    auto part = host_->score(requests.subspan(start, count));
    if (!part) return tl::unexpected(std::move(part.error()));
    tokens_computed_ += part->tokens;
    std::move(part->scores.begin(), part->scores.end(), std::back_inserter(scores));
  }
  return scores;
}

std::string HostedModel::name() const {
  return gguf_.filename().string();
}

std::string HostedModel::hash() const {
  return sha256_of_file(gguf_).value_or(std::string());
}

FreeReport HostedModel::free() {
  return host_->free();
}

int HostedModel::host_process() const {
  return host_->process();
}

}  // namespace emend
