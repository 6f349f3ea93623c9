#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "scenarios/format/lab_checks.hpp"
#include "scenarios/format/object_reader.hpp"

namespace peerscape {

namespace {

using namespace lab_action;

/// The names of one kind, for look-ups and for suggestions.
class Names {
  public:
    void add(const std::string& name) {
        if (set_.insert(name).second) list_.push_back(name);
    }
    bool has(const std::string& name) const { return set_.contains(name); }
    std::string suggestion(const std::string& name) const { return didYouMean(name, list_); }

  private:
    std::set<std::string> set_;
    std::vector<std::string> list_;
};

class StepCheck {
  public:
    StepCheck(const LabFile& lab, DiagnosticList& problems) : lab_(lab), problems_(problems) {
        for (const RouterEntry& router : lab.routers) {
            routers_.add(router.name);
            nodes_.add(router.name);
        }
        for (const HostEntry& host : lab.hosts)
            nodes_.add(host.name);
        for (const LinkEntry& link : lab.links)
            addLink(link);
        for (const LinkEntry& lan : lab.lans)
            addLink(lan);
        for (const FlowEntry& flow : lab.flows) {
            if (flow.name.empty()) continue;
            if (flows_.has(flow.name))
                problems.error(flow.place.at, fmt::format("there are two flows '{}'", flow.name));
            flows_.add(flow.name);
        }
    }

    void run() {
        for (const ProbeEntry& probe : lab_.probes)
            checkWay(probe.from, probe.to);
        for (const FlowEntry& flow : lab_.flows)
            checkWay(flow.from, flow.to);
        checkWatches();
        std::optional<Duration> before;
        for (const StepEntry& step : lab_.steps) {
            checkTimes(step, before);
            for (const LabAction& action : step.actions)
                std::visit([&](const auto& what) { check(what); }, action.what);
            for (const Expectation& claim : step.expectations) {
                std::visit([&](const auto& what) { check(what); }, claim.what);
                if (lab_.watches.empty() && std::holds_alternative<lab_expect::NoAlarms>(claim.what))
                    problems_.error(claim.place.at, "nothing is under 'watch', so there can be no alarm");
            }
        }
    }

  private:
    void addLink(const LinkEntry& link) {
        links_.add(link.name);
        targets_.add(link.name);
        for (const EndEntry& end : link.ends) {
            targets_.add(end.node.name);
            if (!end.interface.empty())
                interfaces_.add(end.node.name + ":" + end.interface);
            else
                nodesWithOpenEnds_.add(end.node.name);
        }
    }

    void checkWatches() {
        std::map<Prefix, Place> seen;
        for (const WatchEntry& watch : lab_.watches) {
            const auto [first, isNew] = seen.try_emplace(watch.prefix, watch.place);
            if (isNew) continue;
            problems_.error(watch.place.at,
                            fmt::format("{} is watched already, in line {}; name all origins there",
                                        toString(watch.prefix), first->second.at.line));
        }
    }

    void checkTimes(const StepEntry& step, std::optional<Duration>& before) {
        if (step.at && before && *step.at < *before) {
            problems_.error(step.place.at, fmt::format("step '{}' is at {}, but a step before it is at {}",
                                                       step.name, toString(*step.at), toString(*before)));
        }
        if (step.at && step.until && *step.until <= *step.at) {
            problems_.error(step.place.at,
                            fmt::format("step '{}' ends ('until') before it begins ('at')", step.name));
        }
        if (step.at) before = step.at;
    }

    void require(const Names& names, const NameRef& ref, std::string_view what) {
        if (ref.name.empty() || names.has(ref.name)) return;  // an empty name has been reported by the reader
        problems_.error(ref.place.at,
                        fmt::format("there is no {} '{}'{}", what, ref.name, names.suggestion(ref.name)));
    }
    void requireRouter(const NameRef& ref) { require(routers_, ref, "router"); }
    void requireNode(const NameRef& ref) { require(nodes_, ref, "router or host"); }
    void requireLink(const NameRef& ref) { require(links_, ref, "link or LAN"); }

    void requireTarget(const NameRef& ref) {
        if (ref.name.find(':') != std::string::npos) return requireInterface(ref);
        if (nodes_.has(ref.name) || links_.has(ref.name)) return;
        problems_.error(ref.place.at, fmt::format("there is no link, LAN, router or host '{}'{}", ref.name,
                                                  targets_.suggestion(ref.name)));
    }

    void requireInterface(const NameRef& ref) {
        const auto colon = ref.name.find(':');
        if (colon == std::string::npos) {
            problems_.error(ref.place.at, fmt::format("expected router:interface, not '{}'", ref.name));
            return;
        }
        const std::string node = ref.name.substr(0, colon);
        if (!nodes_.has(node)) return requireNode({node, ref.place});
        // An end without an interface gets the next free ethN, which the author of the lab may well name.
        if (interfaces_.has(ref.name) || nodesWithOpenEnds_.has(node) || ref.name.substr(colon + 1) == "lo")
            return;
        if (isNamedInConfiguration(node, ref.name.substr(colon + 1))) return;
        problems_.error(ref.place.at, fmt::format("there is no interface '{}'{}", ref.name,
                                                  interfaces_.suggestion(ref.name)));
    }

