// SPDX-License-Identifier: Apache-2.0
// The JSON form of the data model, for files (include/emend/json.h) and for messages between
// processes. nlohmann::json finds these functions by argument-dependent look-up; from_json throws
// nlohmann::json::exception on a value that is not of the form, so callers catch at their boundary
// (see parse_json_form).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"

namespace emend {

void to_json(nlohmann::json& json, const Error& error);
void from_json(const nlohmann::json& json, Error& error);
void to_json(nlohmann::json& json, const Box& box);
void from_json(const nlohmann::json& json, Box& box);
void to_json(nlohmann::json& json, const Alternative& alternative);
void from_json(const nlohmann::json& json, Alternative& alternative);
void to_json(nlohmann::json& json, const Reading& reading);
void from_json(const nlohmann::json& json, Reading& reading);
void to_json(nlohmann::json& json, const Word& word);
void from_json(const nlohmann::json& json, Word& word);
void to_json(nlohmann::json& json, const Line& line);
void from_json(const nlohmann::json& json, Line& line);
void to_json(nlohmann::json& json, const Edit& edit);
void from_json(const nlohmann::json& json, Edit& edit);
void to_json(nlohmann::json& json, const Notice& notice);
void from_json(const nlohmann::json& json, Notice& notice);
// The published form: what follows from the rest of the page (trust, numbers, tables and so on) is
// written for readers and not read back.
void to_json(nlohmann::json& json, const Page& page);
void from_json(const nlohmann::json& json, Page& page);
void to_json(nlohmann::json& json, const Provenance& provenance);
void from_json(const nlohmann::json& json, Provenance& provenance);
void to_json(nlohmann::json& json, const Document& document);
void from_json(const nlohmann::json& json, Document& document);
void to_json(nlohmann::json& json, const Area& area);
void from_json(const nlohmann::json& json, Area& area);
// Only what a page worker needs; jobs and time-outs stay with the parent.
void to_json(nlohmann::json& json, const ReadOptions& options);
void from_json(const nlohmann::json& json, ReadOptions& options);

// A page without what follows from the rest of it, for messages between processes and for the
// journal: from_json() makes the same page of both forms, and this one costs no search for tables.
[[nodiscard]] nlohmann::json stored_form(const Page& page);

// `json` as a T, or unreadable_input with what is wrong about it.
template <typename T>
[[nodiscard]] Result<T> parse_json_form(const nlohmann::json& json) {
  try {
    return json.get<T>();
  } catch (const nlohmann::json::exception& problem) {
    return fail(ErrorCode::unreadable_input, problem.what());
  }
}

}  // namespace emend
