// SPDX-License-Identifier: Apache-2.0
#include "page_worker/page_reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <utility>
#include <vector>

#include "core/names.h"
#include "page_worker/number_reader/cut_amounts.h"
#include "page_worker/number_reader/read_numbers.h"
#include "page_worker/prepare/area.h"
#include "page_worker/prepare/one_colour.h"
#include "page_worker/prepare/steps.h"
#include "page_worker/recognise/confidence.h"
#include "page_worker/recognise/further_looks.h"
#include "page_worker/recognise/languages.h"
#include "page_worker/recognise/noise.h"
#include "page_worker/recognise/number_crops.h"
#include "page_worker/step_names.h"

namespace emend {

namespace {

[[nodiscard]] Result<void> keep_picture(Pix* pixels, int number, const char* step,
                                        const std::filesystem::path& folder) {
  if (folder.empty()) return {};
  std::array<char, 64> name{};
  std::snprintf(name.data(), name.size(), "%06d_%s.png", number, step);
  const auto path = folder / name.data();
  // Lossless; the least compression is a tenth of the time of the most and twice the size.
  if (pixWrite(path.c_str(), pixels, IFF_PNG) == 0) return {};
  return fail(ErrorCode::io_failed, "cannot write " + path.string(),
              "Does the folder exist, may emend write there, and is there room?");
}

Result<void> cut_out(DecodedPage& page, const Area& area) {
  if (area == Area()) return {};
  const auto box = box_of(area, pixGetWidth(page.pixels.get()), pixGetHeight(page.pixels.get()));
  if (!box) return tl::unexpected(box.error());
  auto pixels = only(page.pixels.get(), *box);
  if (!pixels) return tl::unexpected(std::move(pixels.error()));
  page.pixels = std::move(*pixels);
  return {};
}

Page described(const PreparedPage& prepared, std::vector<Line> lines) {
  Page page;
  page.width = pixGetWidth(prepared.pixels.get());
  page.height = pixGetHeight(prepared.pixels.get());
  page.dpi = prepared.dpi;
  page.rotation = prepared.rotation;
  page.segmentation = kSegmentationNames.at(static_cast<std::size_t>(prepared.segmentation));
  page.lines = std::move(lines);
  return page;
}

// Nothing where there is nothing to say.
void note(Page& page, NoticeCode code, const std::string& message) {
  if (!message.empty()) page.notices.push_back({code, page.number, message});
}

// Ten thousand of them are ten minutes of a recogniser that finds nothing.
Page blank(const DecodedPage& decoded, int number) {
  Page page;
  page.number = number;
  page.width = pixGetWidth(decoded.pixels.get());
  page.height = pixGetHeight(decoded.pixels.get());
  page.dpi = decoded.dpi;
  note(page, NoticeCode::input_repaired, decoded.repaired);
  note(page, NoticeCode::resource_limited, decoded.reduced);
  note(page, NoticeCode::page_blank, "nothing is on the page");
  return page;
}

// Marks lines of noise; what is to be said about them, or nothing. Never on strips of print.
std::string noise_in(Page& page, bool is_strip, const ReadOptions& options) {
  if (is_strip || options.keep_noise || is_skipped(options, "noise")) return {};
  const std::size_t count = mark_noise(page.lines);
  if (count == 0) return {};
  return std::to_string(count) + (count == 1 ? " line looks" : " lines look") +
         " like a logo, stamp or signature and " + (count == 1 ? "is" : "are") +
         " left out of the text; --keep-noise keeps such lines";
}

std::string about_script(const std::string& missing) {
  if (missing.empty()) return {};
  return "the page is in " + missing +
         " script, for which no language is installed; emend doctor says how to install one";
}

// What the reader of a page must know of how it was read.
void tell(Page& page, const DecodedPage& decoded, const LookedAgain& again,
          const ReadOptions& options) {
  note(page, NoticeCode::input_repaired, decoded.repaired);
  note(page, NoticeCode::resource_limited, decoded.reduced);
  note(page, NoticeCode::resource_limited, again.given_up);
  note(page, NoticeCode::noise_left_out, noise_in(page, again.is_strip, options));
  if (text(page).empty()) {
    note(page, NoticeCode::page_blank, "nothing was found on the page");
  } else if (!is_legible(page)) {
    note(page, NoticeCode::page_hopeless,
         "hardly a word on the page can be trusted, so it is not proofread");
  }
}

}  // namespace

PageReader::Identity PageReader::identify(const std::filesystem::path& path,
                                          const ReadOptions& options) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {path, options.password};
  constexpr std::intmax_t kNsPerSecond = 1'000'000'000;
  return {path,           options.password,
          status.st_dev,  status.st_ino,
          status.st_size, status.st_mtim.tv_sec * kNsPerSecond + status.st_mtim.tv_nsec};
}

