// SPDX-License-Identifier: Apache-2.0
// The journal of a job: the pages that have been recognised so far, on disk.
//
// It keeps pages as they were recognised and not as they were proofread. Reading is what takes
// long; proofreading depends on the earlier pages of its document and is done again in their order,
// so that the result is that of an undisturbed run, and a change of its options costs no page.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "emend/run.h"
#include "pipeline/record_file.h"

namespace emend {

// What goes wrong costs the journal, never the run: messages() says so, and nothing is found or
// kept from then on. Safe from any thread.
class Journal {
 public:
  // `recogniser` as it describes itself. Nothing is written before the first page is kept.
  Journal(const Job& job, const std::string& recogniser);

  // A page of an input, by what the caller calls it and what is in it.
  struct PageKey {
    std::string source;
    std::string content;  // of identify(); empty = never found and never kept
    int page = 0;

    friend bool operator<(const PageKey& a, const PageKey& b) {
      return std::tie(a.source, a.content, a.page) < std::tie(b.source, b.content, b.page);
    }
  };

  // The digest of a file's bytes. Empty for what is no regular file, and when there is no journal.
  [[nodiscard]] std::string identify(const std::string& source, const std::filesystem::path& path);

  // The page worker's answer, as it was.
  [[nodiscard]] std::optional<nlohmann::json> find(const PageKey& key);
  void keep(const PageKey& key, const nlohmann::json& answer);

  // What there is to tell about it, each once.
  [[nodiscard]] std::vector<std::string> messages();

  void leave();   // the job is stopped, and what was read stays
  void remove();  // the job is done

 private:
  void open(const std::filesystem::path& path);
  [[nodiscard]] std::optional<RecordFile> take_over() const;
  void load();
  bool note_record(std::string_view record, std::uint64_t place);
  [[nodiscard]] Result<void> begin();
  void give_up(const Error& error, const char* what);

  std::mutex mutex_;
  nlohmann::json header_;  // the first record
  std::filesystem::path path_;
  std::optional<RecordFile> file_;  // nothing before the first page, or when it is given up
  bool has_header_ = false;
  bool is_on_ = true;
  std::map<PageKey, std::uint64_t> places_;
  std::vector<std::string> messages_;
};

// The journal in `folder` that the same command began in the same directory. Its inputs may be
// others than today: a folder that was named has gained or lost files.
[[nodiscard]] std::optional<std::filesystem::path> journal_of_command(
    const std::filesystem::path& folder, const nlohmann::json& words,
    const nlohmann::json& directory);

// Removes the journals in `folder` that nobody has touched for 30 days.
void remove_stale_journals(const std::filesystem::path& folder);

// The first record of a journal, or nothing when it is no journal of this form.
[[nodiscard]] std::optional<nlohmann::json> journal_header(std::string_view record);

}  // namespace emend
