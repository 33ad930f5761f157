// SPDX-License-Identifier: Apache-2.0
#include "models/store.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include "models/content_id.h"
#include "models/file_hash.h"
#include "models/file_lock.h"
#include "models/hub_cache.h"
#include "models/local_file.h"
#include "models/model_folder.h"
#include "models/transfer_meter.h"
#include "process/locations.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

constexpr const char* kEmbeddedFile = "models/embedded.ngram";
constexpr std::uint64_t kSpareBytes = std::uint64_t{64} << 20U;  // that we leave on a disk

std::uint64_t total_bytes(const StoredModel& model) {
  std::uint64_t sum = 0;
  for (const auto& file : model.files) sum += file.size_bytes;
  return sum;
}

std::uint64_t size_or_zero(const fs::path& path) {
  std::error_code absent;
  const auto size = fs::file_size(path, absent);
  return absent ? 0 : size;
}

// The oid in a checksum's text, "sha256:...".
std::string oid_in(const std::string& checksum) {
  return checksum.substr(checksum.find(':') + 1);
}

Result<StoredModel> embedded_model() {
  auto path = find_data(kEmbeddedFile);
  if (!path) return tl::unexpected(std::move(path.error()));
  StoredModel model;
  model.name = "embedded";
  model.files.push_back({*path, size_or_zero(*path), ""});
  return model;
}

}  // namespace

// What is to be fetched, from which commit, to which places.
struct Store::Order {
  ModelName name;
  RepositoryState state;
  ModelParts parts;
  std::vector<Places> places;  // of each part
};

Store::Store(StoreSettings settings, Clock& clock, StoreObserver& observer)
    : settings_(std::move(settings)), clock_(clock), observer_(observer) {
  if (!settings_.folder.empty()) {
    shelf_ = std::make_unique<ModelFolder>(settings_.folder);
    return;
  }
  shelf_ = std::make_unique<HubCache>(settings_.cache);
  for (const auto& cache : settings_.other_caches) {
    other_shelves_.push_back(std::make_unique<HubCache>(cache));
  }
}

Result<std::optional<StoredModel>> Store::find(const ModelName& name) {
  const auto present = [](Result<StoredModel> model) -> Result<std::optional<StoredModel>> {
    if (!model) return tl::unexpected(std::move(model.error()));
    return std::move(*model);
  };
  if (name.kind == ModelName::Kind::embedded) return present(embedded_model());
  if (name.kind == ModelName::Kind::local) return present(local_model(name.local));
  auto found = shelf_->find(name, observer_);
  for (const auto& other : other_shelves_) {
    if (!found || *found) break;
    found = other->find(name, observer_);
  }
  return found;
}

Result<StoredModel> Store::find_or_fail(const ModelName& name) {
  auto found = find(name);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (!*found) return tl::unexpected(not_here(name));
  return std::move(**found);
}

Result<StoredModel> Store::resolve(std::string_view model, const std::stop_token& stop) {
  auto name = parse_model_name(model);
  if (!name) return tl::unexpected(std::move(name.error()));
  auto found = find(*name);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (*found) return checked(std::move(**found), stop);
  if (!settings_.may_download) return tl::unexpected(not_here(*name));
  return pull(*name, stop);
}

// Wrong bytes are found out here, where a model is about to be used.
Result<StoredModel> Store::checked(StoredModel model, const std::stop_token& stop) {
  if (model.name == "embedded") return model;
  TransferMeter meter(observer_, clock_, total_bytes(model));
  for (const auto& file : model.files) {
    if (auto begins = check_magic(file.path); !begins) {
      return tl::unexpected(std::move(begins.error()));
    }
    if (file.checksum.empty()) continue;
    const std::string oid = oid_in(file.checksum);
    meter.begin_file(file.path.filename().string());
    auto hash = hash_of_file(file.path, kind_of_oid(oid), [&](auto done) {
      meter.at(Transfer::Step::checking, done);
      return !stop.stop_requested();
    });
    if (!hash) return tl::unexpected(std::move(hash.error()));
    if (*hash != oid) {
      return fail(ErrorCode::unreadable_input,
                  file.path.string() + " is damaged: its bytes are not those of the hub",
                  "Fetch it anew: emend models pull " + model.name);
    }
    meter.end_file(file.size_bytes);
  }
  return model;
}

