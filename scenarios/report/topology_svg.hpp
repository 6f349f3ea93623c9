#pragma once

#include <cstddef>
#include <string>

#include "scenarios/report/report_data.hpp"

namespace peerscape::report {

/// Larger networks are not drawn: nothing could be seen, and finding places for all takes too long.
inline constexpr std::size_t kMostDrawnNodes = 2'000;

/// Whether the links' properties stand in the drawing. Past some number they would cover it.
bool isDetailed(const Drawing& drawing);

/// The drawing of the topology: an SVG picture for the page.
std::string topologySvg(const Drawing& drawing);

}  // namespace peerscape::report
