#pragma once

#include <cstddef>
#include <cstdint>

namespace peerscape {

/// Asks memory for the line in which the address lies, which will be read soon. Changes nothing; any address
/// will do.
inline void prefetchLine(const void* at) {
    __builtin_prefetch(at);
    // To GCC a function that only asks memory does nothing, and it leaves out the calls of it.
    asm volatile("" : : "r"(at));
}

/// The same for so many bytes.
inline void prefetch(const void* begin, std::size_t bytes) {
    constexpr std::uintptr_t kLine = 64;
    const auto* at = static_cast<const char*>(begin);
    const auto* end = at + bytes;
    // What begins inside a line may end in one more.
    for (at -= reinterpret_cast<std::uintptr_t>(at) % kLine; at < end; at += kLine)
        prefetchLine(at);
}
template <typename T>
void prefetch(const T& object) {
    prefetch(&object, sizeof(T));
}

/// For the members of an object from one to, but not with, another.
template <typename First, typename End>
void prefetchBetween(const First& first, const End& end) {
    const auto* at = reinterpret_cast<const char*>(&first);
    prefetch(at, static_cast<std::size_t>(reinterpret_cast<const char*>(&end) - at));
}

}  // namespace peerscape