Result<InputFile*> PageReader::open(const std::filesystem::path& path, const ReadOptions& options) {
  Identity identity = identify(path, options);
  if (file_ && identity == identity_) return file_.get();
  file_.reset();
  auto file = open_input(path, options);
  if (!file) return tl::unexpected(std::move(file.error()));
  file_ = std::move(*file);
  identity_ = std::move(identity);
  return file_.get();
}

Result<void> PageReader::load_languages(const std::vector<std::string>& languages) {
  auto recogniser = recognisers_.with(languages);
  if (!recogniser) return tl::unexpected(std::move(recogniser.error()));
  recogniser_ = *recogniser;
  return {};
}

const std::vector<std::string>& PageReader::installed() {
  if (!installed_) installed_ = installed_languages();
  return *installed_;
}

Result<LanguageChoice> PageReader::settle_language(const PreparedPage& page,
                                                   const ReadOptions& options) {
  if (!is_automatic(options.languages)) return LanguageChoice{};
  auto choice = choose_language(page, installed(), options, orientation_, recognisers_);
  if (!choice) return choice;
  if (auto loaded = load_languages({choice->language}); !loaded) {
    return tl::unexpected(std::move(loaded.error()));
  }
  return choice;
}

// Reads the page, and where the result is so poor that the page may not stand upright, turns it and
// reads it again. The better of the two readings stands, so a wrong turn costs time but no text.
Result<Page> PageReader::recognise(PreparedPage& prepared, const ReadOptions& options) {
  constexpr double kPoor = 0.5;
  auto lines = recogniser_->recognise(prepared, options);
  if (!lines) return tl::unexpected(std::move(lines.error()));
  const bool may_turn = options.turn_upright && !is_skipped(options, "upright");
  if (!may_turn || lines->empty() || mean_confidence(*lines) >= kPoor) {
    return described(prepared, std::move(*lines));
  }
  // Where even Tesseract cannot tell, the page may be on its head: of pages that stood upright 2 in
  // 120 came out so poor, of receipts upside down all.
  const int degrees = orientation_.needed_turn(prepared.pixels.get()).value_or(180);
  if (degrees == 0) return described(prepared, std::move(*lines));
  auto other_way = turned(prepared, degrees, options);
  if (!other_way) return described(prepared, std::move(*lines));
  auto again = recogniser_->recognise(*other_way, options);
  if (!again || mean_confidence(*again) <= mean_confidence(*lines)) {
    return described(prepared, std::move(*lines));
  }
  prepared = std::move(*other_way);
  return described(prepared, std::move(*again));
}

void PageReader::read_numbers_again(Page& page, const PreparedPage& prepared,
                                    const ReadOptions& options, Clock::time_point end) {
  if (options.quality == Quality::fast) return;
  if (!is_skipped(options, "number_reader")) read_independently(page, prepared.pixels.get(), options);
  if (is_skipped(options, "crops")) return;
  read_numbers_alone(*recogniser_, prepared, page.lines, options, end);
}

