// SPDX-License-Identifier: Apache-2.0
// Rows of the option table by the kind of their value.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <locale>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "emend/option_table.h"

namespace emend::option_rows {

using Part = Option::Part;

inline constexpr double kMany = 1e15;  // more than any number here can sensibly be

// What the rows have in common; the functions below add the meaning of the text.
struct Face {
  const char* name;
  Part part;
  const char* flags;
  const char* value;
  const char* help;
};

inline Option row(const Face& face) {
  Option option;
  option.name = face.name;
  option.part = face.part;
  option.flags = face.flags;
  option.value = face.value;
  option.help = face.help;
  return option;
}

inline std::string written(double number) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text.precision(15);
  text << number;
  return text.str();
}

inline std::string written(const Option::Range& range) {
  if (range.most >= kMany) return "at least " + written(range.least);
  return "between " + written(range.least) + " and " + written(range.most);
}

[[nodiscard]] inline tl::unexpected<Error> refusal(const Option& option, const std::string& what) {
  return fail(ErrorCode::invalid_argument, option.name + " " + what);
}

inline std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

// "auto, keep or redo"
template <std::size_t Count>
std::string listed(const std::array<std::string_view, Count>& names) {
  std::string text(names.front());
  for (std::size_t i = 1; i < Count; ++i) {
    text += (i + 1 == Count ? " or " : ", ") + std::string(names.at(i));
  }
  return text;
}

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// `field` finds what the option sets in a job.
template <typename Field>
Option number(const Face& face, Option::Range range, Field field) {
  using Number = std::remove_reference_t<decltype(field(std::declval<Job&>()))>;
  Option option = row(face);
  Job defaults;
  option.fallback = written(static_cast<double>(field(defaults)));
  option.range = range;
  option.set = [option, range, field](Job& job, std::string_view text) -> Result<void> {
    const auto value = parse_number<Number>(text);
    const double size = value ? static_cast<double>(*value) : 0;
    if (!value || !(size >= range.least && size <= range.most)) {
      return refusal(option, "must be " + written(range) + ", not " + quoted(text));
    }
    field(job) = *value;
    return {};
  };
  option.number = [field](const Job& job) { return static_cast<double>(field(job)); };
  return option;
}

template <typename Field>
Option choice(const Face& face, Field field) {
  Option option = row(face);
  Job defaults;
  option.fallback = field(defaults) ? "true" : "false";
  option.set = [option, field](Job& job, std::string_view text) -> Result<void> {
    if (text != "true" && text != "false") {
      return refusal(option, "must be true or false, not " + quoted(text));
    }
    field(job) = text == "true";
    return {};
  };
  return option;
}

// An enumeration, by the names of its values.
template <std::size_t Count, typename Field>
Option one_of(const Face& face, const std::array<std::string_view, Count>& names, Field field) {
  using Value = std::remove_reference_t<decltype(field(std::declval<Job&>()))>;
  Option option = row(face);
  Job defaults;
  option.fallback = names.at(static_cast<std::size_t>(field(defaults)));
  option.set = [option, names, field](Job& job, std::string_view text) -> Result<void> {
    for (std::size_t i = 0; i < Count; ++i) {
      if (names.at(i) != text) continue;
      field(job) = static_cast<Value>(i);
      return {};
    }
    return refusal(option, "must be " + listed(names) + ", not " + quoted(text));
  };
  return option;
}

// A string or a path.
template <typename Field>
Option word(const Face& face, Field field) {
  Option option = row(face);
  Job defaults;
  option.fallback = field(defaults);
  option.set = [field](Job& job, std::string_view text) -> Result<void> {
    field(job) = std::string(text);
    return {};
  };
  return option;
}

template <typename Field>
Option list(const Face& face, char separator, Field field) {
  Option option = row(face);
  Job defaults;
  for (const std::string& part : field(defaults)) option.fallback += part;
  option.set = [option, separator, field](Job& job, std::string_view text) -> Result<void> {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size() && !text.empty();) {
      const std::size_t end = std::min(text.find(separator, start), text.size());
      parts.emplace_back(text.substr(start, end - start));
      if (parts.back().empty()) return refusal(option, "has an empty part: " + quoted(text));
      start = end + 1;
    }
    field(job) = std::move(parts);
    return {};
  };
  return option;
}

}  // namespace emend::option_rows
