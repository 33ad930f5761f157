// SPDX-License-Identifier: Apache-2.0
// The work of this process: documents opened, pages read.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"
#include "page_worker/input/input_file.h"
#include "page_worker/number_reader/number_reader.h"
#include "page_worker/prepare/orientation.h"
#include "page_worker/recognise/language_choice.h"
#include "page_worker/recognise/recognisers.h"

namespace emend {

// Keeps the last document open and the last languages loaded, since pages of one document come one
// after the other. Errors name neither the file nor the page.
class PageReader {
 public:
  // Fails as open_input() and check_languages() do.
  [[nodiscard]] Result<InputFile*> open(const std::filesystem::path& path,
                                        const ReadOptions& options);

  // Reads page `number`. What the reader of the page must know is in its notices. When `keep_steps`
  // is not empty the pictures are written there as 000017_decoded.png and 000017_prepared.png.
  [[nodiscard]] Result<Page> read(const std::filesystem::path& path, int number,
                                  const ReadOptions& options,
                                  const std::filesystem::path& keep_steps);

  // What each stage of the last read() took, in their order.
  struct StageTime {
    const char* stage;
    double seconds;
  };
  [[nodiscard]] const std::vector<StageTime>& stage_times() const { return stage_times_; }

 private:
  using Clock = std::chrono::steady_clock;

  // A file that was replaced has another identity and is opened again.
  struct Identity {
    std::filesystem::path path;
    std::string password;
    std::uintmax_t device = 0;
    std::uintmax_t inode = 0;
    std::intmax_t size = 0;
    std::intmax_t changed_ns = 0;

    friend bool operator==(const Identity&, const Identity&) = default;
  };
  [[nodiscard]] static Identity identify(const std::filesystem::path& path,
                                         const ReadOptions& options);
  [[nodiscard]] Result<void> load_languages(const std::vector<std::string>& languages);
  [[nodiscard]] Result<void> load_first_languages(const ReadOptions& options);
  // Asked once: finding them starts an engine.
  [[nodiscard]] const std::vector<std::string>& installed();
  // For `-l auto` the language of this page, and its recogniser; else nothing.
  [[nodiscard]] Result<LanguageChoice> settle_language(const PreparedPage& page,
                                                       const ReadOptions& options);
  [[nodiscard]] Result<Page> recognise(PreparedPage& prepared, const ReadOptions& options);
  // Numbers once more, each by itself: first all by the reader of numbers, then by Tesseract, until
  // `end`, those that are in doubt after that.
  void read_numbers_again(Page& page, const PreparedPage& prepared, const ReadOptions& options,
                          Clock::time_point end);
  // Adds what the reader of numbers makes of them, where there is one, and settles their lights; in
  // the best quality also what it makes of all other words.
  void read_independently(Page& page, Pix* pixels, const ReadOptions& options);
  // The page by the text that it has of its own, where that is good enough to be kept.
  [[nodiscard]] std::optional<Page> kept(int number, const ReadOptions& options);

  Identity identity_;
  std::unique_ptr<InputFile> file_;
  std::optional<std::vector<std::string>> installed_;
  Recognisers recognisers_;
  Recogniser* recogniser_ = nullptr;  // of those, the one for the page at hand
  Orientation orientation_;
  InstalledReader number_reader_;
  std::vector<StageTime> stage_times_;
};

}  // namespace emend
