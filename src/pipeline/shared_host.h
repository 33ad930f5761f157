// SPDX-License-Identifier: Apache-2.0
// One model host for all who use the same model in the same way.
//
// Each user holds it from its first request until it lets go; the process ends when nobody holds it
// any more, or when it was idle for long. A host that dies is replaced, and the request repeated
// one placement down.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/model_messages.h"
#include "emend/error.h"
#include "emend/free_report.h"
#include "pipeline/host_session.h"

namespace emend {

// Safe from any thread; one request is worked on at a time.
class SharedHost {
 public:
  // The one for this model and use of it, shared with all in this process that ask for the same.
  [[nodiscard]] static std::shared_ptr<SharedHost> of(const LoadRequest& request);

  explicit SharedHost(LoadRequest request) : request_(std::move(request)) {}
  SharedHost(const SharedHost&) = delete;
  SharedHost& operator=(const SharedHost&) = delete;
  ~SharedHost();

  // Who asks, and on what terms. A holder is known by its address.
  struct Holder {
    const void* identity = nullptr;
    std::chrono::milliseconds timeout;
    std::chrono::seconds keep_alive;  // as ModelOptions::keep_alive_s
  };

  // All load the model when it is not there, and make the asker a holder.
  [[nodiscard]] Result<LoadedModel> load(const Holder& holder, const std::stop_token& stop);
  [[nodiscard]] Result<Scored> score(const Holder& holder, std::span<const ScoreRequest> requests,
                                     const std::stop_token& stop);

  // Holder::timeout is for each of the requests.
  [[nodiscard]] Result<std::vector<Result<Rewritten>>> rewrite(
      const Holder& holder, std::span<const RewriteRequest> requests, const std::stop_token& stop);

  // Lets go. When that was the last holder, the process is ended and its memory measured.
  [[nodiscard]] FreeReport release(const void* identity);
  // The same without measuring what is free afterwards.
  void drop(const void* identity);

  // Of the model that is loaded now, if one is.
  [[nodiscard]] std::optional<LoadedModel> loaded() const;
  [[nodiscard]] int process() const { return process_; }

 private:
  using Lock = std::unique_lock<std::mutex>;

  // Calls `work` with a model loaded, again as long as the ladder of placements allows.
  template <typename T>
  [[nodiscard]] Result<T> with_model(const Holder& holder, const std::stop_token& stop,
                                     const std::function<Result<T>(const std::stop_token&)>& work);
  void admit(const Holder& holder);
  [[nodiscard]] Result<void> ensure_loaded(const std::stop_token& stop);
  void end_session();
  void watch_idleness(const std::stop_token& stop);
  void tell_watcher();
  [[nodiscard]] std::chrono::seconds keep_alive() const;

  const LoadRequest request_;
  mutable std::mutex mutex_;  // everything below
  std::map<const void*, std::chrono::seconds> holders_;
  std::optional<HostSession> session_;
  std::optional<LoadedModel> loaded_;
  int fallback_ = 0;  // placements that have failed
  std::chrono::steady_clock::time_point last_use_;
  std::uint64_t events_ = 0;  // that the watcher has to know of
  std::condition_variable_any changed_;
  std::jthread watcher_;  // runs while somebody's patience is limited

  std::atomic<int> process_ = -1;
};

}  // namespace emend
