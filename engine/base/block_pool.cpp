#include "engine/base/block_pool.hpp"

#include <array>
#include <bit>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

#include "engine/base/prefetch.hpp"

namespace peerscape::block_pool {

namespace {

// Sanitizers watch each block by itself.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kIsUsed = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
constexpr bool kIsUsed = false;
#else
constexpr bool kIsUsed = true;
#endif
#else
constexpr bool kIsUsed = true;
#endif

constexpr std::size_t kSlabBytes = 65536;  ///< what is asked from the general allocator at a time
/// Slabs begin where a line of memory does, so that blocks lie in as few as can be.
constexpr std::size_t kLineBytes = 64;

/// Small blocks come in steps of 32 bytes, large ones in powers of two: messages of many lengths share a
/// list.
constexpr std::size_t kFineStep = 32;
constexpr std::size_t kFineSizes = 8;
constexpr std::size_t kSizes = kFineSizes + std::bit_width(kLargest) - std::bit_width(kFineStep * kFineSizes);

struct FreeBlock {
    FreeBlock* next;
};
using FreeLists = std::array<FreeBlock*, kSizes>;

std::size_t sizeIndex(std::size_t bytes) {
    if (bytes == 0) return 0;
    if (bytes <= kFineStep * kFineSizes) return (bytes - 1) / kFineStep;
    return kFineSizes + std::bit_width(bytes - 1) - std::bit_width(kFineStep * kFineSizes);
}
std::size_t sizeOf(std::size_t index) {
    if (index < kFineSizes) return (index + 1) * kFineStep;
    return (kFineStep * kFineSizes) << (index - kFineSizes + 1);
}

/// What belongs to no thread: the slabs, which live as long as the program, and the free blocks of threads
/// that ended, list by list.
struct Common {
    std::mutex mutex;
    std::vector<std::byte*> slabs;
    std::array<std::vector<FreeBlock*>, kSizes> leftBehind;
};
Common& common() {
    // Never destroyed: blocks are given back until the very end of the program.
    static auto* const instance = new Common;
    return *instance;
}

constinit thread_local FreeLists freeBlocks{};

/// Hands the blocks of a thread that ends to those that go on. Apart from the lists, which serve until the
/// thread's last moment.
struct Heritage {
    ~Heritage() {
        Common& all = common();
        const std::lock_guard lock(all.mutex);
        for (std::size_t i = 0; i < kSizes; ++i) {
            if (freeBlocks[i] != nullptr) all.leftBehind[i].push_back(std::exchange(freeBlocks[i], nullptr));
        }
    }
};

/// Blocks of that size for a thread that has none: those left behind, else a new slab.
FreeBlock* refill(std::size_t index) {
    static thread_local const Heritage heritage;
    Common& all = common();
    const std::lock_guard lock(all.mutex);
    if (auto& lists = all.leftBehind[index]; !lists.empty()) {
        FreeBlock* list = lists.back();
        lists.pop_back();
        return list;
    }
    const std::size_t size = sizeOf(index);
    auto* const slab = static_cast<std::byte*>(::operator new(kSlabBytes, std::align_val_t(kLineBytes)));
    all.slabs.push_back(slab);
    FreeBlock* first = nullptr;
    for (std::size_t at = kSlabBytes / size * size; at != 0; at -= size)
        first = new (&slab[at - size]) FreeBlock{first};
    return first;
}

}  // namespace

void* take(std::size_t bytes) {
    if (!kIsUsed || bytes > kLargest) return ::operator new(bytes);
    const std::size_t index = sizeIndex(bytes);
    FreeBlock*& list = freeBlocks[index];
    if (list == nullptr) list = refill(index);
    FreeBlock* const taken = std::exchange(list, list->next);
    // The next one to be taken says what comes behind it.
    prefetchLine(list);
    return taken;
}

void give(void* block, std::size_t bytes) noexcept {
    if (!kIsUsed || bytes > kLargest) return ::operator delete(block);
    FreeBlock*& list = freeBlocks[sizeIndex(bytes)];
    list = new (block) FreeBlock{list};
}

}  // namespace peerscape::block_pool
