#pragma once

#include <iosfwd>

#include "scenarios/report/report_data.hpp"

namespace peerscape::report {

/// report.html: one file that needs no other, no script and no network, made for the screen and for paper.
void writeHtml(const ReportData& data, std::ostream& out);

}  // namespace peerscape::report
