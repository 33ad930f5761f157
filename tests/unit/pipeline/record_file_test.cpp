// SPDX-License-Identifier: Apache-2.0
// A file of records after every kind of damage: what is whole is there, what is not is never seen.
#include "pipeline/record_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace emend {
namespace {

namespace fs = std::filesystem;

class RecordFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("records_" + std::to_string(::getpid()));
    path_ = folder_ / "a" / "b.records";
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::vector<std::string>& records) const {
    auto file = RecordFile::create(path_);
    ASSERT_TRUE(file) << file.error().message;
    for (const std::string& record : records) ASSERT_TRUE(file->add(record));
  }

  [[nodiscard]] std::vector<std::string> found() const {
    std::vector<std::string> records;
    auto file = RecordFile::look_at(path_);
    EXPECT_TRUE(file);
    if (!file) return records;
    file->scan([&](std::string_view record, std::uint64_t) {
      records.emplace_back(record);
      return true;
    });
    return records;
  }

  [[nodiscard]] std::string bytes() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  void replace(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }

  fs::path folder_;
  fs::path path_;
  const std::vector<std::string> three_ = {"one", "", std::string(100'000, '\0')};
};

TEST_F(RecordFileTest, WhatWasAddedIsThere) {
  write(three_);
  EXPECT_EQ(found(), three_);
}

TEST_F(RecordFileTest, ARecordIsReadAtItsPlace) {
  auto file = RecordFile::create(path_);
  ASSERT_TRUE(file);
  const auto first = file->add("one");
  const auto second = file->add("two");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(file->read(*second).value_or(""), "two");
  EXPECT_EQ(file->read(*first).value_or(""), "one");
  EXPECT_FALSE(file->read(*second + 1));
}

TEST_F(RecordFileTest, EveryWayToTearTheEndLeavesWhatIsBeforeIt) {
  const std::vector<std::string> records = {"first", "second", "third"};
  write(records);
  const std::string whole = bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    replace(whole.substr(0, size));
    const auto left = found();
    ASSERT_LE(left.size(), size / (whole.size() / 3 - 1));
    ASSERT_TRUE(std::equal(left.begin(), left.end(), records.begin())) << size;
  }
}

TEST_F(RecordFileTest, NoChangedByteIsTakenForARecord) {
  const std::vector<std::string> records = {"first", "second", "third"};
  write(records);
  const std::string whole = bytes();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x80);
    replace(damaged);
    const auto left = found();
    ASSERT_LT(left.size(), 3U);
    ASSERT_TRUE(std::equal(left.begin(), left.end(), records.begin())) << at;
  }
}

TEST_F(RecordFileTest, AddingGoesOnBehindTheLastWholeRecord) {
  write({"first", "second"});
  fs::resize_file(path_, fs::file_size(path_) - 1);
  {
    auto file = RecordFile::open(path_);
    ASSERT_TRUE(file && *file);
    (*file)->scan([](std::string_view, std::uint64_t) { return true; });
    ASSERT_TRUE((*file)->add("third"));
  }
  EXPECT_EQ(found(), (std::vector<std::string>{"first", "third"}));
}

TEST_F(RecordFileTest, ItHasOneWriterAndAnyNumberOfReaders) {
  auto file = RecordFile::create(path_);
  ASSERT_TRUE(file);
  const auto second = RecordFile::open(path_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::limit_exceeded);
  const auto reader = RecordFile::look_at(path_);
  ASSERT_TRUE(reader);
  EXPECT_TRUE(reader->is_being_written());
  { const RecordFile gone = std::move(*file); }
  EXPECT_FALSE(reader->is_being_written());
  EXPECT_TRUE(RecordFile::open(path_));
}

TEST_F(RecordFileTest, WhatIsNotThereIsNothingAndALinkIsRefused) {
  const auto missing = RecordFile::open(path_);
  ASSERT_TRUE(missing);
  EXPECT_FALSE(*missing);
  fs::create_directories(path_.parent_path());
  fs::create_symlink(folder_ / "elsewhere", path_);
  EXPECT_FALSE(RecordFile::create(path_));
  EXPECT_FALSE(fs::exists(folder_ / "elsewhere"));
}

TEST_F(RecordFileTest, ItIsItsOwnersOnly) {
  write({"one"});
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(path_.parent_path()).permissions(), fs::perms::owner_all);
}

}  // namespace
}  // namespace emend
