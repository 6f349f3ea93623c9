#pragma once

#include <string>

#include "protocols/bgp/show_parts.hpp"

/// A path with all its attributes.
namespace peerscape::bgp {

struct PathInDetail {
    const ShowContext& context;
    const BgpProcess& process;
    const Prefix& prefix;
    const Destination& destination;
    const Path& path;
};

/// The lines of `show bgp … PREFIX` on one path.
std::string pathText(const PathInDetail& shown);
/// One of its `paths`.
Json pathJson(const PathInDetail& shown);

}  // namespace peerscape::bgp
