#include "scenarios/report/topology_svg.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <map>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/report/layout.hpp"
#include "scenarios/report/markup.hpp"
#include "scenarios/report/svg.hpp"

namespace peerscape::report {

namespace {

constexpr double kLabelFont = 12;
constexpr double kSmallFont = 10.5;
constexpr double kGroupPadding = 16;
/// Past these, names stand in the tables only: they would cover the picture.
constexpr std::size_t kMostLabelledLinks = 80;
constexpr std::size_t kMostDetailedLinks = 30;

/// How large things are drawn, in pixels: the more nodes, the smaller.
struct Sizes {
    double nodeHeight;
    double nodeFont;
    std::string_view nodeClass;  ///< of the style sheet, with the same font
    double nearest;              ///< see layOut()
    double stub;                 ///< length of the line to a network behind one router
};

constexpr std::size_t kSomeNodes = 40;
constexpr std::size_t kManyNodes = 120;

Sizes sizesFor(std::size_t nodes) {
    if (nodes <= kSomeNodes) return {34, 15, "name", 230, 58};
    if (nodes <= kManyNodes) return {25, 13, "name medium", 140, 38};
    return {18, 11, "name small", 56, 20};
}

struct Bounds {
    Point least{HUGE_VAL, HUGE_VAL};
    Point most{-HUGE_VAL, -HUGE_VAL};

    void add(Point p) {
        least = {std::min(least.x, p.x), std::min(least.y, p.y)};
        most = {std::max(most.x, p.x), std::max(most.y, p.y)};
    }
    void add(const Bounds& other) {
        if (!other.isSome()) return;
        add(other.least);
        add(other.most);
    }
    bool isSome() const { return least.x <= most.x; }
    bool overlaps(const Bounds& other) const {
        return least.x < other.most.x && other.least.x < most.x && least.y < other.most.y &&
               other.least.y < most.y;
    }
};

std::string propertiesOf(const DrawnLink& link) {
    std::string text;
    if (!link.bandwidth.isUnlimited()) {
        text = peerscape::toString(link.bandwidth) + "/s, ";
        text.insert(text.find_first_not_of("0123456789"), "\u00a0");
    }
    text += peerscape::toString(link.delay);
    for (const auto& [share, what] :
         {std::pair(link.loss, "loss"), std::pair(link.duplicate, "duplicated"),
          std::pair(link.reorder, "reordered"), std::pair(link.corrupt, "corrupted")}) {
        if (!share.isZero()) text += fmt::format(", {} {}", peerscape::toString(share), what);
    }
    return text;
}

bool hasWord(std::string_view text, std::string_view word) {
    const auto isLetter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !isLetter(text[at - 1]);
        if (begins && (end == text.size() || !isLetter(text[end]))) return true;
    }
    return false;
}

/// A stub network hangs on one router, a link joins two, a LAN with more ends gets a place of its own.
bool isStub(const DrawnLink& link) { return link.ends.size() == 1; }
bool isHub(const DrawnLink& link) { return link.ends.size() > 2; }

class Picture {
  public:
    explicit Picture(const Drawing& drawing) : drawing_(drawing), sizes_(sizesFor(drawing.nodes.size())) {
        place();
        placeStubs();
    }

    std::string svg() {
        drawGroups();
        for (std::size_t i = 0; i < drawing_.links.size(); ++i)
            drawLink(i);
        for (std::size_t i = 0; i < drawing_.nodes.size(); ++i)
            drawNode(i);
        for (const auto& draw : labels_)
            svg_.raw(draw);
        if (!bounds_.isSome()) bounds_.add(Point{});
        constexpr double kMargin = 14;
        const Point corner = bounds_.least - Point{kMargin, kMargin};
        const double width = bounds_.most.x - bounds_.least.x + 2 * kMargin;
        const double height = bounds_.most.y - bounds_.least.y + 2 * kMargin;
        return svg_.picture(drawing_.nodes.size() <= kSomeNodes ? "topology" : "network",
                            "Drawing of the topology", description(), corner, width, height);
    }

  private:
    double widthOfNode(std::size_t node) const {
        return std::max(1.35 * sizes_.nodeHeight,
                        widthOf(drawing_.nodes[node].name, sizes_.nodeFont) + 0.7 * sizes_.nodeHeight);
    }

