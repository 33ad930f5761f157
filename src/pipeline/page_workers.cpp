// SPDX-License-Identifier: Apache-2.0
#include "pipeline/page_workers.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "pipeline/memory_plan.h"
#include "process/child.h"
#include "process/page_worker.h"

namespace emend {

using nlohmann::json;
using std::chrono::milliseconds;

class PageWorkers::Pool {
 public:
  Pool(ChildOptions program, const ReadOptions& options, MemoryPlan plan, std::stop_token stop)
      : options_(options),
        plan_(std::move(plan)),
        stop_(std::move(stop)),
        child_(std::move(program)) {}
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  ~Pool() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_all();
  }

  std::future<Result<json>> submit(json request, OnAnswer on_answer) {
    std::future<Result<json>> answer;
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back({std::move(request), std::move(on_answer), {}});
      answer = queue_.back().answer.get_future();
      // Threads, and with them processes, come into being only when there is work for them.
      const bool all_busy = idle_ < static_cast<int>(queue_.size());
      if (all_busy && static_cast<int>(threads_.size()) < plan_.workers) start_thread();
    }
    wake_.notify_one();
    return answer;
  }

  [[nodiscard]] const MemoryPlan& plan() const { return plan_; }

 private:
  struct Task {
    json request;
    OnAnswer on_answer;
    std::promise<Result<json>> answer;
  };

  // Where the system allows no further thread, those that are there do the work.
  void start_thread() {
    try {
      threads_.emplace_back([this] { serve(); });
    } catch (const std::system_error& problem) {
      if (!threads_.empty()) return;
      queue_.back().answer.set_value(fail(
          ErrorCode::engine_failed, std::string("cannot start a page worker: ") + problem.what()));
      queue_.pop_back();
    }
  }

  std::optional<Task> next_task() {
    std::unique_lock lock(mutex_);
    ++idle_;
    wake_.wait(lock, [this] { return closing_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return std::nullopt;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    if (closing_) {
      task.answer.set_value(fail(ErrorCode::cancelled, "stopped before it was begun"));
      return Task{};
    }
    return task;
  }

  void serve() {
    std::optional<Child> child;
    int served = 0;
    while (std::optional<Task> task = next_task()) {
      if (task->request.is_null()) continue;
      if (served >= options_.pages_per_worker) child.reset();
      if (!child) served = 0;
      auto answer = ask(child, task->request);
      if (answer && task->on_answer) task->on_answer(*answer);
      task->answer.set_value(std::move(answer));
      ++served;
    }
  }

  Result<json> ask(std::optional<Child>& child, const json& request) {
    if (stop_.stop_requested()) return fail(ErrorCode::cancelled, "stopped before it was begun");
    // Killed by someone else while it was idle, which is no page's fault.
    if (child && !child->is_running()) child.reset();
    if (!child) {
      auto spawned = Child::spawn(child_);
      if (!spawned) return tl::unexpected(std::move(spawned.error()));
      child = std::move(*spawned);
    }
    const auto patience = std::chrono::seconds(options_.page_timeout_s);
    auto answer = child->ask(request, patience, stop_);
    if (!answer && !child->is_running()) child.reset();
    return answer;
  }

  ReadOptions options_;
  MemoryPlan plan_;
  std::stop_token stop_;
  ChildOptions child_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> queue_;
  int idle_ = 0;
  bool closing_ = false;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

Result<PageWorkers> PageWorkers::start(const ReadOptions& options, std::stop_token stop) {
  auto plan = plan_memory(options, this_machine());
  if (!plan) return tl::unexpected(std::move(plan.error()));
  auto program = page_worker(plan->worker_memory_mib);
  if (!program) return tl::unexpected(std::move(program.error()));
  return PageWorkers(
      std::make_unique<Pool>(std::move(*program), options, std::move(*plan), std::move(stop)));
}

PageWorkers::PageWorkers(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
PageWorkers::PageWorkers(PageWorkers&&) noexcept = default;
PageWorkers& PageWorkers::operator=(PageWorkers&&) noexcept = default;
PageWorkers::~PageWorkers() = default;

std::future<Result<json>> PageWorkers::submit(json request, OnAnswer on_answer) {
  return pool_->submit(std::move(request), std::move(on_answer));
}

int PageWorkers::limit() const {
  return pool_->plan().workers;
}

const std::string& PageWorkers::message() const {
  return pool_->plan().message;
}

}  // namespace emend
