// SPDX-License-Identifier: Apache-2.0
// What tests of the store share: a hub, an empty home, a clock that does not wait.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fakes/test_hub.h"
#include "models/store.h"

namespace emend {

// Sleeping only moves the hands.
class FakeClock final : public Clock {
 public:
  [[nodiscard]] Time now() override { return now_; }
  void sleep(Duration duration, const std::stop_token&) override {
    now_ += duration;
    slept.push_back(duration);
  }
  void advance(Duration duration) { now_ += duration; }

  std::vector<Duration> slept;

 private:
  Time now_ = Time() + std::chrono::hours(1);
};

class RecordingObserver final : public StoreObserver {
 public:
  void on_licence(const Licence& licence) override { licences.push_back(licence); }
  void on_transfer(const Transfer& transfer) override { transfers.push_back(transfer); }
  void on_remark(const std::string& remark) override { remarks.push_back(remark); }

  [[nodiscard]] bool saw(Transfer::Step step) const {
    return std::any_of(transfers.begin(), transfers.end(),
                       [step](const Transfer& transfer) { return transfer.step == step; });
  }

  std::vector<Licence> licences;
  std::vector<Transfer> transfers;
  std::vector<std::string> remarks;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// A folder of its own for each test, as home of everything; nothing of the machine's environment.
class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    std::string form = (std::filesystem::temp_directory_path() / "emend_store_XXXXXX").string();
    home = ::mkdtemp(form.data());
    for (const char* name : {"HF_HOME",
                             "HF_HUB_CACHE",
                             "HUGGINGFACE_HUB_CACHE",
                             "HF_TOKEN",
                             "HUGGING_FACE_HUB_TOKEN",
                             "HF_TOKEN_PATH",
                             "HF_ENDPOINT",
                             "HF_HUB_OFFLINE",
                             "HF_HUB_DOWNLOAD_TIMEOUT",
                             "HF_HUB_DISABLE_IMPLICIT_TOKEN",
                             "LLAMA_CACHE",
                             "XDG_CACHE_HOME",
                             "CURL_CA_BUNDLE",
                             "REQUESTS_CA_BUNDLE",
                             "SSL_CERT_FILE",
                             "http_proxy",
                             "https_proxy",
                             "HTTPS_PROXY",
                             "all_proxy",
                             "ALL_PROXY",
                             "no_proxy",
                             "NO_PROXY"}) {
      ::unsetenv(name);
    }
    ::setenv("HOME", home.c_str(), 1);
    settings.endpoint = hub.endpoint();
    settings.cache = home / "hub";
    settings.stall_timeout = std::chrono::seconds(1);
  }
  ~StoreTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(home, ignored);
  }

  // A repository with one model in the usual quantizations.
  TestHub::Repository& fill(const std::string& name) {
    auto& repository = hub.repository(name);
    repository.files = {{"README.md", "words"},
                        {"config.json", "{}"},
                        {"tiny-q4_k_m.gguf", TestHub::gguf(3000, 4)},
                        {"tiny-q8_0.gguf", TestHub::gguf(5000, 8)},
                        {"tiny-fp16-00001-of-00002.gguf", TestHub::gguf(4000, 16)},
                        {"tiny-fp16-00002-of-00002.gguf", TestHub::gguf(2500, 17)}};
    return repository;
  }

  Result<StoredModel> resolve(const std::string& model, const std::stop_token& stop = {}) {
    return Store(settings, clock, observer).resolve(model, stop);
  }
  Result<StoredModel> pull(const std::string& model, const std::stop_token& stop = {}) {
    return Store(settings, clock, observer).pull(model, stop);
  }

  TestHub hub;
  std::filesystem::path home;
  StoreSettings settings;
  FakeClock clock;
  RecordingObserver observer;
};

// The message and the hint of a failure, for EXPECT_THAT-like checks with find().
template <typename T>
std::string words_of(const Result<T>& result) {
  return result ? std::string("no failure") : result.error().message + "\n" + result.error().hint;
}

#define EXPECT_SAYS(result, text) \
  EXPECT_NE(words_of(result).find(text), std::string::npos) << words_of(result)

}  // namespace emend