    void place() {
        std::vector<std::optional<Point>> given;
        for (const DrawnNode& node : drawing_.nodes) {
            given.push_back(node.position ? std::optional(Point{(*node.position)[0], (*node.position)[1]})
                                          : std::nullopt);
        }
        std::vector<std::pair<std::size_t, std::size_t>> edges;
        std::size_t places = drawing_.nodes.size();
        hubs_.resize(drawing_.links.size());
        for (std::size_t i = 0; i < drawing_.links.size(); ++i) {
            const DrawnLink& link = drawing_.links[i];
            if (link.ends.size() == 2 && link.ends[0].node != link.ends[1].node)
                edges.emplace_back(link.ends[0].node, link.ends[1].node);
            if (link.ends.size() == 2) ++parallel_[std::minmax(link.ends[0].node, link.ends[1].node)];
            if (!isHub(link)) continue;
            hubs_[i] = places++;
            given.push_back(centreOf(link, given));
            for (const DrawnEnd& end : link.ends)
                edges.emplace_back(end.node, *hubs_[i]);
        }
        at_ = layOut(given, edges, sizes_.nearest);
    }

    /// Of the ends of a LAN, when all of them have their place.
    static std::optional<Point> centreOf(const DrawnLink& link,
                                         const std::vector<std::optional<Point>>& given) {
        Point sum;
        for (const DrawnEnd& end : link.ends) {
            if (!given[end.node]) return std::nullopt;
            sum = sum + *given[end.node];
        }
        return sum * (1 / static_cast<double>(link.ends.size()));
    }

    /// Stub networks point away from all links of their router, and keep clear of other routers and of each
    /// other where they can.
    void placeStubs() {
        std::map<std::size_t, std::vector<double>> taken;
        const auto direction = [](Point d) { return std::atan2(d.y, d.x); };
        for (std::size_t i = 0; i < drawing_.links.size(); ++i) {
            const DrawnLink& link = drawing_.links[i];
            for (const DrawnEnd& end : link.ends) {
                for (const DrawnEnd& other : link.ends) {
                    const Point to = isHub(link) ? at_[*hubs_[i]] : at_[other.node];
                    if (other.node != end.node) taken[end.node].push_back(direction(to - at_[end.node]));
                }
            }
        }
        std::vector<Bounds> boxes;
        for (std::size_t i = 0; i < drawing_.nodes.size(); ++i)
            boxes.push_back(boundsOfNode(i));
        stubs_.resize(drawing_.links.size());
        for (std::size_t i = 0; i < drawing_.links.size(); ++i) {
            const DrawnLink& link = drawing_.links[i];
            if (!isStub(link)) continue;
            const std::size_t node = link.ends[0].node;
            std::vector<double>& others = taken[node];
            const std::vector<double> directions = byRoom(others);
            const auto isClear = [&](double angle) {
                const Bounds box = boundsOfStub(link, endOfStub(node, angle));
                for (std::size_t b = 0; b < boxes.size(); ++b) {
                    if (b != node && box.overlaps(boxes[b])) return false;
                }
                return true;
            };
            const auto clear = std::ranges::find_if(directions, isClear);
            const double angle = clear == directions.end() ? directions.front() : *clear;
            others.push_back(angle);
            stubs_[i] = endOfStub(node, angle);
            boxes.push_back(boundsOfStub(link, *stubs_[i]));
        }
    }

    Point endOfStub(std::size_t node, double angle) const {
        const double reach = sizes_.stub + std::abs(std::cos(angle)) * widthOfNode(node) / 2;
        return at_[node] + Point{std::cos(angle) * reach, std::sin(angle) * reach};
    }

    Bounds boundsOfNode(std::size_t node) const {
        const Point half{widthOfNode(node) / 2, sizes_.nodeHeight / 2};
        return {at_[node] - half, at_[node] + half};
    }

    /// Sixteen directions, the one farthest from all that are taken first; of equals the one nearest to down,
    /// clockwise.
    static std::vector<double> byRoom(const std::vector<double>& taken) {
        constexpr int kDirections = 16;
        std::vector<double> directions;
        for (int i = 0; i < kDirections; ++i)
            directions.push_back(std::numbers::pi / 2 + 2 * std::numbers::pi * i / kDirections);
        std::ranges::stable_sort(directions, std::greater(), [&](double angle) {
            double room = std::numbers::pi;
            for (const double other : taken)
                room = std::min(room, std::abs(std::remainder(angle - other, 2 * std::numbers::pi)));
            return std::lround(room * 100);
        });
        return directions;
    }

    bool isLabelled() const { return drawing_.links.size() <= kMostLabelledLinks; }
    bool isDetailed() const { return report::isDetailed(drawing_); }

