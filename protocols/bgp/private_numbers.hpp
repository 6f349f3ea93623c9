#pragma once

#include "engine/base/quantities.hpp"
#include "protocols/bgp/as_path.hpp"
#include "protocols/bgp/config.hpp"

namespace peerscape::bgp {

/// What `remove-private-AS [all] [replace-AS]` leaves of a path: without `all` it acts only when every number
/// in the path is private (RFC 6996), and with `replace-AS` private numbers become the own one. The
/// neighbour's number stays, since the neighbour has to find it, or loops would pass it unseen.
void removePrivate(AsPath& path, const RemovePrivateAs& how, Asn own, Asn neighbor);

}  // namespace peerscape::bgp
