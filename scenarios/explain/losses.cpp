#include "scenarios/explain/losses.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/sim/fragments.hpp"
#include "scenarios/explain/causes.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/silence.hpp"
#include "scenarios/explain/story.hpp"

namespace peerscape {

namespace {

/// The nodes the packet was at, in order, and the record that made it.
struct Way {
    std::vector<const Record*> passages;  ///< PacketSent and PacketReceived
    const Record* origin = nullptr;       ///< null: the log does not keep it
};

Way wayOf(const Evidence& evidence, const Record& loss) {
    Way way;
    for (const Record* record : causeChain(evidence.log, loss.id)) {
        if (record->id == loss.id) continue;
        const bool isPassage = std::holds_alternative<record::PacketSent>(record->what) ||
                               std::holds_alternative<record::PacketReceived>(record->what);
        if (!isPassage) {
            way.origin = record;
            break;
        }
        way.passages.push_back(record);
    }
    std::ranges::reverse(way.passages);
    return way;
}

/// The last change of any route of the node around the address, before the record.
const Record* lastChangeAround(const RecordLog& log, NodeId node, const IpAddress& address, RecordId before) {
    const auto& kept = log.kept();
    for (std::size_t i = log.positionOf(before); i > 0; --i) {
        const auto* changed =
            kept[i - 1].node == node ? std::get_if<record::RouteChanged>(&kept[i - 1].what) : nullptr;
        if (changed != nullptr && changed->change->prefix.contains(address)) return &kept[i - 1];
    }
    return nullptr;
}

const Record* lastInterfaceChange(const RecordLog& log, InterfaceRef interface, RecordId before) {
    const auto& kept = log.kept();
    for (std::size_t i = log.positionOf(before); i > 0; --i) {
        const auto* changed = kept[i - 1].node == interface.node
                                  ? std::get_if<record::InterfaceChanged>(&kept[i - 1].what)
                                  : nullptr;
        if (changed != nullptr && changed->interface == interface.interface && !changed->isUp)
            return &kept[i - 1];
    }
    return nullptr;
}

std::string tableStory(const Evidence& evidence, NodeId node, const Packet& packet, RecordId before) {
    const std::string& name = evidence.nameOf(node);
    const std::string to = toString(packet.destination);
    const Record* change = lastChangeAround(evidence.log, node, packet.destination, before);
    if (change == nullptr) return fmt::format("{} never had a route to {}.\n", name, to);
    const Prefix prefix = std::get<record::RouteChanged>(change->what).change->prefix;
    return fmt::format("Why {} sent it that way (its last change towards {}):\n", name, to) +
           tell(evidence, storyOf(evidence, *change, prefix));
}

std::string linkStory(const Evidence& evidence, const Record& loss) {
    const auto& dropped = std::get<record::PacketDropped>(loss.what);
    if (!dropped.interface.isSome()) return "";
    const InterfaceRef at{loss.node, dropped.interface};
    const Record* reason = nullptr;
    if (dropped.reason == DropReason::SilentFailure) {
        const SegmentId segment = evidence.topology().interface(at).segment;
        if (segment.isSome()) reason = lastSilencing(evidence.log, segment, loss.id);
    } else {
        reason = lastInterfaceChange(evidence.log, at, loss.id);
    }
    if (reason == nullptr) return "";
    return "Why the link failed it:\n" + tell(evidence, storyOf(evidence, *reason, Prefix()));
}

/// Every router that the packet came by more than once, and why its table says what it does.
std::string loopStory(const Evidence& evidence, const Way& way, const Packet& packet, RecordId before) {
    std::map<NodeId, int> visits;
    std::vector<NodeId> circle;
    for (const Record* record : way.passages) {
        if (!std::holds_alternative<record::PacketSent>(record->what)) continue;
        if (++visits[record->node] == 2) circle.push_back(record->node);
    }
    std::string text;
    if (!circle.empty()) {
        std::vector<std::string> names;
        for (const NodeId node : circle)
            names.push_back(evidence.nameOf(node));
        text = fmt::format("It went round and round between {}.\n", fmt::join(names, ", "));
    }
    for (const NodeId node : circle)
        text += tableStory(evidence, node, packet, before);
    return text;
}

std::string passagesText(const Evidence& evidence, const Way& way) {
    // A packet that circles has a way of dozens of lines that say nothing new.
    constexpr std::size_t kMostLines = 12;
    std::string text;
    const std::size_t count = way.passages.size();
    for (std::size_t i = 0; i < count; ++i) {
        const bool isCut = count > kMostLines && i == kMostLines / 2;
        if (isCut) {
            const std::size_t next = count - kMostLines / 2;
            text += lineOf(fmt::format("… {} passages more …", next - i));
            i = next;
        }
        text += lineOf(way.passages[i]->time, describe(*way.passages[i], evidence.topology()));
    }
    return text;
}

std::string reasonStory(const Evidence& evidence, const Record& loss, const Way& way) {
    const auto& dropped = std::get<record::PacketDropped>(loss.what);
    switch (dropped.reason) {
        case DropReason::NoRoute:
        case DropReason::Blackhole:
        case DropReason::Reject:
        case DropReason::NeighborUnknown:
        case DropReason::NoSource:
            return tableStory(evidence, loss.node, *dropped.packet, loss.id);
        case DropReason::TtlExpired:
            return loopStory(evidence, way, *dropped.packet, loss.id);
        case DropReason::InterfaceDown:
        case DropReason::LinkFailed:
        case DropReason::SilentFailure:
            return linkStory(evidence, loss);
        case DropReason::LinkLoss:
        case DropReason::QueueFull:
        case DropReason::TooBig:
        case DropReason::NotForwarding:
        case DropReason::NoListener:
        case DropReason::ReassemblyFailed:
        case DropReason::Malformed:
        case DropReason::HeaderCorrupted:
        case DropReason::ChecksumWrong:
        case DropReason::TtlTooLow:
        case DropReason::SignatureWrong:
            return "";
    }
    return "";
}

}  // namespace

std::string listLosses(const Evidence& evidence, std::size_t most) {
    std::vector<const Record*> losses;
    const auto& kept = evidence.log.kept();
    for (auto at = kept.rbegin(); at != kept.rend() && losses.size() < most; ++at) {
        if (std::holds_alternative<record::PacketDropped>(at->what)) losses.push_back(&*at);
    }
    std::string text;
    for (auto at = losses.rbegin(); at != losses.rend(); ++at)
        text += fmt::format("{:>8} {}", (*at)->id.value(),
                            lineOf((*at)->time, describe(**at, evidence.topology())));
    return text;
}

std::string listFlowLosses(const Evidence& evidence) {
    struct Lost {
        std::uint64_t count = 0;
        const Record* first = nullptr;
        const Record* last = nullptr;
    };
    std::map<std::tuple<std::uint32_t, NodeId, DropReason>, Lost> losses;
    for (const Record& record : evidence.log.kept()) {
        const auto* dropped = std::get_if<record::PacketDropped>(&record.what);
        const auto* flow = dropped == nullptr ? nullptr : wholeOf(*dropped->packet).payload.as<FlowMessage>();
        if (flow == nullptr) continue;
        Lost& lost = losses[{flow->flow(), record.node, dropped->reason}];
        ++lost.count;
        if (lost.first == nullptr) lost.first = &record;
        lost.last = &record;
    }
    std::string text;
    std::uint32_t number = 0;
    for (const FlowState& flow : evidence.world.flows()) {
        text += fmt::format("{}: {} sent, {} received, {} lost\n", flow.name, flow.counters.sent,
                            flow.counters.received, flow.counters.lost());
        for (const auto& [key, lost] : losses) {
            if (std::get<0>(key) != number) continue;
            text += fmt::format("  {} at {} ({}), from {} (record {}) to {} (record {})\n", lost.count,
                                evidence.nameOf(std::get<1>(key)), toString(std::get<2>(key)),
                                toString(lost.first->time), lost.first->id.value(), toString(lost.last->time),
                                lost.last->id.value());
        }
        ++number;
    }
    return text;
}

Result<std::string> explainLoss(const Evidence& evidence, RecordId loss) {
    const Record* record = evidence.log.find(loss);
    if (record == nullptr || !std::holds_alternative<record::PacketDropped>(record->what))
        return failure(fmt::format("record {} is no lost packet; 'drops' lists them", loss.value()));
    const Way way = wayOf(evidence, *record);
    std::string text;
    if (way.origin != nullptr) text += lineOf(way.origin->time, describe(*way.origin, evidence.topology()));
    text += passagesText(evidence, way);
    text += lineOf(record->time, describe(*record, evidence.topology()));
    return text + reasonStory(evidence, *record, way);
}

}  // namespace peerscape
