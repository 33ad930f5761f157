// SPDX-License-Identifier: Apache-2.0
// Proofreads recorded pages again with other weights, in seconds: for bench/fit_correction.py.
//
//   bench_recorrect LIST [MODEL [WORDS [DOMAIN]]] < settings > results
//
// LIST has a document on each line, parted by tabs: its name, its truth, "fold" where the truth is
// in capitals or "-", and the files NNNNNN_recognised.json of its pages as --keep-steps writes
// them. MODEL, WORDS and DOMAIN are as of --model, --words and --domain; "" is none. Each line of
// standard input is one choice of settings, name=value parted by spaces; each answer is a line of
// JSON with what that choice did to every document. With edits=1 it also has what each edit of a
// word did by itself.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "correct/corrector.h"
#include "correct/expected_gain.h"
#include "correct/page_pass.h"
#include "emend/document.h"
#include "emend/evaluate.h"
#include "emend/json.h"
#include "pipeline/proofreader.h"

namespace {

using emend::LanguageModel;
using emend::Page;
using emend::PassSettings;
using emend::Result;
using emend::ScoreRequest;

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << "bench_recorrect: " << why << '\n';
  std::exit(1);
}

template <typename T>
T value_or_give_up(Result<T> result) {
  if (!result) give_up(result.error().message);
  return std::move(*result);
}

// Asks once for what is asked again with every choice of settings.
class Remembering final : public LanguageModel {
 public:
  explicit Remembering(LanguageModel& model) : model_(model) {}

  Result<std::vector<std::vector<double>>> score(std::span<const ScoreRequest> requests) override {
    std::vector<std::vector<double>> scores;
    for (const ScoreRequest& request : requests) {
      std::vector<double>& row = scores.emplace_back();
      ScoreRequest missing{request.before, {}, request.after};
      for (const std::string& candidate : request.candidates) {
        if (known_.count(key(request, candidate)) == 0) missing.candidates.push_back(candidate);
      }
      if (!missing.candidates.empty()) {
        auto answer = model_.score(std::span(&missing, 1));
        if (!answer) return answer;
        for (std::size_t i = 0; i < missing.candidates.size(); ++i) {
          known_[key(request, missing.candidates[i])] = answer->front().at(i);
        }
      }
      for (const std::string& candidate : request.candidates) {
        row.push_back(known_.at(key(request, candidate)));
      }
    }
    return scores;
  }
  [[nodiscard]] std::string name() const override { return model_.name(); }
  [[nodiscard]] std::string hash() const override { return model_.hash(); }

 private:
  static std::string key(const ScoreRequest& request, const std::string& candidate) {
    return request.before + '\0' + candidate + '\0' + request.after;
  }

  LanguageModel& model_;
  std::map<std::string, double> known_;
};

struct Recorded {
  emend::EvaluationSample sample;  // without what comes after
  emend::EvaluationOptions options;
  std::vector<Page> pages;
  std::map<std::string, emend::DocumentScore> scores;  // by the text after
};

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) give_up(path.string() + " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Recorded> documents_of(const std::string& list) {
  std::vector<Recorded> documents;
  std::istringstream lines(text_of_file(list));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream parts(line);
    Recorded document;
    std::string truth;
    std::string fold;
    std::getline(parts, document.sample.id, '\t');
    std::getline(parts, truth, '\t');
    std::getline(parts, fold, '\t');
    document.sample.truth = text_of_file(truth);
    document.options.ignore_case = fold == "fold";
    for (std::string page; std::getline(parts, page, '\t');) {
      document.pages.push_back(value_or_give_up(emend::page_from_json(text_of_file(page))));
      document.sample.before += emend::text(document.pages.back()) + '\f';
    }
    documents.push_back(std::move(document));
  }
  return documents;
}

struct Choice {
  PassSettings settings;
  double edits = 0;  // 1 = each edit by itself, too
};

Choice choice_of(const std::string& line) {
  Choice choice;
  PassSettings& settings = choice.settings;
  emend::Weights& page = settings.weights.page;
  const std::map<std::string, double*> fields = {
      {"edits", &choice.edits},
      {"margin", &settings.margin},
      {"clear_gain", &settings.clear_gain},
      {"model", &page.model},
      {"words", &page.words},
      {"evidence", &page.evidence},
      {"channel", &page.channel},
      {"clear_lead", &settings.clear_lead},
      {"close_call", &settings.close_call},
      {"slow_weight", &settings.slow_weight},
      {"keep_confidence", &settings.suspect.keep_confidence},
      {"fair_confidence", &settings.suspect.fair_confidence}};
  std::istringstream parts(line);
  for (std::string part; parts >> part;) {
    const std::size_t sign = part.find('=');
    const auto field = fields.find(part.substr(0, sign));
    if (field == fields.end() || sign == std::string::npos) give_up("no such setting: " + part);
    *field->second = std::stod(part.substr(sign + 1));
  }
  return choice;
}

