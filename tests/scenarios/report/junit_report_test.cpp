#include "scenarios/report/junit_report.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/report/report_fixture.hpp"

namespace peerscape::report {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string junitOf(const ReportData& data) {
    std::ostringstream out;
    writeJUnit(data, out);
    return out.str();
}

TEST(JUnitReport, HasATestSuitePerStepAndACasePerExpectation) {
    const std::string xml = junitOf(sampleReport());
    EXPECT_EQ(countOf(xml, "<testsuite "), 2U);
    EXPECT_EQ(countOf(xml, "<testcase "), 6U);
    EXPECT_THAT(xml, HasSubstr("<testsuites>\n"));
    EXPECT_THAT(xml, HasSubstr(R"(tests="5" failures="2" errors="0" skipped="1" time="20.000")"));
}

TEST(JUnitReport, AFailureSaysWhatWasExpectedAndWhatCame) {
    const std::string xml = junitOf(sampleReport());
    EXPECT_THAT(xml, HasSubstr("type=\"reaches\">expected: A reaches &lt;script&gt;"));
    EXPECT_THAT(xml, HasSubstr("\nactual:   no route\nat all\nfirst wrong at 13.000000 s\n"
                               "claimed in lab.yaml:12:9\n</failure>"));
    EXPECT_THAT(xml, HasSubstr("; actual: no route&#10;at all\""));
}

TEST(JUnitReport, InconclusiveFailsAndAWarningDoesNot) {
    const std::string xml = junitOf(sampleReport());
    EXPECT_THAT(
        xml, HasSubstr("<failure message=\"expected: B rests; actual: not known\" type=\"inconclusive\">"));
    EXPECT_THAT(xml, HasSubstr("    <system-out>warning\nexpected: few losses\n"));
    EXPECT_THAT(xml, HasSubstr("<skipped message=\"expected: a session; actual: cannot be judged\"/>"));
}

TEST(JUnitReport, NamesOfCasesAreTheAuthorsWordsInOneLine) {
    ReportData data = sampleReport();
    data.steps[1].expectations[0].claim = "two\nlines";
    // A CI follows a case by its name, which must not change with the verdict.
    data.steps[0].expectations[0].remark = "It has healed";
    const std::string xml = junitOf(data);
    EXPECT_THAT(xml, HasSubstr("name=\"Nothing goes round\""));
    EXPECT_THAT(xml, HasSubstr("name=\"two lines\""));
    EXPECT_THAT(xml, HasSubstr("name=\"A reaches B\""));
    // A dot would make a package of what comes before it.
    EXPECT_THAT(xml, HasSubstr("classname=\"Lab_ &lt;script&gt;"));
}

TEST(JUnitReport, HasWhatAntsSchemaAsksFor) {
    ReportData data = sampleReport();
    data.steps[1].begin = SimTime::after(Duration::seconds(86'400 + 3'661));
    const std::string xml = junitOf(data);
    EXPECT_THAT(xml, HasSubstr(R"(<testsuite id="0" package="Lab_ )"));
    EXPECT_THAT(xml, HasSubstr(R"(<testsuite id="1" )"));
    EXPECT_THAT(xml, HasSubstr(R"( timestamp="1970-01-02T01:01:01" hostname="localhost" )"));
    EXPECT_EQ(countOf(xml, "<properties>"), 2U);
    EXPECT_EQ(countOf(xml, "<system-err>"), 2U);
}

TEST(JUnitReport, HostileNamesMakeNoElements) {
    EXPECT_THAT(junitOf(sampleReport()), Not(HasSubstr("<script")));
}

TEST(JUnitReport, AFailureThatNobodyClaimedIsACaseOfItsOwn) {
    ReportData data = sampleReport();
    data.steps = {failedStep()};
    data.steps[0].expectations.clear();
    EXPECT_THAT(junitOf(data), HasSubstr("name=\"the step converges in its time\""));
    EXPECT_THAT(junitOf(data),
                HasSubstr("message=\"not converged at 30.000000 s; rip on A still expects changes\""));
    data.steps[0].isConverged = data.steps[0].isLate = true;
    EXPECT_THAT(junitOf(data), HasSubstr("message=\"the step converged too late\""));
    data.steps[0].brokenQuiet = "after convergence, A changes";
    EXPECT_THAT(junitOf(data), HasSubstr("message=\"after convergence, A changes\""));
    data.steps[0].actionFailure = "there is no link 'x'";
    EXPECT_THAT(junitOf(data), HasSubstr("<error message=\"there is no link &#39;x&#39;\" type=\"action\">"));
    EXPECT_THAT(junitOf(data), HasSubstr("failures=\"0\" errors=\"1\""));
}

}  // namespace
}  // namespace peerscape::report
