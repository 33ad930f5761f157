// SPDX-License-Identifier: Apache-2.0
// A hub on this machine: speaks the calls of the Hugging Face hub that emend uses, sends the bytes
// from another port as the hub's store of files does, counts what it is asked, and misbehaves in
// every way that tests ask for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace emend {

// What happens to one request. Anything but `well` spoils it.
struct Mishap {
  enum class Kind {
    well,
    cut,               // the connection breaks after `amount` bytes of this answer
    short_answer,      // the answer ends after `amount` bytes and says that this is all
    other_range,       // 206, but from the first byte of the file
    no_range,          // 200 and the whole file, whatever part was asked for
    refuse_range,      // 416
    too_long,          // the file and a few bytes more, without a length
    flipped_byte,      // the byte at `amount` of the file is another one
    web_page,          // 200 and a log-in page
    status,            // `amount` is the status; `fields` are added to its header
    drip,              // ten bytes at a time, for ever if need be
    stall,             // `amount` bytes, then nothing until stop() or release()
    redirect_outside,  // to `text`, another host
  };
  Kind kind = Kind::well;
  std::size_t amount = 0;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string text;
};

// A request as it arrived.
struct SeenRequest {
  enum class Server { hub, store };
  Server server = Server::hub;
  std::string path;
  std::string range;
  std::string authorization;
};

class TestHub {
 public:
  TestHub();
  ~TestHub();
  TestHub(const TestHub&) = delete;
  TestHub& operator=(const TestHub&) = delete;

  struct Repository {
    std::string commit = std::string(40, 'a');
    std::map<std::string, std::string> files;  // path -> bytes
    std::string licence = "apache-2.0";
    std::string licence_name;  // with licence "other"
    std::vector<std::string> branches = {"main"};
    bool is_gated = false;
    bool keeps_files_in_git = false;  // small files that have no SHA-256
    std::size_t files_per_page = 1000;
  };

  // Before the first request only.
  Repository& repository(const std::string& name);

  [[nodiscard]] std::string endpoint() const;  // "http://127.0.0.1:PORT"
  [[nodiscard]] std::string store_origin() const;

  // What befalls the next requests: for the API, for resolve, and for the store of files. When a
  // list is used up all is well.
  void spoil_api(std::vector<Mishap> mishaps);
  void spoil_resolve(std::vector<Mishap> mishaps);
  void spoil_store(std::vector<Mishap> mishaps);
  // Answers that stall go on.
  void release();

  [[nodiscard]] std::vector<SeenRequest> requests() const;
  [[nodiscard]] std::size_t request_count() const { return requests().size(); }
  [[nodiscard]] std::uint64_t bytes_sent() const;  // by the store of files

  void stop();

  // Bytes that begin like a GGUF file and are different for every `seed`.
  [[nodiscard]] static std::string gguf(std::size_t size, unsigned seed = 1);
  [[nodiscard]] static std::string sha256(const std::string& bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace emend
