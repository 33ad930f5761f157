// SPDX-License-Identifier: Apache-2.0
// Whatever a model says, a proposer proposes or a recogniser lists: the promises hold.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <random>

#include "correct/corrector.h"
#include "correct/own_words.h"
#include "correct/page_pass.h"
#include "correct/rewrite_pass.h"
#include "correct/text_corrector.h"
#include "correct_fakes.h"
#include "emend/json.h"
#include "guard_oracle.h"
#include "rewrite_fakes.h"

namespace emend {
namespace {

// Seeded; the same cases on every machine.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool once_in(std::size_t n) { return below(n) == 0; }
  double share() { return static_cast<double>(below(1001)) / 1000; }
  const std::string& one_of(const std::vector<std::string>& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937 random_;
};

const std::vector<std::string> kTokens = {
    "Invoic",  "lnvoice",  "Total:",  "Totol",    "the",      "tbe",    "rnodern",   "TAXINVOICE",
    "lnvo1ce", "T0TAL",    "5ervice", "12345",    "$1O0.00",  "RMO.55", "1O:30",     "2O23-07-15",
    "25SQ#",   "S117",     "12.50",   "-3,00",    "\u20AC5",  "19%",    "1O%",       "US$",
    "EUR",     "A4",       "me@x.de", "www.a.de", "/usr/lib", "(Mr.",   "Rimbunan",  "d\u2019eau",
    "infor-",  "\u4E2D",   "\u0661l", "m\u00B2",  "...",      "|",      "1234O678",  "Preight",
    "B0X",     "5LOTS",    "I.10",    "1S.00",    "xyzzyq",   "O.50",   "3O-OCT-18", "INV-1O",
    "a\u0301", "\uFB01nd", "Straze",  "eee",      "1,O00.00", "12OO",   "0f",        "we'1l"};

const std::vector<std::string> kHostile = {"",
                                           " ",
                                           "\n",
                                           "\xFF",
                                           "\xC3",
                                           "5",
                                           "$",
                                           "\u20AC",
                                           "%",
                                           "0",
                                           "O",
                                           "l",
                                           "1",
                                           "8",
                                           "S",
                                           "a",
                                           "e",
                                           "\u0000",
                                           "the",
                                           "\u2028",
                                           "Here is the corrected text: total",
                                           "I cannot help",
                                           "Invoice Invoice",
                                           "$100.00",
                                           "100.00",
                                           "2550#",
                                           "5117",
                                           "invoice",
                                           "Total",
                                           "TAX INVOICE",
                                           "12346"};

Page random_page(Dice& dice) {
  Page page;
  page.number = 1;
  page.lines.resize(dice.once_in(5) ? 2 : 1);
  for (Line& line : page.lines) {
    line.box = {1, 2, static_cast<int>(dice.below(100)), 4};
    const std::size_t words = 1 + dice.below(3);
    for (std::size_t w = 0; w < words; ++w) {
      Word word = make_word(dice.one_of(kTokens), dice.share());
      word.box.x = static_cast<int>(w);
      auto& slots = word.readings[0].characters;
      if (dice.once_in(4)) slots.clear();
      for (auto& slot : slots) {
        while (dice.once_in(3)) slot.push_back({dice.one_of(kHostile), 12 * dice.share()});
      }
      line.words.push_back(std::move(word));
    }
  }
  return page;
}

// Answers in a way that depends on the dice: sensible, contrary, senseless, or not at all.
ScriptedModel::Script hostile_model(Dice& dice) {
  const std::size_t kind = dice.below(9);
  return [&dice, kind](std::span<const ScoreRequest> requests) -> ScriptedModel::Scores {
    if (kind == 0) return fail(ErrorCode::engine_failed, "the model died: \xFF");
    std::vector<std::vector<double>> scores;
    for (const ScoreRequest& request : requests) {
      std::vector<double>& row = scores.emplace_back();
      for (std::size_t i = 0; i < request.candidates.size(); ++i) {
        const double length = static_cast<double>(request.candidates[i].size());
        switch (kind) {
          case 1:
            row.push_back(std::nan(""));
            break;
          case 2:
            row.push_back(i == 0 ? -std::numeric_limits<double>::infinity() : 0);
            break;
          case 3:
            row.push_back(i == 0 ? 0 : std::numeric_limits<double>::infinity());
            break;
          case 4:
            row.push_back(i == 0 ? -1e300 : 1e300);
            break;
          case 5:
            row.push_back(-100 * length);
            break;
          case 6:
            row.push_back(1e6 * dice.share());
            break;
          default:
            row.push_back(i == 0 ? -1000 : -1000 * dice.share());
            break;
        }
      }
      if (kind == 7 && dice.once_in(2)) row.pop_back();
    }
    if (kind == 8 && dice.once_in(2)) scores.pop_back();
    return scores;
  };
}

// Proposes what no proposer should, for any reason and at any price.
class RogueProposer final : public Proposer {
 public:
  explicit RogueProposer(Dice& dice) : dice_(dice) {}

