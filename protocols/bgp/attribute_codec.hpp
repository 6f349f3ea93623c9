#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/wire.hpp"

/// Path attributes as bytes: what they are, and how they are written. Reading them is the business of
/// update_decoder.hpp.
namespace peerscape::bgp {

/// The types that this speaker knows, with their numbers on the wire.
enum class AttributeType : std::uint8_t {
    Origin = 1,
    AsPath = 2,
    NextHop = 3,
    MultiExitDisc = 4,
    LocalPref = 5,
    AtomicAggregate = 6,
    Aggregator = 7,
    Communities = 8,               ///< RFC 1997
    OriginatorId = 9,              ///< RFC 4456
    ClusterList = 10,              ///< RFC 4456
    MpReachNlri = 14,              ///< RFC 4760
    MpUnreachNlri = 15,            ///< RFC 4760
    ExtendedCommunities = 16,      ///< RFC 4360
    As4Path = 17,                  ///< RFC 6793
    As4Aggregator = 18,            ///< RFC 6793
    Ipv6ExtendedCommunities = 25,  ///< RFC 5701: its length is checked, its value passed on
    Aigp = 26,                     ///< RFC 7311
    LargeCommunities = 32,         ///< RFC 8092
    OnlyToCustomer = 35,           ///< RFC 9234
};

/// Bits of the attribute flags (RFC 4271 section 4.3).
namespace attribute_flag {
inline constexpr std::uint8_t kOptional = 0x80;
inline constexpr std::uint8_t kTransitive = 0x40;
inline constexpr std::uint8_t kPartial = 0x20;
inline constexpr std::uint8_t kExtendedLength = 0x10;
}  // namespace attribute_flag

/// The one TLV of the attribute AIGP, and its length in octets, head included (RFC 7311 section 3).
inline constexpr std::uint8_t kAigpTlv = 1;
inline constexpr std::uint16_t kAigpTlvSize = 11;

/// What a type asks of its attribute.
struct AttributeRule {
    AttributeType type = AttributeType::Origin;
    std::string_view name;
    std::uint8_t flags = 0;  ///< Optional and Transitive as they must be
    /// When it is malformed (RFC 7606 sections 3 and 7, and the documents of the attributes).
    Reaction whenMalformed = Reaction::TreatAsWithdraw;
};
/// None for types that this speaker does not know.
const AttributeRule* ruleOf(std::uint8_t type);
/// "ORIGIN", "attribute 99".
std::string nameOfAttribute(std::uint8_t type);

/// An attribute as it stands in an UPDATE.
struct RawAttribute {
    std::uint8_t flags = 0;
    std::uint8_t type = 0;
    Bytes value;
    friend bool operator==(const RawAttribute&, const RawAttribute&) = default;
};
/// The attributes in the order in which encode() writes them. The Extended Length bit is set where the value
/// has more than 255 octets; for AS_PATH and attributes with prefixes always, as FRR has it.
std::vector<RawAttribute> attributesOf(const UpdateMessage& message, const WireOptions& options);
/// The attributes of a route alone, without next hop and prefixes.
std::vector<RawAttribute> attributesOf(const PathAttributes& attributes, const WireOptions& options);
/// A value of more than 65535 octets is a bug of the caller.
void write(const RawAttribute& attribute, ByteWriter& out);
std::size_t encodedSize(const RawAttribute& attribute);

}  // namespace peerscape::bgp
