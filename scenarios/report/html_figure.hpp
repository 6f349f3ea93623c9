#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace peerscape::report {

/// A picture of the page and what its signs mean. On a small screen the picture keeps its size and scrolls by
/// itself, with the keyboard too. `label` tells it from the other pictures; `caption` is HTML.
void writeFigure(std::ostream& out, std::string_view label, const std::string& svg,
                 const std::string& caption);

}  // namespace peerscape::report
