#pragma once

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/lab_writer.hpp"
#include "tests/scenarios/runner/runner_fixture.hpp"

namespace peerscape::gui {

/// Four buildings in a square under RIP with timers of seconds, and a step that cuts ab.
inline const std::string kSquare =
    "peerscape: 1\n"
    "title: Square\n"
    "groups:\n"
    "  a: {kind: building, title: Building A}\n"
    "  b: {kind: building, title: Building B, asn: 65002}\n"
    "routers:\n"
    "  A: {group: a, at: [0, 0], config: \"router rip\\n timers basic 5 15 10\\n network 0.0.0.0/0\\n\"}\n"
    "  B: {group: b, at: [200, -100], config: \"router rip\\n timers basic 5 15 10\\n network "
    "0.0.0.0/0\\n\"}\n"
    "  C: {at: [200, 100], config: \"router rip\\n timers basic 5 15 10\\n network 0.0.0.0/0\\n\"}\n"
    "  D: {at: [400, 0], config: \"router rip\\n timers basic 5 15 10\\n network 0.0.0.0/0\\n\"}\n"
    "links:\n"
    "  - {name: ab, ends: {\"A:eth0\": [1.1.1.1/30], \"B:eth0\": [1.1.1.2/30]}, delay: 2ms}\n"
    "  - {name: bd, ends: {\"B:eth1\": [2.2.2.1/30], \"D:eth0\": [2.2.2.2/30]}, delay: 2ms}\n"
    "  - {name: ac, ends: {\"A:eth1\": [3.3.3.1/30], \"C:eth0\": [3.3.3.2/30]}, delay: 3ms}\n"
    "  - {name: cd, ends: {\"C:eth1\": [4.4.4.1/30], \"D:eth1\": [4.4.4.2/30]}, delay: 3ms}\n"
    "lans:\n"
    "  - {name: lan-d, ends: {\"D:lan0\": [10.4.0.1/16]}}\n"
    "probes:\n"
    "  - {from: A, to: 10.4.0.1}\n"
    "steps:\n"
    "  - name: start\n"
    "    expect:\n"
    "      - {route: {router: A, prefix: 10.4.0.0/16, protocol: rip, metric: 3}}\n"
    "  - name: cut ab\n"
    "    do: [{fail: ab}]\n"
    "    expect:\n"
    "      - {reaches: {from: A, to: 10.4.0.1, path: [A, C, D]}}\n"
    "      - {route: {router: A, prefix: 10.4.0.0/16, metric: 9}, fail: Not with nine hops}\n";

inline LabFile labOf(const std::string& text) {
    const LabOutcome read = readLab(text, "lab.yaml");
    for (const Diagnostic& d : read.diagnostics)
        ADD_FAILURE() << toString(d);
    return read.lab.value_or(LabFile());
}

}  // namespace peerscape::gui
