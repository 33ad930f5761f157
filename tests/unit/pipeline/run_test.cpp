// SPDX-License-Identifier: Apache-2.0
// The whole way over page workers that do what a script says: order, faults, limits, cancellation.
#include "emend/run.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "emend/journal.h"
#include "emend/json.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

// Remembers what it was told, as lines.
class Recorder : public Observer {
 public:
  void on_start(const std::string& source, int pages_total) override {
    told("start " + fs::path(source).filename().string() + " " + std::to_string(pages_total));
  }
  void on_page(const Page& page) override {
    std::string words = text(page);
    while (!words.empty() && words.back() == '\n') words.pop_back();
    told(words);
    pages.push_back(page);
  }
  void on_notice(const std::string&, const Notice& notice) override {
    told(std::string(name(notice.code)) + " " + std::to_string(notice.page));
    notices.push_back(notice);
  }
  void on_progress(const Progress& now) override { progress.push_back(now); }
  void on_end(const Document& document) override {
    told("end");
    ends.push_back(document);
  }
  void on_failure(const std::string& source, const Error& error) override {
    told("failed " + fs::path(source).filename().string());
    errors.push_back(error);
  }

  std::vector<std::string> log;
  std::vector<Page> pages;
  std::vector<Notice> notices;
  std::vector<Progress> progress;
  std::vector<Document> ends;
  std::vector<Error> errors;

 private:
  void told(std::string what) {
    EXPECT_EQ(std::this_thread::get_id(), thread_) << "told from another thread";
    log.push_back(std::move(what));
  }

  std::thread::id thread_ = std::this_thread::get_id();
};

using Log = std::vector<std::string>;

class RunTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("EMEND_LIBEXEC_DIR", EMEND_FAKE_LIBEXEC, 1);
    folder_ = fs::path(::testing::TempDir()) / ("run_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    job_.model.model = "none";
    job_.read.jobs = 2;
  }
  void TearDown() override {
    ::unsetenv("EMEND_LIBEXEC_DIR");
    fs::remove_all(folder_);
  }

  // An input that does what `script` says.
  std::string write(const std::string& name, const std::string& script) {
    const fs::path path = folder_ / name;
    std::ofstream(path) << script;
    job_.inputs.push_back(path.string());
    return path.string();
  }

  RunSummary run_all(const std::stop_token& stop = {}) {
    auto summary = run(job_, recorder_, stop);
    EXPECT_TRUE(summary) << summary.error().message;
    return summary.value_or(RunSummary{});
  }

  fs::path folder_;
  Job job_;
  Recorder recorder_;
};

TEST_F(RunTest, PagesComeInTheirOrderHoweverLongEachTakes) {
  write("a", R"({"pages": 6, "1": "slow", "4": "slow"})");
  job_.read.jobs = 4;
  const RunSummary summary = run_all();
  EXPECT_EQ(recorder_.log,
            (Log{"start a 6", "page 1", "page 2", "page 3", "page 4", "page 5", "page 6", "end"}));
  EXPECT_EQ(summary.pages, 6);
  EXPECT_EQ(summary.documents, 1);
  EXPECT_EQ(summary.notices, 0);
}

TEST_F(RunTest, InputsFollowOneAnotherAndShareTheWorkers) {
  write("a", R"({"pages": 2, "2": "slow"})");
  write("b", R"({"pages": 1})");
  write("c", R"({"pages": 3})");
  job_.read.jobs = 3;
  const RunSummary summary = run_all();
  EXPECT_EQ(recorder_.log, (Log{"start a 2", "page 1", "page 2", "end", "start b 1", "page 1",
                                "end", "start c 3", "page 1", "page 2", "page 3", "end"}));
  EXPECT_EQ(summary.documents, 3);
}

TEST_F(RunTest, OnlyTheChosenPagesAreReadUnderTheirOwnNumbers) {
  write("a", R"({"pages": 9})");
  job_.read.pages = {{2, 3}, {8, 0}};
  run_all();
  EXPECT_EQ(recorder_.log, (Log{"start a 4", "page 2", "page 3", "page 8", "page 9", "end"}));
}

TEST_F(RunTest, APageThatIsNotThereFailsItsInputAlone) {
  write("a", R"({"pages": 2})");
  write("b", R"({"pages": 5})");
  job_.read.pages = {{4, 4}};
  const RunSummary summary = run_all();
  EXPECT_EQ(recorder_.log, (Log{"failed a", "start b 1", "page 4", "end"}));
  EXPECT_EQ(recorder_.errors[0].code, ErrorCode::invalid_argument);
  EXPECT_EQ(summary.failed_documents, 1);
}

