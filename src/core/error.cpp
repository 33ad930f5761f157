// SPDX-License-Identifier: Apache-2.0
#include "emend/error.h"

#include <array>
#include <utility>

namespace emend {

namespace {

struct CodeRow {
  std::string_view name;
  int exit_status;
};

// In the order of ErrorCode. 1 is left free (a crash of the shell's own making), 3 means notices.
constexpr std::array<CodeRow, 9> kCodes = {{
    {"invalid_argument", 2},
    {"not_found", 4},
    {"unreadable_input", 5},
    {"limit_exceeded", 6},
    {"missing_dependency", 7},
    {"engine_failed", 8},
    {"network_failed", 9},
    {"io_failed", 10},
    {"cancelled", 130},  // as a shell reports a program ended by Ctrl-C
}};

}  // namespace

Error Error::at(std::string_view place) && {
  message.insert(0, ": ").insert(0, place);
  return std::move(*this);
}

tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

std::string_view name(ErrorCode code) {
  return kCodes.at(static_cast<std::size_t>(code)).name;
}
int exit_status(ErrorCode code) {
  return kCodes.at(static_cast<std::size_t>(code)).exit_status;
}

}  // namespace emend
