// SPDX-License-Identifier: Apache-2.0
#include "models/settings.h"

#include "unit/models/store_fixture.h"

namespace emend {
namespace {

class Settings : public StoreTest {
 protected:
  static StoreSettings read(const StoreOptions& options = {}) {
    return settings_from(options).value();
  }
};

TEST_F(Settings, TheCacheIsWhereHuggingfaceHubHasIt) {
  EXPECT_EQ(read().cache, home / ".cache/huggingface/hub");
  ::setenv("XDG_CACHE_HOME", "/x", 1);
  EXPECT_EQ(read().cache, "/x/huggingface/hub");
  ::setenv("HF_HOME", "~/hf", 1);
  EXPECT_EQ(read().cache, home / "hf/hub");
  ::setenv("HUGGINGFACE_HUB_CACHE", "/old", 1);
  EXPECT_EQ(read().cache, "/old");
  ::setenv("HF_HUB_CACHE", "/new", 1);
  EXPECT_EQ(read().cache, "/new");
  ::setenv("HF_HUB_CACHE", "", 1);
  EXPECT_EQ(read().cache, "/old");
}

TEST_F(Settings, LlamaCppsOwnCacheIsLookedInto) {
  ::setenv("LLAMA_CACHE", "/llama", 1);
  ASSERT_EQ(read().other_caches.size(), 1U);
  EXPECT_EQ(read().other_caches.front(), "/llama");
}

TEST_F(Settings, TheTokenIsTakenFromWhereItIsKept) {
  EXPECT_EQ(read().token, "");
  write_file(home / ".cache/huggingface/token", "hf_from_file\n");
  EXPECT_EQ(read().token, "hf_from_file");
  ::setenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1", 1);
  EXPECT_EQ(read().token, "");
  ::setenv("HF_TOKEN", " hf_from_variable ", 1);
  EXPECT_EQ(read().token, "hf_from_variable");
}

TEST_F(Settings, OfflineByOptionOrVariable) {
  EXPECT_TRUE(read().may_download);
  EXPECT_FALSE(read({.allow_auto_download = false}).may_download);
  EXPECT_FALSE(read({.allow_auto_download = false}).is_offline);
  EXPECT_TRUE(read({.offline = true}).is_offline);
  for (const char* value : {"1", "true", "YES", "on"}) {
    ::setenv("HF_HUB_OFFLINE", value, 1);
    EXPECT_TRUE(read().is_offline) << value;
    EXPECT_FALSE(read().may_download) << value;
  }
  ::setenv("HF_HUB_OFFLINE", "0", 1);
  EXPECT_FALSE(read().is_offline);
}

TEST_F(Settings, TheMirrorMustBeAnAddress) {
  ::setenv("HF_ENDPOINT", "https://hf-mirror.example/", 1);
  EXPECT_EQ(read().endpoint, "https://hf-mirror.example");
  for (const char* value : {"hf-mirror.example", "ftp://x", "https://x y", "file:///etc"}) {
    ::setenv("HF_ENDPOINT", value, 1);
    const auto result = settings_from({});
    ASSERT_FALSE(result) << value;
    EXPECT_EQ(result.error().code, ErrorCode::invalid_argument);
    EXPECT_SAYS(result, "HF_ENDPOINT");
  }
}

TEST_F(Settings, WithoutAHomeAFolderMustBeGiven) {
  ::unsetenv("HOME");
  EXPECT_FALSE(settings_from({}));
  EXPECT_TRUE(settings_from({.directory_model_path = "/models"}));
  ::setenv("HF_HUB_DOWNLOAD_TIMEOUT", "7", 1);
  EXPECT_EQ(read({.directory_model_path = "/m"}).stall_timeout, std::chrono::seconds(7));
}

}  // namespace
}  // namespace emend
