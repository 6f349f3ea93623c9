#pragma once

#include <sstream>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "protocols/eigrp/dual.hpp"

/// One router's DUAL, played upon with lines of text.
namespace peerscape::eigrp::dual {

inline const Prefix kNetwork = *Prefix::parse("10.9.0.0/16");

inline std::string textOf(CompositeDistance distance) {
    return distance.isFinite() ? std::to_string(distance.metric()) : "inf";
}
inline CompositeDistance distanceOf(const std::string& text) {
    return text == "inf" ? CompositeDistance::infinity() : CompositeDistance(std::stoull(text));
}

struct EffectText {
    std::string operator()(const Passed& e) const {
        return fmt::format("IE{} {}>{}", static_cast<int>(e.event), shortName(e.from), shortName(e.to));
    }
    std::string operator()(const Send& e) const {
        return fmt::format("{} {} {}", name(e.message), e.to.value(), textOf(e.reported));
    }
    std::string operator()(const RouteChanged&) const { return "route"; }
    std::string operator()(const ActiveTimerStarted&) const { return "start"; }
    std::string operator()(const ActiveTimerStopped&) const { return "stop"; }
    std::string operator()(const NeighborStuck& e) const {
        return fmt::format("stuck {}", e.neighbor.value());
    }

    static std::string shortName(State state) {
        return state == State::Passive ? "P" : std::string(1, name(state).back());
    }
};

/// "IE4 P>1; route; query 1 inf": in order.
inline std::string textOf(const Effects& effects) {
    std::string text;
    for (const EffectOn& one : effects)
        text += (text.empty() ? "" : "; ") + std::visit(EffectText{}, one.effect);
    return text;
}

/// A router with neighbours, each on an interface of the same number.
class DualRouter {
  public:
    explicit DualRouter(int neighbors) {
        for (int i = 1; i <= neighbors; ++i)
            add(i, {.interface = InterfaceId(static_cast<std::uint16_t>(i))});
    }

    void add(int neighbor, const Neighbor& properties) { table_.addNeighbor(id(neighbor), properties); }

    /// Inputs in order, separated by "; ". Returns the effects of the last one.
    ///   update|query|reply|sia-query|sia-reply NEIGHBOUR RD CD     lose NEIGHBOUR
    ///   cost NEIGHBOUR CD     connected CD     half                (half of the active time has passed)
    std::string play(const std::string& inputs) {
        std::string effects;
        std::size_t begin = 0;
        while (begin < inputs.size()) {
            const std::size_t end = std::min(inputs.find("; ", begin), inputs.size());
            effects = textOf(playOne(inputs.substr(begin, end - begin)));
            begin = end + 2;
        }
        return effects;
    }

    /// "Active 1 FD 40 told 40 by 1 3": state, FD, what is told, and by whom the route leads.
    std::string text() const {
        const Entry* entry = table_.find(kNetwork);
        if (entry == nullptr) return "unknown";
        std::string text = fmt::format("{} FD {} told {} by", name(entry->state),
                                       textOf(entry->feasibleDistance), textOf(entry->reported));
        for (const Path& path : TopologyTable::route(*entry))
            text += path.source == kConnected ? " connected" : fmt::format(" {}", path.source.value());
        return text;
    }
    /// "2 3": who still owes a reply.
    std::string awaited() const {
        std::string text;
        for (const Awaited& one : table_.awaited(kNetwork))
            text += fmt::format("{}{}", text.empty() ? "" : " ", one.neighbor.value());
        return text;
    }
    TopologyTable& table() { return table_; }

    static NeighborId id(int neighbor) { return NeighborId(static_cast<std::uint16_t>(neighbor)); }

  private:
    Effects playOne(const std::string& input) {
        std::istringstream words(input);
        std::string verb, second, third, fourth;
        words >> verb >> second >> third >> fourth;
        Effects effects;
        if (verb == "lose") {
            table_.loseNeighbor(id(std::stoi(second)), effects);
        } else if (verb == "half") {
            table_.siaIntervalPassed(kNetwork, effects);
        } else if (verb == "cost") {
            table_.changeLinkCost(kNetwork, id(std::stoi(second)), distanceOf(third), AttributesId(1),
                                  effects);
        } else if (verb == "connected") {
            table_.setLocal(kNetwork, kConnected, distanceOf(second), AttributesId(0), effects);
        } else {
            table_.receive(kNetwork, id(std::stoi(second)), messageOf(verb),
                           {distanceOf(third), distanceOf(fourth), AttributesId(1)}, effects);
        }
        return effects;
    }
    static Message messageOf(const std::string& verb) {
        for (const Message m :
             {Message::Update, Message::Query, Message::Reply, Message::SiaQuery, Message::SiaReply}) {
            if (name(m) == verb) return m;
        }
        ADD_FAILURE() << "no such input: " << verb;
        return Message::Update;
    }

    TopologyTable table_;
};

}  // namespace peerscape::eigrp::dual
