#include <iostream>

#include "scenarios/runner/command_line.hpp"

int main(int argc, char** argv) {
    return peerscape::runCommandLine(argc, argv, std::cin, std::cout, std::cerr);
}
