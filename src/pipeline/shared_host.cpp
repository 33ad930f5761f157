// SPDX-License-Identifier: Apache-2.0
#include "pipeline/shared_host.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace emend {

namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

// More than there are placements, should a host go on dying of memory.
constexpr int kMaxAttempts = 12;
constexpr const char* kTrySmaller = "Try a smaller model, or the model \"embedded\" or \"none\".";

using Key = std::tuple<std::string, int, int, int, bool>;

struct Registry {
  std::mutex mutex;
  std::map<Key, std::weak_ptr<SharedHost>> hosts;
};

Registry& registry() {
  static Registry all;
  return all;
}

// What a process sees that has just looked at the GPUs and holds nothing on them.
std::vector<Device> devices_seen_from_outside() {
  auto session = HostSession::start();
  if (!session) return {};
  auto description = session->describe();
  session->end();
  return description ? std::move(description->devices) : std::vector<Device>();
}

std::int64_t free_mib(const std::vector<Device>& devices, const std::string& name) {
  const auto found = std::find_if(devices.begin(), devices.end(),
                                  [&](const Device& device) { return device.name == name; });
  return found == devices.end() ? 0 : found->memory_free_mib;
}

}  // namespace

std::shared_ptr<SharedHost> SharedHost::of(const LoadRequest& request) {
  const std::lock_guard lock(registry().mutex);
  auto& known = registry().hosts[{request.path, request.gpu_layers, request.threads,
                                  request.context, request.small_batches}];
  auto host = known.lock();
  if (!host) {
    host = std::make_shared<SharedHost>(request);
    known = host;
  }
  std::erase_if(registry().hosts, [](const auto& entry) { return entry.second.expired(); });
  return host;
}

SharedHost::~SharedHost() {
  watcher_.request_stop();
}

Result<void> SharedHost::ensure_loaded(const std::stop_token& stop) {
  if (session_) return {};
  auto session = HostSession::start();
  if (!session) return tl::unexpected(std::move(session.error()));
  session_.emplace(std::move(*session));
  process_ = session_->process();
  LoadRequest request = request_;
  request.fallback = fallback_;
  auto model = session_->load(request, stop);
  if (!model) return tl::unexpected(std::move(model.error()));
  loaded_ = std::move(*model);
  return {};
}

void SharedHost::end_session() {
  if (session_) session_->end();
  session_.reset();
  loaded_.reset();
  process_ = -1;
}

void SharedHost::admit(const Holder& holder) {
  holders_[holder.identity] = holder.keep_alive;
  if (holder.keep_alive > seconds(0) && !watcher_.joinable()) {
    watcher_ = std::jthread([this](const std::stop_token& end) { watch_idleness(end); });
  }
}

template <typename T>
Result<T> SharedHost::with_model(const Holder& holder, const std::stop_token& stop,
                                 const std::function<Result<T>(const std::stop_token&)>& work) {
  const Lock lock(mutex_);
  admit(holder);
  // Stopping in mid-request costs the process. That is not for one of several holders to decide:
  // the others would have to load again. It waits for the end of its request instead.
  const std::stop_token applied = holders_.size() == 1 ? stop : std::stop_token();

  Error last;
  int deaths = 0;
  for (int attempt = 0; attempt <= kMaxAttempts && deaths < 2; ++attempt) {
    auto ready = ensure_loaded(applied);
    auto result = ready ? work(applied) : Result<T>(tl::unexpected(std::move(ready.error())));
    last_use_ = Clock::now();
    tell_watcher();
    const auto state = session_ ? session_->state() : HostSession::State::serving;
    if (result || state == HostSession::State::serving) {
      if (!loaded_ || keep_alive() == seconds(0)) end_session();
      return result;
    }
    if (state == HostSession::State::died) ++deaths;
    fallback_ = (loaded_ ? loaded_->fallback : fallback_) + 1;
    end_session();
    last = std::move(result.error());
    if (last.code == ErrorCode::cancelled) break;
  }
  fallback_ = 0;
  if (last.code == ErrorCode::cancelled) return tl::unexpected(std::move(last));
  return fail(ErrorCode::engine_failed, "the model host failed twice: " + last.message,
              kTrySmaller);
}

Result<LoadedModel> SharedHost::load(const Holder& holder, const std::stop_token& stop) {
  return with_model<LoadedModel>(
      holder, stop, [&](const std::stop_token&) -> Result<LoadedModel> { return *loaded_; });
}

Result<Scored> SharedHost::score(const Holder& holder, std::span<const ScoreRequest> requests,
                                 const std::stop_token& stop) {
  return with_model<Scored>(holder, stop, [&](const std::stop_token& applied) {
    return session_->score(requests, holder.timeout, applied);
  });
}

Result<std::vector<Result<Rewritten>>> SharedHost::rewrite(const Holder& holder,
                                                           std::span<const RewriteRequest> requests,
                                                           const std::stop_token& stop) {
  using All = std::vector<Result<Rewritten>>;
  return with_model<All>(holder, stop, [&](const std::stop_token& applied) {
    return session_->rewrite(requests, holder.timeout, applied);
  });
}

FreeReport SharedHost::release(const void* identity) {
  FreeReport report;
  {
    const Lock lock(mutex_);
    const bool held = holders_.erase(identity) > 0;
    tell_watcher();
    if (!session_ || !held) return report;
    report.was_loaded = true;
    report.host_bytes_before = session_->resident_bytes();
    if (!holders_.empty()) {
      report.host_bytes_after = report.host_bytes_before;
      return report;
    }
    if (loaded_ && !loaded_->gpus.empty()) {
      const auto gpus = session_->gpus();
      for (const DeviceUse& use : loaded_->gpus) {
        report.devices.push_back({.name = use.name,
                                  .description = use.description,
                                  .held_bytes = use.bytes,
                                  .free_before_mib = use.free_before_mib,
                                  .free_loaded_mib = free_mib(gpus, use.name)});
      }
    }
    session_->end();
    report.host_bytes_after = session_->resident_bytes();
    end_session();
    fallback_ = 0;
    report.host_ended = true;
  }
  if (report.devices.empty()) return report;
  const auto devices = devices_seen_from_outside();
  for (FreedDevice& device : report.devices) device.free_after_mib = free_mib(devices, device.name);
  return report;
}

void SharedHost::drop(const void* identity) {
  const Lock lock(mutex_);
  holders_.erase(identity);
  tell_watcher();
  if (!holders_.empty()) return;
  end_session();
  fallback_ = 0;
}

std::optional<LoadedModel> SharedHost::loaded() const {
  const Lock lock(mutex_);
  return loaded_;
}

// The most patient of the holders; negative is for ever.
seconds SharedHost::keep_alive() const {
  seconds longest{0};
  for (const auto& [identity, time] : holders_) {
    if (time < seconds(0)) return time;
    longest = std::max(longest, time);
  }
  return longest;
}

void SharedHost::tell_watcher() {
  ++events_;
  changed_.notify_all();
}

void SharedHost::watch_idleness(const std::stop_token& stop) {
  Lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto something_happens = [&, seen = events_] { return events_ != seen; };
    const seconds time = keep_alive();
    if (!session_ || time < seconds(0)) {
      changed_.wait(lock, stop, something_happens);
    } else if (Clock::now() >= last_use_ + time) {
      end_session();
    } else {
      changed_.wait_until(lock, stop, last_use_ + time, something_happens);
    }
  }
}

}  // namespace emend
