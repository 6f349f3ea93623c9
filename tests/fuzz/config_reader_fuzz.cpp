// Any bytes are read as a configuration, strictly and leniently; what comes out prints, and prints the same
// when it is read back.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/check.hpp"
#include "scenarios/config/config_reader.hpp"
#include "scenarios/config/running_config.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peerscape;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const bool lenient : {false, true}) {
        const auto outcome = readConfig(text, {"fuzz", 1, 0}, {}, {.lenient = lenient});
        PEERSCAPE_CHECK(outcome.diagnostics.size() <= 202);
        for (const auto& diagnostic : outcome.diagnostics)
            PEERSCAPE_CHECK(toString(diagnostic).size() < 2000);
        const std::string printed = showRunningConfig(outcome.config);
        const auto again = readConfig(printed, {"printed", 1, 0}, {}, {});
        PEERSCAPE_CHECK(showRunningConfig(again.config) == printed);
    }
    return 0;
}
