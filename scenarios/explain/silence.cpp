#include "scenarios/explain/silence.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "protocols/eigrp/remarks.hpp"
#include "scenarios/explain/carrier.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/occasion.hpp"

namespace peerscape {

namespace {

/// What the log holds between two records about one neighbour and the node that listens to it.
struct Findings {
    const Record* drop = nullptr;  ///< the first message that was lost
    std::size_t drops = 0;
    const Record* stop = nullptr;        ///< the neighbour's process ended
    const Record* down = nullptr;        ///< the neighbour's interface failed
    const Record* refusal = nullptr;     ///< the listener refused a message
    const Record* change = nullptr;      ///< the neighbour's own route changed
    const Record* configured = nullptr;  ///< one of the two was given another configuration
};

class Search {
  public:
    Search(const Evidence& evidence, const Carrier& carrier, const Prefix& prefix, InterfaceRef listener,
           InterfaceRef speaker, const IpAddress& gateway)
        : evidence_(evidence),
          protocol_(carrier.protocol(prefix.family())),
          prefix_(prefix),
          listener_(listener),
          speaker_(speaker),
          gateway_(gateway) {}

    /// The last packet of the speaker before `end` that the listener heard, of those that `counts`.
    const Record* lastWord(RecordId end, const std::function<bool(const Packet&)>& counts) const {
        const auto& kept = evidence_.log.kept();
        for (std::size_t i = evidence_.log.positionOf(end); i > 0; --i) {
            const Record& r = kept[i - 1];
            const auto* received =
                r.node == listener_.node ? std::get_if<record::PacketReceived>(&r.what) : nullptr;
            if (received == nullptr || received->packet->source != gateway_) continue;
            if (counts(*received->packet)) return &r;
        }
        return nullptr;
    }

    Findings between(RecordId begin, RecordId end) const {
        Findings found;
        const auto& kept = evidence_.log.kept();
        for (std::size_t i = evidence_.log.positionOf(begin); i < kept.size() && kept[i].id < end; ++i)
            std::visit([&](const auto& what) { note(found, kept[i], what); }, kept[i].what);
        return found;
    }

  private:
    static void keepFirst(const Record*& place, const Record& record) {
        if (place == nullptr) place = &record;
    }
    template <typename What>
    void note(Findings&, const Record&, const What&) const {}
    void note(Findings& found, const Record& r, const record::PacketDropped& dropped) const {
        const bool isOurs = dropped.packet->source == gateway_ && dropped.packet->owner == protocol_ &&
                            (r.node == listener_.node || r.node == speaker_.node);
        if (!isOurs) return;
        keepFirst(found.drop, r);
        ++found.drops;
    }
    void note(Findings& found, const Record& r, const record::ProcessStopped& stopped) const {
        const bool isOurs = r.node == speaker_.node && stopped.protocol == protocol_;
        if (isOurs) keepFirst(found.stop, r);
    }
    void note(Findings& found, const Record& r, const record::InterfaceChanged& changed) const {
        const bool isOurs = r.node == speaker_.node && changed.interface == speaker_.interface;
        if (isOurs && !changed.isUp) keepFirst(found.down, r);
    }
    void note(Findings& found, const Record& r, const record::Noted& noted) const {
        const bool isOurs =
            r.node == listener_.node && noted.level == Note::Level::Problem &&
            noted.remark->text().find("from " + toString(gateway_) + " ") != std::string::npos;
        if (isOurs) keepFirst(found.refusal, r);
    }
    void note(Findings& found, const Record& r, const record::RouteChanged& changed) const {
        if (r.node == speaker_.node && changed.change->prefix == prefix_) keepFirst(found.change, r);
    }
    void note(Findings& found, const Record& r, const record::ActionTaken& taken) const {
        if (taken.action == nullptr) return;
        const auto* configure = std::get_if<action::Configure>(&taken.action->what);
        if (configure == nullptr) return;
        if (configure->node == speaker_.node || configure->node == listener_.node)
            keepFirst(found.configured, r);
    }

