// SPDX-License-Identifier: Apache-2.0
#include "fakes/test_hub.h"

#include <httplib.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <thread>

namespace emend {

namespace {

using httplib::Request;
using httplib::Response;
using nlohmann::json;

constexpr const char* kBinary = "application/octet-stream";
constexpr const char* kLogInPage =
    "<!DOCTYPE html><html><body>Welcome to Hotel Wi-Fi. Log in.</body></html>";

std::string digest(const EVP_MD* kind, const std::string& bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), value.data(), &size, kind, nullptr);
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    constexpr const char* kDigits = "0123456789abcdef";
    text += kDigits[value.at(i) >> 4U];
    text += kDigits[value.at(i) & 15U];
  }
  return text;
}

std::string git_oid(const std::string& bytes) {
  return digest(EVP_sha1(), "blob " + std::to_string(bytes.size()) + '\0' + bytes);
}

std::optional<std::size_t> first_byte(const std::string& range) {
  constexpr std::string_view kStart = "bytes=";
  if (range.compare(0, kStart.size(), kStart) != 0) return std::nullopt;
  return std::stoul(range.substr(kStart.size()));
}

void refuse(Response& response, int status, const char* code, const char* words) {
  response.status = status;
  if (*code != '\0') response.set_header("X-Error-Code", code);
  response.set_header("X-Error-Message", words);
  response.set_content(json{{"error", words}}.dump(), "application/json");
}

}  // namespace

struct TestHub::State {
  httplib::Server hub;
  httplib::Server store;
  int hub_port = 0;
  int store_port = 0;
  std::thread hub_thread;
  std::thread store_thread;
  std::map<std::string, Repository> repositories;
  std::map<std::string, std::string> blobs;  // by oid

  mutable std::mutex mutex;
  std::condition_variable changed;
  std::deque<Mishap> api_mishaps;
  std::deque<Mishap> resolve_mishaps;
  std::deque<Mishap> store_mishaps;
  std::vector<SeenRequest> seen;
  std::uint64_t bytes_sent = 0;
  bool is_released = false;
  bool is_stopped = false;

  void note(SeenRequest::Server server, const Request& request) {
    const std::lock_guard lock(mutex);
    seen.push_back({server, request.target, request.get_header_value("Range"),
                    request.get_header_value("Authorization")});
  }
  Mishap next(std::deque<Mishap>& mishaps) {
    const std::lock_guard lock(mutex);
    if (mishaps.empty()) return {};
    Mishap mishap = std::move(mishaps.front());
    mishaps.pop_front();
    return mishap;
  }
  // Whether the answer is given by the mishap itself.
  static bool answers(const Mishap& mishap, Response& response) {
    for (const auto& [name, value] : mishap.fields) response.set_header(name, value);
    if (mishap.kind == Mishap::Kind::web_page) {
      response.set_content(kLogInPage, "text/html; charset=utf-8");
    } else if (mishap.kind == Mishap::Kind::redirect_outside) {
      response.set_redirect(mishap.text);
    } else if (mishap.kind == Mishap::Kind::status) {
      response.status = static_cast<int>(mishap.amount);
      response.set_content(mishap.text, "text/plain");
    } else {
      return false;
    }
    return true;
  }

  void serve_hub();
  void serve_store();
  void info(const std::string& name, const std::string& revision, Response& response);
  void tree(const std::string& name, const Request& request, Response& response);
  void refs(const std::string& name, Response& response);
  void search(const Request& request, Response& response);
  void resolve(const Request& request, Response& response);
  void send(const std::string& blob, const Request& request, Response& response);
  void count_sent(std::uint64_t count);  // modulo 2^64, so that a count can be taken back
  void send_part(const std::string& bytes, std::size_t from, const Mishap& mishap,
                 Response& response);
  bool is_refused(const std::string& name, Response& response) const;
};

bool TestHub::State::is_refused(const std::string& name, Response& response) const {
  if (repositories.count(name) != 0) return false;
  refuse(response, 401, "RepoNotFound", "Repository not found");
  return true;
}

