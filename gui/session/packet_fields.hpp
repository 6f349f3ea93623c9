#pragma once

#include <vector>

#include "engine/routing/packet.hpp"
#include "gui/session/message_view.hpp"

namespace peerscape::gui {

/// What stands in an IP packet, layer by layer: the IP header, the header of UDP, TCP or ICMP, and the
/// protocol's own message with all its fields. What cannot be read is a field that says why.
std::vector<FieldView> fieldsOf(const Packet& packet, ByteView bytes);

}  // namespace peerscape::gui
