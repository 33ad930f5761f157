// SPDX-License-Identifier: Apache-2.0
// Reading: the pages of a file as they finish, and the short form's engine.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "binding/errand.h"
#include "binding/errors.h"
#include "binding/module.h"
#include "emend/ocr_engine.h"
#include "emend/run.h"

namespace py = pybind11;

namespace emend::python {

namespace {

constexpr std::size_t kPagesAhead = 4;  // that wait for a reader who is slower than emend

// A run over one file in a thread of its own. It fills a short queue, which next() empties.
class PageStream final : public Observer {
 public:
  explicit PageStream(Job job) : job_(std::move(job)) {
    document_.source = job_.inputs.front();
    thread_ = std::jthread([this](const std::stop_token& stop) { produce(stop); });
  }
  ~PageStream() override { close(); }
  PageStream(const PageStream&) = delete;
  PageStream& operator=(const PageStream&) = delete;

  // The next finished page, or nothing when there are no more. Without the GIL it waits a moment at
  // most; `waited_in_vain` tells that nothing has come yet.
  std::optional<Page> take(bool& waited_in_vain) {
    std::unique_lock lock(mutex_);
    waited_in_vain = !changed_.wait_for(lock, std::chrono::milliseconds(kHearingMs),
                                        [this] { return over_ || !pages_.empty(); });
    if (waited_in_vain) return std::nullopt;
    if (pages_.empty()) {
      taken_ = progress_.pages_done;
      return std::nullopt;
    }
    Finished finished = std::move(pages_.front());
    pages_.pop_front();
    taken_ = finished.done;
    changed_.notify_all();
    return std::move(finished.page);
  }

  // No new page is begun; those that are finished can still be taken.
  void cancel() {
    thread_.request_stop();
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }

  // The same, and waits for the end. To be called without the GIL.
  void close() {
    cancel();
    const std::lock_guard one_at_a_time(join_mutex_);
    if (thread_.joinable()) thread_.join();
  }

  [[nodiscard]] std::optional<Error> problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
  }
  [[nodiscard]] Document document() const {
    const std::lock_guard lock(mutex_);
    return document_;
  }
  // How many pages were done when the page was that was taken last; at the end, all.
  [[nodiscard]] int done() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }
  [[nodiscard]] int total() const {
    const std::lock_guard lock(mutex_);
    return progress_.pages_total;
  }

  void on_start(const std::string&, int pages_total) override {
    const std::lock_guard lock(mutex_);
    progress_.pages_total = pages_total;
  }
  void on_progress(const Progress& progress) override {
    const std::lock_guard lock(mutex_);
    progress_ = progress;
  }
  void on_page(const Page& page) override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || pages_.size() < kPagesAhead; });
    pages_.push_back({page, progress_.pages_done + 1});
    changed_.notify_all();
  }
  void on_end(const Document& tail) override {
    const std::lock_guard lock(mutex_);
    document_ = tail;
  }
  void on_failure(const std::string& source, const Error& error) override {
    const std::lock_guard lock(mutex_);
    problem_ = Error(error).at(source);
  }

 private:
  void produce(const std::stop_token& stop) {
    auto summary = run(job_, *this, stop);
    const std::lock_guard lock(mutex_);
    if (!summary && !problem_) problem_ = std::move(summary.error());
    over_ = true;
    changed_.notify_all();
  }

  const Job job_;
  mutable std::mutex mutex_;  // everything below but the thread
  std::condition_variable changed_;
  struct Finished {
    Page page;
    int done;  // of all pages, this one included
  };
  std::deque<Finished> pages_;
  Document document_;  // without its pages
  Progress progress_;
  int taken_ = 0;
  std::optional<Error> problem_;
  bool stopping_ = false;
  bool over_ = false;

  std::mutex join_mutex_;
  std::jthread thread_;
};

std::unique_ptr<PageStream> open_stream(const py::object& path, const py::kwargs& options) {
  Job job = job_from(options);
  job.inputs = {path_from(path)};
  return std::make_unique<PageStream>(std::move(job));
}

// Adds the next page to `pages`, or returns false when there are no more; raises what went wrong.
// The page goes there in one step, so that a signal finds it in the queue or in the list.
bool take_into(PageStream& stream, py::list& pages) {
  std::optional<Page> page;
  wait_and_hear([&] {
    bool waited_in_vain = false;
    page = stream.take(waited_in_vain);
    return !waited_in_vain;
  });
  if (page) {
    pages.append(std::move(*page));
    return true;
  }
  if (const auto problem = stream.problem()) throw exception_for(*problem);
  return false;
}

// A document that is gathered page by page, so that what has arrived can be kept when the rest does
// not.
Document with_pages(const PageStream& stream, const py::list& pages) {
  Document document = stream.document();
  for (const py::handle page : pages) document.pages.push_back(page.cast<const Page&>());
  return document;
}

// The short form's engine; one call at a time, whatever the threads.
class Engine {
 public:
  explicit Engine(const py::kwargs& options) : engine_(job_from(options).read) {}

  void load(const py::object& path) {
    const std::string file = path_from(path);
    value_or_raise([&] {
      const py::gil_scoped_release no_gil;
      const std::lock_guard lock(mutex_);
      return engine_.load_document(file);
    }());
  }

  Document recognize() {
    auto read = errand<RecognizedText>([this](const std::stop_token& stop) {
      const std::lock_guard lock(mutex_);
      return engine_.recognize(stop);
    });
    return std::move(read.document);
  }

 private:
  std::mutex mutex_;
  OcrEngine engine_;
};

}  // namespace

void add_reading(py::module_& module) {
  const py::call_guard<py::gil_scoped_release> no_gil;
  py::class_<PageStream>(module, "PageStream")
      .def(py::init(&open_stream))
      .def("take_into", &take_into)
      .def("cancel", &PageStream::cancel, no_gil)
      .def("close", &PageStream::close, no_gil)
      .def("with_pages", &with_pages)
      .def_property_readonly("done", &PageStream::done)
      .def_property_readonly("total", &PageStream::total)
      .def_property_readonly("notices", [](const PageStream& s) { return s.document().notices; })
      .def_property_readonly("provenance",
                             [](const PageStream& s) { return s.document().provenance; });
  py::class_<Engine>(module, "Engine")
      .def(py::init<const py::kwargs&>())
      .def("load", &Engine::load)
      .def("recognize", &Engine::recognize);
}

}  // namespace emend::python
