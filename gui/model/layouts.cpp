#include "gui/model/layouts.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numbers>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/circle_layout.hpp>
#include <boost/graph/fruchterman_reingold.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/graph/topology.hpp>

#include "gui/model/cables.hpp"
#include "gui/model/places.hpp"

namespace peerscape::gui {

namespace {

constexpr double kStep = 160;  ///< from one node to the next
constexpr double kGrid = 20;   ///< places are multiples of it, as where nodes are drawn by hand

using Graph = boost::adjacency_list<boost::setS, boost::vecS, boost::undirectedS>;
using Vertex = std::size_t;
using Plane = boost::rectangle_topology<std::minstd_rand>;
using Spot = Plane::point_type;

/// The lab as a graph. Nodes of a group stand one behind the other.
struct Net {
    std::vector<std::string> names;
    std::map<std::string, Vertex> index;
    Graph graph;
    std::vector<std::pair<Vertex, Vertex>> customers;  ///< provider, customer

    explicit Net(const LabFile& lab) {
        std::vector<std::pair<std::string, std::string>> order;
        const auto add = [&](const auto& node) {
            order.emplace_back(node.group ? node.group->name : std::string(), node.name);
        };
        std::ranges::for_each(lab.routers, add);
        std::ranges::for_each(lab.hosts, add);
        std::ranges::stable_sort(order, {}, [](const auto& node) { return node.first; });
        for (const auto& [group, name] : order) {
            index[name] = names.size();
            names.push_back(name);
        }
        graph = Graph(names.size());
        addCables(lab);
    }

  private:
    void join(const std::string& a, const std::string& b) {
        const auto from = index.find(a);
        const auto to = index.find(b);
        if (from != index.end() && to != index.end() && from != to)
            boost::add_edge(from->second, to->second, graph);
    }
    void addCables(const LabFile& lab) {
        forEachCable(lab, [this](const std::string& a, const std::string& b) { join(a, b); });
        for (const LinkEntry& link : lab.links) {
            if (link.relation != Relation::CustomerProvider || link.ends.size() != 2) continue;
            const auto customer = index.find(link.ends[0].node.name);
            const auto provider = index.find(link.ends[1].node.name);
            if (customer != index.end() && provider != index.end() && customer != provider)
                customers.emplace_back(provider->second, customer->second);
        }
    }
};

using Spots = std::vector<CanvasPoint>;

Spots onGrid(const Net& net) {
    const auto columns =
        static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(net.names.size()))));
    Spots spots;
    for (std::size_t i = 0; i < net.names.size(); ++i)
        spots.push_back({static_cast<double>(i % columns) * kStep, static_cast<double>(i / columns) * kStep});
    return spots;
}

Spots onCircle(const Net& net) {
    const auto count = static_cast<double>(net.names.size());
    const double radius = std::max(kStep, count * kStep / (2 * std::numbers::pi));
    std::vector<Spot> spots(net.names.size());
    boost::circle_graph_layout(
        net.graph, boost::make_iterator_property_map(spots.begin(), get(boost::vertex_index, net.graph)),
        radius);
    Spots places;
    for (const Spot& spot : spots)
        places.push_back({spot[0] + radius, spot[1] + radius});
    return places;
}

/// The spots of nodes; those that are pinned do not take another.
class PinnedSpots {
  public:
    using key_type = Vertex;
    using value_type = Spot;
    using reference = const Spot&;
    using category = boost::read_write_property_map_tag;

    PinnedSpots(std::vector<Spot>& spots, const std::vector<bool>& pinned)
        : spots_(&spots), pinned_(&pinned) {}

    friend const Spot& get(const PinnedSpots& map, Vertex v) { return (*map.spots_)[v]; }
    friend void put(const PinnedSpots& map, Vertex v, const Spot& spot) {
        if (!(*map.pinned_)[v]) (*map.spots_)[v] = spot;
    }

  private:
    std::vector<Spot>* spots_;
    const std::vector<bool>* pinned_;
};

