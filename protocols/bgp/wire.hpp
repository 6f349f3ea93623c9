#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "protocols/bgp/as_numbers.hpp"
#include "protocols/bgp/message.hpp"

/// The messages of BGP-4 as bytes (RFC 4271 section 4). Pure: what is here knows neither sessions nor time;
/// what two speakers agreed on comes in as WireOptions.
namespace peerscape::bgp {

inline constexpr std::size_t kHeaderSize = 19;
inline constexpr std::size_t kLargestMessage = 4096;
inline constexpr std::size_t kLargestExtendedMessage = 65535;  ///< RFC 8654

/// RFC 4271 section 4.1, RFC 2918.
enum class MessageType : std::uint8_t {
    Open = 1,
    Update = 2,
    Notification = 3,
    Keepalive = 4,
    RouteRefresh = 5
};

/// What the neighbour is to the speaker. Confederation: of another member AS of the same confederation (RFC
/// 5065).
enum class PeerKind : std::uint8_t { Internal, Confederation, External };

/// A claim for each address family.
struct FamilyFlags {
    bool ipv4 = false;
    bool ipv6 = false;
    bool operator[](Family family) const { return family == Family::IPv4 ? ipv4 : ipv6; }
    bool& operator[](Family family) { return family == Family::IPv4 ? ipv4 : ipv6; }
    friend bool operator==(const FamilyFlags&, const FamilyFlags&) = default;
};

/// What two speakers agreed on in their OPENs, as far as bytes depend on it. The defaults are those of two
/// modern speakers that carry both families.
struct WireOptions {
    PeerKind peer = PeerKind::External;
    FamilyFlags families{true, true};      ///< unicast families that both carry; others are not listened to
    FamilyFlags sendsPathIds;              ///< towards the peer (RFC 7911)
    FamilyFlags receivesPathIds;           ///< from the peer (RFC 7911)
    bool hasFourOctetAs = true;            ///< RFC 6793; false: the peer is an OLD speaker
    bool hasExtendedMessage = false;       ///< RFC 8654
    bool hasExtendedNextHop = false;       ///< IPv4 prefixes with IPv6 next hops (RFC 8950)
    bool hasEnhancedRouteRefresh = false;  ///< RFC 7313
    bool isAigpSession = false;            ///< AIGP_SESSION of RFC 7311 section 3.2

    std::size_t largestMessage() const {
        return hasExtendedMessage ? kLargestExtendedMessage : kLargestMessage;
    }
    /// The same session as bytes in the other direction see it.
    WireOptions mirrored() const;
    friend bool operator==(const WireOptions&, const WireOptions&) = default;
};

/// Why a message ends the session: what to tell the peer, and a sentence for the operator.
struct MessageFailure {
    NotificationMessage notification;
    std::string sentence;
    friend bool operator==(const MessageFailure&, const MessageFailure&) = default;
};

/// What becomes of something wrong in an UPDATE that the session survives, the stronger the greater (RFC 7606
/// section 2).
enum class Reaction : std::uint8_t {
    Ignore,            ///< a family that is not carried here, or a prefix that no route can have
    AttributeDiscard,  ///< the message counts without the attribute
    TreatAsWithdraw,   ///< the prefixes count as withdrawn
};

struct AttributeProblem {
    std::uint8_t type = 0;  ///< of the attribute; 0: none, as in prefixes and in the list as a whole
    Reaction reaction = Reaction::Ignore;
    std::string sentence;
    friend bool operator==(const AttributeProblem&, const AttributeProblem&) = default;
};

struct DecodedMessage {
    MessageType type = MessageType::Keepalive;
    /// None: the message is valid, but says nothing about what is carried here (other families, or attributes
    /// without prefixes).
    std::optional<BgpMessage> message;
    /// Of an UPDATE. The message has the consequences already: discarded attributes are gone, and when one
    /// says TreatAsWithdraw all announced prefixes are among the withdrawn ones.
    std::vector<AttributeProblem> problems;
    friend bool operator==(const DecodedMessage&, const DecodedMessage&) = default;
};

/// The message with its header. ORIGIN and AS_PATH are written when a prefix is announced, NEXT_HOP when one
/// is announced outside MP_REACH_NLRI. The attributes that hold prefixes come first (RFC 7606 section 5.1),
/// then the others in ascending order. Towards an OLD speaker numbers of four octets become AS_TRANS and
/// AS4_PATH, AS4_AGGREGATOR tell the truth (RFC 6793 section 4.2.2). A message larger than 65535 octets is
/// a bug of the caller.
Bytes encode(const BgpMessage& message, const WireOptions& options);
Bytes encode(const UpdateMessage& update, const WireOptions& options);
/// How many bytes encode() gives.
std::size_t encodedSize(const BgpMessage& message, const WireOptions& options);
std::size_t encodedSize(const UpdateMessage& update, const WireOptions& options);

/// Reads one whole message, header included. Fails where the session must end: the failure has the
/// NOTIFICATION with code, subcode and data as RFC 4271 section 6, RFC 7313 and RFC 7606 ask. What is wrong
/// with an UPDATE without costing the session is in `problems`. Bits of a prefix beyond its length are read
/// as zeros.
std::expected<DecodedMessage, MessageFailure> decode(ByteView message, const WireOptions& options);

/// An UPDATE as messages that fit.
struct SplitUpdate {
    SmallVector<UpdateMessage, 1> messages;
    /// Announced prefixes whose attributes leave no room even for one of them: they are withdrawn in the
    /// messages instead, lest the peer keeps what it had (RFC 8654 section 4).
    NlriList tooLarge;
    friend bool operator==(const SplitUpdate&, const SplitUpdate&) = default;
};
/// Each message has prefixes of one kind only (RFC 7606 section 5.1) and no more octets than the session
/// allows; prefixes keep their order, withdrawals come first. An End-of-RIB marker stays as it is.
SplitUpdate splitToFit(UpdateMessage update, const WireOptions& options);
/// The update fits as it is, which is seen without measuring it; true of most.
bool surelyFits(const UpdateMessage& update);

}  // namespace peerscape::bgp
