// SPDX-License-Identifier: Apache-2.0
// A download as a person sees it: on standard error, a line that changes on a terminal, and a line
// now and then where there is none.
#pragma once

#include <string>

#include "cli/console.h"
#include "emend/models.h"

namespace emend::cli {

class TransferView final : public StoreObserver {
 public:
  // Borrows the console.
  TransferView(Console& console, bool quiet) : console_(console), is_quiet_(quiet) {}

  void on_licence(const Licence& licence) override;
  void on_transfer(const Transfer& transfer) override;
  void on_remark(const std::string& remark) override;

 private:
  Console& console_;
  bool is_quiet_;
  int shown_tenths_ = 0;  // of the download, where there is no terminal
  bool has_told_waiting_ = false;
};

[[nodiscard]] std::string size_text(double bytes);  // "3.62 GB"

}  // namespace emend::cli
