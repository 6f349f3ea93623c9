#pragma once

#include <string>

#include "engine/base/ids.hpp"
#include "engine/base/time.hpp"
#include "engine/record/record_log.hpp"
#include "engine/routing/env.hpp"
#include "engine/routing/process.hpp"
#include "engine/sim/simulation.hpp"
#include "scenarios/format/lab_file.hpp"

namespace peerscape {

/// What an explanation may look at: the world as it is, the log of how it became so, and the file it was
/// loaded from. Nothing here owns or changes any of them.
struct Evidence {
    const Simulation& world;
    const RecordLog& log;
    const LabFile& file;

    const Topology& topology() const { return world.topology(); }
    const std::string& nameOf(NodeId node) const { return topology().node(node).name; }
    /// What a process of the node would see now.
    Env envOf(NodeId node) const;
    /// The node's process of the protocol; null when none runs.
    const Process* processOf(NodeId node, ProtocolId protocol) const;
    template <typename T>
    const T* processOf(NodeId node, ProtocolId protocol) const {
        return dynamic_cast<const T*>(processOf(node, protocol));
    }
};

/// "    12.000350 s  " and the sentence: one line of a story.
std::string lineOf(SimTime time, std::string_view sentence);
/// The same without a time, for what belongs to the line above.
std::string lineOf(std::string_view sentence);

}  // namespace peerscape
