// SPDX-License-Identifier: Apache-2.0
// The program itself, spoken to as emend does.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <thread>

#include "core/json_form.h"
#include "process/child.h"
#include "process/locations.h"
#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

using fixtures::TemporaryFolder;
using nlohmann::json;
using namespace std::chrono_literals;

class WorkerTest : public testing::Test {
 protected:
  static Child started(int memory_mib = 4096) {
    const auto program = find_program("emend-page-worker");
    EXPECT_TRUE(program) << program.error().message;
    auto child = Child::spawn({*program, {"--memory-mib", std::to_string(memory_mib)}, {}});
    EXPECT_TRUE(child) << child.error().message;
    return std::move(*child);
  }
  static json open_request(const std::filesystem::path& path) {
    return {{"op", "open"}, {"path", path.string()}, {"options", ReadOptions{}}};
  }
  static json read_request(const std::filesystem::path& path) {
    return {{"op", "read"},
            {"path", path.string()},
            {"page", 1},
            {"options", ReadOptions{}},
            {"keep_steps", ""}};
  }

  TemporaryFolder folder_;
};

TEST_F(WorkerTest, DescribesItself) {
  Child worker = started();
  const auto about = worker.ask({{"op", "describe"}}, 60s);
  ASSERT_TRUE(about) << about.error().message;
  EXPECT_EQ(about->at("recogniser").get<std::string>().rfind("tesseract ", 0), 0U);
  const auto languages = about->at("languages").get<std::vector<std::string>>();
  EXPECT_NE(std::find(languages.begin(), languages.end(), "eng"), languages.end());
}

TEST_F(WorkerTest, OpensAndReads) {
  Child worker = started();
  const auto path = folder_.write("a.png", fixtures::text_page({"Hello World"}).get(), IFF_PNG);
  EXPECT_EQ(worker.ask(open_request(path), 60s), (json{{"pages", 1}, {"kind", "png"}}));
  const auto answer = worker.ask(read_request(path), 120s);
  ASSERT_TRUE(answer) << answer.error().message;
  const auto page = parse_json_form<Page>(answer->at("page"));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(text(*page), "Hello World\n");
}

TEST_F(WorkerTest, GoesOnAfterAFileThatCannotBeRead) {
  Child worker = started();
  const auto bad = folder_.write("bad.png", "no image");
  EXPECT_EQ(worker.ask(open_request(bad), 60s).error().code, ErrorCode::unreadable_input);
  EXPECT_EQ(worker.ask(read_request(bad), 60s).error().code, ErrorCode::unreadable_input);
  const auto good = folder_.write("a.png", fixtures::text_page({"Hello"}).get(), IFF_PNG);
  EXPECT_TRUE(worker.ask(read_request(good), 120s));
}

TEST_F(WorkerTest, AnswersBadRequests) {
  Child worker = started();
  const json requests[] = {
      {{"op", "dance"}}, {{"op", 5}},
      {{"no_op", 1}},    json::array(),
      {{"op", "read"}},  {{"op", "open"}, {"path", "a"}, {"options", {{"languages", 1}}}}};
  for (const json& request : requests) {
    const auto answer = worker.ask(request, 60s);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::invalid_argument) << request;
  }
  EXPECT_TRUE(worker.is_running());
}

TEST_F(WorkerTest, FileNamesMayBeAnyBytes) {
  Child worker = started();
  const auto path = folder_.write("caf\xe9.png", fixtures::text_page({"Hello"}).get(), IFF_PNG);
  EXPECT_TRUE(worker.ask(open_request(path), 60s));
}

TEST_F(WorkerTest, APageThatNeedsTooMuchMemoryIsAnError) {
#ifdef EMEND_SANITIZED
  GTEST_SKIP() << "sanitizers need the whole address space";
#endif
  Child worker = started(400);
  // 20,000 x 19,000 pixels are within max_pixels, but not within this worker.
  const std::string header = "P5 20000 19000 255\n";
  const auto path = folder_.write("large.pgm", header + "x");
  std::filesystem::resize_file(path, header.size() + std::size_t{20'000} * 19'000);
  const auto answer = worker.ask(read_request(path), 120s);
  ASSERT_FALSE(answer);
  const auto small = folder_.write("a.png", fixtures::text_page({"Hello"}).get(), IFF_PNG);
  if (worker.is_running()) {
    EXPECT_TRUE(worker.ask(read_request(small), 120s));
  }
}

TEST_F(WorkerTest, EndsWithItsParent) {
  Child worker = started();
  ASSERT_TRUE(worker.ask({{"op", "describe"}}, 60s));
  worker.channel().close();
  for (int i = 0; i < 500 && worker.is_running(); ++i) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_FALSE(worker.is_running());
}

TEST_F(WorkerTest, SaysWhatItIsForWhenStartedByHand) {
  const auto program = find_program("emend-page-worker");
  ASSERT_TRUE(program);
  const int status = std::system((program->string() + " 2>/dev/null 3<&-").c_str());
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 2);
}

}  // namespace
}  // namespace emend
