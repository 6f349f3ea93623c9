#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/as_path.hpp"
#include "protocols/bgp/attribute_codec.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp {

/// An IPv4 address that no router can have, as a next hop is judged: net 0, loopback, multicast and beyond.
bool isNoHost(const IpAddress& address);

/// Reads the path attributes of one UPDATE, one after the other, and gathers what is wrong with them. An
/// error that must end the session ends the reading (`failure`); all others are `problems`.
class AttributeReader {
  public:
    explicit AttributeReader(const WireOptions& options) : options_(options) {}

    /// The field of path attributes as a whole.
    void read(ByteView field);
    /// After read(): joins what OLD speakers say in two attributes, and misses what must be there (RFC 7606
    /// section 3 d).
    void finish(bool hasPrefixesOutside);
    /// The route's attributes with everything that counts.
    PathAttributes attributes() const;

    const std::optional<MessageFailure>& failure() const { return failure_; }
    std::vector<AttributeProblem>& problems() { return problems_; }
    bool isTreatedAsWithdraw() const { return firstWithdraw_.has_value(); }
    /// What RFC 4271 would have said about the first error that treats routes as withdrawn, for where RFC
    /// 7606 section 5.2 lets it still say so.
    const std::optional<MessageFailure>& firstWithdraw() const { return firstWithdraw_; }
    /// There is an attribute other than MP_UNREACH_NLRI.
    bool hasOthers() const { return hasOthers_; }
    /// MP_REACH_NLRI is there, if only for a family that is not carried.
    bool hasReachable() const { return has(AttributeType::MpReachNlri); }
    const std::optional<IpAddress>& nextHop() const { return nextHop_; }
    std::optional<UpdateMessage::Reachable>& reachable() { return reachable_; }
    std::optional<UpdateMessage::Unreachable>& unreachable() { return unreachable_; }

  private:
    struct Attribute {
        std::uint8_t flags = 0;
        std::uint8_t type = 0;
        ByteView value;
        ByteView whole;  ///< with flags, type and length
    };
    bool has(AttributeType type) const { return seen_[static_cast<std::uint8_t>(type)]; }
    void readOne(const Attribute& attribute);
    bool hasRightFlags(const Attribute& attribute, const AttributeRule& rule);
    void readKnown(const Attribute& attribute, AttributeType type);
    void readUnknown(const Attribute& attribute);
    void readOrigin(const Attribute& attribute);
    void readAsPath(const Attribute& attribute);
    void readNextHop(const Attribute& attribute);
    void readAggregator(const Attribute& attribute);
    void readCommunities(const Attribute& attribute);
    void readExtendedCommunities(const Attribute& attribute);
    void readLargeCommunities(const Attribute& attribute);
    void readClusterList(const Attribute& attribute);
    void readReachable(const Attribute& attribute);
    void readUnreachable(const Attribute& attribute);
    void readAs4Path(const Attribute& attribute);
    void readAs4Aggregator(const Attribute& attribute);
    void readAigp(const Attribute& attribute);
    std::optional<BgpNextHop> nextHopOf(Family family, ByteView bytes) const;
    /// The value has `size` octets, or is malformed.
    bool hasSize(const Attribute& attribute, std::size_t size);
    /// The value has a multiple of `unit` octets, but not none, or is malformed.
    bool isListOf(const Attribute& attribute, std::size_t unit);
    /// External peers have no say here: the attribute is discarded.
    bool isFromInside(const Attribute& attribute);
    void joinOldAndNew();
    void missMandatory(AttributeType type);

    void malformed(const Attribute& attribute, std::uint8_t subcode, const std::string& what);
    void discard(const Attribute& attribute, const std::string& what);
    void treatAsWithdraw(std::uint8_t type, std::uint8_t subcode, Bytes data, std::string sentence);
    void reset(std::uint8_t subcode, ByteView data, std::string sentence);

    const WireOptions& options_;
    std::array<bool, 256> seen_{};
    bool hasOthers_ = false;
    std::vector<AttributeProblem> problems_;
    std::optional<MessageFailure> failure_;
    std::optional<MessageFailure> firstWithdraw_;
    PathAttributes attributes_;
    RareAttributes rare_;
    AsPath path_;
    std::optional<AsPath> as4Path_;
    std::optional<Aggregator> as4Aggregator_;
    std::optional<IpAddress> nextHop_;
    std::optional<UpdateMessage::Reachable> reachable_;
    std::optional<UpdateMessage::Unreachable> unreachable_;
};

}  // namespace peerscape::bgp
