#include "engine/base/large_pages.hpp"

#include <cstdlib>
#include <unistd.h>

namespace peerscape {

void useLargePages(char* const* arguments) { startAnewWithLargePages("/proc/self/exe", arguments); }

void startAnewWithLargePages(const char* program, char* const* arguments) {
    constexpr const char* kName = "GLIBC_TUNABLES";
    if (std::getenv(kName) != nullptr || setenv(kName, "glibc.malloc.hugetlb=1", 1) != 0) return;
    execv(program, arguments);
    // It could not be: small pages serve as well.
    unsetenv(kName);
}

}  // namespace peerscape
