// What ping of iputils 20221126 prints, from a ping in a copy of the world.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include <fmt/format.h>

#include "engine/lab/prober.hpp"
#include "scenarios/shell/probe_commands.hpp"

namespace peerscape {

namespace {

constexpr std::uint32_t kDefaultCount = 5;
constexpr std::uint16_t kDefaultSize = 56;
constexpr std::uint16_t kIcmpHeader = 8;
constexpr std::uint16_t kBothHeaders = 28;  // IPv4 and ICMP
constexpr std::uint16_t kRoomForTime = 16;  // ping measures only when its time stamp fits into the data
constexpr Duration kDefaultTimeout = Duration::seconds(10);

std::int64_t microseconds(Duration duration) { return duration / Duration::microseconds(1); }

std::string milliseconds(std::int64_t micro) { return fmt::format("{}.{:03}", micro / 1000, micro % 1000); }

/// Three significant digits, rounded as ping rounds.
std::string tripTime(std::int64_t micro) {
    if (micro >= 100'000 - 50) return fmt::format("{}", (micro + 500) / 1000);
    if (micro >= 10'000 - 5) return fmt::format("{}.{:01}", (micro + 50) / 1000, (micro + 50) % 1000 / 100);
    if (micro >= 1'000) return fmt::format("{}.{:02}", (micro + 5) / 1000, (micro + 5) % 1000 / 10);
    return milliseconds(micro);
}

std::string_view errorText(IcmpKind kind, Family family) {
    const bool isV4 = family == Family::IPv4;
    switch (kind) {
        case IcmpKind::TimeExceeded:
            return isV4 ? "Time to live exceeded" : "Time exceeded: Hop limit";
        case IcmpKind::ReassemblyTimeExceeded:
            return isV4 ? "Frag reassembly time exceeded" : "Time exceeded: Defragmentation failure";
        case IcmpKind::NetworkUnreachable:
            return isV4 ? "Destination Net Unreachable" : "Destination unreachable: No route";
        case IcmpKind::HostUnreachable:
            return isV4 ? "Destination Host Unreachable" : "Destination unreachable: Address unreachable";
        case IcmpKind::PortUnreachable:
            return isV4 ? "Destination Port Unreachable" : "Destination unreachable: Port unreachable";
        case IcmpKind::TooBig:
            return isV4 ? "Frag needed and DF set" : "Packet too big";
        case IcmpKind::EchoRequest:
        case IcmpKind::EchoReply:
            break;
    }
    return "";
}

std::string headerLine(const ProbeOptions& options, const ProbeTarget& target, std::uint16_t size) {
    const bool isV4 = target.address.isV4();
    std::string line =
        fmt::format("PING {}{}({})", options.target, isV4 ? " " : "", toString(target.address));
    if (target.source) line += fmt::format(" from {} {}:", toString(*target.source), target.sourceInterface);
    return line + (isV4 ? fmt::format(" {}({}) bytes of data.\n", size, size + kBothHeaders)
                        : fmt::format(" {} data bytes\n", size));
}

std::string answerLine(const PingAnswer& answer, std::uint16_t size) {
    const std::string from = toString(answer.from);
    if (answer.kind != IcmpKind::EchoReply) {
        return fmt::format("From {} icmp_seq={} {}\n", from, answer.sequence,
                           errorText(answer.kind, answer.from.family()));
    }
    std::string line = fmt::format("{} bytes from {}: icmp_seq={} ttl={}", size + kIcmpHeader, from,
                                   answer.sequence, answer.ttl);
    if (size >= kRoomForTime) line += fmt::format(" time={} ms", tripTime(microseconds(answer.roundTrip)));
    return line + "\n";
}

/// How many packets were under way at most when an answer came, that one included.
std::uint32_t pipeSize(const PingRequest& request, const PingResult& result) {
    std::uint32_t most = 0;
    for (const PingAnswer& answer : result.answers) {
        const Duration since = request.interval * (answer.sequence - 1) + answer.roundTrip;
        const std::int64_t passed =
            request.interval == Duration() ? request.count : since / request.interval + 1;
        const auto sent = static_cast<std::uint32_t>(std::min<std::int64_t>(passed, request.count));
        most = std::max(most, sent - answer.sequence + 1);
    }
    return most;
}

std::string statisticsOfTimes(const PingResult& result) {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = 0;
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    for (const PingAnswer& answer : result.answers) {
        if (answer.kind != IcmpKind::EchoReply) continue;
        const std::int64_t micro = microseconds(answer.roundTrip);
        least = std::min(least, micro);
        most = std::max(most, micro);
        sum += micro;
        squares += micro * micro;
    }
    const std::int64_t count = result.received();
    const std::int64_t variance = (squares - sum * sum / count) / count;
    const auto deviation =
        static_cast<std::int64_t>(std::sqrt(static_cast<double>(std::max<std::int64_t>(variance, 0))));
    return fmt::format("rtt min/avg/max/mdev = {}/{}/{}/{} ms", milliseconds(least),
                       milliseconds(sum / count), milliseconds(most), milliseconds(deviation));
}

std::string statistics(const ProbeOptions& options, const PingRequest& request, const PingResult& result) {
    const std::uint32_t received = result.received();
    const std::size_t errors = result.answers.size() - received;
    std::string text = fmt::format("\n--- {} ping statistics ---\n{} packets transmitted, {} received, ",
                                   options.target, result.sent, received);
    if (errors > 0) text += fmt::format("+{} errors, ", errors);
    text += fmt::format("{:g}% packet loss, time {}ms\n",
                        static_cast<float>((result.sent - received) * 100.0 / result.sent),
                        request.interval * (request.count - 1) / Duration::milliseconds(1));
    std::string last;
    if (received > 0 && request.dataBytes >= kRoomForTime) last = statisticsOfTimes(result);
    const std::uint32_t pipe = pipeSize(request, result);
    if (pipe > 1) last += fmt::format("{}pipe {}", last.empty() ? "" : ", ", pipe);
    return text + last + "\n";
}

}  // namespace

Result<ShellAnswer> runPing(const ShellContext& context, const ProbeOptions& options) {
    const auto target = findTarget(context, options);
    if (!target) return ShellAnswer::of(fmt::format("ping: {}\n", target.error().message));
    PingRequest request;
    request.from = context.node;
    request.to = target->address;
    request.source = target->source;
    request.count = options.count.value_or(kDefaultCount);
    request.interval = options.interval.value_or(request.interval);
    request.timeout = options.timeout.value_or(kDefaultTimeout);
    request.dataBytes = options.size.value_or(kDefaultSize);
    request.ttl = options.ttl.value_or(request.ttl);
    const PingResult result = ping(context.world, {&request, 1}).front();
    if (result.localFailure != LocalFailure::None) {
        return ShellAnswer::of(
            fmt::format("ping: {}\n", localFailureText(context, result.localFailure, *target)));
    }
    std::string text = headerLine(options, *target, request.dataBytes);
    if (!options.isQuiet) {
        for (const PingAnswer& answer : result.answers)
            text += answerLine(answer, request.dataBytes);
    }
    return ShellAnswer::of(text + statistics(options, request, result));
}

}  // namespace peerscape
