/// A story in sentences.
#include <algorithm>

#include <fmt/format.h>

#include "protocols/static_routes/config.hpp"
#include "scenarios/explain/config_origin.hpp"
#include "scenarios/explain/describe.hpp"
#include "scenarios/explain/rip_news.hpp"
#include "scenarios/explain/story.hpp"

namespace peerscape {

namespace {

std::string newsText(const Prefix& prefix, const rip::RipEntry& entry) {
    if (entry.metric >= rip::RipMetric::kInfinity)
        return fmt::format("{} is out of reach (metric {})", toString(prefix), entry.metric);
    return fmt::format("{} is reachable with metric {}", toString(prefix), entry.metric);
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
                text += lineOf(step.record->time, passage(step, *story[i + 1].record));
                if (i > 0) text += whyAnnounced(step, story[i - 1]);
                ++i;
                continue;
            }
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

    /// "B told C out of eth1 that …; it reached C on eth0 at 1.234 s."
    std::string passage(const StoryStep& step, const Record& arrival) const {
        const auto& sent = std::get<record::PacketSent>(step.record->what);
        const auto& received = std::get<record::PacketReceived>(arrival.what);
        const Topology& topology = evidence_.topology();
        const std::string& from = evidence_.nameOf(step.record->node);
        const std::string& to = evidence_.nameOf(arrival.node);
        const auto entry = ripEntryFor(*sent.packet, step.about);
        const std::string what = entry ? fmt::format("told {} that {}", to, newsText(step.about, *entry))
                                       : fmt::format("sent {} a {}", to, describe(*sent.packet));
        const std::string how = entry ? fmt::format(" ({})", describe(*sent.packet)) : "";
        return fmt::format("{} {}{}, out of {}; it reached {} on {} at {}.", from, what, how,
                           interfaceName(topology, step.record->node, sent.interface), to,
                           interfaceName(topology, arrival.node, received.interface), toString(arrival.time));
    }

    /// The line by which a router announces what it did not learn by the protocol itself.
    std::string whyAnnounced(const StoryStep& sending, const StoryStep& reason) const {
        const auto* changed = std::get_if<record::RouteChanged>(&reason.record->what);
        if (changed == nullptr || !changed->change->after.exists()) return "";
        const Family family = sending.about.family();
        const ProtocolId rip = rip::protocolOf(family);
        const SelectedRoute& route = changed->change->after;
        if (route.protocol == rip) return "";
        const NodeId node = sending.record->node;
        const auto configOf = [rip](const RouterConfig& config) {
            const auto found = config.processes.find(rip);
            return found == config.processes.end() ? nullptr
                                                   : dynamic_cast<const rip::RipConfig*>(found->second.get());
        };
        auto origin = lineThatSays(evidence_, node, [&](const RouterConfig& config) {
            const auto* settings = configOf(config);
            return settings != nullptr && route.protocol == kConnected &&
                   enables(*settings, node, route.hops, sending.about);
        });
        if (!origin) {
            origin = lineThatSays(evidence_, node, [&](const RouterConfig& config) {
                const auto* settings = configOf(config);
                return settings != nullptr && settings->redistribution(route.protocol) != nullptr;
            });
        }
        return origin ? lineOf(fmt::format("{} announces it because of {}.", evidence_.nameOf(node),
                                           toString(*origin)))
                      : "";
    }

    bool enables(const rip::RipConfig& settings, NodeId node, const NextHops& hops,
                 const Prefix& network) const {
        return std::ranges::any_of(hops, [&](const NextHop& hop) {
            if (!hop.interface.isSome()) return false;
            const InterfaceState& interface = evidence_.world.node(node).interfaces[hop.interface.value()];
            return settings.enables(interface.name) ||
                   std::ranges::any_of(interface.addresses, [&](const InterfaceAddress& a) {
                       return a.network() == network && settings.enables(a.address);
                   });
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