// What goes wrong with one page, and what the notice has to say.
struct Fault {
  const char* how;
  const char* says;
};

class PageFault : public RunTest, public ::testing::WithParamInterface<Fault> {};

TEST_P(PageFault, CostsThatPageAndNoOther) {
  write("a", R"({"pages": 4, "3": ")" + std::string(GetParam().how) + R"("})");
  write("b", R"({"pages": 1})");
  job_.read.jobs = 1;
  job_.read.page_timeout_s = 2;
  job_.read.worker_memory_mib = 1024;
  const RunSummary summary = run_all();
  EXPECT_EQ(recorder_.log, (Log{"start a 4", "page 1", "page 2", "page_failed 3", "page 4", "end",
                                "start b 1", "page 1", "end"}));
  EXPECT_EQ(summary.pages, 4);
  EXPECT_EQ(summary.notices, 1);
  ASSERT_EQ(recorder_.notices.size(), 1U);
  EXPECT_NE(recorder_.notices[0].message.find(GetParam().says), std::string::npos)
      << recorder_.notices[0].message;
  ASSERT_EQ(recorder_.ends.size(), 2U);
  EXPECT_EQ(recorder_.ends[0].notices, recorder_.notices);
  EXPECT_TRUE(recorder_.ends[1].notices.empty());
}

INSTANTIATE_TEST_SUITE_P(Run, PageFault,
                         ::testing::Values(Fault{"crash", "signal 9"}, Fault{"exit", "status 3"},
                                           Fault{"hang", ""}, Fault{"use_memory", ""},
                                           Fault{"garbage", ""}, Fault{"no_page", "no page"},
                                           Fault{"wrong_form", ""},
                                           Fault{"refuse", "Scale it down."}),
                         [](const auto& fault) { return std::string(fault.param.how); });

TEST_F(RunTest, AWorkerThatDiesOverAnInputFailsThatInputAlone) {
  write("a", R"({"pages": 1, "open": "crash"})");
  write("b", R"({"pages": 1})");
  const RunSummary summary = run_all();
  EXPECT_EQ(recorder_.log, (Log{"failed a", "start b 1", "page 1", "end"}));
  EXPECT_EQ(recorder_.errors[0].code, ErrorCode::engine_failed);
  EXPECT_EQ(summary.failed_documents, 1);
}

TEST_F(RunTest, AnInputWhoseOnlyPageFailsFailsAsAWhole) {
  write("a", R"({"pages": 1, "1": "refuse"})");
  const RunSummary summary = run_all();
  EXPECT_EQ(recorder_.log, (Log{"failed a"}));
  EXPECT_EQ(recorder_.errors[0].code, ErrorCode::limit_exceeded);
  EXPECT_EQ(recorder_.errors[0].hint, "Scale it down.");
  EXPECT_EQ(summary.failed_documents, 1);
  EXPECT_EQ(summary.notices, 0);
}

TEST_F(RunTest, AnUnreadableOrMissingInputFailsAlone) {
  write("a", "no script");
  job_.inputs.push_back((folder_ / "nowhere").string());
  write("b", R"({"pages": 1})");
  const RunSummary summary = run_all();
  EXPECT_EQ(recorder_.log, (Log{"failed a", "failed nowhere", "start b 1", "page 1", "end"}));
  EXPECT_EQ(recorder_.errors[0].code, ErrorCode::unreadable_input);
  EXPECT_EQ(recorder_.errors[0].hint, "Write one.");
  EXPECT_EQ(recorder_.errors[1].code, ErrorCode::not_found);
  EXPECT_EQ(summary.failed_documents, 2);
  EXPECT_EQ(summary.documents, 3);
}

TEST_F(RunTest, ABlankPageIsThereAndNoticed) {
  write("a", R"({"pages": 2, "1": "blank"})");
  run_all();
  EXPECT_EQ(recorder_.log, (Log{"start a 2", "", "page_blank 1", "page 2", "end"}));
  EXPECT_TRUE(recorder_.ends[0].notices.empty()) << "the page has its notice already";
}

TEST_F(RunTest, AWorkerIsReplacedAfterSoManyPages) {
  write("a", R"({"pages": 5, "1": "served", "2": "served", "3": "served", "4": "served",
                 "5": "served"})");
  job_.read.jobs = 1;
  job_.read.pages_per_worker = 2;
  run_all();
  ASSERT_EQ(recorder_.pages.size(), 5U);
  int at_most = 0;
  for (const Page& page : recorder_.pages) {
    const std::string& last = page.lines[0].words[1].text();
    at_most = std::max(at_most, std::stoi(last.substr(last.find(' '))));
  }
  EXPECT_LE(at_most, 2);
  EXPECT_GE(at_most, 1);
}

