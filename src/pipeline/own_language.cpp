// SPDX-License-Identifier: Apache-2.0
#include "pipeline/own_language.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/digest.h"
#include "core/unicode.h"

namespace emend {

namespace {

constexpr std::size_t kMostOfList = 16U << 20U;  // bytes

Result<std::string> bytes_of(const std::string& path, std::size_t most) {
  std::error_code problem;
  if (std::filesystem::is_directory(path, problem)) {
    return fail(ErrorCode::unreadable_input, "is a folder");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io_failed,
                std::generic_category().message(errno));
  }
  std::string bytes(most + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad()) return fail(ErrorCode::io_failed, std::generic_category().message(errno));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() <= most) return bytes;
  return fail(ErrorCode::limit_exceeded, "is larger than " + std::to_string(most >> 20U) + " MiB",
              "Give a part of it.");
}

// Without the mark that some editors put in front.
std::string_view text_of(std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  return bytes;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

// The words of a file, in which `words_in` finds them.
template <typename WordsIn>
Result<void> add_words(std::string_view bytes, WordsIn words_in, std::vector<OwnWord>& words) {
  const std::string_view text = text_of(bytes);
  if (is_blank(text)) return fail(ErrorCode::unreadable_input, "is empty");
  auto found = words_in(text);
  if (!found) return tl::unexpected(std::move(found.error()));
  std::move(found->begin(), found->end(), std::back_inserter(words));
  return {};
}

}  // namespace

Result<OwnLanguage> open_own_language(const CorrectOptions& options, const NgramModel& embedded) {
  OwnLanguage own;
  std::vector<OwnWord> words;
  if (!options.words.empty()) {
    const auto bytes = bytes_of(options.words, kMostOfList);
    const auto added =
        bytes.and_then([&](const auto& list) { return add_words(list, words_of_list, words); });
    if (!added) return tl::unexpected(Error(added.error()).at(options.words));
    own.digests.words = to_hex(sha256(*bytes));
  }
  if (!options.domain.empty()) {
    const auto bytes = bytes_of(options.domain, DomainModel::kMostBytes);
    const auto added =
        bytes.and_then([&](const auto& text) { return add_words(text, words_of_text, words); });
    if (!added) return tl::unexpected(Error(added.error()).at(options.domain));
    own.digests.domain = to_hex(sha256(*bytes));
    const auto text = to_nfc(text_of(*bytes));  // as pages are
    if (!text) return tl::unexpected(Error(text.error()).at(options.domain));
    own.domain = std::make_unique<DomainModel>(embedded, *text);
  }
  if (!words.empty()) own.words.emplace(words);
  return own;
}

}  // namespace emend
