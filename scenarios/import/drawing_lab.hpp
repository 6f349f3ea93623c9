#pragma once

#include <string>

#include "scenarios/config/diagnostic.hpp"
#include "scenarios/format/lab_file.hpp"
#include "scenarios/import/drawing.hpp"

/// Labs made of drawings of networks.
namespace peerscape {

struct DrawingLabOptions {
    std::string file;  ///< what the drawing was read from: for the title, and for messages
    IntentProtocol protocol = IntentProtocol::Rip;  ///< that the network's routers speak: RIP or EIGRP
    bool keepsExternal = true;                      ///< nodes outside are there too, but speak nothing
};

/// How long light in a fibre takes for the distance, 200 km a millisecond, in whole tens of microseconds and
/// at least one of them. Fibres are longer than the great circle; how much is not known.
Duration fibreDelay(double metres);

/// A router per node, a link per edge, and a LAN in place of each node that stands for a network which its
/// neighbours share. Names are made of the labels (see legalName); every router of the network itself has a
/// stub network, 10.x.y.0/24 by its position. Where the file says where its nodes are, links have the delay
/// of their length, and the drawing is a map. What had to be left out, and what will not work, becomes a
/// warning in `problems`.
LabFile drawingLab(const Drawing& drawing, const DrawingLabOptions& options, DiagnosticList& problems);

}  // namespace peerscape