    void label(Point at, std::string_view text, double size, std::string_view classes,
               Svg::Anchor anchor = Svg::Anchor::Middle) {
        Svg one;
        one.text(at, text, classes, anchor);
        labels_.push_back(one.body());
        const double width = widthOf(text, size);
        const double left = anchor == Svg::Anchor::Middle ? width / 2
                            : anchor == Svg::Anchor::End  ? width
                                                          : 0;
        bounds_.add(at + Point{-left, -size});
        bounds_.add(at + Point{width - left, size / 3});
    }

    /// What a label needs so that the line under it does not strike it through.
    void clearFor(Point baseline, double width, double ascent, double height) {
        Svg back;
        back.rect(baseline - Point{width / 2, ascent}, width, height, "label-back", 3);
        labels_.push_back(back.body());
    }

    void drawLink(std::size_t i) {
        const DrawnLink& link = drawing_.links[i];
        const std::string classes = link.isUp ? "link" : "link down";
        if (isStub(link)) {
            drawStub(i, classes);
        } else if (isHub(link)) {
            drawHub(i, classes);
        } else if (link.ends.size() == 2) {
            drawCable(i, classes);
        }
    }

    void drawStub(std::size_t i, const std::string& classes) {
        const DrawnLink& link = drawing_.links[i];
        const Point end = *stubs_[i];
        const Point begin = at_[link.ends[0].node];
        const Point along = (end - begin) * (1 / std::max(1.0, lengthOf(end - begin)));
        const Point across{-along.y, along.x};
        svg_.line(begin, end, classes + " stub");
        const double half = 0.42 * sizes_.nodeHeight;
        svg_.line(end - across * half, end + across * half, classes + " bar");
        bounds_.add(end);
        if (!isLabelled()) return;
        const bool isSideways = std::abs(along.x) > 0.5;
        const auto anchor = !isSideways   ? Svg::Anchor::Middle
                            : along.x > 0 ? Svg::Anchor::Start
                                          : Svg::Anchor::End;
        const std::string address = link.ends[0].addresses.empty() ? "" : link.ends[0].addresses.front();
        const bool isTwoLines = isDetailed() && !address.empty();
        // Clear of the bar, which leans when the stub does.
        const double beside = along.x > 0 ? std::abs(across.x) * half : -std::abs(across.x) * half;
        const double clear = isSideways ? 9 : 9 + std::abs(across.y) * half;
        Point at = end + along * clear + Point{0, isSideways ? 4.0 : along.y > 0 ? 10.0 : 0.0};
        if (isSideways) at.x += beside;
        if (isTwoLines && (isSideways || along.y < 0)) at.y -= isSideways ? 6 : 13;
        label(at, link.name, kLabelFont, "label", anchor);
        if (isTwoLines) label(at + Point{0, 13}, address, kSmallFont, "detail", anchor);
    }

    void drawHub(std::size_t i, const std::string& classes) {
        const DrawnLink& link = drawing_.links[i];
        const Point centre = at_[*hubs_[i]];
        for (const DrawnEnd& end : link.ends)
            svg_.line(at_[end.node], centre, classes);
        const double width = widthOf(link.name, kLabelFont) + 24;
        svg_.rect(centre - Point{width / 2, 12}, width, 24, link.isUp ? "hub" : "hub down");
        label(centre + Point{0, 4}, link.name, kLabelFont, "label in-box");
        if (!link.isUp) cross(centre + Point{0, -24});
        if (isDetailed()) label(centre + Point{0, 26}, propertiesOf(link), kSmallFont, "detail");
    }

    void cross(Point at) {
        labels_.push_back(fmt::format("<path class=\"cross\" d=\"M{0:.1f} {1:.1f}l14 14m0 -14l-14 14\"/>\n",
                                      at.x - 7, at.y - 7));
    }

