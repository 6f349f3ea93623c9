#include "protocols/bgp/capability_codec.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/bgp/nlri_codec.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint16_t kRestarted = 0x8000;
constexpr std::uint16_t kSignalsNotification = 0x4000;
constexpr std::uint16_t kLongestRestart = 0x0fff;
constexpr std::uint8_t kForwardingPreserved = 0x80;
constexpr std::size_t kLongestNames = 253;  // both together, with a length in front of each, in 255 octets

class CapabilityList {
  public:
    template <typename Write>
    void add(CapabilityCode code, Write&& write) {
        ByteWriter out;
        write(out);
        all_.push_back({static_cast<std::uint8_t>(code), out.take()});
    }
    void addFlag(CapabilityCode code, bool isSet) {
        if (isSet) all_.push_back({static_cast<std::uint8_t>(code), {}});
    }
    void addFamilies(const Capabilities& capabilities);
    void addGracefulRestart(const GracefulRestartCapability& restart);
    void addRest(const Capabilities& capabilities);
    std::vector<RawCapability> take() { return std::move(all_); }

  private:
    std::vector<RawCapability> all_;
};

void addFamily(Family family, ByteWriter& out) {
    out.u16(afiOf(family));
    out.u8(kUnicast);
}

void addName(std::string_view part, ByteWriter& out) {
    out.u8(static_cast<std::uint8_t>(part.size()));
    for (const char c : part)
        out.u8(static_cast<std::uint8_t>(c));
}

void CapabilityList::addFamilies(const Capabilities& capabilities) {
    for (const Family family : capabilities.families) {
        add(CapabilityCode::Multiprotocol, [&](auto& out) {
            out.u16(afiOf(family));
            out.u8(0);
            out.u8(kUnicast);
        });
    }
    if (!capabilities.hasExtendedNextHop) return;
    add(CapabilityCode::ExtendedNextHop, [](auto& out) {
        out.u16(afiOf(Family::IPv4));
        out.u16(kUnicast);
        out.u16(afiOf(Family::IPv6));
    });
}

void CapabilityList::addGracefulRestart(const GracefulRestartCapability& restart) {
    add(CapabilityCode::GracefulRestart, [&](auto& out) {
        out.u16(static_cast<std::uint16_t>((restart.hasRestarted ? kRestarted : 0) |
                                           (restart.signalsNotification ? kSignalsNotification : 0) |
                                           (restart.restartTime & kLongestRestart)));
        for (const GracefulFamily& family : restart.families) {
            addFamily(family.family, out);
            out.u8(family.isForwardingPreserved ? kForwardingPreserved : 0);
        }
    });
}

void CapabilityList::addRest(const Capabilities& capabilities) {
    if (!capabilities.hostname.empty() || !capabilities.domain.empty()) {
        const auto hostname = std::string_view(capabilities.hostname).substr(0, kLongestNames);
        const auto domain = std::string_view(capabilities.domain).substr(0, kLongestNames - hostname.size());
        add(CapabilityCode::Fqdn, [&](auto& out) {
            addName(hostname, out);
            addName(domain, out);
        });
    }
    if (capabilities.gracefulRestart) addGracefulRestart(*capabilities.gracefulRestart);
    if (!capabilities.longLived.empty()) {
        add(CapabilityCode::LongLivedGracefulRestart, [&](auto& out) {
            for (const LongLivedFamily& family : capabilities.longLived) {
                addFamily(family.family, out);
                out.u8(family.isForwardingPreserved ? kForwardingPreserved : 0);
                out.u8(static_cast<std::uint8_t>(family.staleTime >> 16));
                out.u16(static_cast<std::uint16_t>(family.staleTime));
            }
        });
    }
    for (const Capabilities::Unknown& unknown : capabilities.unknown)
        all_.push_back({unknown.code, unknown.value});
}

MessageFailure capabilityFailure(std::uint8_t subcode, std::string sentence, Bytes data = {}) {
    return {{ErrorCode::OpenMessage, subcode, std::move(data)}, std::move(sentence)};
}

/// Reads capabilities into a value, one after the other.
class CapabilityReader {
  public:
    explicit CapabilityReader(Capabilities& into) : into_(into) {}

    std::optional<MessageFailure> read(const RawCapability& capability);

  private:
    bool readKnown(const RawCapability& capability);
    bool readMultiprotocol(const RawCapability& capability);
    bool readExtendedNextHop(const RawCapability& capability);
    bool readRole(const RawCapability& capability);
    bool readGracefulRestart(ByteView value);
    bool readFourOctetAs(ByteView value);
    bool readAddPath(const RawCapability& capability);
    bool readLongLived(const RawCapability& capability);
    bool readFqdn(ByteView value);
    /// Octets behind a capability that has none do not matter, as in FRR.
    bool readFlag(bool& flag) {
        flag = true;
        return true;
    }
    bool keep(const RawCapability& capability) {
        into_.unknown.push_back({capability.code, capability.value});
        return true;
    }

