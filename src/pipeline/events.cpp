// SPDX-License-Identifier: Apache-2.0
#include "emend/events.h"

#include <nlohmann/json.hpp>

namespace emend {

using nlohmann::json;

namespace {

// A file name need not be UTF-8; where it is not, U+FFFD stands.
std::string line(const json& event) {
  return event.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string event_json(const Progress& progress, double pages_per_second) {
  const int left = progress.pages_total - progress.pages_done;
  return line({{"event", "progress"},
               {"source", progress.source},
               {"pages_done", progress.pages_done},
               {"pages_total", progress.pages_total},
               {"pages_per_second", pages_per_second},
               {"seconds_left", pages_per_second > 0 ? json(left / pages_per_second) : json()}});
}

std::string event_json(const LogEntry& entry) {
  return line({{"event", entry.level == LogEntry::Level::note ? "note" : "log"},
               {"source", entry.source},
               {"page", entry.page},
               {"stage", entry.stage},
               {"message", entry.message},
               {"seconds", entry.seconds}});
}

std::string event_json(const std::string& source, const Notice& notice) {
  return line({{"event", "notice"},
               {"code", std::string(name(notice.code))},
               {"source", source},
               {"page", notice.page},
               {"message", notice.message}});
}

std::string event_json(const Error& error) {
  return line({{"event", "error"},
               {"code", std::string(name(error.code))},
               {"message", error.message},
               {"hint", error.hint}});
}

std::string event_json(const std::string& kind, const std::string& text) {
  return line({{"event", kind}, {kind, text}});
}

}  // namespace emend
