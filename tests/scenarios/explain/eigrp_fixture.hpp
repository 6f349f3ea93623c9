#pragma once

#include <string>
#include <vector>

#include "tests/scenarios/explain/explain_fixture.hpp"

namespace peerscape {

/// Whether the parts stand in the text in this order.
inline testing::AssertionResult standInOrder(const std::string& text, const std::vector<std::string>& parts) {
    std::size_t at = 0;
    for (const std::string& part : parts) {
        const std::size_t found = text.find(part, at);
        if (found == std::string::npos)
            return testing::AssertionFailure() << "'" << part << "' is missing or out of order in:\n" << text;
        at = found + part.size();
    }
    return testing::AssertionSuccess();
}

inline const std::string kEigrpEverywhere = "      router eigrp 1\n       network 0.0.0.0/0\n";

/// A line of three routers under EIGRP: A (1.1.1.1) - ab - B - bc - C, and 10.3.0.0/16 behind C. The lines
/// stand in place of `router eigrp 1` with everything; every link is a FastEthernet.
inline std::string eigrpLine(const std::string& a = "", const std::string& b = "",
                             const std::string& c = "") {
    const auto router = [](const std::string& name, const std::string& lines) {
        return "  " + name + ":\n    config: |\n" + (lines.empty() ? kEigrpEverywhere : lines);
    };
    return "peerscape: 1\ntitle: EIGRP line\nrouters:\n" + router("A", a) + router("B", b) + router("C", c) +
           std::string(kCablesOfLine);
}

}  // namespace peerscape
