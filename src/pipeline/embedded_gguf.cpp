// SPDX-License-Identifier: Apache-2.0
#include "pipeline/embedded_gguf.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "models/file_hash.h"
#include "process/locations.h"

namespace emend {

namespace {

constexpr const char* kCard = "models/embedded.json";
constexpr int kPatienceS = 30;  // a page's close calls take a fraction of a second
constexpr const char* kReinstall = "Install emend again.";

tl::unexpected<Error> damaged_card(const std::string& why) {
  return fail(ErrorCode::unreadable_input, std::string(kCard) + " is damaged: " + why, kReinstall);
}

}  // namespace

Result<std::optional<EmbeddedCard>> find_embedded_card() {
  const auto path = find_data(kCard);
  if (!path) return std::optional<EmbeddedCard>();
  std::ifstream file(*path, std::ios::binary);
  EmbeddedCard card;
  try {
    const auto json = nlohmann::json::parse(file);
    card.file = path->parent_path() / json.at("file").get<std::string>();
    json.at("sha256").get_to(card.sha256);
    json.at("version").get_to(card.version);
    json.at("weight").get_to(card.weight);
  } catch (const nlohmann::json::exception& problem) {
    return damaged_card(problem.what());
  }
  if (!(card.weight >= 0 && card.weight <= 1)) return damaged_card("a weight out of range");
  return card;
}

Result<void> check_embedded_file(const EmbeddedCard& card) {
  const auto hash = sha256_of_file(card.file);
  if (hash && *hash == card.sha256) return {};
  const std::string what =
      hash ? "is not the file that belongs to this emend" : hash.error().message;
  return fail(ErrorCode::missing_dependency, card.file.filename().string() + ": " + what,
              kReinstall);
}

EmbeddedGguf::EmbeddedGguf(EmbeddedCard card, const ModelOptions& options, std::stop_token stop)
    : card_(std::move(card)), options_(options), stop_(std::move(stop)) {
  options_.gpu_layers = 0;
  options_.threads = 1;
  options_.context = 0;
  options_.timeout_s = std::min(options_.timeout_s, kPatienceS);
}

Result<void> EmbeddedGguf::open() {
  if (host_) return {};
  if (auto checked = check_embedded_file(card_); !checked) return checked;
  auto host = HostedModel::open(card_.file, options_, stop_);
  if (!host) return tl::unexpected(std::move(host.error()));
  host_ = std::move(*host);
  return {};
}

Result<std::vector<std::vector<double>>> EmbeddedGguf::score(
    std::span<const ScoreRequest> requests) {
  if (failure_) return tl::unexpected(*failure_);
  const auto failed = [&](Error error) {
    if (error.code != ErrorCode::cancelled) failure_ = error;
    return tl::unexpected(std::move(error));
  };
  if (auto opened = open(); !opened) return failed(std::move(opened.error()));
  auto scores = host_->score(requests);
  if (!scores) return failed(std::move(scores.error()));
  return scores;
}

FreeReport EmbeddedGguf::free() {
  try_again();
  return host_ ? host_->free() : FreeReport{};
}

std::optional<LoadedModel> EmbeddedGguf::placement() const {
  return host_ ? host_->placement() : std::nullopt;
}

double EmbeddedGguf::seconds() const {
  return host_ ? host_->seconds() : 0;
}

int EmbeddedGguf::host_process() const {
  return host_ ? host_->host_process() : -1;
}

}  // namespace emend
