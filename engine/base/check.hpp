#pragma once

#include <source_location>

namespace peerscape {

/// Reports a broken invariant on standard error and ends the program with exit code 3 ("a bug").
[[noreturn]] void reportBug(const char* claim, std::source_location where);

}  // namespace peerscape

/// States what must be true here. Checked in every build type: a false claim is a bug of Peerscape, never of
/// its input.
#define PEERSCAPE_CHECK(claim)                                                 \
    do {                                                                       \
        if (!(claim)) [[unlikely]] {                                           \
            ::peerscape::reportBug(#claim, ::std::source_location::current()); \
        }                                                                      \
    } while (false)
