// SPDX-License-Identifier: Apache-2.0
// Lines of business documents with the errors that recognisers make in them, from a seed.
#pragma once

#include <array>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace emend {

struct BusinessLine {
  std::vector<std::string> truth;
  std::vector<std::string> read;  // one for each of `truth`
};

class BusinessLines {
 public:
  explicit BusinessLines(std::uint32_t seed) : random_(seed) {}

  // A line in which one or two words were misread.
  BusinessLine next() {
    BusinessLine line;
    for (const std::string& part : kPhrases[below(kPhrases.size())]) {
      line.truth.push_back(part == "$"      ? "$" + amount()
                           : part == "#"    ? std::to_string(1000 + below(90000))
                           : part == "date" ? date()
                                            : part);
    }
    line.read = line.truth;
    const std::size_t errors = 1 + below(2);
    for (std::size_t i = 0; i < errors; ++i) {
      std::string& word = line.read[below(line.read.size())];
      word = misread(word);
    }
    return line;
  }

 private:
  using Pair = std::pair<std::string, std::string>;

  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::string amount() {
    const std::string cents = std::to_string(100 + below(100)).substr(1);
    return std::to_string(1 + below(1999)) + "." + cents;
  }

  std::string date() {
    const auto two = [](std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(1990 + below(40)) + "-" + two(1 + below(12)) + "-" + two(1 + below(28));
  }

  // One confusion in `word`, or the word when none of those that were tried fits.
  std::string misread(const std::string& word) {
    const bool number = word.find_first_of("0123456789") != std::string::npos;
    for (int tries = 0; tries < 20; ++tries) {
      const Pair& pair = number ? kDigits[below(kDigits.size())] : kLetters[below(kLetters.size())];
      const std::size_t at = word.find(pair.first, below(word.size()));
      if (at == std::string::npos) continue;
      return word.substr(0, at) + pair.second + word.substr(at + pair.first.size());
    }
    return word;
  }

  static inline const std::vector<Pair> kDigits = {{"0", "O"}, {"1", "l"}, {"5", "S"},
                                                   {"0", "o"}, {"1", "I"}, {"8", "B"}};
  static inline const std::vector<Pair> kLetters = {
      {"m", "rn"}, {"rn", "m"}, {"I", "l"}, {"i", "l"},  {"e", "c"},  {"u", "n"},
      {"h", "b"},  {"o", "0"},  {"l", "1"}, {"w", "vv"}, {"d", "cl"}, {"a", "o"},
      {"t", "f"},  {"y", ""},   {"n", "u"}, {"l", "i"},  {"c", "e"},  {"e", ""}};
  static inline const std::vector<std::vector<std::string>> kPhrases = {
      {"Invoice", "number", "#"},
      {"Total", "amount", "due:", "$"},
      {"Payment", "terms:", "net", "30", "days"},
      {"Date", "of", "invoice:", "date"},
      {"Please", "make", "payment", "by", "date"},
      {"Thank", "you", "for", "your", "business"},
      {"Shipping", "address", "and", "delivery", "date", "date"},
      {"Description", "of", "goods", "and", "services"},
      {"Quantity", "Price", "Discount", "Amount"},
      {"The", "balance", "of", "$", "remains", "unpaid"},
      {"Customer", "account", "number", "#"},
      {"This", "document", "was", "printed", "on", "date"},
      {"Subtotal", "before", "tax", "$"},
      {"Received", "with", "thanks", "the", "sum", "of", "$"},
      {"Goods", "sold", "are", "not", "returnable"},
      {"Your", "order", "#", "was", "received", "on", "date"},
  };

  std::mt19937 random_;
};

}  // namespace emend