    /// Parallel cables are bent apart.
    void drawCable(std::size_t i, const std::string& classes) {
        const DrawnLink& link = drawing_.links[i];
        const std::size_t a = link.ends[0].node;
        const std::size_t b = link.ends[1].node;
        const int before = drawn_[std::minmax(a, b)]++;
        const int all = parallel_[std::minmax(a, b)];
        const Point from = at_[std::min(a, b)];
        const Point to = at_[std::max(a, b)];
        const Point d = to - from;
        const double length = std::max(1.0, lengthOf(d));
        const Point across{-d.y / length, d.x / length};
        const double place = before - (all - 1) / 2.0;
        const double bend = place * 90;
        // Labels of parallel cables stand one above the other, each on the side of its cable.
        constexpr double kLabels = 32;
        const Point middle = all == 1 ? roomForLabel(link, from, to)
                                      : (from + to) * 0.5 + across * (bend / 2) +
                                            Point{0, std::copysign(kLabels, across.y) * place};
        if (bend == 0) {
            svg_.line(from, to, classes);
        } else {
            const Point control = (from + to) * 0.5 + across * bend;
            svg_.path(fmt::format("M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}", from.x, from.y, control.x,
                                  control.y, to.x, to.y),
                      classes);
        }
        if (!link.isUp) cross(middle);
        if (!isLabelled()) return;
        labelCable(link, middle);
    }

    /// The middle of the cable, or beside it where the label of one that crosses it stands there already.
    Point roomForLabel(const DrawnLink& link, Point from, Point to) {
        const Point middle = (from + to) * 0.5;
        if (!isLabelled()) return middle;
        const double name = widthOf(link.name, kLabelFont);
        const double widest = isDetailed() ? std::max(name, widthOf(propertiesOf(link), kSmallFont)) : name;
        const Point half{widest / 2 + 4, isDetailed() ? 17.0 : 9.0};
        const auto boxAt = [&](Point at) {
            Bounds box;
            box.add(at - half);
            box.add(at + half);
            return box;
        };
        for (const double part : {0.5, 0.36, 0.64, 0.27, 0.73}) {
            const Bounds box = boxAt(from + (to - from) * part);
            const bool isFree =
                std::ranges::none_of(taken_, [&](const Bounds& other) { return box.overlaps(other); });
            if (!isFree) continue;
            taken_.push_back(box);
            return from + (to - from) * part;
        }
        return middle;
    }

    /// The name on the line and the properties below it; above and below the cross of a link that is down.
    void labelCable(const DrawnLink& link, Point middle) {
        const double off = link.isUp ? 0 : -12;
        const Point name = middle + Point{0, (isDetailed() ? -3 : 4) + off};
        const double nameWidth = widthOf(link.name, kLabelFont) + 4;
        if (!isDetailed()) {
            clearFor(name, nameWidth, kLabelFont, kLabelFont * 1.35);
            return label(name, link.name, kLabelFont, "label");
        }
        const std::string properties = propertiesOf(link);
        const Point below = middle + Point{0, 10 - off * 1.3};
        const double width = widthOf(properties, kSmallFont) + 4;
        if (link.isUp) {
            clearFor(name, std::max(width, nameWidth), kLabelFont, kLabelFont * 1.3 + kSmallFont * 1.3);
        } else {
            clearFor(name, nameWidth, kLabelFont, kLabelFont * 1.35);
            clearFor(below, width, kSmallFont, kSmallFont * 1.35);
        }
        label(name, link.name, kLabelFont, "label");
        label(below, properties, kSmallFont, "detail");
    }

    void drawNode(std::size_t i) {
        const DrawnNode& node = drawing_.nodes[i];
        const double width = widthOfNode(i);
        const Point corner = at_[i] - Point{width / 2, sizes_.nodeHeight / 2};
        const bool isRouter = node.kind == NodeKind::Router;
        svg_.rect(corner, width, sizes_.nodeHeight, isRouter ? "router" : "host",
                  isRouter ? sizes_.nodeHeight / 2 : 0);
        if (!isRouter)
            svg_.line(corner + Point{-4, sizes_.nodeHeight}, corner + Point{width + 4, sizes_.nodeHeight},
                      "bar");
        const std::string classes = std::string(sizes_.nodeClass) + (isRouter ? "" : " host-name");
        svg_.text(at_[i] + Point{0, 0.34 * sizes_.nodeFont}, node.name, classes, Svg::Anchor::Middle);
        bounds_.add(corner);
        bounds_.add(corner + Point{width, sizes_.nodeHeight});
    }

