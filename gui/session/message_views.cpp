#include "gui/session/message_views.hpp"

#include <map>
#include <utility>
#include <variant>

#include "gui/session/packet_fields.hpp"
#include "scenarios/explain/describe.hpp"

namespace peerscape::gui {

namespace {

constexpr std::size_t kMostConsequences = 60;
constexpr std::size_t kMostLookedAt = 100'000;  ///< records of a lab in which very much goes on

/// The packet that the record is about; null: it is about none.
const Packet* packetOf(const Record& record) {
    return std::visit(
        [](const auto& what) -> const Packet* {
            if constexpr (requires { what.packet; }) {
                return what.packet.get();
            } else {
                return nullptr;
            }
        },
        record.what);
}

/// Another message is another event: what follows from it is its own story.
bool endsTheStory(const Record& record) { return std::holds_alternative<record::PacketSent>(record.what); }

std::vector<ConsequenceView> consequencesOf(const RecordLog& log, const Topology& topology,
                                            const Record& event) {
    std::map<std::uint64_t, std::size_t> depths{{event.id.value(), 0}};
    std::vector<ConsequenceView> all;
    std::size_t looked = 0;
    for (std::size_t i = log.positionOf(event.id) + 1; i < log.kept().size(); ++i) {
        const Record& record = log.kept()[i];
        if (record.time > event.time + kConsequencesFor || ++looked > kMostLookedAt) break;
        const auto cause = depths.find(record.cause.value());
        if (cause == depths.end()) continue;
        const std::size_t depth = cause->second + 1;
        if (!endsTheStory(record)) depths[record.id.value()] = depth;
        std::string node = record.node.isSome() ? topology.node(record.node).name : std::string();
        all.push_back({record.id.value(), record.time, std::move(node), describe(record, topology), depth});
        if (all.size() == kMostConsequences) break;
    }
    return all;
}

}  // namespace

MessageViewPtr messageOf(const RecordLog& log, const Topology& topology, RecordId id) {
    const Record* record = log.find(id);
    if (record == nullptr) return nullptr;
    auto view = std::make_shared<MessageView>();
    view->id = id.value();
    view->time = record->time;
    if (record->node.isSome()) view->node = topology.node(record->node).name;
    view->text = describe(*record, topology);
    if (const Record* cause = record->cause.isSome() ? log.find(record->cause) : nullptr)
        view->cause = toString(cause->time) + ": " + describe(*cause, topology);
    if (const Packet* packet = packetOf(*record)) {
        view->bytes = packet->encode();
        view->layers = fieldsOf(*packet, view->bytes);
    }
    view->consequences = consequencesOf(log, topology, *record);
    return view;
}

}  // namespace peerscape::gui
