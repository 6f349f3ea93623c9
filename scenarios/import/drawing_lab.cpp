#include "scenarios/import/drawing_lab.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <filesystem>
#include <numbers>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "scenarios/import/names.hpp"

namespace peerscape {

namespace {

constexpr const char* kOutside = "outside";

/// Degrees to places on a canvas: a map on which both axes have one scale in the middle of the drawing.
class Projection {
  public:
    explicit Projection(const Drawing& drawing) {
        std::optional<GeoPoint> least;
        std::optional<GeoPoint> most;
        for (const DrawnNode& node : drawing.nodes) {
            if (!node.at) continue;
            if (!least) least = most = node.at;
            *least = {std::min(least->latitude, node.at->latitude),
                      std::min(least->longitude, node.at->longitude)};
            *most = {std::max(most->latitude, node.at->latitude),
                     std::max(most->longitude, node.at->longitude)};
        }
        if (!least) return;
        north_ = most->latitude;
        west_ = least->longitude;
        const double middle = (most->latitude + least->latitude) / 2;
        squeeze_ = std::cos(middle * std::numbers::pi / 180);
        const double extent =
            std::max((most->longitude - least->longitude) * squeeze_, most->latitude - least->latitude);
        if (extent > 0) scale_ = kCanvas / extent;
    }
    std::array<double, 2> place(const GeoPoint& point) const {
        return {std::round((point.longitude - west_) * squeeze_ * scale_),
                std::round((north_ - point.latitude) * scale_)};
    }

  private:
    static constexpr double kCanvas = 1600;
    double north_ = 0;
    double west_ = 0;
    double squeeze_ = 1;
    double scale_ = 1;
};

class LabMaker {
  public:
    LabMaker(const Drawing& drawing, const DrawingLabOptions& options, DiagnosticList& problems)
        : drawing_(drawing), options_(options), problems_(problems), projection_(drawing) {
        chooseRoles();
        giveNames();
    }

    LabFile make() {
        lab_.title =
            drawing_.name.empty() ? std::filesystem::path(options_.file).filename().string() : drawing_.name;
        if (!drawing_.date.empty()) lab_.title += ", " + drawing_.date;
        lab_.title = printable(lab_.title);
        if (!drawing_.source.empty()) lab_.about = fmt::format("Drawn after {}\n", drawing_.source);
        addRouters();
        addLinks();
        addLans();
        warnOfWidth();
        return std::move(lab_);
    }

  private:
    enum class Role { Router, External, Lan, LeftOut };

    bool isNode(std::size_t node) const {
        return roles_[node] == Role::Router || roles_[node] == Role::External;
    }

    /// A shared network between two shared networks would be neither's; such nodes are taken for routers.
    void chooseRoles() {
        std::vector<bool> touchesShared(drawing_.nodes.size());
        for (const DrawnEdge& edge : drawing_.edges) {
            if (drawing_.nodes[edge.target].isHyperedge) touchesShared[edge.source] = true;
            if (drawing_.nodes[edge.source].isHyperedge) touchesShared[edge.target] = true;
        }
        for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
            const DrawnNode& node = drawing_.nodes[i];
            if (node.isHyperedge && !touchesShared[i])
                roles_.push_back(Role::Lan);
            else if (node.isInternal || node.isHyperedge)
                roles_.push_back(Role::Router);
            else
                roles_.push_back(options_.keepsExternal ? Role::External : Role::LeftOut);
        }
    }

    void giveNames() {
        std::vector<std::string> names;
        for (const DrawnNode& node : drawing_.nodes) {
            std::string name = legalName(node.label);
            if (name.empty()) name = legalName("node-" + node.id);
            names.push_back(std::move(name));
        }
        names_ = uniqueNames(names);
    }

    void addRouters() {
        constexpr std::size_t kMostStubs = 0xFFFF;
        for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
            if (!isNode(i)) continue;
            RouterEntry router;
            router.name = names_[i];
            if (drawing_.nodes[i].at) router.at = projection_.place(*drawing_.nodes[i].at);
            if (roles_[i] == Role::External) {
                router.group = NameRef{kOutside, {}};
            } else {
                router.protocols = {options_.protocol};
                if (const std::size_t number = i + 1; number <= kMostStubs)
                    router.networks.push_back({stubNumber(static_cast<std::uint32_t>(number)), {}});
            }
            lab_.routers.push_back(std::move(router));
        }
        if (std::ranges::find(roles_, Role::External) != roles_.end())
            lab_.groups.push_back({kOutside, "outside", "Other networks", std::nullopt, std::nullopt, {}});
    }

    static Prefix stubNumber(std::uint32_t number) {
        constexpr std::uint32_t kTen = 10U << 24;
        return {IpAddress::v4(kTen | number << 8), 24};
    }

    std::optional<Duration> delayOf(const DrawnEdge& edge) const {
        const auto& source = drawing_.nodes[edge.source].at;
        const auto& target = drawing_.nodes[edge.target].at;
        if (!source || !target) return std::nullopt;
        return fibreDelay(greatCircle(*source, *target));
    }

    EndEntry endAt(std::size_t node) const {
        EndEntry end;
        end.node.name = names_[node];
        return end;
    }

    /// A name nothing else has: links and LANs share one space of names.
    std::string newName(const std::string& base) {
        std::string name = base;
        for (std::size_t i = 2; !segmentNames_.insert(name).second; ++i)
            name = fmt::format("{}-{}", base, i);
        return name;
    }