void PageReader::read_independently(Page& page, Pix* pixels, const ReadOptions& options) {
  NumberReader* reader = number_reader_.get();
  note(page, NoticeCode::model_failed, number_reader_.trouble());
  if (reader == nullptr) return;
  read_numbers(*reader, pixels, page.lines);
  join_cut_amounts(*reader, pixels, page.lines);
  if (options.quality == Quality::best) read_other_words(*reader, pixels, page.lines);
  give_independent_lights(page.lines);
}

std::optional<Page> PageReader::kept(int number, const ReadOptions& options) {
  if (options.pdf_text == PdfText::redo) return std::nullopt;
  auto text = file_->own_text(number, options);
  if (!text) return std::nullopt;
  const auto knows = [this](std::string_view word) { return recogniser_->knows(word); };
  if (options.pdf_text == PdfText::automatic && find_fault(*text, knows) != TextFault::none) {
    return std::nullopt;
  }
  Page page{.number = number,
            .width = text->width,
            .height = text->height,
            .dpi = text->dpi,
            .rotation = text->rotation,
            .text_source = TextSource::pdf,
            .lines = std::move(text->lines)};
  note(page, NoticeCode::input_repaired, text->repaired);
  return page;
}

// For `-l auto` any: good text of a page's own is told from bad in any language.
Result<void> PageReader::load_first_languages(const ReadOptions& options) {
  return load_languages(is_automatic(options.languages) ? first_of(installed())
                                                        : options.languages);
}

Result<Page> PageReader::read(const std::filesystem::path& path, int number,
                              const ReadOptions& options, const std::filesystem::path& keep_steps) {
  stage_times_.clear();
  auto begin = Clock::now();
  const auto stage_ends = [&](const char* stage) {
    const auto end = Clock::now();
    const std::chrono::duration<double> time = end - std::exchange(begin, end);
    stage_times_.push_back({stage, time.count()});
  };
  auto file = open(path, options);
  if (!file) return tl::unexpected(std::move(file.error()));
  if (number < 1 || number > file_->page_count()) {
    return fail(ErrorCode::not_found, "there is no page " + std::to_string(number),
                "The file has " + std::to_string(file_->page_count()) + " pages.");
  }
  if (auto loaded = load_first_languages(options); !loaded) {
    return tl::unexpected(std::move(loaded.error()));
  }
  auto own = kept(number, options);
  stage_ends("own text");
  if (own) return std::move(*own);
  auto decoded = file_->decode(number, options);
  if (!decoded) return tl::unexpected(std::move(decoded.error()));
  stage_ends("decode");
  if (auto kept = keep_picture(decoded->pixels.get(), number, "decoded", keep_steps); !kept) {
    return tl::unexpected(std::move(kept.error()));
  }
  if (auto cut = cut_out(*decoded, options.area); !cut) {
    return tl::unexpected(std::move(cut.error()));
  }
  if (is_one_colour(decoded->pixels.get())) return blank(*decoded, number);
  auto prepared = prepare(*decoded, options, orientation_);
  if (!prepared) return tl::unexpected(std::move(prepared.error()));
  decoded->pixels.reset();
  stage_ends("prepare");
  auto language = settle_language(*prepared, options);
  if (!language) return tl::unexpected(std::move(language.error()));
  stage_ends("choose language");
  auto page = recognise(*prepared, options);
  stage_ends("recognise");
  if (!page) return page;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::duration<double>(options.page_timeout_s - stage_times_.back().seconds));
  const auto end = Clock::now() + left;
  LookedAgain again = look_again(*recogniser_, *prepared, std::move(page->lines), options, left);
  page->lines = std::move(again.lines);
  stage_ends("look again");
  read_numbers_again(*page, *prepared, options, end);
  stage_ends("read numbers again");
  if (auto kept = keep_picture(prepared->pixels.get(), number, "prepared", keep_steps); !kept) {
    return tl::unexpected(std::move(kept.error()));
  }
  page->number = number;
  page->languages = language->language;
  note(*page, NoticeCode::language_missing, about_script(language->missing_script));
  tell(*page, *decoded, again, options);
  return page;
}

}  // namespace emend
