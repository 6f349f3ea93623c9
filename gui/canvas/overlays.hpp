#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QColor>
#include <QString>

#include "gui/canvas/arrow_layer.hpp"
#include "gui/session/snapshot.hpp"
#include "gui/style/theme.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape::gui {

/// What a node is in the picture that lies over the cables.
enum class NodeMark : std::uint8_t {
    None,
    Arrives,  ///< packets end here
    Lost,     ///< no route, or a route that discards
    Loops,    ///< packets that come here come here again
    Begins,   ///< the prefix begins here
};

/// How a cable is drawn instead of as it is.
struct CableTint {
    QColor colour;
    double width = 2;
    QString text;              ///< at its middle; empty: nothing
    bool isMuted = false;      ///< it has nothing to do with the picture
    double bitsPerSecond = 0;  ///< of traffic
    double share = 0;          ///< of the bandwidth that this takes

    friend bool operator==(const CableTint&, const CableTint&) = default;
};

/// A picture that lies over the cables.
struct Overlay {
    std::vector<LayerArrow> arrows;
    std::map<QString, NodeMark> marks;   ///< by node; others have none
    std::map<QString, CableTint> tints;  ///< by link; others look as they are

    bool isEmpty() const { return arrows.empty() && marks.empty() && tints.empty(); }
};

/// Where every node sends packets to the chosen prefix; loops and what leads nowhere stand out.
Overlay dataPlaneOf(const Snapshot& shot);
/// Who told whom of the chosen prefix.
Overlay controlPlaneOf(const Snapshot& shot);
/// Who pays whom, and what the file says of no relation in the background.
Overlay relationsOf(const LabFile& lab, const Theme& theme);
/// What links have carried lately: the wider the more, in the colour of how full they are.
Overlay trafficOf(const Snapshot& shot, const Theme& theme);

/// Several cables drawn as one line: as the one of them that asks for most attention. Their traffic is the
/// sum of all, in the colour of the fullest.
CableTint tintOfAll(const std::vector<CableTint>& tints, const Theme& theme);

/// From which share of its bandwidth a link counts as busy, and as full.
inline constexpr double kBusyShare = 0.5;
inline constexpr double kFullShare = 0.9;
/// "12 kbit/s".
QString rateText(double bitsPerSecond);

}  // namespace peerscape::gui
