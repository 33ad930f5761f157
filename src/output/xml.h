// SPDX-License-Identifier: Apache-2.0
// XML and HTML, a part at a time, with pugixml.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "emend/document.h"

namespace emend {

// What XML may hold: valid UTF-8 without control characters, which become U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);

// `node` as bytes. With `short_empty` empty elements are written <a/>, as XML has it; without it
// <a></a>, which HTML reads too, and a line break as <br>.
[[nodiscard]] std::string bytes_of(const pugi::xml_node& node, bool short_empty);

// `name` with text in it, at the end of `parent`.
pugi::xml_node add(pugi::xml_node parent, const char* name, std::string_view text = {});
void set(pugi::xml_node node, const char* name, std::string_view value);
void set(pugi::xml_node node, const char* name, int value);

// "emend 0.1.0; tesseract 5.3.0; languages eng; model embedded (SHA-256 ...); ..."
[[nodiscard]] std::string written(const Provenance& provenance);

}  // namespace emend
