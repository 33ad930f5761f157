// SPDX-License-Identifier: Apache-2.0
// Stands in for emend-page-worker. The file that it is asked to read is a script of what happens:
//
//   {"pages": 7, "3": "crash", "5": "hang", "open": "refuse", "every": "large"}
//
// A page without an entry, and without "every", has one line, "page 4". What an entry can be stands
// at behave(). A file that is no JSON is unreadable. Every page that is read adds its number as a
// line to the file that EMEND_FAKE_WORKER_LOG names.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/json_form.h"
#include "process/channel.h"
#include "process/child.h"
#include "process/limits.h"

namespace {

using namespace emend;
using nlohmann::json;

Word word(const std::string& text) {
  Word word;
  word.readings.push_back({text, 0.99, {}});
  return word;
}

// "lnvoice", where the recogniser might have taken an I as well: a close call, for which a model is
// asked.
Word misread_word() {
  Word misread = word("lnvoice");
  Reading& reading = misread.readings.front();
  reading.confidence = 0.4;
  for (const char c : reading.text) reading.characters.push_back({{std::string(1, c), 0}});
  reading.characters[0].push_back({"I", 5.5});
  return misread;
}

Page page_that_says(int number, const std::string& text) {
  Page page;
  page.number = number;
  page.width = 100;
  page.height = 100;
  page.dpi = 300;
  page.lines.push_back({{}, {word("page"), word(text)}, true});
  return page;
}

// Writes to all memory that it gets, so that a limit is felt whatever its kind.
void use_memory() {
  std::vector<std::unique_ptr<std::string>> all;
  for (;;) all.push_back(std::make_unique<std::string>(std::size_t{64} << 20U, 'x'));
}

void send_garbage() {
  const std::string noise = std::string("\x05\0\0\0", 4) + "\xff\xff\xff\xff\xff";
  (void)!::write(Child::kChildSocket, noise.data(), noise.size());
}

json behave(const std::string& how, int number, int served) {
  if (how == "crash") ::raise(SIGKILL);
  if (how == "exit") ::_exit(3);
  while (how == "hang") ::pause();
  if (how == "use_memory") use_memory();
  if (how == "garbage") send_garbage();
  if (how == "slow") std::this_thread::sleep_for(std::chrono::milliseconds(300));
  if (how == "refuse") {
    return error_answer({ErrorCode::limit_exceeded, "too many pixels", "Scale it down."});
  }
  if (how == "no_page") return ok_answer(json::object());
  if (how == "wrong_form") return ok_answer({{"page", {{"number", "one"}}}});
  Page page = page_that_says(number, std::to_string(number));
  if (how == "blank") {
    page.lines.clear();
    page.notices.push_back({NoticeCode::page_blank, number, "there is nothing on the page"});
  }
  if (how == "large") page.segmentation.assign(std::size_t{1} << 20U, 'x');
  if (how == "misread") page.lines[0].words.push_back(misread_word());
  if (how == "served") page = page_that_says(number, "served " + std::to_string(served));
  return ok_answer({{"page", page}, {"seconds", json::array({json::array({"recognise", 0.25})})}});
}

json answer(const json& request, int& served) {
  const auto op = request.at("op").get<std::string>();
  if (op == "describe") {
    return ok_answer({{"recogniser", "fake 1"}, {"languages", {"eng", "deu"}}});
  }
  std::ifstream file(request.at("path").get<std::string>());
  const json script = json::parse(file, nullptr, false);
  if (!file.is_open()) return error_answer({ErrorCode::not_found, "no such file", ""});
  if (!script.is_object()) {
    return error_answer({ErrorCode::unreadable_input, "is no script", "Write one."});
  }
  if (op == "open") {
    if (const auto how = script.value("open", ""); !how.empty()) return behave(how, 0, 0);
    return ok_answer({{"pages", script.at("pages")}, {"kind", "script"}});
  }
  const int number = request.at("page").get<int>();
  if (const char* log = std::getenv("EMEND_FAKE_WORKER_LOG"); log != nullptr) {
    std::ofstream(log, std::ios::app) << std::to_string(number) + "\n";
  }
  const std::string every = script.value("every", "");
  return behave(script.value(std::to_string(number), every), number, ++served);
}

}  // namespace

int main(int, char** arguments) {
  exit_when_parent_goes(Child::kChildSocket);
  apply_limits({.address_space_mib = std::atoi(arguments[2]), .no_network = false});
  Channel parent(Child::kChildSocket);
  if (std::getenv("EMEND_FAKE_WORKER_CANNOT_START") != nullptr) return 1;
  for (int served = 0;;) {
    const auto request = parent.receive(Channel::kForever);
    if (!request || !parent.send(answer(*request, served))) return 0;
  }
}
