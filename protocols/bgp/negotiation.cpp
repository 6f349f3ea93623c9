#include "protocols/bgp/negotiation.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/as_numbers.hpp"

namespace peerscape::bgp {
namespace {

OpenRefusal refusal(subcode::Open subcode, std::string why, Bytes data = {}) {
    return {{ErrorCode::OpenMessage, subcode, std::move(data)}, std::move(why)};
}

Bytes twoOctets(std::uint16_t number) {
    ByteWriter writer;
    writer.u16(number);
    return writer.take();
}

bool has(const std::vector<Family>& families, Family family) {
    return std::ranges::find(families, family) != families.end();
}

/// The families that an OPEN without the multiprotocol capability means (RFC 4760 section 8).
bool saysFamilies(const Capabilities& capabilities) {
    constexpr std::uint8_t kMultiprotocol = 1;
    return !capabilities.families.empty() || std::ranges::any_of(capabilities.unknown, [](const auto& one) {
        return one.code == kMultiprotocol;
    });
}

std::optional<OpenRefusal> checkAs(const SessionSettings& settings, const OpenMessage& open) {
    const Asn said = open.number();
    const auto refuse = [&](std::string why) {
        return refusal(subcode::kBadPeerAs, std::move(why), twoOctets(open.myAs));
    };
    // RFC 7607 section 2. AS_TRANS is never anybody's own number (RFC 6793 section 9).
    if (said.value() == 0 || open.myAs == 0) return refuse("the peer says AS 0");
    if (open.capabilities.fourOctetAs == Asn::number(kAsTrans))
        return refuse("the peer says AS 23456, which is nobody's");
    const std::string says = fmt::format("the peer says AS {}", said.value());
    switch (settings.remoteAs.kind) {
        case RemoteAs::Kind::Number:
            if (said == settings.remoteAs.number) return std::nullopt;
            return refuse(fmt::format("{}, {} was expected", says, settings.remoteAs.number.value()));
        case RemoteAs::Kind::External:
            if (said != settings.localAs) return std::nullopt;
            return refuse(fmt::format("{}, which is our own: an external one was expected", says));
        case RemoteAs::Kind::Internal:
            if (said == settings.localAs) return std::nullopt;
            return refuse(fmt::format("{}, our own {} was expected", says, settings.localAs.value()));
    }
    return std::nullopt;
}

std::optional<OpenRefusal> checkIdentifier(const SessionSettings& settings, const OpenMessage& open) {
    const auto refuse = [&](std::string why) {
        ByteWriter data;
        data.u32(open.identifier.number());
        return refusal(subcode::kBadBgpIdentifier, std::move(why), data.take());
    };
    // RFC 6286 section 2.2: any number but 0; inside an AS no two speakers have the same.
    if (open.identifier.isZero()) return refuse("the peer says identifier 0.0.0.0");
    if (open.identifier == settings.identifier && open.number() == settings.localAs)
        return refuse(fmt::format("the peer says identifier {}, which is our own",
                                  toString(open.identifier.address())));
    return std::nullopt;
}

std::optional<OpenRefusal> checkHoldTime(const SessionSettings& settings, const OpenMessage& open) {
    // A speaker may have a reason of its own to refuse (RFC 4271 section 6.2); 0 turns the timers off.
    if (open.holdTime >= 3 && open.holdTime < settings.minimumHoldTime)
        return refusal(subcode::kUnacceptableHoldTime,
                       fmt::format("the peer says a hold time of {} s, bgp minimum-holdtime is {}",
                                   open.holdTime, settings.minimumHoldTime),
                       twoOctets(open.holdTime));
    if (open.holdTime == 0 || open.holdTime >= 3) return std::nullopt;
    return refusal(
        subcode::kUnacceptableHoldTime,
        fmt::format("the peer says a hold time of {} s, it must be 0 or at least 3", open.holdTime),
        twoOctets(open.holdTime));
}

std::optional<OpenRefusal> checkRole(const SessionSettings& settings, const OpenMessage& open) {
    // RFC 9234 section 4.2; inside an AS roles mean nothing.
    const std::optional<Role>& local = settings.capabilities.role;
    if (!local || open.number() == settings.localAs) return std::nullopt;
    const std::optional<Role>& remote = open.capabilities.role;
    if (!remote) {
        if (!settings.hasStrictRole) return std::nullopt;
        return refusal(subcode::kRoleMismatch,
                       fmt::format("the peer says no role, we are {} and want one", name(*local)));
    }
    if (areRolesCompatible(*local, *remote)) return std::nullopt;
    return refusal(subcode::kRoleMismatch,
                   fmt::format("the peer says it is {}, but we are {}", name(*remote), name(*local)));
}

/// Multiprotocol capabilities as an OPEN has them: the data of Unsupported Capability (RFC 5492 section 5).
Bytes familyCapabilities(const std::vector<Family>& families) {
    ByteWriter data;
    for (const Family family : families) {
        data.u8(1);
        data.u8(4);
        data.u16(family == Family::IPv4 ? 1 : 2);
        data.u16(1);
    }
    return data.take();
}

/// What `strict-capability-match` wants and the peer has not said.
std::optional<OpenRefusal> checkStrictly(const SessionSettings& settings, const OpenMessage& open) {
    const Capabilities& ours = settings.capabilities;
    const Capabilities& theirs = open.capabilities;
    std::string_view missing;
    std::uint8_t code = 0;
    const auto want = [&](bool isOurs, bool isTheirs, std::uint8_t number, std::string_view what) {
        if (!isOurs || isTheirs || code != 0) return;
        code = number;
        missing = what;
    };
    for (const Family family : ours.families)
        want(true, has(theirs.families, family), 1, family == Family::IPv4 ? "IPv4 unicast" : "IPv6 unicast");
    want(ours.hasRouteRefresh, theirs.hasRouteRefresh, 2, "route refresh");
    want(ours.hasExtendedNextHop, theirs.hasExtendedNextHop, 5, "extended next hop");
    want(ours.hasExtendedMessage, theirs.hasExtendedMessage, 6, "extended messages");
    want(ours.fourOctetAs.has_value(), theirs.fourOctetAs.has_value(), 65, "AS numbers of four octets");
    want(ours.hasEnhancedRouteRefresh, theirs.hasEnhancedRouteRefresh, 70, "enhanced route refresh");
    if (code == 0) return std::nullopt;
    return refusal(subcode::kUnsupportedCapability,
                   fmt::format("the peer lacks {}, and capabilities have to match", missing),
                   code == 1 ? familyCapabilities(ours.families) : Bytes{code, 0});
}

std::string names(const std::vector<Family>& families) {
    if (families.empty()) return "none that we have";
    std::string text;
    for (const Family family : families)
        text += fmt::format("{}{}", text.empty() ? "" : " and ", family == Family::IPv4 ? "IPv4" : "IPv6");
    return text;
}

std::optional<OpenRefusal> checkFamilies(const SessionSettings& settings, const OpenMessage& open) {
    if (settings.overridesCapabilities || !saysFamilies(open.capabilities)) return std::nullopt;
    for (const Family family : settings.capabilities.families)
        if (has(open.capabilities.families, family)) return std::nullopt;
    return refusal(subcode::kUnsupportedCapability,
                   fmt::format("no address family in common: the peer says {}, we have {}",
                               names(open.capabilities.families), names(settings.capabilities.families)),
                   familyCapabilities(settings.capabilities.families));
}

PerFamily<bool> commonFamilies(const SessionSettings& settings, const Capabilities& peer) {
    PerFamily<bool> result;
    const bool takesAll = settings.overridesCapabilities;
    for (const Family family : settings.capabilities.families) {
        // Without the capability on either side only IPv4 unicast can be meant (RFC 4760 section 8).
        const bool isTheirs = saysFamilies(peer) ? has(peer.families, family) : family == Family::IPv4;
        const bool isOurs = settings.offersCapabilities || family == Family::IPv4;
        result[family] = takesAll || (isTheirs && isOurs);
    }
    return result;
}

std::optional<AddPathMode> modeFor(const Capabilities& capabilities, Family family) {
    for (const auto& [one, mode] : capabilities.addPath)
        if (one == family) return mode;
    return std::nullopt;
}

bool may(std::optional<AddPathMode> mode, AddPathMode wanted) {
    return mode && (*mode == wanted || *mode == AddPathMode::Both);
}

void agreeOnPathIds(const Capabilities& ours, const Capabilities& theirs, Negotiated& result) {
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (!result.families[family]) continue;
        const auto local = modeFor(ours, family);
        const auto remote = modeFor(theirs, family);
        result.receivesPathIds[family] = may(local, AddPathMode::Receive) && may(remote, AddPathMode::Send);
        result.sendsPathIds[family] = may(local, AddPathMode::Send) && may(remote, AddPathMode::Receive);
    }
}

void agreeOnTimers(const SessionSettings& settings, const OpenMessage& open, Negotiated& result) {
    result.holdTime = std::min(settings.holdTime, open.holdTime);
    const auto third = static_cast<std::uint16_t>(result.holdTime / 3);
    result.keepalive = settings.keepalive == 0 ? third : std::min(settings.keepalive, third);
}

}  // namespace

