// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/recognisers.h"

#include <algorithm>
#include <utility>

namespace emend {

Result<Recogniser*> Recognisers::with(const std::vector<std::string>& languages) {
  // The usual candidates of `-l auto` and one more; a language takes some 20 MB.
  constexpr std::size_t kMost = 4;
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const auto& recogniser) {
    return recogniser->languages() == languages;
  });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().get();
  }
  if (kept_.size() == kMost) kept_.pop_back();
  auto opened = Recogniser::open(languages);
  if (!opened) return tl::unexpected(std::move(opened.error()));
  kept_.push_front(std::move(*opened));
  return kept_.front().get();
}

}  // namespace emend
