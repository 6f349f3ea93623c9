#pragma once

#include "engine/base/ids.hpp"
#include "engine/record/record_log.hpp"
#include "engine/topology/topology.hpp"
#include "gui/session/message_view.hpp"

namespace peerscape::gui {

/// How long after an event what followed from it is looked for.
inline constexpr Duration kConsequencesFor = Duration::seconds(5);

/// The event closely, with what the log says followed from it: who received the packet, what they noted,
/// which routes they changed and what they sent in turn. Null when the log does not keep the record.
MessageViewPtr messageOf(const RecordLog& log, const Topology& topology, RecordId id);

}  // namespace peerscape::gui
