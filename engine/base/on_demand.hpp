#pragma once

#include <memory>
#include <utility>

namespace peerscape {

/// A large value that is seldom there: one pointer wide. Copies are of their own, as with any value.
template <typename T>
class OnDemand {
  public:
    OnDemand() = default;
    OnDemand(const OnDemand& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    OnDemand(OnDemand&&) noexcept = default;
    OnDemand& operator=(OnDemand other) noexcept {
        value_ = std::move(other.value_);
        return *this;
    }
    ~OnDemand() = default;

    /// Null: it is not there.
    const T* get() const { return value_.get(); }
    /// Makes it, if it is not there.
    T& make() {
        if (!value_) value_ = std::make_unique<T>();
        return *value_;
    }
    void reset() { value_.reset(); }

  private:
    std::unique_ptr<T> value_;
};

}  // namespace peerscape
