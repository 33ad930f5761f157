// SPDX-License-Identifier: Apache-2.0
// A disk that fills up while a model arrives. This program's own write(2) and statvfs(3) stand in
// for those of the system, which libemend then calls too.
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>

#include <atomic>
#include <cerrno>

#include "unit/models/store_fixture.h"

namespace {

std::atomic<long> room_bytes{-1};      // left for regular files; negative = no end
std::atomic<long> reported_bytes{-1};  // by statvfs

bool is_regular(int file) {
  struct stat state {};
  return ::fstat(file, &state) == 0 && S_ISREG(state.st_mode);
}

}  // namespace

extern "C" ssize_t write(int file, const void* bytes, size_t size) {
  if (room_bytes >= 0 && is_regular(file)) {
    if (room_bytes == 0) {
      errno = ENOSPC;
      return -1;
    }
    size = std::min(size, static_cast<size_t>(room_bytes.load()));
    room_bytes -= static_cast<long>(size);
  }
  return ::syscall(SYS_write, file, bytes, size);
}

extern "C" int statvfs(const char*, struct statvfs* disk) {
  *disk = {};
  disk->f_frsize = 1;
  disk->f_bavail = static_cast<fsblkcnt_t>(reported_bytes < 0 ? 1L << 40 : reported_bytes.load());
  return 0;
}

namespace emend {
namespace {

class DiskFull : public StoreTest {
 protected:
  DiskFull() { fill("user/tiny-GGUF"); }
  ~DiskFull() override { room_bytes = reported_bytes = -1; }
};

TEST_F(DiskFull, InMidDownloadItSaysSoAndKeepsWhatHasArrived) {
  room_bytes = 3000;
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::io_failed);
  EXPECT_SAYS(model, "is full");
  EXPECT_SAYS(model, "what has arrived is kept");
  EXPECT_TRUE(clock.slept.empty());  // waiting makes no room
  room_bytes = -1;
  const auto again = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(again) << words_of(again);
  EXPECT_EQ(hub.requests().back().range, "bytes=3000-");
  EXPECT_EQ(read_file(again->files.at(0).path), TestHub::gguf(5000, 8));
}

TEST_F(DiskFull, IsSeenBeforeTheFirstByte) {
  reported_bytes = 20'000'000;
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::io_failed);
  EXPECT_SAYS(model, "needs 5.00 kB");
  EXPECT_SAYS(model, "has 20.0 MB left");
  EXPECT_EQ(hub.bytes_sent(), 0U);
}

TEST_F(DiskFull, CountsWhatIsHereAlready) {
  const std::string bytes = TestHub::gguf(std::size_t{2} << 20U, 3);
  hub.repository("user/large").files = {{"l-Q8_0.gguf", bytes}};
  hub.spoil_store({{Mishap::Kind::cut, std::size_t{3} << 19U, {}, {}}});
  settings.attempts = 1;
  EXPECT_FALSE(resolve("user/large:Q8_0"));
  reported_bytes = (std::int64_t{64} << 20U) + (std::int64_t{1} << 19U);  // the rest, and no more
  const auto model = resolve("user/large:Q8_0");
  EXPECT_TRUE(model) << words_of(model);
}

}  // namespace
}  // namespace emend