// The page with one of its applied edits alone.
Page with_one(Page page, const emend::Edit& kept) {
  for (const emend::Edit& edit : page.edits) {
    if (edit.verdict != emend::Verdict::applied || edit == kept) continue;
    std::vector<emend::Reading>& readings = page.lines[edit.line].words[edit.words.first].readings;
    readings.erase(readings.begin());
  }
  return page;
}

nlohmann::json form(const emend::DocumentScore& score) {
  const auto counts = [](const emend::FateCounts& sums) {
    return nlohmann::json{
        {"fixed", sums.fixed}, {"broken", sums.broken}, {"changed_wrong", sums.changed_wrong}};
  };
  nlohmann::json changes = nlohmann::json::array();
  for (const emend::TokenChange& change : score.changes) {
    changes.push_back({name(change.fate), change.truth, change.before, change.after});
  }
  return {{"id", score.id},
          {"words", counts(score.words())},
          {"numbers", counts(score.numbers())},
          {"harm", score.harm()},
          {"word_errors", {score.before.word_errors, score.after.word_errors}},
          {"changes", changes}};
}

class Bench {
 public:
  Bench(const std::string& list, const std::string& model, const emend::CorrectOptions& options)
      : documents_(documents_of(list)),
        proofreader_(value_or_give_up(
            emend::Proofreader::create(options, model_options(model), {"eng"}, {}))),
        sources_(proofreader_.sources()),
        fast_(*sources_.fast) {
    sources_.fast = &fast_;
    if (sources_.slow != nullptr) {
      slow_ = std::make_unique<Remembering>(*sources_.slow);
      sources_.slow = slow_.get();
    }
  }

  nlohmann::json run(const std::string& line) {
    const Choice choice = choice_of(line);
    auto corrector = value_or_give_up(emend::Corrector::create_with(choice.settings, {}, sources_));
    nlohmann::json out = {{"settings", line}, {"documents", nlohmann::json::array()}};
    for (Recorded& document : documents_) {
      corrector.reset();
      std::vector<Page> pages;
      for (const Page& page : document.pages) {
        pages.push_back(is_legible(page) ? corrector.correct(page) : page);
      }
      nlohmann::json result = form(scored(document, text_of(pages)));
      if (choice.edits > 0) result["edits"] = edits_alone(document, pages);
      out["documents"].push_back(std::move(result));
    }
    return out;
  }

 private:
  static std::string text_of(const std::vector<Page>& pages) {
    std::string text;
    for (const Page& page : pages) text += emend::text(page) + '\f';
    return text;
  }

  // For each applied edit of a word: by how much the sum beats nothing, what it rests on, and by
  // how many words the document is more wrong for it.
  static nlohmann::json edits_alone(Recorded& document, const std::vector<Page>& pages) {
    nlohmann::json edits = nlohmann::json::array();
    for (std::size_t p = 0; p < pages.size(); ++p) {
      for (const emend::Edit& edit : pages[p].edits) {
        if (edit.verdict != emend::Verdict::applied || !emend::is_word_edit(edit)) continue;
        std::vector<Page> others = document.pages;
        others[p] = with_one(pages[p], edit);
        const emend::DocumentScore& score = scored(document, text_of(others));
        edits.push_back({{"before", edit.before},
                         {"after", edit.after},
                         {"source", edit.evidence.source},
                         {"nats", edit.evidence.language_gain - edit.evidence.channel_cost},
                         {"word_errors", static_cast<double>(score.after.word_errors) -
                                             static_cast<double>(score.before.word_errors)}});
      }
    }
    return edits;
  }

  static emend::ModelOptions model_options(const std::string& name) {
    emend::ModelOptions options;
    options.model = name;
    return options;
  }

  static const emend::DocumentScore& scored(Recorded& document, const std::string& after) {
    const auto found = document.scores.find(after);
    if (found != document.scores.end()) return found->second;
    emend::EvaluationSample sample = document.sample;
    sample.after = after;
    return document.scores.emplace(after, value_or_give_up(emend::score(sample, document.options)))
        .first->second;
  }

  std::vector<Recorded> documents_;
  emend::Proofreader proofreader_;
  emend::CorrectionSources sources_;
  Remembering fast_;
  std::unique_ptr<Remembering> slow_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 5)
    give_up("usage: bench_recorrect LIST [MODEL [WORDS [DOMAIN]]] < settings");
  emend::CorrectOptions options;
  if (argc > 3) options.words = argv[3];
  if (argc > 4) options.domain = argv[4];
  Bench bench(argv[1], argc > 2 ? argv[2] : "embedded", options);
  for (std::string line; std::getline(std::cin, line);) std::cout << bench.run(line) << std::endl;
}
