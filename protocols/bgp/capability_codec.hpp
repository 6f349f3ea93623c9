#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/message.hpp"
#include "protocols/bgp/wire.hpp"

/// OPEN and its capabilities as bytes (RFC 4271 section 4.2, RFC 5492, RFC 9072).
namespace peerscape::bgp {

/// The capabilities that this speaker knows, with their numbers on the wire.
enum class CapabilityCode : std::uint8_t {
    Multiprotocol = 1,              ///< RFC 4760
    RouteRefresh = 2,               ///< RFC 2918
    ExtendedNextHop = 5,            ///< RFC 8950
    ExtendedMessage = 6,            ///< RFC 8654
    Role = 9,                       ///< RFC 9234
    GracefulRestart = 64,           ///< RFC 4724
    FourOctetAs = 65,               ///< RFC 6793
    AddPath = 69,                   ///< RFC 7911
    EnhancedRouteRefresh = 70,      ///< RFC 7313
    LongLivedGracefulRestart = 71,  ///< RFC 9494
    Fqdn = 73,                      ///< draft-walton-bgp-hostname-capability
    EarlyRouteRefresh = 128,        ///< Cisco's, from before RFC 2918
};
/// "multiprotocol", "99".
std::string nameOfCapability(std::uint8_t code);

/// A capability as it stands in an OPEN.
struct RawCapability {
    std::uint8_t code = 0;
    Bytes value;
    friend bool operator==(const RawCapability&, const RawCapability&) = default;
};
/// In the order in which encode() writes them, which is FRR's. A value of more than 255 octets is a bug of
/// the caller.
std::vector<RawCapability> capabilitiesOf(const Capabilities& capabilities);
/// Adds those of one optional parameter to what is known already. Of several of one kind the last counts.
/// Malformed ones fail with the subcode Unspecific (RFC 4271 section 6.2).
std::optional<MessageFailure> readCapabilities(const std::vector<RawCapability>& raw, Capabilities& into);

/// The capabilities of an OPEN, one list for each optional parameter.
using CapabilityParameters = std::vector<std::vector<RawCapability>>;
/// The optional parameters with their length in front, as RFC 9072 has it when `isExtended` or when they
/// need more than 255 octets.
void writeParameters(const CapabilityParameters& parameters, bool isExtended, ByteWriter& out);

/// Writes and reads what stands behind the header of an OPEN. Each capability has a parameter of its own,
/// as in FRR's.
void encodeOpen(const OpenMessage& open, ByteWriter& out);
std::expected<OpenMessage, MessageFailure> decodeOpen(ByteView body);
/// The same without a look at the values: what the optional parameters are. Only for what decodeOpen() took.
struct OpenParameters {
    bool isExtended = false;
    CapabilityParameters parameters;
};
OpenParameters parametersOf(ByteView body);

}  // namespace peerscape::bgp