    /// Configurations may have interfaces of their own; whether they do is for their reader to say.
    bool isNamedInConfiguration(const std::string& node, std::string_view interface) const {
        const RouterEntry* router = lab_.router(node);
        if (router == nullptr) return false;
        for (const ConfigSource& source : router->config) {
            if (source.text.find(interface) != std::string::npos) return true;
        }
        return !router->networks.empty() && interface.starts_with("stub");
    }

    /// A next hop is a node, an address, or what is done instead of passing packets on.
    void requireNextHops(const std::vector<NameRef>& refs) {
        for (const NameRef& ref : refs) {
            const bool isWord = ref.name == "blackhole" || ref.name == "reject" || ref.name == "connected";
            if (!isWord) requireNodeOrAddress(ref);
        }
    }
    void requireNodeOrAddress(const NameRef& ref) {
        if (!IpAddress::parse(ref.name)) requireNode(ref);
    }
    void requireNodes(const std::vector<NameRef>& refs) {
        for (const NameRef& ref : refs)
            requireNode(ref);
    }
    void checkWay(const NameRef& from, const Destination& to) {
        requireNode(from);
        if (!to.address) requireNode({to.text, to.place});
    }

    void check(const Fail& action) { checkTargets(action.targets); }
    void check(const Restore& action) { checkTargets(action.targets); }
    void check(const FailSilently& action) {
        checkTargets(action.targets);
        if (action.from) requireNode(*action.from);
    }
    void check(const FailOneWay& action) {
        requireLink(action.link);
        requireNode(action.from);
    }
    void check(const Shutdown& action) { checkInterfaces(action.interfaces); }
    void check(const NoShutdown& action) { checkInterfaces(action.interfaces); }
    void check(const AddLink& action) { addLink(action.link); }
    void check(const Configure& action) { requireNode(action.router); }
    void check(const Command& action) { requireNode(action.router); }
    void check(const Wait&) {}
    void check(const Change& action) { requireLink(action.link); }
    void check(const Flap& action) { requireLink(action.link); }
    void check(const Stop& action) { requireNode(action.router); }
    void check(const Start& action) { requireNode(action.router); }
    void check(const Freeze& action) { requireNode(action.router); }
    void check(const Thaw& action) { requireNode(action.router); }
    void checkTargets(const std::vector<NameRef>& targets) {
        for (const NameRef& target : targets)
            requireTarget(target);
    }
    void checkInterfaces(const std::vector<NameRef>& interfaces) {
        for (const NameRef& interface : interfaces)
            requireInterface(interface);
    }

    void check(const lab_expect::Converged&) {}
    void check(const lab_expect::Oscillates&) {}
    void check(const lab_expect::NoLoops&) {}
    void check(const lab_expect::NoBlackHoles&) {}
    void check(const lab_expect::NoAlarms&) {}
    void check(const lab_expect::Reaches& claim) {
        checkWay(claim.from, claim.to);
        for (const NameRef& node : claim.path) {
            if (node.name != "*" && node.name != "?") requireNode(node);
        }
        requireNodes(claim.via);
        requireNodes(claim.avoids);
    }
    void check(const lab_expect::Unreachable& claim) { checkWay(claim.from, claim.to); }
    void check(const lab_expect::Route& claim) {
        requireNode(claim.router);
        requireNextHops(claim.via);
        requireNextHops(claim.nextHops);
    }
    void check(const lab_expect::Lost& claim) {
        if (!claim.flow.empty()) return require(flows_, {claim.flow, claim.place}, "flow");
        if (!claim.from || !claim.to) return;
        checkWay(*claim.from, *claim.to);
        for (const FlowEntry& flow : lab_.flows) {
            if (flow.from == *claim.from && flow.to == *claim.to) return;
        }
        problems_.error(
            claim.place.at,
            fmt::format("no flow under 'flows' goes from '{}' to '{}', so no loss can be measured",
                        claim.from->name, claim.to->text));
    }
    void check(const lab_expect::Show& claim) { requireNode(claim.router); }
    void check(const lab_expect::Session& claim) {
        requireRouter(claim.router);
        requireNodeOrAddress(claim.neighbor);
    }
    void check(const lab_expect::Best& claim) {
        requireRouter(claim.router);
        if (claim.nextHop) requireNodeOrAddress(*claim.nextHop);
        if (claim.neighbor) requireNodeOrAddress(*claim.neighbor);
        for (const lab_expect::Best::Loser& loser : claim.lost)
            requireNodeOrAddress(loser.neighbor);
    }
    void check(const lab_expect::Rip& claim) {
        requireRouter(claim.router);
        if (claim.from) requireNodeOrAddress(*claim.from);
    }
    void check(const lab_expect::Messages& claim) {
        if (claim.router) requireRouter(*claim.router);
    }
    void check(const lab_expect::Config& claim) { requireNode(claim.router); }
    void check(const lab_expect::Alarm& claim) {
        for (const NameRef& router : claim.routers)
            requireRouter(router);
        if (lab_.watchOver(claim.prefix) == nullptr) {
            problems_.error(claim.place.at,
                            fmt::format("nothing under 'watch' is around {}, so there can be no alarm",
                                        toString(claim.prefix)));
        }
    }

    const LabFile& lab_;
    DiagnosticList& problems_;
    Names routers_;
    Names nodes_;
    Names links_;
    Names interfaces_;
    Names targets_;  ///< links and nodes, for suggestions
    Names nodesWithOpenEnds_;
    Names flows_;
};

}  // namespace

void checkSteps(const LabFile& lab, DiagnosticList& problems) { StepCheck(lab, problems).run(); }

}  // namespace peerscape
