// SPDX-License-Identifier: Apache-2.0
#include "pipeline/web_input.h"

#include <charconv>
#include <cstdint>
#include <utility>

#include "models/http_client.h"

namespace emend {

namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{512} << 20U;

bool is_one_of(std::string_view input, std::string_view scheme) {
  if (input.size() <= scheme.size()) return false;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = input[i] >= 'A' && input[i] <= 'Z' ? static_cast<char>(input[i] + 32) : input[i];
    if (c != scheme[i]) return false;
  }
  return true;
}

tl::unexpected<Refusal> refuse(ErrorCode code, std::string message, std::string hint = {}) {
  return tl::unexpected(Refusal{{code, std::move(message), std::move(hint)}});
}

// Takes what comes into a file, up to a limit.
class Receiver final : public HttpSink {
 public:
  explicit Receiver(SpooledInput& file) : file_(file) {}

  Outcome<void> begin(const HttpResponse& response) override {
    if (response.status != 200) {
      const bool is_absent = response.status == 404 || response.status == 410;
      return refuse(is_absent ? ErrorCode::not_found : ErrorCode::network_failed,
                    "the server answers with status " + std::to_string(response.status));
    }
    const std::string length = response.field("content-length");
    std::uint64_t bytes = 0;
    (void)std::from_chars(length.data(), length.data() + length.size(), bytes);
    return bytes > kMostBytes ? too_large() : Outcome<void>();
  }

  Outcome<void> add(std::string_view bytes) override {
    if (bytes.size() > kMostBytes - received_) return too_large();
    received_ += bytes.size();
    auto written = file_.add(bytes);
    if (!written) return tl::unexpected(Refusal{std::move(written.error())});
    return {};
  }

 private:
  [[nodiscard]] Outcome<void> too_large() const {
    return refuse(ErrorCode::limit_exceeded,
                  "the document is larger than " + std::to_string(kMostBytes >> 20U) + " MiB",
                  "Fetch it with another program, and name the file.");
  }

  SpooledInput& file_;
  std::uint64_t received_ = 0;
};

}  // namespace

bool is_web_address(std::string_view input) {
  return is_one_of(input, "http://") || is_one_of(input, "https://");
}

std::string name_of_web_address(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  address.remove_prefix(address.find("://") + 3);
  while (address.ends_with('/')) address.remove_suffix(1);
  const std::string name(address.substr(address.rfind('/') + 1));
  return name.empty() || name == "." || name == ".." ? "document" : name;
}

Result<SpooledInput> fetch_input(const std::string& address, const StoreOptions& store,
                                 const std::stop_token& stop) {
  auto settings = settings_from(store);
  if (!settings) return tl::unexpected(std::move(settings.error()));
  if (settings->is_offline) {
    return fail(ErrorCode::invalid_argument,
                "the document is on the web, and no request is allowed",
                "--offline or HF_HUB_OFFLINE says so.");
  }
  settings->token.clear();  // it is the hub's
  auto file = SpooledInput::empty();
  if (!file) return file;
  HttpClient client(*settings);
  Receiver receiver(*file);
  auto response = client.get({.url = address}, receiver, stop);
  if (!response) return tl::unexpected(std::move(response.error().error));
  return file;
}

}  // namespace emend
