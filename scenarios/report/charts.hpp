#pragma once

#include <cstddef>
#include <string>

#include "scenarios/report/report_data.hpp"

namespace peerscape::report {

/// Rows that the timeline of a step shows at most; report.json has them all.
inline constexpr std::size_t kMostTimelineRows = 40;

/// When the routes of which router changed in a step: one row per router, by its first change. Where there
/// are too many, those that changed first and those that settled last.
std::string stepTimelineSvg(const Step& step, const Drawing& drawing);

/// Messages of every protocol, reachable pairs, loops and black holes over the whole run.
std::string runChartSvg(const ReportData& data);

}  // namespace peerscape::report
