// SPDX-License-Identifier: Apache-2.0
// How fast the guard is: bytes of text per second through each of its parts.
//
//   bench_guard_throughput TEXT [SECONDS]
//
// TEXT is a file of lines. Every 30th word is misread by the seeded generator, so the parts have
// something to object to. Prints a Markdown table; each row is the best of the rounds that fit into
// SECONDS (default 2), since the guard does the same work every time and only others disturb it.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "core/edit_automaton.h"
#include "core/token.h"
#include "correct/judge.h"
#include "correct/verify.h"
#include "emend/document.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Line {
  std::vector<std::string> before;
  std::vector<std::string> after;
  std::vector<emend::Edit> edits;
};

struct Text {
  std::vector<Line> lines;
  std::string draft;    // all lines before
  std::string written;  // all lines after
  std::vector<bool> locked;
};

// One letter less, or another one.
std::string misread(std::string word, std::mt19937& random) {
  const std::size_t at = random() % word.size();
  if (random() % 2 == 0 && word.size() > 3) return word.erase(at, 1);
  word[at] = 'x';
  return word;
}

Text text_of(const std::string& path) {
  constexpr unsigned kEvery = 30;
  std::ifstream file(path, std::ios::binary);
  std::mt19937 random(1);
  Text text;
  for (std::string raw; std::getline(file, raw);) {
    std::istringstream words(raw);
    Line line;
    for (std::string word; words >> word;) {
      line.after.push_back(word);
      const bool is_fixed = emend::is_locked(word);
      const bool changes = !is_fixed && word.size() > 4 && random() % kEvery == 0;
      line.before.push_back(changes ? misread(word, random) : word);
      if (line.before.back() != word) {
        emend::Edit edit;
        edit.words = {line.before.size() - 1, 1};
        edit.before = line.before.back();
        edit.after = word;
        line.edits.push_back(edit);
      }
      text.draft += line.before.back() + ' ';
      text.locked.resize(text.draft.size(), is_fixed);
      text.written += word + ' ';
    }
    text.draft += '\n';
    text.written += '\n';
    text.locked.resize(text.draft.size(), false);
    text.lines.push_back(std::move(line));
  }
  return text;
}

// Bytes per second, of the best round.
double best_rate(std::size_t bytes, double seconds, const std::function<std::size_t()>& work) {
  double best = 0;
  std::size_t found = 0;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  do {
    const auto begin = Clock::now();
    found += work();
    const std::chrono::duration<double> took = Clock::now() - begin;
    best = std::max(best, static_cast<double>(bytes) / took.count());
  } while (Clock::now() < end);
  if (found == 0) std::cerr << "nothing was found\n";  // the work must not be optimised away
  return best;
}

std::size_t classify_all(const Text& text) {
  std::size_t locked = 1;
  for (const Line& line : text.lines) {
    for (const std::string& word : line.before) locked += emend::is_locked(word) ? 1 : 0;
  }
  return locked;
}

std::size_t verify_all(const Text& text) {
  std::size_t sound = 1;
  for (const Line& line : text.lines) {
    sound += emend::find_breach({line.before, line.after, line.edits}) ? 0 : 1;
  }
  return sound;
}

// As a rewriting model's answer is followed: from each change to the end of its word.
std::size_t automaton_all(const Text& text) {
  constexpr std::size_t kStretch = 200;
  std::size_t written = 1;
  for (std::size_t at = 0; at + kStretch < text.draft.size(); at += kStretch) {
    emend::EditAutomaton automaton(text.draft, text.locked, at, {});
    for (std::size_t i = 0; i < kStretch; ++i) {
      if (!automaton.write(std::string_view(text.draft).substr(at + i, 1))) break;
      ++written;
    }
  }
  return written;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: bench_guard_throughput TEXT [SECONDS]\n";
    return 2;
  }
  const Text text = text_of(argv[1]);
  const double seconds = argc > 2 ? std::atof(argv[2]) : 2;
  if (text.draft.empty()) {
    std::cerr << argv[1] << ": no text\n";
    return 1;
  }
  const std::size_t bytes = text.draft.size();
  const auto row = [&](const char* part, const std::function<std::size_t()>& work) {
    constexpr double kMega = 1e6;
    std::cout << "| " << part << " | " << best_rate(bytes, seconds, work) / kMega << " |\n";
  };
  std::cout << "| part | MB/s |\n|---|---|\n";
  row("which tokens are locked", [&] { return classify_all(text); });
  row("final verifier, line by line", [&] { return verify_all(text); });
  row("edit automaton, byte by byte", [&] { return automaton_all(text); });
  return 0;
}
