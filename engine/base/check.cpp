#include "engine/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace peerscape {

void reportBug(const char* claim, std::source_location where) {
    std::fprintf(
        stderr,
        "peerscape: this is a bug in Peerscape, please report it: '%s' does not hold at %s:%u in %s\n", claim,
        where.file_name(), static_cast<unsigned>(where.line()), where.function_name());
    std::fflush(nullptr);
    std::_Exit(3);
}

}  // namespace peerscape
