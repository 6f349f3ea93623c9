#pragma once

#include <utility>

#include <boost/smart_ptr/intrusive_ptr.hpp>

#include "engine/base/block_pool.hpp"
#include "engine/base/prefetch.hpp"
#include "engine/base/reference_count.hpp"

namespace peerscape {

/// A value that is costly to copy, or mostly T(): one pointer wide, and copies share it until one is changed.
/// T() takes no memory.
template <typename T>
class SharedValue {
  public:
    SharedValue() = default;
    SharedValue(T value) {
        if (!(value == T())) holder_ = new Holder(std::move(value));
    }

    const T& operator*() const { return holder_ ? static_cast<const Holder&>(*holder_).value : none(); }
    const T* operator->() const { return &**this; }
    /// For changing; other copies stay as they are.
    T& edit() {
        if (!holder_) {
            holder_ = new Holder(T());
        } else if (holder_->use_count() != 1) {
            holder_ = new Holder(T(**this));
        }
        return holder_->value;
    }

    /// Asks memory for it.
    void prefetch() const { peerscape::prefetch(holder_.get(), holder_ ? sizeof(Holder) : 0); }

    friend bool operator==(const SharedValue& a, const SharedValue& b) {
        return a.holder_ == b.holder_ || *a == *b;
    }

  private:
    struct Holder : ReferenceCounted<Holder> {
        explicit Holder(T content) : value(std::move(content)) {}
        static void* operator new(std::size_t size) { return block_pool::take(size); }
        static void operator delete(void* at) { block_pool::give(at, sizeof(Holder)); }

        T value;
    };
    static const T& none() {
        static const T value{};
        return value;
    }

    boost::intrusive_ptr<Holder> holder_;
};

}  // namespace peerscape
