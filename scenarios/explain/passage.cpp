#include "scenarios/explain/passage.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/rip_news.hpp"
#include "scenarios/explain/why_not.hpp"

namespace peerscape {

namespace {

class Inspection {
  public:
    Inspection(const Evidence& evidence, const Passage& passage, const Prefix& prefix)
        : evidence_(evidence),
          passage_(passage),
          prefix_(prefix),
          protocol_(rip::protocolOf(prefix.family())),
          speaker_(evidence.ripOf(passage.from.node, prefix.family())),
          listener_(evidence.ripOf(passage.to.node, prefix.family())) {}

    std::vector<std::string> reasons() {
        inspectLink();
        inspectProcesses();
        if (speaker_ != nullptr && listener_ != nullptr) {
            const bool isSaid = inspectSpeaker();
            inspectListener(isSaid);
        }
        if (sentences_.empty()) sayWhatWasSeen();
        return std::move(sentences_);
    }

  private:
    template <typename... Arguments>
    void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        sentences_.push_back(fmt::format(format, std::forward<Arguments>(arguments)...));
    }
    const std::string& from() const { return evidence_.nameOf(passage_.from.node); }
    const std::string& to() const { return evidence_.nameOf(passage_.to.node); }
    const std::string& linkName() const { return evidence_.topology().segment(passage_.segment).name; }
    const InterfaceState& stateOf(InterfaceRef ref) const {
        return evidence_.world.node(ref.node).interfaces[ref.interface.value()];
    }
    const EndState& plugOf(InterfaceRef ref) const {
        const auto& ends = evidence_.topology().segment(passage_.segment).ends;
        const auto at = static_cast<std::size_t>(std::ranges::find(ends, ref) - ends.begin());
        return evidence_.world.segment(passage_.segment).ends[at];
    }

    void inspectLink() {
        const SegmentState& segment = evidence_.world.segment(passage_.segment);
        if (!segment.isUp) add("{} has failed.", linkName());
        for (const InterfaceRef end : {passage_.from, passage_.to}) {
            const InterfaceState& interface = stateOf(end);
            const std::string name = evidence_.topology().nameOf(end);
            if (!interface.isAdminUp) add("{} is shut down.", name);
            if (segment.isUp && !interface.hasCarrier) add("The cable of {} is pulled.", name);
        }
        if (plugOf(passage_.from).isSilent) add("What {} sends over {} vanishes.", from(), linkName());
        if (plugOf(passage_.to).isDeaf) add("What {} should hear over {} vanishes.", to(), linkName());
        if (segment.properties.loss.count() == Probability::kMillion)
            add("{} loses every packet.", linkName());
        if (segment.properties.corrupt.count() == Probability::kMillion)
            add("{} damages every packet.", linkName());
    }

    void inspectProcesses() {
        for (const auto& [end, process] :
             {std::pair(passage_.from.node, speaker_), std::pair(passage_.to.node, listener_)}) {
            if (process != nullptr) continue;
            const NodeState& state = evidence_.world.node(end);
            if (state.stopped.contains(protocol_)) {
                add("{} on {} was stopped.", titleOf(protocol_), state.name);
            } else {
                add("{} does not run {}.", state.name, titleOf(protocol_));
            }
        }
        const SelectedRoute route = evidence_.world.node(passage_.from.node).rib.selected(prefix_);
        if (speaker_ == nullptr && listener_ == nullptr && route.exists() && route.protocol != kConnected)
            add("{} has its route by {}, and nothing tells it to neighbours.", from(),
                titleOf(route.protocol));
    }

    /// Whether the speaker announces the network with a metric below 16.
    bool inspectSpeaker() {
        const auto reasons = speaker_->reasonsAgainstSending(evidence_.envOf(passage_.from.node),
                                                             passage_.from.interface, prefix_);
        if (reasons.empty()) return true;
        add("{} does not announce it on {}: {}.", from(), linkName(), joinReasons(reasons));
        addMissingSource();
        return false;
    }

