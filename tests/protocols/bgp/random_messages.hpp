#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/random.hpp"
#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp::test {

/// Random messages as speakers may send them: whatever comes out must survive the wire.
class RandomMessages {
  public:
    explicit RandomMessages(std::uint64_t seed) : random_(seed, "bgp", "messages") {}

    WireOptions options() {
        WireOptions options;
        options.peer = flip() ? PeerKind::Internal : PeerKind::External;
        options.hasFourOctetAs = below(3) != 0;
        options.hasExtendedMessage = flip();
        options.hasExtendedNextHop = flip();
        options.hasEnhancedRouteRefresh = flip();
        options.isAigpSession = true;
        for (const Family family : {Family::IPv4, Family::IPv6})
            options.sendsPathIds[family] = options.receivesPathIds[family] = flip();
        return options;
    }
    UpdateMessage update(const WireOptions& options, std::size_t most) {
        UpdateMessage update;
        const bool isIpv4 = flip();
        if (isIpv4 || flip()) {
            auto prefixes = some(Family::IPv4, options, most);
            if (!prefixes.empty()) update.withdrawn.push_back({Family::IPv4, false, std::move(prefixes)});
        }
        if (flip()) update.withdrawn.push_back({Family::IPv6, true, some(Family::IPv6, options, most)});
        if (isIpv4) {
            auto prefixes = some(Family::IPv4, options, most);
            prefixes.push_back(nlri(Family::IPv4, options));
            update.announced.push_back(
                {Family::IPv4, false, {IpAddress::v4(0x0a000000U + number()), std::nullopt}, prefixes});
        }
        if (flip()) update.announced.push_back(reachable(options, most));
        if (!update.announced.empty()) update.attributes = attributes(options);
        return update;
    }
    OpenMessage open() {
        OpenMessage open;
        open.identifier = RouterId(number() + 1);
        open.holdTime = static_cast<std::uint16_t>(flip() ? 0 : 3 + below(60000));
        open.capabilities = capabilities();
        const auto& large = open.capabilities.fourOctetAs;
        open.myAs = static_cast<std::uint16_t>(!large                    ? 1 + below(20000)
                                               : large->value() > 0xffff ? kAsTrans
                                                                         : large->value());
        return open;
    }
    bool flip() { return below(2) == 0; }
    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

  private:
    std::uint32_t number() { return static_cast<std::uint32_t>(below(1U << 20)); }
    std::uint32_t as() {
        return static_cast<std::uint32_t>(flip() ? 1 + below(20000) : 100000 + below(900000));
    }
    Bytes bytes(std::size_t most) {
        Bytes bytes(below(most + 1));
        for (auto& byte : bytes)
            byte = static_cast<std::uint8_t>(below(256));
        return bytes;
    }