    const Evidence& evidence_;
    ProtocolId protocol_;
    const Prefix& prefix_;
    InterfaceRef listener_;
    InterfaceRef speaker_;
    const IpAddress& gateway_;
};

Silence conclude(const Evidence& evidence, const Findings& found, const std::string& who, SegmentId segment) {
    if (found.drop != nullptr) {
        const auto& dropped = std::get<record::PacketDropped>(found.drop->what);
        Silence silence{fmt::format("{} of its messages since then were lost on {} ({}).", found.drops,
                                    evidence.topology().segment(segment).name, toString(dropped.reason)),
                        nullptr};
        if (dropped.reason == DropReason::SilentFailure)
            silence.reason = lastSilencing(evidence.log, segment, found.drop->id);
        if (silence.reason == nullptr && found.down != nullptr) silence.reason = found.down;
        return silence;
    }
    if (found.stop != nullptr) return {"Since then its process no longer ran.", found.stop};
    if (found.down != nullptr) return {"Since then its interface was down.", found.down};
    if (found.refusal != nullptr) return {"What it said since then was refused.", found.refusal};
    if (found.change != nullptr)
        return {fmt::format("Since then {} itself had another route, or none.", who), found.change};
    if (found.configured != nullptr)
        return {"Since then the configuration was another one.", found.configured};
    return {"The log does not say what became of its messages.", nullptr};
}

}  // namespace

std::optional<InterfaceRef> neighborAt(const Evidence& evidence, InterfaceRef from,
                                       const IpAddress& address) {
    const SegmentId segment = evidence.topology().interface(from).segment;
    if (!segment.isSome()) return std::nullopt;
    for (const InterfaceRef end : evidence.topology().segment(segment).ends) {
        const auto& interface = evidence.world.node(end.node).interfaces[end.interface.value()];
        if (end != from && interface.hasAddress(address)) return end;
    }
    return std::nullopt;
}

const Record* lastSilencing(const RecordLog& log, SegmentId segment, RecordId before) {
    const auto& kept = log.kept();
    for (std::size_t i = log.positionOf(before); i > 0; --i) {
        const auto* taken = std::get_if<record::ActionTaken>(&kept[i - 1].what);
        if (taken == nullptr || taken->action == nullptr) continue;
        const auto* set = std::get_if<action::SetSilence>(&taken->action->what);
        if (set != nullptr && set->segment == segment && set->silent) return &kept[i - 1];
    }
    return nullptr;
}

namespace {

/// The two ends of what has fallen silent.
struct Ends {
    InterfaceRef listener;
    InterfaceRef speaker;
    IpAddress gateway;  ///< the speaker's
};

/// The speaker does not acknowledge: what became of the listener's packets.
Silence whyNothingWasAcknowledged(const Evidence& evidence, const Carrier& carrier, const Ends& ends,
                                  const Record& timeout, const RibChange& change) {
    const auto& own = evidence.world.node(ends.listener.node).interfaces[ends.listener.interface.value()];
    const InterfaceAddress* facing = own.addressFacing(ends.gateway);
    const IpAddress source = facing != nullptr ? facing->address : own.linkLocal.value_or(ends.gateway);
    const Search there(evidence, carrier, change.prefix, ends.listener, ends.speaker, ends.gateway);
    const Record* word =
        there.lastWord(timeout.id, [&](const Packet& packet) { return carrier.acknowledges(packet); });
    if (word == nullptr) return {};
    const std::string& who = evidence.nameOf(ends.listener.node);
    const Search here(evidence, carrier, change.prefix, ends.speaker, ends.listener, source);
    Silence silence = conclude(evidence, here.between(word->id, timeout.id), who,
                               evidence.topology().interface(ends.listener).segment);
    silence.sentence =
        fmt::format("{} last acknowledged a packet of {} at {}. {}", evidence.nameOf(ends.speaker.node), who,
                    toString(word->time), silence.sentence);
    return silence;
}

/// Why the neighbour was lost on the occasion; nothing when it was not.
std::optional<eigrp::DownReason> lossOf(const Evidence& evidence, const Record& timeout,
                                        const IpAddress& gateway) {
    for (const auto* remark : remarksOf<eigrp::NeighborRemark>(evidence.log, timeout)) {
        const bool isDown = remark->kind() == eigrp::NeighborRemark::Kind::Down;
        if (isDown && remark->address() == gateway) return remark->reason();
    }
    return std::nullopt;
}

}  // namespace

Silence whyNothingWasHeard(const Evidence& evidence, const Record& timeout, const RibChange& change) {
    const Carrier* carrier = change.before.exists() ? carrierOf(change.before.protocol) : nullptr;
    if (carrier == nullptr || change.before.hops.empty()) return {};
    const NextHop& hop = change.before.hops.front();
    const InterfaceRef listener{timeout.node, hop.interface};
    const auto speaker = neighborAt(evidence, listener, hop.gateway);
    if (!speaker) return {};
    const Ends ends{listener, *speaker, hop.gateway};
    const auto loss = lossOf(evidence, timeout, hop.gateway);
    // Another timer, such as that of another neighbour, says nothing of this one.
    if (carrier->hasNeighbors() && !loss) return {};
    if (loss == eigrp::DownReason::RetryLimitExceeded)
        return whyNothingWasAcknowledged(evidence, *carrier, ends, timeout, change);
    const std::string& who = evidence.nameOf(speaker->node);
    const Search search(evidence, *carrier, change.prefix, listener, *speaker, hop.gateway);
    const Record* word = search.lastWord(
        timeout.id, [&](const Packet& packet) { return carrier->provesLife(packet, change.prefix); });
    if (word == nullptr) return {};
    Silence silence = conclude(evidence, search.between(word->id, timeout.id), who,
                               evidence.topology().interface(listener).segment);
    const auto* arrival = std::get_if<record::PacketReceived>(&word->what);
    const bool namesIt = carrier->newsIn(*arrival->packet, change.prefix).has_value();
    silence.sentence = fmt::format("{} last heard {}{} ({}) at {}. {}", evidence.nameOf(timeout.node),
                                   namesIt ? fmt::format("of {} from ", toString(change.prefix)) : "", who,
                                   toString(hop.gateway), toString(word->time), silence.sentence);
    return silence;
}

}  // namespace peerscape
