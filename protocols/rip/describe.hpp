#pragma once

#include <string>
#include <vector>

#include "engine/base/bytes.hpp"
#include "protocols/rip/wire.hpp"

namespace peerscape::rip {

/// One field of a message in the packet view: its name, its value in words, and which bytes it is.
struct PacketField {
    std::string name;
    std::string value;
    std::size_t offset = 0;  ///< bytes behind the UDP header
    std::size_t size = 0;
};

/// One line for lists of packets: "RIPv2 response, 3 routes".
std::string summary(const RipContent& content);
/// One route in words: "10.1.0.0/16 metric 3 via 10.0.0.2 tag 7".
std::string describe(const RipEntry& entry);
/// All fields of an encoded message in order; what cannot be decoded is one field that says why.
std::vector<PacketField> fields(Family family, ByteView bytes);

}  // namespace peerscape::rip
