// SPDX-License-Identifier: Apache-2.0
// An encrypted door to a TestHub, with a certificate that nobody has signed but itself. It passes
// every request on, and answers as the hub does.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace emend {

class TestHub;

class TlsFront {
 public:
  // Makes key and certificate, the latter for `host` ("127.0.0.1", or a name), in `folder`.
  TlsFront(const TestHub& hub, const std::filesystem::path& folder,
           const std::string& host = "127.0.0.1");
  ~TlsFront();
  TlsFront(const TlsFront&) = delete;
  TlsFront& operator=(const TlsFront&) = delete;

  // Redirects of the hub to its store lead through this door as well, not past it.
  void lead_everything_through_here();

  [[nodiscard]] std::string endpoint() const;  // "https://127.0.0.1:PORT"
  [[nodiscard]] const std::filesystem::path& certificate() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace emend
