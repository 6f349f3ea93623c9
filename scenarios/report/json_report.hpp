#pragma once

#include <iosfwd>

#include "scenarios/report/report_data.hpp"

namespace peerscape::report {

/// Raised when a reader of report.json must be changed; see docs/report.schema.json.
inline constexpr int kSchemaVersion = 1;

/// report.json, after docs/report.schema.json. Keys end with their unit: `_s` seconds of lab time, `bytes` of
/// IP packets.
void writeJson(const ReportData& data, std::ostream& out);

}  // namespace peerscape::report
