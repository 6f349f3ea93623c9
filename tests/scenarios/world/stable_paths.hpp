#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

/// Stable paths problems (Griffin, Shepherd and Wilfong 2002): as labs, and solved by trying everything.
namespace peerscape {

/// A way to router 0: the routers behind the one that uses it, 0 last.
using StablePath = std::vector<std::size_t>;

/// What each router but 0 permits, the best first.
using StablePathsProblem = std::map<std::size_t, std::vector<StablePath>>;

inline const StablePathsProblem kDisagree{{1, {{2, 0}, {0}}}, {2, {{1, 0}, {0}}}};
inline const StablePathsProblem kGoodGadget{
    {1, {{3, 0}, {0}}}, {2, {{1, 0}, {0}}}, {3, {{0}}}, {4, {{3, 0}, {2, 0}}}};
inline const StablePathsProblem kNaughtyGadget{
    {1, {{3, 0}, {0}}}, {2, {{1, 0}, {0}}}, {3, {{4, 2, 0}, {0}}}, {4, {{3, 0}, {2, 0}}}};
inline const StablePathsProblem kBadGadget{
    {1, {{3, 0}, {0}}}, {2, {{1, 0}, {0}}}, {3, {{4, 2, 0}, {0}}}, {4, {{2, 0}, {3, 0}}}};

/// All states in which every router has the best that its neighbours offer: tables as `sweep` writes them, by
/// router, for 198.51.100.0/24.
inline std::set<std::vector<std::string>> solve(const StablePathsProblem& problem) {
    std::map<std::size_t, StablePath> chosen;
    std::set<std::vector<std::string>> stable;
    const auto isOffered = [&](const StablePath& path) {
        if (path.size() == 1) return true;
        const auto next = chosen.find(path.front());
        return next != chosen.end() && next->second == StablePath(path.begin() + 1, path.end());
    };
    const auto best = [&](std::size_t router) {
        for (const StablePath& path : problem.at(router)) {
            if (isOffered(path)) return path;
        }
        return StablePath();
    };
    const auto judge = [&] {
        for (const auto& [router, path] : chosen) {
            if (best(router) != path) return;
        }
        std::vector<std::string> tables{"198.51.100.0/24 its own"};
        for (const auto& [router, path] : chosen) {
            std::vector<std::size_t> numbers;
            for (const std::size_t hop : path)
                numbers.push_back(65000 + hop);
            tables.push_back(path.empty() ? "no route"
                                          : fmt::format("198.51.100.0/24 by {}", fmt::join(numbers, " ")));
        }
        stable.insert(tables);
    };
    const auto tryAll = [&](auto& self, StablePathsProblem::const_iterator at) -> void {
        if (at == problem.end()) return judge();
        chosen[at->first] = {};
        self(self, std::next(at));
        for (const StablePath& path : at->second) {
            chosen[at->first] = path;
            self(self, std::next(at));
        }
    };
    tryAll(tryAll, problem.begin());
    return stable;
}

/// The problem as a lab: router i is R<i>, AS 65000 + i, all links take 20 ms, and in the step `announce` R0
/// announces 198.51.100.0/24. `more`: further lines of every `router bgp`; `ofNeighbors`: said of every
/// neighbour.
inline std::string labOf(const StablePathsProblem& problem, const std::vector<std::string>& more = {},
                         const std::string& ofNeighbors = "", const std::string& expected = "") {
    std::set<std::pair<std::size_t, std::size_t>> links;
    for (const auto& [router, paths] : problem) {
        for (const StablePath& path : paths)
            links.insert(std::minmax({router, path.front()}));
    }
    std::map<std::pair<std::size_t, std::size_t>, std::string> addresses;  // of the second, towards the first
    std::string wires = "links:\n";
    std::size_t number = 0;
    for (const auto& [a, b] : links) {
        addresses[{b, a}] = fmt::format("192.0.2.{}", 4 * number + 1);
        addresses[{a, b}] = fmt::format("192.0.2.{}", 4 * number + 2);
        wires += fmt::format("  - {{ends: {{\"R{}:to{}\": [{}/30], \"R{}:to{}\": [{}/30]}}, delay: 20ms}}\n",
                             a, b, addresses[{b, a}], b, a, addresses[{a, b}]);
        ++number;
    }
    std::string text = "peerscape: 1\ntitle: Stable paths\nrouters:\n";
    for (std::size_t router = 0; router <= problem.rbegin()->first; ++router) {
        std::vector<std::string> policy;
        std::vector<std::string> bgp{fmt::format("router bgp {}", 65000 + router),
                                     " no bgp ebgp-requires-policy", " no bgp network import-check"};
        for (const std::string& line : more)
            bgp.push_back(" " + line);
        for (const auto& [a, b] : links) {
            if (a != router && b != router) continue;
            const std::size_t other = a == router ? b : a;
            const std::string& address = addresses[{router, other}];
            bgp.push_back(fmt::format(" neighbor {} remote-as {}", address, 65000 + other));
            if (!ofNeighbors.empty()) bgp.push_back(fmt::format(" neighbor {} {}", address, ofNeighbors));
            if (router == 0) continue;
            bgp.push_back(fmt::format(" neighbor {} route-map FROM{} in", address, other));
            const auto& paths = problem.at(router);
            for (std::size_t rank = 0; rank < paths.size(); ++rank) {
                if (paths[rank].front() != other) continue;
                std::vector<std::size_t> numbers;
                for (const std::size_t hop : paths[rank])
                    numbers.push_back(65000 + hop);
                policy.push_back(
                    fmt::format("bgp as-path access-list P{} permit ^{}$", rank, fmt::join(numbers, "_")));
                policy.push_back(fmt::format("route-map FROM{} permit {}", other, 10 * (rank + 1)));
                policy.push_back(fmt::format(" match as-path P{}", rank));
                policy.push_back(fmt::format(" set local-preference {}", 200 - rank));
            }
            policy.push_back(fmt::format("route-map FROM{} deny 1000", other));
        }
        text += fmt::format("  R{}:\n    config: |\n      {}\n      {}\n", router,
                            policy.empty() ? "!" : fmt::format("{}", fmt::join(policy, "\n      ")),
                            fmt::join(bgp, "\n      "));
    }
    text += wires;
    text +=
        "steps:\n  - name: start\n  - name: announce\n    do:\n      - configure: {router: R0, lines: "
        "[router bgp 65000, network 198.51.100.0/24]}\n";
    if (!expected.empty()) text += "    expect:\n      - " + expected + "\n";
    return text;
}

}  // namespace peerscape
