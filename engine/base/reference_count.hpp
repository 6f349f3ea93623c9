#pragma once

#include <atomic>
#include <sys/single_threaded.h>

#include <boost/smart_ptr/intrusive_ref_counter.hpp>

namespace peerscape {

/// How intrusive_ref_counter counts: as std::shared_ptr does with this standard library, plainly as long as
/// the program has a single thread, and atomically from then on (__libc_single_threaded of glibc). An atomic
/// step costs many plain ones, and whatever is asked of memory after it waits until it is done.
struct ReferenceCount {
    using type = std::atomic<unsigned>;

    static unsigned load(const type& count) noexcept { return count.load(std::memory_order_acquire); }
    static void increment(type& count) noexcept { add<1>(count); }
    /// What is left.
    static unsigned decrement(type& count) noexcept { return add<-1>(count); }

  private:
    template <int kStep>
    static unsigned add(type& count) noexcept {
        constexpr auto kDifference = static_cast<unsigned>(kStep);
        if (__libc_single_threaded == 0)
            return count.fetch_add(kDifference, std::memory_order_acq_rel) + kDifference;
        const unsigned changed = count.load(std::memory_order_relaxed) + kDifference;
        count.store(changed, std::memory_order_relaxed);
        return changed;
    }
};

/// The base of what is shared by boost::intrusive_ptr.
template <typename T>
using ReferenceCounted = boost::intrusive_ref_counter<T, ReferenceCount>;

}  // namespace peerscape
