// SPDX-License-Identifier: Apache-2.0
// A reader of numbers that shares nothing with Tesseract: a small convolutional network of our own,
// trained on rendered words (training/reader). Two looks of one engine make the same mistakes; this
// one makes others.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"
#include "emend/error.h"
#include "page_worker/number_reader/ctc.h"
#include "page_worker/number_reader/network.h"
#include "page_worker/picture.h"

namespace emend {

// What the network made of one crop.
class CropReading {
 public:
  CropReading(LogProbabilities probabilities, const std::vector<char32_t>& alphabet);

  // The text of the best path. A sign that the reader does not know is U+FFFD. May be empty.
  [[nodiscard]] const std::string& text() const { return text_; }
  // ln of the probability that the crop shows exactly this text; what the alphabet lacks is the
  // class for other signs. kImpossible when it is longer than the crop has room for.
  [[nodiscard]] double ln_likelihood_of(std::string_view text) const;
  [[nodiscard]] double ln_likelihood() const { return ln_likelihood_; }  // of text()

  // The crop reads the same when it is stretched, or surely as another reader reads it. A reading
  // that does not is half a guess.
  [[nodiscard]] bool is_steady() const { return is_steady_; }
  void mark_unsteady() { is_steady_ = false; }

  // text() with what each of its characters could be instead, in the form of Reading::characters.
  // The cost of an alternative is by how much the whole text is less likely with it. Its confidence
  // is the likelihood itself, not calibrated.
  [[nodiscard]] Reading reading() const;

 private:
  [[nodiscard]] std::size_t label_of(char32_t c) const;
  [[nodiscard]] std::vector<Alternative> alternatives_at(std::size_t position) const;

  LogProbabilities probabilities_;
  const std::vector<char32_t>& alphabet_;
  std::vector<Emission> path_;
  Labels labels_;
  std::string text_;
  double ln_likelihood_ = kImpossible;
  bool is_steady_ = true;
};

class NumberReader {
 public:
  // Fails as open_reader_file() and ReaderNetwork::create() do.
  [[nodiscard]] static Result<NumberReader> open(const std::filesystem::path& path,
                                                 std::string_view digest);
  // The one that comes with emend. Fails with missing_dependency when there is none.
  [[nodiscard]] static Result<NumberReader> installed();

  // Nothing where there is nothing to read or memory does not suffice. Must not outlive the reader.
  // `expected` is what another reader surely read there; a crop that surely reads the same is not
  // stretched.
  [[nodiscard]] std::optional<CropReading> read(Pix* page, const Box& box,
                                                std::string_view expected = {});
  [[nodiscard]] std::optional<CropReading> read(const GreyCrop& crop,
                                                std::string_view expected = {});

  // A text as this reader can read it: what is printed alike is the same sign, and what it does not
  // know is U+FFFD.
  [[nodiscard]] std::u32string as_known(std::u32string_view text) const;

  [[nodiscard]] const std::string& digest() const { return digest_; }

 private:
  NumberReader(ReaderNetwork network, ReaderFile file);
  [[nodiscard]] std::optional<CropReading> read_once(const GreyCrop& crop, bool is_stretched);

  ReaderNetwork network_;
  std::vector<char32_t> alphabet_;
  std::string digest_;
};

// The installed reader, loaded when it is first wanted.
class InstalledReader {
 public:
  // Null when it is not installed or cannot be used; then the page is read without it.
  [[nodiscard]] NumberReader* get();
  // Why it cannot be used although it is there; empty when there is nothing to say.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
  bool is_tried_ = false;
  std::optional<NumberReader> reader_;
  std::string trouble_;
};

}  // namespace emend
