#include "scenarios/explain/background.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/lab/prober.hpp"
#include "protocols/bgp/session_remarks.hpp"
#include "protocols/eigrp/remarks.hpp"
#include "scenarios/explain/carrier.hpp"
#include "scenarios/explain/causes.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/occasion.hpp"
#include "scenarios/explain/silence.hpp"

namespace peerscape {

namespace {

/// The name of whoever has the address on a link or LAN of the node; the address when nobody has.
std::string nameAt(const Evidence& evidence, NodeId node, const IpAddress& address) {
    const auto& interfaces = evidence.topology().node(node).interfaces;
    for (std::size_t i = 0; i < interfaces.size(); ++i) {
        const InterfaceRef at{node, InterfaceId(static_cast<InterfaceId::Value>(i))};
        if (const auto neighbor = neighborAt(evidence, at, address)) return evidence.nameOf(neighbor->node);
    }
    return toString(address);
}

/// The name of whoever has the address; the address when nobody has.
std::string nameOf(const Evidence& evidence, const IpAddress& address) {
    const auto owner = ownerOf(evidence.world, address);
    return owner ? evidence.nameOf(*owner) : toString(address);
}

/// The text with the neighbour's name in place of its address. An address is not part of a longer one.
std::string withName(const Evidence& evidence, NodeId node, std::string text, const IpAddress& address) {
    const std::string word = toString(address);
    const std::string name = nameAt(evidence, node, address);
    const auto continues = [](char c) {
        return c == '.' || c == ':' || c == '/' ||
               std::string_view("0123456789abcdef").find(c) != std::string_view::npos;
    };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
        const std::size_t end = at + word.size();
        if (end < text.size() && continues(text[end])) {
            at = end;
            continue;
        }
        text.replace(at, word.size(), name);
        at += name.size();
    }
    return text;
}

/// The last question about the network that this node heard from the address before the record.
const Record* lastQuestion(const RecordLog& log, const Record& before, const IpAddress& from,
                           const Prefix& network) {
    const auto& kept = log.kept();
    for (std::size_t i = log.positionOf(before.id); i > 0; --i) {
        const Record& record = kept[i - 1];
        const auto* received =
            record.node == before.node ? std::get_if<record::PacketReceived>(&record.what) : nullptr;
        if (received == nullptr || received->packet->source != from) continue;
        const auto news = newsIn(*received->packet, network);
        if (news && news->manner == News::Manner::Asks) return &record;
    }
    return nullptr;
}

/// That a neighbour's way is taken although nobody has just told of it: it was feasible all the time.
std::string takeover(const Evidence& evidence, const Record& change) {
    const RibChange& what = *std::get<record::RouteChanged>(change.what).change;
    const Carrier& carrier = eigrpCarrier();
    const bool isOurs = what.after.exists() &&
                        what.after.protocol == carrier.protocol(what.prefix.family()) &&
                        !what.after.hops.empty();
    if (!isOurs) return "";
    const NextHop& hop = what.after.hops.front();
    if (std::ranges::find(what.before.hops, hop) != what.before.hops.end()) return "";
    const Record* cause = evidence.log.find(change.cause);
    const auto* received = cause == nullptr ? nullptr : std::get_if<record::PacketReceived>(&cause->what);
    if (received != nullptr && received->packet->source == hop.gateway) return "";
    const auto heard = latestNews(carrier, evidence.log, change.node, what.prefix, SimTime::start());
    const auto its = std::ranges::find_if(heard, [&](const Hearing& one) {
        return one.from == hop.gateway && one.news.isReachable && one.record->id < change.id;
    });
    if (its == heard.end()) return "";
    return fmt::format(
        "{} asks nobody: {} is a feasible successor, which told it at {} that {} is reachable "
        "with {}",
        evidence.nameOf(change.node), nameAt(evidence, change.node, hop.gateway), toString(its->record->time),
        toString(what.prefix),
        carrier.metricText(its->news, evidence.processOf(change.node, what.after.protocol)));
}

/// The action that an adjacency goes back to, unless it is the start of the lab.
std::string beginningOf(const Evidence& evidence, const Record& greeting) {
    const auto chain = causeChain(evidence.log, greeting.id);
    if (chain.empty() || !isRoot(*chain.back()) || chain.back()->time == SimTime::start()) return "";
    return fmt::format(" That goes back to {}: {}", toString(chain.back()->time),
                       describe(*chain.back(), evidence.topology()));
}

}  // namespace

