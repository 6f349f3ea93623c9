#pragma once

#include <iosfwd>
#include <string>

#include "scenarios/report/report_data.hpp"

namespace peerscape::report {

/// "✓ met": a verdict by sign, word and colour.
std::string badgeOf(Verdict verdict);
/// Whether a step came to rest, as a cell of a table.
std::string convergenceOf(const Step& step);

/// Whether there is an expectation that has not come true.
bool hasOpenExpectations(const ReportData& data);
/// All expectations that have not come true, of all steps.
void writeFailures(const ReportData& data, std::ostream& out);
/// The table of steps.
void writeStepTable(const ReportData& data, std::ostream& out);
/// One step in full.
void writeStep(const Step& step, const Drawing& drawing, std::ostream& out);

}  // namespace peerscape::report
