#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/routing/protocol.hpp"
#include "protocols/eigrp/process.hpp"

/// What the `show` commands of EIGRP share.
namespace peerscape::eigrp {

/// The protocol's process; null when it does not run.
const EigrpProcess* processOf(const ShowContext& context);
std::string notRunning(Family family);
std::string routerIdText(const ShowContext& context, const EigrpProcess& process);
/// "0:12:07", or days and hours.
std::string durationText(Duration time);
/// "Inaccessible" when infinite.
std::string distanceText(dual::CompositeDistance distance);

struct ViewOfPath {
    const dual::Path* path = nullptr;
    PathAttributes attributes;
    bool isSuccessor = false;
};
/// The best first; of equal ones the lowest neighbour. Without `allLinks` the feasible ones.
std::vector<ViewOfPath> pathsOf(const EigrpProcess& process, const dual::Entry& entry, bool allLinks);
/// "Connected", "Summary", "Redistributed": of a path of this router itself.
std::string_view sourceName(const dual::Path& path);

}  // namespace peerscape::eigrp
