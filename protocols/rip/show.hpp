#pragma once

#include <string>

#include "engine/routing/protocol.hpp"

namespace peerscape::rip {

/// `show ip rip` and `show ipv6 ripng`, as FRR 8.4 lays them out.
std::string showRoutes(const ShowContext& context, Family family);
/// The routes of the table as JSON, for `run --state`; the letters are those of `show ip rip`.
std::string tableJson(const ShowContext& context);
/// `show ip rip status` and `show ipv6 ripng status`.
std::string showStatus(const ShowContext& context, Family family);

}  // namespace peerscape::rip