    /// What must stand inside the boxes of its groups, out to the root.
    Bounds boundsOfGroup(std::size_t group) const {
        Bounds bounds;
        for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
            if (drawing_.nodes[i].group != group) continue;
            const Point half{widthOfNode(i) / 2 + kGroupPadding, sizes_.nodeHeight / 2 + kGroupPadding};
            bounds.add(at_[i] - half);
            bounds.add(at_[i] + half);
        }
        for (std::size_t i = 0; i < drawing_.links.size(); ++i) {
            if (!stubs_[i] || drawing_.nodes[drawing_.links[i].ends[0].node].group != group) continue;
            bounds.add(boundsOfStub(drawing_.links[i], *stubs_[i]));
        }
        for (std::size_t i = 0; i < drawing_.groups.size(); ++i) {
            if (drawing_.groups[i].parent != group) continue;
            Bounds inner = boundsOfGroup(i);
            if (!inner.isSome()) continue;
            bounds.add(inner.least - Point{kGroupPadding, kGroupPadding + 18});
            bounds.add(inner.most + Point{kGroupPadding, kGroupPadding});
        }
        return bounds;
    }

    /// A stub network that ends there, with its labels.
    Bounds boundsOfStub(const DrawnLink& link, Point end) const {
        const Point along = end - at_[link.ends[0].node];
        double width = 20;
        if (isLabelled()) width = std::max(width, widthOf(link.name, kLabelFont));
        if (isDetailed() && !link.ends[0].addresses.empty())
            width = std::max(width, widthOf(link.ends[0].addresses.front(), kSmallFont));
        const bool isSideways = std::abs(along.x) > 0.5 * lengthOf(along);
        const double height = isLabelled() ? 32 : 10;
        Bounds bounds;
        bounds.add(end - Point{20, 18});
        bounds.add(end + Point{20, 18});
        if (isSideways) {
            bounds.add(end + Point{along.x > 0 ? width + 20 : -width - 20, 0});
        } else {
            bounds.add(end + Point{width / 2 + 8, along.y > 0 ? height + 8 : -height - 2});
            bounds.add(end - Point{width / 2 + 8, 0});
        }
        return bounds;
    }

    void drawGroups() {
        for (std::size_t i = 0; i < drawing_.groups.size(); ++i) {
            const Bounds box = boundsOfGroup(i);
            if (!box.isSome()) continue;
            const GroupBox& group = drawing_.groups[i];
            const double width = box.most.x - box.least.x;
            svg_.rect(box.least, width, box.most.y - box.least.y, "group", 8);
            std::string title = group.title.empty() ? group.name : group.title;
            const std::string number = group.asn ? fmt::format("{}", group.asn->value()) : "";
            if (group.asn && !hasWord(title, number)) title += fmt::format(" (AS {})", number);
            label(box.least + Point{2, -6}, title, kLabelFont, "group-title", Svg::Anchor::Start);
            bounds_.add(box);
        }
    }

    std::string description() const {
        const auto routers = std::count_if(drawing_.nodes.begin(), drawing_.nodes.end(),
                                           [](const DrawnNode& n) { return n.kind == NodeKind::Router; });
        const auto hosts = static_cast<std::ptrdiff_t>(drawing_.nodes.size()) - routers;
        std::string text = fmt::format("{} and {}, joined by ", counted(routers, "router", "routers"),
                                       counted(hosts, "host", "hosts"));
        std::vector<std::string> links;
        constexpr std::size_t kMostNamed = 40;
        for (const DrawnLink& link : drawing_.links) {
            if (links.size() == kMostNamed) {
                links.push_back(fmt::format("and {} more", drawing_.links.size() - kMostNamed));
                break;
            }
            std::string one = link.name + " at";
            for (const DrawnEnd& end : link.ends)
                one += " " + drawing_.nodes[end.node].name;
            if (!link.isUp) one += " (down at the end of the run)";
            links.push_back(std::move(one));
        }
        for (std::size_t i = 0; i < links.size(); ++i)
            text += (i == 0 ? "" : "; ") + links[i];
        return text + ".";
    }

    const Drawing& drawing_;
    Sizes sizes_;
    std::vector<Point> at_;                         ///< of nodes, then of LANs with more than two ends
    std::vector<std::optional<std::size_t>> hubs_;  ///< by link: its position in at_
    std::vector<std::optional<Point>> stubs_;       ///< by link: where the stub network ends
    std::map<std::pair<std::size_t, std::size_t>, int> parallel_;  ///< cables by their two nodes
    std::map<std::pair<std::size_t, std::size_t>, int> drawn_;
    Svg svg_;
    std::vector<std::string> labels_;  ///< on top of everything
    std::vector<Bounds> taken_;        ///< by labels of cables
    Bounds bounds_;
};

}  // namespace

bool isDetailed(const Drawing& drawing) { return drawing.links.size() <= kMostDetailedLinks; }

std::string topologySvg(const Drawing& drawing) { return Picture(drawing).svg(); }

}  // namespace peerscape::report
