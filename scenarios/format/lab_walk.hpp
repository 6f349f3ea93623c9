#pragma once

#include <cstddef>
#include <string>
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

/// Calls `visit(place, text)` for every text that the lab holds for people: titles, descriptions, notes,
/// names of steps, names, sentences and hints of expectations. `place` says where it stands
/// ("steps/2/expect/0/hint"); texts that are empty are left out.
template <typename Lab, typename Visit>
void forEachText(Lab& lab, Visit visit) {
    const auto tell = [&](const std::string& place, auto& text) {
        if (!text.empty()) visit(place, text);
    };
    tell("title", lab.title);
    tell("about", lab.about);
    for (auto& group : lab.groups)
        tell("groups/" + group.name + "/title", group.title);
    for (std::size_t i = 0; i < lab.notes.size(); ++i)
        tell("notes/" + std::to_string(i) + "/text", lab.notes[i].text);
    for (std::size_t i = 0; i < lab.steps.size(); ++i) {
        auto& step = lab.steps[i];
        const std::string at = "steps/" + std::to_string(i);
        tell(at + "/name", step.name);
        tell(at + "/about", step.about);
        for (std::size_t j = 0; j < step.expectations.size(); ++j) {
            auto& goal = step.expectations[j];
            const std::string of = at + "/expect/" + std::to_string(j);
            tell(of + "/name", goal.name);
            tell(of + "/pass", goal.pass);
            tell(of + "/fail", goal.fail);
            tell(of + "/hint", goal.hint);
        }
    }
}

}  // namespace peerscape
