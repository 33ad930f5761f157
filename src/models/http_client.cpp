// SPDX-License-Identifier: Apache-2.0
#include "models/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"
#include "models/transport_errors.h"

namespace emend {

namespace {

constexpr int kMaxRedirects = 10;
constexpr long kSlowBytesPerSecond = 1000;
constexpr int kPollMs = 100;
constexpr long kBufferBytes = 256L * 1024;
constexpr const char* kAgent = "emend/" EMEND_VERSION;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

bool is_redirect(long status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

Refusal network_refusal(std::string message, std::string hint = {}) {
  return {Error{ErrorCode::network_failed, std::move(message), std::move(hint)}, false, {}, {}};
}

// How the transfer ended; nothing when it was stopped.
std::optional<CURLcode> run_to_end(CURLM* multi, CURL* handle, const std::stop_token& stop) {
  curl_multi_add_handle(multi, handle);
  const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
  int running = 1;
  while (running > 0 && !stop.stop_requested() && curl_multi_perform(multi, &running) == CURLM_OK &&
         running > 0) {
    curl_multi_poll(multi, nullptr, 0, kPollMs, nullptr);
  }
  CURLcode code = CURLE_OK;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg == CURLMSG_DONE) code = message->data.result;
  }
  curl_multi_remove_handle(multi, handle);
  return running > 0 ? std::nullopt : std::optional<CURLcode>(code);
}

}  // namespace

std::string HttpResponse::field(const std::string& name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

struct HttpClient::Session {
  std::unique_ptr<CURL, FreeHandle> handle;
  std::unique_ptr<CURLM, FreeMulti> multi;
};

// One request and what has come of it so far: the context of libcurl's callbacks.
struct HttpClient::Exchange {
  CURL* handle = nullptr;
  HttpSink* sink = nullptr;
  HttpResponse response;
  std::string location;  // where a redirect leads, as an absolute address
  bool has_begun = false;
  std::optional<Refusal> refusal;  // of the sink

  [[nodiscard]] bool begin() {
    if (has_begun) return true;
    has_begun = true;
    auto begun = sink->begin(response);
    if (!begun) refusal = std::move(begun.error());
    return !refusal;
  }

  static std::size_t take_field(char* text, std::size_t, std::size_t size, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    const std::string_view line(text, size);
    // A status line starts a new header: that of the final answer follows those of 1xx.
    if (line.starts_with("HTTP/")) {
      exchange.response.fields.clear();
      curl_easy_getinfo(exchange.handle, CURLINFO_RESPONSE_CODE, &exchange.response.status);
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
      exchange.response.fields[ascii::lowered(line.substr(0, colon))] =
          ascii::trimmed(line.substr(colon + 1));
    }
    return size;
  }

  static std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    curl_easy_getinfo(exchange.handle, CURLINFO_RESPONSE_CODE, &exchange.response.status);
    if (is_redirect(exchange.response.status)) return size;
    if (!exchange.begin()) return 0;
    auto added = exchange.sink->add({bytes, size});
    if (added) return size;
    exchange.refusal = std::move(added.error());
    return 0;
  }
};

HttpClient::HttpClient(const StoreSettings& settings)
    : settings_(settings), session_(std::make_unique<Session>()) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) return;
  session_->handle.reset(curl_easy_init());
  session_->multi.reset(curl_multi_init());
}

HttpClient::~HttpClient() = default;

Outcome<HttpResponse> HttpClient::get(const HttpRequest& request, HttpSink& sink,
                                      const std::stop_token& stop) {
  CURL* handle = session_->handle.get();
  if (handle == nullptr || !session_->multi) {
    return tl::unexpected(network_refusal("libcurl does not start"));
  }
  std::string url = request.url;
  for (int redirects = 0; redirects <= kMaxRedirects; ++redirects) {
    Exchange exchange;
    exchange.handle = handle;
    exchange.sink = &sink;
    exchange.response.url = url;

    std::unique_ptr<curl_slist, FreeList> fields;
    if (!request.token.empty() && origin_of(url) == origin_of(request.url)) {
      fields.reset(curl_slist_append(nullptr, ("Authorization: Bearer " + request.token).c_str()));
    }
    curl_easy_reset(handle);
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, fields.get());
    if (request.resume_at) {
      curl_easy_setopt(handle, CURLOPT_RANGE, (std::to_string(*request.resume_at) + "-").c_str());
    }
    if (auto done = perform(exchange, stop); !done) return tl::unexpected(std::move(done.error()));
    if (!is_redirect(exchange.response.status)) return std::move(exchange.response);
    if (exchange.location.empty()) {
      return tl::unexpected(network_refusal(origin_of(url) + " redirects to nowhere"));
    }
    if (origin_of(url).starts_with("https:") && !exchange.location.starts_with("https:")) {
      return tl::unexpected(network_refusal(
          origin_of(url) + " redirects to an address without encryption: " + exchange.location,
          "A firewall or the log-in page of a network may stand between. Try another network."));
    }
    url = exchange.location;
  }
  return tl::unexpected(network_refusal(origin_of(request.url) + " redirects in a circle"));
}

void HttpClient::configure(Exchange& exchange, char* detail) const {
  CURL* handle = exchange.handle;
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, kAgent);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(handle, CURLOPT_PROXYAUTH, CURLAUTH_ANY);
  curl_easy_setopt(handle, CURLOPT_BUFFERSIZE, kBufferBytes);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(settings_.connect_timeout.count()));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME,
                   static_cast<long>((settings_.stall_timeout.count() + 999) / 1000));
  if (!settings_.certificates.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, settings_.certificates.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Exchange::take_field);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Exchange::take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
}

Outcome<void> HttpClient::perform(Exchange& exchange, const std::stop_token& stop) {
  CURL* handle = exchange.handle;
  std::array<char, CURL_ERROR_SIZE> detail{};
  configure(exchange, detail.data());
  const auto code = run_to_end(session_->multi.get(), handle, stop);
  long connect_status = 0;
  curl_easy_getinfo(handle, CURLINFO_HTTP_CONNECTCODE, &connect_status);
  char* location = nullptr;
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &location);
  if (location != nullptr) exchange.location = location;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &exchange.response.status);

  if (exchange.refusal) return tl::unexpected(std::move(*exchange.refusal));
  if (!code)
    return tl::unexpected(Refusal{Error{ErrorCode::cancelled, "stopped", ""}, false, {}, {}});
  if (*code != CURLE_OK) {
    return tl::unexpected(
        transport_refusal({*code, connect_status, exchange.response.url, detail.data()}));
  }
  if (is_redirect(exchange.response.status) || exchange.begin()) return {};
  return tl::unexpected(std::move(*exchange.refusal));
}

std::string origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const auto end = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  const auto sign_in = url.substr(0, end).rfind('@');  // "user:password@host"
  const auto host = sign_in == std::string_view::npos ? scheme + 3 : sign_in + 1;
  std::string origin =
      ascii::lowered(url.substr(0, scheme + 3)) + ascii::lowered(url.substr(host, end - host));
  const std::string_view default_port = origin.starts_with("https:") ? ":443" : ":80";
  if (origin.ends_with(default_port)) origin.resize(origin.size() - default_port.size());
  return origin;
}

}  // namespace emend
