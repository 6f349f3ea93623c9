#include "scenarios/explain/passage.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/config.hpp"
#include "scenarios/explain/carrier.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/why_not.hpp"

namespace peerscape {

namespace {

/// What of the link itself keeps packets from the other end.
std::vector<std::string> faultsOf(const Evidence& evidence, const Passage& passage) {
    std::vector<std::string> faults;
    const Topology& topology = evidence.topology();
    const std::string& link = topology.segment(passage.segment).name;
    const SegmentState& segment = evidence.world.segment(passage.segment);
    if (!segment.isUp) faults.push_back(fmt::format("{} has failed.", link));
    for (const InterfaceRef end : {passage.from, passage.to}) {
        const InterfaceState& interface = evidence.world.node(end.node).interfaces[end.interface.value()];
        const std::string name = topology.nameOf(end);
        if (!interface.isAdminUp) faults.push_back(fmt::format("{} is shut down.", name));
        if (segment.isUp && !interface.hasCarrier)
            faults.push_back(fmt::format("The cable of {} is pulled.", name));
    }
    const auto plugOf = [&](InterfaceRef ref) -> const EndState& {
        const auto& ends = topology.segment(passage.segment).ends;
        return segment.ends[static_cast<std::size_t>(std::ranges::find(ends, ref) - ends.begin())];
    };
    if (plugOf(passage.from).isSilent)
        faults.push_back(
            fmt::format("What {} sends over {} vanishes.", evidence.nameOf(passage.from.node), link));
    if (plugOf(passage.to).isDeaf)
        faults.push_back(
            fmt::format("What {} should hear over {} vanishes.", evidence.nameOf(passage.to.node), link));
    if (segment.properties.loss.count() == Probability::kMillion)
        faults.push_back(fmt::format("{} loses every packet.", link));
    if (segment.properties.corrupt.count() == Probability::kMillion)
        faults.push_back(fmt::format("{} damages every packet.", link));
    return faults;
}

/// One protocol at both ends.
class Inspection {
  public:
    Inspection(const Evidence& evidence, const Carrier& carrier, const Passage& passage, const Prefix& prefix)
        : evidence_(evidence),
          carrier_(carrier),
          passage_(passage),
          prefix_(prefix),
          protocol_(carrier.protocol(prefix.family())),
          speaker_(evidence.processOf(passage.from.node, protocol_)),
          listener_(evidence.processOf(passage.to.node, protocol_)) {}

    std::vector<std::string> reasons() {
        inspectProcesses();
        if (speaker_ != nullptr && listener_ != nullptr) {
            inspectContact();
            const bool isSaid = inspectSpeaker();
            inspectListener(isSaid);
        }
        return std::move(sentences_);
    }
    std::vector<std::string> sights() {
        sayWhatWasSeen();
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
    }

    /// Protocols with neighbours: whether these two are neighbours, and why not.
    void inspectContact() {
        const bool areNeighbors =
            carrier_.isInContact(*speaker_, passage_.from.interface, stateOf(passage_.to)) &&
            carrier_.isInContact(*listener_, passage_.to.interface, stateOf(passage_.from));
        if (areNeighbors) return;
        add("{} and {} are no neighbors in {}.", from(), to(), titleOf(protocol_));
        // The other direction is inspected with the listener.
        inspectRefusal(passage_.to, passage_.from, *speaker_);
    }

    /// Whether the speaker announces the network as reachable.
    bool inspectSpeaker() {
        const auto reasons = carrier_.reasonsAgainstSending(*speaker_, evidence_.envOf(passage_.from.node),
                                                            passage_.from.interface, prefix_);
        if (reasons.empty()) return true;
        add("{} does not announce it on {}: {}.", from(), linkName(), joinReasons(reasons));
        addMissingSource();
        return false;
    }

