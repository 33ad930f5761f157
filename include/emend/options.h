// SPDX-License-Identifier: Apache-2.0
// What a caller can decide. Every field has the default that is right for someone who read nothing.
//
//   #include <emend/run.h>
//   emend::Job job;
//   job.read.languages = {"eng", "deu"};
//   job.read.pages = {{.first = 1, .last = 3}, {.first = 7}};  // 1 to 3, and from 7 to the end
//   job.correct.margin = 5;
//   job.model.model = "model.gguf";
//   job.model.gpu_layers = emend::kAllGpuLayers;
//   const auto document = emend::read_document("letter.pdf", job);
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"
#include "emend/models.h"

namespace emend {

// 1-based and inclusive; last == 0 means "to the end".
struct PageRange {
  int first = 1;
  int last = 0;

  friend bool operator==(const PageRange&, const PageRange&) = default;
};

// "1-3,7,9-" -> {1,3} {7,7} {9,0}. Fails with invalid_argument.
[[nodiscard]] Result<std::vector<PageRange>> parse_pages(std::string_view list);

// How the page image is cut into lines (tesseract's page segmentation modes).
enum class Segmentation : std::uint8_t {
  choose,         // by the look of the page: single_block for receipts, automatic for the rest
  automatic,      // tesseract --psm 3
  single_column,  // --psm 4
  single_block,   // --psm 6
  sparse,         // --psm 11
};

// How often a page is looked at. A second look is at another picture of it, adds words that the
// first one missed, and tells which numbers two looks agree on.
enum class Quality : std::uint8_t {
  fast,      // once
  balanced,  // where it pays twice, in all at about twice the time of tesseract
  best,      // up to four times
};

[[nodiscard]] std::string_view name(Quality quality);

// What becomes of the text that a page of a PDF has already.
enum class PdfText : std::uint8_t {
  automatic,  // good text is kept, other text is read anew; decided for each page
  keep,       // kept, however bad it looks
  redo,       // every page is read
};

// A part of a page as it lies in its file, from the top left; without a width the whole page.
struct Area {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  bool is_percent = false;  // of the page's width and height; else pixels

  friend bool operator==(const Area&, const Area&) = default;
};

// "x,y,width,height", all of them pixels or all of them with a percent sign. Fails with
// invalid_argument.
[[nodiscard]] Result<Area> parse_area(std::string_view text);

inline constexpr std::string_view kAutoLanguage = "auto";

// Whether the language of each page is to be found out.
[[nodiscard]] inline bool is_automatic(std::span<const std::string> languages) {
  return languages.size() == 1 && languages.front() == kAutoLanguage;
}

inline constexpr int kAutoDpi = 0;  // for ReadOptions::pdf_dpi

struct ReadOptions {
  // Tesseract's names, or "auto" alone: the one of the installed languages that suits the page.
  std::vector<std::string> languages = {"eng"};
  std::vector<PageRange> pages;  // empty = all
  std::string password;          // of an encrypted PDF
  PdfText pdf_text = PdfText::automatic;
  // Resolution at which PDF pages are rendered; kAutoDpi = that of the image of which the page
  // consists, within sensible bounds, and 300 for all other pages.
  int pdf_dpi = kAutoDpi;
  Segmentation segmentation = Segmentation::choose;
  Quality quality = Quality::balanced;
  bool keep_noise = false;  // leave lines that look like logos, stamps and signatures in the text
  Area area;                // nothing outside of it is read
  std::string allow_characters;  // the recogniser gives no others; empty = all
  std::string deny_characters;   // the recogniser does not give these
  bool turn_upright = true;      // find pages that lie on their side or upside down
  // Steps to leave out, for comparison: "grey", "upright", "resolution", "segmentation",
  // "calibration", "noise", "crops", "number_reader".
  std::vector<std::string> skip_steps;
  bool alternatives = true;  // ask the recogniser what else it could have read

  int jobs = 0;  // page workers; 0 = one per core that may be used, if there is memory for them
  std::int64_t max_memory_mib = 0;        // of the caller and all page workers; 0 = no bound
  int page_timeout_s = 120;               // a page that takes longer becomes a notice
  std::int64_t max_pixels = 400'000'000;  // larger images are refused
  std::int64_t worker_memory_mib = 4096;  // address space of one page worker
  int pages_per_worker = 200;             // a worker is replaced after so many pages
};

// What correction may do to numbers, that is to words with a digit or a currency sign.
enum class NumberMode : std::uint8_t {
  strict,  // nothing, and nothing is proposed: they leave byte for byte as they were recognised
  repair,  // change them for a reason of the closed list (EditReason), with its evidence
  flag,    // nothing, but what would be repaired is proposed, and red
};

[[nodiscard]] std::string_view name(NumberMode mode);

struct CorrectOptions {
  double margin = 4.0;  // nats by which a proposal must win
  // Words recognised at least this surely are left alone; save one that is in no word list when the
  // recogniser itself lists a known one (suspect.h).
  double keep_confidence = 0.9;
  std::size_t max_candidates = 8;  // readings that compete for one word
  NumberMode numbers = NumberMode::repair;
  // What an instruct model is told to look for. With one it goes over the whole text and proposes
  // too; what it proposes passes the same rules. Other models follow no prompt.
  std::string prompt;
  // Files of the user's own: words that are right, in a list; and text of the domain, at most 8 MiB,
  // whose words and language count beside the embedded ones. Neither changes a number. Empty = none.
  std::string words;
  std::string domain;
  bool keep_space = false;         // correct_text only: keep white space at the ends of lines
};

// A prompt for a kind of document: "general", "financial", "medical" or "legal". Fails with
// invalid_argument for another name.
[[nodiscard]] Result<std::string> prompt_of_profile(std::string_view profile);

// For ModelOptions::gpu_layers, beside a number of layers.
inline constexpr int kAutoGpuLayers = -2;  // as many as fit; none of a model too small to gain
inline constexpr int kAllGpuLayers = -1;   // all, and fewer only when they do not fit

// "auto", "all" or a number -> ModelOptions::gpu_layers. Fails with invalid_argument.
[[nodiscard]] Result<int> parse_gpu_layers(std::string_view text);

struct ModelOptions {
  // "embedded" (comes with emend), "none" (no correction), a GGUF file, or a model of the hub such
  // as "user/repository:Q8_0" (models.h), which is fetched if it is not here and `store` allows it.
  std::string model = "embedded";
  StoreOptions store;
  StoreObserver* observer = nullptr;  // told of a download; borrowed; null = nobody
  int gpu_layers = kAutoGpuLayers;    // of a GGUF; without a GPU it runs on the CPU
  int context = 0;                    // tokens that a GGUF sees at once; 0 = as suits
  int threads = 0;                    // of the model host; 0 = as many as the model keeps busy
  int timeout_s = 120;                // for one request to the model host
  int keep_alive_s = -1;  // an idle model is given back after so long; 0 = at once, -1 = never
};

}  // namespace emend
