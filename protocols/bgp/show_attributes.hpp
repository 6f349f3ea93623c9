#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// Neighbours take several paths of the family: then each path says whom it is told to.
bool sendsSeveralPaths(const BgpProcess& process, Family family);
/// Neighbours that have been told of the destination or, with a path, of that one; in FRR's order.
std::vector<const Peer*> told(const BgpProcess& process, const Destination& destination,
                              const Path* path = nullptr);
/// The `advertisedTo` that they make.
Json toldJson(const std::vector<const Peer*>& peers);

/// The lines of `show bgp … PREFIX` on one path.
std::string pathText(const PathInDetail& shown);
/// One of its `paths`.
Json pathJson(const PathInDetail& shown);

/// What the lab's ROAs say of the path's origin (RFC 6811): "valid", "invalid", "not found"; none: there are
/// no ROAs to judge by.
std::optional<std::string_view> validationWord(const BgpProcess& process, const Prefix& prefix,
                                               const Path& path);

}  // namespace peerscape::bgp
