/// Routes: classic TLVs of either family (RFC 7868, 6.8) and wide ones of both (6.9).
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/eigrp/tlv_codec.hpp"

namespace peerscape::eigrp {
namespace {

// IANA's address family numbers (RFC 7868, 6.3).
constexpr std::uint16_t kAfi4 = 1;
constexpr std::uint16_t kAfi6 = 2;
constexpr std::size_t kExteriorSize = 20;
constexpr std::size_t kClassicMetricSize = 16;
constexpr std::size_t kWideMetricSize = 24;
constexpr std::size_t kWideHeaderSize = 8;
constexpr std::uint32_t kMostMtu = 0xffffff;

void encodeU24(std::uint32_t number, ByteWriter& out) {
    out.u8(static_cast<std::uint8_t>(number >> 16));
    out.u16(static_cast<std::uint16_t>(number));
}

void encodeU48(std::uint64_t number, ByteWriter& out) {
    out.u16(static_cast<std::uint16_t>(number >> 32));
    out.u32(static_cast<std::uint32_t>(number));
}

std::uint32_t readU24(ByteReader& in) {
    const std::uint32_t high = in.u8();
    return high << 16 | in.u16();
}

std::uint64_t readU48(ByteReader& in) {
    const std::uint64_t high = in.u16();
    return high << 32 | in.u32();
}

/// Bytes of an address whose first `length` bits count (RFC 7868, 6.8.4): a default route has one, and IPv6
/// one more than needed where the length is a whole number of bytes.
std::size_t destinationBytes(Family family, std::uint8_t length) {
    if (family == Family::IPv4) return length == 0 ? 1U : (length - 1U) / 8 + 1;
    return length == 128 ? 16U : length / 8U + 1;
}

void encodeMetric(const ClassicMetric& metric, ByteWriter& out) {
    out.u32(metric.scaledDelay);
    out.u32(metric.scaledBandwidth);
    encodeU24(metric.mtu, out);
    out.u8(metric.hopCount);
    out.u8(metric.reliability);
    out.u8(metric.load);
    out.u8(metric.internalTag);
    out.u8(metric.flags);
}

void encodeMetric(const WideMetric& metric, ByteWriter& out) {
    const std::size_t words = metric.extendedAttributes->size() / 2;
    PEERSCAPE_CHECK(metric.extendedAttributes->size() % 2 == 0 && words <= UINT8_MAX);
    out.u8(static_cast<std::uint8_t>(words));
    out.u8(metric.priority);
    out.u8(metric.reliability);
    out.u8(metric.load);
    encodeU24(metric.mtu, out);
    out.u8(metric.hopCount);
    encodeU48(metric.delay, out);
    encodeU48(metric.bandwidth, out);
    out.u16(metric.reserved);
    out.u16(metric.opaqueFlags);
    out.append(*metric.extendedAttributes);
}

ClassicMetric decodeClassicMetric(ByteReader& in) {
    ClassicMetric metric;
    metric.scaledDelay = in.u32();
    metric.scaledBandwidth = in.u32();
    metric.mtu = readU24(in);
    metric.hopCount = in.u8();
    metric.reliability = in.u8();
    metric.load = in.u8();
    metric.internalTag = in.u8();
    metric.flags = in.u8();
    return metric;
}

WideMetric decodeWideMetric(ByteReader& in) {
    WideMetric metric;
    const std::size_t words = in.u8();
    metric.priority = in.u8();
    metric.reliability = in.u8();
    metric.load = in.u8();
    metric.mtu = readU24(in);
    metric.hopCount = in.u8();
    metric.delay = readU48(in);
    metric.bandwidth = readU48(in);
    metric.reserved = in.u16();
    metric.opaqueFlags = in.u16();
    const ByteView attributes = in.take(2 * words);
    metric.extendedAttributes = Bytes(attributes.begin(), attributes.end());
    return metric;
}

void encodeExterior(const Exterior& exterior, ByteWriter& out) {
    out.u32(exterior.routerId);
    out.u32(exterior.autonomousSystem);
    out.u32(exterior.administrativeTag);
    out.u32(exterior.metric);
    out.u16(exterior.reserved);
    out.u8(static_cast<std::uint8_t>(exterior.protocol));
    out.u8(exterior.flags);
}

Exterior decodeExterior(ByteReader& in) {
    Exterior exterior;
    exterior.routerId = in.u32();
    exterior.autonomousSystem = in.u32();
    exterior.administrativeTag = in.u32();
    exterior.metric = in.u32();
    exterior.reserved = in.u16();
    exterior.protocol = static_cast<ExternalProtocol>(in.u8());
    exterior.flags = in.u8();
    return exterior;
}

IpAddress decodeNextHop(Family family, ByteReader& in) {
    const ByteView bytes = in.take(addressBits(family) / 8U);
    return in.ranOut() ? IpAddress::any(family) : IpAddress::fromBytes(bytes);
}

Result<void> decodeDestinations(Route& route, ByteReader& in) {
    while (in.left() > 0) {
        const std::uint8_t length = in.u8();
        if (length > addressBits(route.family)) {
            return failure(fmt::format("a destination of {} bits is longer than an address", length));
        }
        if (length == 0 && in.left() == 0) {
            route.hasBareDefault = true;
            route.destinations.push_back(Prefix::defaultRoute(route.family));
            break;
        }
        const std::size_t size = destinationBytes(route.family, length);
        if (size > in.left()) {
            return failure(
                fmt::format("a destination of {} bits needs {} bytes, {} are left", length, size, in.left()));
        }
        const ByteView bytes = in.take(size);
        std::array<std::uint8_t, 16> address{};
        std::ranges::copy(bytes, address.begin());
        const ByteView whole(address.data(), addressBits(route.family) / 8U);
        route.destinations.emplace_back(IpAddress::fromBytes(whole), length);
    }
    if (route.destinations.empty()) return failure("a route has no destination");
    return {};
}

}  // namespace

ClassicMetric ClassicMetric::from(const VectorMetric& metric) {
    ClassicMetric classic;
    classic.scaledDelay = metric.isUnreachable() ? UINT32_MAX : metric.delay.scaled();
    classic.scaledBandwidth = metric.bandwidth.scaled();
    classic.mtu = std::min(metric.mtu, kMostMtu);
    classic.hopCount = metric.hopCount;
    classic.reliability = metric.reliability;
    classic.load = metric.load;
    return classic;
}

VectorMetric ClassicMetric::vector() const {
    VectorMetric metric;
    metric.delay = Delay::fromScaled(scaledDelay);
    metric.bandwidth = PathBandwidth::fromScaled(scaledBandwidth);
    metric.mtu = mtu;
    metric.hopCount = hopCount;
    metric.reliability = reliability;
    metric.load = load;
    return metric;
}

WideMetric WideMetric::from(const VectorMetric& metric) {
    WideMetric wide;
    const bool isUnreachable = metric.isUnreachable();
    wide.delay = isUnreachable ? Delay::kWideUnreachable : metric.delay.count();
    wide.bandwidth = metric.bandwidth.isNone() ? Delay::kWideUnreachable : metric.bandwidth.count();
    wide.mtu = std::min(metric.mtu, kMostMtu);
    wide.hopCount = metric.hopCount;
    wide.reliability = metric.reliability;
    wide.load = metric.load;
    wide.extendedAttributes = metric.extendedAttributes;
    return wide;
}

VectorMetric WideMetric::vector() const {
    VectorMetric metric;
    metric.delay = Delay::picoseconds(delay);
    metric.bandwidth = bandwidth == Delay::kWideUnreachable ? PathBandwidth::none()
                                                            : PathBandwidth::kilobitsPerSecond(bandwidth);
    metric.mtu = mtu;
    metric.hopCount = hopCount;
    metric.reliability = reliability;
    metric.load = load;
    metric.extendedAttributes = extendedAttributes;
    return metric;
}

VectorMetric Route::vector() const {
    return std::visit([](const auto& m) { return m.vector(); }, metric);
}

TlvType Route::type() const {
    if (isWide()) return isExternal() ? TlvType::WideExternal : TlvType::WideInternal;
    if (family == Family::IPv4) return isExternal() ? TlvType::External4 : TlvType::Internal4;
    return isExternal() ? TlvType::External6 : TlvType::Internal6;
}

std::size_t valueSize(const Route& route) {
    std::size_t size = addressBits(route.family) / 8U;
    if (route.exterior) size += kExteriorSize;
    if (const auto* wide = std::get_if<WideMetric>(&route.metric)) {
        size += kWideHeaderSize + kWideMetricSize + wide->extendedAttributes->size();
    } else {
        size += kClassicMetricSize;
    }
    for (const Prefix& destination : route.destinations)
        size += 1 + destinationBytes(route.family, destination.length());
    return route.hasBareDefault ? size - 1 : size;
}

void encodeValue(const Route& route, ByteWriter& out) {
    const auto* wide = std::get_if<WideMetric>(&route.metric);
    PEERSCAPE_CHECK(route.isWide() == (wide != nullptr) && route.nextHop.family() == route.family);
    if (wide != nullptr) {
        out.u16(route.wide->topology);
        out.u16(route.family == Family::IPv4 ? kAfi4 : kAfi6);
        out.u32(route.wide->routerId);
        encodeMetric(*wide, out);
    }
    out.append(route.nextHop.bytes());
    if (route.exterior) encodeExterior(*route.exterior, out);
    if (wide == nullptr) encodeMetric(std::get<ClassicMetric>(route.metric), out);
    for (const Prefix& destination : route.destinations) {
        PEERSCAPE_CHECK(destination.family() == route.family);
        out.u8(destination.length());
        const bool isBare = route.hasBareDefault && &destination == &route.destinations.back();
        if (isBare) break;
        const std::size_t size = destinationBytes(route.family, destination.length());
        out.append(destination.address().bytes().first(size));
    }
}

Result<Tlv> decodeRoute(TlvType type, ByteView value) {
    ByteReader in(value);
    Route route;
    const bool isWide = type == TlvType::WideInternal || type == TlvType::WideExternal;
    const bool isExternal =
        type == TlvType::External4 || type == TlvType::External6 || type == TlvType::WideExternal;
    if (type == TlvType::Internal6 || type == TlvType::External6) route.family = Family::IPv6;
    if (isWide) {
        WideHeader& header = route.wide.emplace();
        header.topology = in.u16();
        const std::uint16_t afi = in.u16();
        // Services and whatever else there may be are skipped, as TLVs that are not understood.
        if (!in.ranOut() && afi != kAfi4 && afi != kAfi6) {
            return OtherTlv{static_cast<std::uint16_t>(type), {value.begin(), value.end()}};
        }
        route.family = afi == kAfi6 ? Family::IPv6 : Family::IPv4;
        header.routerId = in.u32();
        route.metric = decodeWideMetric(in);
    }
    route.nextHop = decodeNextHop(route.family, in);
    if (isExternal) route.exterior = decodeExterior(in);
    if (!isWide) route.metric = decodeClassicMetric(in);
    if (in.ranOut())
        return failure(fmt::format("{} bytes are too few for a route", value.size() + kTlvHeaderSize));
    if (auto read = decodeDestinations(route, in); !read) return std::unexpected(read.error());
    return route;
}

}  // namespace peerscape::eigrp
