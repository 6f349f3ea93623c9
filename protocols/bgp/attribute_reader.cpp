#include "protocols/bgp/attribute_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/as_path_codec.hpp"
#include "protocols/bgp/nlri_codec.hpp"

namespace peerscape::bgp {
namespace {

using attribute_flag::kExtendedLength;
using attribute_flag::kOptional;
using attribute_flag::kPartial;
using attribute_flag::kTransitive;

template <typename Values>
void sortOnce(Values& values) {
    std::ranges::sort(values);
    const auto repeated = std::ranges::unique(values);
    values.erase(repeated.begin(), repeated.end());
}

}  // namespace

bool isNoHost(const IpAddress& address) {
    const std::uint32_t first = address.v4Number() >> 24;
    return first == 0 || first == 127 || first >= 224;
}

void AttributeReader::read(ByteView field) {
    ByteReader in(field);
    while (in.left() > 0 && !failure_) {
        const std::size_t begin = in.position();
        Attribute attribute;
        attribute.flags = in.u8();
        attribute.type = in.u8();
        const std::size_t size = (attribute.flags & kExtendedLength) != 0 ? in.u16() : in.u8();
        // RFC 7606 section 4: what follows cannot be found, but the prefixes can.
        if (in.ranOut() || size > in.left()) {
            hasOthers_ = true;
            treatAsWithdraw(0, subcode::kMalformedAttributeList, {}, "the last path attribute is cut off");
            return;
        }
        attribute.value = in.take(size);
        attribute.whole = field.subspan(begin, in.position() - begin);
        readOne(attribute);
    }
}

void AttributeReader::readOne(const Attribute& attribute) {
    const auto type = static_cast<AttributeType>(attribute.type);
    if (type != AttributeType::MpUnreachNlri) hasOthers_ = true;
    if (seen_[attribute.type]) {
        // RFC 7606 section 3 g.
        const std::string sentence = nameOfAttribute(attribute.type) + " stands there twice";
        if (type == AttributeType::MpReachNlri || type == AttributeType::MpUnreachNlri) {
            reset(subcode::kMalformedAttributeList, {}, sentence);
        } else {
            problems_.push_back({attribute.type, Reaction::AttributeDiscard, sentence});
        }
        return;
    }
    seen_[attribute.type] = true;
    const AttributeRule* rule = ruleOf(attribute.type);
    if (rule == nullptr) {
        readUnknown(attribute);
    } else if (hasRightFlags(attribute, *rule)) {
        readKnown(attribute, rule->type);
    }
}

bool AttributeReader::hasRightFlags(const Attribute& attribute, const AttributeRule& rule) {
    constexpr std::uint8_t kKinds = kOptional | kTransitive;
    if ((attribute.flags & kKinds) == rule.flags) return true;
    malformed(attribute, subcode::kAttributeFlagsError, fmt::format("has flags {:#04x}", attribute.flags));
    // The prefixes are needed all the same, to be withdrawn.
    return rule.type == AttributeType::MpReachNlri || rule.type == AttributeType::MpUnreachNlri;
}

void AttributeReader::readKnown(const Attribute& attribute, AttributeType type) {
    ByteReader in(attribute.value);
    switch (type) {
        case AttributeType::Origin:
            return readOrigin(attribute);
        case AttributeType::AsPath:
            return readAsPath(attribute);
        case AttributeType::NextHop:
            return readNextHop(attribute);
        case AttributeType::MultiExitDisc:
            if (hasSize(attribute, 4)) attributes_.med = in.u32();
            return;
        case AttributeType::LocalPref:
            if (isFromInside(attribute) && hasSize(attribute, 4)) attributes_.localPreference = in.u32();
            return;
        case AttributeType::AtomicAggregate:
            if (hasSize(attribute, 0)) attributes_.hasAtomicAggregate = true;
            return;
        case AttributeType::Aggregator:
            return readAggregator(attribute);
        case AttributeType::Communities:
            return readCommunities(attribute);
        case AttributeType::OriginatorId:
            if (isFromInside(attribute) && hasSize(attribute, 4)) rare_.originatorId = RouterId(in.u32());
            return;
        case AttributeType::ClusterList:
            return readClusterList(attribute);
        case AttributeType::MpReachNlri:
            return readReachable(attribute);
        case AttributeType::MpUnreachNlri:
            return readUnreachable(attribute);
        case AttributeType::ExtendedCommunities:
            return readExtendedCommunities(attribute);
        case AttributeType::As4Path:
            return readAs4Path(attribute);
        case AttributeType::As4Aggregator:
            return readAs4Aggregator(attribute);
        case AttributeType::Ipv6ExtendedCommunities:
            if (isListOf(attribute, 20)) readUnknown(attribute);
            return;
        case AttributeType::Aigp:
            return readAigp(attribute);
        case AttributeType::LargeCommunities:
            return readLargeCommunities(attribute);
        case AttributeType::OnlyToCustomer:
            if (hasSize(attribute, 4)) rare_.onlyToCustomer = Asn::number(in.u32());
            return;
    }
}

void AttributeReader::readUnknown(const Attribute& attribute) {
    if ((attribute.flags & kOptional) == 0) {
        return reset(subcode::kUnrecognizedWellKnownAttribute, attribute.whole,
                     fmt::format("attribute {} says that everybody knows it", attribute.type));
    }
    // RFC 4271 section 5: without Transitive it is ignored quietly; with it, it is passed on as Partial.
    if ((attribute.flags & kTransitive) == 0) return;
    const bool isKnown = ruleOf(attribute.type) != nullptr;
    const std::uint8_t kept = attribute.flags & (kOptional | kTransitive | kPartial);
    rare_.unknown.push_back({static_cast<std::uint8_t>(isKnown ? kept : kept | kPartial), attribute.type,
                             copyOf(attribute.value)});
}

void AttributeReader::readOrigin(const Attribute& attribute) {
    if (!hasSize(attribute, 1)) return;
    const std::uint8_t value = attribute.value[0];
    if (value > static_cast<std::uint8_t>(Origin::Incomplete))
        return malformed(attribute, subcode::kInvalidOrigin, fmt::format("has the value {}", value));
    attributes_.origin = static_cast<Origin>(value);
}

void AttributeReader::readAsPath(const Attribute& attribute) {
    auto path = decodeAsPath(attribute.value, options_.hasFourOctetAs ? NumberSize::Four : NumberSize::Two);
    if (!path) return malformed(attribute, subcode::kMalformedAsPath, "is malformed: " + path.error());
    // RFC 5065 section 5.
    if (options_.peer == PeerKind::External && path->hasConfederation())
        return malformed(attribute, subcode::kMalformedAsPath, "has segments of a confederation");
    const bool beginsInside = !path->isEmpty() && path->segments()[0].type == SegmentType::ConfedSequence;
    if (options_.peer == PeerKind::Confederation && !beginsInside)
        return malformed(attribute, subcode::kMalformedAsPath, "does not begin inside the confederation");
    path_ = std::move(*path);
}

void AttributeReader::readNextHop(const Attribute& attribute) {
    if (hasSize(attribute, 4)) nextHop_ = IpAddress::fromBytes(attribute.value);
}

void AttributeReader::readAggregator(const Attribute& attribute) {
    if (!hasSize(attribute, options_.hasFourOctetAs ? 8 : 6)) return;
    ByteReader in(attribute.value);
    const std::uint32_t number = options_.hasFourOctetAs ? in.u32() : in.u16();
    if (number == 0) return discard(attribute, "names AS 0");  // RFC 7607
    rare_.aggregator = Aggregator{Asn::number(number), RouterId(in.u32())};
}

void AttributeReader::readCommunities(const Attribute& attribute) {
    if (!isListOf(attribute, 4)) return;
    CommunityValues communities;
    for (ByteReader in(attribute.value); in.left() > 0;)
        communities.push_back(in.u32());
    sortOnce(communities);
    attributes_.communities = std::move(communities);
}

void AttributeReader::readExtendedCommunities(const Attribute& attribute) {
    if (!isListOf(attribute, 8)) return;
    for (ByteReader in(attribute.value); in.left() > 0;)
        rare_.extendedCommunities.push_back(in.u64());
    sortOnce(rare_.extendedCommunities);
}

void AttributeReader::readLargeCommunities(const Attribute& attribute) {
    if (!isListOf(attribute, 12)) return;
    for (ByteReader in(attribute.value); in.left() > 0;) {
        LargeCommunity community;
        community.global = in.u32();
        community.local1 = in.u32();
        community.local2 = in.u32();
        rare_.largeCommunities.push_back(community);
    }
    sortOnce(rare_.largeCommunities);
}

void AttributeReader::readClusterList(const Attribute& attribute) {
    if (!isFromInside(attribute) || !isListOf(attribute, 4)) return;
    for (ByteReader in(attribute.value); in.left() > 0;)
        rare_.clusterList.push_back(RouterId(in.u32()));
}

std::optional<BgpNextHop> AttributeReader::nextHopOf(Family family, ByteView bytes) const {
    const bool isV4 = family == Family::IPv4;
    if (isV4 && bytes.size() == 4) return BgpNextHop{IpAddress::fromBytes(bytes), std::nullopt};
    if (isV4 && !options_.hasExtendedNextHop) return std::nullopt;
    if (bytes.size() == 16) return BgpNextHop{IpAddress::fromBytes(bytes), std::nullopt};
    if (bytes.size() != 32) return std::nullopt;
    BgpNextHop nextHop{IpAddress::fromBytes(bytes.first(16)), IpAddress::fromBytes(bytes.subspan(16))};
    // RFC 2545 section 3 has a link-local address there; anything else cannot be meant.
    if (!nextHop.linkLocal->isLinkLocal()) nextHop.linkLocal.reset();
    return nextHop;
}

void AttributeReader::readReachable(const Attribute& attribute) {
    const auto fail = [&](std::string sentence) {
        reset(subcode::kOptionalAttributeError, attribute.whole, "MP_REACH_NLRI: " + std::move(sentence));
    };
    ByteReader in(attribute.value);
    const std::uint16_t afi = in.u16();
    const std::uint8_t safi = in.u8();
    const ByteView nextHopBytes = in.take(in.u8());
    in.u8();  // reserved
    if (in.ranOut()) return fail("it is cut off");
    const auto family = familyOf(afi, safi);
    if (!family || !options_.families[*family]) {
        problems_.push_back({attribute.type, Reaction::Ignore,
                             fmt::format("prefixes of AFI {}, SAFI {} are not carried", afi, safi)});
        return;
    }
    // RFC 7606 section 7.11: the prefixes are behind the next hop, so nothing certain is known of them.
    const auto nextHop = nextHopOf(*family, nextHopBytes);
    if (!nextHop)
        return fail(fmt::format("a next hop of {} octets for {}", nextHopBytes.size(), nameOf(*family)));
    DecodedPrefixes decoded = decodePrefixes(in.take(in.left()), *family, options_.receivesPathIds[*family]);
    if (decoded.problem) return fail(*decoded.problem);
    for (const Prefix& prefix : takeForeign(decoded.prefixes))
        problems_.push_back({attribute.type, Reaction::Ignore, "no route can go to " + toString(prefix)});
    reachable_ = UpdateMessage::Reachable{*family, true, *nextHop, std::move(decoded.prefixes)};
}

void AttributeReader::readUnreachable(const Attribute& attribute) {
    ByteReader in(attribute.value);
    const std::uint16_t afi = in.u16();
    const std::uint8_t safi = in.u8();
    const auto fail = [&](const std::string& sentence) {
        reset(subcode::kOptionalAttributeError, attribute.whole, "MP_UNREACH_NLRI: " + sentence);
    };
    if (in.ranOut()) return fail("it is cut off");
    const auto family = familyOf(afi, safi);
    if (!family || !options_.families[*family]) {
        problems_.push_back({attribute.type, Reaction::Ignore,
                             fmt::format("prefixes of AFI {}, SAFI {} are not carried", afi, safi)});
        return;
    }
    DecodedPrefixes decoded = decodePrefixes(in.take(in.left()), *family, options_.receivesPathIds[*family]);
    if (decoded.problem) return fail(*decoded.problem);
    unreachable_ = UpdateMessage::Unreachable{*family, true, std::move(decoded.prefixes)};
}

void AttributeReader::readAs4Path(const Attribute& attribute) {
    // RFC 6793 section 6.
    if (options_.hasFourOctetAs) return discard(attribute, "comes from a speaker of four-octet numbers");
    if (attribute.value.empty()) return discard(attribute, "is empty");
    auto path = decodeAsPath(attribute.value, NumberSize::Four);
    if (!path) return discard(attribute, "is malformed: " + path.error());
    if (path->hasConfederation()) {
        problems_.push_back(
            {attribute.type, Reaction::Ignore, "AS4_PATH: segments of a confederation do not belong there"});
    }
    as4Path_ = withoutConfederation(*path);
}

void AttributeReader::readAs4Aggregator(const Attribute& attribute) {
    if (options_.hasFourOctetAs) return discard(attribute, "comes from a speaker of four-octet numbers");
    if (!hasSize(attribute, 8)) return;
    ByteReader in(attribute.value);
    const std::uint32_t number = in.u32();
    if (number == 0) return discard(attribute, "names AS 0");  // RFC 7607
    as4Aggregator_ = Aggregator{Asn::number(number), RouterId(in.u32())};
}

void AttributeReader::readAigp(const Attribute& attribute) {
    if (!options_.isAigpSession) return discard(attribute, "is not for this session");
    std::optional<std::uint64_t> metric;
    for (ByteReader in(attribute.value); in.left() > 0;) {
        const std::uint8_t type = in.u8();
        const std::uint16_t size = in.u16();
        if (in.ranOut() || size < 3) return discard(attribute, "has a TLV that is cut off");
        ByteReader value(in.take(size - 3U));
        if (in.ranOut()) return discard(attribute, "has a TLV that is cut off");
        if (type != kAigpTlv) continue;
        if (size != kAigpTlvSize) return discard(attribute, fmt::format("has a TLV of {} octets", size));
        // Of several only the first counts (RFC 7311 section 3).
        if (!metric) metric = value.u64();
    }
    rare_.aigp = metric;
}

bool AttributeReader::hasSize(const Attribute& attribute, std::size_t size) {
    if (attribute.value.size() == size) return true;
    malformed(attribute, subcode::kAttributeLengthError,
              fmt::format("has {} octets instead of {}", attribute.value.size(), size));
    return false;
}

bool AttributeReader::isListOf(const Attribute& attribute, std::size_t unit) {
    if (!attribute.value.empty() && attribute.value.size() % unit == 0) return true;
    // Which subcode, RFC 4271 section 6.3 leaves open; this is what FRR says.
    const bool isClusterList = attribute.type == static_cast<std::uint8_t>(AttributeType::ClusterList);
    malformed(attribute, isClusterList ? subcode::kAttributeLengthError : subcode::kOptionalAttributeError,
              fmt::format("has {} octets, no multiple of {}", attribute.value.size(), unit));
    return false;
}

bool AttributeReader::isFromInside(const Attribute& attribute) {
    if (options_.peer != PeerKind::External) return true;
    discard(attribute, "comes from an external peer");
    return false;
}

void AttributeReader::finish(bool hasPrefixesOutside) {
    if (failure_) return;
    joinOldAndNew();
    const bool isMultiprotocol = reachable_ && !reachable_->prefixes.empty();
    if (!hasPrefixesOutside && !isMultiprotocol) return;
    missMandatory(AttributeType::Origin);
    missMandatory(AttributeType::AsPath);
    if (hasPrefixesOutside) {
        missMandatory(AttributeType::NextHop);
        if (nextHop_ && isNoHost(*nextHop_)) {
            ByteWriter whole;
            write({kTransitive, static_cast<std::uint8_t>(AttributeType::NextHop), copyOf(nextHop_->bytes())},
                  whole);
            treatAsWithdraw(static_cast<std::uint8_t>(AttributeType::NextHop), subcode::kInvalidNextHop,
                            whole.take(), "NEXT_HOP: no router can have " + toString(*nextHop_));
        }
    }
    if (options_.peer == PeerKind::Internal) missMandatory(AttributeType::LocalPref);
}

void AttributeReader::joinOldAndNew() {
    if (options_.hasFourOctetAs) return;
    // RFC 6793 section 4.2.3: an AGGREGATOR without AS_TRANS was made by an OLD speaker on the way, so the
    // other two tell of an earlier one.
    const bool isOutdated =
        as4Aggregator_ && rare_.aggregator && rare_.aggregator->number.value() != kAsTrans;
    if (isOutdated) return;
    if (as4Aggregator_) rare_.aggregator = as4Aggregator_;
    if (as4Path_) path_ = merge(path_, *as4Path_);
}

void AttributeReader::missMandatory(AttributeType type) {
    const auto number = static_cast<std::uint8_t>(type);
    if (seen_[number]) return;
    treatAsWithdraw(number, subcode::kMissingWellKnownAttribute, {number},
                    nameOfAttribute(number) + " is missing");
}

PathAttributes AttributeReader::attributes() const {
    PathAttributes attributes = attributes_;
    attributes.asPath = path_;
    RareAttributes rare = rare_;
    std::ranges::stable_sort(rare.unknown, {}, &UnknownAttribute::type);
    attributes.rare = std::move(rare);
    return attributes;
}

void AttributeReader::malformed(const Attribute& attribute, std::uint8_t subcode, const std::string& what) {
    const AttributeRule* rule = ruleOf(attribute.type);
    if (rule->whenMalformed == Reaction::AttributeDiscard) return discard(attribute, what);
    // RFC 4271 section 6.3 asks for the attribute as data, but not with a malformed AS_PATH.
    const bool hasData = subcode != subcode::kMalformedAsPath;
    treatAsWithdraw(attribute.type, subcode, hasData ? copyOf(attribute.whole) : Bytes{},
                    fmt::format("{} {}", rule->name, what));
}

void AttributeReader::discard(const Attribute& attribute, const std::string& what) {
    problems_.push_back(
        {attribute.type, Reaction::AttributeDiscard, nameOfAttribute(attribute.type) + " " + what});
}

void AttributeReader::treatAsWithdraw(std::uint8_t type, std::uint8_t subcode, Bytes data,
                                      std::string sentence) {
    if (!firstWithdraw_)
        firstWithdraw_ = MessageFailure{{ErrorCode::UpdateMessage, subcode, std::move(data)}, sentence};
    problems_.push_back({type, Reaction::TreatAsWithdraw, std::move(sentence)});
}

void AttributeReader::reset(std::uint8_t subcode, ByteView data, std::string sentence) {
    failure_ = MessageFailure{{ErrorCode::UpdateMessage, subcode, copyOf(data)}, std::move(sentence)};
}

}  // namespace peerscape::bgp
