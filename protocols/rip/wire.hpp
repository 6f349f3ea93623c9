#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/block_pool.hpp"
#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"
#include "engine/routing/payload.hpp"

/// The messages of RIPv1, RIPv2 (RFC 1058, RFC 2453 section 4) and RIPng (RFC 2080 section 2.1) as values and
/// as bytes. Pure: what is here knows neither routers nor time. A header is 4 bytes, every entry 20, in both
/// families.
namespace peerscape::rip {

enum class Command : std::uint8_t { Request = 1, Response = 2 };

/// UDP port of the family: 520 (RFC 2453, 3.1) or 521 (RFC 2080, 2.1).
constexpr std::uint16_t portOf(Family family) { return family == Family::IPv4 ? 520 : 521; }
/// The multicast group of the family's routers: 224.0.0.9 or ff02::9.
IpAddress groupOf(Family family);

inline constexpr std::size_t kHeaderSize = 4;
inline constexpr std::size_t kEntrySize = 20;
/// RFC 2453, 3.6: at most 25 entries, so that a message fits into 512 bytes.
inline constexpr std::size_t kMostEntries4 = 25;

/// One route of a message, as it stands there; whether it makes sense is the receiver's business.
struct RipEntry {
    Prefix prefix;  ///< the address alone (/32) when the mask is missing
    std::uint16_t tag = 0;
    std::uint16_t metric = 0;  ///< 1 to 16 in valid entries; what has no room here reads as the greatest
    bool lacksMask = false;    ///< RIPv1, or a RIPv2 entry with mask 0 that is not the default route
    IpAddress nextHop;         ///< 0.0.0.0 or :: means the sender

    friend bool operator==(const RipEntry&, const RipEntry&) = default;
};

/// The entries of a message, of which a lab makes and forgets millions.
using RipEntries = std::vector<RipEntry, PoolAllocator<RipEntry>>;

/// Why an entry of a message could not be taken.
enum class EntryFault : std::uint8_t {
    UnknownFamily,  ///< address family identifier other than 2
    HostBitsSet,    ///< RIPv2: the address has bits outside its mask
    BadMask,        ///< RIPv2: the mask is not contiguous
    BadLength,      ///< RIPng: prefix length beyond 128
};
std::string_view toString(EntryFault fault);

struct BadEntry {
    std::uint8_t index = 0;  ///< counted from 0 among all entries of the message
    EntryFault fault = EntryFault::UnknownFamily;

    friend bool operator==(const BadEntry&, const BadEntry&) = default;
};

using Digest = std::array<std::uint8_t, 16>;

/// RFC 2453, 4.1 (plain password, type 2) and RFC 2082 / RFC 4822, 2.1 (keyed MD5, type 3).
struct Authentication {
    static constexpr std::uint16_t kPassword = 2;
    static constexpr std::uint16_t kKeyedDigest = 3;

    std::uint16_t type = kPassword;
    Digest password{};             ///< type 2: zero-padded; any unknown type: its 16 bytes
    std::uint8_t keyId = 0;        ///< type 3
    std::uint8_t dataLength = 16;  ///< type 3: 16, or 20 as old implementations count
    std::uint32_t sequence = 0;    ///< type 3
    Digest digest{};               ///< type 3: the trailer

    friend bool operator==(const Authentication&, const Authentication&) = default;
};

/// What a message says.
struct RipContent {
    Family family = Family::IPv4;
    Command command = Command::Response;
    std::uint8_t version = 2;  ///< RIPv1 and RIPv2: 1, 2; RIPng: 1
    bool asksForAll = false;   ///< a request for the whole table (RFC 2453, 3.9.1); it has no entries then
    std::optional<Authentication> authentication;
    RipEntries entries;
    std::vector<BadEntry> badEntries;  ///< only after decoding

    friend bool operator==(const RipContent&, const RipContent&) = default;
};

/// A message on its way: immutable, shared by all who look at it.
class RipMessage final : public Message {
  public:
    explicit RipMessage(RipContent content);

    const RipContent& content() const { return content_; }
    void encode(ByteWriter& out) const override;
    std::size_t encodedSize() const override { return encodedSize_; }

  private:
    RipContent content_;
    std::size_t encodedSize_ = 0;
};

/// Reads the bytes behind the UDP header. Fails on a size that is no whole number of entries, on version 0
/// (RIPng: other than 1), on commands other than request and response, and on an authentication trailer
/// outside the message. Entries that cannot be taken are left out and listed.
Result<RipContent> decode(Family family, ByteView bytes);

/// Puts the digest of the whole message under `key` (cut or zero-padded to 16 bytes) into a message with
/// keyed authentication (RFC 2082, 3.2.1).
RipContent withDigest(RipContent content, std::string_view key);
/// Whether the digest in the encoded message is the one that `key` gives (RFC 2082, 3.2.2).
bool hasValidDigest(ByteView bytes, std::string_view key);

}  // namespace peerscape::rip