TEST_F(RunTest, ManyWorkersAndOneGiveTheSameBytes) {
  write("a", R"({"pages": 12, "2": "slow", "5": "crash", "7": "misread", "9": "slow"})");
  const auto all = [this](int jobs) {
    job_.read.jobs = jobs;
    Recorder recorder;
    EXPECT_TRUE(run(job_, recorder));
    std::string bytes;
    for (const Page& page : recorder.pages) bytes += to_json(page);
    for (const Document& document : recorder.ends) bytes += to_json(document);
    return bytes;
  };
  const std::string one = all(1);
  EXPECT_EQ(one, all(4));
  EXPECT_NE(one.find("page_failed"), std::string::npos);
}

TEST_F(RunTest, ProgressCountsEveryPageAlsoThoseThatFail) {
  const std::string path = write("a", R"({"pages": 3, "2": "refuse"})");
  run_all();
  ASSERT_EQ(recorder_.progress.size(), 3U);
  for (int i = 0; i < 3; ++i) {
    const Progress& progress = recorder_.progress[static_cast<std::size_t>(i)];
    EXPECT_EQ(progress.source, path);
    EXPECT_EQ(progress.pages_done, i + 1);
    EXPECT_EQ(progress.pages_total, 3);
  }
}

TEST_F(RunTest, AnUnknownLanguageIsOneErrorBeforeAnyWork) {
  write("a", R"({"pages": 1})");
  job_.read.languages = {"eng", "xyz"};
  const auto summary = run(job_, recorder_);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::missing_dependency);
  EXPECT_NE(summary.error().message.find("xyz"), std::string::npos);
  EXPECT_NE(summary.error().message.find("deu"), std::string::npos) << "it says what there is";
  EXPECT_FALSE(summary.error().hint.empty());
  EXPECT_TRUE(recorder_.log.empty());
}

TEST_F(RunTest, WithoutPageWorkerProgramThereIsOneError) {
  write("a", R"({"pages": 1})");
  ::setenv("EMEND_LIBEXEC_DIR", folder_.c_str(), 1);
  const auto summary = run(job_, recorder_);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::missing_dependency);
  EXPECT_TRUE(recorder_.log.empty());
}

TEST_F(RunTest, AWorkerThatCannotEvenStartIsOneError) {
  write("a", R"({"pages": 3})");
  ::setenv("EMEND_FAKE_WORKER_CANNOT_START", "1", 1);
  const auto summary = run(job_, recorder_);
  ::unsetenv("EMEND_FAKE_WORKER_CANNOT_START");
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::engine_failed);
  EXPECT_TRUE(recorder_.log.empty());
}

TEST_F(RunTest, OptionsOutOfRangeAreRefusedBeforeAnyWork) {
  write("a", R"({"pages": 1})");
  const Job good = job_;
  const auto refuses = [&](auto change) {
    job_ = good;
    change(job_);
    const auto summary = run(job_, recorder_);
    return !summary && summary.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refuses([](Job& job) { job.inputs.clear(); }));
  EXPECT_TRUE(refuses([](Job& job) { job.inputs = {"-", "-"}; }));
  EXPECT_TRUE(refuses([](Job& job) { job.read.languages.clear(); }));
  EXPECT_TRUE(refuses([](Job& job) { job.read.jobs = -1; }));
  EXPECT_TRUE(refuses([](Job& job) { job.read.page_timeout_s = 0; }));
  EXPECT_TRUE(refuses([](Job& job) { job.read.pages_per_worker = 0; }));
  EXPECT_TRUE(refuses([](Job& job) { job.read.pdf_dpi = 1; }));
  EXPECT_TRUE(refuses([](Job& job) { job.read.max_pixels = 0; }));
  EXPECT_TRUE(refuses([](Job& job) { job.read.worker_memory_mib = -1; }));
  EXPECT_TRUE(refuses([](Job& job) { job.read.pages = {{3, 2}}; }));
  EXPECT_TRUE(recorder_.log.empty());
}

// Asks to stop when a certain page has arrived.
class Stopper final : public Recorder {
 public:
  explicit Stopper(int page) : page_(page) {}
  void on_page(const Page& page) override {
    Recorder::on_page(page);
    if (page.number == page_) source.request_stop();
  }

  std::stop_source source;

 private:
  int page_;
};

