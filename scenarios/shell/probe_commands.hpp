#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ip_address.hpp"
#include "engine/base/result.hpp"
#include "engine/base/time.hpp"
#include "engine/lab/prober.hpp"
#include "scenarios/shell/shell_command.hpp"

namespace peerscape {

/// What a line `ping …` or `traceroute …` asks for, in the words of vtysh or in the options of Linux.
struct ProbeOptions {
    std::string target;  ///< an address, or the name of a node of the lab
    std::optional<Family> family;
    std::string source;                  ///< an address or an interface of the sender; empty: its own choice
    std::optional<std::uint32_t> count;  ///< ping: packets; traceroute: per hop
    std::optional<std::uint16_t> size;   ///< bytes of data
    std::optional<std::uint8_t> ttl;     ///< ping: of the packets; traceroute: the most hops
    std::optional<Duration> interval;
    std::optional<Duration> timeout;
    bool isQuiet = false;
};

/// Reads the arguments of a command with `-` options, as ping or traceroute of Linux would.
Result<ProbeOptions> readPingOptions(const std::vector<std::string_view>& words);
Result<ProbeOptions> readTracerouteOptions(const std::vector<std::string_view>& words);

/// Where a probe goes, and from which address.
struct ProbeTarget {
    IpAddress address;
    std::optional<IpAddress> source;
    std::string sourceInterface;  ///< when the source was given as an interface
};

/// Why there is none is told in the words of the C library: "Name or service not known".
Result<ProbeTarget> findTarget(const ShellContext& context, const ProbeOptions& options);

/// What the sender's system call fails with, in the words of Linux: "Network is unreachable".
std::string localFailureText(const ShellContext& context, LocalFailure failure, const ProbeTarget& target);

/// `ping …` and `traceroute …` in the words of vtysh.
std::vector<ShellCommand> probeCommands();
/// The same with `-` options, which no pattern describes: nothing when the line is no such command.
std::optional<Result<ShellAnswer>> runProbeWithOptions(const ShellContext& context,
                                                       const std::vector<std::string_view>& words);

/// What Linux prints. The packets travel in a copy of the world.
Result<ShellAnswer> runPing(const ShellContext& context, const ProbeOptions& options);
Result<ShellAnswer> runTraceroute(const ShellContext& context, const ProbeOptions& options);

}  // namespace peerscape
