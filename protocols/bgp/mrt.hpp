#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/time.hpp"
#include "protocols/bgp/attributes.hpp"

/// Records of the MRT format (RFC 6396, RFC 8050), which bgpdump and its like read: what a router sent and
/// heard, and its table. Pure: each function gives the bytes of one record; a file is records in a row.
namespace peerscape::bgp::mrt {

/// Seconds since 1970, and what is beyond them in microseconds.
struct Timestamp {
    std::uint32_t seconds = 0;
    std::uint32_t microseconds = 0;
    /// An instant of a lab that was switched on at `start`, in seconds since 1970. Cut to microseconds.
    static Timestamp at(SimTime time, std::uint32_t start);
    friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

/// The two ends of a session. Both addresses are of one family.
struct Session {
    Asn peerAs;
    Asn localAs;
    std::uint16_t interfaceIndex = 0;  ///< 0: not said
    IpAddress peerAddress;
    IpAddress localAddress;
};

/// The states of RFC 4271 section 8.2.2, with the numbers of RFC 6396 section 4.4.1.
enum class State : std::uint8_t {
    Idle = 1,
    Connect = 2,
    Active = 3,
    OpenSent = 4,
    OpenConfirm = 5,
    Established = 6
};

/// How to read a message, and who sent it.
struct MessageForm {
    bool hasFourOctetAs = true;  ///< numbers of AS_PATH and AGGREGATOR in it
    bool hasPathIds = false;     ///< of the family that it is about (RFC 8050)
    bool isSent = false;         ///< by this router; else it was received
};

/// BGP4MP_ET with a whole message, header included (RFC 6396 sections 3 and 4.4.2 to 4.4.6).
Bytes message(const Timestamp& time, const Session& session, const MessageForm& form, ByteView bytes);
/// BGP4MP_ET, BGP4MP_STATE_CHANGE_AS4 (section 4.4.4).
Bytes stateChange(const Timestamp& time, const Session& session, State from, State to);

/// A neighbour as the records of a table refer to it.
struct Peer {
    RouterId identifier;
    IpAddress address;
    Asn number;
};
/// TABLE_DUMP_V2, PEER_INDEX_TABLE (section 4.3.1): stands in front of the table's records, whose peers are
/// numbered by the places in this list. At most 65535 peers, and a name of as many octets.
Bytes peerIndexTable(const Timestamp& time, RouterId collector, std::string_view viewName,
                     const std::vector<Peer>& peers);

/// One path of a table.
struct RibEntry {
    std::uint16_t peerIndex = 0;
    std::uint32_t originated = 0;  ///< seconds since 1970
    std::uint32_t pathId = 0;      ///< counts only where paths have identifiers
    BgpNextHop nextHop;
    SharedAttributes attributes;
};
/// TABLE_DUMP_V2 with all paths to one prefix (section 4.3.2, RFC 8050 section 4). `sequence` counts the
/// records of a table from 0. At most 65535 entries.
Bytes rib(const Timestamp& time, std::uint32_t sequence, const Prefix& prefix,
          const std::vector<RibEntry>& entries, bool hasPathIds = false);

}  // namespace peerscape::bgp::mrt
