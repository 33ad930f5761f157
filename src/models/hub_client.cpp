// SPDX-License-Identifier: Apache-2.0
#include "models/hub_client.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/ascii.h"
#include "models/content_id.h"
#include "models/hub_refusals.h"
#include "models/near_names.h"
#include "models/patience.h"

namespace emend {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxAnswerBytes = std::size_t{32} << 20U;
constexpr int kMaxPages = 100;
constexpr int kAttempts = 3;

// Unreserved characters and slashes stay as they are.
std::string encoded(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : path) {
    if (ascii::is_alnum(c) || std::string_view("-._~/").find(c) != std::string_view::npos) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return text;
}

// A revision is one part of a path: its slashes are written out.
std::string encoded_revision(std::string_view revision) {
  std::string text = encoded(revision);
  for (auto at = text.find('/'); at != std::string::npos; at = text.find('/', at)) {
    text.replace(at, 1, "%2F");
  }
  return text;
}

class TextSink final : public HttpSink {
 public:
  [[nodiscard]] Outcome<void> begin(const HttpResponse&) override { return {}; }
  [[nodiscard]] Outcome<void> add(std::string_view bytes) override {
    if (text_.size() + bytes.size() > kMaxAnswerBytes) {
      return tl::unexpected(Refusal{
          Error{ErrorCode::network_failed, "the hub's answer does not end", ""}, false, {}, {}});
    }
    text_ += bytes;
    return {};
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// "<https://...>; rel="next"" -> the path after the host; the host is ours in any case, since a
// mirror passes on the hub's own addresses.
std::string next_page(const HttpResponse& response) {
  const std::string link = response.field("link");
  const auto open = link.find('<');
  const auto close = link.find('>');
  if (open == std::string::npos || close == std::string::npos || close < open ||
      link.find("rel=\"next\"", close) == std::string::npos) {
    return {};
  }
  const std::string url = link.substr(open + 1, close - open - 1);
  const auto api = url.find("/api/models/");
  return api == std::string::npos ? std::string() : url.substr(api);
}

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Licence licence_of(const json& answer, const std::string& repository, const std::string& endpoint) {
  constexpr std::array<std::string_view, 12> kFree = {
      "apache-2.0", "mit",       "bsd",   "bsd-2-clause", "bsd-3-clause", "cc-by-4.0",
      "cc0-1.0",    "unlicense", "wtfpl", "isc",          "zlib",         "bsl-1.0"};
  Licence licence;
  licence.repository = repository;
  licence.page = endpoint + "/" + repository;
  if (const auto card = answer.find("cardData"); card != answer.end() && card->is_object()) {
    licence.tag = text_of(*card, "license");
    // "other" stands for a licence that the hub has no tag for.
    if (const auto name = text_of(*card, "license_name"); licence.tag == "other" && !name.empty()) {
      licence.tag = name;
    }
    const auto link = text_of(*card, "license_link");
    if (link.starts_with("https://")) licence.page = link;
  }
  if (const auto tags = answer.find("tags");
      licence.tag.empty() && tags != answer.end() && tags->is_array()) {
    constexpr std::string_view kPrefix = "license:";
    for (const auto& tag : *tags) {
      const auto text = tag.is_string() ? tag.get<std::string>() : std::string();
      if (text.starts_with(kPrefix)) licence.tag = text.substr(kPrefix.size());
    }
  }
  licence.is_free =
      std::find(kFree.begin(), kFree.end(), ascii::lowered(licence.tag)) != kFree.end();
  return licence;
}

// One entry of the tree; nothing for folders and for what has not the form of a file.
std::optional<RepositoryFile> file_of(const json& entry) {
  if (!entry.is_object() || text_of(entry, "type") != "file") return std::nullopt;
  const auto lfs = entry.find("lfs");
  const json& content = lfs != entry.end() && lfs->is_object() ? *lfs : entry;
  const auto size = content.find("size");
  RepositoryFile file{text_of(entry, "path"), 0, text_of(content, "oid")};
  if (!is_safe_path(file.path) || !is_oid(file.oid)) return std::nullopt;
  if (size == content.end() || !size->is_number_unsigned()) return std::nullopt;
  file.size_bytes = size->get<std::uint64_t>();
  return file;
}

std::vector<std::string> names_in(const json& list, const char* key) {
  std::vector<std::string> names;
  if (!list.is_array()) return names;
  for (const auto& item : list) {
    if (item.is_object() && !text_of(item, key).empty()) names.push_back(text_of(item, key));
  }
  return names;
}

void add_sentence(std::string& hint, const std::string& sentence) {
  hint += (hint.empty() ? "" : " ") + sentence;
}

}  // namespace

struct HubClient::Page {
  json answer;
  std::string next;  // path of the page after it; empty when this is the last
};

Outcome<HubClient::Page> HubClient::ask_once(const std::string& url, const HubQuestion& question,
                                             const std::stop_token& stop) {
  TextSink sink;
  auto response = http_.get({url, settings_.token, {}}, sink, stop);
  if (!response) return tl::unexpected(std::move(response.error()));
  if (response->status != 200) {
    return tl::unexpected(hub_refusal(question, settings_, *response, sink.text()));
  }
  Page page;
  page.answer = json::parse(sink.text(), nullptr, false);
  if (page.answer.is_discarded()) return tl::unexpected(not_the_hub(*response, sink.text()));
  page.next = next_page(*response);
  return page;
}

Outcome<HubClient::Page> HubClient::ask(const std::string& path, const HubQuestion& question,
                                        const std::stop_token& stop) {
  Patience patience(settings_, clock_, std::min(settings_.attempts, kAttempts));
  for (;;) {
    auto page = ask_once(settings_.endpoint + path, question, stop);
    if (page) return page;
    const bool again = patience.waits_after(page.error(), stop, [] {});
    if (stop.stop_requested()) {
      return tl::unexpected(Refusal{Error{ErrorCode::cancelled, "stopped", ""}, false, {}, {}});
    }
    if (!again) return page;
  }
}

Result<RepositoryState> HubClient::state_of(const std::string& repository,
                                            const std::string& revision,
                                            const std::stop_token& stop) {
  const HubQuestion question{repository, revision, ""};
  auto page =
      ask("/api/models/" + repository + "/revision/" + encoded_revision(revision), question, stop);
  if (!page) {
    auto& [error, may_pass, retry_after, hub_code] = page.error();
    if (hub_code == "RevisionNotFound") {
      suggest_revisions(error, question, stop);
    } else if (error.code == ErrorCode::not_found) {
      suggest_repositories(error, question, stop);
    }
    return tl::unexpected(std::move(error));
  }
  RepositoryState state;
  state.repository = repository;
  state.commit = page->answer.is_object() ? text_of(page->answer, "sha") : std::string();
  if (!ascii::is_hex(state.commit, 40)) {
    return fail(ErrorCode::network_failed,
                settings_.endpoint + " does not say which commit of " + repository + " it has",
                "Check HF_ENDPOINT, or try again later.");
  }
  // The hub does not mind about case, but a folder has one spelling.
  const std::string spelling = text_of(page->answer, "id");
  if (ascii::lowered(spelling) == ascii::lowered(repository)) state.repository = spelling;
  state.licence = licence_of(page->answer, state.repository, settings_.endpoint);
  if (auto read = read_files(state, stop); !read) return tl::unexpected(std::move(read.error()));
  return state;
}

Result<void> HubClient::read_files(RepositoryState& state, const std::stop_token& stop) {
  const HubQuestion question{state.repository, state.commit, ""};
  std::string path =
      "/api/models/" + state.repository + "/tree/" + state.commit + "?recursive=true";
  for (int count = 0; !path.empty() && count < kMaxPages; ++count) {
    auto page = ask(path, question, stop);
    if (!page) return tl::unexpected(std::move(page.error().error));
    if (!page->answer.is_array()) {
      return fail(ErrorCode::network_failed,
                  settings_.endpoint + " does not list the files of " + state.repository,
                  "Check HF_ENDPOINT, or try again later.");
    }
    for (const auto& entry : page->answer) {
      if (auto file = file_of(entry)) state.files.push_back(std::move(*file));
    }
    path = page->next;
  }
  return {};
}

// What there is instead, asked of the hub itself. Whatever goes wrong here, the first error stands.
void HubClient::suggest_revisions(Error& error, const HubQuestion& question,
                                  const std::stop_token& stop) {
  constexpr std::size_t kMost = 10;
  const auto refs = ask("/api/models/" + question.repository + "/refs", question, stop);
  if (!refs || !refs->answer.is_object()) return;
  auto names = names_in(refs->answer.value("branches", json()), "name");
  for (auto& tag : names_in(refs->answer.value("tags", json()), "name")) {
    names.push_back(std::move(tag));
  }
  if (names.size() > kMost) names = near_names(question.revision, names, kMost);
  if (!names.empty()) add_sentence(error.hint, "It has " + enumerated(names) + ".");
}

void HubClient::suggest_repositories(Error& error, const HubQuestion& question,
                                     const std::stop_token& stop) {
  const auto slash = question.repository.find('/');
  const auto owned = ask("/api/models?author=" + encoded(question.repository.substr(0, slash)) +
                             "&filter=gguf&limit=500",
                         question, stop);
  auto names = owned ? names_in(owned->answer, "id") : std::vector<std::string>();
  if (names.empty()) {
    const auto found = ask("/api/models?search=" + encoded(question.repository.substr(slash + 1)) +
                               "&filter=gguf&limit=20",
                           question, stop);
    if (found) names = names_in(found->answer, "id");
  }
  names = near_names(question.repository, names, 3);
  if (!names.empty()) add_sentence(error.hint, "Did you mean " + enumerated(names) + "?");
}

std::string HubClient::file_url(const std::string& repository, const std::string& revision,
                                const std::string& path) const {
  return settings_.endpoint + "/" + repository + "/resolve/" + encoded_revision(revision) + "/" +
         encoded(path);
}

}  // namespace emend
