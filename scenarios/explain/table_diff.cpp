#include "scenarios/explain/table_diff.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/shell/show_route.hpp"

namespace peerscape {

namespace {

void addRows(std::vector<TableRow>& rows, const Simulation& world, NodeId node, Family family) {
    const ShellContext context{world, node, protocols()};
    RouteFilter filter;
    filter.family = family;
    for (const PrefixView& view : viewRoutes(context, filter)) {
        const std::string table = printRoutes(family, {&view, 1}, world.now(), false);
        const std::string_view text = std::string_view(table).substr(table.find("\n\n") + 2);
        for (const std::string_view line : split(text, '\n')) {
            if (line.empty()) continue;
            // Each line of a route with several ways needs the network to be told from another route's.
            const std::size_t age = line.rfind(", ");
            rows.push_back(
                {std::string(line), fmt::format("{} {}", toString(view.prefix), line.substr(0, age))});
        }
    }
}

}  // namespace

std::vector<TableRow> tableRows(const Simulation& world, NodeId node) {
    std::vector<TableRow> rows;
    addRows(rows, world, node, Family::IPv4);
    addRows(rows, world, node, Family::IPv6);
    return rows;
}

std::string diffTables(const std::vector<TableRow>& before, const std::vector<TableRow>& after) {
    const std::size_t n = before.size();
    const std::size_t m = after.size();
    // common[i][j]: the most rows that before from i on and after from j on have in common, in order.
    std::vector<std::vector<std::size_t>> common(n + 1, std::vector<std::size_t>(m + 1, 0));
    for (std::size_t i = n; i > 0; --i) {
        for (std::size_t j = m; j > 0; --j) {
            const bool isSame = before[i - 1].content == after[j - 1].content;
            common[i - 1][j - 1] = isSame ? common[i][j] + 1 : std::max(common[i][j - 1], common[i - 1][j]);
        }
    }
    std::string text;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && before[i].content == after[j].content) {
            ++i;
            ++j;
        } else if (i < n && (j == m || common[i + 1][j] >= common[i][j + 1])) {
            text += fmt::format("- {}\n", before[i++].text);
        } else {
            text += fmt::format("+ {}\n", after[j++].text);
        }
    }
    return text;
}

}  // namespace peerscape
