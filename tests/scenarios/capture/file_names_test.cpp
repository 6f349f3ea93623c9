#include "scenarios/capture/file_names.hpp"

#include <gtest/gtest.h>

namespace peerscape::capture {
namespace {

TEST(FileNames, WhatSomeSystemForbidsIsReplaced) {
    EXPECT_EQ(safeFileName("ab"), "ab");
    EXPECT_EQ(safeFileName("B1-B2_x.y"), "B1-B2_x.y");
    EXPECT_EQ(safeFileName("a/b\\c:d*e?f\"g<h>i|j k"), "a_b_c_d_e_f_g_h_i_j_k");
    EXPECT_EQ(safeFileName("tab\tnew\nline\x7f"), "tab_new_line_");
    EXPECT_EQ(safeFileName("Bürohaus→Süd"), "Bürohaus→Süd");
}

TEST(FileNames, NothingIsHiddenEmptyOrAFolder) {
    EXPECT_EQ(safeFileName(""), "_");
    EXPECT_EQ(safeFileName("."), "_.");
    EXPECT_EQ(safeFileName(".."), "_..");
    EXPECT_EQ(safeFileName("../../etc/passwd"), "_.._.._etc_passwd");
    EXPECT_EQ(safeFileName(".hidden"), "_.hidden");
}

TEST(FileNames, LongNamesAreCutBetweenCharacters) {
    EXPECT_EQ(safeFileName(std::string(300, 'x')), std::string(100, 'x'));
    EXPECT_EQ(safeFileName(std::string(99, 'x') + "ü"), std::string(99, 'x'));
    EXPECT_EQ(safeFileName(std::string(98, 'x') + "üü"), std::string(98, 'x') + "ü");
}

TEST(FileNames, NoTwoAreEqualOnAnySystem) {
    FileNames names;
    EXPECT_EQ(names.next("ab", ".pcapng"), "ab.pcapng");
    EXPECT_EQ(names.next("AB", ".pcapng"), "AB-2.pcapng");
    EXPECT_EQ(names.next("ab-2", ".pcapng"), "ab-2-2.pcapng");
    EXPECT_EQ(names.next("a:b", ".pcapng"), "a_b.pcapng");
    EXPECT_EQ(names.next("a/b", ".pcapng"), "a_b-2.pcapng");
}

}  // namespace
}  // namespace peerscape::capture
