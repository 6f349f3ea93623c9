#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "engine/lab/lab.hpp"
#include "scenarios/config/config_reader.hpp"
#include "scenarios/shell/operator_shell.hpp"

namespace peerscape {

inline std::string readData(const std::string& name) {
    const auto path = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "tests/scenarios/shell/data" / name;
    std::ifstream file(path);
    EXPECT_TRUE(file) << path;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Ages differ between a real router and a simulated one.
inline std::string withoutAges(const std::string& text) {
    return std::regex_replace(text, std::regex("[0-9]{2}:[0-9]{2}:[0-9]{2}"), "hh:mm:ss");
}

/// A network of nodes with a loopback each.
class ShellWorld {
  public:
    explicit ShellWorld(Topology topology) : lab_(std::move(topology), {}) {}

    static NodeId addNode(Topology& topology, const std::string& name, NodeKind kind = NodeKind::Router) {
        const NodeId node = topology.addNode(name, kind).value();
        EXPECT_TRUE(topology.addInterface(node, "lo", true, {}).has_value());
        return node;
    }
    static void link(Topology& topology, const std::string& name, const std::string& a, const std::string& b,
                     LinkProperties properties = {}) {
        const auto end = [&](const std::string& text) {
            const auto colon = text.find(':');
            return EndSpec{topology.nodeNamed(text.substr(0, colon)).value(), text.substr(colon + 1), {}};
        };
        EXPECT_TRUE(
            topology.addSegment(name, SegmentKind::PointToPoint, properties, {end(a), end(b)}).has_value());
    }

    Lab& lab() { return lab_; }
    const Simulation& simulation() const { return lab_.simulation(); }
    NodeId node(std::string_view name) const { return simulation().topology().nodeNamed(name).value(); }

    void configure(std::string_view name, std::string_view text) {
        auto read = readConfig(text, {std::string(name), 1, 1}, *simulation().node(node(name)).config, {});
        for (const auto& problem : read.diagnostics)
            ADD_FAILURE() << name << ": " << problem.message;
        perform(action::Configure{node(name), std::make_shared<const RouterConfig>(std::move(read.config))});
    }
    void perform(ActionWhat what) {
        const auto done = lab_.apply({"test", std::move(what)});
        EXPECT_TRUE(done.has_value()) << done.error().message;
    }
    void setLink(std::string_view name, bool up) {
        perform(action::SetSegment{simulation().topology().segmentNamed(name).value(), up});
    }

    Result<OperatorShell::Answer> run(std::string_view router, std::string_view line) const {
        return shell_.run(simulation(), node(router), line);
    }
    /// The text of a command that must be understood.
    std::string ask(std::string_view router, std::string_view line) const {
        auto answer = run(router, line);
        EXPECT_TRUE(answer.has_value()) << answer.error().message;
        return answer ? answer->text : "";
    }
    std::string refusal(std::string_view router, std::string_view line) const {
        auto answer = run(router, line);
        EXPECT_FALSE(answer.has_value()) << answer->text;
        return answer ? "" : answer.error().message;
    }

  private:
    Lab lab_;
    OperatorShell shell_;
};

/// The three routers of data/frr, as the real ones were when they were asked.
inline ShellWorld makeFrrWorld() {
    Topology topology;
    for (const char* name : {"A", "B", "C"})
        ShellWorld::addNode(topology, name);
    ShellWorld::link(topology, "ab0", "A:eth0", "B:eth0");
    ShellWorld::link(topology, "ab1", "A:eth1", "B:eth1");
    ShellWorld::link(topology, "bc", "B:eth2", "C:eth0");
    ShellWorld world(std::move(topology));
    for (const std::string name : {"A", "B", "C"})
        world.configure(name, readData("frr/" + name + ".conf"));
    world.lab().runFor(Duration::seconds(3));
    return world;
}

}  // namespace peerscape
