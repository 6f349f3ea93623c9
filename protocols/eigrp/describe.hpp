#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.hpp"
#include "protocols/eigrp/wire.hpp"

namespace peerscape::eigrp {

/// One field of a packet in the packet view: its name, its value in words, and which bytes it is.
struct PacketField {
    std::string name;
    std::string value;
    std::size_t offset = 0;  ///< bytes behind the IP header
    std::size_t size = 0;
};

/// "static", "OSPF"; "unknown" for numbers that nobody has.
std::string_view toString(ExternalProtocol protocol);
/// One line for lists of packets: "EIGRP update, AS 100, sequence 24, acknowledges 23, end of table, 7
/// routes".
std::string summary(const EigrpPacket& packet);
/// One TLV in words: "10.0.0.4/30 delay 1000 us, 10000 kbit/s, MTU 1500, 0 hops".
std::string describe(const Tlv& tlv);
/// All fields of an encoded packet in order; what cannot be decoded is one field that says why.
std::vector<PacketField> fields(Family family, ByteView bytes);

}  // namespace peerscape::eigrp
