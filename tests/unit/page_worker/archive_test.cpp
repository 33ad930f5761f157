// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/archive.h"

#include <gtest/gtest.h>
#include <minizip/zip.h>

#include <random>
#include <string>

#include "page_worker/input/comic_file.h"
#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using fixtures::read_file;
using fixtures::TemporaryFolder;

struct Member {
  std::string name;
  std::string bytes;
};

constexpr const char* kPng = "\x89PNG\r\n\x1a\n";

class ArchiveTest : public testing::Test {
 protected:
  fs::path zip(const std::string& name, const std::vector<Member>& members) {
    const fs::path path = folder_.path() / name;
    zipFile file = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
    for (const Member& member : members) {
      zip_fileinfo about{};
      zipOpenNewFileInZip64(file, member.name.c_str(), &about, nullptr, 0, nullptr, 0, nullptr,
                            Z_DEFLATED, 9, 0);
      zipWriteInFileInZip(file, member.bytes.data(), static_cast<unsigned>(member.bytes.size()));
      zipCloseFileInZip(file);
    }
    zipClose(file, nullptr);
    return path;
  }

  static std::vector<std::string> labels(const fs::path& path) {
    std::vector<std::string> labels;
    auto archive = Archive::open(path);
    EXPECT_TRUE(archive) << archive.error().message;
    if (!archive) return labels;
    for (const ArchiveMember& member : (*archive)->members()) labels.push_back(member.label);
    return labels;
  }

  static Result<std::string> content(const fs::path& path, const std::string& label) {
    auto archive = Archive::open(path);
    if (!archive) return tl::unexpected(std::move(archive.error()));
    std::string bytes;
    auto unpacked = (*archive)->unpack(label, [&](std::string_view part) -> Result<void> {
      bytes += part;
      return {};
    });
    if (!unpacked) return tl::unexpected(std::move(unpacked.error()));
    return bytes;
  }

  TemporaryFolder folder_;
};

TEST_F(ArchiveTest, NamesAreMadeHarmless) {
  EXPECT_EQ(label_of("../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(label_of("/abs//./x.png"), "abs/x.png");
  EXPECT_EQ(label_of("C:\\scans\\..\\a.png"), "C:/scans/a.png");
  EXPECT_EQ(label_of("a\n\x1b[31mb.png"), "a__[31mb.png");
  EXPECT_EQ(label_of("\xff.png"), "\xef\xbf\xbd.png");
  EXPECT_EQ(label_of("../.."), "");
}

TEST_F(ArchiveTest, ListsInNaturalOrderAndGivesEveryMember) {
  const fs::path path = zip("a.zip", {{"page10.png", "ten"},
                                      {"page2.png", "two"},
                                      {"sub/", ""},
                                      {"../page2.png", "another two"},
                                      {"sub/1.png", "one"}});
  EXPECT_EQ(labels(path),
            (std::vector<std::string>{"page2.png", "page2.png (2)", "page10.png", "sub/1.png"}));
  EXPECT_EQ(content(path, "page10.png").value(), "ten");
  EXPECT_EQ(content(path, "sub/1.png").value(), "one");
  EXPECT_EQ(content(path, "nothing.png").error().code, ErrorCode::not_found);
}

TEST_F(ArchiveTest, KindsAreToldByContent) {
  auto archive =
      Archive::open(zip("a.zip", {{"a.txt", kPng}, {"b.png", "text"}, {"c", "%PDF-1.4"}}), {});
  ASSERT_TRUE(archive);
  const auto members = (*archive)->members();
  ASSERT_EQ(members.size(), 3U);
  EXPECT_EQ(members[0].kind, FileKind::png);
  EXPECT_EQ(members[1].kind, FileKind::unknown);
  EXPECT_EQ(members[2].kind, FileKind::pdf);
}

TEST_F(ArchiveTest, AnArchiveInAnArchiveIsLookedIntoOnce) {
  const std::string inner = read_file(zip("inner.zip", {{"x.png", kPng}}));
  const fs::path two = zip("two.zip", {{"in/inner.zip", inner}, {"y.png", kPng}});
  EXPECT_EQ(labels(two), (std::vector<std::string>{"in/inner.zip/x.png", "y.png"}));
  EXPECT_EQ(content(two, "in/inner.zip/x.png").value(), kPng);
  auto three = Archive::open(zip("three.zip", {{"two.zip", read_file(two)}}), {});
  ASSERT_TRUE(three);
  const auto members = (*three)->members();
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].error.value().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(members[1].label, "two.zip/y.png");
}

TEST_F(ArchiveTest, BombsAreRefused) {
  const std::string zeros(std::size_t{80} << 20U, '\0');
  const fs::path path = zip("bomb.zip", {{"a.png", zeros}});
  const auto whole = Archive::open(path);
  ASSERT_FALSE(whole);
  EXPECT_EQ(whole.error().code, ErrorCode::limit_exceeded);
  // Beside an honest member only the bomb is refused.
  std::mt19937 random(1);
  std::string noise;
  while (noise.size() < (std::size_t{1} << 20U)) noise += static_cast<char>(random());
  const fs::path mixed = zip("mixed.zip", {{"a.png", zeros}, {"b.png", noise}});
  EXPECT_EQ(content(mixed, "b.png").value(), noise);
  EXPECT_EQ(content(mixed, "a.png").error().code, ErrorCode::limit_exceeded);
  // Many small ones.
  const auto many =
      Archive::open(zip("many.zip", {{"1", ""}, {"2", ""}, {"3", ""}}), {.members = 2});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().code, ErrorCode::limit_exceeded);
}

