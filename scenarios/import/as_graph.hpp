#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/quantities.hpp"
#include "engine/base/result.hpp"
#include "engine/topology/topology.hpp"

/// ASes and who pays whom: the graph that files of AS relationships draw.
namespace peerscape {

struct AsLink {
    Asn first;  ///< the customer, where one pays the other (as in the lab file)
    Asn second;
    Relation relation = Relation::Peer;
    std::uint32_t line = 0;  ///< of the file it was read from

    friend bool operator==(const AsLink&, const AsLink&) = default;
};

struct AsGraph {
    std::vector<Asn> ases;      ///< ascending, each once; all ends of the links are among them
    std::vector<AsLink> links;  ///< in the order of the file; at most one for a pair of ASes

    bool contains(Asn asn) const;

    friend bool operator==(const AsGraph&, const AsGraph&) = default;
};

/// Cycles in which each AS is a provider of the next and the last of the first. Policies after Gao and
/// Rexford are safe only where there is none ("Stable Internet Routing Without Global Coordination", 2001).
/// Each strongly connected set of ASes is named by one cycle, a shortest among those through its lowest ASN,
/// where that begins. Takes time linear in the links.
std::vector<std::vector<Asn>> providerCycles(const AsGraph& graph);

/// The AS with the most links, of several the one with the lowest number; nothing in an empty graph.
std::optional<Asn> largestAs(const AsGraph& graph);

/// Which part of a graph is wanted.
struct AsPart {
    std::optional<Asn> around;        ///< where it lies: largestAs() when absent
    std::optional<std::size_t> hops;  ///< how far from there at most, in links
    std::optional<std::size_t> most;  ///< how many ASes at most

    bool isEverything() const { return !around && !hops && !most; }
};

/// The nearest ASes, and all links between them. Of those that are equally near the ones with more links come
/// first, then those with lower numbers. So the part hangs together, and is the same each time. With
/// `around` alone: all that is connected with it. Fails when the graph lacks the AS.
Result<AsGraph> partOf(const AsGraph& graph, const AsPart& part);

}  // namespace peerscape
