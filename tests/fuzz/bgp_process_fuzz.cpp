/// Whatever an established neighbour may say: the process must not stumble. Afterwards the session goes on,
/// or it has ended with a NOTIFICATION, and then nothing is left of the neighbour's routes. With every other
/// input header and length are made right, since hardly any would get past them; the first byte chooses
/// that, and what the neighbour is capable of.
#include <cstddef>
#include <cstdint>

#include "engine/base/check.hpp"
#include "tests/protocols/bgp/process_bench.hpp"

namespace {

using namespace peerscape;

Bytes withHeader(ByteView body) {
    ByteWriter out;
    for (int i = 0; i < 16; ++i)
        out.u8(0xff);
    out.u16(static_cast<std::uint16_t>(bgp::kHeaderSize + body.size() - 1));
    out.append(body);
    return out.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3 || size > 4000) return 0;
    const auto says = [&](int bit) { return (data[0] >> bit & 1) != 0; };
    bgp::test::ProcessBench bench;
    bench.neighbor("10.0.12.2", says(1) ? 65001 : 65002).families.ipv4.edit().keepsReceivedRoutes = says(2);
    bench.neighbor("10.0.13.3", 65003);
    bench.config.families.ipv4.networks[bgp::test::net("10.9.0.0/16")] = {};
    bgp::test::SoleSpeaker fuzzed = bgp::test::ProcessBench::speaker("10.0.12.2", says(1) ? 65001 : 65002);
    bgp::test::SoleSpeaker other = bgp::test::ProcessBench::speaker("10.0.13.3", 65003);
    fuzzed.capabilities.hasEnhancedRouteRefresh = says(3);
    if (says(4)) fuzzed.capabilities.families.push_back(Family::IPv6);
    bench.start();
    bench.establish(fuzzed);
    bench.establish(other);
    bench.announce(fuzzed, {"10.1.0.0/16"});
    const ByteView rest(data + 1, size - 1);
    bench.sayBytes(fuzzed, says(0) ? Bytes(rest.begin(), rest.end()) : withHeader(rest));
    PEERSCAPE_CHECK(bench.isEstablished(other));
    PEERSCAPE_CHECK(!bench.process->nextDeadline().isNever());
    (void)bench.process->stateHash();
    if (bench.isEstablished(fuzzed)) return 0;
    const bool isByNotification =
        !fuzzed.heard.empty() && std::holds_alternative<bgp::NotificationMessage>(fuzzed.heard.back());
    const bool isByTheirs =
        bench.peer(fuzzed)->session.lastEnd()->cause == bgp::SessionEnd::Cause::NotificationReceived;
    PEERSCAPE_CHECK(isByNotification || isByTheirs);
    for (const auto& [prefix, destination] : bench.process->table(Family::IPv4)) {
        for (const bgp::Path& path : destination.paths)
            PEERSCAPE_CHECK(path.isLocal());
    }
    return 0;
}
