#include "scenarios/import/as_graph.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <fmt/format.h>

namespace peerscape {

namespace {

using Index = std::uint32_t;
using Edges = std::vector<std::pair<Index, Index>>;

Index indexOf(const AsGraph& graph, Asn asn) {
    return static_cast<Index>(std::ranges::lower_bound(graph.ases, asn) - graph.ases.begin());
}

/// The neighbours of every AS, side by side in one array.
class Adjacency {
  public:
    Adjacency(std::size_t nodes, const Edges& edges) : begins_(nodes + 1), targets_(edges.size()) {
        for (const auto& [from, to] : edges)
            ++begins_[from + 1];
        for (std::size_t i = 0; i < nodes; ++i)
            begins_[i + 1] += begins_[i];
        std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
        for (const auto& [from, to] : edges)
            targets_[next[from]++] = to;
    }
    std::span<const Index> of(Index node) const {
        return {targets_.data() + begins_[node], begins_[node + 1] - begins_[node]};
    }

  private:
    std::vector<std::size_t> begins_;
    std::vector<Index> targets_;
};

/// From every provider to its customers.
Edges customerEdges(const AsGraph& graph) {
    Edges edges;
    for (const AsLink& link : graph.links) {
        if (link.relation == Relation::CustomerProvider)
            edges.emplace_back(indexOf(graph, link.second), indexOf(graph, link.first));
    }
    return edges;
}

Adjacency bothWays(const AsGraph& graph) {
    Edges edges;
    for (const AsLink& link : graph.links) {
        const Index first = indexOf(graph, link.first);
        const Index second = indexOf(graph, link.second);
        edges.emplace_back(first, second);
        edges.emplace_back(second, first);
    }
    return {graph.ases.size(), edges};
}

/// For every AS the number of the strongly connected set it is in.
std::vector<Index> strongSets(std::size_t nodes, const Edges& edges) {
    using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
    const Graph graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), nodes);
    std::vector<Index> sets(nodes);
    const auto ids = boost::get(boost::vertex_index, graph);
    boost::strong_components(graph, boost::make_iterator_property_map(sets.begin(), ids));
    return sets;
}

constexpr Index kUnseen = static_cast<Index>(-1);

/// The shortest way from `start` back to itself inside its set, as the ASes on it; breadth first.
std::vector<Asn> shortestCycle(const AsGraph& graph, const Adjacency& customers,
                               const std::vector<Index>& sets, Index start, std::vector<Index>& cameFrom) {
    std::vector<Index> queue{start};
    for (std::size_t next = 0; next < queue.size(); ++next) {
        const Index provider = queue[next];
        for (const Index customer : customers.of(provider)) {
            if (customer == start) {
                std::vector<Asn> cycle;
                for (Index at = provider; at != start; at = cameFrom[at])
                    cycle.push_back(graph.ases[at]);
                cycle.push_back(graph.ases[start]);
                std::ranges::reverse(cycle);
                return cycle;
            }
            if (sets[customer] != sets[start] || cameFrom[customer] != kUnseen) continue;
            cameFrom[customer] = provider;
            queue.push_back(customer);
        }
    }
    return {};
}

/// Where each AS stands in the order of nearness; those that are out of reach are left out.
std::vector<Index> nearestFirst(const Adjacency& neighbours, std::size_t nodes, Index start,
                                std::optional<std::size_t> hops) {
    std::vector<bool> isSeen(nodes);
    isSeen[start] = true;
    std::vector<Index> order{start};
    std::size_t begin = 0;
    for (std::size_t distance = 0; begin < order.size() && (!hops || distance < *hops); ++distance) {
        const std::size_t end = order.size();
        for (; begin < end; ++begin) {
            for (const Index next : neighbours.of(order[begin])) {
                if (isSeen[next]) continue;
                isSeen[next] = true;
                order.push_back(next);
            }
        }
        std::sort(order.begin() + static_cast<std::ptrdiff_t>(end), order.end(), [&](Index a, Index b) {
            const std::size_t linksOfA = neighbours.of(a).size();
            const std::size_t linksOfB = neighbours.of(b).size();
            return linksOfA != linksOfB ? linksOfA > linksOfB : a < b;
        });
    }
    return order;
}

}  // namespace

bool AsGraph::contains(Asn asn) const { return std::ranges::binary_search(ases, asn); }

std::vector<std::vector<Asn>> providerCycles(const AsGraph& graph) {
    const Edges edges = customerEdges(graph);
    const std::vector<Index> sets = strongSets(graph.ases.size(), edges);
    std::vector<Index> sizes(graph.ases.size());
    for (const Index set : sets)
        ++sizes[set];
    const Adjacency customers(graph.ases.size(), edges);
    std::vector<Index> cameFrom(graph.ases.size(), kUnseen);
    std::vector<std::vector<Asn>> cycles;
    for (Index start = 0; start < sets.size(); ++start) {
        if (sizes[sets[start]] < 2) continue;
        cycles.push_back(shortestCycle(graph, customers, sets, start, cameFrom));
        sizes[sets[start]] = 0;  // one cycle names the set
    }
    return cycles;
}

std::optional<Asn> largestAs(const AsGraph& graph) {
    std::vector<std::size_t> links(graph.ases.size());
    for (const AsLink& link : graph.links) {
        ++links[indexOf(graph, link.first)];
        ++links[indexOf(graph, link.second)];
    }
    const auto most = std::ranges::max_element(links);
    if (most == links.end()) return std::nullopt;
    return graph.ases[static_cast<std::size_t>(most - links.begin())];
}

Result<AsGraph> partOf(const AsGraph& graph, const AsPart& part) {
    if (part.isEverything()) return graph;
    const auto centre = part.around ? part.around : largestAs(graph);
    if (!centre) return graph;
    if (!graph.contains(*centre))
        return failure(fmt::format("there is no AS {} in the file", toString(*centre)));
    std::vector<Index> order =
        nearestFirst(bothWays(graph), graph.ases.size(), indexOf(graph, *centre), part.hops);
    if (part.most && order.size() > *part.most) order.resize(*part.most);
    AsGraph chosen;
    for (const Index index : order)
        chosen.ases.push_back(graph.ases[index]);
    std::ranges::sort(chosen.ases);
    for (const AsLink& link : graph.links) {
        if (chosen.contains(link.first) && chosen.contains(link.second)) chosen.links.push_back(link);
    }
    return chosen;
}

}  // namespace peerscape