TEST_F(RunTest, AStopKeepsThePagesThatAreDoneAndSaysWhichAreNot) {
  write("a", R"({"pages": 40, "3": "hang", "4": "hang"})");
  write("b", R"({"pages": 1})");
  Stopper stopper(2);
  const auto summary = run(job_, stopper, stopper.source.get_token());
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::cancelled);
  EXPECT_EQ(stopper.log, (Log{"start a 40", "page 1", "page 2", "cancelled 3", "end"}));
  ASSERT_EQ(stopper.ends.size(), 1U);
  EXPECT_EQ(stopper.ends[0].notices.size(), 1U);
  EXPECT_NE(stopper.notices[0].message.find("3-40"), std::string::npos)
      << stopper.notices[0].message;
}

TEST_F(RunTest, AStoppedJobWithAJournalGoesOnAndReadsNoPageTwice) {
  write("a", R"({"pages": 9, "every": "served"})");  // a page says how many its worker had read
  job_.read.jobs = 1;
  job_.journal = true;
  job_.journal_folder = folder_ / "journals";
  Stopper stopper(4);
  ASSERT_FALSE(run(job_, stopper, stopper.source.get_token()));
  const auto unfinished = unfinished_jobs(job_.journal_folder);
  ASSERT_EQ(unfinished.size(), 1U);
  EXPECT_EQ(unfinished[0].inputs, job_.inputs);
  const auto kept = static_cast<std::size_t>(unfinished[0].pages);
  ASSERT_GE(kept, 4U);
  run_all();
  ASSERT_EQ(recorder_.pages.size(), 9U);
  for (std::size_t i = 0; i < 9; ++i) {
    const std::size_t served = i < kept ? i + 1 : i + 1 - kept;
    EXPECT_EQ(text(recorder_.pages[i]), "page served " + std::to_string(served) + "\n") << i;
  }
  EXPECT_TRUE(unfinished_jobs(job_.journal_folder).empty());
}

TEST_F(RunTest, AStopBeforeTheStartDoesNothing) {
  write("a", R"({"pages": 2})");
  std::stop_source source;
  source.request_stop();
  const auto summary = run(job_, recorder_, source.get_token());
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::cancelled);
  EXPECT_TRUE(recorder_.log.empty());
}

TEST_F(RunTest, NoWorkerStaysBehind) {
  write("a", R"({"pages": 3, "2": "crash"})");
  run_all();
  std::ifstream children("/proc/self/task/" + std::to_string(::getpid()) + "/children");
  std::string all;
  std::getline(children, all);
  EXPECT_EQ(all, "");
}

TEST_F(RunTest, EveryStageIsKeptOnDemand) {
  write("a", R"({"pages": 17, "2": "refuse"})");
  job_.keep_steps = folder_ / "steps";
  run_all();
  const auto kept = [this](const std::string& name) {
    std::ifstream file(folder_ / "steps" / name);
    return page_from_json(std::string(std::istreambuf_iterator<char>(file), {}));
  };
  const auto recognised = kept("000017_recognised.json");
  ASSERT_TRUE(recognised);
  EXPECT_EQ(*recognised, recorder_.pages.back());
  EXPECT_TRUE(kept("000017_corrected.json"));
  EXPECT_FALSE(fs::exists(folder_ / "steps" / "000002_recognised.json"));
}

TEST_F(RunTest, StepsOfSeveralInputsHaveFoldersOfTheirOwn) {
  write("a", R"({"pages": 1})");
  write("b", R"({"pages": 1})");
  job_.keep_steps = folder_ / "steps";
  run_all();
  EXPECT_TRUE(fs::exists(folder_ / "steps" / "001" / "000001_recognised.json"));
  EXPECT_TRUE(fs::exists(folder_ / "steps" / "002" / "000001_corrected.json"));
}

TEST_F(RunTest, AFolderForStepsThatCannotBeMadeIsAnErrorBeforeAnyWork) {
  job_.keep_steps = write("a", R"({"pages": 1})");
  const auto summary = run(job_, recorder_);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::io_failed);
  EXPECT_TRUE(recorder_.pages.empty());
}

TEST_F(RunTest, ReadDocumentCollectsPagesAndNotices) {
  const std::string path = write("a", R"({"pages": 3, "2": "crash"})");
  const auto document = read_document(path, job_);
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->source, path);
  EXPECT_EQ(text(*document), "page 1\n\fpage 3\n");
  ASSERT_EQ(document->notices.size(), 1U);
  EXPECT_EQ(document->notices[0].page, 2);
  EXPECT_EQ(document->provenance.recogniser, "fake 1");
  EXPECT_EQ(document->provenance.languages, "eng");
  EXPECT_EQ(document->provenance.model, "none");
}

