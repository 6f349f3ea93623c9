#include "scenarios/report/markup.hpp"

#include <gtest/gtest.h>

namespace peerscape::report {
namespace {

TEST(Markup, HostileNamesStayText) {
    EXPECT_EQ(escaped("<script>alert('x')</script>"), "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    EXPECT_EQ(escaped("\" onload=\"x"), "&quot; onload=&quot;x");
    EXPECT_EQ(escaped("a & b &amp; c"), "a &amp; b &amp;amp; c");
    EXPECT_EQ(escaped("]]>"), "]]&gt;");
    EXPECT_EQ(escaped("Zürich → 東京"), "Zürich → 東京");
}

TEST(Markup, WhatNoDocumentMayHoldBecomesTheReplacement) {
    EXPECT_EQ(escaped(std::string("a\0b", 3)), "a\ufffdb");
    EXPECT_EQ(escaped("\x1b[31mred"), "\ufffd[31mred");
    EXPECT_EQ(escaped("\xff"), "\ufffd");
    EXPECT_EQ(escaped("a\xc3"), "a\ufffd");
    EXPECT_EQ(escaped("\x7f"), "\ufffd");
    EXPECT_EQ(escaped("\u0085|\ufffe|\uffff"), "\ufffd|\ufffd|\ufffd");
    EXPECT_EQ(escaped("\ufffd\u00a0"), "\ufffd\u00a0");
}

TEST(Markup, LineBreaksSurviveInAttributes) {
    EXPECT_EQ(escaped("a\n\tb"), "a\n\tb");
    EXPECT_EQ(escapedAttribute("a\n\tb"), "a&#10;&#9;b");
}

// RFC 4180, 2.5 to 2.7: fields with commas, quotes or line breaks are quoted, quotes are doubled.
TEST(Rfc4180, Sec2_QuotesFieldsThatNeedIt) {
    EXPECT_EQ(csvField("plain"), "plain");
    EXPECT_EQ(csvField(""), "");
    EXPECT_EQ(csvField("a,b"), "\"a,b\"");
    EXPECT_EQ(csvField("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csvField("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csvField("cr\r"), "\"cr\r\"");
    EXPECT_EQ(csvField(" blank "), "\" blank \"");
    EXPECT_EQ(csvField("bad\xff"), "bad\ufffd");
}

TEST(Markup, FiguresAreGroupedByThousands) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'000), "1\u202f000");
    EXPECT_EQ(grouped(12'345'678), "12\u202f345\u202f678");
    EXPECT_EQ(protocolTitle("rip"), "RIP");
    EXPECT_EQ(protocolTitle("ripng"), "RIPng");
    EXPECT_EQ(counted(1, "packet", "packets"), "1\u00a0packet");
    EXPECT_EQ(counted(1'200, "packet", "packets"), "1\u202f200\u00a0packets");
}

}  // namespace
}  // namespace peerscape::report
