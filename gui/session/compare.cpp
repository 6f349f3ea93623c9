#include "gui/session/compare.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

namespace peerscape::gui {

namespace {

void addMissing(const std::string& node, const NodeTable& some, const NodeTable& others, bool isOnlyNow,
                Comparison& comparison) {
    std::multiset<std::string> known;
    for (const TableRow& row : others)
        known.insert(row.content);
    for (const TableRow& row : some) {
        const auto same = known.find(row.content);
        if (same != known.end()) {
            known.erase(same);
        } else if (comparison.rows.size() < Comparison::kMostRows) {
            comparison.rows.push_back({node, row.text, isOnlyNow});
        } else {
            ++comparison.furtherRows;
        }
    }
}

}  // namespace

std::vector<NodeTable> tablesOfAll(const Simulation& world) {
    std::vector<NodeTable> tables;
    const std::size_t nodes = world.topology().nodes().size();
    tables.reserve(nodes);
    for (std::uint32_t n = 0; n < nodes; ++n)
        tables.push_back(tableRows(world, NodeId(n)));
    return tables;
}

Comparison compareTables(const std::vector<NodeTable>& other, const Simulation& now) {
    Comparison comparison;
    const std::size_t nodes = std::min(other.size(), now.topology().nodes().size());
    for (std::uint32_t n = 0; n < nodes; ++n) {
        const std::string& name = now.topology().node(NodeId(n)).name;
        const NodeTable after = tableRows(now, NodeId(n));
        addMissing(name, other[n], after, false, comparison);
        addMissing(name, after, other[n], true, comparison);
    }
    return comparison;
}

}  // namespace peerscape::gui