    Nlri nlri(Family family, const WireOptions& options) {
        const std::uint32_t pathId = options.sendsPathIds[family] ? number() : 0;
        if (family == Family::IPv4) {
            const auto address = IpAddress::v4(static_cast<std::uint32_t>(below(0xe0000000)));
            return {Prefix(address, static_cast<std::uint8_t>(below(33))), pathId};
        }
        const auto address = IpAddress::v6(0x2000000000000000 + below(1ULL << 60), random_.next());
        return {Prefix(address, static_cast<std::uint8_t>(below(129))), pathId};
    }
    NlriList some(Family family, const WireOptions& options, std::size_t most) {
        NlriList prefixes;
        for (auto count = below(most + 1); count > 0; --count)
            prefixes.push_back(nlri(family, options));
        return prefixes;
    }
    UpdateMessage::Reachable reachable(const WireOptions& options, std::size_t most) {
        UpdateMessage::Reachable reachable;
        reachable.isMultiprotocol = true;
        reachable.family = options.hasExtendedNextHop && flip() ? Family::IPv4 : Family::IPv6;
        reachable.nextHop.address = IpAddress::v6(0x2001000000000000, below(1U << 30));
        if (flip()) reachable.nextHop.linkLocal = IpAddress::v6(0xfe80000000000000, below(1U << 30));
        reachable.prefixes = some(reachable.family, options, most);
        reachable.prefixes.push_back(nlri(reachable.family, options));
        return reachable;
    }
    /// Old speakers lose what is in sets, and the numbers in confederations: not part of these paths.
    AsPath path(const WireOptions& options) {
        AsPath path;
        if (options.hasFourOctetAs && options.peer == PeerKind::Internal && flip())
            path.append({SegmentType::ConfedSequence, {as(), as()}});
        std::vector<std::uint32_t> numbers;
        for (auto count = below(6); count > 0; --count)
            numbers.push_back(as());
        if (!numbers.empty()) path.append({SegmentType::Sequence, numbers});
        if (options.hasFourOctetAs && flip()) path.append({SegmentType::Set, {as(), as(), as()}});
        return path;
    }
    template <typename T, typename Make>
    std::vector<T> ascending(Make&& make) {
        std::vector<T> values;
        for (auto count = below(4); count > 0; --count)
            values.push_back(make());
        std::ranges::sort(values);
        values.erase(std::ranges::unique(values).begin(), values.end());
        return values;
    }
    PathAttributes attributes(const WireOptions& options) {
        PathAttributes attributes;
        attributes.origin = static_cast<Origin>(below(3));
        attributes.asPath = path(options);
        attributes.hasAtomicAggregate = flip();
        if (flip()) attributes.med = number();
        if (options.peer == PeerKind::Internal) attributes.localPreference = number();
        const auto communities = ascending<Community>([&] { return number(); });
        attributes.communities = CommunityValues(communities.begin(), communities.end());
        if (flip()) attributes.rare = rare(options);
        return attributes;
    }
    RareAttributes rare(const WireOptions& options) {
        RareAttributes rare;
        if (flip()) rare.aggregator = Aggregator{Asn::number(as()), RouterId(number())};
        rare.extendedCommunities = ascending<ExtendedCommunity>([&] { return random_.next(); });
        rare.largeCommunities = ascending<LargeCommunity>([&] { return LargeCommunity{as(), number(), 1}; });
        if (options.peer == PeerKind::Internal && flip()) {
            rare.originatorId = RouterId(number());
            rare.clusterList = {RouterId(number()), RouterId(number())};
        }
        if (flip()) rare.aigp = random_.next();
        if (flip()) rare.onlyToCustomer = Asn::number(as());
        if (flip()) rare.unknown.push_back({0xe0, 201, bytes(300)});
        return rare;
    }
    Capabilities capabilities() {
        Capabilities all;
        if (flip()) all.families.push_back(Family::IPv6);
        if (flip()) all.families.push_back(Family::IPv4);
        all.hasRouteRefresh = flip();
        all.hasEarlyRouteRefresh = flip();
        all.hasEnhancedRouteRefresh = flip();
        all.hasExtendedMessage = flip();
        all.hasExtendedNextHop = flip();
        if (flip()) all.fourOctetAs = Asn::number(as());
        if (flip()) all.addPath.emplace_back(Family::IPv6, static_cast<AddPathMode>(1 + below(3)));
        if (flip()) {
            all.gracefulRestart = GracefulRestartCapability{
                flip(), flip(), static_cast<std::uint16_t>(below(4096)), {{Family::IPv4, flip()}}};
        }
        if (flip())
            all.longLived.push_back({Family::IPv6, flip(), static_cast<std::uint32_t>(below(1U << 24))});
        if (flip()) all.role = static_cast<Role>(below(5));
        if (flip()) all.hostname = "r" + std::to_string(below(100));
        if (flip()) all.unknown.push_back({static_cast<std::uint8_t>(200 + below(50)), bytes(200)});
        return all;
    }

    RandomStream random_;
};

}  // namespace peerscape::bgp::test
