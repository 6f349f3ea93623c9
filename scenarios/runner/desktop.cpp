#include "scenarios/runner/desktop.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

namespace peerscape {

Result<void> becomeDesktop(const std::string& lab) {
    std::error_code code;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", code);
    std::string program = (self.parent_path() / "peerscape-gui").string();
    if (code || !std::filesystem::exists(program, code))
        return failure(
            "the desktop program, peerscape-gui, is not beside this one; it is built where Qt 6 is installed "
            "(in a checkout: ./peerscape gui)");
    std::string argument = lab;
    std::vector<char*> arguments{program.data()};
    if (!lab.empty()) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    execv(program.c_str(), arguments.data());
    return failure(fmt::format("'{}' cannot be started: {}", program, std::strerror(errno)));
}

}  // namespace peerscape
