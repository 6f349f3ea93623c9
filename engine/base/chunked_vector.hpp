#pragma once

#include <array>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

namespace peerscape {

/// A sequence in chunks of 64. Copies share the chunks that neither has changed since, so that a copy of
/// a large table costs little time and no memory but what differs; and a table that grows moves nothing.
///
/// Reading is `[]`; edit() says that the element is about to change. References stay valid until the next
/// pop_back(), edit() of an element of the same chunk after a copy, or destruction. T() must be cheap: the
/// last chunk is filled with it.
template <typename T>
class ChunkedVector {
  public:
    class Iterator {
      public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        Iterator() = default;
        Iterator(const ChunkedVector* owner, std::size_t index) : owner_(owner), index_(index) {}
        const T& operator*() const { return (*owner_)[index_]; }
        const T* operator->() const { return &(*owner_)[index_]; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        Iterator operator++(int) { return std::exchange(*this, Iterator(owner_, index_ + 1)); }
        friend bool operator==(const Iterator&, const Iterator&) = default;

      private:
        const ChunkedVector* owner_ = nullptr;
        std::size_t index_ = 0;
    };

    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size_}; }

    const T& operator[](std::size_t index) const { return chunks_[index / kChunk]->items[index % kChunk]; }
    const T& back() const { return (*this)[size_ - 1]; }
    T& edit(std::size_t index) {
        ChunkPtr& chunk = chunks_[index / kChunk];
        if (chunk->use_count() > 1) chunk = ChunkPtr(new Chunk(*chunk));
        return chunk->items[index % kChunk];
    }

    T& push_back(T value) {
        if (size_ == chunks_.size() * kChunk) chunks_.emplace_back(new Chunk);
        T& added = edit(size_);
        added = std::move(value);
        ++size_;
        return added;
    }
    void pop_back() {
        edit(--size_) = T();
        if (size_ % kChunk == 0) chunks_.pop_back();
    }

  private:
    static constexpr std::size_t kChunk = 64;
    struct Chunk : boost::intrusive_ref_counter<Chunk> {
        std::array<T, kChunk> items{};
    };
    using ChunkPtr = boost::intrusive_ptr<Chunk>;

    std::vector<ChunkPtr> chunks_;
    std::size_t size_ = 0;
};

}  // namespace peerscape
