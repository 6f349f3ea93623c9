#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/command/command_table.hpp"
#include "protocols/eigrp/commands.hpp"
#include "protocols/eigrp/process_config.hpp"

namespace peerscape::eigrp::test {

inline constexpr ProtocolId kStatic{2};

/// The least reader of a configuration: the commands of both families, modes and `no`, nothing else.
class Reader {
  public:
    Reader() {
        for (const Family family : {Family::IPv4, Family::IPv6}) {
            for (auto& command : configCommands(family))
                commands_.push_back(std::move(command));
        }
        session.protocolNamed = [](std::string_view name) -> std::optional<ProtocolId> {
            if (name == "connected") return kConnected;
            if (name == "static") return kStatic;
            return std::nullopt;
        };
    }
    /// The error of the first line that has one; empty: none.
    std::string read(std::string_view text) {
        for (const auto line : split(text, '\n')) {
            const auto words = splitWords(line);
            if (words.empty() || words.front() == "!" || words.front() == "exit") continue;
            if (auto result = readLine(words); !result) return result.error().message;
        }
        return "";
    }
    const EigrpConfig& config(Family family = Family::IPv4) {
        return family == Family::IPv4 ? session.process<Eigrp4Config>().value
                                      : session.process<Eigrp6Config>().value;
    }
    /// What `show running-config` has of both families.
    std::string print() {
        ConfigPrinter printer([](ProtocolId) { return "?"; });
        const ProcessConfig& four = session.process<Eigrp4Config>();
        const ProcessConfig& six = session.process<Eigrp6Config>();
        std::set<std::string> names;
        for (const ProcessConfig* process : {&four, &six}) {
            for (const auto& name : interfacesNamed(*process))
                names.insert(name);
        }
        for (const auto& name : names) {
            printer.open("interface " + name);
            printInterface(four, name, printer);
            printInterface(six, name, printer);
            printer.close();
        }
        printRouter(four, printer);
        printRouter(six, printer);
        return printer.text();
    }

    ConfigSession session{RouterConfig{}};

  private:
    Result<void> readLine(std::vector<std::string_view> words) {
        if (words.front() == "interface") {
            session.mode = {"interface", std::string(words.at(1))};
            return {};
        }
        const bool isUndo = words.front() == "no";
        if (isUndo) words.erase(words.begin());
        CommandMismatch why;
        for (const auto& mode : {session.mode.name, std::string()}) {
            CommandMatcher matcher;
            std::vector<const ConfigCommand*> candidates;
            for (const ConfigCommand& command : commands_) {
                if (command.mode != mode) continue;
                const bool isOther = isUndo && !command.undoPattern.empty();
                matcher.add(isOther ? command.undoPattern : command.pattern, command.help);
                candidates.push_back(&command);
            }
            const auto match = matcher.match(words);
            if (match) return carryOut(*candidates[match->index], isUndo, match->arguments);
            if (match.error().word >= why.word) why = match.error();
        }
        return failure(describe(why, words));
    }
    Result<void> carryOut(const ConfigCommand& command, bool isUndo, const Arguments& arguments) {
        auto done = (isUndo ? command.undo : command.apply)(session, arguments);
        if (done && !isUndo && !command.enters.empty())
            session.mode = {command.enters, std::string(arguments.text(command.entersArgument))};
        return done;
    }

    std::vector<ConfigCommand> commands_;
};

/// One of each line that is printed, in the order of printing.
inline constexpr const char* kEveryLine = R"(interface eth0
 delay 20
 eigrp bandwidth 1544
 eigrp load 10
 eigrp reliability 254
 ip hello-interval eigrp 2
 ip hold-time eigrp 7
 ip authentication mode eigrp 7 md5
 ip authentication key-chain eigrp 7 KC
 ip hello-interval eigrp 7 3
 ip hold-time eigrp 7 9
 ip summary-address eigrp 7 10.0.0.0/8
 ip summary-address eigrp 7 172.16.0.0/12
 no ip split-horizon eigrp 7
 ip bandwidth-percent eigrp 7 75
 ip authentication mode eigrp 8 hmac-sha-256
 ipv6 hold-time eigrp 30
 ipv6 eigrp 7
 ipv6 authentication mode eigrp 7 hmac-sha-256
 ipv6 authentication key-chain eigrp 7 K6
 ipv6 hello-interval eigrp 7 60
 ipv6 summary-address eigrp 7 2001:db8::/32
 no ipv6 split-horizon eigrp 7
 ipv6 bandwidth-percent eigrp 7 20
exit
!
interface eth1
 ipv6 eigrp 7
exit
!
router eigrp 7
 eigrp router-id 1.2.3.4
 passive-interface default
 no passive-interface eth0
 timers active-time 60
 variance 2
 maximum-paths 16
 traffic-share min across-interfaces
 metric weights 1 1 1 1 1 0
 network 10.0.0.0/8
 network 172.16.1.0/24
 neighbor 10.0.0.2
 neighbor 10.0.0.3 eth0
 redistribute static metric 1000 10 255 1 1500 route-map S2E
 redistribute connected
 metric maximum-hops 50
 metric version 64bit
 metric rib-scale 64
 default-metric 4294967295 4294967295 0 255 65535
 distance eigrp 100 200
 summary-metric 10.0.0.0/8 10000 100 255 1 1500
 eigrp stub connected static leak-map LEAK
 no eigrp log-neighbor-changes
 offset-list FAR in 100
 offset-list FAR out 2147483647 eth0
 distribute-list NEAR in
 distribute-list prefix P out eth0
 shutdown
exit
!
ipv6 router eigrp 7
 eigrp router-id 1.2.3.4
 passive-interface eth1
 timers active-time disabled
 variance 128
 neighbor fe80::1 eth0
 redistribute static
 summary-metric 2001:db8::/32 10000 100 255 1 1500
 eigrp stub receive-only
exit
!
)";

}  // namespace peerscape::eigrp::test