TEST_F(RunTest, ReadDocumentFailsWhenTheInputCannotBeRead) {
  const std::string path = write("a", "no script");
  const auto document = read_document(path, job_);
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(document.error().message.find(path), std::string::npos);
}

TEST_F(RunTest, AModelThatIsNoGgufIsAnErrorBeforeAnyWork) {
  write("a", R"({"pages": 1})");
  job_.model.model = write("model.gguf", "Dear customer");
  job_.inputs.pop_back();
  const auto summary = run(job_, recorder_);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(summary.error().message.find("model.gguf"), std::string::npos);
  EXPECT_TRUE(recorder_.log.empty());
}

TEST_F(RunTest, AModelThatFailsInMidRunIsANoticeAndThePageStaysAsRecognised) {
  write("a", R"({"pages": 2, "1": "misread"})");
  job_.model.model = write("model.gguf", "GGUF and nothing more");
  job_.inputs.pop_back();
  ::setenv("EMEND_FAKE_HOST", "crash_on_score", 1);
  run_all();
  ::unsetenv("EMEND_FAKE_HOST");
  EXPECT_EQ(recorder_.log, (Log{"start a 2", "page 1 lnvoice", "model_failed 1", "page 2", "end"}));
}

TEST_F(RunTest, WhereAModelRanIsInTheProvenanceAndAShortageIsNoticed) {
  write("a", R"({"pages": 2, "1": "misread"})");
  job_.model.model = write("model.gguf", "GGUF and nothing more");
  job_.inputs.pop_back();
  run_all();
  EXPECT_EQ(recorder_.ends.at(0).provenance.model, "model.gguf");
  EXPECT_EQ(recorder_.ends.at(0).provenance.placement, "CPU");
  EXPECT_TRUE(recorder_.ends.at(0).notices.empty());
  ::setenv("EMEND_FAKE_HOST", "out_of_memory_above_2", 1);
  run_all();
  ::unsetenv("EMEND_FAKE_HOST");
  ASSERT_EQ(recorder_.ends.at(1).notices.size(), 1U);
  EXPECT_EQ(recorder_.ends.at(1).notices[0].code, NoticeCode::resource_limited);
}

// The most memory that this process has had so far.
std::int64_t peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kib = 0;
    if (word == "VmHWM:" && status >> kib) return kib;
  }
  return 0;
}

// Throws its pages away.
class Forgetful final : public Observer {
 public:
  void on_page(const Page&) override { ++pages; }

  int pages = 0;
};

TEST_F(RunTest, MemoryDoesNotGrowWithTheNumberOfPages) {
  const auto run_with = [this](const char* name, int pages) {
    job_.inputs.clear();
    write(name, R"({"every": "large", "pages": )" + std::to_string(pages) + "}");
    Forgetful observer;
    EXPECT_TRUE(run(job_, observer));
    EXPECT_EQ(observer.pages, pages);
    return peak_kib();
  };
  const std::int64_t few = run_with("few", 20);
  const std::int64_t many = run_with("many", 200);
  constexpr std::int64_t kOnePageKib = 1024;
  EXPECT_LT(many - few, 40 * kOnePageKib) << "180 pages more of more than 1 MiB each";
}

// Standard input of this process for the time of a test.
class StandardInput {
 public:
  explicit StandardInput(const std::string& content) : saved_(::dup(STDIN_FILENO)) {
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe(ends), 0);
    EXPECT_EQ(::write(ends[1], content.data(), content.size()),
              static_cast<ssize_t>(content.size()));
    ::close(ends[1]);
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;
  ~StandardInput() {
    ::dup2(saved_, STDIN_FILENO);
    ::close(saved_);
  }

 private:
  int saved_;
};

TEST_F(RunTest, StandardInputIsAnInputLikeAnyOtherAndLeavesNothingBehind) {
  const fs::path temporary = folder_ / "tmp";
  fs::create_directories(temporary);
  ::setenv("TMPDIR", temporary.c_str(), 1);
  const StandardInput input(R"({"pages": 2, "2": "crash"})");
  job_.inputs = {"-"};
  run_all();
  ::unsetenv("TMPDIR");
  EXPECT_EQ(recorder_.log, (Log{"start - 2", "page 1", "page_failed 2", "end"}));
  EXPECT_EQ(recorder_.ends[0].source, "-");
  EXPECT_TRUE(fs::is_empty(temporary));
}

}  // namespace
}  // namespace emend
