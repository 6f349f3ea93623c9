#include "scenarios/world/as_number_leaks.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <utility>

#include "protocols/bgp/as_numbers.hpp"
#include "protocols/bgp/policy_door.hpp"
#include "protocols/bgp/private_numbers.hpp"
#include "protocols/bgp/process_config.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape {
namespace {

/// Routes of one router that are followed: they differ in what lists say of them, not in their paths.
constexpr std::size_t kRoutesOfARouter = 8;
constexpr std::size_t kMostSteps = 200'000;

const policy::PolicySet* policyOf(const Evidence& evidence, NodeId node) {
    return dynamic_cast<const policy::PolicySet*>(evidence.world.node(node).config->policy.get());
}

/// What a router originates: its networks and, where it redistributes anything, those of its interfaces.
std::set<Prefix> originatedBy(const Evidence& evidence, const BgpSpeaker& speaker) {
    std::set<Prefix> prefixes;
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        const bgp::FamilyConfig& settings = speaker.config->families[family];
        for (const auto& [prefix, statement] : settings.networks)
            prefixes.insert(prefix);
        if (settings.redistributions.empty()) continue;
        for (const InterfaceState& interface : evidence.world.node(speaker.node).interfaces) {
            for (const InterfaceAddress& address : interface.addresses) {
                const bool isUsual = !address.address.isLoopback() && !address.address.isLinkLocal();
                if (isUsual && address.address.family() == family) prefixes.insert(address.network());
            }
        }
    }
    return prefixes;
}

class LeakSearch {
  public:
    LeakSearch(const Evidence& evidence, const BgpSpeakers& speakers)
        : evidence_(evidence), speakers_(speakers), sidesOf_(speakers.all().size()) {
        for (std::size_t i = 0; i < speakers.sides().size(); ++i)
            sidesOf_[speakers.sides()[i].speaker].push_back(i);
    }

    std::vector<AsNumberLeak> run() {
        for (std::size_t i = 0; i < speakers_.all().size(); ++i) {
            if (steps_ > kMostSteps) break;
            std::size_t count = 0;
            for (const Prefix& prefix : originatedBy(evidence_, speakers_.all()[i])) {
                if (++count > kRoutesOfARouter) break;
                follow(i, prefix);
            }
        }
        return std::move(leaks_);
    }

  private:
    struct Visit {
        std::size_t speaker;
        bgp::PolicyRoute route;
        std::set<Asn> leaked{};  ///< numbers that have come to a public neighbour on the way
    };

    void follow(std::size_t origin, const Prefix& prefix) {
        std::vector<bool> isReached(speakers_.all().size(), false);
        std::deque<Visit> waiting;
        bgp::PolicyRoute first{};
        first.prefix = prefix;
        first.isLocal = true;
        waiting.push_back({origin, std::move(first)});
        isReached[origin] = true;
        while (!waiting.empty()) {
            Visit visit = std::move(waiting.front());
            waiting.pop_front();
            for (const std::size_t index : sidesOf_[visit.speaker]) {
                if (++steps_ > kMostSteps) return;
                const BgpSide& side = speakers_.sides()[index];
                auto told = tell(side, visit.route);
                if (!told) continue;
                std::set<Asn> leaked = visit.leaked;
                if (side.isExternal) noteLeaks(index, *told, leaked);
                if (!side.other) continue;
                const BgpSide& there = speakers_.sides()[*side.other];
                if (isReached[there.speaker]) continue;
                auto heard = hear(there, std::move(*told));
                if (!heard) continue;
                isReached[there.speaker] = true;
                waiting.push_back({there.speaker, std::move(*heard), std::move(leaked)});
            }
        }
    }

    bool exchanges(const BgpSide& side, Family family) const {
        const bgp::BgpConfig& config = *speakers_.all()[side.speaker].config;
        return config.isActivated(side.config, family);
    }

    bool passesLists(const BgpSide& side, bgp::Direction direction, const bgp::PolicyRoute& route) const {
        const BgpSpeaker& speaker = speakers_.all()[side.speaker];
        const bgp::NeighborFamilySettings& settings = *side.config.families[route.prefix.family()];
        const auto& prefixList = settings.prefixList[direction];
        const auto& filterList = settings.filterList[direction];
        const auto& distributeList = settings.distributeList[direction];
        const bool hasPolicy = settings.routeMap[direction] || prefixList || filterList || distributeList;
        if (!hasPolicy) return !side.isExternal || !speaker.config->requiresEbgpPolicy;
        const Env env = evidence_.envOf(speaker.node);
        const bgp::PolicyDoor door(policyOf(evidence_, speaker.node), env);
        using List = bgp::PolicyDoor::List;
        return !door.denies(distributeList, route.prefix, List::Access) &&
               !door.denies(prefixList, route.prefix, List::Prefix) &&
               !door.denies(filterList, *route.attributes->asPath);
    }
    bool passesRouteMap(const BgpSide& side, bgp::Direction direction, bgp::PolicyRoute& route) const {
        const auto& routeMap = side.config.families[route.prefix.family()]->routeMap[direction];
        if (!routeMap) return true;
        const BgpSpeaker& speaker = speakers_.all()[side.speaker];
        const Env env = evidence_.envOf(speaker.node);
        route.peer = side.address;
        route.localNumber = speaker.number();
        return bgp::PolicyDoor(policyOf(evidence_, speaker.node), env).apply(*routeMap, route).isPermitted;
    }

