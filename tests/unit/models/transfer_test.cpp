// SPDX-License-Identifier: Apache-2.0
#include <sys/file.h>

#include <thread>

#include "models/file_hash.h"
#include "models/file_lock.h"
#include "models/partial_file.h"
#include "models/patience.h"
#include "models/transfer_meter.h"
#include "unit/models/store_fixture.h"

namespace emend {
namespace {

using std::chrono::milliseconds;

class TransferTest : public StoreTest {};

TEST_F(TransferTest, SpeedAndTimeLeft) {
  TransferMeter meter(observer, clock, 10'000);
  meter.begin_file("a");
  for (std::uint64_t done = 0; done <= 4000; done += 1000) {
    meter.at(Transfer::Step::downloading, done);
    clock.advance(milliseconds(500));
  }
  const Transfer& last = observer.transfers.back();
  EXPECT_EQ(last.done_bytes, 4000U);
  EXPECT_NEAR(last.bytes_per_second, 2000, 1);
  EXPECT_NEAR(last.seconds_left, 3, 0.01);
  EXPECT_EQ(observer.transfers.front().seconds_left, -1);
}

TEST_F(TransferTest, ReportsAreFewAndStepsAreNotMissed) {
  TransferMeter meter(observer, clock, 1'000'000);
  meter.begin_file("a");
  for (std::uint64_t done = 0; done < 1000; ++done) {
    meter.at(Transfer::Step::downloading, done);
    clock.advance(milliseconds(1));
  }
  EXPECT_LE(observer.transfers.size(), 11U);
  meter.at(Transfer::Step::retrying, 1000);
  EXPECT_EQ(observer.transfers.back().step, Transfer::Step::retrying);
}

TEST_F(TransferTest, FilesAddUp) {
  TransferMeter meter(observer, clock, 300);
  meter.begin_file("a");
  meter.end_file(100);
  meter.begin_file("b");
  meter.at(Transfer::Step::downloading, 50);
  EXPECT_EQ(observer.transfers.back().done_bytes, 150U);
  EXPECT_EQ(observer.transfers.back().file, "b");
}

TEST_F(TransferTest, ADeadHoldersLockIsFree) {
  const auto path = home / "x.lock";
  const pid_t child = ::fork();
  if (child == 0) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT, 0600);
    ::_exit(::flock(file, LOCK_EX) == 0 ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  int waited = 0;
  const auto lock = FileLock::acquire(path, clock, [&] { ++waited; }, {});
  EXPECT_TRUE(lock);
  EXPECT_EQ(waited, 0);
}

TEST_F(TransferTest, ALockIsWaitedForAndWaitingCanBeStopped) {
  const auto path = home / "x.lock";
  auto held = FileLock::acquire(path, clock, {}, {});
  ASSERT_TRUE(held);
  std::stop_source source;
  int waited = 0;
  const auto stopped = FileLock::acquire(
      path, clock,
      [&] {
        if (++waited == 3) source.request_stop();
      },
      source.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  const auto got =
      FileLock::acquire(path, clock, [&] { const FileLock let_go = std::move(*held); }, {});
  EXPECT_TRUE(got);
}

TEST_F(TransferTest, ALockOnADeletedFileDoesNotCount) {
  const auto path = home / "x.lock";
  auto held = FileLock::acquire(path, clock, {}, {});
  std::filesystem::remove(path);
  EXPECT_TRUE(FileLock::acquire(path, clock, {}, {}));
}

TEST_F(TransferTest, HashesAreRememberedUntilTheFileChanges) {
  const auto path = home / "large";
  std::string bytes = TestHub::gguf(std::size_t{17} << 20U);
  write_file(path, bytes);
  int reads = 0;
  const auto count = [&](std::uint64_t) {
    ++reads;
    return true;
  };
  EXPECT_EQ(hash_of_file(path, ContentHash::Kind::sha256, count), TestHub::sha256(bytes));
  EXPECT_GT(reads, 0);
  reads = 0;
  EXPECT_EQ(sha256_of_file(path), TestHub::sha256(bytes));
  EXPECT_EQ(hash_of_file(path, ContentHash::Kind::sha256, count), TestHub::sha256(bytes));
  EXPECT_EQ(reads, 0);
  EXPECT_FALSE(std::filesystem::is_empty(home / ".cache/emend/checksums"));
  bytes.back() ^= 1;
  write_file(path, bytes);
  EXPECT_EQ(hash_of_file(path, ContentHash::Kind::sha256, count), TestHub::sha256(bytes));
  EXPECT_GT(reads, 0);
}

TEST_F(TransferTest, HashingCanBeStopped) {
  write_file(home / "f", "bytes");
  const auto hash = reread_hash_of_file(home / "f", ContentHash::Kind::sha256,
                                        [](std::uint64_t) { return false; });
  ASSERT_FALSE(hash);
  EXPECT_EQ(hash.error().code, ErrorCode::cancelled);
  EXPECT_EQ(sha256_of_file(home / "absent").error().code, ErrorCode::not_found);
}

TEST_F(TransferTest, TheGitNameOfBytes) {
  write_file(home / "f", "hello\n");
  // As `git hash-object` prints it.
  EXPECT_EQ(hash_of_file(home / "f", ContentHash::Kind::git),
            "ce013625030ba8dba906f756967f9e9ca394464a");
}

TEST_F(TransferTest, EveryWriteErrorHasAdvice) {
  for (const int problem : {ENOSPC, EDQUOT, EFBIG, EACCES, EROFS}) {
    const Error error = write_error("/disk/file", problem);
    EXPECT_EQ(error.code, ErrorCode::io_failed);
    EXPECT_NE(error.message.find("/disk"), std::string::npos);
    EXPECT_FALSE(error.hint.empty());
  }
}

}  // namespace
}  // namespace emend
