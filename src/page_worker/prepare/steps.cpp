// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/steps.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "page_worker/prepare/page_shape.h"

namespace emend {

namespace {

// A page on its way through the steps.
struct Draft {
  PreparedPage page;
  int file_dpi = 0;
  PixPtr two_level;  // made when a step first needs it, given up when the page is turned

  [[nodiscard]] Pix* glance() {
    if (!two_level) two_level = two_level_copy(page.pixels.get());
    return two_level.get();
  }
};

struct Context {
  const ReadOptions& options;
  Orientation& orientation;
};

// Transparent parts become white paper, colours and colour maps grey. A page of one bit stays so.
void make_grey(Draft& draft, const Context& /*context*/) {
  PixPtr& pixels = draft.page.pixels;
  if (pixGetSpp(pixels.get()) == 4) pixels.reset(pixAlphaBlendUniform(pixels.get(), 0xffffff00));
  if (!pixels) return;
  const bool is_one_bit = pixGetDepth(pixels.get()) == 1 && pixGetColormap(pixels.get()) == nullptr;
  if (!is_one_bit) pixels.reset(pixConvertTo8(pixels.get(), 0));
}

// The quick look settles most pages. Where it sees a turned page, Tesseract's slower judgement has
// to agree. Pages on which it sees nothing are read as they are; PageReader looks again when the
// result is poor.
void stand_upright(Draft& draft, const Context& context) {
  constexpr double kClear = 6.0;
  if (!context.options.turn_upright || draft.glance() == nullptr) return;
  const ApparentTurn turn = measure_turn(draft.glance());
  if (turn.upright > -kClear && std::abs(turn.left) < kClear) return;
  if (turn.upright > std::abs(turn.left)) return;
  const auto degrees = context.orientation.needed_turn(draft.page.pixels.get());
  if (degrees.value_or(0) == 0) return;
  draft.page.pixels.reset(pixRotateOrth(draft.page.pixels.get(), *degrees / 90));
  draft.page.rotation = *degrees;
  draft.two_level.reset();
}

// Below 200 dpi the layout analysis works better when it is told 300 (receipts at 72 and 150 dpi:
// 13.3 to 11.3 % wrong characters), and what phones and screens write is not true anyway.
void declare_resolution(Draft& draft, const Context& /*context*/) {
  constexpr int kLowestBelieved = 200;
  constexpr int kHighestBelieved = 2400;
  const bool is_believable =
      draft.file_dpi >= kLowestBelieved && draft.file_dpi <= kHighestBelieved;
  if (is_believable) draft.page.dpi = draft.file_dpi;
}

// One block for strips of print: the largest lever of all on receipts (13.3 to 10.3 % wrong
// characters), harmful on letters and reports.
void choose_segmentation(Draft& draft, const Context& context) {
  if (context.options.segmentation != Segmentation::choose) {
    draft.page.segmentation = context.options.segmentation;
  } else if (draft.glance() != nullptr && is_strip(measure_shape(draft.glance()))) {
    draft.page.segmentation = Segmentation::single_block;
  }
}

using Apply = void (*)(Draft&, const Context&);
// In the order of kStepNames.
constexpr std::array<Apply, kStepNames.size()> kSteps = {make_grey, stand_upright,
                                                         declare_resolution, choose_segmentation};

Result<void> check_names(const std::vector<std::string>& skipped) {
  for (const auto& name : skipped) {
    if (std::find(kStepNames.begin(), kStepNames.end(), name) == kStepNames.end()) {
      return fail(ErrorCode::invalid_argument, "there is no step of preparation called " + name,
                  "The steps are grey, upright, resolution and segmentation.");
    }
  }
  return {};
}

}  // namespace

Result<PreparedPage> prepare(const DecodedPage& decoded, const ReadOptions& options,
                             Orientation& orientation) {
  constexpr int kUsualDpi = 300;
  if (auto checked = check_names(options.skip_steps); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  Draft draft{.page = {.pixels = PixPtr(pixClone(decoded.pixels.get())), .dpi = kUsualDpi},
              .file_dpi = decoded.dpi};
  const Context context{options, orientation};
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    const auto& skipped = options.skip_steps;
    if (std::find(skipped.begin(), skipped.end(), kStepNames.at(i)) != skipped.end()) continue;
    kSteps.at(i)(draft, context);
    if (!draft.page.pixels) {
      return fail(ErrorCode::limit_exceeded, "not enough memory to prepare the page",
                  "Raise worker_memory_mib or scale the image down.");
    }
  }
  return std::move(draft.page);
}

}  // namespace emend
