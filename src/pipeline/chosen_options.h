// SPDX-License-Identifier: Apache-2.0
// The options that decide the bytes of a result and were not left at their defaults.
#pragma once

#include <string>

#include "emend/run.h"

namespace emend {

// SHA-256, in hex, of the files CorrectOptions::words and domain as they were read; empty = none.
struct OwnDigests {
  std::string words;
  std::string domain;
};

// "segmentation=single_block margin=3.0", by the names of the option table; text that a user chose
// is in quotes. Empty when all are as they come. Options that change only the time or the place of
// the work are left out, and a password is never told. Of what is in files and prompts, which can
// be long and private, only a digest is told.
[[nodiscard]] std::string chosen_options(const Job& job, const OwnDigests& own = {});

}  // namespace emend