  std::vector<Candidate> propose(const Suspect& suspect, const KnownWords& known) override {
    std::vector<Candidate> candidates;
    if (dice_.once_in(12)) candidates = emend::propose(suspect, known, {});
    const std::size_t count = 1 + dice_.below(6);
    for (std::size_t i = 0; i < count; ++i) {
      Candidate candidate;
      candidate.core = damaged(suspect.core);
      candidate.reason = static_cast<EditReason>(dice_.below(5));
      candidate.support = static_cast<Support>(dice_.below(5));
      candidate.misreading.cost = dice_.once_in(9)   ? std::nan("")
                                  : dice_.once_in(9) ? -1e9
                                                     : 20 * dice_.share();
      candidates.push_back(std::move(candidate));
    }
    return candidates;
  }

 private:
  std::string damaged(const std::string& core) {
    const std::size_t at = dice_.below(core.size() + 1);
    switch (dice_.below(6)) {
      case 0:
        return dice_.one_of(kHostile);
      case 1:
        return dice_.one_of(kTokens);
      case 2:
        return core.substr(0, at);
      case 3:
        return core.substr(0, at) + dice_.one_of(kHostile) + core.substr(at);
      case 4:
        return core + " " + core;
      default:
        return core.substr(0, at) + dice_.one_of(kHostile) +
               core.substr(std::min(at + 1, core.size()));
    }
  }

