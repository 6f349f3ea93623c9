#pragma once

#include <string>
#include <string_view>

namespace peerscape::report {

/// The Markdown that descriptions of labs are written in, as HTML: paragraphs, headings, lists, code,
/// emphasis, links to http and https. Everything else is text, HTML included. `headingLevel`: of the first
/// kind of heading, so that the page's headings stay in order.
std::string htmlOfMarkdown(std::string_view markdown, int headingLevel);

}  // namespace peerscape::report
