#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "protocols/bgp/config.hpp"
#include "protocols/bgp/path.hpp"

/// The decision process (RFC 4271 section 9.1) as FRR 8.4 carries it out.
namespace peerscape::bgp {

/// What a neighbour is to this router.
enum class PeerSort : std::uint8_t { Local, Internal, Confederation, External };

/// What the decision process has to know of the neighbour that a path is from.
struct PeerFacts {
    PeerSort sort = PeerSort::Local;
    Asn remoteAs;
    RouterId routerId;
    IpAddress address;
};

/// A path as it is judged.
struct Candidate {
    const Path* path = nullptr;
    const PeerFacts* peer = nullptr;
    bool isValid = true;  ///< usable, and its next hop can be reached
    std::uint32_t igpMetric = 0;
};

struct DecisionSettings {
    BestPathOptions options;
    std::uint32_t defaultLocalPreference = 100;
    bool isInConfederation = false;
    std::uint16_t maximumPaths = 256;
    std::uint16_t maximumPathsInternal = 256;
    bool requiresEqualClusterLength = false;
};

/// Which of two valid paths is better, and why.
struct Comparison {
    bool isFirstBetter = false;
    DecisionStep step = DecisionStep::None;  ///< at which the other one loses
    bool areEqualForMultipath =
        false;  ///< equal in everything down to the IGP metric, and may be used together
};

/// Compares two valid paths. `selected` is the path that is in use so far, for the age of eBGP paths; may be
/// null. The order of the arguments makes no difference but for paths that are alike in everything.
Comparison compare(const Candidate& a, const Candidate& b, const DecisionSettings& settings,
                   const Path* selected);

/// Chooses among the candidates, which are given in the order of their arrival: returns the place of the best
/// one, or candidates.size() when none is valid. `outcome`, as long as the candidates, tells of each at which
/// step it lost against the best one and whether it is used together with it.
struct Outcome {
    DecisionStep lostBy = DecisionStep::None;
    bool isMultipath = false;
};
std::size_t choose(std::span<const Candidate> candidates, const DecisionSettings& settings,
                   const Path* selected, std::span<Outcome> outcome);

/// "as-path-length": how tables and expectations call a step.
std::string_view nameOf(DecisionStep step);
/// "the AS path is longer": why a path lost at this step.
std::string_view sentenceOf(DecisionStep step);

}  // namespace peerscape::bgp