    /// The route as the neighbour gets it, in the order in which the process does it.
    std::optional<bgp::PolicyRoute> tell(const BgpSide& side, bgp::PolicyRoute route) const {
        const Family family = route.prefix.family();
        if (!exchanges(side, family)) return std::nullopt;
        const bgp::PathAttributes& attributes = *route.attributes;
        if (attributes.hasCommunity(bgp::community::kNoAdvertise)) return std::nullopt;
        if (side.isExternal && attributes.hasCommunity(bgp::community::kNoExport)) return std::nullopt;
        if (!passesLists(side, bgp::Direction::Out, route)) return std::nullopt;
        const BgpSpeaker& speaker = speakers_.all()[side.speaker];
        const bgp::NeighborFamilySettings& settings = *side.config.families[family];
        const Asn own = *speaker.config->number;
        if (side.isExternal && settings.removePrivateAs)
            bgp::removePrivate(route.attributes.edit().asPath.edit(), *settings.removePrivateAs, own,
                               side.remote);
        if (side.isExternal && settings.overridesAs.value_or(false))
            route.attributes.edit().asPath.edit().replace(side.remote, own);
        if (!passesRouteMap(side, bgp::Direction::Out, route)) return std::nullopt;
        if (side.isExternal) prependOwn(speaker, side, settings, route);
        return route;
    }

    static void prependOwn(const BgpSpeaker& speaker, const BgpSide& side,
                           const bgp::NeighborFamilySettings& settings, bgp::PolicyRoute& route) {
        const bool isUnchanged = settings.isRouteServerClient.value_or(false) ||
                                 (settings.attributeUnchanged && settings.attributeUnchanged->asPath);
        if (isUnchanged) return;
        bgp::AsPath& path = route.attributes.edit().asPath.edit();
        const auto& local = side.config.settings.localAs;
        if (!local || !local->replacesOutbound) path.prepend(speaker.number());
        if (local) path.prepend(local->number);
    }

    std::optional<bgp::PolicyRoute> hear(const BgpSide& side, bgp::PolicyRoute route) const {
        const Family family = route.prefix.family();
        if (!exchanges(side, family)) return std::nullopt;
        route.isLocal = false;
        route.source = side.address;
        const bgp::AsPath& path = *route.attributes->asPath;
        const std::size_t allowed = side.config.families[family]->allowAsIn.value_or(0);
        if (side.isExternal && path.countOf(speakers_.all()[side.speaker].number()) > allowed)
            return std::nullopt;
        if (!passesLists(side, bgp::Direction::In, route)) return std::nullopt;
        const auto& local = side.config.settings.localAs;
        if (side.isExternal && local && local->prependsInbound)
            route.attributes.edit().asPath.edit().prepend(local->number);
        if (!passesRouteMap(side, bgp::Direction::In, route)) return std::nullopt;
        return route;
    }

    void noteLeaks(std::size_t index, const bgp::PolicyRoute& route, std::set<Asn>& leaked) {
        const Asn remote = speakers_.sides()[index].remote;
        const bgp::AsPath& path = *route.attributes->asPath;
        // Who finds the own number in the path takes it for a loop.
        if (remote == Asn() || !bgp::isPublic(remote) || path.contains(remote)) return;
        for (const bgp::AsSegment& segment : path.segments()) {
            for (const std::uint32_t value : segment.numbers) {
                const Asn number = Asn::number(value);
                if (bgp::isPublic(number) || leaked.contains(number)) continue;
                if (path.first() != number) leaked.insert(number);
                if (known_.emplace(index, number).second)
                    leaks_.push_back({index, number, route.prefix, path});
            }
        }
    }

    const Evidence& evidence_;
    const BgpSpeakers& speakers_;
    std::vector<std::vector<std::size_t>> sidesOf_;
    std::set<std::pair<std::size_t, Asn>> known_;
    std::vector<AsNumberLeak> leaks_;
    std::size_t steps_ = 0;
};

}  // namespace

std::vector<AsNumberLeak> findAsNumberLeaks(const Evidence& evidence, const BgpSpeakers& speakers) {
    const auto isPublicSide = [](const BgpSide& side) {
        return side.isExternal && side.remote != Asn() && bgp::isPublic(side.remote);
    };
    const auto isSpecial = [](const BgpSpeaker& speaker) { return !bgp::isPublic(speaker.number()); };
    const auto hasSpecialName = [](const BgpSide& side) {
        const auto& local = side.config.settings.localAs;
        return local && !bgp::isPublic(local->number);
    };
    // Where nobody could leak anything, or nobody is there to hear it, nothing is followed.
    const bool mayLeak = std::ranges::any_of(speakers.all(), isSpecial) ||
                         std::ranges::any_of(speakers.sides(), hasSpecialName);
    if (!mayLeak || std::ranges::none_of(speakers.sides(), isPublicSide)) return {};
    return LeakSearch(evidence, speakers).run();
}

}  // namespace peerscape
