#pragma once

#include <functional>
#include <string>

#include "protocols/bgp/show_parts.hpp"

/// Tables of routes, one line per path.
namespace peerscape::bgp {

/// Which paths of a table are shown; empty: all.
using PathFilter = std::function<bool(const BgpProcess&, const Prefix&, const Path&)>;

/// `show bgp [ipv4|ipv6] [unicast] …`: the paths that the filter lets through.
std::string showTable(const ShowContext& context, Family family, Format format,
                      const PathFilter& filter = {});

/// The lines above every table: version, router-id, and what the codes mean.
std::string tableHeader(const BgpProcess& process, Family family);

/// One line of a table, from the network on. Columns that do not fit are wrapped as FRR wraps them.
struct TableLine {
    std::string marks;    ///< the three status codes
    std::string network;  ///< empty: the same as in the line above
    IpAddress nextHop;
    std::optional<std::uint32_t> metric;
    std::optional<std::uint32_t> localPreference;
    std::uint32_t weight = 0;
    std::string asPath;
    Origin origin = Origin::Incomplete;

    std::string text() const;
};

}  // namespace peerscape::bgp