bool Negotiated::isGraceful(Family family) const {
    if (!helpsRestart || !peer.gracefulRestart || !families[family]) return false;
    return std::ranges::any_of(peer.gracefulRestart->families,
                               [&](const GracefulFamily& one) { return one.family == family; });
}

std::string_view name(Role role) {
    switch (role) {
        case Role::Provider:
            return "provider";
        case Role::RouteServer:
            return "rs-server";
        case Role::RouteServerClient:
            return "rs-client";
        case Role::Customer:
            return "customer";
        case Role::Peer:
            return "peer";
    }
    return "unknown";
}

bool areRolesCompatible(Role local, Role remote) {
    switch (local) {
        case Role::Provider:
            return remote == Role::Customer;
        case Role::Customer:
            return remote == Role::Provider;
        case Role::RouteServer:
            return remote == Role::RouteServerClient;
        case Role::RouteServerClient:
            return remote == Role::RouteServer;
        case Role::Peer:
            return remote == Role::Peer;
    }
    return false;
}

OpenMessage openFor(const SessionSettings& settings) {
    OpenMessage open;
    const std::uint32_t number = settings.localAs.value();
    open.myAs = static_cast<std::uint16_t>(number > 0xffff ? kAsTrans : number);
    open.holdTime = settings.holdTime;
    open.identifier = settings.identifier;
    if (settings.offersCapabilities) open.capabilities = settings.capabilities;
    return open;
}

