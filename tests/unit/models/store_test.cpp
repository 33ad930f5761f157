// SPDX-License-Identifier: Apache-2.0
// The store as a whole, against a hub on this machine.
#include "models/store.h"

#include <thread>

#include "models/file_hash.h"
#include "models/hub_cache.h"
#include "unit/models/store_fixture.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

class StoreWithHub : public StoreTest {
 protected:
  StoreWithHub() { fill("user/tiny-GGUF"); }

  fs::path repository_folder() const { return settings.cache / "models--user--tiny-GGUF"; }
};

TEST_F(StoreWithHub, TheFirstUseDownloadsAndTheSecondAsksNobody) {
  const auto first = resolve("user/tiny-GGUF:int8");
  ASSERT_TRUE(first) << words_of(first);
  ASSERT_EQ(first->files.size(), 1U);
  EXPECT_EQ(read_file(first->files[0].path), TestHub::gguf(5000, 8));
  EXPECT_EQ(first->name, "user/tiny-GGUF:Q8_0");
  EXPECT_EQ(first->revision, std::string(40, 'a'));
  const auto asked = hub.request_count();
  EXPECT_EQ(asked, 4U);  // revision, tree, resolve, the file

  const auto second = resolve("user/tiny-GGUF:int8");
  ASSERT_TRUE(second) << words_of(second);
  EXPECT_EQ(second->files[0].path, first->files[0].path);
  settings.is_offline = true;
  settings.may_download = false;
  EXPECT_TRUE(resolve("user/tiny-GGUF:q8_0"));
  EXPECT_TRUE(resolve("USER/Tiny-gguf"));
  EXPECT_EQ(hub.request_count(), asked);
}

TEST_F(StoreWithHub, TheCacheHasTheLayoutOfHuggingfaceHub) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q4_K_M"));
  const std::string bytes = TestHub::gguf(3000, 4);
  const std::string oid = TestHub::sha256(bytes);
  const fs::path link =
      repository_folder() / "snapshots" / std::string(40, 'a') / "tiny-q4_k_m.gguf";
  EXPECT_EQ(fs::read_symlink(link), "../../blobs/" + oid);
  EXPECT_EQ(read_file(repository_folder() / "blobs" / oid), bytes);
  EXPECT_EQ(read_file(repository_folder() / "refs/main"), std::string(40, 'a'));
  EXPECT_TRUE(fs::exists(settings.cache / ".locks/models--user--tiny-GGUF" / (oid + ".lock")));
  // Nothing else lies about.
  EXPECT_EQ(std::distance(fs::directory_iterator(repository_folder() / "blobs"), {}), 1);
}

TEST_F(StoreWithHub, FilesInFoldersOfARepositoryAreLinkedToTheSameBlobs) {
  hub.repository("user/deep").files = {{"a/b/m-Q8_0.gguf", TestHub::gguf(100)}};
  const auto model = resolve("user/deep:a/b/m-Q8_0.gguf");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(fs::read_symlink(model->files[0].path),
            "../../../../blobs/" + TestHub::sha256(TestHub::gguf(100)));
  EXPECT_EQ(read_file(model->files[0].path), TestHub::gguf(100));
}

TEST_F(StoreWithHub, WhatHuggingfaceHubHasFetchedIsUsed) {
  const std::string bytes = TestHub::gguf(700, 9);
  const fs::path folder = settings.cache / "models--else--where";
  write_file(folder / "blobs" / TestHub::sha256(bytes), bytes);
  fs::create_directories(folder / "snapshots" / std::string(40, 'c'));
  fs::create_symlink("../../blobs/" + TestHub::sha256(bytes),
                     folder / "snapshots" / std::string(40, 'c') / "where-Q6_K.gguf");
  write_file(folder / "refs/main", std::string(40, 'c'));
  const auto model = resolve("else/where:q6_k");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(read_file(model->files[0].path), bytes);
  EXPECT_EQ(hub.request_count(), 0U);
}

TEST_F(StoreWithHub, TheCacheOfLlamaCppIsLookedIntoToo) {
  StoreSettings theirs = settings;
  theirs.cache = home / "llama";
  ASSERT_TRUE(Store(theirs, clock, observer).resolve("user/tiny-GGUF:Q8_0", {}));
  const auto asked = hub.request_count();
  settings.other_caches = {home / "llama"};
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(hub.request_count(), asked);
  EXPECT_EQ(Store(settings, clock, observer).list()->size(), 1U);
}

