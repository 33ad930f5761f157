// SPDX-License-Identifier: Apache-2.0
#include "correct/word_list.h"

#include <algorithm>
#include <cstring>

namespace emend {

namespace {

constexpr std::size_t kHeaderSize = 64;
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kMostNodes = 1U << 26;
constexpr double kUnitsPerNat = 65536.0;
constexpr int kLongestWord = 64;  // letters; longer tokens are no words and have no neighbours

double nats(const unsigned char* bytes) {
  return static_cast<std::int32_t>(load_u32(bytes)) / kUnitsPerNat;
}

}  // namespace

Result<std::unique_ptr<WordList>> WordList::open(const std::filesystem::path& path,
                                                 std::string language) {
  auto file = SealedFile::open(path, kMagic);
  if (!file) return tl::unexpected(std::move(file.error()).at(path.string()));
  std::unique_ptr<WordList> list(new WordList);
  list->file_ = std::move(*file);
  list->language_ = std::move(language);
  auto read = list->read();
  if (!read) return tl::unexpected(std::move(read.error()).at(path.string()));
  return list;
}

Result<void> WordList::read() {
  const unsigned char* header = file_.data();
  if (file_.size() < kHeaderSize) return damaged_file("its size is wrong");
  if (load_u32(header + 40) != kVersion) return damaged_file("its version is another");
  nodes_ = load_u32(header + 44);
  const std::size_t letters = load_u32(header + 48);
  rarest_ = nats(header + 52);
  commonest_ = nats(header + 56);
  if (nodes_ == 0 || nodes_ > kMostNodes || letters > 255) {
    return damaged_file("its size is wrong");
  }
  const std::size_t size = kHeaderSize + padded(4 * letters) + 3 * padded(nodes_) +
                           padded(4 * PackedTree::blocks(nodes_));
  if (size != file_.size()) return damaged_file("its size is wrong");
  for (std::size_t i = 0; i < letters; ++i) {
    alphabet_ += static_cast<char32_t>(load_u32(header + kHeaderSize + 4 * i));
  }
  letters_ = header + kHeaderSize + padded(4 * letters);
  frequencies_ = letters_ + padded(nodes_);
  const unsigned char* children = frequencies_ + padded(nodes_);
  tree_ = PackedTree(children, children + padded(nodes_));
  // The root is nobody's child.
  if (!tree_.is_sound(nodes_, 1, nodes_)) return damaged_file("its nodes do not add up");
  // An index past the alphabet would be read as a letter.
  const auto* end = letters_ + nodes_;
  const bool is_in_alphabet =
      std::all_of(letters_ + 1, end, [&](unsigned char letter) { return letter < letters; });
  if (!is_in_alphabet) return damaged_file("its letters are not in its alphabet");
  return {};
}

std::optional<std::uint8_t> WordList::letter_index(char32_t letter) const {
  const auto place = std::lower_bound(alphabet_.begin(), alphabet_.end(), letter);
  if (place == alphabet_.end() || *place != letter) return std::nullopt;
  return static_cast<std::uint8_t>(place - alphabet_.begin());
}

std::optional<std::uint32_t> WordList::child(std::uint32_t node, std::uint8_t letter) const {
  const std::uint32_t count = tree_.child_count(node);
  if (count == 0) return std::nullopt;
  const void* found = std::memchr(letters_ + tree_.first_child(node), letter, count);
  if (found == nullptr) return std::nullopt;
  return static_cast<std::uint32_t>(static_cast<const unsigned char*>(found) - letters_);
}

double WordList::log_frequency_of(std::uint8_t code) const {
  return rarest_ + (commonest_ - rarest_) * (code - 1) / 254;
}

std::optional<double> WordList::log_frequency(std::u32string_view word) const {
  std::uint32_t node = 0;
  for (const char32_t letter : word) {
    const auto index = letter_index(letter);
    const auto next = index ? child(node, *index) : std::nullopt;
    if (!next) return std::nullopt;
    node = *next;
  }
  if (frequencies_[node] == 0) return std::nullopt;
  return log_frequency_of(frequencies_[node]);
}

// One walk through the tree. Each node has a row of the edit distance table between the word and
// the node's own; a branch whose row is nowhere small enough is left.
struct WordList::Search {
  using Row = std::array<std::uint8_t, kLongestWord + 1>;

  std::u32string_view word;
  int max_distance = 0;
  std::u32string path;  // the node's word
  std::array<Row, kLongestWord + 4>
      rows{};  // per letter of the path: the word's, two edits, one too many
  std::vector<Match> found;

  // The row of the path, from those of its last two beginnings; returns its least entry.
  int fill_row() {
    const std::size_t depth = path.size();
    Row& row = rows[depth];
    const Row& above = rows[depth - 1];
    row[0] = static_cast<std::uint8_t>(depth);
    int least = row[0];
    for (std::size_t i = 1; i <= word.size(); ++i) {
      const int changed = above[i - 1] + (word[i - 1] == path[depth - 1] ? 0 : 1);
      int best = std::min({changed, above[i] + 1, row[i - 1] + 1});
      const bool is_swap =
          depth > 1 && i > 1 && word[i - 1] == path[depth - 2] && word[i - 2] == path[depth - 1];
      if (is_swap) best = std::min(best, rows[depth - 2][i - 2] + 1);
      row[i] = static_cast<std::uint8_t>(best);
      least = std::min(least, best);
    }
    return least;
  }
};

std::vector<WordList::Match> WordList::matches(std::u32string_view word, int max_distance) const {
  if (word.size() > static_cast<std::size_t>(kLongestWord)) return {};
  Search search{.word = word, .max_distance = std::clamp(max_distance, 0, 2)};
  for (std::size_t i = 0; i <= word.size(); ++i) search.rows[0][i] = static_cast<std::uint8_t>(i);
  search_below(search, 0);
  return std::move(search.found);
}

// The depth is bounded: no row longer than the word and the edits has a small enough entry.
void WordList::search_below(Search& search, std::uint32_t node) const {
  const std::uint32_t first = tree_.first_child(node);
  const std::uint32_t end = first + tree_.child_count(node);
  for (std::uint32_t child = first; child < end; ++child) {
    search.path.push_back(alphabet_[letters_[child]]);
    const int least = search.fill_row();
    const int distance = search.rows[search.path.size()][search.word.size()];
    if (frequencies_[child] != 0 && distance <= search.max_distance) {
      search.found.push_back({search.path, distance, log_frequency_of(frequencies_[child])});
    }
    if (least <= search.max_distance) search_below(search, child);
    search.path.pop_back();
  }
}

}  // namespace emend
