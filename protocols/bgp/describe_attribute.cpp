#include "protocols/bgp/describe_attribute.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/bgp/as_path_codec.hpp"
#include "protocols/bgp/attribute_codec.hpp"
#include "protocols/bgp/capability_codec.hpp"
#include "protocols/bgp/describe.hpp"
#include "protocols/bgp/nlri_codec.hpp"

namespace peerscape::bgp {
namespace {

using Text = std::optional<std::string>;

std::string unicast(Family family) { return fmt::format("{} unicast", nameOf(family)); }
std::string numbered(std::uint16_t afi, std::uint8_t safi) {
    const auto family = familyOf(afi, safi);
    return family ? unicast(*family) : fmt::format("AFI {} SAFI {}", afi, safi);
}

/// Each entry of a list in words; none, when the list is no multiple of an entry's octets.
template <typename Entry>
Text list(ByteView value, std::size_t unit, Entry&& entry) {
    if (value.empty() || value.size() % unit != 0) return std::nullopt;
    std::vector<std::string> entries;
    for (ByteReader in(value); in.left() > 0;)
        entries.push_back(entry(in));
    return fmt::format("{}", fmt::join(entries, " "));
}

template <typename One>
Text number(ByteView value, One&& one) {
    if (value.size() != 4) return std::nullopt;
    return one(ByteReader(value).u32());
}

std::string dotted(std::uint32_t number) { return toString(IpAddress::v4(number)); }
std::string plain(std::uint32_t number) { return fmt::format("{}", number); }

std::string communityOf(ByteReader& in) { return community::text(in.u32()); }
std::string clusterOf(ByteReader& in) { return dotted(in.u32()); }
std::string largeCommunityOf(ByteReader& in) {
    const std::uint32_t global = in.u32();
    const std::uint32_t first = in.u32();
    return fmt::format("{}:{}:{}", global, first, in.u32());
}
/// Route targets and origins in words (RFC 4360 sections 4 and 5, RFC 5668), others as a number.
std::string extendedCommunityOf(ByteReader& in) {
    const std::uint64_t all = in.u64();
    const auto kind = static_cast<std::uint8_t>(all >> 56 & 0xbf);
    const auto subtype = static_cast<std::uint8_t>(all >> 48);
    const auto low = static_cast<std::uint32_t>(all);
    if (kind > 2 || (subtype != 2 && subtype != 3)) return fmt::format("{:#018x}", all);
    const std::string_view name = subtype == 2 ? "RT" : "SoO";
    if (kind == 0) return fmt::format("{}:{}:{}", name, all >> 32 & 0xffff, low);
    const auto global = static_cast<std::uint32_t>(all >> 16);
    return fmt::format("{}:{}:{}", name, kind == 1 ? dotted(global) : plain(global), low & 0xffff);
}

Text originText(ByteView value) {
    if (value.size() != 1 || value[0] > 2) return std::nullopt;
    return std::string(value[0] == 0 ? "IGP" : value[0] == 1 ? "EGP" : "INCOMPLETE");
}

Text pathText(ByteView value, NumberSize size) {
    const auto path = decodeAsPath(value, size);
    if (!path) return std::nullopt;
    return path->isEmpty() ? "empty" : path->text();
}

Text aggregatorText(ByteView value, bool hasFourOctets) {
    if (value.size() != (hasFourOctets ? 8U : 6U)) return std::nullopt;
    ByteReader in(value);
    const std::uint32_t as = hasFourOctets ? in.u32() : in.u16();
    return fmt::format("AS {}, {}", as, dotted(in.u32()));
}

Text aigpText(ByteView value) {
    ByteReader in(value);
    if (value.size() != 11 || in.u8() != 1 || in.u16() != 11) return std::nullopt;
    return fmt::format("{}", in.u64());
}

Text prefixesText(ByteView value, Family family, const WireOptions& options) {
    const bool hasPathIds = options.receivesPathIds[family];
    const DecodedPrefixes decoded = decodePrefixes(value, family, hasPathIds);
    if (decoded.problem) return std::nullopt;
    if (decoded.prefixes.empty()) return "no prefixes";
    return prefixList(decoded.prefixes, hasPathIds);
}

std::string nextHopText(ByteView value) {
    if (value.size() == 4 || value.size() == 16) return toString(IpAddress::fromBytes(value));
    if (value.size() != 32) return toHex(value);
    return toString(IpAddress::fromBytes(value.first(16))) + ", " +
           toString(IpAddress::fromBytes(value.subspan(16)));
}

Text reachableText(ByteView value, const WireOptions& options) {
    ByteReader in(value);
    const std::uint16_t afi = in.u16();
    const std::uint8_t safi = in.u8();
    const ByteView nextHop = in.take(in.u8());
    in.u8();
    if (in.ranOut()) return std::nullopt;
    const std::string head = fmt::format("{}, next hop {}", numbered(afi, safi), nextHopText(nextHop));
    const auto family = familyOf(afi, safi);
    if (!family) return head;
    const Text prefixes = prefixesText(in.take(in.left()), *family, options);
    return prefixes ? Text(head + ": " + *prefixes) : std::nullopt;
}

Text unreachableText(ByteView value, const WireOptions& options) {
    ByteReader in(value);
    const std::uint16_t afi = in.u16();
    const std::uint8_t safi = in.u8();
    if (in.ranOut()) return std::nullopt;
    const auto family = familyOf(afi, safi);
    if (!family) return numbered(afi, safi);
    const Text prefixes = prefixesText(in.take(in.left()), *family, options);
    return prefixes ? Text(unicast(*family) + ": " + *prefixes) : std::nullopt;
}

Text attributeText(AttributeType type, ByteView value, const WireOptions& options) {
    switch (type) {
        case AttributeType::Origin:
            return originText(value);
        case AttributeType::AsPath:
            return pathText(value, options.hasFourOctetAs ? NumberSize::Four : NumberSize::Two);
        case AttributeType::NextHop:
        case AttributeType::OriginatorId:
            return number(value, dotted);
        case AttributeType::MultiExitDisc:
        case AttributeType::LocalPref:
        case AttributeType::OnlyToCustomer:
            return number(value, plain);
        case AttributeType::AtomicAggregate:
            return value.empty() ? Text("set") : std::nullopt;
        case AttributeType::Aggregator:
            return aggregatorText(value, options.hasFourOctetAs);
        case AttributeType::Communities:
            return list(value, 4, communityOf);
        case AttributeType::ClusterList:
            return list(value, 4, clusterOf);
        case AttributeType::MpReachNlri:
            return reachableText(value, options);
        case AttributeType::MpUnreachNlri:
            return unreachableText(value, options);
        case AttributeType::ExtendedCommunities:
            return list(value, 8, extendedCommunityOf);
        case AttributeType::As4Path:
            return pathText(value, NumberSize::Four);
        case AttributeType::As4Aggregator:
            return aggregatorText(value, true);
        case AttributeType::Aigp:
            return aigpText(value);
        case AttributeType::LargeCommunities:
            return list(value, 12, largeCommunityOf);
        case AttributeType::Ipv6ExtendedCommunities:
            break;
    }
    return std::nullopt;
}

std::string addPathText(const Capabilities& capabilities) {
    std::vector<std::string> all;
    for (const auto& [family, mode] : capabilities.addPath) {
        const std::string_view words = mode == AddPathMode::Both   ? "sends and receives"
                                       : mode == AddPathMode::Send ? "sends"
                                                                   : "receives";
        all.push_back(fmt::format("{} {}", unicast(family), words));
    }
    return fmt::format("{}", fmt::join(all, ", "));
}

std::string gracefulText(const GracefulRestartCapability& restart) {
    std::string text = fmt::format("{} s", restart.restartTime);
    if (restart.hasRestarted) text += ", has restarted";
    if (restart.signalsNotification) text += ", keeps routes after a NOTIFICATION";
    for (const GracefulFamily& family : restart.families) {
        text += ", " + unicast(family.family);
        if (family.isForwardingPreserved) text += " still forwarded";
    }
    return text;
}

std::string longLivedText(const Capabilities& capabilities) {
    std::vector<std::string> all;
    for (const LongLivedFamily& family : capabilities.longLived) {
        all.push_back(fmt::format("{} {} s{}", unicast(family.family), family.staleTime,
                                  family.isForwardingPreserved ? " still forwarded" : ""));
    }
    return fmt::format("{}", fmt::join(all, ", "));
}

/// What one capability alone says.
std::string capabilityText(const Capabilities& one, const Bytes& value) {
    if (!one.unknown.empty()) return value.empty() ? "set" : toHex(value);
    if (!one.families.empty()) return unicast(one.families.front());
    if (one.fourOctetAs) return toString(*one.fourOctetAs);
    if (one.role) return std::string(toString(*one.role));
    if (!one.addPath.empty()) return addPathText(one);
    if (one.gracefulRestart) return gracefulText(*one.gracefulRestart);
    if (!one.longLived.empty()) return longLivedText(one);
    if (one.hasExtendedNextHop) return "IPv4 unicast over IPv6";
    if (!one.hostname.empty() && !one.domain.empty()) return one.hostname + "." + one.domain;
    if (!one.hostname.empty() || !one.domain.empty()) return one.hostname + one.domain;
    return value.empty() ? "set" : toHex(value);
}

}  // namespace

std::string prefixList(const NlriList& prefixes, bool hasPathIds) {
    std::vector<std::string> all;
    for (const Nlri& nlri : prefixes) {
        all.push_back(hasPathIds ? fmt::format("{} (path {})", toString(nlri.prefix), nlri.pathId)
                                 : toString(nlri.prefix));
    }
    return fmt::format("{}", fmt::join(all, ", "));
}

std::string flagsInWords(std::uint8_t flags) {
    std::string text = (flags & attribute_flag::kOptional) != 0 ? "optional" : "well-known";
    text += (flags & attribute_flag::kTransitive) != 0 ? ", transitive" : ", non-transitive";
    if ((flags & attribute_flag::kPartial) != 0) text += ", partial";
    if ((flags & attribute_flag::kExtendedLength) != 0) text += ", extended length";
    return text;
}

std::string attributeInWords(std::uint8_t type, ByteView value, const WireOptions& options) {
    const Text text = attributeText(static_cast<AttributeType>(type), value, options);
    return text ? *text : toHex(value);
}

std::string capabilityInWords(std::uint8_t code, const Bytes& value) {
    Capabilities one;
    if (readCapabilities({{code, value}}, one)) return toHex(value);
    return capabilityText(one, value);
}

}  // namespace peerscape::bgp
