#pragma once

#include <string>
#include <string_view>

namespace peerscape::report {

/// The page's style sheet.
extern const std::string_view kStyle;

/// "sha256-…": what a Content-Security-Policy calls it, so that the page may have this style and no other.
std::string hashOfStyle();

}  // namespace peerscape::report