    void addLinks() {
        constexpr std::size_t kLongest = 56;
        for (const DrawnEdge& edge : drawing_.edges) {
            if (!isNode(edge.source) || !isNode(edge.target)) continue;
            LinkEntry link;
            const std::string both = names_[edge.source] + "-" + names_[edge.target];
            link.name = newName(both.size() <= kLongest ? both : "link");
            link.ends = {endAt(edge.source), endAt(edge.target)};
            link.bandwidth = edge.bandwidth;
            link.delay = delayOf(edge);
            lab_.links.push_back(std::move(link));
        }
    }

    void addLans() {
        std::vector<std::vector<std::size_t>> edgesAt(drawing_.nodes.size());
        for (std::size_t i = 0; i < drawing_.edges.size(); ++i) {
            const DrawnEdge& edge = drawing_.edges[i];
            if (roles_[edge.source] == Role::Lan) edgesAt[edge.source].push_back(i);
            if (roles_[edge.target] == Role::Lan) edgesAt[edge.target].push_back(i);
        }
        for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
            if (roles_[i] == Role::Lan) addLan(i, edgesAt[i]);
        }
    }

    /// As fast as the slowest way into it, and as wide as from the middle to the farthest and back.
    void addLan(std::size_t node, const std::vector<std::size_t>& edges) {
        LinkEntry lan;
        lan.kind = SegmentKind::Lan;
        std::set<std::size_t> attached;
        for (const std::size_t index : edges) {
            const DrawnEdge& edge = drawing_.edges[index];
            const std::size_t other = edge.source == node ? edge.target : edge.source;
            if (!isNode(other) || !attached.insert(other).second) continue;
            lan.ends.push_back(endAt(other));
            if (edge.bandwidth && (!lan.bandwidth || *edge.bandwidth < *lan.bandwidth))
                lan.bandwidth = edge.bandwidth;
            if (const auto delay = delayOf(edge))
                lan.delay = std::max(lan.delay.value_or(Duration()), *delay * 2);
        }
        if (lan.ends.empty()) {
            warn(fmt::format("the shared network {} is left out: nothing is attached to it",
                             quotedWord(names_[node])));
            return;
        }
        lan.name = newName(names_[node]);
        lab_.lans.push_back(std::move(lan));
    }

    /// The nodes that can be reached, with their distances in links and LANs, the nearest first.
    std::vector<std::pair<std::size_t, std::size_t>> distancesFrom(
        std::size_t start, const std::vector<std::vector<std::size_t>>& neighbours) const {
        std::vector<std::pair<std::size_t, std::size_t>> order;
        std::vector<bool> isSeen(drawing_.nodes.size());
        std::deque<std::pair<std::size_t, std::size_t>> open{{start, 0}};
        while (!open.empty()) {
            const auto [node, distance] = open.front();
            open.pop_front();
            if (isSeen[node]) continue;
            isSeen[node] = true;
            order.emplace_back(node, distance);
            for (const std::size_t other : neighbours[node]) {
                // Onto a LAN is no step of its own; from there it is one to every router.
                if (roles_[other] == Role::Lan)
                    open.emplace_front(other, distance);
                else
                    open.emplace_back(other, distance + 1);
            }
        }
        return order;
    }

    /// From anywhere to the farthest, and from there to the farthest: seldom less than the diameter, and
    /// never more.
    void warnOfWidth() {
        std::vector<std::vector<std::size_t>> neighbours(drawing_.nodes.size());
        const auto carries = [&](std::size_t node) {
            return roles_[node] == Role::Router || roles_[node] == Role::Lan;
        };
        for (const DrawnEdge& edge : drawing_.edges) {
            if (!carries(edge.source) || !carries(edge.target)) continue;
            neighbours[edge.source].push_back(edge.target);
            neighbours[edge.target].push_back(edge.source);
        }
        std::vector<bool> isSeen(drawing_.nodes.size());
        std::size_t parts = 0;
        std::size_t width = 0;
        for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
            if (roles_[i] != Role::Router || isSeen[i]) continue;
            ++parts;
            const auto first = distancesFrom(i, neighbours);
            for (const auto& [node, distance] : first)
                isSeen[node] = true;
            width = std::max(width, distancesFrom(first.back().first, neighbours).back().second);
        }
        if (parts > 1) warn(fmt::format("the network falls into {} parts that no link joins", parts));
        // A neighbour's stub network has metric 2 (RFC 2453 section 3.4.1), and 16 is infinity.
        constexpr std::size_t kFarthest = 14;
        if (options_.protocol == IntentProtocol::Rip && width > kFarthest) {
            warn(fmt::format(
                "routers lie {} links apart, but RIP reaches no farther than {}; --igp eigrp does", width,
                kFarthest));
        }
    }

    void warn(std::string message) { problems_.warning({options_.file, 0, 0}, std::move(message)); }

    const Drawing& drawing_;
    const DrawingLabOptions& options_;
    DiagnosticList& problems_;
    Projection projection_;
    std::vector<Role> roles_;
    std::vector<std::string> names_;
    std::set<std::string> segmentNames_;
    LabFile lab_;
};

}  // namespace

Duration fibreDelay(double metres) {
    constexpr double kMetresPerStep = 2000;  // 200,000 km/s, two thirds of the speed of light, for 10 µs
    const auto steps = std::max<std::int64_t>(1, std::llround(metres / kMetresPerStep));
    return Duration::microseconds(10) * steps;
}

LabFile drawingLab(const Drawing& drawing, const DrawingLabOptions& options, DiagnosticList& problems) {
    return LabMaker(drawing, options, problems).make();
}

}  // namespace peerscape
