// SPDX-License-Identifier: Apache-2.0
#include "emend/options.h"

#include <algorithm>
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

std::string_view name(Quality quality) {
  return kQualityNames.at(static_cast<std::size_t>(quality));
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