void TestHub::State::info(const std::string& name, const std::string& revision,
                          Response& response) {
  if (is_refused(name, response)) return;
  const Repository& repository = repositories.at(name);
  const auto& branches = repository.branches;
  if (revision != repository.commit &&
      std::find(branches.begin(), branches.end(), revision) == branches.end()) {
    return refuse(response, 404, "RevisionNotFound", "Invalid rev id");
  }
  json card = {{"license", repository.licence}};
  if (!repository.licence_name.empty()) card["license_name"] = repository.licence_name;
  const json answer = {{"id", name},
                       {"sha", repository.commit},
                       {"gated", repository.is_gated ? json("auto") : json(false)},
                       {"tags", {"gguf", "license:" + repository.licence}},
                       {"cardData", card}};
  response.set_content(answer.dump(), "application/json");
}

void TestHub::State::tree(const std::string& name, const Request& request, Response& response) {
  if (is_refused(name, response)) return;
  const Repository& repository = repositories.at(name);
  const std::size_t first =
      request.has_param("cursor") ? std::stoul(request.get_param_value("cursor")) : 0;
  json list = json::array();
  list.push_back({{"type", "directory"}, {"path", "folder"}, {"oid", std::string(40, '0')}});
  std::size_t index = 0;
  for (const auto& [path, bytes] : repository.files) {
    if (index++ < first) continue;
    if (index > first + repository.files_per_page) break;
    json entry = {
        {"type", "file"}, {"path", path}, {"oid", git_oid(bytes)}, {"size", bytes.size()}};
    if (!repository.keeps_files_in_git) {
      entry["lfs"] = {{"oid", sha256(bytes)}, {"size", bytes.size()}, {"pointerSize", 134}};
    }
    list.push_back(std::move(entry));
  }
  if (first + repository.files_per_page < repository.files.size()) {
    // As the real hub does it, with its own address even behind a mirror.
    response.set_header(
        "Link", "<https://huggingface.co/api/models/" + name + "/tree/" + repository.commit +
                    "?recursive=true&cursor=" + std::to_string(first + repository.files_per_page) +
                    ">; rel=\"next\"");
  }
  response.set_content(list.dump(), "application/json");
}

void TestHub::State::refs(const std::string& name, Response& response) {
  if (is_refused(name, response)) return;
  json branches = json::array();
  for (const auto& branch : repositories.at(name).branches) {
    branches.push_back({{"name", branch},
                        {"ref", "refs/heads/" + branch},
                        {"targetCommit", repositories.at(name).commit}});
  }
  response.set_content(json{{"branches", branches}, {"tags", json::array()}}.dump(),
                       "application/json");
}

void TestHub::State::search(const Request& request, Response& response) {
  json found = json::array();
  for (const auto& [name, repository] : repositories) {
    const auto slash = name.find('/');
    const bool is_by_author =
        request.has_param("author") && name.substr(0, slash) == request.get_param_value("author");
    const bool is_similar = request.has_param("search") &&
                            name.find(request.get_param_value("search")) != std::string::npos;
    if (is_by_author || is_similar) found.push_back({{"id", name}});
  }
  response.set_content(found.dump(), "application/json");
}

void TestHub::State::resolve(const Request& request, Response& response) {
  const std::string name = request.matches[1];
  const std::string path = request.matches[3];
  if (is_refused(name, response)) return;
  const Repository& repository = repositories.at(name);
  const std::string token = request.get_header_value("Authorization");
  if (repository.is_gated && token != "Bearer hf_accepted") {
    return refuse(response, token.empty() ? 401 : 403, "GatedRepo",
                  "Access to model is restricted");
  }
  const auto file = repository.files.find(path);
  if (file == repository.files.end()) {
    return refuse(response, 404, "EntryNotFound", "Entry not found");
  }
  const std::string oid = sha256(file->second);
  {
    const std::lock_guard lock(mutex);
    blobs[oid] = file->second;
  }
  response.set_header("X-Repo-Commit", repository.commit);
  response.set_header("X-Linked-Size", std::to_string(file->second.size()));
  response.set_header("X-Linked-Etag", "\"" + oid + "\"");
  response.set_redirect("http://127.0.0.1:" + std::to_string(store_port) + "/" + oid + "?signed=1");
}

