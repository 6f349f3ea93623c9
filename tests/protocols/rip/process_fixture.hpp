#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/protocols/rip/harness.hpp"

namespace peerscape::rip::test {

/// R1 with two links and a LAN; 10.0.12.2 and 10.0.13.3 are its neighbours.
class RipProcessTest : public ::testing::Test {
  protected:
    RipProcessTest() {
        router.addInterface("eth0", {"10.0.12.1/24"});
        router.addInterface("eth1", {"10.0.13.1/24"});
        router.addInterface("lan0", {"192.168.1.1/24"});
        router.config->networks = {net("10.0.0.0/8"), net("192.168.0.0/16")};
        router.config->passiveExceptions = {"lan0"};
    }
    /// Runs until the first update is over and no triggered update is due.
    void begin() {
        router.start();
        router.runUntil(at(20));
    }
    std::vector<Effect> run(double seconds) {
        return router.runUntil(router.now +
                               Duration::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
    }

    TestRouter router;
    const InterfaceId eth0{0};
    const InterfaceId eth1{1};
    const InterfaceId lan0{2};
    const std::string r2 = "10.0.12.2";
    const std::string r3 = "10.0.13.3";
};

}  // namespace peerscape::rip::test
