#include "protocols/bgp/show_groups.hpp"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace peerscape::bgp {
namespace {

/// One peer-group with its members and the networks from which neighbours may join.
class GroupView {
  public:
    GroupView(const BgpProcess& process, std::string_view name, const NeighborConfig& group)
        : process_(process), name_(name), group_(group) {
        for (const Peer* peer : peersInOrder(process)) {
            if (peer->group == name) members_.push_back(peer);
        }
        for (const auto& [range, owner] : process.config().listenRanges) {
            if (owner == name) ranges_[range.family()].push_back(toString(range));
        }
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            if (process.config().isActivated(group, family)) families_.push_back(family);
        }
    }

    std::string text() const;
    Json json() const;

  private:
    /// None: nothing is said of it; 0: `external`, as FRR has it.
    std::optional<Asn> number() const {
        const auto& configured = group_.settings.remoteAs;
        if (!configured) return std::nullopt;
        return configured->kind == RemoteAs::Kind::Internal ? *process_.config().number : configured->number;
    }
    bool isInternal() const { return number() == process_.config().number; }
    static std::string_view versionOf(Family family) { return titleOf(family).substr(0, 4); }
    static std::string_view statusOf(const Peer& peer) {
        return peer.session.settings().isShutdown ? "Idle (Admin)" : name(peer.session.state());
    }

    const BgpProcess& process_;
    std::string_view name_;
    const NeighborConfig& group_;
    std::vector<const Peer*> members_;
    PerFamily<std::vector<std::string>> ranges_;
    std::vector<Family> families_;
};

std::string GroupView::text() const {
    std::string text = fmt::format("\nBGP peer-group {}", name_);
    if (number()) text += fmt::format(", remote AS {}", bgp::text(*number(), process_.config().notation));
    text += fmt::format("\n  Peer-group type is {}\n  Configured address-families:",
                        isInternal() ? "internal" : "external");
    for (const Family family : families_)
        text += fmt::format(" {};", titleOf(family));
    text += families_.empty() ? " none\n" : "\n";
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (ranges_[family].empty()) continue;
        text += fmt::format("  {} {} listen range(s)\n", ranges_[family].size(), versionOf(family));
        for (const std::string& range : ranges_[family])
            text += fmt::format("    {}\n", range);
    }
    if (!members_.empty()) text += "  Peer-group members:\n";
    for (const Peer* peer : members_)
        text +=
            fmt::format("    {} {} {} \n", peer->name(), peer->isDynamic ? "(dynamic)" : "", statusOf(*peer));
    return text;
}

Json GroupView::json() const {
    Json json = Json::object();
    if (number()) json["remoteAs"] = number()->value();
    json["type"] = isInternal() ? "internal" : "external";
    json["addressFamiliesConfigured"] = Json::array();
    for (const Family family : families_)
        json["addressFamiliesConfigured"].push_back(titleOf(family));
    for (const Family family : {Family::IPv4, Family::IPv6}) {
        if (ranges_[family].empty()) continue;
        json["dynamicRanges"][versionOf(family)] = {{"count", ranges_[family].size()},
                                                    {"ranges", ranges_[family]}};
    }
    for (const Peer* peer : members_) {
        Json member = {{"status", statusOf(*peer)}};
        if (peer->isDynamic) member["dynamic"] = true;
        json["members"][peer->name()] = std::move(member);
    }
    return json;
}

}  // namespace

std::string showGroups(const ShowContext& context, std::string_view name, Format format) {
    const BgpProcess* process = processOf(context);
    if (process == nullptr) return noInstanceForNeighbors(format);
    Json json = Json::object();
    std::string text;
    for (const auto& [group, config] : process->config().groups) {
        if (!name.empty() && group != name) continue;
        const GroupView view(*process, group, config);
        json[group] = view.json();
        text += view.text();
    }
    if (format == Format::AsJson) return frrText(json);
    return text.empty() && !name.empty() ? "% No such peer-group\n" : text;
}

}  // namespace peerscape::bgp
