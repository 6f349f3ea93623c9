#include "engine/base/chunked_vector.hpp"

#include <memory>
#include <numeric>
#include <string>

#include <gtest/gtest.h>

#include "engine/base/random.hpp"

namespace peerscape {
namespace {

std::vector<int> valuesOf(const ChunkedVector<int>& sequence) { return {sequence.begin(), sequence.end()}; }

TEST(ChunkedVector, HoldsWhatIsAppended) {
    ChunkedVector<int> numbers;
    EXPECT_TRUE(numbers.empty());
    EXPECT_EQ(numbers.begin(), numbers.end());
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(numbers.push_back(i), i);
        EXPECT_EQ(numbers.back(), i);
    }
    EXPECT_EQ(numbers.size(), 100U);
    EXPECT_EQ(numbers[57], 57);
    EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), 0), 4950);
}

TEST(ChunkedVector, ACopySharesUntilOneOfTheTwoChanges) {
    ChunkedVector<int> original;
    for (int i = 0; i < 140; ++i)
        original.push_back(i);
    const ChunkedVector<int> copy = original;
    EXPECT_EQ(&copy[20], &original[20]);
    original.edit(20) = -1;
    EXPECT_NE(&copy[20], &original[20]);
    EXPECT_EQ(&copy[100], &original[100]) << "other chunks are still shared";
    EXPECT_EQ(copy[20], 20);
    EXPECT_EQ(original[20], -1);
    const int* place = &original[20];
    original.edit(21) = -2;
    EXPECT_EQ(&original[20], place) << "what is no longer shared stays where it is";
}

TEST(ChunkedVector, LetsGoOfWhatIsPopped) {
    ChunkedVector<std::shared_ptr<int>> pointers;
    const auto number = std::make_shared<int>(7);
    for (int i = 0; i < 65; ++i)
        pointers.push_back(number);
    EXPECT_EQ(number.use_count(), 66);
    pointers.pop_back();
    pointers.pop_back();
    EXPECT_EQ(number.use_count(), 64);
}

/// Counts how often it is copied.
struct Counted {
    Counted() = default;
    Counted(const Counted& other) : copies(other.copies + 1) {}
    Counted(Counted&&) = default;
    Counted& operator=(const Counted& other) {
        copies = other.copies + 1;
        return *this;
    }
    Counted& operator=(Counted&&) = default;
    ~Counted() = default;
    int copies = 0;
};

TEST(ChunkedVector, GrowsWithoutCopyingWhatNobodyElseReads) {
    ChunkedVector<Counted> own;
    for (int i = 0; i < 5; ++i)
        own.push_back({});
    ChunkedVector<Counted> shared = own;
    for (int i = 0; i < 60; ++i)
        own.push_back({});
    for (std::size_t i = 5; i < own.size(); ++i)
        EXPECT_EQ(own[i].copies, 0) << i;
    EXPECT_EQ(own[0].copies, 1) << "somebody reads the old one";
    for (int i = 0; i < 60; ++i)
        shared.push_back({});
    EXPECT_EQ(shared[0].copies, 0) << "nobody does any more";
}

/// Two copies that change by turns, and plain vectors beside them.
TEST(ChunkedVectorProperty, CopiesBehaveAsVectors) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        RandomStream random(seed, "test", "chunks");
        std::array<ChunkedVector<int>, 2> sequences;
        std::array<std::vector<int>, 2> references;
        for (int step = 0; step < 500; ++step) {
            const std::size_t which = random.below(2);
            ChunkedVector<int>& sequence = sequences[which];
            std::vector<int>& reference = references[which];
            const std::uint64_t choice = random.below(20);
            if (choice == 0) {
                sequence = sequences[1 - which];
                reference = references[1 - which];
            } else if (choice < 10) {
                sequence.push_back(step);
                reference.push_back(step);
            } else if (choice < 14 && !reference.empty()) {
                sequence.pop_back();
                reference.pop_back();
            } else if (!reference.empty()) {
                const std::size_t index = random.below(reference.size());
                sequence.edit(index) = -step;
                reference[index] = -step;
            }
            ASSERT_EQ(sequence.size(), reference.size());
        }
        EXPECT_EQ(valuesOf(sequences[0]), references[0]) << "seed " << seed;
        EXPECT_EQ(valuesOf(sequences[1]), references[1]) << "seed " << seed;
    }
}

}  // namespace
}  // namespace peerscape
