#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.hpp"
#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp {

/// One field of a message in the packet view: its name, its value in words, and which bytes it is.
struct MessageField {
    std::string name;
    std::string value;
    std::size_t offset = 0;  ///< bytes from the beginning of the message
    std::size_t size = 0;
    friend bool operator==(const MessageField&, const MessageField&) = default;
};

/// "OPEN", "ROUTE-REFRESH".
std::string_view toString(MessageType type);
/// "provider", "rs-server", "rs-client", "customer", "peer": the words of FRR's configuration.
std::string_view toString(Role role);
/// One line for lists of messages: "UPDATE, 2 prefixes, 1 withdrawn, path 65001 65002, next hop 192.0.2.1".
std::string summary(const BgpMessage& message);
/// All fields of an encoded message in order. Of what is malformed it shows what can be read, and says what
/// is wrong.
std::vector<MessageField> fields(ByteView bytes, const WireOptions& options);

}  // namespace peerscape::bgp
