#pragma once

#include <variant>

#include "scenarios/format/lab_file.hpp"

/// Walking over a lab.
namespace peerscape {

/// Calls `visit(link)` for every link, then every LAN, then every link or LAN that a step adds.
template <typename Lab, typename Visit>
void forEachLink(Lab& lab, Visit visit) {
    for (auto& link : lab.links)
        visit(link);
    for (auto& lan : lab.lans)
        visit(lan);
    for (auto& step : lab.steps) {
        for (auto& action : step.actions) {
            if (auto* add = std::get_if<lab_action::AddLink>(&action.what)) visit(add->link);
        }
    }
}

}  // namespace peerscape
