// SPDX-License-Identifier: Apache-2.0
// What can go wrong, as a value.
//
// A function that can fail for a reason outside its caller's control returns Result<T>. The library
// never prints, aborts or exits, and throws nothing of its own. Something that went wrong with one
// page while the rest of a document arrived is not an error but a Notice (document.h).
//
//   #include <emend/run.h>
//   const emend::Result<emend::Document> document = emend::read_document("scan.pdf");
//   if (!document) {
//     std::cerr << document.error().message << '\n' << document.error().hint << '\n';
//   }
//   const int status = document ? emend::kExitOk : emend::exit_status(document.error().code);
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace emend {

enum class ErrorCode : std::uint8_t {
  invalid_argument,    // the caller broke the contract: an option out of range, a bad page list
  not_found,           // no such file, page or model
  unreadable_input,    // the document is damaged, encrypted or of an unknown kind
  limit_exceeded,      // too many pages, pixels, bytes or seconds
  missing_dependency,  // a language, a model file or one of emend's own programs is absent
  engine_failed,       // the recogniser, a renderer or the model host reported failure or died
  network_failed,      // a download did not finish or did not match its checksum
  io_failed,           // the operating system refused a read or a write
  cancelled,           // the caller asked to stop
};

struct [[nodiscard]] Error {
  ErrorCode code = ErrorCode::engine_failed;
  std::string message;  // what failed and where: "scan.pdf: page 3: not a PNG"
  std::string hint;     // what the user can do about it; may be empty

  // The same error with the place where it happened put before the message.
  Error at(std::string_view place) &&;
};

template <typename T>
using Result = tl::expected<T, Error>;

// Short for `tl::unexpected(Error{...})`.
[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, std::string message,
                                         std::string hint = {});

// The one table behind exit status, HTTP status and JSON. Names are those of the enumerators.
[[nodiscard]] std::string_view name(ErrorCode code);
[[nodiscard]] int exit_status(ErrorCode code);  // see docs/cli.md

inline constexpr int kExitOk = 0;
inline constexpr int kExitWithNotices = 3;  // everything arrived, but read the notices

}  // namespace emend