Spots byForce(const Net& net, const std::map<std::string, CanvasPoint>& present,
              const std::set<std::string>& pinned) {
    const std::size_t count = net.names.size();
    const double side = kStep * (1 + std::sqrt(static_cast<double>(count)));
    std::vector<bool> isPinned;
    CanvasPoint middle{0, 0};
    double known = 0;
    for (const std::string& name : net.names) {
        isPinned.push_back(pinned.contains(name));
        if (!pinned.empty() && !isPinned.back()) continue;
        middle[0] += present.at(name)[0];
        middle[1] += present.at(name)[1];
        ++known;
    }
    for (double& part : middle)
        part = pinned.empty() || known == 0 ? side / 2 : part / known;
    // Everybody begins on a circle around the middle, so that no two begin at one spot.
    std::vector<Spot> spots(count);
    double reach = side / 2;
    for (std::size_t i = 0; i < count; ++i) {
        const double turn = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count);
        spots[i][0] = middle[0] + side / 3 * std::cos(turn);
        spots[i][1] = middle[1] + side / 3 * std::sin(turn);
        if (!isPinned[i]) continue;
        spots[i][0] = present.at(net.names[i])[0];
        spots[i][1] = present.at(net.names[i])[1];
        reach = std::max({reach, std::abs(spots[i][0] - middle[0]), std::abs(spots[i][1] - middle[1])});
    }
    std::minstd_rand random(1);
    const Plane plane(random, middle[0] - reach, middle[1] - reach, middle[0] + reach, middle[1] + reach);
    constexpr std::size_t kRounds = 200;
    boost::fruchterman_reingold_force_directed_layout(
        net.graph, PinnedSpots(spots, isPinned), plane,
        boost::cooling(boost::linear_cooling<double>(kRounds, reach / 5)));
    Spots places;
    for (const Spot& spot : spots)
        places.push_back({spot[0], spot[1]});
    return places;
}

/// How far below the top each node stands: a customer below all its providers. Who is in a circle of
/// customers stands beside the others of it.
std::vector<int> layersByRelation(const Net& net) {
    using Directed = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
    Directed down(net.names.size());
    for (const auto& [provider, customer] : net.customers)
        boost::add_edge(provider, customer, down);
    std::vector<Vertex> component(net.names.size());
    const auto circles = boost::strong_components(
        down, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, down)));
    Directed condensed(static_cast<std::size_t>(circles));
    for (const auto& [provider, customer] : net.customers) {
        if (component[provider] != component[customer])
            boost::add_edge(component[provider], component[customer], condensed);
    }
    std::vector<Vertex> order;
    boost::topological_sort(condensed, std::back_inserter(order));
    std::vector<int> depth(static_cast<std::size_t>(circles), 0);
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        for (const auto edge : boost::make_iterator_range(boost::out_edges(*at, condensed))) {
            int& below = depth[boost::target(edge, condensed)];
            below = std::max(below, depth[*at] + 1);
        }
    }
    std::vector<int> layers;
    for (const Vertex circle : component)
        layers.push_back(depth[circle]);
    return layers;
}

/// Distances from the best connected node of each part.
std::vector<int> layersByDistance(const Net& net) {
    const std::size_t count = net.names.size();
    std::vector<int> layers(count, -1);
    std::vector<Vertex> byDegree(count);
    for (Vertex v = 0; v < count; ++v)
        byDegree[v] = v;
    std::ranges::stable_sort(byDegree, std::greater(), [&](Vertex v) { return boost::degree(v, net.graph); });
    for (const Vertex top : byDegree) {
        if (layers[top] >= 0) continue;
        std::vector<int> distance(count, 0);
        std::vector<Vertex> found{top};
        const auto note = boost::make_bfs_visitor(std::make_pair(
            boost::record_distances(
                boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, net.graph)),
                boost::on_tree_edge()),
            boost::write_property(get(boost::vertex_index, net.graph), std::back_inserter(found),
                                  boost::on_discover_vertex())));
        boost::breadth_first_search(net.graph, top, boost::visitor(note));
        for (const Vertex v : found)
            layers[v] = distance[v];
    }
    return layers;
}

/// Each layer is ordered so that its nodes stand below the middle of those they are linked to.
void orderLayers(const Net& net, std::vector<std::vector<Vertex>>& layers) {
    std::vector<double> across(net.names.size(), 0);
    const auto number = [&](const std::vector<Vertex>& layer) {
        for (std::size_t i = 0; i < layer.size(); ++i)
            across[layer[i]] = static_cast<double>(i) - static_cast<double>(layer.size() - 1) / 2;
    };
    std::ranges::for_each(layers, number);
    constexpr int kSweeps = 4;
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
        for (std::vector<Vertex>& layer : layers) {
            std::vector<std::pair<double, Vertex>> wanted;
            for (const Vertex v : layer) {
                double sum = 0;
                double linked = 0;
                for (const auto other : boost::make_iterator_range(boost::adjacent_vertices(v, net.graph))) {
                    sum += across[other];
                    ++linked;
                }
                wanted.emplace_back(linked > 0 ? sum / linked : across[v], v);
            }
            std::ranges::stable_sort(wanted, {}, &std::pair<double, Vertex>::first);
            for (std::size_t i = 0; i < layer.size(); ++i)
                layer[i] = wanted[i].second;
            number(layer);
        }
    }
}

