// SPDX-License-Identifier: Apache-2.0
// What was read: Document -> Page -> Line -> Word -> Reading.
//
// Values only. A stage takes one and returns a new one; nothing is edited in place. All text is
// valid UTF-8 in Unicode normal form NFC. Coordinates are pixels of the page image as it was
// recognised (upright, at Page::dpi), origin at the top left.
//
//   #include <emend/run.h>
//   const auto document = emend::read_document("invoice.png");
//   if (!document) return;
//   for (const emend::Page& page : document->pages) {
//     for (const emend::Edit& edit : page.edits) {
//       std::cout << edit.before << " -> " << edit.after << ": " << name(edit.verdict) << '\n';
//     }
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace emend {

struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  friend bool operator==(const Box&, const Box&) = default;
};

// What the recogniser would also have accepted for one character.
struct Alternative {
  std::string text;  // usually one code point
  double cost = 0;   // nats by which it is less likely than the character that was printed; >= 0

  friend bool operator==(const Alternative&, const Alternative&) = default;
};

// Who gave a reading. Two looks of one recogniser err alike: only readers that share nothing can
// bear each other out.
enum class Reader : std::uint8_t {
  look,   // the recogniser, looking at the page or at a line of it; or what correction made of that
  crop,   // the recogniser, looking at the word alone, in another size or black and white
  emend,  // emend's own reader of numbers, which is given the word alone
};

// One way to read a word.
struct Reading {
  std::string text;
  double confidence = 0;  // calibrated probability 0..1 that `text` is exactly what is printed

  // One slot per character, best first: characters[i][0] is the printed character itself at cost 0,
  // and these joined are `text`. Empty when the recogniser gave none that can be trusted; it is
  // never partly filled.
  std::vector<std::vector<Alternative>> characters;

  Reader reader = Reader::look;

  friend bool operator==(const Reading&, const Reading&) = default;
};

enum class WordKind : std::uint8_t {
  word,        // letters, hyphens, apostrophes, with any outer punctuation
  number,      // has a digit and the form of an amount, quantity, percentage, date or time
  identifier,  // has a digit and no such form: order numbers, IBANs, product codes
  currency,    // a currency sign or code on its own
  link,        // e-mail address, URL, path
  symbol,      // no letter and no digit
};

// How far a number can be trusted. Green: the recogniser and emend's own reader of numbers agree;
// where that reader is not there, or is switched off, two looks at the page do. Red: readings
// differ, or the number is more likely wrong than right. A page that was looked at once, without
// that reader, has no green.
enum class Light : std::uint8_t { none, green, yellow, red };

struct Word {
  Box box;
  // readings[0] is the one that stands; never empty. After a correction readings[1] is what was
  // recognised.
  std::vector<Reading> readings;
  // What further looks read in this place: those of the page where that is something else, and of a
  // number that was read again by itself all of them, also those that agree. They never stand.
  std::vector<Reading> other_readings;
  WordKind kind = WordKind::word;
  bool in_dictionary = false;   // the recogniser found it in its own word list
  bool number_pattern = false;  // the recogniser found that it has a number's form
  Light light = Light::none;    // none for words without a digit

  [[nodiscard]] const std::string& text() const& { return readings.front().text; }
  const std::string& text() const&& = delete;  // it would be gone with the word
  [[nodiscard]] double confidence() const { return readings.front().confidence; }

  friend bool operator==(const Word&, const Word&) = default;
};

struct Line {
  Box box;
  std::vector<Word> words;    // in reading order; a corrected word may hold a space (a word split)
  bool starts_block = false;  // first line of a paragraph or column: printed after an empty line
  // A logo, stamp or signature that was read as if it were print. Not part of the text, in no
  // format but the JSON form, and never proofread.
  bool is_noise = false;

  friend bool operator==(const Line&, const Line&) = default;
};

// Which words of a line: [first, first + count).
struct WordRange {
  std::size_t first = 0;
  std::size_t count = 1;

  friend bool operator==(const WordRange&, const WordRange&) = default;
};

// Why a change was proposed. A token with a digit or a currency sign changes for one of the last
// four only.
enum class EditReason : std::uint8_t {
  language,           // a word that the language, with the recogniser's evidence, prefers
  look_alike_repair,  // a letter became the digit that it looks like, and the form is a number's
  layout_repair,      // a separator or gap inside an amount, as the column and the page write it
  second_reading,     // readings agree and a check that failed now passes, or an independent reader
                      // is sure and the recogniser, a form or a column bears it out
  word_repair,        // a digit inside a word became the letter that it looks like
};

enum class Verdict : std::uint8_t {
  applied,
  too_little_gain,  // the language does not prefer it by enough
  locked,           // the token is a number, an identifier, a link or too sure to be touched
  unknown_word,     // neither a known word nor one of this document
  too_different,    // more of the word would change than is allowed
  model_failed,     // the model gave no usable score
  reverted,         // the final verifier put the whole line back
  unproven,         // other readings say so, but no check bears it out, or they do not agree
  flagged,          // numbers are not to be changed (CorrectOptions::numbers); this would have been
};

