#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <new>
#include <utility>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include "engine/base/prefetch.hpp"
#include "engine/base/reference_count.hpp"
#include "engine/base/small_vector.hpp"

namespace peerscape {

/// A sequence in chunks of 64. Copies share the chunks that neither has changed since, so that a copy of
/// a large table costs little time and no memory but what differs. Only the last chunk is smaller while it
/// grows: a lab has many small tables.
///
/// Reading is `[]`; edit() says that the element is about to change. References stay valid until the next
/// push_back(), pop_back(), edit() of an element of the same chunk after a copy, or destruction. T() must be
/// cheap: the last chunk is filled with it.
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

    const T& operator[](std::size_t index) const { return chunks_[index / kChunk]->items()[index % kChunk]; }
    const T& back() const { return (*this)[size_ - 1]; }
    /// Asks memory for what says where the elements lie; of a large one for its first thousands.
    void prefetchDirectory() const { prefetchLine(chunks_.data()); }
    /// Asks memory for an element, and for what edit() reads besides.
    void prefetch(std::size_t index) const {
        const ChunkPtr& chunk = chunks_[index / kChunk];
        prefetchLine(chunk.get());
        peerscape::prefetch(chunk->items() + index % kChunk, sizeof(T));
    }
    /// The same for the place of what push_back() would add, unless that begins a new chunk.
    void prefetchNext() const {
        if (size_ % kChunk != 0) prefetch(size_);
    }
    /// The same for back(), if there is one.
    void prefetchLast() const {
        if (size_ != 0) prefetch(size_ - 1);
    }
    T& edit(std::size_t index) {
        ChunkPtr& chunk = chunks_[index / kChunk];
        if (chunk->use_count() > 1) chunk = Chunk::make(chunk->capacity(), *chunk);
        return chunk->items()[index % kChunk];
    }

    T& push_back(T value) {
        const std::size_t last = size_ % kChunk;
        if (last == 0) {
            chunks_.push_back(Chunk::make(chunks_.empty() ? kFirst : kNext));
        } else if (last == chunks_.back()->capacity()) {
            chunks_.back() = Chunk::grown(*chunks_.back());
        }
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
    /// The capacity with which the first chunk begins: a large lab has many tables of one or two elements.
    static constexpr std::size_t kFirst = std::clamp<std::size_t>(std::bit_floor(128 / sizeof(T)), 2, 8);
    static constexpr std::size_t kNext = 16;  ///< and each further one; doubled until it is a whole chunk

    /// A counter and as many elements behind it as it has room for.
    class alignas(T) Chunk : public ReferenceCounted<Chunk> {
      public:
        static boost::intrusive_ptr<Chunk> make(std::size_t capacity) {
            return boost::intrusive_ptr<Chunk>(new (capacity) Chunk(capacity));
        }
        /// With what another chunk has, which is not larger.
        static boost::intrusive_ptr<Chunk> make(std::size_t capacity, const Chunk& other) {
            auto chunk = make(capacity);
            std::copy_n(other.items(), other.capacity(), chunk->items());
            return chunk;
        }
        /// Twice as large, with what the other one has: it is taken from it where nobody else reads it.
        static boost::intrusive_ptr<Chunk> grown(Chunk& other) {
            if (other.use_count() > 1) return make(other.capacity() * 2, other);
            auto chunk = make(other.capacity() * 2);
            std::move(other.items(), other.items() + other.capacity(), chunk->items());
            return chunk;
        }
        Chunk(const Chunk&) = delete;
        Chunk& operator=(const Chunk&) = delete;
        ~Chunk() { std::destroy_n(items(), capacity_); }

        std::size_t capacity() const { return capacity_; }
        T* items() { return std::launder(reinterpret_cast<T*>(this + 1)); }
        const T* items() const { return std::launder(reinterpret_cast<const T*>(this + 1)); }

        static void operator delete(void* chunk) {
            if constexpr (kIsOverAligned) {
                ::operator delete(chunk, std::align_val_t(alignof(Chunk)));
            } else {
                ::operator delete(chunk);
            }
        }

      private:
        static constexpr bool kIsOverAligned = alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__;

        explicit Chunk(std::size_t capacity) : capacity_(static_cast<std::uint32_t>(capacity)) {
            std::uninitialized_value_construct_n(reinterpret_cast<T*>(this + 1), capacity);
        }
        static void* operator new(std::size_t size, std::size_t capacity) {
            static_assert(sizeof(Chunk) % alignof(T) == 0);
            const std::size_t all = size + capacity * sizeof(T);
            if constexpr (kIsOverAligned) {
                return ::operator new(all, std::align_val_t(alignof(Chunk)));
            } else {
                return ::operator new(all);
            }
        }
        /// Should the construction of an element fail.
        static void operator delete(void* chunk, std::size_t) { operator delete(chunk); }

        std::uint32_t capacity_;
    };
    using ChunkPtr = boost::intrusive_ptr<Chunk>;

    SmallVector<ChunkPtr, 1> chunks_;
    std::size_t size_ = 0;
};

}  // namespace peerscape