    /// Why RIP knows nothing of a route that its own router has.
    void addMissingSource() {
        if (speaker_->table().find(prefix_) != nullptr) return;
        const SelectedRoute route = evidence_.world.node(passage_.from.node).rib.selected(prefix_);
        if (!route.exists() || route.protocol == protocol_) return;
        const std::string word =
            route.protocol == kConnected ? std::string("connected") : protocolWord(route.protocol);
        add("{} has it as: {}; no network statement covers it and there is no redistribute {}.", from(),
            describe(route, evidence_.topology(), passage_.from.node), word);
    }
    static std::string protocolWord(ProtocolId protocol) {
        std::string word = titleOf(protocol);
        return word == "static routes" ? "static" : word;
    }

    void inspectListener(bool isSaid) {
        const InterfaceState& interface = stateOf(passage_.to);
        const auto activity = passage_.to.interface.value() < listener_->interfaces().size()
                                  ? listener_->interfaces()[passage_.to.interface.value()].activity
                                  : rip::InterfaceActivity::Off;
        if (interface.isUp() && activity == rip::InterfaceActivity::Off)
            add("{} of {} does not run on {}: no network statement covers it.", titleOf(protocol_), to(),
                interface.name);
        const Record* arrival = lastArrival();
        if (arrival == nullptr) return;
        const auto& received = std::get<record::PacketReceived>(arrival->what);
        const Packet& packet = *received.packet;
        const DatagramReceived datagram{received.interface, packet.source,          packet.destination,
                                        packet.sourcePort,  packet.destinationPort, packet.ttl,
                                        packet.payload};
        const Env env = evidence_.envOf(passage_.to.node);
        if (const auto why = listener_->reasonToRefuse(env, datagram)) {
            if (activity != rip::InterfaceActivity::Off)
                add("{} refuses what {} says, such as its message of {}: {}.", to(), from(),
                    toString(arrival->time), *why);
            return;
        }
        const auto entry = ripEntryFor(packet, prefix_);
        if (!entry || !isSaid) return;
        const auto reasons =
            listener_->reasonsAgainstLearning(env, received.interface, packet.source, *entry);
        if (!reasons.empty())
            add("{} told {} of it at {} with metric {}, and {} does not take it: {}.", from(), to(),
                toString(arrival->time), entry->metric, to(), joinReasons(reasons));
    }

    /// The speaker's last message that reached the listener: one that names the network, or else any
    /// response.
    const Record* lastArrival() const {
        const Record* any = nullptr;
        const auto& kept = evidence_.log.kept();
        const InterfaceState& speaker = stateOf(passage_.from);
        for (auto at = kept.rbegin(); at != kept.rend(); ++at) {
            const auto* received =
                at->node == passage_.to.node ? std::get_if<record::PacketReceived>(&at->what) : nullptr;
            const bool isOurs = received != nullptr && received->interface == passage_.to.interface &&
                                received->packet->owner == protocol_ &&
                                speaker.hasAddress(received->packet->source);
            if (!isOurs) continue;
            if (ripEntryFor(*received->packet, prefix_)) return &*at;
            const auto content = any == nullptr ? ripContentOf(*received->packet) : std::nullopt;
            if (content && content->command == rip::Command::Response) any = &*at;
        }
        return any;
    }

    void sayWhatWasSeen() {
        if (const Record* arrival = lastArrival()) {
            const auto entry = ripEntryFor(*std::get<record::PacketReceived>(arrival->what).packet, prefix_);
            if (entry) {
                add("No rule speaks against it. The last word of {} on it reached {} at {}: metric {}.",
                    from(), to(), toString(arrival->time), entry->metric);
            } else {
                add("No rule speaks against it, but {} has not yet named it to {}.", from(), to());
            }
        } else {
            add("No rule speaks against it, but no message of {} has reached {}.", from(), to());
        }
        if (speaker_ != nullptr && !speaker_->nextUpdate().isNever())
            add("The next update of {} is due at {}.", from(), toString(speaker_->nextUpdate()));
    }

    const Evidence& evidence_;
    const Passage& passage_;
    const Prefix& prefix_;
    ProtocolId protocol_;
    const rip::RipProcess* speaker_;
    const rip::RipProcess* listener_;
    std::vector<std::string> sentences_;
};

}  // namespace

std::vector<std::string> whatStopsNews(const Evidence& evidence, const Passage& passage,
                                       const Prefix& prefix) {
    return Inspection(evidence, passage, prefix).reasons();
}

}  // namespace peerscape
