// SPDX-License-Identifier: Apache-2.0
// OcrEngine and AI over scripted page workers and a scripted model host.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <thread>

#include "emend/ai.h"
#include "emend/ocr_engine.h"
#include "pipeline/configured_model.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

class ShortForm : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("EMEND_LIBEXEC_DIR", EMEND_FAKE_LIBEXEC, 1);
    folder_ = fs::path(::testing::TempDir()) / ("short_" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "models");
  }
  void TearDown() override {
    ::unsetenv("EMEND_LIBEXEC_DIR");
    ::unsetenv("EMEND_FAKE_HOST");
    fs::remove_all(folder_);
  }

  std::string write(const std::string& name, const std::string& content) {
    const fs::path path = folder_ / name;
    std::ofstream(path) << content;
    return path.string();
  }

  [[nodiscard]] AIModelConfig with_folder() const {
    AIModelConfig config;
    config.directory_model_path = (folder_ / "models").string();
    return config;
  }

  fs::path folder_;
};

TEST_F(ShortForm, AnImageIsRead) {
  OcrEngine engine;
  ASSERT_TRUE(engine.load_image(write("page", R"({"pages": 1})")));
  const auto recognized = engine.recognize();
  ASSERT_TRUE(recognized) << recognized.error().message;
  EXPECT_EQ(recognized->text, "page 1\n");
  EXPECT_EQ(recognized->document.provenance.model, "none");
}

TEST_F(ShortForm, PagesOfADocumentAreJoinedAndMissingOnesNoticed) {
  OcrEngine engine;
  ASSERT_TRUE(engine.load_document(write("pages", R"({"pages": 3, "2": "crash"})")));
  const auto recognized = engine.recognize();
  ASSERT_TRUE(recognized) << recognized.error().message;
  EXPECT_EQ(recognized->text, "page 1\n\fpage 3\n");
  EXPECT_EQ(recognized->document.notices.size(), 1U);
}

TEST_F(ShortForm, WithoutAFileThereIsNothingToRecognise) {
  OcrEngine engine;
  EXPECT_EQ(engine.recognize().error().code, ErrorCode::invalid_argument);
  ASSERT_TRUE(engine.load_image(write("page", R"({"pages": 1})")));
  EXPECT_EQ(engine.load_image((folder_ / "nowhere").string()).error().code, ErrorCode::not_found);
  EXPECT_EQ(engine.recognize().error().code, ErrorCode::invalid_argument)
      << "the file before is not read in its place";
}

TEST_F(ShortForm, ADocumentOfWhichNoPageCanBeReadIsAnError) {
  OcrEngine engine;
  ASSERT_TRUE(engine.load_document(write("a", R"({"pages": 2, "1": "crash", "2": "exit"})")));
  EXPECT_EQ(engine.recognize().error().code, ErrorCode::engine_failed);
  ASSERT_TRUE(engine.load_document(write("b", "no script")));
  EXPECT_EQ(engine.recognize().error().code, ErrorCode::unreadable_input);
}

TEST_F(ShortForm, TextOfTheTutorialIsRepairedByTheEmbeddedModel) {
  AI ai;
  ai.set_post_processor("llm_correction", [] {
    return PostProcessorSettings{{"prompt", "Keep numbers intact"}};
  });
  const auto corrected =
      ai.run_postprocessor("Invoic # 12345 \n Total: $1O0.00\n Date: 2023-07-15");
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->text, "Invoice # 12345\nTotal: $100.00\nDate: 2023-07-15");
  EXPECT_FALSE(ai.free_resources().was_loaded);
}

TEST_F(ShortForm, PagesKeepTheirOrderAndTheirNotices) {
  OcrEngine engine;
  ASSERT_TRUE(engine.load_document(write("a", R"({"pages": 4, "2": "crash", "3": "blank"})")));
  const auto recognized = engine.recognize();
  ASSERT_TRUE(recognized);
  AI ai;
  const auto corrected = ai.run_postprocessor(*recognized);
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->text, "page 1\n\f\fpage 4\n");
  const auto noticed = [&](NoticeCode code) {
    return std::any_of(corrected->notices.begin(), corrected->notices.end(),
                       [&](const Notice& notice) { return notice.code == code; });
  };
  EXPECT_TRUE(noticed(NoticeCode::page_failed));
  EXPECT_TRUE(noticed(NoticeCode::page_blank));
}

