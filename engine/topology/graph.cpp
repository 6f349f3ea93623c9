#include "engine/topology/graph.hpp"

#include <algorithm>
#include <iterator>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>

namespace peerscape {

namespace {

struct EdgeOfSegment {
    SegmentId segment;
    std::size_t edge_index = 0;
};

using Graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, EdgeOfSegment>;

Graph makeGraph(const Topology& topology, const SegmentFilter& usable) {
    Graph graph(topology.nodes().size());
    for (std::uint32_t s = 0; s < topology.segments().size(); ++s) {
        if (usable && !usable(SegmentId(s))) continue;
        const auto& ends = topology.segment(SegmentId(s)).ends;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                boost::add_edge(ends[j].node.value(), ends[i].node.value(),
                                EdgeOfSegment{SegmentId(s), boost::num_edges(graph)}, graph);
            }
        }
    }
    return graph;
}

}  // namespace

std::vector<std::optional<std::uint32_t>> hopDistances(const Topology& topology, NodeId from,
                                                       const SegmentFilter& usable) {
    const Graph graph = makeGraph(topology, usable);
    const std::size_t unreached = topology.nodes().size() + 1;
    std::vector<std::size_t> hops(topology.nodes().size(), unreached);
    hops[from.value()] = 0;
    boost::breadth_first_search(
        graph, from.value(),
        boost::visitor(boost::make_bfs_visitor(boost::record_distances(hops.data(), boost::on_tree_edge()))));
    std::vector<std::optional<std::uint32_t>> result(hops.size());
    for (std::size_t i = 0; i < hops.size(); ++i) {
        if (hops[i] != unreached) result[i] = static_cast<std::uint32_t>(hops[i]);
    }
    return result;
}

std::vector<std::uint32_t> connectedParts(const Topology& topology, const SegmentFilter& usable) {
    const Graph graph = makeGraph(topology, usable);
    std::vector<std::uint32_t> parts(topology.nodes().size());
    if (!parts.empty()) boost::connected_components(graph, parts.data());
    return parts;
}

std::vector<NodeId> articulationNodes(const Topology& topology, const SegmentFilter& usable) {
    const Graph graph = makeGraph(topology, usable);
    std::vector<std::size_t> points;
    boost::articulation_points(graph, std::back_inserter(points));
    std::sort(points.begin(), points.end());
    std::vector<NodeId> nodes;
    for (const std::size_t p : points)
        nodes.emplace_back(static_cast<std::uint32_t>(p));
    return nodes;
}

std::vector<GroupId> groupCycle(const Topology& topology) {
    const auto groups = topology.groups();
    for (std::uint32_t first = 0; first < groups.size(); ++first) {
        std::vector<GroupId> way;
        for (GroupId g(first); g.isSome() && way.size() <= groups.size(); g = groups[g.value()].parent) {
            if (!way.empty() && g == GroupId(first)) return way;
            way.push_back(g);
        }
    }
    return {};
}

}  // namespace peerscape
