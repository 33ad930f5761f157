// SPDX-License-Identifier: Apache-2.0
#include "fakes/tls_front.h"

#include <httplib.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "fakes/test_hub.h"

namespace emend {

namespace fs = std::filesystem;

namespace {

// A number is no name: it stands in another field of the certificate.
std::string subject_of(const std::string& host) {
  const bool is_number = host.find_first_not_of("0123456789.") == std::string::npos;
  return (is_number ? "IP:" : "DNS:") + host;
}

fs::path made_certificate(const fs::path& folder, const std::string& host) {
  fs::create_directories(folder);
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
      "/CN=emend "
      "-addext subjectAltName=" +
      subject_of(host) + " -keyout '" + (folder / "key.pem").string() + "' -out '" +
      (folder / "certificate.pem").string() + "' 2>/dev/null";
  return std::system(command.c_str()) == 0 ? folder / "certificate.pem" : fs::path();
}

}  // namespace

struct TlsFront::State {
  State(const TestHub& served_hub, const fs::path& made, const fs::path& key)
      : hub(served_hub), certificate(made), server(made.c_str(), key.c_str()) {}

  const TestHub& hub;
  fs::path certificate;
  httplib::SSLServer server;
  int port = 0;
  std::thread thread;
  std::atomic<bool> leads_through_here = false;

  [[nodiscard]] std::string endpoint() const { return "https://127.0.0.1:" + std::to_string(port); }

  void pass_on(const httplib::Request& request, httplib::Response& response) const {
    constexpr const char* kStore = "/store";
    const bool is_for_store = request.target.rfind(kStore, 0) == 0;
    httplib::Client client(is_for_store ? hub.store_origin() : hub.endpoint());
    httplib::Headers headers;
    for (const char* name : {"Authorization", "Range"}) {
      if (request.has_header(name)) headers.emplace(name, request.get_header_value(name));
    }
    const std::string path = is_for_store ? request.target.substr(6) : request.target;
    const auto answer = client.Get(path, headers);
    response.status = answer ? answer->status : 502;
    if (!answer) return;
    for (const auto& [name, value] : answer->headers) {
      if (name.rfind("X-", 0) == 0 || name == "Link") response.set_header(name, value);
    }
    if (answer->has_header("Location")) {
      std::string place = answer->get_header_value("Location");
      if (leads_through_here) place = endpoint() + kStore + place.substr(hub.store_origin().size());
      response.set_redirect(place, answer->status);
    }
    response.set_content(answer->body, answer->get_header_value("Content-Type"));
  }
};

TlsFront::TlsFront(const TestHub& hub, const fs::path& folder, const std::string& host)
    : state_(std::make_unique<State>(hub, made_certificate(folder, host), folder / "key.pem")) {
  state_->server.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
    state_->pass_on(request, response);
  });
  state_->server.set_keep_alive_max_count(1);
  state_->server.new_task_queue = [] { return new httplib::ThreadPool(4); };
  state_->port = state_->server.bind_to_any_port("127.0.0.1");
  state_->thread = std::thread([this] { state_->server.listen_after_bind(); });
  while (state_->server.is_valid() && !state_->server.is_running()) std::this_thread::yield();
}

TlsFront::~TlsFront() {
  state_->server.stop();
  state_->thread.join();
}

void TlsFront::lead_everything_through_here() {
  state_->leads_through_here = true;
}

std::string TlsFront::endpoint() const {
  return state_->endpoint();
}

const fs::path& TlsFront::certificate() const {
  return state_->certificate;
}

}  // namespace emend
