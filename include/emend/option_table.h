// SPDX-License-Identifier: Apache-2.0
// Every option of a job by its name: its default, its range and what it does.
//
// The command takes its flags and their help from here, the Python module its keywords, and run()
// its checks. A program that gets options as text sets them in the same way:
//
//   emend::Job job;
//   const auto set = emend::set_option(job, "pages", "1-3");
//   if (!set) std::cerr << set.error().message << '\n';
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "emend/error.h"
#include "emend/run.h"

namespace emend {

struct Option {
  // What the option decides: how pages are read, how text is corrected, or by which model.
  enum class Part : std::uint8_t { read, correct, model };
  struct Range {
    double least = 0;
    double most = 0;
  };

  std::string name;  // as the field of the options struct (options.h): "pdf_dpi"
  Part part = Part::read;
  std::string flags;  // of the command: "--dpi,--pdf-dpi"; empty when the command has none
  std::string value;  // what stands for the value in the help: "N"; "true|false" for a switch
  std::string help;
  std::string fallback;        // the default as text; empty = nothing
  std::optional<Range> range;  // of a number, both ends included

  // Changes the job, or fails with invalid_argument and leaves it as it was.
  std::function<Result<void>(Job& job, std::string_view text)> set;
  std::function<double(const Job& job)> number;  // its value now; empty for what is no number
};

// In the order in which the help lists them. The same for the whole life of the program.
[[nodiscard]] std::span<const Option> options();

// Fails with invalid_argument for an unknown name or a value that the option cannot have.
[[nodiscard]] Result<void> set_option(Job& job, std::string_view name, std::string_view text);

// Fails with invalid_argument when a number of `job` is out of its range.
[[nodiscard]] Result<void> check_options(const Job& job);

}  // namespace emend