    /// Why the protocol knows nothing of a route that its own router has.
    void addMissingSource() {
        if (carrier_.holds(*speaker_, prefix_)) return;
        const SelectedRoute route = evidence_.world.node(passage_.from.node).rib.selected(prefix_);
        if (!route.exists() || route.protocol == protocol_) return;
        const std::string word =
            route.protocol == kConnected ? std::string("connected") : protocolWord(route.protocol);
        add("{} has it as: {}; no network statement covers it and there is no redistribute {}.", from(),
            describe(route, evidence_.topology(), passage_.from.node), word);
    }
    static std::string protocolWord(ProtocolId protocol) {
        std::string word = titleOf(protocol);
        if (word == "static routes") return "static";
        return protocol == bgp::kBgp ? "bgp" : word;
    }

    void inspectListener(bool isSaid) {
        const InterfaceState& interface = stateOf(passage_.to);
        if (interface.isUp() && !carrier_.runsOn(*listener_, passage_.to.interface))
            add("{} of {} does not run on {}: no network statement covers it.", titleOf(protocol_), to(),
                interface.name);
        if (inspectRefusal(passage_.from, passage_.to, *listener_)) return;
        const Record* arrival = lastArrival(passage_.from, passage_.to, true);
        if (arrival == nullptr || !isSaid) return;
        const auto& received = std::get<record::PacketReceived>(arrival->what);
        const auto news = carrier_.newsIn(*received.packet, prefix_);
        const auto reasons =
            carrier_.reasonsAgainstLearning(*listener_, evidence_.envOf(passage_.to.node), received.interface,
                                            received.packet->source, *news, prefix_);
        if (!reasons.empty())
            add("{} told {} of it at {} with {}, and {} does not take it: {}.", from(), to(),
                toString(arrival->time), metricText(*news), to(), joinReasons(reasons));
    }

    /// Whether the listener refuses what the speaker says; says so if it runs there at all.
    bool inspectRefusal(InterfaceRef speaker, InterfaceRef listener, const Process& process) {
        const Record* arrival = lastArrival(speaker, listener, false);
        if (arrival == nullptr) return false;
        const auto& received = std::get<record::PacketReceived>(arrival->what);
        const Packet& packet = *received.packet;
        const DatagramReceived datagram{received.interface, packet.source,          packet.destination,
                                        packet.sourcePort,  packet.destinationPort, packet.ttl,
                                        packet.payload};
        const auto why = carrier_.reasonToRefuse(process, evidence_.envOf(listener.node), datagram);
        if (!why) return false;
        if (carrier_.runsOn(process, listener.interface))
            add("{} refuses what {} says, such as its message of {}: {}.", evidence_.nameOf(listener.node),
                evidence_.nameOf(speaker.node), toString(arrival->time), *why);
        return true;
    }

    /// The speaker's last message that reached the listener: one that names the network, or any by which it
    /// makes itself known.
    const Record* lastArrival(InterfaceRef from, InterfaceRef to, bool namesNetwork) const {
        const auto& kept = evidence_.log.kept();
        const InterfaceState& speaker = stateOf(from);
        for (auto at = kept.rbegin(); at != kept.rend(); ++at) {
            const auto* received =
                at->node == to.node ? std::get_if<record::PacketReceived>(&at->what) : nullptr;
            const bool isOurs = received != nullptr && received->interface == to.interface &&
                                received->packet->owner == protocol_ &&
                                speaker.hasAddress(received->packet->source);
            if (!isOurs) continue;
            const bool isWanted = namesNetwork ? carrier_.newsIn(*received->packet, prefix_).has_value()
                                               : carrier_.isStatement(*received->packet);
            if (isWanted) return &*at;
        }
        return nullptr;
    }
    std::string metricText(const News& news) const {
        const std::string metric = carrier_.metricText(news, speaker_);
        return metric.empty() ? "no way there" : metric;
    }

