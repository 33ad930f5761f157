// SPDX-License-Identifier: Apache-2.0
#include "correct/corrector.h"

#include <utility>

namespace emend {

struct Corrector::State {
  CorrectOptions options;
  CorrectionSources sources;
};

Result<Corrector> Corrector::create(const CorrectOptions& options,
                                    const CorrectionSources& sources) {
  return Corrector(std::make_unique<State>(State{options, sources}));
}

Corrector::Corrector(std::unique_ptr<State> state) : state_(std::move(state)) {}
Corrector::Corrector(Corrector&&) noexcept = default;
Corrector& Corrector::operator=(Corrector&&) noexcept = default;
Corrector::~Corrector() = default;

Page Corrector::correct(const Page& recognised, const std::stop_token& /*stop*/) {
  return recognised;
}

void Corrector::reset() {}

}  // namespace emend
