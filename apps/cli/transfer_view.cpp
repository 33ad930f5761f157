// SPDX-License-Identifier: Apache-2.0
#include "cli/transfer_view.h"

#include <array>
#include <cstdio>

namespace emend::cli {

namespace {

std::string described(const Transfer& transfer) {
  const double share = transfer.total_bytes == 0 ? 1.0
                                                 : static_cast<double>(transfer.done_bytes) /
                                                       static_cast<double>(transfer.total_bytes);
  std::string text = transfer.file + ": ";
  if (transfer.step == Transfer::Step::waiting) text += "waiting for another download of it, ";
  if (transfer.step == Transfer::Step::checking) text += "checking, ";
  if (transfer.step == Transfer::Step::retrying) text += "the connection broke, trying again, ";
  text += size_text(static_cast<double>(transfer.done_bytes)) + " of " +
          size_text(static_cast<double>(transfer.total_bytes)) + " (" +
          std::to_string(static_cast<int>(share * 100)) + " %)";
  if (transfer.bytes_per_second > 0) text += ", " + size_text(transfer.bytes_per_second) + "/s";
  if (transfer.seconds_left >= 0 && transfer.done_bytes < transfer.total_bytes) {
    text += ", about " + duration_text(transfer.seconds_left) + " left";
  }
  return text;
}

}  // namespace

void TransferView::on_licence(const Licence& licence) {
  std::string text = licence.repository + ": ";
  if (licence.tag.empty()) {
    text += "names no licence; see " + licence.page;
  } else {
    text += "licence " + licence.tag;
    if (!licence.is_free) text += ", which may limit what you may do with it; see " + licence.page;
  }
  console_.warn(text);
}

void TransferView::on_transfer(const Transfer& transfer) {
  if (is_quiet_) return;
  if (console_.shows_status()) return console_.status(described(transfer));
  if (transfer.step == Transfer::Step::waiting && !has_told_waiting_) {
    has_told_waiting_ = true;
    return console_.warn(described(transfer));
  }
  if (transfer.step != Transfer::Step::downloading || transfer.total_bytes == 0) return;
  const int tenths = static_cast<int>(10 * transfer.done_bytes / transfer.total_bytes);
  if (tenths <= shown_tenths_) return;
  shown_tenths_ = tenths;
  console_.warn(described(transfer));
}

void TransferView::on_remark(const std::string& remark) {
  if (!is_quiet_) console_.warn(remark);
}

std::string size_text(double bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 999.5 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  char text[32];
  const int digits = unit == 0 || bytes >= 100 ? 0 : bytes >= 10 ? 1 : 2;
  std::snprintf(text, sizeof text, "%.*f %s", digits, bytes, kUnits[unit]);
  return text;
}

}  // namespace emend::cli
