#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <boost/container/small_vector.hpp>

namespace peerscape {

#if defined(__GNUC__) && !defined(__clang__)
// GCC 12 sees a list that is moved read past its end, which it cannot know.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstringop-overread"
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#endif

/// A vector whose first N elements lie in itself, for lists that are nearly always short and of which there
/// are millions: no memory of their own, and none to be waited for. It passes for a span.
template <typename T, std::size_t N>
class SmallVector : public boost::container::small_vector<T, N> {
    using Base = boost::container::small_vector<T, N>;

  public:
    using Base::Base;
    SmallVector(const std::vector<T>& values) : Base(values.begin(), values.end()) {}
    // Written down, since only so the warnings above are off where this is inlined.
    SmallVector() = default;
    SmallVector(const SmallVector& other) : Base(static_cast<const Base&>(other)) {}
    SmallVector(SmallVector&& other) noexcept : Base(static_cast<Base&&>(other)) {}
    SmallVector& operator=(const SmallVector& other) {
        Base::operator=(static_cast<const Base&>(other));
        return *this;
    }
    SmallVector& operator=(SmallVector&& other) noexcept {
        Base::operator=(static_cast<Base&&>(other));
        return *this;
    }
    ~SmallVector() = default;

    operator std::span<const T>() const { return {this->data(), this->size()}; }
    operator std::span<T>() { return {this->data(), this->size()}; }
};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

}  // namespace peerscape
