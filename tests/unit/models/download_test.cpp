// SPDX-License-Identifier: Apache-2.0
// Everything that can happen to bytes on their way.
#include "models/download.h"

#include <optional>
#include <thread>

#include "unit/models/store_fixture.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using Kind = Mishap::Kind;

constexpr std::size_t kSize = 5000;

Mishap mishap(Kind kind, std::size_t amount = 0) {
  return {kind, amount, {}, {}};
}

class DownloadTest : public StoreTest {
 protected:
  DownloadTest() { fill("user/tiny-GGUF"); }

  Result<StoredModel> fetch() { return resolve("user/tiny-GGUF:Q8_0"); }
  fs::path blobs() const { return settings.cache / "models--user--tiny-GGUF/blobs"; }
  fs::path partial() const { return blobs() / (oid() + ".emend.incomplete"); }
  static std::string oid() { return TestHub::sha256(TestHub::gguf(kSize, 8)); }
  void expect_whole(const Result<StoredModel>& model) const {
    ASSERT_TRUE(model) << words_of(model);
    EXPECT_EQ(read_file(model->files.at(0).path), TestHub::gguf(kSize, 8));
    EXPECT_FALSE(fs::exists(partial()));
  }
  std::vector<std::string> ranges() const {
    std::vector<std::string> found;
    for (const auto& request : hub.requests()) {
      if (request.server == SeenRequest::Server::store) found.push_back(request.range);
    }
    return found;
  }
};

class Cut : public DownloadTest, public testing::WithParamInterface<std::size_t> {};

TEST_P(Cut, IsResumedWhereItBroke) {
  hub.spoil_store({mishap(Kind::cut, GetParam())});
  expect_whole(fetch());
  EXPECT_EQ(hub.bytes_sent(), kSize);
  const std::string rest = GetParam() == 0 ? "" : "bytes=" + std::to_string(GetParam()) + "-";
  EXPECT_EQ(ranges(), (std::vector<std::string>{"", rest}));
  EXPECT_TRUE(observer.saw(Transfer::Step::retrying));
}

TEST_P(Cut, IsResumedByTheNextRun) {
  settings.attempts = 1;
  hub.spoil_store({mishap(Kind::cut, GetParam())});
  const auto broken = fetch();
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(broken, "what has arrived is kept");
  expect_whole(fetch());
  EXPECT_EQ(hub.bytes_sent(), kSize);
}

INSTANTIATE_TEST_SUITE_P(AtByte, Cut, testing::Values(0, 1, 3, 4, 5, 2500, 4096, 4999));

TEST_F(DownloadTest, ManyCutsInARow) {
  hub.spoil_store({mishap(Kind::cut, 1000), mishap(Kind::cut, 1), mishap(Kind::cut, 1500)});
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{"", "bytes=1000-", "bytes=1001-", "bytes=2501-"}));
}

TEST_F(DownloadTest, WaitsLongerFromAttemptToAttempt) {
  hub.spoil_store({5, mishap(Kind::cut, 0)});
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  using std::chrono::seconds;
  EXPECT_EQ(clock.slept,
            (std::vector<Clock::Duration>{seconds(1), seconds(2), seconds(4), seconds(8)}));
}

TEST_F(DownloadTest, AttemptsThatBringSomethingAreNotCounted) {
  const std::string bytes = TestHub::gguf(std::size_t{3} << 20U, 5);
  hub.repository("user/large").files = {{"l-Q8_0.gguf", bytes}};
  hub.spoil_store({8, mishap(Kind::cut, std::size_t{300} << 10U)});
  const auto model = resolve("user/large:Q8_0");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(read_file(model->files.at(0).path), bytes);
}

TEST_F(DownloadTest, AnAnswerThatEndsTooEarlyIsContinued) {
  hub.spoil_store({mishap(Kind::short_answer, 100)});
  // Its length is not the one that the hub lists, so nothing of it is kept.
  expect_whole(fetch());
  hub.spoil_store({});
}

TEST_F(DownloadTest, APartThatEndsTooEarlyIsContinued) {
  hub.spoil_store({mishap(Kind::cut, 1000), mishap(Kind::short_answer, 100)});
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{"", "bytes=1000-", "bytes=1100-"}));
}

TEST_F(DownloadTest, TheWrongPartIsNotUsed) {
  hub.spoil_store({mishap(Kind::cut, 1000), mishap(Kind::other_range)});
  expect_whole(fetch());
  EXPECT_EQ(ranges().back(), "");
}

TEST_F(DownloadTest, TheWholeFileInsteadOfAPartIsTakenFromItsBeginning) {
  hub.spoil_store({mishap(Kind::cut, 1000), mishap(Kind::no_range)});
  expect_whole(fetch());
  EXPECT_EQ(ranges().size(), 2U);
}

TEST_F(DownloadTest, ARefusedPartIsFetchedFromTheBeginning) {
  hub.spoil_store({mishap(Kind::cut, 1000), mishap(Kind::refuse_range)});
  expect_whole(fetch());
  EXPECT_EQ(ranges().back(), "");
}

TEST_F(DownloadTest, MoreThanTheFileIsRefused) {
  hub.spoil_store({mishap(Kind::too_long)});
  expect_whole(fetch());
  hub.spoil_store({5, mishap(Kind::too_long)});
  EXPECT_SAYS(resolve("user/tiny-GGUF:Q4_K_M"), "sends more");
}

