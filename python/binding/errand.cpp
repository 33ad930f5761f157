// SPDX-License-Identifier: Apache-2.0
#include "binding/errand.h"

#include <pybind11/pybind11.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace py = pybind11;

namespace emend::python {

namespace {

// What the thread that works and the thread that waits have to tell each other.
class Exchange {
 public:
  // The working thread: hands a task over and waits until it is done.
  void request(const std::function<void()>& task) {
    std::unique_lock lock(mutex_);
    task_ = &task;
    changed_.notify_all();
    changed_.wait(lock, [this] { return task_ == nullptr; });
    if (problem_) std::rethrow_exception(std::exchange(problem_, nullptr));
  }

  void finish() {
    const std::lock_guard lock(mutex_);
    over_ = true;
    changed_.notify_all();
  }

  // The waiting thread, without the GIL: true when the work is over.
  bool wait_a_moment() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(kHearingMs),
                      [this] { return over_ || task_ != nullptr; });
    if (task_ != nullptr) serve();
    return over_;
  }

 private:
  // The working thread waits meanwhile, so the lock may be kept.
  void serve() {
    const py::gil_scoped_acquire gil;
    try {
      (*task_)();
    } catch (...) {
      problem_ = std::current_exception();
    }
    task_ = nullptr;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void()>* task_ = nullptr;
  std::exception_ptr problem_;  // that the task threw
  bool over_ = false;
};

thread_local Exchange* current = nullptr;  // in a thread that works: that of its errand

}  // namespace

void wait_and_hear(const std::function<bool()>& is_over) {
  for (bool over = false; !over;) {
    {
      const py::gil_scoped_release no_gil;
      over = is_over();
    }
    if (!over && PyErr_CheckSignals() != 0) throw py::error_already_set();
  }
}

void run_errand(const std::function<void(const std::stop_token&)>& work) {
  Exchange exchange;
  std::exception_ptr problem;
  std::jthread thread([&](const std::stop_token& stop) {
    current = &exchange;
    try {
      work(stop);
    } catch (...) {
      problem = std::current_exception();
    }
    exchange.finish();
  });
  const auto over = [&exchange] { return exchange.wait_a_moment(); };
  try {
    wait_and_hear(over);
  } catch (const py::error_already_set&) {
    thread.request_stop();
    const py::gil_scoped_release no_gil;
    while (!over()) continue;
    thread.join();
    throw;
  }
  thread.join();
  if (problem) std::rethrow_exception(problem);
}

void in_asking_thread(const std::function<void()>& task) {
  if (current != nullptr) return current->request(task);
  const py::gil_scoped_acquire gil;
  task();
}

}  // namespace emend::python
