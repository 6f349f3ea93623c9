#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/time.hpp"
#include "scenarios/report/report_data.hpp"

namespace peerscape::gui {

/// A whole timeline looked at from its end: what reports and charts are made of.
struct Review {
    /// The selected route of a node to a prefix was another one from then on.
    struct RouteChange {
        SimTime time;
        std::uint32_t node = 0;               ///< place in the drawing's nodes
        std::uint32_t prefix = 0;             ///< place in `prefixes`
        std::optional<std::uint32_t> metric;  ///< nothing: no route
    };
    static constexpr std::size_t kMostChanges = 500'000;

    std::string timeline;
    report::ReportData data;
    std::string events;  ///< events.csv
    std::vector<std::string> prefixes;
    std::vector<RouteChange> changes;  ///< in their order; the first kMostChanges
    bool isGivenUp = false;            ///< the user did not want to wait for the end
};

using ReviewPtr = std::shared_ptr<const Review>;

}  // namespace peerscape::gui
