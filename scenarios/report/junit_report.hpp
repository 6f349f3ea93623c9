#pragma once

#include <iosfwd>

#include "scenarios/report/report_data.hpp"

namespace peerscape::report {

/// junit.xml: a suite per step, a case per expectation; the form that Jenkins, GitLab and others read. Times
/// are lab time.
void writeJUnit(const ReportData& data, std::ostream& out);

}  // namespace peerscape::report