std::vector<std::string> notesOn(const Evidence& evidence, const Record& change, const Prefix& network) {
    std::vector<std::string> notes;
    for (const auto* remark : remarksOf<eigrp::NeighborRemark>(evidence.log, change)) {
        if (remark->kind() == eigrp::NeighborRemark::Kind::Pending) continue;
        const bool isDown = remark->kind() == eigrp::NeighborRemark::Kind::Down;
        notes.push_back(fmt::format("{} {} its neighbor {} on {}{}", evidence.nameOf(change.node),
                                    isDown ? "lost" : "has", nameAt(evidence, change.node, remark->address()),
                                    remark->interface(),
                                    isDown ? fmt::format(": {}", toString(remark->reason())) : ""));
    }
    for (const auto* remark : remarksOf<bgp::SessionRemark>(evidence.log, change)) {
        const bgp::SessionRemark::Facts& facts = remark->facts();
        const bool isUp = facts.to == bgp::State::Established;
        if (facts.from == facts.to || (!isUp && facts.from != bgp::State::Established)) continue;
        notes.push_back(fmt::format("The BGP session of {} with {} {}{}", evidence.nameOf(change.node),
                                    nameOf(evidence, facts.peer), isUp ? "is established" : "ended",
                                    !isUp && facts.end ? ": " + facts.end->text() : std::string()));
    }
    bool isComputed = false;
    for (const auto* remark : remarksOf<eigrp::ComputationRemark>(evidence.log, change)) {
        const eigrp::ComputationRemark::Facts& facts = remark->facts();
        if (facts.prefix != network) continue;
        std::string text = remark->text();
        for (const auto& address : {facts.neighbor, facts.gateway}) {
            if (address) text = withName(evidence, change.node, std::move(text), *address);
        }
        for (const IpAddress& address : facts.awaited)
            text = withName(evidence, change.node, std::move(text), address);
        notes.push_back(fmt::format("In {}, {}", evidence.nameOf(change.node), text));
        isComputed = true;
    }
    if (std::string text = isComputed ? "" : takeover(evidence, change); !text.empty())
        notes.push_back(std::move(text));
    return notes;
}

std::string backgroundOf(const Evidence& evidence, const Record& sent, const Prefix& network) {
    const Packet& packet = *std::get<record::PacketSent>(sent.what).packet;
    const std::string& name = evidence.nameOf(sent.node);
    const auto news = newsIn(packet, network);
    if (news && news->manner == News::Manner::Replies) {
        const Record* question = lastQuestion(evidence.log, sent, packet.destination, network);
        if (question == nullptr) return "";
        return fmt::format("{} had asked {}, which heard it at {}.",
                           nameAt(evidence, sent.node, packet.destination), name, toString(question->time));
    }
    const auto remarks = remarksOf<eigrp::NeighborRemark>(evidence.log, sent);
    const auto greeted = std::ranges::find_if(remarks, [&](const eigrp::NeighborRemark* remark) {
        return remark->kind() == eigrp::NeighborRemark::Kind::Up && remark->address() == packet.destination;
    });
    if (greeted == remarks.end()) return "";
    return fmt::format("{} tells its new neighbor {} all it knows.{}", name,
                       nameAt(evidence, sent.node, packet.destination), beginningOf(evidence, sent));
}

}  // namespace peerscape
