// SPDX-License-Identifier: Apache-2.0
// The text that a page of a PDF file has already, so that it is not written a second time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "emend/error.h"
#include "page_worker/graft/affine.h"

namespace poppler {
class document;
}

namespace emend {

class OwnText {
 public:
  // Fails with unreadable_input.
  [[nodiscard]] static Result<std::unique_ptr<OwnText>> open(const std::filesystem::path& path,
                                                             const std::string& password);
  ~OwnText();
  OwnText(const OwnText&) = delete;
  OwnText& operator=(const OwnText&) = delete;

  // Where text is, in shares of what a viewer shows from its top left.
  struct Area {
    Point from;
    Point to;
    [[nodiscard]] bool holds(Point point) const {
      return point.x >= from.x && point.x <= to.x && point.y >= from.y && point.y <= to.y;
    }
  };
  // Of page `number`, from 1; `space` is that page's. Empty when it cannot be found out, and where
  // the text says nothing (page_text.h): what nobody can search for may be written once more.
  [[nodiscard]] std::vector<Area> areas(int number, const PageSpace& space) const;

 private:
  explicit OwnText(std::unique_ptr<poppler::document> document);

  std::unique_ptr<poppler::document> document_;
};

}  // namespace emend