TEST_F(StoreWithHub, ASplitModelIsFetchedWhole) {
  const auto model = resolve("user/tiny-GGUF:fp16");
  ASSERT_TRUE(model) << words_of(model);
  ASSERT_EQ(model->files.size(), 2U);
  EXPECT_EQ(model->files[0].path.filename(), "tiny-fp16-00001-of-00002.gguf");
  EXPECT_EQ(read_file(model->files[1].path), TestHub::gguf(2500, 17));
  EXPECT_EQ(model->files[0].path.parent_path(), model->files[1].path.parent_path());
  EXPECT_EQ(observer.transfers.back().total_bytes, 6500U);
  EXPECT_EQ(observer.transfers.back().done_bytes, 6500U);
  // With a part gone it counts as absent, and only that part is fetched.
  fs::remove(fs::canonical(model->files[1].path));
  const auto sent = hub.bytes_sent();
  EXPECT_TRUE(resolve("user/tiny-GGUF:fp16"));
  EXPECT_EQ(hub.bytes_sent() - sent, 2500U);
}

TEST_F(StoreWithHub, APinnedCommitIsWhatIsFetchedAndFound) {
  const std::string commit(40, 'a');
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0@" + commit));
  EXPECT_FALSE(fs::exists(repository_folder() / "refs/main"));
  const auto asked = hub.request_count();
  EXPECT_TRUE(resolve("user/tiny-GGUF:Q8_0@" + commit));
  EXPECT_EQ(hub.request_count(), asked);
  const auto other = resolve("user/tiny-GGUF:Q8_0@" + std::string(40, 'b'));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::not_found);
  EXPECT_SAYS(other, "has no revision");
  EXPECT_SAYS(other, "It has main.");
}

TEST_F(StoreWithHub, PullTakesTheNewestAndOldFilesStay) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  auto& repository = hub.repository("user/tiny-GGUF");
  repository.commit = std::string(40, 'b');
  repository.files["tiny-q8_0.gguf"] = TestHub::gguf(6000, 88);
  const auto again = resolve("user/tiny-GGUF:Q8_0");
  EXPECT_EQ(again->revision, std::string(40, 'a'));
  const auto pulled = pull("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(pulled) << words_of(pulled);
  EXPECT_EQ(pulled->revision, std::string(40, 'b'));
  EXPECT_EQ(resolve("user/tiny-GGUF:Q8_0")->revision, std::string(40, 'b'));
  const auto all = Store(settings, clock, observer).list();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0].name, "user/tiny-GGUF:Q8_0");
  EXPECT_EQ((*all)[1].name, "user/tiny-GGUF:Q8_0@" + std::string(40, 'a'));
  // The name that the list gives leads back to the same files.
  EXPECT_EQ(resolve((*all)[1].name)->revision, std::string(40, 'a'));
}

TEST_F(StoreWithHub, AnUnchangedFileIsNotFetchedAgain) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  hub.repository("user/tiny-GGUF").commit = std::string(40, 'b');
  const auto sent = hub.bytes_sent();
  const auto pulled = pull("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(pulled) << words_of(pulled);
  EXPECT_EQ(pulled->revision, std::string(40, 'b'));
  EXPECT_EQ(hub.bytes_sent(), sent);
}

TEST_F(StoreWithHub, AFlippedByteOnTheDiskIsRefusedAndPullRepairsIt) {
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(model);
  std::string bytes = read_file(model->files[0].path);
  bytes[2500] ^= 1;
  write_file(fs::canonical(model->files[0].path), bytes);
  const auto refused = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unreadable_input);
  EXPECT_SAYS(refused, "emend models pull user/tiny-GGUF:Q8_0");

  const auto checks = Store(settings, clock, observer).verify("user/tiny-GGUF:Q8_0", {});
  ASSERT_TRUE(checks);
  EXPECT_EQ(checks->front().verdict, FileCheck::Verdict::damaged);
  EXPECT_NE(checks->front().actual, checks->front().file.checksum);

  ASSERT_TRUE(pull("user/tiny-GGUF:Q8_0"));
  EXPECT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  EXPECT_EQ(Store(settings, clock, observer).verify("user/tiny-GGUF:Q8_0", {})->front().verdict,
            FileCheck::Verdict::intact);
}

TEST_F(StoreWithHub, ADamagedFileOfTheSameTimeIsFoundByVerify) {
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  const fs::path blob = fs::canonical(model->files[0].path);
  const auto time = fs::last_write_time(blob);
  std::string bytes = read_file(blob);
  bytes[2500] ^= 1;
  write_file(blob, bytes);
  fs::last_write_time(blob, time);
  EXPECT_EQ(Store(settings, clock, observer).verify(model->name, {})->front().verdict,
            FileCheck::Verdict::damaged);
}

