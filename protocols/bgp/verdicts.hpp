#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocols/bgp/attributes.hpp"

/// What policy and the protocol's own rules say of a route, with the reason.
namespace peerscape::bgp {

/// Why an announcement is not believed.
enum class Refusal : std::uint8_t {
    OwnAs,          ///< the own number is in the path too often (RFC 4271 section 9.1.2)
    OwnOriginator,  ///< the own router-id is the originator (RFC 4456 section 8)
    OwnCluster,     ///< the own cluster is in the list (RFC 4456 section 8)
    FirstAs,        ///< the path does not begin with the neighbour's number
    AsSet,          ///< RFC 6472
    RouteLeak,      ///< Only-to-Customer says so (RFC 9234 section 5)
    NextHop,        ///< a next hop that no route can have, or an own address
    PrefixList,
    DistributeList,
    FilterList,
    NoPolicy,  ///< no import policy for an external neighbour (RFC 8212)
    RouteMap,
};

/// Why a neighbour is not told of a path.
enum class Withheld : std::uint8_t {
    Suppressed,   ///< an aggregate stands for it
    NoAdvertise,  ///< communities of RFC 1997
    NoExport,
    LocalAs,
    Internal,           ///< iBGP routes go to no other iBGP neighbour (RFC 4271 section 9.2)
    NonClient,          ///< a reflector passes routes of non-clients to clients only (RFC 4456 section 6)
    ToItsSource,        ///< the neighbour it came from, inside the AS
    Originator,         ///< the neighbour originated it
    SenderLoop,         ///< the neighbour's number is in the path, and we look
    RouteLeak,          ///< RFC 9234 section 5
    NoPeer,             ///< the community of RFC 3765, towards a peer by role
    LongLivedStale,     ///< stale, and the neighbour does not know what that means (RFC 9494)
    DefaultOriginated,  ///< `default-originate` stands for it
    PrefixList,
    DistributeList,
    FilterList,
    NoPolicy,  ///< RFC 8212
    RouteMap,
    Condition,  ///< conditional advertisement
    MaximumOut,
};

/// The route as it goes into the table, or why it does not.
struct ImportVerdict {
    std::optional<Refusal> refusal;
    std::string by;  ///< the list or route-map entry that refused it, or the number that is in the path
    SharedAttributes attributes;
    BgpNextHop nextHop;
    std::uint32_t weight = 0;

    bool isAccepted() const { return !refusal; }
};

/// The route as the neighbour is told of it, or why not.
struct ExportVerdict {
    std::optional<Withheld> withheld;
    std::string by;
    SharedAttributes attributes;
    BgpNextHop nextHop;

    bool isTold() const { return !withheld; }
};

/// "its AS path has the own number 65001", "denied by prefix-list OWN".
std::string sentenceOf(const ImportVerdict& verdict);
std::string sentenceOf(const ExportVerdict& verdict);

}  // namespace peerscape::bgp
