#pragma once

#include <tuple>

#include "tests/scenarios/capture/capture_fixture.hpp"

namespace peerscape::capture {

/// Every kind of packet that the engine can put on a wire, in both families: echoes with their answers and
/// errors, fragments, fragments of fragments, measuring packets, TCP with data and resets, traceroute's
/// probes.
///
/// A - B - C; bc carries only 1300 bytes of IP, so what A sends is cut or comes back as too big.
class Traffic : public CaptureBench {
  public:
    Traffic() {
        // Who opens a connection is configured last, when the others have their addresses.
        c = router("C");
        b = router("B");
        a = router("A");
        (void)link("ab", {"A:eth0 10.0.1.1/24 2001:db8:1::1/64", "B:eth0 10.0.1.2/24 2001:db8:1::2/64"},
                   cableOf(ms(1)));
        LinkProperties narrow = cableOf(ms(1));
        narrow.mtu = 1300;
        (void)link("bc", {"B:eth1 10.0.2.2/24 2001:db8:2::2/64", "C:eth0 10.0.2.3/24 2001:db8:2::3/64"},
                   narrow);
        route(a, "10.0.2.0/24", {"10.0.1.2"});
        route(c, "10.0.1.0/24", {"10.0.2.2"});
        route(a, "2001:db8:2::/64", {"2001:db8:1::2"});
        route(c, "2001:db8:1::/64", {"2001:db8:2::2"});
        route(a, "10.0.9.0/24", {"10.0.1.2"});
        route(a, "2001:db8:9::/64", {"2001:db8:1::2"});
        drawConnections();
    }

    void run() {
        begin();
        runTo(atMs(500));
        for (const auto& [from, to, nowhere] :
             {std::tuple("10.0.1.1", "10.0.2.3", "10.0.9.9"),
              std::tuple("2001:db8:1::1", "2001:db8:2::3", "2001:db8:9::9")}) {
            sendEchoes(from, to, nowhere);
            sendDatagrams(from, to);
            startFlow(to);
            runTo(sim->now() + Duration::seconds(1));
        }
        finish();
    }

    NodeId a, b, c;

  private:
    void drawConnections() {
        ToySettings client, server;
        for (const char* remote : {"10.0.2.3", "2001:db8:2::3"}) {
            OpenStream open;
            open.stream = StreamId(static_cast<std::uint32_t>(client.opens.size() + 1));
            open.remoteAddress = ip(remote);
            open.remotePort = ip(remote).isV4() ? 179 : 178;
            client.opens.push_back(open);
        }
        client.says = 5'000;
        client.hangsUp = true;
        // Of the two, C listens for IPv4 only; the other attempt is reset.
        server.listens = ListenStream{Family::IPv4, 179};
        toy(a, client);
        toy(c, server);
    }
    void sendEchoes(const char* from, const char* to, const char* nowhere) {
        send(a, echo(from, to));
        send(a, echo(from, nowhere));
        Packet whole = echo(from, to, 3'001);
        whole.dontFragment = false;
        send(a, whole);
        send(a, echo(from, to, 1'400));  // not to be cut: too big at B
        Packet cutAtB = echo(from, to, 1'399);
        cutAtB.dontFragment = false;
        send(a, cutAtB);
        Packet dying = echo(from, to, 1'200);
        dying.ttl = 1;
        send(a, dying);
    }
    void sendDatagrams(const char* from, const char* to) {
        for (std::uint8_t ttl = 1; ttl <= 3; ++ttl) {
            Packet probe = udp(from, to, static_cast<std::uint16_t>(33433 + ttl), 33);
            probe.ttl = ttl;
            send(a, probe);
        }
        Packet large = udp(from, to, kFlowPort, 4'001);
        large.dontFragment = false;
        send(a, large);
        send(a, udp(from, to, kFlowPort, 0));
    }
    void startFlow(const char* to) {
        action::StartFlow flow;
        flow.name = to;
        flow.from = a;
        flow.to = ip(to);
        flow.payloadBytes = 77;
        flow.lasting = ms(500);
        act(flow);
    }
};

}  // namespace peerscape::capture