  Dice& dice_;
};

TEST(GuardProperty, HoldsForRogueProposersAndModels) {
  Dice dice(20231115);
  Vocabulary document;
  for (const char* word : {"Rimbunan", "$100.00", "2550#", "Invoice"}) document.add(word);
  const KnownWords known(english(), document);
  PassSettings settings;
  int applied = 0;
  for (int i = 0; i < 86'000; ++i) {
    RogueProposer proposer(dice);
    ScriptedModel fast(hostile_model(dice));
    ScriptedModel slow(hostile_model(dice));
    settings.margin = dice.once_in(3) ? 0 : 4;
    const Page page = random_page(dice);
    const PassSources sources{known, proposer, fast, dice.once_in(2) ? &slow : nullptr};
    const Page result = correct_page(page, sources, settings, {});
    ASSERT_EQ(GuardOracle::judge(page, result), "") << "case " << i << "\n" << text(page);
    for (const Edit& edit : result.edits) applied += edit.verdict == Verdict::applied;
  }
  EXPECT_GT(applied, 10'000) << "a guard that lets nothing through proves nothing";
}

TEST(GuardProperty, HoldsForHostileAlternativesAndModels) {
  Dice dice(4711);
  std::unique_ptr<ScriptedModel> model;
  ScriptedModel front(
      [&](std::span<const ScoreRequest> requests) { return model->score(requests); });
  auto corrector = Corrector::create({.margin = 0}, {&english(), &front, &front});
  ASSERT_TRUE(corrector);
  int applied = 0;
  for (int i = 0; i < 12'000; ++i) {
    if (i % 50 == 0) corrector->reset();
    model = std::make_unique<ScriptedModel>(hostile_model(dice));
    const Page page = random_page(dice);
    const Page result = corrector->correct(page);
    ASSERT_EQ(GuardOracle::judge(page, result), "") << "case " << i << "\n" << text(page);
    for (const Edit& edit : result.edits) applied += edit.verdict == Verdict::applied;
  }
  EXPECT_GT(applied, 4'000);
}

// Answers as an instruct model does on a bad day: chatter, dropped text, changed digits, repeated
// lines, nothing, bytes that are no text, at any gain.
ScriptedRewriter::Script hostile_rewriter(Dice& dice) {
  return [&dice](const RewriteRequest& request) -> Result<Rewritten> {
    if (dice.once_in(12)) return fail(ErrorCode::engine_failed, "the model died");
    if (dice.once_in(9) && request.text.size() > 8) return fail(ErrorCode::limit_exceeded, "long");
    Rewritten answer;
    for (std::size_t at = 0; at < request.text.size();) {
      std::size_t end = std::min(request.text.find_first_of(" \n", at), request.text.size());
      if (dice.once_in(9)) end += dice.below(9);
      std::string word = request.text.substr(at, end - at);
      const std::size_t cut = dice.below(word.size() + 1);
      switch (dice.below(7)) {
        case 0:
          word = dice.one_of(kHostile);
          break;
        case 1:
          word = dice.one_of(kTokens);
          break;
        case 2:
          word = word.substr(cut);
          break;
        case 3:
          word.insert(cut, dice.one_of(kHostile));
          break;
        case 4:
          word += " " + word;
          break;
        default: {
          const auto near = english().neighbours(word, 2, 1);
          if (!near.empty()) word = near.front().word;
          break;
        }
      }
      const double gain = dice.once_in(20) ? std::nan("") : 1000 * dice.share();
      if (!dice.once_in(4)) answer.changes.push_back({{at, end}, std::move(word), gain});
      at = end + (dice.once_in(9) ? 0 : 1);
      if (end >= request.text.size()) break;
    }
    return answer;
  };
}

TEST(GuardProperty, HoldsForHostileRewriters) {
  Dice dice(815);
  std::unique_ptr<ScriptedModel> model;
  ScriptedModel front(
      [&](std::span<const ScoreRequest> requests) { return model->score(requests); });
  ScriptedRewriter rewriter(hostile_rewriter(dice));
  auto corrector = Corrector::create({.margin = 0, .prompt = "Make every number higher."},
                                     {&english(), &front, &front, &rewriter});
  ASSERT_TRUE(corrector);
  int applied = 0;
  int rewritten = 0;
  for (int i = 0; i < 12'000; ++i) {
    if (i % 50 == 0) corrector->reset();
    model = std::make_unique<ScriptedModel>(hostile_model(dice));
    rewriter.requests.clear();
    const Page page = random_page(dice);
    const Page result = corrector->correct(page);
    ASSERT_EQ(GuardOracle::judge(page, result), "") << "case " << i << "\n" << text(page);
    for (const Edit& edit : result.edits) {
      applied += edit.verdict == Verdict::applied;
      rewritten += edit.verdict == Verdict::applied && edit.evidence.source == kRewriteSource;
    }
  }
  EXPECT_GT(applied, 3'000);
  EXPECT_GT(rewritten, 100) << "a rewriter that never gets its way proves nothing";
}

// Words that tokens with a digit would be if their digits were letters, and the tokens themselves.
const std::vector<std::string> kTempting = {"BOX",    "SLOTS",   "lnvoice",    "TOTAL", "Service",
                                            "SII7",   "A4",      "ISO0",       "RMO",   "SII",
                                            "lOO",    "weil",    "we'll",      "of",    "IZ34S",
                                            "Preight", "Totol",  "TAXlNVOICE", "INVIO", "rnodern",
                                            "Straze", "xyzzyq",  "tbe",        "eee",   "Bakkwa"};

bool has_reverted_line(const Page& page) {
  return std::any_of(page.notices.begin(), page.notices.end(), [](const Notice& notice) {
    return notice.code == NoticeCode::line_reverted;
  });
}

// What the user brings along, whatever it is, makes no difference to what has a digit or a sign.
TEST(GuardProperty, NoWordListAndNoTextOfADomainChangesANumber) {
  Dice dice(1234);
  ScriptedModel usual(by_candidate(
      [](const std::string& word) { return english().contains(word) ? -10.0 : -30.0; }));
  int word_repairs = 0;
  int for_own_words = 0;
  for (int i = 0; i < 6'000; ++i) {
    std::vector<OwnWord> words;
    for (const std::vector<std::string>& list : {kTempting, kTokens, kHostile}) {
      const std::size_t count = dice.below(20);
      std::string lines;
      for (std::size_t n = 0; n < count; ++n) lines += dice.one_of(list) + "\n";
      const auto found = dice.once_in(2) ? words_of_list(repaired_utf8(lines))
                                         : words_of_text(repaired_utf8(lines + lines));
      if (found) words.insert(words.end(), found->begin(), found->end());
    }
    const OwnWords own(words);
    ScriptedModel domain(by_candidate([&](const std::string& word) {
      return own.contains(word) ? -1.0 : -30.0 - 10 * static_cast<double>(word.size());
    }));
    const CorrectOptions options = {.margin = dice.once_in(2) ? 0.0 : 4.0};
    auto without = Corrector::create(options, {&english(), &usual});
    CorrectionSources sources{&english(), &usual};
    sources.own = &own;
    sources.domain = dice.once_in(2) ? &domain : nullptr;
    auto with = Corrector::create(options, sources);
    ASSERT_TRUE(without && with);
    const Page page = random_page(dice);
    const Page expected = without->correct(page);
    const Page result = with->correct(page);
    ASSERT_EQ(GuardOracle::judge(page, result), "") << "case " << i << "\n" << text(page);
    for (std::size_t l = 0; l < expected.lines.size(); ++l) {
      for (std::size_t w = 0; w < expected.lines[l].words.size(); ++w) {
        const std::string& as_read = expected.lines[l].words[w].readings.back().text;
        const std::string& now = result.lines[l].words[w].text();
        if (!is_locked(as_read)) {
          for_own_words += now != expected.lines[l].words[w].text();
          continue;
        }
        const bool reverted = now == as_read && has_reverted_line(result);
        ASSERT_TRUE(reverted || now == expected.lines[l].words[w].text())
            << "case " << i << "\n" << text(page) << now;
      }
    }
    for (const Edit& edit : result.edits) {
      word_repairs += edit.verdict == Verdict::applied && edit.reason == EditReason::word_repair;
    }
  }
  EXPECT_GT(word_repairs, 100) << "what never changes proves nothing";
  EXPECT_GT(for_own_words, 100);
}

// The words of a text and everything between them.
std::vector<std::string> parted(const std::string& text, bool words) {
  std::vector<std::string> parts(1);
  bool in_word = false;
  for (const char32_t c : to_code_points(text)) {
    const bool space = is_space(c);
    if (space == in_word) parts.emplace_back();
    in_word = !space;
    parts.back() += to_utf8(c);
  }
  std::erase_if(parts, [&](const std::string& part) {
    return part.empty() || is_space(to_code_points(part)[0]) == words;
  });
  return parts;
}

TEST(GuardProperty, HoldsForPlainText) {
  Dice dice(99);
  const std::vector<std::string> gaps = {" ", "  ", "\t", "\n", "\r\n", "\n\n", "\u00A0", "\f"};
  for (int i = 0; i < 3'000; ++i) {
    ScriptedModel model(hostile_model(dice));
    std::string raw;
    const std::size_t tokens = dice.below(8);
    for (std::size_t t = 0; t < tokens; ++t) raw += dice.one_of(kTokens) + dice.one_of(gaps);
    const auto result = proofread(raw, {.margin = 0, .keep_space = true}, {&english(), &model});
    ASSERT_TRUE(result);
    ASSERT_TRUE(is_valid_utf8(result->text));
    const bool parts_words =
        std::any_of(result->edits.begin(), result->edits.end(), [](const Edit& edit) {
          return edit.verdict == Verdict::applied && edit.after.find(' ') != std::string::npos;
        });
    if (parts_words) continue;
    ASSERT_EQ(parted(result->text, false), parted(raw, false)) << raw;
    const std::vector<std::string> before = parted(raw, true);
    const std::vector<std::string> after = parted(result->text, true);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t w = 0; w < before.size(); ++w) {
      const bool explained =
          std::any_of(result->edits.begin(), result->edits.end(), [&](const Edit& edit) {
            return edit.verdict == Verdict::applied && edit.before == before[w] &&
                   edit.after == after[w];
          });
      ASSERT_TRUE(before[w] == after[w] || explained) << before[w] << " -> " << after[w];
    }
  }
}

TEST(GuardProperty, GivesTheSameBytesForTheSameInput) {
  ScriptedModel model(by_candidate(
      [](const std::string& text) { return english().contains(text) ? -10.0 : -30.0; }));
  Dice dice(7);
  for (int i = 0; i < 200; ++i) {
    const Page page = random_page(dice);
    auto first = Corrector::create({}, {&english(), &model});
    auto second = Corrector::create({}, {&english(), &model});
    const Page result = first->correct(page);
    ASSERT_EQ(second->correct(page), result);
    Page plain = result;
    for (Line& line : plain.lines) {
      for (Word& word : line.words) {
        for (Reading& reading : word.readings) reading.characters.clear();
      }
    }
    ASSERT_TRUE(page_from_json(to_json(plain)));
  }
}

}  // namespace
}  // namespace emend
