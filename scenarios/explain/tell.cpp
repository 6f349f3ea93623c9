/// A story in sentences.
#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/static_routes/config.hpp"
#include "scenarios/explain/carrier.hpp"
#include "scenarios/explain/causes.hpp"
#include "scenarios/explain/config_origin.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/story.hpp"

namespace peerscape {

namespace {

/// "told C that 10.4.0.0/16 is reachable with metric 3".
std::string newsText(const News& news, const std::string& to, const Prefix& network,
                     const std::string& metric) {
    const std::string name = toString(network);
    const std::string claim = news.isReachable ? fmt::format("{} is reachable with {}", name, metric)
                              : metric.empty() ? fmt::format("{} is out of reach", name)
                                               : fmt::format("{} is out of reach ({})", name, metric);
    switch (news.manner) {
        case News::Manner::Tells:
            return fmt::format("told {} that {}", to, claim);
        case News::Manner::Replies:
            return fmt::format("replied to {} that {}", to, claim);
        case News::Manner::Asks:
            return news.isReachable
                       ? fmt::format("asked {} for a way to {}, its own having {}", to, name, metric)
                       : fmt::format("asked {} for a way to {}, having none itself", to, name);
        case News::Manner::AsksForSign:
            return fmt::format("asked {} whether it still looks for a way to {}", to, name);
        case News::Manner::GivesSign:
            return fmt::format("replied to {} that it still looks for a way to {}", to, name);
    }
    return "";
}

class Teller {
  public:
    explicit Teller(const Evidence& evidence) : evidence_(evidence) {}

    std::string tell(const std::vector<StoryStep>& story) {
        std::string text;
        for (std::size_t i = 0; i < story.size(); ++i) {
            const StoryStep& step = story[i];
            if (!step.gap.empty()) text += lineOf(step.gap);
            const bool isOneHop = i + 1 < story.size() && isArrivalOf(*story[i + 1].record, *step.record);
            if (isOneHop) {
                std::size_t arrival = i + 1;
                std::vector<std::string> by;
                for (; isPassedOnAfter(story, arrival); arrival += 2)
                    by.push_back(evidence_.nameOf(story[arrival].record->node));
                text += lineOf(step.record->time, passage(step, *story[arrival].record, by));
                if (i > 0) text += whyAnnounced(step, story[i - 1]);
                if (!step.background.empty()) text += lineOf(step.background);
                i = arrival;
                continue;
            }
            for (const std::string& note : step.notes)
                text += lineOf(step.record->time, note + ".");
            text += lineOf(step.record->time, describe(*step.record, evidence_.topology()));
            text += whyConfigured(step);
        }
        return text;
    }

  private:
    static bool isArrivalOf(const Record& arrival, const Record& sending) {
        return std::holds_alternative<record::PacketSent>(sending.what) &&
               std::holds_alternative<record::PacketReceived>(arrival.what) && arrival.cause == sending.id;
    }

    /// The packet whose arrival stands at `arrival` goes on to another router.
    bool isPassedOnAfter(const std::vector<StoryStep>& story, std::size_t arrival) const {
        return arrival + 2 < story.size() && story[arrival + 1].record->cause == story[arrival].record->id &&
               isPassedOn(evidence_.log, *story[arrival + 1].record) &&
               isArrivalOf(*story[arrival + 2].record, *story[arrival + 1].record);
    }