TEST_F(DownloadTest, AFlippedByteIsRefusedAndTheFileRemoved) {
  hub.spoil_store({mishap(Kind::flipped_byte, 3000)});
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "other bytes than the hub lists");
  EXPECT_SAYS(model, "removed");
  EXPECT_FALSE(fs::exists(partial()));
  EXPECT_FALSE(fs::exists(blobs() / oid()));
  expect_whole(fetch());
}

TEST_F(DownloadTest, ADamagedRemainderIsFetchedAnew) {
  write_file(partial(), TestHub::gguf(2000, 99));
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{"bytes=2000-", ""}));
  EXPECT_TRUE(observer.saw(Transfer::Step::checking));
}

TEST_F(DownloadTest, ARemainderThatIsTooLongIsThrownAway) {
  write_file(partial(), TestHub::gguf(9000, 8));
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{""}));
}

TEST_F(DownloadTest, ARemainderThatIsWholeNeedsNoBytes) {
  write_file(partial(), TestHub::gguf(kSize, 8));
  expect_whole(fetch());
  EXPECT_TRUE(ranges().empty());
}

TEST_F(DownloadTest, ALinkInPlaceOfTheRemainderIsNotFollowed) {
  write_file(home / "precious", "keep me");
  fs::create_directories(blobs());
  fs::create_symlink(home / "precious", partial());
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::io_failed);
  EXPECT_EQ(read_file(home / "precious"), "keep me");
}

TEST_F(DownloadTest, AWebPageInsteadOfTheModelIsRecognised) {
  hub.spoil_store({mishap(Kind::web_page)});
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "web page");
  EXPECT_SAYS(model, "log-in page or a firewall");
  EXPECT_FALSE(fs::exists(partial()) && fs::file_size(partial()) > 0);
}

TEST_F(DownloadTest, AWebPageUnderAnotherTypeIsRecognisedByItsFirstBytes) {
  hub.repository("user/page").files = {{"p-Q8_0.gguf", "<html>" + std::string(900, ' ')}};
  EXPECT_SAYS(resolve("user/page:Q8_0"), "web page");
  hub.repository("user/zip").files = {{"z-Q8_0.gguf", "PK\3\4" + std::string(900, ' ')}};
  const auto zip = resolve("user/zip:Q8_0");
  ASSERT_FALSE(zip);
  EXPECT_EQ(zip.error().code, ErrorCode::unreadable_input);
  EXPECT_SAYS(zip, "is no GGUF file");
}

TEST_F(DownloadTest, ASlowDripIsGivenUp) {
  settings.attempts = 1;
  hub.spoil_store({mishap(Kind::drip)});
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "next to nothing");
  expect_whole(fetch());
}

TEST_F(DownloadTest, SilenceIsGivenUpAndTriedAgain) {
  hub.spoil_store({mishap(Kind::stall, 1000)});
  expect_whole(fetch());
  EXPECT_EQ(ranges(), (std::vector<std::string>{"", "bytes=1000-"}));
}

TEST_F(DownloadTest, AStoreThatIsOutOfOrderIsTriedAgain) {
  hub.spoil_store(
      {mishap(Kind::status, 503), mishap(Kind::status, 500), mishap(Kind::status, 403)});
  expect_whole(fetch());
}

TEST_F(DownloadTest, TheTokenIsForTheHubAlone) {
  settings.token = "hf_secret";
  expect_whole(fetch());
  std::size_t to_hub = 0;
  for (const auto& request : hub.requests()) {
    const bool is_hub = request.server == SeenRequest::Server::hub;
    EXPECT_EQ(request.authorization, is_hub ? "Bearer hf_secret" : "") << request.path;
    to_hub += is_hub ? 1 : 0;
  }
  EXPECT_EQ(to_hub, 3U);
}

TEST_F(DownloadTest, TheTokenDoesNotFollowARedirectOfTheApi) {
  settings.token = "hf_secret";
  hub.spoil_api({{Kind::redirect_outside, 0, {}, hub.store_origin() + "/elsewhere"}});
  EXPECT_FALSE(fetch());
  const auto seen = hub.requests();
  ASSERT_GE(seen.size(), 2U);
  EXPECT_EQ(seen[0].authorization, "Bearer hf_secret");
  EXPECT_EQ(seen[1].server, SeenRequest::Server::store);
  EXPECT_EQ(seen[1].authorization, "");
}

TEST_F(DownloadTest, ARedirectInACircleEnds) {
  hub.spoil_resolve(
      {20, {Kind::redirect_outside, 0, {}, hub.endpoint() + "/user/tiny-GGUF/resolve/a/b"}});
  EXPECT_SAYS(fetch(), "circle");
}

TEST(Origin, IsSchemeHostAndPort) {
  EXPECT_EQ(origin_of("https://Huggingface.co/a/b"), "https://huggingface.co");
  EXPECT_EQ(origin_of("https://huggingface.co:443/a"), "https://huggingface.co");
  EXPECT_EQ(origin_of("http://h:80?x"), "http://h");
  EXPECT_EQ(origin_of("http://h:8080"), "http://h:8080");
  EXPECT_EQ(origin_of("https://huggingface.co@evil.example/a"), "https://evil.example");
  EXPECT_EQ(origin_of("nonsense"), "");
}

}  // namespace
}  // namespace emend
