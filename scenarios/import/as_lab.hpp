#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"
#include "scenarios/format/lab_file.hpp"
#include "scenarios/import/as_graph.hpp"

/// Labs made of graphs of ASes.
namespace peerscape {

/// Every AS announces its prefix.
struct EveryAs {};
/// Nobody announces anything.
struct NoAs {};
/// Which ASes announce a prefix: all, none, or these.
using AsOrigins = std::variant<EveryAs, NoAs, std::vector<Asn>>;

/// Of more ASes than this not all announce a prefix unless asked to: tables grow with the square.
inline constexpr std::size_t kMostOriginsUnasked = 250;

/// What is announced where nothing else is asked for: every AS its prefix in a small graph, in a large one
/// that of the lowest ASN alone.
AsOrigins usualOrigins(const AsGraph& graph);

struct AsLabOptions {
    std::string title;
    std::string about;  ///< Markdown
    AsOrigins origins;
};

/// "AS174".
std::string routerNameOf(Asn asn);

/// The prefixes of ASes, in the order asked for: 10.x.y.0/24, where x and y are the two bytes of the ASN, as
/// in 10.2.1.0/24 for AS 513. A number of more than 16 bits has no such prefix: these ASes get, in ascending
/// order, the lowest of those that belong to no AS of `asns`. Fails when there are more ASes than prefixes.
Result<std::vector<Prefix>> prefixesOf(const std::vector<Asn>& asns);

/// One router per AS that runs BGP, and a link for every relation: the policies follow from the relations
/// (docs/lab-file.md, "Intents"). Fails when an origin is not in the graph.
Result<LabFile> asLab(const AsGraph& graph, const AsLabOptions& options);

}  // namespace peerscape