TEST_F(ArchiveTest, DamageIsAnError) {
  const std::string whole = read_file(zip("a.zip", {{"a.png", std::string(5000, 'x')}}));
  EXPECT_EQ(
      Archive::open(folder_.write("b.zip", whole.substr(0, whole.size() / 2)), {}).error().code,
      ErrorCode::unreadable_input);
  for (std::size_t at = 0; at < whole.size(); ++at) {  // no damage may do more than fail
    std::string bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    const fs::path path = folder_.write("c.zip", bad);
    if (auto archive = Archive::open(path)) {
      for (const ArchiveMember& member : (*archive)->members()) (void)content(path, member.label);
    }
  }
}

TEST_F(ArchiveTest, AnEncryptedMemberIsAnErrorOfItsOwn) {
  std::string bytes = read_file(zip("a.zip", {{"a.png", kPng}, {"b.png", kPng}}));
  bytes[6] = 1;  // the flag, before the member and in the directory
  bytes[bytes.find("PK\x01\x02") + 8] = 1;
  auto archive = Archive::open(folder_.write("b.zip", bytes));
  ASSERT_TRUE(archive) << archive.error().message;
  const auto members = (*archive)->members();
  ASSERT_EQ(members.size(), 2U);
  ASSERT_TRUE(members[0].error);
  EXPECT_NE(members[0].error->message.find("encrypted"), std::string::npos);
  EXPECT_EQ(members[1].kind, FileKind::png);
}

TEST_F(ArchiveTest, ImagesOfAnArchiveAreThePagesOfADocument) {
  std::vector<Member> members = {{"notes.txt", "hello"}, {".hidden.png", kPng}};
  for (const int page : {10, 2, 1}) {
    const PixPtr pix(pixCreate(10 * page, 5, 8));
    const fs::path path = folder_.write("page.png", pix.get(), IFF_PNG);
    members.push_back({"p" + std::to_string(page) + ".png", read_file(path)});
  }
  auto file = open_input(zip("a.cbz", members), {});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ((*file)->kind(), FileKind::zip);
  ASSERT_EQ((*file)->page_count(), 3);
  for (const auto& [page, width] : {std::pair{3, 100}, {1, 10}, {2, 20}, {2, 20}}) {
    const auto decoded = (*file)->decode(page, {});
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(pixGetWidth(decoded->pixels.get()), width);
  }
  const auto nothing = open_input(zip("b.cbz", {{"notes.txt", "hello"}}), {});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::unreadable_input);
  const auto office = open_input(zip("a.docx", {{"[Content_Types].xml", "<x/>"}}), {});
  EXPECT_EQ(office.error().message, "neither an image nor a PDF");
}

}  // namespace
}  // namespace emend
