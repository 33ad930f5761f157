// SPDX-License-Identifier: Apache-2.0
#include "emend/inputs.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace emend {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPdf = "%PDF-1.4\n";

class Inputs : public testing::Test {
 protected:
  Inputs() {
    std::string pattern = (fs::temp_directory_path() / "emend-inputs-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    fs::current_path(folder_);
  }
  ~Inputs() override {
    fs::current_path("/");
    fs::remove_all(folder_);
  }

  static void write(const std::string& path, const std::string& bytes = kPdf) {
    if (fs::path(path).has_parent_path()) fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
  static std::vector<std::string> paths(const FoundInputs& found) {
    std::vector<std::string> paths;
    for (const FoundInput& file : found.files) paths.push_back(file.path);
    return paths;
  }
  static std::vector<std::string> names(const FoundInputs& found) {
    std::vector<std::string> names;
    for (const FoundInput& file : found.files) names.push_back(file.name);
    return names;
  }

  using Strings = std::vector<std::string>;
  fs::path folder_;
};

TEST_F(Inputs, AFolderStandsForItsDocumentsInNaturalOrder) {
  for (const char* name : {"scans/10.pdf", "scans/2.pdf", "scans/b/1.pdf", "scans/a/x",
                           "scans/A.PDF", "scans/.hidden.pdf", "scans/.git/x.pdf"}) {
    write(name);
  }
  write("scans/notes.txt", "no document");
  write("scans/empty.png", "");
  const FoundInputs found = find_inputs({"scans"});
  EXPECT_EQ(paths(found),
            (Strings{"scans/2.pdf", "scans/10.pdf", "scans/a/x", "scans/A.PDF", "scans/b/1.pdf"}));
  EXPECT_EQ(names(found), paths(found));
  EXPECT_EQ(found.skipped, (Strings{"scans/empty.png", "scans/notes.txt"}));
  EXPECT_TRUE(found.errors.empty());
}

TEST_F(Inputs, NamesOfResultsBeginWithTheFolderThatWasNamed) {
  write("work/scans/a/1.pdf");
  EXPECT_EQ(names(find_inputs({"work/scans"})), Strings{"scans/a/1.pdf"});
  EXPECT_EQ(names(find_inputs({"work/scans/"})), Strings{"scans/a/1.pdf"});
  EXPECT_EQ(names(find_inputs({"work/scans/a/1.pdf"})), Strings{"1.pdf"});
  fs::current_path("work/scans");
  EXPECT_EQ(names(find_inputs({"."})), Strings{"a/1.pdf"});
}

TEST_F(Inputs, LinksAreFollowedAndLoopsEnd) {
  write("scans/a/1.pdf");
  write("elsewhere/2.pdf");
  fs::create_directory_symlink("..", "scans/a/up");
  fs::create_directory_symlink(folder_ / "elsewhere", "scans/link");
  fs::create_symlink("nowhere", "scans/broken.pdf");
  fs::create_symlink("a/1.pdf", "scans/same.pdf");
  const FoundInputs found = find_inputs({"scans"});
  EXPECT_EQ(paths(found), (Strings{"scans/a/1.pdf", "scans/link/2.pdf", "scans/same.pdf"}));
  ASSERT_EQ(found.errors.size(), 1U);
  EXPECT_NE(found.errors[0].message.find("broken.pdf"), std::string::npos);
}

TEST_F(Inputs, RulesChooseAmongWhatIsFoundNotAmongWhatIsNamed) {
  for (const char* name : {"s/1.pdf", "s/2.png", "s/old/3.PDF", "s/sub/4.pdf", "s/sub/draft.pdf"}) {
    write(name);
  }
  const auto with = [](const InputRules& rules) { return paths(find_inputs({"s"}, rules)); };
  EXPECT_EQ(with({.include = {"*.pdf"}}),
            (Strings{"s/1.pdf", "s/old/3.PDF", "s/sub/4.pdf", "s/sub/draft.pdf"}));
  EXPECT_EQ(with({.include = {"*.pdf"}, .exclude = {"old", "draft*"}}),
            (Strings{"s/1.pdf", "s/sub/4.pdf"}));
  EXPECT_EQ(with({.include = {"sub/*"}}), (Strings{"s/sub/4.pdf", "s/sub/draft.pdf"}));
  EXPECT_EQ(paths(find_inputs({"s/2.png"}, {.include = {"*.pdf"}})), Strings{"s/2.png"});
}

TEST_F(Inputs, PatternsAreExpanded) {
  for (const char* name : {"a1.pdf", "a10.pdf", "a2.pdf", "b.pdf", ".a.pdf", "d/e/f/a3.pdf"}) {
    write(name);
  }
  write("a.txt", "text");
  write("odd[1].pdf");
  EXPECT_EQ(paths(find_inputs({"a*"})), (Strings{"a1.pdf", "a2.pdf", "a10.pdf"}));
  EXPECT_EQ(paths(find_inputs({"**/a[0-9].pdf"})), (Strings{"a1.pdf", "a2.pdf", "d/e/f/a3.pdf"}));
  EXPECT_EQ(paths(find_inputs({(folder_ / "?.pdf").string()})),
            Strings{(folder_ / "b.pdf").string()});
  EXPECT_EQ(paths(find_inputs({"d/*"})), Strings{"d/e/f/a3.pdf"});
  EXPECT_EQ(paths(find_inputs({"odd[1].pdf"})), Strings{"odd[1].pdf"});  // a name before a pattern
  const FoundInputs nothing = find_inputs({"z*.pdf", "b.pdf"});
  EXPECT_EQ(paths(nothing), Strings{"b.pdf"});
  ASSERT_EQ(nothing.errors.size(), 1U);
  EXPECT_EQ(nothing.errors[0].code, ErrorCode::not_found);
}

TEST_F(Inputs, AFileIsFoundOnce) {
  write("s/1.pdf");
  write("s/2.pdf");
  const FoundInputs found = find_inputs({"s/2.pdf", "s", "s/*.pdf", "./s"});
  EXPECT_EQ(paths(found), (Strings{"s/2.pdf", "s/1.pdf"}));
  EXPECT_TRUE(found.errors.empty());
}

TEST_F(Inputs, NothingIsAnError) {
  fs::create_directory("empty");
  write("texts/a.txt", "text");
  const FoundInputs found = find_inputs({"empty", "texts"});
  EXPECT_TRUE(found.files.empty());
  EXPECT_EQ(found.skipped, Strings{"texts/a.txt"});
  ASSERT_EQ(found.errors.size(), 2U);
  EXPECT_EQ(found.errors[0].code, ErrorCode::not_found);
  EXPECT_EQ(found.errors[1].message, "texts: there is no document in this folder or archive");
}

TEST_F(Inputs, WhatIsNamedByItselfIsNotJudged) {
  write("notes.txt", "text");
  EXPECT_EQ(paths(find_inputs({"notes.txt", "missing.pdf", "-"})),
            (Strings{"notes.txt", "missing.pdf", "-"}));
}

TEST_F(Inputs, AListNamesMore) {
  write("list", "a b.pdf\r\n\n#1.pdf\nlast");
  EXPECT_EQ(read_input_list("list").value(), (Strings{"a b.pdf", "#1.pdf", "last"}));
  write("zeros", std::string("two\nlines\0b\0", 12));
  EXPECT_EQ(read_input_list("zeros").value(), (Strings{"two\nlines", "b"}));
  EXPECT_EQ(read_input_list("nowhere").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace emend
