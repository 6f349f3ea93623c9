#pragma once

#include <memory>
#include <utility>

namespace peerscape {

/// Owns an object of a class hierarchy and copies it with its clone(): so that whatever holds it is a plain
/// value.
template <typename T>
class ClonePtr {
  public:
    ClonePtr() = default;
    explicit ClonePtr(std::unique_ptr<T> object) : object_(std::move(object)) {}
    ClonePtr(const ClonePtr& other) : object_(other.object_ ? other.object_->clone() : nullptr) {}
    ClonePtr(ClonePtr&&) noexcept = default;
    ClonePtr& operator=(const ClonePtr& other) {
        if (this != &other) object_ = other.object_ ? other.object_->clone() : nullptr;
        return *this;
    }
    ClonePtr& operator=(ClonePtr&&) noexcept = default;
    ~ClonePtr() = default;

    explicit operator bool() const { return object_ != nullptr; }
    T* get() { return object_.get(); }
    const T* get() const { return object_.get(); }
    T* operator->() { return object_.get(); }
    const T* operator->() const { return object_.get(); }
    T& operator*() { return *object_; }
    const T& operator*() const { return *object_; }

  private:
    std::unique_ptr<T> object_;
};

}  // namespace peerscape