// What spoke for an edit. Gains and costs in nats. For a second_reading by emend's own reader of
// numbers no language counts: language_gain is by how much that reader prefers the new digits,
// channel_cost by how much the recogniser prefers those that it read, of which a half is held
// against it.
struct Evidence {
  std::string source;        // "alternatives", "look_alike", "dictionary", "document", "split", ...
  double language_gain = 0;  // by how much the language prefers `after`
  double channel_cost = 0;   // how unlikely the misreading is
  double margin = 0;         // what language_gain - channel_cost had to reach
  // second_reading only: the rule (emend/numbers.h) that failed before and passes with `after`;
  // empty when none does.
  std::string check = {};

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

// One proposal and what became of it. Undoing every `applied` edit gives back the recognised text
// byte for byte.
struct Edit {
  int page = 0;          // 1-based
  std::size_t line = 0;  // index into Page::lines
  WordRange words;       // which words of that line
  Box box;               // of those words
  std::string before;    // as recognised
  std::string after;     // as proposed
  EditReason reason = EditReason::language;
  Verdict verdict = Verdict::applied;
  Evidence evidence;

  friend bool operator==(const Edit&, const Edit&) = default;
};

enum class NoticeCode : std::uint8_t {
  page_failed,       // the page could not be read; nothing of it is in the document
  page_blank,        // there is nothing on the page
  input_repaired,    // the file is damaged, what could be saved was read
  model_failed,      // a model could not be asked; the message says what became of the text
  line_reverted,     // a corrected line failed the final check and is as recognised again
  resource_limited,  // fewer workers, a smaller image or fewer layers on a GPU than asked for
  cancelled,         // not read, because the caller asked to stop
  noise_left_out,    // lines that are a logo, stamp or signature are not part of the text
  page_hopeless,     // hardly a word can be trusted; no model was asked about the page
  language_missing,  // the page is in a script for which no language is installed
  gain_unclear,      // all that would change on the page is not clearly a gain; its words stay
};

// Something the reader of the result must know although the rest arrived.
struct Notice {
  NoticeCode code = NoticeCode::page_failed;
  int page = 0;  // 1-based; 0 = the whole document
  std::string message;

  friend bool operator==(const Notice&, const Notice&) = default;
};

// Where the words of a page come from.
enum class TextSource : std::uint8_t {
  recognised,  // read from the picture of the page
  pdf,         // the text that the PDF page had already; it is not corrected
};

struct Page {
  int number = 0;  // 1-based, as in the source
  int width = 0;   // pixels
  int height = 0;
  int dpi = 0;
  // Degrees clockwise by which the page was turned to stand upright, beyond what the file itself
  // asks for (EXIF, rotation of a PDF page).
  int rotation = 0;
  // The language that was chosen for the page when none was named (-l auto), else empty.
  std::string languages;
  // How the page was cut into lines: "automatic", "single_block", ...; empty when it was not read.
  std::string segmentation;
  TextSource text_source = TextSource::recognised;
  std::vector<Line> lines;
  std::vector<Edit> edits;      // all proposals, applied or not, in reading order
  std::vector<Notice> notices;  // about this page

  friend bool operator==(const Page&, const Page&) = default;
};

// Everything that decides the bytes of a result. No times, dates or random ids.
struct Provenance {
  std::string emend;       // version
  std::string recogniser;  // "tesseract 5.3.0"
  std::string languages;   // "eng+deu"
  std::string model;       // "embedded", "none" or the model's own name
  // SHA-256 of the model file, or of the parts of the embedded one; empty for none.
  std::string model_hash;
  // Where a GGUF ran: "CPU" or "12 of 37 layers on Vulkan0"; else empty. When memory did not
  // suffice or the model's process died, the rest of the document was done with smaller batches,
  // whose scores differ in their last digits: then "CPU, in batches of 64", with a notice. So two
  // results of the same placement and without such a notice are the same bytes.
  std::string placement;
  std::string options;  // those that were not left at their defaults: "margin=3.0 pdf_dpi=200"

  friend bool operator==(const Provenance&, const Provenance&) = default;
};

struct Document {
  std::string source;  // as the caller named it
  std::vector<Page> pages;
  std::vector<Notice> notices;  // about the document and about pages that are missing
  Provenance provenance;

  friend bool operator==(const Document&, const Document&) = default;
};

// How far a page can be trusted: the share of its words that can be expected to be exact, 0..1. A
// page without words has 1, since nothing on it can be wrong.
[[nodiscard]] double trust(const Page& page);

// Whether proofreading can make sense of the page: it has words, and some of them can be trusted.
[[nodiscard]] bool is_legible(const Page& page);

// Where a word stands in its page.
struct WordPlace {
  std::size_t line = 0;
  std::size_t word = 0;

  friend bool operator==(const WordPlace&, const WordPlace&) = default;
};

// The numbers that somebody should compare with the paper: those whose light is red, in reading
// order.
[[nodiscard]] std::vector<WordPlace> uncertain_numbers(const Page& page);

// The page without its lines of noise.
[[nodiscard]] Page without_noise(const Page& page);

// The text of a line, page or document: words joined by one space, lines ended by a newline, blocks
// parted by an empty line, pages parted by a form feed (as pdftotext and tesseract do). Lines of
// noise are not part of the text of a page.
[[nodiscard]] std::string text(const Line& line);
[[nodiscard]] std::string text(const Page& page);
[[nodiscard]] std::string text(const Document& document);

// The same as it was recognised: `page` with its applied edits undone.
[[nodiscard]] Page as_recognised(const Page& page);

[[nodiscard]] std::string_view name(WordKind kind);
[[nodiscard]] std::string_view name(Reader reader);
[[nodiscard]] std::string_view name(Light light);
[[nodiscard]] std::string_view name(EditReason reason);
[[nodiscard]] std::string_view name(Verdict verdict);
[[nodiscard]] std::string_view name(NoticeCode code);
[[nodiscard]] std::string_view name(TextSource source);

}  // namespace emend
