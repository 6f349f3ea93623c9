/// Why a route is not said to neighbours, or not believed: the rules of process_send.cpp, process_receive.cpp
/// and the transport once more, each with its name.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "protocols/eigrp/process.hpp"
#include "protocols/policy/policy_set.hpp"

namespace peerscape::eigrp {
namespace {

using Reasons = std::vector<std::string>;

}  // namespace

void EigrpProcess::addReasonsOfInterface(Reasons& reasons, const InterfaceState& interface) const {
    const std::string& name = interface.name;
    const auto link = links_.find(interface.id);
    if (!interface.isUp()) reasons.push_back(fmt::format("its interface {} is down", name));
    if (interface.isUp() && link == links_.end()) {
        reasons.push_back(family() == Family::IPv4
                              ? fmt::format("no network statement covers its interface {}", name)
                              : fmt::format("its interface {} has no 'ipv6 eigrp {}'", name,
                                            config().autonomousSystem.value_or(0)));
    }
    if (link != links_.end() && link->second.isPassive)
        reasons.push_back(fmt::format("its interface {} is passive (passive-interface)", name));
    const InstanceSettings& settings = config().instance(name);
    if (settings.authentication == AuthenticationMode::None) return;
    const auto* chain = policy::policyOf(config_->policy.get()).keyChain(settings.keyChain);
    if (chain == nullptr || chain->empty())
        reasons.push_back(fmt::format("it has no key for the authentication that {} asks for", name));
}

void EigrpProcess::addDenyingLists(Reasons& reasons, Direction direction, const InterfaceState& interface,
                                   const Prefix& prefix) const {
    const policy::PolicySet& lists = policy::policyOf(config_->policy.get());
    for (const DistributeList& list : config().distributeLists) {
        if (list.direction != direction || (!list.interface.empty() && list.interface != interface.name))
            continue;
        const auto* prefixes = list.isPrefixList ? lists.prefixList(family(), list.list) : nullptr;
        const auto* access = list.isPrefixList ? nullptr : lists.accessList(family(), list.list);
        const bool isDenied = (prefixes != nullptr && prefixes->apply(prefix) != policy::Action::Permit) ||
                              (access != nullptr && access->apply(prefix) != policy::Action::Permit);
        if (!isDenied) continue;
        reasons.push_back(fmt::format("distribute-list {}{} {} denies it: {}",
                                      list.isPrefixList ? "prefix " : "", list.list,
                                      direction == Direction::In ? "in" : "out",
                                      policy::denial(lists, family(), list.list, list.isPrefixList, prefix)));
    }
}

Reasons EigrpProcess::reasonsAgainstSending(const Env& env, InterfaceId id, const Prefix& prefix) const {
    Reasons reasons;
    const InterfaceState& interface = env.interface(id);
    addReasonsOfInterface(reasons, interface);
    const dual::Entry* entry = topology_.find(prefix);
    if (entry == nullptr) {
        reasons.emplace_back("its topology table does not hold it");
        return reasons;
    }
    if (!entry->reported.isFinite()) {
        reasons.emplace_back(entry->isActive() ? "it is active for it and has no way while it asks"
                                               : "its topology table holds no way there");
        return reasons;
    }
    addDenyingLists(reasons, Direction::Out, interface, prefix);
    for (const Prefix& summary : config().instance(interface.name).summaries) {
        if (prefix != summary && summary.contains(prefix))
            reasons.push_back(
                fmt::format("its summary {} on {} stands for it", toString(summary), interface.name));
    }
    if (reasons.empty() && isHiddenBySummary(interface, prefix))
        reasons.emplace_back("it is a summary for other interfaces");
    const PathAttributes& attributes = attributes_[entry->reportedAttributes];
    if (isHiddenByStub(env, prefix, attributes))
        reasons.push_back(
            fmt::format("it is a stub (eigrp stub {}) and does not announce such", config().stub->text()));
    const auto successor = peers_.find(entry->successor);
    const bool isBackwards = successor != peers_.end() && successor->second.interface == id;
    if (isBackwards && config().instance(interface.name).hasSplitHorizon)
        reasons.push_back(fmt::format("split horizon: its own way there leads out of {}", interface.name));
    return reasons;
}

std::optional<std::string> EigrpProcess::reasonToRefuse(const Env& env,
                                                        const DatagramReceived& datagram) const {
    const InterfaceState& interface = env.interface(datagram.interface);
    const bool isOnNetwork = family() == Family::IPv4 ? interface.addressFacing(datagram.source) != nullptr
                                                      : datagram.source.isLinkLocal();
    if (!isOnNetwork) return "not on a common network";
    const auto packet = decode(family(), datagram.payload.bytes());
    if (!packet) return packet.error().message;
    if (const auto why = refusalOfAuthentication(interface, *packet, datagram)) return why;
    if (packet->autonomousSystem != config().autonomousSystem)
        return fmt::format("it is of autonomous system {}, and this is {}", packet->autonomousSystem,
                           config().autonomousSystem.value_or(0));
    const auto* parameter = packet->find<Parameter>();
    if (parameter != nullptr && !packet->isGoodbye() && parameter->kValues != config().k)
        return fmt::format("its K-values are {}, and here they are {}", toString(parameter->kValues),
                           toString(config().k));
    return std::nullopt;
}

Reasons EigrpProcess::reasonsAgainstLearning(const Env& env, InterfaceId id, const Route& route,
                                             const Prefix& prefix) const {
    const VectorMetric reported = route.vector();
    if (reported.isUnreachable()) return {"that means out of reach"};
    Reasons reasons;
    const InterfaceState& interface = env.interface(id);
    addDenyingLists(reasons, Direction::In, interface, prefix);
    if (isBroughtInHere(env, route))
        reasons.push_back(fmt::format("it is external and has this router's own router-id {}",
                                      toString(IpAddress::v4(route.exterior->routerId))));
    if (reported.hopCount >= config().maximumHops)
        reasons.push_back(
            fmt::format("it is {} hops away, and from {} on (metric maximum-hops) nothing is "
                        "reachable",
                        reported.hopCount, config().maximumHops));
    if (const dual::Entry* entry = topology_.find(prefix); entry != nullptr && entry->isActive())
        reasons.emplace_back("it is active for the network and chooses nothing before all have replied");
    const auto link = links_.find(id);
    if (link == links_.end()) return reasons;
    VectorMetric total = reported.through(link->second.metric);
    total.delay = total.delay.plus(offsetFor(Direction::In, interface, prefix));
    if (reasons.empty() && !distanceOf(total, route.isExternal()).isFinite())
        reasons.emplace_back("with the link to it its metric is too great to be said");
    return reasons;
}

}  // namespace peerscape::eigrp