TEST_F(StoreWithHub, WithoutLeaveToDownloadItSaysHowToGetTheModel) {
  settings.may_download = false;
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::missing_dependency);
  EXPECT_SAYS(model, "emend models pull user/tiny-GGUF:Q8_0");
  settings.is_offline = true;
  EXPECT_SAYS(resolve("user/tiny-GGUF:Q8_0"), "offline");
  EXPECT_SAYS(pull("user/tiny-GGUF:Q8_0"), "offline");
  EXPECT_EQ(hub.request_count(), 0U);
}

TEST_F(StoreWithHub, TheLicenceIsShownAtTheFirstDownloadOnly) {
  auto& repository = hub.repository("user/tiny-GGUF");
  repository.licence = "other";
  repository.licence_name = "qwen-research";
  ASSERT_TRUE(resolve("user/tiny-GGUF:fp16"));
  ASSERT_EQ(observer.licences.size(), 1U);
  EXPECT_EQ(observer.licences[0].tag, "qwen-research");
  EXPECT_EQ(observer.licences[0].repository, "user/tiny-GGUF");
  EXPECT_FALSE(observer.licences[0].is_free);
  ASSERT_TRUE(resolve("user/tiny-GGUF:fp16"));
  ASSERT_TRUE(pull("user/tiny-GGUF:fp16"));
  EXPECT_EQ(observer.licences.size(), 1U);
}

TEST_F(StoreWithHub, AFreeLicenceIsKnownAsSuch) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  EXPECT_EQ(observer.licences.at(0).tag, "apache-2.0");
  EXPECT_TRUE(observer.licences.at(0).is_free);
}

TEST_F(StoreWithHub, AnUnknownQuantizationIsAnsweredByWhatTheRepositoryHas) {
  const auto model = resolve("user/tiny-GGUF:Q4_K_S");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::not_found);
  EXPECT_SAYS(model, "tiny-q4_k_m.gguf");
  EXPECT_SAYS(model, "3.00 kB");
  EXPECT_SAYS(model, "Did you mean Q4_K_M");
}

TEST_F(StoreWithHub, AWrongNameIsAnsweredByNearOnes) {
  const auto typo = resolve("user/tinny-GGUF");
  ASSERT_FALSE(typo);
  EXPECT_EQ(typo.error().code, ErrorCode::not_found);
  EXPECT_SAYS(typo, "Did you mean user/tiny-GGUF?");
  EXPECT_SAYS(resolve("usr/tiny-GGUF"), "Did you mean user/tiny-GGUF?");
  EXPECT_SAYS(resolve("nobody/nothing-at-all"), "Check the name");
}

TEST_F(StoreWithHub, ALongListOfFilesComesInPages) {
  hub.repository("user/tiny-GGUF").files_per_page = 2;
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  EXPECT_TRUE(model) << words_of(model);
}

TEST_F(StoreWithHub, FilesThatGitItselfKeepsAreCheckedByTheirGitName) {
  hub.repository("user/tiny-GGUF").keeps_files_in_git = true;
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(model->files[0].checksum.substr(0, 4), "git:");
  EXPECT_EQ(fs::canonical(model->files[0].path).filename().string().size(), 40U);
}

TEST_F(StoreWithHub, RemoveTakesLinksBlobsAndRefsAndNothingElse) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q4_K_M"));
  auto removed = Store(settings, clock, observer).remove("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(removed) << words_of(removed);
  EXPECT_EQ(removed->freed_bytes, 5000U);
  EXPECT_TRUE(resolve("user/tiny-GGUF:Q4_K_M"));
  EXPECT_TRUE(fs::exists(repository_folder() / "refs/main"));
  removed = Store(settings, clock, observer).remove("user/tiny-GGUF:Q4_K_M");
  ASSERT_TRUE(removed);
  EXPECT_FALSE(fs::exists(repository_folder() / "refs/main"));
  EXPECT_TRUE(fs::is_empty(repository_folder() / "blobs"));
  EXPECT_TRUE(Store(settings, clock, observer).list()->empty());
  EXPECT_EQ(Store(settings, clock, observer).remove("user/tiny-GGUF:Q8_0").error().code,
            ErrorCode::missing_dependency);
}

TEST_F(StoreWithHub, RemoveKeepsABlobThatAnotherRevisionUses) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  hub.repository("user/tiny-GGUF").commit = std::string(40, 'b');
  ASSERT_TRUE(pull("user/tiny-GGUF:Q8_0"));
  const auto removed =
      Store(settings, clock, observer).remove("user/tiny-GGUF:Q8_0@" + std::string(40, 'a'));
  ASSERT_TRUE(removed) << words_of(removed);
  EXPECT_EQ(removed->freed_bytes, 0U);
  EXPECT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
}

TEST_F(StoreWithHub, FilesOfThePersonStay) {
  write_file(home / "mine.gguf", TestHub::gguf(50));
  const auto removed = Store(settings, clock, observer).remove((home / "mine.gguf").string());
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(fs::exists(home / "mine.gguf"));
}

