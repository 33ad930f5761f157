// SPDX-License-Identifier: Apache-2.0
// What is told while a run is under way, for programs: each event is one line of JSON, without the
// end of the line. docs/cli.md ("Progress") lists the members; more can be added later.
//
//   const emend::Progress progress{.source = "a.pdf", .pages_done = 1, .pages_total = 3};
//   std::cerr << emend::event_json(progress, 0.8) << '\n';
#pragma once

#include <string>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/run.h"

namespace emend {

// "progress"; a rate of 0 means that it is not known yet.
[[nodiscard]] std::string event_json(const Progress& progress, double pages_per_second);
// "note" or "log".
[[nodiscard]] std::string event_json(const LogEntry& entry);
// "notice".
[[nodiscard]] std::string event_json(const std::string& source, const Notice& notice);
// "error".
[[nodiscard]] std::string event_json(const Error& error);
// Whatever has no form of its own: {"event": kind, kind: text}.
[[nodiscard]] std::string event_json(const std::string& kind, const std::string& text);

}  // namespace emend
