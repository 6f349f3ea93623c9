#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace peerscape {

#if defined(__GNUC__) && !defined(__clang__)
// GCC 12 sees lists read past their end, and what is read uninitialized, since it cannot know how size and
// capacity go together.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#pragma GCC diagnostic ignored "-Wstringop-overread"
#endif

/// A vector whose first N elements lie in itself, for lists that are nearly always short and of which there
/// are millions: no memory of their own, and none to be waited for. Size and capacity take four bytes each,
/// and where the elements lie takes none, which is a third less for a single element than in
/// boost::container::small_vector. At most 2^32 - 1 elements. It passes for a span.
///
/// As with std::vector, references stay valid until the capacity changes; but swapping and moving a list that
/// lies in itself moves its elements. Elements must be movable without exceptions.
template <typename T, std::size_t N>
class SmallVector {
  public:
    using value_type = T;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using reference = T&;
    using const_reference = const T&;
    using pointer = T*;
    using const_pointer = const T*;
    using iterator = T*;
    using const_iterator = const T*;

    SmallVector() noexcept {}
    explicit SmallVector(size_type count) : SmallVector() { resize(count); }
    SmallVector(size_type count, const T& value) : SmallVector() { resize(count, value); }
    template <std::input_iterator It>
    SmallVector(It first, It last) : SmallVector() {
        append(first, last);
    }
    SmallVector(std::initializer_list<T> values) : SmallVector(values.begin(), values.end()) {}
    SmallVector(const std::vector<T>& values) : SmallVector(values.begin(), values.end()) {}
    SmallVector(const SmallVector& other) : SmallVector(other.begin(), other.end()) {}
    SmallVector(SmallVector&& other) noexcept { take(other); }
    SmallVector& operator=(const SmallVector& other) {
        if (this != &other) assign(other.begin(), other.end());
        return *this;
    }
    SmallVector& operator=(SmallVector&& other) noexcept {
        if (this == &other) return *this;
        discard();
        take(other);
        return *this;
    }
    SmallVector& operator=(std::initializer_list<T> values) {
        assign(values.begin(), values.end());
        return *this;
    }
    ~SmallVector() { discard(); }

    T* data() { return isInside() ? inside() : heap_; }
    const T* data() const { return isInside() ? inside() : heap_; }
    size_type size() const { return size_; }
    size_type capacity() const { return capacity_; }
    bool empty() const { return size_ == 0; }
    iterator begin() { return data(); }
    iterator end() { return data() + size_; }
    const_iterator begin() const { return data(); }
    const_iterator end() const { return data() + size_; }
    auto rbegin() const { return std::reverse_iterator(end()); }
    auto rend() const { return std::reverse_iterator(begin()); }
    T& operator[](size_type index) { return data()[index]; }
    const T& operator[](size_type index) const { return data()[index]; }
    T& front() { return *begin(); }
    const T& front() const { return *begin(); }
    T& back() { return end()[-1]; }
    const T& back() const { return end()[-1]; }

    /// The arguments may be, or lie in, an element of this list.
    template <typename... Args>
    T& emplace_back(Args&&... args) {
        if (size_ == capacity_) return emplaceGrowing(std::forward<Args>(args)...);
        T* const added = std::construct_at(end(), std::forward<Args>(args)...);
        ++size_;
        return *added;
    }
    void push_back(const T& value) { emplace_back(value); }
    void push_back(T&& value) { emplace_back(std::move(value)); }
    void pop_back() {
        --size_;
        std::destroy_at(end());
    }
    void clear() {
        std::destroy_n(data(), size_);
        size_ = 0;
    }
    void reserve(size_type count) {
        if (count > capacity_) moveTo(allocate(count), count);
    }
    void resize(size_type count) {
        shrinkTo(count);
        reserve(count);
        std::uninitialized_value_construct(end(), data() + count);
        size_ = static_cast<std::uint32_t>(count);
    }
    void resize(size_type count, const T& value) {
        if (count > capacity_) {
            // The value may be an element of this list.
            const T copy(value);
            reserve(count);
            std::uninitialized_fill(end(), data() + count, copy);
        } else {
            shrinkTo(count);
            std::uninitialized_fill(end(), data() + count, value);
        }
        size_ = static_cast<std::uint32_t>(count);
    }
    /// Gives back memory that is not used.
    void shrink_to_fit() {
        if (isInside() || size_ == capacity_) return;
        SmallVector fitting;
        fitting.reserve(size_);
        std::uninitialized_move(begin(), end(), fitting.begin());
        fitting.size_ = size_;
        *this = std::move(fitting);
    }
    void assign(size_type count, const T& value) {
        const T copy(value);
        clear();
        resize(count, copy);
    }
    /// The range must not lie in this list, here and in the following.
    template <std::input_iterator It>
    void assign(It first, It last) {
        clear();
        append(first, last);
    }
    template <std::input_iterator It>
    void append(It first, It last) {
        if constexpr (std::forward_iterator<It>) {
            const auto count = static_cast<size_type>(std::distance(first, last));
            makeRoomFor(count);
            std::uninitialized_copy(first, last, end());
            size_ += static_cast<std::uint32_t>(count);
        } else {
            for (; first != last; ++first)
                emplace_back(*first);
        }
    }
    iterator insert(const_iterator position, T value) {
        const difference_type at = position - begin();
        emplace_back(std::move(value));
        std::rotate(begin() + at, end() - 1, end());
        return begin() + at;
    }
    template <std::input_iterator It>
    iterator insert(const_iterator position, It first, It last) {
        const difference_type at = position - begin();
        const auto before = static_cast<difference_type>(size_);
        append(first, last);
        std::rotate(begin() + at, begin() + before, end());
        return begin() + at;
    }
    iterator erase(const_iterator position) { return erase(position, position + 1); }
    iterator erase(const_iterator first, const_iterator last) {
        const auto hole = begin() + (first - begin());
        if (first != last) {
            const auto end = std::move(begin() + (last - begin()), this->end(), hole);
            shrinkTo(static_cast<size_type>(end - begin()));
        }
        return hole;
    }

