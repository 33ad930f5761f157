// SPDX-License-Identifier: Apache-2.0
#include "page_worker/graft/own_text.h"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <utility>

#include "core/unicode.h"
#include "page_worker/input/page_text.h"

namespace emend {

namespace {

void ignore(const std::string& /*message*/, void* /*closure*/) {}

}  // namespace

OwnText::OwnText(std::unique_ptr<poppler::document> document) : document_(std::move(document)) {}
OwnText::~OwnText() = default;

Result<std::unique_ptr<OwnText>> OwnText::open(const std::filesystem::path& path,
                                               const std::string& password) {
  poppler::set_debug_error_function(&ignore, nullptr);
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_file(path.string(), password, password));
  if (!document || document->is_locked()) {
    return fail(ErrorCode::unreadable_input, "this PDF file cannot be opened",
                "Is it damaged, or the password wrong?");
  }
  return std::unique_ptr<OwnText>(new OwnText(std::move(document)));
}

std::vector<OwnText::Area> OwnText::areas(int number, const PageSpace& space) const {
  poppler::set_debug_error_function(&ignore, nullptr);
  std::vector<Area> found;
  const std::unique_ptr<poppler::page> page(document_->create_page(number - 1));
  if (!page) return found;
  const bool is_on_its_side = space.rotate == 90 || space.rotate == 270;
  double width = space.right - space.left;
  double height = space.top - space.bottom;
  if (is_on_its_side) std::swap(width, height);
  if (width <= 0 || height <= 0) return found;
  std::vector<std::string> words;
  for (const poppler::text_box& box : page->text_list()) {
    const poppler::rectf area = box.bbox();
    const poppler::byte_array bytes = box.text().to_utf8();
    words.push_back(repaired_utf8({bytes.data(), bytes.size()}));
    found.push_back({{area.left() / width, area.top() / height},
                     {area.right() / width, area.bottom() / height}});
  }
  if (find_text_fault(words) != TextFault::none) found.clear();
  return found;
}

}  // namespace emend
