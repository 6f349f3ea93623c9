// Any line is looked up in every mode of the configuration language: matched, completed, and explained when
// it is wrong.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/check.hpp"
#include "engine/base/text.hpp"
#include "scenarios/config/config_language.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peerscape;
    const auto words = splitWords({reinterpret_cast<const char*>(data), size});
    const ConfigLanguage& language = configLanguage();
    for (const char* mode : {"", "interface", "router rip", "router ripng", "router eigrp",
                             "ipv6 router eigrp", "route-map", "key chain"}) {
        if (!language.hasMode(mode)) continue;
        const auto match = language.match(mode, words);
        if (!match) {
            PEERSCAPE_CHECK(match.error().word <= words.size());
            PEERSCAPE_CHECK(describe(match.error(), words).size() < 2000);
        }
        for (const bool lastIsPartial : {false, true}) {
            for (const auto& completion : language.complete(mode, words, lastIsPartial))
                PEERSCAPE_CHECK(!completion.text.empty());
        }
    }
    return 0;
}