/// Whether a cable of the layer passes behind a node of it that it does not end at.
bool hasLongCable(const Net& net, const std::vector<Vertex>& layer) {
    for (std::size_t i = 0; i < layer.size(); ++i) {
        for (std::size_t j = i + 2; j < layer.size(); ++j) {
            if (boost::edge(layer[i], layer[j], net.graph).second) return true;
        }
    }
    return false;
}

Spots inLayers(const Net& net) {
    const std::vector<int> depth = net.customers.empty() ? layersByDistance(net) : layersByRelation(net);
    std::vector<std::vector<Vertex>> layers;
    for (Vertex v = 0; v < net.names.size(); ++v) {
        layers.resize(std::max(layers.size(), static_cast<std::size_t>(depth[v]) + 1));
        layers[static_cast<std::size_t>(depth[v])].push_back(v);
    }
    orderLayers(net, layers);
    std::size_t widest = 1;
    for (const auto& layer : layers)
        widest = std::max(widest, layer.size());
    Spots spots(net.names.size());
    double top = 0;
    for (const std::vector<Vertex>& layer : layers) {
        const double indent = static_cast<double>(widest - layer.size()) / 2;
        // Every other node a little lower lets long cables pass beside nodes instead of behind them.
        const double lower = hasLongCable(net, layer) ? kStep / 2 : 0;
        for (std::size_t i = 0; i < layer.size(); ++i)
            spots[layer[i]] = {(indent + static_cast<double>(i)) * kStep, top + (i % 2 == 1 ? lower : 0)};
        top += kStep + lower;
    }
    return spots;
}

Spots spotsOf(const Net& net, const LabFile& lab, LayoutKind kind, const std::set<std::string>& pinned) {
    switch (kind) {
        case LayoutKind::Force:
            return byForce(net, placesOf(lab), pinned);
        case LayoutKind::Layers:
            return inLayers(net);
        case LayoutKind::Grid:
            return onGrid(net);
        case LayoutKind::Circle:
            return onCircle(net);
    }
    return {};
}

}  // namespace

std::map<std::string, CanvasPoint> layOut(const LabFile& lab, LayoutKind kind,
                                          const std::set<std::string>& pinned) {
    const Net net(lab);
    std::map<std::string, CanvasPoint> places;
    if (net.names.empty()) return places;
    const Spots spots = spotsOf(net, lab, kind, pinned);
    const auto present = placesOf(lab);
    for (std::size_t i = 0; i < net.names.size(); ++i) {
        const std::string& name = net.names[i];
        places[name] = pinned.contains(name) ? present.at(name)
                                             : CanvasPoint{std::round(spots[i][0] / kGrid) * kGrid,
                                                           std::round(spots[i][1] / kGrid) * kGrid};
    }
    return places;
}

std::map<std::string, CanvasPoint> inLine(const LabFile& lab, const std::set<std::string>& nodes,
                                          bool isRow) {
    const std::size_t along = isRow ? 0 : 1;
    const std::size_t across = 1 - along;
    const auto present = placesOf(lab);
    std::vector<std::pair<std::string, CanvasPoint>> line;
    double middle = 0;
    for (const std::string& name : nodes) {
        const auto place = present.find(name);
        if (place == present.end()) continue;
        line.emplace_back(name, place->second);
        middle += place->second[across];
    }
    std::ranges::stable_sort(line, {}, [along](const auto& node) { return node.second[along]; });
    std::map<std::string, CanvasPoint> places;
    std::optional<double> last;
    for (auto& [name, place] : line) {
        place[across] = std::round(middle / static_cast<double>(line.size()) / kGrid) * kGrid;
        if (last) place[along] = std::max(place[along], *last + kStep / 2);
        last = place[along];
        places[name] = place;
    }
    return places;
}

}  // namespace peerscape::gui
