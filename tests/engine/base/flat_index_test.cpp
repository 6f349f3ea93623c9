#include "engine/base/flat_index.hpp"

#include <map>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

TEST(FlatIndex, IsEmptyAtFirst) {
    FlatIndex index;
    EXPECT_EQ(index.find(7), FlatIndex::kNone);
    index.erase(7);
    EXPECT_EQ(index.size(), 0U);
}

TEST(FlatIndex, AgreesWithAMapWhateverComesAndGoes) {
    FlatIndex index;
    std::map<std::uint64_t, std::uint32_t> model;
    RandomStream random(1, "flat", "index");
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        // Few keys, so that many meet in one place; some differ in their upper half only.
        const std::uint64_t key = random.below(300) << (random.below(2) * 32);
        if (model.contains(key)) {
            index.erase(key);
            model.erase(key);
        } else {
            index.insert(key, i);
            model[key] = i;
        }
        const std::uint64_t other = random.below(300);
        const auto known = model.find(other);
        ASSERT_EQ(index.find(other), known == model.end() ? FlatIndex::kNone : known->second);
        ASSERT_EQ(index.size(), model.size());
    }
    for (const auto& [key, place] : model)
        EXPECT_EQ(index.find(key), place);
}

TEST(FlatIndex, ACopyIsItsOwn) {
    FlatIndex index;
    index.insert(1, 10);
    FlatIndex copy = index;
    copy.erase(1);
    copy.insert(2, 20);
    EXPECT_EQ(index.find(1), 10U);
    EXPECT_EQ(index.find(2), FlatIndex::kNone);
    EXPECT_EQ(copy.find(2), 20U);
}

}  // namespace
}  // namespace peerscape
