#pragma once

#include <string>
#include <vector>

#include "gui/session/snapshot.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

/// What the world is at this moment, in the words and values of a snapshot.
namespace peerscape::gui {

std::vector<NodeView> nodesOf(const LabWorld& world);
/// What the lab file watches and is wrong at this moment.
std::vector<AlarmView> alarmsOf(const LabWorld& world);
/// Notes at every router what it believes and should not.
void addAlarms(const std::vector<AlarmView>& alarms, std::vector<NodeView>& nodes);
/// `segmentsAtStart`: how many links and LANs the lab file made; those after them were added by actions.
std::vector<LinkView> linksOf(const LabWorld& world, std::size_t segmentsAtStart);
std::vector<SessionView> sessionsOf(const LabWorld& world);
/// Every prefix that some router has a selected route for, in the order of the tables.
std::vector<std::string> prefixesOf(const LabWorld& world);
/// Where every node sends packets for the first address of the prefix; empty for what is no prefix.
std::vector<HopArrow> arrowsFor(const LabWorld& world, const std::string& prefix);
/// The tables of the node of that name; without a name when there is none.
NodeTables tablesOf(const LabWorld& world, const std::string& node);
std::vector<ExpectationView> viewOf(const StepResult& step);

}  // namespace peerscape::gui
