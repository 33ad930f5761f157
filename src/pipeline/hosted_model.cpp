// SPDX-License-Identifier: Apache-2.0
#include "pipeline/hosted_model.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include "models/file_hash.h"
#include "pipeline/shared_host.h"

namespace emend {

namespace {

using Scores = std::vector<std::vector<double>>;

// Requests that are asked in one message. Few enough that a big model on a small machine answers
// within the time-out, and enough to fill its batches.
constexpr std::size_t kRequestsPerMessage = 16;

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
  if (gguf.extension() == ".jsonl") return {};  // the host reads it whole, and tells what is wrong
  return fail(
      ErrorCode::unreadable_input, file.gcount() == 0 ? "is empty" : "is not a GGUF file",
      "A GGUF file begins with \"GGUF\". A download that failed often leaves a web page or a "
      "pointer file instead.");
}

LoadRequest load_request(const std::filesystem::path& gguf, const ModelOptions& options,
                         HostedModel::Use use) {
  return {.path = std::filesystem::absolute(gguf).string(),
          .gpu_layers = options.gpu_layers,
          .threads = options.threads,
          .context = options.context,
          .small_batches = use == HostedModel::Use::rewriting};
}

SharedHost::Holder holder_of(const void* identity, const ModelOptions& options) {
  return {identity, std::chrono::seconds(options.timeout_s),
          std::chrono::seconds(options.keep_alive_s)};
}

}  // namespace

Result<std::unique_ptr<HostedModel>> HostedModel::open(const std::filesystem::path& gguf,
                                                       const ModelOptions& options,
                                                       std::stop_token stop, Use use) {
  if (auto checked = check_beginning(gguf); !checked) {
    return tl::unexpected(std::move(checked.error()).at(gguf.string()));
  }
  return std::unique_ptr<HostedModel>(new HostedModel(gguf, options, std::move(stop), use));
}

HostedModel::HostedModel(std::filesystem::path gguf, const ModelOptions& options,
                         std::stop_token stop, Use use)
    : gguf_(std::move(gguf)),
      options_(options),
      stop_(std::move(stop)),
      host_(SharedHost::of(load_request(gguf_, options, use))) {}

HostedModel::~HostedModel() {
  host_->drop(this);
}

// A request runs under one token that both the caller and a forced free() can stop.
std::stop_token HostedModel::begin_request() {
  const std::lock_guard lock(force_mutex_);
  force_ = std::stop_source();
  return force_.get_token();
}

Result<void> HostedModel::load() {
  const std::lock_guard lock(request_);
  const std::stop_token stop = begin_request();
  const std::stop_callback forward(stop_, [this] { force_.request_stop(); });
  auto model = host_->load(holder_of(this, options_), stop);
  if (!model) return tl::unexpected(std::move(model.error()).at(gguf_.string()));
  return {};
}

Result<Scores> HostedModel::score(std::span<const ScoreRequest> requests) {
  const std::lock_guard lock(request_);
  const std::stop_token stop = begin_request();
  const std::stop_callback forward(stop_, [this] { force_.request_stop(); });
  Scores scores;
  for (std::size_t start = 0; start < requests.size(); start += kRequestsPerMessage) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    const std::size_t count = std::min(kRequestsPerMessage, requests.size() - start);
    const auto begin = std::chrono::steady_clock::now();
    auto part = host_->score(holder_of(this, options_), requests.subspan(start, count), stop);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    seconds_ += spent.count();
    if (!part) return tl::unexpected(std::move(part.error()).at(gguf_.string()));
    tokens_computed_ += part->tokens;
    std::move(part->scores.begin(), part->scores.end(), std::back_inserter(scores));
  }
  return scores;
}

Result<Rewritten> HostedModel::rewrite(const RewriteRequest& request) {
  return std::move(rewrite_all({&request, 1}).front());
}

std::vector<Result<Rewritten>> HostedModel::rewrite_all(std::span<const RewriteRequest> requests) {
  const std::lock_guard lock(request_);
  const std::stop_token stop = begin_request();
  const std::stop_callback forward(stop_, [this] { force_.request_stop(); });
  const auto begin = std::chrono::steady_clock::now();
  auto answers = host_->rewrite(holder_of(this, options_), requests, stop);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  seconds_ += spent.count();
  const std::string name = gguf_.string();
  if (!answers) {
    const Error error = std::move(answers.error()).at(name);
    return std::vector<Result<Rewritten>>(requests.size(), tl::unexpected(error));
  }
  for (auto& answer : *answers) {
    if (!answer) answer = tl::unexpected(std::move(answer.error()).at(name));
    if (answer) tokens_computed_ += answer->tokens;
  }
  return std::move(*answers);
}

std::string HostedModel::name() const {
  return gguf_.filename().string();
}

std::string HostedModel::hash() const {
  return sha256_of_file(gguf_).value_or(std::string());
}

FreeReport HostedModel::free(bool force) {
  if (force) {
    const std::lock_guard lock(force_mutex_);
    force_.request_stop();
  }
  const std::lock_guard lock(request_);
  return host_->release(this);
}

std::optional<LoadedModel> HostedModel::placement() const {
  return host_->loaded();
}

int HostedModel::host_process() const {
  return host_->process();
}

}  // namespace emend
