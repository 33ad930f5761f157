// SPDX-License-Identifier: Apache-2.0
// Encrypted connections: whom emend trusts, and that it does not leave encryption once it has it.
#include "fakes/tls_front.h"
#include "unit/models/store_fixture.h"

namespace emend {
namespace {

class TlsTest : public StoreTest {
 protected:
  TlsTest() : front_(hub, home / "tls") {
    fill("user/tiny-GGUF");
    settings.endpoint = front_.endpoint();
    settings.certificates = front_.certificate();
  }
  void SetUp() override {
    ASSERT_FALSE(front_.certificate().empty()) << "openssl made no certificate";
  }

  Result<StoredModel> fetch() { return resolve("user/tiny-GGUF:Q8_0"); }

  TlsFront front_;
};

TEST_F(TlsTest, AHubWithATrustedCertificateIsUsed) {
  front_.lead_everything_through_here();
  const auto model = fetch();
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(read_file(model->files.at(0).path), TestHub::gguf(5000, 8));
}

TEST_F(TlsTest, ACertificateThatNobodyVouchesForIsRefused) {
  settings.certificates.clear();
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, front_.endpoint());
  EXPECT_SAYS(model, "does not trust");
  EXPECT_SAYS(model, "CURL_CA_BUNDLE");
  EXPECT_EQ(hub.request_count(), 0U) << "nothing was asked, so nothing was told";
  EXPECT_TRUE(clock.slept.empty()) << "another attempt would not help";
}

TEST_F(TlsTest, ACertificateForAnotherHostIsRefused) {
  const TlsFront other(hub, home / "other", "models.example");
  settings.endpoint = other.endpoint();
  settings.certificates = other.certificate();
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_SAYS(model, "does not trust");
  EXPECT_EQ(hub.request_count(), 0U);
}

TEST_F(TlsTest, ACertificateFileThatIsNotThereIsNamed) {
  settings.certificates = (home / "absent.pem").string();
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "absent.pem");
}

TEST_F(TlsTest, ARedirectOutOfEncryptionIsRefused) {
  settings.token = "hf_secret";
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "without encryption");
  EXPECT_SAYS(model, hub.store_origin());
  for (const auto& request : hub.requests()) {
    EXPECT_EQ(request.server, SeenRequest::Server::hub) << request.path;
  }
}

TEST_F(TlsTest, AServerThatDoesNotEncryptIsNoHub) {
  settings.attempts = 1;
  settings.endpoint = "https" + hub.endpoint().substr(4);
  const auto model = fetch();
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, settings.endpoint);
}

}  // namespace
}  // namespace emend