Result<StoredModel> Store::pull(std::string_view model, const std::stop_token& stop) {
  auto name = parse_model_name(model);
  if (!name) return tl::unexpected(std::move(name.error()));
  if (name->kind != ModelName::Kind::hub) return resolve(model, stop);
  if (settings_.is_offline) {
    return fail(ErrorCode::missing_dependency, "pull needs the network, and emend is offline",
                "Leave out --offline, and unset HF_HUB_OFFLINE.");
  }
  return pull(*name, stop);
}

Result<StoredModel> Store::pull(const ModelName& name, const std::stop_token& stop) {
  HttpClient http(settings_);
  HubClient hub(http, settings_, clock_);
  auto order = order_for(name, hub, stop);
  if (!order) {
    Error error = std::move(order.error());
    if (error.code == ErrorCode::network_failed) {
      error.hint += by_hand(settings_.endpoint + "/" + name.repository + "/tree/main");
    }
    return tl::unexpected(std::move(error));
  }
  if (auto fetched = fetch(*order, http, hub, stop); !fetched) {
    return tl::unexpected(std::move(fetched.error()));
  }
  auto finished = shelf_->finish(order->state, name.revision_or_main(), order->places);
  if (!finished) return tl::unexpected(std::move(finished.error()));
  ModelName exact = name;
  exact.file = order->parts.path();
  exact.revision = order->state.commit;
  return find_or_fail(exact);
}

Result<Store::Order> Store::order_for(const ModelName& name, HubClient& hub,
                                      const std::stop_token& stop) {
  auto state = hub.state_of(name.repository, name.revision_or_main(), stop);
  if (!state) return tl::unexpected(std::move(state.error()));
  const std::string place = name.repository + (name.revision.empty() ? "" : "@" + name.revision);
  auto parts = choose_model(state->files, name, place);
  if (!parts) return tl::unexpected(std::move(parts.error()));
  Order order{name, std::move(*state), std::move(*parts), {}};
  for (const auto& file : order.parts.files) {
    order.places.push_back(shelf_->places_for(order.state, file));
  }
  return order;
}

Result<void> Store::fetch(const Order& order, HttpClient& http, HubClient& hub,
                          const std::stop_token& stop) {
  TransferMeter meter(observer_, clock_, order.parts.size_bytes());
  const DownloadContext context{http, settings_, clock_, meter, stop};
  bool is_announced = false;
  for (std::size_t i = 0; i < order.places.size(); ++i) {
    const RepositoryFile& file = order.parts.files[i];
    const Places& places = order.places[i];
    meter.begin_file(file.path);
    auto lock = FileLock::acquire(
        places.lock, clock_,
        [&] { meter.at(Transfer::Step::waiting, size_or_zero(places.partial)); }, stop);
    if (!lock) return tl::unexpected(std::move(lock.error()));
    auto whole = is_whole(places.target, file, [&](auto done) {
      meter.at(Transfer::Step::checking, done);
      return !stop.stop_requested();
    });
    if (!whole) return tl::unexpected(std::move(whole.error()));
    auto noted = shelf_->prepare(order.state, order.name.revision_or_main(), file, places);
    if (!noted) return noted;
    if (!*whole) {
      if (!is_announced) observer_.on_licence(order.state.licence);
      is_announced = true;
      if (auto done = fetch_one(order, i, hub, context); !done) return done;
    }
    meter.end_file(file.size_bytes);
  }
  return {};
}

Result<void> Store::fetch_one(const Order& order, std::size_t index, HubClient& hub,
                              const DownloadContext& context) const {
  if (auto fits = check_space(order, index); !fits) return fits;
  const RepositoryFile& file = order.parts.files[index];
  const Places& places = order.places[index];
  const std::string url = hub.file_url(order.state.repository, order.state.commit, file.path);
  auto done = download({{order.state.repository, order.state.commit, file.path},
                        url,
                        file,
                        places.partial,
                        places.target},
                       context);
  if (!done && done.error().code == ErrorCode::network_failed) done.error().hint += by_hand(url);
  return done;
}