void TestHub::State::count_sent(std::uint64_t count) {
  const std::lock_guard lock(mutex);
  bytes_sent += count;
}

void TestHub::State::send_part(const std::string& bytes, std::size_t from, const Mishap& mishap,
                               Response& response) {
  const std::size_t length = bytes.size() - from;
  const bool is_cut = mishap.kind == Mishap::Kind::cut;
  const bool drips = mishap.kind == Mishap::Kind::drip;
  const bool stalls = mishap.kind == Mishap::Kind::stall;
  const std::size_t limit = is_cut || stalls ? std::min(mishap.amount, length) : length;
  auto provider = [this, bytes, from, limit, is_cut, drips, stalls](std::size_t offset, std::size_t,
                                                                    httplib::DataSink& sink) {
    if (offset >= limit) {
      if (is_cut) return false;
      std::unique_lock lock(mutex);
      if (stalls) changed.wait(lock, [this] { return is_released || is_stopped; });
      if (is_stopped) return false;
    }
    const std::size_t end = offset < limit ? limit : bytes.size() - from;
    const std::size_t most = drips ? 10 : std::size_t{64} << 10U;
    const std::size_t count = std::min(most, end - offset);
    if (drips) {
      std::unique_lock lock(mutex);
      changed.wait_for(lock, std::chrono::milliseconds(50), [this] { return is_stopped; });
      if (is_stopped) return false;
    }
    // Counted first: who has received them may ask at once.
    count_sent(count);
    if (sink.write(bytes.data() + from + offset, count)) return true;
    count_sent(-count);
    return false;
  };
  response.set_content_provider(length, kBinary, provider);
}

void TestHub::State::send(const std::string& blob, const Request& request, Response& response) {
  using Kind = Mishap::Kind;
  const Mishap mishap = next(store_mishaps);
  auto range = first_byte(request.get_header_value("Range"));
  // Ranges are answered, rightly or wrongly, here: the server must not cut the body once more.
  const_cast<Request&>(request).ranges.clear();
  if (answers(mishap, response)) return;
  std::string bytes = blob;
  if (mishap.kind == Kind::flipped_byte) bytes.at(mishap.amount) ^= 1;
  if (mishap.kind == Kind::refuse_range && range) {
    response.status = 416;
    response.set_header("Content-Range", "bytes */" + std::to_string(bytes.size()));
    return;
  }
  if (mishap.kind == Kind::too_long) {
    bytes += "more";
    response.set_content_provider(kBinary, [bytes](std::size_t offset, httplib::DataSink& sink) {
      if (offset == 0 && !sink.write(bytes.data(), bytes.size())) return false;
      sink.done();
      return true;
    });
    return;
  }
  if (mishap.kind == Kind::no_range) range.reset();
  if (mishap.kind == Kind::other_range && range) range = 0;
  std::size_t from = range.value_or(0);
  if (mishap.kind == Kind::short_answer) bytes.resize(std::min(bytes.size(), from + mishap.amount));
  if (range) {
    response.status = 206;
    response.set_header("Content-Range", "bytes " + std::to_string(from) + "-" +
                                             std::to_string(bytes.size() - 1) + "/" +
                                             std::to_string(blob.size()));
  }
  send_part(bytes, from, mishap, response);
}

