#include "protocols/bgp/policy_door.hpp"

#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/route_attributes.hpp"

namespace peerscape::bgp {
namespace {

std::string_view wordOf(PolicyDoor::List kind) {
    return kind == PolicyDoor::List::Prefix ? "prefix-list" : "distribute-list";
}

}  // namespace

std::optional<std::string> PolicyDoor::denies(const std::optional<std::string>& list, const Prefix& prefix,
                                              List kind) const {
    if (!list) return std::nullopt;
    const Family family = prefix.family();
    const auto missing = [&] { return fmt::format("{} {}, which does not exist", wordOf(kind), *list); };
    if (policy_ == nullptr) return missing();
    std::optional<policy::Action> action;
    if (kind == List::Prefix) {
        if (const policy::PrefixList* found = policy_->prefixList(family, *list))
            action = found->apply(prefix);
    } else if (const policy::AccessList* found = policy_->accessList(family, *list)) {
        action = found->apply(prefix);
    }
    if (!action) return missing();
    if (*action == policy::Action::Permit) return std::nullopt;
    return fmt::format("{} {} ({})", wordOf(kind), *list,
                       policy::denial(*policy_, family, *list, kind == List::Prefix, prefix));
}

std::optional<std::string> PolicyDoor::denies(const std::optional<std::string>& list,
                                              const AsPath& path) const {
    if (!list) return std::nullopt;
    const policy::AsPathList* found = policy_ == nullptr ? nullptr : policy_->asPathList(*list);
    if (found == nullptr) return fmt::format("filter-list {}, which does not exist", *list);
    if (found->apply(path.text()) == policy::Action::Permit) return std::nullopt;
    return fmt::format("filter-list {}", *list);
}

PolicyAnswer PolicyDoor::apply(const std::string& routeMap, PolicyRoute& route) const {
    PolicyAnswer answer;
    const auto missing = [&] { return fmt::format("route-map {}, which does not exist", routeMap); };
    if (policy_ == nullptr) {
        answer.by = missing();
        return answer;
    }
    policy::RouteFacts facts;
    facts.prefix = route.prefix;
    facts.protocol = route.protocol;
    facts.metric = route.attributes->med.value_or(0);
    facts.tag = route.tag;
    if (!route.nextHop.address.isUnspecified()) facts.nextHop = route.nextHop.address;
    if (route.interface.isSome()) facts.interface = &env_.interface(route.interface).name;
    RouteCircumstances circumstances;
    circumstances.localNumber = route.localNumber;
    circumstances.peer = route.peer;
    circumstances.source = route.source;
    circumstances.isLocal = route.isLocal;
    circumstances.igpMetric = route.igpMetric;
    circumstances.defaultLocalPreference = route.defaultLocalPreference;
    circumstances.rpki = route.rpki;
    BgpRouteAttributes attributes(*route.attributes, circumstances);
    facts.attributes = &attributes;
    policy::RouteSettings settings;
    settings.metric = facts.metric;
    const policy::RouteMapVerdict verdict = policy::evaluate(*policy_, routeMap, facts, settings);
    answer.isPermitted = verdict.isPermitted;
    if (!verdict.isPermitted) {
        const bool isMissing = verdict.reason == policy::RouteMapVerdict::Reason::NoSuchMap;
        if (isMissing) answer.by = missing();
        if (!isMissing && reasons_ == Reasons::Yes) answer.by = verdict.text();
        return answer;
    }
    PathAttributes changed = attributes.take();
    if (verdict.settings.isMetricSet) changed.med = verdict.settings.metric;
    if (changed != *route.attributes) route.attributes = std::move(changed);
    route.weight = attributes.weight().value_or(route.weight);
    route.tag = verdict.settings.tag.value_or(route.tag);
    if (verdict.settings.nextHop && verdict.settings.nextHop->family() == route.prefix.family()) {
        route.nextHop = {*verdict.settings.nextHop, std::nullopt};
        answer.isNextHopSet = true;
    }
    if (verdict.settings.linkLocalNextHop) route.nextHop.linkLocal = verdict.settings.linkLocalNextHop;
    answer.wantsPeerAddress = attributes.nextHop().isPeerAddress;
    answer.wantsUnchangedNextHop = attributes.nextHop().isUnchanged;
    answer.prefersGlobal = attributes.nextHop().prefersGlobal;
    answer.distance = verdict.settings.distance;
    return answer;
}

}  // namespace peerscape::bgp
