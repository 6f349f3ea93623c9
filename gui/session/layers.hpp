#pragma once

#include <cstdint>
#include <string>

/// What the layers of the drawing show besides the cables: plain values, a part of a snapshot.
namespace peerscape::gui {

/// Where packets to the chosen prefix go from one node.
struct HopArrow {
    enum class Kind : std::uint8_t { Forward, Local, None, Discard };
    std::string from;
    std::string to;    ///< Forward: the next node
    std::string link;  ///< Forward: by which link
    Kind kind = Kind::Forward;
    bool isInLoop = false;      ///< packets that take it come by again
    bool isForNothing = false;  ///< packets that take it may end where there is no route, or in a loop

    friend bool operator==(const HopArrow&, const HopArrow&) = default;
};

/// A neighbour has told a node of the chosen prefix, and the node has not forgotten it.
struct Telling {
    std::string from;      ///< who told; the node itself: the prefix begins here
    std::string to;        ///< who was told
    std::string link;      ///< the link or LAN between them; empty: they are further apart (iBGP)
    std::string protocol;  ///< as `redistribute` names it
    bool isUsed = false;   ///< it is what the node goes by, as far as this protocol is concerned

    friend bool operator==(const Telling&, const Telling&) = default;
};

/// What a link or LAN has carried lately, headers included.
struct LinkLoad {
    std::string link;
    double bitsPerSecond = 0;  ///< on the average, of the busier direction
    double share = 0;          ///< of its bandwidth; 0 where that is unlimited

    friend bool operator==(const LinkLoad&, const LinkLoad&) = default;
};

}  // namespace peerscape::gui
