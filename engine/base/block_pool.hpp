#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace peerscape {

/// Memory for what a simulation makes and forgets by the million: packets, messages, changes of tables.
///
/// Blocks of one size lie in lists of their own and are used again as they are. A general allocator joins
/// them with their neighbours and cuts them anew each time, which took a fifth of the time of a large lab.
/// What the pool has once, it keeps: as much as was ever in use at one time.
///
/// Every thread has its own lists. A block may be given back by another thread than the one that took it.
namespace block_pool {

inline constexpr std::size_t kLargest = 8192;  ///< bytes; more goes to the general allocator

/// At least so many bytes, aligned for any fundamental type. Throws std::bad_alloc.
void* take(std::size_t bytes);
/// Gives back what `take` gave for the same number of bytes.
void give(void* block, std::size_t bytes) noexcept;

}  // namespace block_pool

/// The standard library's way to the pool.
template <typename T>
struct PoolAllocator {
    using value_type = T;
    static_assert(alignof(T) <= alignof(std::max_align_t));

    PoolAllocator() = default;
    template <typename U>
    PoolAllocator(const PoolAllocator<U>&) {}

    T* allocate(std::size_t count) { return static_cast<T*>(block_pool::take(count * sizeof(T))); }
    void deallocate(T* at, std::size_t count) noexcept { block_pool::give(at, count * sizeof(T)); }

    friend bool operator==(const PoolAllocator&, const PoolAllocator&) { return true; }
};

/// A shared immutable value in a block of the pool.
template <typename T, typename... Args>
std::shared_ptr<const T> makePooled(Args&&... args) {
    return std::allocate_shared<const T>(PoolAllocator<T>(), std::forward<Args>(args)...);
}

}  // namespace peerscape
