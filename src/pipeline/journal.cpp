// SPDX-License-Identifier: Apache-2.0
#include "pipeline/journal.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

#include "core/digest.h"
#include "core/json_form.h"
#include "emend/journal.h"
#include "emend/version.h"
#include "process/locations.h"

namespace emend {

using nlohmann::json;

namespace {

constexpr int kForm = 1;  // of the file; another one is not understood

std::string bytes_of(const json& value) {
  std::string bytes;
  json::to_cbor(value, bytes);
  return bytes;
}

std::optional<json> value_of(std::string_view bytes) {
  json value = json::from_cbor(bytes, true, false);
  if (value.is_discarded()) return std::nullopt;
  return value;
}

// A build of the page worker, so that a rebuilt one of the same version is not taken for the same.
json page_worker_build() {
  const auto program = find_program("emend-page-worker");
  if (!program) return nullptr;
  std::error_code problem;
  const auto size = std::filesystem::file_size(*program, problem);
  const auto time = std::filesystem::last_write_time(*program, problem);
  return {size, time.time_since_epoch().count()};
}

std::string absolute(const std::string& path) {
  std::error_code problem;
  const auto whole = std::filesystem::absolute(path, problem);
  return path == "-" || problem ? path : whole.lexically_normal().string();
}

std::vector<std::string> absolute(const std::vector<std::string>& paths) {
  std::vector<std::string> all;
  for (const std::string& path : paths) all.push_back(absolute(path));
  return all;
}

// Everything but the input's bytes that decides what a page is read as. A password opens a file and
// changes nothing in it, so it is kept nowhere.
std::string basis_of(const Job& job, const std::string& recogniser) {
  ReadOptions options = job.read;
  options.password.clear();
  const json basis = {{"emend", std::string(version())},
                      {"recogniser", recogniser},
                      {"page_worker", page_worker_build()},
                      {"options", options},
                      // A worker leaves pictures there, which a page that is not read would lack.
                      {"keep_steps", job.keep_steps.empty() ? "" : absolute(job.keep_steps)}};
  return to_hex(sha256(bytes_of(basis)));
}

// One name for the same inputs, so that a job is found again when its options have changed.
std::string file_name(const std::vector<std::string>& inputs) {
  constexpr std::size_t kDigits = 32;
  return to_hex(sha256(bytes_of(inputs))).substr(0, kDigits) + ".journal";
}

}  // namespace

std::optional<json> journal_header(std::string_view record) {
  auto header = value_of(record);
  const bool is_one = header && header->is_object() && header->value("journal", json()) == kForm;
  return is_one ? std::move(header) : std::nullopt;
}

Journal::Journal(const Job& job, const std::string& recogniser) {
  const std::filesystem::path folder =
      job.journal_folder.empty() ? default_journal_folder() : job.journal_folder;
  if (folder.empty()) {
    is_on_ = false;
    messages_.emplace_back("no journal is kept, since neither XDG_STATE_HOME nor HOME is set");
    return;
  }
  std::error_code problem;
  // A file name need not be UTF-8, so all of this is bytes.
  header_ = {{"journal", kForm},
             {"basis", basis_of(job, recogniser)},
             {"inputs", job.inputs},
             {"words", job.journal_words},
             {"directory", std::filesystem::current_path(problem).string()}};
  open(folder / file_name(absolute(job.inputs)));
}

void Journal::open(const std::filesystem::path& path) {
  path_ = path;
  auto file = RecordFile::open(path);
  if (!file) return give_up(file.error(), "no journal is kept");
  file_ = std::move(*file);
  if (!file_) file_ = take_over();
  if (file_) load();
}

// A page is found by its input's name and content, so one that was read for other inputs will do.
std::optional<RecordFile> Journal::take_over() const {
  const auto other =
      journal_of_command(path_.parent_path(), header_["words"], header_["directory"]);
  if (!other) return std::nullopt;
  auto file = RecordFile::open(*other);
  if (!file || !*file || !(*file)->rename(path_)) return std::nullopt;
  return std::move(*file);
}

void Journal::load() {
  bool is_same = false;
  bool is_first = true;
  file_->scan([&](std::string_view record, std::uint64_t place) {
    if (!is_first) return note_record(record, place);
    is_first = false;
    const auto header = journal_header(record);
    is_same = header && header->value("basis", json()) == header_["basis"];
    return is_same;
  });
  has_header_ = is_same;
  if (is_same) {
    if (places_.empty()) return;
    messages_.push_back("goes on with a job that was not finished: " +
                        std::to_string(places_.size()) + " pages were read before");
    return;
  }
  if (!is_first) {
    messages_.emplace_back(
        "begins anew: this job was not finished, but options or versions that decide how pages are "
        "read have changed since");
  }
  // The new header comes with the first page.
  if (auto cleared = file_->clear(); !cleared) give_up(cleared.error(), "no journal is kept");
}

bool Journal::note_record(std::string_view record, std::uint64_t place) {
  const auto value = value_of(record);
  if (!value || !value->is_object()) return false;
  try {
    PageKey key{value->at("source").get<std::string>(), value->at("content").get<std::string>(),
                value->at("page").get<int>()};
    places_.emplace(std::move(key), place);
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

std::string Journal::identify(const std::string& source, const std::filesystem::path& path) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_on_ && !file_) return {};
  }
  std::error_code problem;
  // Reading a pipe would leave nothing for the worker.
  if (!std::filesystem::is_regular_file(path, problem)) return {};
  std::ifstream file(path, std::ios::binary);
  constexpr std::size_t kChunkBytes = std::size_t{1} << 20U;
  std::string chunk(kChunkBytes, '\0');
  Digest digest(Digest::Algorithm::sha256);
  while (file) {
    file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    digest.add({chunk.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (!file.eof()) return {};
  std::string content = to_hex(digest.finish());
  const std::lock_guard lock(mutex_);
  const std::string name = absolute(source);
  const auto known = places_.lower_bound({name, "", 0});
  const bool was_kept = known != places_.end() && known->first.source == name;
  const auto same = places_.lower_bound({name, content, 0});
  const bool is_same = same != places_.end() && same->first.content == content;
  if (was_kept && !is_same) {
    messages_.push_back(source + ": has changed since it was read before, so it is read anew");
  }
  return content;
}

std::optional<json> Journal::find(const PageKey& key) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find({absolute(key.source), key.content, key.page});
  if (!file_ || place == places_.end()) return std::nullopt;
  const auto record = file_->read(place->second);
  if (!record) return std::nullopt;  // damaged since: it is read as if it had never been here
  auto value = value_of(*record);
  if (!value || !value->contains("answer")) return std::nullopt;
  return std::move(value->at("answer"));
}

// Makes the file if need be, and puts the header at its beginning.
Result<void> Journal::begin() {
  if (has_header_) return {};
  if (!file_) {
    remove_stale_journals(path_.parent_path());
    auto made = RecordFile::create(path_);
    if (!made) return tl::unexpected(std::move(made.error()));
    file_ = std::move(*made);
    // Another run may have begun and died since this one looked.
    if (auto cleared = file_->clear(); !cleared) return cleared;
  }
  auto place = file_->add(bytes_of(header_));
  if (!place) return tl::unexpected(std::move(place.error()));
  has_header_ = true;
  return {};
}

void Journal::keep(const PageKey& key, const json& answer) {
  if (key.content.empty()) return;
  PageKey whole{absolute(key.source), key.content, key.page};
  const std::string record = bytes_of({{"source", whole.source},
                                       {"content", whole.content},
                                       {"page", whole.page},
                                       {"answer", answer}});
  const std::lock_guard lock(mutex_);
  if (!is_on_) return;
  if (auto begun = begin(); !begun) return give_up(begun.error(), "no journal is kept");
  auto place = file_->add(record);
  if (!place) return give_up(place.error(), "no more pages are kept in the journal");
  places_.insert_or_assign(std::move(whole), *place);
}

void Journal::give_up(const Error& error, const char* what) {
  is_on_ = false;
  messages_.push_back(std::string(what) + ": " + error.message);
}

std::vector<std::string> Journal::messages() {
  const std::lock_guard lock(mutex_);
  return std::exchange(messages_, {});
}

void Journal::leave() {
  const std::lock_guard lock(mutex_);
  if (!file_ || places_.empty()) return;
  messages_.push_back("stopped; " + std::to_string(places_.size()) +
                      " pages are kept, and the same job goes on from there (emend --resume)");
}

void Journal::remove() {
  const std::lock_guard lock(mutex_);
  if (file_) file_->remove();
  file_.reset();
  is_on_ = false;
}

}  // namespace emend
