#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocols/bgp/config.hpp"

// Pieces of printRouter(); used inside this folder only.
namespace peerscape::bgp {

/// Lines of one block, without indentation.
using Lines = std::vector<std::string>;

/// All `neighbor` lines outside the families: groups first, then neighbours in FRR's order.
void printNeighbors(const BgpConfig& config, Lines& lines);
/// The `neighbor` lines of one family.
void printNeighborsOf(const BgpConfig& config, Family family, Lines& lines);

struct NamedNeighbor {
    std::string name;
    const NeighborConfig* neighbor = nullptr;
};
/// The groups by name, then the neighbours: members of groups before others and by their group's name;
/// among these interfaces by name, then addresses.
std::vector<NamedNeighbor> neighborsInOrder(const BgpConfig& config);

}  // namespace peerscape::bgp
