#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/wire.hpp"

/// How somebody else wrote a message: what encode() needs to know beside the message to write the same bytes
/// again. Only for messages that were decoded without a problem.
namespace peerscape::bgp {

/// The attributes of an UPDATE in their order and with their flags. What a value says is in the message;
/// only where this speaker would write it in another way the octets themselves are kept.
struct UpdateLayout {
    struct Attribute {
        std::uint8_t flags = 0;
        std::uint8_t type = 0;
        std::optional<Bytes> value;
        friend bool operator==(const Attribute&, const Attribute&) = default;
    };
    std::vector<Attribute> attributes;
    std::optional<Bytes> withdrawn;  ///< the prefixes outside the attributes, likewise
    std::optional<Bytes> announced;
    friend bool operator==(const UpdateLayout&, const UpdateLayout&) = default;
};

/// The capabilities of an OPEN, as they are grouped into optional parameters.
struct OpenLayout {
    struct Capability {
        std::uint8_t code = 0;
        std::optional<Bytes> value;
        friend bool operator==(const Capability&, const Capability&) = default;
    };
    bool isExtended = false;  ///< lengths of two octets (RFC 9072)
    std::vector<std::vector<Capability>> parameters;
    friend bool operator==(const OpenLayout&, const OpenLayout&) = default;
};

using Layout = std::variant<UpdateLayout, OpenLayout>;

/// How the bytes of a decoded message differ from those of encode(); none, when they do not. `options` are
/// those that encode() would be given: mirrored(), when the bytes came from the peer.
std::optional<Layout> layoutOf(ByteView bytes, const BgpMessage& message, const WireOptions& options);
/// The message as the layout says. A layout of another kind of message is a bug of the caller.
Bytes encode(const BgpMessage& message, const WireOptions& options, const Layout& layout);

}  // namespace peerscape::bgp