    void sayWhatWasSeen() {
        if (const Record* arrival = lastArrival(passage_.from, passage_.to, true)) {
            const auto news =
                carrier_.newsIn(*std::get<record::PacketReceived>(arrival->what).packet, prefix_);
            add("No rule speaks against it. The last word of {} on it reached {} at {}: {}.", from(), to(),
                toString(arrival->time), metricText(*news));
        } else if (lastArrival(passage_.from, passage_.to, false) != nullptr) {
            add("No rule speaks against it, but {} has not yet named it to {}.", from(), to());
        } else {
            add("No rule speaks against it, but no message of {} has reached {}.", from(), to());
        }
        const SimTime next = speaker_ == nullptr ? SimTime::never() : carrier_.nextUpdate(*speaker_);
        if (!next.isNever()) add("The next update of {} is due at {}.", from(), toString(next));
    }

    const Evidence& evidence_;
    const Carrier& carrier_;
    const Passage& passage_;
    const Prefix& prefix_;
    ProtocolId protocol_;
    const Process* speaker_;
    const Process* listener_;
    std::vector<std::string> sentences_;
};

/// The protocols that might carry the news: those that run at both ends, else at one, or
/// did until they were stopped.
std::vector<const Carrier*> candidatesFor(const Evidence& evidence, const Passage& passage, Family family) {
    std::vector<const Carrier*> best;
    int most = 0;
    for (const Carrier* carrier : carriers()) {
        int ends = 0;
        for (const NodeId node : {passage.from.node, passage.to.node}) {
            const ProtocolId protocol = carrier->protocol(family);
            const bool isThere = evidence.processOf(node, protocol) != nullptr ||
                                 (evidence.world.node(node).stopped.contains(protocol) &&
                                  evidence.world.node(node).config->processes.contains(protocol));
            ends += isThere ? 1 : 0;
        }
        if (ends > most) best.clear();
        if (ends < most || ends == 0) continue;
        most = ends;
        best.push_back(carrier);
    }
    return best;
}

/// Of two ends between which no protocol tells anything.
std::vector<std::string> sayNothingRuns(const Evidence& evidence, const Passage& passage,
                                        const Prefix& prefix) {
    const std::string& from = evidence.nameOf(passage.from.node);
    const std::string& to = evidence.nameOf(passage.to.node);
    std::vector<std::string> sentences{
        fmt::format("No routing protocol runs on {}, and none on {}.", from, to)};
    const SelectedRoute route = evidence.world.node(passage.from.node).rib.selected(prefix);
    if (route.exists() && route.protocol != kConnected)
        sentences.push_back(fmt::format("{} has its route by {}, and nothing tells it to neighbours.", from,
                                        titleOf(route.protocol)));
    return sentences;
}

}  // namespace

bool isLeftToBgp(const Evidence& evidence, const Passage& passage, const Prefix& prefix) {
    const bool isBgps = evidence.world.node(passage.from.node).rib.selected(prefix).protocol == bgp::kBgp;
    return (isBgps || candidatesFor(evidence, passage, prefix.family()).empty()) &&
           evidence.processOf(passage.from.node, bgp::kBgp) != nullptr &&
           evidence.processOf(passage.to.node, bgp::kBgp) != nullptr;
}

std::vector<std::string> whatStopsNews(const Evidence& evidence, const Passage& passage,
                                       const Prefix& prefix) {
    std::vector<std::string> sentences = faultsOf(evidence, passage);
    const auto candidates = candidatesFor(evidence, passage, prefix.family());
    const auto append = [&](std::vector<std::string> more) {
        sentences.insert(sentences.end(), more.begin(), more.end());
    };
    if (candidates.empty()) append(sayNothingRuns(evidence, passage, prefix));
    for (const Carrier* carrier : candidates)
        append(Inspection(evidence, *carrier, passage, prefix).reasons());
    if (!sentences.empty()) return sentences;
    for (const Carrier* carrier : candidates)
        append(Inspection(evidence, *carrier, passage, prefix).sights());
    return sentences;
}

}  // namespace peerscape
