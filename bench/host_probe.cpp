// SPDX-License-Identifier: Apache-2.0
// host_probe MODEL GPU_LAYERS [THREADS]: uses the model host as emend does and does what each line
// of standard input says, one line of JSON for each. Between two lines it stands still, so that
// memory can be measured from outside.
//
//   load      loads the model
//   score N   has N places of a text scored
//   embedded  proofreads a few lines with the embedded model, in this process
//   correct   the same with the model, which the public interface loads by itself
//   free      gives everything back
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emend/ai.h"
#include "emend/options.h"
#include "pipeline/hosted_model.h"

namespace {

using namespace emend;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr const char* kPage =
    "Invoic # 12345\nTotal: $1O0.00\nDate: 2023-07-15\nThe tota1 arnount is due on receipl of this "
    "invoice,\nplease pay wihtin thirty days to the account stated betow.\n";

constexpr std::string_view kWords[] = {
    "invoice", "number", "total", "amount",  "due",     "payment", "date",    "please",
    "account", "within", "days",  "receipt", "thank",   "you",     "for",     "your",
    "order",   "of",     "the",   "items",   "listed",  "below",   "and",     "delivery",
    "address", "street", "bank",  "city",    "service", "monthly", "support", "licence"};

// As the corrector asks: 160 bytes before, some readings, 32 bytes after. A page asks about places
// that follow each other, so their contexts differ and overlap.
std::vector<ScoreRequest> places(int count) {
  constexpr std::size_t kBefore = 160;
  constexpr std::size_t kAfter = 32;
  std::uint32_t state = 7;
  const auto word = [&state]() -> std::string_view {
    state = state * 1664525U + 1013904223U;
    return kWords[(state >> 16U) % std::size(kWords)];
  };
  std::string text;
  while (text.size() < kBefore) text.append(word()).append(" ");
  std::vector<ScoreRequest> requests;
  for (int i = 0; i < count; ++i) {
    const std::string chosen(word());
    ScoreRequest request;
    request.before = text.substr(text.size() - kBefore);
    request.candidates = {chosen, chosen + "s", "l" + chosen.substr(1), chosen.substr(1),
                          chosen.substr(0, 2) + "rn" + chosen.substr(2)};
    while (request.after.size() < kAfter) request.after.append(" ").append(word());
    request.after.resize(kAfter);
    requests.push_back(std::move(request));
    text.append(chosen).append(" ").append(word()).append(" ").append(word()).append(" ");
  }
  return requests;
}

json described(const std::optional<LoadedModel>& model) {
  if (!model) return nullptr;
  json gpus = json::array();
  for (const DeviceUse& use : model->gpus) {
    gpus.push_back({{"name", use.name}, {"description", use.description}, {"bytes", use.bytes}});
  }
  return {{"layers", model->layers}, {"gpu_layers", model->gpu_layers}, {"context", model->context},
          {"batch", model->batch},   {"fallback", model->fallback},     {"gpus", gpus}};
}

json described(const FreeReport& report) {
  json devices = json::array();
  for (const FreedDevice& device : report.devices) {
    devices.push_back({{"name", device.name},
                       {"held_bytes", device.held_bytes},
                       {"free_before_mib", device.free_before_mib},
                       {"free_loaded_mib", device.free_loaded_mib},
                       {"free_after_mib", device.free_after_mib}});
  }
  return {{"was_loaded", report.was_loaded},
          {"host_ended", report.host_ended},
          {"host_bytes_before", report.host_bytes_before},
          {"host_bytes_after", report.host_bytes_after},
          {"devices", devices}};
}

json failure(const Error& error) {
  return {{"error", error.message}};
}

class Probe {
 public:
  Probe(std::unique_ptr<HostedModel> model, AIModelConfig config)
      : model_(std::move(model)), ai_(std::move(config)) {}

  json answer(const std::string& line) {
    std::istringstream words(line);
    std::string what;
    int count = 1;
    words >> what >> count;
    const auto start = Clock::now();
    json answer = perform(what, count);
    answer["seconds"] = std::chrono::duration<double>(Clock::now() - start).count();
    return answer;
  }

 private:
  json perform(const std::string& what, int count) {
    if (what == "load") {
      auto loaded = model_->load();
      if (!loaded) return failure(loaded.error());
      return {{"host", model_->host_process()}, {"placement", described(model_->placement())}};
    }
    if (what == "score") {
      const std::int64_t before = model_->tokens_computed();
      const auto scores = model_->score(places(count));
      if (!scores) return failure(scores.error());
      return {{"tokens", model_->tokens_computed() - before},
              {"placement", described(model_->placement())}};
    }
    if (what == "embedded") {
      AI embedded;
      return proofread_by(embedded);
    }
    if (what == "correct") return proofread_by(ai_);
    if (what == "free") {
      const FreeReport by_model = model_->free();
      const FreeReport by_ai = ai_.free_resources();
      return described(by_ai.host_ended ? by_ai : by_model);
    }
    return {{"error", "not understood: " + what}};
  }

  static json proofread_by(AI& ai) {
    const auto text = ai.run_postprocessor(std::string_view(kPage));
    if (!text) return failure(text.error());
    return {{"edits", text->edits.size()}, {"notices", text->notices.size()}};
  }

  std::unique_ptr<HostedModel> model_;
  AI ai_;
};

}  // namespace

int main(int argc, char** argv) {
  const auto layers = argc >= 3 ? parse_gpu_layers(argv[2]) : Result<int>(0);
  if (argc < 3 || argc > 4 || !layers) {
    std::fputs("usage: host_probe MODEL GPU_LAYERS [THREADS]\n", stderr);
    return 2;
  }
  ModelOptions options;
  options.gpu_layers = *layers;
  options.threads = argc == 4 ? std::atoi(argv[3]) : 0;
  options.timeout_s = 1200;
  auto model = HostedModel::open(argv[1], options);
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 1;
  }
  AIModelConfig config;
  config.gpu_layers = *layers;
  config.directory_model_path = argv[1];
  Probe probe(std::move(*model), config);
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << probe.answer(line).dump() << std::endl;
  }
  return 0;
}
