#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "protocols/bgp/show_table.hpp"

/// Parts of a table that an operator may ask for.
namespace peerscape::bgp {

/// A filter, or what to answer where the list or map that it names is not there.
using NamedFilter = std::expected<PathFilter, std::string>;

/// The prefix and everything inside.
PathFilter inside(const Prefix& prefix);
/// Networks whose length is not that of their old class (A, B, C).
PathFilter classless();
/// What the neighbour of this name has announced.
PathFilter from(std::string_view neighbor);
/// Paths with these communities, and with `isExact` no others; without words those with any at all.
NamedFilter withCommunities(std::string_view words, bool isExact);
NamedFilter withLargeCommunities(std::string_view words, bool isExact);
/// The expression finds something in the AS path's text.
NamedFilter matching(std::string_view expression);
/// What validation says of the origin (RFC 6811): "valid", "invalid", "notfound". Without ROAs nothing is
/// judged, and nothing passes.
NamedFilter validatedAs(std::string_view state);
NamedFilter permittedByFilterList(const BgpProcess& process, std::string_view name);
NamedFilter permittedByPrefixList(const BgpProcess& process, Family family, std::string_view name);
NamedFilter permittedByCommunityList(const BgpProcess& process, std::string_view name, bool isExact);
NamedFilter permittedByLargeCommunityList(const BgpProcess& process, std::string_view name, bool isExact);
/// What the route-map lets through as it is in the table; what the map would set counts for nothing.
NamedFilter permittedByRouteMap(const ShowContext& context, const BgpProcess& process, std::string_view name);

}  // namespace peerscape::bgp
