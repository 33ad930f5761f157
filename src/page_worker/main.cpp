// SPDX-License-Identifier: Apache-2.0
// emend-page-worker: reads one page at a time for emend. Answers requests on descriptor 3 until it
// is closed (ARCHITECTURE.md). Not meant to be started by hand.
#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/json_form.h"
#include "page_worker/graft/pdf_graft.h"
#include "page_worker/input/archive.h"
#include "page_worker/number_reader/network.h"
#include "page_worker/number_reader/number_reader.h"
#include "page_worker/page_picture.h"
#include "page_worker/page_reader.h"
#include "page_worker/recognise/languages.h"
#include "process/channel.h"
#include "process/child.h"
#include "process/limits.h"

namespace emend {
namespace {

using nlohmann::json;

Result<json> describe() {
  InstalledReader number_reader;
  const NumberReader* reader = number_reader.get();
  // Which reader there is decides what a page comes out as, so it is part of the name.
  constexpr std::size_t kShownDigest = 12;
  std::string recogniser = recogniser_version();
  if (reader != nullptr) {
    recogniser += ", number reader " + reader->digest().substr(0, kShownDigest);
  }
  return json{{"recogniser", std::move(recogniser)},
              {"languages", installed_languages()},
              {"number_reader", reader != nullptr ? reader->digest() : ""},
              {"number_reader_trouble", number_reader.trouble()}};
}

// What an archive holds, without the archive's own names for it.
Result<json> list(const json& request) {
  auto archive = Archive::open(request.at("path").get<std::string>());
  if (!archive) return tl::unexpected(std::move(archive.error()));
  json members = json::array();
  for (const ArchiveMember& member : (*archive)->members()) {
    const bool is_document = member.kind != FileKind::unknown && !member.is_packed_document;
    members.push_back({{"label", member.label}, {"is_document", is_document}});
    if (member.error) members.back()["error"] = *member.error;
  }
  return json{{"members", std::move(members)}};
}

// Writes a member of an archive to `path`, which is a file of the parent's.
Result<void> unpack(const json& member, const std::string& path) {
  auto archive = Archive::open(member.at("archive").get<std::string>());
  if (!archive) return tl::unexpected(std::move(archive.error()));
  std::ofstream file(path, std::ios::binary);
  auto done = (*archive)->unpack(
      member.at("label").get<std::string>(), [&file](std::string_view bytes) -> Result<void> {
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (file) return {};
        return fail(ErrorCode::io_failed, "a member of an archive cannot be unpacked",
                    "TMPDIR names the folder for temporary files; is there room?");
      });
  file.close();
  if (done && !file) return fail(ErrorCode::io_failed, "a member of an archive cannot be unpacked");
  return done;
}

Result<json> open(PageReader& reader, const json& request) {
  const auto options = request.at("options").get<ReadOptions>();
  if (request.contains("unpack")) {
    auto unpacked = unpack(request.at("unpack"), request.at("path").get<std::string>());
    if (!unpacked) return tl::unexpected(std::move(unpacked.error()));
  }
  auto file = reader.open(request.at("path").get<std::string>(), options);
  if (!file) return tl::unexpected(std::move(file.error()));
  return json{{"pages", (*file)->page_count()}, {"kind", std::string(name((*file)->kind()))}};
}

Result<json> read(PageReader& reader, const json& request) {
  auto page = reader.read(request.at("path").get<std::string>(), request.at("page").get<int>(),
                          request.at("options").get<ReadOptions>(),
                          request.value("keep_steps", std::string()));
  if (!page) return tl::unexpected(std::move(page.error()));
  json seconds = json::array();
  for (const auto& [stage, time] : reader.stage_times()) seconds.push_back({stage, time});
  return json{{"page", stored_form(*page)}, {"seconds", std::move(seconds)}};
}

Result<json> picture(PageReader& reader, const json& request) {
  const auto options = request.at("options").get<ReadOptions>();
  auto file = reader.open(request.at("path").get<std::string>(), options);
  if (!file) return tl::unexpected(std::move(file.error()));
  auto jpeg = page_picture(**file, request.at("page").get<int>(), request.at("rotation").get<int>(),
                           options);
  if (!jpeg) return tl::unexpected(std::move(jpeg.error()));
  return json{{"jpeg", json::binary({jpeg->begin(), jpeg->end()})}};
}

// What this process has open.
struct Work {
  PageReader reader;
  std::unique_ptr<PdfGraft> graft;
};

// A searchable PDF in three kinds of request: begin it, hand it the text of a page, write it.
Result<json> graft(Work& work, const std::string& op, const json& request) {
  if (op == "graft_open") {
    auto graft = PdfGraft::open(request.at("path").get<std::string>(),
                                request.at("options").get<ReadOptions>());
    if (!graft) return tl::unexpected(std::move(graft.error()));
    work.graft = std::move(*graft);
    return json::object();
  }
  if (!work.graft) return fail(ErrorCode::invalid_argument, "there is no PDF under way");
  auto done = op == "graft_page" ? work.graft->add(request.at("text").get<Page>())
                                 : work.graft->write(request.at("attachment").get<std::string>(),
                                                     request.at("output").get<std::string>());
  if (op == "graft_write" || !done) work.graft.reset();
  if (!done) return tl::unexpected(std::move(done.error()));
  return json::object();
}

Result<json> serve(Work& work, const json& request) {
  PageReader& reader = work.reader;
  const auto op = request.at("op").get<std::string>();
  if (op == "describe") return describe();
  if (op == "list") return list(request);
  if (op == "open") return open(reader, request);
  if (op == "read") return read(reader, request);
  if (op == "picture") return picture(reader, request);
  if (op == "graft_open" || op == "graft_page" || op == "graft_write") {
    return graft(work, op, request);
  }
  return fail(ErrorCode::invalid_argument, "the page worker knows no request called " + op);
}

json answer(std::optional<Work>& work, const json& request) {
  try {
    auto value = serve(*work, request);
    return value ? ok_answer(std::move(*value)) : error_answer(value.error());
  } catch (const json::exception& problem) {
    return error_answer({ErrorCode::invalid_argument, problem.what(), {}});
  } catch (const std::bad_alloc&) {
    // Here the limit on memory shows, mostly in Tesseract. What it left half done is thrown away.
    work.emplace();
    return error_answer({ErrorCode::limit_exceeded, "not enough memory to read the page",
                         "Raise worker_memory_mib or scale the image down."});
  }
}

// Libraries for images write what they think to standard error. Everything that matters goes over
// the channel; sanitizers keep their way to report.
void silence_standard_error() {
#ifndef EMEND_SANITIZED
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);
#endif
  setMsgSeverity(L_SEVERITY_NONE);
}

// Tesseract reads its number of threads when its library is loaded, so it is too late to set it
// here. With more than one thread a page takes 6 to 16 times as long.
void start_again_with_one_thread(char** arguments) {
  if (std::getenv("OMP_THREAD_LIMIT") != nullptr) return;
  if (setenv("OMP_THREAD_LIMIT", "1", 1) == 0) execv("/proc/self/exe", arguments);
}

int run(std::int64_t memory_mib) {
  exit_when_parent_goes(Child::kChildSocket);
  apply_limits({.address_space_mib = memory_mib, .no_network = true});
  silence_standard_error();
  let_engine_end_at_once();
  Channel channel(Child::kChildSocket);
  std::optional<Work> work(std::in_place);
  for (;;) {
    const auto request = channel.receive(Channel::kForever);
    if (!request) return EXIT_SUCCESS;
    if (!channel.send(answer(work, *request))) return EXIT_SUCCESS;
  }
}

}  // namespace
}  // namespace emend

int main(int count, char** arguments) {
  std::int64_t memory_mib = 0;
  const bool is_started_by_emend = fcntl(emend::Child::kChildSocket, F_GETFD) >= 0;
  if (count != 3 || std::string_view(arguments[1]) != "--memory-mib" || !is_started_by_emend) {
    std::fputs("emend-page-worker is started by emend, with --memory-mib N\n", stderr);
    return 2;
  }
  const char* end = arguments[2] + std::strlen(arguments[2]);
  if (std::from_chars(arguments[2], end, memory_mib).ptr != end || memory_mib < 0) {
    std::fputs("--memory-mib needs a number\n", stderr);
    return 2;
  }
  emend::start_again_with_one_thread(arguments);
  return emend::run(memory_mib);
}
