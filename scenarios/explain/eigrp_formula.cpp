#include "scenarios/explain/eigrp_formula.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/wide.hpp"

namespace peerscape {

namespace {

using eigrp::KValues;
using eigrp::VectorMetric;

/// The two numbers that both formulas are made of.
struct Parts {
    std::uint64_t throughput = 0;
    std::uint64_t latency = 0;
};

std::string times(std::uint8_t k, const std::string& what) {
    return k == 1 ? what : fmt::format("{} * {}", k, what);
}

/// K1*B + K2*B/(256-load) + K3*D, times K5/(reliability+K4), with what stands for B and D; numbers or letters
/// in place of the rest.
std::string formula(const KValues& k, const std::string& b, const std::string& d, const std::string& load,
                    const std::string& reliability, bool hasExtended) {
    std::vector<std::string> terms;
    if (k.k1 != 0) terms.push_back(times(k.k1, b));
    if (k.k2 != 0) terms.push_back(fmt::format("{} / (256 - {})", times(k.k2, b), load));
    if (k.k3 != 0) terms.push_back(times(k.k3, d));
    if (hasExtended) terms.push_back(times(k.k6, "extended metrics"));
    std::string sum = terms.empty() ? "0" : fmt::format("{}", fmt::join(terms, " + "));
    if (k.k5 == 0) return sum;
    if (terms.size() > 1) sum = "(" + sum + ")";
    return fmt::format("{} * {} / ({} + {})", sum, k.k5, reliability, k.k4);
}

std::string kText(const KValues& k, bool isWide) {
    const std::string five = fmt::format("{} {} {} {} {}", k.k1, k.k2, k.k3, k.k4, k.k5);
    return isWide ? fmt::format("{} {}", five, k.k6) : five;
}

/// The form that everybody knows holds when only bandwidth and delay count, and the delay is whole.
bool isPlain(const KValues& k, const VectorMetric& metric) {
    return k.k2 == 0 && k.k5 == 0 && metric.delay.scaled() % 256 == 0;
}

std::vector<std::string> plainLines(const KValues& k, const VectorMetric& metric) {
    const std::uint64_t inverse = metric.bandwidth.scaled() / 256;
    const std::uint64_t tens = metric.delay.scaled() / 256;
    const auto sum = [&](const std::string& b, const std::string& d) {
        return formula(k, b, d, "", "", false);
    };
    return {fmt::format("metric = 256 * ({}), bandwidth in kbit/s, delay in tens of us (K-values {})",
                        sum("10^7 / bandwidth", "delay"), kText(k, false)),
            fmt::format("       = 256 * ({}) = 256 * ({}) = {}",
                        sum(fmt::format("10^7 / {}", metric.bandwidth.count()), std::to_string(tens)),
                        sum(std::to_string(inverse), std::to_string(tens)),
                        eigrp::classicComposite(metric, k).number())};
}

std::vector<std::string> lettersAndNumbers(const KValues& k, const VectorMetric& metric, const Parts& parts,
                                           bool isWide, std::uint64_t composite) {
    const bool hasExtended = isWide && k.k6 != 0 && !metric.extendedAttributes->empty();
    return {fmt::format("metric = {} (K-values {})", formula(k, "B", "D", "load", "reliability", hasExtended),
                        kText(k, isWide)),
            fmt::format("       = {} = {}",
                        formula(k, std::to_string(parts.throughput), std::to_string(parts.latency),
                                std::to_string(metric.load), std::to_string(metric.reliability), hasExtended),
                        composite)};
}

std::vector<std::string> classicLines(const KValues& k, const VectorMetric& metric) {
    if (isPlain(k, metric)) return plainLines(k, metric);
    const Parts parts{metric.bandwidth.scaled(), metric.delay.scaled()};
    auto lines = lettersAndNumbers(k, metric, parts, false, eigrp::classicComposite(metric, k).number());
    lines.insert(
        lines.begin() + 1,
        fmt::format("where B = 256 * 10^7 / {} kbit/s = {}, D = 256 * tens of us = {}; all divisions are cut",
                    metric.bandwidth.count(), parts.throughput, parts.latency));
    return lines;
}

std::vector<std::string> wideLines(const KValues& k, const VectorMetric& metric, std::uint8_t ribScale) {
    constexpr std::uint64_t kBandwidth = 10'000'000;
    constexpr std::uint64_t kScale = 65'536;
    constexpr std::uint64_t kPico = 1'000'000;
    const Parts parts{
        kBandwidth * kScale / metric.bandwidth.count(),
        static_cast<std::uint64_t>(Wide{metric.delay.count()} * kScale / kPico),
    };
    const auto composite = eigrp::wideComposite(metric, k);
    auto lines = lettersAndNumbers(k, metric, parts, true, composite.number());
    lines.insert(
        lines.begin() + 1,
        fmt::format(
            "where B = 65536 * 10^7 / {} kbit/s = {}, D = 65536 * {} ps / 10^6 = {}; all divisions are cut",
            metric.bandwidth.count(), parts.throughput, metric.delay.count(), parts.latency));
    lines.push_back(fmt::format("For the routing table it is divided by the rib-scale: {} / {} = {}",
                                composite.number(), ribScale, composite.ribMetric(ribScale)));
    return lines;
}

}  // namespace

std::vector<std::string> formulaLines(const eigrp::EigrpConfig& config, const VectorMetric& metric) {
    return config.hasWideMetrics ? wideLines(config.k, metric, config.ribScale)
                                 : classicLines(config.k, metric);
}

}  // namespace peerscape
