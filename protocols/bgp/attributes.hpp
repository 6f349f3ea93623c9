#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/shared_value.hpp"
#include "engine/base/small_vector.hpp"
#include "protocols/bgp/as_path.hpp"
#include "protocols/policy/communities.hpp"

/// Path attributes as values. What they are on the wire is in attribute_codec.hpp.
namespace peerscape::bgp {

/// ORIGIN (RFC 4271 section 5.1.1), in the order in which the decision process prefers them.
enum class Origin : std::uint8_t { Igp = 0, Egp = 1, Incomplete = 2 };
/// "igp", "egp", "incomplete", as `set origin` has it.
std::string_view name(Origin origin);

/// An IPv4 address that names a router; as a number it is compared as an unsigned one (RFC 6286).
class RouterId {
  public:
    constexpr RouterId() = default;
    constexpr explicit RouterId(std::uint32_t number) : number_(number) {}
    constexpr std::uint32_t number() const { return number_; }
    constexpr bool isZero() const { return number_ == 0; }
    IpAddress address() const { return IpAddress::v4(number_); }
    friend constexpr auto operator<=>(RouterId, RouterId) = default;

  private:
    std::uint32_t number_ = 0;
};

/// A community of RFC 1997: 16 bits each side of the colon.
using Community = std::uint32_t;
using policy::CommunityValues;
namespace community {
inline constexpr Community kGracefulShutdown = 0xffff0000;  ///< RFC 8326
inline constexpr Community kAcceptOwn = 0xffff0001;         ///< RFC 7611
inline constexpr Community kLlgrStale = 0xffff0006;         ///< RFC 9494
inline constexpr Community kNoLlgr = 0xffff0007;            ///< RFC 9494
inline constexpr Community kBlackhole = 0xffff029a;         ///< RFC 7999
inline constexpr Community kNoExport = 0xffffff01;          ///< RFC 1997
inline constexpr Community kNoAdvertise = 0xffffff02;       ///< RFC 1997
inline constexpr Community kLocalAs = 0xffffff03;           ///< NO_EXPORT_SUBCONFED of RFC 1997
inline constexpr Community kNoPeer = 0xffffff04;            ///< RFC 3765
/// "no-export", "65001:100".
std::string text(Community community);
}  // namespace community

/// An extended community as its 8 octets in one number (RFC 4360).
using ExtendedCommunity = std::uint64_t;

/// A large community (RFC 8092): "64496:1:2".
using LargeCommunity = policy::LargeCommunityValue;

/// AGGREGATOR (RFC 4271 section 5.1.7).
struct Aggregator {
    Asn number;
    RouterId routerId;
    friend bool operator==(const Aggregator&, const Aggregator&) = default;
};

/// An attribute that this speaker does not know, carried as it came (RFC 4271 section 5).
struct UnknownAttribute {
    std::uint8_t flags = 0;  ///< with the Partial bit, which the decoder sets, since it can only be passed on
    std::uint8_t type = 0;
    Bytes value;
    friend bool operator==(const UnknownAttribute&, const UnknownAttribute&) = default;
};

/// What few routes have.
struct RareAttributes {
    std::optional<Aggregator> aggregator;
    std::vector<ExtendedCommunity> extendedCommunities;  ///< ascending, none twice
    std::vector<LargeCommunity> largeCommunities;        ///< ascending, none twice
    std::optional<RouterId> originatorId;                ///< RFC 4456
    std::vector<RouterId> clusterList;                   ///< RFC 4456, the latest first
    std::optional<std::uint64_t> aigp;                   ///< RFC 7311
    std::optional<Asn> onlyToCustomer;                   ///< RFC 9234
    std::vector<UnknownAttribute> unknown;               ///< transitive ones only, by type
    friend bool operator==(const RareAttributes&, const RareAttributes&) = default;
};

/// All attributes of a route but its next hop, which differs from neighbour to neighbour. Parts are shared
/// between copies, so that the paths of a large network, which differ in little, take little.
struct PathAttributes {
    Origin origin = Origin::Incomplete;
    bool hasAtomicAggregate = false;
    std::optional<std::uint32_t> med;              ///< MULTI_EXIT_DISC
    std::optional<std::uint32_t> localPreference;  ///< none: the default counts
    SharedValue<AsPath> asPath;
    SharedValue<CommunityValues> communities;
    SharedValue<RareAttributes> rare;

    bool hasCommunity(Community community) const;
    void addTo(StableHash& hash) const;
    friend bool operator==(const PathAttributes&, const PathAttributes&) = default;
};

/// Attributes as paths, messages and tables refer to them: never changed once shared.
using SharedAttributes = SharedValue<PathAttributes>;

/// Where a route points to. IPv6 between directly connected speakers has two addresses (RFC 2545 section 3).
struct BgpNextHop {
    IpAddress address;                   ///< the global one
    std::optional<IpAddress> linkLocal;  ///< IPv6 only
    friend auto operator<=>(const BgpNextHop&, const BgpNextHop&) = default;
};

}  // namespace peerscape::bgp
