#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "scenarios/explain/evidence.hpp"
#include "scenarios/explain/explain_route.hpp"
#include "scenarios/explain/why_not.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape {

/// A lab that tests ask for explanations.
class Asked {
  public:
    explicit Asked(const std::string& text) : world_(makeWorld(text)) {}
    explicit Asked(std::unique_ptr<LabWorld> world) : world_(std::move(world)) {}

    /// One of the labs that come with Peerscape.
    static Asked shipped(const std::string& name) {
        WorldOutcome outcome =
            loadWorld(std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "scenarios/labs" / name, {});
        EXPECT_NE(outcome.world, nullptr) << name;
        return Asked(std::move(outcome.world));
    }

    LabWorld& world() { return *world_; }
    Lab& lab() { return world_->lab(); }
    Evidence evidence() const {
        return {world_->simulation(), std::as_const(*world_).lab().log(), world_->file()};
    }
    NodeId node(std::string_view name) const { return *world_->nodeNamed(name); }

    Asked& converge() {
        EXPECT_TRUE(lab().runUntilConverged(Duration::hours(1)).isConverged);
        return *this;
    }
    Asked& run(Duration time) {
        lab().runFor(time);
        return *this;
    }
    Asked& fail(std::string_view target) {
        EXPECT_TRUE(world_->setTarget(target, false).has_value());
        return *this;
    }
    Asked& silence(std::string_view link) {
        const auto segment = world_->simulation().topology().segmentNamed(link);
        const auto done = lab().apply({"link " + std::string(link) + " failed silently",
                                       action::SetSilence{*segment, true, {}, true, false}});
        EXPECT_TRUE(done.has_value());
        return *this;
    }
    Asked& configure(std::string_view router, const std::vector<std::string>& lines) {
        std::vector<std::string> warnings;
        const auto done = world_->configure(node(router), lines, warnings);
        EXPECT_TRUE(done.has_value()) << done.error().message;
        return *this;
    }

    std::string explain(std::string_view router, std::string_view prefix) const {
        return explainRoute(evidence(), node(router), Prefix::parse(prefix).value());
    }
    std::string whyNot(std::string_view router, std::string_view prefix) const {
        return peerscape::whyNot(evidence(), node(router), Prefix::parse(prefix).value());
    }

  private:
    std::unique_ptr<LabWorld> world_;
};

/// A - ab - B - bc - C, and a network behind C.
inline constexpr std::string_view kCablesOfLine =
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n"
    "  - {name: bc, ends: {\"B:eth1\": [2.2.2.1/30], \"C:eth0\": [2.2.2.2/30]}, delay: 2ms}\n"
    "lans:\n"
    "  - {name: lan-c, ends: {\"C:lan0\": [10.3.0.1/16]}}\n";

/// A line of three routers under RIP with timers of seconds, as kRipLine, with more lines for the routers:
/// A (1.1.1.1) - ab - B - bc - C, and 10.3.0.0/16 behind C, which has metric 3 at A.
inline std::string ripLine(const std::string& a, const std::string& b = "", const std::string& c = "") {
    const auto router = [](const std::string& name, const std::string& lines) {
        return "  " + name + ":\n    config: |\n      router rip\n       timers basic 5 15 10\n" + lines;
    };
    return "peerscape: 1\ntitle: RIP line\nrouters:\n" +
           router("A", a.empty() ? "       network 0.0.0.0/0\n" : a) +
           router("B", b.empty() ? "       network 0.0.0.0/0\n" : b) +
           router("C", c.empty() ? "       network 0.0.0.0/0\n       passive-interface lan0\n" : c) +
           std::string(kCablesOfLine);
}

}  // namespace peerscape
