#include <iostream>

#include "engine/base/large_pages.hpp"
#include "scenarios/runner/command_line.hpp"

int main(int argc, char** argv) {
    peerscape::useLargePages(argv);
    return peerscape::runCommandLine(argc, argv, std::cin, std::cout, std::cerr);
}
