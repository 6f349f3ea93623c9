#pragma once

#include <cstddef>

namespace peerscape {

/// Asks memory for so many bytes, which will be read soon. Changes nothing; any address will do.
inline void prefetch(const void* begin, std::size_t bytes) {
    constexpr std::size_t kLine = 64;
    const auto* first = static_cast<const char*>(begin);
    for (std::size_t at = 0; at < bytes; at += kLine)
        __builtin_prefetch(first + at);
}
template <typename T>
void prefetch(const T& object) {
    prefetch(&object, sizeof(T));
}

}  // namespace peerscape
