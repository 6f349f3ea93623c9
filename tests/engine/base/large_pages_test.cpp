#include "engine/base/large_pages.hpp"

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

namespace peerscape {
namespace {

constexpr const char* kName = "GLIBC_TUNABLES";

/// Started anew, the program says what the C library is told.
TEST(LargePages, AreAskedForByStartingAnew) {
    std::string shell = "/bin/sh";
    std::string option = "-c";
    std::string command = "echo $GLIBC_TUNABLES >&2; exit 3";
    char* arguments[] = {shell.data(), option.data(), command.data(), nullptr};
    EXPECT_EXIT(
        {
            unsetenv(kName);
            startAnewWithLargePages("/bin/sh", arguments);
        },
        testing::ExitedWithCode(3), "^glibc.malloc.hugetlb=1\n$");
}

TEST(LargePages, LeaveAloneWhatIsSetAlready) {
    EXPECT_EXIT(
        {
            setenv(kName, "glibc.malloc.check=0", 1);
            char* arguments[] = {nullptr};
            startAnewWithLargePages("/bin/false", arguments);
            std::exit(std::string(std::getenv(kName)) == "glibc.malloc.check=0" ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

TEST(LargePages, AreNotNeeded) {
    EXPECT_EXIT(
        {
            unsetenv(kName);
            char* arguments[] = {nullptr};
            startAnewWithLargePages("/no/such/program", arguments);
            std::exit(std::getenv(kName) == nullptr ? 0 : 1);
        },
        testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace peerscape
