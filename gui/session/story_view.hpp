#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/time.hpp"

namespace peerscape::gui {

/// Why a node has, or has not, a route: the chain of causes.
struct StoryView {
    /// One cause, and where on the drawing it happened.
    struct Step {
        std::uint64_t id = 0;  ///< the record's number
        SimTime time;
        std::string node;  ///< empty: the whole lab
        std::string link;  ///< empty: none
        std::string text;  ///< a sentence
    };

    std::string node;
    std::string prefix;
    std::vector<Step> steps;  ///< from the fault or the configuration line to the row of the table
    std::string text;         ///< the whole story, and what else is known of the prefix
};

using StoryPtr = std::shared_ptr<const StoryView>;

}  // namespace peerscape::gui
