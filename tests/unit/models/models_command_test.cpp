// SPDX-License-Identifier: Apache-2.0
// `emend models` as a user runs it: real processes, a hub on this machine, and a kill.
#include <fcntl.h>
#include <sys/wait.h>

#include <csignal>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "fakes/signals.h"
#include "fakes/tiny_gguf.h"
#include "unit/models/store_fixture.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Ended {
  int status = -1;  // minus the signal when one ended it
  std::string output;
  std::string errors;
};

// One run of the command. Its home is the test's.
class Emend {
 public:
  Emend(const fs::path& home, const std::vector<std::string>& arguments)
      : output_(home / ("out" + std::to_string(++count_))),
        errors_(home / ("err" + std::to_string(count_))) {
    std::vector<std::string> words = {EMEND_COMMAND};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
      ::dup2(::open(output_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
      ::dup2(::open(errors_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
      ::execv(EMEND_COMMAND, argv.data());
      ::_exit(127);
    }
  }
  ~Emend() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      wait();
    }
  }
  Emend(const Emend&) = delete;
  Emend& operator=(const Emend&) = delete;

  void signal(int number) const { fakes::send_signal(process_, number); }
  Ended wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), read_file(output_),
            read_file(errors_)};
  }

 private:
  static inline int count_ = 0;
  fs::path output_;
  fs::path errors_;
  pid_t process_ = -1;
};

class ModelsCommand : public StoreTest {
 protected:
  ModelsCommand() {
    fill("user/tiny-GGUF");
    ::setenv("HF_ENDPOINT", hub.endpoint().c_str(), 1);
  }

  Ended emend(const std::vector<std::string>& arguments) const {
    std::vector<std::string> all = {"models"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return Emend(home, all).wait();
  }
  fs::path partial() const {
    return home / ".cache/huggingface/hub/models--user--tiny-GGUF/blobs" /
           (TestHub::sha256(TestHub::gguf(5000, 8)) + ".emend.incomplete");
  }
  // Until `bytes` of the download are on the disk.
  void wait_for_partial(std::uintmax_t bytes) const {
    std::error_code absent;
    while (fs::file_size(partial(), absent) < bytes || absent) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
};

TEST_F(ModelsCommand, PullListPathVerifyRemove) {
  const auto pulled = emend({"pull", "user/tiny-GGUF:int8"});
  ASSERT_EQ(pulled.status, 0) << pulled.errors;
  EXPECT_NE(pulled.errors.find("licence apache-2.0"), std::string::npos) << pulled.errors;
  EXPECT_NE(pulled.errors.find("5.00 kB of 5.00 kB (100 %)"), std::string::npos) << pulled.errors;

  const auto listed = json::parse(emend({"list", "--json"}).output);
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["name"], "user/tiny-GGUF:Q8_0");
  EXPECT_EQ(listed[0]["files"][0]["size_bytes"], 5000);
  EXPECT_NE(emend({"list"}).output.find("user/tiny-GGUF:Q8_0  5.00 kB"), std::string::npos);

  const auto asked = hub.request_count();
  const auto path = emend({"path", "user/tiny-GGUF:Q8_0"});
  EXPECT_EQ(path.status, 0);
  EXPECT_EQ(read_file(path.output.substr(0, path.output.size() - 1)), TestHub::gguf(5000, 8));
  EXPECT_EQ(emend({"path", "user/tiny-GGUF:Q4_K_M"}).status, 7);

  EXPECT_EQ(json::parse(emend({"path", "user/tiny-GGUF:Q8_0", "--json"}).output), listed);
  EXPECT_EQ(listed[0]["files"][0]["path"], path.output.substr(0, path.output.size() - 1));

  const auto checks = json::parse(emend({"verify", "--json"}).output);
  ASSERT_EQ(checks.size(), 1U);
  EXPECT_EQ(checks[0]["verdict"], "intact");
  EXPECT_EQ(checks[0]["actual"], checks[0]["checksum"]);

  const auto removed = json::parse(emend({"rm", "user/tiny-GGUF:Q8_0", "--json"}).output);
  EXPECT_EQ(removed["freed_bytes"], 5000);
  EXPECT_EQ(removed["files"], json::array({listed[0]["files"][0]["path"]}));
  EXPECT_EQ(emend({"list", "--json"}).output, "[]\n");
  EXPECT_EQ(hub.request_count(), asked);
}

// The words of each line of a document that begins with `emend models`.
std::vector<std::vector<std::string>> documented_commands(const char* document) {
  std::istringstream lines(read_file(fs::path(EMEND_SOURCE) / document));
  std::vector<std::vector<std::string>> commands;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("emend models ")) continue;
    std::istringstream words(line.substr(0, line.find(" #")));
    commands.emplace_back(std::istream_iterator<std::string>(words),
                          std::istream_iterator<std::string>());
  }
  return commands;
}

