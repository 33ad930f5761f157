// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/cut_pdf.h"

#include <sys/mman.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "page_worker/input/file.h"

namespace emend {

namespace {

constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 30U;
constexpr std::size_t kLongestDictionary = std::size_t{1} << 16U;
constexpr std::size_t kMostPages = 100'000;

// The bytes of a file, as memory.
class MappedFile {
 public:
  explicit MappedFile(const File& file)
      : size_(static_cast<std::size_t>(file.size())),
        bytes_(::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, ::fileno(file.stream()), 0)) {}
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() {
    if (bytes_ != MAP_FAILED) ::munmap(bytes_, size_);
  }
  // Empty when it could not be had.
  [[nodiscard]] std::string_view bytes() const {
    if (bytes_ == MAP_FAILED) return {};
    return {static_cast<const char*>(bytes_), size_};
  }

 private:
  std::size_t size_;
  void* bytes_;
};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The number that ends before `at`, which moves to its first digit; nothing when there is none.
std::optional<int> number_before(std::string_view bytes, std::size_t& at) {
  std::size_t begin = at;
  while (begin > 0 && is_digit(bytes[begin - 1])) --begin;
  int value = 0;
  const auto parsed = std::from_chars(bytes.data() + begin, bytes.data() + at, value);
  if (begin == at || parsed.ec != std::errc{}) return std::nullopt;
  at = begin;
  return value;
}

bool skip_space_before(std::string_view bytes, std::size_t& at) {
  const std::size_t end = at;
  while (at > 0 && is_space(bytes[at - 1])) --at;
  return at < end;
}

// Of "12 0 obj" whose last word begins at `at`.
std::optional<std::pair<int, int>> object_before(std::string_view bytes, std::size_t at) {
  if (!skip_space_before(bytes, at)) return std::nullopt;
  const auto generation = number_before(bytes, at);
  if (!generation || !skip_space_before(bytes, at)) return std::nullopt;
  const auto number = number_before(bytes, at);
  if (!number || *number < 1) return std::nullopt;
  return std::pair{*number, *generation};
}

// What follows a key of a dictionary, wherever in it.
bool has(std::string_view dictionary, std::string_view key, std::string_view value) {
  for (std::size_t at = dictionary.find(key); at != std::string_view::npos;
       at = dictionary.find(key, at)) {
    at += key.size();
    std::size_t begin = at;
    while (begin < dictionary.size() && is_space(dictionary[begin])) ++begin;
    const std::string_view rest = dictionary.substr(begin);
    if (!rest.starts_with(value)) continue;
    const bool is_whole = rest.size() == value.size() ||
                          std::isalnum(static_cast<unsigned char>(rest[value.size()])) == 0;
    if (is_whole) return true;
  }
  return false;
}

// The object that "/Pages 3 0 R" names; 0 = none.
int pages_of(std::string_view catalogue) {
  constexpr std::string_view kKey = "/Pages";
  std::size_t at = catalogue.find(kKey);
  if (at == std::string_view::npos) return 0;
  at += kKey.size();
  while (at < catalogue.size() && is_space(catalogue[at])) ++at;
  int number = 0;
  (void)std::from_chars(catalogue.data() + at, catalogue.data() + catalogue.size(), number);
  return number;
}

struct Remains {
  using Object = std::pair<int, int>;  // number and generation
  std::set<int> whole;
  int highest = 0;
  std::optional<Object> catalogue;
  int tree = 0;  // of the catalogue
  std::vector<Object> pages;
  bool is_encrypted = false;
};

Remains remains_of(std::string_view bytes) {
  constexpr std::string_view kWord = "obj";
  Remains found;
  for (std::size_t at = bytes.find(kWord); at != std::string_view::npos;
       at = bytes.find(kWord, at + kWord.size())) {
    const auto object = object_before(bytes, at);
    if (!object) continue;
    found.highest = std::max(found.highest, object->first);
    const std::string_view rest = bytes.substr(at + kWord.size(), kLongestDictionary);
    const std::size_t end = std::min(rest.find("endobj"), rest.find("stream"));
    if (end == std::string_view::npos) continue;  // torn, or too long to be one of these
    const std::string_view dictionary = rest.substr(0, end);
    found.whole.insert(object->first);
    found.is_encrypted |= has(dictionary, "/Filter", "/Standard");
    if (has(dictionary, "/Type", "/Catalog")) {
      found.catalogue = object;
      found.tree = pages_of(dictionary);
    } else if (has(dictionary, "/Type", "/Page") && found.pages.size() < kMostPages) {
      found.pages.push_back(*object);
    }
  }
  return found;
}

std::string name_of(const Remains::Object& object) {
  return std::to_string(object.first) + ' ' + std::to_string(object.second) + " R";
}

// What a whole file would have ended with.
std::string new_end(const Remains& found) {
  std::string end = "\nendstream\nendobj\n";  // of what was cut; stray ones do no harm
  int size = found.highest + 1;
  Remains::Object root;
  if (found.catalogue && found.whole.contains(found.tree)) {
    root = *found.catalogue;
  } else {
    std::string kids;
    for (const Remains::Object& page : found.pages) kids += name_of(page) + '\n';
    const Remains::Object tree{size++, 0};
    root = {size++, 0};
    end += std::to_string(tree.first) + " 0 obj\n<< /Type /Pages /Count " +
           std::to_string(found.pages.size()) + " /Kids [\n" + kids + "] >>\nendobj\n" +
           std::to_string(root.first) + " 0 obj\n<< /Type /Catalog /Pages " + name_of(tree) +
           " >>\nendobj\n";
  }
  return end + "trailer\n<< /Size " + std::to_string(size) + " /Root " + name_of(root) +
         " >>\nstartxref\n0\n%%EOF\n";
}

}  // namespace

Result<std::optional<UnnamedFile>> with_new_trailer(const std::filesystem::path& path) {
  const auto file = File::open(path);
  if (!file) return tl::unexpected(file.error());
  if (file->size() == 0 || file->size() > kMostBytes) return std::nullopt;
  const MappedFile mapped(*file);
  const Remains found = remains_of(mapped.bytes());
  if (found.pages.empty() || found.is_encrypted) return std::nullopt;
  auto copy = UnnamedFile::create();
  if (!copy) return tl::unexpected(std::move(copy.error()));
  auto written = copy->write(mapped.bytes());
  if (written) written = copy->write(new_end(found));
  if (!written) return tl::unexpected(std::move(written.error()));
  return std::optional<UnnamedFile>(std::move(*copy));
}

}  // namespace emend
