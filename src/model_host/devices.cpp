// SPDX-License-Identifier: Apache-2.0
#include "model_host/devices.h"

#include <dlfcn.h>
#include <ggml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "model_host/engine_log.h"
#include "process/locations.h"
#include "process/memory.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMib = std::size_t{1} << 20U;

// Sorted, so that devices have the same order on every run.
std::vector<fs::path> backend_files() {
  std::vector<fs::path> files;
  if (const char* chosen = std::getenv("GGML_BACKEND_PATH"); chosen != nullptr) {
    files.emplace_back(chosen);
  }
  for (const fs::path& directory : backend_directories()) {
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(directory / ggml_version(), ignored)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("libggml-") && name.ends_with(".so")) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

// The file that ggml's common part was loaded from.
fs::path ggml_base() {
  Dl_info info{};
  std::error_code ignored;
  if (dladdr(reinterpret_cast<const void*>(&ggml_version), &info) == 0) return {};
  return fs::canonical(info.dli_fname, ignored);
}

// A prebuilt backend looks for "libggml-base.so" beside itself, and it has to find the very library
// that this process has loaded, not another copy. So it is loaded from a folder where a link to it
// stands beside a link to ours. The folder is gone as soon as the backend is loaded.
class LoadingPlace {
 public:
  explicit LoadingPlace(const fs::path& backend) {
    std::error_code problem;
    std::string pattern = (fs::temp_directory_path(problem) / "emend-backend-XXXXXX").string();
    if (problem || ::mkdtemp(pattern.data()) == nullptr) return;
    folder_ = pattern;
    fs::create_symlink(ggml_base(), folder_ / "libggml-base.so", problem);
    fs::create_symlink(fs::absolute(backend), folder_ / backend.filename(), problem);
    file_ = problem ? backend : folder_ / backend.filename();
  }
  LoadingPlace(const LoadingPlace&) = delete;
  LoadingPlace& operator=(const LoadingPlace&) = delete;
  ~LoadingPlace() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }

  [[nodiscard]] const fs::path& file() const { return file_; }

 private:
  fs::path folder_;
  fs::path file_;
};

bool load(const fs::path& backend) {
  forget_engine_log();
  const LoadingPlace place(backend);
  return ggml_backend_load(place.file().c_str()) != nullptr;
}

}  // namespace

std::vector<std::string> load_backends() {
  static bool done = false;
  std::vector<std::string> problems;
  if (done) return problems;
  done = true;
  for (const fs::path& file : backend_files()) {
    if (load(file)) continue;
    std::string reason = engine_log_reason();
    if (reason.empty()) reason = "it is for another version of ggml, or finds no device";
    problems.push_back(file.string() + ": " + reason);
  }
  return problems;
}

std::vector<ggml_backend_dev_t> gpu_devices() {
  std::vector<ggml_backend_dev_t> discrete;
  std::vector<ggml_backend_dev_t> integrated;
  for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i) {
    ggml_backend_dev_t device = ggml_backend_dev_get(i);
    if (ggml_backend_dev_type(device) == GGML_BACKEND_DEVICE_TYPE_GPU) discrete.push_back(device);
    if (ggml_backend_dev_type(device) == GGML_BACKEND_DEVICE_TYPE_IGPU) {
      integrated.push_back(device);
    }
  }
  return discrete.empty() ? integrated : discrete;
}

Device described(ggml_backend_dev_t device) {
  Device answer;
  answer.name = ggml_backend_dev_name(device);
  answer.description = ggml_backend_dev_description(device);
  const auto type = ggml_backend_dev_type(device);
  answer.is_gpu = type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU;
  std::size_t free = 0;
  std::size_t total = 0;
  ggml_backend_dev_memory(device, &free, &total);
  answer.memory_total_mib = static_cast<std::int64_t>(total / kMib);
  answer.memory_free_mib =
      // ggml calls all memory of the machine free.
      answer.is_gpu ? static_cast<std::int64_t>(free / kMib) : system_memory().available_mib;
  return answer;
}

std::vector<Device> described_devices() {
  std::vector<Device> devices;
  for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i) {
    devices.push_back(described(ggml_backend_dev_get(i)));
  }
  return devices;
}

}  // namespace emend