TEST_F(ModelsCommand, EveryExampleOfTheDocumentsRuns) {
  fill("Qwen/Qwen2.5-1.5B-Instruct-GGUF");
  const auto keys = [](const json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    return names;
  };
  for (const char* document : {"README.md", "docs/models.md"}) {
    const auto commands = documented_commands(document);
    EXPECT_FALSE(commands.empty()) << document;
    for (const auto& words : commands) {
      const Ended ended = Emend(home, {words.begin() + 1, words.end()}).wait();
      EXPECT_EQ(ended.status, 0) << document << ": emend models " << words.at(2) << ended.errors;
      EXPECT_FALSE(ended.output.empty()) << words.at(2);
    }
  }
  const std::string page = read_file(fs::path(EMEND_SOURCE) / "docs/models.md");
  const auto begin = page.find("```json\n") + 8;
  const json shown = json::parse(page.substr(begin, page.find("```", begin) - begin));
  const json pulled =
      json::parse(emend({"pull", "Qwen/Qwen2.5-1.5B-Instruct-GGUF:int8", "--json"}).output);
  EXPECT_EQ(keys(pulled[0]), keys(shown[0]));
  EXPECT_EQ(keys(pulled[0]["files"][0]), keys(shown[0]["files"][0]));
}

TEST_F(ModelsCommand, TheSecondRunIsOfflineWithoutASingleRequest) {
  ASSERT_EQ(emend({"pull", "user/tiny-GGUF:int8"}).status, 0);
  const auto asked = hub.request_count();
  EXPECT_GT(asked, 0U);
  EXPECT_EQ(emend({"path", "user/tiny-GGUF:int8", "--offline"}).status, 0);
  EXPECT_EQ(emend({"pull", "user/tiny-GGUF:int8", "--offline"}).status, 7);
  ::setenv("HF_HUB_OFFLINE", "1", 1);
  EXPECT_EQ(emend({"path", "user/tiny-GGUF:int8"}).status, 0);
  EXPECT_EQ(hub.request_count(), asked);
}

TEST_F(ModelsCommand, AHandDroppedFileWorksInAFolder) {
  write_file(home / "Models/dropped.gguf", TestHub::gguf(70));
  const auto path =
      emend({"path", "user/tiny-GGUF:int8", "--directory-model-path", (home / "Models").string()});
  EXPECT_EQ(path.output, (home / "Models/dropped.gguf").string() + "\n") << path.errors;
  EXPECT_EQ(hub.request_count(), 0U);
}

TEST_F(ModelsCommand, AFlippedByteIsRefusedOnTheWireAndOnTheDisk) {
  hub.spoil_store({{Mishap::Kind::flipped_byte, 3000, {}, {}}});
  const auto pulled = emend({"pull", "user/tiny-GGUF:Q8_0"});
  EXPECT_EQ(pulled.status, 9);
  EXPECT_NE(pulled.errors.find("other bytes than the hub lists"), std::string::npos)
      << pulled.errors;
  const auto again = emend({"pull", "user/tiny-GGUF:Q8_0", "--json"});
  ASSERT_EQ(again.status, 0);
  EXPECT_EQ(json::parse(again.output), json::parse(emend({"list", "--json"}).output));
  const std::string file = json::parse(again.output)[0]["files"][0]["path"];
  std::string bytes = read_file(file);
  bytes[4999] ^= 1;
  write_file(fs::canonical(file), bytes);
  EXPECT_EQ(emend({"path", "user/tiny-GGUF:Q8_0"}).status, 5);
  const auto verified = emend({"verify", "user/tiny-GGUF:Q8_0"});
  EXPECT_EQ(verified.status, 5);
  EXPECT_EQ(verified.output.substr(0, 7), "DAMAGED");
  EXPECT_EQ(json::parse(emend({"verify", "--json"}).output)[0]["verdict"], "damaged");
  EXPECT_EQ(emend({"pull", "user/tiny-GGUF:Q8_0"}).status, 0);
  EXPECT_EQ(emend({"verify", "user/tiny-GGUF:Q8_0"}).status, 0);
}

class Killed : public ModelsCommand, public testing::WithParamInterface<int> {};

TEST_P(Killed, InMidDownloadIsResumedByTheNextRun) {
  hub.spoil_store({{Mishap::Kind::stall, 3000, {}, {}}});
  Emend first(home, {"models", "pull", "user/tiny-GGUF:Q8_0"});
  wait_for_partial(3000);
  first.signal(GetParam());
  const auto ended = first.wait();
  EXPECT_EQ(ended.status, GetParam() == SIGKILL ? -SIGKILL : 130) << ended.errors;
  EXPECT_FALSE(fs::exists(home / ".cache/huggingface/hub/models--user--tiny-GGUF/snapshots"));
  hub.release();
  const auto second = emend({"pull", "user/tiny-GGUF:Q8_0"});
  EXPECT_EQ(second.status, 0) << second.errors;
  EXPECT_EQ(hub.requests().back().range, "bytes=3000-");
  EXPECT_FALSE(fs::exists(partial()));
  EXPECT_EQ(emend({"verify", "user/tiny-GGUF:Q8_0"}).status, 0);
}

INSTANTIATE_TEST_SUITE_P(By, Killed, testing::Values(SIGKILL, SIGINT, SIGTERM));

