// SPDX-License-Identifier: Apache-2.0
#include "output/xml.h"

#include <sstream>

#include "core/unicode.h"

namespace emend {

std::string xml_text(std::string_view text) {
  std::u32string points = to_code_points(repaired_utf8(text));
  for (char32_t& c : points) {
    const bool is_control = c < 0x20 && c != U'\t' && c != U'\n';
    if (is_control || c == 0x7f || c == 0xfffe || c == 0xffff) c = 0xfffd;
  }
  return to_utf8(points);
}

std::string bytes_of(const pugi::xml_node& node, bool short_empty) {
  const unsigned int flags =
      pugi::format_raw | (short_empty ? 0U : unsigned{pugi::format_no_empty_element_tags});
  std::ostringstream out;
  node.print(out, "", flags, pugi::encoding_utf8);
  std::string bytes = out.str();
  // HTML reads the end of a line break as a second one. Text cannot look like it: < is escaped.
  constexpr std::string_view kEndOfBreak = "</br>";
  for (std::size_t at = 0; (at = bytes.find(kEndOfBreak, at)) != std::string::npos;) {
    bytes.erase(at, kEndOfBreak.size());
  }
  return bytes;
}

pugi::xml_node add(pugi::xml_node parent, const char* name, std::string_view text) {
  pugi::xml_node node = parent.append_child(name);
  if (!text.empty()) node.append_child(pugi::node_pcdata).set_value(xml_text(text).c_str());
  return node;
}

void set(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

void set(pugi::xml_node node, const char* name, int value) {
  node.append_attribute(name).set_value(value);
}

std::string written(const Provenance& provenance) {
  std::string out = "emend " + provenance.emend + "; " + provenance.recogniser + "; languages " +
                    provenance.languages + "; model " + provenance.model;
  if (!provenance.model_hash.empty()) out += " (SHA-256 " + provenance.model_hash + ")";
  if (!provenance.placement.empty()) out += "; placement " + provenance.placement;
  if (!provenance.options.empty()) out += "; options " + provenance.options;
  return out;
}

}  // namespace emend
