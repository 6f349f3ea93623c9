#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/routing/config_session.hpp"
#include "protocols/eigrp/process_config.hpp"

// Pieces of configCommands(); used inside this folder only.
namespace peerscape::eigrp {

/// The configuration of the family that is being read.
EigrpConfig& configIn(ConfigSession& session, Family family);

/// Collects the commands of one family.
class CommandList {
  public:
    using Change = std::function<Result<void>(EigrpConfig&, ConfigSession&, const Arguments&)>;

    explicit CommandList(Family family) : family_(family) {}

    /// A command; `undo` is its `no` form, of the pattern `undoPattern` when that is not empty.
    ConfigCommand& add(std::string mode, std::string pattern, std::string help, Change apply, Change undo,
                       std::string undoPattern = "");
    ConfigCommand& addToRouter(std::string pattern, std::string help, Change apply, Change undo,
                               std::string undoPattern = "") {
        return add(routerMode(), std::move(pattern), std::move(help), std::move(apply), std::move(undo),
                   std::move(undoPattern));
    }
    /// `words (least-most)`; its `no` form gives the default back and may leave the value out.
    template <typename T>
    void addNumber(const std::string& words, const std::string& range, std::string help,
                   T EigrpConfig::* place) {
        addToRouter(
            words + " " + range + "$value", std::move(help),
            [place](EigrpConfig& c, auto&, const Arguments& a) {
                return set(c.*place, static_cast<T>(a.number("value")));
            },
            [place](EigrpConfig& c, auto&, auto&) { return set(c.*place, EigrpConfig().*place); },
            words + " [" + range + "$value]");
    }
    /// A switch: on by the line, off by its `no`.
    void addFlag(std::string pattern, std::string help, bool EigrpConfig::* flag) {
        addToRouter(
            std::move(pattern), std::move(help),
            [flag](EigrpConfig& c, auto&, auto&) { return set(c.*flag, true); },
            [flag](EigrpConfig& c, auto&, auto&) { return set(c.*flag, false); });
    }

    Family family() const { return family_; }
    bool isV4() const { return family_ == Family::IPv4; }
    std::string routerMode() const { return isV4() ? "router eigrp" : "ipv6 router eigrp"; }
    /// What the interface's lines begin with.
    std::string ip() const { return isV4() ? "ip " : "ipv6 "; }
    std::string prefixPattern() const { return isV4() ? "A.B.C.D/M$prefix" : "X:X::X:X/M$prefix"; }
    std::vector<ConfigCommand> take() { return std::move(commands_); }

    template <typename T, typename U>
    static Result<void> set(T& place, U&& value) {
        place = std::forward<U>(value);
        return {};
    }

  private:
    Family family_;
    std::vector<ConfigCommand> commands_;
};

/// `BW DELAY RELIABILITY LOAD MTU`, in FRR's ranges.
inline constexpr const char* kSeedMetricPattern =
    "(1-4294967295)$bandwidth (0-4294967295)$delay (0-255)$reliability (1-255)$load (1-65535)$mtu";
SeedMetric seedMetricIn(const Arguments& arguments);

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

/// In commands.cpp, metric_commands.cpp, route_commands.cpp and interface_commands.cpp.
void addRouter(CommandList& list);
void addNetworks(CommandList& list);
void addMetrics(CommandList& list);
void addRoutes(CommandList& list);
void addInterfaces(CommandList& list);

}  // namespace peerscape::eigrp