TEST_F(ModelsCommand, TwoProcessesDownloadOnce) {
  hub.spoil_store({{Mishap::Kind::stall, 3000, {}, {}}});
  Emend first(home, {"models", "pull", "user/tiny-GGUF:Q8_0"});
  wait_for_partial(3000);
  Emend second(home, {"models", "pull", "user/tiny-GGUF:Q8_0"});
  while (hub.request_count() < 6) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  hub.release();
  const auto one = first.wait();
  const auto two = second.wait();
  EXPECT_EQ(one.status, 0) << one.errors;
  EXPECT_EQ(two.status, 0) << two.errors;
  EXPECT_EQ(hub.bytes_sent(), 5000U);
  EXPECT_NE(two.errors.find("waiting for another download of it, 3.00 kB of 5.00 kB"),
            std::string::npos)
      << two.errors;
}

TEST_F(ModelsCommand, AHolderThatIsKilledLeavesTheDownloadToTheOneThatWaits) {
  hub.spoil_store({{Mishap::Kind::stall, 3000, {}, {}}});
  Emend first(home, {"models", "pull", "user/tiny-GGUF:Q8_0"});
  wait_for_partial(3000);
  Emend second(home, {"models", "pull", "user/tiny-GGUF:Q8_0"});
  while (hub.request_count() < 6) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  first.signal(SIGKILL);
  const auto two = second.wait();
  EXPECT_EQ(two.status, 0) << two.errors;
  EXPECT_EQ(hub.requests().back().range, "bytes=3000-");
}

// A model that llama.cpp loads, in the hub.
class Proofreading : public ModelsCommand {
 protected:
  Proofreading() {
    fakes::TinyModel::random({}, {}, 7).write(home / "made.gguf");
    hub.repository("user/real-GGUF").files = {{"real-F32.gguf", read_file(home / "made.gguf")}};
    write_file(home / "page.txt", "Total: $1O0.00\n");
  }

  Ended correct(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"correct", (home / "page.txt").string()});
    return Emend(home, arguments).wait();
  }
};

TEST_F(Proofreading, TheFirstRunDownloadsTheModelAndTheSecondAsksNobody) {
  const auto first = correct({"-hf", "user/real-GGUF:none"});
  ASSERT_EQ(first.status, 0) << first.errors;
  EXPECT_EQ(first.output, "Total: $100.00\n");
  EXPECT_NE(first.errors.find("licence"), std::string::npos) << first.errors;
  const auto asked = hub.request_count();
  EXPECT_EQ(asked, 4U);
  for (const char* offline : {"--offline", "--allow-auto-download=false"}) {
    const auto second = correct({"--model", "user/real-GGUF:F32", offline});
    EXPECT_EQ(second.status, 0) << second.errors;
    EXPECT_EQ(second.output, first.output);
    EXPECT_EQ(second.errors, "");
  }
  EXPECT_EQ(hub.request_count(), asked);
  EXPECT_EQ(correct({"--hf-repo", "user/real-GGUF:Q8_0", "--offline"}).status, 7);
  EXPECT_EQ(hub.request_count(), asked);
}

TEST_F(Proofreading, AHandDroppedModelIsUsed) {
  write_file(home / "Models/dropped.gguf", read_file(home / "made.gguf"));
  const auto run = correct({"-hf", "user/real-GGUF:int8", "--directory-model-path",
                            (home / "Models").string(), "-ngl", "0"});
  EXPECT_EQ(run.status, 0) << run.errors;
  EXPECT_EQ(run.output, "Total: $100.00\n");
  EXPECT_NE(run.errors.find("dropped.gguf, the only model in its folder"), std::string::npos)
      << run.errors;
  EXPECT_EQ(hub.request_count(), 0U);
}

TEST_F(Proofreading, ADamagedModelIsRefused) {
  ASSERT_EQ(emend({"pull", "user/real-GGUF"}).status, 0);
  const std::string path = emend({"path", "user/real-GGUF"}).output;
  const fs::path file = fs::canonical(path.substr(0, path.size() - 1));
  std::string bytes = read_file(file);
  bytes[bytes.size() / 2] ^= 1;
  write_file(file, bytes);
  const auto run = correct({"-hf", "user/real-GGUF"});
  EXPECT_EQ(run.status, 5);
  EXPECT_NE(run.errors.find("is damaged"), std::string::npos) << run.errors;
}

TEST_F(ModelsCommand, WrongUseAndWhatIsNotThere) {
  EXPECT_EQ(emend({}).status, 2);
  EXPECT_EQ(emend({"pull"}).status, 2);
  EXPECT_EQ(emend({"pull", "qwen"}).status, 2);
  const auto absent = emend({"pull", "user/tiny-GGUF:Q4_K_S", "user/tiny-GGUF:Q8_0"});
  EXPECT_EQ(absent.status, 4);
  EXPECT_NE(absent.errors.find("tiny-q4_k_m.gguf"), std::string::npos) << absent.errors;
  EXPECT_NE(absent.output.find("user/tiny-GGUF:Q8_0"), std::string::npos);
  const auto by_hand = emend({"rm", (home / "x.gguf").string()});
  EXPECT_EQ(by_hand.status, 2);
}

}  // namespace
}  // namespace emend
