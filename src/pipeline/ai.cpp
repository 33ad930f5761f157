// SPDX-License-Identifier: Apache-2.0
#include "emend/ai.h"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "correct/text_corrector.h"
#include "pipeline/configured_model.h"
#include "pipeline/proofreader.h"

namespace emend {

namespace {

std::vector<std::string> languages_of(const Document& document) {
  std::vector<std::string> languages;
  const std::string& all = document.provenance.languages;  // "eng+deu"
  for (std::size_t start = 0; start < all.size();) {
    const std::size_t end = std::min(all.find('+', start), all.size());
    languages.push_back(all.substr(start, end - start));
    start = end + 1;
  }
  if (languages.empty()) languages.emplace_back("eng");
  return languages;
}

// The prompt of the settings.
Result<std::string> check(const PostProcessorSettings& settings, const std::string& name) {
  std::string prompt;
  for (const auto& [key, value] : settings) {
    if (key == "prompt") {
      prompt = value;
      continue;
    }
    return fail(ErrorCode::invalid_argument,
                "the post-processor \"" + name + "\" sets \"" + key + "\", which is not known",
                "The one key is \"prompt\".");
  }
  return prompt;
}

CorrectedText corrected(const Document& recognised, Proofreader& proofreader,
                        const std::stop_token& stop) {
  CorrectedText result;
  result.notices = recognised.notices;
  proofreader.begin_document();
  for (const Page& raw : recognised.pages) {
    Page page = proofreader.correct(raw, stop);
    if (&raw != &recognised.pages.front()) result.text += '\f';
    result.text += text(page);
    std::move(page.edits.begin(), page.edits.end(), std::back_inserter(result.edits));
    std::move(page.notices.begin(), page.notices.end(), std::back_inserter(result.notices));
  }
  return result;
}

}  // namespace

class AI::Session {
 public:
  Session(AIModelConfig config, CorrectOptions options)
      : config_(std::move(config)), options_(std::move(options)) {}

  void set_post_processor(std::string name, std::function<PostProcessorSettings()> settings) {
    const std::lock_guard lock(state_mutex_);
    name_ = std::move(name);
    settings_ = std::move(settings);
  }

  [[nodiscard]] Result<CorrectedText> run(const Document& document, const std::stop_token& stop) {
    return work(languages_of(document), stop,
                [&](const std::stop_token& cancelled) -> Result<CorrectedText> {
                  auto result = corrected(document, *proofreader_, cancelled);
                  if (cancelled.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
                  return result;
                });
  }

  [[nodiscard]] Result<CorrectedText> run(std::string_view text, const std::stop_token& stop) {
    return work({"eng"}, stop, [&](const std::stop_token& cancelled) {
      return proofread(text, asked_, proofreader_->sources(), cancelled);
    });
  }

  FreeReport free(bool force) {
    if (force) stop_work();
    const std::lock_guard lock(work_mutex_);
    if (force) allow_work();
    if (!proofreader_) return {};
    FreeReport report = proofreader_->free_model();
    proofreader_.reset();
    return report;
  }

 private:
  // The prompt; that of a post-processor is before that of the options. Asks the caller's function
  // with no lock held, so that it may call this object.
  [[nodiscard]] Result<std::string> check_settings() {
    std::function<PostProcessorSettings()> settings;
    std::string name;
    {
      const std::lock_guard lock(state_mutex_);
      settings = settings_;
      name = name_;
    }
    if (!settings) return options_.prompt;
    auto prompt = check(settings(), name);
    return prompt && prompt->empty() ? options_.prompt : prompt;
  }

  // Does `correct` with everything loaded, one text at a time.
  template <typename Correct>
  [[nodiscard]] Result<CorrectedText> work(const std::vector<std::string>& languages,
                                           const std::stop_token& stop, Correct correct) {
    auto prompt = check_settings();
    if (!prompt) return tl::unexpected(std::move(prompt.error()));
    const std::lock_guard lock(work_mutex_);
    asked_ = options_;
    asked_.prompt = std::move(*prompt);
    std::stop_source cancel = cancel_of_next_text();
    auto result = [&]() -> Result<CorrectedText> {
      const std::stop_callback pass_on(stop, [&cancel] { cancel.request_stop(); });
      if (auto ready = prepare(languages, cancel.get_token()); !ready) {
        return tl::unexpected(std::move(ready.error()));
      }
      proofreader_->set_prompt(asked_.prompt);
      return correct(cancel.get_token());
    }();
    if (cancel.stop_requested()) proofreader_.reset();
    return result;
  }

  // Loads what is not loaded yet for these languages. A model that was loaded before there was a
  // prompt has too small a context for one.
  [[nodiscard]] Result<void> prepare(const std::vector<std::string>& languages,
                                     const std::stop_token& stop) {
    const bool has_room = is_for_prompts_ || asked_.prompt.empty();
    if (proofreader_ && languages == languages_ && has_room) return {};
    proofreader_.reset();
    auto model = configured_model(config_, stop);
    if (!model) return tl::unexpected(std::move(model.error()));
    auto proofreader = Proofreader::create(asked_, *model, languages, stop);
    if (!proofreader) return tl::unexpected(std::move(proofreader.error()));
    proofreader_ = std::move(*proofreader);
    languages_ = languages;
    is_for_prompts_ = !asked_.prompt.empty();
    return {};
  }

  // Stops the text that is worked on, and those that come until `allow_work`: a forced freeing that
  // waits for the model must not meet another text that hangs.
  void stop_work() {
    const std::lock_guard lock(state_mutex_);
    ++forced_freeings_;
    cancel_.request_stop();
  }
  void allow_work() {
    const std::lock_guard lock(state_mutex_);
    --forced_freeings_;
  }
  [[nodiscard]] std::stop_source cancel_of_next_text() {
    const std::lock_guard lock(state_mutex_);
    if (cancel_.stop_requested() && forced_freeings_ == 0) cancel_ = std::stop_source();
    return cancel_;
  }

  const AIModelConfig config_;
  const CorrectOptions options_;

  std::mutex state_mutex_;  // of the next four; never held while anything is done
  std::string name_;
  std::function<PostProcessorSettings()> settings_;
  std::stop_source cancel_;  // stops the text that is worked on, and its model; used up by a stop
  int forced_freeings_ = 0;  // that wait for the text that is worked on

  std::mutex work_mutex_;  // held while a text is worked on
  CorrectOptions asked_;   // options_ with the prompt for this text
  std::optional<Proofreader> proofreader_;
  std::vector<std::string> languages_;  // those of proofreader_
  bool is_for_prompts_ = false;         // whether there was one when proofreader_ was made
};

AI::AI(AIModelConfig config, CorrectOptions options)
    : session_(std::make_unique<Session>(std::move(config), std::move(options))) {}
AI::AI(AI&&) noexcept = default;
AI& AI::operator=(AI&&) noexcept = default;
AI::~AI() = default;

void AI::set_post_processor(std::string name, std::function<PostProcessorSettings()> settings) {
  session_->set_post_processor(std::move(name), std::move(settings));
}

Result<CorrectedText> AI::run_postprocessor(const RecognizedText& recognized,
                                            const std::stop_token& stop) {
  return session_->run(recognized.document, stop);
}

Result<CorrectedText> AI::run_postprocessor(std::string_view text, const std::stop_token& stop) {
  return session_->run(text, stop);
}

FreeReport AI::free_resources(bool force) noexcept {
  return session_ ? session_->free(force) : FreeReport{};
}

}  // namespace emend
