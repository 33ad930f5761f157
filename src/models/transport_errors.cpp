// SPDX-License-Identifier: Apache-2.0
#include "models/transport_errors.h"

#include <cstdlib>
#include <utility>

namespace emend {

namespace {

constexpr const char* kProxyVariables[] = {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy",
                                           "http_proxy"};

// The first proxy that the environment names, without the password it may hold.
std::string proxy_text() {
  for (const char* name : kProxyVariables) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view proxy(value);
    const auto sign_in = proxy.rfind('@');
    const auto scheme = proxy.find("://");
    const auto host = sign_in == std::string_view::npos
                          ? (scheme == std::string_view::npos ? 0 : scheme + 3)
                          : sign_in + 1;
    return " " + std::string(proxy.substr(host)) + " (" + name + ")";
  }
  return "";
}

Refusal refusal(std::string message, std::string hint, bool may_pass) {
  return {Error{ErrorCode::network_failed, std::move(message), std::move(hint)}, may_pass, {}, {}};
}

Refusal untrusted(const TransportFailure& failure) {
  return refusal(origin_of(failure.url) + " has a certificate that this machine does not trust (" +
                     std::string(failure.detail) + ")",
                 "A company's firewall may open encrypted connections: then set CURL_CA_BUNDLE to "
                 "a file with the company's certificates. Also check this machine's date.",
                 false);
}

}  // namespace

Refusal proxy_wants_password() {
  return refusal("the proxy" + proxy_text() + " asks for a name and a password",
                 "Put them into the variable: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT "
                 "(characters such as @ in a password as %40).",
                 false);
}

Refusal transport_refusal(const TransportFailure& failure) {
  const std::string host = origin_of(failure.url);
  if (failure.proxy_status == 407) return proxy_wants_password();
  if (failure.proxy_status >= 400) {
    return refusal("the proxy" + proxy_text() + " refuses to connect to " + host + " (status " +
                       std::to_string(failure.proxy_status) + ")",
                   "Ask whoever runs the proxy to allow it, or add the host to NO_PROXY.", false);
  }
  switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
      return refusal("the proxy" + proxy_text() + " is not found", "Check the variable.", false);
    case CURLE_COULDNT_RESOLVE_HOST:
      return refusal(host + " is not found: there is no network, or no name server answers",
                     "Check the network; behind a proxy, set HTTPS_PROXY.", true);
    case CURLE_COULDNT_CONNECT:
      return refusal(host + " cannot be reached (" + std::string(failure.detail) + ")",
                     "Check the network; behind a proxy, set HTTPS_PROXY.", true);
    case CURLE_OPERATION_TIMEDOUT:
      return refusal(host + " sends nothing, or next to nothing, any more",
                     "Try again later, or over another network.", true);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return untrusted(failure);
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return refusal("no address that emend can use: " + failure.url, "", false);
    default:
      return refusal(
          "the connection to " + host + " broke off (" + std::string(failure.detail) + ")",
          "Try again; what has arrived is kept.", true);
  }
}

}  // namespace emend
