#include "protocols/rip/commands.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "protocols/rip/config.hpp"

namespace peerscape::rip {
namespace {

using Change = std::function<Result<void>(RipConfig&, ConfigSession&, const Arguments&)>;

/// Collects the commands of one family.
class CommandList {
  public:
    explicit CommandList(Family family) : family_(family) {}

    /// A command; `undo` is its `no` form, of the pattern `undoPattern` when that is not empty.
    ConfigCommand& add(std::string mode, std::string pattern, std::string help, Change apply,
                       Change undo = nullptr, std::string undoPattern = "") {
        ConfigCommand command;
        command.mode = std::move(mode);
        command.pattern = std::move(pattern);
        command.help = std::move(help);
        command.apply = onConfig(std::move(apply));
        if (undo) command.undo = onConfig(std::move(undo));
        command.undoPattern = std::move(undoPattern);
        return commands_.emplace_back(std::move(command));
    }
    ConfigCommand& addToRouter(std::string pattern, std::string help, Change apply, Change undo,
                               std::string undoPattern = "") {
        return add(routerMode(), std::move(pattern), std::move(help), std::move(apply), std::move(undo),
                   std::move(undoPattern));
    }
    /// A switch: on by the line, off by its `no`.
    void addFlag(std::string pattern, std::string help, bool RipConfig::* flag) {
        addToRouter(
            std::move(pattern), std::move(help),
            [flag](RipConfig& c, auto&, auto&) { return set(c.*flag, true); },
            [flag](RipConfig& c, auto&, auto&) { return set(c.*flag, false); });
    }

    Family family() const { return family_; }
    bool isV4() const { return family_ == Family::IPv4; }
    std::string routerMode() const { return isV4() ? "router rip" : "router ripng"; }
    std::string prefixPattern() const { return isV4() ? "A.B.C.D/M$prefix" : "X:X::X:X/M$prefix"; }
    std::vector<ConfigCommand> take() { return std::move(commands_); }

    template <typename T, typename U>
    static Result<void> set(T& place, U&& value) {
        place = std::forward<U>(value);
        return {};
    }

  private:
    std::function<Result<void>(ConfigSession&, const Arguments&)> onConfig(Change change) const {
        return [change = std::move(change), isFour = isV4()](ConfigSession& session,
                                                             const Arguments& arguments) {
            RipConfig& config = isFour ? static_cast<RipConfig&>(session.process<Ripv2Config>())
                                       : static_cast<RipConfig&>(session.process<RipngConfig>());
            return change(config, session, arguments);
        };
    }

