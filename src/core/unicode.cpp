// SPDX-License-Identifier: Apache-2.0
#include "core/unicode.h"

#include <unicode/normalizer2.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <memory>

namespace emend {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Decodes one code point at `at` and moves past it; U_SENTINEL for an ill-formed sequence, of which
// exactly the maximal subpart is skipped.
UChar32 next_code_point(std::string_view bytes, int32_t& at) {
  UChar32 c = 0;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  U8_NEXT(data, at, static_cast<int32_t>(bytes.size()), c);
  return c;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  for (int32_t at = 0; at < static_cast<int32_t>(bytes.size());) {
    if (next_code_point(bytes, at) < 0) return false;
  }
  return true;
}

std::string repaired_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (int32_t at = 0; at < static_cast<int32_t>(bytes.size());) {
    const UChar32 c = next_code_point(bytes, at);
    out += to_utf8(c < 0 ? kReplacement : static_cast<char32_t>(c));
  }
  return out;
}

Result<std::string> to_nfc(std::string_view text) {
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    const int32_t start = at;
    if (next_code_point(text, at) < 0) {
      return fail(ErrorCode::unreadable_input, "not valid UTF-8 at byte " + std::to_string(start),
                  "convert the text to UTF-8, for example with iconv");
    }
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  if (U_SUCCESS(status)) {
    icu::StringByteSink<std::string> sink(&out);
    nfc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
                       nullptr, status);
  }
  if (U_FAILURE(status)) {
    return fail(ErrorCode::engine_failed,
                std::string("Unicode normalisation failed: ") + u_errorName(status));
  }
  return out;
}

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (int32_t at = 0; at < static_cast<int32_t>(text.size());) {
    const UChar32 c = next_code_point(text, at);
    out.push_back(c < 0 ? kReplacement : static_cast<char32_t>(c));
  }
  return out;
}

std::string to_utf8(char32_t code_point) {
  if (code_point > 0x10FFFF || U_IS_SURROGATE(code_point)) code_point = kReplacement;
  char buffer[4];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, static_cast<UChar32>(code_point));
  return {buffer, static_cast<std::size_t>(length)};
}

std::string to_utf8(std::u32string_view code_points) {
  std::string out;
  out.reserve(code_points.size());
  for (const char32_t c : code_points) out += to_utf8(c);
  return out;
}

bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}
bool is_digit(char32_t c) {
  return u_isdigit(static_cast<UChar32>(c)) != 0;
}
int digit_value(char32_t c) {
  return is_digit(c) ? u_charDigitValue(static_cast<UChar32>(c)) : -1;
}
bool is_numeral(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_N_MASK) != 0;
}
bool is_upper(char32_t c) {
  return u_isupper(static_cast<UChar32>(c)) != 0;
}
bool is_lower(char32_t c) {
  return u_islower(static_cast<UChar32>(c)) != 0;
}
bool is_space(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}
std::u32string in_visual_order(std::u32string_view text) {
  const icu::UnicodeString logical = icu::UnicodeString::fromUTF8(to_utf8(text));
  const std::unique_ptr<UBiDi, decltype(&ubidi_close)> bidi(ubidi_open(), &ubidi_close);
  UErrorCode problem = U_ZERO_ERROR;
  ubidi_setPara(bidi.get(), logical.getBuffer(), logical.length(), UBIDI_DEFAULT_LTR, nullptr,
                &problem);
  if (U_FAILURE(problem) || ubidi_getDirection(bidi.get()) == UBIDI_LTR)
    return std::u32string(text);
  icu::UnicodeString visual;
  const int32_t room = logical.length();
  const int32_t length = ubidi_writeReordered(bidi.get(), visual.getBuffer(room), room,
                                              UBIDI_KEEP_BASE_COMBINING, &problem);
  visual.releaseBuffer(U_SUCCESS(problem) ? length : 0);
  if (U_FAILURE(problem)) return std::u32string(text);
  std::string bytes;
  return to_code_points(visual.toUTF8String(bytes));
}

bool is_unspaced(char32_t c) {
  const bool is_wide_mark = (c > 0x3000 && c < 0x3040) || (c > 0xFF00 && c < 0xFFF0);
  if (is_wide_mark) return true;
  UErrorCode problem = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &problem)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

bool is_currency(char32_t c) {
  return u_charType(static_cast<UChar32>(c)) == U_CURRENCY_SYMBOL;
}
char32_t lower(char32_t c) {
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}
char32_t upper(char32_t c) {
  return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
}

std::string lowered(std::string_view text) {
  std::u32string points = to_code_points(text);
  for (char32_t& c : points) c = lower(c);
  return to_utf8(points);
}

}  // namespace emend
