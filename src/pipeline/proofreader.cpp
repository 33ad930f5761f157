// SPDX-License-Identifier: Apache-2.0
#include "pipeline/proofreader.h"

#include <filesystem>
#include <utility>

#include "core/digest.h"
#include "core/joined.h"
#include "core/replayed.h"
#include "correct/lexicon.h"
#include "correct/ngram_model.h"
#include "emend/models.h"
#include "pipeline/own_language.h"
#include "process/locations.h"

namespace emend {

namespace {

constexpr std::string_view kEmbedded = "embedded";
constexpr std::string_view kNone = "none";
constexpr std::string_view kReplay = "replay:";  // and a JSONL file, for emend eval

// Tokens that hold the prompt and a part of a page twice: as what is asked about and as the answer.
constexpr int kContextForPrompt = 4096;

Result<std::filesystem::path> file_of(const ModelOptions& model, const std::stop_token& stop) {
  if (model.model.starts_with(kReplay)) return model.model.substr(kReplay.size());
  StoreObserver nobody;
  StoreObserver& observer = model.observer != nullptr ? *model.observer : nobody;
  const auto stored = resolve_model(model.model, model.store, observer, stop);
  if (!stored) return tl::unexpected(stored.error());
  return stored->files.front().path;
}

}  // namespace

Proofreader::Proofreader() = default;
Proofreader::Proofreader(Proofreader&&) noexcept = default;
Proofreader& Proofreader::operator=(Proofreader&&) noexcept = default;
Proofreader::~Proofreader() = default;

Result<Proofreader> Proofreader::create(const CorrectOptions& correct, const ModelOptions& model,
                                        const std::vector<std::string>& languages,
                                        const std::stop_token& stop) {
  Proofreader proofreader;
  if (model.model == kNone) return proofreader;
  if (model.model != kEmbedded) {
    const auto file = file_of(model, stop);
    if (!file) return tl::unexpected(file.error());
    ModelOptions asked = model;
    const bool has_prompt = !correct.prompt.empty();
    if (has_prompt && asked.context == 0) asked.context = kContextForPrompt;
    const auto use = has_prompt ? HostedModel::Use::rewriting : HostedModel::Use::ranking;
    auto hosted = HostedModel::open(*file, asked, stop, use);
    if (!hosted) return tl::unexpected(std::move(hosted.error()));
    proofreader.hosted_ = std::move(*hosted);
    // A model that cannot serve is one clear error now and not a notice for each page later.
    if (auto loaded = proofreader.hosted_->load(); !loaded) {
      return tl::unexpected(std::move(loaded.error()));
    }
    proofreader.look_where_it_runs();
  }
  if (auto opened = proofreader.open_embedded(model, stop); !opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  proofreader.languages_ = joined(languages, "+");
  auto lexicon = Lexicon::open(languages);
  if (!lexicon) return tl::unexpected(std::move(lexicon.error()));
  proofreader.lexicon_ = std::make_unique<Lexicon>(std::move(*lexicon));
  auto own = open_own_language(correct, *proofreader.embedded_);
  if (!own) return tl::unexpected(std::move(own.error()));
  proofreader.own_ = std::make_unique<OwnLanguage>(std::move(*own));

  auto corrector = Corrector::create(correct, proofreader.sources());
  if (!corrector) return tl::unexpected(std::move(corrector.error()));
  proofreader.corrector_ = std::move(*corrector);
  return proofreader;
}

// Only the files are looked at: the process of the GGUF is started by the first close call.
Result<void> Proofreader::open_embedded(const ModelOptions& model, const std::stop_token& stop) {
  auto file = find_data("models/embedded.ngram");
  if (!file) return tl::unexpected(std::move(file.error()));
  auto embedded = NgramModel::open(*file);
  if (!embedded) return tl::unexpected(std::move(embedded.error()));
  embedded_ = std::move(*embedded);
  if (hosted_) return {};
  auto card = find_embedded_card();
  if (!card) return tl::unexpected(std::move(card.error()));
  if (*card) second_ = std::make_unique<EmbeddedGguf>(std::move(**card), model, stop);
  return {};
}

Page Proofreader::correct(const Page& recognised, const std::stop_token& stop) {
  if (!corrector_ || !is_legible(recognised)) return recognised;
  // What a PDF says of itself is no recogniser's guess: there is nothing to correct by.
  if (recognised.text_source == TextSource::pdf) return recognised;
  // Words of a language without a word list would be taken for misread ones of another.
  if (!recognised.languages.empty() && !lexicon_->knows(recognised.languages)) return recognised;
  Page corrected = corrector_->correct(recognised, stop);
  look_where_it_runs();
  return corrected;
}

void Proofreader::begin_document() {
  if (corrector_) corrector_->reset();
  if (second_) second_->try_again();
}

void Proofreader::set_prompt(std::string prompt) {
  if (corrector_) corrector_->set_prompt(std::move(prompt));
}

CorrectionSources Proofreader::sources() const {
  CorrectionSources sources;
  sources.lexicon = lexicon_.get();
  sources.fast = embedded_.get();
  // What plays back another system's text proposes and does not score.
  const bool scores = placed_ && placed_->architecture != kReplayArchitecture;
  sources.slow = scores ? hosted_.get() : nullptr;
  sources.rewriter = follows_prompts() ? hosted_.get() : nullptr;
  sources.languages = languages_;
  if (own_) {
    sources.own = own_->words ? &*own_->words : nullptr;
    sources.domain = own_->domain.get();
  }
  if (second_) {
    sources.slow = second_.get();
    sources.slow_weight = second_->weight();
    sources.slow_is_extra = true;
  }
  return sources;
}

FreeReport Proofreader::free_model() {
  if (second_) return second_->free();
  return hosted_ ? hosted_->free() : FreeReport{};
}

// A host can step down in mid-run, and an idle one is gone by the time that somebody asks.
void Proofreader::look_where_it_runs() {
  if (second_) {
    // It always runs on the CPU, and only if there was a close call: worth a word when it does not
    // run as it should.
    if (auto placed = second_->placement(); placed && placed->fallback > 0) placed_ = placed;
  }
  if (!hosted_) return;
  if (auto placed = hosted_->placement()) placed_ = std::move(placed);
}

std::string Proofreader::placement() const {
  if (!placed_) return {};
  std::string text = "CPU";
  if (placed_->gpu_layers > 0) {
    std::string devices;
    for (const DeviceUse& gpu : placed_->gpus) {
      devices += (devices.empty() ? "" : " and ") + gpu.name;
    }
    text = std::to_string(placed_->gpu_layers) + " of " + std::to_string(placed_->layers) +
           " layers on " + devices;
  }
  // Other batches make other roundings, so this too decides the bytes of a result.
  if (placed_->fallback > 0) text += ", in batches of " + std::to_string(placed_->batch);
  return text;
}

std::optional<Notice> Proofreader::shortage() const {
  if (!placed_ || placed_->fallback == 0) return std::nullopt;
  return Notice{NoticeCode::resource_limited, 0,
                "the model did not run as asked for, since memory did not suffice or its process "
                "died; placement: " +
                    placement() + ", with a context of " + std::to_string(placed_->context) +
                    " tokens"};
}

std::string Proofreader::model_name() const {
  if (hosted_) return hosted_->name();
  return std::string(embedded_ ? kEmbedded : kNone);
}

OwnDigests Proofreader::own_digests() const {
  return own_ ? own_->digests : OwnDigests{};
}

double Proofreader::model_seconds() const {
  if (second_) return second_->seconds();
  return hosted_ ? hosted_->seconds() : 0;
}

std::string Proofreader::model_hash() const {
  if (hosted_) return hosted_->hash();
  if (second_) {
    const std::string weight = std::to_string(second_->weight());
    return to_hex(sha256(embedded_->hash() + "\n" + second_->hash() + "\n" + weight));
  }
  return embedded_ ? embedded_->hash() : std::string();
}

}  // namespace emend
