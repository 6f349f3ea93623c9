#pragma once

#include <iosfwd>

namespace peerscape {

/// Exit codes of the `peerscape` command. Scripts and CI rely on them.
enum class ExitCode : int {
    Ok = 0,        ///< all well, and every expectation met
    Failed = 1,    ///< an expectation failed, or a lab did not converge in its time limit
    BadInput = 2,  ///< bad input or usage
    Bug = 3,       ///< a bug of ours
};

/// The `peerscape` command: reads the arguments, does what they ask, and returns the exit code.
int runCommandLine(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace peerscape
