// SPDX-License-Identifier: Apache-2.0
#include "models/hub_refusals.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <utility>

#include "core/ascii.h"
#include "models/transport_errors.h"

namespace emend {

namespace {

std::string subject(const HubQuestion& question) {
  return question.file.empty() ? question.repository : question.repository + "/" + question.file;
}

// What the server itself says, as one line of reasonable length.
std::string own_words(const HttpResponse& response, std::string_view body) {
  std::string words = response.field("x-error-message");
  if (words.empty() && response.field("content-type").starts_with("text/plain")) words = body;
  words = words.substr(0, std::min(words.find_first_of("\r\n"), std::size_t{200}));
  return words.empty() ? "" : ": " + words;
}

// Seconds, or a date.
std::optional<std::chrono::milliseconds> retry_after(const HttpResponse& response) {
  const std::string text = response.field("retry-after");
  if (text.empty()) return std::nullopt;
  constexpr long kMost = 1'000'000;
  long seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc() || end != text.data() + text.size()) {
    const time_t date = curl_getdate(text.c_str(), nullptr);
    if (date < 0) return std::nullopt;
    seconds = static_cast<long>(date - std::time(nullptr));
  }
  return std::chrono::seconds(std::clamp(seconds, 0L, kMost));
}

Refusal final_refusal(ErrorCode code, std::string message, std::string hint) {
  return {Error{code, std::move(message), std::move(hint)}, false, {}, {}};
}

Refusal gated(const HubQuestion& question, const StoreSettings& settings) {
  const std::string page = settings.endpoint + "/" + question.repository;
  std::string hint = "Accept its conditions at " + page;
  hint +=
      settings.token.empty()
          ? ", make a token at " + settings.endpoint + "/settings/tokens and set HF_TOKEN to it."
          : " with the account that the token (HF_TOKEN) belongs to; some owners grant access "
            "by hand, which can take days.";
  return final_refusal(ErrorCode::network_failed,
                       question.repository + " is gated: its owner gives it to those who ask",
                       std::move(hint));
}

Refusal token_refused(const StoreSettings& settings, const std::string& words) {
  return final_refusal(ErrorCode::network_failed,
                       settings.endpoint + " does not accept the token" + words,
                       "Check HF_TOKEN, or make a new token at " + settings.endpoint +
                           "/settings/tokens. Public models need none: unset it to try.");
}

Refusal absent(const HubQuestion& question, const StoreSettings& settings) {
  return final_refusal(
      ErrorCode::not_found, "the hub has no repository " + question.repository + " that we may see",
      settings.token.empty() ? "Check the name. A private repository needs a token in HF_TOKEN."
                             : "Check the name, and that the token's account may see it.");
}

Refusal overloaded(const HubQuestion& question, const HttpResponse& response,
                   const StoreSettings& settings, const std::string& words) {
  const auto wait = retry_after(response);
  std::string message = settings.endpoint + " takes no more requests for now (status 429" + words +
                        ") while fetching " + subject(question);
  std::string hint = "Try again ";
  hint +=
      wait ? "in " +
                 std::to_string(std::chrono::duration_cast<std::chrono::seconds>(*wait).count()) +
                 " s"
           : "later";
  hint += settings.token.empty() ? "; with a token in HF_TOKEN more requests are allowed." : ".";
  return {Error{ErrorCode::network_failed, std::move(message), std::move(hint)}, true, wait, {}};
}

Refusal out_of_order(const HubQuestion& question, const HttpResponse& response,
                     const std::string& words) {
  return {Error{ErrorCode::network_failed,
                origin_of(response.url) + " fails with status " + std::to_string(response.status) +
                    words + " while fetching " + subject(question),
                "It is out of order for now. Try again later; what has arrived is kept."},
          true,
          retry_after(response),
          {}};
}

Refusal reason(const HubQuestion& question, const StoreSettings& settings,
               const HttpResponse& response, std::string_view body) {
  const std::string code = response.field("x-error-code");
  const std::string words = own_words(response, body);
  const long status = response.status;
  if (status == 407) return proxy_wants_password();
  if (status == 511) return not_the_hub(response, "<html");
  if (code == "GatedRepo") return gated(question, settings);
  if (code == "RevisionNotFound") {
    return final_refusal(ErrorCode::not_found,
                         question.repository + " has no revision \"" + question.revision + "\"",
                         "A revision is a branch, a tag or a commit.");
  }
  if (code == "EntryNotFound") {
    return final_refusal(ErrorCode::not_found, question.repository + " has no " + question.file,
                         "");
  }
  if (code == "RepoNotFound") return absent(question, settings);
  if (status == 401 && !settings.token.empty()) return token_refused(settings, words);
  if (status == 401 || status == 404) return absent(question, settings);
  if (status == 403 && is_web_page(response, body)) return not_the_hub(response, body);
  if (status == 403) {
    return final_refusal(
        ErrorCode::network_failed, "access to " + subject(question) + " is refused" + words,
        "Look at " + settings.endpoint + "/" + question.repository + " for its conditions" +
            (settings.token.empty() ? ", and set HF_TOKEN." : "."));
  }
  if (status == 429) return overloaded(question, response, settings, words);
  if (status == 408 || status >= 500) return out_of_order(question, response, words);
  return final_refusal(ErrorCode::network_failed,
                       origin_of(response.url) + " refuses " + subject(question) + " with status " +
                           std::to_string(status) + words,
                       "");
}

}  // namespace

bool is_web_page(const HttpResponse& response, std::string_view body) {
  const std::string start = ascii::lowered(ascii::trimmed(body.substr(0, 64)));
  return response.field("content-type").starts_with("text/html") ||
         start.starts_with("<!doctype") || start.starts_with("<html");
}

Refusal not_the_hub(const HttpResponse& response, std::string_view body) {
  const std::string host = origin_of(response.url);
  if (is_web_page(response, body)) {
    return final_refusal(
        ErrorCode::network_failed, host + " answers with a web page instead of what was asked for",
        "A network's log-in page or a firewall stands between: open a browser and log in, or use "
        "another network, or fetch the file by hand.");
  }
  return final_refusal(ErrorCode::network_failed,
                       host + " answers with something that no hub would say",
                       "Check HF_ENDPOINT, or try again later.");
}

Refusal hub_refusal(const HubQuestion& question, const StoreSettings& settings,
                    const HttpResponse& response, std::string_view body) {
  Refusal refusal = reason(question, settings, response, body);
  refusal.hub_code = response.field("x-error-code");
  return refusal;
}

}  // namespace emend
