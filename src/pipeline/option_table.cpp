// SPDX-License-Identifier: Apache-2.0
#include "emend/option_table.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "core/names.h"
#include "core/unicode.h"
#include "pipeline/option_rows.h"

namespace emend {

namespace {

using namespace option_rows;

Option pages() {
  Option option =
      row({"pages", Part::read, "--pages", "LIST", "Pages to read, such as 1-3,7 or 9-"});
  option.set = [](Job& job, std::string_view text) -> Result<void> {
    auto ranges = parse_pages(text);
    if (!ranges) return tl::unexpected(std::move(ranges.error()));
    job.read.pages = std::move(*ranges);
    return {};
  };
  return option;
}

Option segmentation() {
  static const std::map<std::string_view, Segmentation> kModes = {
      {"choose", Segmentation::choose},   {"automatic", Segmentation::automatic},
      {"3", Segmentation::automatic},     {"single_column", Segmentation::single_column},
      {"4", Segmentation::single_column}, {"single_block", Segmentation::single_block},
      {"6", Segmentation::single_block},  {"sparse", Segmentation::sparse},
      {"11", Segmentation::sparse}};
  Option option =
      row({"segmentation", Part::read, "--psm,--segmentation", "MODE",
           "How a page is cut into lines: choose (page by page), automatic,\n"
           "single_column, single_block, sparse, or as tesseract numbers them: 3, 4, 6, 11"});
  option.fallback = "choose";
  option.set = [option](Job& job, std::string_view text) -> Result<void> {
    const auto mode = kModes.find(text);
    if (mode == kModes.end()) {
      return refusal(option,
                     "must be choose, automatic, single_column, single_block, sparse, 3, 4, 6 or "
                     "11, not " +
                         quoted(text));
    }
    job.read.segmentation = mode->second;
    return {};
  };
  return option;
}

Option area() {
  Option option = row({"area", Part::read, "--area", "X,Y,W,H",
                       "Read only this part of each page, in pixels from the top left, or in\n"
                       "percent: 0%,50%,100%,50% is the lower half"});
  option.set = [](Job& job, std::string_view text) -> Result<void> {
    const auto area = parse_area(text);
    if (!area) return tl::unexpected(area.error());
    job.read.area = *area;
    return {};
  };
  return option;
}

Option pdf_dpi() {
  Option option = row({"pdf_dpi", Part::read, "--dpi,--pdf-dpi", "auto|N",
                       "Resolution at which PDF pages are rendered; auto is that of a scan"});
  option.fallback = "auto";
  option.range = {50, 2400};
  option.set = [option](Job& job, std::string_view text) -> Result<void> {
    const auto dpi = text == "auto" ? std::optional<int>(kAutoDpi) : parse_number<int>(text);
    const bool is_good =
        dpi && (*dpi == kAutoDpi || (*dpi >= option.range->least && *dpi <= option.range->most));
    if (!is_good) {
      return refusal(option, "must be auto or " + written(*option.range) + ", not " + quoted(text));
    }
    job.read.pdf_dpi = *dpi;
    return {};
  };
  // What is chosen page by page is never out of range.
  option.number = [](const Job& job) {
    constexpr double kUsual = 300;
    return job.read.pdf_dpi == kAutoDpi ? kUsual : job.read.pdf_dpi;
  };
  return option;
}

Option gpu_layers() {
  Option option =
      row({"gpu_layers", Part::model, "--gpu-layers,--ngl", "N",
           "Layers of a GGUF model to put on GPUs: auto (as many as fit), all, or how many"});
  option.fallback = "auto";
  option.set = [](Job& job, std::string_view text) -> Result<void> {
    const auto layers = parse_gpu_layers(text);
    if (!layers) return tl::unexpected(layers.error());
    job.model.gpu_layers = *layers;
    return {};
  };
  return option;
}

Option prompt_file() {
  Option option =
      row({"prompt_file", Part::correct, "--prompt-file", "FILE", "The same from a file"});
  option.set = [option](Job& job, std::string_view text) -> Result<void> {
    const std::filesystem::path path{std::string(text)};
    std::ifstream file(path, std::ios::binary);
    std::string prompt{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad() || std::filesystem::is_directory(path)) {
      return refusal(option, "cannot be read: " + quoted(text));
    }
    if (prompt.empty() || !is_valid_utf8(prompt)) {
      return refusal(option, "must hold text in UTF-8: " + quoted(text));
    }
    job.correct.prompt = std::move(prompt);
    return {};
  };
  return option;
}

Option profile() {
  Option option = row({"profile", Part::correct, "--profile", "NAME",
                       "A prompt of emend's own: general, financial, medical or legal"});
  option.set = [](Job& job, std::string_view text) -> Result<void> {
    auto prompt = prompt_of_profile(text);
    if (!prompt) return tl::unexpected(std::move(prompt.error()));
    job.correct.prompt = std::move(*prompt);
    return {};
  };
  return option;
}

void add_reading(std::vector<Option>& table) {
  constexpr Part part = Part::read;
  table.push_back(list(
      {"languages", part, "-l,--languages", "LANGS",
       "Languages of the text, tesseract's names: eng+deu; auto finds out,\npage by page, which of "
       "the installed ones it is"},
      '+', [](auto& job) -> auto& { return job.read.languages; }));
  table.push_back(pages());
  table.push_back(segmentation());
  table.push_back(one_of(
      {"quality", part, "--quality", "fast|balanced|best",
       "How often a page is looked at: once, twice where it pays, or up to four "
       "times"},
      kQualityNames, [](Job & job) -> auto& { return job.read.quality; }));
  table.push_back(choice(
      {"keep_noise", part, "--keep-noise", "",
       "Leave lines that look like logos, stamps and signatures in the text"},
      [](auto& job) -> auto& { return job.read.keep_noise; }));
  table.push_back(word(
      {"password", part, "--password", "P", "Password of an encrypted PDF"},
      [](auto& job) -> auto& { return job.read.password; }));
  table.push_back(one_of(
      {"pdf_text", part, "--pdf-text", "auto|keep|redo",
       "Text that a page of a PDF has already: auto keeps good text and reads the\n"
       "page where it is bad, keep keeps all, redo reads every page"},
      kPdfTextNames, [](Job & job) -> auto& { return job.read.pdf_text; }));
  table.push_back(pdf_dpi());
  table.push_back(area());
  table.push_back(word(
      {"allow_characters", part, "--allow-characters", "CHARACTERS",
       "Characters that the recogniser may give, such as 0123456789.,; it gives no others"},
      [](auto& job) -> auto& { return job.read.allow_characters; }));
  table.push_back(word(
      {"deny_characters", part, "--deny-characters", "CHARACTERS",
       "Characters that the recogniser may not give"},
      [](auto& job) -> auto& { return job.read.deny_characters; }));
  table.push_back(choice(
      {"turn_upright", part, "", "true|false", "Find pages that lie on their side or upside down"},
      [](auto& job) -> auto& { return job.read.turn_upright; }));
  table.push_back(choice(
      {"alternatives", part, "", "true|false", "Ask the recogniser what else it could have read"},
      [](auto& job) -> auto& { return job.read.alternatives; }));
  table.push_back(list(
      {"skip_steps", part, "--skip-steps", "LIST",
       "Steps to leave out, for comparison: grey, upright, resolution,\n"
       "segmentation, calibration, noise, crops, number_reader"},
      ',', [](auto& job) -> auto& { return job.read.skip_steps; }));
}

void add_limits(std::vector<Option>& table) {
  constexpr Part part = Part::read;
  table.push_back(number(
      {"jobs", part, "-j,--jobs", "N", "Page workers; 0 is one for each core"}, {0, 1024},
      [](auto& job) -> auto& { return job.read.jobs; }));
  table.push_back(number(
      {"max_memory_mib", part, "--max-memory,--max-memory-mib", "MIB",
       "Memory that emend and its page workers may take together; 0 is no bound"},
      {0, kMany}, [](auto& job) -> auto& { return job.read.max_memory_mib; }));
  table.push_back(number(
      {"page_timeout_s", part, "--page-timeout,--page-timeout-s", "S",
       "Seconds after which a page is given up"},
      {1, 86400}, [](auto& job) -> auto& { return job.read.page_timeout_s; }));
  table.push_back(number(
      {"max_pixels", part, "", "N", "Images with more pixels are refused"}, {1, kMany},
      [](auto& job) -> auto& { return job.read.max_pixels; }));
  table.push_back(number(
      {"worker_memory_mib", part, "", "MIB", "Address space of one page worker; 0 is no limit"},
      {0, kMany}, [](auto& job) -> auto& { return job.read.worker_memory_mib; }));
  table.push_back(number(
      {"pages_per_worker", part, "", "N", "A page worker is replaced after so many pages"},
      {1, 1e9}, [](auto& job) -> auto& { return job.read.pages_per_worker; }));
  table.push_back(word(
      {"keep_steps", part, "--keep-steps", "DIR",
       "Keep the result of every stage of every page in this folder"},
      [](auto& job) -> auto& { return job.keep_steps; }));
}

void add_journal(std::vector<Option>& table) {
  constexpr Part part = Part::read;
  table.push_back(choice(
      {"journal", part, "--journal", "",
       "Keep what was read until the job is done, so that it can go on after a stop\n"
       "(usual with -o)"},
      [](auto& job) -> auto& { return job.journal; }));
  table.push_back(word(
      {"journal_folder", part, "", "DIR", "Where journals lie; empty is the user's own folder"},
      [](auto& job) -> auto& { return job.journal_folder; }));
}

void add_model(std::vector<Option>& table) {
  constexpr Part part = Part::model;
  table.push_back(word(
      {"model", part, "--model,--hf-repo", "MODEL",
       "embedded (comes with emend), none (no proofreading), a GGUF file, or a "
       "model of\nthe hub such as Qwen/Qwen2.5-1.5B-Instruct-GGUF:int8, fetched if "
       "it is not here;\nalso -hf as llama.cpp has it (docs/models.md)"},
      [](auto& job) -> auto& { return job.model.model; }));
  table.push_back(word(
      {"directory_model_path", part, "--directory-model-path", "DIR",
       "Folder for models instead of the hub's cache; a GGUF file in it is used "
       "as it is"},
      [](auto& job) -> auto& { return job.model.store.directory_model_path; }));
  table.push_back(choice(
      {"allow_auto_download", part, "--allow-auto-download", "true|false",
       "Whether a model that is not here may be fetched"},
      [](auto& job) -> auto& { return job.model.store.allow_auto_download; }));
  table.push_back(choice(
      {"offline", part, "--offline", "", "Make no network request at all"},
      [](auto& job) -> auto& { return job.model.store.offline; }));
  table.push_back(gpu_layers());
  table.push_back(number(
      {"context", part, "", "TOKENS", "Tokens that a GGUF model sees at once; 0 is as suits"},
      {0, 1 << 24}, [](auto& job) -> auto& { return job.model.context; }));
  table.push_back(number(
      {"threads", part, "", "N", "Threads of a GGUF model; 0 is as many as it keeps busy"},
      {0, 1024}, [](auto& job) -> auto& { return job.model.threads; }));
  table.push_back(number(
      {"timeout_s", part, "--model-timeout", "S", "Seconds for one request to a GGUF model"},
      {1, 86400}, [](auto& job) -> auto& { return job.model.timeout_s; }));
  table.push_back(number(
      {"keep_alive_s", part, "", "S",
       "Seconds after which an idle GGUF model is given back; -1 is never"},
      {-1, 1e9}, [](auto& job) -> auto& { return job.model.keep_alive_s; }));
}

void add_correction(std::vector<Option>& table) {
  constexpr Part part = Part::correct;
  table.push_back(number(
      {"margin", part, "--margin", "NATS",
       "Nats by which a correction must win; more changes less"},
      {0, 100}, [](auto& job) -> auto& { return job.correct.margin; }));
  table.push_back(number(
      {"keep_confidence", part, "", "P",
       "Words recognised at least this surely (0 to 1) are left alone"},
      {0, 1}, [](auto& job) -> auto& { return job.correct.keep_confidence; }));
  table.push_back(number(
      {"max_candidates", part, "", "N", "Readings that compete for one word"}, {1, 64},
      [](auto& job) -> auto& { return job.correct.max_candidates; }));
  table.push_back(one_of(
      {"numbers", part, "--numbers", "strict|repair|flag",
       "What may become of numbers: strict leaves them as recognised, repair changes\n"
       "them where there is proof, flag tells what it would change"},
      kNumberModeNames, [](Job & job) -> auto& { return job.correct.numbers; }));
  table.push_back(word(
      {"prompt", part, "--prompt", "TEXT",
       "What an instruct model is told to look for; it then goes over the whole text\n"
       "(docs/models.md). Other models follow no prompt"},
      [](auto& job) -> auto& { return job.correct.prompt; }));
  table.push_back(prompt_file());
  table.push_back(profile());
  table.push_back(word(
      {"words", part, "--words", "FILE",
       "Words that are right, one on each line: names, products, places. They are left\n"
       "alone, and may be what a misread word should be"},
      [](auto& job) -> auto& { return job.correct.words; }));
  table.push_back(word(
      {"domain", part, "--domain", "FILE",
       "Text such as is expected, at most 8 MiB: its words and its language count\n"
       "beside the embedded ones"},
      [](auto& job) -> auto& { return job.correct.domain; }));
  table.push_back(choice(
      {"keep_space", part, "--keep-space", "", "Keep white space at the ends of lines"},
      [](auto& job) -> auto& { return job.correct.keep_space; }));
}

}  // namespace

std::span<const Option> options() {
  static const std::vector<Option> table = [] {
    std::vector<Option> rows;
    add_reading(rows);
    add_limits(rows);
    add_journal(rows);
    add_model(rows);
    add_correction(rows);
    return rows;
  }();
  return table;
}

Result<void> set_option(Job& job, std::string_view name, std::string_view text) {
  const auto table = options();
  const auto option =
      std::find_if(table.begin(), table.end(), [&](const Option& row) { return row.name == name; });
  if (option != table.end()) return option->set(job, text);
  std::string known;
  for (const Option& row : table) known += (known.empty() ? "" : ", ") + row.name;
  return fail(ErrorCode::invalid_argument, "there is no option " + quoted(name),
              "The options are " + known + ".");
}

Result<void> check_options(const Job& job) {
  for (const Option& option : options()) {
    if (!option.range) continue;
    const double value = option.number(job);
    if (value >= option.range->least && value <= option.range->most) continue;
    return refusal(option, "must be " + written(*option.range) + ", not " + written(value));
  }
  return {};
}

}  // namespace emend
