// SPDX-License-Identifier: Apache-2.0
// Reads the files named on its command line, and proofreads a line of text.
#include <emend/correct.h>
#include <emend/document.h>
#include <emend/json.h>
#include <emend/run.h>

#include <iostream>

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const emend::Result<emend::Document> document = emend::read_document(argv[i]);
    if (!document) {
      std::cerr << document.error().message << '\n' << document.error().hint << '\n';
      return emend::exit_status(document.error().code);
    }
    std::cout << emend::text(*document);
  }
  const auto corrected = emend::correct_text("Invoic # 12345 \nTotal: $1O0.00\n");
  if (!corrected) {
    std::cerr << corrected.error().message << '\n';
    return emend::exit_status(corrected.error().code);
  }
  std::cout << corrected->text;
  return corrected->text == "Invoice # 12345\nTotal: $100.00\n" ? 0 : 1;
}
