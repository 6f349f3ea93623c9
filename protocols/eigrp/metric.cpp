#include "protocols/eigrp/metric.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "engine/base/wide.hpp"

namespace peerscape::eigrp {
namespace {

constexpr std::uint64_t kEigrpBandwidth = 10'000'000;  // EIGRP_BANDWIDTH, kbit/s
constexpr std::uint64_t kDelayPico = 1'000'000;        // EIGRP_DELAY_PICO
constexpr std::uint64_t kClassicScale = 256;           // EIGRP_CLASSIC_SCALE
constexpr std::uint64_t kWideScale = 65536;            // EIGRP_WIDE_SCALE
constexpr std::uint32_t kScaledUnreachable = UINT32_MAX;
/// One step of the classic delay is 39062.5 ps: these many per two steps.
constexpr std::uint64_t kPicosecondsPerTwoSteps = 78125;

/// The part of both formulas that they share: congestion, latency and reliability (RFC 7868, 5.5.1 to 5.5.3).
Wide compose(Wide throughput, Wide latency, Wide extended, const VectorMetric& metric, const KValues& k) {
    Wide sum = k.k1 * throughput + k.k2 * throughput / (256U - metric.load) + k.k3 * latency + extended;
    if (k.k5 == 0) return sum;
    return sum * k.k5 / (Wide{metric.reliability} + k.k4);
}

bool dividesByNothing(const VectorMetric& metric, const KValues& k) {
    return k.k5 != 0 && metric.reliability == 0 && k.k4 == 0;
}

/// Jitter, quiescent energy and energy (RFC 7868, 6.9.3.5 to 6.9.3.7), as far as they stand there whole.
std::uint64_t sumOfExtendedMetrics(ByteView attributes) {
    ByteReader in(attributes);
    std::uint64_t sum = 0;
    while (in.left() >= 2) {
        const auto opcode = static_cast<ExtendedMetric>(in.u8());
        const ByteView data = in.take(std::size_t{in.u8()} * 2);
        if (opcode != ExtendedMetric::Jitter && opcode != ExtendedMetric::QuiescentEnergy &&
            opcode != ExtendedMetric::Energy) {
            continue;
        }
        std::uint64_t number = 0;
        for (const std::uint8_t byte : data.first(std::min<std::size_t>(data.size(), 6)))
            number = number << 8 | byte;
        sum += number;
    }
    return sum;
}

}  // namespace

std::string toString(const KValues& k) {
    return fmt::format("{} {} {} {} {} {}", k.k1, k.k2, k.k3, k.k4, k.k5, k.k6);
}

Delay Delay::fromScaled(std::uint32_t scaled) {
    if (scaled == kScaledUnreachable) return unreachable();
    // Rounded up, so that scaled() gives the same number again.
    return Delay((scaled * kPicosecondsPerTwoSteps + 1) / 2);
}

std::uint32_t Delay::scaled() const {
    if (isUnreachable()) return kScaledUnreachable;
    const std::uint64_t steps = count_ * 2 / kPicosecondsPerTwoSteps;
    if (steps == 0 && count_ != 0) return 1;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(steps, kScaledUnreachable));
}

PathBandwidth PathBandwidth::fromScaled(std::uint32_t scaled) {
    if (scaled == kScaledUnreachable) return none();
    if (scaled == 0) return {};
    return kilobitsPerSecond(kClassicScale * kEigrpBandwidth / scaled);
}

std::uint32_t PathBandwidth::scaled() const {
    if (isNone()) return kScaledUnreachable;
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(kEigrpBandwidth / count_ * kClassicScale, kScaledUnreachable));
}

std::uint32_t CompositeMetric::ribMetric(std::uint8_t scale) const {
    PEERSCAPE_CHECK(scale != 0);
    if (isInfinite()) return UINT32_MAX;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(number_ / scale, UINT32_MAX));
}

VectorMetric VectorMetric::through(const VectorMetric& link) const {
    VectorMetric path = *this;
    path.bandwidth = std::min(bandwidth, link.bandwidth);
    path.delay = delay.plus(link.delay);
    path.reliability = std::min(reliability, link.reliability);
    path.load = std::max(load, link.load);
    path.mtu = std::min(mtu, link.mtu);
    if (path.hopCount < UINT8_MAX) ++path.hopCount;
    return path;
}

VectorMetric VectorMetric::unreachable() {
    VectorMetric metric;
    metric.delay = Delay::unreachable();
    return metric;
}

CompositeMetric classicComposite(const VectorMetric& metric, const KValues& k) {
    if (metric.isUnreachable() || dividesByNothing(metric, k)) return CompositeMetric::infinity();
    if (metric.delay.scaled() == kScaledUnreachable) return CompositeMetric::infinity();
    const Wide sum = compose(metric.bandwidth.scaled(), metric.delay.scaled(), 0, metric, k);
    if (sum >= UINT32_MAX) return CompositeMetric::infinity();
    return CompositeMetric::value(static_cast<std::uint64_t>(sum));
}

CompositeMetric wideComposite(const VectorMetric& metric, const KValues& k) {
    if (metric.isUnreachable() || dividesByNothing(metric, k)) return CompositeMetric::infinity();
    const Wide throughput = kEigrpBandwidth * kWideScale / metric.bandwidth.count();
    const Wide latency = Wide{metric.delay.count()} * kWideScale / kDelayPico;
    const Wide extended = k.k6 == 0 ? 0 : Wide{k.k6} * sumOfExtendedMetrics(*metric.extendedAttributes);
    const Wide sum = compose(throughput, latency, extended, metric, k);
    if (sum >= UINT64_MAX) return CompositeMetric::infinity();
    return CompositeMetric::value(static_cast<std::uint64_t>(sum));
}

}  // namespace peerscape::eigrp
