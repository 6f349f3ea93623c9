#include "scenarios/report/report_data.hpp"

#include <algorithm>

namespace peerscape::report {

std::uint64_t Step::messages() const {
    std::uint64_t sum = 0;
    for (const ProtocolTraffic& t : traffic)
        sum += t.messages;
    return sum;
}

std::uint64_t Step::bytes() const {
    std::uint64_t sum = 0;
    for (const ProtocolTraffic& t : traffic)
        sum += t.bytes;
    return sum;
}

std::uint64_t Step::lost() const {
    std::uint64_t sum = 0;
    for (const DropCount& d : drops)
        sum += d.packets;
    return sum;
}

std::size_t Step::count(Verdict verdict) const {
    return static_cast<std::size_t>(
        std::count_if(expectations.begin(), expectations.end(),
                      [&](const Expectation& e) { return e.verdict == verdict; }));
}

std::size_t ReportData::count(Verdict verdict) const {
    std::size_t sum = 0;
    for (const Step& step : steps)
        sum += step.count(verdict);
    return sum;
}

std::size_t ReportData::expectations() const {
    std::size_t sum = 0;
    for (const Step& step : steps)
        sum += step.expectations.size();
    return sum;
}

}  // namespace peerscape::report