    Family family_;
    std::vector<ConfigCommand> commands_;
};

template <typename T>
Result<void> include(std::vector<T>& list, T value) {
    if (std::ranges::find(list, value) == list.end()) list.push_back(std::move(value));
    return {};
}

template <typename T>
Result<void> exclude(std::vector<T>& list, const T& value) {
    std::erase(list, value);
    return {};
}

/// Puts the value in the place of the first for which `isSame` holds, or at the end.
template <typename T, typename IsSame>
Result<void> replaceOrAppend(std::vector<T>& list, T value, IsSame isSame) {
    const auto found = std::ranges::find_if(list, isSame);
    if (found == list.end()) {
        list.push_back(std::move(value));
    } else {
        *found = std::move(value);
    }
    return {};
}

Direction directionIn(const Arguments& arguments) {
    return arguments.text("direction") == "in" ? Direction::In : Direction::Out;
}

/// The settings of the interface whose block is being read.
InterfaceSettings& interfaceIn(RipConfig& config, const ConfigSession& session) {
    return config.interfaces[session.mode.argument];
}

void addRouter(CommandList& list) {
    auto& enter = list.add(
        "", list.routerMode(), list.isV4() ? "Runs RIP." : "Runs RIPng.",
        [](RipConfig& c, auto&, auto&) { return CommandList::set(c.isRouterPresent, true); },
        [family = list.family()](RipConfig& c, auto&, auto&) -> Result<void> {
            // What interfaces say stays, as in FRR.
            const auto fresh = [&] {
                return family == Family::IPv4 ? std::unique_ptr<RipConfig>(new Ripv2Config)
                                              : std::unique_ptr<RipConfig>(new RipngConfig);
            }();
            fresh->interfaces = std::move(c.interfaces);
            fresh->policy = c.policy;
            c = *fresh;
            return {};
        });
    enter.enters = list.routerMode();
}

void addNetworks(CommandList& list) {
    list.addToRouter(
        "network " + list.prefixPattern(), "Runs on all interfaces that have an address in the network.",
        [](RipConfig& c, auto&, const Arguments& a) { return include(c.networks, a.prefix("prefix")); },
        [](RipConfig& c, auto&, const Arguments& a) { return exclude(c.networks, a.prefix("prefix")); });
    list.addToRouter(
        "network IFNAME$interface", "Runs on the interface.",
        [](RipConfig& c, auto&, const Arguments& a) {
            return include(c.networkInterfaces, std::string(a.text("interface")));
        },
        [](RipConfig& c, auto&, const Arguments& a) {
            return exclude(c.networkInterfaces, std::string(a.text("interface")));
        });
    const auto setPassive = [](RipConfig& c, const Arguments& a, bool isPassive) {
        const std::string name(a.text("interface"));
        return isPassive != c.isPassiveByDefault ? include(c.passiveExceptions, name)
                                                 : exclude(c.passiveExceptions, name);
    };
    list.addToRouter(
        "passive-interface IFNAME$interface", "Announces the interface's network but sends nothing there.",
        [=](RipConfig& c, auto&, const Arguments& a) { return setPassive(c, a, true); },
        [=](RipConfig& c, auto&, const Arguments& a) { return setPassive(c, a, false); });
    list.addToRouter(
        "route " + list.prefixPattern(),
        "Announces the network with metric 1, whatever the router knows of it.",
        [](RipConfig& c, auto&, const Arguments& a) { return include(c.staticRoutes, a.prefix("prefix")); },
        [](RipConfig& c, auto&, const Arguments& a) { return exclude(c.staticRoutes, a.prefix("prefix")); });
    if (list.isV4()) {
        const auto setDefault = [](RipConfig& c, bool isPassive) -> Result<void> {
            c.isPassiveByDefault = isPassive;
            c.passiveExceptions.clear();
            return {};
        };
        list.addToRouter(
            "passive-interface default", "Makes all interfaces passive that are not said to be active.",
            [=](RipConfig& c, auto&, auto&) { return setDefault(c, true); },
            [=](RipConfig& c, auto&, auto&) { return setDefault(c, false); });
        list.addToRouter(
            "neighbor A.B.C.D$address", "Sends updates to this neighbour by unicast as well.",
            [](RipConfig& c, auto&, const Arguments& a) {
                return include(c.neighbors, a.address("address"));
            },
            [](RipConfig& c, auto&, const Arguments& a) {
                return exclude(c.neighbors, a.address("address"));
            });
    } else {
        list.addToRouter(
            "aggregate-address " + list.prefixPattern(), "Announces one network in place of those inside it.",
            [](RipConfig& c, auto&, const Arguments& a) { return include(c.aggregates, a.prefix("prefix")); },
            [](RipConfig& c, auto&, const Arguments& a) {
                return exclude(c.aggregates, a.prefix("prefix"));
            });
    }
}

void addRedistribution(CommandList& list) {
    const std::string sources =
        list.isV4()
            ? "<babel$protocol|bgp$protocol|connected$protocol|eigrp$protocol|isis$protocol|kernel$protocol|"
              "nhrp$protocol|"
              "openfabric$protocol|ospf$protocol|sharp$protocol|static$protocol>"
            : "<babel$protocol|bgp$protocol|connected$protocol|isis$protocol|kernel$protocol|nhrp$protocol|"
              "openfabric$protocol|ospf6$protocol|sharp$protocol|static$protocol>";
    list.addToRouter(
        "redistribute " + sources + " [{metric (0-16)$hops|route-map RMAP_NAME$map}]",
        "Announces the routes of another protocol.",
        [](RipConfig& c, ConfigSession& session, const Arguments& a) -> Result<void> {
            Redistribution entry;
            entry.name = std::string(a.text("protocol"));
            const auto known = session.protocolNamed ? session.protocolNamed(entry.name) : std::nullopt;
            if (known) {
                entry.protocol = *known;
            } else {
                session.warn(fmt::format("no router of this lab runs {}: there is nothing to redistribute",
                                         entry.name));
            }
            if (a.has("hops")) entry.metric = static_cast<std::uint8_t>(a.number("hops"));
            entry.routeMap = std::string(a.text("map"));
            const std::string name = entry.name;
            return replaceOrAppend(c.redistributions, std::move(entry),
                                   [&](const auto& r) { return r.name == name; });
        },
        [](RipConfig& c, auto&, const Arguments& a) -> Result<void> {
            std::erase_if(c.redistributions, [&](const auto& r) { return r.name == a.text("protocol"); });
            return {};
        });
    list.addToRouter(
        "default-metric (1-16)$hops", "The metric of redistributed routes that get none otherwise.",
        [](RipConfig& c, auto&, const Arguments& a) {
            return CommandList::set(c.defaultMetric, static_cast<std::uint8_t>(a.number("hops")));
        },
        [](RipConfig& c, auto&, auto&) { return CommandList::set(c.defaultMetric, std::uint8_t{1}); },
        "default-metric [(1-16)$hops]");
    list.addFlag("default-information originate", "Announces a default route.",
                 &RipConfig::originatesDefault);
    list.addFlag("allow-ecmp", "Uses several neighbours of equal metric at once.", &RipConfig::allowsEcmp);
}

void addFilters(CommandList& list) {
    list.addToRouter(
        "offset-list ACCESSLIST_NAME$list <in$direction|out$direction> (0-16)$offset [IFNAME$interface]",
        "Adds to the metric of routes that the access-list permits.",
        [](RipConfig& c, auto&, const Arguments& a) {
            OffsetList entry{.accessList = std::string(a.text("list")),
                             .direction = directionIn(a),
                             .offset = static_cast<std::uint8_t>(a.number("offset")),
                             .interface = std::string(a.text("interface"))};
            const auto isSame = [direction = entry.direction, name = entry.interface](const OffsetList& o) {
                return o.direction == direction && o.interface == name;
            };
            return replaceOrAppend(c.offsetLists, std::move(entry), isSame);
        },
        [](RipConfig& c, auto&, const Arguments& a) -> Result<void> {
            std::erase_if(c.offsetLists, [&](const OffsetList& o) {
                return o.direction == directionIn(a) && o.interface == a.text("interface");
            });
            return {};
        });
    const auto setList = [](RipConfig& c, const Arguments& a) {
        DistributeList entry{.isPrefixList = a.has("kind"),
                             .list = std::string(a.text("list")),
                             .direction = directionIn(a),
                             .interface = std::string(a.text("interface"))};
        const auto isSame = [like = entry](const DistributeList& d) {
            return d.isPrefixList == like.isPrefixList && d.direction == like.direction &&
                   d.interface == like.interface;
        };
        return replaceOrAppend(c.distributeLists, std::move(entry), isSame);
    };
    const auto removeList = [](RipConfig& c, const Arguments& a) -> Result<void> {
        const DistributeList entry{.isPrefixList = a.has("kind"),
                                   .list = std::string(a.text("list")),
                                   .direction = directionIn(a),
                                   .interface = std::string(a.text("interface"))};
        if (std::erase(c.distributeLists, entry) == 0) return failure("there is no such distribute-list");
        return {};
    };
    list.addToRouter(
        std::string(list.isV4() ? "" : "ipv6 ") +
            "distribute-list [prefix$kind] LIST_NAME$list <in$direction|out$direction> [IFNAME$interface]",
        "Filters the routes that are taken or sent.",
        [=](RipConfig& c, auto&, const Arguments& a) { return setList(c, a); },
        [=](RipConfig& c, auto&, const Arguments& a) { return removeList(c, a); });
    list.addToRouter(
        "route-map RMAP_NAME$map <in$direction|out$direction> IFNAME$interface",
        "Applies a route-map on one interface.",
        [](RipConfig& c, auto&, const Arguments& a) {
            InterfaceRouteMap entry{.routeMap = std::string(a.text("map")),
                                    .direction = directionIn(a),
                                    .interface = std::string(a.text("interface"))};
            const auto isSame = [direction = entry.direction,
                                 name = entry.interface](const InterfaceRouteMap& m) {
                return m.direction == direction && m.interface == name;
            };
            return replaceOrAppend(c.routeMaps, std::move(entry), isSame);
        },
        [](RipConfig& c, auto&, const Arguments& a) -> Result<void> {
            const InterfaceRouteMap entry{.routeMap = std::string(a.text("map")),
                                          .direction = directionIn(a),
                                          .interface = std::string(a.text("interface"))};
            if (std::erase(c.routeMaps, entry) == 0) return failure("there is no such route-map here");
            return {};
        });
}

void addTimersAndDistance(CommandList& list) {
    const std::string range = list.isV4() ? "(5-2147483647)" : "(1-65535)";
    list.addToRouter(
        fmt::format("timers basic {0}$update {0}$timeout {0}$garbage", range),
        "Seconds between updates, until a silent route is given up, and until it is forgotten.",
        [](RipConfig& c, auto&, const Arguments& a) {
            const auto seconds = [&](const char* name) {
                return Duration::seconds(static_cast<std::int64_t>(a.number(name)));
            };
            return CommandList::set(c.timers,
                                    Timers{seconds("update"), seconds("timeout"), seconds("garbage")});
        },
        [](RipConfig& c, auto&, auto&) { return CommandList::set(c.timers, Timers{}); },
        fmt::format("timers basic [{0}$update {0}$timeout {0}$garbage]", range));
    if (!list.isV4()) return;
    list.addToRouter(
        "distance (1-255)$distance", "The administrative distance of routes learned by RIP.",
        [](RipConfig& c, auto&, const Arguments& a) {
            return CommandList::set(c.distance, static_cast<Distance>(a.number("distance")));
        },
        [](RipConfig& c, auto&, auto&) { return CommandList::set(c.distance, std::nullopt); },
        "distance [(1-255)$distance]");
    list.addToRouter(
        "distance (1-255)$distance A.B.C.D/M$prefix [ACCESSLIST_NAME$list]",
        "The distance of routes from some neighbours.",
        [](RipConfig& c, auto&, const Arguments& a) {
            SourceDistance entry{.source = a.prefix("prefix"),
                                 .distance = static_cast<Distance>(a.number("distance")),
                                 .accessList = std::string(a.text("list"))};
            const auto isSame = [source = entry.source](const SourceDistance& s) {
                return s.source == source;
            };
            return replaceOrAppend(c.sourceDistances, std::move(entry), isSame);
        },
        [](RipConfig& c, auto&, const Arguments& a) -> Result<void> {
            std::erase_if(c.sourceDistances,
                          [&](const SourceDistance& s) { return s.source == a.prefix("prefix"); });
            return {};
        });
    list.addToRouter(
        "version (1-2)$version", "Speaks only this version.",
        [](RipConfig& c, auto&, const Arguments& a) {
            const bool isOne = a.number("version") == 1;
            return CommandList::set(c.versions, Versions{.v1 = isOne, .v2 = !isOne});
        },
        [](RipConfig& c, auto&, auto&) { return CommandList::set(c.versions, std::nullopt); },
        "version [(1-2)$version]");
}

void addSplitHorizon(CommandList& list) {
    const std::string start = list.isV4() ? "ip rip split-horizon" : "ipv6 ripng split-horizon";
    list.add(
        "interface", start + " [poisoned-reverse$poisoned]",
        "Does not tell neighbours what was learned from them (or tells it with metric 16).",
        [](RipConfig& c, ConfigSession& session, const Arguments& a) {
            return CommandList::set(interfaceIn(c, session).splitHorizon,
                                    a.has("poisoned") ? SplitHorizon::PoisonedReverse : SplitHorizon::Simple);
        },
        [](RipConfig& c, ConfigSession& session, auto&) {
            return CommandList::set(interfaceIn(c, session).splitHorizon, SplitHorizon::Off);
        });
}

void addVersions(CommandList& list) {
    list.add(
        "interface", "ip rip v2-broadcast", "Sends RIPv2 to the broadcast address instead of the group.",
        [](RipConfig& c, ConfigSession& s, auto&) {
            return CommandList::set(interfaceIn(c, s).v2Broadcast, true);
        },
        [](RipConfig& c, ConfigSession& s, auto&) {
            return CommandList::set(interfaceIn(c, s).v2Broadcast, false);
        });
    const auto addOne = [&](const std::string& direction,
                            std::optional<Versions> InterfaceSettings::* field) {
        const std::string pattern = "ip rip " + direction + " version ";
        const auto read = [](const Arguments& a) { return Versions{.v1 = a.has("one"), .v2 = a.has("two")}; };
        list.add(
            "interface", pattern + "<{1$one|2$two}|none$none>", "The versions this interface takes part in.",
            [=](RipConfig& c, ConfigSession& s, const Arguments& a) {
                return CommandList::set(interfaceIn(c, s).*field, read(a));
            },
            [=](RipConfig& c, ConfigSession& s, auto&) {
                return CommandList::set(interfaceIn(c, s).*field, std::nullopt);
            },
            pattern + "[<{1$one|2$two}|none$none>]");
    };
    addOne("send", &InterfaceSettings::send);
    addOne("receive", &InterfaceSettings::receive);
}

void addAuthentication(CommandList& list) {
    list.add(
        "interface",
        "ip rip authentication mode <md5$mode [auth-length <rfc$length|old-ripd$length>]|text$mode>",
        "Sends and demands a password, or a digest made with a secret.",
        [](RipConfig& c, ConfigSession& session, const Arguments& a) -> Result<void> {
            InterfaceSettings& settings = interfaceIn(c, session);
            const bool isMd5 = a.text("mode") == "md5";
            settings.authentication = isMd5 ? AuthenticationMode::Md5 : AuthenticationMode::Text;
            if (isMd5) settings.countsRfcLength = a.text("length") == "rfc";
            return {};
        },
        [](RipConfig& c, ConfigSession& session, auto&) -> Result<void> {
            interfaceIn(c, session).authentication = AuthenticationMode::None;
            interfaceIn(c, session).countsRfcLength = false;
            return {};
        },
        "ip rip authentication mode [<md5 [auth-length <rfc|old-ripd>]|text>]");
    list.add(
        "interface", "ip rip authentication string LINE...$secret",
        "The password or secret, at most 16 characters.",
        [](RipConfig& c, ConfigSession& session, const Arguments& a) -> Result<void> {
            InterfaceSettings& settings = interfaceIn(c, session);
            if (a.text("secret").size() > 16)
                return failure("an authentication string has at most 16 characters");
            if (!settings.keyChain.empty()) return failure("the interface already uses a key-chain");
            return CommandList::set(settings.authenticationString, std::string(a.text("secret")));
        },
        [](RipConfig& c, ConfigSession& session, auto&) {
            return CommandList::set(interfaceIn(c, session).authenticationString, "");
        },
        "ip rip authentication string [LINE...$secret]");
    list.add(
        "interface", "ip rip authentication key-chain LINE...$chain", "The key chain that has the secrets.",
        [](RipConfig& c, ConfigSession& session, const Arguments& a) -> Result<void> {
            InterfaceSettings& settings = interfaceIn(c, session);
            if (!settings.authenticationString.empty()) {
                return failure("the interface already has an authentication string");
            }
            return CommandList::set(settings.keyChain, std::string(a.text("chain")));
        },
        [](RipConfig& c, ConfigSession& session, auto&) {
            return CommandList::set(interfaceIn(c, session).keyChain, "");
        },
        "ip rip authentication key-chain [LINE...$chain]");
}

}  // namespace

std::vector<ConfigCommand> configCommands(Family family) {
    CommandList list(family);
    addRouter(list);
    addNetworks(list);
    addRedistribution(list);
    addFilters(list);
    addTimersAndDistance(list);
    addSplitHorizon(list);
    if (list.isV4()) {
        addVersions(list);
        addAuthentication(list);
    }
    return list.take();
}

}  // namespace peerscape::rip
