#include "gui/model/places.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "gui/model/cables.hpp"
#include "scenarios/report/layout.hpp"

namespace peerscape::gui {

namespace {

constexpr double kNearest = 160;  ///< how far apart linked nodes are at least where nobody has placed them

struct Nodes {
    std::vector<std::string> names;
    std::vector<std::optional<report::Point>> given;
    std::map<std::string, std::size_t> index;

    void add(const std::string& name, const std::optional<CanvasPoint>& at) {
        index[name] = names.size();
        names.push_back(name);
        given.push_back(at ? std::optional(report::Point{(*at)[0], (*at)[1]}) : std::nullopt);
    }
};

std::vector<std::pair<std::size_t, std::size_t>> edgesOf(const LabFile& lab, const Nodes& nodes) {
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    forEachCable(lab, [&](const std::string& a, const std::string& b) {
        const auto from = nodes.index.find(a);
        const auto to = nodes.index.find(b);
        if (from != nodes.index.end() && to != nodes.index.end() && from != to)
            edges.emplace_back(from->second, to->second);
    });
    return edges;
}

std::map<std::string, CanvasPoint> layOutNodes(const LabFile& lab, bool keepsPlaces) {
    Nodes nodes;
    for (const RouterEntry& router : lab.routers)
        nodes.add(router.name, keepsPlaces ? router.at : std::nullopt);
    for (const HostEntry& host : lab.hosts)
        nodes.add(host.name, keepsPlaces ? host.at : std::nullopt);
    std::map<std::string, CanvasPoint> places;
    const auto isGiven = [](const auto& place) { return place.has_value(); };
    const bool isComplete = std::ranges::all_of(nodes.given, isGiven);
    if (isComplete) {
        for (std::size_t i = 0; i < nodes.names.size(); ++i)
            places[nodes.names[i]] = {nodes.given[i]->x, nodes.given[i]->y};
        return places;
    }
    const auto at = report::layOut(nodes.given, edgesOf(lab, nodes), kNearest);
    // The layout scales the whole drawing; here those who have a place keep it to the point, so the others
    // are scaled back with them.
    double scale = 1;
    for (std::size_t i = 0; i < at.size(); ++i) {
        const double length = nodes.given[i] ? report::lengthOf(*nodes.given[i]) : 0;
        if (length > 0) scale = report::lengthOf(at[i]) / length;
    }
    for (std::size_t i = 0; i < at.size(); ++i) {
        const report::Point place = nodes.given[i] ? *nodes.given[i] : at[i] * (1 / scale);
        places[nodes.names[i]] = {place.x, place.y};
    }
    return places;
}

}  // namespace

bool isSameNetwork(const LabFile& a, const LabFile& b) {
    const auto bare = [](LabFile lab) {
        lab.title.clear();
        lab.about.clear();
        for (GroupEntry& group : lab.groups) {
            group.title.clear();
            group.kind.clear();
        }
        for (RouterEntry& router : lab.routers)
            router.at.reset();
        for (HostEntry& host : lab.hosts)
            host.at.reset();
        lab.notes.clear();
        return lab;
    };
    return &a == &b || bare(a) == bare(b);
}

std::map<std::string, CanvasPoint> placesOf(const LabFile& lab) { return layOutNodes(lab, true); }

std::map<std::string, CanvasPoint> freshPlacesOf(const LabFile& lab) { return layOutNodes(lab, false); }

}  // namespace peerscape::gui
