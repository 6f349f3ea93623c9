#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/quantities.hpp"
#include "engine/base/result.hpp"

/// A network as somebody drew it: places, and lines between them. What files of graphs hold, whatever their
/// kind.
namespace peerscape {

struct GeoPoint {
    double latitude = 0;   ///< degrees north, -90 to 90
    double longitude = 0;  ///< degrees east, -180 to 180

    friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

/// Metres along the surface of a ball of the Earth's mean radius (the haversine formula).
double greatCircle(const GeoPoint& a, const GeoPoint& b);

struct DrawnNode {
    std::string id;            ///< what the file calls it; unique
    std::string label;         ///< what people call it; may be empty, and several may have the same
    bool isInternal = true;    ///< part of the network, and not a neighbour of it
    bool isHyperedge = false;  ///< stands for a network that its neighbours share, and not for a router
    std::optional<GeoPoint> at;

    friend bool operator==(const DrawnNode&, const DrawnNode&) = default;
};

struct DrawnEdge {
    std::size_t source = 0;  ///< positions in Drawing::nodes; never the same
    std::size_t target = 0;
    std::optional<Bandwidth> bandwidth;

    friend bool operator==(const DrawnEdge&, const DrawnEdge&) = default;
};

struct Drawing {
    std::string name;    ///< of the network; may be empty
    std::string date;    ///< when it was like this, as the file says it
    std::string source;  ///< what the drawing was made after, often an address in the Web
    std::vector<DrawnNode> nodes;
    std::vector<DrawnEdge> edges;  ///< undirected; several may join the same nodes

    friend bool operator==(const Drawing&, const Drawing&) = default;
};

}  // namespace peerscape
