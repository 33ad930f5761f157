// SPDX-License-Identifier: Apache-2.0
// One language's words in lower case with their frequencies: a tree of letters in a mapped file.
//
// The file (*.lexicon), version 1, numbers little-endian; training/lexicon writes it:
//
//   offset  size
//   0       8      magic "emendlx1"
//   8       32     SHA-256 of everything from offset 40 to the end
//   40      4      version, 1
//   44      4      nodes
//   48      4      letters in the alphabet, at most 255
//   52      4      int32: ln of the rarest word's share of text, in 1/65536
//   56      4      int32: of the commonest word's
//   60      4      0
//   64      ...    the alphabet, u32 code points in rising order
//           ...    letter     u8 per node   index into the alphabet
//           ...    frequency  u8 per node   0 = no word ends here; 1..255 from rarest to commonest
//           ...    children   u8 per node   (packed_tree.h)
//           ...    base       u32 per block of 16 nodes
//   each array padded with zeros to a multiple of 8 bytes. Node 0 is the root; the nodes stand by
//   depth, then in the order of their words.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "correct/packed_tree.h"
#include "correct/sealed_file.h"
#include "emend/error.h"

namespace emend {

class WordList {
 public:
  static constexpr std::array<char, 8> kMagic = {'e', 'm', 'e', 'n', 'd', 'l', 'x', '1'};

  struct Match {
    std::u32string word;  // lower case
    int distance = 0;
    double log_frequency = 0;
  };

  // Fails as SealedFile::open does.
  [[nodiscard]] static Result<std::unique_ptr<WordList>> open(const std::filesystem::path& path,
                                                              std::string language);

  [[nodiscard]] const std::string& language() const { return language_; }

  // ln of the share of running text. `word` is in lower case.
  [[nodiscard]] std::optional<double> log_frequency(std::u32string_view word) const;

  // All listed words at most `max_distance` edits away, `word` itself too if it is listed.
  [[nodiscard]] std::vector<Match> matches(std::u32string_view word, int max_distance) const;

 private:
  struct Search;

  WordList() = default;
  [[nodiscard]] Result<void> read();
  [[nodiscard]] std::optional<std::uint8_t> letter_index(char32_t letter) const;
  [[nodiscard]] std::optional<std::uint32_t> child(std::uint32_t node, std::uint8_t letter) const;
  [[nodiscard]] double log_frequency_of(std::uint8_t code) const;
  void search_below(Search& search, std::uint32_t node) const;

  SealedFile file_;
  std::string language_;
  std::uint32_t nodes_ = 0;
  double rarest_ = 0;
  double commonest_ = 0;
  std::u32string alphabet_;
  const unsigned char* letters_ = nullptr;
  const unsigned char* frequencies_ = nullptr;
  PackedTree tree_;
};

}  // namespace emend
