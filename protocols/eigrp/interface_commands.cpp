/// What `interface NAME` says of EIGRP.
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "protocols/eigrp/command_list.hpp"

namespace peerscape::eigrp {
namespace {

using InstanceChange = std::function<Result<void>(InstanceSettings&, const Arguments&)>;
using InterfaceChange = std::function<void(InterfaceSettings&, const Arguments&)>;

/// The settings of the interface whose block is being read.
InterfaceSettings& interfaceIn(EigrpConfig& config, const ConfigSession& session) {
    return config.interfaces[session.mode.argument];
}

/// Those of them that are about the autonomous system of the line.
InstanceSettings& instanceIn(EigrpConfig& config, const ConfigSession& session, const Arguments& arguments) {
    return interfaceIn(config, session).instances[static_cast<std::uint16_t>(arguments.number("as"))];
}

/// What says nothing is not kept, so that what is printed reads back as the same value.
void forgetDefaults(EigrpConfig& config, const std::string& interfaceName) {
    const auto found = config.interfaces.find(interfaceName);
    if (found == config.interfaces.end()) return;
    std::erase_if(found->second.instances,
                  [](const auto& entry) { return entry.second == InstanceSettings{}; });
    if (found->second == InterfaceSettings{}) config.interfaces.erase(found);
}

/// A command about one autonomous system: the pattern has `$as`.
void addForInstance(CommandList& list, std::string pattern, std::string help, InstanceChange apply,
                    InstanceChange undo, std::string undoPattern = "") {
    const auto onInstance = [](InstanceChange change) {
        return [change = std::move(change)](EigrpConfig& c, ConfigSession& session, const Arguments& a) {
            auto done = change(instanceIn(c, session, a), a);
            forgetDefaults(c, session.mode.argument);
            return done;
        };
    };
    list.add("interface", std::move(pattern), std::move(help), onInstance(std::move(apply)),
             onInstance(std::move(undo)), std::move(undoPattern));
}

/// A command about the interface itself, of which both families have their own copy: `words (least-most)`.
ConfigCommand& addForBoth(CommandList& list, const std::string& words, const std::string& range,
                          std::string help, InterfaceChange apply, InterfaceChange undo) {
    const auto onBoth = [](InterfaceChange change) {
        return
            [change = std::move(change)](auto&, ConfigSession& session, const Arguments& a) -> Result<void> {
                for (const Family family : {Family::IPv4, Family::IPv6}) {
                    EigrpConfig& config = configIn(session, family);
                    change(interfaceIn(config, session), a);
                    forgetDefaults(config, session.mode.argument);
                }
                return {};
            };
    };
    return list.add("interface", words + " " + range + "$value", std::move(help), onBoth(std::move(apply)),
                    onBoth(std::move(undo)), words + " [" + range + "$value]");
}

/// FRR's form is for all autonomous systems; Cisco's names the one it is for in front of the seconds. `place`
/// gives the field of InterfaceSettings or InstanceSettings.
template <typename Place>
CommandList::Change changeOfSeconds(Place place, bool isUndo) {
    return [=](EigrpConfig& c, ConfigSession& session, const Arguments& a) -> Result<void> {
        std::optional<Duration> value;
        if (!isUndo) value = Duration::seconds(static_cast<std::int64_t>(a.number("seconds")));
        if (a.has("as")) {
            place(instanceIn(c, session, a)) = value;
        } else {
            place(interfaceIn(c, session)) = value;
        }
        forgetDefaults(c, session.mode.argument);
        return {};
    };
}

/// `no ip hello-interval eigrp 7` takes back FRR's line of seven seconds, so Cisco's is taken back in full.
template <typename Place>
void addSeconds(CommandList& list, const std::string& words, std::string help, Place place) {
    const std::string start = list.ip() + words;
    list.add("interface", start + " [(1-65535)$as] (1-65535)$seconds", std::move(help),
             changeOfSeconds(place, false), changeOfSeconds(place, true),
             start + " [[(1-65535)$as] (1-65535)$seconds]");
}

void addTimers(CommandList& list) {
    addSeconds(list, "hello-interval eigrp",
               "Seconds between hellos (of one autonomous system, when two numbers are given).",
               [](auto& settings) -> auto& { return settings.helloInterval; });
    addSeconds(list, "hold-time eigrp",
               "Seconds after which neighbours give this router up (in one autonomous system, when two "
               "numbers are given).",
               [](auto& settings) -> auto& { return settings.holdTime; });
}

void addAuthentication(CommandList& list) {
    const std::string mode = list.ip() + "authentication mode eigrp (1-65535)$as ";
    addForInstance(
        list, mode + "<md5$mode|hmac-sha-256$mode>", "Sends and demands a digest made with a secret.",
        [](InstanceSettings& s, const Arguments& a) {
            const bool isMd5 = a.text("mode") == "md5";
            return CommandList::set(s.authentication,
                                    isMd5 ? AuthenticationMode::Md5 : AuthenticationMode::HmacSha256);
        },
        [](InstanceSettings& s, auto&) {
            return CommandList::set(s.authentication, AuthenticationMode::None);
        },
        mode + "[<md5$mode|hmac-sha-256$mode>]");
    const std::string chain = list.ip() + "authentication key-chain eigrp (1-65535)$as ";
    addForInstance(
        list, chain + "WORD$chain", "The key chain that has the secrets.",
        [](InstanceSettings& s, const Arguments& a) {
            return CommandList::set(s.keyChain, std::string(a.text("chain")));
        },
        [](InstanceSettings& s, auto&) { return CommandList::set(s.keyChain, ""); }, chain + "[WORD$chain]");
}

void addAnnouncements(CommandList& list) {
    addForInstance(
        list, list.ip() + "split-horizon eigrp (1-65535)$as",
        "Does not tell neighbours what was learned from them (as long as 'no' does not say otherwise).",
        [](InstanceSettings& s, auto&) { return CommandList::set(s.hasSplitHorizon, true); },
        [](InstanceSettings& s, auto&) { return CommandList::set(s.hasSplitHorizon, false); });
    addForInstance(
        list, list.ip() + "summary-address eigrp (1-65535)$as " + list.prefixPattern(),
        "Announces one network in place of those inside it.",
        [](InstanceSettings& s, const Arguments& a) { return include(s.summaries, a.prefix("prefix")); },
        [](InstanceSettings& s, const Arguments& a) { return exclude(s.summaries, a.prefix("prefix")); });
    const std::string percent = list.ip() + "bandwidth-percent eigrp (1-65535)$as ";
    addForInstance(
        list, percent + "(1-999999)$percent",
        "How much of the interface's bandwidth EIGRP may fill; without effect.",
        [](InstanceSettings& s, const Arguments& a) {
            return CommandList::set(s.bandwidthPercent, static_cast<std::uint32_t>(a.number("percent")));
        },
        [](InstanceSettings& s, auto&) {
            return CommandList::set(s.bandwidthPercent, InstanceSettings().bandwidthPercent);
        },
        percent + "[(1-999999)$percent]");
}

/// The interface's own configuration has the delay as well, for whoever wants to know it.
void addDelay(CommandList& list) {
    ConfigCommand& command = addForBoth(
        list, "delay", "(1-16777215)", "The delay that EIGRP counts with, in tens of microseconds.",
        [](InterfaceSettings& s, const Arguments& a) {
            s.delay = Delay::tensOfMicroseconds(a.number("value"));
        },
        [](InterfaceSettings& s, auto&) { s.delay.reset(); });
    command.apply = [inner = command.apply](ConfigSession& session, const Arguments& a) {
        session.interface(session.mode.argument).delay =
            Duration::microseconds(10) * static_cast<std::int64_t>(a.number("value"));
        return inner(session, a);
    };
    command.undo = [inner = command.undo](ConfigSession& session, const Arguments& a) {
        session.interface(session.mode.argument).delay.reset();
        return inner(session, a);
    };
}

/// The interface as a link of paths.
void addLink(CommandList& list) {
    addDelay(list);
    addForBoth(
        list, "eigrp bandwidth", "(1-200000000)", "The bandwidth that EIGRP counts with, in kbit/s.",
        [](InterfaceSettings& s, const Arguments& a) {
            s.bandwidth = PathBandwidth::kilobitsPerSecond(a.number("value"));
        },
        [](InterfaceSettings& s, auto&) { s.bandwidth.reset(); });
    addForBoth(
        list, "eigrp load", "(1-255)", "How full the interface is, in 255ths, where K2 counts it.",
        [](InterfaceSettings& s, const Arguments& a) {
            s.load = static_cast<std::uint8_t>(a.number("value"));
        },
        [](InterfaceSettings& s, auto&) { s.load = InterfaceSettings().load; });
    addForBoth(
        list, "eigrp reliability", "(0-255)", "How reliable the interface is, in 255ths, where K5 counts it.",
        [](InterfaceSettings& s, const Arguments& a) {
            s.reliability = static_cast<std::uint8_t>(a.number("value"));
        },
        [](InterfaceSettings& s, auto&) { s.reliability = InterfaceSettings().reliability; });
}

}  // namespace

void addInterfaces(CommandList& list) {
    if (list.isV4()) {
        addLink(list);
    } else {
        addForInstance(
            list, "ipv6 eigrp (1-65535)$as", "Runs EIGRP for IPv6 on the interface.",
            [](InstanceSettings& s, auto&) { return CommandList::set(s.isEnabled, true); },
            [](InstanceSettings& s, auto&) { return CommandList::set(s.isEnabled, false); });
    }
    addTimers(list);
    addAuthentication(list);
    addAnnouncements(list);
}

}  // namespace peerscape::eigrp
