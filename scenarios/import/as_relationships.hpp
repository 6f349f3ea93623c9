#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/config/diagnostic.hpp"
#include "scenarios/import/as_graph.hpp"

/// Files of AS relationships, in the shapes that CAIDA has published them in.
namespace peerscape {

/// A graph, or what is wrong with the file. A usable graph may come with warnings.
struct AsGraphOutcome {
    std::optional<AsGraph> graph;         ///< present exactly when no diagnostic is an error
    std::vector<Diagnostic> diagnostics;  ///< in the order of the file
};

struct AsRelationshipOptions {
    bool cyclesAreAllowed = false;  ///< cycles of providers are warnings, not errors
};

/// Reads a file of AS relationships. Lines that begin with `#` are comments; lines may end with CR LF. The
/// first line with a relation decides which of these the file is:
///  - `provider|customer|-1` and `peer|peer|0` (CAIDA serial-1), or the same with a fourth field, which says
///    how the relation was found (serial-2) and is not looked at;
///  - `first second relation`, separated by blanks (CAIDA until 2007, C-BGP): 1 where the first is a provider
///    of the second, -1 where it is a customer, 0 for peers, 2 for siblings; a pair may stand in both
///    directions.
/// AS numbers have up to 32 bits, as in `4200000001` or `64086.59905` (RFC 5396). Errors are, among others,
/// an AS that is related to itself, a pair that has two relations, and providers in a cycle.
AsGraphOutcome readAsRelationships(std::string_view text, const std::string& file,
                                   const AsRelationshipOptions& options = {});

}  // namespace peerscape
