#include "gui/session/event_writer.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "engine/sim/flow.hpp"
#include "protocols/catalogue/catalogue.hpp"
#include "scenarios/explain/describe.hpp"

namespace peerscape::gui {

namespace {

/// What goes on all the time and changes nothing: liveness, acknowledgements, segments without a message,
/// packets of nobody's protocol.
bool isRoutine(const Packet& packet, std::string_view text) {
    static constexpr std::array<std::string_view, 5> kWords{"KEEPALIVE", "hello", "Hello", "acknowledgment",
                                                            "TCP segment"};
    if (!packet.owner.isSome()) return true;
    for (const std::string_view word : kWords) {
        if (text.find(word) != std::string_view::npos) return true;
    }
    return false;
}

class Writer {
  public:
    Writer(const Record& record, const Topology& topology) : record_(record), topology_(topology) {
        row_.id = record.id.value();
        row_.time = record.time;
        if (record.node.isSome()) row_.node = topology.node(record.node).name;
    }

    std::optional<EventRow> write() {
        if (!std::visit([this](const auto& what) { return fill(what); }, record_.what)) return std::nullopt;
        return std::move(row_);
    }

  private:
    bool fill(const record::ActionTaken&) { return say(EventRow::Kind::Action); }
    bool fill(const record::InterfaceChanged& r) {
        row_.link = linkAt(r.interface);
        return say(EventRow::Kind::Interface);
    }
    bool fill(const record::ProcessStarted& r) { return say(EventRow::Kind::Process, r.protocol); }
    bool fill(const record::ProcessStopped& r) { return say(EventRow::Kind::Process, r.protocol); }
    bool fill(const record::ProcessWoken&) { return false; }
    bool fill(const record::ProcessNotified&) { return false; }
    bool fill(const record::PacketReceived&) { return false; }
    bool fill(const record::PacketDelivered&) { return false; }
    bool fill(const record::PacketSent& r) {
        if (r.packet->payload.as<FlowMessage>() != nullptr) return false;
        row_.link = linkAt(r.interface);
        say(EventRow::Kind::Message, r.packet->owner);
        row_.isRoutine = isRoutine(*r.packet, row_.text);
        return true;
    }
    bool fill(const record::PacketDropped& r) {
        row_.link = linkAt(r.interface);
        return say(EventRow::Kind::Drop, r.packet->owner);
    }
    bool fill(const record::RouteChanged& r) {
        const RibChange& change = *r.change;
        return say(EventRow::Kind::Route,
                   change.after.exists() ? change.after.protocol : change.before.protocol);
    }
    bool fill(const record::Noted& r) {
        row_.isRoutine = r.level == Note::Level::Detail;
        return say(r.level == Note::Level::Problem ? EventRow::Kind::Problem : EventRow::Kind::Note,
                   r.protocol);
    }

    bool say(EventRow::Kind kind, ProtocolId protocol = {}) {
        row_.kind = kind;
        if (protocol.isSome()) row_.protocol = protocolName(protocol);
        row_.text = describe(record_, topology_);
        return true;
    }
    std::string linkAt(InterfaceId interface) const {
        if (!interface.isSome() || !record_.node.isSome()) return {};
        const SegmentId segment = topology_.interface({record_.node, interface}).segment;
        return segment.isSome() ? topology_.segment(segment).name : std::string();
    }

    const Record& record_;
    const Topology& topology_;
    EventRow row_;
};

}  // namespace

std::optional<EventRow> eventRowOf(const Record& record, const Topology& topology) {
    return Writer(record, topology).write();
}

}  // namespace peerscape::gui