void TestHub::State::serve_hub() {
  const auto api = [this](const char* pattern, auto answer) {
    hub.Get(pattern, [this, answer](const Request& request, Response& response) {
      if (!answers(next(api_mishaps), response)) answer(request, response);
    });
  };
  api("/api/models", [this](const Request& q, Response& r) { search(q, r); });
  api("/api/models/([^/]+/[^/]+)/revision/(.+)",
      [this](const Request& q, Response& r) { info(q.matches[1], q.matches[2], r); });
  api("/api/models/([^/]+/[^/]+)/tree/(.+)",
      [this](const Request& q, Response& r) { tree(q.matches[1], q, r); });
  api("/api/models/([^/]+/[^/]+)/refs",
      [this](const Request& q, Response& r) { refs(q.matches[1], r); });
  hub.Get("/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", [this](const Request& q, Response& r) {
    if (!answers(next(resolve_mishaps), r)) resolve(q, r);
  });
  // A proxy is asked for whole addresses, or for a tunnel.
  hub.set_pre_routing_handler([this](const Request& request, Response& response) {
    note(SeenRequest::Server::hub, request);
    if (request.method != "CONNECT" && request.path.compare(0, 4, "http") != 0) {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    response.status = 407;
    response.set_header("Proxy-Authenticate", "Basic realm=\"office\"");
    return httplib::Server::HandlerResponse::Handled;
  });
}

void TestHub::State::serve_store() {
  store.set_pre_routing_handler([this](const Request& request, Response&) {
    note(SeenRequest::Server::store, request);
    return httplib::Server::HandlerResponse::Unhandled;
  });
  store.Get("/([0-9a-f]+)", [this](const Request& request, Response& response) {
    std::string blob;
    {
      const std::lock_guard lock(mutex);
      blob = blobs[request.matches[1]];
    }
    send(blob, request, response);
  });
}

TestHub::TestHub() : state_(std::make_unique<State>()) {
  state_->serve_hub();
  state_->serve_store();
  for (auto* server : {&state_->hub, &state_->store}) {
    server->set_keep_alive_max_count(1);
    server->set_tcp_nodelay(true);
    server->new_task_queue = [] { return new httplib::ThreadPool(4); };
  }
  state_->hub_port = state_->hub.bind_to_any_port("127.0.0.1");
  state_->store_port = state_->store.bind_to_any_port("127.0.0.1");
  state_->hub_thread = std::thread([this] { state_->hub.listen_after_bind(); });
  state_->store_thread = std::thread([this] { state_->store.listen_after_bind(); });
  while (!state_->hub.is_running() || !state_->store.is_running()) std::this_thread::yield();
}

TestHub::~TestHub() {
  stop();
}

void TestHub::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_stopped = true;
  }
  state_->changed.notify_all();
  state_->hub.stop();
  state_->store.stop();
  if (state_->hub_thread.joinable()) state_->hub_thread.join();
  if (state_->store_thread.joinable()) state_->store_thread.join();
}

TestHub::Repository& TestHub::repository(const std::string& name) {
  return state_->repositories[name];
}

std::string TestHub::endpoint() const {
  return "http://127.0.0.1:" + std::to_string(state_->hub_port);
}

std::string TestHub::store_origin() const {
  return "http://127.0.0.1:" + std::to_string(state_->store_port);
}

void TestHub::spoil_api(std::vector<Mishap> mishaps) {
  const std::lock_guard lock(state_->mutex);
  state_->api_mishaps.assign(mishaps.begin(), mishaps.end());
}

void TestHub::spoil_resolve(std::vector<Mishap> mishaps) {
  const std::lock_guard lock(state_->mutex);
  state_->resolve_mishaps.assign(mishaps.begin(), mishaps.end());
}

void TestHub::spoil_store(std::vector<Mishap> mishaps) {
  const std::lock_guard lock(state_->mutex);
  state_->store_mishaps.assign(mishaps.begin(), mishaps.end());
}

void TestHub::release() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_released = true;
  }
  state_->changed.notify_all();
}

std::vector<SeenRequest> TestHub::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->seen;
}

std::uint64_t TestHub::bytes_sent() const {
  const std::lock_guard lock(state_->mutex);
  return state_->bytes_sent;
}

std::string TestHub::gguf(std::size_t size, unsigned seed) {
  std::mt19937 generator(seed);
  std::string bytes = "GGUF";
  while (bytes.size() < size) bytes += static_cast<char>(generator());
  return bytes;
}

std::string TestHub::sha256(const std::string& bytes) {
  return digest(EVP_sha256(), bytes);
}

}  // namespace emend
