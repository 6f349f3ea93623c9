#include "gui/session/compare.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

#include "scenarios/explain/table_diff.hpp"

namespace peerscape::gui {

namespace {

void addMissing(const std::string& node, const std::vector<TableRow>& some,
                const std::vector<TableRow>& others, bool isOnlyNow, Comparison& comparison) {
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

Comparison compareTables(const Simulation& other, const Simulation& now) {
    Comparison comparison;
    const std::size_t nodes = std::min(other.topology().nodes().size(), now.topology().nodes().size());
    for (std::uint32_t n = 0; n < nodes; ++n) {
        const std::string& name = now.topology().node(NodeId(n)).name;
        const std::vector<TableRow> before = tableRows(other, NodeId(n));
        const std::vector<TableRow> after = tableRows(now, NodeId(n));
        addMissing(name, before, after, false, comparison);
        addMissing(name, after, before, true, comparison);
    }
    return comparison;
}

}  // namespace peerscape::gui
