#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "scenarios/format/lab_checks.hpp"
#include "scenarios/format/object_reader.hpp"

namespace peerscape {

namespace {

class NameCheck {
  public:
    NameCheck(const LabFile& lab, DiagnosticList& problems) : lab_(lab), problems_(problems) {
        for (const GroupEntry& group : lab.groups)
            groups_.push_back(group.name);
        for (const RouterEntry& router : lab.routers)
            routers_.try_emplace(router.name, &router);
        for (const RouterEntry& router : lab.routers)
            nodes_.push_back(router.name);
        for (const HostEntry& host : lab.hosts) {
            nodes_.push_back(host.name);
            if (const auto found = routers_.find(host.name); found != routers_.end()) {
                problems.error(host.place.at, fmt::format("'{}' is already a router, in line {}", host.name,
                                                          found->second->place.at.line));
            }
        }
        nodeSet_ = {nodes_.begin(), nodes_.end()};
    }

    void run() {
        for (const GroupEntry& group : lab_.groups) {
            if (group.parent) checkGroup(*group.parent);
        }
        checkGroupCycles();
        for (const RouterEntry& router : lab_.routers) {
            if (router.group) checkGroup(*router.group);
            checkIntents(router);
        }
        for (const HostEntry& host : lab_.hosts) {
            if (host.group) checkGroup(*host.group);
            checkHost(host);
        }
        for (const LinkEntry& link : lab_.links)
            checkLink(link);
        for (const LinkEntry& lan : lab_.lans)
            checkLink(lan);
        for (const StepEntry& step : lab_.steps) {
            for (const LabAction& action : step.actions) {
                if (const auto* add = std::get_if<lab_action::AddLink>(&action.what)) checkLink(add->link);
            }
        }
    }

  private:
    void checkGroup(const NameRef& group) {
        if (lab_.group(group.name) != nullptr) return;
        problems_.error(group.place.at,
                        fmt::format("there is no group '{}'{}", group.name, didYouMean(group.name, groups_)));
    }

    /// Follows the parents from every group; each cycle is reported once, at the group that closes it.
    void checkGroupCycles() {
        enum class Mark { OnThisWay, Done };
        std::map<std::string, Mark> marks;
        for (const GroupEntry& first : lab_.groups) {
            std::vector<std::string> way;
            const GroupEntry* group = &first;
            while (group != nullptr && marks.try_emplace(group->name, Mark::OnThisWay).second) {
                way.push_back(group->name);
                const GroupEntry* parent = group->parent ? lab_.group(group->parent->name) : nullptr;
                if (parent != nullptr && marks.contains(parent->name) &&
                    marks.at(parent->name) == Mark::OnThisWay) {
                    problems_.error(
                        group->parent->place.at,
                        fmt::format("group '{}' would lie inside itself: {}", parent->name, circle(*parent)));
                }
                group = parent;
            }
            for (const std::string& name : way)
                marks[name] = Mark::Done;
        }
    }

    std::string circle(const GroupEntry& start) const {
        std::string text = start.name;
        const GroupEntry* group = &start;
        do {
            group = lab_.group(group->parent->name);
            text += " in " + group->name;
        } while (group != &start);
        return text;
    }

    void checkIntents(const RouterEntry& router) {
        for (const IntentProtocol protocol : router.protocols) {
            if (protocol == IntentProtocol::Bgp && !lab_.asnOf(router)) {
                problems_.error(
                    router.place.at,
                    fmt::format("router '{}' runs BGP but has no 'asn', nor has a group around it",
                                router.name));
            }
        }
        std::set<IntentProtocol> seen;
        for (const IntentProtocol protocol : router.protocols) {
            if (seen.insert(protocol).second) continue;
            problems_.error(router.place.at, fmt::format("router '{}' names the protocol '{}' twice",
                                                         router.name, toString(protocol)));
        }
    }

    void checkHost(const HostEntry& host) {
        if (!host.gateway) return;
        if (routers_.contains(host.gateway->name)) return;
        std::vector<std::string> names;
        for (const RouterEntry& router : lab_.routers)
            names.push_back(router.name);
        problems_.error(host.gateway->place.at, fmt::format("there is no router '{}'{}", host.gateway->name,
                                                            didYouMean(host.gateway->name, names)));
    }

    void checkLink(const LinkEntry& link) {
        const auto [first, isNew] = links_.try_emplace(link.name, link.place);
        if (!isNew) {
            problems_.error(link.place.at, fmt::format("the name '{}' is taken by the link or LAN in line {}",
                                                       link.name, first->second.at.line));
        } else if (nodeSet_.contains(link.name)) {
            problems_.warning(
                link.place.at,
                fmt::format("'{}' is also the name of a router or host; in actions it means the link",
                            link.name));
        }
        for (const EndEntry& end : link.ends)
            checkEnd(end);
        const bool isLoop = link.kind == SegmentKind::PointToPoint && link.ends.size() == 2 &&
                            link.ends[0].node == link.ends[1].node;
        if (isLoop)
            problems_.error(link.ends[1].place.at,
                            fmt::format("both ends of the link are at '{}'", link.ends[1].node.name));
        checkRelation(link);
    }

    void checkEnd(const EndEntry& end) {
        if (!nodeSet_.contains(end.node.name)) {
            problems_.error(end.place.at, fmt::format("there is no router or host '{}'{}", end.node.name,
                                                      didYouMean(end.node.name, nodes_)));
        }
        if (end.interface.empty()) return;
        const std::string name = end.node.name + ":" + end.interface;
        const auto [first, isNew] = interfaces_.try_emplace(name, end.place);
        if (!isNew)
            problems_.error(end.place.at, fmt::format("interface '{}' is used already, in line {}", name,
                                                      first->second.at.line));
    }

    void checkRelation(const LinkEntry& link) {
        if (link.relation == Relation::None || link.ends.size() != 2) return;
        std::vector<Asn> asns;
        for (const EndEntry& end : link.ends) {
            const auto router = routers_.find(end.node.name);
            const auto asn = router == routers_.end() ? std::nullopt : lab_.asnOf(*router->second);
            if (!asn) {
                if (!nodeSet_.contains(end.node.name)) return;  // reported already
                problems_.error(
                    link.relationPlace.at,
                    fmt::format("a relation joins two ASes, but '{}' has no 'asn', nor has a group around it",
                                end.node.name));
                return;
            }
            asns.push_back(*asn);
        }
        if (asns[0] == asns[1]) {
            problems_.error(
                link.relationPlace.at,
                fmt::format("a relation joins two ASes, but both ends are in AS {}", toString(asns[0])));
        }
    }

    const LabFile& lab_;
    DiagnosticList& problems_;
    std::vector<std::string> groups_;
    std::vector<std::string> nodes_;
    std::set<std::string> nodeSet_;
    std::map<std::string, const RouterEntry*> routers_;
    std::map<std::string, Place> links_;
    std::map<std::string, Place> interfaces_;
};

}  // namespace

void checkNames(const LabFile& lab, DiagnosticList& problems) { NameCheck(lab, problems).run(); }

}  // namespace peerscape
