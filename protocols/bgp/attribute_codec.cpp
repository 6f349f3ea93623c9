#include "protocols/bgp/attribute_codec.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/bgp/as_path_codec.hpp"
#include "protocols/bgp/nlri_codec.hpp"

namespace peerscape::bgp {
namespace {

using attribute_flag::kExtendedLength;
using attribute_flag::kOptional;
using attribute_flag::kPartial;
using attribute_flag::kTransitive;

constexpr std::uint8_t kWellKnown = kTransitive;
constexpr std::uint8_t kOptionalTransitive = kOptional | kTransitive;

constexpr std::array<AttributeRule, 19> kRules{{
    {AttributeType::Origin, "ORIGIN", kWellKnown, Reaction::TreatAsWithdraw},
    {AttributeType::AsPath, "AS_PATH", kWellKnown, Reaction::TreatAsWithdraw},
    {AttributeType::NextHop, "NEXT_HOP", kWellKnown, Reaction::TreatAsWithdraw},
    {AttributeType::MultiExitDisc, "MULTI_EXIT_DISC", kOptional, Reaction::TreatAsWithdraw},
    {AttributeType::LocalPref, "LOCAL_PREF", kWellKnown, Reaction::TreatAsWithdraw},
    {AttributeType::AtomicAggregate, "ATOMIC_AGGREGATE", kWellKnown, Reaction::AttributeDiscard},
    {AttributeType::Aggregator, "AGGREGATOR", kOptionalTransitive, Reaction::AttributeDiscard},
    {AttributeType::Communities, "COMMUNITIES", kOptionalTransitive, Reaction::TreatAsWithdraw},
    {AttributeType::OriginatorId, "ORIGINATOR_ID", kOptional, Reaction::TreatAsWithdraw},
    {AttributeType::ClusterList, "CLUSTER_LIST", kOptional, Reaction::TreatAsWithdraw},
    {AttributeType::MpReachNlri, "MP_REACH_NLRI", kOptional, Reaction::TreatAsWithdraw},
    {AttributeType::MpUnreachNlri, "MP_UNREACH_NLRI", kOptional, Reaction::TreatAsWithdraw},
    {AttributeType::ExtendedCommunities, "EXTENDED_COMMUNITIES", kOptionalTransitive,
     Reaction::TreatAsWithdraw},
    {AttributeType::As4Path, "AS4_PATH", kOptionalTransitive, Reaction::AttributeDiscard},
    {AttributeType::As4Aggregator, "AS4_AGGREGATOR", kOptionalTransitive, Reaction::AttributeDiscard},
    {AttributeType::Ipv6ExtendedCommunities, "IPV6_EXTENDED_COMMUNITIES", kOptionalTransitive,
     Reaction::TreatAsWithdraw},
    {AttributeType::Aigp, "AIGP", kOptional, Reaction::AttributeDiscard},
    {AttributeType::LargeCommunities, "LARGE_COMMUNITY", kOptionalTransitive, Reaction::TreatAsWithdraw},
    {AttributeType::OnlyToCustomer, "OTC", kOptionalTransitive, Reaction::TreatAsWithdraw},
}};

/// Gathers attributes; every type but those of AttributeType's optional ones is known by its rule's flags.
class AttributeList {
  public:
    explicit AttributeList(const WireOptions& options) : options_(options) {}

    template <typename Write>
    void add(AttributeType type, Write&& write) {
        ByteWriter out;
        write(out);
        addBytes(type, out.take());
    }
    void addBytes(AttributeType type, Bytes value) {
        // As FRR has it; its End-of-RIB marker, an MP_UNREACH_NLRI of three octets, is the exception.
        const bool isAlwaysExtended = type == AttributeType::AsPath || type == AttributeType::MpReachNlri ||
                                      (type == AttributeType::MpUnreachNlri && value.size() > 3);
        const auto number = static_cast<std::uint8_t>(type);
        addRaw(ruleOf(number)->flags, number, std::move(value), isAlwaysExtended);
    }
    void addRaw(std::uint8_t flags, std::uint8_t type, Bytes value, bool isAlwaysExtended = false) {
        if (isAlwaysExtended || value.size() > 255) flags |= kExtendedLength;
        all_.push_back({flags, type, std::move(value)});
    }
    void addRoute(const PathAttributes& attributes);
    void addReachable(const UpdateMessage::Reachable& reachable);
    void addUnreachable(const UpdateMessage::Unreachable& unreachable);
    std::vector<RawAttribute> take() { return std::move(all_); }