    Capabilities& into_;
    std::optional<MessageFailure> failure_;
};

std::optional<MessageFailure> CapabilityReader::read(const RawCapability& capability) {
    const bool isWellFormed = readKnown(capability);
    if (failure_) return failure_;
    if (isWellFormed) return std::nullopt;
    return capabilityFailure(subcode::kUnspecific,
                             fmt::format("the capability {} cannot have {} octets like these",
                                         nameOfCapability(capability.code), capability.value.size()));
}

bool CapabilityReader::readKnown(const RawCapability& capability) {
    switch (static_cast<CapabilityCode>(capability.code)) {
        case CapabilityCode::Multiprotocol:
            return readMultiprotocol(capability);
        case CapabilityCode::RouteRefresh:
            return readFlag(into_.hasRouteRefresh);
        case CapabilityCode::EarlyRouteRefresh:
            return readFlag(into_.hasEarlyRouteRefresh);
        case CapabilityCode::ExtendedNextHop:
            return readExtendedNextHop(capability);
        case CapabilityCode::ExtendedMessage:
            return capability.value.empty() && readFlag(into_.hasExtendedMessage);
        case CapabilityCode::Role:
            return readRole(capability);
        case CapabilityCode::GracefulRestart:
            return readGracefulRestart(capability.value);
        case CapabilityCode::FourOctetAs:
            return readFourOctetAs(capability.value);
        case CapabilityCode::AddPath:
            return readAddPath(capability);
        case CapabilityCode::EnhancedRouteRefresh:
            return readFlag(into_.hasEnhancedRouteRefresh);
        case CapabilityCode::LongLivedGracefulRestart:
            return readLongLived(capability);
        case CapabilityCode::Fqdn:
            return readFqdn(capability.value);
    }
    return keep(capability);
}

bool CapabilityReader::readMultiprotocol(const RawCapability& capability) {
    if (capability.value.size() != 4) return false;
    ByteReader in(capability.value);
    const std::uint16_t afi = in.u16();
    in.u8();  // reserved
    const auto family = familyOf(afi, in.u8());
    if (!family) return keep(capability);
    if (std::ranges::find(into_.families, *family) == into_.families.end()) into_.families.push_back(*family);
    return true;
}

bool CapabilityReader::readExtendedNextHop(const RawCapability& capability) {
    if (capability.value.empty() || capability.value.size() % 6 != 0) return false;
    bool isIpv4 = false;
    for (ByteReader in(capability.value); in.left() > 0;) {
        const std::uint16_t afi = in.u16();
        const std::uint16_t safi = in.u16();
        const std::uint16_t nextHopAfi = in.u16();
        if (afi == afiOf(Family::IPv4) && safi == kUnicast && nextHopAfi == afiOf(Family::IPv6))
            isIpv4 = true;
    }
    if (!isIpv4) return keep(capability);
    into_.hasExtendedNextHop = true;
    return true;
}

bool CapabilityReader::readRole(const RawCapability& capability) {
    if (capability.value.size() != 1) return false;
    const std::uint8_t number = capability.value[0];
    if (number > static_cast<std::uint8_t>(Role::Peer)) return keep(capability);
    const Role role = static_cast<Role>(number);
    // RFC 9234 section 4.2.
    if (into_.role && *into_.role != role)
        failure_ = capabilityFailure(subcode::kRoleMismatch, "the peer claims two different roles");
    into_.role = role;
    return true;
}

bool CapabilityReader::readGracefulRestart(ByteView value) {
    if (value.size() < 2 || (value.size() - 2) % 4 != 0) return false;
    ByteReader in(value);
    const std::uint16_t head = in.u16();
    GracefulRestartCapability restart;
    restart.hasRestarted = (head & kRestarted) != 0;
    restart.signalsNotification = (head & kSignalsNotification) != 0;
    restart.restartTime = head & kLongestRestart;
    while (in.left() > 0) {
        const std::uint16_t afi = in.u16();
        const auto family = familyOf(afi, in.u8());
        const bool isPreserved = (in.u8() & kForwardingPreserved) != 0;
        if (family) restart.families.push_back({*family, isPreserved});
    }
    // The last one counts (RFC 4724 section 3).
    into_.gracefulRestart = std::move(restart);
    return true;
}

bool CapabilityReader::readFourOctetAs(ByteView value) {
    if (value.size() != 4) return false;
    const std::uint32_t number = ByteReader(value).u32();
    // RFC 7607 section 2; AS_TRANS belongs to nobody (RFC 6793 section 9).
    if (number == 0 || number == kAsTrans)
        failure_ = capabilityFailure(subcode::kBadPeerAs, fmt::format("nobody can be AS {}", number));
    into_.fourOctetAs = Asn::number(number);
    return true;
}

