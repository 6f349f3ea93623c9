#include "engine/base/block_pool.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace peerscape {
namespace {

TEST(BlockPool, BlocksOfEverySizeAreApartAndAligned) {
    std::vector<std::pair<void*, std::size_t>> blocks;
    for (std::size_t bytes = 0; bytes <= block_pool::kLargest + 100; bytes += 7) {
        void* block = block_pool::take(bytes);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignof(std::max_align_t), 0U) << bytes;
        std::memset(block, static_cast<int>(bytes % 251), bytes);
        blocks.emplace_back(block, bytes);
    }
    for (const auto& [block, bytes] : blocks) {
        const auto* at = static_cast<const unsigned char*>(block);
        for (std::size_t i = 0; i < bytes; ++i)
            ASSERT_EQ(at[i], bytes % 251) << "byte " << i << " of " << bytes;
    }
    for (const auto& [block, bytes] : blocks)
        block_pool::give(block, bytes);
}

TEST(BlockPool, ManyBlocksOfOneSizeAreAllDifferent) {
    std::set<void*> taken;
    for (int i = 0; i < 10'000; ++i)
        EXPECT_TRUE(taken.insert(block_pool::take(100)).second);
    for (void* block : taken)
        block_pool::give(block, 100);
}

TEST(BlockPool, AnotherThreadMayGiveBack) {
    std::vector<std::shared_ptr<const std::string>> values;
    std::thread maker([&] {
        for (int i = 0; i < 5'000; ++i)
            values.push_back(makePooled<std::string>(std::to_string(i)));
    });
    maker.join();
    for (int i = 0; i < 5'000; ++i)
        EXPECT_EQ(*values[static_cast<std::size_t>(i)], std::to_string(i));
    values.clear();
    const auto again = makePooled<std::string>("again");
    EXPECT_EQ(*again, "again");
}

TEST(BlockPool, ThreadsThatWorkAtOnceDoNotMeet) {
    using Numbers = std::vector<std::size_t, PoolAllocator<std::size_t>>;
    std::vector<std::thread> threads;
    std::vector<std::vector<Numbers>> made(4);
    for (std::size_t number = 0; number < made.size(); ++number) {
        threads.emplace_back([&mine = made[number], number] {
            for (std::size_t i = 0; i < 2'000; ++i) {
                mine.emplace_back(i % 300, number);
                if (i % 3 == 0) mine.erase(mine.begin());
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    for (std::size_t number = 0; number < made.size(); ++number) {
        for (const Numbers& values : made[number])
            ASSERT_EQ(std::count(values.begin(), values.end(), number), std::ssize(values));
    }
}

}  // namespace
}  // namespace peerscape