std::expected<Negotiated, OpenRefusal> negotiate(const SessionSettings& settings, const OpenMessage& open) {
    if (open.version != 4)
        return std::unexpected(refusal(subcode::kUnsupportedVersionNumber,
                                       fmt::format("the peer says version {}, we speak 4", open.version),
                                       twoOctets(4)));
    for (auto problem : {checkAs(settings, open), checkIdentifier(settings, open),
                         checkHoldTime(settings, open), checkRole(settings, open)})
        if (problem) return std::unexpected(std::move(*problem));
    if (settings.matchesCapabilitiesStrictly)
        if (auto problem = checkStrictly(settings, open)) return std::unexpected(std::move(*problem));
    if (auto problem = checkFamilies(settings, open)) return std::unexpected(std::move(*problem));

    const Capabilities ours = settings.offersCapabilities ? settings.capabilities : Capabilities{};
    const Capabilities& theirs = open.capabilities;
    Negotiated result;
    result.remoteAs = open.number();
    result.remoteIdentifier = open.identifier;
    result.isInternal = result.remoteAs == settings.localAs;
    agreeOnTimers(settings, open, result);
    result.families = commonFamilies(settings, theirs);
    result.hasFourOctetAs = ours.fourOctetAs && theirs.fourOctetAs;
    result.hasExtendedMessage = ours.hasExtendedMessage && theirs.hasExtendedMessage;
    result.hasRouteRefresh = ours.hasRouteRefresh && theirs.hasRouteRefresh;
    result.hasEnhancedRouteRefresh =
        result.hasRouteRefresh && ours.hasEnhancedRouteRefresh && theirs.hasEnhancedRouteRefresh;
    agreeOnPathIds(ours, theirs, result);
    result.hasExtendedNextHop = result.families.ipv4 && ours.hasExtendedNextHop && theirs.hasExtendedNextHop;
    if (ours.role && theirs.role && !result.isInternal) {
        result.localRole = ours.role;
        result.remoteRole = theirs.role;
    }
    result.helpsRestart = ours.gracefulRestart.has_value();
    result.hasGracefulNotification = ours.gracefulRestart && theirs.gracefulRestart &&
                                     ours.gracefulRestart->signalsNotification &&
                                     theirs.gracefulRestart->signalsNotification;
    result.peer = theirs;
    return result;
}

}  // namespace peerscape::bgp