TEST_F(ShortForm, SettingsOtherThanAPromptAreRefused) {
  AI ai;
  ai.set_post_processor("odd", [] { return PostProcessorSettings{{"temperature", "9"}}; });
  const auto corrected = ai.run_postprocessor("text");
  ASSERT_FALSE(corrected);
  EXPECT_EQ(corrected.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(corrected.error().message.find("temperature"), std::string::npos);
}

TEST_F(ShortForm, TheLastPostProcessorCountsAndIsAskedForEachText) {
  AI ai;
  int first = 0;
  int second = 0;
  ai.set_post_processor("first", [&] { return ++first, PostProcessorSettings{}; });
  ai.set_post_processor("second", [&] { return ++second, PostProcessorSettings{}; });
  EXPECT_TRUE(ai.run_postprocessor("one"));
  EXPECT_TRUE(ai.run_postprocessor("two"));
  EXPECT_EQ(first, 0);
  EXPECT_EQ(second, 2);
}

TEST_F(ShortForm, FreeingIsIdempotentAndTheNextTextLoadsAgain) {
  AI ai;
  EXPECT_FALSE(ai.free_resources().was_loaded);
  EXPECT_TRUE(ai.run_postprocessor("Dear Sir"));
  ai.free_resources();
  ai.free_resources();
  EXPECT_TRUE(ai.run_postprocessor("Dear Sir"));
}

TEST_F(ShortForm, FreeingAModelEndsItsProcessAndReportsItsMemory) {
  write("models/fake.gguf", "GGUF and nothing more");
  AI ai(with_folder());
  const auto corrected = ai.run_postprocessor("Dear Sir");
  ASSERT_TRUE(corrected) << corrected.error().message;
  const FreeReport freed = ai.free_resources();
  EXPECT_TRUE(freed.was_loaded);
  EXPECT_GT(freed.host_bytes_before, 0);
  EXPECT_EQ(freed.host_bytes_after, 0);
  EXPECT_FALSE(ai.free_resources().was_loaded);
}

TEST_F(ShortForm, FreeingFromAnotherThreadAndWorkGoTogether) {
  write("models/fake.gguf", "GGUF and nothing more");
  AI ai(with_folder());
  std::atomic<bool> done = false;
  std::jthread freeing([&] {
    while (!done) ai.free_resources();
  });
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(ai.run_postprocessor("Invoic of May"));
  done = true;
}

TEST_F(ShortForm, AForcedFreeingCancelsTheTextThatIsWorkedOn) {
  write("models/fake.gguf", "GGUF and nothing more");
  ::setenv("EMEND_FAKE_HOST", "hang_on_load", 1);
  AI ai(with_folder());
  std::atomic<bool> done = false;
  std::jthread freeing([&] {
    while (!done) ai.free_resources(true);
  });
  EXPECT_EQ(ai.run_postprocessor("Dear Sir").error().code, ErrorCode::cancelled);
  done = true;
  freeing.join();
  ::unsetenv("EMEND_FAKE_HOST");
  EXPECT_TRUE(ai.run_postprocessor("Dear Sir"));
}

// A model host that waits for the test, so that two threads meet in it in either order.
class FreedByAnotherThread : public ShortForm {
 protected:
  void SetUp() override {
    ShortForm::SetUp();
    write("models/fake.gguf", "GGUF and nothing more");
    gate_ = folder_ / "gate";
    ::setenv("EMEND_FAKE_HOST_GATE", gate_.c_str(), 1);
    OcrEngine engine;
    ASSERT_TRUE(engine.load_image(write("page", R"({"pages": 1, "every": "misread"})")));
    auto recognized = engine.recognize();
    ASSERT_TRUE(recognized) << recognized.error().message;
    page_ = std::move(*recognized);
  }
  void TearDown() override {
    ::unsetenv("EMEND_FAKE_HOST_GATE");
    ShortForm::TearDown();
  }

  [[nodiscard]] auto corrected(AI& ai) const {
    return std::async(std::launch::async, [&] { return ai.run_postprocessor(page_); });
  }
  [[nodiscard]] static auto freed(AI& ai, bool force = false) {
    return std::async(std::launch::async, [&ai, force] { return ai.free_resources(force); });
  }
  void wait_until_reached() const {
    const fs::path reached = gate_.string() + ".reached";
    while (!fs::exists(reached)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  void open_gate() const { std::ofstream(gate_.string()) << "open"; }

  template <typename T>
  static bool is_pending(const std::future<T>& result) {
    return result.wait_for(std::chrono::milliseconds(100)) == std::future_status::timeout;
  }
  static void expect_well(const Result<CorrectedText>& corrected) {
    ASSERT_TRUE(corrected) << corrected.error().message;
    EXPECT_TRUE(corrected->notices.empty()) << corrected->notices.front().message;
  }

  fs::path gate_;
  RecognizedText page_;
};

TEST_F(FreedByAnotherThread, AModelIsFreedWhenTheRequestThatRunsHasEnded) {
  ::setenv("EMEND_FAKE_HOST", "wait_on_score", 1);
  AI ai(with_folder());
  auto text = corrected(ai);
  wait_until_reached();
  auto report = freed(ai);
  EXPECT_TRUE(is_pending(report));
  EXPECT_TRUE(is_pending(text));
  open_gate();
  expect_well(text.get());
  const FreeReport done = report.get();
  EXPECT_TRUE(done.was_loaded);
  EXPECT_TRUE(done.host_ended);
  EXPECT_FALSE(ai.free_resources().was_loaded);
}

TEST_F(FreedByAnotherThread, AForcedFreeingCancelsTheRequestThatRuns) {
  ::setenv("EMEND_FAKE_HOST", "wait_on_score", 1);
  AI ai(with_folder());
  auto text = corrected(ai);
  wait_until_reached();
  auto report = freed(ai, true);
  EXPECT_EQ(text.get().error().code, ErrorCode::cancelled);
  report.get();
  EXPECT_FALSE(ai.free_resources().was_loaded);
  open_gate();
  expect_well(corrected(ai).get());
}

TEST_F(FreedByAnotherThread, ARequestThatComesMeanwhileLoadsTheModelAgain) {
  ::setenv("EMEND_FAKE_HOST", "wait_at_end", 1);
  AI ai(with_folder());
  expect_well(corrected(ai).get());
  auto report = freed(ai);
  wait_until_reached();
  auto text = corrected(ai);
  EXPECT_TRUE(is_pending(text));
  open_gate();
  EXPECT_TRUE(report.get().host_ended);
  expect_well(text.get());
  EXPECT_TRUE(ai.free_resources().was_loaded) << "it was loaded again";
}

TEST_F(ShortForm, AModelThatCannotBeLoadedIsAnError) {
  write("models/letter.gguf", "Dear customer");
  AI ai(with_folder());
  const auto corrected = ai.run_postprocessor("text");
  ASSERT_FALSE(corrected);
  EXPECT_EQ(corrected.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(corrected.error().message.find("letter.gguf"), std::string::npos);
}

TEST_F(ShortForm, AStoppedTextIsCancelledAndTheNextOneIsNot) {
  AI ai;
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(ai.run_postprocessor("text", source.get_token()).error().code, ErrorCode::cancelled);
  EXPECT_TRUE(ai.run_postprocessor("text"));
}

using ConfiguredModel = ShortForm;

TEST_F(ConfiguredModel, WithNothingSetItIsTheEmbeddedOne) {
  const auto model = configured_model({}, {});
  ASSERT_TRUE(model);
  EXPECT_EQ(model->model, "embedded");
}

TEST_F(ConfiguredModel, AFileInTheFolderIsUsedWithoutDownload) {
  AIModelConfig config = with_folder();
  const std::string file = write("models/whatever it is called.gguf", "GGUF");
  write("models/readme.txt", "");
  EXPECT_EQ(configured_model(config, {})->model, file);
  config.allow_auto_download = "true";
  config.hugging_face_repo_id = "Qwen/Qwen2.5-3B-Instruct-GGUF";
  config.hugging_face_quantization = "int8";
  config.gpu_layers = 20;
  const auto model = configured_model(config, {});
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->model, file);
  EXPECT_EQ(model->gpu_layers, 20);
}

TEST_F(ConfiguredModel, TheQuantizationChoosesAmongSeveralFiles) {
  AIModelConfig config = with_folder();
  config.hugging_face_repo_id = "Qwen/Qwen2.5-3B-Instruct-GGUF";
  const std::string large = write("models/qwen2.5-3b-instruct-q8_0.gguf", "GGUF");
  const std::string small = write("models/qwen2.5-3b-instruct-q4_k_m.gguf", "GGUF");
  config.hugging_face_quantization = "int8";
  EXPECT_EQ(configured_model(config, {})->model, large);
  config.hugging_face_quantization = "Q4_K_M";
  EXPECT_EQ(configured_model(config, {})->model, small);
}

TEST_F(ConfiguredModel, WithoutAFileTheErrorSaysWhereToPutOne) {
  AIModelConfig config = with_folder();
  EXPECT_EQ(configured_model(config, {}).error().code, ErrorCode::not_found);
  config.hugging_face_repo_id = "owner/name";
  const auto model = configured_model(config, {});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::missing_dependency);
  EXPECT_NE(model.error().message.find("owner/name"), std::string::npos);
  EXPECT_NE(model.error().hint.find(config.directory_model_path), std::string::npos)
      << model.error().hint;
}

TEST_F(ConfiguredModel, AllowAutoDownloadIsABoolOrItsName) {
  AIModelConfig config;
  for (const char* good : {"true", "false", "True", "FALSE"}) {
    config.allow_auto_download = good;
    EXPECT_TRUE(configured_model(config, {})) << good;
  }
  config.allow_auto_download = "perhaps";
  EXPECT_EQ(configured_model(config, {}).error().code, ErrorCode::invalid_argument);
  config.allow_auto_download = true;
  config.gpu_layers = -3;
  EXPECT_EQ(configured_model(config, {}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace emend
