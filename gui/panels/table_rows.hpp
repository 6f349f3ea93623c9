#pragma once

#include <vector>

#include "gui/panels/state_model.hpp"
#include "gui/session/snapshot.hpp"

/// The tables of a router as rows of cells. Keys of rows begin with the prefix, if they have one.
namespace peerscape::gui {

/// What stands behind the prefix in the keys of rows.
inline constexpr QChar kKeyEnd = QChar::LineSeparator;

std::vector<StateRow> routeRows(const std::vector<RouteRow>& routes);
std::vector<StateRow> fibRows(const std::vector<FibRow>& ways);
std::vector<StateRow> interfaceRows(const std::vector<InterfaceView>& interfaces);
/// The last cell is a bar that runs down while the timer does.
std::vector<StateRow> ripRows(const std::vector<RipRow>& routes);
/// The third cell is the feasibility test: reported distance over feasible distance.
std::vector<StateRow> eigrpRows(const std::vector<EigrpRow>& paths);
std::vector<StateRow> bgpRows(const std::vector<BgpRow>& paths);
std::vector<StateRow> neighborRows(const std::vector<NeighborRow>& neighbors);

}  // namespace peerscape::gui