    /// "B told C out of eth1 that …; it reached C on eth0 at 1.234 s." `by`: the routers between them.
    std::string passage(const StoryStep& step, const Record& arrival,
                        const std::vector<std::string>& by) const {
        const auto& sent = std::get<record::PacketSent>(step.record->what);
        const auto& received = std::get<record::PacketReceived>(arrival.what);
        const Topology& topology = evidence_.topology();
        const std::string& from = evidence_.nameOf(step.record->node);
        const std::string& to = evidence_.nameOf(arrival.node);
        const Messenger* messenger = sent.packet->owner.isSome() ? messengerOf(sent.packet->owner) : nullptr;
        const auto news = messenger == nullptr ? std::nullopt : messenger->newsIn(*sent.packet, step.about);
        const Process* speaker = evidence_.processOf(step.record->node, sent.packet->owner);
        const std::string what = news ? newsText(*news, to, step.about, messenger->metricText(*news, speaker))
                                      : fmt::format("sent {} a packet ({})", to, describe(*sent.packet));
        const auto summary = news ? messenger->summary(*sent.packet) : std::nullopt;
        const std::string how =
            summary ? fmt::format(" ({} from {} to {})", *summary, toString(sent.packet->source),
                                  toString(sent.packet->destination))
                    : "";
        const std::string way = by.empty() ? "" : fmt::format(", by way of {}", fmt::join(by, ", "));
        return fmt::format("{} {}{}, out of {}{}; it reached {} on {} at {}.", from, what, how,
                           interfaceName(topology, step.record->node, sent.interface), way, to,
                           interfaceName(topology, arrival.node, received.interface), toString(arrival.time));
    }

    /// The line by which a router announces what it did not learn by the protocol itself.
    std::string whyAnnounced(const StoryStep& sending, const StoryStep& reason) const {
        const auto* changed = std::get_if<record::RouteChanged>(&reason.record->what);
        if (changed == nullptr || !changed->change->after.exists()) return "";
        const Packet& packet = *std::get<record::PacketSent>(sending.record->what).packet;
        const Messenger* messenger = packet.owner.isSome() ? messengerOf(packet.owner) : nullptr;
        const SelectedRoute& route = changed->change->after;
        if (messenger == nullptr || route.protocol == packet.owner) return "";
        const NodeId node = sending.record->node;
        const auto says = [&](const std::function<bool(const ProcessConfig&)>& claim) {
            return lineThatSays(evidence_, node, [&](const RouterConfig& config) {
                const auto found = config.processes.find(packet.owner);
                return found != config.processes.end() && claim(*found->second);
            });
        };
        std::optional<ConfigOrigin> origin;
        if (route.protocol == kConnected) {
            origin = says([&](const ProcessConfig& config) {
                return enables(*messenger, config, node, route.hops, sending.about);
            });
        }
        if (!origin) {
            origin = says([&](const ProcessConfig& config) {
                return messenger->redistributes(config, route.protocol);
            });
        }
        return origin ? lineOf(fmt::format("{} announces it because of {}.", evidence_.nameOf(node),
                                           toString(*origin)))
                      : "";
    }

    bool enables(const Messenger& messenger, const ProcessConfig& config, NodeId node, const NextHops& hops,
                 const Prefix& network) const {
        return std::ranges::any_of(hops, [&](const NextHop& hop) {
            return hop.interface.isSome() &&
                   messenger.enables(config, evidence_.world.node(node).interfaces[hop.interface.value()],
                                     network);
        });
    }

    /// The configuration line behind a connected or static route.
    std::string whyConfigured(const StoryStep& step) const {
        const auto* changed = std::get_if<record::RouteChanged>(&step.record->what);
        if (changed == nullptr || !changed->change->after.exists()) return "";
        const SelectedRoute& route = changed->change->after;
        std::optional<ConfigOrigin> origin;
        if (route.protocol == kConnected && !route.hops.empty()) {
            origin = lineOfNetwork(evidence_, {step.record->node, route.hops.front().interface},
                                   changed->change->prefix);
        } else if (route.protocol == static_routes::kStatic) {
            origin = lineOfStaticRoute(evidence_, step.record->node, changed->change->prefix, route.distance);
        }
        return origin ? lineOf(fmt::format("Configured by {}.", toString(*origin))) : "";
    }

    const Evidence& evidence_;
};

}  // namespace

std::string tell(const Evidence& evidence, const std::vector<StoryStep>& story) {
    return Teller(evidence).tell(story);
}

}  // namespace peerscape
