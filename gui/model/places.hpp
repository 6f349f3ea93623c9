#pragma once

#include <map>
#include <string>

#include "gui/model/edits.hpp"

namespace peerscape::gui {

/// Where every router and host stands: those that have a place keep it, the others get one near what they
/// are linked to. The same lab always gets the same places.
std::map<std::string, CanvasPoint> placesOf(const LabFile& lab);

/// The same as if nobody had a place yet: the automatic layout.
std::map<std::string, CanvasPoint> freshPlacesOf(const LabFile& lab);

/// Whether two labs differ in nothing that a run could notice: at most in places, titles and words about
/// them.
bool isSameNetwork(const LabFile& a, const LabFile& b);

}  // namespace peerscape::gui