  private:
    void addPath(const AsPath& path);
    void addAggregator(const Aggregator& aggregator);
    void addRare(const RareAttributes& rare);

    const WireOptions& options_;
    std::vector<RawAttribute> all_;
};

void AttributeList::addRoute(const PathAttributes& attributes) {
    add(AttributeType::Origin, [&](auto& out) { out.u8(static_cast<std::uint8_t>(attributes.origin)); });
    addPath(*attributes.asPath);
    if (attributes.med) add(AttributeType::MultiExitDisc, [&](auto& out) { out.u32(*attributes.med); });
    if (attributes.localPreference)
        add(AttributeType::LocalPref, [&](auto& out) { out.u32(*attributes.localPreference); });
    if (attributes.hasAtomicAggregate) addBytes(AttributeType::AtomicAggregate, {});
    if (!attributes.communities->empty()) {
        add(AttributeType::Communities, [&](auto& out) {
            for (const Community community : *attributes.communities)
                out.u32(community);
        });
    }
    addRare(*attributes.rare);
}

void AttributeList::addPath(const AsPath& path) {
    addBytes(AttributeType::AsPath,
             encodeAsPath(path, options_.hasFourOctetAs ? NumberSize::Four : NumberSize::Two));
    if (options_.hasFourOctetAs || !hasLargeNumber(path)) return;
    const AsPath visible = withoutConfederation(path);
    if (!visible.isEmpty()) addBytes(AttributeType::As4Path, encodeAsPath(visible, NumberSize::Four));
}

void AttributeList::addAggregator(const Aggregator& aggregator) {
    const std::uint32_t number = aggregator.number.value();
    const auto writeFour = [&](auto& out) {
        out.u32(number);
        out.u32(aggregator.routerId.number());
    };
    if (options_.hasFourOctetAs) {
        add(AttributeType::Aggregator, writeFour);
        return;
    }
    const bool isLarge = number > 0xffff;
    add(AttributeType::Aggregator, [&](auto& out) {
        out.u16(static_cast<std::uint16_t>(isLarge ? kAsTrans : number));
        out.u32(aggregator.routerId.number());
    });
    if (isLarge) add(AttributeType::As4Aggregator, writeFour);
}

void AttributeList::addRare(const RareAttributes& rare) {
    if (rare.aggregator) addAggregator(*rare.aggregator);
    if (rare.originatorId)
        add(AttributeType::OriginatorId, [&](auto& out) { out.u32(rare.originatorId->number()); });
    if (!rare.clusterList.empty()) {
        add(AttributeType::ClusterList, [&](auto& out) {
            for (const RouterId cluster : rare.clusterList)
                out.u32(cluster.number());
        });
    }
    if (!rare.extendedCommunities.empty()) {
        add(AttributeType::ExtendedCommunities, [&](auto& out) {
            for (const ExtendedCommunity community : rare.extendedCommunities)
                out.u64(community);
        });
    }
    if (rare.aigp) {
        add(AttributeType::Aigp, [&](auto& out) {
            out.u8(kAigpTlv);
            out.u16(kAigpTlvSize);
            out.u64(*rare.aigp);
        });
    }
    if (!rare.largeCommunities.empty()) {
        add(AttributeType::LargeCommunities, [&](auto& out) {
            for (const LargeCommunity& community : rare.largeCommunities) {
                out.u32(community.global);
                out.u32(community.local1);
                out.u32(community.local2);
            }
        });
    }
    if (rare.onlyToCustomer)
        add(AttributeType::OnlyToCustomer, [&](auto& out) { out.u32(rare.onlyToCustomer->value()); });
    for (const UnknownAttribute& unknown : rare.unknown)
        addRaw(unknown.flags & (kOptionalTransitive | kPartial), unknown.type, unknown.value);
}

void AttributeList::addReachable(const UpdateMessage::Reachable& reachable) {
    const IpAddress& nextHop = reachable.nextHop.address;
    const auto& linkLocal = reachable.nextHop.linkLocal;
    if (!reachable.isMultiprotocol) {
        add(AttributeType::NextHop, [&](auto& out) { encode(nextHop, out); });
        return;
    }
    add(AttributeType::MpReachNlri, [&](auto& out) {
        out.u16(afiOf(reachable.family));
        out.u8(kUnicast);
        out.u8(static_cast<std::uint8_t>((nextHop.bits() + (linkLocal ? linkLocal->bits() : 0)) / 8));
        encode(nextHop, out);
        if (linkLocal) encode(*linkLocal, out);
        out.u8(0);
        encode(reachable.prefixes, options_.sendsPathIds[reachable.family], out);
    });
}

void AttributeList::addUnreachable(const UpdateMessage::Unreachable& unreachable) {
    add(AttributeType::MpUnreachNlri, [&](auto& out) {
        out.u16(afiOf(unreachable.family));
        out.u8(kUnicast);
        encode(unreachable.prefixes, options_.sendsPathIds[unreachable.family], out);
    });
}

bool holdsPrefixes(const RawAttribute& attribute) {
    return attribute.type == static_cast<std::uint8_t>(AttributeType::MpReachNlri) ||
           attribute.type == static_cast<std::uint8_t>(AttributeType::MpUnreachNlri);
}

std::vector<RawAttribute> sorted(std::vector<RawAttribute> attributes) {
    std::ranges::stable_sort(attributes, {}, [](const RawAttribute& attribute) {
        return std::pair(!holdsPrefixes(attribute), attribute.type);
    });
    return attributes;
}

}  // namespace

const AttributeRule* ruleOf(std::uint8_t type) {
    const auto rule = std::ranges::find(kRules, static_cast<AttributeType>(type), &AttributeRule::type);
    return rule == kRules.end() ? nullptr : &*rule;
}

std::string nameOfAttribute(std::uint8_t type) {
    const AttributeRule* rule = ruleOf(type);
    return rule != nullptr ? std::string(rule->name) : fmt::format("attribute {}", type);
}

std::vector<RawAttribute> attributesOf(const UpdateMessage& message, const WireOptions& options) {
    AttributeList list(options);
    for (const auto& unreachable : message.withdrawn) {
        if (unreachable.isMultiprotocol) list.addUnreachable(unreachable);
    }
    if (message.announced.empty()) return list.take();
    for (const auto& reachable : message.announced)
        list.addReachable(reachable);
    list.addRoute(*message.attributes);
    return sorted(list.take());
}

std::vector<RawAttribute> attributesOf(const PathAttributes& attributes, const WireOptions& options) {
    AttributeList list(options);
    list.addRoute(attributes);
    return sorted(list.take());
}

void write(const RawAttribute& attribute, ByteWriter& out) {
    PEERSCAPE_CHECK(attribute.value.size() <= 0xffff);
    out.u8(attribute.flags);
    out.u8(attribute.type);
    if ((attribute.flags & kExtendedLength) != 0) {
        out.u16(static_cast<std::uint16_t>(attribute.value.size()));
    } else {
        PEERSCAPE_CHECK(attribute.value.size() <= 0xff);
        out.u8(static_cast<std::uint8_t>(attribute.value.size()));
    }
    out.append(attribute.value);
}

std::size_t encodedSize(const RawAttribute& attribute) {
    return ((attribute.flags & kExtendedLength) != 0 ? 4U : 3U) + attribute.value.size();
}

}  // namespace peerscape::bgp
