// SPDX-License-Identifier: Apache-2.0
// The recognisers that a worker keeps, one for each choice of languages.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <vector>

#include "emend/error.h"
#include "page_worker/recognise/recogniser.h"

namespace emend {

class Recognisers {
 public:
  // Loads what was not loaded yet. What it returns lives until three others were asked for. Fails
  // as Recogniser::open() does.
  [[nodiscard]] Result<Recogniser*> with(const std::vector<std::string>& languages);

 private:
  std::list<std::unique_ptr<Recogniser>> kept_;  // the one asked for last first
};

}  // namespace emend
