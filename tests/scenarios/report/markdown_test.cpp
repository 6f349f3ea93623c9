#include "scenarios/report/markdown.hpp"

#include <gtest/gtest.h>

namespace peerscape::report {
namespace {

std::string html(std::string_view markdown) { return htmlOfMarkdown(markdown, 3); }

TEST(Markdown, BlankLinesPartParagraphs) {
    EXPECT_EQ(html("one\ntwo\n\nthree\n"), "<p>one two</p>\n<p>three</p>\n");
    EXPECT_EQ(html(""), "");
}

TEST(Markdown, EmphasisAndCode) {
    EXPECT_EQ(html("a *triggered update* and **no more**"),
              "<p>a <em>triggered update</em> and <strong>no more</strong></p>\n");
    EXPECT_EQ(html("_so_ and __so__"), "<p><em>so</em> and <strong>so</strong></p>\n");
    EXPECT_EQ(html("`show ip <route>`"), "<p><code>show ip &lt;route&gt;</code></p>\n");
    EXPECT_EQ(html("`*no emphasis*`"), "<p><code>*no emphasis*</code></p>\n");
}

TEST(Markdown, SignsThatMeanNothingStayText) {
    EXPECT_EQ(html("snake_case_name, 2 * 3 * 4, *open, `open"),
              "<p>snake_case_name, 2 * 3 * 4, *open, `open</p>\n");
}

TEST(Markdown, ListsOfBothKinds) {
    EXPECT_EQ(
        html("- one\n- two *2*\n\n1. first\n2. second"),
        "<ul>\n<li>one</li>\n<li>two <em>2</em></li>\n</ul>\n<ol>\n<li>first</li>\n<li>second</li>\n</ol>\n");
    EXPECT_EQ(html("- goes\n  on\n1. other"), "<ul>\n<li>goes on</li>\n</ul>\n<ol>\n<li>other</li>\n</ol>\n");
}

TEST(Markdown, HeadingsStayInTheOrderOfThePage) {
    EXPECT_EQ(html("# Top"), "<h3>Top</h3>\n");
    // A level that the author left out would be missed by those who walk from heading to heading.
    EXPECT_EQ(html("### Deep\n# Top"), "<h3>Deep</h3>\n<h3>Top</h3>\n");
    EXPECT_EQ(html("# A\n## B\n###### C"), "<h3>A</h3>\n<h4>B</h4>\n<h5>C</h5>\n");
    EXPECT_EQ(html("#no heading"), "<p>#no heading</p>\n");
}

TEST(Markdown, CodeBlocksKeepTheirLines) {
    EXPECT_EQ(html("```\nrouter rip\n network <all>\n```\nafter"),
              "<pre><code>router rip\n network &lt;all&gt;\n</code></pre>\n<p>after</p>\n");
    EXPECT_EQ(html("```\nnever closed"), "<pre><code>never closed\n</code></pre>\n");
}

TEST(Markdown, LinksLeadToTheWebOnly) {
    EXPECT_EQ(html("[RFC 2453](https://www.rfc-editor.org/rfc/rfc2453)"),
              "<p><a href=\"https://www.rfc-editor.org/rfc/rfc2453\">RFC 2453</a></p>\n");
    EXPECT_EQ(html("[x](javascript:alert(1))"), "<p>[x](javascript:alert(1))</p>\n");
    EXPECT_EQ(html("[x](https://e.org/\"onclick=\"a)"),
              "<p><a href=\"https://e.org/&quot;onclick=&quot;a\">x</a></p>\n");
}

TEST(Markdown, HtmlIsText) {
    EXPECT_EQ(html("<img src=x onerror=alert(1)>"), "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n");
}

TEST(Markdown, DeepNestingEnds) {
    const std::string stars(300'000, '*');
    EXPECT_GT(html(stars + "a" + stars).size(), 100'000U);
}

}  // namespace
}  // namespace peerscape::report
