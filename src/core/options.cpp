// SPDX-License-Identifier: Apache-2.0
#include "emend/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "core/names.h"

namespace emend {

namespace {

Result<int> parse_page(std::string_view text, std::string_view list) {
  int page = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), page);
  if (problem != std::errc{} || end != text.data() + text.size() || page < 1) {
    return fail(ErrorCode::invalid_argument,
                "page list \"" + std::string(list) + "\": \"" + std::string(text) +
                    "\" is not a page number",
                "write pages as 1-3,7 or 9-");
  }
  return page;
}

Result<PageRange> parse_range(std::string_view text, std::string_view list) {
  const std::size_t dash = text.find('-');
  auto first = parse_page(text.substr(0, dash), list);
  if (!first) return tl::unexpected(std::move(first.error()));
  if (dash == std::string_view::npos) return PageRange{*first, *first};
  if (dash + 1 == text.size()) return PageRange{*first, 0};
  auto last = parse_page(text.substr(dash + 1), list);
  if (!last) return tl::unexpected(std::move(last.error()));
  if (*last < *first) {
    return fail(ErrorCode::invalid_argument, "page list \"" + std::string(list) +
                                                 "\": " + std::string(text) + " runs backwards");
  }
  return PageRange{*first, *last};
}

}  // namespace

Result<std::vector<PageRange>> parse_pages(std::string_view list) {
  std::vector<PageRange> ranges;
  for (std::size_t start = 0; start <= list.size();) {
    const std::size_t comma = std::min(list.find(',', start), list.size());
    auto range = parse_range(list.substr(start, comma - start), list);
    if (!range) return tl::unexpected(std::move(range.error()));
    ranges.push_back(*range);
    start = comma + 1;
  }
  return ranges;
}

std::string_view name(NumberMode mode) {
  return kNumberModeNames.at(static_cast<std::size_t>(mode));
}

std::string_view name(Quality quality) {
  return kQualityNames.at(static_cast<std::size_t>(quality));
}

Result<Area> parse_area(std::string_view text) {
  const auto refuse = [text] {
    return fail(ErrorCode::invalid_argument, "\"" + std::string(text) + "\" is no area of a page",
                "write x,y,width,height in pixels, or in percent as in 0%,50%,100%,50%");
  };
  std::array<double, 4> values{};
  std::size_t percents = 0;
  std::string_view rest = text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t comma = rest.find(',');
    if ((comma == std::string_view::npos) != (i + 1 == values.size())) return refuse();
    std::string_view part = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    if (part.ends_with('%')) {
      part.remove_suffix(1);
      ++percents;
    }
    const auto [end, problem] =
        std::from_chars(part.data(), part.data() + part.size(), values.at(i));
    // Also refuses what is not a number.
    const bool is_good = problem == std::errc{} && end == part.data() + part.size() &&
                         values.at(i) >= 0 && values.at(i) <= 1e6;
    if (!is_good) return refuse();
  }
  const bool is_mixed = percents != 0 && percents != values.size();
  if (is_mixed || values[2] <= 0 || values[3] <= 0) return refuse();
  return Area{values[0], values[1], values[2], values[3], percents != 0};
}

Result<int> parse_gpu_layers(std::string_view text) {
  if (text == "auto") return kAutoGpuLayers;
  if (text == "all") return kAllGpuLayers;
  int layers = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), layers);
  if (problem == std::errc{} && end == text.data() + text.size() && layers >= 0) return layers;
  return fail(ErrorCode::invalid_argument,
              "GPU layers: \"" + std::string(text) + "\" is neither auto nor all nor a number",
              "write --gpu-layers auto, all, 0 or how many");
}

}  // namespace emend