// For all that is still to come, so that nobody waits an hour to learn that the last part does not
// fit.
Result<void> Store::check_space(const Order& order, std::size_t first) const {
  std::uint64_t needed = 0;
  for (std::size_t i = first; i < order.places.size(); ++i) {
    const auto size = order.parts.files[i].size_bytes;
    const bool is_here = i > first && size_or_zero(order.places[i].target) == size;
    needed += is_here ? 0 : size - std::min(size, size_or_zero(order.places[i].partial));
  }
  std::error_code ignored;
  fs::path place = order.places.front().target.parent_path();
  while (!fs::exists(place, ignored) && place.has_relative_path()) place = place.parent_path();
  struct statvfs disk {};
  if (::statvfs(place.empty() ? "." : place.c_str(), &disk) != 0) return {};
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  if (free >= needed + kSpareBytes) return {};
  return fail(ErrorCode::io_failed,
              order.name.text + " needs " + size_text(needed) + ", and the disk of " +
                  place.string() + " has " + size_text(free) + " left",
              "Make room (emend models list shows what is there), choose a smaller quantization, "
              "or set HF_HOME to a folder on a larger disk.");
}

Result<std::vector<StoredModel>> Store::list() const {
  auto found = shelf_->models();
  for (const auto& other : other_shelves_) {
    if (!found) break;
    auto more = other->models();
    if (!more) return more;
    std::move(more->begin(), more->end(), std::back_inserter(*found));
  }
  return found;
}

Result<std::vector<FileCheck>> Store::verify(std::string_view model, const std::stop_token& stop) {
  auto name = parse_model_name(model);
  if (!name) return tl::unexpected(std::move(name.error()));
  auto found = find_or_fail(*name);
  if (!found) return tl::unexpected(std::move(found.error()));
  TransferMeter meter(observer_, clock_, total_bytes(*found));
  std::vector<FileCheck> checks;
  for (const auto& file : found->files) {
    const std::string oid = oid_in(file.checksum);
    meter.begin_file(file.path.filename().string());
    auto hash = reread_hash_of_file(file.path, kind_of_oid(oid), [&](auto done) {
      meter.at(Transfer::Step::checking, done);
      return !stop.stop_requested();
    });
    if (!hash) return tl::unexpected(std::move(hash.error()));
    meter.end_file(file.size_bytes);
    FileCheck check;
    check.file = file;
    check.actual = checksum_text(*hash);
    check.verdict = oid.empty()    ? FileCheck::Verdict::unknown
                    : *hash == oid ? FileCheck::Verdict::intact
                                   : FileCheck::Verdict::damaged;
    checks.push_back(std::move(check));
  }
  return checks;
}

Result<Removal> Store::remove(std::string_view model) {
  auto name = parse_model_name(model);
  if (!name) return tl::unexpected(std::move(name.error()));
  if (name->kind != ModelName::Kind::hub) {
    return fail(ErrorCode::invalid_argument, name->text + " was not downloaded into the store",
                "Give the name that emend models list shows. Your own files, delete yourself.");
  }
  auto found = shelf_->find(*name, observer_);
  if (!found) return tl::unexpected(std::move(found.error()));
  if (!*found) return tl::unexpected(not_here(*name));
  return shelf_->remove(**found);
}

Error Store::not_here(const ModelName& name) const {
  const bool has_folder = !settings_.folder.empty();
  const std::string place = has_folder ? settings_.folder.string() : settings_.cache.string();
  Error error{ErrorCode::missing_dependency,
              name.text + " is not on this machine (looked in " + place + ")", ""};
  if (settings_.is_offline) {
    error.hint =
        "emend is offline (--offline or HF_HUB_OFFLINE). On a machine with network: emend "
        "models pull " +
        name.text + ", then copy that folder.";
  } else {
    error.hint = "Fetch it: emend models pull " + name.text + ".";
  }
  error.hint += by_hand(settings_.endpoint + "/" + name.repository + "/tree/main");
  return error;
}

// How to do without us.
std::string Store::by_hand(const std::string& url) const {
  const std::string where = settings_.folder.empty()
                                ? "give the file's path as the model"
                                : "put the file into " + settings_.folder.string();
  return " By hand: fetch " + url + " in any way and " + where + ".";
}

}  // namespace emend
