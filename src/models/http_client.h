// SPDX-License-Identifier: Apache-2.0
// GET over HTTP, with libcurl: one request at a time, redirects followed by ourselves so that a
// token never reaches a host it is not meant for.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "emend/error.h"
#include "models/settings.h"

namespace emend {

// Why something was not fetched, and whether trying again makes sense.
struct Refusal {
  Error error;
  bool may_pass = false;                                 // a later attempt may well succeed
  std::optional<std::chrono::milliseconds> retry_after;  // what the server asked for
  std::string hub_code;  // the hub's own name for it, such as "GatedRepo"; may be empty
};

template <typename T>
using Outcome = tl::expected<T, Refusal>;

struct HttpResponse {
  long status = 0;
  std::string url;                            // that answered, after redirects
  std::map<std::string, std::string> fields;  // of its header; names in lower case

  [[nodiscard]] std::string field(const std::string& name) const;
};

// Takes a body as it comes. What it returns ends the request when it is an error.
class HttpSink {
 public:
  HttpSink() = default;
  HttpSink(const HttpSink&) = delete;
  HttpSink& operator=(const HttpSink&) = delete;
  virtual ~HttpSink() = default;

  // Called once, when the header is complete and is no redirect.
  [[nodiscard]] virtual Outcome<void> begin(const HttpResponse& response) = 0;
  [[nodiscard]] virtual Outcome<void> add(std::string_view bytes) = 0;
};

struct HttpRequest {
  std::string url;
  std::string token;                       // sent to the origin of `url` and to no other
  std::optional<std::uint64_t> resume_at;  // ask for the bytes from here on
};

// One thread at a time.
class HttpClient {
 public:
  explicit HttpClient(const StoreSettings& settings);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Any status that is no redirect is a success of this function. Fails with network_failed,
  // cancelled (within a fraction of a second), or as the sink does.
  [[nodiscard]] Outcome<HttpResponse> get(const HttpRequest& request, HttpSink& sink,
                                          const std::stop_token& stop);

 private:
  struct Session;
  struct Exchange;

  void configure(Exchange& exchange, char* detail) const;
  [[nodiscard]] Outcome<void> perform(Exchange& exchange, const std::stop_token& stop);

  const StoreSettings& settings_;
  std::unique_ptr<Session> session_;
};

// "https://host:port" of an address, in lower case.
[[nodiscard]] std::string origin_of(std::string_view url);

}  // namespace emend
