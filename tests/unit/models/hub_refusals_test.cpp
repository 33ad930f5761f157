// SPDX-License-Identifier: Apache-2.0
// What a person reads when the hub, or what stands before it, says no.
#include "models/hub_refusals.h"

#include "unit/models/store_fixture.h"

namespace emend {
namespace {

using Kind = Mishap::Kind;

class Refusals : public StoreTest {
 protected:
  Refusals() { fill("user/tiny-GGUF"); }

  Result<StoredModel> fetch() { return resolve("user/tiny-GGUF:Q8_0"); }
};

TEST_F(Refusals, AGatedRepositoryWithoutAToken) {
  hub.repository("user/tiny-GGUF").is_gated = true;
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "is gated");
  EXPECT_SAYS(model, "Accept its conditions at " + hub.endpoint() + "/user/tiny-GGUF");
  EXPECT_SAYS(model, "set HF_TOKEN");
}

TEST_F(Refusals, AGatedRepositoryWithATokenThatHasNoAccess) {
  hub.repository("user/tiny-GGUF").is_gated = true;
  settings.token = "hf_other";
  EXPECT_SAYS(fetch(), "with the account that the token (HF_TOKEN) belongs to");
  settings.token = "hf_accepted";
  EXPECT_TRUE(fetch());
}

TEST_F(Refusals, ATokenThatTheHubDoesNotKnow) {
  settings.token = "hf_mistyped";
  hub.spoil_api({{Kind::status, 401, {{"X-Error-Message", "Invalid credentials"}}, ""}});
  const auto model = fetch();
  EXPECT_SAYS(model, "does not accept the token: Invalid credentials");
  EXPECT_EQ(words_of(model).find("hf_mistyped"), std::string::npos);
}

TEST_F(Refusals, AFileThatIsGoneSinceItWasListed) {
  hub.spoil_resolve({{Kind::status, 404, {{"X-Error-Code", "EntryNotFound"}}, ""}});
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::not_found);
  EXPECT_SAYS(model, "has no tiny-q8_0.gguf");
}

TEST_F(Refusals, TooManyRequestsAreWaitedFor) {
  hub.spoil_api({{Kind::status, 429, {{"Retry-After", "7"}}, ""}});
  hub.spoil_resolve({{Kind::status, 429, {{"Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"}}, ""}});
  EXPECT_TRUE(fetch());
  ASSERT_EQ(clock.slept.size(), 2U);
  EXPECT_EQ(clock.slept[0], std::chrono::seconds(7));
  EXPECT_EQ(clock.slept[1], std::chrono::seconds(1));
}

TEST_F(Refusals, TooLongAWaitIsLeftToThePerson) {
  hub.spoil_api({{Kind::status, 429, {{"Retry-After", "3600"}}, ""}});
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_SAYS(model, "429");
  EXPECT_SAYS(model, "Try again in 3600 s");
  EXPECT_SAYS(model, "HF_TOKEN");
  EXPECT_TRUE(clock.slept.empty());
}

TEST_F(Refusals, AHubOutOfOrder) {
  hub.spoil_api({{Kind::status, 502, {}, ""}});
  EXPECT_TRUE(fetch());
  hub.spoil_api({3, {Kind::status, 503, {}, "maintenance\nmore"}});
  const auto model = pull("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(model);
  EXPECT_SAYS(model, "status 503: maintenance");
  EXPECT_SAYS(model, "By hand: fetch " + hub.endpoint() + "/user/tiny-GGUF");
}

TEST_F(Refusals, AWebPageInsteadOfTheApi) {
  hub.spoil_api({{Kind::web_page, 0, {}, ""}});
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "web page");
  hub.spoil_api({{Kind::status, 511, {}, ""}});
  EXPECT_SAYS(fetch(), "log-in page");
  hub.spoil_api({{Kind::status, 403, {{"Content-Type", "text/html"}}, "<html>blocked</html>"}});
  EXPECT_SAYS(fetch(), "firewall");
}

TEST_F(Refusals, SomethingThatIsNoHub) {
  hub.spoil_api({{Kind::status, 200, {}, "hello"}});
  EXPECT_SAYS(fetch(), "HF_ENDPOINT");
  hub.spoil_api({{Kind::status, 200, {}, "{}"}});
  EXPECT_SAYS(fetch(), "which commit");
  hub.spoil_api({{}, {Kind::status, 200, {}, "{}"}});
  EXPECT_SAYS(fetch(), "does not list");
}

TEST_F(Refusals, NamesOfFilesFromTheHubCannotLeaveTheCache) {
  const std::string oid(64, '1');
  hub.spoil_api({{},
                 {Kind::status,
                  200,
                  {},
                  R"([{"type":"file","path":"../../../x-Q8_0.gguf","size":5,"oid":")" + oid +
                      R"("},{"type":"file","path":"x-Q8_0.gguf","size":5,"oid":"../../x"}])"}});
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::not_found);
}

TEST_F(Refusals, AProxyThatWantsAPassword) {
  ::setenv("http_proxy", ("http://me:secret@" + hub.endpoint().substr(7)).c_str(), 1);
  settings.endpoint = "http://hub.example";
  const auto plain = fetch();
  ASSERT_FALSE(plain);
  EXPECT_EQ(plain.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(plain, "asks for a name and a password");
  EXPECT_SAYS(plain, "HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT");
  EXPECT_EQ(words_of(plain).find("secret"), std::string::npos);

  ::setenv("https_proxy", ("http://" + hub.endpoint().substr(7)).c_str(), 1);
  settings.endpoint = "https://hub.example";
  EXPECT_SAYS(fetch(), "asks for a name and a password");
}

TEST_F(Refusals, NoProxyIsObeyed) {
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  EXPECT_SAYS(fetch(), "cannot be reached");
  ::setenv("no_proxy", "127.0.0.1", 1);
  EXPECT_TRUE(fetch());
}

TEST_F(Refusals, NoNetwork) {
  settings.endpoint = "http://hub.invalid";
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "HTTPS_PROXY");
  EXPECT_SAYS(model, "By hand: fetch http://hub.invalid/user/tiny-GGUF");
  EXPECT_SAYS(model, "give the file's path as the model");
}

}  // namespace
}  // namespace emend
