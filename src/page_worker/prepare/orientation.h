// SPDX-License-Identifier: Apache-2.0
// Which way up a page is and in which script, by Tesseract's orientation detection. Costs 0.2 to
// 0.5 s, a third of reading the page, so it is asked only when something hints at a turned page.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "page_worker/picture.h"

namespace tesseract {
class TessBaseAPI;
}

namespace emend {

class Orientation {
 public:
  Orientation();
  Orientation(const Orientation&) = delete;
  Orientation& operator=(const Orientation&) = delete;
  ~Orientation();

  struct Seen {
    std::optional<int> turn;  // as needed_turn()
    std::string script;       // "Latin", "Han", ...; empty when it is not sure
  };
  // Nothing when there is too little on the page, or when the data (osd.traineddata) are not
  // installed.
  [[nodiscard]] std::optional<Seen> look_at(Pix* page);

  // Degrees clockwise (0, 90, 180, 270) by which the page has to be turned to stand upright.
  // Nothing when it is not sure.
  [[nodiscard]] std::optional<int> needed_turn(Pix* page);

 private:
  std::unique_ptr<tesseract::TessBaseAPI> api_;  // null until first asked
  bool is_missing_ = false;
};

}  // namespace emend
