// SPDX-License-Identifier: Apache-2.0
// The quantization that a GGUF file's name tells, and what people call it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace emend {

// The tags of file names that satisfy a wish, best first and in upper case: "int8" -> Q8_0,
// "fp16" -> F16 or FP16, "none" -> the tags of unquantised files, anything else itself.
[[nodiscard]] std::vector<std::string> quantization_tags(std::string_view wish);

[[nodiscard]] bool is_unquantised_wish(std::string_view wish);  // "none" in any case

// The tag in a file's name, in upper case: "a-Q4_K_M-00001-of-00002.gguf" -> "Q4_K_M". Empty when
// there is none.
[[nodiscard]] std::string quantization_of(std::string_view path);

// Whether `tag` (upper case) stands in the path as a whole: F16 is not in "a-BF16.gguf", and Q4_K
// is not in "a-Q4_K_M.gguf".
[[nodiscard]] bool has_tag(std::string_view path, std::string_view tag);

}  // namespace emend