TEST_F(StoreWithHub, LocalPathsNeedNoHub) {
  write_file(home / "mine.gguf", TestHub::gguf(50));
  const auto file = resolve((home / "mine.gguf").string());
  ASSERT_TRUE(file) << words_of(file);
  EXPECT_EQ(file->files.at(0).path, home / "mine.gguf");
  const auto folder = resolve(home.string());
  ASSERT_TRUE(folder) << words_of(folder);
  EXPECT_EQ(folder->files.at(0).path, home / "mine.gguf");
  write_file(home / "other.gguf", TestHub::gguf(60));
  EXPECT_EQ(resolve(home.string()).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(resolve((home / "absent.gguf").string()).error().code, ErrorCode::not_found);
  EXPECT_EQ(hub.request_count(), 0U);
}

TEST_F(StoreWithHub, AnythingButGgufIsRefusedWithAGuess) {
  write_file(home / "page.gguf", "<!DOCTYPE html>");
  EXPECT_SAYS(resolve((home / "page.gguf").string()), "web page");
  write_file(home / "pointer.gguf", "version https://git-lfs.github.com/spec/v1\n");
  EXPECT_SAYS(resolve((home / "pointer.gguf").string()), "git lfs pull");
  write_file(home / "empty.gguf", "");
  const auto empty = resolve((home / "empty.gguf").string());
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, ErrorCode::unreadable_input);
}

TEST_F(StoreWithHub, PartsOfASplitModelLieTogether) {
  write_file(home / "m-00001-of-00002.gguf", TestHub::gguf(50));
  EXPECT_SAYS(resolve((home / "m-00001-of-00002.gguf").string()), "missing");
  write_file(home / "m-00002-of-00002.gguf", TestHub::gguf(60));
  EXPECT_EQ(resolve((home / "m-00001-of-00002.gguf").string())->files.size(), 2U);
}

TEST_F(StoreWithHub, TwoAtOnceDownloadOnce) {
  hub.spoil_store({{Mishap::Kind::stall, 1000, {}, {}}});
  SystemClock real_clock;
  RecordingObserver first_observer;
  RecordingObserver second_observer;
  Result<StoredModel> first;
  Result<StoredModel> second;
  std::thread one([&] {
    first = Store(settings, real_clock, first_observer).resolve("user/tiny-GGUF:Q8_0", {});
  });
  while (hub.bytes_sent() < 1000) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::thread two([&] {
    second = Store(settings, real_clock, second_observer).resolve("user/tiny-GGUF:Q8_0", {});
  });
  while (hub.request_count() < 6) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::this_thread::sleep_for(std::chrono::milliseconds(250));
  hub.release();
  one.join();
  two.join();
  EXPECT_TRUE(first) << words_of(first);
  EXPECT_TRUE(second) << words_of(second);
  EXPECT_EQ(hub.bytes_sent(), 5000U);
  EXPECT_TRUE(second_observer.saw(Transfer::Step::waiting));
}

TEST_F(StoreWithHub, StoppingKeepsWhatHasArrived) {
  hub.spoil_store({{Mishap::Kind::stall, 1000, {}, {}}});
  settings.stall_timeout = std::chrono::seconds(60);
  std::stop_source source;
  std::thread stopper([&] {
    while (hub.bytes_sent() < 1000) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    // The bytes are on their way; they are here when the partial file has them.
    const fs::path partial = repository_folder() / "blobs" /
                             (TestHub::sha256(TestHub::gguf(5000, 8)) + ".emend.incomplete");
    std::error_code absent;
    while (fs::file_size(partial, absent) < 1000 || absent) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    source.request_stop();
  });
  const auto stopped = resolve("user/tiny-GGUF:Q8_0", source.get_token());
  stopper.join();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  hub.release();
  EXPECT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  EXPECT_EQ(hub.requests().back().range, "bytes=1000-");
}

TEST_F(StoreWithHub, WhatDoesNotFitOnTheDiskIsNotBegun) {
  // A file that no disk has room for.
  hub.spoil_api({{},
                 {Mishap::Kind::status,
                  200,
                  {},
                  R"([{"type":"file","path":"m-Q8_0.gguf","size":9000000000000000,"oid":")" +
                      std::string(64, '1') + "\"}]"}});
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::io_failed);
  EXPECT_SAYS(model, "needs 9000 TB");
  EXPECT_SAYS(model, "left");
  EXPECT_EQ(hub.request_count(), 2U);
}

TEST_F(StoreWithHub, ACacheThatIsAFileIsAnErrorThatNamesIt) {
  write_file(settings.cache, "not a folder");
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::io_failed);
  EXPECT_SAYS(model, settings.cache.string());
}

}  // namespace
}  // namespace emend
