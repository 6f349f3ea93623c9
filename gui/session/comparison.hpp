#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/time.hpp"

namespace peerscape::gui {

/// Another instant to compare with: of the same timeline, or of another one.
struct OtherInstant {
    std::string timeline;
    std::optional<SimTime> time;  ///< nothing: the present instant, wherever it goes

    friend bool operator==(const OtherInstant&, const OtherInstant&) = default;
};

/// How the routing tables differ from those of another instant.
struct Comparison {
    struct Row {
        std::string node;
        std::string text;        ///< a row of the routing table, as `show ip route` prints it
        bool isOnlyNow = false;  ///< false: only the other instant has it
    };
    static constexpr std::size_t kMostRows = 5'000;

    std::string timeline;
    SimTime time;           ///< the other instant; no later than its timeline reaches
    std::vector<Row> rows;  ///< by node, those of the other instant first
    std::size_t furtherRows = 0;
};

using ComparisonPtr = std::shared_ptr<const Comparison>;

}  // namespace peerscape::gui