bool CapabilityReader::readAddPath(const RawCapability& capability) {
    if (capability.value.empty() || capability.value.size() % 4 != 0) return false;
    std::vector<std::pair<Family, AddPathMode>> families;
    for (ByteReader in(capability.value); in.left() > 0;) {
        const std::uint16_t afi = in.u16();
        const auto family = familyOf(afi, in.u8());
        const std::uint8_t mode = in.u8();
        // RFC 7911 section 4: then the capability counts as not understood.
        if (mode < 1 || mode > 3) return keep(capability);
        if (family) families.emplace_back(*family, static_cast<AddPathMode>(mode));
    }
    if (families.empty()) return keep(capability);
    into_.addPath = std::move(families);
    return true;
}

bool CapabilityReader::readLongLived(const RawCapability& capability) {
    if (capability.value.size() % 7 != 0) return keep(capability);
    into_.longLived.clear();
    for (ByteReader in(capability.value); in.left() > 0;) {
        const std::uint16_t afi = in.u16();
        const auto family = familyOf(afi, in.u8());
        const bool isPreserved = (in.u8() & kForwardingPreserved) != 0;
        const std::uint32_t high = in.u8();
        const std::uint32_t staleTime = high << 16 | in.u16();
        if (family) into_.longLived.push_back({*family, isPreserved, staleTime});
    }
    return true;
}

bool CapabilityReader::readFqdn(ByteView value) {
    ByteReader in(value);
    const ByteView hostname = in.take(in.u8());
    const ByteView domain = in.take(in.u8());
    if (in.ranOut()) return false;
    into_.hostname.assign(hostname.begin(), hostname.end());
    into_.domain.assign(domain.begin(), domain.end());
    return true;
}

}  // namespace

bool Capabilities::offers(Family family) const {
    const auto isMultiprotocol = [](const Unknown& capability) {
        return capability.code == static_cast<std::uint8_t>(CapabilityCode::Multiprotocol);
    };
    if (families.empty() && std::ranges::none_of(unknown, isMultiprotocol)) return family == Family::IPv4;
    return std::ranges::find(families, family) != families.end();
}

std::string nameOfCapability(std::uint8_t code) {
    constexpr std::array<std::pair<CapabilityCode, const char*>, 12> kNames{{
        {CapabilityCode::Multiprotocol, "multiprotocol"},
        {CapabilityCode::RouteRefresh, "route refresh"},
        {CapabilityCode::ExtendedNextHop, "extended next hop"},
        {CapabilityCode::ExtendedMessage, "extended message"},
        {CapabilityCode::Role, "role"},
        {CapabilityCode::GracefulRestart, "graceful restart"},
        {CapabilityCode::FourOctetAs, "four-octet AS"},
        {CapabilityCode::AddPath, "ADD-PATH"},
        {CapabilityCode::EnhancedRouteRefresh, "enhanced route refresh"},
        {CapabilityCode::LongLivedGracefulRestart, "long-lived graceful restart"},
        {CapabilityCode::Fqdn, "FQDN"},
        {CapabilityCode::EarlyRouteRefresh, "early route refresh"},
    }};
    for (const auto& [known, name] : kNames) {
        if (static_cast<std::uint8_t>(known) == code) return name;
    }
    return fmt::format("{}", code);
}

std::optional<MessageFailure> readCapabilities(const std::vector<RawCapability>& raw, Capabilities& into) {
    CapabilityReader reader(into);
    for (const RawCapability& capability : raw) {
        if (auto failure = reader.read(capability)) return failure;
    }
    return std::nullopt;
}

std::vector<RawCapability> capabilitiesOf(const Capabilities& capabilities) {
    CapabilityList list;
    list.addFamilies(capabilities);
    list.addFlag(CapabilityCode::EarlyRouteRefresh, capabilities.hasEarlyRouteRefresh);
    list.addFlag(CapabilityCode::RouteRefresh, capabilities.hasRouteRefresh);
    list.addFlag(CapabilityCode::EnhancedRouteRefresh, capabilities.hasEnhancedRouteRefresh);
    if (capabilities.fourOctetAs) {
        list.add(CapabilityCode::FourOctetAs, [&](auto& out) { out.u32(capabilities.fourOctetAs->value()); });
    }
    list.addFlag(CapabilityCode::ExtendedMessage, capabilities.hasExtendedMessage);
    if (capabilities.role) {
        list.add(CapabilityCode::Role,
                 [&](auto& out) { out.u8(static_cast<std::uint8_t>(*capabilities.role)); });
    }
    if (!capabilities.addPath.empty()) {
        list.add(CapabilityCode::AddPath, [&](auto& out) {
            for (const auto& [family, mode] : capabilities.addPath) {
                addFamily(family, out);
                out.u8(static_cast<std::uint8_t>(mode));
            }
        });
    }
    list.addRest(capabilities);
    return list.take();
}

}  // namespace peerscape::bgp