    /// Removes those of which that is true; how many they were.
    template <typename Predicate>
    friend size_type erase_if(SmallVector& list, Predicate isUnwanted) {
        const size_type before = list.size();
        list.erase(std::remove_if(list.begin(), list.end(), isUnwanted), list.end());
        return before - list.size();
    }
    friend bool operator==(const SmallVector& a, const SmallVector& b) { return std::ranges::equal(a, b); }
    friend auto operator<=>(const SmallVector& a, const SmallVector& b)
        requires std::three_way_comparable<T>
    {
        return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end());
    }

  private:
    bool isInside() const { return capacity_ <= N; }
    T* inside() { return std::launder(reinterpret_cast<T*>(inside_)); }
    const T* inside() const { return std::launder(reinterpret_cast<const T*>(inside_)); }

    static T* allocate(size_type capacity) { return std::allocator<T>().allocate(capacity); }
    /// Where the elements go when they grow; at least as many as `needed`.
    size_type grownTo(size_type needed) const {
        return std::max({needed, 2 * size_type{capacity_}, size_type{1}});
    }
    void makeRoomFor(size_type more) {
        if (more > capacity_ - size_) reserve(grownTo(size_ + more));
    }
    /// Everything moves to new memory, which belongs to this list afterwards.
    void moveTo(T* memory, size_type capacity) {
        std::uninitialized_move(begin(), end(), memory);
        std::destroy_n(data(), size_);
        release();
        heap_ = memory;
        capacity_ = static_cast<std::uint32_t>(capacity);
    }
    template <typename... Args>
    T& emplaceGrowing(Args&&... args) {
        static_assert(std::is_nothrow_move_constructible_v<T>);
        // First the new one, since the arguments may lie in what is about to move.
        const size_type capacity = grownTo(size_ + size_type{1});
        T* const memory = allocate(capacity);
        T* added = nullptr;
        try {
            added = std::construct_at(memory + size_, std::forward<Args>(args)...);
        } catch (...) {
            std::allocator<T>().deallocate(memory, capacity);
            throw;
        }
        moveTo(memory, capacity);
        ++size_;
        return *added;
    }
    void shrinkTo(size_type count) {
        if (count >= size_) return;
        std::destroy(data() + count, end());
        size_ = static_cast<std::uint32_t>(count);
    }
    void release() {
        if (!isInside()) std::allocator<T>().deallocate(heap_, capacity_);
    }
    void discard() {
        std::destroy_n(data(), size_);
        release();
    }
    /// What the other one has, which is empty afterwards; this one's own are gone already.
    void take(SmallVector& other) noexcept {
        size_ = other.size_;
        capacity_ = other.capacity_;
        if (other.isInside()) {
            std::uninitialized_move(other.begin(), other.end(), inside());
            other.clear();
        } else {
            heap_ = other.heap_;
            other.size_ = 0;
            other.capacity_ = N;
        }
    }

    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = N;  ///< N or less: the elements lie inside
    union {
        T* heap_;
        alignas(T) std::byte inside_[N == 0 ? 1 : N * sizeof(T)];
    };
};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

}  // namespace peerscape
