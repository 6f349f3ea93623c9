/// Graceful restart of the speaker (RFC 4724, RFC 9494) and of single neighbours.
#include <fmt/format.h>

#include "protocols/bgp/command_list.hpp"

namespace peerscape::bgp {
namespace {

template <typename T>
void addSeconds(CommandList& list, const std::string& words, const std::string& range, std::string help,
                T GracefulRestart::* place) {
    list.addToRouter(
        words + " " + range + "$value", std::move(help),
        [place](BgpConfig& c, auto&, const Arguments& a) {
            return CommandList::set(c.gracefulRestart.*place, static_cast<T>(a.number("value")));
        },
        [place](BgpConfig& c, auto&, auto&) {
            return CommandList::set(c.gracefulRestart.*place, GracefulRestart().*place);
        },
        words + " [" + range + "$value]");
}

void addSwitch(CommandList& list, const std::string& words, std::string help, bool GracefulRestart::* flag) {
    list.addToRouter(
        words, std::move(help),
        [flag](BgpConfig& c, auto&, auto&) { return CommandList::set(c.gracefulRestart.*flag, true); },
        [flag](BgpConfig& c, auto&, auto&) { return CommandList::set(c.gracefulRestart.*flag, false); });
}

constexpr const char* kNotValid = "The Graceful Restart command used is not valid at this moment.";

/// `graceful-restart`, `graceful-restart-helper`, `graceful-restart-disable`: at most one of them holds.
void addModes(CommandList& list) {
    using Mode = std::optional<bool> NeighborSettings::*;
    constexpr std::pair<const char*, Mode> kModes[] = {
        {"graceful-restart", &NeighborSettings::gracefulRestart},
        {"graceful-restart-helper", &NeighborSettings::gracefulRestartHelperOnly},
        {"graceful-restart-disable", &NeighborSettings::gracefulRestartDisabled},
    };
    for (const auto& [words, mode] : kModes) {
        list.addNeighbor(
            words, "What this neighbour is to graceful restart.",
            [chosen = mode](const NeighborLine& n) {
                n.settings().gracefulRestart.reset();
                n.settings().gracefulRestartHelperOnly.reset();
                n.settings().gracefulRestartDisabled.reset();
                return CommandList::set(n.settings().*chosen, true);
            },
            [chosen = mode](const NeighborLine& n) -> Result<void> {
                if (!(n.settings().*chosen)) return failure(kNotValid);
                return CommandList::set(n.settings().*chosen, std::nullopt);
            });
    }
}

}  // namespace

void addGracefulRestart(CommandList& list) {
    using Restart = GracefulRestart;
    const auto addMode = [&](const char* words, const char* help, bool Restart::* mode,
                             bool Restart::* other) {
        list.addToRouter(
            words, help,
            [=](BgpConfig& c, auto&, auto&) {
                c.gracefulRestart.*other = false;
                return CommandList::set(c.gracefulRestart.*mode, true);
            },
            [=](BgpConfig& c, auto&, auto&) -> Result<void> {
                if (!(c.gracefulRestart.*mode)) return failure(kNotValid);
                return CommandList::set(c.gracefulRestart.*mode, false);
            });
    };
    addMode("bgp graceful-restart", "Keeps forwarding while it restarts, with the neighbours' help.",
            &Restart::isEnabled, &Restart::isDisabled);
    addMode("bgp graceful-restart-disable", "Neither restarts gracefully nor helps.", &Restart::isDisabled,
            &Restart::isEnabled);
    addSeconds(list, "bgp graceful-restart restart-time", "(0-4095)",
               "Seconds that the neighbours wait for the session to come back.", &Restart::restartTime);
    addSeconds(list, "bgp graceful-restart stalepath-time", "(1-4095)",
               "Seconds that a restarting neighbour's routes are kept.", &Restart::stalePathTime);
    addSeconds(list, "bgp graceful-restart select-defer-time", "(0-3600)",
               "Seconds that path selection waits for the neighbours' routes after a restart.",
               &Restart::selectionDeferralTime);
    addSwitch(list, "bgp graceful-restart preserve-fw-state",
              "Goes on forwarding by the present routes in a restart, and says so.",
              &Restart::preservesForwarding);
    addSeconds(list, "bgp graceful-restart rib-stale-time", "(1-3600)",
               "Seconds that the router keeps BGP's routes for a process that does not come back.",
               &Restart::ribStaleTime);
    addSwitch(list, "bgp graceful-restart notification", "A NOTIFICATION is a restart as well (RFC 8538).",
              &Restart::notifies);
    addSeconds(list, "bgp long-lived-graceful-restart stale-time", "(1-16777215)",
               "Seconds that routes are kept as a last resort (RFC 9494).", &Restart::longLivedStaleTime);
    addModes(list);
}

}  // namespace peerscape::bgp
