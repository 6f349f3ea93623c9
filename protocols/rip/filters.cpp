#include "protocols/rip/filters.hpp"

#include "protocols/policy/policy_set.hpp"
#include "protocols/policy/route_map.hpp"
#include "protocols/rip/metric.hpp"

namespace peerscape::rip {
namespace {

const std::string* nameOf(const Env& env, InterfaceId id) {
    return id.isSome() && id.value() < env.interfaces.size() ? &env.interface(id).name : nullptr;
}

policy::RouteMapVerdict run(const SharedPolicy* policy, std::string_view routeMap, const MappedRoute& route,
                            const Env& env) {
    const policy::RouteFacts facts{.prefix = route.prefix,
                                   .protocol = route.protocol,
                                   .metric = route.metric,
                                   .tag = route.tag,
                                   .interface = nameOf(env, route.routeInterface),
                                   .messageInterface = nameOf(env, route.messageInterface),
                                   .nextHop = route.nextHop,
                                   .isBlackhole = route.isDiscard,
                                   .attributes = nullptr};
    policy::RouteSettings settings;
    settings.metric = route.metricOut;
    // `set metric` cannot leave RIP's range.
    settings.leastMetric = 1;
    settings.mostMetric = RipMetric::kInfinity;
    settings.isMetricSet = route.isMetricSet;
    return evaluate(policy::policyOf(policy), routeMap, facts, settings);
}

}  // namespace

std::optional<bool> Filters::accessList(std::string_view name, const Prefix& prefix) const {
    const auto* list = policy::policyOf(policy_).accessList(family_, name);
    if (list == nullptr) return std::nullopt;
    return list->apply(prefix) == policy::Action::Permit;
}

std::optional<bool> Filters::prefixList(std::string_view name, const Prefix& prefix) const {
    const auto* list = policy::policyOf(policy_).prefixList(family_, name);
    if (list == nullptr) return std::nullopt;
    return list->apply(prefix) == policy::Action::Permit;
}

const std::map<std::uint32_t, std::string>& Filters::keys(std::string_view keyChain) const {
    static const policy::KeyChain kNoKeys;
    const policy::KeyChain* chain = policy::policyOf(policy_).keyChain(keyChain);
    return chain == nullptr ? kNoKeys : *chain;
}

bool Filters::hasRouteMap(std::string_view name) const {
    return policy::policyOf(policy_).routeMap(name) != nullptr;
}

bool Filters::permits(std::string_view routeMap, MappedRoute& route, const Env& env) const {
    const auto verdict = run(policy_, routeMap, route, env);
    if (!verdict.isPermitted) return false;
    route.metricOut = verdict.settings.metric;
    route.isMetricSet = verdict.settings.isMetricSet;
    if (verdict.settings.tag) route.tagOut = static_cast<std::uint16_t>(*verdict.settings.tag);
    const auto& nextHop =
        family_ == Family::IPv4 ? verdict.settings.nextHop : verdict.settings.linkLocalNextHop;
    if (nextHop) route.nextHopOut = *nextHop;
    return true;
}

std::string Filters::denial(std::string_view list, bool isPrefixList, const Prefix& prefix) const {
    return policy::denial(policy::policyOf(policy_), family_, list, isPrefixList, prefix);
}

std::string Filters::verdict(std::string_view routeMap, const MappedRoute& route, const Env& env) const {
    return run(policy_, routeMap, route, env).text();
}

}  // namespace peerscape::rip
